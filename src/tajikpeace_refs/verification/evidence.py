"""A work beside the record that a registry has: which fields are the same, and what that says of the two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from tajikpeace_refs.model.folding import fold
from tajikpeace_refs.model.identifiers import ARXIV, DOI, PMID
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.required import names_preprint
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.registries.records import Record
from tajikpeace_refs.text.comparison import LOOSE_TYPES, FieldComparison, compare_variable, in_words, isbns
from tajikpeace_refs.text.likeness import date_likeness, name_likeness, names_likeness
from tajikpeace_refs.text.rich import strip
from tajikpeace_refs.text.same_work import is_preprint
from tajikpeace_refs.text.titles import seems_english

Title = Literal["same", "head", "near", "language", "part", "differs"]
"""``head``: one is the title before the subtitle of the other; ``near``: most words are the same; ``language``: the
record has it in another script or language only; ``part``: one is the book that holds the other."""
People = Literal["all", "subset", "some", "none", "unknown"]
Place = Literal["agree", "differ", "unknown"]
"""The container and the year together."""
ACCUSE_NOBODY = frozenset({"one year apart", "author order", "issue", "edition"})
"""Differences and variables that are named and decide nothing.

Years in print and online, lists that registries sort, double issues, and editions, which most records lack.
"""
_BOOKS = frozenset({"book", "thesis", "report"})
_GAP = "\ufffd"
"""What stands in some records where a letter was lost."""
_WORD = re.compile(r"[^\W_]+")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}(?![.\w])")
_NEAR = 0.6
_SLIP = 0.85
"""So much of the letters is the same in two titles that differ by a slip of the pen."""
_ONE_LANGUAGE = 0.25
"""So many words are the same in two titles only if they are in one language."""
_NUMBERS = ("volume", "issue", "page", "edition")
_PAGES = re.compile(r"[ivxlc\d]+\W+[ivxlc\d]+$|\d+$", re.IGNORECASE)
_YEARS_TO_PRINT = range(-1, 4)
"""How many years after its preprint an article may be published; some preprints come later."""
_GENERIC = re.compile(
    r"\b(?:proceedings|proc|annual|the|of|on|and|in|for|ieee|cvf|acm|\d+(?:st|nd|rd|th)?|[12]\d{3}|advances)\b"
)
"""Words that names of conferences and journals have or lack from record to record."""
_OF_PUBLISHERS = re.compile(
    r"\b(?:books?|press|publish(?:ers|ing)|publications|editions?|verlag|ltd|limited|inc|co|company|group|llc|gmbh|the|and)\b"
)
"""Words that names of publishers have or lack from record to record."""
_BRACKETED = re.compile(r"(?<=\w) *\([^()]*\)")
_ABBREVIATED = re.compile(r"\w\.(?=\s|$)")
_YEAR = re.compile(r"\W*\b(?:19|20)\d\d\b|['’]\d\d\b")
_SERIES = re.compile(
    r"(?i)\b(?:lecture notes|lncs|lnai|springerbriefs|studies in|advances in intelligent|communications in computer)"
)
"""Series of proceedings, which some records name instead of the volume."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one record says of a work.

    ``is_cited``: it is the record of an identifier that the work has; ``is_version``: it is of the preprint of a
    published work, or the other way round, and says nothing of container and year.
    """

    record: Record
    is_cited: bool
    is_version: bool
    title: Title
    people: People
    place: Place
    fields: tuple[FieldComparison, ...]
    is_of_kind: bool = True
    """Whether both are books, or neither is: reviews have the titles of books."""

    @property
    def differing(self) -> tuple[FieldComparison, ...]:
        """The fields that differ, without differences that accuse nobody and without the identifiers."""
        return tuple(each for each in deciding(self.fields) if each.variable != "doi")

    @property
    def score(self) -> float:
        """The share of the fields that are the same among those that can be compared, from 0 to 1."""
        weights = {"title": 4, "author": 3, "editor": 3}
        known = [each for each in self.fields if each.result in {"same", "differs"}]
        of_all = sum(weights.get(each.variable, 1) for each in known)
        same = sum(weights.get(each.variable, 1) for each in known if each.result == "same")
        return round(same / of_all, 2) if of_all else 0.0


def deciding(fields: Iterable[FieldComparison]) -> Iterator[FieldComparison]:
    """Yield the fields that differ, without differences that accuse nobody."""
    return (each for each in fields if each.result == "differs" and not {each.how, each.variable} & ACCUSE_NOBODY)


def evidence(ours: Work, record: Record) -> Evidence:
    """Return what a record says of a work."""
    theirs = record.work
    is_version = _are_versions(ours, record)
    title, of_title = _title(ours, record)
    is_cited = _is_cited(ours, record)
    if title == "differs" and is_cited and (_holds(ours, theirs) or _holds(theirs, ours)):
        title, of_title = "part", replace(of_title, result="not-comparable", how="book or chapter")
    if title == "differs" and not is_cited:
        return Evidence(record, False, is_version, title, "unknown", "unknown", (of_title,))  # noqa: FBT003
    people, of_people = _people(ours, theirs)
    of_year, of_container = _year(ours, record, is_version=is_version), _container(ours, theirs, is_version=is_version)
    numbers = () if is_version else _NUMBERS
    compared = (
        of_title,
        *((of_people,) if of_people else ()),
        *(each for each in (of_year, of_container) if each),
        *(_number(name, ours, theirs) for name in numbers if getattr(ours, name)),
        *((_doi(ours, record),) if cited_doi(ours) else ()),
    )
    place = _place(of_year, of_container)
    is_of_kind = (ours.type in _BOOKS) == (theirs.type in _BOOKS) or bool({ours.type, theirs.type} & LOOSE_TYPES)
    return Evidence(record, is_cited, is_version, title, people, place, compared, is_of_kind)


def _holds(book: Work, chapter: Work) -> bool:
    """Whether one work is the book or proceedings that the other names as its container."""
    if book.container_title or not chapter.container_title:
        return False
    named = Work.model_validate({"id": "book", "type": "book", "title": chapter.container_title})
    return compare_variable("title", book, named).result == "same"


def united(of_work: Sequence[Evidence]) -> list[Evidence]:
    """Return what records of one work say, each with what those of the same DOI say too, and the cited one against it.

    Two registries describe one work under a DOI: a field is the same if one of them has it so. What the record of the
    cited identifier contradicts is not confirmed by another one that says nothing of it.
    """
    return [replace(each, fields=tuple(_filled(field, each, of_work) for field in each.fields)) for each in of_work]


def _filled(field: FieldComparison, of: Evidence, of_work: Sequence[Evidence]) -> FieldComparison:
    if field.variable == "doi":
        return field
    doi = (of.record.work.doi or "").lower()
    said = [(other, bool(doi) and doi == (each.record.work.doi or "").lower(), each.is_cited and not each.is_version)
            for each in of_work for other in each.fields if other.variable == field.variable]  # fmt: skip
    known = [other for other, is_of_doi, is_cited in said if is_of_doi or (is_cited and other.result == "differs")]
    return min([field, *known], key=_weight)


def _weight(field: FieldComparison) -> int:
    """Sort what is the same first; a title without its subtitle says less than a whole one that differs."""
    return {"same": 2 if field.how == "subtitle" else 0, "differs": 1}.get(field.result, 3)


def identifiers(work: Work) -> Iterator[tuple[str, str]]:
    """Yield the identifiers of a work that registries know, each with its kind, in one spelling."""
    if doi := cited_doi(work):
        yield "doi", doi.lower()
    if work.pmid and (pmid := PMID.parse(work.pmid)):
        yield "pmid", pmid
    if number := arxiv_id(work):
        yield "arxiv", number
    yield from (("isbn", each) for each in sorted(isbns(work)))


def cited_doi(work: Work) -> str:
    """Return the DOI by which a work is cited, if need be from its address at doi.org; empty where it has none."""
    return DOI.parse(work.doi or "") or DOI.parse(work.url or "") or ""


def arxiv_id(work: Work) -> str:
    """Return the number of a work at arXiv without its version; empty where it has none."""
    texts = [work.doi, work.number, work.url, work.archive_location]
    texts += [each.value for each in work.extra if each.field == "eprint"]
    found = next((number for text in texts if text and (number := ARXIV.parse(text))), "")
    return re.sub(r"v\d+$", "", found.lower())


def _is_cited(ours: Work, record: Record) -> bool:
    known = {("doi", record.id.lower()), ("pmid", record.id), ("arxiv", re.sub(r"v\d+$", "", record.id.lower()))}
    known |= set(identifiers(record.work))
    return any(each in known for each in identifiers(ours) if each[0] != "isbn" or ours.type != "chapter")


def _silent(found: FieldComparison) -> FieldComparison:
    """Return a comparison in which what the record lacks cannot be compared."""
    return replace(found, result="not-comparable") if found.result in {"only-ours", "only-theirs"} else found


def _title(ours: Work, record: Record) -> tuple[Title, FieldComparison]:
    first = compare_variable("title", ours, record.work)
    others = [title for title in record.titles if title != record.work.title]
    all_ = [first, *(compare_variable("title", ours, _titled(record.work, title)) for title in others)]
    same = [each for each in all_ if each.result == "same" and not _has_other_subtitle(each, record)]
    if same:
        best = min(same, key=lambda each: each.how == "subtitle")
        return ("head" if best.how == "subtitle" else "same"), best
    title = strip(ours.title or "")
    ranked = sorted(((_nearness(title, strip(each.theirs)), each) for each in all_), key=lambda pair: -pair[0])
    nearness, best = ranked[0]
    if nearness == 1:
        return "same", replace(best, result="same", how="punctuation")
    if nearness >= _NEAR:
        return "near", best
    unlike = next((each for each in all_ if each.result != "differs" or _in_two_languages(title, each.theirs)), None)
    if unlike and nearness < _ONE_LANGUAGE:
        return "language", replace(unlike, result="not-comparable", how="language" if unlike.theirs else "")
    return "differs", replace(best, result="differs")


def _has_other_subtitle(found: FieldComparison, record: Record) -> bool:
    """Whether a title agrees with one of a record only as far as the subtitle, and the record has another subtitle."""
    ours, theirs = strip(found.ours), strip(found.theirs)
    if found.how != "subtitle" or len(ours) < len(theirs):
        return False
    return any(len(title) > len(theirs) and fold(title).startswith(fold(theirs)) for title in map(strip, record.titles))


def _in_two_languages(*texts: str) -> bool:
    """Whether of two texts in Latin letters one is English, the other in another language or romanised."""
    is_long = all(len(_LONG_WORD.findall(text)) > 1 for text in texts)
    return is_long and len({seems_english(text, among_english=True) for text in texts}) > 1


def _titled(work: Work, title: str) -> Work:
    return work.replace(title=title, language=None, translated_title=None, original_title=None)


def _nearness(one: str, other: str) -> float:
    """Return how much of the words of two titles is the same, from 0 to 1; letters lost in a record count as ours."""
    if _GAP in other and re.fullmatch(re.escape(fold(other)).replace(_GAP, r".{0,3}"), fold(one)):
        return 1
    words = [_WORD.findall(fold(text)) for text in (one, other)]
    if not all(words):
        return 0
    letters = SequenceMatcher(None, "".join(words[0]), "".join(words[1]), autojunk=False)
    is_slip = letters.real_quick_ratio() > _SLIP and letters.quick_ratio() > _SLIP and letters.ratio() > _SLIP
    return max(
        SequenceMatcher(None, words[0], words[1], autojunk=False).ratio(),
        len(set(words[0]) & set(words[1])) / max(map(len, map(set, words))),
        _SLIP if is_slip else 0,
    ) * 0.999  # fmt: skip


def _people(ours: Work, theirs: Work) -> tuple[People, FieldComparison | None]:
    name = "author" if ours.author else "editor"
    mine, others = ours.author or ours.editor, theirs.author or theirs.editor
    if not ours.author and theirs.editor:  # who is named as the editor is none of the authors
        others = theirs.editor
    if not mine:
        return "unknown", None
    texts = in_words(mine), in_words(others)
    if not others:
        return "unknown", FieldComparison(name, "not-comparable", *texts)
    is_same, how = names_likeness(mine, ours.language, others, theirs.language)
    if is_same:
        return "all", FieldComparison(name, "same", *texts, how)
    persons = [tuple(each for each in names if not each.literal) for names in (mine, others)]
    if how in {"fewer names", "more names"} and all(persons) and len(persons[0]) == len(persons[1]):
        is_same, _ = names_likeness(persons[0], ours.language, persons[1], theirs.language)
        if is_same:
            return "all", FieldComparison(name, "same", *texts, "group left out")
    shared = sum(_is_among(each, ours.language, others, theirs.language) for each in mine)
    if how == "first name only" and len(others) == 1 and shared:
        return "subset", FieldComparison(name, "not-comparable", *texts, how)
    if is_same is None or _GAP in texts[1]:
        return ("some" if shared else "unknown"), FieldComparison(name, "not-comparable", *texts, how)
    people: People = "subset" if how else "some" if shared else "none"
    return people, FieldComparison(name, "differs", *texts, how)


def _is_among(name: Name, language: str | None, others: tuple[Name, ...], their_language: str | None) -> bool:
    return any(name_likeness(name, language, other, their_language) is not None for other in others)


def _are_versions(ours: Work, record: Record) -> bool:
    """Whether a record is of the preprint of a work that is published, or of what was published of a preprint."""
    theirs = record.work
    if _names_a_preprint(ours):
        return not _is_preprint_record(record) and bool(theirs.container_title)
    return bool(ours.container_title) and _is_preprint_record(record)


def _names_a_preprint(work: Work) -> bool:
    return names_preprint(work.container_title) if work.container_title else is_preprint(work)


def _is_preprint_record(record: Record) -> bool:
    return record.kind in {"posted-content", "preprint"} or is_preprint(record.work)


def _year(ours: Work, record: Record, *, is_version: bool) -> FieldComparison | None:
    if not (ours.issued and ours.issued.year is not None):
        return None
    dates = [date for date in (record.work.issued, *record.dates) if date and date.year is not None]
    texts = str(ours.issued.year), ", ".join(dict.fromkeys(str(date.year) for date in dates))
    if not dates:
        return FieldComparison("issued", "not-comparable", *texts)
    if any(date.year == ours.issued.year for date in dates):
        how = "" if record.work.issued in (None, ours.issued) else date_likeness(ours.issued, dates[0])[1]
        return FieldComparison("issued", "same", *texts, "online or print" if how == "one year apart" else how)
    apart = min((ours.issued.year - (date.year or 0) for date in dates), key=abs)
    if is_version and (-apart if _names_a_preprint(ours) else apart) in _YEARS_TO_PRINT:
        return FieldComparison("issued", "not-comparable", *texts, "version")
    how = "one year apart" if abs(apart) == 1 else "edition or year" if ours.type == "book" else ""
    return FieldComparison("issued", "differs", *texts, how)


def _container(ours: Work, theirs: Work, *, is_version: bool) -> FieldComparison | None:
    mine = ours.container_title or ours.event_title
    if not mine:
        return _publisher(ours, theirs) if ours.type == "book" else None
    names = (theirs.container_title, theirs.collection_title, theirs.event_title, theirs.container_title_short)
    others = [name for name in names if name]
    texts = strip(mine), "; ".join(map(strip, others))
    if is_version or not others:
        return FieldComparison("container_title", "not-comparable", *texts, "version" if is_version else "")
    cited = ours.replace(container_title=mine)
    found = [compare_variable("container_title", cited, theirs.replace(container_title=name)) for name in others]
    if bare := _YEAR.sub("", mine) if _YEAR.search(mine) else "":  # CVPR 2022
        cited = ours.replace(container_title=bare)
        found += [compare_variable("container_title", cited, theirs.replace(container_title=name)) for name in others]
    if same := next((each for each in found if each.result == "same"), None):
        return FieldComparison("container_title", "same", *texts, same.how)
    if any(_core(mine) == _core(name) for name in others):
        return FieldComparison("container_title", "same", *texts, "short form")
    has_same_place = all(
        getattr(ours, name) and _number(name, ours, theirs).result == "same" for name in ("volume", "page")
    )
    if _may_be_translated(mine, others[0], has_same_place=has_same_place):
        return FieldComparison("container_title", "not-comparable", *texts, "language")
    if any(_SERIES.search(text) for text in (mine, *others)) or (
        theirs.publisher and _core(mine) == _core(theirs.publisher)
    ):
        return FieldComparison("container_title", "not-comparable", *texts, "series or publisher")
    return FieldComparison("container_title", found[0].result, *texts, found[0].how)


def _publisher(ours: Work, theirs: Work) -> FieldComparison | None:
    """Compare publishers of books, which stand in the place of a container; another one accuses nobody (reprints)."""
    if not (ours.publisher and theirs.publisher):
        return None
    found = compare_variable("publisher", ours, theirs)
    if found.result == "same":
        return found
    mine, other = (set(_WORD.findall(_OF_PUBLISHERS.sub(" ", fold(text)))) for text in (found.ours, found.theirs))
    if mine and mine == other:
        return replace(found, result="same", how="short form")
    return replace(found, result="not-comparable", how="series or publisher")


def _may_be_translated(mine: str, other: str, *, has_same_place: bool) -> bool:
    """Whether two names of a container may be one in two languages, which volume and pages in common make likelier."""
    if has_same_place:
        return not all(seems_english(name, among_english=True) for name in (mine, other))
    return not _ABBREVIATED.search(mine) and _in_two_languages(mine, other)  # abbreviations do not show a language


def _core(name: str) -> frozenset[str]:
    """Return the words of the name of a container that tell it from others, without an acronym behind it."""
    return frozenset(_WORD.findall(_GENERIC.sub(" ", fold(_BRACKETED.sub("", strip(name))))))


def _number(name: str, ours: Work, theirs: Work) -> FieldComparison:
    """Compare numbers; an article number and pages cannot be compared, nor what one record lacks."""
    found = _silent(compare_variable(name, ours, theirs))
    kinds = {bool(_PAGES.match(text)) for text in (found.ours, found.theirs)}
    return replace(found, result="not-comparable") if name == "page" and len(kinds) > 1 else found


def _place(year: FieldComparison | None, container: FieldComparison | None) -> Place:
    results = [each.result if each else "not-comparable" for each in (year, container)]
    if results == ["same", "same"]:
        return "agree"
    return "differ" if "differs" in results else "unknown"


def _doi(ours: Work, record: Record) -> FieldComparison:
    mine, theirs = cited_doi(ours), DOI.parse(record.work.doi or "") or ""
    versions = {each.lower() for each in record.versions}
    texts = ours.doi or mine, record.work.doi or ""
    if mine.lower() == theirs.lower():
        return FieldComparison("doi", "same", *texts)
    is_known = theirs and mine.lower() not in versions
    return FieldComparison("doi", "differs" if is_known else "not-comparable", *texts, "" if is_known else "version")
