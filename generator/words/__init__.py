"""The language of plans: links in texts, numbering, how things are said. Pure; knows no record."""
