"""``export``: convert a bibliography."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tajikpeace_refs.choices import Markup, Scheme, Script
from tajikpeace_refs.cli import _common
from tajikpeace_refs.errors import UsageError

if TYPE_CHECKING:
    from concurrent.futures import Executor

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
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help="Export the sound works; name those left out; status 1.")
    ] = False,
    jobs: Annotated[int, typer.Option(min=1, metavar="N", help="Processes that share a long .bib, RIS or .jsonl.")] = 1,
) -> None:
    """Convert a bibliography to another format.

    Example: tajikpeace-refs export references.yaml -o references.bib

    Formats: apa, biblatex, bibtex, csl-json, csl-jsonl, csl-yaml, html, ris. Without -o the result goes to standard
    output.
    """
    from tajikpeace_refs import files, formats
    from tajikpeace_refs.convert import render_stream
    from tajikpeace_refs.options import Options

    chosen = _target(output, to)
    report = _report(links, chosen) if links else None
    implied = formats.markup_for(chosen.name, output.suffix if output else "")
    options = Options(markup=markup or implied, script=script, scheme=scheme, ascii=ascii_only, links=report)
    told = _common.Told(keep_going=keep_going)
    if output and source != "-" and not only:
        path = source or files.corpus_path()
        with _common.progress(Path(path)) as advance, _pool(jobs) as executor:
            count = files.convert(
                path, output, from_format=from_format, to_format=chosen.name, options=options,
                on_problem=told.listener, on_loss=told.losses.append, on_progress=advance, executor=executor,
            )  # fmt: skip
    else:
        library = _common.load(source, from_format, told)
        library = library.only(only) if only else library
        pieces = render_stream(library, chosen, replace(options, front=library.front), told.losses.append)
        count = len(library)
        if output:
            files.write_text(output, pieces)
        else:
            _common.write_stdout(pieces)
    for loss in told.losses:
        typer.echo(f"warning: {loss}", err=True)
    if output:
        typer.echo(f"{output}: {count} works, {chosen.label}", err=True)
    if told.left_out:
        raise typer.Exit(1)


def _pool(jobs: int) -> AbstractContextManager[Executor | None]:
    if jobs == 1:
        return nullcontext()
    from concurrent.futures import ProcessPoolExecutor

    return ProcessPoolExecutor(jobs)


def _target(output: Path | None, to: str | None) -> Format:
    from tajikpeace_refs import formats

    if to:
        return formats.get(to)
    if output:
        return formats.for_path(output)
    raise UsageError("say where to: -o FILE, or --to FORMAT for standard output")


def _report(path: Path, chosen: Format) -> Any:  # noqa: ANN401 - what it is, the page finds out
    from tajikpeace_refs import files

    if chosen.name != "html":
        raise UsageError(f"--links goes with --to html, not with {chosen.name}")
    with files.open_text(path) as stream:
        text = stream.read()
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        where = f"{path}:{error.lineno}:{error.colno}" if isinstance(error, json.JSONDecodeError) else path
        raise UsageError(f"{where}: not JSON; --links takes what check-links --json FILE writes") from None
