"""The sources of ``check-links``: what they hold, and how findings are written back to those in YAML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from tajikpeace_refs.cli import _common
from tajikpeace_refs.errors import MASK, UsageError, counted, did_you_mean, visible

if TYPE_CHECKING:
    from tajikpeace_refs.formats import Format
    from tajikpeace_refs.links import LinkReport
    from tajikpeace_refs.model import Library, Work
    from tajikpeace_refs.text.documents import CitedWorks


@dataclass(frozen=True, slots=True)
class Source:
    """One source: its name in reports, its format (None: standard input), and its works."""

    name: str
    format: Format | None
    encoding: str | None
    library: Library


def load(sources: list[str], from_format: str | None, encoding: str | None, cited: CitedWorks | None) -> list[Source]:
    """Return the sources, each once, as they were named.

    Raises:
        InputError: one has errors.
        UsageError: one is not there, or its format is unknown.
    """
    from tajikpeace_refs import files

    found = []
    for name in sources or [str(_common.path_of(None))]:
        library = _common.load(name, from_format, encoding, about=cited)
        chosen = None if name == "-" else files.format_of(Path(name), from_format)
        found.append(Source(_common.STDIN if name == "-" else name, chosen, encoding, library))
    return found


def chosen(sources: list[Source], cited: CitedWorks | None, only: list[str]) -> list[Source]:
    """Return the sources with those works only that documents cite and that are named.

    Raises:
        UsageError: no source has a work of that name.
    """
    known = {work_id for source in sources for work_id in source.library.ids}
    for work_id in only:
        if work_id not in known:
            raise UsageError(f"no work has the id {work_id!r}{did_you_mean(work_id, known)}")
    return [
        replace(
            source,
            library=source.library.filter(
                lambda work: (not cited or work.id in cited) and (not only or work.id in only)
            ),
        )
        for source in sources
    ]


def refuse_unwritable(sources: list[str] | None, from_format: str | None, option: str) -> None:
    """Refuse sources that findings cannot be written to.

    Raises:
        UsageError: there is none, or one is not a YAML file.
    """
    from tajikpeace_refs import formats

    for source in sources or ["-"]:
        if source == "-" or (from_format or formats.for_path(source).name) != "csl-yaml":
            raise UsageError(f"{option} needs a YAML file as SOURCE")


def write_back(source: Source, reports: Iterable[LinkReport], *, copies: bool, moved: bool) -> None:
    """Write copies of dead links, or the new addresses of moved ones, into a YAML file; all else in it stays."""
    from tajikpeace_refs import files, opening
    from tajikpeace_refs.formats.csl_yaml import set_values
    from tajikpeace_refs.reading import refuse_misread

    if not (copies or moved):
        return
    held = [report for report in reports if report.source == source.name and report.variable == "URL"]
    found = list(_copies(source.library, held)) if copies else []
    now_at = {each.id: each.final_url for each in held if moved and each.verdict == "moved" and each.final_url}
    # A report does not say the password.
    new = [(work_id, "URL", url) for work_id, url in now_at.items() if MASK not in url]
    path = Path(source.name)
    if found or new:
        text = opening.read_to_change(path)
        edits = [*found, *new]
        changed = set_values(text, edits)
        refuse_misread(text, changed, source.name, partial(_edited, edits))
        files.write_text(path, [changed])
    if copies:
        typer.echo(f"{path}: {counted(len(found) // 2, 'archived copy', 'archived copies')} written", err=True)
    if moved:
        left = f", {len(now_at) - len(new)} with a password left unchanged" if len(now_at) > len(new) else ""
        typer.echo(f"{path}: {counted(len(new), 'address', 'addresses')} replaced{left}", err=True)


def _copies(library: Library, reports: list[LinkReport]) -> Iterator[tuple[str, str, str]]:
    """Yield the copies of dead and soft-404 links; one that an editor has chosen stays."""
    for report in reports:
        rotten = report.verdict in {"dead", "soft-404"}
        if rotten and report.archive_url and report.archive_date and not library[report.id].archive_url:
            edits = [(report.id, "archive-url", report.archive_url), (report.id, "archive-date", report.archive_date)]
            try:
                _edited(edits, library[report.id])
            except ValueError:
                typer.echo(f"{visible(report.id)}: the archived copy has no valid date; it is not written", err=True)
                continue
            yield from edits


def _edited(edits: list[tuple[str, str, str]], work: Work, _written: Work | None = None) -> Work:
    """Return a work with the edits of it made."""
    changes = {name: value for work_id, name, value in edits if work_id == work.id}
    return work.replace(**changes) if changes else work


_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}


def seconds(text: str) -> float:
    """Return the seconds of a time such as ``30d``, ``12h`` or ``90m``.

    Raises:
        UsageError: the text is no such time.
    """
    match = re.fullmatch(r"(\d{1,9}(?:\.\d{1,3})?)([smhdw])", text.strip())
    if match is None:
        raise UsageError(f"{text!r} is not a time; write a number and s, m, h, d or w: 30d")
    return float(match[1]) * _UNITS[match[2]]
