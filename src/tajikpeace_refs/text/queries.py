"""Queries for works, as ``list --where`` takes them: ``type=book year>2000 author~usmonov``. All terms must hold.

A term is a variable, an operator and a value; put a value with spaces in quotation marks. ``=`` and ``!=`` compare
whole values, ``~`` looks for words anywhere, all without regard to case, accents and script; ``<``, ``<=``, ``>`` and
``>=`` compare dates and numbers. A list fits where one of its items does. An empty value stands for none: ``DOI=""``.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from tajikpeace_refs.errors import SEE_KEYS, UsageError, did_you_mean
from tajikpeace_refs.model.base import attribute
from tajikpeace_refs.model.date import DatePart, PartialDate
from tajikpeace_refs.model.folding import fold
from tajikpeace_refs.model.library import Library
from tajikpeace_refs.model.name import Name, NameForm
from tajikpeace_refs.model.validation import unknown_variable
from tajikpeace_refs.model.work import DATE_VARIABLES, FIELDS, SPELLING, TYPES, Work, dump_value
from tajikpeace_refs.text.alphabets import Alphabet
from tajikpeace_refs.text.likeness import number_likeness
from tajikpeace_refs.text.rich import strip
from tajikpeace_refs.text.roman_numerals import roman_value
from tajikpeace_refs.text.scripts import has_cyrillic
from tajikpeace_refs.text.spoken import sound_alike, sounds_within

YEAR = "year"
"""The year of publication: a name beside those of the variables."""
_NUMBERS = frozenset({
    YEAR, "chapter_number", "citation_number", "collection_number", "edition", "issue", "number", "number_of_pages",
    "number_of_volumes", "page", "page_first", "part", "printing", "section", "supplement", "version", "volume",
})  # fmt: skip
_NAME = re.compile(r"\s*(?:and\s+)?([^\s=!<>~\"']+)\s*(!=|>=|<=|[=<>~])\s*")
_VALUE = re.compile(r"([\"'])(?P<quoted>.*?)\1(?=\s|$)|(?P<bare>[^\s\"'=!<>~]\S*)")
_ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
Predicate = Callable[[Work], bool]


class _Term(NamedTuple):
    """One term: the attribute or ``year``, the operator and the value."""

    name: str
    sign: str
    value: str


def parse_query(text: str) -> Predicate:
    """Return the predicate that a query stands for.

    >>> from tajikpeace_refs.model import Book
    >>> work = Book(id="a", title="Таърихи сулҳ", author=["Усмонов, Иброҳим"], issued="2006-05")
    >>> [parse_query(text)(work) for text in ("author~usmonov year>=2006", "title='Ta’rikhi sulh'", "DOI!=''")]
    [True, True, False]

    Raises:
        UsageError: the text is no query, or names no variable; the message shows the place.
    """
    predicates = list(_predicates(text))
    return lambda work: all(fits(work) for fits in predicates)


def known_name(name: str) -> str:
    """Return the attribute of a variable in CSL's or Python's spelling, or ``year``.

    Raises:
        UsageError: there is no such variable.
    """
    known = name if name == YEAR else attribute(name)
    if known not in {YEAR, *FIELDS}:
        raise UsageError(unknown_variable(name))
    return known


def value_of(work: Work, name: str) -> Any:  # noqa: ANN401 - any value
    """Return the value of a variable, by attribute, or the year; None or an empty tuple where there is none."""
    if name == YEAR:
        return work.issued.year if work.issued else None
    return getattr(work, name)


def shown(work: Work, name: str) -> str:
    """Return the value of a variable, or the year, as one text without markup; the items of a list with semicolons.

    >>> from tajikpeace_refs.model import Book
    >>> work = Book(id="a", title="<i>Peace</i>", author=["Usmonov, I.", "CERN"], issued="2006-05")
    >>> [shown(work, name) for name in ("title", "author", "issued", "year", "publisher")]
    ['Peace', 'Usmonov, I.; CERN', '2006-05', '2006', '']
    """
    value = value_of(work, name)
    if value in (None, (), False):
        return ""
    if isinstance(value, tuple) and all(isinstance(item, (str, Name)) for item in value):
        return "; ".join(strip(str(item)) for item in value)
    return strip(str(value)) if isinstance(value, (str, int, PartialDate)) else "; ".join(_texts(value))


def plain_value(work: Work, name: str) -> Any:  # noqa: ANN401 - plain data
    """Return the value of a variable as CSL-JSON has it, the year as a number; None where there is none."""
    value = value_of(work, name)
    return None if value in (None, (), False) else value if isinstance(value, int) else dump_value(value)


def sorted_by(library: Library, name: str, *, reverse: bool = False) -> Library:
    """Return works in the order of a variable, by attribute, or of the year; those without it last in both directions.

    By ``author`` and ``year`` they stand as ``Library.sorted`` has them; else numbers count by value, texts by the
    alphabet that most of them have. Equal ones stay in their order.
    """
    if name in {"author", "id"}:
        return library.sorted(by="author" if name == "author" else "id", reverse=reverse)
    held = library.filter(lambda work: shown(work, name))
    if name in {YEAR, "issued"}:
        held = held.sorted(by="year", reverse=reverse)
    else:
        held = held.sorted(key=_sort_key(held, name), reverse=reverse)
    return held + library.filter(lambda work: not shown(work, name))


def _sort_key(library: Library, name: str) -> Callable[[Work], Any]:
    if name in DATE_VARIABLES:
        return lambda work: getattr(work, name)
    if name in _NUMBERS:
        return lambda work: (_number(shown(work, name)), shown(work, name))
    key = Alphabet.of((shown(work, name), work.language) for work in library).key(fold)
    return lambda work: key(shown(work, name))


def _predicates(text: str) -> Iterator[Predicate]:
    at, end = 0, len(text.rstrip())
    if not end:
        raise UsageError("a query is empty; write for example type=book")
    while at < end:
        name = _NAME.match(text, at)
        if name is None:
            words = "expected VARIABLE=VALUE, or another of != ~ < <= > >=; put a value with spaces in quotation marks"
            raise _mistake(text, at + len(text[at:]) - len(text[at:].lstrip()), words)
        value_at = name.end()
        value = _VALUE.match(text, value_at)
        if value is None or (value["bare"] and _NAME.match(text, value_at)):
            words = 'expected a value; put one that contains an operator in quotation marks, and write "" for none'
            raise _mistake(text, value_at, words)
        at = value.end()
        given = value["bare"] if value["quoted"] is None else value["quoted"].strip()
        try:
            yield _predicate(_Term(known_name(name[1]), name[2], given))
        except UsageError as error:
            is_of_name = str(error).startswith("unknown variable")
            raise _mistake(text, name.start(1) if is_of_name else value_at, str(error)) from None


def _mistake(text: str, at: int, message: str) -> UsageError:
    return UsageError(f"{message}\n  {text}\n  {' ' * at}^")


def _predicate(term: _Term) -> Predicate:
    """Return what a term asks.

    Raises:
        UsageError: its value cannot be compared in this way.
    """
    name, sign, value = term
    if not value and sign in {"=", "!="}:
        return lambda work: (shown(work, name) == "") is (sign == "=")
    if not value:
        raise UsageError(f"{sign} needs a value")
    if sign in _ORDERS:
        return _order(term)
    if name == "type" and sign != "~" and value.lower() not in TYPES:
        raise UsageError(f"unknown type {value!r}{did_you_mean(value, TYPES) or SEE_KEYS}")
    fits = _equality(term) if sign in {"=", "!="} else (lambda work: _holds(work, name, value))
    return (lambda work: not fits(work)) if sign == "!=" else fits


def _order(term: _Term) -> Predicate:
    name, sign, value = term
    compare = _ORDERS[sign]
    if name in DATE_VARIABLES:
        asked = _point(value)
        if asked is None:
            raise UsageError(f"{value!r} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD")

        def fits(work: Work) -> bool:
            found = _known(getattr(work, name))
            exact = min(len(found), len(asked))
            return exact > 0 and compare(found[:exact], asked[:exact])

        return fits
    if name not in _NUMBERS:
        raise UsageError(f"{sign} compares dates and numbers; use =, != or ~ with {SPELLING[name]}")
    if not re.fullmatch(r"-?\d+", value):
        raise UsageError(f"{value!r} is not a number")
    return lambda work: bool(text := shown(work, name)) and compare(_number(text), int(value))


def _equality(term: _Term) -> Predicate:
    name, _, value = term
    if name in DATE_VARIABLES and (asked := _point(value)):
        return lambda work: _known(getattr(work, name))[: len(asked)] == asked
    if name in _NUMBERS:
        return lambda work: number_likeness(name, shown(work, name), value) is not None
    folded, is_cyrillic = fold(value), has_cyrillic(value)
    return lambda work: any(
        fold(text) == folded or (has_cyrillic(text) != is_cyrillic and sound_alike(value, None, text, language))
        for text, language in _forms(work, name)
    )


def _holds(work: Work, name: str, words: str) -> bool:
    """Whether a value holds some words, or, in another script, what sounds like them."""
    folded, is_cyrillic = fold(words), has_cyrillic(words)
    return any(
        folded in fold(text) or (has_cyrillic(text) != is_cyrillic and sounds_within(words, None, text, language))
        for text, language in _forms(work, name)
    )


def _forms(work: Work, name: str) -> Iterator[tuple[str, str | None]]:
    """Yield the texts of a value in each of its forms and orders, with their languages."""
    for text in _texts(value_of(work, name)):
        yield text, work.language
    for text in _texts(getattr(work, f"transliterated_{name}", None)):
        yield text, None


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - any value
    if isinstance(value, (Name, NameForm)):
        family, given = (getattr(value, part) or "" for part in ("family", "given"))
        particles = [getattr(value, f"{kind}dropping_particle", None) for kind in ("", "non_")]
        whole = " ".join(filter(None, (*particles, family)))
        yield from filter(None, (value.literal, family, f"{given} {whole}".strip(), f"{whole}, {given}".strip(", ")))
        yield from _texts([getattr(value, part, None) for part in ("short", "transliterated")])
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        yield from _texts(list(value.values()))
    elif isinstance(value, (str, int, PartialDate)):
        yield strip(str(value))
    elif value is not None:
        yield from _texts(dump_value(value))


def _number(text: str) -> int:
    """Return the first number of a text, in digits or Roman numerals, 0 where it has none."""
    digits = re.search(r"(?:^-)?\d+", text)
    return int(digits[0]) if digits else roman_value(text.strip()) or 0


def _point(text: str) -> tuple[int, ...] | None:
    """Return the year, month and day of a single date, as far as it has them; None for any other text."""
    try:
        date = PartialDate.parse(text)
    except ValueError:
        return None
    return None if date.is_range else _known(date) or None


def _known(date: PartialDate | None) -> tuple[int, ...]:
    """Return the year, month and day in which a date begins, as far as they are known; a season is its year."""
    point: DatePart | None = next(filter(None, date.points), None) if date else None
    if point is None:
        return ()
    month = point.month if point.month and point.month <= 12 else None
    return tuple(part for part in (point.year, month, month and point.day) if part is not None)
