"""Which titles of a list are lowered: decided once for the list, so that no list comes out half in title case."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from tajikpeace_refs.options import TitleCase
from tajikpeace_refs.text import languages
from tajikpeace_refs.text.name_patterns import Case, Word
from tajikpeace_refs.text.proper_nouns import Usage
from tajikpeace_refs.text.rich import KEEP, KEEP_END, NOCASE, strip
from tajikpeace_refs.text.titles import (
    ENGLISH,
    FOREIGN,
    NO_NOUNS,
    NO_USAGE,
    Nouns,
    has_words,
    is_in_capitals,
    is_title_case,
    judged,
    lowered,
    seems_english,
    sentence_case,
    subtitle_capitals,
    title_case,
)

_WORD = re.compile(r"[^\W_]+")
_DASH = re.compile(" [-–—] ")


class Title(NamedTuple):
    """A title of a list, as the data have it, and its language."""

    text: str
    language: str | None


@dataclass(frozen=True)
class ListCase:
    """How the titles of one list are cased; see ``ListCase.of``."""

    nouns: Nouns = NO_NOUNS
    mode: TitleCase = "auto"
    language: str | None = None
    """The language of works that name none."""
    lowers_untagged: bool = False
    """Whether titles without a language that seem English are lowered too."""
    braces_are_automatic: bool = False
    """Whether a program marked every capital (``nocase``), so that the marks do not show which words are names."""
    usage: Usage = NO_USAGE

    @classmethod
    def of(
        cls,
        titles: Sequence[Title],
        prose: Callable[[], Iterable[str]] = tuple,
        *,
        nouns: Nouns = NO_NOUNS,
        mode: TitleCase = "auto",
        language: str | None = None,
    ) -> ListCase:
        """Return how to case the titles of a list.

        Titles with a language other than English are never lowered. Those without one are where the list shows that
        English titles stand in it in title case: by one with a language, by one of three words or more with a small
        English word, or by two without.

        Args:
            titles: all titles of the list.
            prose: gives running English text (abstracts), for how words are written; called where it is needed.
            nouns: words and phrases that keep their capitals.
            mode: ``keep`` lowers nothing, ``sentence`` every title that is or seems English.
            language: of the works that name none.
        """
        proofs = 2 if mode == "sentence" else 0
        if mode == "auto":
            for title in titles:
                proofs += _proof(title.text, title.language or language, nouns)
                if proofs > 1:
                    break
        automatic = mode != "keep" and _braces_are_automatic(titles)
        return cls(nouns, mode, language, proofs > 1, automatic, _LibraryUsage(titles, prose))

    def cased(self, text: str, language: str | None) -> str:
        """Return a title, its tags read as marks, as the list has it: in sentence case, or as given.

        The first word of a subtitle gets its capital in every language.
        """
        language = language or self.language
        is_english = languages.is_english(language) if language else None
        if self.mode == "keep" or is_english is False:
            return _with_subtitle(text, is_english=is_english)
        text = with_named_meetings(self._unmarked(text))
        if text[1:].islower():
            return _with_subtitle(text, is_english=is_english)
        if is_english or (is_in_capitals(text) and seems_english(text)):
            return sentence_case(text, self.nouns, self.usage)
        if self.lowers_untagged and is_title_case(text, self.nouns) and seems_english(text, among_english=True):
            return lowered(text, self.nouns, self.usage)
        return _with_subtitle(text, is_english=is_english)

    def judged(self, text: str, language: str | None) -> list[tuple[Word, Case]]:
        """Return the words of a title that is lowered whose capitals are in question, and what becomes of each."""
        text, language = self._unmarked(text), language or self.language
        is_lowered = (
            languages.is_english(language)
            if language
            else self.lowers_untagged and seems_english(text, among_english=True)
        )
        if self.mode == "keep" or not is_lowered or not is_title_case(text, self.nouns):
            return []
        return [(word, case) for _, word, case in judged(text, self.nouns, self.usage) if case and word.is_capital]

    def is_doubtful(self, text: str, language: str | None) -> bool:
        """Whether a title is left in title case only because the list does not show that it is English."""
        if self.mode != "auto" or self.lowers_untagged or language or self.language or text[1:].islower():
            return False
        is_long = sum(len(word) > 1 for word in _WORD.findall(text)) > 2
        return is_long and is_title_case(text, self.nouns) and seems_english(text)

    def _unmarked(self, text: str) -> str:
        if self.braces_are_automatic and KEEP in text:
            return text.replace(KEEP, "").replace(KEEP_END, "")
        return text


_MEETING = re.compile(
    r"(\bProceedings of the (?:[12]\d{3}\b|\d+[\ue000-\ue00b]*(?:st|nd|rd|th)\b|"
    r"(?=(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b)))"
    r"(?=[^:]*?\b(?:conference|symposium|workshop|congress|colloquium|meeting)\b)([^:]+)"
)


def with_named_meetings(text: str) -> str:
    """Return an English title in which the meeting whose proceedings it is has the capitals of a name (6.17).

    Only one that its year or ordinal shows to be a single meeting; publishers write such names half in sentence case.

    >>> with_named_meetings("HIVE '06: Proceedings of the 2006 international workshop on Bees in cities")
    "HIVE '06: Proceedings of the 2006 International Workshop on Bees in Cities"
    >>> with_named_meetings("Proceedings of the conference that nobody held")
    'Proceedings of the conference that nobody held'
    """
    if "roceedings of the " not in text:
        return text
    return _MEETING.sub(lambda match: match[1] + title_case(match[2]), text)


def _with_subtitle(text: str, *, is_english: bool | None) -> str:
    """Return a title with the capital of its subtitle; a dash between spaces begins one in what seems English."""
    if is_english is None:
        is_english = not _DASH.search(text) or seems_english(text)
    return subtitle_capitals(text, is_english=is_english)


def _proof(text: str, language: str | None, nouns: Nouns) -> int:
    """Return how far a title proves that English titles stand in title case: 2 alone, 1 with another one, 0 not."""
    if (language and not languages.is_english(language)) or text[1:].islower():
        return 0
    if "<" in text:
        text = strip(text)
    if not is_title_case(text, nouns):
        return 0
    if language:
        return 2
    if not seems_english(text):
        return 0
    return 2 if len(text.split()) > 2 and has_words(text, ENGLISH) else 1


def _braces_are_automatic(titles: Iterable[Title]) -> bool:
    """Whether the ``nocase`` marks of a list were made by a program, as Zotero's and Better BibTeX's are.

    Such a program marks every capital. Who marks by hand leaves capitals of title case unmarked, and marks no common
    word that is not part of a name. A mark round a whole title protects its capitals, whoever made it (btxdoc).
    """
    automatic = by_hand = 0
    for text, _ in titles:
        if "nocase" not in text:
            continue
        bare = strip(text)
        if not is_title_case(bare):
            continue
        outside = [match[0] for match in _WORD.finditer(strip(NOCASE.sub(" ", text)))]
        if not outside or any(word != word.lower() for word in outside[1:]):
            by_hand += 1
        elif any(case is Case.LOWERED for _, word, case in judged(bare, NO_NOUNS, NO_USAGE) if word.is_capital):
            automatic += 1
    return automatic > by_hand


_ENDINGS = ("", ",", ".", ";", ":", ")")


class _LibraryUsage(Usage):
    """How the titles and the running text of a library write words."""

    def __init__(self, titles: Sequence[Title], prose: Callable[[], Iterable[str]]) -> None:
        self._titles = titles
        self._prose = prose

    def has_small(self, word: str) -> bool:
        return any(word + ending in self._written for ending in _ENDINGS)

    def has_capital(self, word: str) -> bool:
        return word.capitalize() in self._capital

    @cached_property
    def _written(self) -> frozenset[str]:
        """All words as they are written, with what follows them without a space."""
        found: set[str] = set()
        for text, language in self._titles:
            if languages.is_english(language) if language else not has_words(text, FOREIGN):
                found.update(text.split()[1:])
        for text in self._prose():
            found.update(text.split())
        return frozenset(found)

    @cached_property
    def _capital(self) -> frozenset[str]:
        found = (re.findall(r"(?<=[a-z,] )[A-Z][a-z]+", text) for text in self._prose())
        return frozenset(word for words in found for word in words)
