"""A bibliographic reference manager library for multilingual lists."""
