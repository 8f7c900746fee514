"""Citation keys made of a work: by a pattern such as ``{author}{year}{title:1}``, or for a record without one.

A key depends on its work alone; works with equal keys get letters: usmonov2006peace, usmonov2006peacea. A work whose
id is such a key keeps it, letter included, so that what cites it stays right.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from itertools import count
from string import Formatter

from tajikpeace_refs.errors import UsageError, did_you_mean
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.ordinals import letters
from tajikpeace_refs.text.rich import strip

DEFAULT_PATTERN = "{author}{year}{title:1}"


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words that no key begins with: those of Zotero's keys, and the prepositions and conjunctions of Russian and Tajik.
_SMALL = _set("""
a an the and or some from on in to of do at by for with der die das des dem den ein eine einer eines einem einen und
un une la le les l el las los al uno una unos unas de del du d et il lo gli i о об в во и или на к ко по из за от до с
со для при ва дар аз ба бо то барои
""")
_TAKEN_WORDS = 3
"""So many words of a title make a short one, and of the name of an organisation the part of a key."""
_SEPARATOR = re.compile(r"([-_:.+/])[-_:.+/]+")


# What a key is made of: each gives the words of one field.


def _first(names: tuple[Name, ...]) -> list[str]:
    return _name_words(names[0]) if names else []


def _name_words(name: Name) -> list[str]:
    if name.literal is None:
        return [name.family or name.given or ""]
    return [name.short] if name.short else _significant(name.literal)[:_TAKEN_WORDS]


def _makers(work: Work) -> tuple[Name, ...]:
    return tuple(name for name in work.author or work.editor or work.translator if not name.is_others)


def _title_words(work: Work) -> list[str]:
    return _significant(work.title or "")


def _short_title(work: Work) -> list[str]:
    return _significant(work.title_short) if work.title_short else _title_words(work)[:_TAKEN_WORDS]


def _year(work: Work) -> list[str]:
    return [str(work.issued.year)] if work.issued and work.issued.year is not None else []


FIELDS: dict[str, tuple[str, Callable[[Work], list[str]]]] = {
    "author": ("family name of the first author (of an editor or translator where there is none), or the group",
               lambda work: _first(_makers(work))),
    "authors": ("the same of every author; {authors:2}: of two",
                lambda work: ["".join(_name_words(name)) for name in _makers(work)]),
    "editor": ("family name of the first editor", lambda work: _first(work.editor)),
    "year": ("year", _year),
    "title": ("words of the title, without articles and prepositions; {title:1}: the first", _title_words),
    "shorttitle": ("short title, or the first three words", _short_title),
    "container": ("words of the journal or book that the work is in", lambda work: _significant(work.container_title)),
    "volume": ("volume", lambda work: [work.volume or ""]),
    "page": ("first page", lambda work: re.findall(r"\w+", work.page or "")[:1]),
    "type": ("CSL type", lambda work: work.type.split("-")),
}  # fmt: skip
"""What each field of a pattern gives, for people, and how."""


def _significant(text: str | None) -> list[str]:
    """Return the words of a text without articles, prepositions and conjunctions."""
    words = re.findall(r"[^\W_]+", strip(text or ""))
    return [word for word in words if word.casefold() not in _SMALL] or words


# Patterns.


def citation_key(work: Work, pattern: str = DEFAULT_PATTERN) -> str:
    """Return the key that a pattern gives a work, without regard to others.

    Where that has no letter, since nobody is named, the first word of the title stands before it.

    Letters and digits are ASCII, Cyrillic is transliterated; a script that has no transliteration stays. ``{author}``
    is in small letters, ``{Author}`` with a capital, ``{AUTHOR}`` in capitals; signs between two fields are kept.

    >>> work = Work.from_csl({"id": "x", "type": "book", "title": "Сулҳ ва ҷанг", "issued": "1999",
    ...     "author": [{"family": "Шарифов", "given": "Ҷ."}], "language": "tg"})
    >>> citation_key(work), citation_key(work, "{Author}:{year}:{volume}"), citation_key(work, "{AUTHOR}-{title}")
    ('sharifov1999sulh', 'Sharifov:1999', 'SHARIFOV-sulhjang')

    Raises:
        UsageError: the pattern has no field, or one that is unknown.
    """
    parts = [text if field is None else _value(work, text, field, number) for text, field, number in _parsed(pattern)]
    key = _SEPARATOR.sub(r"\1", "".join(parts)).strip("-_:.+/")
    return key if any(map(str.isalpha, key)) else f"{_value(work, 'title', 'title', 1)}{key}" or "work"


def _value(work: Work, spelling: str, field: str, number: int | None) -> str:
    words = ["".join(filter(str.isalnum, _in_key(word))).lower() for word in FIELDS[field][1](work)]
    words = [word for word in words if word][:number]
    if spelling.isupper():
        return "".join(words).upper()
    return "".join(word.capitalize() if spelling[:1].isupper() else word for word in words)


@lru_cache(maxsize=16)
def _parsed(pattern: str) -> tuple[tuple[str, str | None, int | None], ...]:
    """Return the parts of a pattern: texts between fields, and fields with the number of their words."""
    parts: list[tuple[str, str | None, int | None]] = []
    try:
        pieces = list(Formatter().parse(pattern))
    except ValueError as error:
        raise UsageError(f"the pattern {pattern!r} is not valid: {error}; write {DEFAULT_PATTERN!r}") from None
    for text, spelling, number, conversion in pieces:
        if wrong := re.search(r"[^\w.:+/-]", text):
            raise UsageError(f"LaTeX and pandoc do not accept keys with {wrong[0]!r}; leave it out of the pattern")
        parts.append((text, None, None))
        if spelling is None:
            continue
        field = spelling.lower()
        if field not in FIELDS:
            known = ", ".join(FIELDS)
            raise UsageError(f"unknown field {{{spelling}}} in a pattern{did_you_mean(field, FIELDS)}; fields: {known}")
        if conversion or not re.fullmatch(r"(?:[1-9]\d?)?", number or ""):
            raise UsageError(f"{{{spelling}:{number}}} is not understood; write {{{spelling}:1}} for its first word")
        parts.append((spelling, field, int(number) if number else None))
    if not any(field for _, field, _ in parts):
        raise UsageError(f"the pattern {pattern!r} names no field; write {DEFAULT_PATTERN!r}")
    return tuple(parts)


# The keys of a list.


def citation_keys(works: Iterable[Work], pattern: str = DEFAULT_PATTERN) -> dict[str, str]:
    """Return the key of each work of a list, by its id, in the order of the list.

    The key that another manager gave (CSL's ``citation-key``) is taken as it is. Of works with one key the first has
    no letter, the others have a, b, c in the order of the list; those whose ids are such keys already keep them.

    Raises:
        UsageError: the pattern is not sound, or two works have the same ``citation-key``.
    """
    works = list(works)
    bases = {work.id: citation_key(work, pattern) for work in works}
    given = {work.id: work.citation_key for work in works if work.citation_key}
    keys = {work.id: given.get(work.id) or (work.id if _is_of(work.id, bases[work.id]) else "") for work in works}
    taken = set(filter(None, keys.values()))
    if len(taken) < sum(map(bool, keys.values())):
        twice = sorted(key for key in taken if list(keys.values()).count(key) > 1)
        raise UsageError(f"several works have the citation-key {', '.join(map(repr, twice))}; change or remove one")
    for name, key in keys.items():
        if not key:
            keys[name] = unused_key(bases[name], taken)
            taken.add(keys[name])
    return keys


def unused_key(base: str, taken: Collection[str]) -> str:
    """Return a key, with the first letter behind it that makes it another than those that are taken.

    >>> unused_key("usmonov2006", ()), unused_key("usmonov2006", {"usmonov2006", "usmonov2006a"})
    ('usmonov2006', 'usmonov2006b')
    """
    return next(key for key in _with_letters(base) if key not in taken)


def _with_letters(base: str) -> Iterator[str]:
    yield base
    yield from (f"{base}{letters(number)}" for number in count())


def _is_of(name: str, base: str) -> bool:
    """Whether an id is a key, or it with letters."""
    return name == base or (name.startswith(base) and re.fullmatch("[a-z]", name[len(base) :]) is not None)


# Records that come without a key.


def made_key(work: Work) -> str:
    """Return author, first title word and year of a work that came without a key, as Zotero makes it.

    >>> from tajikpeace_refs.model import Book, Name
    >>> made_key(Book(id="x", type="book", title="The Peace", author=(Name.parse("Usmonov, I."),), issued="2006"))
    'usmonov_peace_2006'
    >>> made_key(Book(id="x", type="book", title="水资源", author=(Name.parse("王, 伟"),), issued="2010"))
    '王_水资源_2010'
    """
    names = work.author or work.editor
    who = _in_key((names[0].family or names[0].literal or "").split(",")[0]) if names else ""
    what = next(filter(None, map(_in_key, _title_words(work))), "")
    return "_".join(filter(None, (who.lower(), what.lower(), *_year(work)))) or "work"


def _in_key(word: str) -> str:
    """Return a word in ASCII, or the start of one in a script that is not romanised."""
    return ascii_key(word) or re.sub(r"\W+", "", word)[:12]


def ascii_key(text: str) -> str:
    """Return a text in the characters every BibTeX takes in a key, Cyrillic transliterated."""
    if not text.isascii():
        from tajikpeace_refs.text.spellings import BASE_LETTERS  # noqa: PLC0415 - loads when used
        from tajikpeace_refs.text.transliteration import transliterate  # noqa: PLC0415 - loads when used

        text = transliterate(text).translate(BASE_LETTERS)
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9_:.+/-]+", "-", text).strip("-")
