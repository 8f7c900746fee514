"""``set``, ``rename``, ``remove``, ``confirm``, ``sort``: works of a list changed in its file, all else left there."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from tajikpeace_refs.cli import _completion, _editing, _values

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
    """Give variables of a work other values.

    Their names are CSL's: container-title, issue, page, DOI … (docs/data-format.md).

    Example: tajikpeace-refs set mine.yaml usmonov2006 publisher=Irfon 'author=Usmonov, Ibrohim; Hill, Ann'
    """
    values = _values.parse_assignments(assignments)
    with _editing.changed(file, dry_run=dry_run) as edited:
        edited[work_id].set(values)


def rename(
    file: _editing.File,
    old: WorkId,
    new: Annotated[str, typer.Argument(metavar="NEW", help="Its new id.")],
    documents: _editing.Documents = None,
    dry_run: _editing.DryRun = False,
) -> None:
    """Give a work another id, in documents that cite it too.

    Example: tajikpeace-refs rename mine.yaml usmonov2006 usmonov2006a --in paper.tex
    """
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
    """Say that works drafted from a printed list were compared with their printed form.

    The remarks of the draft go: that it is one, what was not read, and which fields are doubtful.

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
        typer.Option(help="author: as a reference list has them; works of one key stay in their order."),
    ] = "author",
    dry_run: _editing.DryRun = False,
) -> None:
    """Put the works of a list in order.

    The comments above a work move with it. In a .bib for BibTeX, an entry that others name as crossref stays behind
    them: BibTeX finds it only there.

    Example: tajikpeace-refs sort mine.yaml --by year
    """
    with _editing.changed(file, dry_run=dry_run) as edited:
        edited.sort(by)
