"""In-text citations (chapter 8): ``(Ashurov, 2008; Burton, 1990)``, ``Ashurov (2008)``."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from tajikpeace_refs.apa.context import RenderContext
from tajikpeace_refs.apa.dates import long_date
from tajikpeace_refs.apa.in_text import AuthorForms, cited_year, title_as_author
from tajikpeace_refs.apa.locators import printed_locator
from tajikpeace_refs.apa.names import creators, join_in_text, printed_name
from tajikpeace_refs.apa.order import ListEntry, each_once, fold, is_text_only, list_entry, year_suffix, year_suffixes
from tajikpeace_refs.apa.punctuation import join_commas
from tajikpeace_refs.errors import UsageError, no_work
from tajikpeace_refs.model.citation import Citation, CitationGroup
from tajikpeace_refs.model.library import Library
from tajikpeace_refs.model.locator import Locator
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import WriteOptions
from tajikpeace_refs.text.rich import RENDERERS, clean


class _Cited(NamedTuple):
    """One item of a citation, with the parts that are printed of it.

    ``author`` has ``&`` as parentheses do, ``running`` has ``and``; ``short`` is the abbreviation of a group's name,
    ``persons`` are those whose names are printed, ``place`` is where the work stands in the list.
    """

    item: Citation
    author: str
    running: str
    year: str
    locator: str = ""
    short: str = ""
    persons: tuple[Name, ...] = ()
    order: tuple[int, str, str] = (0, "", "")
    place: int = 0

    @property
    def details(self) -> str:
        """Year and place in the work: ``2008, p. 9``."""
        return join_commas(self.year, self.locator)

    @property
    def has_author(self) -> bool:
        return self.item.mode in {"normal", "author-only"}


class Citer:
    """Cites the works of one list in one document, and remembers which abbreviations it has explained (APA 8.21).

    An abbreviation that two organisations of the list share is not used.

    >>> who = {"literal": "World Health Organization", "short": "WHO"}
    >>> data = {"id": "a", "type": "book", "title": "Health", "author": [who], "issued": 2020}
    >>> citer = Citer([Work.model_validate(data)])
    >>> citer.cite(["a"]), citer.cite(["a"])
    ('(World Health Organization [WHO], 2020)', '(WHO, 2020)')
    """

    def __init__(
        self,
        works: Library | Iterable[Work],
        options: WriteOptions = WriteOptions(),  # noqa: B008 - immutable
        *,
        abbreviations: Mapping[str, str] | None = None,
        introduced: bool = False,
    ) -> None:
        """Take the whole list: letters after years (8.19), initials (8.20) and the number of names (8.18) depend on it.

        Args:
            works: the works that the document cites.
            options: script, markup and system of transliteration.
            abbreviations: abbreviations of organisations by name, in addition to those in the data (``short``).
            introduced: whether all abbreviations were explained before.
        """
        if isinstance(works, Library):
            if options.front is None:
                options = replace(options, front=works.front)
            works = works.works
        works = tuple(works)
        context = RenderContext.of(options, works)
        entries = [list_entry(work, context) for work in works if not is_text_only(work)]
        entries.sort(key=lambda entry: entry.key)
        suffixes = year_suffixes([entry.key for entry in entries])
        self._forms = AuthorForms(entries, context)
        self._context = context
        self._entries = {
            entry.work.id: (place, entry, year_suffix(entry.work) or suffix)
            for place, (entry, suffix) in enumerate(zip(entries, suffixes, strict=True))
        }
        self._works = {work.id: work for work in works}
        self._abbreviations = {fold(name): short for name, short in (abbreviations or {}).items()}
        self._groups: dict[str, set[str]] = {}
        for entry in entries:
            if short := self._short(entry):
                self._groups.setdefault(short, set()).add(fold(entry.people[0].family))
        self._introduced: set[str] = set()
        self._all_introduced = introduced
        self._render = RENDERERS[options.markup or "plain"]

    def cite(self, items: Sequence[str | Citation] | CitationGroup, *, narrative: bool = False) -> str:
        """Return one citation.

        Works come in the order of the list (8.12); one with a prefix or suffix keeps its place.

        Args:
            items: ids or `Citation` values, or what `parse_citation` returns.
            narrative: whether the form is ``Ashurov (2008)`` and not ``(Ashurov, 2008)``.

        Raises:
            UsageError: there are no items, an id is not in the list, or a narrative citation would leave out a part.
        """
        if isinstance(items, CitationGroup):
            first, *others = self._resolved(items.items)
            if items.is_narrative:
                return self._render(self._running_then_group(first, _in_order(others)))
            cited = [first, *others]
        else:
            cited = self._resolved([Citation(item) if isinstance(item, str) else item for item in items])
        return self._render(self._text(_in_order(cited), narrative=narrative))

    def _resolved(self, items: Iterable[Citation]) -> list[_Cited]:
        items = list(dict.fromkeys(items))
        if unknown := [item.id for item in items if item.id not in self._works]:
            raise UsageError("\n".join(no_work(work_id, self._works) for work_id in unknown))
        if not items:
            raise UsageError("nothing to cite; give at least one id")
        return [self._cited(item) for item in items]

    def _cited(self, item: Citation) -> _Cited:
        if item.id not in self._entries:
            return _in_text_only(item, self._works[item.id], self._context)
        place, entry, suffix = self._entries[item.id]
        own = entry.work.locator if item.mode in {"normal", "suppress-author"} else None
        locator, year = printed_locator(item.locator or own), cited_year(entry, suffix)
        order = (entry.date.kind, entry.date.sort[:6], year)
        if not entry.people:
            title = title_as_author(entry, self._context)
            return _Cited(item, title, title, year, locator, order=order, place=place)
        short = self._short(entry)
        if len(self._groups.get(short, ())) > 1:
            short = ""
        persons = tuple(each_once(creators(entry.work)))[: self._forms.printed(entry)]
        author, running = self._forms.author(entry, "&"), self._forms.author(entry, "and")
        return _Cited(item, author, running, year, locator, short, persons, order, place)

    def _short(self, entry: ListEntry) -> str:
        """Return the abbreviation of the one group that a work is by, or ``""``."""
        if len(entry.people) != 1:
            return ""
        person = next(iter(each_once(creators(entry.work))))
        return self._abbreviations.get(fold(entry.people[0].family)) or person.short or ""

    def _text(self, cited: list[_Cited], *, narrative: bool) -> str:
        if narrative:
            if any(one.item.mode != "normal" for one in cited):
                raise UsageError("a narrative citation has the author in the sentence and the year in parentheses")
            return self._narrative(cited)
        if all(one.item.mode in {"author-only", "year-only"} for one in cited):
            return join_in_text([_around(one, self._alone(one)) for one in cited], "and")
        return f"({self._parenthetical(cited)})"

    def _author(self, one: _Cited) -> tuple[str, str]:
        """Return the author of a parenthesis and the short form to explain beside it, or the short form alone."""
        if not one.short:
            return one.author, ""
        if self._all_introduced or one.author in self._introduced:
            return one.short, ""
        self._introduced.add(one.author)
        return one.author, one.short

    def _alone(self, one: _Cited) -> str:
        if one.item.mode == "year-only":
            return one.details
        author, short = self._author(one)
        name = (f"{author} ({short})" if short else author) if one.short else one.running
        return join_commas(name, one.locator)

    def _parenthetical(self, cited: list[_Cited]) -> str:
        """Join citations by ``;``, the years of one author by ``,`` (8.12)."""
        parts: list[str] = []
        previous: _Cited | None = None
        for one in cited:
            if previous and _continues(previous, one):
                parts[-1] += f", {one.details}{_suffix(one)}"
            else:
                parts.append(_around(one, self._in_parentheses(one)))
            previous = one
        return "; ".join(parts)

    def _in_parentheses(self, one: _Cited) -> str:
        if not one.has_author:
            return one.details
        author, short = self._author(one)
        if short:
            author = f"{author} [{short}]"
        if one.item.mode == "author-only":
            return join_commas(author, one.locator)
        # American punctuation: the comma stands inside the quotation mark.
        start = f"{author[:-1]},”" if author.endswith("”") else f"{author},"
        return f"{start} {one.details}"

    def _narrative(self, cited: list[_Cited]) -> str:
        """Return ``Karimov (2003a, 2003b) and Burton (1990)``."""
        parts: list[str] = []
        previous: _Cited | None = None
        for one in cited:
            if previous and _is_same_author(previous, one):
                parts[-1] = _with_year(parts[-1], previous, one)
            else:
                author, short = self._author(one)
                name = author if one.short else one.running
                parts.append(f"{_prefix(one)}{name} ({join_commas(short, one.details)}{_suffix(one)}")
            previous = one
        return join_in_text([f"{part})" for part in parts], "and")

    def _running_then_group(self, first: _Cited, others: list[_Cited]) -> str:
        """Return ``Ashurov (2008, p. 5; see Burton, 1990)``: the author of the first item in the sentence."""
        own = [first]
        if not any(one.item.prefix or one.item.suffix for one in others):
            own = _by_author([first, *(one for one in others if _is_same_author(first, one))])
            others = [one for one in others if one not in own]
        author, short = self._author(first)
        text = f"{author if first.short else first.running} ({join_commas(short, own[0].details)}{_suffix(own[0])}"
        for previous, one in pairwise(own):
            text = _with_year(text, previous, one)
        return f"{text}{'; ' if others else ''}{self._parenthetical(others)})"


def cite(
    works: Library | Iterable[Work],
    items: Sequence[str | Citation],
    *,
    narrative: bool = False,
    locator: str | Locator | None = None,
    options: WriteOptions = WriteOptions(),  # noqa: B008 - immutable
    abbreviations: Mapping[str, str] | None = None,
    introduced: bool = False,
) -> str:
    """Return one in-text citation of works, in the markup asked for; see ``Citer`` for a whole document.

    Args:
        works: the whole list.
        items: the works to cite: their ids, or ``Citation``s.
        narrative: whether it is ``Ashurov (2008)`` and not ``(Ashurov, 2008)``.
        locator: the place in the one work that is cited, such as ``p. 9``; left out: the work's own ``locator``.
        options: script, markup and romanisation.
        abbreviations: short forms of groups' names, by name (8.21), beside those in the data.
        introduced: whether the text has explained the short forms, so that they stand alone and not in brackets.

    Raises:
        UsageError: an id is not in the list, there is none, or a locator is given for several works.
    """
    cited = [Citation(item) if isinstance(item, str) else item for item in items]
    citer = Citer(works, options, abbreviations=abbreviations, introduced=introduced)
    if locator is not None:
        if len({item.id for item in cited}) > 1:
            raise UsageError("a locator belongs to one work; give each work its own, as in '[@a, p. 5; @b]'")
        cited = [replace(item, locator=locator) for item in cited]
    return citer.cite(cited, narrative=narrative)


def _in_order(cited: list[_Cited]) -> list[_Cited]:
    """Return the items in list order, works of one printed author by year (8.12).

    Words before or after an item may belong to its place (``see also``), so it stays there.
    """
    done: list[_Cited] = []
    run: list[_Cited] = []
    for one in cited:
        if one.item.prefix or one.item.suffix:
            done += [*_by_author(run), one]
            run = []
        else:
            run.append(one)
    return done + _by_author(run)


def _by_author(cited: list[_Cited]) -> list[_Cited]:
    first: dict[str, int] = {}
    for one in cited:
        first[one.author] = min(one.place, first.get(one.author, one.place))
    return sorted(cited, key=lambda one: (first[one.author], one.order, one.place))


def _continues(previous: _Cited, one: _Cited) -> bool:
    """Whether only the year of a work is printed after that of another by the same author: ``Ashurov, 2008, 2010``."""
    if previous.author != one.author or previous.locator or previous.item.suffix or one.item.prefix:
        return False
    if "author-only" in {previous.item.mode, one.item.mode} or (one.has_author and not previous.has_author):
        return False
    return _may_be_one(previous, one)


def _is_same_author(previous: _Cited, one: _Cited) -> bool:
    """Whether the author in the sentence is that of another work too: ``Ashurov (2008, 2010)``."""
    return previous.author == one.author and not one.item.prefix and _may_be_one(previous, one)


def _with_year(text: str, previous: _Cited, one: _Cited) -> str:
    """Return the years of an author with that of another work; a place in the last work or words part them by ``;``."""
    separator = ";" if previous.locator or previous.item.suffix else ","
    return f"{text}{separator} {one.details}{_suffix(one)}"


def _may_be_one(one: _Cited, other: _Cited) -> bool:
    """Whether authors that are printed alike may be the same: ``L. Wang`` is not Lei and Li Wang at once."""
    pairs = zip(one.persons, other.persons, strict=False)
    return all(_agree(a.given or "", b.given or "") for a, b in pairs)


def _agree(given: str, other: str) -> bool:
    """Whether given names do not contradict each other: ``L.`` may be Lei, Lei is not Li."""
    pairs = zip(_PARTS.split(given), _PARTS.split(other), strict=False)
    return all(fold(a) == fold(b) or len(a) < 2 or len(b) < 2 for a, b in pairs)


_PARTS = re.compile(r"[\s.-]+")


def _around(one: _Cited, text: str) -> str:
    return f"{_prefix(one)}{text}{_suffix(one)}"


def _prefix(one: _Cited) -> str:
    words = one.item.prefix.strip()
    return f"{_words(words)} " if words else ""


def _suffix(one: _Cited) -> str:
    """Return the words after an item, with a space where they do not begin with a sign that stands close to a word."""
    words = one.item.suffix.strip()
    if not words:
        return ""
    return _words(words) if words[0] in ",;:.?!–’)]" else f" {_words(words)}"


def _words(text: str) -> str:
    """Return words with their markup, and with the signs that they begin and end with."""
    core = text.strip(",;: ")
    at = text.find(core)
    return text[:at] + clean(core) + text[at + len(core) :]


def _in_text_only(item: Citation, work: Work, context: RenderContext) -> _Cited:
    """Return ``E. Moor, personal communication``, with its exact date (8.9); such works come last."""
    people = [printed_name(name, context, work.language).given_first for _, names in creators(work) for name in names]
    title = "" if people else title_as_author(list_entry(work, context), context)
    date = long_date(work.issued) if work.issued else "n.d."
    year = f"personal communication, {date}"
    author, running, locator = join_in_text(people), join_in_text(people, "and"), printed_locator(item.locator)
    return _Cited(item, author or title, running or title, year, locator, place=sys.maxsize)
