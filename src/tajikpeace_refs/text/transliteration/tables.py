"""The tables of romanisation, one file a system and language, from the published systems that each file names.

A file of ``tables`` has ``source``, ``url``, ``letters`` (pairs ``ж=zh``; the apostrophe is a letter where a language
has it), ``others`` (letters of older spelling and of loan words: they are romanised, and prove no language), ``rules``
and ``remarks``. A rule gives the Latin of a letter after or before some letters; ``^`` and ``$`` are the start and the
end of a word; an ``optional`` rule sets a dot between letters that could be read as one (BGN/PCGN).
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from tajikpeace_refs.options import Scheme


@dataclass(frozen=True, slots=True)
class Rule:
    """What a letter becomes among certain letters; empty ``after`` or ``before``: wherever it stands."""

    letter: str
    latin: str
    after: str = ""
    before: str = ""
    optional: bool = False

    def holds(self, previous: str, following: str) -> bool:
        """Whether the rule is about a letter between these two."""
        return (not self.after or previous in self.after) and (not self.before or following in self.before)


@dataclass(frozen=True, slots=True)
class Table:
    """The romanisation of one language by one scheme."""

    source: str
    url: str
    letters: Mapping[str, str]
    others: Mapping[str, str]
    rules: tuple[Rule, ...]
    remarks: tuple[str, ...]
    has_tied_capitals: bool
    """Whether both letters of a tied pair are capitals: I͡Uriĭ."""

    def has(self, word: str) -> bool:
        """Whether every letter of a word is one of the language, of older spelling, or of loan words."""
        return all(char in self.letters or char in self.others for char in letters_of(word))

    def proves(self, letters: str) -> bool:
        """Whether the alphabet of the language has all of some small letters."""
        return all(char in self.letters for char in letters)

    def romanised(self, word: str) -> str:
        """Return a word in Latin, in capitals where it is (ЩИТ: SHCHIT); what the table does not have stays."""
        small, pieces, place = word.lower().translate(_APOSTROPHES), [], 0
        while place < len(word):
            ends = (small[place : place + size] for size in (3, 2))  # ISO 9 has letters with marks of their own
            piece = next((each for each in ends if each in self.letters), small[place])
            latin = self._by_rule(small, place, piece)
            if latin is None:
                latin = self.letters.get(piece, self.others.get(piece, word[place]))
            pieces.append(self._cased(word[place], latin))
            place += len(piece)
        text = "".join(pieces)
        return unicodedata.normalize("NFC", text.upper() if len(word) > 1 and word.isupper() else text)

    def _by_rule(self, word: str, place: int, letter: str) -> str | None:
        rules = [rule for rule in self.rules if rule.letter == letter]
        if not rules:
            return None
        previous = next(filter(None, map(letters_of, map(word.__getitem__, range(place - 1, -1, -1)))), "^")
        following = next(filter(None, map(letters_of, map(word.__getitem__, range(place + 1, len(word))))), "$")
        return next((rule.latin for rule in rules if rule.holds(previous, following)), None)

    def _cased(self, char: str, latin: str) -> str:
        if not char.isupper():
            return latin
        if self.has_tied_capitals and _TIE in latin:
            return latin.upper()
        start = next((place for place, each in enumerate(latin) if each.isalpha()), 0)
        return latin[:start] + latin[start : start + 1].upper() + latin[start + 1 :]


_TIE = "\u0361"
APOSTROPHES = "'’ʼ´`"
"""What stands for the apostrophe of Ukrainian and Belarusian; the tables have the second."""
_APOSTROPHES = str.maketrans(dict.fromkeys(APOSTROPHES, "’"))


def letters_of(word: str) -> str:
    """Return the letters of a word in small: no apostrophes, no marks (stress) on them."""
    return "".join(char for char in word.lower() if char.isalpha() and char not in APOSTROPHES)


def _as_published(latin: str) -> str:
    return latin


def _simplified(latin: str) -> str:
    """Return Latin letters as NACO normalisation has them: no marks, no signs for ь and ъ."""
    return _without_marks(latin).translate(_PLAIN)


_PLAIN = {ord("ʹ"): None, ord("ʺ"): None, ord("đ"): "d"}


def _without_marks(latin: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", latin) if unicodedata.category(char) != "Mn")


class System(NamedTuple):
    """How a scheme uses the tables of a published system."""

    name: str
    tables: str
    finish: Callable[[str], str] = _as_published
    has_dots: bool = True


SYSTEMS: dict[Scheme, System] = {
    "ala-lc": System("ALA-LC without marks", "ala-lc", _simplified),
    "ala-lc-full": System("ALA-LC with marks", "ala-lc"),
    "bgn-pcgn": System("BGN/PCGN", "bgn-pcgn"),
    "bgn-pcgn-plain": System("BGN/PCGN without the optional dot", "bgn-pcgn", has_dots=False),
    "bsi": System("BS 2979:1958 without marks", "bsi", _without_marks),
    "iso-9": System("ISO 9:1995", "iso-9"),
}
"""Every scheme, with the system whose tables it uses."""
EVERY = "*"
"""The language of the table of ISO 9, which is for every language."""


@cache
def _languages() -> dict[str, dict[str, str]]:
    return tomllib.loads(_read("languages.toml"))


def with_tables() -> dict[str, str]:
    """Return the English name of each language that has a table, by its tag."""
    return _languages()["tables"] | _languages()["rarer"]


def ranks() -> tuple[list[str], list[str]]:
    """Return the languages that letters prove first, and those that they prove where none of the first has them."""
    return [*_languages()["tables"]], [*_languages()["rarer"]]


def without_tables() -> dict[str, str]:
    """Return the English name of each language that is or was written in Cyrillic and has no table, by its tag."""
    return _languages()["none"]


@cache
def table(language: str, scheme: Scheme) -> Table | None:
    """Return the table of a language, by its two-letter tag, in a scheme; None where there is none."""
    system = SYSTEMS[scheme]
    name = f"{system.tables}.toml" if scheme == "iso-9" else f"{system.tables}-{language}.toml"
    if not _folder().joinpath(name).is_file():
        return None
    data: dict[str, Any] = tomllib.loads(_read(name))
    rules = (Rule(**{**rule, "latin": system.finish(rule["latin"])}) for rule in data.get("rules", ()))
    return Table(
        data["source"],
        data["url"],
        _pairs(data["letters"], system.finish),
        _pairs(data.get("others", ""), system.finish),
        tuple(rule for rule in rules if system.has_dots or not rule.optional),
        tuple(data.get("remarks", ())),
        scheme == "ala-lc-full",
    )


def _pairs(text: str, finish: Callable[[str], str]) -> dict[str, str]:
    return {letter: finish(latin) for letter, _, latin in (pair.partition("=") for pair in text.split())}


def _folder() -> Any:  # noqa: ANN401 - importlib's Traversable
    return files(__package__).joinpath("tables")


def _read(name: str) -> str:
    text: str = _folder().joinpath(name).read_text(encoding="utf-8")
    return text
