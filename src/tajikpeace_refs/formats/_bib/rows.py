"""BibTeX and biblatex: one table of rows, read in both directions.

A row joins a CSL variable with its field in each dialect and the codec that writes and reads the value. The names of
fields are biblatex's (manual, section 2.2) and classic BibTeX's (btxdoc, section 3). Rows come in the order that fields
are written. Where several rows name one variable or one field, the first that fits the type of the work holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tajikpeace_refs.formats._bib import apa_model
from tajikpeace_refs.formats._bib import converters as codecs
from tajikpeace_refs.formats._bib.converters import Codec
from tajikpeace_refs.formats._bib.dates import ISSUED
from tajikpeace_refs.formats._bib.eprints import CONTAINERS, is_preprint
from tajikpeace_refs.formats._bib.latex_decode import decode
from tajikpeace_refs.formats._bib.names import NAMES
from tajikpeace_refs.model.work import DATE_VARIABLES, EDITORIAL, FIELDS, NAME_VARIABLES, SPELLING

PREFIX = "csl-"
"""Begins the names of fields for CSL variables without a BibTeX field; BibTeX and biblatex ignore them."""
ENTRY_FIELD = f"{PREFIX}entry"
"""Holds the entry type of a work where classic BibTeX has another one for it."""
EXTRA = f"{PREFIX}foreign-"
"""Begins the names of the numbered fields that hold the extra fields of other formats."""


@dataclass(frozen=True, slots=True)
class Row:
    """A CSL variable and its field in each dialect."""

    variable: str
    biblatex: str
    bibtex: str
    codec: Codec = codecs.TEXT
    types: tuple[str, ...] = ()

    def field(self, dialect: str) -> str:
        """Return the field in a dialect."""
        return self.biblatex if dialect == "biblatex" else self.bibtex


def _same(variable: str, field: str, codec: Codec = codecs.TEXT, types: tuple[str, ...] = ()) -> Row:
    return Row(variable, field, field, codec, types)


PERIODICAL = ("article-journal", "article-magazine", "article-newspaper", "review", "review-book", "periodical")
_WEB = ("webpage", "post", "post-weblog")
PARTS = ("chapter", "paper-conference", "entry", "entry-dictionary", "entry-encyclopedia")
"""Types that stand in a book."""
WHOLE = ("book", "classic", "thesis")
"""Types that stand in no container: BibTeX has ``booktitle`` beside the title of a book for its children only."""
_NUMBERED_BOOK = ("book", "collection", "classic", *PARTS)

_STANDARD = (
    _same("author", "author", NAMES),
    _same("editor", "editor", NAMES),
    _same("translator", "translator", NAMES),
    Row("container_author", "bookauthor", "bookauthor", NAMES),
    Row("title", "title", "title", codecs.TITLE),
    Row("translated_title", "titleaddon", f"{PREFIX}translated-title", codecs.TRANSLATED),
    _same("title_short", "shorttitle", codecs.TITLE),
    Row("original_title", "origtitle", "origtitle", codecs.ORIGINAL_TITLE),
    Row("container_title", "journaltitle", "journal", codecs.TEXT, PERIODICAL),
    Row("container_title", "organization", "organization", codecs.TEXT, _WEB),
    _same("container_title", "booktitle", codecs.TITLE),
    Row("container_title_short", "shortjournal", "shortjournal"),
    _same("collection_title", "series", codecs.TEXT),
    _same("event_title", "eventtitle"),
    _same("event_place", "venue"),
    _same("edition", "edition", codecs.EDITION),
    _same("volume", "volume", codecs.NUMBER),
    _same("issue", "number", codecs.NUMBER, types=PERIODICAL),
    _same("number", "eid", types=PERIODICAL),
    _same("collection_number", "number", types=_NUMBERED_BOOK),
    _same("number", "number"),
    _same("number_of_volumes", "volumes"),
    _same("part", "part"),
    _same("chapter_number", "chapter"),
    _same("page", "pages", codecs.PAGES),
    _same("number_of_pages", "pagetotal"),
    Row("publisher", "institution", "school", types=("thesis",)),
    Row("publisher", "institution", "institution", types=("report",)),
    _same("publisher", "publisher", codecs.PUBLISHER),
    Row("publisher_place", "location", "address", codecs.PLACE),
    Row("original_publisher", "origpublisher", "origpublisher"),
    Row("original_publisher_place", "origlocation", "origlocation"),
    _same("genre", "type"),
    _same("version", "version"),
    _same("status", "pubstate", codecs.STATUS),
    Row("issued", "date", "year", ISSUED),
    Row("original_date", "origdate", "origdate", codecs.DATE),
    Row("event_date", "eventdate", "eventdate", codecs.DATE),
    _same("doi", "doi", codecs.DOI),
    _same("isbn", "isbn"),
    _same("issn", "issn"),
    _same("pmid", "pmid"),
    _same("pmcid", "pmcid"),
    _same("url", "url", codecs.URL),
    _same("accessed", "urldate", codecs.DATE),
    Row("language", "langid", "language", codecs.LANGUAGE),
    _same("call_number", "library"),
    _same("keyword", "keywords", codecs.KEYWORDS),
    _same("abstract", "abstract"),
    Row("annote", "annotation", "annote"),
    _same("note", "note"),
)

_WITHOUT_FIELD = {"id", "type", "extra", *EDITORIAL}
_CODECS = {
    **dict.fromkeys(NAME_VARIABLES, NAMES), **dict.fromkeys(DATE_VARIABLES, codecs.DATE), "archive_url": codecs.URL,
    "categories": codecs.KEYWORDS, "retrieval_needed": codecs.FLAG,
}  # fmt: skip


def _passthrough_rows() -> Iterator[Row]:
    """Return a row for every variable that has no standard field, so that ``.bib`` loses none of them."""
    taken = {row.variable for row in _STANDARD if not row.types} | _WITHOUT_FIELD
    for variable in FIELDS:
        if variable not in taken:
            field = PREFIX + SPELLING[variable].replace("_", "-").lower()
            yield Row(variable, field, field, _CODECS.get(variable, codecs.TEXT))


ROWS: tuple[Row, ...] = (*_STANDARD, *_passthrough_rows())


@dataclass(frozen=True, slots=True)
class EntryType:
    """The entry type of a CSL type in each dialect, and biblatex's ``entrysubtype`` where it is shared."""

    csl: str
    biblatex: str
    bibtex: str
    subtype: str | None = None


