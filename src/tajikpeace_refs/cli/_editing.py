"""What the commands that change a list share: the file, the changes that are shown, and a trial run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tajikpeace_refs.cli import _common
from tajikpeace_refs.errors import UsageError, visible_lines

if TYPE_CHECKING:
    from tajikpeace_refs.editing import EditedList

FileToChange = Annotated[Path, typer.Argument(metavar="FILE", help="The YAML or .bib file to change.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show the change as a diff, and write nothing.")]


@contextmanager
def changed(path: Path, *, dry_run: bool, create: bool = False) -> Iterator[EditedList]:
    """Open a list to be changed; then write it and name each change, or show the difference.

    With ``create`` a file that is not there is made.

    Raises:
        InputError: the file is no sound list of works.
        UsageError: it is not there, it is standard input, or it cannot be changed in place.
    """
    from tajikpeace_refs import files, formats
    from tajikpeace_refs.editing import EditedList

    if str(path) == "-":
        raise UsageError("standard input cannot be changed; name a FILE")
    is_new = create and not path.exists()
    name = formats.for_source(path).name
    edited = EditedList("references:\n" if name == "csl-yaml" else "", name, str(path)) if is_new else files.edit(path)
    yield edited
    if dry_run:
        _common.write_stdout([visible_lines(edited.diff())])
        return
    if isinstance(edited, files.EditedFile):
        edited.write()
    elif edited.changes:
        files.write_text(path, [edited.text])
        typer.echo(f"{path}: made", err=True)
    _common.write_stdout(f"{change}\n" for change in edited.changes)
    if not edited.changes:
        typer.echo(f"{path}: nothing to change", err=True)


def rename_in(paths: Iterable[Path], names: Mapping[str, str], *, dry_run: bool) -> None:
    """Rename keys in documents and say how often, or show the difference.

    Raises:
        UsageError: a document is not there, or is none that can be changed; no document is changed then.
    """
    from tajikpeace_refs import documents, files
    from tajikpeace_refs.editing.difference import difference

    paths = list(paths)
    changed = documents.renamed_keys(paths, names)
    for path, document in changed.items():
        if dry_run:
            _common.write_stdout([visible_lines(difference(document.before, document.after, str(path)))])
        else:
            files.write_text(path, [document.after])
            _common.write_stdout([f"{path}: {document.citations} citations\n"])
    if paths and not changed:
        typer.echo(f"{', '.join(map(str, paths))}: no such key is cited", err=True)
