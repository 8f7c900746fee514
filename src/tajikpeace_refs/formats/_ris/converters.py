"""Values of RIS tags: what one line holds, what several lines of one variable hold together, and names."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, NamedTuple

from tajikpeace_refs.formats._ris.lines import Line
from tajikpeace_refs.formats._ris.passthrough import one_line
from tajikpeace_refs.formats._ris.rows import KINDS, PERIODICALS, RAW, Row, rows_for, tag_table
from tajikpeace_refs.model.date import PartialDate, read_written
from tajikpeace_refs.model.date_words import month_number
from tajikpeace_refs.model.editorial import ExtraField
from tajikpeace_refs.model.identifiers import PMCID, PMID, compact, is_isbn, is_issn, number_kind, parse_doi
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.name_reading import read_cells
from tajikpeace_refs.model.pages import page_range, split_pages, with_hyphens
from tajikpeace_refs.text.carriers import without_spaced_colon
from tajikpeace_refs.text.languages import language_tag
from tajikpeace_refs.text.numbers import bare_number
from tajikpeace_refs.text.rich import strip
from tajikpeace_refs.text.titles import FOREIGN, has_words

_DATE = re.compile(r"([0-9]{4})(?:/([0-9]{0,2})(?:/([0-9]{0,2})(?:/(.*))?)?)?")
_PLAIN = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?")
_YEAR = re.compile("([0-9]{4})/")
_COMMA = re.compile(r"(?:(?<!\s)\s+)?,\s*")
# Most names are two runs of capitalised words: no particle, suffix or organisation to look for. Writing RIS takes 1.8
# times as long without this pattern; a test compares it with the rules.
_WORD = r"(?!(?:II|III|IV|[JS]n?r|JR|SR)\b)[A-ZÀ-ÖØ-ÞЀ-ЯҒӢҚӮҲҶ][\w.’'-]*"
PLAIN_NAME = re.compile(f"({_WORD}), ({_WORD}(?: {_WORD})*)")
_SHORT_TITLES = {"J1", "JO", "JA", "JI", "J9"}


class ReadDate(NamedTuple):
    """A date read from one line; ``is_lossless`` False where writing it would give another line."""

    date: PartialDate
    is_lossless: bool = True


class Grouped(NamedTuple):
    """The lines of each variable, those that no variable holds, and the tags that mean something else than usual."""

    groups: dict[str, list[Line]]
    rest: list[Line]
    moved: frozenset[str]


def grouped(key: str, lines: list[Line]) -> Grouped:
    """Return the lines of each variable, by what the tags mean for a TY and beside each other."""
    beside, usual = _beside(key, lines), usual_meanings(key)
    groups: dict[str, list[Line]] = {}
    rest = []
    for tag, value in lines:
        variable = beside[tag] if tag in beside else usual.get(tag) or variable_of(key, tag, value)
        if variable:
            groups.setdefault(variable, []).append((tag, value))
        else:
            rest.append((tag, value))
    short = groups.get("container_title_short", [("", "")])
    if short[0][0] in _SHORT_TITLES and "container_title" not in groups and _has_container(key):
        # Where no tag gives the full title of a journal, the short one stands for it.
        groups["container_title"] = groups.pop("container_title_short")
        beside |= {tag: "container_title" for tag, _ in short}
    return Grouped(groups, rest, frozenset(beside))


def variables_from(key: str, found: Grouped) -> tuple[dict[str, Any], list[ExtraField]]:
    """Return the variables that grouped lines give, and the lines to keep beside them as extra fields."""
    rows = rows_for(key)
    data: dict[str, Any] = {}
    kept = [ExtraField("ris", *line) for line in found.rest]
    for variable, lines in found.groups.items():
        row = rows[variable]
        value, more = _READERS.get(variable, _text)(row, lines)
        if row.kind == "passthrough" or (found.moved and any(tag in found.moved for tag, _ in lines)):
            # Writing the variable would not give these lines.
            others = {(tag, text) for _, tag, text in more}
            more += [ExtraField(RAW, *line) for line in lines if line not in others]
        kept += more
        if value is not None:
            data[variable] = value
    return data, kept


def _has_container(key: str) -> bool:
    return rows_for(key)["container_title"].kind != "passthrough"


def is_conference(key: str) -> bool:
    """Whether T2 of a TY is a conference, or its proceedings where C3 does not say what they are."""
    return tag_table(key).get("C3") == ("container_title",)


def _beside(key: str, lines: list[Line]) -> dict[str, str | None]:
    """Return the variables of tags that mean something else in this record, because of the tags beside them."""
    found: dict[str, str | None] = {}
    table, tags = tag_table(key), dict(reversed(lines))
    if is_conference(key):
        proceedings = [value for tag, value in lines if tag == "C3"]
        if len(proceedings) != 1 or tags.get("AN", "").startswith("WOS:"):
            # IEEE and Springer have the proceedings in T2; Web of Science too, with affiliations in C3.
            found |= {"T2": "container_title", "C3": None}
    same = [tag for tag in ("JO", "JA") if key in PERIODICALS and tag in tags and tags[tag] == tags.get("JF")]
    if same:
        # EBSCO: JO is no short title; where two tags agree on the journal, T2 is the title in another language.
        found |= dict.fromkeys(("JF", *same), "container_title")
        if tags.get("T2", tags["JF"]) != tags["JF"]:
            found["T2"] = "translated_title"
    if "EP" in tags and table.get("SP") == ("number_of_pages",):
        found["SP"] = "page"
    return found


def variable_of(key: str, tag: str, value: str) -> str | None:
    """Return the variable that a tag with a value belongs to, or None."""
    meanings = tag_table(key).get(tag, ())
    if tag in {"SN", "BN"} and (kind := number_kind(_first_number(value))):
        digits = compact(_first_number(value))
        # The number of a report may have as many digits as an ISBN.
        if "number" not in meanings or is_isbn(digits) or is_issn(digits):
            return kind
    fits = (name for name in meanings if (tag, name) not in _FITS or _FITS[tag, name](value))
    return next(fits, None)


_ISSUE = re.compile(r"(?=.*\d)(?:[^\W\d]+\.?\s)?[\w/–-]{1,12}")


_LONGEST_ISSUE = 50
"""More characters are no number of an issue: affiliations that Covidence and Zotero have from Embase."""


def _is_number(value: str) -> bool:
    return _ISSUE.fullmatch(value) is not None


@lru_cache(maxsize=4096)  # a list repeats its dates
def read_date(value: str) -> ReadDate:
    """Return the date of ``2008``, ``2008/06/27/``, ``2008///Spring`` or ISO's form; other words as words."""
    match = _DATE.fullmatch(value)
    year, month, day, rest = match.groups() if match else (value, None, None, value)
    if rest and (written := read_written(value)):
        return ReadDate(written, is_lossless=False)
    is_all = not (match and rest) and bool(month or not day) and not {"0", "00"} & {month, day}
    month, day = (part if part and int(part) else None for part in (month, day))  # 00 stands for no month or day
    try:
        date = PartialDate.parse("-".join(part.zfill(2) for part in (year, month, month and day) if part))
    except ValueError:
        if start := _YEAR.match(value):
            return ReadDate(PartialDate.parse(start[1]), is_lossless=False)
        return ReadDate(PartialDate(literal=value))
    return ReadDate(date, not date.points or (is_plain(date) and is_all))


