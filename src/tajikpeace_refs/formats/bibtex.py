"""BibTeX: see docs/formats.md for the fields; both dialects of .bib share one table and one reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tajikpeace_refs.formats._base import Format
from tajikpeace_refs.formats._bib_read import CUT, IDS, looks_like_bib, read
from tajikpeace_refs.formats._bib_write import FRAME, key_of
from tajikpeace_refs.formats._bib_write import write as write_bib
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import Options


def write(works: Iterable[Work], options: Options) -> Iterator[str]:
    """Yield the entries of works in this dialect."""
    return write_bib(works, options, "bibtex")


FORMAT = Format(
    name="bibtex",
    label="BibTeX",
    suffixes={".bib": "plain"},
    read=read,
    write=write,
    sniff=looks_like_bib,
    ids=IDS,
    key_of=key_of,
    frame=lambda _front: FRAME,
    cut=CUT,
)
