"""The rules TP425 to TP427: what an APA list does to capitals of English titles without proof (6.17)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tajikpeace_refs.apa.context import list_case
from tajikpeace_refs.apa.kinds import is_in_named_meeting, is_in_periodical
from tajikpeace_refs.lint.rule import Violation, rule
from tajikpeace_refs.model.base import csl_name
from tajikpeace_refs.model.library import Library
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import WriteOptions
from tajikpeace_refs.text.name_patterns import KEPT, Case, Word
from tajikpeace_refs.text.rich import clean, plain


@rule("TP425", "hint", "list")
def lowered_without_proof(library: Library) -> Iterator[tuple[Work, Violation]]:
    """An APA list writes words of a title in small letters that can also be names, such as surnames."""
    message = "an APA list writes {} in small letters; add names to proper-nouns"
    return _doubtful(library, Case.LOWERED_NAMELIKE, message)


@rule("TP426", "hint", "list")
def kept_without_proof(library: Library) -> Iterator[tuple[Work, Violation]]:
    """An APA list keeps the capitals of unknown words of a title in title case: names or common words."""
    message = "an APA list keeps the capital of {}; if it is not a name, write it in small letters"
    return _doubtful(library, Case.KEPT_UNKNOWN, message)


@rule("TP427", "hint", "list")
def not_lowered(library: Library) -> Iterator[tuple[Work, Violation]]:
    """An APA list keeps a title in title case, because it is not certain that the title is English."""
    titles = list_case(library.works, WriteOptions(front=library.front))
    for work in library:
        if work.title and titles.is_doubtful(clean(work.title), work.language):
            message = (
                "is in title case, and an APA list does not change it; write language: en for the work or the list"
            )
            yield work, Violation(("title",), message, work.title)


def _doubtful(library: Library, case: Case, message: str) -> Iterator[tuple[Work, Violation]]:
    for title in _judged(library):
        # A title of which nothing is lowered may be in sentence case.
        if all(each in KEPT for _, each in title.words):
            continue
        doubtful = list(dict.fromkeys(word.text for word, each in title.words if each is case))
        if doubtful:
            words = message.format(", ".join(doubtful))
            yield title.work, Violation((title.variable,), words, doubtful[0], title.text.find(doubtful[0]))


class _Title(NamedTuple):
    """A title that a list may lower: its work, variable and text, and what becomes of its words."""

    work: Work
    variable: str
    text: str
    words: list[tuple[Word, Case]]


def _judged(library: Library) -> Iterator[_Title]:
    """Yield the titles of works and those of the books that they stand in, each book once."""
    titles = list_case(library.works, WriteOptions(front=library.front))
    books: set[str] = set()
    for work in library:
        if work.title:
            yield _Title(work, "title", work.title, titles.judged(plain(clean(work.title)), work.language))
        book = work.container_title
        if book and book not in books and not (is_in_periodical(work) or is_in_named_meeting(work)):
            books.add(book)
            yield _Title(work, csl_name("container_title"), book, titles.judged(plain(clean(book)), work.language))


def suggested_nouns(library: Library) -> str:
    """Return YAML for ``proper-nouns``: names in titles that no list knows; as comments, words that may be names.

    Names beside each other are one phrase. What the file's ``proper-nouns`` name already is left out.
    """
    unknown: dict[str, None] = {}
    namelike: dict[str, None] = {}
    for *_, words in _judged(library):
        unknown.update(dict.fromkeys(_phrases(words)))
        namelike.update((word.text, None) for word, case in words if case is Case.LOWERED_NAMELIKE)
    known = set(library.proper_nouns)
    return "".join(
        [
            "proper-nouns:\n",
            "  # Capitals kept, since no list has these words. Remove what is not a name.\n" if unknown else "  []\n",
            *_items("- ", set(unknown) - known),
            "  # Written in small letters, though they can be names. Where one is a name, remove its first #.\n"
            if namelike
            else "",
            *_items("# - ", set(namelike) - known),
        ]
    )


def _items(mark: str, words: Iterable[str]) -> Iterator[str]:
    for word in sorted(words, key=str.casefold):
        yield f"  {mark}{word}\n"


def _phrases(words: list[tuple[Word, Case]]) -> Iterator[str]:
    """Yield the runs of names that hold an unknown one."""
    run: list[tuple[Word, Case]] = []
    for word, case in [*words, (None, None)]:
        if word and case in KEPT and (not run or (word.gap == " " and word.start == run[-1][0].end + 1)):
            run.append((word, case))
            continue
        if any(each is Case.KEPT_UNKNOWN for _, each in run):
            yield " ".join(each.text for each, _ in run)
        run = [(word, case)] if word and case in KEPT else []