def is_plain(date: PartialDate) -> bool:
    """Whether year, month and day of one point are all of a date."""
    return len(date.points) == 1 and bool(_PLAIN.fullmatch(str(date.start)))


def _is_dated(value: str) -> bool:
    """Whether a text is a date, or has a month in it."""
    return bool(read_date(value).date.points or read_written(value, 2000))


_FITS: dict[tuple[str, str], Callable[[str], Any]] = {
    **{(tag, "doi"): parse_doi for tag in ("M3", "L3", "DI")},
    **{(tag, "accessed"): _is_dated for tag in ("M1", "VL", "C1", "C2")},
    ("M1", "issue"): _is_number, ("IS", "issue"): lambda value: len(value) <= _LONGEST_ISSUE,
    ("M1", "number_of_volumes"): str.isdigit, ("IS", "number_of_volumes"): str.isdigit,
    ("ET", "available_date"): lambda value: read_date(value).date.points, ("C2", "issued"): _is_dated,
    ("C1", "submitted"): _is_dated, ("C2", "pmcid"): PMCID.parse, ("C3", "pmcid"): PMCID.parse,
    ("C2", "pmid"): PMID.parse, ("C5", "pmid"): PMID.parse, ("VL", "genre"): lambda value: not re.search(r"\d", value),
}  # fmt: skip
"""What a value must be like where its tag is often used for something else."""


