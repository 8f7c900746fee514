"""Dates in CSL items as people and programs write them, brought to the forms that `PartialDate` takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tajikpeace_refs.model.date import PartialDate, read_written
from tajikpeace_refs.model.date_words import is_either_way, month_number

_YEAR = re.compile(r"(\d{4})\s*(?:г|р|year)?\.?")
_MONTH_OF_YEAR = re.compile(r"(\d{4})/(\d\d?)")  # in a .bib the years of a season or of a reprint
_UNCERTAIN = re.compile(r"[a-z]\d{4}|\d{4}-\d\d", re.IGNORECASE)
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)\s+(\d\d?)(:\d\d[\d:.]*)\s*(Z|UTC)?")


def plain_date(value: Any) -> Any:  # noqa: ANN401 - raw input
    """Return a date in a form of EDTF or CSL, None for an empty one; what is not understood is returned as it is.

    >>> plain_date("March 2012"), plain_date("c. 1890"), plain_date("2012-3-4"), plain_date([{"raw": "4.3.2012"}])
    ('2012-03', '1890~', '2012-03-04', '2012-03-04')
    >>> plain_date([2012, 3, 4]), plain_date({"date-parts": [[]]}), plain_date("soon")
    ({'date-parts': [[2012, 3, 4]]}, None, 'soon')
    """
    if isinstance(value, str):
        return _of_text(value)
    if isinstance(value, list):
        return _of_list(value)
    return _of_object(value) if isinstance(value, dict) else value


def _of_text(text: str) -> str | None:
    forms = (text, *_other_forms(text.strip()))
    return next((form for form in forms if _is_date(form)), text) if text.strip() else None


def _is_date(text: str) -> bool:
    try:
        return bool(PartialDate.parse(text))
    except ValueError:
        return False


def _other_forms(text: str) -> Iterator[str]:
    """Yield what a text may be in EDTF, of which only a true date counts.

    A year with a letter (c1890) may be that of a copyright, 3/4/2012 be in March or April, and 2012-13 two years or a
    mistyped month: these stay words.
    """
    if match := _TIME.fullmatch(text):
        yield f"{match[1]}T{match[2]:>02}{match[3]}{'Z' if match[4] else ''}"
    if match := _MONTH_OF_YEAR.fullmatch(text):
        yield f"{match[1]}-{match[2]:>02}"
    if match := _YEAR.fullmatch(text):
        yield match[1]
    elif not is_either_way(text) and not _UNCERTAIN.fullmatch(text) and (date := read_written(text)):
        yield str(date)


def _of_list(items: list[Any]) -> Any:  # noqa: ANN401 - raw input
    if all(isinstance(item, dict) and "year" in item for item in items):
        return _of_points(items)
    if len(items) == 1 and isinstance(items[0], (str, dict)):
        return plain_date(items[0])
    return _of_object({"date-parts": items})


def _of_points(points: list[Any]) -> Any:  # noqa: ANN401 - raw input
    """Return the date of ``{year, month, day}``, or of two of them, as pandoc writes it; None of none."""
    if not points:
        return None
    parts = [[point.get(part) for part in ("year", "month", "day")] for point in points]
    rest = {key: held for key, held in points[0].items() if key not in {"year", "month", "day"}}
    return _of_object({"date-parts": parts, **rest})


_NO_NUMBER = (None, "", 0, "0", "null", "~")  # YAML's scalars are text here
_TIMES = frozenset({"date-time", "timestamp", "version"})
"""What Crossref adds to a date."""


def _of_object(value: dict[str, Any]) -> Any:  # noqa: ANN401 - raw input
    if "year" in value:
        return _of_points([value])
    found = {key: held for key, held in value.items() if key not in _TIMES and held not in (None, "", [], {})}
    parts = found.pop("date-parts", None)
    if parts is not None and not _is_nothing(parts):
        found = {"date-parts": _numbers(parts), **found}
    raw = found.get("raw")
    if isinstance(raw, str):
        text = _of_text(raw) or ""
        if "date-parts" not in found:
            return text if _is_date(text) else found
        if not _is_date(text):
            del found["raw"]
    if not found and isinstance(value.get("date-time"), str):
        return value["date-time"][:10]
    return found or None


def _is_nothing(parts: Any) -> bool:  # noqa: ANN401 - raw input
    """Whether date-parts hold no number: Crossref's ``[[null]]``, pandoc's ``[[0]]``."""
    return all(map(_is_nothing, parts)) if isinstance(parts, list) else parts in _NO_NUMBER


def _numbers(parts: Any) -> Any:  # noqa: ANN401 - raw input
    """Return date-parts as lists of year, month and day: numbers alone in one, empty ends off, months as numbers."""
    if not isinstance(parts, list):
        return parts
    points = parts if any(isinstance(point, list) for point in parts) else [parts]
    return [_point(point) if isinstance(point, list) else point for point in points]


def _point(point: list[Any]) -> list[Any]:
    numbers = [month_number(part) or part if isinstance(part, str) and part.isalpha() else part for part in point]
    while len(numbers) > 1 and numbers[-1] in _NO_NUMBER:
        numbers.pop()
    return numbers
