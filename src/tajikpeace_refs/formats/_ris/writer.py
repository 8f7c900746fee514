"""Works to RIS records: the lines of each variable, and a passthrough line where they do not hold all of its value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from tajikpeace_refs.errors import Loss
from tajikpeace_refs.formats._ris.converters import (
    PLAIN_NAME,
    grouped,
    is_conference,
    is_plain,
    read_date,
    read_keywords,
    read_name,
    read_names,
    read_pages,
    read_text,
    shown,
    tag_name,
    usual_meanings,
    variable_of,
    variables_from,
)
from tajikpeace_refs.formats._ris.lines import Line
from tajikpeace_refs.formats._ris.passthrough import extra_line, one_line, passthrough_lines
from tajikpeace_refs.formats._ris.rows import RAW, Row, csl_type, rows_for, table_key, ty_of
from tajikpeace_refs.model.date import DatePart, PartialDate
from tajikpeace_refs.model.editorial import ExtraField
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.pages import split_pages
from tajikpeace_refs.model.work import SPELLING, Work
from tajikpeace_refs.options import WriteContext
from tajikpeace_refs.text.carriers import decode_carriers

_BOOKKEEPING = re.compile(
    r"owner|timestamp|file|groups|priority|ranking|readstatus|biburl|bibsource|langidopts|options|ids|presort"
    r"|(?:creation|modification)date|date-(?:added|modified)|(?:bdsk|jabref|index|sort|__)[\w-]*"
)
"""Fields that say how a program or a package is to treat an entry."""
_TY = re.compile("[A-Za-z0-9]+")
_TAG = re.compile("(?!TY|ER)[A-Z][A-Z0-9]")


def write(works: Iterable[Work], context: WriteContext) -> Iterator[str]:
    """Yield a record for each work, with an empty line after it (as Zotero writes it).

    What other programs do not get is reported as a loss, though a passthrough line holds it for us.
    """
    for work in works:
        yield "".join([f"{tag}  - {value}\r\n" for tag, value in _record(work, context)]) + "ER  - \r\n\r\n"


def _record(work: Work, context: WriteContext) -> list[Line]:
    """Return the lines of a work, from TY to the last before ER."""
    values = work.variables()
    raw = [(tag, value) for name, tag, value in work.extra if name == RAW]
    ty = _ty(work, next((value for tag, value in raw if tag == "TY"), ""))
    key = table_key(ty, work.type)
    unchanged = _unchanged(work, key, raw) if raw else {}
    lines = [("TY", ty), *_id(work.id)]
    target = _Target(work.id, key, context)
    if (read := _csl(ty, work)) != work.type:
        lines += passthrough_lines("type", work.type)
        target.report("type", f"{ty} is read as {read}")
    for row in _rows(key, (*values, *unchanged)):
        if row.variable in unchanged:
            lines += unchanged[row.variable]
        else:
            if row.variable == "event_title" and is_conference(key) and not work.container_title:
                row = replace(row, is_read=False)  # noqa: PLW2901 - T2 alone is read as the proceedings
            lines += _lines(row, values[row.variable], target)
    return lines + _extra(work.extra, target)


@lru_cache(maxsize=4096)
def _rows(key: str, variables: tuple[str, ...]) -> tuple[Row, ...]:
    """Return the rows of some variables, in the order of writing."""
    return tuple(row for variable, row in rows_for(key).items() if variable in variables)


def _csl(ty: str, work: Work) -> str:
    return csl_type(ty, has_container=bool(work.container_title))


def _ty(work: Work, raw: str) -> str:
    """Return the TY that a record was read with where it still fits its CSL type, else the one of the type."""
    fits = _TY.fullmatch(raw) and _csl(raw, work) == work.type
    return raw if fits else ty_of(work.type)


@dataclass(frozen=True, slots=True)
class _Target:
    """The record that is written: the id of its work, the TY whose rows it has, and who takes its losses."""

    work_id: str
    key: str
    context: WriteContext

    def report(self, variable: str, reason: str) -> None:
        self.context.report_loss(Loss(self.work_id, variable, "ris", reason))


def _id(name: str) -> list[Line]:
    text = one_line(name)
    lines = [("ID", text)] if text else []
    return lines if text == name else lines + passthrough_lines("id", name)


def _unchanged(work: Work, key: str, raw: list[Line]) -> dict[str, list[Line]]:
    """Return the raw lines of each variable that still has the value read from them, and whose tag nothing else has."""
    lines = grouped(key, [line for line in raw if one_line(line[1]) == line[1]])
    rows = rows_for(key)
    tags = {variable: rows[variable].tag for variable in work.variables() if variable in rows}
    found = {}
    for variable, value in variables_from(key, lines)[0].items():
        others = {tag for name, tag in tags.items() if name != variable} - {rows[variable].tag}
        if value == getattr(work, variable) and not others & {tag for tag, _ in lines.groups[variable]}:
            found[variable] = lines.groups[variable]
    return found


def _extra(fields: tuple[ExtraField, ...], target: _Target) -> list[Line]:
    """Return RIS's own extra fields as they are, those of other formats as passthrough lines."""
    lines, hidden = [], []
    for field in fields:
        if field.format == "ris" and one_line(field.value) == field.value and _TAG.fullmatch(field.field):
            lines.append((field.field, field.value))
        elif field.format != RAW:
            lines.append(extra_line(field))
            if field.format != "tex" and not _BOOKKEEPING.fullmatch(field.field):  # tex: a spelling of a variable
                hidden.append(field.field)
    if hidden:
        target.report("extra", f"RIS has no tag for {', '.join(dict.fromkeys(hidden))}")
    return lines


