"""CSL-JSON as JSON lines, an item a line: what can be read and written as a stream, and searched line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tajikpeace_refs.formats._base import Format, Frame
from tajikpeace_refs.formats._csl_items import CUT, item_of, read
from tajikpeace_refs.formats._json_text import dumps
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import Options


def write(works: Iterable[Work], _options: Options) -> Iterator[str]:
    """Yield the items of works, a line each."""
    for work in works:
        yield dumps(item_of(work)) + "\n"


FORMAT = Format(
    name="csl-jsonl",
    label="CSL-JSON lines",
    suffixes={".jsonl": "plain"},
    read=read,
    write=write,
    frame=lambda _front: Frame(),
    cut=CUT,
)
