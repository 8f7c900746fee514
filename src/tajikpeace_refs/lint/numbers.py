"""The rules TP3xx: dates and page ranges that cannot be, and numbers with the words that a style writes."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from tajikpeace_refs.lint.rule import Violation, rule
from tajikpeace_refs.model.date import DatePart, PartialDate
from tajikpeace_refs.model.pages import split_pages
from tajikpeace_refs.model.work import DATE_VARIABLES, SPELLING, Work

_MAY_COME = ("issued", "available_date", "event_date")
"""Dates that may lie in the future: publications and events are announced."""


def _dates(work: Work) -> Iterator[tuple[str, PartialDate, list[DatePart]]]:
    for name in DATE_VARIABLES:
        value: PartialDate | None = getattr(work, name)
        if value and (points := [point for point in value.points if point]):
            yield name, value, points


def _after(point: DatePart, day: date) -> bool:
    """Whether the whole of a point (a day, month or year) lies after a day; a season counts as its year."""
    month = point.month if point.month and point.month <= 12 else None
    known = (point.year, month, point.day)[: 1 + (month is not None) * (1 + (point.day is not None))]
    return known > (day.year, day.month, day.day)[: len(known)]


@rule("TP301", "error", "work")
def future(work: Work, today: date | None) -> Iterator[Violation]:
    """A date is in the future: of access, of an archived copy, or of publication after next year."""
    for name, value, points in _dates(work):
        if today and not value.is_range and _after(points[0], _end_of_next_year(today) if name in _MAY_COME else today):
            yield Violation((SPELLING[name],), f"{value} is in the future; compare with the source", str(value))


@rule("TP302", "warning", "work")
def announced(work: Work, today: date | None) -> Iterator[Violation]:
    """A date of publication is between today and the end of next year: if it is not published yet, write `in press`."""
    for name, value, points in _dates(work):
        if today is None or name not in _MAY_COME or value.is_range:
            continue
        if _after(points[0], today) and not _after(points[0], _end_of_next_year(today)):
            message = f"{value} is in the future; if the work is not published yet, write 'in press'"
            yield Violation((SPELLING[name],), message, str(value))


def _end_of_next_year(today: date) -> date:
    return date(today.year + 1, 12, 31)


@rule("TP303", "error", "work")
def impossible(work: Work, _today: date | None) -> Iterator[Violation]:
    """A date is impossible: a range ends before it begins, or a page was visited before there was a web (1991)."""
    for name, value, points in _dates(work):
        if len(points) == 2 and _before(points[1], points[0]):
            yield Violation((SPELLING[name],), f"the range {value} ends before it begins", str(value))
        elif name in {"accessed", "archive_date"} and points[0].year < 1991:
            yield Violation(
                (SPELLING[name],), f"there was no web in {points[0].year}; compare with the source", str(value)
            )


@rule("TP304", "warning", "work")
def order(work: Work, _today: date | None) -> Iterator[Violation]:
    """Dates contradict each other: visited before it was published, or the original was published after it."""
    issued = work.issued.start if work.issued else None
    for name, value, points in _dates(work) if issued else ():
        if name in {"accessed", "archive_date"} and issued and _before(points[0], issued):
            yield Violation((SPELLING[name],), f"{value} is before the work was issued ({work.issued})", str(value))
        elif name == "original_date" and issued and _before(issued, points[0]):
            yield Violation((SPELLING[name],), f"{value} is after the work was issued ({work.issued})", str(value))


_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")


@rule("TP306", "error", "work")
def no_day(work: Work, _today: date | None) -> Iterator[Violation]:
    """There is no such day or month: 30 February, month 13."""
    for name in DATE_VARIABLES:
        value: PartialDate | None = getattr(work, name)
        words = value.literal if value and not value.points else None
        if words and not _may_be_date(words.strip()):
            yield Violation((SPELLING[name],), f"there is no {words}; compare with the source", words)


def _may_be_date(text: str) -> bool:
    """Whether a text is not a date in numbers, or one of a day that exists, whichever of the two comes first."""
    if match := _YEAR_FIRST.fullmatch(text):
        year, first, second = int(match[1]), int(match[3]), int(match[4])
    elif match := _YEAR_LAST.fullmatch(text):
        year, first, second = int(match[4]), int(match[3]), int(match[1])
    else:
        return True
    return any(
        0 < month <= 12 and 0 < day <= monthrange(year or 4, month)[1]
        for month, day in ((first, second), (second, first))
    )


@rule("TP307", "warning", "work")
def other_year(work: Work, _today: date | None) -> Iterator[Violation]:
    """Two fields of a `.bib` or RIS record give two years: `date = {2004-02-13}` and `year = {2006}`."""
    years = {f"{point.year:04d}" for point in work.issued.points if point} if work.issued else set()
    for _, field, raw in work.extra if years else ():
        given = re.findall(r"(?<!\d)\d{4}(?!\d)", raw) if field in {"year", "date", "PY", "Y1", "DA"} else []
        if given and years.isdisjoint(given):
            yield Violation(
                ("issued",), f"{work.issued} contradicts {field} {raw}; compare with the source", str(work.issued)
            )
            return


def _before(one: DatePart, other: DatePart) -> bool:
    """Whether a point lies before another, compared as far as both are exact; a season is exact to the year."""
    if one.unspecified or other.unspecified:
        return False
    exact = min(3 if point.day else 2 if point.month and point.month <= 12 else 1 for point in (one, other))
    return [part or 0 for part in one[:exact]] < [part or 0 for part in other[:exact]]


_PAGE = re.compile(r"([A-Za-z]*)(\d{1,18})")


@rule("TP305", "error", "work")
def pages(work: Work, _today: date | None) -> Iterator[Violation]:
    """A range of pages runs backwards; 195-8, Roman numerals and pages with letters are fine."""
    for part in re.finditer(r"[^\s,;&][^,;&]*", work.page or ""):
        text = part[0].strip()
        ends = [match for page in split_pages(text) if (match := _PAGE.fullmatch(page))]
        if len(ends) == 2 and ends[1][1] in {ends[0][1], ""} and _is_reversed(ends[0][2], ends[1][2]):
            yield Violation(("page",), f"the range {text} runs backwards", text, part.start())


def _is_reversed(first: str, last: str) -> bool:
    if len(last) < len(first):
        # 195-02 and 15-3 may be sheets of a section; from three digits on, the whole must grow.
        return len(last) >= 3 and int(first[: -len(last)] + last) < int(first)
    return int(last) < int(first) and not last.startswith("0")
