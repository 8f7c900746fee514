"""The rules TP414 to TP417: what can hardly be meant; ``text.plausibility`` finds it, for the readers too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tajikpeace_refs.lint._base import Violation, rule
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.plausibility import CARRIER, ENCODING, INVISIBLE, PLACEHOLDER, doubts


def _of_kind(work: Work, code: str) -> Iterator[Violation]:
    found = (doubt for doubt in doubts(work) if doubt.code == code)
    return (Violation(each.path, each.message, each.words, each.at, each.replacement) for each in found)


@rule(PLACEHOLDER, "warning", "work")
def placeholder(work: Work, _today: date) -> Iterator[Violation]:
    """A number, identifier or date is what programs write for nothing: `n/a`, `None`, `NA`, `nan`, 0 as a volume."""
    return _of_kind(work, PLACEHOLDER)


@rule(ENCODING, "error", "work")
def encoding(work: Work, _today: date) -> Iterator[Violation]:
    """A text was read in a wrong encoding: `MÃ¼ller` for Müller."""
    return _of_kind(work, ENCODING)


@rule(INVISIBLE, "warning", "work")
def invisible(work: Work, _today: date) -> Iterator[Violation]:
    """A text has a character that nobody sees, so that no search finds the word: a soft hyphen, a zero-width space."""
    return _of_kind(work, INVISIBLE)


@rule(CARRIER, "warning", "work")
def carrier(work: Work, _today: date) -> Iterator[Violation]:
    """A text has HTML's entities or tags of publishers: `&amp;` for &, `<inf>`, `<jats:p>`."""
    return _of_kind(work, CARRIER)
