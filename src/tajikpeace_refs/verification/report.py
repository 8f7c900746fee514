"""Verdicts as text for programs: JSON (schema 1, docs/verify.md), JSON lines, GitHub annotations; the summary."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from tajikpeace_refs.links.report import annotation
from tajikpeace_refs.verification.verdicts import FAILING, VERDICTS, VerdictName, Verification

_NOT_ANSWERED = frozenset({"unreachable", "throttled", "garbage", "unsupported"})


def by_severity(found: Iterable[Verification]) -> list[Verification]:
    """Return verdicts with the most serious first; equal ones keep their order."""
    return sorted(found, key=lambda each: VERDICTS.index(each.verdict))


def summary(found: Iterable[Verification]) -> dict[str, int]:
    """Return how many works have each verdict, the most serious first."""
    counted = Counter(each.verdict for each in found)
    return {name: counted[name] for name in VERDICTS if counted[name]}


def fails(found: Verification, failing: Collection[VerdictName] = FAILING) -> bool:
    """Whether a verdict is one of those that make the exit status 1."""
    return found.verdict in failing


def nothing_asked(found: Iterable[Verification]) -> bool:
    """Whether there were works to ask for and no registry gave an answer."""
    known = list(found)
    failed = any(each.reason in _NOT_ANSWERED for each in known)
    return failed and not any(each.asked for each in known)


def to_item(found: Verification) -> dict[str, Any]:
    """Return a verdict as the JSON report has it."""
    return {
        "id": found.id, "verdict": found.verdict, "reason": found.reason, "registry": found.registry,
        "record": found.record, "score": found.score,
        "fields": [
            {"name": each.name, "result": each.result, "ours": each.ours, "theirs": each.theirs, "how": each.how}
            for each in found.fields
        ],
        "detail": found.detail, "asked": list(found.asked), "doi": found.doi,
    }  # fmt: skip


def to_json(found: Collection[Verification], began: datetime, *, is_complete: bool = True) -> str:
    """Return the whole report."""
    report = {
        "schema": 1,
        "checked_at": began.isoformat(timespec="seconds"),
        "complete": is_complete,
        "works": [to_item(each) for each in found],
        "summary": summary(found),
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def to_json_line(found: Verification) -> str:
    """Return a verdict in one line."""
    return json.dumps(to_item(found), ensure_ascii=False) + "\n"


def to_github(found: Verification, place: tuple[str, int] | None) -> str | None:
    """Return a verdict as an annotation of GitHub's, at the file and line of the work; None where all is well."""
    if found.verdict == "confirmed":
        return None
    level = "error" if found.verdict in FAILING else "notice" if found.verdict == "unknown" else "warning"
    words = f"{found.id}: {found.verdict} ({found.reason}): {found.detail}"
    return annotation(level, words, file=place[0], line=place[1]) if place else annotation(level, words)
