"""PDF and pictures, set by Typst."""
