"""Which fields of an entry hold which variable, for reading and for writing.

A variable is read from one field, or from a small group (``title`` and ``subtitle``; ``year``, ``month`` and ``day``).
Where writing the variable would not give the fields back, their raw text is kept with the work under the format name
``tex``, and is written again as long as it still reads as the value of the variable.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from tajikpeace_refs.formats._bib import apa_model, journal_macros
from tajikpeace_refs.formats._bib.converters import TEXT, TITLE, Read
from tajikpeace_refs.formats._bib.dates import add_month, read_year
from tajikpeace_refs.formats._bib.eprints import CONTAINERS, names_archive
from tajikpeace_refs.formats._bib.implied import says_only_address
from tajikpeace_refs.formats._bib.latex_decode import decode
from tajikpeace_refs.formats._bib.names import NAMES
from tajikpeace_refs.formats._bib.rows import (
    KEY_TEXTS,
    PARTS,
    PERIODICAL,
    PREFIX,
    ROWS,
    UNNAMED_THESIS,
    WHOLE,
    Row,
    names_chapter,
)
from tajikpeace_refs.model.genres import repeats_type
from tajikpeace_refs.model.work import SPELLING
from tajikpeace_refs.text.carriers import without_spaced_colon

SET = "set"
"""Entry type that only names other entries (biblatex manual 3.14.5)."""
SET_OF = "bibtex-set"
"""Format name of an extra field that holds such an entry, on the work that came after it: its key and its members."""
TEX = "tex"
"""Format name of the raw fields that writing their variable would not give back."""
THESIS_KEYS = ("phdthesis", "mathesis")
ENTRY = "@"
"""Field name under which the entry type is kept where the CSL type would not give it back."""

# A field, and the fields that complete its value.
COMPLETIONS = {
    "title": ("subtitle",), "booktitle": ("booksubtitle",), "journaltitle": ("journalsubtitle",),
    "year": ("month", "day"), "maintitle": ("mainsubtitle",), "issuetitle": ("issuesubtitle",),
}  # fmt: skip
_COMPLETING = frozenset(field for fields in COMPLETIONS.values() for field in fields)

# The variable of a field for which the type has no row; the raw field is kept too.
_FALLBACK = {
    "journal": "container_title", "journaltitle": "container_title", "booktitle": "container_title",
    "organization": "publisher", "school": "publisher", "institution": "publisher", "number": "number",
    "eid": "number", "annotation": "annote", "annote": "annote", "numpages": "number_of_pages",
    "publisher": "publisher", "origyear": "original_date",
}  # fmt: skip
_CODECS = {"maintitle": TITLE, "issuetitle": TITLE, "holder": NAMES}
"""How fields are read that no row names: what they mean depends on the type and the fields beside them."""


class FieldValue(NamedTuple):
    """A variable, its value, the fields it was read from, and whether writing it gives the fields back."""

    variable: str
    value: Any
    fields: tuple[str, ...]
    lossless: bool


class Place(NamedTuple):
    """Where a variable is written: its row, and the field."""

    row: Row
    field: str


@cache
def rows_for(csl: str, dialect: str) -> dict[str, Place]:
    """Return where each variable of a type is written, in the order of an entry: no field is used for two variables."""
    places: dict[str, Place] = {}
    fields: set[str] = set()
    for row in ROWS:
        field = row.field(dialect)
        if row.variable in places or (row.types and csl not in row.types) or field in fields:
            continue
        places[row.variable] = Place(row, field)
        fields.add(field)
    for row in ROWS:  # its field is taken by another variable of the type
        if row.variable not in places and not row.types:
            places[row.variable] = Place(row, PREFIX + SPELLING[row.variable].lower())
    return places


@cache
def rows_in_volume(csl: str) -> dict[str, Place]:
    """Return biblatex's rows for a work of a type in a volume with a title of its own, which is a part of a whole."""
    whole, volume = ("container_title", "booktitle") if csl in PARTS else ("title", "title")
    places: dict[str, Place] = {}
    for variable, place in rows_for(csl, "biblatex").items():
        if variable == whole:
            places[whole] = Place(Row(whole, "maintitle", "maintitle", TITLE), "maintitle")
            places["volume_title"] = Place(Row("volume_title", volume, volume, TITLE), volume)
        else:
            places.setdefault(variable, place)
    return places


