"""CSL-JSON: a list of items. One item, and an item a line (JSON lines), are read as well."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tajikpeace_refs.formats._base import Format, Frame
from tajikpeace_refs.formats._csl_items import CUT, NAME, item_of, read
from tajikpeace_refs.formats._json_text import dumps
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import Options


def write(works: Iterable[Work], _options: Options) -> Iterator[str]:
    """Yield the items of works, indented as in their list."""
    for work in works:
        yield "  " + dumps(item_of(work), pad="\n  ")


FORMAT = Format(
    name=NAME,
    label="CSL-JSON",
    suffixes={".json": "plain"},
    read=read,
    write=write,
    sniff=lambda text: bool(re.match(r"\s*[\[{]\s*[\"{\]}]", text)),
    frame=lambda _front: Frame("[\n", ",\n", "\n]\n", "[]\n"),
    cut=CUT,
)