@cache
def usual_meanings(key: str) -> dict[str, str]:
    """Return the variables of the tags that mean one thing for a TY, whatever their value is."""
    chosen = {"SN", "BN", *(tag for tag, name in _FITS if name in tag_table(key).get(tag, ()))}
    return {tag: meanings[0] for tag, meanings in tag_table(key).items() if meanings and tag not in chosen}


_NUMBER = re.compile(
    r"[\s(\[\"']*+(?:[ep]-?)?(?:ISSN|ISBN(?:-1[03])?)?[\s:]*+((?:97[89][\s-]?)?(?:\d[\s-]?){7,9}[\dX])(?!\w)",
    re.IGNORECASE,
)


def _first_number(value: str) -> str:
    """Return the first ISBN or ISSN in a text, as it is written: ``1234-5678 (Print); 8765-4321``; else the text."""
    found = None if value.isdigit() else _NUMBER.match(value)
    return found[1] if found else value


def shown(text: str) -> str:
    """Return a text on one line without tags, which other programs would show as they are."""
    return one_line(strip(text) if "<" in text else text)


def read_text(variable: str, value: str) -> str:
    """Return the text of a line as its variable has it: a bare DOI, a language's tag, numbers without their label."""
    read = _TEXTS.get(variable)
    return read(value) if read else value


_NUMBER_AND_WORD = re.compile(r"(\d+)\s+([^\W\d_]+)\.?")


def _issue(value: str) -> str:
    """Return the number of an issue without its label, and without the month that Embase writes after it."""
    match = _NUMBER_AND_WORD.fullmatch(value)
    return match[1] if match and month_number(match[2]) else bare_number(value)


def _title(value: str) -> str:
    """Return a title without the blank of libraries before its colon, as Medline has it, unless it may be French."""
    return value if " : " not in value or has_words(value, FOREIGN) else without_spaced_colon(value, None)


_SECOND_ADDRESS = re.compile(r"(?:(?<!\s)\s+)?;\s*(?=https?://)|(?<!\s)\s+(?=https?://)")
_TEXTS: dict[str, Callable[[str], str]] = {
    "doi": lambda value: parse_doi(value) or value, "language": language_tag, "issn": _first_number,
    "isbn": _first_number, "title": _title, "container_title": _title, "volume": bare_number, "issue": _issue,
    "url": lambda value: _SECOND_ADDRESS.split(value, maxsplit=1)[0],
}  # fmt: skip


def tag_name(name: Name) -> str:
    """Return ``family, given, suffix``; an organisation or a given name alone as it is; nothing for ``others``.

    >>> tag_name(Name.parse("van der Berg, Jan")), tag_name(Name(literal="RASS")), tag_name(Name(family="Plato"))
    ('van der Berg, Jan', 'RASS', 'Plato,')
    """
    text = one_line(str(name) if name.literal is None else name.literal)
    return text.removeprefix(", ") if text.strip(", ") and not name.is_others else ""


@lru_cache(maxsize=1024)  # writing a name asks twice, and lists repeat their organisations
def read_name(value: str) -> Name:
    """Return the name that a line holds by itself; of several the first."""
    return read_names([value])[0][0]


def read_names(values: list[str]) -> list[tuple[Name, ...]]:
    """Return the names that each of some lines holds."""
    if plain := plain_names(values):
        return [(name,) for name in plain]
    cells = read_cells([None if PLAIN_NAME.fullmatch(value) else value for value in values], _own_name)
    return [cell or (_own_name(value),) for cell, value in zip(cells, values, strict=True)]


def plain_names(values: list[str]) -> list[Name]:
    """Return the names of lines that are all plain; nothing where one is not."""
    found = []
    for value in values:
        if not (match := PLAIN_NAME.fullmatch(value)):
            return []
        found.append(Name.bare(match[1], match[2]))
    return found


def _own_name(value: str) -> Name:
    """Return the name ``family, given, suffix``; a line that is none is a literal."""
    if match := PLAIN_NAME.fullmatch(value):
        return Name.bare(match[1], match[2])
    if value.count(",") > _MOST_COMMAS:
        return Name(literal=value)
    name = Name.parse(value)
    spaced = _COMMA.sub(", ", value).strip(", ")
    return name if tag_name(name).rstrip(",") == spaced else Name(literal=value)


_MOST_COMMAS = 4
"""A person has no more: ``Hill, A., Jr., MD, PhD``; PsycInfo has the authors of all cited works in one line of A2."""


Converted = tuple[Any, list[ExtraField]]
"""The value of a variable, and the lines to keep beside it."""


