"""The parts that all lint rules share: the rule and its registry, what it returns, and the texts of a work it looks at.

A rule is a function under ``@rule(code, severity, subject)`` that yields ``Violation``s; ``lint`` turns each into a
``Finding`` with its place in the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeVar

from tajikpeace_refs.errors import Problem
from tajikpeace_refs.model.base import csl_name
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.validation import Path
from tajikpeace_refs.model.work import EDITORIAL, SPELLING, Work

Severity = Literal["error", "warning", "hint"]
Subject = Literal["text", "scalar", "names", "work", "list", "loading"]
Check = Callable[..., Iterable[Any]]
C = TypeVar("C", bound=Check)


@dataclass(frozen=True, slots=True)
class Finding(Problem):
    """One thing that is wrong or doubtful: a `Problem` with a code, and the change that `fix` can make."""

    code: str = ""
    """The code of the rule, such as ``TP408`` (docs/lint.md)."""
    end_column: int | None = None
    """The column behind the last character at fault, from 1; None: not known."""
    edit: tuple[int, int, str] | None = None
    """The change in the text: start, end (offsets in characters) and the new text; None: a person must decide."""
    changes: tuple[tuple[str, Any], ...] = ()
    """The new values of variables of the work, by attribute; empty: a person must decide."""

    @property
    def is_fixable(self) -> bool:
        """Whether ``fix`` can repair it."""
        return self.edit is not None or bool(self.changes)

    def __str__(self) -> str:
        return f"{Problem.__str__(self)} [{self.code}]"


class Violation(NamedTuple):
    """What a rule returns: the path of a value in the work, a message, and the words at fault.

    The words begin at offset ``at`` of the value. ``replacement`` is what can safely stand in their place; None where
    that is not certain. ``only_unquoted``: a fault only if the YAML file has the value without quotes. ``only_yaml``: a
    fault only of a YAML file, and there only if it has the ``"words"`` as they are, without escapes of Markdown, or a
    ``"name"`` as one text; its ``replacement`` has a line for each name. ``changes``:
    the values, by attribute, that can safely stand in place of those of the work, where one reading is possible.
    """

    path: Path
    message: str
    words: str = ""
    at: int = 0
    replacement: str | None = None
    only_unquoted: bool = False
    only_yaml: Literal["", "words", "name"] = ""
    changes: Mapping[str, Any] = MappingProxyType({})


class Text(NamedTuple):
    """One text of a work, and its path in the work."""

    value: str
    path: Path
    work: Work

    @property
    def is_title(self) -> bool:
        """Whether the text is a title of any kind, but not a shortened one (``title-short``)."""
        return str(self.path[0]).endswith("title")

    def report(self, message: str, words: str = "", at: int = 0, replacement: str | None = None) -> Violation:
        """Return the violation of these words in this text; without words, of the whole text."""
        return Violation(self.path, message, words or self.value, at, replacement)


class Rule(NamedTuple):
    """One rule. ``summary`` is its meaning in one line, as docs/lint.md has it.

    ``on`` says what ``check`` is called with: ``text``: a Text that a reference shows; ``scalar``: such a Text, or the
    id, language or URL; ``names``: a Text that stands for names in YAML; ``work``: a Work and today's date or None;
    these yield Violations. ``list``: a Library; these yield (Work or None, Violation). ``loading``: never called, the
    reader reports such problems.
    """

    code: str
    severity: Severity
    on: Subject
    summary: str
    check: Check = lambda *_: ()


_LOADING: tuple[tuple[str, Severity, str], ...] = (
    (
        "TP001",
        "error",
        "The text cannot be read: its syntax or encoding is wrong, or its format is not that of its name.",
    ),
    (
        "TP002",
        "error",
        "A work cannot be read: an unknown key or type, a wrong value, a date that is not valid, no title.",
    ),
    ("TP003", "warning", "A value is doubtful, or something is left out; the rest is read."),
    ("TP501", "error", "Two works have the same id."),
    ("TP504", "error", "A document of `--cited` cites a work that the file does not have."),
    ("TP505", "warning", "A work is probably in another of the files, too."),
    ("TP506", "warning", "Another file has a different work with the same id."),
)
RULES = {code: Rule(code, severity, "loading", summary) for code, severity, summary in _LOADING}
"""Every rule by its code: 0 reading, 1 structure, 2 identifiers, 3 dates and numbers, 4 letters and words, 5 lists."""


def rule(code: str, severity: Severity, on: Subject) -> Callable[[C], C]:
    """Register the decorated function as the rule of this code; its docstring is the rule's summary."""

    def register(check: C) -> C:
        RULES[code] = Rule(code, severity, on, check.__doc__ or "", check)
        return check

    return register


def rules_of_doubts(
    find: Callable[[Work], Iterator[tuple[str, Violation]]], rules: dict[str, tuple[Severity, str]]
) -> None:
    """Register the rules whose violations one function finds, each with its code.

    The function looks at a work once for all of its rules, which are asked one after another. ``rules`` are severity
    and summary by code.
    """
    found = lru_cache(maxsize=1)(lambda work: tuple(find(work)))

    def check_of(code: str) -> Check:
        return lambda work, _today: (violation for each, violation in found(work) if each == code)

    for code, (severity, summary) in rules.items():
        RULES[code] = Rule(code, severity, "work", summary, check_of(code))


_NOT_SHOWN = frozenset({
    *EDITORIAL, "id", "type", "language", "doi", "isbn", "issn", "pmid", "pmcid", "url", "archive_url", "extra",
    "abstract", "annote", "references", "citation_key", "citation_label", "year_suffix",
})  # fmt: skip


def texts(work: Work) -> Iterator[Text]:
    """Yield the texts of a work that a reference shows: no identifiers, no abstracts, no notes of its editors."""
    for variable, value in work.variables().items():
        if variable in _NOT_SHOWN:
            continue
        for step, item in enumerate(value) if isinstance(value, tuple) else [(None, value)]:
            path: Path = (SPELLING[variable],) if step is None else (SPELLING[variable], step)
            if isinstance(item, str):
                yield Text(item, path, work)
            elif isinstance(item, Name):
                for form, at in ((item, path), (item.transliterated, (*path, "transliterated"))):
                    parts = vars(form).items() if form else ()
                    yield from (Text(part, (*at, csl_name(key)), work) for key, part in parts if isinstance(part, str))
