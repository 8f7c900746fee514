"""RIS text to works: old and new tags, vendors' habits, one record's type deciding what its tags mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, NamedTuple, TextIO

from tajikpeace_refs.errors import Problem
from tajikpeace_refs.formats._base import Item
from tajikpeace_refs.formats._keys import Keys, made_key
from tajikpeace_refs.formats._ris_rows import (
    AS_WRITTEN,
    CARRIER,
    TY_TO_TYPE,
    TYPE_TO_TY,
    Row,
    ris_name,
    tag_table,
)
from tajikpeace_refs.formats._validate import Counted, forbidden_character, spell, validate
from tajikpeace_refs.model.date import PartialDate
from tajikpeace_refs.model.editorial import ForeignField, parse_carried
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.work import NAME_VARIABLES, SPELLING, TYPES

_TAG = re.compile(r"([A-Z][A-Z0-9]) {1,2}- ?(.*)$")
_MEDLINE = re.compile(r"(PMID|OWN |STAT|FAU )- ")
_ISI = re.compile(r"(FN |PT [A-Z]$)")
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)$", re.IGNORECASE)
_ATTRIBUTE = {spelling: name for name, spelling in SPELLING.items()}
_LANGUAGES = {
    "english": "en", "eng": "en", "russian": "ru", "rus": "ru", "tajik": "tg", "tgk": "tg", "german": "de", "ger": "de",
    "deu": "de", "french": "fr", "fre": "fr", "fra": "fr", "spanish": "es", "spa": "es", "italian": "it", "ita": "it",
    "chinese": "zh", "chi": "zh", "zho": "zh", "portuguese": "pt", "por": "pt", "persian": "fa", "per": "fa",
    "japanese": "ja", "jpn": "ja", "polish": "pl", "pol": "pl", "ukrainian": "uk", "ukr": "uk",
    "uzbek": "uz", "uzb": "uz",
}  # fmt: skip


@dataclass(slots=True)
class Record:
    """One record: the line it opens in, and its tags with their values, in order."""

    line: int
    tags: list[tuple[str, str]] = field(default_factory=list)


class Read(NamedTuple):
    """A value read from one tag; ``exact`` False where its own spelling is kept beside it."""

    value: Any
    exact: bool = True


def looks_like_ris(text: str) -> bool:
    """Whether a text has a line that opens a RIS record."""
    return bool(re.search(r"(?m)^TY {1,2}- ", text))


def read(stream: TextIO) -> Iterator[Item]:
    """Yield the works of a RIS text, and a Problem for each mistake, at its line."""
    keys = Keys()
    given: dict[str, int] = {}
    empty = True
    lines = Counted(stream)
    for item in records(lines):
        empty = False
        if isinstance(item, Problem):
            yield item
        else:
            yield from _work(item, keys, given)
    if empty and lines.has_text:
        yield Problem("holds no RIS record; expected a line 'TY  - '", line=1, column=1)


def records(lines: Iterable[str]) -> Iterator[Record | Problem]:
    """Yield the records of a RIS text; what stands between them is passed over, what is missing is told."""
    cutter = _Cutter()
    for number, raw in enumerate(lines, 1):
        line = raw.strip("\r\n\ufeff\x1a")
        if number <= 3 and (other := _other_format(line)):
            yield Problem(f"looks like {other}, not RIS; export it as RIS", line=number, column=1)
            return
        match = _TAG.match(line)
        if match:
            yield from cutter.tag(number, match[1], match[2].strip())
        else:
            cutter.text(line.strip())
    yield from cutter.end("is never ended; a line 'ER  - ' is missing")


class _Cutter:
    """Holds the record that is open, if one is."""

    def __init__(self) -> None:
        self.record: Record | None = None
        self.stray = False

    def tag(self, number: int, tag: str, value: str) -> Iterator[Record | Problem]:
        """Take a line with a tag; yield the record that it ends."""
        if tag == "TY":
            yield from self.end(f"has no ER line before the next TY in line {number}")
            self.record, self.stray = Record(number, [(tag, value)]), False
        elif tag == "ER":
            if self.record is not None:
                yield self.record
            self.record, self.stray = None, False
        elif self.record is not None:
            self.record.tags.append((tag, value))
        elif not self.stray and value:
            self.stray = True
            message = f"the tag {tag} stands outside a record; a record begins with 'TY  - '"
            yield Problem(message, line=number, column=1)

    def text(self, line: str) -> None:
        """Take a line without a tag: it goes on with the last value of a record, or is passed over."""
        if self.record is not None and line:
            tag, value = self.record.tags[-1]
            self.record.tags[-1] = (tag, f"{value} {line}" if value else line)

    def end(self, fault: str) -> Iterator[Record | Problem]:
        """Yield the record that is still open, and say what is wrong with it."""
        if self.record is not None:
            yield Problem(
                f"the record opens here and {fault}", _id(self.record), line=self.record.line, severity="warning"
            )
            yield self.record


def _other_format(line: str) -> str:
    if _MEDLINE.match(line):
        return "MEDLINE (PubMed's format)"
    return "Web of Science plain text" if _ISI.match(line) else ""


def _id(record: Record) -> str | None:
    return next((value for tag, value in record.tags if tag == "ID" and value), None)


def _work(record: Record, keys: Keys, given: dict[str, int]) -> Iterator[Item]:
    data, name = to_record(record)
    if message := forbidden_character("".join(value for _, value in record.tags)):
        yield Problem(message, name, line=record.line)
        return
    outcome = validate({**data, "id": name or "work"})
    if isinstance(outcome, list):
        for mistake in outcome:
            yield Problem(mistake.message, name, spell(mistake.path) or None, line=record.line)
        return
    key = keys.take(name or made_key(outcome))
    if name and key != name:
        message = f"the ID is used twice, first in line {given[name]}; this one is read as {key!r}"
        yield Problem(message, name, line=record.line, severity="warning")
    given.setdefault(key, record.line)
    yield outcome if outcome.id == key else outcome.model_copy(update={"id": key})


def to_record(record: Record) -> tuple[dict[str, Any], str | None]:
    """Return a record as data for the model, and its ID where it has one."""
    ty = record.tags[0][1].upper()
    carried = [value.removeprefix("type: ") for tag, value in record.tags if tag == CARRIER]
    csl = next((value for value in carried if value in TYPES), TY_TO_TYPE.get(ty, "document"))
    data: dict[str, Any] = {"type": csl}
    foreign: list[ForeignField] = []
    if TYPE_TO_TY.get(csl, "GEN") != ty:
        foreign.append(ForeignField(AS_WRITTEN, "TY", record.tags[0][1]))
    name = None
    for tag, value in record.tags[1:]:
        if tag == "ID" and name is None and value:
            name = value
        elif not value or (tag == CARRIER and _take_carried(data, value, foreign)):
            continue
        elif not _take(data, csl, tag, value, foreign):
            foreign.append(ForeignField("ris", tag, value))
    _join_pages(data, foreign)
    if foreign:
        data["foreign"] = tuple(foreign)
    return data, name


def _take(data: dict[str, Any], csl: str, tag: str, value: str, foreign: list[ForeignField]) -> bool:
    """Put the value of a tag into the record where a variable has its place free; say whether it is kept there."""
    row = tag_table(csl).get(tag)
    if row is None:
        return False
    if tag == "SN" and (variable := _number_kind(value)):
        # One tag for ISBN and ISSN: the number itself tells, where it is one.
        row = replace(row, variable=variable)
    variable = row.variable
    if row.kind in {"names", "keywords"}:
        item = _name(value) if row.kind == "names" else value
        data[variable] = (*data.get(variable, ()), item)
        return True
    if tag == "EP":
        return bool(data.setdefault("EP", value) == value)
    found = read_tag(row, value)
    if found is None:
        return False
    held = data.get(variable)
    if held is not None:
        more = _more_exact(held, found.value) if row.kind in {"year", "date"} else None
        if more is None:
            # The same said twice needs no second line, unless the short title of a journal is its title.
            return bool(held == found.value) and tag not in {"J2", "JO", "JA", "SN", "UR"}
        data[variable] = more
        return True
    data[variable] = found.value
    if not found.exact:
        foreign.append(ForeignField(AS_WRITTEN, tag, value))
    return True


def _number_kind(value: str) -> str | None:
    digits = re.sub(r"[\s-]", "", value.split(" ", maxsplit=1)[0])
    kinds = {8: "issn", 10: "isbn", 13: "isbn"}
    return kinds.get(len(digits)) if re.fullmatch(r"\d+[\dXx]", digits) else None


def read_tag(row: Row, value: str) -> Read | None:
    """Return what the value of a tag says for its row, or None where it cannot be that."""
    if row.kind in {"year", "date"}:
        return _date(value)
    if row.variable == "doi":
        match = _DOI.match(value)
        if row.tag == "M3" and not match:
            return None
        return Read(match[1], match[1] == value) if match else Read(value)
    if row.variable == "language":
        tag = _LANGUAGES.get(value.lower())
        return Read(tag, exact=False) if tag else Read(value)
    # Pages in one tag are ours too, but they would be written in two.
    return Read(value, not (row.kind == "pages" and "-" in value))


def _date(value: str) -> Read | None:
    """Return the date of ``2008``, ``2008/06/27/``, ``2008///`` or ISO's form."""
    parts = [part.strip() for part in value.split("/")]
    if parts and re.fullmatch(r"\d{4}", parts[0]) and len(parts) <= 4:
        numbers = [part for part in parts[1:3] if part.isdigit()]
        text = "-".join([parts[0], *(number.zfill(2) for number in numbers)])
        rest = "".join(part for part in parts[1:] if part and part not in numbers)
        try:
            return Read(PartialDate.parse(text), not rest)
        except ValueError:
            return Read(PartialDate.parse(parts[0]), exact=False)
    try:
        return Read(PartialDate.parse(value))
    except ValueError:
        return Read(PartialDate(literal=value))


