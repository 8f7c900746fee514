"""Does a page show the work that was cited? Its title, or an author and the year, in any script. Pure.

A page that shows them is the page, whatever its address says; one that shows nothing of a work that is well described
is probably another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

from tajikpeace_refs.links.page import Page
from tajikpeace_refs.model import Work
from tajikpeace_refs.model.folding import fold
from tajikpeace_refs.text.rich import strip
from tajikpeace_refs.text.scripts import has_cyrillic
from tajikpeace_refs.text.transliteration import transliterate


class Shown(IntEnum):
    """How much of a work a page shows, the least first."""

    NOTHING = 0
    """No word that matters, though the work is well described."""
    UNKNOWN = 1
    """Too little to say."""
    SOME = 2
    """An author, the year, the publisher or container, or half of the words of the title."""
    IN_TEXT = 3
    """The title in the text, or an author with the year."""
    PROMINENT = 4
    """The title as that of the page: in its title, a heading, its metadata."""


class Evidence(NamedTuple):
    """What a page shows of the works that cite it, and in words what was found."""

    shown: Shown
    words: str = ""
    titles: tuple[str, ...] = ()
    """The forms of the cited titles, as words without case and marks."""


@dataclass(frozen=True, slots=True)
class Cited:
    """What a page that shows a work should show; all texts are words without case, marks and signs."""

    titles: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Family names of authors and editors, and names of organisations."""
    years: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    """What stands behind the colon of titles, where it can stand alone."""
    sources: tuple[str, ...] = ()
    """Names of the publisher and the container."""

    @property
    def is_described(self) -> bool:
        """Whether enough is known of the work for its absence to mean something."""
        return bool(self.names and self.years and any(len(title.split()) > 2 for title in self.titles))


_TITLES = ("title", "title_short", "translated_title", "transliterated_title", "original_title")
_SOURCES = ("container_title", "translated_container_title", "publisher", "translated_publisher")
_SUBTITLE = re.compile(r"(?:(?<!\s)\s+)?(?:[:?!—–]|\.\s|\(|\s-\s)")
# Tajik is often typed with the letters of Russian.
_AS_RUSSIAN = str.maketrans("ҳқғҷӣӯі", "хкгчиуи")
_LONG_TITLE = 14
"""From so many letters on, a title without author or year is that of one work; so is one of three words."""
_MATTERS = re.compile(r"\w{4,}")


def words_of(text: str) -> str:
    """Return the words of a text without case, marks and signs, with single spaces.

    >>> words_of("Сулҳу оштии: «миллӣ»"), words_of("L'été—2005")
    ('сулху оштии милли', 'l ete 2005')
    """
    folded = fold(text.translate(_AS_RUSSIAN).replace("ʹ", "").replace("ʺ", "").replace("’", "'"))
    return " ".join(re.findall(r"\w+", folded.translate(_AS_RUSSIAN).replace("'", " ")))


def cited(work: Work) -> Cited:
    """Return what a page that shows the work should show."""
    titles = [strip(text) for name in _TITLES if (text := getattr(work, name))]
    parts = [_SUBTITLE.split(title, maxsplit=1) for title in titles]
    mains = [main for main, *_ in parts if _stands_alone(main)]
    ends = [end for _, *rest in parts for end in rest if _stands_alone(end)]
    people = [*work.author, *work.editor, *work.director]
    names = [name.literal or name.family or name.given or "" for name in people]
    issued = work.issued
    years = [f"{point.year:04d}" for point in (issued.points if issued else ()) if point and point.year > 0]
    sources = [text for name in _SOURCES if (text := getattr(work, name))]
    return Cited(
        _forms([*titles, *mains], work.language),
        _forms(names, work.language),
        tuple(dict.fromkeys(years)),
        _forms(ends, work.language),
        _forms(sources, work.language),
    )


