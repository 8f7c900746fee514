"""The alphabets of Cyrillic languages, as keys that sort a list.

Most alphabets agree: their own letters follow the letter that they are made of. ``_LETTERS`` is the order of all of
them together; ``_PLACED`` names what an alphabet has elsewhere. Sources: the national alphabets (Tajik: that of 1998),
and for ё the collations of CLDR, whose ``ru`` has it as a variant of е at the second level.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from tajikpeace_refs.text.languages import base_of_tag, language_tag
from tajikpeace_refs.text.scripts import CYRILLIC, TAJIK, has_cyrillic

_LETTERS = "аәбвгґғдҙђѓеёєжҗзѕиӣіїйјкқҡлљмнңњоөпрсҫтћќуӯұүўфхҳһцчҷџшщъыьѣэюяѳѵ"
# What an alphabet has elsewhere: the letters, and the letter that they follow. Kazakh: ы і; Uzbek: я ў қ ғ ҳ;
# Turkmen and Bashkir: э ә; Bashkir: к ҡ.
_PLACED = {"kk": ("і", "ы"), "uz": ("ўқғҳ", "я"), "tk": ("ә", "э"), "ba": ("ә", "э")}
_OWN_YO = frozenset({"be", "tg", "kk", "ky", "mn", "tt", "ba", "uz", "tk"})
"""Where ё is a letter of its own behind е; in Russian, and in the order of Unicode, it is sorted as е."""
_CYRILLIC = re.compile(f"[{CYRILLIC}]")
_TOKEN = re.compile(rf"\d+|[{CYRILLIC}]|[^{CYRILLIC}\d]+")
_TAJIK = re.compile(f"[{TAJIK}]")
_NUMBER = "\x03"
"""Numbers stand before letters, by value."""
_OTHER_SCRIPT = "\x7f"
"""What has no Cyrillic letter stands behind all that has one, even if that begins with a Latin word."""
_LANGUAGES = frozenset({"ru", "tg", "uk", "be", "bg", "mk", "sr", "kk", "ky", "mn", "tt", "ba", "uz", "tk"})


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The alphabet that a list is sorted by: that of a language, or, without one, of Russian."""

    language: str = "ru"

    @classmethod
    def of(cls, texts: Iterable[tuple[str, str | None]]) -> Alphabet:
        """Return the alphabet of most Cyrillic texts of a list; ``texts`` are pairs of text and language.

        A text whose language is not known is Tajik if it has a letter of Tajik, else Russian.

        >>> Alphabet.of([("Таърих", "tg"), ("Роҳ", None), ("История", "ru"), ("History", "en")])
        Alphabet(language='tg')
        """
        counts = Counter(_language(text, language) for text, language in texts if has_cyrillic(text))
        return cls(max(counts, key=lambda language: (counts[language], language == "ru"), default="ru"))

    def key(self, fold: Callable[[str], str]) -> Callable[[str], str]:
        """Return a function that gives the sort key of a text: numbers, Cyrillic, then what ``fold`` orders.

        Cyrillic comes first, as in the lists that journals of the region print (GOST 7.1).

        >>> sorted("Ёлкин Ершов Егоров Adams".split(), key=Alphabet("ru").key(str.lower))
        ['Егоров', 'Ёлкин', 'Ершов', 'Adams']
        >>> sorted("Ӯа Уб Қа Кб Ёа Ея Ҷа Чб Ӣа Иб 20 9".split(), key=Alphabet("tg").key(str.lower))
        ['9', '20', 'Ея', 'Ёа', 'Иб', 'Ӣа', 'Кб', 'Қа', 'Уб', 'Ӯа', 'Чб', 'Ҷа']
        """
        places = _places(self.language)

        def token(part: str) -> str:
            if part.isdecimal():
                return f"{_NUMBER}{part:0>9}"
            return places.get(part) or _base_place(part, places) if _CYRILLIC.match(part) else fold(part)

        def key(text: str) -> str:
            if not has_cyrillic(text):
                folded = fold(text)
                if folded.isdecimal():
                    return token(folded)
                return _OTHER_SCRIPT + folded if folded else ""
            text = unicodedata.normalize("NFC", text).lower()
            return "".join(map(token, _TOKEN.findall(text)))

        return key


_BEHIND_LATIN = str.maketrans({letter: chr(0x400 + place) for place, letter in enumerate(_LETTERS)})


def behind_latin(folded: str) -> str:
    """Return a folded text as a key that sorts its Cyrillic letters by their alphabets, behind all Latin ones.

    >>> sorted("яр ҳол зан єва қад adam".split(), key=behind_latin)
    ['adam', 'єва', 'зан', 'қад', 'ҳол', 'яр']
    """
    return folded if folded.isascii() else folded.translate(_BEHIND_LATIN)


def is_cyrillic_text(text: str, language: str | None) -> bool:
    """Whether a text belongs among the Cyrillic ones: by its letters, or, without letters, by its language."""
    if has_cyrillic(text):
        return True
    return bool(language) and not re.search(r"[^\W\d_]", text) and base_of_tag(language or "") in _LANGUAGES


def _language(text: str, language: str | None) -> str:
    if language:
        base = base_of_tag(language_tag(language))
        return base if base in _LANGUAGES else "ru"
    return "tg" if _TAJIK.search(text) else "ru"


@cache
def _places(language: str) -> dict[str, str]:
    """Return the sort character of each letter, below all Latin ones."""
    letters = _LETTERS
    if language in _PLACED:
        moved, before = _PLACED[language]
        letters = re.sub(f"[{moved}]", "", letters).replace(before, before + moved)
    places = {letter: chr(0x10 + place) for place, letter in enumerate(letters)}
    if language not in _OWN_YO:
        places["ё"] = places["е"]
    return places


def _base_place(char: str, places: dict[str, str]) -> str:
    """Return the sort character of a letter that no alphabet here has: that of its base letter, else the last."""
    return places.get(unicodedata.normalize("NFD", char)[0]) or "\x60"
