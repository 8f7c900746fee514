"""Lint: find what is wrong or doubtful in a bibliography, each fault under a stable code (docs/lint.md). Pure.

The rules stand in ``structure`` (TP1xx), ``identifiers`` (TP2xx), ``numbers`` (TP3xx: dates and page ranges),
``letters`` and ``lookalikes`` (TP4xx: letters, words, signs), ``names`` (TP411, TP413, TP42x), ``titles`` (TP425 to
TP427), ``lists`` and ``several`` (TP5xx); search for a code to find its function.

>>> from datetime import date
>>> from tajikpeace_refs.lint import fix, lint_text
>>> text = "- {id: a, type: manuscript, issued: 2006, title: 'Peace  and war'}"
>>> findings = lint_text(text, "csl-yaml", today=date(2026, 1, 1))
>>> print(findings[0])
<string>:1:56: warning: a: title: two spaces; write one [TP407]
>>> fix(text, findings)
"- {id: a, type: manuscript, issued: 2006, title: 'Peace and war'}"

The module can be called: ``tajikpeace_refs.lint(library)`` is ``tajikpeace_refs.lint.lint(library)``.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from types import ModuleType
from typing import TYPE_CHECKING, Any

from tajikpeace_refs import formats
from tajikpeace_refs.deprecated import renamed
from tajikpeace_refs.editing import EditedList
from tajikpeace_refs.errors import Problem, RefsError
from tajikpeace_refs.lint import (  # noqa: F401 - their rules register
    identifiers,
    letters,
    lists,
    lookalikes,
    names,
    numbers,
    plausibility,
    romanisation,
    structure,
    titles,
)  # fmt: skip
from tajikpeace_refs.lint._places import Source
from tajikpeace_refs.lint._reading import read
from tajikpeace_refs.lint.names import is_unmarked_name
from tajikpeace_refs.lint.rule import RULES, Finding, Rule, Text, Violation, texts
from tajikpeace_refs.lint.several import LintedList, between_lists, linted_list
from tajikpeace_refs.model.library import Library
from tajikpeace_refs.model.validation import spell
from tajikpeace_refs.model.work import SPELLING, Work
from tajikpeace_refs.options import FormatName
from tajikpeace_refs.text.documents import CitedWorks
from tajikpeace_refs.yaml_text import YamlText, front_matter, spliced

__all__ = [
    "RULES", "Finding", "LintedList", "Rule", "between_lists", "cited_findings", "fix", "from_problem", "lint",
    "lint_text", "linted_list",
]  # fmt: skip


def lint(library: Library, *, today: date | None = None) -> list[Finding]:
    """Return what is wrong or doubtful in a library, work by work; the findings have no line.

    Mistakes that the ``corrections`` of a work record (``stet``, or not applied) are not reported again.

    Args:
        library: the works.
        today: the date that dates are compared with. None: none is compared with the present (TP301, TP302).
    """
    return [
        _finding(*found)
        for found in _violations(library, today)
        if not (found[-1].only_unquoted or found[-1].only_yaml)
    ]


def lint_text(
    text: str,
    format: FormatName,  # noqa: A002 - the word of all entry points
    *,
    today: date | None = None,
    file: str = "<string>",
) -> list[Finding]:
    """Return what is wrong or doubtful in the text of a file, problems of reading included, in the order of places.

    Findings in YAML, ``.bib`` and RIS have line and column, in JSON the line of the work.

    Args:
        text: the whole text.
        format: the name of its format.
        today: as for `lint`.
        file: the name of the file in findings.

    Raises:
        UsageError: the format is unknown or cannot be read.
    """
    chosen = formats.get(format)
    library, lines, problems = read(text, chosen)
    source = Source(YamlText(front_matter(text))) if format == "csl-yaml" else None
    places = chosen.places(text) if chosen.places else None
    findings = [from_problem(problem) for problem in problems]
    if source:
        findings = [finding for finding in findings if not source.is_off(finding.code, finding.line)]
    is_whole = all(finding.code != "TP001" for finding in findings)
    for rule, work, violation in _violations(library, today, source):
        if rule.on == "list" and not is_whole:  # the part that was not read may hold what seems to be missing
            continue
        if rule.code in _ONLY_YAML and source is None:
            continue
        finding = _finding(rule, work, violation)
        if source:
            placed = source.place(finding, violation, of_source=work is not None and work is library.source)
            findings += [placed] if placed else []
        elif not (violation.only_unquoted or violation.only_yaml) or (
            format == "ris" and is_unmarked_name(rule, violation)
        ):
            line, column = lines.get(work.id) if work else None, None
            if places and work and line:
                line, column = places.find(line, work, violation.path, violation.words)
            findings.append(replace(finding, line=line, column=column, changes=()))
    findings.sort(key=lambda finding: (finding.line or 0, finding.column or 0))
    return [finding.in_file(file) for finding in findings]


_ONLY_YAML = frozenset({"TP104", "TP409"})
"""About YAML and pandoc's Markdown, of which other formats have none."""


