"""Which language's table a Cyrillic text is romanised by: what is known, what its letters prove, and what is doubtful.

The language of the work decides. Where there is none, or one that is not written in Cyrillic (a Russian publisher's
name in an English work), the letters do: Russian where a text has Russian letters only, Tajik where it has Tajik ones
beside them, else another language if no other has these letters, or if all that have them romanise the text alike.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tajikpeace_refs.options import Scheme
from tajikpeace_refs.text.languages import base_of_tag, language_tag
from tajikpeace_refs.text.roman_numerals import latin_numerals
from tajikpeace_refs.text.scripts import CYRILLIC, has_cyrillic
from tajikpeace_refs.text.transliteration.tables import (
    APOSTROPHES,
    EVERY,
    Table,
    letters_of,
    ranks,
    table,
    with_tables,
    without_tables,
)

WORD = re.compile(rf"[{CYRILLIC}](?:[{CYRILLIC}\u0300-\u036f]|[{APOSTROPHES}](?=[{CYRILLIC}]))*")
"""A word, or the part of one, that is in Cyrillic letters."""
_FIRST = ("ru", "tg")
"""What a text without a language is taken to be in, if its letters allow it."""
MIXED = "mixed"
"""The language of a text that no language has all letters of: each word has its own."""


@lru_cache(maxsize=256)
def known_language(tag: str | None) -> str | None:
    """Return the two- or three-letter tag of a work's language; None where it has none, or none written in Cyrillic.

    >>> known_language("tg-TJ"), known_language("rus"), known_language("ba"), known_language("en")
    ('tg', 'ru', 'ba', None)
    """
    if not tag:
        return None
    base = base_of_tag(tag)
    if base not in with_tables() and len(base) != 2:
        base = base_of_tag(language_tag(tag))
    return base if base in with_tables() or base in without_tables() else None


def language_of(text: str, tag: str | None, scheme: Scheme) -> str | None:
    """Return the language that a text is romanised from.

    It is a tag, ``MIXED`` where every word is judged alone, or None where several are possible and differ.
    """
    if scheme == "iso-9":
        return EVERY
    return known_language(tag) or _language_of_letters(" ".join(WORD.findall(text)), scheme)


@lru_cache(maxsize=8192)  # a list repeats its words: four times as fast
def romanised_word(word: str, language: str | None, scheme: Scheme) -> str | None:
    """Return a word in Latin by the table of a language; None where it has none.

    A word with letters that the language has not is a name or a quotation: its own letters decide.
    """
    if language is None:
        return None
    if language != MIXED:
        known = table(language, scheme)
        if known and known.has(word):
            return known.romanised(word)
        if known is None or language == EVERY:
            return None
    own = _language_of_letters(word, scheme)
    by_letters = table(own, scheme) if own and own != MIXED else None
    return by_letters.romanised(word) if by_letters else None


def proven_language(text: str) -> str | None:
    """Return the language of a text that alone has its Cyrillic letters; None where several have them.

    >>> proven_language("Їжак"), proven_language("Ҷаҳон"), proven_language("Мир"), proven_language("Peace")
    ('uk', 'tg', None, None)
    """
    possible = _possible(text, "ala-lc") if has_cyrillic(text) else []
    return possible[0][0] if len(possible) == 1 else None


def other_readings(text: str, tag: str | None, scheme: Scheme) -> dict[str, str]:
    """Return what other languages with the letters of a text would make of it, by their tags.

    Empty where the language is known, and where all of them agree.
    """
    if not has_cyrillic(text) or known_language(tag) or scheme == "iso-9":
        return {}
    taken = language_of(text, tag, scheme)
    if taken in (None, MIXED):
        return {}
    possible = {language: _romanised(text, each) for language, each in _possible(text, scheme)}
    own = possible.get(str(taken))  # none where its alphabet lacks a letter: І among Russian ones
    return {language: latin for language, latin in possible.items() if latin != own}


def _romanised(text: str, known: Table) -> str:
    return " ".join(map(known.romanised, WORD.findall(text)))


@lru_cache(maxsize=1024)
def _language_of_letters(text: str, scheme: Scheme) -> str | None:
    possible = dict(_possible(text, scheme))
    if not possible:
        return MIXED
    if first := next((each for each in _FIRST if each in possible), None):
        return first
    readings = {_romanised(text, each) for each in possible.values()}
    return next(iter(possible)) if len(readings) == 1 else None


def _possible(text: str, scheme: Scheme) -> list[tuple[str, Table]]:
    """Return the languages whose alphabet has all letters of a text; if none has, those that have had them."""
    letters = "".join(set(letters_of("".join(WORD.findall(latin_numerals(text))))))
    usual, rarer = ([(tag, each) for tag in rank if (each := table(tag, scheme))] for rank in ranks())
    return (
        [(tag, each) for tag, each in usual if each.proves(letters)]
        or [(tag, each) for tag, each in rarer if each.proves(letters)]
        or [(tag, each) for tag, each in usual + rarer if each.has(letters)]
    )
