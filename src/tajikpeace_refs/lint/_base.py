"""What a rule is, what it yields, and what becomes of that: a finding with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeVar

from tajikpeace_refs.errors import Problem
from tajikpeace_refs.model.base import csl_name
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.validation import Path
from tajikpeace_refs.model.work import EDITORIAL, SPELLING, Work

Severity = Literal["error", "warning", "hint"]
Subject = Literal["text", "scalar", "work", "list", "loading"]
Check = Callable[..., Iterable[Any]]
C = TypeVar("C", bound=Check)


@dataclass(frozen=True, slots=True)
class Finding(Problem):
    """One thing wrong or doubtful: a Problem with its stable code, its extent, and the edit that mends it, if safe.

    ``edit`` is ``(start, end, new text)`` in the linted text, for ``fixed``.
    """

    code: str = ""
    end_column: int | None = None
    edit: tuple[int, int, str] | None = None

    def __str__(self) -> str:
        return f"{Problem.__str__(self)} [{self.code}]"


class Violation(NamedTuple):
    """What a rule found: the path in the work, the message, and the words, which stand at ``at`` in the value there.

    ``replacement`` is what may surely stand in place of the words. ``only_unquoted``: only a fault where YAML has the value unquoted.
    """

    path: Path
    message: str
    words: str = ""
    at: int = 0
    replacement: str | None = None
    only_unquoted: bool = False


class Text(NamedTuple):
    """One text of a work, and where it is."""

    value: str
    path: Path
    work: Work

    @property
    def is_title(self) -> bool:
        """Whether it is a title of any kind, not a shortened one."""
        return str(self.path[0]).endswith("title")

    def violation(self, message: str, words: str = "", at: int = 0, replacement: str | None = None) -> Violation:
        """Return the violation of those words in this text."""
        return Violation(self.path, message, words or self.value, at, replacement)


class Rule(NamedTuple):
    """One rule; ``summary`` is its meaning in a line, as docs/lint.md has it.

    ``on`` says what ``check`` takes: ``text`` a Text that a reference shows, ``scalar`` id, language and URL too,
    ``work`` a Work and today; all yield Violations. ``list`` rules take a Library and yield (Work or None, Violation).
    """

    code: str
    severity: Severity
    on: Subject
    summary: str
    check: Check = lambda *_: ()


RULES = {
    code: Rule(code, "error", "loading", summary)
    for code, summary in (
        ("TP001", "The text cannot be read: its syntax, its encoding, or another format than its name says."),
        (
            "TP002",
            "A work is refused when loading: an unknown key or type, a wrong value, a date that is none, no title.",
        ),
        ("TP501", "Two works have the same id."),
    )
}
"""Every rule by its code: 0 reading, 1 structure, 2 identifiers, 3 dates and numbers, 4 letters and words, 5 lists."""


def rule(code: str, severity: Severity, on: Subject) -> Callable[[C], C]:
    """Make a function a rule; its docstring is the summary."""

    def register(check: C) -> C:
        RULES[code] = Rule(code, severity, on, check.__doc__ or "", check)
        return check

    return register


_NO_TEXT = frozenset({
    *EDITORIAL, "id", "type", "language", "doi", "isbn", "issn", "pmid", "pmcid", "url", "archive_url", "foreign",
    "abstract", "annote", "references", "citation_key", "citation_label", "year_suffix",
})  # fmt: skip


def texts(work: Work) -> Iterator[Text]:
    """Yield the texts of a work that a reference shows; not identifiers, abstracts, or what the source printed."""
    for variable, value in work.variables().items():
        if isinstance(value, str) and variable not in _NO_TEXT:
            yield Text(value, (SPELLING[variable],), work)
        elif isinstance(value, tuple) and variable not in _NO_TEXT:
            for number, item in enumerate(value):
                path = (SPELLING[variable], number)
                if isinstance(item, Name):
                    yield from (Text(text, (*path, *part), work) for part, text in _parts(item))
                else:
                    yield Text(item, path, work)


def _parts(name: Name) -> Iterator[tuple[Path, str]]:
    yield from (((csl_name(part),), value) for part, value in name.__dict__.items() if isinstance(value, str))
    if name.transliterated:
        yield from ((("transliterated", part), value) for part, value in name.transliterated.__dict__.items() if value)
