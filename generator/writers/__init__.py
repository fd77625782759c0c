"""Writers: bytes of one kind of artefact each. They know nothing of one another."""
