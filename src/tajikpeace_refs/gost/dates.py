"""Dates of a reference: the year of the imprint, the day of a newspaper, the day on which a page was read."""

from __future__ import annotations

from collections.abc import Sequence

from tajikpeace_refs.gost.words import Words
from tajikpeace_refs.model.date import DatePart, PartialDate
from tajikpeace_refs.model.date_words import begins_in_press
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.rich import clean


def imprint_year(work: Work, words: Words) -> str:
    """Return the years of a work (GOST 7.1, 5.4.5): ``2005``, ``1975–1976``, ``[ок. 1890]``, ``[1890?]``; else nothing.

    The mark ``[б. г.]`` does not stand in for a year that is not known.
    """
    date = work.issued
    if work.status and begins_in_press(work.status):
        return words.in_press
    if date is None or date.is_undated:
        return ""
    if date.is_in_press:
        return words.in_press
    if not date.points:
        return clean(date.literal)
    years = list(dict.fromkeys("" if point is None else _year(point) for point in date.points))
    text = "–".join(years)
    if not (date.circa or date.uncertain):
        return text
    return f"[{f'{words.about} ' if date.circa else ''}{text}{'?' if date.uncertain else ''}]"


def _year(point: DatePart) -> str:
    if point.unspecified:
        return f"[{str(point.year)[: -point.unspecified]}-]"
    return str(point.year)


def day_in_words(date: PartialDate | None, words: Words) -> str:
    """Return day and month as the references to newspapers have them: ``10 марта``, ``Mar. 10``, ``10. März``."""
    return _day(date, words, words.short_months.split() or words.months)


def _day(date: PartialDate | None, words: Words, months: Sequence[str]) -> str:
    point = date.start if date else None
    if not point or not point.day or not point.month or not months:
        return ""
    month = months[point.month - 1]
    return f"{month} {point.day}" if words.code == "en" else f"{point.day}{'.' if words.code == 'de' else ''} {month}"


def day_in_numbers(date: PartialDate | None) -> str:
    """Return a date as the day of access has it (7.0.5-2008, section 10): ``17.04.2007``; less exact ``04.2007``."""
    point = date.start if date else None
    if not point:
        return ""
    month = f"{point.month:02d}." if point.month and not point.season else ""
    return f"{point.day:02d}.{month}{point.year}" if point.day else f"{month}{point.year}"


def full_date(date: PartialDate | None, words: Words) -> str:
    """Return a date with its year as a law has it: ``6 марта 2006 г.``; empty where the day is not known."""
    point = date.start if date else None
    if not point or not (day := _day(date, words, words.months)):
        return ""
    joint = ", " if words.code == "en" else " "
    return f"{day}{joint}{words.year.format(point.year)}"