def _more_exact(held: PartialDate, found: PartialDate) -> PartialDate | None:
    """Return the more exact of two dates where one says all that the other says, else None."""
    one, two = str(held), str(found)
    if two.startswith(one):
        return found
    return held if one.startswith(two) else None


def _take_carried(data: dict[str, Any], value: str, foreign: list[ForeignField]) -> bool:
    """Put a carried ``variable: value`` into the record; say whether it was one."""
    label, _, text = value.partition(": ")
    variable = _ATTRIBUTE.get(label)
    if label == "type":
        return True
    if variable is None and (field := parse_carried(value)):
        foreign.append(field)
        return True
    if variable is None or not text:
        return False
    if variable in NAME_VARIABLES:
        data[variable] = (*data.get(variable, ()), Name.parse(text))
    elif variable == "categories":
        data[variable] = (*data.get(variable, ()), text)
    else:
        data[variable] = text
    return True


def _join_pages(data: dict[str, Any], foreign: list[ForeignField]) -> None:
    last = data.pop("EP", None)
    first = data.get("page")
    if last and first and "-" not in first:
        data["page"] = f"{first}-{last}"
    elif last:
        foreign.append(ForeignField("ris", "EP", last))


# Authors come again and again.
@lru_cache(maxsize=8192)
def _name(value: str) -> Name:
    name = Name.parse(value)
    spaced = re.sub(r"\s*,\s*", ", ", value).strip(", ")
    return name if ris_name(name) == spaced else Name(literal=value)
