"""Items of CSL-JSON, of a list or of JSON lines; what they hold is read and written by ``model.csl``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from tajikpeace_refs.errors import Problem
from tajikpeace_refs.formats._csl.json_text import Value, chunks, dumps, fault_of, loads, values
from tajikpeace_refs.formats.base import Chunker, Item, ReadWork
from tajikpeace_refs.formats.ids import made_key
from tajikpeace_refs.model.csl import csl_item, variables_of
from tajikpeace_refs.model.validation import Mistake, spell, validate
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import FormatName
from tajikpeace_refs.text.plausibility import are_sound, repaired, texts_of

NAME: FormatName = "csl-json"


def read(stream: TextIO, first: int = 1, *, may_be_empty: bool = False) -> Iterator[Item]:
    """Yield the works of a CSL-JSON text, and a Problem for each mistake; JSON lines are read a line at a time."""
    for value in values(stream, first, may_be_empty=may_be_empty):
        if isinstance(value, Problem):
            yield value
        else:
            for item in _items(value):
                yield from _read_item(item)


CHUNKER = Chunker.of_text(chunks, read)


def _items(value: Value) -> Iterator[Value]:
    """Yield the item that a value is, or the items of the wrapping that Crossref and others put around them."""
    data = value.data
    if isinstance(data, dict) and "type" not in data:
        if isinstance(message := data.get("message"), dict):
            data = message
        if isinstance(items := data.get("items"), list) and not value.notes:
            yield from (Value(item, value.line, []) for item in items)
            return
    yield value._replace(data=data)


def _read_item(value: Value) -> Iterator[Item]:
    """Yield the work of an item, or its problems."""
    item, line, notes = value
    name = str(item["id"]) if isinstance(item, dict) and item.get("id") is not None else None
    faults = [*notes, *filter(None, [fault_of(item)])]
    outcome = [Mistake((), fault) for fault in faults] or work_from_csl(item)
    if isinstance(outcome, list):
        for mistake in outcome:
            yield Problem(mistake.message, name, spell(mistake.path) or None, line=line)
        return
    is_sound = are_sound(texts_of(outcome.__dict__))
    outcome, repairs = (outcome, []) if is_sound else repaired(outcome, NAME)
    for doubt in repairs:
        message = f"is text in a wrong encoding; it is read as {doubt.replacement!r}"
        yield Problem(message, name, spell(doubt.path), line=line, severity="warning")
    if name is None:
        yield ReadWork(outcome.model_copy(update={"id": made_key(outcome)}), line, named=False, is_sound=is_sound)
    else:
        yield ReadWork(outcome, line, is_sound=is_sound)


def work_from_csl(item: Any) -> Work | list[Mistake]:  # noqa: ANN401 - JSON
    """Return the work of a CSL-JSON item, or every mistake in it; an item without an id is ``item``."""
    return validate({"id": "item", **variables_of(item, dumps)} if isinstance(item, dict) else item)


def item_of(work: Work) -> dict[str, Any]:
    """Return the CSL-JSON item of a work, numbers as they were read."""
    return csl_item(work, loads)
