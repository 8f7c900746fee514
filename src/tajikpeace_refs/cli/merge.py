"""``merge``, ``dedupe``: lists of works put together, and freed of duplicates, with all that differs side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

import tajikpeace_refs as refs
from tajikpeace_refs.cli import _common, _duplicates, _editing
from tajikpeace_refs.errors import UsageError, visible

if TYPE_CHECKING:
    from tajikpeace_refs.editing import EditedList
    from tajikpeace_refs.merging import Merged

Others = Annotated[
    list[str], typer.Argument(metavar="OTHER", help="Files whose works are added: .yaml, .bib, .ris or .json.")
]
Fill = Annotated[bool, typer.Option("--fill", help="Copy fields that the kept work lacks from its duplicate.")]


def merge(
    file: _editing.File,
    others: Others,
    fill: Fill = False,
    replaced_keys: _editing.ReplacedKeys = None,
    dry_run: _editing.DryRun = False,
) -> None:
    """Add the works of other lists, without duplicates.

    A work that FILE has already, also in another script, is not added: both are shown with their differences. A new
    work whose id is taken gets an id with a letter. Exit status 1: works were not added.

    Example: tajikpeace-refs merge references.yaml export.ris --fill
    """
    lists = {other: _common.load(other) for other in others}
    with _editing.changed(file, dry_run=dry_run) as edited:
        merged = refs.merge(edited.library, *lists.values(), fill=fill)
        if replaced_keys and merged.ambiguous_keys:
            keys = ", ".join(map(repr, merged.ambiguous_keys))
            raise UsageError(f"two of the OTHER files have the key {keys} for different works; merge one at a time")
        _duplicates.show(merged, lists)
        ours = edited.library
        _apply(edited, merged)
    _duplicates.note(merged, ours)
    if replaced_keys and not dry_run:
        _editing.write_keys(replaced_keys, merged.replaced_keys)
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
    """Remove the duplicates in a list, also in other scripts.

    The first work of each pair is kept; the differences are shown.

    Exit status 1: doubtful pairs are left.

    Example: tajikpeace-refs dedupe references.yaml --fill --replaced-keys keys.json
    """
    with _editing.changed(file, dry_run=dry_run) as edited:
        merged = refs.dedupe(edited.library, fill=fill)
        _duplicates.show(merged, {})
        _apply(edited, merged)
        edited.remove(*(each.other.id for each in merged.duplicates))
    _duplicates.note(merged, merged.library)
    if replaced_keys and not dry_run:
        _editing.write_keys(replaced_keys, merged.replaced_keys)
    typer.echo(f"{visible(str(file))}: {len(merged.duplicates)} removed, {len(merged.library)} left", err=True)
    if merged.doubts:
        raise typer.Exit(1)


def _apply(edited: EditedList, merged: Merged) -> None:
    for kept in dict.fromkeys(each.kept.id for each in merged.duplicates if each.filled):
        if kept in edited:
            edited.replace(merged.library[kept])
    for added in merged.added:
        edited.add(merged.library[added])
