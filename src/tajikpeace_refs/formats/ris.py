"""RIS, as Zotero and EndNote take it: CRLF, no byte order mark, no wrapped lines (docs/formats.md)."""

from __future__ import annotations

from tajikpeace_refs.formats._ris.places import Places
from tajikpeace_refs.formats._ris.reader import CHUNKER, IDS, read
from tajikpeace_refs.formats._ris.writer import write
from tajikpeace_refs.formats.base import Delimiters, Format

FORMAT = Format(
    name="ris",
    label="RIS",
    read=read,
    write=write,
    ids=IDS,
    delimiters=lambda _front: Delimiters(),
    chunker=CHUNKER,
    places=Places,
)
