"""Views to bytes, one kind of artefact a module."""
