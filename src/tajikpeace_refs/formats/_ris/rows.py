"""RIS: one table of rows, read in both directions.

Sources: the RIS format specifications (Research Information Systems), Zotero's RIS translator, EndNote's export.

Rows stand in the order in which tags are written. The type of a record decides what T2, A2, A3, M1 and SN mean: of
several rows for one variable or one tag, the first that fits the type counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from tajikpeace_refs.formats._ris.passthrough import TAG
from tajikpeace_refs.model.work import EDITORIAL, FIELDS, TYPES

RAW = "ris-as-written"
"""Format name of raw lines: they hold more than their variable, and are written back while it has their value."""

Kind = Literal["text", "coded", "number", "names", "date", "year", "pages", "keywords", "passthrough"]


@dataclass(frozen=True, slots=True)
class Row:
    """A tag, the CSL variable it holds, how the value is written, and for which CSL types.

    A ``text`` is read as it stands; a ``coded`` one (a DOI, a language) is normalised.
    """

    tag: str
    variable: str
    kind: Kind = "text"
    types: tuple[str, ...] = ()


_IN_BOOKS = ("chapter", "paper-conference", "entry", "entry-encyclopedia", "entry-dictionary")
IN_PERIODICALS = ("article-journal", "article-magazine", "article-newspaper", "review", "review-book")
EDITED_BOOK = "EDBOOK"
"""A TY with tags of its own: its AU are editors. It stands beside the CSL types in the rows."""
_BOOKS = ("book", "collection", "classic", EDITED_BOOK)
_NUMBERED = ("report", "patent", "standard", "bill", "legislation", "regulation", "dataset")

_NOT_PERIODICALS = (*(csl for csl in TYPES if csl not in IN_PERIODICALS), EDITED_BOOK)

_STANDARD = (
    Row("AU", "editor", "names", (EDITED_BOOK,)),
    Row("AU", "author", "names"),
    Row("A2", "editor", "names", _IN_BOOKS + IN_PERIODICALS),
    Row("A3", "editor", "names", _BOOKS),
    Row("A3", "collection_editor", "names", (*_IN_BOOKS, "report", "map")),
    Row("A2", "collection_editor", "names", _BOOKS),
    Row("A2", "interviewer", "names", ("interview",)),
    Row("A2", "performer", "names", ("song",)),
    Row("A2", "recipient", "names", ("personal_communication",)),
    Row("A3", "producer", "names", ("motion_picture", "broadcast")),
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
    Row("IS", "issue", types=IN_PERIODICALS),
    Row("IS", "number", types=_NUMBERED),
    Row("IS", "issue"),
    Row("M1", "collection_number", types=_BOOKS + _IN_BOOKS),
    Row("C7", "number", types=IN_PERIODICALS),
    Row("M1", "number", types=_NOT_PERIODICALS),
    Row("NV", "number_of_volumes"),
    Row("SE", "section"),
    Row("SP", "page", "pages"),
    Row("PB", "publisher"),
    Row("CY", "publisher_place"),
    Row("M3", "genre", types=_NOT_PERIODICALS),
    Row("DO", "doi", "coded"),
    Row("SN", "issn", types=IN_PERIODICALS),
    Row("SN", "isbn"),
    # One tag for both: the digits show which it is.
    Row("SN", "issn", "number"),
    Row("SN", "isbn", "number"),
    Row("UR", "url"),
    Row("Y2", "accessed", "date"),
    Row("OP", "original_title"),
    Row("LA", "language", "coded"),
    Row("CN", "call_number"),
    Row("DB", "archive"),
    Row("DP", "source"),
    Row("AN", "archive_location"),
    Row("KW", "keyword", "keywords"),
    Row("AB", "abstract"),
    Row("N1", "note"),
)


_ELSEWHERE = {"id", "type", "extra", *EDITORIAL}
"""Fields of a work that no row stands for."""


@cache
def rows_for(csl: str) -> dict[str, Row]:
    """Return the row of each variable for a CSL type (or EDBOOK), in the order of writing; those without a tag last."""
    chosen: dict[str, Row] = {}
    tags: set[str] = set()
    for row in _STANDARD:
        is_taken = row.variable in chosen or (row.tag in tags and row.kind != "number")
        if not is_taken and (not row.types or csl in row.types):
            chosen[row.variable] = row
            tags.add(row.tag)
    return chosen | {name: _passthrough(name) for name in FIELDS if name not in chosen and name not in _ELSEWHERE}


def _passthrough(variable: str) -> Row:
    return Row(TAG, variable, "passthrough")


# Older and vendors' tags, read and never written. A row of the type for the same tag goes first.
_READ_ONLY = (
    Row("A1", "editor", "names", (EDITED_BOOK,)),
    Row("A1", "author", "names"),
    Row("A2", "editor", "names"),
    Row("A3", "editor", "names", (EDITED_BOOK,)),
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
    Row("M3", "doi", "coded", IN_PERIODICALS),
    Row("ED", "editor", "names"),
)


@cache
def tag_table(csl: str) -> dict[str, str]:
    """Return the variable of every tag that a type knows."""
    table: dict[str, str] = {}
    for row in (*rows_for(csl).values(), *_READ_ONLY):
        if row.kind != "passthrough" and (not row.types or csl in row.types):
            table.setdefault(row.tag, row.variable)
    return table


def all_rows() -> tuple[Row, ...]:
    """Return the rows of every type, for the documentation."""
    named = _ELSEWHERE | {row.variable for row in _STANDARD}
    return (*_STANDARD, *(_passthrough(name) for name in FIELDS if name not in named))


TYPE_TO_TY = {
    "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS", "book": "BOOK",
    "chapter": "CHAP", "paper-conference": "CONF", "thesis": "THES", "report": "RPRT", "webpage": "ELEC",
    "post-weblog": "BLOG", "dataset": "DATA", "software": "COMP", "map": "MAP", "motion_picture": "MPCT",
    "song": "SOUND", "musical_score": "MUSIC", "patent": "PAT", "manuscript": "UNPB", "legal_case": "CASE",
    "bill": "BILL", "legislation": "STAT", "hearing": "HEAR", "personal_communication": "PCOMM",
    "pamphlet": "PAMP", "entry-encyclopedia": "ENCYC", "entry-dictionary": "DICT", "figure": "FIGURE",
    "graphic": "ART", "standard": "STAND", "classic": "CLSWK", "periodical": "SER", "document": "GEN",
}  # fmt: skip
"""The TY of a CSL type; any other type is GEN, and a passthrough line names it."""

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


def csl_type(ty: str) -> str:
    """Return the CSL type of a TY in any case; ``document`` for one that is unknown."""
    return TY_TO_TYPE.get(ty.upper(), "document")


def table_key(csl: str, ty: str) -> str:
    """Return the key of a record's rows: its CSL type, or EDBOOK."""
    return EDITED_BOOK if (csl, ty.upper()) == ("book", EDITED_BOOK) else csl
