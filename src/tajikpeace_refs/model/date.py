"""A date as precise as its source: EDTF (ISO 8601-2:2019, levels 0 and 1), or words such as "in press"."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from functools import lru_cache, total_ordering
from typing import Annotated, Any, NamedTuple

from pydantic import (
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    SerializationInfo,
    SerializerFunctionWrapHandler,
    model_serializer,
)
from pydantic_core import CoreSchema

from tajikpeace_refs.model.base import Sparse
from tajikpeace_refs.model.date_words import SEASONS, is_in_press, is_undated, written_date

_POINT = re.compile(
    r"(?P<year>Y-?\d{5,9}|-?\d{4}|-?\d{3}X|-?\d{2}XX)(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?"
    r"(?P<time>T[\d:.]+(?:Z|[+-]\d\d(?::?\d\d)?)?)?(?P<qualifier>[~?%])?"
)
_QUALIFIERS = {"~": (True, False), "?": (False, True), "%": (True, True), "": (False, False)}


class DatePart(NamedTuple):
    """One date, or one end of a range of dates."""

    year: int
    """The year as in EDTF: 0 is 1 BCE, -399 is 400 BCE (in CSL, which has no year 0, -400)."""
    month: int | None = None
    """The month, 1 to 12, or a season: 21 spring, 22 summer, 23 autumn, 24 winter; None: not known."""
    day: int | None = None
    """The day of the month; None: not known."""
    unspecified: int = 0
    """How many of the last digits of the year are not known: 1 in ``199X``."""
    qualifier: str = ""
    """``~`` about, ``?`` doubtful, ``%`` both; empty: neither."""
    time: str = ""
    """The time of day as in EDTF, with its ``T``; empty: none."""

    def __str__(self) -> str:
        sign, digits = ("-" if self.year < 0 else ""), f"{abs(self.year):04d}"
        if len(digits) > 4:
            sign = "Y" + sign
        if self.unspecified:
            digits = digits[: -self.unspecified] + "X" * self.unspecified
        month = "" if self.month is None else f"-{self.month:02d}"
        day = "" if self.day is None else f"-{self.day:02d}"
        return f"{sign}{digits}{month}{day}{self.time}{self.qualifier}"

    @property
    def season(self) -> int | None:
        """1 spring, 2 summer, 3 autumn, 4 winter; None for a month or a bare year."""
        return self.month - 20 if self.month is not None and self.month > 20 else None


@total_ordering
class PartialDate(Sparse):
    """A date as exact as its source, a range of dates, or words in place of a date.

    >>> PartialDate.parse("2008-06").year, PartialDate.parse("2008-06").points[0].month
    (2008, 6)
    >>> str(PartialDate.parse("1992/1997")), str(PartialDate.parse("1970~"))
    ('1992/1997', '1970~')
    >>> PartialDate.parse("in press").is_in_press, PartialDate.parse("n.d.").is_undated
    (True, True)
    """

    points: tuple[DatePart | None, ...] = ()
    """One item for a date, two for a range (None: an open end); empty where there are only words."""
    literal: str | None = None
    """Words in place of a date: ``in press``; None: there are none."""

    def __init__(
        self,
        year: int | None = None,
        month: int | None = None,
        day: int | None = None,
        **parts: Any,  # noqa: ANN401 - points, literal
    ) -> None:
        """Make a date of numbers: ``PartialDate(2008, 6)``; or of ``points``, or of words (``literal``).

        Raises:
            ValueError: there is no such day, or numbers are given together with points or words.
        """
        if year is not None:
            if parts:
                raise ValueError(f"a date has numbers or {' and '.join(parts)}, not both")
            _check(year, month, day, "-".join(str(part) for part in (year, month, day) if part is not None))
            parts = {"points": (DatePart(year, month, day),)}
        super().__init__(**parts)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Return the date that an EDTF string, "in press", "n.d." or a season ("summer 2008") stands for.

        Raises:
            ValueError: the text is not a date; the message names what is expected.
        """
        return _parse(text.strip())

    @classmethod
    def from_csl(cls, value: dict[str, Any]) -> PartialDate:
        """Return the date of a CSL date object (``date-parts``, ``season``, ``circa``, ``literal``, ``raw``).

        Raises:
            ValueError: the object holds no date, or parts that are no date.
        """
        return _from_csl(value)

    def to_csl(self) -> dict[str, Any]:
        """Return the CSL date object; what CSL cannot express (open ends, doubt, 199X, time) is kept in ``raw``."""
        if not self.points:
            return {"literal": self.literal or ""}
        known = [point for point in self.points if point is not None]
        value: dict[str, Any] = {"date-parts": [_csl_parts(point) for point in known]}
        if season := next((point.season for point in known if point.season), None):
            value["season"] = season
        if self.circa:
            value["circa"] = True
        if not _says(value, self):
            value["raw"] = str(self)
        return value

    @model_serializer(mode="wrap")
    def _dump(self, handler: SerializerFunctionWrapHandler, info: SerializationInfo):  # type: ignore[no-untyped-def] # noqa: ANN202 - as of all values
        return self.to_csl() if info.mode_is_json() else super()._dump(handler, info)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler, /) -> dict[str, Any]:
        if handler.mode == "serialization":
            return {"type": "object", "title": "PartialDate", "description": "A CSL date object."}
        return super().__get_pydantic_json_schema__(schema, handler)

    def __str__(self) -> str:
        if not self.points:
            return self.literal or ""
        return "/".join([".." if point is None else str(point) for point in self.points])

    @property
    def start(self) -> DatePart | None:
        """The first point; None where the start is open or only words are known."""
        return self.points[0] if self.points else None

    @property
    def end(self) -> DatePart | None:
        """The last point of a range; None for a single date or an open end."""
        return self.points[1] if len(self.points) == 2 else None

    @property
    def is_range(self) -> bool:
        """Whether this is a range, open or closed."""
        return len(self.points) == 2

    @property
    def year(self) -> int | None:
        """The year of the first known point (negative before the common era: 0 is 1 BCE)."""
        return next((point.year for point in self.points if point), None)

    @property
    def circa(self) -> bool:
        """Whether the date is approximate."""
        return any(point is not None and _QUALIFIERS[point.qualifier][0] for point in self.points)

    @property
    def uncertain(self) -> bool:
        """Whether the date is doubtful (EDTF ``?``)."""
        return any(point is not None and _QUALIFIERS[point.qualifier][1] for point in self.points)

    @property
    def is_undated(self) -> bool:
        """Whether its words mean "no date"."""
        return not self.points and is_undated(self.literal or "")

    @property
    def is_in_press(self) -> bool:
        """Whether its words mean "in press"."""
        return not self.points and is_in_press(self.literal or "")

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """A key for sorting: no date first, then by time (less exact before more exact), words last."""
        if self.is_undated:
            return (0, (), str(self))
        if not self.points:
            return (2, (), str(self))
        flat = tuple(
            part
            for point in self.points
            for part in ((float("inf"), 0, 0) if point is None else (point.year, _rank(point.month), point.day or 0))
        )
        return (1, flat, str(self))

    def __lt__(self, other: object) -> bool:
        return self.sort_key < other.sort_key if isinstance(other, PartialDate) else NotImplemented


