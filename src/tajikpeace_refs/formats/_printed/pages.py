"""What a page puts around a list: running heads and page numbers, ligatures, marks of Markdown."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from tajikpeace_refs.model.characters import forbidden_character, without_forbidden

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_UNSEEN = "\ufeff\u200b\u200c\u200d\u2060\u200e\u200f"
_SIGNS = str.maketrans(_LIGATURES | dict.fromkeys(_UNSEEN, ""))
_INNER_SOFT_HYPHEN = re.compile(r"\u00ad(?=\S)")
_PAGE_NUMBER = re.compile(
    r"(?i)[-–—|\s]*(?:page|p\.|стр\.?|с\.|seite|s\.)?\s*(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|из|von|de|sur)\s*\d{1,4})?[-–—|\s]*"
)
_WITH_NUMBER = re.compile(r"\d{1,4}(?:\s{3,}|\s*\t\s*|\s+\|\s+)\S.*|\S.*(?:\s{3,}|\s*\t\s*|\s+\|\s+)\d{1,4}")
"""A running head beside the number of the page."""
_YEAR = re.compile(r"\W*(?:1[4-9]|20)\d\d\W*")
_RULE = re.compile(r"\s*([=*_~-])(?:\s*\1){2,}\s*")
_EDGE = 2
"""How many lines at either end of a page may be no text."""
_EMPHASIS = re.compile(
    r"(?<![\w*])(\*\*|\*)(?=[\w“«„‘(\[\x22'])(.+?)(?<=\S)\1(?![\w*])|(?<![\w_])(__|_)(?=[^\W_])(.+?)(?<=[^\s_])\3(?![\w_])"
)
_LINK = re.compile(r"\[([^\[\]]+)\]\((\w+://[^\s()]+)\)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!&<>~-])")
_ENTITY = re.compile(r"&(?:amp|lt|gt|nbsp|quot|[mn]dash|#\d+);")


class Line(NamedTuple):
    """A line of a text and its number; ``is_after_page``: a page begins with it."""

    text: str
    number: int
    is_after_page: bool = False


def clean_lines(lines: Iterable[str], first: int = 1) -> tuple[list[Line], list[Line]]:
    r"""Return the lines of a text, and what is left out: page numbers, running heads, control characters.

    Ligatures are letters again; soft hyphens stand only at ends of lines.

    >>> clean_lines(["the ofﬁce\n", "\n", "12\n", "\n", "\x0cReed, A.\n"])[0]
    [Line(text='the office', number=1, is_after_page=False), Line(text='Reed, A.', number=5, is_after_page=True)]
    """
    found = list(_numbered(lines, first))
    unprinted: list[Line] = []
    for place, line in enumerate(found):
        if message := forbidden_character(line.text):
            unprinted.append(line._replace(text=message.partition(" is ")[0]))
            found[place] = line._replace(text=without_forbidden(line.text))
    furniture = _furniture(found)
    kept: list[Line] = []
    for place, line in enumerate(found):
        is_new_page = line.is_after_page or (kept != [] and place - 1 in furniture)
        if place in furniture or (is_new_page and not line.text.strip()):
            found[place + 1 : place + 2] = [each._replace(is_after_page=True) for each in found[place + 1 : place + 2]]
            while kept and not kept[-1].text.strip():
                kept.pop()
        else:
            kept.append(line._replace(is_after_page=is_new_page))
    return kept, [*unprinted, *(found[place] for place in sorted(furniture))]


def _numbered(lines: Iterable[str], first: int) -> Iterator[Line]:
    for number, raw in enumerate(lines, first):
        text = _INNER_SOFT_HYPHEN.sub("", raw.rstrip("\r\n").translate(_SIGNS))
        is_after_page = "\x0c" in text
        text = text.replace("\x0c", "").rstrip(" \t\\")
        yield Line("" if _RULE.fullmatch(text) else text, number, is_after_page)


def _furniture(lines: list[Line]) -> set[int]:
    """Return the places of lines that belong to a page: its number, and heads that stand on several pages."""
    bounds = [0, *(place for place, line in enumerate(lines) if line.is_after_page and place), len(lines)]
    edges: list[tuple[int, str]] = []
    for start, end in pairwise(bounds) if len(bounds) > 2 else ():
        shown = [place for place in range(start, end) if lines[place].text.strip()]
        edges += [(place, "top") for place in shown[:_EDGE]] + [(place, "bottom") for place in shown[-_EDGE:]]
    counts = Counter((_masked(lines[place].text), side) for place, side in edges)
    found = {
        place
        for place, side in edges
        if (side == "top" and place and _is_head(lines, place))
        or _PAGE_NUMBER.fullmatch(lines[place].text)
        or (_WITH_NUMBER.fullmatch(lines[place].text.strip()) and _is_alone(lines, place))
        or counts[_masked(lines[place].text), side] > 1
    }
    alone = (place for place, line in enumerate(lines) if _PAGE_NUMBER.fullmatch(line.text))
    return found | {place for place in alone if _is_alone(lines, place) and not _YEAR.fullmatch(lines[place].text)}


def _is_head(lines: list[Line], place: int) -> bool:
    """Whether the first line of a page is a running head: short, apart, without the end of a sentence."""
    text = lines[place].text.strip()
    is_first = lines[place].is_after_page or lines[place - 1].is_after_page
    is_short = len(text) < 70 and not text[0].islower() and text[-1] not in ".,;" and "://" not in text
    texts = (line.text.rstrip() for line in lines[place - 1 :: -1])
    before = next((each for each in texts if each and not _PAGE_NUMBER.fullmatch(each)), "")
    return (
        is_first and is_short and _is_alone(lines, place) and (len(text.split()) > 3 or before[-1:] not in ",:;-–—&(")
    )


def _is_alone(lines: list[Line], place: int) -> bool:
    """Whether a line stands between blank lines, or at an end of a page."""
    before = place == 0 or lines[place].is_after_page or not lines[place - 1].text.strip()
    after = place + 1 == len(lines) or lines[place + 1].is_after_page or not lines[place + 1].text.strip()
    return before and after


def _masked(text: str) -> str:
    return re.sub(r"\d+|\s+", "#", text.strip())


def plain(text: str) -> str:
    r"""Return a text without the marks of Markdown, and with single spaces.

    >>> plain("*On  roads*, [here](http://a.org/b), R\\&D &amp; more")
    'On roads, here http://a.org/b, R&D & more'
    """
    text = _LINK.sub(lambda match: match[2] if match[1] in match[2] else f"{match[1]} {match[2]}", text)
    for _ in range(2):
        text = _EMPHASIS.sub(lambda match: match[2] or match[4], text)
    text = _ENTITY.sub(lambda match: html.unescape(match[0]), _ESCAPED.sub(r"\1", text))
    return " ".join(text.split())
