"""Files to records: trees, YAML, authored Markdown, every error with its place."""
