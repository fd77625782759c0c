"""The command `kehoach`."""
