"""Pages to the site, its search index and its gate."""