ENTRY_TYPES: tuple[EntryType, ...] = (
    EntryType("article-journal", "article", "article"),
    EntryType("article-magazine", "article", "article", "magazine"),
    EntryType("article-newspaper", "article", "article", "newspaper"),
    EntryType("book", "book", "book"),
    EntryType("chapter", "incollection", "incollection"),
    EntryType("paper-conference", "inproceedings", "inproceedings"),
    EntryType("entry-encyclopedia", "inreference", "incollection"),
    EntryType("thesis", "thesis", "phdthesis"),
    EntryType("report", "report", "techreport"),
    EntryType("webpage", "online", "misc"),
    EntryType("document", "misc", "misc"),
    EntryType("manuscript", "unpublished", "unpublished"),
    EntryType("pamphlet", "booklet", "booklet"),
    EntryType("periodical", "periodical", "misc"),
    EntryType("collection", "misc", "misc"),
    EntryType("dataset", "dataset", "misc"),
    EntryType("software", "software", "misc"),
    EntryType("patent", "patent", "misc"),
    EntryType("standard", "standard", "misc"),
    EntryType("review", "review", "article"),
    EntryType("legal_case", "jurisdiction", "misc"),
    EntryType("legislation", "legislation", "misc"),
    EntryType("motion_picture", "movie", "misc"),
    EntryType("performance", "performance", "misc"),
    EntryType("graphic", "image", "misc"),
    EntryType("song", "music", "misc"),
    EntryType("personal_communication", "letter", "misc"),
    # From here on the entry type alone does not give the CSL type back: the field csl-type holds it.
    EntryType("article", "unpublished", "unpublished"),
    EntryType("bill", "legislation", "misc"),
    EntryType("broadcast", "misc", "misc"),
    EntryType("classic", "book", "book"),
    EntryType("entry", "inreference", "incollection"),
    EntryType("entry-dictionary", "inreference", "incollection"),
    EntryType("event", "misc", "misc"),
    EntryType("figure", "image", "misc"),
    EntryType("hearing", "misc", "misc"),
    EntryType("interview", "misc", "misc"),
    EntryType("map", "misc", "misc"),
    EntryType("musical_score", "misc", "misc"),
    EntryType("post", "online", "misc"),
    EntryType("post-weblog", "online", "misc"),
    EntryType("regulation", "legislation", "misc"),
    EntryType("review-book", "review", "article"),
    EntryType("speech", "unpublished", "unpublished"),
    EntryType("treaty", "legislation", "misc"),
)
TYPE_OF = {row.csl: row for row in ENTRY_TYPES}

# Entry types that others use for the same things (biblatex manual 2.1.2 and 2.1.3, JabRef, Zotero).
ALIASES = {
    "conference": "paper-conference", "electronic": "webpage", "www": "webpage", "mastersthesis": "thesis",
    "phdthesis": "thesis", "techreport": "report", "inbook": "chapter", "bookinbook": "chapter",
    "suppbook": "chapter", "suppcollection": "chapter", "suppperiodical": "article-journal", "mvbook": "book",
    "collection": "book", "mvcollection": "book", "proceedings": "book", "mvproceedings": "book", "reference": "book",
    "mvreference": "book", "manual": "report", "artwork": "graphic", "audio": "song", "video": "motion_picture",
    "commentary": "article-journal", "legal": "treaty", "preprint": "article", "presentation": "speech",
    "webpage": "webpage", "website": "webpage", "blog": "post-weblog", "newspaper": "article-newspaper",
    "bachelorsthesis": "thesis", "masterthesis": "thesis", "program": "software", "code": "software",
}  # fmt: skip

