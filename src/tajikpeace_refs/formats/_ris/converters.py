"""Values of RIS tags: what one line holds, what several lines of one variable hold together, and names."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from tajikpeace_refs.formats._ris.lines import Line
from tajikpeace_refs.formats._ris.passthrough import one_line
from tajikpeace_refs.formats._ris.rows import IN_PERIODICALS, RAW, all_rows, tag_table
from tajikpeace_refs.model.date import PartialDate, read_written
from tajikpeace_refs.model.editorial import ExtraField
from tajikpeace_refs.model.identifiers import number_kind, parse_doi
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.name_reading import read_cells
from tajikpeace_refs.model.pages import page_range, split_pages
from tajikpeace_refs.text.languages import language_tag

_DATE = re.compile(r"([0-9]{4})(?:/([0-9]{0,2})(?:/([0-9]{0,2})(?:/(.*))?)?)?")
_PLAIN = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?")
_YEAR = re.compile("([0-9]{4})/")
_COMMA = re.compile(r"\s*,\s*")
# Most names are two runs of capitalised words: no particle, suffix or organisation to look for. Writing RIS takes 1.8
# times as long without this pattern; a test compares it with the rules.
_WORD = r"(?!(?:II|III|IV|[JS]n?r|JR|SR)\b)[A-ZÀ-ÖØ-ÞЀ-Я][\w.’'-]*"
PLAIN_NAME = re.compile(f"({_WORD}), ({_WORD}(?: {_WORD})*)")
_SHORT_TITLES = {"J1", "JO", "JA"}


class ReadDate(NamedTuple):
    """A date read from one line; ``is_lossless`` False where writing it would give another line."""

    date: PartialDate
    is_lossless: bool = True


def variables_from(key: str, lines: list[Line]) -> tuple[dict[str, Any], list[ExtraField]]:
    """Return the variables that some lines of a record give, and the lines to keep beside them as extra fields.

    ``key`` is the CSL type of the record, or EDBOOK: it decides what the tags mean.
    """
    groups: dict[str, list[Line]] = {}
    data: dict[str, Any] = {}
    kept: list[ExtraField] = []
    for tag, value in lines:
        if variable := variable_of(key, tag, value):
            groups.setdefault(variable, []).append((tag, value))
        else:
            kept.append(ExtraField("ris", tag, value))
    for variable, group in groups.items():
        found, more = _READERS.get(variable, _text)(variable, group)
        kept += more
        if found is not None:
            data[variable] = found
    short = groups.get("container_title_short")
    if short and key in IN_PERIODICALS and "container_title" not in data and short[0][0] in _SHORT_TITLES:
        # Where no tag gives the full title of a journal, the short one stands for it.
        data["container_title"] = data.pop("container_title_short")
        kept.append(ExtraField(RAW, *short[0]))
    return data, kept


def variable_of(key: str, tag: str, value: str) -> str | None:
    """Return the variable that a tag with a value belongs to, or None."""
    variable = tag_table(key).get(tag)
    if variable == "doi" and tag == "M3" and not parse_doi(value):
        return None
    return (tag == "SN" and number_kind(value)) or variable


def read_text(variable: str, value: str) -> str:
    """Return the text of a line as its variable has it: a bare DOI, a tag for the name of a language."""
    if variable == "doi":
        return parse_doi(value) or value
    return language_tag(value) if variable == "language" else value


def read_date(value: str) -> ReadDate:
    """Return the date of ``2008``, ``2008/06/27/``, ``2008///Spring`` or ISO's form; other words as words."""
    match = _DATE.fullmatch(value)
    year, month, day, rest = match.groups() if match else (value, None, None, value)
    if rest and (written := read_written(value)):
        return ReadDate(written, is_lossless=False)
    try:
        date = PartialDate.parse("-".join(part.zfill(2) for part in (year, month, month and day) if part))
    except ValueError:
        if start := _YEAR.match(value):
            return ReadDate(PartialDate.parse(start[1]), is_lossless=False)
        return ReadDate(PartialDate(literal=value))
    is_all = not (match and rest) and bool(month or not day)
    return ReadDate(date, not date.points or (is_plain(date) and is_all))


def is_plain(date: PartialDate) -> bool:
    """Whether year, month and day of one point are all of a date."""
    return len(date.points) == 1 and bool(_PLAIN.fullmatch(str(date.start)))


