"""What the commands that change a FILE share: it is opened, changed and written; what was changed is said."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tajikpeace_refs.cli import _common
from tajikpeace_refs.errors import UsageError, visible, visible_lines

if TYPE_CHECKING:
    from tajikpeace_refs.editing import EditedList
    from tajikpeace_refs.model import Work

File = Annotated[Path, typer.Argument(metavar="FILE", help="The .yaml or .bib file to change.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Print the changes as a diff, and write nothing.")]
ReplacedKeys = Annotated[
    Path | None,
    typer.Option(metavar="MAP.json", help="Write a JSON object with each replaced key and the key to cite instead."),
]
Documents = Annotated[
    list[Path] | None,
    typer.Option(
        "--in", metavar="FILE", help="Rename keys in this .tex, .md, .qmd or .typ document, too; may be repeated."
    ),
]


def report_names(work: Work, given: Mapping[str, object]) -> None:
    """Print what looks wrong in the names that a user has typed, such as a person read as an organisation."""
    from tajikpeace_refs.model.name_doubts import name_warnings
    from tajikpeace_refs.model.work import SPELLING

    typed = {SPELLING[name] for name in given if name in SPELLING}
    for problem in name_warnings(work, work.id, None, bare=True):
        if (problem.variable or "").partition("[")[0] in typed:
            typer.echo(visible(f"warning: {problem.variable}: {problem.message}"), err=True)


@contextmanager
def changed(path: Path, *, dry_run: bool, create: bool = False) -> Iterator[EditedList]:
    """Open a FILE to be changed; on leaving write it and say what was changed, or print the difference.

    With ``create`` a file that is not there is made.

    Raises:
        InputError: the file is no sound list of works.
        UsageError: it is not there, or cannot be changed in its place; nothing is written.
    """
    from tajikpeace_refs import files, formats, in_place
    from tajikpeace_refs.editing import EditedList

    if str(path) == "-":
        raise UsageError("standard input cannot be changed; name a FILE")
    is_new = create and (not path.exists() or (path.is_file() and path.stat().st_size == 0))
    if is_new and not path.parent.is_dir():
        raise UsageError(f"{str(path)!r} cannot be written: there is no such folder")
    name = formats.for_source(path).name if is_new else None
    edited = EditedList("references:\n" if name == "csl-yaml" else "", name, str(path)) if name else in_place.edit(path)
    yield edited
    if dry_run and edited.changes:
        _common.write_stdout([visible_lines(edited.diff())])
        return
    if isinstance(edited, in_place.EditedFile):
        edited.write()
    elif edited.changes:
        files.write_text(path, [edited.text])
        typer.echo(visible(f"{path}: made"), err=True)
    for change in edited.changes or ["nothing to change"]:
        typer.echo(f"{visible(str(path))}: {change}", err=True)


def citing(paths: Iterable[Path] | None, names: Mapping[str, str]) -> tuple[Path, ...]:
    """Return the documents, and the files that they include, in which keys can be renamed and are.

    Raises:
        UsageError: a document is not there, or is none that can be changed.
    """
    from tajikpeace_refs import documents

    paths = list(paths or ())
    changed = documents.renamed_keys(paths, names)
    if paths and not changed:
        typer.echo(visible(f"{', '.join(map(str, paths))}: no citation has this key"), err=True)
    return tuple(changed)


def rename_in(paths: Iterable[Path], names: Mapping[str, str], *, dry_run: bool) -> None:
    """Rename keys in documents, of which one may be the FILE that was just written, or print the difference.

    Raises:
        UsageError: a document cannot be written.
    """
    from tajikpeace_refs import documents, files
    from tajikpeace_refs.editing.difference import difference

    for path, document in documents.renamed_keys(paths, names).items():
        if dry_run:
            _common.write_stdout([visible_lines(difference(document.before, document.after, str(path)))])
        else:
            files.write_text(path, [document.after])
            typer.echo(visible(f"{path}: citations renamed: {document.citations}"), err=True)


def write_keys(path: Path, replaced: Mapping[str, str]) -> None:
    """Write the keys that are gone, each with the one to cite now, as JSON.

    Raises:
        UsageError: the file cannot be written.
    """
    from tajikpeace_refs import files

    files.write_text(path, [json.dumps(dict(replaced), ensure_ascii=False, indent=2), "\n"])
