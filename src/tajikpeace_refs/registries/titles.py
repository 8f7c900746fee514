"""The titles of a record: with their subtitles, and which is the original where there are two. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tajikpeace_refs.registries.items import Data
from tajikpeace_refs.text.languages import is_english
from tajikpeace_refs.text.scripts import is_latin
from tajikpeace_refs.text.titles import seems_english

_ENDS = "?!:.…"
_MOST = 0.75
"""So much of a subtitle's words that stand in the title, too, make it a short form of that."""


@dataclass(frozen=True, slots=True)
class Titles:
    """The title variables of a work, every title of its record, and in words what is odd in them."""

    variables: Data
    all: tuple[str, ...]
    remarks: tuple[str, ...] = ()

    @classmethod
    def of(cls, titles: Sequence[str], subtitles: Sequence[str], originals: Sequence[str], language: str) -> Titles:
        """Return the titles of a record that names its titles, their subtitles, and the title of what it translates.

        Of two titles the one in the record's language is the title, the other its translation; one in another script
        than Latin is the original of one in Latin letters.
        """
        remarks: list[str] = []
        joined = [each.rstrip(" /") or each for each in _joined(titles, subtitles)]
        every = (*joined, *titles, *originals)
        joined = _without_heads(joined)
        if not joined and originals:
            remarks.append("the record has an original title only")
            joined, originals = [originals[0]], originals[1:]
        if not joined:
            return cls({}, ())
        place = _original(joined, language)
        if len(joined) > 1 and place is None:
            remarks.append(f"the record has two titles and leaves open which is the original: {joined[1]!r}")
        title = joined[place or 0]
        others = [each for each in joined if each != title]
        variables: Data = {"title": title, "translated-title": next(iter(others), "")}
        known = {_plain(each) for each in (*joined, *titles)}
        variables["original-title"] = next((each for each in originals if _plain(each) not in known), "")
        if is_english(language) and not is_latin(title):
            remarks.append(f"the record has the language {language!r}, but the title is in another script")
            variables["language"] = ""
        return cls(variables, every, tuple(remarks))


def _joined(titles: Sequence[str], subtitles: Sequence[str]) -> list[str]:
    """Return titles with their subtitles: one each, or all of them behind the only title."""
    if len(titles) == len(subtitles) > 1:
        return [_with_subtitle(*pair) for pair in zip(titles, subtitles, strict=True)]
    found = list(titles)
    for subtitle in subtitles if found else ():
        found[0] = _with_subtitle(found[0], subtitle)
    return found


def _without_heads(titles: Sequence[str]) -> list[str]:
    """Return titles without those with which another one begins."""
    words = [_words(each) for each in titles]
    return [
        title
        for mine, title in zip(words, titles, strict=True)
        if not any(len(mine) < len(other) and other[: len(mine)] == mine for other in words)
    ]


def _with_subtitle(title: str, subtitle: str) -> str:
    """Return a title with its subtitle, unless it has that already or the subtitle is a short form of it."""
    words, of_title = set(_words(subtitle)), set(_words(title))
    if not words or sum(word in of_title for word in words) > _MOST * len(words):
        return title
    return f"{title}{' ' if title[-1] in _ENDS else ': '}{subtitle}"


def _original(titles: Sequence[str], language: str) -> int | None:
    """Return the place of the title that the others translate; None where that cannot be said."""
    latin = [is_latin(each) for each in titles]
    if any(latin) and not all(latin):
        return latin.index(is_english(language) and latin[0])
    english = [seems_english(each) for each in titles]
    if language and any(english) and not all(english):
        return english.index(is_english(language))
    return None


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _plain(text: str) -> str:
    return " ".join(_words(text))
