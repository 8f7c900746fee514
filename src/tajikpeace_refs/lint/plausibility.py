"""The rules TP414 to TP418: what can hardly be meant; the readers warn of most of it too (``text.plausibility``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from tajikpeace_refs.lint._base import Violation, rule, rules_of_doubts
from tajikpeace_refs.model.name_shapes import may_be_organisation
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.plausibility import CARRIER, ENCODING, INVISIBLE, PLACEHOLDER, doubts


def _doubts(work: Work) -> Iterator[tuple[str, Violation]]:
    for each in doubts(work):
        yield each.code, Violation(each.path, each.message, each.words, each.at, each.replacement)


rules_of_doubts(_doubts, {
    PLACEHOLDER: ("warning", ("A number, identifier or date is what programs write for nothing: `n/a`, `None`, `NA`, "
                  "`nan`, 0 as a volume.")),
    ENCODING: ("error", "A text was read in a wrong encoding: `MÃ¼ller` for Müller."),
    INVISIBLE: ("warning", ("A text has a character that nobody sees, so that no search finds the word: a soft hyphen, "
                "a zero-width space.")),
    CARRIER: ("warning", "A text has HTML's entities or tags of publishers: `&amp;` for &, `<inf>`, `<jats:p>`."),
})  # fmt: skip

_EDITION_AT_END = re.compile(
    r"(?i)[(,]\s*(?:(?:\d{1,3}(?:st|nd|rd|th)?|first|second|third|fourth|fifth|rev(?:ised)?\.?),?\s*){1,3}"
    r"(?:ed(?:ition|n)?|aufl(?:age)?|изд)\.?\s*\)?\Z"
)
_IN = re.compile(
    r"In(?::\s*| (?!(?:the|an?|this|our|my|its|his|her|\S+ (?:of|to|for|and|with|from|on))\b))(?=[^\W\d_a-z])"
)
_PLACE_FIRST = re.compile(r"((?:[^\W\d_a-z][\w.'’-]*,? ?(?:(?:am|an|on|upon|de|la|del) )?){1,4}):\s+(?=[^\W\d_a-z])")
_PARTS = frozenset({"chapter", "paper-conference", "entry", "entry-dictionary", "entry-encyclopedia"})


@rule("TP418", "hint", "work")
def citation_words(work: Work, _today: date) -> Iterator[Violation]:
    """A text holds what a style writes or another variable is for: `Title (2nd ed.)`, `In Title`, `London: Press`."""
    if match := _EDITION_AT_END.search(work.title or ""):
        yield Violation(("title",), "ends with an edition; write it as edition", match[0], match.start())
    if work.type in _PARTS and (match := _IN.match(work.container_title or "")):
        yield Violation(("container-title",), "begins with 'In', which styles write; leave it out", match[0])
    match = None if work.publisher_place else _PLACE_FIRST.match(work.publisher or "")
    if match and not match[1].isupper() and not may_be_organisation(match[1]):
        message = f"begins with a place; write publisher-place: {match[1]}"
        yield Violation(("publisher",), message, match[0])
