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
қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан
"""
# Where the months stand as a date has them.
_DATED = {"en": 0, "de": 1, "fr": 2, "es": 3, "it": 4, "pt": 5, "nl": 6, "ru": 8, "uk": 10, "tg": 12, "kk": 13}
_NO_DATE = re.compile(
    r"\[?(n\.? ?d\.?|no date|undated|s\.? ?a\.?|s\.? ?d\.?|o\.? ?j\.?|б\. ?[гр]\.?|без (?:года|даты))\]?", re.IGNORECASE
)
_IN_PRESS = re.compile(
    r"\s*(in[ -]press|forthcoming|accepted|to appear|im (?:druck|erscheinen)|sous presse|à paraître|en prensa|в печати"
    r"|у друку)",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"(?<!\d)(\d++)(?:st|nd|rd|th|er|[ºª]|-?го|-?е)?(?!\w)|([^\W\d_]+)")
_NO_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
of de the le den am on г гг год года году р рік року соли сол санаи жыл жылы жылғы
monday tuesday wednesday thursday friday saturday sunday понедельник вторник среда четверг пятница суббота воскресенье
montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche
""",
    )
)
_BETWEEN = re.compile(r"[\s,./()\[\]–—-]*")
_DASH = re.compile(r"\s*[-–—/]+\s*")
_SEASON_NAMES = {name: 21 + place % 4 for place, name in enumerate(re.findall(r"\w+", """
spring summer autumn winter весна лето осень зима весной летом осенью зимой весна літо осінь зима
баҳор тобистон тирамоҳ зимистон frühling sommer herbst winter printemps été automne hiver
"""))} | SEASONS  # fmt: skip
_ACCESS = (
    r"(?:last\s+|date\s+(?:of\s+)?|zuletzt\s+|letzter\s+|dernier\s+|última\s+)?"
    r"(?:access(?:ed)?(?:\s+date)?|retrieved|visited|viewed|checked|consulted|cited|abgerufen|besucht|aufgerufen|zugriff"
    r"|consulté|consultado|consultato|accès|visita|acess(?:o|ado)|geraadpleegd|erişim\s+tarihi|дата\s+(?:обращения|обр|доступа|звернення)|просмотрено|санаи\s+муроҷиат)\b"
    r"(?:[\s,.:–-]|\b(?:on|at|in|from|the|am|le|el|il|em|op)\b)*"
)
_ACCESSED = re.compile(rf"^{_ACCESS}", re.IGNORECASE)
ACCESS_NOTE = re.compile(
    rf"{_ACCESS}(?P<date>[^()\[\];]{{0,30}}?\b(?:19|20)\d\d\b"
    r"(?:[-./]\d{1,2}[-./]\d{1,2}\b|-\d\d\b|\s+[^\W\d_]{3,9}\.?\s+\d{1,2}\b)?)",
    re.IGNORECASE,
)
"""Words that say when an address was read, and the date: ``Accessed: 2020-05-03``, ``last visited on 3 May 2020``,
``cited 2019 Feb 3``, ``дата обращения: 03.05.2020``."""
# What says that a year is about right, or that of a copyright; the era.
_ABOUT = re.compile(
    r"^(?:(?:c\.?|ca\.?|circa|about|approx\.?|около|ок\.|прибл\.|um|vers|env\.|бл\.|тахминан)\s+|ca?\.(?=\d))",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"^(?:©|\(c\)|cop\.|[cp](?=\d{4}$))\s*", re.IGNORECASE)
_BEFORE_CHRIST = re.compile(
    r"(\d{1,4})(?: г(?:г?\.|ода?))? ?(?:b\. ?c\.(?: ?e\.)?|bce?|до н\. ?[эе]\.|до нашей эры|до нашої ери"
    r"|v\. ?chr\.|av\. ?j\.-c\.|то милод|пеш аз милод)",
    re.IGNORECASE,
)
_NUMERIC = (
    (re.compile(r"(?P<d>\d\d?)\. ?(?P<m>\d\d?)\. ?(?P<y>\d{4})"), False),
    (re.compile(r"(?P<y>\d{4})(?P<s>[-./])(?P<m>\d\d?)(?P=s)(?P<d>\d\d?)"), False),
    (re.compile(r"(?P<d>\d\d?)(?P<s>[-/])(?P<m>\d\d?)(?P=s)(?P<y>\d{4})"), True),
    (re.compile(r"(?P<m>\d\d?)[./](?P<y>\d{4})(?P<d>)"), False),
    (re.compile(r"(?P<y>\d{4})-(?P<m>\d)(?P<d>)"), False),
    (re.compile(r"(?P<y>\d{4})\.(?P<m>\d\d?)(?P<d>)"), False),
    (re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)"), False),
)
"""Dates in numbers, and whether day and month may stand either way."""
_EITHER_WAY = re.compile(r"\d\d?([/-])\d\d?\1\d{4}")
_MAX_LENGTH = 100
_YEARS = re.compile(r"(\d{4}) ?[-–—]+ ?(\d{4}|\d\d)")


def month_names(language: str) -> tuple[str, ...]:
    """Return the names of the months as a date in a language has them, of a two-letter code; of no other: none.

    >>> month_names("ru")[5], month_names("tg")[5], month_names("de")[5], month_names("zh")
    ('июня', 'июни', 'Juni', ())
    """
    if language not in _DATED:
        return ()
    names = _MONTH_NAMES.strip().splitlines()[_DATED[language]].split()
    return tuple(name.capitalize() if language in {"en", "de"} else name for name in names)


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


