"""Printed reference lists to references, and references to tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(r"\S+")
_ADDRESS = re.compile(r"(?i)https?:|ftp:|www\.|doi[:.]|\b10\.\d{4}")
_GLUED = re.compile(
    r"(?<=[.,;:\w])(?=\((?:1[4-9]|20)\d\d)"  # R.(1981)
    r"|(?<=\d\))(?=[^\W\d_]{2})"  # (1981)Peace
    r"|(?<=//)(?=[^\W_])"  # систем//Труды
    r"|(?<=[^\W\d_]:|\.[:–—])(?=[^\W\d_]{2})"  # Coventry:Warwick, М.:Наука
    r"|(?<=[^\W\d_]{2},)(?=[^\W\d_]{2})"  # Moscow,Nauka
    r"|(?<=\d\.[–—])(?=\d)"  # 2002.—312
)
"""Where a space between two parts is missing."""


class Span(NamedTuple):
    """A piece of a text, with the place where it begins."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


def tokens_of(text: str) -> Iterator[Span]:
    """Yield the words of a text; those that only lack a space between them are apart.

    >>> [each.text for each in tokens_of("Aron, R.(1981) Peace, М.:Наука")]
    ['Aron,', 'R.', '(1981)', 'Peace,', 'М.:', 'Наука']
    """
    for match in _TOKEN.finditer(text):
        word, start = match[0], match.start()
        if _ADDRESS.search(word):
            yield Span(word, start)
            continue
        places = [0, *(each.start() for each in _GLUED.finditer(word)), len(word)]
        for first, last in zip(places, places[1:], strict=False):
            if last > first:
                yield Span(word[first:last], start + first)
