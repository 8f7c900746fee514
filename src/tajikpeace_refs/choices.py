"""The choices that a caller has by name; apart, so that the command line can offer them without loading a model."""

from __future__ import annotations

from typing import Literal

Markup = Literal["plain", "markdown", "html", "latex"]
Script = Literal["latin", "original"]
Scheme = Literal["ala-lc", "bgn-pcgn", "iso-9"]
"""Romanisations: ALA-LC without its diacritics, BGN/PCGN, ISO 9:1995."""
