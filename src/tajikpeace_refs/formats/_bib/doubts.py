"""Doubts about the values of an entry that was read: TeX that nobody knows, dates that are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from tajikpeace_refs.formats._bib import journal_macros
from tajikpeace_refs.formats._bib.converters import DOI, URL, read_date
from tajikpeace_refs.formats._bib.dates import month_of
from tajikpeace_refs.formats._bib.fields import COMPLETIONS, field_table
from tajikpeace_refs.formats._bib.latex_decode import unknown_commands
from tajikpeace_refs.model.date import PartialDate
from tajikpeace_refs.model.date_words import is_either_way
from tajikpeace_refs.model.work import DATE_VARIABLES, Work

_FIELD_OF: Final = {field: whole for whole, fields in COMPLETIONS.items() for field in fields}

# A year with a letter, and two years (of the original and of a reprint), are printed as they are.
_YEARS: Final = re.compile(r"\d{4}(?:[a-z]|/\d{2,4})?")


def doubts(fields: dict[str, str], work: Work) -> Iterator[tuple[str, str]]:
    """Yield the variable and the message of each doubt about the fields of an entry, which were read as a work."""
    table, dated = field_table(work.type), _dated_fields(work.type)
    for field, raw in fields.items():
        if "\\" not in raw and field not in dated:
            continue
        row, _ = table.get(_FIELD_OF.get(field, field), (None, False))
        if row is None:
            continue
        if "\\" in raw and row.codec not in (DOI, URL):
            for command in unknown_commands(journal_macros.expand(raw)):
                message = f"the TeX command {command} in {field!r} is not known; write what it stands for"
                yield row.variable, message
        if field in dated:
            date = getattr(work, row.variable)
            if date is not None and _is_not_understood(date, raw):
                yield row.variable, f"the date {raw.strip()!r} in {field!r} is not understood; write it as 2004-05-31"
    for message in _contradictions(fields, work.issued):
        yield "issued", message


@cache
def _dated_fields(csl: str) -> frozenset[str]:
    """Return the fields of a type that hold a whole date."""
    return frozenset(field for field, (row, _) in field_table(csl).items() if row.variable in DATE_VARIABLES)


def _is_not_understood(date: PartialDate, raw: str) -> bool:
    """Whether the words of a field were kept as a date and are none, or leave day and month open (3/4/2008)."""
    if date.points:
        return date.start is not None and date.start.month is None and is_either_way(raw)
    if date.is_in_press or date.is_undated:
        return False
    read = read_date(raw).value
    return read is not None and read.literal == date.literal and not _YEARS.fullmatch(read.literal or "")


def _contradictions(fields: dict[str, str], issued: PartialDate | None) -> Iterator[str]:
    """Yield a message for a month or day that the date has not, and for a year that is not that of the date."""
    if issued is None or not issued.start:
        return
    month = fields.get("month", "").strip()
    if month and "date" not in fields and issued.start.month is None and month_of(month) is None:
        yield f"{month!r} in 'month' is not a month; write a number from 1 to 12 or a macro such as jan"
    day = fields.get("day", "").strip()
    if day and "date" not in fields and issued.start.month and issued.start.day is None:
        yield f"that month has no day {day!r}; write a number"
    year = read_date(fields["year"]).value if "date" in fields and fields.get("year", "").strip() else None
    if year is not None and year.points and year.year not in {issued.start.year, issued.end and issued.end.year}:
        yield f"the year {fields['year'].strip()!r} is not that of the date {fields['date'].strip()!r}; one is wrong"
