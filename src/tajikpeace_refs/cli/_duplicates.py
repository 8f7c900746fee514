"""How works that a list has already are shown: beside the records that it has, with what differs."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten
from typing import TYPE_CHECKING

import typer

from tajikpeace_refs.cli import _common
from tajikpeace_refs.errors import visible

if TYPE_CHECKING:
    from tajikpeace_refs.merging import Duplicate, Merged
    from tajikpeace_refs.model import Library

_HEAD = ("kept", "other", "field", "result", "how", "kept value", "other value")
_WIDEST = 200
"""So much of a value is shown on a terminal."""


def show(merged: Merged, lists: dict[str, Library]) -> None:
    """Show each duplicate beside the work that is kept: a table on a terminal, tab-separated lines elsewhere."""
    files_of = {id(work): name for name, library in lists.items() for work in library}
    if not _common.on_terminal():
        _common.show_rows(_HEAD, (row for each in merged.duplicates for row in _rows(each)))
        return
    for each in merged.duplicates:
        _print(each, files_of.get(id(each.other), ""))


def note(merged: Merged, ours: Library) -> None:
    """Say what of other lists is left in doubt, has a new id, or is not taken over."""
    for kept, other in merged.doubts:
        what = f"{other.id}: warning: has the DOI of the work {kept.id!r}, and another title; both are kept"
        typer.echo(visible(what), err=True)
    for old, new in merged.renamed.items():
        typer.echo(visible(f"{old}: another work has this id; it is added as {new!r}"), err=True)
    if missing := [noun for noun in merged.library.proper_nouns if noun not in ours.proper_nouns]:
        nouns = ", ".join(missing)
        typer.echo(f"the other lists have more proper-nouns; add those that the works need: {visible(nouns)}", err=True)


def _rows(duplicate: Duplicate) -> Iterator[tuple[str, ...]]:
    """Yield what differs in a line each; one line without a field where nothing does."""
    ids = (duplicate.kept.id, duplicate.other.id)
    rows = [
        (*ids, each.name, "filled" if each.name in duplicate.filled else each.result, each.how, each.ours, each.theirs)
        for each in duplicate.fields
        if each.result != "only-ours" and (each.result != "same" or each.how)
    ]
    yield from rows or [(*ids, "", "same", "", "", "")]


def _print(duplicate: Duplicate, file: str) -> None:
    from rich.table import Table
    from rich.text import Text

    rows = [row for row in _rows(duplicate) if row[2]]
    where = f" of {file}" if file else ""
    title = f"{duplicate.other.id}{where} is {duplicate.kept.id}{'' if rows else ': nothing differs'}"
    _common.console().print(Text(visible(title), style="bold cyan"))
    if not rows:
        return
    table = Table(box=None, pad_edge=False, padding=(0, 1), expand=True)
    for name, ratio in (("", None), ("kept", 2), ("other", 2), ("", 1)):
        table.add_column(name, overflow="fold", ratio=ratio, max_width=None if ratio else 18)
    for _, _, name, result, how, ours, theirs in rows:
        style = {"differs": "red", "filled": "green", "same": "dim"}.get(result, "yellow")
        words = f"{result}: {how}" if how else result
        values = (Text(visible(shorten(value, _WIDEST, placeholder=" …"))) for value in (ours, theirs))
        table.add_row(visible(name), *values, Text(words, style=style))
    _common.console().print(table)
