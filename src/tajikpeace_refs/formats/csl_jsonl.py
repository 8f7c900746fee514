"""CSL-JSON as JSON lines, an item a line: what can be read and written as a stream, and searched line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from tajikpeace_refs.formats._csl import items
from tajikpeace_refs.formats._csl.items import item_of
from tajikpeace_refs.formats._csl.json_text import chunks, dumps
from tajikpeace_refs.formats.base import Chunker, Delimiters, Format, Item
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import WriteContext


def read(stream: TextIO, first: int = 1) -> Iterator[Item]:
    """Yield the works of JSON lines, of which there may be none; any CSL-JSON is read."""
    return items.read(stream, first, may_be_empty=True)


def read_strictly(stream: TextIO) -> Iterator[Item]:
    """Yield what `read` yields, but refuse a work with a value that is not valid."""
    return items.read(stream, may_be_empty=True, strict=True)


def write(works: Iterable[Work], _context: WriteContext) -> Iterator[str]:
    """Yield the items of works, a line each."""
    for work in works:
        yield dumps(item_of(work)) + "\n"


FORMAT = Format(
    name="csl-jsonl",
    label="CSL-JSON lines",
    read=read,
    read_strictly=read_strictly,
    write=write,
    delimiters=lambda _front: Delimiters(),
    chunker=Chunker.of_text(chunks, read),
)