def from_problem(problem: Problem) -> Finding:
    """Return a problem of loading as a finding.

    Its code is TP501 (id used twice), TP001 (unreadable), TP002 (work refused) or TP003 (read with a warning).
    """
    is_refused = "TP001" if problem.work_id is None else "TP002"
    code = "TP501" if "used twice" in problem.message else is_refused if problem.severity == "error" else "TP003"
    if code == "TP003" and problem.work_id is None and "is not kept" in problem.message:
        problem = replace(problem, severity="hint", message=f"{problem.message} by a conversion")
    return _as_finding(problem, code)


def cited_findings(findings: Iterable[Finding], works: CitedWorks, ids: Collection[str]) -> list[Finding]:
    """Return the findings in works that documents cite, and one (TP504) for each key that no work has.

    Raises:
        UsageError: an id that is to be listed without a citation is none.
    """
    kept = [finding for finding in findings if finding.work_id in works or finding.work_id not in ids]
    return [*kept, *(_as_finding(problem, "TP504") for problem in works.missing(ids))]


def _as_finding(problem: Problem, code: str) -> Finding:
    fields = (problem.message, problem.work_id, problem.variable, problem.line, problem.column, problem.file)
    return Finding(*fields, severity=problem.severity, code=code)


def fix(text: str, findings: Iterable[Finding]) -> str:
    """Return a YAML text with the safe changes of its findings made; every other character stays.

    Not all changes can be made at once: repeat `lint_text` and `fix` until nothing changes.

    Args:
        text: the text that was given to `lint_text`.
        findings: what `lint_text` returned for it.
    """
    findings = list(findings)
    edits: list[tuple[int, int, str]] = []
    for edit in sorted(finding.edit for finding in findings if finding.edit):
        if not edits or edit[0] >= edits[-1][1]:
            edits.append(edit)
    if not edits:
        return _with_changes(text, findings)
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    return bom + spliced(text.removeprefix(bom), edits)


def _with_changes(text: str, findings: list[Finding]) -> str:
    """Return a YAML text with the variables changed that findings give other values, work by work.

    It stays as it is where it is no sound list or has what cannot be changed in its place, such as anchors.
    """
    changes = {finding.work_id: dict[str, Any]() for finding in findings if finding.work_id and finding.changes}
    for finding in reversed(findings):  # the first of two counts
        if finding.work_id in changes:
            changes[finding.work_id] |= dict(finding.changes)
    if not changes:
        return text
    with suppress(RefsError):
        edited = EditedList(text)
        for work_id, values in changes.items():
            if work_id in edited:
                edited[work_id].set(values)
        text = edited.text
    return text


def _violations(
    library: Library, today: date | None, source: Source | None = None
) -> Iterator[tuple[Rule, Work | None, Violation]]:
    """Yield what each rule finds, without what the works' corrections already record."""
    on = {
        subject: [rule for rule in RULES.values() if rule.on == subject]
        for subject in ("work", "text", "scalar", "names")
    }
    for work in [*([library.source] if library.source else []), *library]:
        shown = list(texts(work))
        values = [(SPELLING[name], getattr(work, name)) for name in ("id", "language", "url")]
        scalars = [*shown, *(Text(value, (name,), work) for name, value in values if value)]
        scalars += [Text(field.value, ("extra", field.format, field.field), work) for field in work.extra]
        checks: list[tuple[Rule, tuple[Any, ...]]] = [(rule, (work, today)) for rule in on["work"]]
        checks += [(rule, (text,)) for text in shown for rule in on["text"]]
        checks += [(rule, (text,)) for text in scalars for rule in on["scalar"]]
        of_names = source.name_texts(work, of_source=work is library.source) if source else ()
        checks += [(rule, (text,)) for text in of_names for rule in on["names"]]
        for rule, args in checks:
            yield from ((rule, work, each) for each in rule.check(*args) if not _is_recorded(each, work))
    for rule in RULES.values():
        if rule.on == "list":
            for owner, violation in rule.check(library):
                if not (owner and _is_recorded(violation, owner)):
                    yield rule, owner, violation


def _finding(rule: Rule, work: Work | None, violation: Violation) -> Finding:
    where = (violation.message, work.id if work else None, spell(violation.path))
    return Finding(*where, severity=rule.severity, code=rule.code, changes=tuple(violation.changes.items()))


def _is_recorded(violation: Violation, work: Work) -> bool:
    """Return whether a correction of the work records the fault: right as it is (``stet``), or left as printed."""
    return any(
        record.variable == violation.path[0]
        and (record.basis == "stet" or not record.applied)
        and violation.words in record.printed
        for record in work.corrections
    )


class _CallableModule(ModuleType):
    """This module as a function, so that ``refs.lint(library)`` and ``from tajikpeace_refs.lint import fix`` both work.

    A module may change its class: docs.python.org/3/reference/datamodel.html#customizing-module-attribute-access.
    """

    def __call__(self, library: Library, *, today: date | None = None) -> list[Finding]:
        return lint(library, today=today)


sys.modules[__name__].__class__ = _CallableModule
if not TYPE_CHECKING:
    __getattr__ = renamed(__name__, {"fixed": "fix", "of_problem": "from_problem"})
