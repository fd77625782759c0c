"""A finished build in place of the last one. Knows paths and bytes only."""
