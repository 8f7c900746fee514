"""Values of RIS tags: what one says, what several say together, and how names and pages are split and joined."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from tajikpeace_refs.formats._ris.lines import Line
from tajikpeace_refs.formats._ris.passthrough import one_line
from tajikpeace_refs.formats._ris.rows import AS_WRITTEN, IN_PERIODICALS, all_rows, tag_table
from tajikpeace_refs.model.date import PartialDate, Point, read_written
from tajikpeace_refs.model.editorial import ForeignField
from tajikpeace_refs.model.identifiers import number_kind, parse_doi
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.pages import page_range, split_pages
from tajikpeace_refs.text.languages import language_tag

_DATE = re.compile(r"([0-9]{4})(?:/([0-9]{0,2})(?:/([0-9]{0,2})(?:/(.*))?)?)?")
_PLAIN = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?")
_COMMA = re.compile(r"\s*,\s*")
_SHORT_TITLES = {"J1", "JO", "JA"}


class Read(NamedTuple):
    """A date read from one tag; ``exact`` False where its own spelling says more, or is not what is written for it."""

    date: PartialDate
    exact: bool = True


def says(key: str, lines: list[Line]) -> tuple[dict[str, Any], list[ForeignField]]:
    """Return the variables that some lines of a record give, and the lines that have to be kept beside them.

    ``key`` is the CSL type of the record, or EDBOOK: it decides what the tags mean.
    """
    groups: dict[str, list[Line]] = {}
    data: dict[str, Any] = {}
    kept: list[ForeignField] = []
    table = tag_table(key)
    for line in lines:
        tag, raw = line
        variable = variable_of(key, tag, raw) if tag in _BY_VALUE else table.get(tag)
        if variable is None:
            kept.append(ForeignField("ris", tag, raw))
        elif variable in groups:
            groups[variable].append(line)
        else:
            groups[variable] = [line]
    for variable, group in groups.items():
        report_losses = _SETTLE.get(variable)
        if report_losses is None and len(group) == 1:  # most values: a call for each was a tenth of reading
            data[variable] = group[0][1]
            continue
        value, more = (report_losses or _text)(variable, *group)
        kept += more
        if value is not None:
            data[variable] = value
    short = groups.get("container_title_short")
    if short and key in IN_PERIODICALS and "container_title" not in data and short[0][0] in _SHORT_TITLES:
        # Where no tag gives the full title of a journal, this is the title that there is.
        data["container_title"] = data.pop("container_title_short")
        kept.append(ForeignField(AS_WRITTEN, *short[0]))
    return data, kept


_BY_VALUE = frozenset({"SN", "M3"})


def variable_of(key: str, tag: str, value: str) -> str | None:
    """Return the variable that takes a tag with a value, or None where nothing does."""
    variable = tag_table(key).get(tag)
    if variable == "doi" and tag == "M3" and not parse_doi(value):
        return None
    return (tag == "SN" and number_kind(value)) or variable


def read_text(variable: str, value: str) -> str:
    """Return the text of a tag as its variable has it: a bare DOI, a tag for the name of a language."""
    if variable == "doi":
        return parse_doi(value) or value
    return language_tag(value) if variable == "language" else value


def read_date(value: str) -> Read:
    """Return the date of ``2008``, ``2008/06/27/``, ``2008///Spring`` or ISO's form; other words as words."""
    year, month, day, rest = match.groups() if (match := _DATE.fullmatch(value)) else (value, None, None, value)
    if rest and (written := read_written(value)):
        return Read(written, exact=False)
    text = "-".join(part.zfill(2) for part in ((year, month, day) if month else (year,)) if part)
    try:
        date = PartialDate.parse(text)
        said = not date.points or (is_plain(date.points) and not (match and rest) and bool(month or not day))
        return Read(date, said)
    except ValueError:
        year = value.split("/", maxsplit=1)[0]
        if "/" in value and re.fullmatch("[0-9]{4}", year):
            return Read(PartialDate.parse(year), exact=False)
        return Read(PartialDate(literal=value))


