"""The alphabet that sorts Cyrillic text: the Tajik one, with the Russian letters in their places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from tajikpeace_refs.text.scripts import CYRILLIC, has_cyrillic

_CYRILLIC = re.compile(f"[{CYRILLIC}]")
# The Tajik alphabet of 1998 with the Russian letters in their places: one order serves both languages.
_ALPHABET = "абвгғдеёжзиӣйкқлмнопрстуӯфхҳцчҷшщъыьэюя"
_PLACES = {letter: chr(0x10 + place) for place, letter in enumerate(_ALPHABET)}


def _place(char: str) -> str:
    """Return the sort character of a Cyrillic letter; letters of other alphabets stand at their base letter."""
    place = _PLACES.get(char) or _PLACES.get(unicodedata.normalize("NFD", char)[0])
    if place:
        return place
    near = {"і": "и", "ї": "и", "є": "е", "ґ": "г", "ә": "а", "ң": "н", "ө": "о", "ұ": "у", "ү": "у", "һ": "х"}
    return _PLACES[near.get(char, "я")]


def letters_key(fold: Callable[[str], str]) -> Callable[[str], str]:
    """Return a key function that puts Cyrillic words in alphabetical order before Latin ones, which ``fold`` orders.

    CLDR has no Tajik collation, and ICU sorts ӣ and ӯ as accented и and у; here each follows its base letter.
    Cyrillic comes first, as in the lists that journals of the region print (GOST 7.1).

    >>> key = letters_key(str.lower)
    >>> sorted("Ӯа Уб Қа Кб Ҷа Чб Ӣа Иб Ҳа Хб Ға Гб Aa".split(), key=key)
    ['Гб', 'Ға', 'Иб', 'Ӣа', 'Кб', 'Қа', 'Уб', 'Ӯа', 'Хб', 'Ҳа', 'Чб', 'Ҷа', 'Aa']
    """

    def key(text: str) -> str:
        if not has_cyrillic(text):
            return fold(text)
        text = unicodedata.normalize("NFC", text).lower()
        return "".join(_place(char) if _CYRILLIC.match(char) else fold(char) for char in text)

    return key
