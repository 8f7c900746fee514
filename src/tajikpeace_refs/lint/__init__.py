"""Lint: everything wrong or doubtful in a bibliography, each with a stable code (docs/lint.md). Pure.

>>> from datetime import date
>>> from tajikpeace_refs.lint import fixed, lint_text
>>> text = "- {id: a, type: document, issued: 2006, title: 'Peace  and war'}"
>>> findings = lint_text(text, "csl-yaml", today=date(2026, 1, 1))
>>> print(findings[0])
<string>:1:54: warning: a: title: two spaces; write one [TP407]
>>> fixed(text, findings)
"- {id: a, type: document, issued: 2006, title: 'Peace and war'}"
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from tajikpeace_refs.convert import parse
from tajikpeace_refs.errors import Problem
from tajikpeace_refs.lint import identifiers, letters, lists, numbers, structure  # noqa: F401 - their rules register
from tajikpeace_refs.lint._base import RULES, Finding, Rule, Text, Violation, texts
from tajikpeace_refs.lint._places import Source
from tajikpeace_refs.model.library import Library
from tajikpeace_refs.model.validation import spell
from tajikpeace_refs.model.work import SPELLING, Work
from tajikpeace_refs.yaml_edit import spliced

__all__ = ["RULES", "Finding", "Rule", "fixed", "from_problem", "lint", "lint_text"]


def lint(library: Library, *, today: date) -> list[Finding]:
    """Return the findings in a library, in its order, without places: a value does not know where it was written.

    What a record of ``corrections`` says of a variable (``stet``, or not applied) is known and not repeated.
    """
    return [
        _finding(each, work, violation)
        for each, work, violation in _found(library, today)
        if not violation.only_unquoted
    ]


def lint_text(text: str, format: str, *, today: date, file: str = "<string>") -> list[Finding]:  # noqa: A002
    """Return the findings in a text, problems of loading among them, in order of place.

    Works of YAML have line and column; in other formats only what the reader says has a line. ``# lint: off TP101``
    in YAML switches codes off: at the end of a line for what begins there, on a line of its own for the file.

    Args:
        text: the whole text.
        format: its format's name.
        today: what dates are compared with.
        file: its name in the findings.

    Raises:
        UsageError: the format is unknown or cannot be read.
    """
    problems: list[Problem] = []
    library = parse(text, format, on_problem=problems.append)
    source = Source(text.removeprefix("\ufeff")) if format == "csl-yaml" else None
    findings = [from_problem(problem) for problem in problems]
    if source:
        findings = [finding for finding in findings if not source.is_off(finding.code, finding.line)]
    is_whole = all(finding.code != "TP001" for finding in findings)
    for each, work, violation in _found(library, today):
        if each.on == "list" and not is_whole:  # what is not read may hold what is missed
            continue
        finding = _finding(each, work, violation)
        own = work is not None and work is library.source
        placed = (
            source.place(finding, violation, of_source=own) if source else None if violation.only_unquoted else finding
        )
        findings += [placed] if placed else []
    findings.sort(key=lambda finding: (finding.line or 0, finding.column or 0))
    return [finding.in_file(file) for finding in findings]


def from_problem(problem: Problem) -> Finding:
    """Return a problem of loading as a finding with its code."""
    code = "TP501" if "used twice" in problem.message else "TP001" if problem.work_id is None else "TP002"
    held = (problem.message, problem.work_id, problem.variable, problem.line, problem.column, problem.file)
    return Finding(*held, severity=problem.severity, code=code)


def fixed(text: str, findings: Iterable[Finding]) -> str:
    """Return the text with the safe edits of its findings made; every other character stays."""
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    edits: list[tuple[int, int, str]] = []
    for edit in sorted(finding.edit for finding in findings if finding.edit):
        if not edits or edit[0] >= edits[-1][1]:  # of two that overlap the second waits for the next round
            edits.append(edit)
    return bom + spliced(text.removeprefix(bom), edits)


_SCALARS = ("id", "language", "url")


def _found(library: Library, today: date) -> Iterator[tuple[Rule, Work | None, Violation]]:
    for work in [*([library.source] if library.source else []), *library]:
        found = [(each, violation) for each in _ON_WORK for violation in each.check(work, today)]
        shown = list(texts(work))
        found += [(each, violation) for text in shown for each in _ON_TEXT for violation in each.check(text)]
        scalars = [Text(value, (SPELLING[name],), work) for name in _SCALARS if (value := getattr(work, name))]
        found += [
            (each, violation) for text in (*shown, *scalars) for each in _ON_SCALAR for violation in each.check(text)
        ]
        yield from ((each, work, violation) for each, violation in found if not _is_known(work, violation))
    for each in _ON_LIST:
        yield from (
            (each, owner, violation)
            for owner, violation in each.check(library)
            if not (owner and _is_known(owner, violation))
        )


_ON_WORK, _ON_TEXT, _ON_SCALAR, _ON_LIST = (
    [each for each in RULES.values() if each.on == on] for on in ("work", "text", "scalar", "list")
)


def _finding(each: Rule, work: Work | None, violation: Violation) -> Finding:
    return Finding(
        violation.message, work.id if work else None, spell(violation.path), severity=each.severity, code=each.code
    )


def _is_known(work: Work, violation: Violation) -> bool:
    """Whether a correction says so already: it looks wrong and is right, or is wrong and left as printed."""
    return any(
        record.variable == violation.path[0]
        and (record.basis == "stet" or not record.applied)
        and violation.words in record.printed
        for record in work.corrections
    )
