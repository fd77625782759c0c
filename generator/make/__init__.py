"""Which outputs there are, and the making of them."""
