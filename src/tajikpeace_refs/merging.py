"""Lists of works put together, and freed of duplicates: what is one work, what differs, what was taken over. Pure.

Which records are of one work is said by ``text.same_work``: across scripts, and not a preprint and its article, two
editions, volumes or reprints. No duplicate is dropped in silence: it stands in the result, compared field by field.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tajikpeace_refs.model.base import csl_name
from tajikpeace_refs.model.library import FrontMatter, Library
from tajikpeace_refs.model.work import EDITORIAL, Work
from tajikpeace_refs.text.citation_keys import unused_key
from tajikpeace_refs.text.comparison import FieldComparison, compare
from tajikpeace_refs.text.same_work import WorkIndex, are_same_work, share_doi

NEVER_FILLED = frozenset({
    *EDITORIAL, "source", "annote", "citation_key", "citation_label", "citation_number", "year_suffix",
    "first_reference_note_number", "page_first", "extra",
})  # fmt: skip
"""What is said of a record, its format or its list, and not of the work; and what the whole pages say."""
_BELONGS_TO = {
    **dict.fromkeys(
        ("volume", "issue", "page", "issn", "container_title_short", "translated_container_title",
         "transliterated_container_title", "chapter_number"), ("container_title",)
    ),
    **dict.fromkeys(
        ("publisher_place", "translated_publisher", "transliterated_publisher", "translated_publisher_place",
         "transliterated_publisher_place"), ("publisher", "publisher_place")
    ),
    **dict.fromkeys(("accessed", "archive_url", "archive_date"), ("url",)),
    **dict.fromkeys(("title_short", "translated_title", "transliterated_title"), ("title",)),
    **dict.fromkeys(("isbn", "number_of_pages", "printing"), ("publisher", "edition")),
    **dict.fromkeys(("doi", "pmid", "pmcid"), ("container_title",)),
    "editor": ("author", "container_title"),
}  # fmt: skip
"""Variables that are taken over only where these do not differ: pages are those of one container."""
_LINKS = frozenset({"crossref", "xref", "related", "entryset", "xdata"})
"""Fields of ``.bib`` whose values are keys of other entries."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two records of one work: one is kept, the other is not."""

    kept: Work
    """The record that is kept, as it stands in the result."""
    other: Work
    """The record that is not kept."""
    fields: tuple[FieldComparison, ...]
    """The two records compared, variable by variable, as they were before."""
    filled: tuple[str, ...] = ()
    """The variables that the kept record took from the other, as CSL spells them."""

    @property
    def differing(self) -> tuple[FieldComparison, ...]:
        """The values of the other record that differ, or that only it has, and that were not taken over."""
        return tuple(
            each
            for each in self.fields
            if each.result in {"differs", "not-comparable", "only-theirs"} and each.name not in self.filled
        )


