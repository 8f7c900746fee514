"""The order of the list (9.44-9.49) and the letters of works that would cite alike (9.47)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from tajikpeace_refs.apa import numbers
from tajikpeace_refs.apa.dates import When, when
from tajikpeace_refs.apa.kinds import LEGAL
from tajikpeace_refs.apa.names import Shown, creators, shown
from tajikpeace_refs.apa.style import Style
from tajikpeace_refs.apa.work_title import bare_title
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.rich import clean, plain
from tajikpeace_refs.text.transliteration import letters_key

_ARTICLE = re.compile(r"^\W*(?:the|an?)\s+(?=\S)", re.IGNORECASE)
_NUMERAL = re.compile(r"\d(?:\d{0,2}(?:,\d{3})+|\d*)")
_SIGNS = re.compile(r"[\W_]+")
_BASE = str.maketrans({"ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "þ": "th", "Þ": "th",
                       "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ß": "ss", "ı": "i", "ʹ": "", "ʺ": ""})  # fmt: skip
# What is left of each ASCII character: a table is six times as fast as the pattern.
_FOLDED = {code: chr(code).lower() if chr(code).isalnum() else None for code in range(128)}


def fold(text: str) -> str:
    """Return the letters and digits of a text alone: no case, no diacritics, no spaces or signs (9.44).

    >>> fold("O'Neil"), fold("Villa-Lobos"), fold("Šabec"), fold("ben Yaakov")
    ('oneil', 'villalobos', 'sabec', 'benyaakov')
    """
    if text.isascii():
        return text.translate(_FOLDED)
    decomposed = unicodedata.normalize("NFKD", text.translate(_BASE))
    text = "".join([char for char in decomposed if not unicodedata.combining(char)])
    return _SIGNS.sub("", text.casefold())


_LETTERS = letters_key(fold)
# Below every letter, so that nothing precedes something (9.44), and one author stands before several (9.46).
_NEXT_PART, _NEXT_NAME = "\x01", "\x02"


@dataclass(frozen=True, slots=True)
class Placed:
    """A work in its place: who stands first, its date, its bare title, and the texts that order it."""

    work: Work
    people: tuple[Shown, ...]
    when: When
    bare: str
    names: str
    title: str

    @property
    def key(self) -> str:
        """The place in the list: names, n.d., years, in press; then the exact date, then the title."""
        year, rest = self.when.sort[:6], self.when.sort[6:]
        return "\0".join((self.names, str(self.when.kind), year + self.when.label, rest, self.title))


def placed(work: Work, style: Style) -> Placed:
    """Return a work with what puts it in its place."""
    key = fold if style.is_latin else _LETTERS
    roles = () if work.type in LEGAL else creators(work)
    # A person in two roles (Writer & Director) is one person.
    people = tuple(dict.fromkeys([shown(name, style, work.language) for _, names in roles for name in names]))
    bare = bare_title(work, style)
    title = key(_sort_title(bare, work))
    names = _NEXT_NAME.join([_NEXT_PART.join([key(part) for part in person]) for person in people])
    return Placed(work, people, when(work), bare, names or title, title)


_FINDABLE = ("archive", "archive_place", "container_title", "doi", "number", "publisher", "references", "url")


def is_text_only(work: Work) -> bool:
    """Whether the work is a personal communication that readers cannot retrieve (8.9)."""
    return work.type == "personal_communication" and not any(getattr(work, variable) for variable in _FINDABLE)


def _sort_title(bare: str, work: Work) -> str:
    """Return the title for ordering: without its article, numerals as if spelled out (9.49)."""
    text = plain(bare) or clean(work.medium or work.genre)
    return _NUMERAL.sub(_spelled, _ARTICLE.sub("", text))


def _spelled(match: re.Match[str]) -> str:
    numeral = match[0]
    try:
        number = int(numeral.replace(",", ""))
    except ValueError:  # a digit of another script that int() does not read
        return numeral
    return numbers.in_words(number) if number < 10**9 else numeral


def own_letter(work: Work) -> str:
    """Return the letter that the data fix for the year of a work; what is no letter is none."""
    suffix = work.year_suffix or ""
    return suffix if suffix.isascii() and suffix.isalpha() else ""


def year_letters(keys: Sequence[str]) -> Iterator[str]:
    r"""Yield the letter of each work of an ordered list (9.47), empty where no other work would cite alike.

    Names, n.d. or in press, and year are the first three parts of a key: works that share them stand together.

    >>> list(year_letters(["karimov\0001\0002003\0\0a", "karimov\0001\0002003\0\0b", "zafar\0001\0002001\0\0a"]))
    ['a', 'b', '']
    """
    for _, group in groupby(keys, key=lambda key: key.split("\0", 3)[:3]):
        size = len(tuple(group))
        yield from map(_letters, range(size)) if size > 1 else [""]


def _letters(number: int) -> str:
    """Return a, b … z, aa, ab … for 0, 1, ….

    >>> _letters(0), _letters(25), _letters(26)
    ('a', 'z', 'aa')
    """
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(97 + rest) + text
    return text
