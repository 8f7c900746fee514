"""How printed references are read: lines, tokens, labels, works."""
