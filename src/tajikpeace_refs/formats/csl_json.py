"""CSL-JSON: a list of items. One item, and an item a line (JSON lines), are read as well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tajikpeace_refs.formats._csl.items import CHUNKER, NAME, item_of, read, read_strictly
from tajikpeace_refs.formats._csl.json_text import dumps
from tajikpeace_refs.formats.base import Delimiters, Format
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import WriteContext


def write(works: Iterable[Work], _context: WriteContext) -> Iterator[str]:
    """Yield the items of works, indented as in their list."""
    for work in works:
        yield "  " + dumps(item_of(work), pad="\n  ")


FORMAT = Format(
    name=NAME,
    label="CSL-JSON",
    read=read,
    read_strictly=read_strictly,
    write=write,
    delimiters=lambda _front: Delimiters("[\n", ",\n", "\n]\n", "[]\n"),
    chunker=CHUNKER,
)
