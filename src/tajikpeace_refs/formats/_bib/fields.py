"""Which fields of an entry hold which variable, for reading and for writing.

A variable is read from one field, or from a small group (``title`` and ``subtitle``; ``year``, ``month`` and ``day``).
Where writing the variable would not give the fields back, their raw text is kept with the work under the format name
``tex``, and is written again as long as it still reads as the value of the variable.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from tajikpeace_refs.formats._bib.converters import Read
from tajikpeace_refs.formats._bib.dates import add_month, read_year
from tajikpeace_refs.formats._bib.rows import PREFIX, ROWS, TYPE_KEYS, UNNAMED_THESIS, Row
from tajikpeace_refs.model.work import SPELLING

TEX = "tex"
"""Format name of the raw fields that writing their variable would not give back."""
THESIS_KEYS = ("phdthesis", "mathesis")
ENTRY = "@"
"""Field name under which the entry type is kept where the CSL type would not give it back."""

# A field, and the fields that complete its value.
COMPLETIONS = {
    "title": ("subtitle",), "booktitle": ("booksubtitle",), "journaltitle": ("journalsubtitle",),
    "year": ("month", "day"),
}  # fmt: skip
_COMPLETING = frozenset(field for fields in COMPLETIONS.values() for field in fields)

# The variable of a field for which the type has no row; the raw field is kept too.
_FALLBACK = {
    "journal": "container_title", "journaltitle": "container_title", "booktitle": "container_title",
    "organization": "publisher", "school": "publisher", "institution": "publisher", "number": "number",
    "howpublished": "url", "eid": "number", "annotation": "annote", "annote": "annote",
}  # fmt: skip


class FieldValue(NamedTuple):
    """A variable, its value, the fields it was read from, and whether writing it gives the fields back."""

    variable: str
    value: Any
    fields: tuple[str, ...]
    lossless: bool


class Place(NamedTuple):
    """Where a variable is written: its row, and the field (None where it is lost)."""

    row: Row
    field: str | None


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
        fields |= {field} if field else set()
    for row in ROWS:  # its field is taken by another variable of the type
        if row.variable not in places and not row.types:
            places[row.variable] = Place(row, PREFIX + SPELLING[row.variable].lower())
    return places


@cache
def field_table(csl: str) -> dict[str, tuple[Row, bool]]:
    """Return the row of every field that a type knows, in either dialect, and whether it is the type's own."""
    table: dict[str, tuple[Row, bool]] = {}
    for dialect in ("bibtex", "biblatex"):
        for row, field in rows_for(csl, dialect).values():
            if field:
                table.setdefault(field, (row, True))
    table.setdefault("year", table["date"])
    general = {row.variable: row for row in reversed(ROWS) if row.variable in _FALLBACK.values()}
    for field, variable in _FALLBACK.items():
        table.setdefault(field, (general[variable], False))
    return table


def read_field(csl: str, field: str, fields: dict[str, str]) -> FieldValue | None:
    """Return the variable and value of a field and its completions; None where no variable holds it or it is empty."""
    row, own = field_table(csl).get(field, (None, False))
    if row is None or field in _COMPLETING:
        return None
    raw = fields[field]
    if field == "howpublished" and not raw.lstrip("{ ").startswith((r"\url", "http")):
        return None
    if field == "type" and raw == UNNAMED_THESIS and csl == "thesis":
        return None
    if field == "type" and raw in TYPE_KEYS:
        return FieldValue(row.variable, TYPE_KEYS[raw], (field,), lossless=raw in THESIS_KEYS)
    value, lossless = read_year(raw) if field == "year" else row.codec.read(raw)
    if not value:
        return None
    others = tuple(name for name in COMPLETIONS.get(field, ()) if name in fields)
    if others and field == "year":
        month, day = fields.get("month"), fields.get("day")
        value, lossless = add_month(value, month, day) if month is not None else Read(value, lossless=False)
    elif others:
        value, lossless = _join(value, row.codec.read(fields[others[0]]).value), False
    return FieldValue(row.variable, value, (field, *others), lossless and own)


def _join(title: str, subtitle: str) -> str:
    return f"{title} {subtitle}" if title[-1:] in {"?", "!", ":"} else f"{title}: {subtitle}"
