"""When a work came out: biblatex's ``date``; ``year``, ``month`` and ``day`` in classic BibTeX."""

from __future__ import annotations

import re

from tajikpeace_refs.formats._bib.converters import Codec, Context, Read, fits_field, line, read_date
from tajikpeace_refs.formats._bib.latex_decode import decode
from tajikpeace_refs.formats._bib.latex_encode import escape
from tajikpeace_refs.model import date_words
from tajikpeace_refs.model.date import DatePart, PartialDate, read_written
from tajikpeace_refs.model.work import Work

MONTHS = tuple(name[:3].lower() for name in date_words.MONTHS)
"""BibTeX's month macros (btxdoc, section 3)."""


def _write(value: PartialDate, work: Work, context: Context) -> str:
    if not value.points:
        if context.dialect == "biblatex" and str(value) == "in press" and not work.status:
            return line("pubstate", "inpress")
        return line("year", escape(str(value)))
    return line("date", str(value)) if context.dialect == "biblatex" else _classic(value)


def _classic(value: PartialDate) -> str:
    text, start, end = str(value), value.start, value.end
    plain = _PLAIN.fullmatch(text)
    years = start and end and text == f"{start.year:04d}/{end.year:04d}"
    year = f"{start.year:04d}--{end.year:04d}" if years and start and end else _year(value.year or 0)
    lines = line("year", year)
    if start and start.month and start.month <= 12:
        lines += f"  month = {MONTHS[start.month - 1]},\n"
    if plain and start and start.day:
        lines += line("day", str(start.day))
    # What year, month and day cannot express (a range of days, "about") stands in date, which classic styles ignore.
    return lines if plain or years else f"{lines}  date = {{{text}}},\n"


_PLAIN = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?")


def _year(year: int) -> str:
    return f"{year:04d}" if year > 0 else f"{1 - year} BCE"


def read_year(raw: str) -> Read:
    """Return the date of a ``year``: only ``date`` is EDTF, so that ``1957/1990`` is no range and stays as it is."""
    found = read_date(raw)
    if found.value is not None and found.value.is_range and "/" in raw:
        return Read(PartialDate(literal=raw.strip()), lossless=False)
    return found


ISSUED = Codec(_write, read_date, is_whole=True)


def add_month(date: PartialDate, month: str, day: str | None) -> Read:
    """Return a year with its month and day; lossless is False where the raw fields are kept.

    >>> year = PartialDate.parse("2008")
    >>> str(add_month(year, "jun", "27").value), str(add_month(year, "10~jan", None).value)
    ('2008-06-27', '2008-01-10')
    """
    points = date.points
    if len(points) != 1 or points[0] is None or points[0].month or points[0].year < 1:
        return Read(date, lossless=False)
    name, dated = decode(month).text.strip(" ."), decode(day or "").text.strip(" .")
    year, number = points[0].year, month_of(name)
    found = _written(name, dated, year) or _written(name, "", year)
    if found is None and number is None:
        first = re.split(r"[^\w.]", name, maxsplit=1)[0]
        number = date_words.month_number(first)
    if found is None:
        return Read(PartialDate(points=(DatePart(year, number),)) if number else date, lossless=False)
    is_plain = number is not None and name.isalnum() and found.start is not None
    return Read(
        found, is_plain and bool(found.start and found.start.day) == bool(dated) and dated == (day or "").strip()
    )


def _written(month: str, day: str, year: int) -> PartialDate | None:
    if re.fullmatch("[0-9]{1,2}", month):
        return read_written(f"{day}.{month}.{year:04d}" if day else f"{month}.{year:04d}")
    return read_written(f"{day} {month} {year:04d}" if day else f"{month} {year:04d}")


def month_of(text: str) -> int | None:
    """Return the number of the month that a field holds, in digits or as a name; None for what is none."""
    if re.fullmatch("[0-9]{1,2}", text):
        return int(text) if 1 <= int(text) <= 12 else None
    return date_words.month_number(text)


_MONTH_MACRO = re.compile(rf"\b({'|'.join(MONTHS)})\b")


def month_tex(raw: str) -> str:
    """Return the raw text of a month with its macros bare: a macro in braces is dead.

    >>> month_tex("may"), month_tex("jan~15")
    ('may', 'jan # {~15}')
    >>> month_tex("10~jan")
    '{10~} # jan'
    """
    if not _MONTH_MACRO.search(raw):
        return f"{{{raw}}}"
    parts = [part for part in _MONTH_MACRO.split(raw) if part]
    if not all(map(fits_field, parts)):
        return f"{{{raw}}}"
    return " # ".join(part if part in MONTHS else f"{{{part}}}" for part in parts)
