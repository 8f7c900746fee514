"""The rules TP401, TP435 and TP436: letters of one script, or digits, that stand for letters of another.

What is judged is the word, and the whole text or name around it; a repair is offered where no other reading is left.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from tajikpeace_refs.lint.rule import Text, Violation, rule
from tajikpeace_refs.model.base import attribute
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.text.languages import is_language
from tajikpeace_refs.text.roman_numerals import MistypedNumeral, mistyped_numerals
from tajikpeace_refs.text.scripts import CYRILLIC, CYRILLIC_TWIN, LATIN, LATIN_TWIN

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")
_CYRILLIC, _LATIN = re.compile(f"[{CYRILLIC}]"), re.compile(f"[{LATIN}]")
_DIGITS = {"0": "О", "3": "З"}
_ROMAN = re.compile("[IVXLCDM]+[а-яё]{1,3}")
"""A number with its ending: XIXв."""


@rule("TP401", "error", "text")
def look_alike(text: Text) -> Iterator[Violation]:
    """A letter of another script is in a word, and looks the same: search and sorting miss the word."""
    if text.value.isascii() and not _siblings(text):
        return
    words = list(_WORD.finditer(text.value))
    around = _Words([*(word[0] for word in words), *_siblings(text)])
    numerals = {numeral.start for numeral in _numerals(text)}
    for word in words:
        if word.start() in numerals:
            continue
        reading = _reading(word[0], around)
        if places := [place for place, char in enumerate(word[0]) if char in reading.twins]:
            first, end = places[0], places[-1] + 1
            repaired = "".join(reading.twins.get(char, char) for char in word[0])
            script = "Latin" if reading.twins is CYRILLIC_TWIN else "Cyrillic"
            message = f"the letter {word[0][first]!r} of {word[0]!r} is {script}"
            is_sure = reading.is_sure and all(_may_have(text, repaired[place]) for place in places)
            message += f"; write all of {repaired!r} in one script" if is_sure else "; write one script"
            new = repaired[first:end] if is_sure else None
            yield text.report(message, word[0][first:end], word.start() + first, new)


class _Reading(NamedTuple):
    """The letters of a word to replace, each with its twin of the other script; none where nothing is wrong."""

    twins: dict[str, str]
    is_sure: bool = True


_PREPOSITIONS = frozenset("ackoyасоук")


class _Words:
    """What the words of a text or name, counted once, say of the script of one of them."""

    def __init__(self, words: list[str]) -> None:
        telling = [word for word in words if len(word) > 1 or word not in _PREPOSITIONS]
        is_one_script = len(telling) > 1
        self.are_cyrillic = is_one_script and all(map(_CYRILLIC.match, telling))
        self.are_latin = is_one_script and all(map(_LATIN.match, telling))
        self._cyrillic = Counter(bool(_CYRILLIC.match(word)) for word in words if len(word) > 1)

    def others_agree_on(self, word: str) -> bool | None:
        """Whether the other words of more than one letter are all Cyrillic (True) or none is; None: neither."""
        others = self._cyrillic - Counter([bool(_CYRILLIC.match(word))])
        return next(iter(others)) if len(others) == 1 else None


def _reading(word: str, around: _Words) -> _Reading:
    """Return how a word is to be read beside the other words of its text or name."""
    latin, cyrillic = set(_LATIN.findall(word)), set(_CYRILLIC.findall(word))
    if len(word) == 1 and word in _PREPOSITIONS:  # decided by the other words
        is_strange = around.are_cyrillic if latin else around.are_latin
        return _Reading((CYRILLIC_TWIN if latin else LATIN_TWIN) if is_strange else {})
    if not latin or not cyrillic or _ROMAN.fullmatch(word):
        return _Reading({})
    may_be_cyrillic, may_be_latin = latin <= CYRILLIC_TWIN.keys(), cyrillic <= LATIN_TWIN.keys()
    if not (may_be_cyrillic and may_be_latin):
        return _Reading(CYRILLIC_TWIN if may_be_cyrillic else LATIN_TWIN if may_be_latin else {})
    return _of_twins(word, around)


def _of_twins(word: str, around: _Words) -> _Reading:
    """Return how a word is to be read that either script could spell: by most letters, unless all words differ."""
    if "".join(CYRILLIC_TWIN.get(char, char) for char in word) in _ACRONYMS:
        return _Reading(CYRILLIC_TWIN)
    lead = sum(2 * bool(_CYRILLIC.match(char)) - 1 for char in word)
    agreed = around.others_agree_on(word)
    is_cyrillic = lead > 0 if lead else bool(agreed)
    is_sure = bool(lead or agreed is not None) and agreed in {None, is_cyrillic}
    return _Reading(CYRILLIC_TWIN if is_cyrillic else LATIN_TWIN, is_sure)


# Letters of few languages: in a word of another one they are as wrong as the Latin ones that they look like.
_ONLY_IN = {
    **dict.fromkeys("іІ", ("uk", "be", "kk", "rue")), **dict.fromkeys("їЇ", ("uk", "rue")),
    **dict.fromkeys("Ѕѕ", ("mk",)), **dict.fromkeys("Јј", ("sr", "mk", "az")),
    "һ": ("kk", "tt", "ba", "sah"), "ԛ": ("ku",),
}  # fmt: skip
_NOT_UKRAINIAN = re.compile("[ыэъёғӣқӯҳҷ]", re.IGNORECASE)


def _may_have(text: Text, letter: str) -> bool:
    """Whether the language of a text has a letter; without a language, і and ї may stand where nothing is Russian."""
    languages = _ONLY_IN.get(letter)
    if languages is None:
        return True
    if text.work.language and not str(text.path[0]).startswith(("trans", "original")):
        return any(is_language(text.work.language, code) for code in languages)
    return "uk" in languages and not _NOT_UKRAINIAN.search(text.value)


def _siblings(text: Text) -> list[str]:
    """Return the words of the other parts of a name; none for a text that is not part of a name."""
    name = _name(text)
    if name is None:
        return []
    parts = [getattr(name, part) for part in ("family", "given") if part != text.path[-1]]
    return [word for part in parts if part for word in _WORD.findall(part)]


def _name(text: Text) -> Name | None:
    """Return the name that a text is the family or given name of; none for a form in Latin letters."""
    if len(text.path) != 3 or text.path[-1] not in {"family", "given"} or not isinstance(text.path[1], int):
        return None
    names: tuple[Name, ...] = getattr(text.work, attribute(str(text.path[0])))
    return names[text.path[1]]


@rule("TP436", "warning", "text")
def numeral(text: Text) -> Iterator[Violation]:
    """A Roman numeral is typed with Cyrillic letters: `ХIХ` for XIX."""
    for found in _numerals(text):
        message = f"the numeral {found.written!r} has Cyrillic letters; write {found.latin!r} in Latin ones"
        yield text.report(message, found.written, found.start, found.latin)


def _numerals(text: Text) -> list[MistypedNumeral]:
    """Return the mistyped numerals of a text; a name has initials, and none."""
    return [] if text.path[-1] in {"family", "given"} else list(mistyped_numerals(text.value))


@rule("TP435", "warning", "text")
def of_other_script(text: Text) -> Iterator[Violation]:
    """Initials, an acronym or a letter among Cyrillic ones are Latin letters or digits, or the other way round."""
    if text.path[-1] == "given":
        yield from _strange_given(text)
    elif _CYRILLIC.search(text.value):
        for found in (_strange_initials, _latin_acronyms, _digits, _first_letter):
            yield from found(text)


_ONLY_INITIALS = re.compile(r"(?:[^\W_]\.?(?:[\s‐‑-]+|(?<=\.)|$))+")


def _strange_given(text: Text) -> Iterator[Violation]:
    """Yield a given name in another script than its family name; initials are repaired where all of them have twins."""
    family = "".join(_siblings(text))
    is_cyrillic, is_latin = bool(_CYRILLIC.search(family)), bool(_LATIN.search(family))
    if is_cyrillic == is_latin:
        return
    letters = (_LATIN if is_cyrillic else _CYRILLIC).findall(text.value)
    strange = [*letters, *re.findall("[03]", text.value if is_cyrillic else "")]
    script = "Cyrillic" if is_cyrillic else "Latin"
    if strange and _ONLY_INITIALS.fullmatch(text.value):
        # A family name of twins alone may itself be typed in the wrong script.
        twins = (CYRILLIC_TWIN | _DIGITS) if is_cyrillic else {} if set(family) <= CYRILLIC_TWIN.keys() else LATIN_TWIN
        right = "".join(twins.get(char, char) for char in text.value)
        is_sure = all(char in twins and _may_have(text, twins[char]) for char in strange)
        message = f"{text.value!r} is next to a {script} family name, but not all of it is {script}"
        what = f"write {right!r} in {script} letters" if is_sure else "write one script"
        yield text.report(f"{message}; {what}", text.value, 0, right if is_sure else None)
    elif letters and len(letters) == sum(map(str.isalpha, text.value)):
        message = f"{text.value!r} is next to a {script} family name; write one script, or `transliterated`"
        yield text.report(message, text.value)


_INITIALS = re.compile(
    rf"(?<![^\W_])(?:[A-Z{CYRILLIC}]\. ?){{2,3}}(?=[{CYRILLIC}]{{3,}})"  # A. C. Пушкина
    rf"|(?<=[{CYRILLIC}]{{3}} )(?:[A-Z{CYRILLIC}]\. ?)+[A-Z{CYRILLIC}]\.(?!\w)"  # Пушкин A. C.
)


def _strange_initials(text: Text) -> Iterator[Violation]:
    for match in _INITIALS.finditer(text.value):
        written = match[0].rstrip()
        latin = _LATIN.findall(written)
        if latin and all(char in CYRILLIC_TWIN and _may_have(text, CYRILLIC_TWIN[char]) for char in latin):
            right = "".join(CYRILLIC_TWIN.get(char, char) for char in written)
            is_sure = text.value[match.end() : match.end() + 1].isupper()
            message = f"{written!r} next to a Cyrillic name has Latin letters; in Cyrillic it is {right!r}"
            yield text.report(message, written, match.start(), right if is_sure else None)


# Acronyms and names whose letters all have Latin twins: those that no Latin acronym is spelled as, and others.
_ACRONYMS = frozenset({"СССР", "СРСР", "ТАСС", "МХАТ", "ВСНХ", "НАТО", "МОСКВА", "ТОМСК", "ОМСК", "КУРСК"})
_LIKELY_ACRONYMS = frozenset({"ООН", "КНР", "МНР", "СНК", "ВОКС"})


def _latin_acronyms(text: Text) -> Iterator[Violation]:
    words = [word for word in _WORD.finditer(text.value) if len(word[0]) > 1 and not _CYRILLIC.match(word[0])]
    for word in words[: len(words) == 1]:
        right = "".join(CYRILLIC_TWIN.get(char, "") for char in word[0])
        if right in _ACRONYMS | _LIKELY_ACRONYMS and word[0].isascii():
            message = f"{word[0]!r} among Cyrillic words is in Latin letters; in Cyrillic it is {right!r}"
            yield text.report(message, word[0], word.start(), right if right in _ACRONYMS else None)


# A digit for a letter: 3ащита, 0бщество, Та6лица. What counts stays: 3-й, 3го, 3летний, 3этажный, СО2.
_COUNTED = "лет|мерн|дневн|недел|месяч|час|том|этаж|фаз|комн|атом|угол|сот|тысяч|курс|класс|цвет|значн|слой|кратн|ярус"
_DIGIT_WORD = re.compile(
    rf"(?<![\w.,§№])(?:0[а-яё]{{3,}}|3(?!{_COUNTED})[а-яё]{{4,}}|[А-ЯЁа-яё]+[0346][а-яё]{{2,}})(?!\w)"
)
_DIGIT_LETTERS = str.maketrans("0346", "озчб")


def _digits(text: Text) -> Iterator[Violation]:
    for match in _DIGIT_WORD.finditer(text.value):
        right = match[0].translate(_DIGIT_LETTERS)
        if match[0][0].isdigit() and not match.start():
            right = right.capitalize()
        yield text.report(f"{match[0]!r} has a digit for a letter; is it {right!r}?", match[0], match.start())


# «C чего начинается», «B поисках», «K вопросу»; «C для начинающих» is about a language.
_FIRST_LETTER = re.compile(rf"(?:\A|[.:?!—] )[«“]?([ABCKOY])(?= (?!(?:и|или|для|на|как)\b)[{CYRILLIC}])")


def _first_letter(text: Text) -> Iterator[Violation]:
    """Yield a Latin capital that stands for a Cyrillic word of one letter before a word that begins small."""
    if text.is_title and (match := _FIRST_LETTER.search(text.value)) and text.value[match.end() + 1].islower():
        right = CYRILLIC_TWIN[match[1]]
        message = f"{match[1]!r} before a Cyrillic word is a Latin letter; is it the word {right!r}?"
        yield text.report(message, match[1], match.start(1))
