"""biblatex: see docs/formats.md for the fields; both dialects of .bib share one table and one reader."""

from __future__ import annotations

from tajikpeace_refs.formats._bib import dialect

FORMAT = dialect("biblatex", "biblatex")
