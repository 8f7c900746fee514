"""In-text citations (chapter 8): ``(Ashurov, 2008; Burton, 1990)``, ``Ashurov (2008)``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple

from tajikpeace_refs.apa.context import RenderContext
from tajikpeace_refs.apa.dates import long_date, years
from tajikpeace_refs.apa.kinds import LEGAL, is_standalone
from tajikpeace_refs.apa.locators import printed_locator
from tajikpeace_refs.apa.names import OTHERS, creators, join_in_text, printed_name
from tajikpeace_refs.apa.order import ListEntry, fold, is_text_only, list_entry, year_suffix, year_suffixes
from tajikpeace_refs.apa.punctuation import join_commas
from tajikpeace_refs.apa.work_title import bare_title, title_element
from tajikpeace_refs.errors import UsageError, no_work
from tajikpeace_refs.model.library import Library
from tajikpeace_refs.model.locator import Locator
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import WriteOptions
from tajikpeace_refs.text.languages import is_english
from tajikpeace_refs.text.rich import RENDERERS, clean, italic
from tajikpeace_refs.text.titles import title_case


class _Cited(NamedTuple):
    """The parts of one in-text citation; ``abbreviation`` is the short form of a group's name."""

    author: str
    year: str
    locator: str
    abbreviation: str = ""

    @property
    def details(self) -> str:
        """Year and place in the work: ``2008, p. 9``."""
        return join_commas(self.year, self.locator)


def cite(
    works: Library | Iterable[Work],
    ids: Sequence[str],
    *,
    narrative: bool = False,
    locator: str | Locator | None = None,
    options: WriteOptions = WriteOptions(),  # noqa: B008 - immutable
    abbreviations: Mapping[str, str] | None = None,
    introduced: bool = False,
) -> str:
    """Return the in-text citation of the works with these ids, in the markup asked for and in list order (8.12).

    Args:
        works: the whole list: year suffixes (8.19), initials (8.20) and the number of names (8.18) depend on it.
        ids: the works to cite.
        narrative: whether it is ``Ashurov (2008)`` and not ``(Ashurov, 2008)``.
        locator: the place in the one work that is cited, such as ``p. 9``; left out: the work's own ``locator``.
        options: script, markup and romanisation.
        abbreviations: short forms of groups' names, by name (8.21).
        introduced: whether the text has explained the short forms, so that they stand alone and not in brackets.

    Raises:
        UsageError: an id is not in the list, there is none, or a locator is given for several works.
    """
    if isinstance(works, Library):
        if not options.proper_nouns:
            options = replace(options, front=works.front)
        works = works.works
    works = tuple(works)
    _check(works, ids, locator)
    context = RenderContext.of(options)
    entries = [list_entry(work, context) for work in works if not is_text_only(work)]
    entries.sort(key=lambda entry: entry.key)
    suffixes = year_suffixes([entry.key for entry in entries])
    citations = _Citations(entries, context, narrative=narrative, abbreviations=abbreviations or {})
    wanted = set(ids)
    cited = [
        citations.cited(entry, year_suffix(entry.work) or suffix, locator)
        for entry, suffix in zip(entries, suffixes, strict=True)
        if entry.work.id in wanted
    ]
    cited += [_in_text_only(work, context) for work in works if work.id in wanted and is_text_only(work)]
    if introduced:
        cited = [one._replace(author=one.abbreviation or one.author, abbreviation="") for one in cited]
    text = _narrative(cited) if narrative else f"({_parenthetical(cited)})"
    return RENDERERS[options.markup or "plain"](text)


def _check(works: tuple[Work, ...], ids: Sequence[str], locator: str | Locator | None) -> None:
    known = {work.id for work in works}
    unknown = [work_id for work_id in ids if work_id not in known]
    if unknown or not ids:
        message = "\n".join(no_work(work_id, known) for work_id in unknown)
        raise UsageError(message or "nothing to cite; give at least one id")
    if locator is not None and len(set(ids)) > 1:
        raise UsageError("a locator belongs to one work; cite the works one by one")


