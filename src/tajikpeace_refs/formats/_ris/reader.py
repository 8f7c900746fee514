"""RIS records to works: one record's type decides what its tags mean."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator
from typing import Any, TextIO

from tajikpeace_refs.errors import Problem
from tajikpeace_refs.formats._ris.converters import (
    grouped,
    read_name,
    read_names,
    shown,
    tag_name,
    variables_from,
)
from tajikpeace_refs.formats._ris.lines import PARAGRAPH, Line, Record, records
from tajikpeace_refs.formats._ris.matrix import PASSTHROUGH
from tajikpeace_refs.formats._ris.passthrough import Passthrough, one_line
from tajikpeace_refs.formats._ris.rows import RAW, csl_type, is_known, rows_for, table_key, ty_of
from tajikpeace_refs.formats.base import Chunker, Item, ReadWork, TextChunk
from tajikpeace_refs.formats.ids import IdPolicy
from tajikpeace_refs.model.characters import forbidden_character
from tajikpeace_refs.model.date import PartialDate
from tajikpeace_refs.model.editorial import ExtraField
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.validation import Counted, spell, validate
from tajikpeace_refs.model.work import NAME_VARIABLES
from tajikpeace_refs.text.citation_keys import made_key
from tajikpeace_refs.text.plausibility import are_sound, is_plain, placeholders, repaired_raw


def read(stream: TextIO, first: int = 1) -> Iterator[Item]:
    """Yield the works of a RIS text, and a Problem for each mistake; ``first`` is the number of its first line."""
    is_empty = True
    lines = Counted(stream)
    for item in records(lines, first):
        is_empty = is_empty and isinstance(item, Problem) and item.severity != "error"
        if isinstance(item, Problem):
            yield item
        else:
            yield from _work(item)
    if is_empty and lines.has_text:
        yield Problem("has no RIS record; expected a line 'TY  - '", line=1, column=1)


IDS = IdPolicy("ID", strict=False)


def _chunks(stream: TextIO, size: int) -> Iterator[TextChunk]:
    """Yield a text in chunks of about ``size`` records, divided only where no record is open."""
    held: list[str] = []
    first, ended, last = 1, 0, ""
    for number, line in enumerate(stream, 1):
        if ended >= size and line.startswith("TY  -") and last.startswith("ER  -"):
            yield TextChunk(first, "".join(held))
            held, first, ended = [], number, 0
        ended += line.startswith("ER  -")
        last = last if line.isspace() else line
        held.append(line)
    yield TextChunk(first, "".join(held))


CHUNKER = Chunker.of_text(_chunks, read)


def _work(record: Record) -> Iterator[Item]:
    """Yield the work of a record, or its problems."""
    texts = [record.ty, *(value for _, value in record.lines)]
    if forbidden_character("".join(texts)):
        places = zip((record.line, *record.numbers), map(forbidden_character, texts), strict=True)
        yield from [Problem(message, record.name, line=line) for line, message in places if message]
        return
    is_sound = are_sound(texts[1:])
    if not is_sound:
        yield from _sound(record)
    data, name = _variables(record, is_sound=is_sound)
    outcome = validate({**data, "id": name or "work"})
    if isinstance(outcome, list):
        for mistake in outcome:
            yield Problem(mistake.message, name, spell(mistake.path) or None, line=record.line)
        return
    work = outcome if name else outcome.model_copy(update={"id": made_key(outcome)})
    if record.ty and not is_known(record.ty):
        message = f"the type {record.ty!r} is not known; it is read as a journal article"
        yield Problem(message, work.id, "type", line=record.line, severity="warning")
    if (date := work.issued) and not (date.points or date.is_undated or date.is_in_press or _is_ours(record)):
        message = f"the date {date.literal!r} is not understood; write it as 2004/05/31"
        yield Problem(message, work.id, "issued", line=record.line, severity="warning")
    yield ReadWork(work, record.line, named=bool(name), is_sound=is_sound)


def _is_ours(record: Record) -> bool:
    """Whether a passthrough line says what the date is, words included."""
    return any(tag == PASSTHROUGH and value.startswith("csl-issued") for tag, value in record.lines)


def _sound(record: Record) -> Iterator[Problem]:
    """Take out of a record what a carrier or a wrong encoding put into it; yield a warning for the latter."""
    for place, (tag, raw) in enumerate(record.lines):
        if tag in _VERBATIM or is_plain(raw):
            continue
        text, message = repaired_raw(raw)
        if message:
            yield Problem(message, record.name, tag, line=record.numbers[place], severity="warning")
        record.lines[place] = tag, PARAGRAPH.join(map(one_line, text.split(PARAGRAPH)))


_VERBATIM = frozenset({PASSTHROUGH, "ID", "UR", "L1", "L2", "L3", "L4", "LK"})


def _variables(record: Record, *, is_sound: bool) -> tuple[dict[str, Any], str | None]:
    """Return a record as data for the model, and its ID where it has one."""
    passthrough = Passthrough([value for tag, value in record.lines if tag == PASSTHROUGH])
    lines = [line for line in record.lines if line[1] and line[0] != PASSTHROUGH]
    if name := record.name:
        lines.remove(("ID", name))
    has_container = any(tag in _CONTAINER for tag, _ in lines) or "container_title" in passthrough.variables
    csl = passthrough.type or csl_type(record.ty, has_container=has_container)
    key = table_key(record.ty, csl)
    found = grouped(key, _without_spellings(key, lines, passthrough.variables))
    data, extra = variables_from(key, found)
    for variable in () if is_sound else placeholders(data):
        del data[variable]
        extra = [field for field in extra if field[1:] not in found.groups[variable]]
        extra += [ExtraField("ris", *line) for line in found.groups[variable]]
    for variable, value in passthrough.variables.items():
        is_beside = variable in NAME_VARIABLES and variable in data
        data[variable] = _with_lossless(data[variable], value) if is_beside else value
    if ty_of(csl) != record.ty.upper():
        extra.insert(0, ExtraField(RAW, "TY", record.ty))
    return data | {"type": csl, "extra": (*extra, *passthrough.extra)}, passthrough.id or name


_CONTAINER = frozenset({"T2", "JF", "JO", "JA", "BT"})


def _without_spellings(key: str, lines: list[Line], variables: dict[str, Any]) -> list[Line]:
    """Return the lines that do not stand for other programs only, beside a passthrough line with the whole text."""
    rows = rows_for(key)
    spellings = {
        (rows[name].tag, shown(str(value)))
        for name, value in variables.items()
        if isinstance(value, str) or (isinstance(value, PartialDate) and not value.points)
    }
    return [line for line in lines if line not in spellings] if spellings else lines


def _with_lossless(names: tuple[Name, ...], lossless: tuple[Name, ...]) -> tuple[Name, ...]:
    """Return names with each lossless form in place of the name that its tag gave; one that no tag gave comes last."""
    if [name for cell in read_names(list(filter(None, map(tag_name, lossless)))) for name in cell] == [*names]:
        return lossless
    result = [*names]
    places: dict[Name, deque[int]] = defaultdict(deque)
    for place, name in enumerate(names):
        places[name].append(place)
    for name in lossless:
        if held := places[read_name(tag_name(name))]:
            result[held.popleft()] = name
        else:
            result.append(name)
    return tuple(result)
