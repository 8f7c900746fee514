"""Rows of the matrix: for one TY, the tag that each variable is written with, and the variables a tag may hold."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from tajikpeace_refs.formats._ris.matrix import LINES, TY_TO_TYPE, TYPE_TO_TY
from tajikpeace_refs.formats._ris.matrix import PASSTHROUGH as TAG
from tajikpeace_refs.model.work import DATE_VARIABLES, EDITORIAL, FIELDS, NAME_VARIABLES

RAW = "ris-as-written"
"""Format name of raw lines: they hold more than their variable, and are written back while it has their value."""

Kind = Literal["text", "number", "names", "date", "year", "pages", "keywords", "lines", "passthrough"]
KINDS: dict[str, Kind] = {
    **dict.fromkeys(NAME_VARIABLES, "names"), **dict.fromkeys(DATE_VARIABLES, "date"), "issued": "year",
    "page": "pages", "keyword": "keywords", "annote": "lines",
}  # fmt: skip
"""How the variables are written that are no plain text."""

PERIODICALS = frozenset({"JOUR", "ABST", "INPR", "EJOUR", "JFULL", "MGZN", "NEWS"})

# The order in which variables are written; those without a tag come last.
_ORDER = (
    "author", "director", "composer", "editor", "collection_editor", "container_author", "interviewer", "performer",
    "recipient", "producer", "contributor", "translator", "issued", "title", "translated_title", "title_short",
    "container_title", "container_title_short", "collection_title", "event_title", "event_place", "edition", "version",
    "volume", "issue", "collection_number", "number", "number_of_volumes", "chapter_number", "section", "page",
    "number_of_pages", "publisher", "publisher_place", "genre", "doi", "issn", "isbn", "url", "accessed",
    "original_title", "language", "call_number", "archive", "source", "archive_location", "keyword", "abstract",
    "annote",
)  # fmt: skip
_ELSEWHERE = {"id", "type", "extra", *EDITORIAL}
"""Fields of a work that no row stands for."""


@dataclass(frozen=True, slots=True)
class Row:
    """The tag of a variable for one TY; ``is_read`` False where reading that tag gives another variable, or none."""

    ty: str
    tag: str
    variable: str
    kind: Kind
    is_read: bool = True


@cache
def _meanings(ty: str) -> dict[str, list[tuple[str, str]]]:
    """Return for each tag the signs and variables of its meanings for a TY, in the order of the matrix."""
    found: dict[str, list[tuple[str, str]]] = {}
    for types, pairs in LINES:
        if ty not in types and types != ("*",):
            continue
        own: dict[str, list[tuple[str, str]]] = {}
        for tag, sign, variable in pairs:
            own.setdefault(tag, []).extend([(sign, variable)] if variable else [])
        found = own | {tag: meanings for tag, meanings in found.items() if tag not in own}
    return found


@cache
def rows_for(ty: str) -> dict[str, Row]:
    """Return the row of each variable for a TY, in the order of writing; those without a tag last."""
    rows: dict[str, Row] = {}
    for tag, meanings in _meanings(ty).items():
        for sign, variable in meanings:
            if sign != ">":
                kind = "number" if variable in {"isbn", "issn"} else KINDS.get(variable, "text")
                rows.setdefault(variable, Row(ty, tag, variable, kind, is_read=sign == "="))
    main = next((name for name in ("isbn", "issn") if name in rows), None)
    if main:  # one tag for both: the digits show which it is
        rows |= {name: Row(ty, "SN", name, "number") for name in ("isbn", "issn")}
    order = [name for name in _ORDER if name not in {"isbn", "issn"} or main]
    if main == "isbn":
        order = [{"issn": "isbn", "isbn": "issn"}.get(name, name) for name in order]
    order += [name for name in rows if name not in order]
    written = {name: rows[name] for name in order if name in rows}
    return written | {name: Row(ty, TAG, name, "passthrough") for name in FIELDS if name not in {*rows, *_ELSEWHERE}}


@cache
def tag_table(ty: str) -> dict[str, tuple[str, ...]]:
    """Return the variables that each tag may hold for a TY, the one that it most often holds first."""
    return {
        tag: tuple(variable for sign, variable in meanings if sign != "<") for tag, meanings in _meanings(ty).items()
    }


def csl_type(ty: str, *, has_container: bool = True) -> str:
    """Return the CSL type of a TY in any case; an unknown one is an article's, an empty one a document's.

    A SER without a container is a periodical.
    """
    if ty.upper() == "SER" and not has_container:
        return "periodical"
    return TY_TO_TYPE.get(ty.upper(), "article-journal" if ty else "document")


def is_known(ty: str) -> bool:
    """Whether a TY is one of the table, in any case."""
    return ty.upper() in TY_TO_TYPE


def table_key(ty: str, csl: str) -> str:
    """Return the TY whose rows a record of a CSL type has: its own, or that of what an unknown one is taken for."""
    ty = ty.upper()
    if ty == "SER" and csl == "periodical":
        return "JFULL"
    return ty if ty in TY_TO_TYPE else "JOUR" if ty else "GEN"


def ty_of(csl: str) -> str:
    """Return the TY that a CSL type is written as."""
    return TYPE_TO_TY.get(csl, "GEN")
