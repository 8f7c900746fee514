"""Reports as text for programs: JSON (schema 1, docs/links.md), JSON lines, CSV, GitHub annotations; the summary."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from tajikpeace_refs.errors import visible_lines
from tajikpeace_refs.links.verdict import FAILING, LIVING, QUIET, LinkReport, Reason, Verdict
from tajikpeace_refs.web.address import host_of


def by_severity(reports: Iterable[LinkReport]) -> list[LinkReport]:
    """Return the reports with the worst verdicts first; those with the same verdict keep their order."""
    severity = list(Verdict)
    return sorted(reports, key=lambda report: severity.index(report.verdict))


def summary(reports: Iterable[LinkReport]) -> dict[str, int]:
    """Return how many reports have each verdict, the worst verdict first."""
    counted = Counter(report.verdict for report in reports)
    return {verdict.value: counted[verdict] for verdict in Verdict if counted[verdict]}


def fails(report: LinkReport, failing: Collection[Verdict] = FAILING) -> bool:
    """Whether a report is one of a failing verdict that no editor has accepted."""
    return report.verdict in failing and report.accepted is None


_UNASKED = frozenset({Reason.OFFLINE, Reason.DNS_FAILURE, Reason.UNREACHABLE})
_SILENT = frozenset({Reason.TIMEOUT, Reason.REFUSED, Reason.RESET})
_NOT_ASKED_FOR = frozenset({Reason.PRIVATE_ADDRESS, Reason.UNSAFE_PORT, Reason.DNS})


def nothing_asked(reports: Iterable[LinkReport]) -> bool:
    """Whether there were addresses to ask for and none could be: no network, no name server, a proxy that refuses.

    So it is where none of several hosts gives an answer. What was not asked for, since it is private or known to be
    nowhere, says nothing about the network.
    """
    asked = [report for report in reports if report.attempts and report.reason not in _NOT_ASKED_FOR]
    has_several = len({host_of(report.url or "") for report in asked}) > 1
    unasked = _UNASKED | _SILENT if has_several else _UNASKED
    return bool(asked) and all(report.status is None and report.reason in unasked for report in asked)


_MANY = 3
"""From so many addresses on, a page on which all of them end is one finding."""


def landings(reports: Iterable[LinkReport]) -> list[list[LinkReport]]:
    """Return reports with those together whose addresses end on one page that is none of theirs, such as a login."""
    found: dict[tuple[str, ...], list[LinkReport]] = {}
    for number, report in enumerate(reports):
        key = [str(number)]
        if report.redirects and report.final_url and report.verdict not in LIVING:
            key = [report.verdict, report.reason, report.final_url.partition("?")[0].partition("#")[0]]
        found.setdefault(tuple(key), []).append(report)
    groups: list[list[LinkReport]] = []
    for held in found.values():
        is_one = len({report.url for report in held}) >= _MANY
        groups += [held] if is_one else [[report] for report in held]
    return groups


def to_csv(reports: Iterable[LinkReport]) -> str:
    """Return the reports as a table (CSV): a column for each field of the JSON report."""
    text = io.StringIO()
    table = csv.DictWriter(text, list(LinkReport.model_fields), lineterminator="\n")
    table.writeheader()
    for report in reports:
        row = report.model_dump(mode="json")
        row["redirects"] = " ".join(f"{redirect.status} {redirect.url}" for redirect in report.redirects)
        # A spreadsheet would take these for formulas (OWASP, "CSV injection").
        table.writerow({name: f"'{v}" if str(v)[:1] in set("=+-@\t\r") else v for name, v in row.items()})
    return text.getvalue()


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


def to_github(report: LinkReport, place: Callable[[LinkReport], tuple[str, int] | None]) -> str | None:
    """Return the GitHub annotation of a report, or None where nothing is wrong, or an editor has accepted it.

    ``place`` returns file and line of what is reported on, or None.
    """
    if report.accepted or report.verdict in QUIET | {Verdict.SKIPPED, Verdict.ARCHIVED}:
        return None
    level = "error" if report.verdict in FAILING else "notice" if report.verdict is Verdict.MOVED else "warning"
    found = place(report)
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
