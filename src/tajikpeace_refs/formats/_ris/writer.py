"""Works to RIS records: the lines of each variable, and a passthrough line where they do not hold all of its value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tajikpeace_refs.formats._ris.converters import (
    PLAIN_NAME,
    is_plain,
    read_date,
    read_name,
    read_names,
    read_text,
    tag_name,
    variable_of,
    variables_from,
)
from tajikpeace_refs.formats._ris.lines import Line
from tajikpeace_refs.formats._ris.passthrough import extra_line, one_line, passthrough_lines
from tajikpeace_refs.formats._ris.rows import RAW, TYPE_TO_TY, Row, csl_type, rows_for, table_key
from tajikpeace_refs.model.date import DatePart, PartialDate
from tajikpeace_refs.model.editorial import ExtraField
from tajikpeace_refs.model.identifiers import number_kind
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.pages import page_range, split_pages
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import WriteContext
from tajikpeace_refs.text.rich import strip

_TAG = re.compile("(?!TY|ER)[A-Z][A-Z0-9]")


def write(works: Iterable[Work], _context: WriteContext) -> Iterator[str]:
    """Yield a record for each work, with an empty line after it (as Zotero writes it); nothing is lost."""
    for work in works:
        yield "".join([f"{tag}  - {value}\r\n" for tag, value in _record(work)]) + "ER  - \r\n\r\n"


def _record(work: Work) -> list[Line]:
    """Return the lines of a work, from TY to the last before ER."""
    values = work.variables()
    raw = [(tag, value) for name, tag, value in work.extra if name == RAW]
    ty = _ty(work.type, next((value for tag, value in raw if tag == "TY"), ""))
    key = table_key(work.type, ty)
    unchanged = _unchanged(work, key, raw)
    lines = [("TY", ty), *_id(work.id)]
    if csl_type(ty) != work.type:
        lines += passthrough_lines("type", work.type)
    held = values.keys() | unchanged
    for row in [row for variable, row in rows_for(key).items() if variable in held]:
        lines += unchanged.get(row.variable) or _lines(row, values[row.variable])
    return lines + _extra(work.extra)


def _ty(csl: str, raw: str) -> str:
    """Return the TY that a record was read with where it still fits its CSL type, else the one of the type."""
    fits = re.fullmatch(r"[A-Za-z0-9]+", raw) and csl_type(raw) == csl
    return raw if fits else TYPE_TO_TY.get(csl, "GEN")


def _id(name: str) -> list[Line]:
    shown = one_line(name)
    lines = [("ID", shown)] if shown else []
    return lines if shown == name else lines + passthrough_lines("id", name)


def _unchanged(work: Work, key: str, raw: list[Line]) -> dict[str, list[Line]]:
    """Return the raw lines of each variable that still has the value read from them."""
    groups: dict[str, list[Line]] = {}
    for tag, value in raw:
        variable = variable_of(key, tag, value)
        if variable and one_line(value) == value:
            groups.setdefault(variable, []).append((tag, value))
    return {
        variable: lines
        for lines in groups.values()
        for variable, value in variables_from(key, lines)[0].items()
        if value == getattr(work, variable)
    }


def _extra(fields: tuple[ExtraField, ...]) -> list[Line]:
    """Return RIS's own extra fields as they are, those of other formats as passthrough lines."""
    lines = []
    for field in fields:
        if field.format == "ris" and one_line(field.value) == field.value and _TAG.fullmatch(field.field):
            lines.append((field.field, field.value))
        elif field.format != RAW:
            lines.append(extra_line(field))
    return lines


def _lines(row: Row, value: Any) -> list[Line]:  # noqa: ANN401 - any value
    """Return the lines of a variable; after those that do not hold all of a value, its passthrough line."""
    convert = _WRITERS[row.kind]
    if row.kind == "names" and _are_read_together(value):
        tags = [(row.tag, text) for name in value if (text := tag_name(name))]
        return tags + passthrough_lines(row.variable, value)
    lines: list[Line] = []
    for item in value if row.kind == "names" else (value,):
        shown, is_lossless = convert(row, item)
        lines += shown if is_lossless else [*shown, *passthrough_lines(row.variable, item)]
    return lines


Written = tuple[list[Line], bool]
"""The lines of a value for other programs, and whether reading them gives the same value."""


def _passthrough(_row: Row, _value: Any) -> Written:  # noqa: ANN401 - any value
    return [], False


def _text(row: Row, value: str) -> Written:
    """Return a text on one line without tags, which other programs would show as they are; a DOI without address."""
    shown = one_line(strip(value) if "<" in value else value)
    read = read_text(row.variable, shown)
    line = read if row.variable == "doi" else shown
    return [(row.tag, line)] if line else [], read == value


def _number(row: Row, value: str) -> Written:
    """Return the line of an ISBN or ISSN unusual for the type; none where its digits do not show which it is."""
    return _text(row, value) if number_kind(value) == row.variable else ([], False)


def _name(row: Row, name: Name) -> Written:
    if name.is_bare and PLAIN_NAME.fullmatch(shown := f"{name.family}, {name.given}"):
        return [(row.tag, shown)], True
    shown = tag_name(name)
    return ([(row.tag, shown)], read_name(shown) == name) if shown else ([], False)


def _are_read_together(names: tuple[Name, ...]) -> bool:
    """Whether reading gives other names than each line by itself: a line that holds several, or a habit of the list."""
    values = [shown for name in names if (shown := tag_name(name))]
    return not all(map(PLAIN_NAME.fullmatch, values)) and read_names(values) != [
        (read_name(value),) for value in values
    ]


def _year(row: Row, value: PartialDate) -> Written:
    """Return the year of a date, and the day or month in DA."""
    start = value.start
    if not value.points:
        return _words(row, value)
    if not start or not 0 < start.year <= 9999:
        return [], False
    lines = [(row.tag, f"{start.year:04d}")]
    if start.month and start.month <= 12 and not value.is_range:
        lines.append(("DA", _slashes(start)))
    return lines, is_plain(value)


def _date(row: Row, value: PartialDate) -> Written:
    if not value.points:
        return _words(row, value)
    return ([(row.tag, _slashes(value.start))], True) if value.start and is_plain(value) else ([], False)


def _words(row: Row, value: PartialDate) -> Written:
    words = str(value)
    is_lossless = one_line(words) == words and read_date(words).date == value
    return ([(row.tag, words)] if is_lossless else [], is_lossless) if words else ([], True)


def _slashes(point: DatePart) -> str:
    """Return ``yyyy/mm/dd/``, the parts not known left empty (RIS specification, "Y1")."""
    month, day = (f"{part:02d}" if part else "" for part in (point.month, point.day))
    return f"{point.year:04d}/{month}/{day}/"


def _pages(row: Row, value: str) -> Written:
    pages = split_pages(value)
    if len(pages) == 1:
        return _text(row, value)
    return [*zip((row.tag, "EP"), pages, strict=True)], page_range(*pages) == value


def _keywords(row: Row, value: tuple[str, ...]) -> Written:
    words = [one_line(strip(word)) for word in value]
    return [(row.tag, word) for word in words if word], all(words) and words == [*value]


_WRITERS: dict[str, Callable[[Row, Any], Written]] = {
    "text": _text, "coded": _text, "number": _number, "names": _name, "date": _date, "year": _year, "pages": _pages,
    "keywords": _keywords, "passthrough": _passthrough,
}  # fmt: skip
