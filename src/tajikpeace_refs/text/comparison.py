"""Two records of works, field by field: what is the same, what differs, and how.

It says nothing about which is right, or whether they are of one work: who merges, removes duplicates or asks registries
draws that from the fields (``text.same_work`` for lists).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from tajikpeace_refs.model.base import csl_name
from tajikpeace_refs.model.folding import fold
from tajikpeace_refs.model.identifiers import DOI, ISBN, ISSN, PMCID, PMID, Identifier
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.work import DATE_VARIABLES, FIELDS, NAME_VARIABLES, Work
from tajikpeace_refs.text.languages import language_tag
from tajikpeace_refs.text.likeness import (
    Spoken,
    abbreviation_likeness,
    date_likeness,
    head_likeness,
    is_comparable,
    names_likeness,
    number_likeness,
    text_likeness,
)
from tajikpeace_refs.text.spellings import spelling_likeness

Result = Literal["same", "differs", "not-comparable", "only-ours", "only-theirs"]
LOOSE_TYPES = frozenset({"document", "webpage", "article", "post", "post-weblog", "manuscript"})
"""Types that records have for works of any kind."""
_Verdict = tuple[bool | None, str]
"""Whether two values are the same (None: that cannot be said), and how they differ."""
_RESULTS: dict[bool | None, Result] = {True: "same", False: "differs", None: "not-comparable"}


@dataclass(frozen=True, slots=True)
class FieldComparison:
    """One variable of two records, compared."""

    variable: str
    """The variable, as an attribute: ``container_title``."""
    result: Result
    """``same``, ``differs``, ``not-comparable`` (such as two languages), ``only-ours`` or ``only-theirs``."""
    ours: str
    """The value of the first record, in words; empty: it has none."""
    theirs: str
    """The value of the second record, in words; empty: it has none."""
    how: str = ""
    """How the values differ, such as ``initials`` (docs/merging.md); empty: they are identical, or simply differ."""

    @property
    def name(self) -> str:
        """The variable as CSL spells it."""
        return csl_name(self.variable)


def compare(ours: Work, theirs: Work) -> tuple[FieldComparison, ...]:
    """Return the comparison of each variable that one of two records has, ids aside, in the order of the model."""
    return tuple(
        compare_variable(name, ours, theirs)
        for name in FIELDS
        if name != "id" and (getattr(ours, name) or getattr(theirs, name))
    )


def compare_variable(name: str, ours: Work, theirs: Work) -> FieldComparison:
    """Return the comparison of one variable, which one of two records has at least."""
    mine, other = getattr(ours, name), getattr(theirs, name)
    texts = in_words(mine), in_words(other)
    if not (mine and other):
        if name in _ROLES and _role(ours) == _role(theirs)[::-1] and _have_other_roles(ours, theirs):
            return FieldComparison(name, "same", *texts, "role")
        return FieldComparison(name, "only-ours" if mine else "only-theirs", *texts)
    if mine == other:
        return FieldComparison(name, "same", *texts)
    is_same, how = _COMPARERS.get(name, _texts)(name, ours, theirs)
    return FieldComparison(name, _RESULTS[is_same], *texts, how)


def in_words(value: Any) -> str:  # noqa: ANN401 - of any variable
    """Return a value for people, in a line: names and lists with semicolons."""
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    return str(value or "")


# Each takes a variable and two works that have it.


def _texts(name: str, ours: Work, theirs: Work) -> _Verdict:
    mine, other = (in_words(getattr(work, name)) for work in (ours, theirs))
    how = text_likeness((mine, ours.language), (other, theirs.language))
    return how is not None, how or ""


def _word_lists(name: str, ours: Work, theirs: Work) -> _Verdict:
    mine, other = (sorted(map(fold, getattr(work, name))) for work in (ours, theirs))
    return mine == other, "word order" if mine == other else ""


def _forms(work: Work, name: str) -> Iterator[Spoken]:
    """Yield a text in its script, and as the record spells it in Latin letters."""
    for form, language in ((name, work.language), (f"transliterated_{name}", work.language)):
        if text := getattr(work, form, None):
            yield text, language


def _best(pairs: list[tuple[Spoken, Spoken]], *likenesses: Callable[[Spoken, Spoken], str | None]) -> str | None:
    found = (likeness(*pair) for likeness in likenesses for pair in pairs)
    return next((how for how in found if how is not None), None)


def _pairs(name: str, ours: Work, theirs: Work) -> list[tuple[Spoken, Spoken]]:
    return [(mine, other) for mine in _forms(ours, name) for other in _forms(theirs, name)]


def _titles(name: str, ours: Work, theirs: Work) -> _Verdict:
    pairs = _pairs(name, ours, theirs)
    how = _best(pairs, text_likeness, spelling_likeness, head_likeness)
    if how is not None:
        return True, how
    if _best(list(_translations(name, ours, theirs)), text_likeness, head_likeness) is not None:
        return True, "translation"
    return (False, "") if any(is_comparable(*pair) for pair in pairs) else (None, "language")


def _translations(name: str, ours: Work, theirs: Work) -> Iterator[tuple[Spoken, Spoken]]:
    """Yield the title of each record with the translation or original title that the other has of it."""
    for one, other in ((ours, theirs), (theirs, ours)):
        for form in (f"translated_{name}", f"original_{name}"):
            if text := getattr(other, form, None):
                yield from ((title, (text, None)) for title in _forms(one, name))
    for form in (f"translated_{name}", f"original_{name}"):
        mine, text = getattr(ours, form, None), getattr(theirs, form, None)
        if mine and text:
            yield (mine, None), (text, None)


def _names_of_bodies(name: str, ours: Work, theirs: Work) -> _Verdict:
    """Compare containers, series, publishers: abbreviations, and a name that holds the other, are the same."""
    pairs = _pairs(name, ours, theirs)
    how = _best(pairs, text_likeness, spelling_likeness, _abbreviation, head_likeness)
    if how is not None:
        return True, "abbreviation" if how == "subtitle" else how
    if name == "container_title":
        shorts = ((ours, theirs.container_title_short), (theirs, ours.container_title_short))
        if any(text and _abbreviation((text, None), form) for work, text in shorts for form in _forms(work, name)):
            return True, "abbreviation"
        if ours.issn and theirs.issn and _numbers_of(ISSN, ours.issn) & _numbers_of(ISSN, theirs.issn):
            return True, "same ISSN"
    if _best(list(_translations(name, ours, theirs)), text_likeness) is not None:
        return True, "translation"
    return (False, "") if any(is_comparable(*pair) for pair in pairs) else (None, "language")


def _abbreviation(one: Spoken, other: Spoken) -> str | None:
    return abbreviation_likeness(one[0], other[0])


def _people(name: str, ours: Work, theirs: Work) -> _Verdict:
    return names_likeness(getattr(ours, name), ours.language, getattr(theirs, name), theirs.language)


_ROLES = ("author", "editor")


def _role(work: Work) -> tuple[bool, bool]:
    return bool(work.author), bool(work.editor)


def _have_other_roles(ours: Work, theirs: Work) -> bool:
    """Whether the only makers of two records are the same people, authors of the one and editors of the other."""
    people: list[tuple[Name, ...]] = [work.author or work.editor for work in (ours, theirs)]
    return names_likeness(people[0], ours.language, people[1], theirs.language)[0] is True


def _numbers(name: str, ours: Work, theirs: Work) -> _Verdict:
    how = number_likeness(name, getattr(ours, name), getattr(theirs, name))
    return how is not None, how or ""


def _dates(name: str, ours: Work, theirs: Work) -> _Verdict:
    return date_likeness(getattr(ours, name), getattr(theirs, name))


def _issued(name: str, ours: Work, theirs: Work) -> _Verdict:
    """Compare years with those of publication online, which some records have as their date."""
    found = _dates(name, ours, theirs)
    pairs = ((ours.issued, theirs.available_date), (ours.available_date, theirs.issued))
    if found[0] is False and any(one and other and one.year and one.year == other.year for one, other in pairs):
        return True, "online or print"
    return found


def _types(_name: str, ours: Work, theirs: Work) -> _Verdict:
    return (None, "kind not named") if {ours.type, theirs.type} & LOOSE_TYPES else (False, "")


def _languages(_name: str, ours: Work, theirs: Work) -> _Verdict:
    one, other = (language_tag(work.language or "").lower() for work in (ours, theirs))
    is_same = one.split("-")[0] == other.split("-")[0]
    return is_same, "precision" if is_same else ""


def _identifiers(identifier: Identifier) -> Callable[[str, Work, Work], _Verdict]:
    def compared(name: str, ours: Work, theirs: Work) -> _Verdict:
        mine, other = (_numbers_of(identifier, getattr(work, name)) for work in (ours, theirs))
        return bool(mine & other), "spelling" if mine & other else ""

    return compared


def _numbers_of(identifier: Identifier, text: str) -> set[str]:
    """Return the identifiers that a text holds, in one spelling; words that are none as they stand."""
    whole = identifier.parse(text)
    found = [whole] if whole else [identifier.parse(word) or word for word in text.replace(",", " ").split()]
    return {isbn_core(each) if identifier is ISBN else each.lower() for each in found}


def isbns(work: Work) -> set[str]:
    """Return the ISBN of a work, each in the form of `isbn_core`."""
    return _numbers_of(ISBN, work.isbn) if work.isbn else set()


def isbn_core(digits: str) -> str:
    """Return the digits that an ISBN of ten and one of thirteen have in common, with 978 before and no check digit.

    >>> isbn_core("1878379739") == isbn_core("9781878379733")
    True
    """
    return f"978{digits[:9]}" if len(digits) == 10 else digits[:12]


def _addresses(name: str, ours: Work, theirs: Work) -> _Verdict:
    one, other = (_address(getattr(work, name)) for work in (ours, theirs))
    return one == other, "spelling" if one == other else ""


def _address(url: str) -> str:
    """Return an address without its scheme, ``www.`` and the slash at its end; a DOI's as the DOI."""
    if doi := DOI.parse(url):
        return doi.lower()
    return url.split("://", 1)[-1].removeprefix("www.").rstrip("/")


_COMPARERS: dict[str, Callable[[str, Work, Work], _Verdict]] = {
    **dict.fromkeys(NAME_VARIABLES, _people),
    **dict.fromkeys(DATE_VARIABLES, _dates),
    **dict.fromkeys(("title", "title_short", "volume_title", "original_title", "reviewed_title"), _titles),
    **dict.fromkeys(
        ("container_title", "container_title_short", "collection_title", "event_title", "publisher", "authority",
         "archive", "publisher_place", "event_place", "source"), _names_of_bodies
    ),
    **dict.fromkeys(
        ("volume", "issue", "page", "page_first", "number", "part", "chapter_number", "collection_number", "edition",
         "version", "number_of_pages", "number_of_volumes", "supplement", "section", "printing"), _numbers
    ),
    **{identifier.name.lower(): _identifiers(identifier) for identifier in (DOI, ISBN, ISSN, PMID, PMCID)},
    **dict.fromkeys(("url", "archive_url"), _addresses),
    **dict.fromkeys(("keyword", "categories"), _word_lists),
    "issued": _issued, "type": _types, "language": _languages,
}  # fmt: skip