def tag_name(name: Name) -> str:
    """Return ``family, given, suffix``; an organisation or a given name alone as it is; nothing for ``others``.

    >>> tag_name(Name.parse("van der Berg, Jan")), tag_name(Name(literal="RASS")), tag_name(Name(family="Plato"))
    ('van der Berg, Jan', 'RASS', 'Plato,')
    """
    text = one_line(str(name) if name.literal is None else name.literal)
    return text.removeprefix(", ") if text.strip(", ") and not name.is_others else ""


def read_name(value: str) -> Name:
    """Return the name that a line holds by itself; of several the first."""
    return read_names([value])[0][0]


def read_names(values: list[str]) -> list[tuple[Name, ...]]:
    """Return the names that each of some lines holds."""
    cells = read_cells([None if PLAIN_NAME.fullmatch(value) else value for value in values], _own_name)
    return [cell or (_own_name(value),) for cell, value in zip(cells, values, strict=True)]


def _own_name(value: str) -> Name:
    """Return the name ``family, given, suffix``; a line that is none is a literal."""
    if match := PLAIN_NAME.fullmatch(value):
        return Name(family=match[1], given=match[2])
    name = Name.parse(value)
    spaced = _COMMA.sub(", ", value).strip(", ")
    return name if tag_name(name).rstrip(",") == spaced else Name(literal=value)


Converted = tuple[Any, list[ExtraField]]
"""The value of a variable, and the lines to keep beside it."""


def _names(_variable: str, lines: list[Line]) -> Converted:
    """Read the lines of names; where they hold them in another order, or several in one, keep the lines as they are."""
    values = [value for _, value in lines]
    cells = read_names(values)
    is_usual = all(len(cell) == 1 and _is_line(value, cell[0]) for value, cell in zip(values, cells, strict=True))
    return tuple(name for cell in cells for name in cell), [] if is_usual else [
        ExtraField(RAW, *line) for line in lines
    ]


def _is_line(value: str, name: Name) -> bool:
    """Whether writing a name gives the line that it was read from, spaces and commas aside."""
    if PLAIN_NAME.fullmatch(value):
        return True
    if name.is_others:
        return False
    return name.literal == value or tag_name(name).rstrip(",") == _COMMA.sub(", ", value).strip(", ")


def _keywords(_variable: str, lines: list[Line]) -> Converted:
    return tuple([value for _, value in lines]), []


def _text(variable: str, lines: list[Line]) -> Converted:
    """Take the first line; keep another with the same value only where its tag may have a meaning of its own."""
    (tag, raw), *more = lines
    found = read_text(variable, raw)
    kept = [] if found == raw else [ExtraField(RAW, tag, raw)]
    for other, value in more:
        if other in {"J2", *_SHORT_TITLES, "SN", "UR"} or read_text(variable, value) != found:
            kept.append(ExtraField("ris", other, value))
    return found, kept


def _dates(_variable: str, lines: list[Line]) -> Converted:
    """Take the most precise date, words only where there is none; keep every line where one holds something else."""
    reads = [read_date(value) for _, value in lines]
    best = next((read.date for read in reads if read.date.points), reads[0].date)
    for date, _ in reads:
        if date.points and str(date).startswith(str(best)):
            best = date
    if all(is_lossless and str(best).startswith(str(date)) for date, is_lossless in reads):
        return best, []
    return best, [ExtraField(RAW, *line) for line in lines]


def _pages(_variable: str, lines: list[Line]) -> Converted:
    """Join SP and EP where the two make a range, else take SP; keep both where writing the pages gives other lines."""
    used = dict(reversed(lines))  # the first line of each tag
    rest = list(lines)
    for line in used.items():
        rest.remove(line)
    first, last = used.get("SP"), used.get("EP")
    if first is None:
        return None, [ExtraField("ris", *line) for line in lines]
    page = first if last is None else page_range(first, last)
    if last is not None and split_pages(page) != (first, last):
        page = first
    kept = [ExtraField("ris", *line) for line in rest]
    if dict(zip(("SP", "EP"), split_pages(page), strict=False)) != used:
        kept += [ExtraField(RAW, tag, used[tag]) for tag in ("SP", "EP") if tag in used]
    return page, kept


_KINDS: dict[str, Callable[[str, list[Line]], Converted]] = {
    "names": _names, "keywords": _keywords, "date": _dates, "year": _dates, "pages": _pages
}  # fmt: skip
_READERS = {row.variable: _KINDS[row.kind] for row in all_rows() if row.kind in _KINDS}
