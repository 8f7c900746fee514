"""Whether two records are of one work, in whatever script and romanisation: for lint, and for merging lists.

Records that may be of one work share a key (``same_work_keys``); ``are_same_work`` compares two of them. An identifier
proves it if the titles do not contradict; without one, title, first author and year must agree, and nothing that tells
works apart may differ: edition, volume, number, container, pages. A preprint and its article are two works.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from tajikpeace_refs.model.folding import fold
from tajikpeace_refs.model.identifiers import ARXIV, PMID, parse_doi
from tajikpeace_refs.model.required import names_preprint
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.comparison import LOOSE_TYPES, compare_variable, isbns
from tajikpeace_refs.text.likeness import heads, name_likeness, names_likeness, number_likeness
from tajikpeace_refs.text.numbers import bare_number
from tajikpeace_refs.text.rich import strip
from tajikpeace_refs.text.scripts import has_cyrillic
from tajikpeace_refs.text.spoken import skeleton

_PER_KEY = 10
"""How many works of a key are compared at most: a thousand called "Editorial" would cost a million comparisons."""
_LONG_TITLE = 16
"""So many consonants make a title that names a work without its author."""


class WorkIndex:
    """Works that are asked for the one that another record is of."""

    def __init__(self, works: Iterable[Work] = ()) -> None:
        self._buckets: dict[tuple[str, ...], list[Work]] = defaultdict(list)
        for work in works:
            self.add(work)

    def add(self, work: Work) -> None:
        """Put a work to the others."""
        for key in set(same_work_keys(work)):
            self._buckets[key].append(work)

    def find(self, work: Work, is_one: Callable[[Work, Work], bool]) -> Work | None:
        """Return the work that is one with a record, as ``is_one`` judges those with a common key; best of its id."""
        keys = dict.fromkeys(same_work_keys(work))
        candidates = [other for key in keys for other in self._buckets.get(key, ())[-_PER_KEY:]]
        candidates.sort(key=lambda other: other.id != work.id)
        return next((other for other in candidates if is_one(work, other)), None)


def duplicates(works: Iterable[Work]) -> Iterator[tuple[Work, Work]]:
    """Yield each work that is probably one with an earlier work, or has its DOI, and that."""
    index = WorkIndex()
    for work in works:
        if twin := index.find(work, are_one):
            yield work, twin
        index.add(work)


def same_work_keys(work: Work) -> Iterator[tuple[str, ...]]:
    """Yield the keys of a work, the surest first: two records of one work have one in common."""
    yield from _identifiers(work)
    yield ("id", work.id)
    holder = skeleton(work.container_title or "", work.language)
    if holder and work.page and work.volume:
        yield ("page", holder, *re.findall(r"\d+", work.volume)[:1], *_first_page(work))
    family = _first_family(work)
    year = str(work.issued.year) if work.issued and work.issued.year is not None else ""
    for title in _titles(work):
        for text in (title, *heads(title)[:1]):
            key = skeleton(text, work.language) or fold(text)
            if key:
                is_enough = family or len(key) >= _LONG_TITLE
                yield (key, skeleton(family, work.language) if is_enough else _source(work), year)


def _identifiers(work: Work) -> Iterator[tuple[str, ...]]:
    if work.doi:
        yield ("doi", _doi(work))
    if work.pmid:
        yield ("pmid", PMID.parse(work.pmid) or work.pmid)
    if number := _arxiv(work):
        yield ("arxiv", number)
    yield from (("isbn", isbn) for isbn in isbns(work))


def _arxiv(work: Work) -> str:
    """Return the number of a work at arXiv, without its version."""
    texts = (work.doi, work.number, work.url, work.archive_location)
    found = next((number for text in texts if text and (number := ARXIV.parse(text))), "")
    return re.sub(r"v\d+$", "", found.lower())


def are_one(one: Work, other: Work) -> bool:
    """Whether two works with a common key are probably one, or have one DOI, whatever else differs."""
    return share_doi(one, other) or are_same_work(one, other)


def are_same_work(one: Work, other: Work) -> bool:
    """Whether two works are probably one: they share an identifier, or are alike in all that distinguishes works."""
    if share_doi(one, other):
        return _may_be_one(one, other)
    if _are_versions(one, other) or _differ(_doi(one), _doi(other)):
        return False
    shared = {kind for kind, *_ in set(_identifiers(one)) & set(_identifiers(other))}
    if shared - {"isbn"}:
        return _may_be_one(one, other)
    return not _are_apart(one, other, has_identifier=bool(shared))


def share_doi(one: Work, other: Work) -> bool:
    """Whether two works have one DOI: it is of one work, whatever a database calls its kind."""
    return bool(one.doi) and _doi(one) == _doi(other)


def _may_be_one(one: Work, other: Work) -> bool:
    """Whether the titles of two records with one identifier do not contradict it, as those of two chapters would."""
    if any(_differ_in_number(name, one, other) for name in ("chapter_number", "part")):
        return False
    if not one.title or not other.title or compare_variable("title", one, other).result != "differs":
        return True
    words = [set(re.findall(r"[^\W_]{3,}", title.casefold())) for title in (one.title, other.title)]
    return 2 * len(words[0] & words[1]) > min(map(len, words))


_PREPRINT_DOI = re.compile(r"10\.(?:48550|31234|31235|31219|2139|21203|20944|26434|36227)/|10\.1101/\d")
"""DOIs of arXiv, PsyArXiv, SocArXiv, OSF, SSRN, Research Square, Preprints.org, ChemRxiv, TechRxiv, bioRxiv."""


def is_preprint(work: Work) -> bool:
    """Whether a work is a preprint: it is on a server of preprints, and in no journal or book."""
    if work.container_title:
        return names_preprint(work.container_title)
    texts = (work.genre, work.publisher, work.archive, work.number, work.url)
    return bool(_PREPRINT_DOI.match(_doi(work))) or any(text and names_preprint(text) for text in texts)


def _are_versions(one: Work, other: Work) -> bool:
    """Whether one of two works is a preprint, and the other is published somewhere."""
    published = [work for work in (one, other) if not is_preprint(work)]
    return len(published) == 1 and bool(published[0].container_title or published[0].publisher or published[0].doi)


_COUNTED = ("volume", "number", "chapter_number", "part", "issue", "supplement")
"""Numbers that tell the parts of a set, the reports of a series, the numbers of a journal from each other."""
_DESCRIBED = ("edition", "collection_number", "version")
"""What tells works apart, and records of books lack often."""
_ELSEWHERE = ("publisher", "number", "container_title", "page", "number_of_pages", "isbn", "url", "collection_title")

_PERIODICAL = frozenset({"article-journal", "article-magazine", "article-newspaper", "review", "review-book"})
_OTHER_PEOPLE = ("translator", "interviewer", "recipient")
"""Who makes another work of one of the same title, author and year."""
_BY_DAY = frozenset({"broadcast", "hearing", "interview", "personal_communication", "post", "speech"})
"""Types whose works the day distinguishes: two letters to one person, two broadcasts."""


def _are_apart(one: Work, other: Work, *, has_identifier: bool) -> bool:
    """Whether two works differ in a value that distinguishes works; outside articles, also in one that only one has."""
    if _have_other_titles(one, other) or _have_other_authors(one, other):
        return True
    if not has_identifier and _have_other_years(one, other):
        return True
    is_loose = bool({one.type, other.type} & LOOSE_TYPES)
    if one.type != other.type and not is_loose:
        return True
    if any(_differ_in_number(name, one, other) for name in (*_COUNTED, *_DESCRIBED)):
        return True
    agree = _agree_elsewhere(one, other)
    if _differ_in_number("genre", one, other) and (not agree or _differ(_degree(one), _degree(other))):
        return True
    if not (is_loose or has_identifier or one.type.startswith("article")):
        one_sided = _COUNTED if agree else (*_COUNTED, *_DESCRIBED, "genre")
        if any(_says(name, one) != _says(name, other) for name in one_sided):
            return True
    if any(_differs(name, one, other) for name in ("container_title", *_OTHER_PEOPLE)):
        return True
    return any(map(_differ, _marks(one, other), _marks(other, one)))


def _says(name: str, work: Work) -> bool:
    """Whether a work has a value that may tell it apart; a first edition most often goes without saying."""
    value = getattr(work, name)
    return bool(value) and not (name == "edition" and number_likeness(name, value, "1") is not None)


_DEGREES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in ("bachel|бакалавр", "mas?ter|mathesis|магист", "ph\\W?d|do[ck]t|докт")
)


def _degree(work: Work) -> re.Pattern[str] | None:
    return next((pattern for pattern in _DEGREES if pattern.search(work.genre or "")), None)


def _have_other_titles(one: Work, other: Work) -> bool:
    if not one.title or not other.title:
        return False
    found = compare_variable("title", one, other)
    if found.how == "subtitle" and _is_part(one.title, other.title):
        return True
    if found.how == "subtitle" and _PERIODICAL & {one.type, other.type}:  # a reply or an erratum is in the same journal
        return not _agree_elsewhere(one, other, ("number", "page", "url"))
    is_part = found.how in {"subtitle", "translation"}
    return found.result != "same" or (is_part and not _agree_elsewhere(one, other))


_PART = re.compile(
    r"(?:part|book|volume|часть|книга|том|қисми?|китоби?|teil|buch|band|partie|livre|tome)\s+\w|(?:\d{1,3}|[IVX]+)\W*$",
    re.IGNORECASE,
)
"""What numbers a part, where it stands in the place of a subtitle: ``Part two``, ``(2)``, ``III``."""


def _is_part(one: str, other: str) -> bool:
    """Whether one title is the other with the number of a volume or part behind it."""
    short, long = sorted(map(strip, (one, other)), key=len)
    rest = next((long[len(head) :] for head in heads(long) if skeleton(head, None) == skeleton(short, None)), "")
    rest = re.sub(r"^\W+", "", rest)
    is_labelled = any(bare_number(rest, name) != rest for name in ("volume", "part", "number"))
    return is_labelled or _PART.match(rest) is not None


def _have_other_years(one: Work, other: Work) -> bool:
    """Whether the years differ, and not only as those of an article online and in print do."""
    years = [work.issued.year if work.issued else None for work in (one, other)]
    has_place = one.page and other.page and one.volume and other.volume and one.container_title
    return None not in years and years[0] != years[1] and not has_place


def _have_other_authors(one: Work, other: Work) -> bool:
    """Whether the first authors are others, and no list of authors is in the other."""
    mine, theirs = one.author or one.editor, other.author or other.editor
    if not mine or not theirs or name_likeness(mine[0], one.language, theirs[0], other.language) is not None:
        return False
    return names_likeness(mine, one.language, theirs, other.language) == (False, "")


def _agree_elsewhere(one: Work, other: Work, names: Iterable[str] = _ELSEWHERE) -> bool:
    """Whether two works agree in one of these variables; a publisher that is the author says nothing more."""
    return any(
        getattr(one, name)
        and getattr(other, name)
        and not (name == "publisher" and skeleton(_first_family(one), None) == skeleton(one.publisher or "", None))
        and compare_variable(name, one, other).result == "same"
        for name in names
    )


def _titles(work: Work) -> list[str]:
    return [strip(title) for title in (work.title, work.transliterated_title) if title]


def _first_family(work: Work) -> str:
    name = next(iter(work.author or work.editor), None)
    return (name.literal or name.family or "") if name else ""


def _source(work: Work) -> str:
    """Return where a work without an author is from, or its number; nothing where a title is all there is."""
    found = (work.container_title, work.publisher, work.number, work.volume, work.url)
    return skeleton(next(filter(None, found), ""), work.language)


def _first_page(work: Work) -> list[str]:
    return re.findall(r"\d+", work.page or "")[:1]


def _marks(work: Work, other: Work) -> list[object]:
    """Return the first page, the date of what has no page, and the source of what has no author or no year.

    The date is the month; of what appears from day to day, the day as well.
    """
    start = work.issued.start if work.issued and not (work.page and other.page) else None
    is_daily = work.type in _BY_DAY or (work.type == "article-newspaper" and not (work.author or other.author))
    source = work.publisher or work.url if not (work.author or work.editor) else None
    address = None if work.issued else work.url
    return [_first_page(work), start and start.month, start and is_daily and start.day, source, address]


def _doi(work: Work) -> str:
    """Return the DOI for comparing: its letters are case-insensitive (ISO 26324)."""
    return (parse_doi(work.doi or "") or work.doi or "").lower()


def _differ(one: object, other: object) -> bool:
    return bool(one and other and one != other)


def _differs(name: str, one: Work, other: Work) -> bool:
    has_both = getattr(one, name) and getattr(other, name)
    return bool(has_both) and compare_variable(name, one, other).result == "differs"


def _differ_in_number(name: str, one: Work, other: Work) -> bool:
    """Whether two numbers or descriptions differ; labels do not count, nor does a description in another script."""
    mine, theirs = getattr(one, name), getattr(other, name)
    if not mine or not theirs or number_likeness(name, mine, theirs) is not None:
        return False
    found = [re.findall(r"\d+", value) for value in (mine, theirs)]
    if all(found):
        return found[0] != found[1]
    return any(found) or has_cyrillic(mine) == has_cyrillic(theirs)
