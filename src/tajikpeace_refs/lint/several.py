"""What shows only in several lists: a work that two of them have (TP505), an id of different works (TP506)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tajikpeace_refs import formats
from tajikpeace_refs.lint._places import Source
from tajikpeace_refs.lint._reading import read
from tajikpeace_refs.lint.rule import RULES, Finding
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import FormatName
from tajikpeace_refs.text.same_work import WorkIndex, are_one
from tajikpeace_refs.yaml_text import YamlText, front_matter


class LintedList(NamedTuple):
    """The works of a file: ``line_of`` gives the line of an id, ``is_off`` whether a code is off in a line."""

    file: str
    works: Sequence[Work]
    line_of: Callable[[str], int | None]
    is_off: Callable[[str, int | None], bool]


def linted_list(text: str, format: FormatName, file: str) -> LintedList:  # noqa: A002 - as of ``lint_text``
    """Return the list of works in a text, to be compared with others by ``between_lists``.

    Raises:
        UsageError: the format is unknown or cannot be read.
    """
    found = read(text, formats.get(format))
    if format != "csl-yaml":
        return LintedList(file, found.library.works, found.lines.get, lambda _code, _line: False)
    source = Source(YamlText(front_matter(text)))
    return LintedList(file, found.library.works, source.line_of, source.is_off)


def between_lists(lists: Sequence[LintedList]) -> list[Finding]:
    """Return a finding for each work that an earlier list has too, and for each id that is another work's there."""
    index = WorkIndex()
    places: dict[int, str] = {}
    owners: dict[str, Work] = {}
    findings = []
    for each in lists:
        for work in each.works:
            for code, variable, message in _of_work(work, index.find(work, are_one), owners.get(work.id), places):
                line = each.line_of(work.id)
                if not each.is_off(code, line):
                    severity = RULES[code].severity
                    findings.append(Finding(message, work.id, variable, line, None, each.file, severity, code))
        for work in each.works:
            line = each.line_of(work.id)
            index.add(work)
            owners.setdefault(work.id, work)
            places[id(work)] = each.file if line is None else f"{each.file}:{line}"
    return findings


def _of_work(
    work: Work, twin: Work | None, owner: Work | None, places: dict[int, str]
) -> Iterator[tuple[str, str, str]]:
    """Yield code, variable and message of what a work has in common with works of earlier lists."""
    if twin:
        message = f"is probably the work {twin.id!r} of {places[id(twin)]}; keep one, or add what distinguishes them"
        yield "TP505", "title", message
    if owner and not are_one(work, owner):
        yield "TP506", "id", f"is the id of another work, {owner.title!r}, in {places[id(owner)]}; give one another id"
