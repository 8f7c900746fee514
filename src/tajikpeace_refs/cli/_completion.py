"""What the shell completes: ids of works, formats, variables."""

from __future__ import annotations

from collections.abc import Iterator

import typer


def ids(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the ids that begin so, of the list that the command is about; none where it cannot be read."""
    from tajikpeace_refs import files
    from tajikpeace_refs.cli import _common
    from tajikpeace_refs.errors import RefsError

    given = next((ctx.params[name] for name in ("file", "named", "source") if ctx.params.get(name)), None)
    try:
        library = files.load(given or _common.list_here() or files.corpus_path(), on_problem=lambda _: None)
    except RefsError:
        return []
    return [work_id for work_id in library.ids if work_id.startswith(incomplete)]


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
