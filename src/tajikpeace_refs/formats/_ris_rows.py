"""RIS: one table of rows, read in both directions.

Sources: the RIS format specifications (Research Information Systems), Zotero's RIS translator, EndNote's export.

Rows come in the order that tags are written. One record's type decides what T2, A2, A3, M1 and SN mean: where several
rows name one variable or one tag, the first that fits the type of the work holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.work import EDITORIAL, FIELDS, SPELLING, TYPES

CARRIER = "ZZ"
"""The tag that carries ``variable: value`` for CSL variables no tag exists for; other programs pass over it."""

AS_WRITTEN = "ris-as-written"
"""Format name of tags whose own spelling says more than their variable; written back while it means the same."""

Kind = Literal["text", "names", "date", "year", "pages", "keywords", "carried"]


@dataclass(frozen=True, slots=True)
class Row:
    """A tag, the CSL variable it holds, how the value is written, and for which CSL types."""

    tag: str
    variable: str
    kind: Kind = "text"
    types: tuple[str, ...] = ()


_IN_BOOKS = ("chapter", "paper-conference", "entry", "entry-encyclopedia", "entry-dictionary")
_IN_PERIODICALS = ("article-journal", "article-magazine", "article-newspaper", "review", "review-book")
_BOOKS = ("book", "collection", "classic")
_NUMBERED = ("report", "patent", "standard", "bill", "legislation", "regulation", "dataset")

_NOT_PERIODICALS = tuple(csl for csl in TYPES if csl not in _IN_PERIODICALS)

_STANDARD = (
    Row("AU", "author", "names"),
    Row("A2", "editor", "names", _IN_BOOKS + _IN_PERIODICALS),
    Row("A3", "editor", "names", _BOOKS),
    Row("A3", "collection_editor", "names", _IN_BOOKS),
    Row("A2", "collection_editor", "names", _BOOKS),
    Row("ED", "editor", "names"),
    Row("A4", "translator", "names"),
    Row("PY", "issued", "year"),
    Row("TI", "title"),
    Row("TT", "translated_title"),
    Row("ST", "title_short"),
    Row("T2", "container_title"),
    Row("J2", "container_title_short"),
    Row("T3", "collection_title"),
    Row("C3", "event_title"),
    Row("ET", "edition"),
    Row("VL", "volume"),
    Row("IS", "issue", types=_IN_PERIODICALS),
    Row("IS", "number", types=_NUMBERED),
    Row("IS", "issue"),
    Row("M1", "collection_number", types=_BOOKS + _IN_BOOKS),
    Row("C7", "number", types=_IN_PERIODICALS),
    Row("M1", "number", types=_NOT_PERIODICALS),
    Row("NV", "number_of_volumes"),
    Row("SE", "section"),
    Row("SP", "page", "pages"),
    Row("PB", "publisher"),
    Row("CY", "publisher_place"),
    Row("M3", "genre", types=_NOT_PERIODICALS),
    Row("DO", "doi"),
    Row("SN", "issn", types=_IN_PERIODICALS),
    Row("SN", "isbn"),
    Row("UR", "url"),
    Row("Y2", "accessed", "date"),
    Row("OP", "original_title"),
    Row("LA", "language"),
    Row("CN", "call_number"),
    Row("DB", "archive"),
    Row("DP", "source"),
    Row("AN", "archive_location"),
    Row("KW", "keyword", "keywords"),
    Row("AB", "abstract"),
    Row("N1", "note"),
)


@cache
def rows_for(csl: str) -> dict[str, tuple[int, Row]]:
    """Return rank and row of each variable for a CSL type: a tag where there is one, else the carrier."""
    variables: set[str] = {"id", "type", "foreign", *EDITORIAL}
    tags: set[str] = set()
    chosen: list[Row] = []
    for row in _STANDARD:
        if row.variable in variables or row.tag in tags or (row.types and csl not in row.types):
            continue
        variables.add(row.variable)
        tags.add(row.tag)
        chosen.append(row)
    chosen += [Row(CARRIER, name, "carried") for name in FIELDS if name not in variables]
    return {row.variable: (rank, row) for rank, row in enumerate(chosen)}


# Tags that are read and never written: the older ones, and vendors'. A row of the type for the same tag goes first.
_READ_ONLY = (
    Row("A1", "author", "names"),
    Row("T1", "title"),
    Row("CT", "title"),
    Row("BT", "title", types=_BOOKS),
    Row("BT", "container_title"),
    Row("JF", "container_title"),
    Row("JO", "container_title_short"),
    Row("JA", "container_title_short"),
    Row("J1", "container_title_short"),
    Row("Y1", "issued", "year"),
    Row("DA", "issued", "year"),
    Row("N2", "abstract"),
    Row("EP", "page", "pages"),
    Row("M3", "doi", types=_IN_PERIODICALS),
    Row("ED", "editor", "names"),
)


@cache
def tag_table(csl: str) -> dict[str, Row]:
    """Return the row of every tag that a type knows."""
    table: dict[str, Row] = {}
    for row in (*(row for _, row in rows_for(csl).values()), *_READ_ONLY):
        if row.kind != "carried" and (not row.types or csl in row.types):
            table.setdefault(row.tag, row)
    return table


def all_rows() -> tuple[Row, ...]:
    """Return the rows of every type, for the documentation."""
    carried = set(SPELLING) - {row.variable for row in _STANDARD} - {"id", "type", "foreign", *EDITORIAL}
    return (*_STANDARD, *(Row(CARRIER, name, "carried") for name in FIELDS if name in carried))


def ris_name(name: Name) -> str:
    """Return ``family, given, suffix``; a body, or a person with one name, as it is.

    >>> ris_name(Name.parse("van der Berg, Jan")), ris_name(Name(literal="RASS")), ris_name(Name(family="Plato"))
    ('van der Berg, Jan', 'RASS', 'Plato')
    """
    return name.literal if name.literal is not None else str(name).rstrip(",")


TYPE_TO_TY = {
    "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS", "book": "BOOK",
    "chapter": "CHAP", "paper-conference": "CONF", "thesis": "THES", "report": "RPRT", "webpage": "ELEC",
    "post-weblog": "BLOG", "dataset": "DATA", "software": "COMP", "map": "MAP", "motion_picture": "MPCT",
    "song": "SOUND", "musical_score": "MUSIC", "patent": "PAT", "manuscript": "UNPB", "legal_case": "CASE",
    "bill": "BILL", "legislation": "STAT", "hearing": "HEAR", "personal_communication": "PCOMM",
    "pamphlet": "PAMP", "entry-encyclopedia": "ENCYC", "entry-dictionary": "DICT", "figure": "FIGURE",
    "graphic": "ART", "standard": "STAND", "classic": "CLSWK", "periodical": "SER", "document": "GEN",
}  # fmt: skip
"""The TY of a CSL type; any other type is GEN, and the carrier says which."""

TY_TO_TYPE = {
    **{ty: csl for csl, ty in TYPE_TO_TY.items()},
    "ABST": "article-journal", "AGGR": "dataset", "ADVS": "motion_picture", "ANCIENT": "classic",
    "CHART": "figure", "CPAPER": "paper-conference", "CTLG": "book", "EBOOK": "book", "ECHAP": "chapter",
    "EDBOOK": "book", "EJOUR": "article-journal", "EQUA": "figure", "GOVDOC": "report", "GRNT": "document",
    "ICOMM": "personal_communication", "INPR": "article-journal", "INTV": "interview", "JFULL": "periodical",
    "LEGAL": "regulation", "MANSCPT": "manuscript", "MULTI": "webpage", "SLIDE": "speech", "UNBILL": "bill",
    "UNPD": "manuscript", "VIDEO": "motion_picture", "WEB": "webpage", "DBASE": "dataset", "ELEC": "webpage",
}  # fmt: skip
"""The CSL type of a TY, rarer and vendors' ones included; any other TY is a document."""
