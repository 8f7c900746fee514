"""RIS records to works: one record's type decides what its tags mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from tajikpeace_refs.errors import Problem
from tajikpeace_refs.formats._ris.converters import read_name, says, tag_name
from tajikpeace_refs.formats._ris.lines import Record, records
from tajikpeace_refs.formats._ris.passthrough import CARRIER, Carried
from tajikpeace_refs.formats._ris.rows import AS_WRITTEN, TY_TO_TYPE, TYPE_TO_TY, table_key
from tajikpeace_refs.formats.base import Chunker, Item, ReadWork, TextChunk
from tajikpeace_refs.formats.ids import IdPolicy, made_key
from tajikpeace_refs.model.editorial import ForeignField
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.validation import Counted, forbidden_character, spell, validate
from tajikpeace_refs.model.work import NAME_VARIABLES


def read(stream: TextIO, first: int = 1) -> Iterator[Item]:
    """Yield the works of a RIS text, and a Problem for each mistake, at its line; ``first`` is that of the text."""
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
    held: list[str] = []
    first, ended, last = 1, 0, ""
    for number, line in enumerate(stream, 1):
        if ended >= size and line.startswith("TY  -") and last.startswith("ER  -"):  # nothing is open between them
            yield TextChunk(first, "".join(held))
            held, first, ended = [], number, 0
        ended += line.startswith("ER  -")
        last = last if line.isspace() else line
        held.append(line)
    yield TextChunk(first, "".join(held))


CHUNKER = Chunker.of_text(_chunks, read)


def _work(record: Record) -> Iterator[Item]:
    values = [record.ty, *[value for _, value in record.lines]]
    if not all(map(str.isprintable, values)):
        numbered = zip([record.line, *record.numbers], values, strict=True)
        found = [(line, message) for line, value in numbered if (message := forbidden_character(value))]
        yield from [Problem(message, record.name, line=line) for line, message in found]
        if found:
            return
    data, name = to_record(record)
    outcome = validate({**data, "id": name or "work"})
    if isinstance(outcome, list):
        for mistake in outcome:
            yield Problem(mistake.message, name, spell(mistake.path) or None, line=record.line)
        return
    if name is None:
        outcome = outcome.model_copy(update={"id": made_key(outcome)})
    yield ReadWork(outcome, record.line, named=name is not None)


def to_record(record: Record) -> tuple[dict[str, Any], str | None]:
    """Return a record as data for the model, and its ID where it has one."""
    carried = Carried([value for tag, value in record.lines if tag == CARRIER])
    ty = record.ty.upper()
    csl = carried.type or TY_TO_TYPE.get(ty, "document")
    name = record.name
    lines = [line for line in record.lines if line[1] and line[0] != CARRIER]
    if name:
        lines.remove(("ID", name))
    data, foreign = says(table_key(csl, ty), lines)
    for variable, value in carried.variables.items():
        exact = variable in NAME_VARIABLES and variable in data
        data[variable] = _with_exact(data[variable], value) if exact else value
    if TYPE_TO_TY.get(csl, "GEN") != ty:
        foreign.insert(0, ForeignField(AS_WRITTEN, "TY", record.ty))
    foreign += carried.foreign
    return data | {"type": csl, "foreign": tuple(foreign)}, carried.id or name


def _with_exact(names: tuple[Name, ...], exact: tuple[Name, ...]) -> tuple[Name, ...]:
    """Return names with each exact form in place of the name that its tag gave; one that no tag gave comes last."""
    result = [*names]
    places: dict[Name, list[int]] = {}
    for place in reversed(range(len(result))):
        places.setdefault(result[place], []).append(place)
    for name in exact:
        held = places.get(read_name(tag_name(name)))
        if held:
            result[held.pop()] = name
        else:
            result.append(name)
    return tuple(result)
