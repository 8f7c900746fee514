"""Hayagriva, the YAML format of Typst: what its fields and types are in CSL, a reader and a writer."""
