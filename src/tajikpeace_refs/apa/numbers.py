"""Numbers of a reference: pages, volumes, editions, report numbers, and numerals in words for the order of titles."""

from __future__ import annotations

import re

from tajikpeace_refs.model.pages import with_en_dashes
from tajikpeace_refs.text import editions
from tajikpeace_refs.text.numbers import bare_number
from tajikpeace_refs.text.ordinals import ordinal
from tajikpeace_refs.text.roman_numerals import latin_numerals

_NUMERAL = re.compile(r"[\dIVXLCDM]+[A-Za-z]?")
_SEPARATOR = re.compile(r"[–,&.\s/]+")
_NUMBERED = re.compile(r"(\d{1,18})(?:st|nd|rd|th)\s+(?=\S)", re.IGNORECASE)


def is_many(text: str) -> bool:
    """Whether a number stands for several: ``1–3``, ``2, 5``."""
    return any(sign in text for sign in "–,&")


def plural(label: str) -> str:
    """Return ``Vols.`` for ``Vol.``, ``Directors`` for ``Director``, ``pp.`` for ``p.``, ``Trans.`` for ``Trans.``."""
    if label in {"p.", "Trans.", "Illus."}:
        return "pp." if label == "p." else label
    return f"{label[:-1]}s." if label.endswith(".") else f"{label}s"


def counted(text: str, label: str) -> str:
    """Return ``p. 9``, ``paras. 1–3``."""
    return f"{plural(label) if is_many(text) else label} {text}"


def labelled(text: str, label: str) -> str:
    """Return ``Vol. 2``, ``Vols. 1–3``; words stand as they are (``Book 3``).

    >>> labelled("2", "Vol."), labelled("1-3", "Issue"), labelled("Book 3", "Vol.")
    ('Vol. 2', 'Issues 1–3', 'Book 3')
    >>> labelled("3, ч. 1", "Vol."), labelled("IV, part 2", "Vol."), labelled("3, прил.", "Vol.")
    ('Vol. 3, Pt. 1', 'Vol. IV, Pt. 2', '3, прил.')
    """
    if not text:
        return ""
    text = latin_numerals(text)
    volume, _, rest = text.partition(", ")
    part = bare_number(rest, "part") if rest else ""
    if part != rest and _are_numerals(volume) and _are_numerals(part):
        return f"{labelled(volume, label)}, {labelled(part, 'Pt.')}"
    text = with_en_dashes(text) if re.match(r"\d", text) else text
    return counted(text, label) if _are_numerals(text) else text


def _are_numerals(text: str) -> bool:
    """Whether a text is a letter, or made of numerals: ``2a``, ``XII``, ``1–3``, ``2, 5 & 7``."""
    return (len(text) == 1 and "A" <= text <= "Z") or all(map(_NUMERAL.fullmatch, _SEPARATOR.split(text)))


def edition(text: str) -> str:
    """Return an edition (9.19): ``3`` and ``Third Edition`` are ``3rd ed.``; what is not understood stays.

    APA has abbreviations for a number and for a revised edition (9.50). In English ``rev.`` stands beside a number; in
    other languages that a numbered edition is corrected or enlarged is part of the formula, and the number names it.

    >>> [edition(t) for t in ("3", "Third Edition", "2nd", "Rev. ed.", "Summer 2019", "2-е изд., испр. и доп.")]
    ['3rd ed.', '3rd ed.', '2nd ed.', 'Rev. ed.', 'Summer 2019 ed.', '2nd ed.']
    >>> edition("2nd revised edition"), edition("International edition"), edition("5th ed., text rev.")
    ('2nd rev. ed.', 'International ed.', '5th ed., text rev.')
    """
    text = text.strip()
    if not text:
        return ""
    if found := editions.edition(text):
        revised = "rev. " if found.revised else ""
        return f"{ordinal(found.number)} {revised}ed." if found.number else "Rev. ed."
    word = re.sub(r"(?<![\s.])[\s.]*\b(?:ed|edn|edition)\b\.?$", "", text, flags=re.IGNORECASE).strip()
    if match := _NUMBERED.match(word):
        word = f"{ordinal(int(match[1]))} {word[match.end() :]}"
    if word != text and word and not editions.names_edition(word):
        return f"{word} ed."
    return text if editions.names_edition(text) or _IS_EDITION.search(text) else f"{text} ed."


_IS_EDITION = re.compile(r"\b(?:version|printing|issue|text)", re.IGNORECASE)
_VERSION = re.compile(r"(?:version|ver|v)\b\.?\s*(?=\d)|v(?=\d)|V(?=\d+\.\d)")
_VERSION_IN_WORDS = re.compile(r"\b(?:version|release|build|edition|revision)\b", re.IGNORECASE)
_RUN = re.compile(r"[^\d\s]+(\s?)")


def version(text: str) -> str:
    """Return a version (10.9, 10.10): a number with its word; what has words of its own stands as it is.

    >>> [version(t) for t in ("3.1", "V1.3.1", "version 2", "V2", "Mar 14 version", "May 2024 release", "Beta 2")]
    ['Version 3.1', 'Version 1.3.1', 'Version 2', 'Version V2', 'Mar 14 version', 'May 2024 release', 'Beta 2']
    """
    number = _VERSION.sub("", text, count=1) if _VERSION.match(text) else text
    has_words = _VERSION_IN_WORDS.search(number) or any(
        run[1] and any(map(str.isalpha, run[0])) for run in _RUN.finditer(number)
    )
    return f"Version {number}" if number and not has_words else number


_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def in_words(number: int) -> str:
    """Return a numeral in words, for sorting a title as if it were spelled out (9.49); years as people say them.

    >>> in_words(20), in_words(101), in_words(1984), in_words(2001), in_words(1905)
    ('twenty', 'one hundred one', 'nineteen eighty-four', 'two thousand one', 'nineteen five')
    """
    if number < 20:
        return _ONES[number]
    if number < 100:
        return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")
    if 1100 <= number < 2000 and number % 100:
        return f"{in_words(number // 100)} {in_words(number % 100)}"
    for size, name in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = number % size
            return f"{in_words(number // size)} {name}" + (f" {in_words(rest)}" if rest else "")
    return str(number)
