"""Findings as text: a line each, JSON (schema 1, docs/lint.md), GitHub annotations, SARIF 2.1.0 (OASIS). Pure."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from tajikpeace_refs.links.report import annotation
from tajikpeace_refs.lint.rule import RULES, Finding

Findings = Sequence[Finding]


def summary(findings: Findings) -> str:
    """Return one line: how many findings there are of each severity, and how many ``--fix`` can repair."""
    counts = Counter(finding.severity for finding in findings)
    shown = [f"{count} {name}{'s' * (count != 1)}" for name in ("error", "warning", "hint") if (count := counts[name])]
    fixable = sum(finding.is_fixable for finding in findings)
    return ", ".join(shown or ["nothing found"]) + (f"; --fix repairs {fixable}" if fixable else "")


def to_text(findings: Findings) -> str:
    """Return one line per finding: ``FILE:LINE:COLUMN: severity: WORK-ID: VARIABLE: message [CODE]``."""
    return "".join(f"{finding}\n" for finding in findings)


def to_json(findings: Findings) -> str:
    """Return the findings as JSON, schema 1 (docs/lint.md)."""
    names = ("code", "severity", "file", "line", "column", "end_column", "work_id", "variable", "message")
    rows = [
        {**{name.replace("work_id", "id"): getattr(each, name) for name in names}, "fixable": each.is_fixable}
        for each in findings
    ]
    return json.dumps({"schema": 1, "findings": rows}, ensure_ascii=False, indent=2) + "\n"


_LEVELS = {"error": "error", "warning": "warning", "hint": "notice"}


def to_github(findings: Findings) -> str:
    """Return one GitHub annotation per finding."""
    lines = []
    for each in findings:
        place = {"file": each.file, "line": each.line, "col": each.column, "endColumn": each.end_column}
        lines.append(annotation(_LEVELS[each.severity], _words(each), **place, title=each.code))
    return "".join(f"{line}\n" for line in lines)


def _words(finding: Finding) -> str:
    return ": ".join(part for part in (finding.work_id, finding.variable, finding.message) if part)


def to_sarif(findings: Findings) -> str:
    """Return the findings as one run of SARIF 2.1.0, with the meaning of every rule."""
    rules = list(RULES)
    described = [
        {
            "id": rule.code,
            "shortDescription": {"text": rule.summary},
            "help": {"text": f"{rule.summary} Examples are in docs/lint.md."},
            "defaultConfiguration": {"level": _sarif_level(rule.severity)},
        }
        for rule in RULES.values()
    ]
    results = [
        {
            "ruleId": each.code,
            "ruleIndex": rules.index(each.code),
            "level": _sarif_level(each.severity),
            "message": {"text": _words(each)},
            "locations": [{"physicalLocation": _sarif_place(each)}],
        }
        for each in findings
    ]
    tool = {"driver": {"name": "tajikpeace-refs", "rules": described}}
    run = {"tool": tool, "columnKind": "unicodeCodePoints", "results": results}
    whole = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _sarif_level(severity: str) -> str:
    return "note" if severity == "hint" else severity


def _sarif_place(finding: Finding) -> dict[str, Any]:
    place: dict[str, Any] = {
        "artifactLocation": {"uri": quote(finding.file.replace("\\", "/"), errors="surrogateescape")}
    }
    region = {"startLine": finding.line, "startColumn": finding.column, "endColumn": finding.end_column}
    if finding.line is not None:
        place["region"] = {name: number for name, number in region.items() if number is not None}
    return place


FORMATS = {"text": to_text, "json": to_json, "github": to_github, "sarif": to_sarif}
