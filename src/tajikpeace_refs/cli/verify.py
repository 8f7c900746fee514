"""``verify``: what public registries say of the works of a list."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tajikpeace_refs.cli import _common, _links_sources, _network, _registries, _reports
from tajikpeace_refs.cli._interruption import interruptible
from tajikpeace_refs.errors import UsageError, counted, visible

if TYPE_CHECKING:
    from tajikpeace_refs.cli._links_sources import Source
    from tajikpeace_refs.verification import Verification


def verify(
    sources: _common.Sources = None,
    named: _common.SourcesOption = None,
    from_format: _common.FromFormat = None,
    encoding: _common.Encoding = None,
    cited: _common.Cited = None,
    nocite: _common.Nocite = None,
    only: _common.Only = None,
    json: _reports.Json = None,
    jsonl: Annotated[
        str | None, typer.Option(metavar=_reports.PLACE, help="Write a line of JSON for each work, as results come.")
    ] = None,
    format: _reports.HowShown = "text",  # noqa: A002
    fail_on: _reports.FailOn = "",
    registry_url: _registries.RegistryUrls = None,
    contact: _network.Contact = None,
    proxy: _network.Proxy = None,
    concurrency: Annotated[int, typer.Option(min=1, help="Requests at the same time, to all registries.")] = 16,
    timeout: Annotated[float, typer.Option(min=0.1, metavar="SECONDS", help="The most time for one request.")] = 20.0,
    retries: _network.Retries = 2,
    cache: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Keep answers in this file, and use them again.")
    ] = None,
    cache_age: Annotated[
        str, typer.Option(metavar="TIME", help="How long kept answers are used: 30d, 12h, 90m.")
    ] = "30d",
    write_doi: Annotated[
        bool, typer.Option("--write-doi", help="Write the DOI of confirmed works without one into SOURCE.")
    ] = False,
    progress: _reports.Progress = True,
) -> None:
    """Compare the works with the records of public registries.

    Example: tajikpeace-refs verify references.yaml --contact me@example.org --cache verified.db

    Exit status 1: an identifier belongs to another work, or a work is retracted; 3: no registry could be reached.
    Ctrl-C ends the run and writes what is known (status 130). The verdicts are explained in docs/verify.md.
    """
    from tajikpeace_refs.registries.client import RegistryOptions
    from tajikpeace_refs.verification import FAILING, VERDICTS
    from tajikpeace_refs.verification.check import verify as verify_works
    from tajikpeace_refs.verification.report import fails, nothing_asked, to_json, to_json_line

    failing = FAILING.union(_reports.verdicts(fail_on, VERDICTS))
    _reports.check({"--json": json, "--jsonl": jsonl})
    given = _common.all_sources(sources, named)
    works = _common.cited_works(cited, nocite)
    held = _links_sources.load(given, from_format, encoding, works)
    lacks_works = _common.report_missing(works, {each for source in held for each in source.library.ids})
    held = _links_sources.chosen(held, works, only or [])
    _common.refuse_shared_ids({source.name: source.library for source in held})
    if write_doi:
        _refuse_unwritable(held)
    options = RegistryOptions(
        urls=_registries.addresses(registry_url), contact=contact, proxy=proxy, concurrency=concurrency,
        timeout_s=timeout, retries=retries,
        cache=str(cache) if cache else None, cache_age_s=_links_sources.seconds(cache_age),
    )  # fmt: skip
    _network.unused_proxies(proxy)
    began = datetime.now(UTC)
    found: list[Verification] = []
    is_kept = True
    with interruptible() as interruption:
        wanted = [work for source in held for work in source.library]
        with (
            _reports.lines(jsonl) as write_line,
            _reports.progress("works", lambda: len(wanted), shown=progress) as advance,
        ):
            for each in verify_works(wanted, options, is_stopped=interruption.is_wanted):
                found.append(each)
                advance()
                is_kept = write_line(to_json_line(each))
        interrupted = interruption.is_wanted()
        order = {work.id: place for place, work in enumerate(wanted)}
        found.sort(key=lambda each: order[each.id])
        if json:
            is_kept = _reports.emit(json, to_json(found, began, is_complete=not interrupted)) and is_kept
        if "-" not in {json, jsonl}:
            _show(found, held, format)
        typer.echo(_summary(found, interrupted=interrupted), err=True)
        if write_doi:
            for source in held:
                _write_dois(source, found)
    if interrupted:
        raise typer.Exit(interruption.status)
    if not is_kept:
        raise typer.Exit(2)
    if nothing_asked(found):
        typer.echo("no registry could be reached: is there a network?", err=True)
        raise typer.Exit(3)
    raise typer.Exit(int(lacks_works or any(fails(each, failing) for each in found)))


def _refuse_unwritable(sources: list[Source]) -> None:
    from tajikpeace_refs.editing import EDITABLE

    for source in sources:
        if source.format is None or source.format.name not in EDITABLE:
            raise UsageError(f"--write-doi needs a YAML or .bib file, not {source.name!r}")


def _write_dois(source: Source, found: Iterable[Verification]) -> None:
    from tajikpeace_refs import in_place

    new = {
        each.id: each.doi
        for each in found
        if each.verdict == "confirmed" and each.doi and each.id in source.library and not source.library[each.id].doi
    }
    if new:
        with in_place.edit(source.name, source.format.name if source.format else None) as edited:
            for work_id, doi in new.items():
                edited[work_id].set(doi=doi)
    typer.echo(f"{source.name}: {len(new)} DOIs written", err=True)


def _show(found: list[Verification], sources: list[Source], chosen: str) -> None:
    from tajikpeace_refs.verification.report import by_severity, to_github

    if chosen == "github":
        lines = {work_id: place for source in sources for work_id, place in _lines(source)}
        annotations = (to_github(each, lines.get(each.id)) for each in by_severity(found))
        _common.write_stdout(f"{each}\n" for each in annotations if each)
        return
    rows = [row for each in by_severity(found) for row in _rows(each)]
    _common.show_rows(("work", "verdict", "reason", "says"), rows)


def _rows(found: Verification) -> Iterator[tuple[str, ...]]:
    """Yield a verdict, and a row for each field that differs: what the list has, and what the registry."""
    yield found.id, found.verdict, found.reason, found.detail
    if found.verdict in {"differs", "other-work"}:
        for each in found.fields:
            if each.result == "differs":
                how = f" ({each.how})" if each.how else ""
                yield "", "", each.name, f"{each.ours or '(none)'} ≠ {each.theirs or '(none)'}{how}"


def _lines(source: Source) -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield the id of each work of a file with the line where it is identified or begins."""
    from tajikpeace_refs import opening
    from tajikpeace_refs.formats.base import ReadWork
    from tajikpeace_refs.formats.csl_yaml import lines_of
    from tajikpeace_refs.reading import iter_read

    if source.format is None:
        return
    text = opening.read_text(Path(source.name), source.encoding)
    if source.format.name == "csl-yaml":
        yield from ((work_id, (source.name, line)) for work_id, line in lines_of(text, "DOI").items())
        return
    for item in iter_read(source.format, io.StringIO(text, newline=None)):
        if isinstance(item, ReadWork) and item.line:
            yield item.work.id, (source.name, item.line)


def _summary(found: list[Verification], *, interrupted: bool) -> str:
    from tajikpeace_refs.verification.report import summary

    counts = ", ".join(f"{count} {name}" for name, count in summary(found).items())
    end = "; interrupted, the rest is not verified" if interrupted else ""
    return visible(f"{counted(len(found), 'work')}: {counts or 'nothing to verify'}{end}")
