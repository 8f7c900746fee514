"""Words that stand in a date: names of months and seasons, "in press" and "n.d.", in the languages of our readers."""

from __future__ import annotations

import re

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


def written_date(text: str) -> str | None:
    """Return the ISO 8601 form of a date with the name of its month: a year, a month, and a day where there is one.

    >>> written_date("June 27, 2008"), written_date("27 июня 2008 г."), written_date("2008/Jun/")
    ('2008-06-27', '2008-06-27', '2008-06')
    >>> written_date("May-June 2008"), written_date("2008")
    (None, None)
    """
    if not _BETWEEN.fullmatch(_TOKEN.sub("", text)):
        return None
    tokens = [number or word for number, word in _TOKEN.findall(text) if word.lower() not in _NO_WORDS]
    years = [token for token in tokens if token.isdigit() and len(token) == 4]
    days = [token for token in tokens if token.isdigit() and len(token) < 3]
    months = [number for token in tokens if (number := month_number(token))]
    if (len(years), len(months)) != (1, 1) or len(days) > 1 or len(tokens) > 2 + len(days):
        return None
    return f"{years[0]}-{months[0]:02d}" + "".join(f"-{int(day):02d}" for day in days)