@dataclass(frozen=True, slots=True)
class Merged:
    """The result of `merge` or `dedupe`: the library, and a report of what was done."""

    library: Library
    """The library without duplicates."""
    added: tuple[str, ...] = ()
    """The ids of the works that came from the other lists, as they stand in the library."""
    duplicates: tuple[Duplicate, ...] = ()
    """The works that were found twice."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """The new ids of added works whose id was taken, by their old ids."""
    replaced_keys: Mapping[str, str] = field(default_factory=dict)
    """For each key that no longer exists, the key to cite instead: for documents that cite the other lists."""
    ambiguous_keys: tuple[str, ...] = ()
    """Keys that two of the other lists use for different works: documents that cite them must be changed by hand."""
    doubts: tuple[tuple[Work, Work], ...] = ()
    """Pairs of works with one DOI and two different titles: both are kept."""


def merge(library: Library, *others: Library, fill: bool = False) -> Merged:
    """Return a library with the works of other libraries added, without duplicates, and a report.

    A work that the library has already is not added. A new work whose id is taken gets an id with a letter.

    Args:
        library: the library that works are added to.
        others: the libraries whose works are added.
        fill: whether a kept work gets the variables that only its duplicate has. Left out are variables that belong to
            a value in which the two differ (``page`` with ``container-title``), and what describes the record, not the
            work (``printed``, ``corrections``, ``locator``, ``remarks``, ``source`` …).
    """
    merging = _Merging(library, fill=fill)
    for other in others:
        merging.take(other)
    return merging.result()


def dedupe(library: Library, *, fill: bool = False) -> Merged:
    """Return a library without its duplicates, and a report; of each work the first record is kept.

    Args:
        library: the library.
        fill: as in `merge`.
    """
    merging = _Merging(Library(front=library.front), fill=fill)
    merging.take(library)
    result = merging.result()
    return Merged(
        library=result.library, duplicates=result.duplicates, replaced_keys=result.replaced_keys, doubts=result.doubts
    )


class _Merging:
    """A library that takes in others."""

    def __init__(self, library: Library, *, fill: bool) -> None:
        self.fill = fill
        self.works = {work.id: work for work in library}
        self.front = library.front
        self.index = WorkIndex(library)
        self.added: list[str] = []
        self.duplicates: list[Duplicate] = []
        self.doubts: list[tuple[Work, Work]] = []
        self.renamed: dict[str, str] = {}
        self.keys: dict[str, set[str]] = defaultdict(set)

    def take(self, other: Library) -> None:
        """Take in the works of a list; what they say of each other by id follows the new ids."""
        reserved = set(other.ids)
        keys: dict[str, str] = {}
        new: list[Work] = []
        for work in other:
            if twin := self.index.find(work, are_same_work):
                keys[work.id] = twin.id
                self._keep(self.works[twin.id], work)
                continue
            if doubtful := self.index.find(work, share_doi):
                self.doubts.append((self.works[doubtful.id], work))
            keys[work.id] = work.id
            if work.id in self.works:
                keys[work.id] = unused_key(work.id, self.works.keys() | reserved)
                self.renamed[work.id] = keys[work.id]
            added = _with_language(work.replace(id=keys[work.id]), other.front, self.front)
            self.works[added.id] = added
            self.index.add(added)
            new.append(added)
        for work in new:
            self.works[work.id] = _linked(self.works[work.id], keys)
        self.added += [work.id for work in new]
        for old, key in keys.items():
            self.keys[old].add(key)
        self.front = _both(self.front, other.front)

    def _keep(self, kept: Work, other: Work) -> None:
        fields = compare(kept, other)
        filled = _fillable(fields) if self.fill else ()
        if filled:
            kept = kept.replace(**{name: getattr(other, name) for name in filled})
            self.works[kept.id] = kept
        self.duplicates.append(Duplicate(kept, other, fields, tuple(map(csl_name, filled))))

    def result(self) -> Merged:
        """Return the library as it stands, and what was done."""
        return Merged(
            library=Library(works=tuple(self.works.values()), front=self.front),
            added=tuple(self.added),
            duplicates=tuple(self.duplicates),
            renamed=self.renamed,
            replaced_keys={old: key for old, (key, *more) in self.keys.items() if not more and old != key},
            ambiguous_keys=tuple(old for old, keys in self.keys.items() if len(keys) > 1),
            doubts=tuple(self.doubts),
        )


def _fillable(fields: Iterable[FieldComparison]) -> tuple[str, ...]:
    """Return the variables that only the other record has and that may be taken over."""
    results = {each.variable: each.result for each in fields}
    return tuple(
        name
        for name, result in results.items()
        if result == "only-theirs"
        and name not in NEVER_FILLED
        and all(results.get(owner) != "differs" for owner in _BELONGS_TO.get(name, ()))
    )


def _with_language(work: Work, theirs: FrontMatter, ours: FrontMatter) -> Work:
    """Return a work in the language of the list that it came from, where its new list is in another."""
    if work.language or not theirs.language or theirs.language == ours.language:
        return work
    return work.replace(language=theirs.language)


def _linked(work: Work, keys: Mapping[str, str]) -> Work:
    """Return a work whose fields of ``.bib`` name other works by their new keys."""
    extra = tuple(
        each._replace(value=",".join(keys.get(key.strip(), key.strip()) for key in each.value.split(",")))
        if each.field in _LINKS
        else each
        for each in work.extra
    )
    return work if extra == work.extra else work.replace(extra=extra)


def _both(ours: FrontMatter, theirs: FrontMatter) -> FrontMatter:
    """Return what is said of a list, with the proper nouns of another."""
    nouns = tuple(dict.fromkeys(ours.proper_nouns + theirs.proper_nouns))
    return ours if nouns == ours.proper_nouns else ours.model_copy(update={"proper_nouns": nouns})
