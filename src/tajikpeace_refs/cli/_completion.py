"""What the shell completes: ids of works, formats, variables."""

from __future__ import annotations

from collections.abc import Iterator

import typer

_SOURCES = ("file", "named", "source", "sources")
"""What commands call the parameters that name lists of works."""


def ids(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the ids that begin so, of the lists that the command is about; none where one cannot be read."""
    from tajikpeace_refs import files, opening
    from tajikpeace_refs.errors import RefsError

    given = [ctx.params.get(name) or () for name in _SOURCES]
    paths = [path for each in given for path in (each if isinstance(each, (list, tuple)) else [each])]
    paths = paths or ctx.args[:1]  # not parsed: the line ends in an option that waits for its value
    try:
        libraries = [
            files.load(path, on_problem=lambda _: None)
            for path in paths or [opening.list_here() or files.corpus_path()]
        ]
    except RefsError:
        return []
    return [work_id for library in libraries for work_id in library.ids if work_id.startswith(incomplete)]


def formats(incomplete: str) -> list[str]:
    """Return the names of formats that begin so."""
    from tajikpeace_refs import formats

    return [name for name in formats.names() if name.startswith(incomplete)]


def types(incomplete: str) -> list[str]:
    """Return the CSL types that begin so."""
    from tajikpeace_refs.model.work import TYPES

    return [name for name in TYPES if name.startswith(incomplete)]


def variables(incomplete: str) -> Iterator[str]:
    """Yield the variables that begin so, each with ``=``, until one is typed whole."""
    from tajikpeace_refs.model.work import SPELLING

    if "=" not in incomplete:
        yield from (f"{name}=" for name in SPELLING.values() if name.lower().startswith(incomplete.lower()))


def names(incomplete: str) -> list[str]:
    """Return the variables that begin so, in CSL's spelling, and the year."""
    from tajikpeace_refs.model.work import SPELLING

    return [name for name in ("year", *SPELLING.values()) if name.lower().startswith(incomplete.lower())]


def fields(incomplete: str) -> list[str]:
    """Return the variables that go on with a list of them, behind those that are typed."""
    typed, comma, last = incomplete.rpartition(",")
    return [f"{typed}{comma}{name}" for name in names(last)]
