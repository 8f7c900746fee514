"""RIS, as Zotero and EndNote take it: CRLF, no byte order mark, no wrapped lines (docs/formats.md)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tajikpeace_refs.formats._ris.converters import (
    PLAIN_NAME,
    is_plain,
    read_date,
    read_name,
    read_text,
    says,
    tag_name,
    variable_of,
)
from tajikpeace_refs.formats._ris.lines import Line
from tajikpeace_refs.formats._ris.passthrough import CARRIER, carry, carry_foreign, carry_whole, one_line
from tajikpeace_refs.formats._ris.reader import CHUNKER, IDS, read
from tajikpeace_refs.formats._ris.rows import AS_WRITTEN, TY_TO_TYPE, TYPE_TO_TY, rows_for, table_key
from tajikpeace_refs.formats.base import Delimiters, Format
from tajikpeace_refs.model.date import PartialDate, Point
from tajikpeace_refs.model.editorial import ForeignField
from tajikpeace_refs.model.identifiers import number_kind
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.pages import page_range, split_pages
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import WriteContext
from tajikpeace_refs.text.rich import strip


def write(works: Iterable[Work], _context: WriteContext) -> Iterator[str]:
    """Yield a record a work, an empty line after each (as Zotero writes it); nothing is lost."""
    for work in works:
        held = work.variables()
        foreign = work.foreign
        written = [(tag, value) for name, tag, value in foreign if name == AS_WRITTEN] if foreign else []
        ty = next((value for tag, value in written if tag == "TY"), "") if written else ""
        opening, key, type_line = _opening(held["type"], ty)
        kept = _kept(work, key, written) if written else {}
        lines = [
            kept[variable] if variable in kept else kind(tag, held[variable], variable)
            for variable, tag, kind in _plan(key, frozenset(held).union(kept))
        ]
        rest = _foreign(foreign) if foreign else ""
        yield "".join([opening, _id(held["id"]), type_line, *lines, rest, "ER  - \r\n\r\n"])


def _line(tag: str, value: str) -> str:
    return f"{tag}  - {value}\r\n"


def _opening(csl: str, written: str) -> tuple[str, str, str]:
    """Return the first line of a type, the key of its rows, and the line for the type where the TY says another."""
    fits = re.fullmatch(r"[A-Za-z0-9]+", written) and TY_TO_TYPE.get(written.upper(), "document") == csl
    ty = written if fits else TYPE_TO_TY.get(csl, "GEN")
    said = TY_TO_TYPE.get(ty.upper(), "document")
    type_line = "" if said == csl else _line(CARRIER, f"csl-type: {csl}")
    return _line("TY", ty), table_key(csl, ty.upper()), type_line


def _id(name: str) -> str:
    shown = one_line(name)
    line = _line("ID", shown) if shown else ""
    return line if shown == name else line + _line(CARRIER, carry_whole("id", name))


def _plan(key: str, names: frozenset[str]) -> list[tuple[str, str, Kind]]:
    """Return variable, tag and writer of what is set, in the order of the rows."""
    rows = rows_for(key)
    chosen = sorted(rows[name] for name in names if name in rows)
    return [(row.variable, row.tag, _KINDS[row.kind]) for _, row in chosen]


def _kept(work: Work, key: str, written: list[Line]) -> dict[str, str]:
    """Return the lines kept as they came, by the variable that they still say as the work does."""
    groups: dict[str, list[Line]] = {}
    for tag, value in written:
        variable = variable_of(key, tag, value)
        if variable and one_line(value) == value:
            groups.setdefault(variable, []).append((tag, value))
    kept = {}
    for lines in groups.values():
        for variable, value in says(key, lines)[0].items():
            if value == getattr(work, variable):
                kept[variable] = "".join([_line(*line) for line in lines])
    return kept


def _foreign(fields: tuple[ForeignField, ...]) -> str:
    lines = []
    for field in fields:
        name, tag, value = field
        if name == "ris" and one_line(value) == value and _TAG.fullmatch(tag):
            lines.append(f"{tag}  - {value}\r\n")
        elif name != AS_WRITTEN:
            lines.append(_line(CARRIER, carry_foreign(field)))
    return "".join(lines)


_TAG = re.compile("(?!TY|ER)[A-Z][A-Z0-9]")


def _carried(_tag: str, value: Any, variable: str) -> str:  # noqa: ANN401 - any value
    return "".join([_line(CARRIER, text) for text in carry(variable, value)])


def _text(tag: str, value: str, variable: str) -> str:
    # Most texts are plain; what is done for the others took half of the time of writing.
    plain = value.isprintable() and "<" not in value and value == value.strip()
    return f"{tag}  - {value}\r\n" if plain else _shown(tag, value, variable)


def _shown(tag: str, value: str, variable: str) -> str:
    """Return the text as other programs want it; where reading it gives something else, the text itself is carried."""
    # Tags are no part of the text in a RIS record; other programs would show them.
    shown = one_line(strip(value))
    said = read_text(variable, shown)
    if variable == "doi":
        shown = said
    line = _line(tag, shown) if shown else ""
    return line if said == value else line + _carried(tag, value, variable)


def _number(tag: str, value: str, variable: str) -> str:
    """Return a number that is not the one its type has in SN: its digits must tell which it is."""
    return (_text if number_kind(value) == variable else _carried)(tag, value, variable)


def _names(tag: str, value: tuple[Name, ...], variable: str) -> str:
    lines = []
    for name in value:
        shown = f"{name.family}, {name.given}"
        if name.is_bare and PLAIN_NAME.fullmatch(shown):  # most names
            lines.append(f"{tag}  - {shown}\r\n")
            continue
        shown = tag_name(name)
        if shown:
            lines.append(_line(tag, shown))
        if not shown or read_name(shown) != name:
            lines.append(_carried(tag, name, variable))
    return "".join(lines)


def _year(tag: str, value: PartialDate, variable: str) -> str:
    lines, exact = _numbers(tag, value.points)
    return lines if exact else lines + (_carried if value.points else _words)(tag, value, variable)


def _numbers(tag: str, points: tuple[Point | None, ...]) -> tuple[str, bool]:
    """Return the lines of a year and of a date in it, and whether they say all of the date."""
    start = points[0] if points else None
    if not start or not 0 < start.year <= 9999:
        return "", False
    lines = _line(tag, f"{start.year:04d}")
    if start.month and start.month <= 12 and len(points) == 1:
        lines += _line("DA", _slashes(start))
    return lines, is_plain(points)


def _date(tag: str, value: PartialDate, variable: str) -> str:
    if not value.points:
        return _words(tag, value, variable)
    if value.start and is_plain(value.points):
        return _line(tag, _slashes(value.start))
    return _carried(tag, value, variable)


def _words(tag: str, value: PartialDate, variable: str) -> str:
    words = str(value)
    if words and one_line(words) == words and read_date(words).date == value:
        return _line(tag, words)
    return _carried(tag, value, variable) if words else ""


def _slashes(point: Point) -> str:
    """Return ``yyyy/mm/dd/``, the parts not known left empty (RIS specification, "Y1")."""
    month, day = (f"{part:02d}" if part else "" for part in (point.month, point.day))
    return f"{point.year:04d}/{month}/{day}/"


def _pages(tag: str, value: str, variable: str) -> str:
    parts = split_pages(value)
    if len(parts) == 1:
        return _text(tag, value, variable)
    first, last = parts
    lines = f"{tag}  - {first}\r\nEP  - {last}\r\n"
    return lines if page_range(first, last) == value else lines + _carried(tag, value, variable)


def _keywords(tag: str, value: tuple[str, ...], variable: str) -> str:
    words = [one_line(strip(word)) for word in value]
    lines = "".join([_line(tag, word) for word in words if word])
    exact = all(words) and words == [*value]
    return lines if exact else lines + _line(CARRIER, carry_whole(variable, value))


Kind = Callable[[str, Any, str], str]
_KINDS: dict[str, Kind] = {
    "text": _text, "coded": _shown, "number": _number, "names": _names, "date": _date, "year": _year, "pages": _pages,
    "keywords": _keywords, "carried": _carried,
}  # fmt: skip

FORMAT = Format(
    name="ris",
    label="RIS",
    read=read,
    write=write,
    ids=IDS,
    delimiters=lambda _front: Delimiters(),
    chunker=CHUNKER,
)
