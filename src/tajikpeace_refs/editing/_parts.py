"""What the texts of lists have in common, YAML or ``.bib``: works with the lines between them, some of which go."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

BREAK = r"(?:\r\n|\r(?!\n)|(?<!\r)\n)"
"""A pattern for a line break."""
_BLANK_LINES = re.compile(rf"{BREAK}(?:[ \t]*{BREAK})+")


@dataclass(frozen=True, slots=True)
class Part:
    """A work or another block of a list: the line break and blank lines before it, the comments above it, its text.

    Of works in brackets the ``gap`` is what separates it from the one before, and nothing is ``above``.
    """

    gap: str
    above: str
    text: str


P = TypeVar("P", bound=Part)


def joined(parts: Sequence[Part]) -> str:
    """Return the text of parts."""
    return "".join(part.gap + part.above + part.text for part in parts)


def without(parts: Sequence[P], gone: Collection[int]) -> tuple[dict[int, P], str]:
    """Return the parts that stay, by their numbers, and the comments behind the last that stay of others.

    Of a part that goes, comments that a blank line separates from it stay, and stand above the next one.
    """
    kept: dict[int, P] = {}
    waiting: list[str] = []  # the gap, and comments, that stand before the next part
    for number, part in enumerate(parts):
        gap = part.gap if kept else parts[0].gap
        if number not in gone:
            above = "".join(waiting[1:]) + part.above
            kept[number] = replace(part, gap=waiting[0] if waiting else gap, above=above)
            waiting = []
        elif comments := apart(part.above):
            waiting = [*(waiting or [gap]), comments]
    return kept, "".join(waiting).rstrip()


def apart(above: str) -> str:
    """Return those of the comments above a part that a blank line separates from it."""
    blanks = [*_BLANK_LINES.finditer(above)]
    return above[: blanks[-1].end()] if blanks else ""


def newline_of(text: str) -> str:
    """Return the line break of a text: that of its first line."""
    found = re.search(BREAK, text)
    return found[0] if found else "\n"
