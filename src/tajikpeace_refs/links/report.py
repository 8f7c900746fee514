"""Reports as text for programs: JSON (schema 1), JSON lines, GitHub annotations, and the summary."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from tajikpeace_refs.links.verdict import FAILING, LIVING, LinkReport, Verdict

SCHEMA = 1
GRAVITY: tuple[Verdict, ...] = tuple(Verdict)


def by_gravity(reports: Iterable[LinkReport]) -> list[LinkReport]:
    """Return the gravest first; the order is kept among equals."""
    return sorted(reports, key=lambda report: GRAVITY.index(report.verdict))


def summary(reports: Iterable[LinkReport]) -> dict[str, int]:
    """Return how many there are of each verdict that occurs, gravest first."""
    counted = Counter(report.verdict for report in reports)
    return {verdict.value: counted[verdict] for verdict in GRAVITY if counted[verdict]}


def as_data(report: LinkReport) -> dict[str, Any]:
    """Return one report as plain data: every key, always."""
    return report.model_dump(mode="json")


def to_json(reports: Iterable[LinkReport], checked_at: datetime) -> str:
    """Return the whole JSON report (docs/links.md has its schema)."""
    held = list(reports)
    whole = {
        "schema": SCHEMA,
        "checked_at": checked_at.isoformat(timespec="seconds"),
        "links": [as_data(report) for report in held],
        "summary": summary(held),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def to_json_line(report: LinkReport) -> str:
    """Return one report as one line of JSON."""
    return json.dumps(as_data(report), ensure_ascii=False) + "\n"


def to_github(report: LinkReport, place: Callable[[str], tuple[str, int] | None]) -> str | None:
    """Return the GitHub annotation of a report, or None where there is nothing to say.

    ``place`` tells file and line of a work.
    """
    if report.verdict in (LIVING | {Verdict.SKIPPED}) - {Verdict.MOVED}:
        return None
    level = "error" if report.verdict in FAILING else "notice" if report.verdict is Verdict.MOVED else "warning"
    found = place(report.id)
    where = f" file={_escaped(found[0], ':,')},line={found[1]}" if found else ""
    return f"::{level}{where}::{_escaped(in_words(report))}"


def in_words(report: LinkReport) -> str:
    """Return a report as one line for people, without its verdict's place in a table."""
    words = f"{report.id}: {report.verdict} ({report.reason})"
    if report.url:
        words += f": {report.url}"
    hint = report.suggested_url or report.archive_url
    return f"{words}; try {hint}" if hint else words


def _escaped(text: str, also: str = "") -> str:
    """Escape as GitHub's workflow commands ask: percent, line ends, and ``:`` and ``,`` inside properties."""
    for letter in "%\r\n" + also:
        text = text.replace(letter, f"%{ord(letter):02X}")
    return text
