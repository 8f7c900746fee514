"""How works that a list has already are shown: beside the records that it has, with what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tajikpeace_refs.cli import _common
from tajikpeace_refs.errors import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tajikpeace_refs.merging import Duplicate, Merged


def show(merged: Merged) -> None:
    """Print each record of a work that is there, what it says otherwise, and what was taken over of it."""
    for duplicate in merged.duplicates:
        _common.write_stdout(f"{visible(line)}\n" for line in _lines(duplicate))


def _lines(duplicate: Duplicate) -> Iterator[str]:
    kept, other = duplicate.kept, duplicate.other
    title = "\t".join(_common.summary(other)[1:])
    yield f"{kept.id}: is there already, and {other.id!r} is not added: {title}".replace("\t", ", ")
    for each in duplicate.fields:
        if each.result == "same":
            continue
        how = f" ({each.how})" if each.how else ""
        taken = ", taken over" if each.name in duplicate.filled else ""
        yield f"  {each.name}: {each.ours or '–'} | {each.theirs or '–'}{how}{taken}"
