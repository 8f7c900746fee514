"""Reports as text for programs: JSON (schema 1, docs/links.md), JSON lines, GitHub annotations; the summary."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime

from tajikpeace_refs.errors import visible_lines
from tajikpeace_refs.links.verdict import FAILING, LIVING, LinkReport, Verdict


def by_severity(reports: Iterable[LinkReport]) -> list[LinkReport]:
    """Return the reports with the worst verdicts first; those with the same verdict keep their order."""
    severity = list(Verdict)
    return sorted(reports, key=lambda report: severity.index(report.verdict))


def summary(reports: Iterable[LinkReport]) -> dict[str, int]:
    """Return how many reports have each verdict, the worst verdict first."""
    counted = Counter(report.verdict for report in reports)
    return {verdict.value: counted[verdict] for verdict in Verdict if counted[verdict]}


def to_json(reports: Iterable[LinkReport], checked_at: datetime, *, is_complete: bool = True) -> str:
    """Return the JSON report, which docs/links.md describes. ``is_complete``: the check was not interrupted."""
    held = list(reports)
    whole = {
        "schema": 1,
        "checked_at": checked_at.isoformat(timespec="seconds"),
        "complete": is_complete,
        "links": [report.model_dump(mode="json") for report in held],
        "summary": summary(held),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def to_json_line(report: LinkReport) -> str:
    """Return one report as one line of JSON."""
    return json.dumps(report.model_dump(mode="json"), ensure_ascii=False) + "\n"


def to_github(report: LinkReport, place: Callable[[str], tuple[str, int] | None]) -> str | None:
    """Return the GitHub annotation of a report, or None where nothing is wrong.

    ``place`` returns file and line of a work by its id, or None.
    """
    if report.verdict in (LIVING | {Verdict.SKIPPED}) - {Verdict.MOVED}:
        return None
    level = "error" if report.verdict in FAILING else "notice" if report.verdict is Verdict.MOVED else "warning"
    found = place(report.id)
    words = f"{report.id}: {report.verdict} ({report.reason})" + (f": {report.url}" if report.url else "")
    if hint := report.suggested_url or report.archive_url:
        words += f"; try {hint}"
    return annotation(level, words, file=found[0], line=found[1]) if found else annotation(level, words)


def annotation(level: str, words: str, **properties: str | int | None) -> str:
    """Return a GitHub workflow command that annotates a place, given by ``file``, ``line``, ``col`` as far as known."""
    where = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in properties.items() if value is not None)
    return f"::{level}{' ' if where else ''}{where}::{_escaped(words)}"


def _escaped(text: str, also: str = "") -> str:
    """Escape percent signs and line ends, and the letters of ``also``, as GitHub's workflow commands require.

    Other control characters are shown as escapes, as everywhere: the log of a workflow takes orders from them.
    """
    text = visible_lines(text)
    for letter in "%\n" + also:
        text = text.replace(letter, f"%{ord(letter):02X}")
    return text
