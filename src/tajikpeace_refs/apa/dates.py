"""The date element (APA 9.13-9.17): how a work's date is printed, cited and put in order."""

from __future__ import annotations

import re
from typing import NamedTuple

from tajikpeace_refs.apa.kinds import is_in_proceedings
from tajikpeace_refs.model.date import PartialDate, Point
from tajikpeace_refs.model.date_words import MONTHS, begins_in_press
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.rich import clean

_SEASONS = ("Spring", "Summer", "Fall", "Winter")

# 9.14: these give month and day; books, journal articles, reports, theses … the year only, even if more is known.
_FULL_DATE = frozenset({
    "article-magazine", "article-newspaper", "broadcast", "collection", "document", "entry", "entry-dictionary",
    "entry-encyclopedia", "event", "interview", "motion_picture", "pamphlet", "performance", "personal_communication",
    "post", "post-weblog", "song", "speech", "webpage",
})  # fmt: skip
_FULL_DATE_GENRE = re.compile(r"press release|news release|blog|slides|lecture notes", re.IGNORECASE)

UNDATED, DATED, IN_PRESS = 0, 1, 2


class When(NamedTuple):
    """A printed date: ``label`` takes the letter of 9.47, ``rest`` is what follows it; ``sort`` orders as printed."""

    kind: int
    label: str
    rest: str
    sort: str

    def cited(self, letter: str) -> str:
        """Return the year as cited, with its letter: ``2003a``, ``n.d.-a``, ``in press-a``."""
        if not letter:
            return self.label
        joint = "" if self.label[-1:].isdigit() else "-"
        return f"{self.label}{joint}{letter}"

    def printed(self, letter: str) -> str:
        """Return the date in the parentheses of a reference: ``2020a, March 26``."""
        return f"{self.cited(letter)}, {self.rest}" if self.rest else self.cited(letter)


_UNDATED = When(UNDATED, "n.d.", "", "")
_ACCEPTED = When(IN_PRESS, "in press", "", "")


def when(work: Work) -> When:
    """Return the date of a work as APA prints it for its type."""
    if work.status and begins_in_press(work.status):
        return _ACCEPTED
    date = work.issued or (work.event_date if work.type in {"speech", "paper-conference", "event"} else None)
    if date is None or date.is_undated:
        return _UNDATED
    if date.is_in_press:
        return _ACCEPTED
    start, end = date.start, date.end
    if not date.points:
        words = clean(date.literal)
        return When(DATED, words, "", _sort(Point(9999))) if words else _UNDATED
    if start is not None and end is None and not date.is_range and start.qualifier == "":
        return _single(start, is_full=_is_full(work, start))
    return _range(date, is_full=start is not None and _is_full(work, start))


def _single(point: Point, *, is_full: bool) -> When:
    label = year_label(point)
    if not is_full or point.month is None:
        return When(DATED, label, "", _sort(Point(point.year)))
    return When(DATED, label, _month_day(point), _sort(point))


def _sort(point: Point) -> str:
    """Return a text that orders dates: less exact ones first, a season before its first month."""
    if point.month is None:
        return f"{point.year + 100_000:06d}"
    month = point.month if point.season is None else 3 * point.season - 0.5
    return f"{point.year + 100_000:06d}{month:04.1f}{point.day or 0:02d}"


def _range(date: PartialDate, *, is_full: bool) -> When:
    start, end = date.start, date.end
    label = years(date)
    first = start or end or Point(0)
    if not is_full or start is None or start.month is None:
        return When(DATED, label, "", _sort(Point(first.year)))
    sort = _sort(start)
    rest = _month_day(start)
    if end is None:
        return When(DATED, label, "" if date.is_range else rest, sort)
    if end.year != start.year:
        return When(DATED, year_label(start), f"{rest}–{year_label(end)}, {_month_day(end)}".rstrip(", "), sort)
    if end.month == start.month:
        return When(DATED, year_label(start), f"{rest}–{end.day}" if end.day and end.day != start.day else rest, sort)
    return When(DATED, year_label(start), f"{rest}–{_month_day(end)}" if end.month else rest, sort)


def years(date: PartialDate) -> str:
    """Return the years of a date: ``1959–1963``, ``2015–present``, ``ca. 350 B.C.E.``."""
    start, end = date.start, date.end
    about = "ca. " if date.circa or date.uncertain else ""
    if start is None:
        return f"{about}{year_label(end)}" if end else clean(date.literal)
    if not date.is_range:
        return about + year_label(start)
    if end is None:
        return f"{about}{year_label(start)}–present"
    if end.year == start.year:
        return about + year_label(start)
    first = str(abs(start.year)) if start.year < 0 and end.year < 0 else year_label(start)
    return f"{about}{first}–{year_label(end)}"


def year_label(point: Point) -> str:
    """Return a year in words of APA: ``350 B.C.E.`` for CSL's -350, ``1990s`` for EDTF's 199X."""
    year = point.year
    if year <= 0:
        return f"{-year or 1} B.C.E."
    return f"{year}s" if point.unspecified else str(year)


def _month_day(point: Point) -> str:
    if point.month is None:
        return ""
    if point.season is not None:
        return _SEASONS[point.season - 1]
    month = MONTHS[point.month - 1]
    return f"{month} {point.day}" if point.day else month


def long_date(date: PartialDate) -> str:
    """Return a date in running text: ``July 3, 2019``, ``March 2019``, ``2019``."""
    point = date.start or date.end
    if point is None:
        return clean(date.literal)
    before = _month_day(point)
    if not before:
        return year_label(point)
    return f"{before}, {year_label(point)}" if point.day else f"{before} {year_label(point)}"


def _is_full(work: Work, start: Point) -> bool:
    kind = work.type
    if kind in _FULL_DATE:
        return True
    if kind == "paper-conference":
        return not is_in_proceedings(work)
    if kind in {"review", "review-book"}:
        return start.day is not None
    if kind == "manuscript":
        return bool(work.archive or work.archive_collection)
    return bool(work.genre and _FULL_DATE_GENRE.search(work.genre))
