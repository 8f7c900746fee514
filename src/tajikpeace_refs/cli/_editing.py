"""What the commands that change a FILE share: it is opened, changed and written; what was changed is said."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tajikpeace_refs.cli import _common
from tajikpeace_refs.errors import UsageError, visible

if TYPE_CHECKING:
    from tajikpeace_refs.files import EditedFile

File = Annotated[str, typer.Argument(metavar="FILE", help="The .yaml or .bib file that is changed.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Print what would change as a diff; write nothing.")]

ReplacedKeys = Annotated[
    Path | None,
    typer.Option(metavar="MAP.json", help="Write the keys that are gone, each with the one to cite now, as JSON."),
]


@contextmanager
def changing(path: str, *, dry_run: bool) -> Iterator[EditedFile]:
    """Open a FILE to be changed; on leaving say what was changed and write it, or print the difference.

    Raises:
        InputError: the file is no sound list of works.
        UsageError: it is not there, or cannot be changed in its place; nothing is written.
    """
    from tajikpeace_refs import files

    if path == "-":
        raise UsageError("standard input cannot be changed; name a FILE")
    edited = files.edit(path)
    before = edited.text
    yield edited
    if dry_run:
        _common.write_stdout(difference(path, before, edited.text))
        return
    edited.write()
    for change in edited.changes:
        typer.echo(f"{visible(path)}: {change}", err=True)


def difference(name: str, before: str, after: str) -> Iterator[str]:
    """Yield a unified diff of two states of a file."""
    for line in unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), name, name):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def write_keys(path: Path, replaced: Mapping[str, str]) -> None:
    """Write the keys that are gone, each with the one to cite now, as JSON.

    Raises:
        UsageError: the file cannot be written.
    """
    from tajikpeace_refs import files

    files.write_text(path, [json.dumps(dict(replaced), ensure_ascii=False, indent=2), "\n"])
