"""Words that stand in a date: names of months and seasons, "in press" and "n.d.", in the languages of our readers."""

from __future__ import annotations

import re
from typing import NamedTuple

from tajikpeace_refs.model.folding import fold

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
"""EDTF's number of each season (ISO 8601-2:2019, 4.8)."""

# CLDR 45: the months of a date, and of a calendar where the two differ.
_MONTH_NAMES = """
january february march april may june july august september october november december
januar februar märz april mai juni juli august september oktober november dezember
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
januari februari maart april mei juni juli augustus september oktober november december
январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
январ феврал март апрел май июн июл август сентябр октябр ноябр декабр
январи феврали марти апрели майи июни июли августи сентябри октябри ноябри декабри
"""
_NO_DATE = re.compile(
    r"\[?(n\.? ?d\.?|no date|undated|s\.? ?a\.?|s\.? ?d\.?|o\.? ?j\.?|б\. ?[гр]\.?|без (?:года|даты))\]?", re.IGNORECASE
)
_IN_PRESS = re.compile(
    r"\s*(in[ -]press|forthcoming|accepted|to appear|im (?:druck|erscheinen)|sous presse|à paraître|en prensa|в печати"
    r"|у друку)",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"(\d+)(?:st|nd|rd|th|er)?(?!\w)|([^\W\d_]+)")
_NO_WORDS = frozenset({"of", "de", "г", "года", "р", "року", "соли"})
_BETWEEN = re.compile(r"[\s,./()-]*")
_DASH = re.compile(r"[-–—]")
_COPYRIGHT = re.compile(r"\s*(?:c|©|\(c\)\s*|©\s+)(\d{4})\.?\s*", re.IGNORECASE)
_DIGITS = re.compile(r"\s*(\d{1,2})([./-])(\d{1,2})\2(\d{4})\s*")


def is_undated(text: str) -> bool:
    """Whether a text says that there is no date: ``n.d.``, ``no date``, ``s. a.``, ``o. J.``, ``б. г.``."""
    return _NO_DATE.fullmatch(text) is not None


def is_in_press(text: str) -> bool:
    """Whether a text says, and says only, that a work is still to come: ``in press``, ``to appear``, ``в печати``."""
    match = _IN_PRESS.match(text)
    return match is not None and match.end() == len(text)


def begins_in_press(status: str) -> bool:
    """Whether the state of a work is that it is still to come: ``accepted for publication``."""
    return _IN_PRESS.match(status) is not None


def _abbreviations() -> dict[str, int]:
    """Return the number of each month by its names, and by their beginnings of three letters on that are no other's."""
    found: dict[str, set[int]] = {}
    for line in _MONTH_NAMES.strip().splitlines():
        for number, name in enumerate(map(fold, line.split()), 1):
            for end in range(3, len(name) + 1):
                found.setdefault(name[:end], set()).add(number)
    return {word: numbers.pop() for word, numbers in found.items() if len(numbers) == 1}


_MONTHS = _abbreviations()


def month_number(name: str) -> int | None:
    """Return the number of a month that is named or shortened, in any of the languages; None for what is none.

    >>> month_number("Sept."), month_number("мая"), month_number("août"), month_number("jui")
    (9, 5, 8, None)
    """
    return _MONTHS.get(fold(name.strip(" .")))


def written_date(text: str, year: int | None = None) -> str | None:
    """Return the ISO 8601 form of a date in words or day first: a year and what else is known, or a range of two.

    ``year`` is the one known from elsewhere, where the text has none. Of ``03/04/2011``, which may be in March or in
    April, only the year is returned.

    >>> written_date("June 27, 2008"), written_date("27 июня 2008 г."), written_date("2008/Jun/")
    ('2008-06-27', '2008-06-27', '2008-06')
    >>> written_date("Jan.-Feb. 2019"), written_date("31 May-3 June 2016"), written_date("SEP 22", 2010)
    ('2019-01/2019-02', '2016-05-31/2016-06-03', '2010-09-22')
    >>> written_date("15/03/2011"), written_date("03/04/2011"), written_date("03.04.2011"), written_date("c2007")
    ('2011-03-15', '2011', '2011-04-03', '2007')
    >>> written_date("2008"), written_date("SEP 22")
    (None, None)
    """
    if match := _COPYRIGHT.fullmatch(text):
        return match[1]
    if match := _DIGITS.fullmatch(text):
        return _day_first(int(match[1]), int(match[3]), match[4], match[2])
    if date := _parts(text):
        return _iso(date, year) if date.month else None
    ends = _DASH.split(text) if _DASH.search(text) else text.split("/")
    first, last = map(_parts, ends) if len(ends) == 2 else (None, None)
    if not first or not last:
        return None
    if first.month and not (first.day and last.day):
        first, last = first._replace(day=None), last._replace(day=None)
    last = last._replace(year=last.year or first.year)
    month = first.month or (last.month if first.day else None)
    start, end = _iso(first._replace(year=first.year or last.year, month=month), year), _iso(last, year)
    return f"{start}/{end}" if start and end and start < end else None


class _Parts(NamedTuple):
    year: int | None
    month: int | None
    day: int | None


def _parts(text: str) -> _Parts | None:
    """Return the year, month and day that a text names, each at most once; None for one that has more in it."""
    if not _BETWEEN.fullmatch(_TOKEN.sub("", text)):
        return None
    tokens = [number or word for number, word in _TOKEN.findall(text) if word.lower() not in _NO_WORDS]
    years = [int(token) for token in tokens if token.isdigit() and len(token) == 4]
    days = [int(token) for token in tokens if token.isdigit() and len(token) < 3]
    months = [number for token in tokens if (number := month_number(token))]
    if not tokens or max(map(len, (years, months, days))) > 1 or len(tokens) > len(years) + len(months) + len(days):
        return None
    return _Parts(*(found[0] if found else None for found in (years, months, days)))


def _iso(date: _Parts, year: int | None) -> str | None:
    """Return a date with at least a month, in ISO 8601."""
    year = date.year or year
    if not (year and date.month):
        return None
    return f"{year:04d}-{date.month:02d}" + (f"-{date.day:02d}" if date.day else "")


def _day_first(day: int, month: int, year: str, sign: str) -> str:
    """Return the date of day and month in digits: with slashes or hyphens, the month may come first."""
    if sign != "." and month > 12 >= day:
        day, month = month, day
    elif sign != "." and day <= 12 and day != month:
        return year
    return f"{year}-{month:02d}-{day:02d}"