THESES = {"phdthesis": "Doctoral dissertation", "mastersthesis": "Master's thesis"}
"""The genre that a classic entry type implies."""
UNNAMED_THESIS = "Thesis"
"""Classic type of a thesis of no known kind: the entry type alone would call it a PhD thesis."""
TYPE_KEYS = {
    "phdthesis": "Doctoral dissertation", "mathesis": "Master's thesis", "bathesis": "Bachelor's thesis",
    "candthesis": "Candidate thesis", "techreport": "Technical report", "resreport": "Research report",
    "patent": "Patent", "patentus": "U.S. Patent", "patenteu": "European Patent", "patentde": "German Patent",
    "patentuk": "British Patent", "patentfr": "French Patent", "patreq": "Patent Request",
    "patrequs": "U.S. Patent Request", "patreqeu": "European Patent Request", "patreqde": "German Patent Request",
    "patrequk": "British Patent Request", "patreqfr": "French Patent Request",
    "software": "Computer software", "datacd": "Data CD", "audiocd": "Audio CD",
}  # fmt: skip
"""The texts of biblatex's keys for ``type`` (manual, 4.9.2.13)."""
TYPE_NAMES = {genre: key for key, genre in TYPE_KEYS.items()}
_GOST_KEYS = {
    "docthesis": "Doctor of Sciences dissertation", "phdautoref": "Abstract of doctoral dissertation",
    "candautoref": "Abstract of candidate dissertation", "docautoref": "Abstract of Doctor of Sciences dissertation",
    "autoref": "Abstract of dissertation",
}  # fmt: skip
KEY_TEXTS = TYPE_KEYS | _GOST_KEYS
"""The texts of every key for ``type`` that is read: biblatex's, and those of biblatex-gost, which only it knows."""

CLASSIC_TYPES = frozenset({
    "article", "book", "booklet", "conference", "inbook", "incollection", "inproceedings", "manual", "mastersthesis",
    "misc", "phdthesis", "proceedings", "techreport", "unpublished", "electronic", "www",
})  # fmt: skip
"""btxdoc's entry types, and the two for web pages of classic styles (IEEEtran, jurabib)."""
CLASSIC_ALIASES = {"mvproceedings": "proceedings", "online": "misc"}
"""What classic BibTeX has for an entry type of biblatex, where the CSL type would give another one."""


_CSL = {(row.biblatex, row.subtype): row.csl for row in reversed(ENTRY_TYPES)}
_NUMBER_OF_CHAPTER = re.compile(
    r"(?:(?:chapters?|chap|ch|sections?|sec|parts?|kapitel|chapitre|capítulo|глава|гл|раздел)\b\.?)?"
    r"\s*+(?:[\dIVXLC]++[A-Z]?+|[A-Z])?(?:[\s.,&:–-]++(?:and\s++)?[\dIVXLC]++[A-Z]?+)*+[.:]?",
    re.IGNORECASE,
)


def names_chapter(fields: Mapping[str, str]) -> bool:
    """Whether ``chapter`` has the title of a chapter in place of its number, so that ``title`` is that of the book."""
    chapter = decode(fields.get("chapter", "")).text
    is_in_book = not any(fields.get(name) for name in CONTAINERS)
    return bool(chapter) and is_in_book and not _NUMBER_OF_CHAPTER.fullmatch(chapter)


def csl_type(entry: str, fields: Mapping[str, str], *, has_address: bool) -> str:
    """Return the CSL type that an entry stands for; an unknown entry type is a document.

    Args:
        entry: the entry type, in small letters.
        fields: its fields; ``entrysubtype``, the container and the eprint count.
        has_address: whether it has an address.

    >>> csl_type("misc", {}, has_address=True), csl_type("article", {"entrysubtype": "newspaper"}, has_address=False)
    ('webpage', 'article-newspaper')
    """
    if is_preprint(entry, fields):
        return "article"
    if kind := apa_model.type_of(entry, fields):
        return kind
    if entry == "inbook" and not any(fields.get(name) for name in CONTAINERS) and not names_chapter(fields):
        return "book"  # classic: the title is the book's, chapter and pages are what is meant of it (btxdoc, 3.1)
    if entry in ALIASES:
        return ALIASES[entry]
    if entry == "misc":
        return "webpage" if has_address else "document"
    return _CSL.get((entry, fields.get("entrysubtype") or None)) or _CSL.get((entry, None), "document")
