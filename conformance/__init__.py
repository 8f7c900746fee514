"""Scores against rules and beside other tools; run with ``make conformance``."""