def _names(_row: Row, lines: list[Line]) -> Converted:
    """Read the lines of names; where they hold them in another order, or several in one, keep the lines as they are."""
    values = [value for _, value in lines]
    if plain := plain_names(values):
        return tuple(plain), []
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


_WORDS_OF_LIST = re.compile(r"(?:&#?\w+;|[^;])+")


def read_keywords(_row: Row, lines: list[Line]) -> Converted:
    """Return the keywords of all lines: a line may hold several, between semicolons (Zotero splits so)."""
    words = [word.strip() for _, value in lines for word in _WORDS_OF_LIST.findall(value) if word.strip()]
    kept = [] if words == [value for _, value in lines] else [ExtraField(RAW, *line) for line in lines]
    return tuple(words), kept


def _paragraphs(_row: Row, lines: list[Line]) -> Converted:
    return "\n".join(value for _, value in lines), []


def _text(row: Row, lines: list[Line]) -> Converted:
    """Take the first line of the tag that is written, else the first of another; keep those that say something else.

    A line with the same value is kept only where its tag may have a meaning of its own.
    """
    (tag, raw), *more = lines if len(lines) == 1 else sorted(lines, key=lambda line: line[0] != row.tag)
    found = read_text(row.variable, raw)
    kept = [] if found == raw else [ExtraField(RAW, tag, raw)]
    for other, value in more:
        if other in {"J2", *_SHORT_TITLES, "SN", "UR"} or read_text(row.variable, value) != found:
            kept.append(ExtraField("ris", other, value))
    return found, kept


_BEST_FIRST = ("PY", "DA", "Y1", "Y2")


def _dates(_row: Row, lines: list[Line]) -> Converted:
    """Take the year of PY and what other lines add to it, words only where there is no date.

    Every line is kept where one holds something else.
    """
    if len(lines) == 1:
        date, is_lossless = read_date(lines[0][1])
        return date, [] if is_lossless else [ExtraField(RAW, *lines[0])]
    reads = [read_date(value) for _, value in sorted(lines, key=_rank)]
    best = next((read.date for read in reads if read.date.points), reads[0].date)
    for date, _ in reads:
        known = date if date.points or not best.year else read_written(str(date), best.year)
        if known and known.points and str(known).startswith(str(best)):
            best = known
    if all(is_lossless and str(best).startswith(str(date)) for date, is_lossless in reads):
        return best, []
    return best, [ExtraField(RAW, *line) for line in lines]


def _rank(line: Line) -> int:
    return _BEST_FIRST.index(line[0]) if line[0] in _BEST_FIRST else len(_BEST_FIRST)


_PAGE_LABEL = re.compile(r"(?:pii\s*:|pp?\.|pages?\s)\s*(?=\w)", re.IGNORECASE)
_GOES_ON = re.compile(r"[+&]+")


def read_pages(_row: Row, lines: list[Line]) -> Converted:
    """Join SP and EP where the two make a range, else take SP; keep both where writing the pages gives other lines."""
    used = dict(reversed(lines))  # the first line of each tag
    rest = list(lines)
    for line in used.items():
        rest.remove(line)
    first, last = (_PAGE_LABEL.sub("", used.get(tag, ""), count=1) for tag in ("SP", "EP"))
    if not first:
        return None, [ExtraField("ris", *line) for line in lines]
    is_alone = not last or _GOES_ON.fullmatch(last)  # Web of Science: EP "+" says that the paper goes on elsewhere
    page = with_hyphens(first) if is_alone else page_range(first, last)
    if not is_alone and split_pages(page) != (first, last) and not _starts_list(first, last):
        page = first
    kept = [ExtraField("ris", *line) for line in rest]
    if dict(zip(("SP", "EP"), split_pages(page), strict=False)) != used:
        kept += [ExtraField(RAW, tag, used[tag]) for tag in ("SP", "EP") if tag in used]
    return page, kept


def _starts_list(first: str, last: str) -> bool:
    """Whether the last page is the end of a range, and more pages: ``S12`` and ``S15, S20``."""
    end, sign, more = last.partition(",")
    return bool(sign and more.strip()) and first != last and split_pages(page_range(first, end)) == (first, end)


_BY_KIND: dict[str, Callable[[Row, list[Line]], Converted]] = {
    "names": _names, "keywords": read_keywords, "date": _dates, "year": _dates, "pages": read_pages,
    "lines": _paragraphs,
}  # fmt: skip
_READERS = {variable: _BY_KIND[kind] for variable, kind in KINDS.items()}
