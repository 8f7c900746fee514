"""BibTeX and biblatex, the two dialects of ``.bib``: one table of fields, one reader, one writer (docs/formats.md)."""

from __future__ import annotations

from functools import partial
from typing import Literal

from tajikpeace_refs.formats._bib.places import Places
from tajikpeace_refs.formats._bib.reader import CHUNKER, IDS, read
from tajikpeace_refs.formats._bib.writer import DELIMITERS, key_of, write
from tajikpeace_refs.formats.base import Format


def dialect(name: Literal["bibtex", "biblatex"], label: str) -> Format:
    """Return the format of a dialect, ``bibtex`` or ``biblatex``."""
    return Format(
        name=name,
        label=label,
        read=read,
        write=partial(write, dialect=name),
        ids=IDS,
        key_of=partial(key_of, dialect=name),
        delimiters=lambda _front: DELIMITERS,
        chunker=CHUNKER,
        places=Places,
    )
