"""The model to findings, or to a narrower model. Pure."""
