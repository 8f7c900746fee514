"""RIS records to works: one record's type decides what its tags mean."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator
from typing import Any, TextIO

from tajikpeace_refs.errors import Problem
from tajikpeace_refs.formats._ris.converters import read_name, read_names, tag_name, variables_from
from tajikpeace_refs.formats._ris.lines import Record, records
from tajikpeace_refs.formats._ris.passthrough import TAG, Passthrough
from tajikpeace_refs.formats._ris.rows import RAW, TYPE_TO_TY, csl_type, table_key
from tajikpeace_refs.formats.base import Chunker, Item, ReadWork, TextChunk
from tajikpeace_refs.formats.ids import IdPolicy, made_key
from tajikpeace_refs.model.editorial import ExtraField
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.validation import Counted, forbidden_character, spell, validate
from tajikpeace_refs.model.work import NAME_VARIABLES


def read(stream: TextIO, first: int = 1) -> Iterator[Item]:
    """Yield the works of a RIS text, and a Problem for each mistake; ``first`` is the number of its first line."""
    empty = True
    lines = Counted(stream)
    for item in records(lines, first):
        empty = False
        if isinstance(item, Problem):
            yield item
        else:
            yield from _work(item)
    if empty and lines.has_text:
        yield Problem("holds no RIS record; expected a line 'TY  - '", line=1, column=1)


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
    values = [(record.line, record.ty), *zip(record.numbers, [value for _, value in record.lines], strict=True)]
    if found := [(line, message) for line, value in values if (message := forbidden_character(value))]:
        yield from [Problem(message, record.name, line=line) for line, message in found]
        return
    data, name = _variables(record)
    outcome = validate({**data, "id": name or "work"})
    if isinstance(outcome, list):
        for mistake in outcome:
            yield Problem(mistake.message, name, spell(mistake.path) or None, line=record.line)
    elif name is None:
        yield ReadWork(outcome.model_copy(update={"id": made_key(outcome)}), record.line, named=False)
    else:
        yield ReadWork(outcome, record.line)


def _variables(record: Record) -> tuple[dict[str, Any], str | None]:
    """Return a record as data for the model, and its ID where it has one."""
    passthrough = Passthrough([value for tag, value in record.lines if tag == TAG])
    csl, name = passthrough.type or csl_type(record.ty), record.name
    lines = [line for line in record.lines if line[1] and line[0] != TAG]
    if name:
        lines.remove(("ID", name))
    data, extra = variables_from(table_key(csl, record.ty), lines)
    for variable, value in passthrough.variables.items():
        is_beside = variable in NAME_VARIABLES and variable in data
        data[variable] = _with_lossless(data[variable], value) if is_beside else value
    if TYPE_TO_TY.get(csl, "GEN") != record.ty.upper():
        extra.insert(0, ExtraField(RAW, "TY", record.ty))
    return data | {"type": csl, "extra": (*extra, *passthrough.extra)}, passthrough.id or name


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
