"""RIS: what is private to the format (docs/formats.md)."""