def _rank(month: int | None) -> float:
    """Place a season at its first month (northern), after the bare year."""
    if month is None:
        return 0
    return month if month <= 12 else {21: 3.0, 22: 6.0, 23: 9.0, 24: 12.0}[month] - 0.5


# A list repeats its dates: without this, reading RIS takes a third longer.
@lru_cache(maxsize=4096)
def _parse(text: str) -> PartialDate:
    if is_undated(text) or is_in_press(text):
        return PartialDate(literal=text)
    if text.count("/") == 1:
        ends = [None if end in {"..", "", "open", "unknown"} else _point(end, text) for end in text.split("/")]
        if ends == [None, None]:
            raise _bad(text)
        return PartialDate(points=tuple(ends))
    season = re.fullmatch(r"(?:(\w+) )?(\d{4})(?: (\w+))?", text)
    if season and (name := (season[1] or season[3] or "").lower()) in SEASONS:
        return PartialDate(points=(DatePart(int(season[2]), SEASONS[name]),))
    return PartialDate(points=(_point(text, text),))


def read_written(text: str, year: int | None = None) -> PartialDate | None:
    """Return the date that people write as ``27 June 2008``; None for a bare year, and for what is no certain date.

    ``year`` is the one known from elsewhere, for words that have none.
    """
    written = written_date(text, year)
    try:
        return _parse(written) if written else None
    except ValueError:
        return None


def _bad(text: str) -> ValueError:
    return ValueError(
        f"{text!r} is not a date; expected YYYY, YYYY-MM, YYYY-MM-DD, a range YYYY/YYYY, YYYY~ (about), "
        "'in press' or 'n.d.'"
    )