def is_plain(points: tuple[Point | None, ...]) -> bool:
    """Whether year, month and day of one point say all of a date."""
    return len(points) == 1 and bool(_PLAIN.fullmatch(str(points[0])))


def tag_name(name: Name) -> str:
    """Return ``family, given, suffix``; a body as it is; nothing for ``others``.

    >>> tag_name(Name.parse("van der Berg, Jan")), tag_name(Name(literal="RASS")), tag_name(Name(family="Plato"))
    ('van der Berg, Jan', 'RASS', 'Plato,')
    """
    text = one_line(str(name) if name.literal is None else name.literal)
    return text if text.strip(", ") and not name.is_others else ""


_WORDS = r"[A-ZÀ-ÖØ-ÞЀ-Я][\w.’'-]*(?: [A-ZÀ-ÖØ-ÞЀ-Я][\w.’'-]*)*"
# Names of capitalised words are most of all, and have nothing that could be a particle, a suffix or a body. To tell so
# takes a fifth of the time of the rules, which a test holds equal.
PLAIN_NAME = re.compile(f"({_WORDS}), ({_WORDS})")


def read_name(value: str) -> Name:
    """Return the name that a tag gives: what ``family, given, suffix`` cannot be is kept whole."""
    if plain := PLAIN_NAME.fullmatch(value):
        return Name(family=plain[1], given=plain[2])
    name = Name.parse(value)
    spaced = _COMMA.sub(", ", value).strip(", ")
    return name if tag_name(name).rstrip(",") == spaced else Name(literal=value)


def _join_pages(first: str, last: str) -> str:
    """Return a range of pages; the first alone where the two make none."""
    pages = page_range(first, last)
    return pages if split_pages(pages) == (first, last) else first


Settled = tuple[Any, list[ForeignField]]


def _names(_variable: str, *lines: Line) -> Settled:
    return tuple([read_name(value) for _, value in lines]), []


def _keywords(_variable: str, *lines: Line) -> Settled:
    return tuple([value for _, value in lines]), []


def _text(variable: str, *lines: Line) -> Settled:
    """Take the first; another that says the same needs no second line, unless a short title is the title."""
    (tag, raw), *more = lines
    found = read_text(variable, raw)
    kept = [] if found == raw else [ForeignField(AS_WRITTEN, tag, raw)]
    for other, value in more:
        if other in {"J2", *_SHORT_TITLES, "SN", "UR"} or read_text(variable, value) != found:
            kept.append(ForeignField("ris", other, value))
    return found, kept


def _dates(_variable: str, *lines: Line) -> Settled:
    """Take the most exact date, words only where there is none; keep every line where one says something else."""
    reads = [read_date(value) for _, value in lines]
    if len(reads) == 1 and reads[0].exact:
        return reads[0].date, []
    best = next((read.date for read in reads if read.date.points), reads[0].date)
    for date, _ in reads:
        if date.points and str(date).startswith(str(best)):
            best = date
    if all(exact and str(best).startswith(str(date)) for date, exact in reads):
        return best, []
    return best, [ForeignField(AS_WRITTEN, *line) for line in lines]


def _pages(_variable: str, *lines: Line) -> Settled:
    used = dict(reversed(lines))  # the first line of each tag
    first, last = used.get("SP"), used.get("EP")
    if first is None:
        return None, [ForeignField("ris", *line) for line in lines]
    kept = []
    if len(used) < len(lines):
        rest = list(lines)
        for line in used.items():
            rest.remove(line)
        kept = [ForeignField("ris", *line) for line in rest]
    page = first if last is None else _join_pages(first, last)
    if page == first if last is not None else len(split_pages(first)) > 1:
        kept += [ForeignField(AS_WRITTEN, tag, used[tag]) for tag in ("SP", "EP") if tag in used]
    return page, kept


_KINDS: dict[str, Callable[..., Settled]] = {
    "coded": _text, "names": _names, "keywords": _keywords, "date": _dates, "year": _dates, "pages": _pages
}  # fmt: skip
_SETTLE = {row.variable: _KINDS[row.kind] for row in all_rows() if row.kind in _KINDS}
