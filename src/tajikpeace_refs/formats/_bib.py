"""What both dialects of ``.bib`` are: one table, one reader, one writer (docs/formats.md)."""

from __future__ import annotations

from functools import partial

from tajikpeace_refs.formats._base import Format
from tajikpeace_refs.formats._bib_read import CUT, IDS, looks_like_bib, read
from tajikpeace_refs.formats._bib_write import FRAME, key_of, write
from tajikpeace_refs.options import Markup


def dialect(name: str, label: str, suffixes: dict[str, Markup]) -> Format:
    """Return the format of a dialect, ``bibtex`` or ``biblatex``; the file suffix goes to one of them."""
    return Format(
        name=name,
        label=label,
        suffixes=suffixes,
        read=read,
        write=partial(write, dialect=name),
        sniff=looks_like_bib,
        ids=IDS,
        key_of=key_of,
        frame=lambda _front: FRAME,
        cut=CUT,
    )
