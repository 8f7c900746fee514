"""Values of RIS tags: what one says, what several say together, and how names and pages are split and joined."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from tajikpeace_refs.formats._ris_carry import one_line
from tajikpeace_refs.formats._ris_rows import AS_WRITTEN, IN_PERIODICALS, Row, tag_table
from tajikpeace_refs.model.date import PartialDate
from tajikpeace_refs.model.editorial import ForeignField
from tajikpeace_refs.model.name import Name

_DATE = re.compile(r"([0-9]{4})(?:/([0-9]{0,2})(?:/([0-9]{0,2})(?:/(.*))?)?)?")
_PLAIN = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?")
_PAGE = re.compile(r"[^\s,;–]+")
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_LANGUAGES = {
    "english": "en", "eng": "en", "russian": "ru", "rus": "ru", "tajik": "tg", "tgk": "tg", "german": "de", "ger": "de",
    "deu": "de", "french": "fr", "fre": "fr", "fra": "fr", "spanish": "es", "spa": "es", "italian": "it", "ita": "it",
    "chinese": "zh", "chi": "zh", "zho": "zh", "portuguese": "pt", "por": "pt", "persian": "fa", "per": "fa",
    "japanese": "ja", "jpn": "ja", "polish": "pl", "pol": "pl", "ukrainian": "uk", "ukr": "uk",
    "uzbek": "uz", "uzb": "uz",
}  # fmt: skip
_SHORT_TITLES = {"J1", "JO", "JA"}

Line = tuple[str, str]
"""A tag and its value."""


class Read(NamedTuple):
    """A value read from one tag; ``exact`` False where its own spelling says more, or is not what is written for it."""

    value: Any
    exact: bool = True


def says(key: str, lines: list[Line]) -> tuple[dict[str, Any], list[ForeignField]]:
    """Return the variables that some lines of a record give, and the lines that have to be kept beside them.

    ``key`` is the CSL type of the record, or EDBOOK: it decides what the tags mean.
    """
    groups: dict[str, tuple[Row, list[Line]]] = {}
    data: dict[str, Any] = {}
    kept: list[ForeignField] = []
    for tag, value in lines:
        row = row_of(key, tag, value)
        if row is None:
            kept.append(ForeignField("ris", tag, value))
        else:
            groups.setdefault(row.variable, (row, []))[1].append((tag, value))
    for variable, (row, group) in groups.items():
        value, more = _SETTLE[row.kind](row, group)
        kept += more
        if value is not None:
            data[variable] = value
    short = groups.get("container_title_short")
    if short and key in IN_PERIODICALS and "container_title" not in data and short[1][0][0] in _SHORT_TITLES:
        # Where no tag gives the full title of a journal, this is the title that there is.
        data["container_title"] = data.pop("container_title_short")
        kept.append(ForeignField(AS_WRITTEN, *short[1][0]))
    return data, kept


def row_of(key: str, tag: str, value: str) -> Row | None:
    """Return the row that takes a tag with a value, or None where nothing does."""
    row = tag_table(key).get(tag)
    if row is None or (row.variable == "doi" and tag == "M3" and not _DOI.fullmatch(value)):
        return None
    if tag == "SN" and (variable := number_kind(value)):
        return Row(tag, variable)
    return row


def number_kind(value: str) -> str | None:
    """Return which of the two numbers of SN a text is, by its digits: ``issn``, ``isbn``, or None."""
    digits = re.sub(r"[\s-]", "", value.split(" ", maxsplit=1)[0])
    kinds = {8: "issn", 10: "isbn", 13: "isbn"}
    return kinds.get(len(digits)) if re.fullmatch(r"\d+[\dXx]", digits) else None


def read_text(variable: str, value: str) -> Read:
    """Return the text of a tag as its variable has it: a bare DOI, a tag for the name of a language."""
    if variable == "doi" and (match := _DOI.fullmatch(value)):
        return Read(match[1], match[1] == value)
    if variable == "language" and (tag := _LANGUAGES.get(value.lower())):
        return Read(tag, exact=False)
    return Read(value)


# Years come again and again, and so do authors.
@lru_cache(maxsize=4096)
def read_date(value: str) -> Read:
    """Return the date of ``2008``, ``2008/06/27/``, ``2008///Spring`` or ISO's form; other words as words."""
    year, month, day, rest = match.groups() if (match := _DATE.fullmatch(value)) else (value, None, None, None)
    text = "-".join(part.zfill(2) for part in ((year, month, day) if month else (year,)) if part)
    try:
        date = PartialDate.parse(text)
        said = not date.points or (is_plain(date) and not rest and bool(month or not day))
        return Read(date, said)
    except ValueError:
        year = value.split("/", maxsplit=1)[0]
        if "/" in value and re.fullmatch("[0-9]{4}", year):
            return Read(PartialDate.parse(year), exact=False)
        return Read(PartialDate(literal=value))


