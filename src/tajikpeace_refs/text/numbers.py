"""Numbers as records write them: with the word for volume, issue, part or page, or a volume and an issue in one.

The words are those of English, Russian, Ukrainian, Tajik, German, French, Spanish, Italian, Polish, and of Russian in
Latin letters. Editions are in ``text.editions``, pages in ``model.pages``.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tajikpeace_refs.text.editions import ordinal_number

_NUMBER_SIGN = r"n[°º]|№№?"
# A label of one letter needs its full stop, or a space where Russian writes N for №.
_VOLUME = r"vol(?:ume|umen|s)?|volúmen|tom[eo]?|bd|band|bind|jg|jahrg(?:ang)?|årg|roč|год|том|ҷилди?|[vtтҷ](?=\.)"
_ISSUE = (
    r"iss(?:ue)?|no|nos|nr|núm|num(?:ber|éro|ero)?|heft|fasc(?:icule|icolo)?|zeszyt|zesz|vyp|"
    r"вып(?:уск)?|вип(?:уск)?|номер|шумораи?|рақами?|[nhzш](?=\.)|n(?=\s\d)"
)
_START = r"(?=\d|(?-i:[A-ZА-Я]{1,2}\d|[IVXLC]+\b))"
_LABEL = re.compile(rf"\s*(?:(?:{_VOLUME}|{_ISSUE})\b|{_NUMBER_SIGN})[.:]?\s*{_START}", re.IGNORECASE)
_IN_WORDS = re.compile(rf"\s*(?:{_VOLUME}|{_ISSUE})\b[.:]?\s+([^\W\d_]+)", re.IGNORECASE)
_PART = re.compile(
    rf"\s*(?:pt|part|teil|tl|partie|parte|część|cz|часть|частина|қисми?|ч(?=\.))\b\.?\s*{_START}", re.IGNORECASE
)
_NO = re.compile(rf"\s*(?:(?:nos?|nr|num|number|номер)\b\.?|{_NUMBER_SIGN})\s*(?=\d)", re.IGNORECASE)
_CHAPTER = re.compile(rf"\s*(?:ch|chap|chapter|kap|kapitel|гл|глава|розділ|боб)\b\.?\s*{_START}", re.IGNORECASE)
_LABELS = {
    "volume": _LABEL, "issue": _LABEL, "number": _NO, "part": _PART, "chapter_number": _CHAPTER,
}  # fmt: skip
LABELLED = tuple(_LABELS)
"""The variables whose labels are known."""
_COUNT = re.compile(
    r"\s*(?:(?:in|en|w|в|у|дар)\s+)?(?:(?:vols?|bde|tomes|тома|тт)\b\.?\s*)?(\d{1,4})"
    r"(?:[-‑](?:х|ти|и|ми))?\s*(?:volumes?|vols?|bd|bde|bände|t|tomes|tomos|tomi|tomy|т|тт|тома|томах|томов|ҷилд|"
    r"c|с|стр|pp?|pages|s|seiten|саҳ|стор)?\b\.?\s*",
    re.IGNORECASE,
)


def bare_number(text: str, variable: str = "volume") -> str:
    """Return a number without the word that says what it is; other words stay.

    >>> bare_number("vol. 12"), bare_number("No 3"), bare_number("Вып. 7"), bare_number("Suppl. 1"), bare_number("№ 2")
    ('12', '3', '7', 'Suppl. 1', '2')
    >>> bare_number("Том второй"), bare_number("Ҷилди сеюм"), bare_number("Том Сойер")
    ('2', '3', 'Том Сойер')
    >>> bare_number("Ҷилди 2"), bare_number("Ч. 2", "part"), bare_number("№№ 1–2"), bare_number("Special issue 4")
    ('2', '2', '1–2', 'Special issue 4')
    """
    if label := _LABELS[variable].match(text):
        return text[label.end() :].strip()
    word = _IN_WORDS.fullmatch(text)
    number = ordinal_number(word[1]) if word else None
    return str(number) if number else text


def count(text: str) -> str:
    """Return a number of volumes or pages without the word for what is counted; other words stay.

    >>> count("3 vols."), count("в 3-х т."), count("320 с."), count("xii, 320 p.")
    ('3', '3', '320', 'xii, 320 p.')
    """
    match = _COUNT.fullmatch(text)
    return match[1] if match else text


class VolumeAndIssue(NamedTuple):
    """A volume and the issue that a text has beside it."""

    volume: str
    issue: str


_ONE = r"(?:\d[\w–-]*(?:/\d+)?|[IVXLC]+)"
_BOTH = re.compile(
    rf"({_ONE})\s*(?:\(\s*([^()]+?)\s*\)|[,;:]?\s*((?:(?:{_ISSUE})\b|{_NUMBER_SIGN})[.:]?\s*{_ONE}))", re.IGNORECASE
)
_LONGEST = 60
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")


def volume_and_issue(text: str) -> VolumeAndIssue | None:
    """Return the volume and the issue of a text that holds both; a year in parentheses is no issue.

    >>> volume_and_issue("3(4)"), volume_and_issue("Т. 3, № 5")
    (VolumeAndIssue(volume='3', issue='4'), VolumeAndIssue(volume='3', issue='5'))
    >>> volume_and_issue("3 (1999)"), volume_and_issue("12/13"), volume_and_issue("3(Suppl. 2)")
    (None, None, VolumeAndIssue(volume='3', issue='Suppl. 2'))
    """
    match = _BOTH.fullmatch(bare_number(text.strip())) if len(text) <= _LONGEST else None
    if match is None:
        return None
    issue = bare_number((match[2] or match[3]).strip(), "issue")
    is_number = re.search(r"\d|^[IVXLC]+$", issue) is not None
    return VolumeAndIssue(match[1], issue) if is_number and not _YEAR.fullmatch(issue) else None
