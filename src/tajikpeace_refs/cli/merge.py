"""``merge``, ``dedupe``: lists of works put together, and freed of duplicates, with all that differs side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import tajikpeace_refs as refs
from tajikpeace_refs.cli import _common, _duplicates, _editing
from tajikpeace_refs.errors import UsageError, visible

if TYPE_CHECKING:
    from tajikpeace_refs.editing import EditedList
    from tajikpeace_refs.merging import Merged
    from tajikpeace_refs.model import Library

Others = Annotated[
    list[str], typer.Argument(metavar="OTHER", help="Files whose works are added: .yaml, .bib, .ris or .json.")
]
Fill = Annotated[
    bool, typer.Option("--fill", help="The work that is kept takes over the fields that only the other one has.")
]


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
    with _editing.changed(file, dry_run=dry_run) as edited:
        merged = refs.merge(edited.library, *lists.values(), fill=fill)
        if replaced_keys and merged.ambiguous_keys:
            keys = ", ".join(map(repr, merged.ambiguous_keys))
            raise UsageError(f"several OTHER have the key {keys} for different works; merge one at a time")
        _duplicates.show(merged, lists)
        _note_nouns(edited.library, merged.library)
        _apply(edited, merged)
    _finish(merged, None if dry_run else replaced_keys)
    counts = f"{len(merged.added)} added, {len(merged.duplicates)} there already"
    if merged.renamed:
        counts += f", {len(merged.renamed)} with another id"
    typer.echo(f"{visible(str(file))}: {counts}", err=True)
    if merged.duplicates or merged.doubts:
        raise typer.Exit(1)


def dedupe(
    file: _editing.File,
    fill: Fill = False,
    replaced_keys: _editing.ReplacedKeys = None,
    dry_run: _editing.DryRun = False,
) -> None:
    """Remove the duplicates in a list, across scripts too.

    The first of them is kept; what differs is shown.

    Exit status: 1 if doubtful pairs are left.

    Example: tajikpeace-refs dedupe references.yaml --fill --replaced-keys keys.json
    """
    with _editing.changed(file, dry_run=dry_run) as edited:
        merged = refs.dedupe(edited.library, fill=fill)
        _duplicates.show(merged, {})
        _apply(edited, merged)
        edited.remove(*(each.other.id for each in merged.duplicates))
    _finish(merged, None if dry_run else replaced_keys)
    typer.echo(f"{visible(str(file))}: {len(merged.duplicates)} removed, {len(merged.library)} left", err=True)
    if merged.doubts:
        raise typer.Exit(1)


def _apply(edited: EditedList, merged: Merged) -> None:
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
