"""Roman numerals that are typed with Cyrillic letters: ``ХIХ``, ``ХХ``, ``ХVIII`` for XIX, XX, XVIII.

A word of Х, І, С, М and I, V, X, L, C, D, M is a numeral if it is well-formed as one and cannot be a Cyrillic word:
СССР is not well-formed, СС and МММ are left alone, a single letter may be an initial or a preposition. Where a century,
a volume or another numeral stands beside it, no other reading is left, and the letters that scanning and typewriters
put for V, II and III (У, П, Ш) count as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tajikpeace_refs.text.scripts import has_cyrillic

_LATIN = str.maketrans("ХІСМ", "XICM")
_TYPEWRITTEN = str.maketrans({"У": "V", "П": "II", "Ш": "III"})
_WELL_FORMED = re.compile("(?=.)M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ENDING = "(?:(?:вв?|гг?|го|му|ом|ой|ый|ая|ое|ые|ых|й|м|я|е|х)(?![^\\W\\d_]))?"
_WORD = re.compile(rf"(?<![\w\u0300-\u036f])([ХІСМУПШIVXLCDM]+)(?={_ENDING}(?![\w\u0300-\u036f]))")
# What is counted in Roman numerals: centuries, congresses, volumes.
_COUNTED = re.compile(
    r"(?:вв?(?!\w))|\s*(?:вв?\.|вв?(?= до н)|век|столет|століт|ст\.|стогодд|тысячелет|тыс\.|асри?\b|садаи?\b|съезд|"
    r"з.їзд|пленум|сесси|конгресс|конференц|чтени|олимпиад|созыв|том|часть|[Мм]еждунар|[Вв]серос|[Вв]сесоюз)"
)
_COUNTING = re.compile(
    r"(?:\b(?:том|част|глав|книг|выпуск|раздел|ҷилд|қисм|асри?|садаи?)\w*|\b(?:ч|вып|кн|гл|т)\.)\s*$"
)
_NEAR = 20
_PAIRED_BEFORE, _PAIRED_AFTER = re.compile(r"\b[IVXХІ]{2,} ?[-–—] ?$"), re.compile(r" ?[-–—] ?[IVXХІ]{2,}\b")


class MistypedNumeral(NamedTuple):
    """A Roman numeral with Cyrillic letters: where it begins, as it is written, and in Latin letters."""

    start: int
    written: str
    latin: str


def mistyped_numerals(text: str) -> Iterator[MistypedNumeral]:
    """Yield the Roman numerals of a text that have Cyrillic letters.

    >>> [numeral.latin for numeral in mistyped_numerals("ХVIII–ХIХ вв., ХХ съезд КПСС, ІІ том, С. М. и Х. Х.")]
    ['XVIII', 'XIX', 'XX', 'II']
    >>> list(mistyped_numerals("СССР, СС, СМИ и МММ")), [each.latin for each in mistyped_numerals("в Х в. и ХУШ веке")]
    ([], ['X', 'XVIII'])
    """
    if not has_cyrillic(text):
        return
    for match in _WORD.finditer(text):
        if has_cyrillic(match[1]) and (latin := _numeral(match)):
            yield MistypedNumeral(match.start(), match[1], latin)


def latin_numerals(text: str) -> str:
    """Return the text with its Roman numerals in Latin letters.

    >>> latin_numerals("Бухара в ХIХ — ХХ вв.")
    'Бухара в XIX — XX вв.'
    """
    for numeral in reversed(list(mistyped_numerals(text))):
        end = numeral.start + len(numeral.written)
        text = text[: numeral.start] + numeral.latin + text[end:]
    return text


def _numeral(match: re.Match[str]) -> str:
    """Return a word in Latin letters if it is a numeral, else an empty text."""
    word = match[1]
    latin = word.translate(_LATIN)
    if _WELL_FORMED.fullmatch(latin) and (_is_sure(word, latin) or _is_counting(match)):
        return latin
    latin = latin.translate(_TYPEWRITTEN)
    is_typewritten = len(word) > 1 and latin[0] in "XIV" and _WELL_FORMED.fullmatch(latin) and _is_counting(match)
    return latin if is_typewritten else ""


def _is_sure(word: str, latin: str) -> bool:
    """Whether no Cyrillic word is written so: V, L, D, several X and I, or a long numeral with X or I in it."""
    if len(word) < 2:
        return False
    return bool(set("VLD") & set(word)) or set(latin) <= set("XI") or (len(word) > 3 and bool(set("XI") & set(latin)))


def _is_counting(match: re.Match[str]) -> bool:
    """Whether what stands beside a word shows that it counts; what may begin a name (``т. Х. Саидов``) does not.

    ``І`` is a word of Ukrainian and Belarusian, and begins a sentence about a century in these.
    """
    text, start, end = match.string, match.start(), match.end()
    if not set("XIVLDХІУ") & set(match[1]):
        return False
    counted = _COUNTED.match(text, end)
    if counted and not (match[1] == "І" and counted[0].lstrip().startswith("ст")):
        return True
    if text[end : end + 1] == ".":
        return False
    before = text[max(0, start - _NEAR) : start]
    return bool(_COUNTING.search(before) or _PAIRED_BEFORE.search(before) or _PAIRED_AFTER.match(text, end))


_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def roman_value(text: str) -> int | None:
    """Return the number that a well-formed Roman numeral in Latin capitals stands for; None for any other text.

    >>> roman_value("XIV"), roman_value("IIII"), roman_value("A")
    (14, None, None)
    """
    if not _WELL_FORMED.fullmatch(text):
        return None
    values = [_VALUES[letter] for letter in text]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))
