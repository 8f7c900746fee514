"""Ordinals in digits: those of English, and those of an edition in Russian, Ukrainian and Tajik; and in letters."""

from __future__ import annotations


def ordinal(number: int) -> str:
    """Return ``1st``, ``2nd``, ``3rd``, ``4th``, ``11th``.

    >>> [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 112)]
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '112th']
    """
    tail = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{tail}"


# How ordinals end, by their last digit; under 0 those of all others. In Russian and Ukrainian of a neuter word.
_ENDINGS = {
    "ru": {0: "е"},
    "uk": {0: "те", 1: "ше", 2: "ге", 3: "тє", 7: "ме", 8: "ме"},
    "tg": {0: "ум", 2: "юм", 3: "юм"},
}


def with_ending(number: int, language: str) -> str:
    """Return the ordinal of an edition in the language of a two-letter code; of others the number alone.

    >>> [with_ending(number, "uk") for number in (1, 2, 3, 4, 7, 12)], with_ending(2, "ru"), with_ending(3, "tg")
    (['1-ше', '2-ге', '3-тє', '4-те', '7-ме', '12-те'], '2-е', '3-юм')
    >>> with_ending(3, "en"), with_ending(3, "de")
    ('3rd', '3')
    """
    if language == "en":
        return ordinal(number)
    if not (endings := _ENDINGS.get(language)):
        return str(number)
    last = 0 if number % 100 in range(11, 20) else number % 10
    return f"{number}-{endings.get(last, endings[0])}"


def letters(number: int) -> str:
    """Return a, b … z, aa, ab … for 0, 1, ….

    >>> letters(0), letters(25), letters(26)
    ('a', 'z', 'aa')
    """
    return (letters(number // 26 - 1) if number > 25 else "") + chr(97 + number % 26)
