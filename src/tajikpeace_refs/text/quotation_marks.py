"""Quotation marks as English prints them: double ones, and single ones inside them (APA 6.7)."""

from __future__ import annotations

import re

_MARK = re.compile("[«»„“”]")
_OPENS = re.compile(r"[\s(\[\-–—/\"'«„“‘]")


def english_quotation_marks(text: str, *, is_inside: bool = False) -> str:
    """Return a text with its double quotation marks, of whatever country, as English has them.

    ``is_inside``: the text is itself to stand in double quotation marks. Marks of which one has no partner are set
    without single ones.

    >>> english_quotation_marks("О романе «Жизнь «Реки»» и „Доме“")
    'О романе “Жизнь ‘Реки’” и “Доме”'
    >>> english_quotation_marks("“Roads” today", is_inside=True)
    '‘Roads’ today'
    """
    marks = list(_MARK.finditer(text))
    if not marks:
        return text
    opening = _openings(marks)
    depths = _depths(opening, start=int(is_inside))
    parts, end = [], 0
    for mark, opens, depth in zip(marks, opening, depths, strict=True):
        parts += [text[end : mark.start()], ("‘’" if depth % 2 else "“”")[0 if opens else 1]]
        end = mark.end()
    return "".join(parts) + text[end:]


def _openings(marks: list[re.Match[str]]) -> list[bool]:
    """Return for each mark whether it opens; ``“`` closes what ``„`` has opened, unless a word begins behind it."""
    opening, low = [], 0
    for mark in marks:
        sign, text = mark[0], mark.string
        opens = sign in "«„“"
        if sign == "“" and low:
            before, after = text[: mark.start()][-1:], text[mark.end() : mark.end() + 1]
            opens = bool(_OPENS.fullmatch(before)) and after.isalnum()
            low -= not opens
        low += sign == "„"
        opening.append(opens)
    return opening


def _depths(opening: list[bool], *, start: int) -> list[int]:
    """Return how deep each mark stands; all alike where not every mark has its partner."""
    depths, depth = [], start
    for opens in opening:
        depth -= not opens
        depths.append(depth)
        if depth < start:
            break
        depth += opens
    return depths if depth == start and len(depths) == len(opening) else [start] * len(opening)
