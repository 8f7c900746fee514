"""``export``: convert a bibliography."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tajikpeace_refs.cli import _common, _completion
from tajikpeace_refs.cli._interruption import be_worker
from tajikpeace_refs.errors import InputError, UsageError, counted
from tajikpeace_refs.options import Markup, Order, Scheme, Script, TitleCase, Variant

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from tajikpeace_refs.conversion import Conversion
    from tajikpeace_refs.formats import Format
    from tajikpeace_refs.text.documents import CitedWorks


def export(
    sources: _common.Sources = None,
    named: _common.SourcesOption = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="OUT", help="The file to write; an existing one is replaced."),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="FORMAT",
            help="The format; left out, that of OUT's suffix.",
            autocompletion=_completion.formats,
        ),
    ] = None,
    from_format: _common.FromFormat = None,
    markup: Annotated[Markup | None, typer.Option(help="Markup of an APA or GOST list.")] = None,
    script: Annotated[
        Script | None,
        typer.Option(
            help="latin: transliterate, with translations in brackets (default for APA); original: keep the script."
        ),
    ] = None,
    scheme: Annotated[
        Scheme,
        typer.Option(
            help="System of transliteration: ALA-LC without diacritics or in full, BGN/PCGN with or without its "
            "optional dot, BSI for Russian journals, or ISO 9; docs/languages.md lists their languages."
        ),
    ] = "ala-lc",
    ascii_only: Annotated[
        bool, typer.Option("--ascii", help="Write LaTeX commands for characters outside ASCII.")
    ] = False,
    cited: _common.Cited = None,
    nocite: _common.Nocite = None,
    drop: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD,…",
            help="Variables or extra fields to leave out: abstract,keyword. The reference lists in Crossref's records "
            "(csl-json.reference) are left out, too; 'none' keeps everything.",
        ),
    ] = None,
    case: Annotated[
        TitleCase,
        typer.Option(
            help="English titles of an APA list. auto: in sentence case, if the list is in title case; sentence: in "
            "sentence case; keep: as they are."
        ),
    ] = "auto",
    variant: Annotated[
        Variant, typer.Option(help="The standard of a GOST list. short: GOST R 7.0.5-2008; full: 7.0.100-2018.")
    ] = "short",
    order: Annotated[
        Order | None,
        typer.Option(
            help="The order of a GOST list. alphabet: Cyrillic works first; given: as in SOURCE, or as --cited cites."
        ),
    ] = None,
    numbered: Annotated[bool, typer.Option("--numbered", help="Number the items of a GOST list.")] = False,
    language: Annotated[str | None, typer.Option(metavar="TAG", help="The language of works without one: en.")] = None,
    proper_nouns: Annotated[
        Path | None,
        typer.Option(
            "--proper-nouns", metavar="FILE", help="Words that keep their capitals, in YAML: see lint --suggest."
        ),
    ] = None,
    only: _common.Only = None,
    links: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="For html: show the verdicts in this report of check-links --json."),
    ] = None,
    verify: Annotated[
        Path | None, typer.Option(metavar="FILE", help="For html: show the verdicts in this report of verify --json.")
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="For html: the title of the page.")] = None,
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help="Export the works without errors, and name the others; exit status 1.")
    ] = False,
    encoding: _common.Encoding = None,
    strict: _common.Strict = False,
    jobs: Annotated[int, typer.Option(min=1, metavar="N", help="Use N processes for a long .bib, RIS or .jsonl.")] = 1,
) -> None:
    """Convert a bibliography to another format.

    Example: tajikpeace-refs export references.yaml -o references.bib

    Formats: apa, biblatex, bibtex, csl-json, csl-jsonl, csl-yaml, gost, hayagriva, html, ris. To read a printed list,
    use --from printed. Without -o, or with -o -, the result goes to standard output. The suffix of OUT decides the
    format and markup. An APA list is .txt, .md or .tex, or with pandoc .docx, .odt or .rtf; --to gost makes a GOST list
    of it. A web page is .html; --to apa or gost makes a list of it.

    Exit status 1: works were left out, or a document of --cited cites works that the list does not have.
    """
    from tajikpeace_refs import files
    from tajikpeace_refs.options import WriteOptions

    given = _common.all_sources(sources, named)
    output = None if str(output) in _STDOUT else output
    chosen, implied = _target(output, to, markup)
    for option, value in (("links", links), ("verify", verify), ("title", title)):
        if value and chosen.name != "html":
            raise UsageError(f"--{option} needs --to html, not {chosen.name}")
    report = _report(links, "--links needs a report that check-links --json FILE wrote") if links else None
    verified = _report(verify, "--verify needs a report that verify --json FILE wrote") if verify else None
    outcome = _common.Outcome(keep_going=keep_going)
    wanted = _wanted(only, _common.cited_works(cited, nocite))
    options = WriteOptions(
        markup=implied, script=script, scheme=scheme, ascii=ascii_only, case=case, variant=variant,
        order=order, numbered=numbered, language=language,
        proper_nouns=_proper_nouns(proper_nouns) if proper_nouns else (), links=report, verified=verified, title=title,
        drop=_dropped(drop or []), on_loss=outcome.losses.append,
    )  # fmt: skip
    opened = _common.open_conversion(given, from_format, outcome.on_problem, wanted, encoding, strict=strict)
    with opened as conversion, _with_way_on(conversion), _pool(jobs) as executor:
        texts = conversion.render(chosen, options, executor)
        if output:
            with _common.progress(conversion.file) as advance:
                files.write_conversion(output, conversion, chosen, files.with_progress(texts, conversion, advance))
        else:
            _common.write_stdout(list(texts))  # all of it: an error at the end is to leave nothing half written
    for loss in outcome.losses:
        typer.echo(f"warning: {loss}", err=True)
    if output:
        typer.echo(f"{output}: {counted(conversion.count, 'work')}, {chosen.label}", err=True)
    for problem in conversion.missing:
        typer.echo(problem, err=True)
    if outcome.left_out or conversion.missing:
        raise typer.Exit(1)


_STDOUT = frozenset({"-", "/dev/stdout"})


def _wanted(only: list[str] | None, cited: CitedWorks | None) -> list[str] | CitedWorks | None:
    if only and cited:
        raise UsageError("--only and --cited cannot be combined; to add works to those of --cited, use --nocite ID")
    return cited or only


def _dropped(fields: list[str]) -> tuple[str, ...]:
    """Return what --drop leaves out: its fields and the default, nothing for ``none``."""
    from tajikpeace_refs.options import DROPPED

    names = tuple(name.strip() for text in fields for name in text.split(",") if name.strip())
    return () if names == ("none",) else DROPPED + names


@contextmanager
def _with_way_on(conversion: Conversion) -> Iterator[None]:
    """Where a source has errors, print how the works without errors can be exported."""
    try:
        yield
    except InputError as error:
        typer.echo(error, err=True)
        if conversion.count and conversion.problems:
            way = f"nothing is written; --keep-going writes the {counted(conversion.count, 'work')} without errors"
            typer.echo(f"{conversion.file}: {way}", err=True)
        raise typer.Exit(2) from None


_WORKER_S = 2.0
"""What a worker gets to end its chunk when the command is interrupted; ended in the middle, it may block the pool."""


@contextmanager
def _pool(jobs: int) -> Iterator[Executor | None]:
    if jobs == 1:
        yield None
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(jobs, initializer=be_worker) as pool:
        try:
            yield pool
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in multiprocessing.active_children():
                worker.join(_WORKER_S)
                worker.terminate()
            raise


def _target(output: Path | None, to: str | None, markup: Markup | None) -> tuple[Format, Markup | None]:
    """Return the format to write, and the markup that was asked for or that the suffix implies."""
    from tajikpeace_refs import files, formats
    from tajikpeace_refs.options import WriteOptions

    if output:
        chosen, options = files.target_of(output, to, WriteOptions(markup=markup))
        return chosen, options.markup
    if to:
        return formats.get(to), markup
    raise UsageError("no output is named; give -o FILE, or --to FORMAT for standard output")


def _proper_nouns(path: Path) -> tuple[str, ...]:
    """Return the words of a file: a YAML list, also under ``proper-nouns``, as ``lint --suggest`` prints it."""
    from tajikpeace_refs import opening
    from tajikpeace_refs.yaml_text import YamlText

    with opening.open_text(path) as stream:
        data = YamlText(stream.read()).data
    words = data.get("proper-nouns") if isinstance(data, dict) else data
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise UsageError(f"{path}: expected a YAML list of words: 'proper-nouns:', then '- Tajik' and the like")
    return tuple(words)


def _report(path: Path, hint: str) -> Any:  # noqa: ANN401 - what it is, the page finds out
    from tajikpeace_refs import opening

    with opening.open_text(path) as stream:
        text = stream.read()
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        where = f"{path}:{error.lineno}:{error.colno}" if isinstance(error, json.JSONDecodeError) else path
        raise UsageError(f"{where}: not JSON; {hint}") from None