_FAR = 10**9


def _point(text: str, whole: str) -> DatePart:
    match = _POINT.fullmatch(text)
    if not match:
        raise _bad(whole)
    written = match["year"].lstrip("Y")
    unspecified = written.count("X")
    month, day = (int(part) if part else None for part in (match["month"], match["day"]))
    year = int(written.replace("X", "0"))
    _check(year, month, day, whole)
    return DatePart(year, month, day, unspecified, match["qualifier"] or "", match["time"] or "")


def _check(year: int, month: int | None, day: int | None, whole: str) -> None:
    if abs(year) >= _FAR:
        raise ValueError(f"{whole!r} has a year of more than nine digits; no date is written so")
    if month is not None and not (1 <= month <= 12 or 21 <= month <= 24):
        raise ValueError(f"{whole!r} has no month {month}; months are 01 to 12, seasons 21 to 24")
    if day is not None:
        last = 31 if month is None or month > 12 else monthrange(year if year > 0 else 2000, month)[1]
        if not 1 <= day <= last or month is None or month > 12:
            raise ValueError(f"{whole!r} has no day {day}; that month has {last} days")


def _from_csl(value: dict[str, Any]) -> PartialDate:
    unknown = set(value) - {"date-parts", "season", "circa", "literal", "raw"}
    if unknown:
        raise ValueError(f"unknown part {min(unknown)!r} of a date; expected date-parts, season, circa, literal or raw")
    if "raw" in value:
        raw = str(value["raw"])
        try:
            return _parse(raw.strip())
        except ValueError:
            return PartialDate(literal=raw)
    circa = str(value.get("circa", "")).lower() not in {"", "0", "false", "no"}
    parts = value.get("date-parts") or []
    if not isinstance(parts, (list, tuple)) or len(parts) > 2:
        raise ValueError("date-parts must be a list of one date or of two")
    points = tuple(_csl_point(point, value.get("season"), "~" if circa else "") for point in parts if point)
    if any(points):
        return PartialDate(points=points)
    if value.get("literal"):
        return PartialDate(literal=str(value["literal"]))
    raise ValueError("the date is empty; give date-parts or literal, or leave the date out")


def _csl_point(parts: Any, season: Any, qualifier: str) -> DatePart | None:  # noqa: ANN401 - raw input
    if not isinstance(parts, (list, tuple)) or len(parts) > 3:
        raise ValueError("each of date-parts must be a list [year, month, day]")
    try:
        numbers = [int(part) for part in parts if str(part).strip()]
    except (TypeError, ValueError):
        raise ValueError(f"date-parts must be numbers, not {list(parts)!r}") from None
    if not numbers or numbers == [0]:  # pandoc writes [0] for the open end of a range
        return None
    year = numbers[0] + (numbers[0] < 0)  # CSL has no year 0
    month, day = (*numbers[1:], None, None)[:2]
    if month is not None and 13 <= month <= 16:  # citeproc-js and pandoc: seasons as months 13 to 16
        month += 8
    if month is None and season is not None:
        text = str(season).lower()
        month = SEASONS.get(text) or (20 + int(text) if text in {"1", "2", "3", "4"} else None)
        if month is None:
            raise ValueError(f"{season!r} is not a season; expected 1 to 4 (spring, summer, autumn, winter)")
    _check(year, month, day, "-".join(map(str, numbers)))
    return DatePart(year, month, day, 0, qualifier)


def _says(value: dict[str, Any], date: PartialDate) -> bool:
    try:
        return _from_csl(value) == date
    except ValueError:
        return False


def _csl_parts(point: DatePart) -> list[int]:
    month = None if point.season else point.month
    year = point.year - (point.year <= 0)  # CSL has no year 0
    return [part for part in (year, month, point.day) if part is not None]


def _to_date(value: Any) -> Any:  # noqa: ANN401 - raw input
    if isinstance(value, str):
        return _parse(value.strip())
    if isinstance(value, dt.date):
        return PartialDate(value.year, value.month, value.day)
    if isinstance(value, int) and not isinstance(value, bool):
        return _parse(str(value))
    if isinstance(value, dict) and not {"points"} & set(value):
        return _from_csl(value)
    return value


Date = Annotated[
    PartialDate,
    BeforeValidator(_to_date, json_schema_input_type=str | dict[str, Any]),
    Field(json_schema_extra={"examples": ["2008-06-27", "1992/1997", "in press"]}),
]
