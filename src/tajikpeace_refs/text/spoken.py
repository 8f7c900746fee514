"""Texts compared by sound: Таджикистан, Tajikistan and Tadzhikistan are one word; Реки and Руки are two."""

from __future__ import annotations

import re
from functools import lru_cache

from tajikpeace_refs.model.folding import fold
from tajikpeace_refs.text.transliteration import transliterate

_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile("[ʹʺʻʼ′″’‘'`]")
_NUMERAL = re.compile(r"\d+|[ivxl]+")
# Spellings of one sound in romanisations, English, German and French ones: of щ, ч, ш, ц, дж, кс, в.
_SOUNDS = (
    ("schtsch", "s"), ("shch", "s"), ("tsch", "c"), ("dsch", "dj"), ("sch", "s"), ("sc", "s"), ("ts", "c"), ("tz", "c"),
    ("dzh", "dj"), ("dz", "dj"), ("kh", "h"), ("x", "ks"), ("q", "k"), ("w", "v"),
)  # fmt: skip
_YO = re.compile("[iyj]o")
_GLIDE = re.compile("[iy]+")
_BESIDE_A_VOWEL = re.compile("(?<=[aeou])i|i(?=[aeou])")
_VOWELS = re.compile("[aeiouyjz]")


@lru_cache(maxsize=8192)
def skeleton(text: str, language: str | None) -> str:
    """Return what all romanisations of a text share: its consonants, and its numbers and Roman numerals.

    Those of ж, ҷ, дж, й and з, which one letter may stand for, are left out.

    >>> skeleton("Хрестоматия Шозимова, ч. II", "ru") == skeleton("Hrestomatiâ Šozimova, č. II", None)
    True
    """
    return "".join(
        word if _NUMERAL.fullmatch(word) else _VOWELS.sub("", _sounds(word).replace("dj", "j").replace("h", ""))
        for word in _words(text, language)
    )


def _words(text: str, language: str | None) -> list[str]:
    return _WORD.findall(_MARKS.sub("", fold(transliterate(text.replace("&", " and "), language))))


def _sounds(word: str) -> str:
    for sounds, letter in _SOUNDS:
        word = word.replace(sounds, letter)
    return word


@lru_cache(maxsize=8192)
def _spoken(text: str, language: str | None) -> tuple[tuple[str, str], ...]:
    """Return each word as all romanisations write it, about, in two readings of ``j``: as й, and as дж, ҷ or ж.

    Glides beside vowels fall away; ё is е. Numerals stay as they are.
    """
    return tuple(
        (word, word)
        if _NUMERAL.fullmatch(word)
        else (
            _vowels(_sounds(word).replace("dj", "J").replace("j", "i")),
            _vowels(_sounds(word).replace("dj", "J").replace("j", "J").replace("zh", "J")),
        )
        for word in _words(text, language)
    )


def _vowels(word: str) -> str:
    return _BESIDE_A_VOWEL.sub("", _GLIDE.sub("i", _YO.sub("e", word))).replace("h", "")


_LONG_ENOUGH = 5
"""From so many letters on, romanisations of a word may differ in a and o: Tajik тоҷик is таджик in Russian."""


def sound_alike(one: str, one_language: str | None, other: str, other_language: str | None) -> bool:
    """Whether two texts are the same words by sound.

    >>> sound_alike("Ёлка Джалилова", "ru", "Yolka Jalilova", None), sound_alike("Реки", "ru", "Ruki", None)
    (True, False)
    """
    mine, theirs = _spoken(one, one_language), _spoken(other, other_language)
    return len(mine) == len(theirs) and all(map(_are_alike, mine, theirs))


def _are_alike(mine: tuple[str, str], theirs: tuple[str, str]) -> bool:
    return any(
        one == other or (len(one) >= _LONG_ENOUGH and one.replace("o", "a") == other.replace("o", "a"))
        for one, other in zip(mine, theirs, strict=True)
    )


def sounds_within(part: str, part_language: str | None, whole: str, whole_language: str | None) -> bool:
    """Whether a text holds the words of another by sound, or the beginnings and ends of words.

    >>> sounds_within("usmon", None, "Усмонов, Иброҳим", "tg"), sounds_within("Реки", "ru", "Ruki", None)
    (True, False)
    """
    readings = (
        map(" ".join, zip(*_spoken(*text), strict=True)) for text in ((part, part_language), (whole, whole_language))
    )
    return any(
        one and (one in other or (len(one) >= _LONG_ENOUGH and one.replace("o", "a") in other.replace("o", "a")))
        for one, other in zip(*readings, strict=False)
    )


def first_sounds(text: str, language: str | None) -> set[str]:
    """Return the letters that the first word of a text may begin with in romanisations: empty where there is none."""
    words = _spoken(text, language)
    return {reading[:1] for reading in words[0]} if words else set()