@cache
def field_table(csl: str) -> dict[str, tuple[Row, bool]]:
    """Return the row of every field that a type knows, in either dialect, and whether it is the type's own."""
    table: dict[str, tuple[Row, bool]] = {}
    for dialect in ("bibtex", "biblatex"):
        for row, field in rows_for(csl, dialect).values():
            table.setdefault(field, (row, True))
    table.setdefault("year", table["date"])
    general = {row.variable: row for row in reversed(ROWS) if row.variable in _FALLBACK.values()}
    for field, variable in _FALLBACK.items():
        table.setdefault(field, (general[variable], False))
    return table


def read_field(csl: str, field: str, fields: Mapping[str, str]) -> FieldValue | None:
    """Return the variable and value of a field and its completions; None where no variable holds it or it is empty.

    ``fields`` are those of the entry: what a field means depends on those beside it.
    """
    if field in _COMPLETING or field not in fields:
        return None
    row, own = field_table(csl).get(field, (None, False))
    variable = _variable(csl, field, fields) if field in _MEANT_BY_OTHERS else None
    if variable is None:
        variable = row.variable if row else ""
    else:
        own = False
    if not variable:
        return None
    raw = fields[field]
    if field == "type" and raw in KEY_TEXTS:
        return FieldValue(variable, KEY_TEXTS[raw], (field,), lossless=raw in THESIS_KEYS)
    is_of_row = row is not None and (variable == row.variable or variable not in _IN_PLAIN_WORDS)
    codec = row.codec if row and is_of_row else _CODECS.get(field, TEXT)
    expanded = journal_macros.expand(raw) if field in _NAMED_BY_MACROS and "\\" in raw else raw
    value, lossless = read_year(raw) if field == "year" else codec.read(expanded)
    if not value:
        return None
    lossless = lossless and expanded == raw
    others = tuple(filter(fields.__contains__, COMPLETIONS.get(field, ())))
    if others and field == "year":
        month, day = fields.get("month"), fields.get("day")
        value, lossless = add_month(value, month, day) if month is not None else Read(value, lossless=False)
    elif others:
        value, lossless = _join(value, codec.read(fields[others[0]]).value), False
    if field == "title" and apa_model.adds_year(csl, fields):
        others = (*others, "titleaddon")
    found = FieldValue(variable, value, (field, *others), lossless and own)
    adjusted = _adjusted(csl, found, fields)
    return found if adjusted == value else found._replace(value=adjusted, lossless=False)


def _adjusted(csl: str, found: FieldValue, fields: Mapping[str, str]) -> Any:  # noqa: ANN401 - any value
    """Return a value as its type, its field and those beside it ask for."""
    variable, value, (field, *others), _ = found
    if "titleaddon" in others:
        return f"{value} {decode(fields['titleaddon']).text}"
    if variable == "publisher":
        value = publishers(csl, fields[field]) or value
    if variable in _OF_LIBRARIES:
        return _plain_colons(value, fields)
    if variable == "number" and field in {"articleno", "eid"} and csl not in PERIODICAL and value[:1].isdigit():
        return f"Article {value}"
    return value


_IN_PLAIN_WORDS = frozenset({"genre", "medium", "status"})
_NAMED_BY_MACROS = frozenset({"journal", "journaltitle", "booktitle", "series"})


def _variable(csl: str, field: str, fields: Mapping[str, str]) -> str | None:
    """Return the variable that a field means for its type and beside the others; '' for none, None where its row says.

    Rules of biblatex's manual (2.2.2, 2.3.5) and btxdoc (3.2).
    """
    if field in apa_model.RULED and (variable := apa_model.variable_of(csl, field, fields)) is not None:
        return variable
    if field in _TITLES:
        return _title_variable(csl, field, fields)
    if field in _IN_PERIODICALS:
        if csl == "article" and field != "issue" and names_archive(fields[field]):
            return ""
        if field == "issue":  # biblatex's issue stands beside a number; APS writes it in its place
            return "issue" if csl in PERIODICAL and "number" not in fields else ""
        return "number" if field == "articleno" else None
    if field == "type" and (repeats_type(fields[field], csl) or (fields[field], csl) == (UNNAMED_THESIS, "thesis")):
        return ""
    if field == "note" and (says_only_address(fields[field]) or (csl == "article" and names_archive(fields[field]))):
        return ""
    if field == "holder":
        return "" if "author" in fields else "author"
    if field == "bookauthor" and NAMES.read(fields[field]).value == NAMES.read(fields.get("author", "")).value:
        return ""
    return None


