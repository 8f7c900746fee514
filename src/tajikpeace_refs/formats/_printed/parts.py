"""The parts of a printed reference, and what of each is a value, a word for the kind of value, or neither."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tajikpeace_refs.formats._printed.features import kinds
from tajikpeace_refs.formats._printed.lines import Span, tokens_of
from tajikpeace_refs.formats._printed.tagger import tag

_SURE = 1.0
"""A part whose labels beat the others by less is doubtful."""
_OPENING = " \t\"“”«»„‘'`,.;:/—–-*|<"
_CLOSING = " \t\"“”«»„’'`,;:/—–-*|>"
_BRACKETS = {"(": ")", "[": "]"}
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")


class Part(NamedTuple):
    """A piece of a reference with one label; ``is_sure``: no other label is as likely."""

    label: str
    span: Span
    is_sure: bool


def parts_of(text: str) -> list[Part]:
    """Return the labelled parts of a reference, in order."""
    tokens = list(tokens_of(text))
    found: list[Part] = []
    for token, tagged in zip(tokens, tag([each.text for each in tokens]), strict=True):
        is_sure = tagged.margin >= _SURE
        if found and found[-1].label == tagged.label and not tagged.begins:
            start = found[-1].span.start
            found[-1] = Part(tagged.label, Span(text[start : token.end], start), found[-1].is_sure and is_sure)
        else:
            found.append(Part(tagged.label, token, is_sure))
    return found


def trimmed(span: Span, *, stops: bool = True) -> Span:
    """Return a span without marks and spaces around it, and without the brackets or quotation marks that hold it."""
    text, start = span
    while text:
        lead = len(text) - len(text.lstrip(_OPENING))
        rest = text[lead:].rstrip(_CLOSING + "([" + ("." if stops else ""))
        closing = _BRACKETS.get(rest[:1])
        if not rest:
            return Span("", start)
        if closing and ((rest.endswith(closing) and rest.count(closing) == 1) or closing not in rest):
            rest, lead = rest[1:].removesuffix(closing), lead + 1
        elif rest[-1:] in ")]" and rest.count(rest[-1]) > rest.count({")": "(", "]": "["}[rest[-1]]):
            rest = rest[:-1]
        if rest == text:
            break
        text, start = rest, start + lead
    return Span(text, start)


def without_words(span: Span, names: Iterable[str]) -> Span:
    """Return a span without the words of some kinds at its ends: "In", "edited by", "(Eds.)", "pp."."""
    allowed, span = {*names}, trimmed(span)
    while span.text:
        words = list(_WORD.finditer(span.text))
        if not words or (len(words) == 1 and words[0][0].isdigit()):
            break
        if allowed & {*_kinds_of(words[0][0])} and not span.text[: words[0].start()].strip("([. "):
            shorter = Span(span.text[words[0].end() :], span.start + words[0].end())
        elif len(words) > 1 and allowed & {*_kinds_of(words[-1][0])} and "in" not in _kinds_of(words[-1][0]):
            shorter = Span(span.text[: words[-1].start()], span.start)
        else:
            break
        shorter = trimmed(shorter)
        if not shorter.text:
            break
        span = shorter
    return span


def _kinds_of(word: str) -> tuple[str, ...]:
    return kinds().get(word.lower(), ())


@dataclass
class Draft:
    """A work in the making: its values, what of the printed text is in them, and what is in none."""

    printed: str
    data: dict[str, Any] = field(default_factory=dict)
    taken: list[bool] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    is_online: bool = False

    def __post_init__(self) -> None:
        """Begin with nothing taken."""
        self.taken = [not sign.isalnum() for sign in self.printed]

    def take(self, variable: str, span: Span, value: Any = None) -> bool:  # noqa: ANN401 - any value
        """Set a variable from a span, unless it has a value; return whether it was set."""
        if variable in self.data or not span.text:
            return False
        self.data[variable] = span.text if value is None else value
        self.account(span)
        return True

    def account(self, span: Span) -> None:
        """Mark the characters of a span as read."""
        self.taken[span.start : span.end] = [True] * len(span.text)

    def rest(self, span: Span) -> Iterator[Span]:
        """Yield the pieces of a span that were not read; marks and spaces are."""
        start = None
        for place in range(span.start, span.end + 1):
            is_taken = place == span.end or self.taken[place]
            if not is_taken and start is None:
                start = place
            elif start is not None and (place == span.end or (is_taken and self.printed[place].isalnum())):
                piece = trimmed(Span(self.printed[start:place], start), stops=False)
                yield piece
                start = None

    def account_words(self, span: Span, names: Iterable[str]) -> None:
        """Mark the words of some kinds in a span as read: they name what stands beside them."""
        allowed = {*names}
        for match in _WORD.finditer(span.text):
            if allowed & {*_kinds_of(match[0])}:
                self.account(Span(match[0], span.start + match.start()))
