"""The page: what is private to the format."""