_TITLES = frozenset({"title", "issuetitle", "chapter", *CONTAINERS})
_IN_PERIODICALS = frozenset({"volume", "number", "pages", "eid", "issue", "articleno"})
_MEANT_BY_OTHERS = _TITLES | _IN_PERIODICALS | {"type", "note", "holder", "bookauthor"} | apa_model.RULED


def _title_variable(csl: str, field: str, fields: Mapping[str, str]) -> str | None:
    """Return the variable of a title: of the whole work, of a volume of it, or of what the work stands in."""
    if field == "issuetitle" or (field == "title" and csl == "periodical" and fields.get("issuetitle")):
        return "" if csl != "periodical" else "title" if field == "issuetitle" else "container_title"
    if csl in PERIODICAL:
        return "" if field == "maintitle" else None
    if csl == "article" and names_archive(fields[field]):
        return ""
    in_volume = bool(fields.get("maintitle"))
    if csl == "chapter" and field in {"title", "chapter"} and names_chapter(fields):
        return "title" if field == "chapter" else "container_title"
    if csl in PARTS or (csl in _IN_PROGRAMMES and not fields.get("booktitle")):
        if field == "maintitle":
            return "container_title"
        return "volume_title" if field == "booktitle" and in_volume else None
    if field == "maintitle" or (field == "title" and in_volume):
        return "title" if field == "maintitle" else "volume_title"
    if field == "booktitle" and not fields.get("title"):
        return "volume_title" if in_volume else "title"
    if csl in WHOLE and field in CONTAINERS:
        return ""
    return None


_IN_PROGRAMMES = frozenset({"broadcast", "interview", "song", "speech"})
"""Types whose ``maintitle`` is what they stand in: series, album, symposium (biblatex-apa; APA 10.5, 10.12, 10.13)."""


def publishers(csl: str, raw: str) -> str:
    """Return the publishers of a list joined by semicolons (APA 9.29); '' where the field names one.

    biblatex parts such a list at each ``and`` outside braces, but most files have firms like Taylor and Francis without
    them. So what stands before an ``and`` must end like the name of an organisation; labels and film companies, whose
    entry types only biblatex has, are always parted.
    """
    from pybtex.bibtex.utils import split_name_list  # noqa: PLC0415 - loads when used

    if " and " not in raw:
        return ""
    parts = split_name_list(" ".join(raw.split()))
    is_list = csl in {"broadcast", "interview", "motion_picture", "song"} or all(
        _ORGANISATION.search(before) and _stands_alone(after) for before, after in pairwise(parts)
    )
    return "; ".join(decode(part).text for part in parts) if len(parts) > 1 and is_list else ""


_KINDS = (
    "association|archives?|books|cent(?:er|re)|college|company|council|department|editions|faculty|films|foundation|"
    "institut(?:e|ion)|library|museum|office|press|publications|publish(?:ers|ing)|records|research|school|society|"
    "studios?|university|verlag"
)
_ORGANISATION = re.compile(
    r"(?<! of)(?<! for)(?<! the)(?<! on)[\s-](?:association|company|editions|foundation|institut(?:e|ion)|press|"
    r"publish(?:ers|ing)|society|studios|university|verlag)$",
    re.IGNORECASE,
)


def _stands_alone(name: str) -> bool:
    """Whether a name is that of an organisation by itself: not of a part, as ``University Press`` or ``Sons`` is."""
    words = name.split(" ")
    own = [word for word in words if word[:1].isupper() and not re.fullmatch(_KINDS, word, re.IGNORECASE)]
    return bool(own) and words[0] in {*own, "The"} and (len(words) > 1 or (name.isupper() and len(name) > 1))


def _join(title: str, subtitle: str) -> str:
    return f"{title} {subtitle}" if title[-1:] in {"?", "!", ":"} else f"{title}: {subtitle}"


_OF_LIBRARIES = frozenset(
    {"title", "container_title", "volume_title", "collection_title", "publisher", "publisher_place"}
)


def _plain_colons(text: str, fields: Mapping[str, str]) -> str:
    return text if "$" in text else without_spaced_colon(text, fields.get("langid") or fields.get("language"))
