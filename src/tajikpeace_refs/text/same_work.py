"""Whether two records are of one work, in whatever script and romanisation: for lint, and for merging lists.

Records that may be of one work share a key (``same_work_keys``); ``are_same_work`` compares two of them. Titles and
names are compared by sound: Таджикистан, Tajikistan and Tadzhikistan are one; Реки and Руки are two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from tajikpeace_refs.model.identifiers import parse_doi
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.rich import strip
from tajikpeace_refs.text.scripts import has_cyrillic
from tajikpeace_refs.text.spoken import first_sounds, skeleton, sound_alike

_PER_KEY = 10
"""How many works of a key are compared at most: a thousand called "Editorial" would cost a million comparisons."""


def duplicates(works: Iterable[Work]) -> Iterator[tuple[Work, Work]]:
    """Yield each work that is probably one with an earlier work, and that."""
    buckets: dict[tuple[str, ...], list[Work]] = defaultdict(list)
    for work in works:
        keys = set(same_work_keys(work))
        candidates = (other for key in keys for other in buckets[key][-_PER_KEY:])
        if twin := next((other for other in candidates if are_same_work(work, other)), None):
            yield work, twin
        for key in keys:
            buckets[key].append(work)


def same_work_keys(work: Work) -> Iterator[tuple[str, ...]]:
    """Yield the keys of a work: two records of one work have one in common."""
    if work.doi:
        yield ("doi", _doi(work))
    if not work.issued or work.issued.year is None:
        return
    family = _first_family(work)
    for title in _titles(work):
        key = skeleton(title, work.language)
        if len(key) >= (1 if family else 16):
            yield (key, skeleton(family, work.language), str(work.issued.year))


def are_same_work(one: Work, other: Work) -> bool:
    """Whether two works with a common key are probably one: the same DOI, or alike in all that distinguishes works."""
    return share_doi(one, other) or not _are_apart(one, other)


def share_doi(one: Work, other: Work) -> bool:
    """Whether two works have one DOI: it is of one work, whatever a database calls its kind."""
    return bool(one.doi) and _doi(one) == _doi(other)


_LOOSE_TYPES = frozenset({"document", "webpage", "article", "post", "post-weblog", "manuscript"})
_DECISIVE = ("edition", "volume", "number", "chapter_number", "collection_number", "part", "version", "issue", "genre")


def _are_apart(one: Work, other: Work) -> bool:
    """Whether two works differ in a value that distinguishes works; outside articles, also in one that only one has."""
    if one.title and other.title and not _alike_in(_titles(one), one, _titles(other), other):
        return True
    if _have_other_authors(one, other):
        return True
    loose = {one.type, other.type} & _LOOSE_TYPES
    pairs = [(getattr(one, name), getattr(other, name)) for name in _DECISIVE]
    if (one.type != other.type and not loose) or any(_differ_in_number(*pair) for pair in pairs):
        return True
    if not (loose or one.type.startswith("article")) and any(bool(mine) != bool(theirs) for mine, theirs in pairs):
        return True
    return any(map(_differ, _marks(one), _marks(other)))


def _titles(work: Work) -> list[str]:
    return [strip(title) for title in (work.title, work.transliterated_title) if title]


def _alike_in(mine: Iterable[str], one: Work, theirs: Iterable[str], other: Work) -> bool:
    others = list(theirs)
    return any(sound_alike(text, one.language, twin, other.language) for text in mine for twin in others)


def _first(work: Work) -> Name | None:
    names = work.author or work.editor
    return names[0] if names else None


def _first_family(work: Work) -> str:
    name = _first(work)
    return (name.literal or name.family or "") if name else ""


def _have_other_authors(one: Work, other: Work) -> bool:
    """Whether the first authors have other family names, or initials that no romanisation of one name has."""
    mine, theirs = _first(one), _first(other)
    if not mine or not theirs:
        return False
    if not _alike_in(_forms(mine, "family"), one, _forms(theirs, "family"), other):
        return True
    initials = [
        {sound for form in _forms(name, "given") for sound in first_sounds(form, work.language)}
        for name, work in ((mine, one), (theirs, other))
    ]
    return all(initials) and not initials[0] & initials[1]


def _forms(name: Name, part: str) -> list[str]:
    """Return a part of a name (the whole name of an organisation for its family name), and its own Latin form."""
    forms = [name, name.transliterated]
    values = [getattr(form, part) or (form.literal if part == "family" else None) for form in forms if form]
    return [value for value in values if value]


def _marks(work: Work) -> list[object]:
    start = work.issued.start if work.issued else None
    source = work.publisher or work.url if not (work.author or work.editor) else None
    holder = skeleton(work.container_title or "", work.language)
    pages = re.findall(r"\d+", work.page or "")[:1]
    return [holder, pages, _doi(work), start and start.month, source]


def _doi(work: Work) -> str:
    """Return the DOI for comparing: its letters are case-insensitive (ISO 26324)."""
    return (parse_doi(work.doi or "") or work.doi or "").lower()


def _differ(one: object, other: object) -> bool:
    return bool(one and other and one != other)


def _differ_in_number(one: str | None, other: str | None) -> bool:
    """Whether two numbers or descriptions differ; labels do not count, nor does a description in another script."""
    if not one or not other or one == other:
        return False
    numbers = [re.findall(r"\d+", value) for value in (one, other)]
    if all(numbers):
        return numbers[0] != numbers[1]
    return any(numbers) or has_cyrillic(one) == has_cyrillic(other)
