"""Items of CSL-JSON, of a list or of JSON lines; what they hold is read and written by ``model.csl``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from tajikpeace_refs.errors import Problem
from tajikpeace_refs.formats._csl.json_text import Value, chunks, dumps, fault_of, loads, values
from tajikpeace_refs.formats.base import Chunker, Item, ReadWork
from tajikpeace_refs.model.csl import csl_item, variables_of
from tajikpeace_refs.model.leniency import Outcome, validate_leniently
from tajikpeace_refs.model.validation import Mistake, spell, validate
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import FormatName
from tajikpeace_refs.text.citation_keys import made_key
from tajikpeace_refs.text.plausibility import are_sound, repaired, texts_of

NAME: FormatName = "csl-json"


def read(stream: TextIO, first: int = 1, *, may_be_empty: bool = False, strict: bool = False) -> Iterator[Item]:
    """Yield the works of a CSL-JSON text, and a Problem for each mistake; JSON lines are read a line at a time.

    A value that cannot be understood is kept with its work, with a warning; ``strict``: it refuses the work.
    """
    for value in values(stream, first, may_be_empty=may_be_empty):
        if isinstance(value, Problem):
            yield value
        else:
            for item in _items(value):
                yield from _read_item(item, strict=strict)


def read_strictly(stream: TextIO) -> Iterator[Item]:
    """Yield what `read` yields, but refuse a work with a value that is not valid."""
    return read(stream, strict=True)


CHUNKER = Chunker.of_text(chunks, read)


def _items(value: Value) -> Iterator[Value]:
    """Yield the item that a value is, or the items of the wrapping that Crossref and others put around them."""
    data = value.data
    if isinstance(data, dict) and "type" not in data:
        if isinstance(message := data.get("message"), dict):
            data = message
        items = data.get("items", data.get("references"))
        if isinstance(items, list) and not value.notes:
            yield from (Value(item, value.line, []) for item in items)
            return
    yield value._replace(data=data)


def _read_item(value: Value, *, strict: bool) -> Iterator[Item]:
    """Yield the work of an item and what is doubtful in it, or its problems."""
    item, line, notes = value
    name = str(item["id"]) if isinstance(item, dict) and item.get("id") is not None else None
    faults = [*notes, *filter(None, [fault_of(item)])]
    outcome, doubts = Outcome([Mistake((), fault) for fault in faults], []) if faults else _outcome(item, strict=strict)
    for mistake in outcome if isinstance(outcome, list) else ():
        yield Problem(mistake.message, name, spell(mistake.path) or None, line=line)
    for doubt in doubts:
        yield Problem(doubt.message, name, spell(doubt.path) or None, line=line, severity="warning")
    if isinstance(outcome, list):
        return
    is_sound = are_sound(texts_of(outcome.__dict__))
    outcome, repairs = (outcome, []) if is_sound else repaired(outcome, NAME)
    for repair in repairs:
        message = f"is text in a wrong encoding; it is read as {repair.replacement!r}"
        yield Problem(message, name, spell(repair.path), line=line, severity="warning")
    if name is None and outcome.id == _NO_ID:
        yield ReadWork(outcome.model_copy(update={"id": made_key(outcome)}), line, named=False, is_sound=is_sound)
    else:
        yield ReadWork(outcome, line, is_sound=is_sound)


_NO_ID = "item"


def _outcome(item: Any, *, strict: bool) -> Outcome:  # noqa: ANN401 - JSON
    if strict or not isinstance(item, dict):
        return Outcome(work_from_csl(item), [])
    return validate_leniently({"id": _NO_ID, **variables_of(item, dumps)}, NAME, dumps)


def work_from_csl(item: Any) -> Work | list[Mistake]:  # noqa: ANN401 - JSON
    """Return the work of a CSL-JSON item, or every mistake in it; an item without an id is ``item``."""
    return validate({"id": _NO_ID, **variables_of(item, dumps)} if isinstance(item, dict) else item)


def item_of(work: Work) -> dict[str, Any]:
    """Return the CSL-JSON item of a work, numbers as they were read."""
    return csl_item(work, loads)