def _lines(row: Row, value: Any, target: _Target) -> list[Line]:  # noqa: ANN401 - any value
    """Return the lines of a variable; after those that do not hold all of a value, its passthrough line."""
    if row.kind != "names":
        return _item(row, value, target, "")
    if row.is_read and (plain := _plain_names(row.tag, value)):
        return plain
    if _are_read_together(value):
        tags = [(row.tag, text) for name in value if (text := tag_name(name))]
        return tags + passthrough_lines(row.variable, value)
    return [line for number, name in enumerate(value) for line in _item(row, name, target, f"[{number}]")]


def _item(row: Row, item: Any, target: _Target, place: str) -> list[Line]:  # noqa: ANN401 - any value
    lines, is_lossless = _WRITERS[row.kind](row, item)
    if is_lossless and row.is_read:
        return lines
    if reason := _loss(row, item, lines):
        target.report(f"{SPELLING[row.variable]}{place}", reason)
    return lines + passthrough_lines(row.variable, item)


def _loss(row: Row, item: Any, written: list[Line]) -> str:  # noqa: ANN401 - any value
    """Return what other programs do not get of a value that its lines do not hold; empty for a mere spelling."""
    if not written:
        return f"the type {row.ty} has no tag for it" if row.kind == "passthrough" else f"{row.tag} cannot hold it"
    if row.kind in {"date", "year"} and item.points:
        return f"only {written[-1][1]} is written"
    if isinstance(item, Name) and item.transliterated:
        return "the second spelling is not written"
    if isinstance(item, Name) and item.literal and "," in item.literal:
        return f"{row.tag} with a comma is read as a person"
    return ""


Written = tuple[list[Line], bool]
"""The lines of a value for other programs, and whether reading them gives the same value."""


def _passthrough(_row: Row, _value: Any) -> Written:  # noqa: ANN401 - any value
    return [], False


def _text(row: Row, value: str) -> Written:
    """Return a text on one line without tags; a DOI without address."""
    text = shown(value)
    read = read_text(row.variable, text)
    line = read if row.variable == "doi" else text
    if usual_meanings(row.ty).get(row.tag) != row.variable and variable_of(row.ty, row.tag, line) != row.variable:
        # Its digits do not show which number it is.
        return [] if row.kind == "number" or not line else [(row.tag, line)], False
    return [(row.tag, line)] if line else [], read == value == decode_carriers(text)


def _plain_names(tag: str, names: tuple[Name, ...]) -> list[Line]:
    """Return the lines of names that all are plain, so that each line by itself holds its name; else none."""
    lines = []
    for name in names:
        if not (name.is_bare and PLAIN_NAME.fullmatch(text := f"{name.family}, {name.given}")):
            return []
        lines.append((tag, text))
    return lines


def _name(row: Row, name: Name) -> Written:
    if name.is_bare and PLAIN_NAME.fullmatch(text := f"{name.family}, {name.given}"):
        return [(row.tag, text)], True
    text = tag_name(name)
    return ([(row.tag, text)], read_name(text) == name) if text else ([], False)


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
    words = one_line(str(value))
    if not words:
        return [], not str(value)
    return [(row.tag, words)], words == str(value) and read_date(words).date == value


def _slashes(point: DatePart) -> str:
    """Return ``yyyy/mm/dd/``, the parts not known left empty (RIS specification, "Y1")."""
    month, day = (f"{part:02d}" if part else "" for part in (point.month, point.day))
    return f"{point.year:04d}/{month}/{day}/"


_PLAIN_PAGES = re.compile("([0-9]++)-(?!\\1$)([0-9]++)")


def _pages(row: Row, value: str) -> Written:
    if row.tag == "SP" and (plain := _PLAIN_PAGES.fullmatch(value)):
        return [("SP", plain[1]), ("EP", plain[2])], True
    pages = split_pages(value)
    lines = [*zip((row.tag, "EP"), pages, strict=True)] if len(pages) == 2 else _text(row, value)[0]
    return lines, bool(lines) and read_pages(row, lines) == (value, [])


def _keywords(row: Row, value: tuple[str, ...]) -> Written:
    words = [shown(word) for word in value]
    lines = [(row.tag, word) for word in words if word]
    return lines, read_keywords(row, lines) == (value, [])


def _paragraphs(row: Row, value: str) -> Written:
    lines = [text for line in value.splitlines() if (text := shown(line))]
    return [(row.tag, line) for line in lines], "\n".join(lines) == value


_WRITERS: dict[str, Callable[[Row, Any], Written]] = {
    "text": _text, "number": _text, "names": _name, "date": _date, "year": _year, "pages": _pages,
    "keywords": _keywords, "lines": _paragraphs, "passthrough": _passthrough,
}  # fmt: skip