def is_plain(date: PartialDate) -> bool:
    """Whether year, month and day say all of a date."""
    return bool(_PLAIN.fullmatch(str(date)))


def tag_name(name: Name) -> str:
    """Return ``family, given, suffix``; a body as it is; nothing for ``others``.

    >>> tag_name(Name.parse("van der Berg, Jan")), tag_name(Name(literal="RASS")), tag_name(Name(family="Plato"))
    ('van der Berg, Jan', 'RASS', 'Plato,')
    """
    text = one_line(name.literal if name.literal is not None else str(name))
    return text if text.strip(", ") and not name.is_others else ""


@lru_cache(maxsize=8192)
def read_name(value: str) -> Name:
    """Return the name that a tag gives: what ``family, given, suffix`` cannot be is kept whole."""
    name = Name.parse(value)
    spaced = re.sub(r"\s*,\s*", ", ", value).strip(", ")
    return name if tag_name(name).rstrip(",") == spaced else Name(literal=value)


def split_pages(page: str) -> list[str]:
    """Return first and last page, or the whole where it is no simple range.

    >>> split_pages("195-202"), split_pages("A-12–A-15"), split_pages("A-12"), split_pages("xii, 345")
    (['195', '202'], ['A-12', 'A-15'], ['A-12'], ['xii, 345'])
    """
    for dash in ("–", "--", "-"):
        parts = [part.strip() for part in page.split(dash)]
        simple = len(parts) == 2 and all(map(_PAGE.fullmatch, parts))
        # A letter before the number of one page, and not a first page.
        if simple and not (dash == "-" and parts[0].isalpha() and parts[1].isdigit()):
            return parts
    return [page]


def join_pages(first: str, last: str) -> str:
    """Return a range of pages; the first alone where the two make none."""
    joined = f"{first}–{last}" if "-" in first else f"{first}-{last}"
    apart = first != last and not first.endswith(f"-{last}")
    return joined if apart and split_pages(joined) == [first, last] else first


Settled = tuple[Any, list[ForeignField]]


def _names(_row: Row, lines: list[Line]) -> Settled:
    return tuple(read_name(value) for _, value in lines), []


def _keywords(_row: Row, lines: list[Line]) -> Settled:
    return tuple(value for _, value in lines), []


def _text(row: Row, lines: list[Line]) -> Settled:
    """Take the first; another that says the same needs no second line, unless a short title is the title."""
    (tag, raw), *more = lines
    found = read_text(row.variable, raw)
    kept = [] if found.exact else [ForeignField(AS_WRITTEN, tag, raw)]
    kept += [
        ForeignField("ris", other, value)
        for other, value in more
        if other in {"J2", *_SHORT_TITLES, "SN", "UR"} or read_text(row.variable, value).value != found.value
    ]
    return found.value, kept


def _dates(_row: Row, lines: list[Line]) -> Settled:
    """Take the most exact date, words only where there is none; keep every line where one says something else."""
    reads = [read_date(value) for _, value in lines]
    if len(reads) == 1 and reads[0].exact:
        return reads[0].value, []
    best = next((read.value for read in reads if read.value.points), reads[0].value)
    for date, _ in reads:
        if date.points and str(date).startswith(str(best)):
            best = date
    if all(exact and str(best).startswith(str(date)) for date, exact in reads):
        return best, []
    return best, [ForeignField(AS_WRITTEN, *line) for line in lines]


def _pages(_row: Row, lines: list[Line]) -> Settled:
    first = next((line for line in lines if line[0] == "SP"), None)
    last = next((line for line in lines if line[0] == "EP"), None)
    used = [line for line in (first, last) if line]
    kept = [ForeignField("ris", *line) for line in lines if not any(line is one for one in used)]
    if first is None:
        return None, [ForeignField("ris", *line) for line in lines]
    page = join_pages(first[1], last[1]) if last else first[1]
    if split_pages(page) != [value for _, value in used]:
        kept += [ForeignField(AS_WRITTEN, *line) for line in used]
    return page, kept


_SETTLE: dict[str, Callable[[Row, list[Line]], Settled]] = {
    "text": _text, "number": _text, "names": _names, "keywords": _keywords, "date": _dates, "year": _dates,
    "pages": _pages,
}  # fmt: skip
