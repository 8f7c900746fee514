"""BibTeX: see docs/formats.md for the fields; both dialects of .bib share one table and one reader."""

from __future__ import annotations

from tajikpeace_refs.formats._bib import dialect
from tajikpeace_refs.formats._bib.bib_text import (
    LINK_FIELDS,
    BibText,
    BlockText,
    Dialect,
    EntryText,
    entry_of,
    is_spelling,
    variable_of,
)

__all__ = [
    "FORMAT", "LINK_FIELDS", "BibText", "BlockText", "Dialect", "EntryText", "entry_of", "is_spelling", "variable_of",
]  # fmt: skip

FORMAT = dialect("bibtex", "BibTeX")
