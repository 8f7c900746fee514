"""The parts of a printed reference, and what of each is a value, a word for the kind of value, or neither."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from tajikpeace_refs.formats._printed.features import kinds
from tajikpeace_refs.formats._printed.lines import Span, tokens_of
from tajikpeace_refs.formats._printed.tagger import tag

_SURE = 1000
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
        is_name = "and" in allowed  # then "В." is an initial, and not "in"
        is_initial = is_name and len(words[0][0]) == 1 and span.text[words[0].end() : words[0].end() + 1] == "."
        if not is_initial and allowed & {*_kinds_of(words[0][0])} and not span.text[: words[0].start()].strip("([. "):
            shorter = Span(span.text[words[0].end() :], span.start + words[0].end())
        elif is_name and len(words[-1][0]) == 1 and words[-1][0].isupper():
            break
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
