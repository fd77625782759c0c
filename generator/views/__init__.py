"""Model → what one document or page may see: read-only values made for templates, never the model itself."""