class _Citations:
    """How each work of a list is cited so that no other work of the list is cited alike (8.18, 8.20)."""

    def __init__(
        self, entries: list[ListEntry], context: RenderContext, *, narrative: bool, abbreviations: Mapping[str, str]
    ) -> None:
        self._context = context
        self._joint = "and" if narrative else "&"
        self._abbreviations = {fold(name): short for name, short in abbreviations.items()}
        self._initials: dict[str, set[str]] = {}
        self._alike: dict[tuple[str, str], list[ListEntry]] = {}
        for entry in entries:
            if not entry.people:
                continue
            first = entry.people[0]
            if first.given:
                self._initials.setdefault(fold(first.family), set()).add(first.given)
            if len(entry.people) > 2:
                self._alike.setdefault((fold(first.family), entry.date.label), []).append(entry)

    def cited(self, entry: ListEntry, suffix: str, locator: str | Locator | None) -> _Cited:
        place = printed_locator(locator if locator is not None else entry.work.locator)
        year = _year(entry, suffix)
        if not entry.people:
            return _Cited(_title_as_author(entry.work, self._context), year, place)
        short = self._abbreviations.get(fold(entry.people[0].family), "") if len(entry.people) == 1 else ""
        return _Cited(self._names(entry), year, place, short)

    def _names(self, entry: ListEntry) -> str:
        first = entry.people[0]
        names = [person.family or person.given for person in entry.people]
        if first.given and len(self._initials[fold(first.family)]) > 1:
            names[0] = f"{first.given} {first.family}"
        needed = self._needed(entry)
        # "et al." stands for two names at least (8.18).
        if entry.people[-1] != OTHERS and (len(names) < 3 or needed >= len(names) - 1):
            return join_in_text(names, self._joint)
        return f"{', '.join(names[:needed])}{',' if needed > 1 else ''} et al."

    def _needed(self, entry: ListEntry) -> int:
        """Return how many names are needed to distinguish the work from others of the same year (8.18)."""
        people, needed = entry.people, 1
        for other in self._alike.get((fold(people[0].family), entry.date.label), []):
            if other.people != people:
                pairs = zip(people, other.people, strict=False)
                same = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
                needed = max(needed, min(same + 1, len(people)))
        return needed


def _year(entry: ListEntry, suffix: str) -> str:
    if entry.work.type in LEGAL:
        return entry.date.label
    year = entry.date.cited(suffix)
    original = years(entry.work.original_date) if entry.work.original_date else ""
    return f"{original}/{year}" if original else year


def _title_as_author(work: Work, context: RenderContext) -> str:
    """Return the title in place of an author (8.14): without subtitle, in title case, italic or in quotation marks."""
    text = clean(work.title_short) if work.title_short else context.text(work, "title")
    if not text:
        return title_element(bare_title(work, context), work, context)
    if not work.title_short and work.type not in LEGAL:
        text = text.split(": ", 1)[0]
    if work.language is None or is_english(work.language):
        text = title_case(text)
    if work.type in LEGAL:
        return italic(text) if work.type in {"legal_case", "hearing"} else text
    return italic(text) if is_standalone(work) else f"“{text}”"


def _in_text_only(work: Work, context: RenderContext) -> _Cited:
    """Return ``E. Moor, personal communication``, with its exact date (8.9)."""
    people = [printed_name(name, context, work.language).given_first for _, names in creators(work) for name in names]
    author = join_in_text(people) or _title_as_author(work, context)
    date = long_date(work.issued) if work.issued else "n.d."
    return _Cited(author, f"personal communication, {date}", "")


def _parenthetical(cited: list[_Cited]) -> str:
    """Join citations by ``;``, the years of one author by ``,`` (8.12)."""
    parts: list[str] = []
    previous: _Cited | None = None
    for one in cited:
        if previous and previous.author == one.author and not previous.locator:
            parts[-1] += f", {one.details}"
        else:
            author = f"{one.author} [{one.abbreviation}]" if one.abbreviation else one.author
            # American punctuation: the comma stands inside the quotation mark.
            start = f"{author[:-1]},”" if author.endswith("”") else f"{author},"
            parts.append(f"{start} {one.details}")
        previous = one
    return "; ".join(parts)


def _narrative(cited: list[_Cited]) -> str:
    """Return ``Karimov (2003a, 2003b) and Burton (1990)``."""
    parts: list[tuple[str, list[str]]] = []
    for one in cited:
        if parts and parts[-1][0] == one.author:
            parts[-1][1].append(one.details)
        else:
            parts.append((one.author, [join_commas(one.abbreviation, one.details)]))
    return join_in_text([f"{author} ({', '.join(details)})" for author, details in parts], "and")