def is_either_way(text: str) -> bool:
    """Whether the day and month of a date can be read in two orders (3/4/2008), or stand as those of such a date do.

    >>> is_either_way("3/4/2008"), is_either_way("13-4-2008"), is_either_way("3.4.2008")
    (True, True, False)
    """
    return _EITHER_WAY.fullmatch(text.strip()) is not None


def written_date(text: str, year: int | None = None) -> str | None:
    """Return the EDTF form of a date as people write it; None for a bare year, and for what is no date or not certain.

    A month may be named in any of the languages, and days come first where points part the numbers. Of a date whose day
    and month may stand either way (3/4/2008) the year is returned. ``year`` is the one known from elsewhere, where the
    text has none.

    >>> written_date("June 27, 2008"), written_date("27 июня 2008 г."), written_date("27.6.2008")
    ('2008-06-27', '2008-06-27', '2008-06-27')
    >>> written_date("8–11 сентября 2021 г."), written_date("c. 1890"), written_date("44 BC")
    ('2021-09-08/2021-09-11', '1890~', '-0043')
    >>> written_date("Jan.-Feb. 2019"), written_date("31 May-3 June 2016"), written_date("SEP 22", 2010)
    ('2019-01/2019-02', '2016-05-31/2016-06-03', '2010-09-22')
    >>> written_date("3/4/2008"), written_date("2008"), written_date("SEP 22")
    ('2008', None, None)
    >>> written_date("[1987?]"), written_date("[ca. 1890]"), written_date("20080627")
    ('1987?', '1890~', '2008-06-27')
    """
    text = _ACCESSED.sub("", text.strip())
    if len(text) > _MAX_LENGTH:
        return None
    if match := _BEFORE_CHRIST.fullmatch(text):
        year = 1 - int(match[1])  # EDTF has a year 0: it is 1 BCE
        return f"{'-' if year else ''}{-year:04d}"
    if text[:1] + text[-1:] == "[]":  # supplied by the library (ISBD 4.4.6)
        text = text[1:-1]
        if re.fullmatch(r"\d{4}\??", text):
            return text
    bare = _ABOUT.sub("", text)
    if bare != text:
        return f"{bare}~" if re.fullmatch(r"-?\d{4}", bare) else None
    known = f"{year:04d}" if year else ""
    return _in_numbers(text) or _in_words(text, known) or _range(text, known)


def _in_numbers(text: str) -> str | None:
    """Return the ISO 8601 form of a date in numbers."""
    text = re.sub(r"(?<=\d{4}) ?[гр](?:\.|ода?|оку)?$", "", text)
    if (match := _YEARS.fullmatch(text)) and int(match[1][-len(match[2]) :]) < int(match[2]):
        return f"{match[1]}/{match[1][: -len(match[2])]}{match[2]}"
    for pattern, is_ambiguous in _NUMERIC:
        if match := pattern.fullmatch(text):
            year, month, day = match["y"], int(match["m"]), int(match["d"] or 0)
            if is_ambiguous and month > 12:
                day, month = month, day
            elif is_ambiguous and day <= 12 and day != month:
                return year
            return f"{year}-{month:02d}" + (f"-{day:02d}" if day else "")
    return None


class _Parts(NamedTuple):
    year: str = ""
    month: int = 0
    day: int = 0

    def __str__(self) -> str:
        return self.year + (f"-{self.month:02d}" if self.month else "") + (f"-{self.day:02d}" if self.day else "")


def _in_words(text: str, known: str) -> str | None:
    """Return the ISO 8601 form of a year with a month, a day or a word of its own beside it."""
    text = _COPYRIGHT.sub("[", text)
    parts = _parts(text)
    if parts and not parts.year and parts.month:
        parts = parts._replace(year=known)
    is_whole = parts and parts.year and (parts.month or not parts.day)
    return str(parts) if is_whole and text.strip() != str(parts) else None


def _range(text: str, known: str) -> str | None:
    """Return the range that a dash or slash makes of two days or months; each says what the other leaves out."""
    for dash in _DASH.finditer(text):
        start, end = _parts(text[: dash.start()]), _parts(text[dash.end() :])
        if start is None or end is None:
            continue
        first, last = _completed(start, end, known), _completed(end, start, known)
        alike = bool(first.day) == bool(last.day) and first.month and last.month and first.year and last.year
        if alike and bool(start.day) == bool(end.day) and first < last:
            return f"{first}/{last}"
    return None


def _completed(parts: _Parts, other: _Parts, known: str) -> _Parts:
    return _Parts(parts.year or other.year or known, parts.month or other.month, parts.day)


def _parts(text: str) -> _Parts | None:
    """Return the year, month and day of a text that holds nothing else, each at most once; None where it does not."""
    if not _BETWEEN.fullmatch(_TOKEN.sub("", text)):
        return None
    tokens = [number or word for number, word in _TOKEN.findall(text) if word.lower() not in _NO_WORDS]
    years = [token for token in tokens if token.isdecimal() and len(token) == 4]
    days = [int(token) for token in tokens if token.isdecimal() and len(token) < 3]
    months = [number for token in tokens if (number := month_number(token) or _SEASON_NAMES.get(token.lower()))]
    if not tokens or max(len(years), len(months), len(days)) > 1 or len(tokens) > len(years) + len(months) + len(days):
        return None
    return _Parts(*(years or [""]), *(months or [0]), *(days or [0]))
