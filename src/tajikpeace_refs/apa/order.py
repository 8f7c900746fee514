"""The order of the list (9.44 to 9.49), and the suffixes of years that would be cited alike (9.47)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from tajikpeace_refs.apa import numbers
from tajikpeace_refs.apa.context import RenderContext
from tajikpeace_refs.apa.dates import PrintedDate, printed_date
from tajikpeace_refs.apa.kinds import LEGAL
from tajikpeace_refs.apa.names import Credit, PrintedName, creators, printed_name
from tajikpeace_refs.apa.resolution import resolved
from tajikpeace_refs.apa.work_title import bare_title
from tajikpeace_refs.model.library import FrontMatter
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import WriteOptions
from tajikpeace_refs.text.alphabets import behind_latin, is_cyrillic_text
from tajikpeace_refs.text.hygiene import cleaned
from tajikpeace_refs.text.ordinals import letters
from tajikpeace_refs.text.rich import clean, plain
from tajikpeace_refs.text.spellings import BASE_LETTERS
from tajikpeace_refs.text.transliteration import in_known_language

_ARTICLE = re.compile(r"^\W*(?:the|an?)\s+(?=\S)", re.IGNORECASE)
_NUMERAL = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_SIGNS = re.compile(r"[\W_]+")


@lru_cache(maxsize=8192)  # names and their parts repeat: see names.initials
def fold(text: str) -> str:
    """Return the letters and digits of a text in lower case, without diacritics, spaces and signs (9.44).

    >>> fold("O'Neil"), fold("Villa-Lobos"), fold("Šabec"), fold("ben Yaakov")
    ('oneil', 'villalobos', 'sabec', 'benyaakov')
    """
    decomposed = unicodedata.normalize("NFKD", text.translate(BASE_LETTERS))
    return _SIGNS.sub("", "".join([char for char in decomposed if not unicodedata.combining(char)]).casefold())


def _latin_key(text: str) -> str:
    return behind_latin(fold(text))


# These sort before every letter: "nothing precedes something" (9.44), and one author precedes several (9.46).
_NEXT_PART, _NEXT_NAME = "\x01", "\x02"


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A work with what decides its place in the list: its authors, date and title, and the sort keys of these."""

    work: Work
    people: tuple[PrintedName, ...]
    date: PrintedDate
    bare_title: str
    names_key: str
    title_key: str

    @property
    def key(self) -> str:
        """The sort key: names; n.d. before years before in press; the year; the exact date; the title."""
        year, rest = self.date.sort[:6], self.date.sort[6:]
        return "\0".join((self.names_key, str(self.date.kind), year + self.date.label, rest, self.title_key))


def list_entry(work: Work, context: RenderContext) -> ListEntry:
    """Return a work, its variables where APA looks for them, with what decides its place in the list."""
    work = in_known_language(resolved(cleaned(work)), context.language)
    key = _latin_key if context.is_latin else context.alphabet.key(fold)
    roles = () if work.type in LEGAL else creators(work)
    people = tuple(printed_name(name, context, work.language) for name in each_once(roles))
    title = bare_title(work, context)
    title_key = key(_sort_title(title, work, context))
    names_key = _NEXT_NAME.join([_NEXT_PART.join(map(key, _sort_name(person))) for person in people])
    return ListEntry(work, people, printed_date(work), title, names_key or title_key, title_key)


def sort_keys(works: Sequence[Work], front: FrontMatter) -> list[str]:
    """Return the keys that put works into the order of a reference list in their own scripts."""
    context = RenderContext.of(WriteOptions(script="original", front=front), works)
    return [list_entry(work, context).key for work in works]


def each_once(roles: Iterable[Credit]) -> Iterator[Name]:
    """Yield the names of some roles; who holds two (Writer & Director) once, two alike in one role as two persons."""
    seen: set[Name] = set()
    for _, names in roles:
        yield from (name for name in names if name not in seen)
        seen.update(names)


def _sort_name(person: PrintedName) -> PrintedName:
    """Return a name to sort by: that of a group without its article (9.44)."""
    return person if person.given else person._replace(family=_ARTICLE.sub("", person.family))


_FINDABLE = ("archive", "archive_place", "container_title", "doi", "number", "publisher", "references", "url")


def is_text_only(work: Work) -> bool:
    """Whether the work is a personal communication that readers cannot retrieve (8.9)."""
    return work.type == "personal_communication" and not any(getattr(work, variable) for variable in _FINDABLE)


def _sort_title(title: str, work: Work, context: RenderContext) -> str:
    """Return the title to sort by: without its article, numerals in words (9.49); the medium where there is none.

    A Cyrillic title keeps its numerals, which stand before the letters: it is not filed as English "twenty".
    """
    text = plain(title) or clean(work.medium or work.genre)
    if not context.is_latin and is_cyrillic_text(text, work.language):
        return text
    return _NUMERAL.sub(_in_words, _ARTICLE.sub("", text))


def _in_words(match: re.Match[str]) -> str:
    try:
        number = int(match[0].replace(",", ""))
    except ValueError:  # a digit of another script that int() does not read
        return match[0]
    return numbers.in_words(number) if number < 10**9 else match[0]


def title_key(key: str) -> str:
    """Return the sort key of the title from the key of a ``ListEntry``."""
    return key.rpartition("\0")[2]


def year_suffix(work: Work) -> str:
    """Return the work's own year suffix (CSL's ``year-suffix``), or an empty text if it has none made of letters."""
    suffix = work.year_suffix or ""
    return suffix if suffix.isascii() and suffix.isalpha() else ""


def year_suffixes(keys: Sequence[str]) -> Iterator[str]:
    r"""Yield the year suffix of each work of an ordered list, given their sort keys; empty where none is needed (9.47).

    Works are cited alike if their keys share the first three parts: names, kind of date, year.

    >>> list(year_suffixes(["karimov\0001\0002003\0\0a", "karimov\0001\0002003\0\0b", "zafar\0001\0002001\0\0a"]))
    ['a', 'b', '']
    """
    for _, group in groupby(keys, key=lambda key: key.split("\0", 3)[:3]):
        size = len(tuple(group))
        yield from map(letters, range(size)) if size > 1 else [""]
