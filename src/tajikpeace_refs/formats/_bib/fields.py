"""Which fields of an entry say which variable: the one place that reading and writing both ask.

A variable is read from one field, or from a small group (``title`` and ``subtitle``; ``year``, ``month`` and ``day``).
Where writing the variable would not give back what the fields say, their raw text is kept with the work under the
format name ``tex``, and written again for as long as it still means what the variable says.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from tajikpeace_refs.formats._bib.converters import Read
from tajikpeace_refs.formats._bib.dates import add_month
from tajikpeace_refs.formats._bib.rows import PREFIX, ROWS, TYPE_KEYS, UNNAMED_THESIS, Row
from tajikpeace_refs.model.work import SPELLING

TEX = "tex"
"""Format name of raw fields that say more than their variable."""
THESIS_KEYS = ("phdthesis", "mathesis")
ENTRY = "@"
"""Field name under which the entry type is kept where the CSL type would not give it back."""

# A field and those that complete it.
COMPLETIONS = {
    "title": ("subtitle",), "booktitle": ("booksubtitle",), "journaltitle": ("journalsubtitle",),
    "year": ("month", "day"),
}  # fmt: skip
_COMPLETING = frozenset(field for fields in COMPLETIONS.values() for field in fields)

# Where a type has no row of its own for a field, what the field is taken for; it is kept as written too.
_FALLBACK = {
    "journal": "container_title", "journaltitle": "container_title", "booktitle": "container_title",
    "organization": "publisher", "school": "publisher", "institution": "publisher", "number": "number",
    "howpublished": "url", "eid": "number", "annotation": "annote", "annote": "annote",
}  # fmt: skip


class FieldValue(NamedTuple):
    """A variable, its value, the fields it was read from, and whether those fields need not be kept."""

    variable: str
    value: Any
    fields: tuple[str, ...]
    exact: bool


class Place(NamedTuple):
    """Where a variable is written: its rank among the fields, its row, and the field (None where it is lost)."""

    rank: int
    row: Row
    field: str | None


@cache
def rows_for(csl: str, dialect: str) -> dict[str, Place]:
    """Return where each variable of a type is written: the first row that fits, a field going to one variable."""
    places: dict[str, Place] = {}
    fields: set[str] = set()
    for row in ROWS:
        field = row.field(dialect)
        if row.variable in places or (row.types and csl not in row.types) or field in fields:
            continue
        places[row.variable] = Place(len(places), row, field)
        fields |= {field} if field else set()
    for row in ROWS:  # its field is taken by another variable of the type
        if row.variable not in places and not row.types:
            places[row.variable] = Place(len(places), row, PREFIX + SPELLING[row.variable].lower())
    return places


@cache
def field_table(csl: str) -> dict[str, tuple[Row, bool]]:
    """Return the row of every field that a type knows, in either dialect, and whether it is the type's own."""
    table: dict[str, tuple[Row, bool]] = {}
    for dialect in ("bibtex", "biblatex"):
        for _, row, field in rows_for(csl, dialect).values():
            if field:
                table.setdefault(field, (row, True))
    table.setdefault("year", table["date"])
    general = {row.variable: row for row in reversed(ROWS) if row.variable in _FALLBACK.values()}
    for field, variable in _FALLBACK.items():
        table.setdefault(field, (general[variable], False))
    return table


def read_field(csl: str, field: str, fields: dict[str, str]) -> FieldValue | None:
    """Return what a field (with its completions among the fields) says, or None where it is no variable's."""
    row, own = field_table(csl).get(field, (None, False))
    if row is None or field in _COMPLETING:
        return None
    raw = fields[field]
    if field == "howpublished" and not raw.lstrip("{ ").startswith((r"\url", "http")):
        return None
    if field == "type" and raw == UNNAMED_THESIS and csl == "thesis":
        return None
    if field == "type" and raw in TYPE_KEYS:
        return FieldValue(row.variable, TYPE_KEYS[raw], (field,), exact=raw in THESIS_KEYS)
    value, exact = row.codec.read(raw)
    if not value:
        return None
    others = tuple(name for name in COMPLETIONS.get(field, ()) if name in fields)
    if others and field == "year":
        value, exact = (
            add_month(value, fields["month"], fields.get("day")) if "month" in fields else Read(value, exact=False)
        )
    elif others:
        value, exact = _join(value, row.codec.read(fields[others[0]]).value), False
    return FieldValue(row.variable, value, (field, *others), exact and own)


def _join(title: str, subtitle: str) -> str:
    return f"{title} {subtitle}" if title[-1:] in {"?", "!", ":"} else f"{title}: {subtitle}"
