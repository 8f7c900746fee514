"""Cyrillic text in Latin letters, and what of a text no table romanises."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from tajikpeace_refs.options import Scheme
from tajikpeace_refs.text.quotation_marks import english_quotation_marks
from tajikpeace_refs.text.roman_numerals import latin_numerals
from tajikpeace_refs.text.scripts import OTHER_SCRIPT, has_cyrillic, is_latin
from tajikpeace_refs.text.transliteration.detection import WORD, language_of, romanised_word
from tajikpeace_refs.text.transliteration.tables import letters_of, table


def transliterate(text: str, language: str | None = None, scheme: Scheme = "ala-lc") -> str:
    """Return a text in Latin letters by the table of its language (a tag, or None: by its letters).

    A word that no table romanises stays as it is, and so does text in other scripts: ``gaps`` names them. Roman
    numerals typed with Cyrillic letters become Latin ones, quotation marks those of English.
    ``ala-lc`` is simplified as NACO normalisation does: no combining marks, no signs for ь and ъ.

    >>> transliterate("Ҳуқуқи тоҷикӣ ва рӯзгори Қурғонтеппа", "tg")
    'Huquqi tojiki va ruzgori Qurghonteppa'
    >>> transliterate("объединённый"), transliterate("Ӯ", "tg", "bgn-pcgn"), transliterate("Юлия", "ru", "iso-9")
    ('obedinennyi', 'Ŭ', 'Ûliâ')
    >>> transliterate("Історія України", "uk"), transliterate("Аҧсуа", "ab")
    ('Istoriia Ukrainy', 'Аҧсуа')
    """
    if not has_cyrillic(text):
        return text
    return romanise_letters(english_quotation_marks(latin_numerals(text)), language, scheme)


def romanise_letters(text: str, language: str | None = None, scheme: Scheme = "ala-lc") -> str:
    """Return the letters of a text in Latin ones, without looking for numerals: ХХ may be the initials of Х. Х."""
    text = unicodedata.normalize("NFC", text)
    known = language_of(text, language, scheme)
    return WORD.sub(lambda match: _word(match[0], known, scheme), text)


def _word(word: str, language: str | None, scheme: Scheme) -> str:
    latin = romanised_word(word, language, scheme)
    return word if latin is None else latin


class Gap(NamedTuple):
    """A word that has no romanisation."""

    word: str
    letters: str
    """The letters that the table of its language has not; empty where there is no table at all."""


def gaps(text: str, language: str | None = None, scheme: Scheme = "ala-lc") -> Iterator[Gap]:
    """Yield what of a text stays in its script: Cyrillic words without a table, and words in any other script.

    >>> list(gaps("Аҧсуа", "ru")), list(gaps("Ειρήνη and β-decay"))
    ([Gap(word='Аҧсуа', letters='ҧ')], [Gap(word='Ειρήνη', letters='')])
    """
    if is_latin(text):
        return
    text = unicodedata.normalize("NFC", text)
    if has_cyrillic(text):
        known = language_of(text, language, scheme)
        for word in WORD.findall(text):
            if romanised_word(word, known, scheme) is None:
                yield Gap(word, _missing(word, known, scheme))
    yield from (Gap(word, "") for word in _OTHER.findall(text))


# Single Greek letters are signs of mathematics and chemistry.
_OTHER = re.compile(rf"[\u0370-\u03ff\u1f00-\u1fff]{{3,}}|{OTHER_SCRIPT}+")


def _missing(word: str, language: str | None, scheme: Scheme) -> str:
    known = table(language, scheme) if language else None
    return "".join(dict.fromkeys(char for char in letters_of(word) if not known.has(char))) if known else ""
