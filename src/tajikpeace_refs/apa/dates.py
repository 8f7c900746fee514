"""The date element (9.13 to 9.17): how the date of a work is printed, cited and sorted; "n.d.", "in press"."""

from __future__ import annotations

import re
from typing import NamedTuple

from tajikpeace_refs.apa.kinds import is_film, is_in_proceedings, is_page_of_site
from tajikpeace_refs.model.date import DatePart, PartialDate
from tajikpeace_refs.model.date_words import MONTHS, begins_in_press
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.rich import clean

_SEASONS = ("Spring", "Summer", "Fall", "Winter")

# 9.14: references of these types have month and day; of all others, such as books, the year alone.
_FULL_DATE = frozenset({
    "article-magazine", "article-newspaper", "broadcast", "collection", "document", "entry", "entry-dictionary",
    "entry-encyclopedia", "event", "interview", "pamphlet", "performance", "personal_communication",
    "post", "post-weblog", "song", "speech", "webpage",
})  # fmt: skip
_FULL_DATE_GENRE = re.compile(r"press release|news release|blog|slides|lecture notes", re.IGNORECASE)

# The year in the words of a date: "1987a", "Michaelmas 1991".
_YEAR = re.compile(r"(?<!\d)[0-9]{4}(?!\d)")

_ENTRIES = frozenset({"entry", "entry-dictionary", "entry-encyclopedia"})
"""Types of which those in a printed volume are dated by the year, as the book is."""

UNDATED, DATED, IN_PRESS = 0, 1, 2


class PrintedDate(NamedTuple):
    """A date ready to print: ``label`` (the year, which takes the suffix of 9.47), the ``rest``, and a sort key."""

    kind: int
    label: str
    rest: str
    sort: str

    def cited(self, suffix: str) -> str:
        """Return the year as cited, with its suffix: ``2003a``, ``n.d.-a``, ``in press-a``."""
        if not suffix:
            return self.label
        joint = "" if self.label[-1:].isdigit() else "-"
        return f"{self.label}{joint}{suffix}"

    def printed(self, suffix: str) -> str:
        """Return the date in the parentheses of a reference: ``2020a, March 26``."""
        return f"{self.cited(suffix)}, {self.rest}" if self.rest else self.cited(suffix)


_UNDATED = PrintedDate(UNDATED, "n.d.", "", "")
_ACCEPTED = PrintedDate(IN_PRESS, "in press", "", "")


def printed_date(work: Work) -> PrintedDate:
    """Return the date of a work as APA prints it for its type."""
    if work.status and begins_in_press(work.status):
        return _ACCEPTED
    date = work.issued or (work.event_date if work.type in {"speech", "paper-conference", "event"} else None)
    if date is None or date.is_undated:
        return _UNDATED
    if date.is_in_press:
        return _ACCEPTED
    if date.points:
        return _dated(date, is_full=date.start is not None and _is_full(work, date.start))
    words = clean(date.literal)
    year = _YEAR.search(words)
    sort = _sort_key(DatePart(int(year[0]) if year else 9999))
    return PrintedDate(DATED, words, "", sort) if words else _UNDATED


def _sort_key(point: DatePart) -> str:
    """Return the sort key of a date; of two that begin alike the less exact comes first."""
    if point.month is None:
        return f"{point.year + 100_000:06d}"
    month = point.month if point.season is None else 3 * point.season - 0.5
    return f"{point.year + 100_000:06d}{month:04.1f}{point.day or 0:02d}"


def _dated(date: PartialDate, *, is_full: bool) -> PrintedDate:
    """Return a date or range with its year alone, or with month and day if ``is_full`` (9.14)."""
    start, end = date.start, date.end
    if not is_full or start is None or start.month is None:
        return PrintedDate(DATED, years(date), "", _sort_key(DatePart((start or end or DatePart(0)).year)))
    label, rest, sort = year_label(start), _month_day(start), _sort_key(start)
    if end is None:
        return PrintedDate(DATED, years(date), "" if date.is_range else rest, sort)
    if end.year != start.year:
        return PrintedDate(DATED, label, f"{rest}–{year_label(end)}, {_month_day(end)}".rstrip(", "), sort)
    if end.month != start.month:
        return PrintedDate(DATED, label, f"{rest}–{_month_day(end)}" if end.month else rest, sort)
    return PrintedDate(DATED, label, f"{rest}–{end.day}" if end.day and end.day != start.day else rest, sort)


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
    first = str(1 - start.year) if start.year <= 0 and end.year <= 0 else year_label(start)
    return f"{about}{first}–{year_label(end)}"


def year_label(point: DatePart) -> str:
    """Return a year as APA writes it: ``350 B.C.E.`` for EDTF's -0349, ``1990s`` for EDTF's 199X."""
    year = point.year
    if year <= 0:
        return f"{1 - year} B.C.E."
    return f"{year}s" if point.unspecified else str(year)


def _month_day(point: DatePart) -> str:
    if point.month is None:
        return ""
    if point.season is not None:
        return _SEASONS[point.season - 1]
    month = MONTHS[point.month - 1]
    return f"{month} {point.day}" if point.day else month


def long_date(date: PartialDate) -> str:
    """Return a date as running text has it: ``July 3, 2019``, ``March 2019``, ``2019``."""
    point = date.start or date.end
    if point is None:
        return clean(date.literal)
    before = _month_day(point)
    if not before:
        return year_label(point)
    return f"{before}, {year_label(point)}" if point.day else f"{before} {year_label(point)}"


def _is_full(work: Work, start: DatePart) -> bool:
    kind = work.type
    if kind in _FULL_DATE:
        return not (kind in _ENTRIES and (work.page or work.volume))
    if kind == "paper-conference":
        return not is_in_proceedings(work)
    if kind in {"review", "review-book"}:
        return start.day is not None
    if kind == "motion_picture":
        return not is_film(work)
    if kind == "chapter":
        return is_page_of_site(work)
    if kind == "manuscript":
        return bool(work.archive or work.archive_collection)
    return bool(work.genre and _FULL_DATE_GENRE.search(work.genre))