def _forms(texts: Iterable[str], language: str | None) -> tuple[str, ...]:
    """Return texts as words, those in Cyrillic in Latin letters as well."""
    found = list(texts)
    latin = [transliterate(text, language) for text in found if has_cyrillic(text)]
    return tuple(dict.fromkeys(form for text in [*found, *latin] if (form := words_of(text))))


def _stands_alone(title: str) -> bool:
    return len(words_of(title).split()) > 2 or len(title) >= _LONG_TITLE


def evidence(page: Page | None, works: Iterable[Cited]) -> Evidence:
    """Return what a page shows of the works that cite it; of several, that of which it shows most.

    >>> work = Cited(("the accord and its enemies",), ("duarte",), ("2001",))
    >>> evidence(Page(title="The Accord and its Enemies | Review"), [work]).shown.name
    'PROMINENT'
    >>> evidence(Page(title="Slots", text="Play now"), [work]).shown.name
    'NOTHING'
    """
    held = list(works)
    if page is None or not held:
        return Evidence(Shown.UNKNOWN)
    seen = _Seen(page)
    titles = tuple(title for work in held for title in work.titles)
    shown, words = max((_of_one(seen, work) for work in held), key=lambda found: found[0])
    return Evidence(shown, words, titles)


class _Seen:
    """A page as words: what it is called in each place, and its text."""

    def __init__(self, page: Page) -> None:
        self._page = page
        named = [("title", page.title), *(("heading", each) for each in page.main_headings)]
        named += [("metadata", each) for each in page.metadata]
        self.places = [(name, words_of(text)) for name, text in named]
        self.places += [(name, words_of(transliterate(text))) for name, text in named if has_cyrillic(text)]

    @cached_property
    def text(self) -> str:
        """Title, metadata and text, with a space at each end."""
        page = self._page
        return f" {words_of(' '.join((page.title, page.text, *page.metadata)))} "

    def has_any(self, texts: Iterable[str]) -> bool:
        """Whether one of some texts stands on the page."""
        return any(f" {text} " in self.text for text in texts)


def _of_one(seen: _Seen, work: Cited) -> tuple[Shown, str]:
    if words := _prominent(seen, work):
        return Shown.PROMINENT, words
    if seen.has_any(filter(_stands_alone, work.titles)):
        return Shown.IN_TEXT, "the text has the cited title"
    has_name, has_year = seen.has_any(work.names), seen.has_any(work.years)
    if has_name and has_year:
        return Shown.IN_TEXT, "the text has an author and the year"
    if has_name or has_year or seen.has_any(work.sources):
        return Shown.SOME, ""
    if any(_has_half(title, seen.text) for title in work.titles):
        return Shown.SOME, "the text has words of the cited title"
    return (Shown.NOTHING, "the page shows nothing of the cited work") if work.is_described else (Shown.UNKNOWN, "")


def _prominent(seen: _Seen, work: Cited) -> str:
    """Return in words where the page is called by the title, or by its beginning or end; empty where it is not."""
    is_known = seen.has_any(work.names + work.years)
    for title in work.titles if is_known else filter(_stands_alone, work.titles):
        for place, text in seen.places:
            if f" {title} " in f" {text} ":
                return f"the {place} has the cited title"
            if is_known and _is_shortened(title, text):
                return f"the {place} has the beginning of the cited title"
    for place, text in seen.places if is_known else ():
        if text in work.ends:
            return f"the {place} is the end of the cited title"
    return ""


def _is_shortened(title: str, text: str) -> bool:
    """Whether the name of a page, that of its site aside, begins as the title does: "Demobilised: Portraits of …"."""
    common = 0
    for one, other in zip(title.split(), text.split(), strict=False):
        if one != other:
            break
        common += 1
    return common >= 4


def _has_half(title: str, text: str) -> bool:
    words = list(_significant(title))
    return bool(words) and sum(f" {word} " in text for word in words) * 2 >= len(words)


def _significant(title: str) -> Iterator[str]:
    return (match[0] for match in _MATTERS.finditer(title))
