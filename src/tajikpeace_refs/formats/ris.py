"""RIS, as Zotero and EndNote take it: CRLF, no byte order mark, no wrapped lines (docs/formats.md)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tajikpeace_refs.errors import Loss
from tajikpeace_refs.formats._base import Format, Options
from tajikpeace_refs.formats._ris_read import looks_like_ris, read, read_tag
from tajikpeace_refs.formats._ris_rows import (
    AS_WRITTEN,
    CARRIER,
    TY_TO_TYPE,
    TYPE_TO_TY,
    Row,
    ris_name,
    rows_for,
    tag_table,
)
from tajikpeace_refs.model.date import PartialDate, Point
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.work import NAME_VARIABLES, SPELLING, Work

_NAMES = frozenset(NAME_VARIABLES)


def write(works: Iterable[Work], options: Options) -> Iterator[str]:
    """Yield a record a work, an empty line after each (as Zotero writes it)."""
    for work in works:
        lines = [*_lines(work)]
        yield "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in lines) + "ER  - \r\n\r\n"
        for variable in work.model_fields_set & _NAMES:
            if any(name.transliterated for name in getattr(work, variable)):
                options.on_loss(Loss(work.id, f"{SPELLING[variable]}.transliterated", "ris"))


def _lines(work: Work) -> Iterator[tuple[str, str]]:
    written = {tag: value for name, tag, value in work.foreign if name == AS_WRITTEN}
    ty = TYPE_TO_TY.get(work.type)
    as_written = written.pop("TY", "")
    yield "TY", as_written if TY_TO_TYPE.get(as_written.upper(), "document") == work.type else ty or "GEN"
    yield "ID", work.id
    if ty is None and not as_written:
        yield CARRIER, f"type: {work.type}"
    kept = {row.variable: (tag, raw) for tag, raw in written.items() if (row := _still_says(work, tag, raw))}
    rows = rows_for(work.type)
    for _, row in sorted(rows[name] for name in work.model_fields_set if name in rows):
        value = getattr(work, row.variable)
        if row.variable in kept:
            yield kept[row.variable]
        elif value:
            yield from _KINDS[row.kind](row.tag, value, row.variable)
    for foreign in work.foreign:
        if foreign.format == "ris":
            yield foreign.field, foreign.value
        elif foreign.format != AS_WRITTEN:
            yield CARRIER, str(foreign)


def _still_says(work: Work, tag: str, raw: str) -> Row | None:
    """Return the row of a tag kept as written where it still means what the work says."""
    row = tag_table(work.type).get(tag)
    found = read_tag(row, raw) if row else None
    return row if row and found and found.value == getattr(work, row.variable) else None


def _one_line(value: str) -> str:
    return re.sub(r"\s*[\r\n]+\s*", " ", value) if "\n" in value or "\r" in value else value


def _text(tag: str, value: Any, variable: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any text
    text = str(value)
    if "nocase" in text and (bare := _NOCASE.sub(r"\1", text)) != text:
        # Spans that protect capitals are no part of the title in a RIS record; other programs would show them.
        yield tag, bare
        yield CARRIER, f"{SPELLING[variable]}: {text}"
    else:
        yield tag, text


_NOCASE = re.compile(r'<span class="nocase">(.*?)</span>')


def _names(tag: str, value: tuple[Name, ...], variable: str) -> Iterator[tuple[str, str]]:
    for name in value:
        if name.is_others:
            yield CARRIER, f"{SPELLING[variable]}: others"
        else:
            yield tag, ris_name(name)


def _year(tag: str, value: PartialDate, variable: str) -> Iterator[tuple[str, str]]:
    start = value.start
    if not value.points:
        yield tag, str(value)
        return
    if start and 0 < start.year <= 9999:
        yield tag, f"{start.year:04d}"
        if start.month and start.month <= 12 and not value.is_range:
            yield "DA", _slashes(start)
    if not _is_plain(value):
        yield CARRIER, f"{SPELLING[variable]}: {value}"


def _date(tag: str, value: PartialDate, variable: str) -> Iterator[tuple[str, str]]:
    if value.start and _is_plain(value):
        yield tag, _slashes(value.start)
    else:
        yield CARRIER, f"{SPELLING[variable]}: {value}"


def _is_plain(value: PartialDate) -> bool:
    """Whether year, month and day say all of a date."""
    return bool(re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?", str(value)))


def _slashes(point: Point) -> str:
    """Return ``yyyy/mm/dd/``, the parts not known left empty (RIS specification, "Y1")."""
    month, day = (f"{part:02d}" if part else "" for part in (point.month, point.day))
    return f"{point.year:04d}/{month}/{day}/"


def _pages(tag: str, value: str, _variable: str) -> Iterator[tuple[str, str]]:
    match = re.fullmatch(r"\s*([^\s,;–-]+)\s*(?:--?|–)\s*([^\s,;–-]+)\s*", value)
    if match:
        yield tag, match[1]
        yield "EP", match[2]
    else:
        yield tag, value


def _keywords(tag: str, value: tuple[str, ...], _variable: str) -> Iterator[tuple[str, str]]:
    for word in value:
        yield tag, word


def _carried(tag: str, value: Any, variable: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any value
    label = SPELLING[variable]
    if value is True:
        yield tag, f"{label}: true"
        return
    for item in value if isinstance(value, tuple) else (value,):
        yield tag, f"{label}: {item}"


_KINDS: dict[str, Callable[[str, Any, str], Iterator[tuple[str, str]]]] = {
    "text": _text, "names": _names, "date": _date, "year": _year, "pages": _pages, "keywords": _keywords,
    "carried": _carried,
}  # fmt: skip

FORMAT = Format(name="ris", label="RIS", suffixes={".ris": "plain"}, read=read, write=write, sniff=looks_like_ris)
