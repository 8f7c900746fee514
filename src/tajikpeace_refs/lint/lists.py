"""The rules TP5xx: what only shows in the whole list, such as two entries of one work."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from tajikpeace_refs.lint._base import Violation, rule, texts
from tajikpeace_refs.model.folding import fold
from tajikpeace_refs.model.identifiers import parse_doi
from tajikpeace_refs.model.library import Library
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.rich import strip
from tajikpeace_refs.text.transliteration import transliterate


@rule("TP502", "warning", "list")
def duplicate(library: Library) -> Iterator[tuple[Work, Violation]]:
    """Two works are probably one: the same DOI, or the same title, first author and year in whatever script."""
    buckets: dict[tuple[str, ...], list[Work]] = defaultdict(list)
    for work in library:
        keys = set(_keys(work))
        # With the last ten of a key only: a thousand works called "Editorial" would cost a million comparisons.
        candidates = (other for key in keys for other in buckets[key][-10:])
        twin = next((other for other in candidates if _share_doi(work, other) or not _are_apart(work, other)), None)
        if twin:
            what = "has the DOI of" if _share_doi(work, twin) else "is probably"
            message = f"{what} the work {twin.id!r}; keep one, or say how they differ"
            yield work, Violation(("title",), message, work.title or "")
        for key in keys:
            buckets[key].append(work)


def _keys(work: Work) -> Iterator[tuple[str, ...]]:
    if work.doi:
        yield ("doi", _doi(work))
    names = work.author or work.editor
    if not work.issued or work.issued.year is None:
        return
    family = skeleton(names[0].literal or names[0].family or "", work.language) if names else ""
    for title in (work.title, work.transliterated_title):
        key = skeleton(strip(title or ""), work.language)
        if len(key) >= (2 if family else 16):
            yield (key, family, str(work.issued.year))


_ONE_SOUND = re.compile("[aeiouyjhʹʺ’'w]")
# Spellings of one sound in romanisations: of щ, ц, х, дж.
_SOUNDS = (("shch", "s"), ("ts", "c"), ("kh", ""), ("x", "ks"), ("q", "k"), ("dzh", "j"), ("dz", "j"), ("dj", "j"))
_GLIDE = re.compile("[iyj]+")
_LONG_ENOUGH = 6
"""From so many consonants on, romanisations of one title may differ in vowels; shorter words have too many twins."""
_ALIKE = 0.6
"""How much of two words is the same, at least, where they are romanisations of one."""


@lru_cache(maxsize=8192)
def skeleton(text: str, language: str | None) -> str:
    """Return what all romanisations of a text share: its consonants, and its numbers and Roman numerals.

    >>> skeleton("Хрестоматия Шозимова, ч. II", "ru") == skeleton("Hrestomatiâ Šozimova, č. II", None)
    True
    """
    words = re.findall(r"[^\W_]+", re.sub("[ʹʺʻʼ’‘'`]", "", fold(transliterate(text, language))))
    return "".join(word if re.fullmatch(r"\d+|[ivxl]+", word) else _consonants(word) for word in words)


def _consonants(word: str) -> str:
    return _ONE_SOUND.sub("", _sounds(word))


def _sounds(word: str) -> str:
    for sounds, letter in _SOUNDS:
        word = word.replace(sounds, letter)
    return word


def _are_one_title(one: Work, other: Work) -> bool:
    """Whether two titles with the same consonants are one: word by word alike, a short one with the same vowels."""
    return any(_are_alike(mine, theirs) for mine in _spellings(one) for theirs in _spellings(other))


def _are_alike(mine: list[str], theirs: list[str]) -> bool:
    if len(mine) != len(theirs) or len(_consonants("".join(mine))) < _LONG_ENOUGH:
        return mine == theirs
    return all(SequenceMatcher(None, *pair).ratio() >= _ALIKE for pair in zip(mine, theirs, strict=True))


def _spellings(work: Work) -> list[list[str]]:
    """Return the words of a title and of its Latin form."""
    return [_spoken(strip(title), work.language) for title in (work.title, work.transliterated_title) if title]


@lru_cache(maxsize=8192)
def _spoken(text: str, language: str | None) -> list[str]:
    """Return the words of a title as all romanisations write them, about: glides between vowels fall away."""
    text = fold(transliterate(text, language))
    words = [_GLIDE.sub("i", _sounds(word)) for word in re.findall(r"[^\W_]+", re.sub("[ʹʺʻʼ’‘'`]", "", text))]
    return [re.sub("(?<=[aeou])i|i(?=[aeou])|h", "", word) for word in words]


_LOOSE_TYPES = frozenset({"document", "webpage", "article", "post", "post-weblog", "manuscript"})
_DECISIVE = ("edition", "volume", "number", "chapter_number", "collection_number", "part", "version", "issue", "genre")


def _are_apart(one: Work, other: Work) -> bool:
    """Whether two works differ in a value that distinguishes works; outside articles, also in one that only one has."""
    if one.title and other.title and not _are_one_title(one, other):
        return True
    loose = {one.type, other.type} & _LOOSE_TYPES
    pairs = [(getattr(one, name), getattr(other, name)) for name in _DECISIVE]
    if (one.type != other.type and not loose) or any(_differ(*pair) for pair in pairs):
        return True
    if not (loose or one.type.startswith("article")) and any(bool(mine) != bool(theirs) for mine, theirs in pairs):
        return True
    return any(map(_differ, _marks(one), _marks(other)))


def _share_doi(one: Work, other: Work) -> bool:
    """Whether two works have one DOI: it is of one work, whatever a database calls its kind."""
    return bool(one.doi) and _doi(one) == _doi(other)


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


@rule("TP503", "hint", "list")
def unused_noun(library: Library) -> Iterator[tuple[None, Violation]]:
    """A word of `proper-nouns` is in no title of the list."""
    works = [*library, *([library.source] if library.source else [])] if library.proper_nouns else []
    titles = "\n".join(text.value for work in works for text in texts(work) if text.is_title).casefold()
    for place, noun in enumerate(library.proper_nouns):
        if not re.search(rf"(?<!\w){re.escape(noun.casefold())}(?!\w)", titles):
            yield None, Violation(("proper-nouns", place), f"{noun!r} is in no title of the list; remove it", noun)
