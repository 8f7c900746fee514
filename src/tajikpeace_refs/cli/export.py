"""``export``: convert a bibliography."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tajikpeace_refs.choices import Markup, Scheme, Script
from tajikpeace_refs.cli import _common
from tajikpeace_refs.errors import Loss, UsageError

if TYPE_CHECKING:
    from tajikpeace_refs.formats import Format


def export(
    source: _common.Source = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="OUT", help="File to write, whole or not at all.")
    ] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="FORMAT", help="Format; else OUT's suffix tells.")] = None,
    from_format: _common.FromFormat = None,
    markup: Annotated[Markup | None, typer.Option(help="Markup of an APA list.")] = None,
    script: Annotated[
        Script | None,
        typer.Option(
            help="latin: transliterate, translations in brackets (APA's default); original: leave the script."
        ),
    ] = None,
    scheme: Annotated[Scheme, typer.Option(help="Romanisation.")] = "ala-lc",
    ascii_only: Annotated[bool, typer.Option("--ascii", help="LaTeX commands for characters outside ASCII.")] = False,
    only: Annotated[list[str] | None, typer.Option(metavar="ID", help="Only this work; may be repeated.")] = None,
    links: Annotated[
        Path | None, typer.Option(metavar="FILE", help="For html: verdicts from a report of check-links --json.")
    ] = None,
    keep_going: Annotated[bool, typer.Option(help="Export the sound works; name those left out; status 1.")] = False,
) -> None:
    """Convert a bibliography to another format.

    Example: tajikpeace-refs export references.yaml -o references.bib

    Formats: apa, biblatex, bibtex, csl-json, csl-yaml, html, ris. Without -o the result goes to standard output.
    """
    from tajikpeace_refs import store
    from tajikpeace_refs.codec import render_stream
    from tajikpeace_refs.options import Options

    chosen = _target(output, to)
    report = _report(links, chosen) if links else None
    library, incomplete = _common.load(source, from_format, keep_going=keep_going)
    if only:
        library = library.only(only)
    implied = chosen.markup(output.suffix if output else "")
    options = Options(
        markup=markup or implied, script=script, scheme=scheme, ascii=ascii_only, front=library.front, links=report
    )
    pieces = render_stream(library, chosen, options, _tell)
    if output:
        store.write_text(output, pieces)
        typer.echo(f"{output}: {len(library)} works, {chosen.label}", err=True)
    else:
        _common.write_stdout(pieces)
    if incomplete:
        raise typer.Exit(1)


def _target(output: Path | None, to: str | None) -> Format:
    from tajikpeace_refs import formats

    if to:
        return formats.get(to)
    if output:
        return formats.for_path(output)
    raise UsageError("say where to: -o FILE, or --to FORMAT for standard output")


def _report(path: Path, chosen: Format) -> Any:  # noqa: ANN401 - what it is, the page finds out
    from tajikpeace_refs import store

    if chosen.name != "html":
        raise UsageError(f"--links goes with --to html, not with {chosen.name}")
    with store.open_text(path) as stream:
        text = stream.read()
    try:
        return json.loads(text)
    except ValueError as error:
        where = f"{path}:{error.lineno}:{error.colno}" if isinstance(error, json.JSONDecodeError) else path
        raise UsageError(f"{where}: not JSON; --links takes what check-links --json FILE writes") from None


def _tell(loss: Loss) -> None:
    typer.echo(f"warning: {loss}", err=True)
