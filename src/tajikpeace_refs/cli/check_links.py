"""``check-links``: which web references have rotted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tajikpeace_refs.cli import _common, _links_output, _links_sources, _network, _reports
from tajikpeace_refs.cli._interruption import interruptible
from tajikpeace_refs.errors import counted

if TYPE_CHECKING:
    from tajikpeace_refs.links import LinkReport, Verdict

_NO_PROXY = "; without one, no address is dead because its host is unknown"


def check(
    sources: _common.Sources = None,
    named: _common.SourcesOption = None,
    from_format: _common.FromFormat = None,
    encoding: _common.Encoding = None,
    cited: _common.Cited = None,
    nocite: _common.Nocite = None,
    json: _reports.Json = None,
    jsonl: Annotated[
        str | None, typer.Option(metavar=_reports.PLACE, help="Write a line of JSON for each link, as results come.")
    ] = None,
    csv: Annotated[
        str | None, typer.Option(metavar=_reports.PLACE, help="Write the whole report as a CSV table.")
    ] = None,
    only: _common.Only = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option(metavar="REGEX", help="Leave out addresses that match; may be repeated."),
    ] = None,
    concurrency: Annotated[int, typer.Option(min=1, help="Requests at the same time, to all hosts.")] = 64,
    per_host: Annotated[int, typer.Option(min=1, help="Requests at the same time, to one host.")] = 2,
    timeout: Annotated[
        float,
        typer.Option(min=0.1, metavar="SECONDS", help="The most time for one address, with redirects and retries."),
    ] = 20.0,
    retries: _network.Retries = 2,
    allow_network: Annotated[
        list[str] | None,
        typer.Option(metavar="CIDR", help="Check private addresses of this network, too; may be repeated."),
    ] = None,
    proxy: _network.Proxy = None,
    contact: _network.Contact = None,
    archive: Annotated[
        bool, typer.Option("--archive", help="Look for archived copies of pages that are not there.")
    ] = False,
    archive_endpoint: Annotated[
        list[str] | None,
        typer.Option(
            metavar="URL",
            help="Another archive: its CDX or Memento TimeMap address; may be repeated.",
        ),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Put archive-url and archive-date of dead links into the YAML SOURCE.")
    ] = False,
    write_moved: Annotated[
        bool, typer.Option("--write-moved", help="Put the new addresses of moved pages into the YAML SOURCE.")
    ] = False,
    cache: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Keep results in this file; pages found there are not asked for again."),
    ] = None,
    cache_age: Annotated[
        str, typer.Option(metavar="TIME", help="How long results in the cache are used: 30d, 12h, 90m.")
    ] = "1d",
    fail_on: _reports.FailOn = "",
    doi: Annotated[bool, typer.Option("--doi", help="Check works without a URL by their DOI.")] = False,
    probe_suggested: Annotated[bool, typer.Option("--probe-suggested", help="Check suggested addresses, too.")] = False,
    format: _reports.HowShown = "text",  # noqa: A002
    everything: Annotated[
        bool, typer.Option("--all", help="On a terminal: list the pages that are there, too.")
    ] = False,
    progress: _reports.Progress = True,
) -> None:
    """Check the web addresses of a bibliography.

    Example: tajikpeace-refs check-links references.yaml --archive

    Exit status 1: links are dead, soft-404 or malformed, or a document cites a work that the list does not have; 3: no
    address could be reached. Ctrl-C and SIGTERM end the check and write what is known (status 130, 143). The verdicts
    are explained in docs/links.md.
    """
    from tajikpeace_refs.links import FAILING, Archive, CheckOptions, Verdict, check_links
    from tajikpeace_refs.links.cache import Cache
    from tajikpeace_refs.links.check import count_links
    from tajikpeace_refs.links.report import to_json_line

    failing = FAILING.union(map(Verdict, _reports.verdicts(fail_on, [each.value for each in Verdict])))
    outputs = _links_output.Outputs(json, jsonl, csv, format, everything)
    outputs.check()
    given = _common.all_sources(sources, named)
    if write or write_moved:
        _links_sources.refuse_unwritable(given, from_format, "--write" if write else "--write-moved")
    works = _common.cited_works(cited, nocite)
    held = _links_sources.load(given, from_format, encoding, works)
    lacks_works = _common.report_missing(works, {each for source in held for each in source.library.ids})
    held = _links_sources.chosen(held, works, only or [])
    libraries = {source.name: source.library for source in held}
    options = CheckOptions(
        timeout_s=timeout, retries=retries, concurrency=concurrency, per_host=per_host, dois=doi,
        allow_networks=tuple(allow_network or ()), proxy=proxy, probe_suggested=probe_suggested,
        contact=contact, exclude=tuple(exclude or ()), trusts_dns=not _network.unused_proxies(proxy, _NO_PROXY),
    )  # fmt: skip
    copies = [Archive(each) for each in archive_endpoint or ()] or [Archive()] * (archive or write)
    kept_s = _links_sources.seconds(cache_age)
    began = datetime.now(UTC)
    reports: list[LinkReport] = []
    is_kept = True
    with closing(Cache(cache, ttl_s=kept_s)) if cache else nullcontext() as kept, interruptible() as interruption:
        with (
            _reports.lines(jsonl) as write_line,
            _reports.progress(
                "links", lambda: count_links(libraries, options), shown=progress, has_rate=True
            ) as advance,
        ):
            for report in check_links(
                libraries, options=options, archive=copies, cache=kept, is_stopped=interruption.is_wanted
            ):
                reports.append(report)
                advance()
                is_kept = write_line(to_json_line(report))
        interrupted = interruption.is_wanted()
        order = {(source.name, each): place for place, (source, each) in enumerate(_ids(held))}
        # That of the URL last, so that it stays where a program keeps one report a work.
        reports.sort(key=lambda report: (order[report.source or "", report.id], report.variable == "URL"))
        is_kept = outputs.write(reports, began, held, is_complete=not interrupted) and is_kept
        typer.echo(_summary(reports, interrupted=interrupted), err=True)
        for source in held:
            _links_sources.write_back(source, reports, copies=write, moved=write_moved)
    if interrupted:
        raise typer.Exit(interruption.status)
    raise typer.Exit(_status(reports, failing, lacks_works=lacks_works) if is_kept else 2)


def _status(reports: list[LinkReport], failing: frozenset[Verdict], *, lacks_works: bool) -> int:
    from tajikpeace_refs.links.report import fails, nothing_asked

    if nothing_asked(reports):
        typer.echo("no address could be reached: is there a network, and does the proxy answer?", err=True)
        return 3
    return int(lacks_works or any(fails(report, failing) for report in reports))


def _ids(sources: list[_links_sources.Source]) -> Iterator[tuple[_links_sources.Source, str]]:
    return ((source, work_id) for source in sources for work_id in source.library.ids)


def _summary(reports: list[LinkReport], *, interrupted: bool) -> str:
    from tajikpeace_refs.links.report import summary

    counts = ", ".join(f"{count} {verdict}" for verdict, count in summary(reports).items())
    accepted = sum(report.accepted is not None for report in reports)
    counts += f" ({accepted} accepted)" if accepted else ""
    end = "; interrupted, the rest is not checked" if interrupted else ""
    return f"{counted(len(reports), 'link')}: {counts or 'nothing to check'}{end}"
