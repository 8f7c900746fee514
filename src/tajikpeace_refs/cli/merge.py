"""``merge``, ``dedupe``: lists of works put together, and freed of duplicates, with all that differs side by side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Annotated

import typer

import tajikpeace_refs as refs
from tajikpeace_refs.cli import _common, _editing
from tajikpeace_refs.errors import UsageError, visible

if TYPE_CHECKING:
    from tajikpeace_refs.files import EditedFile
    from tajikpeace_refs.merging import Duplicate, Merged
    from tajikpeace_refs.model import Library

Others = Annotated[
    list[str], typer.Argument(metavar="OTHER...", help="Files whose works are added: .yaml, .bib, .ris or .json.")
]
Fill = Annotated[
    bool, typer.Option("--fill", help="The work that is kept takes over the fields that only the other one has.")
]
_HEAD = ("kept", "other", "field", "result", "how", "kept value", "other value")
_WIDEST = 200
"""So much of a value is shown on a terminal."""


def merge(
    file: _editing.File,
    others: Others,
    fill: Fill = False,
    replaced_keys: _editing.ReplacedKeys = None,
    dry_run: _editing.DryRun = False,
) -> None:
    """Add the works of other lists that FILE has not yet.

    A work that it has, in whatever script, is not added but shown beside it with what differs; an id that another
    work has gets a letter. Exit status: 1 if works were not added.

    Example: tajikpeace-refs merge references.yaml export.ris --fill
    """
    lists = {other: _common.load(other) for other in others}
    with _editing.changing(file, dry_run=dry_run) as edited:
        merged = refs.merge(edited.library, *lists.values(), fill=fill)
        if replaced_keys and merged.ambiguous_keys:
            keys = ", ".join(map(repr, merged.ambiguous_keys))
            raise UsageError(f"several OTHER have the key {keys} for different works; merge one at a time")
        _show(merged, lists)
        _note_nouns(edited.library, merged.library)
        _apply(edited, merged)
    _finish(merged, None if dry_run else replaced_keys)
    counts = f"{len(merged.added)} added, {len(merged.duplicates)} there already, {len(merged.renamed)} with another id"
    typer.echo(f"{visible(file)}: {counts}", err=True)
    if merged.duplicates or merged.doubts:
        raise typer.Exit(1)


def dedupe(
    file: _editing.File,
    fill: Fill = False,
    replaced_keys: _editing.ReplacedKeys = None,
    dry_run: _editing.DryRun = False,
) -> None:
    """Remove from FILE the works that an earlier one of it is, in whatever script, and show what differs.

    Exit status: 1 if doubtful pairs are left.

    Example: tajikpeace-refs dedupe references.yaml --fill --replaced-keys keys.json
    """
    with _editing.changing(file, dry_run=dry_run) as edited:
        merged = refs.dedupe(edited.library, fill=fill)
        _show(merged, {})
        _apply(edited, merged)
        edited.remove(*(each.other.id for each in merged.duplicates))
    _finish(merged, None if dry_run else replaced_keys)
    typer.echo(f"{visible(file)}: {len(merged.duplicates)} removed, {len(merged.library)} left", err=True)
    if merged.doubts:
        raise typer.Exit(1)


def _apply(edited: EditedFile, merged: Merged) -> None:
    for kept in dict.fromkeys(each.kept.id for each in merged.duplicates if each.filled):
        if kept in edited:
            edited.replace(merged.library[kept])
    for added in merged.added:
        edited.add(merged.library[added])


def _note_nouns(ours: Library, merged: Library) -> None:
    """Say which proper nouns of the other lists FILE has not: its titles may need them."""
    if missing := [noun for noun in merged.proper_nouns if noun not in ours.proper_nouns]:
        nouns = ", ".join(missing)
        typer.echo(f"the other lists have more proper-nouns; add those that the works need: {visible(nouns)}", err=True)


def _finish(merged: Merged, replaced_keys: Path | None) -> None:
    """Say what is left in doubt and which ids are new, and write the keys that are gone."""
    for kept, other in merged.doubts:
        what = f"{other.id}: warning: has the DOI of the work {kept.id!r}, and another title; both are kept"
        typer.echo(visible(what), err=True)
    for old, new in merged.renamed.items():
        typer.echo(visible(f"{old}: another work has this id; it is added as {new!r}"), err=True)
    if replaced_keys:
        _editing.write_keys(replaced_keys, merged.replaced_keys)


# What differs, side by side.


def _show(merged: Merged, lists: dict[str, Library]) -> None:
    """Show each duplicate beside the work that is kept: a table on a terminal, tab-separated lines elsewhere."""
    files_of = {id(work): name for name, library in lists.items() for work in library}
    if not _common.on_terminal():
        _common.show_rows(_HEAD, (row for each in merged.duplicates for row in _rows(each)))
        return
    for each in merged.duplicates:
        _print(each, files_of.get(id(each.other), ""))


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
