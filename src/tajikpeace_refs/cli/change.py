"""``set``, ``rename``, ``remove``, ``confirm``, ``sort``: works of a list changed in its file, all else left there."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from tajikpeace_refs.cli import _completion, _editing, _values
from tajikpeace_refs.errors import UsageError

WorkId = Annotated[str, typer.Argument(metavar="ID", help="The id of a work.", autocompletion=_completion.ids)]


def set_values(
    file: _editing.File,
    work_id: WorkId,
    assignments: Annotated[
        list[str],
        typer.Argument(
            metavar="VARIABLE=VALUE",
            help="New values: text, or YAML for lists; names as 'Family, Given; Family, Given'. VARIABLE= removes it.",
            autocompletion=_completion.variables,
        ),
    ],
    dry_run: _editing.DryRun = False,
) -> None:
    """Set variables of a work.

    'tajikpeace-refs schema --keys' lists the variables: container-title, issue, page, DOI …

    Example: tajikpeace-refs set mine.yaml usmonov2006 publisher=Irfon 'author=Usmonov, Ibrohim; Hill, Ann'
    """
    values = _values.parse_assignments(assignments)
    with _editing.changed(file, dry_run=dry_run) as edited:
        edited[work_id].set(values)
        _editing.report_names(edited[work_id].work, values)


def rename(
    file: _editing.File,
    old: WorkId,
    new: Annotated[str, typer.Argument(metavar="NEW", help="Its new id.")],
    documents: _editing.Documents = None,
    dry_run: _editing.DryRun = False,
) -> None:
    """Change the id of a work, also in documents that cite it.

    Example: tajikpeace-refs rename mine.yaml usmonov2006 usmonov2006a --in paper.tex
    """
    if len(new.split()) > 1:
        raise UsageError(f"{new!r} has a space, and no document could cite it; write {'-'.join(new.split())!r}")
    with _editing.changed(file, dry_run=dry_run) as edited:
        edited.rename(old, new)
        citing = _editing.citing(documents, {old: new})
    _editing.rename_in(citing, {old: new}, dry_run=dry_run)


def remove(
    file: _editing.File,
    work_ids: Annotated[list[str], typer.Argument(metavar="ID", help="Ids of works.", autocompletion=_completion.ids)],
    dry_run: _editing.DryRun = False,
) -> None:
    """Remove works.

    Example: tajikpeace-refs remove mine.yaml usmonov2006
    """
    with _editing.changed(file, dry_run=dry_run) as edited:
        edited.remove(*work_ids)


def confirm(
    file: _editing.File,
    work_ids: Annotated[list[str], typer.Argument(metavar="ID", help="Ids of works.", autocompletion=_completion.ids)],
    dry_run: _editing.DryRun = False,
) -> None:
    """Mark drafts from a printed list as compared and correct.

    This removes the remarks that a work is a draft, what was not read, and which fields are doubtful.

    Example: tajikpeace-refs confirm mine.yaml usmonov2006
    """
    from tajikpeace_refs.model.editorial import confirmed_remarks

    with _editing.changed(file, dry_run=dry_run) as edited:
        for work_id in work_ids:
            edited[work_id].set(remarks=confirmed_remarks(edited[work_id].work.remarks))


def sort(
    file: _editing.File,
    by: Annotated[
        Literal["author", "id", "year"],
        typer.Option(
            help="author: names in their own script, Cyrillic ones first, as in a GOST list. Equal works keep their "
            "order."
        ),
    ] = "author",
    dry_run: _editing.DryRun = False,
) -> None:
    """Sort the works of a list.

    The comments above a work move with it. In a .bib file for BibTeX, an entry that others name as crossref stays after
    them: BibTeX needs that.

    Example: tajikpeace-refs sort mine.yaml --by year
    """
    with _editing.changed(file, dry_run=dry_run) as edited:
        edited.sort(by)
