"""``check-links``: which web references have rotted."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from tajikpeace_refs.cli import _common
from tajikpeace_refs.cli._interruption import interruptible
from tajikpeace_refs.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from tajikpeace_refs.links import CheckOptions, LinkReport, Verdict
    from tajikpeace_refs.model import Library

_COLOURS = {
    "dead": "bold red", "soft-404": "red", "malformed": "red", "missing": "yellow", "uncertain": "yellow",
    "moved": "cyan", "redirected": "cyan", "skipped": "dim", "alive": "green",
}  # fmt: skip
_PLACE = "FILE|-"


def check(
    source: _common.Source = None,
    from_format: _common.FromFormat = None,
    encoding: _common.Encoding = None,
    cited: _common.Cited = None,
    nocite: _common.Nocite = None,
    json: Annotated[str | None, typer.Option(metavar=_PLACE, help="Write the whole report as JSON (schema 1).")] = None,
    jsonl: Annotated[str | None, typer.Option(metavar=_PLACE, help="Stream one JSON line a link as they come.")] = None,
    concurrency: Annotated[int, typer.Option(min=1, help="Requests at once, over all hosts.")] = 64,
    per_host: Annotated[int, typer.Option(min=1, help="Requests at once to one host.")] = 2,
    timeout: Annotated[
        float, typer.Option(min=0.1, metavar="SECONDS", help="Total for one URL, redirects and retries included.")
    ] = 20.0,
    retries: Annotated[int, typer.Option(min=0, help="How often to ask again after a transient fault.")] = 2,
    allow_network: Annotated[
        list[str] | None,
        typer.Option(metavar="CIDR", help="Ask private addresses of this network too; may be repeated."),
    ] = None,
    proxy: Annotated[str | None, typer.Option(metavar="URL", help="Ask through this proxy.")] = None,
    archive: Annotated[bool, typer.Option("--archive", help="Look for archived copies of what is not alive.")] = False,
    archive_endpoint: Annotated[
        list[str] | None,
        typer.Option(
            metavar="URL",
            help="Look for copies there: an address of CDX or Memento TimeMaps; may be repeated.",
        ),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Put archive-url and archive-date of dead links into the YAML SOURCE.")
    ] = False,
    cache: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Keep verdicts here, take living ones from here.")
    ] = None,
    fail_on: Annotated[str, typer.Option(metavar="VERDICT,…", help="More verdicts that make the status 1.")] = "",
    doi: Annotated[bool, typer.Option("--doi", help="Check works without a URL by their DOI.")] = False,
    probe_suggested: Annotated[bool, typer.Option("--probe-suggested", help="Ask for suggested URLs too.")] = False,
    format: Annotated[Literal["text", "github"], typer.Option(help="How results are shown.")] = "text",  # noqa: A002
    progress: Annotated[bool, typer.Option("--progress/--no-progress", help="Show progress on a terminal.")] = True,
) -> None:
    """Check the web addresses of a bibliography.

    Example: tajikpeace-refs check-links references.yaml --archive

    Status 1: links are dead, soft-404 or malformed, or a document cites a work that is not there. What each verdict
    means: docs/links.md. Ctrl-C and SIGTERM end the check and write what is known (status 130, 143).
    """
    from tajikpeace_refs.links import FAILING, Archive, CheckOptions, check_links
    from tajikpeace_refs.links.cache import Cache
    from tajikpeace_refs.links.report import to_json, to_json_line

    failing = FAILING | _verdicts(fail_on)
    _check_places(json, jsonl)
    if write:
        _check_source(source, from_format)
    works = _common.cited_works(cited, nocite)
    library = _common.load(source, from_format, encoding, about=works)
    lacks_works = _common.report_missing(works, library.ids)
    if works:
        library = library.filter(lambda work: work.id in works)
    options = CheckOptions(
        timeout_s=timeout, retries=retries, concurrency=concurrency, per_host=per_host, dois=doi,
        allow_networks=tuple(allow_network or ()), proxy=proxy, probe_suggested=probe_suggested,
    )  # fmt: skip
    copies = [Archive(each) for each in archive_endpoint or ()] or [Archive()] * (archive or write)
    kept = Cache(cache) if cache else None
    began = datetime.now(UTC)
    reports: list[LinkReport] = []
    is_kept = True
    with interruptible() as interruption:
        with _lines(jsonl) as write_line, _progress(library, options, shown=progress) as advance:
            for report in check_links(
                library, options=options, archive=copies, cache=kept, is_stopped=interruption.is_wanted
            ):
                reports.append(report)
                advance(report)
                is_kept = write_line(to_json_line(report))
        interrupted = interruption.is_wanted()
        order = {work_id: place for place, work_id in enumerate(library.ids)}
        reports.sort(key=lambda report: order[report.id])
        if json:
            is_kept = _emit(json, to_json(reports, began, is_complete=not interrupted)) and is_kept
        if "-" not in {json, jsonl}:
            _show(reports, format, source)
        typer.echo(_summary(reports, interrupted=interrupted), err=True)
        if write:
            _write_copies(library, reports, source or "")
    if interrupted:
        raise typer.Exit(interruption.status)
    if not is_kept:
        raise typer.Exit(2)
    if lacks_works or any(report.verdict in failing for report in reports):
        raise typer.Exit(1)


def _verdicts(text: str) -> frozenset[Verdict]:
    from tajikpeace_refs.links import Verdict

    names = [name.strip() for name in text.split(",") if name.strip()]
    known = [verdict.value for verdict in Verdict]
    for name in names:
        if name not in known:
            raise UsageError(f"unknown verdict {name!r}{did_you_mean(name, known)}; known: {', '.join(known)}")
    return frozenset(Verdict(name) for name in names)


def _check_source(source: str | None, from_format: str | None) -> None:
    from tajikpeace_refs import formats

    if source is None or source == "-" or (from_format or formats.for_path(source).name) != "csl-yaml":
        raise UsageError("--write needs a YAML file as SOURCE")


def _check_places(json: str | None, jsonl: str | None) -> None:
    """Refuse what would only fail when all links are checked."""
    if json == jsonl == "-":
        raise UsageError("--json and --jsonl cannot both go to standard output")
    if json and not Path(json).parent.is_dir():
        raise UsageError(f"{json!r} cannot be written: there is no such folder")


@contextmanager
def _lines(place: str | None) -> Iterator[Callable[[str], bool]]:
    """Open where JSON lines go: a stream, so that what was found outlives an interruption.

    What is called with each line returns whether all lines were written; that they were not ends no check.
    """
    if place is None:
        yield lambda _line: True
    elif place == "-":

        def write_stdout(line: str) -> bool:
            _common.write_stdout([line])
            return True

        yield write_stdout
    else:
        try:
            stream = Path(place).open("wb", buffering=0)  # noqa: SIM115 - closed below
        except OSError as error:
            raise UsageError(f"{place!r} cannot be written: {error.strerror or error}") from None
        is_sound = True

        def write(line: str) -> bool:
            nonlocal is_sound
            try:
                if is_sound:
                    stream.write(line.encode())
            except OSError as error:
                is_sound = False
                typer.echo(f"{place!r} cannot be written any more: {error.strerror}; the check goes on", err=True)
            return is_sound

        with stream:
            yield write


def _emit(place: str, text: str) -> bool:
    """Write the report; where that fails after all, keep it in the folder for temporary files, and return False."""
    if place == "-":
        _common.write_stdout([text])
        return True
    from tajikpeace_refs import files

    try:
        files.write_text(Path(place), [text])
    except UsageError as error:
        from tempfile import mkdtemp

        kept = Path(mkdtemp(prefix="tajikpeace-refs-")) / "report.json"
        typer.echo(error, err=True)
        files.write_text(kept, [text])
        typer.echo(f"the report is kept in {kept}", err=True)
        return False
    return True


@contextmanager
def _progress(library: Library, options: CheckOptions, *, shown: bool) -> Iterator[Callable[[LinkReport], None]]:
    """Show how far it is, how fast and how long to go, on a terminal only; yield what to call with each report."""
    if not shown or not sys.stderr.isatty():
        yield lambda _report: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from tajikpeace_refs.links.check import is_reported

    total = sum(is_reported(work, options) for work in library)
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("links", total=total, rate="")

        def advance(_report: LinkReport) -> None:
            bar.update(task, advance=1, rate=f"{bar.tasks[0].speed or 0:.0f}/s")

        yield advance


def _show(reports: list[LinkReport], format: str, source: str | None) -> None:  # noqa: A002
    from tajikpeace_refs.links.report import by_severity, to_github

    graded = by_severity(reports)
    if format == "github":
        place = _places(source)
        annotations = [to_github(report, place) for report in graded]
        _common.write_stdout(f"{each}\n" for each in annotations if each)
    elif _common.on_terminal():
        _show_table(graded)
    else:
        rows = ((r.verdict, r.reason, r.id, r.url, r.suggested_url or r.archive_url, r.detail) for r in graded)
        _common.show_rows((), [tuple(cell or "" for cell in row) for row in rows])


def _show_table(reports: list[LinkReport]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for name in ("verdict", "reason", "work"):
        table.add_column(name, no_wrap=True)
    table.add_column("address", overflow="fold", ratio=1)
    for report in reports:
        cell = Text(report.url or "")
        for label, value in (("now", report.final_url if report.redirects else None), ("try", report.suggested_url),
                             ("copy", report.archive_url), ("", report.detail)):  # fmt: skip
            if value:
                cell.append(f"\n{label} {value}".replace("\n ", "\n"), style="dim")
        table.add_row(Text(report.verdict, _COLOURS[report.verdict]), report.reason, report.id, cell)
    _common.console().print(table)


def _places(source: str | None) -> Callable[[str], tuple[str, int] | None]:
    """Return what tells file and line of a work; only a YAML file has lines that people edit."""
    from tajikpeace_refs.formats.csl_yaml import lines_of

    path = _common.path_of(source)
    if source == "-" or path.suffix not in {".yaml", ".yml"}:
        return lambda _work_id: None
    lines = lines_of(path.read_text(encoding="utf-8-sig"), "URL")
    return lambda work_id: (str(path), lines[work_id]) if work_id in lines else None


def _summary(reports: list[LinkReport], *, interrupted: bool) -> str:
    from tajikpeace_refs.links.report import summary

    counts = ", ".join(f"{count} {verdict}" for verdict, count in summary(reports).items())
    end = "; interrupted, the rest is not checked" if interrupted else ""
    return f"{len(reports)} links: {counts or 'nothing to check'}{end}"


def _write_copies(library: Library, reports: list[LinkReport], source: str) -> None:
    """Fill in the copies of dead and soft-404 links; a copy that an editor has chosen stays."""
    from tajikpeace_refs import files
    from tajikpeace_refs.formats.csl_yaml import set_values

    edits = []
    for report in reports:
        rotten = report.verdict in {"dead", "soft-404"}
        if rotten and report.archive_url and report.archive_date and not library[report.id].archive_url:
            edits.append((report.id, "archive-url", report.archive_url))
            edits.append((report.id, "archive-date", report.archive_date))
    path = Path(source)
    if edits:
        files.write_text(path, [set_values(files.read_to_change(path), edits)])
    typer.echo(f"{path}: {len(edits) // 2} archived copies written", err=True)
