"""RIS, as Zotero and EndNote take it: CRLF, no byte order mark, no wrapped lines (docs/formats.md)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tajikpeace_refs.formats._base import Format, Frame
from tajikpeace_refs.formats._ris_carry import CARRIER, carry, carry_foreign, carry_whole, one_line
from tajikpeace_refs.formats._ris_lines import looks_like_ris
from tajikpeace_refs.formats._ris_read import CUT, IDS, read
from tajikpeace_refs.formats._ris_rows import AS_WRITTEN, TY_TO_TYPE, TYPE_TO_TY, rows_for, table_key
from tajikpeace_refs.formats._ris_values import (
    Line,
    is_plain,
    join_pages,
    number_kind,
    read_date,
    read_name,
    read_text,
    row_of,
    says,
    split_pages,
    tag_name,
)
from tajikpeace_refs.model.date import PartialDate, Point
from tajikpeace_refs.model.editorial import ForeignField
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import Options


def write(works: Iterable[Work], _options: Options) -> Iterator[str]:
    """Yield a record a work, an empty line after each (as Zotero writes it); nothing is lost."""
    for work in works:
        yield "".join(f"{tag}  - {value}\r\n" for tag, value in _lines(work)) + "ER  - \r\n\r\n"


def _lines(work: Work) -> Iterator[Line]:
    written = [(tag, value) for name, tag, value in work.foreign if name == AS_WRITTEN]
    ty = next((value for tag, value in written if tag == "TY"), "")
    if not re.fullmatch(r"[A-Za-z0-9]+", ty) or TY_TO_TYPE.get(ty.upper(), "document") != work.type:
        ty = TYPE_TO_TY.get(work.type, "GEN")
    yield "TY", ty
    if shown := one_line(work.id):
        yield "ID", shown
    if shown != work.id:
        yield CARRIER, carry_whole("id", work.id)
    if TY_TO_TYPE.get(ty.upper(), "document") != work.type:
        yield CARRIER, f"csl-type: {work.type}"
    key = table_key(work.type, ty.upper())
    kept = _kept(work, key, written)
    rows = rows_for(key)
    for _, row in sorted(rows[name] for name in work.model_fields_set if name in rows):
        value = getattr(work, row.variable)
        if row.variable in kept:
            yield from kept[row.variable]
        elif value:
            yield from _KINDS[row.kind](row.tag, value, row.variable)
    yield from _foreign(work.foreign)


def _kept(work: Work, key: str, written: list[Line]) -> dict[str, list[Line]]:
    """Return the lines kept as they came, by the variable that they still say as the work does."""
    groups: dict[str, list[Line]] = {}
    for tag, value in written:
        row = row_of(key, tag, value)
        if row and one_line(value) == value:
            groups.setdefault(row.variable, []).append((tag, value))
    kept = {}
    for lines in groups.values():
        for variable, value in says(key, lines)[0].items():
            if value == getattr(work, variable):
                kept[variable] = lines
    return kept


def _foreign(fields: tuple[ForeignField, ...]) -> Iterator[Line]:
    for field in fields:
        name, tag, value = field
        is_line = re.fullmatch("[A-Z][A-Z0-9]", tag) and tag not in {"TY", "ER"} and one_line(value) == value
        if name == "ris" and is_line:
            yield tag, value
        elif name != AS_WRITTEN:
            yield CARRIER, carry_foreign(field)


def _carried(_tag: str, value: Any, variable: str) -> Iterator[Line]:  # noqa: ANN401 - any value
    for line in carry(variable, value):
        yield CARRIER, line


def _text(tag: str, value: str, variable: str) -> Iterator[Line]:
    """Yield the text as other programs want it; where reading it gives something else, the text itself is carried."""
    # Spans that protect capitals are no part of the title in a RIS record; other programs would show them.
    shown = one_line(_NOCASE.sub(r"\1", value) if "nocase" in value else value)
    if variable == "doi":
        shown = read_text(variable, shown).value
    if shown:
        yield tag, shown
    if read_text(variable, shown).value != value:
        yield from _carried(tag, value, variable)


_NOCASE = re.compile(r'<span class="nocase">(.*?)</span>', re.DOTALL)


def _number(tag: str, value: str, variable: str) -> Iterator[Line]:
    """Yield a number that is not the one its type has in SN: its digits must tell which it is."""
    yield from (_text if number_kind(value) == variable else _carried)(tag, value, variable)


def _names(tag: str, value: tuple[Name, ...], variable: str) -> Iterator[Line]:
    for name in value:
        shown = tag_name(name)
        if shown:
            yield tag, shown
        if not shown or read_name(shown) != name:
            yield from _carried(tag, name, variable)


def _year(tag: str, value: PartialDate, variable: str) -> Iterator[Line]:
    start = value.start
    if start and 0 < start.year <= 9999:
        yield tag, f"{start.year:04d}"
        if start.month and start.month <= 12 and not value.is_range:
            yield "DA", _slashes(start)
    if not value.points:
        yield from _words(tag, value, variable)
    elif not is_plain(value) or not (start and start.year):
        yield from _carried(tag, value, variable)


def _date(tag: str, value: PartialDate, variable: str) -> Iterator[Line]:
    if not value.points:
        yield from _words(tag, value, variable)
    elif value.start and is_plain(value):
        yield tag, _slashes(value.start)
    else:
        yield from _carried(tag, value, variable)


def _words(tag: str, value: PartialDate, variable: str) -> Iterator[Line]:
    words = str(value)
    if words and one_line(words) == words and read_date(words).value == value:
        yield tag, words
    elif words:
        yield from _carried(tag, value, variable)


def _slashes(point: Point) -> str:
    """Return ``yyyy/mm/dd/``, the parts not known left empty (RIS specification, "Y1")."""
    month, day = (f"{part:02d}" if part else "" for part in (point.month, point.day))
    return f"{point.year:04d}/{month}/{day}/"


def _pages(tag: str, value: str, variable: str) -> Iterator[Line]:
    parts = split_pages(value)
    if len(parts) == 1:
        yield from _text(tag, value, variable)
        return
    yield from zip((tag, "EP"), parts, strict=True)
    if join_pages(*parts) != value:
        yield from _carried(tag, value, variable)


def _keywords(tag: str, value: tuple[str, ...], variable: str) -> Iterator[Line]:
    for word in filter(None, map(one_line, value)):
        yield tag, word
    if any(one_line(word) != word or not word for word in value):
        yield CARRIER, carry_whole(variable, value)


_KINDS: dict[str, Callable[[str, Any, str], Iterator[Line]]] = {
    "text": _text, "number": _number, "names": _names, "date": _date, "year": _year, "pages": _pages,
    "keywords": _keywords, "carried": _carried,
}  # fmt: skip

FORMAT = Format(
    name="ris",
    label="RIS",
    suffixes={".ris": "plain"},
    read=read,
    write=write,
    sniff=looks_like_ris,
    ids=IDS,
    frame=lambda _front: Frame(),
    cut=CUT,
)
