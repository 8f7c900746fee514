"""The order of the list (9.44-9.49) and the letters of works that would cite alike (9.47)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from tajikpeace_refs.apa import numbers
from tajikpeace_refs.apa.dates import When, when
from tajikpeace_refs.apa.inline import clean, plain
from tajikpeace_refs.apa.names import Credit, Shown, creators, shown
from tajikpeace_refs.apa.style import Style
from tajikpeace_refs.apa.work_title import LEGAL, bare_title
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.script import letters_key

_ARTICLE = re.compile(r"^\W*(?:the|an?)\s+(?=\S)", re.IGNORECASE)
_NUMERAL = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_SIGNS = re.compile(r"[\W_]+")
_BASE = str.maketrans({"ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "þ": "th", "Þ": "th",
                       "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ß": "ss", "ı": "i", "ʹ": "", "ʺ": ""})  # fmt: skip


def fold(text: str) -> str:
    """Return the letters and digits of a text alone: no case, no diacritics, no spaces or signs (9.44).

    >>> fold("O'Neil"), fold("Villa-Lobos"), fold("Šabec"), fold("ben Yaakov")
    ('oneil', 'villalobos', 'sabec', 'benyaakov')
    """
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.translate(_BASE))
        text = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _SIGNS.sub("", text.casefold())


_LETTERS = letters_key(fold)


@dataclass(frozen=True, slots=True)
class Listed:
    """A work in its place: who stands first, its date, its keys and its letter."""

    work: Work
    credits: tuple[Credit, ...]
    people: tuple[Shown, ...]
    when: When
    names: tuple[tuple[str, ...], ...]
    title: str
    letter: str = ""

    @property
    def key(self) -> tuple[Any, ...]:
        """The place in the list: names, n.d., dates, in press, title."""
        return self.names, self.when.kind, self.when.sort, self.title


def listed(works: Iterable[Work], style: Style) -> list[Listed]:
    """Return the works in the order of the list, with the letters that their years take.

    A personal communication that no reader can find is cited in the text only (8.9), and left out.
    """
    key = fold if style.is_latin else _LETTERS
    entries = [_place(work, style, key) for work in works if not is_text_only(work)]
    entries.sort(key=lambda entry: entry.key)
    return _with_letters(entries)


_FINDABLE = ("archive", "archive_place", "container_title", "doi", "number", "publisher", "references", "url")


def is_text_only(work: Work) -> bool:
    """Whether the work is a personal communication that readers cannot retrieve (8.9)."""
    return work.type == "personal_communication" and not any(getattr(work, variable) for variable in _FINDABLE)


def _place(work: Work, style: Style, key: Callable[[str], str]) -> Listed:
    credits = () if work.type in LEGAL else creators(work)
    people = tuple([shown(name, style, work.language) for _, names in credits for name in names])
    title = sort_title(work, style, key)
    names = tuple([(key(p.family), key(p.given), key(p.dropping), key(p.suffix)) for p in people])
    return Listed(work, credits, people, when(work), names or ((title,),), title)


def sort_title(work: Work, style: Style, key: Callable[[str], str]) -> str:
    """Return the title for ordering: without its article, numerals as if spelled out (9.49)."""
    text = plain(bare_title(work, style)) or clean(work.medium or work.genre or "")
    text = _ARTICLE.sub("", text)
    if not text.isalpha() and any(map(str.isdigit, text)):
        text = _NUMERAL.sub(lambda match: _spelled(match[0]), text)
    return key(text)


def _spelled(numeral: str) -> str:
    try:
        number = int(numeral.replace(",", ""))
    except ValueError:  # a digit of another script that int() does not read
        return numeral
    return numbers.in_words(number) if number < 10**9 else numeral


def _with_letters(entries: list[Listed]) -> list[Listed]:
    groups: dict[tuple[Any, ...], list[int]] = {}
    for place, entry in enumerate(entries):
        if entry.work.type not in LEGAL:
            groups.setdefault((entry.names, entry.when.group), []).append(place)
    for places in groups.values():
        for number, place in enumerate(places):
            entry = entries[place]
            letter = entry.work.year_suffix or (letters(number) if len(places) > 1 else "")
            if letter:
                entries[place] = Listed(entry.work, entry.credits, entry.people, entry.when, entry.names, entry.title, letter)
    return entries


def letters(number: int) -> str:
    """Return a, b … z, aa, ab … for 0, 1, ….

    >>> letters(0), letters(25), letters(26)
    ('a', 'z', 'aa')
    """
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(97 + rest) + text
    return text
