"""When a work came out: biblatex's ``date``; ``year``, ``month`` and ``day`` in classic BibTeX."""

from __future__ import annotations

import re

from tajikpeace_refs.formats._bib.converters import Codec, Context, Read, line, read_date
from tajikpeace_refs.formats._bib.latex_decode import decode
from tajikpeace_refs.formats._bib.latex_encode import escape
from tajikpeace_refs.model import date_words
from tajikpeace_refs.model.date import DatePart, PartialDate
from tajikpeace_refs.model.work import Work

MONTHS = tuple(name[:3].lower() for name in date_words.MONTHS)
"""BibTeX's month macros (btxdoc, section 3)."""


def _write(value: PartialDate, work: Work, context: Context) -> str:
    if not value.points:
        if context.dialect == "biblatex" and str(value) == "in press" and not work.status:
            return line("pubstate", "inpress")
        return line("year", escape(str(value)))
    return line("date", str(value)) if context.dialect == "biblatex" else _classic(value.points)


def _classic(points: tuple[DatePart | None, ...]) -> str:
    value = PartialDate(points=points)
    start, end = value.start, value.end
    plain = re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?", str(value))
    years = start and end and str(value) == f"{start.year:04d}/{end.year:04d}"
    year = f"{start.year:04d}--{end.year:04d}" if years and start and end else f"{value.year:04d}"
    lines = line("year", year)
    if start and start.month and start.month <= 12:
        lines += f"  month = {MONTHS[start.month - 1]},\n"
    if plain and start and start.day:
        lines += line("day", str(start.day))
    # What year, month and day cannot express (a range of days, "about") stands in date, which classic styles ignore.
    return lines if plain or years else f"{lines}  date = {{{value}}},\n"


def _read(raw: str) -> Read:
    found = read_date(raw)
    if found.value is None or found.value.points:
        return found
    years = re.fullmatch(r"(\d{4}) ?[–-] ?(\d{4})", found.value.literal)
    return Read(PartialDate.parse("/".join(years.groups()))) if years else found


ISSUED = Codec(_write, _read, is_whole=True)


_DAY_AND_MONTH = re.compile(r"(\d{1,2})\W+([^\W\d_]{3,})|([^\W\d_]{3,})\W+(\d{1,2})")


def add_month(date: PartialDate, month: str, day: str | None) -> Read:
    """Return a year with its month and day; lossless is False where the raw fields are kept.

    >>> str(add_month(PartialDate.parse("2008"), "jun", "27").value)
    '2008-06-27'
    """
    name = decode(month).text.strip(" .").lower()
    if with_day := _DAY_AND_MONTH.fullmatch(name):  # "10 mar", "mar 10": day and month in one field
        name, day = with_day[2] or with_day[3], with_day[1] or with_day[4]
        return add_month(date, name, day)._replace(lossless=False)
    is_number = re.fullmatch("[0-9]{1,2}", name) is not None
    first = re.split(r"[^\w.]", name, maxsplit=1)[0]
    number = int(name) if is_number else date_words.month_number(first) or 0
    points = date.points
    if len(points) != 1 or points[0] is None or points[0].month or not 1 <= number <= 12:
        return Read(date, lossless=False)
    dated = day.strip() if day and re.fullmatch("[0-9]{1,2}", day.strip()) else ""
    try:
        whole = f"{points[0].year:04d}-{number:02d}" + (f"-{int(dated):02d}" if dated else "")
        return Read(PartialDate.parse(whole), (is_number or first == name) and bool(dated) == bool(day))
    except ValueError:
        return Read(PartialDate(points=(DatePart(points[0].year, number),)), lossless=False)


_MONTH_MACRO = re.compile(rf"\b({'|'.join(MONTHS)})\b")


def month_tex(raw: str) -> str:
    """Return the raw text of a month with its macros bare: a macro in braces is dead.

    >>> month_tex("may"), month_tex("jan~15")
    ('may', 'jan # {~15}')
    """
    if not _MONTH_MACRO.match(raw):
        return f"{{{raw}}}"
    parts = [part for part in _MONTH_MACRO.split(raw) if part]
    return " # ".join(part if part in MONTHS else f"{{{part}}}" for part in parts)
