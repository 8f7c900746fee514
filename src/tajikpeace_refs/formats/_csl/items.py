"""Items of CSL-JSON, of a list or of JSON lines; valid against CSL's schema on the way out.

Our own keys (docs/data-format.md) stand under the item's ``custom`` object, which the schema leaves free; on the way in
they are taken from there and from the item itself. ``transliterated-author`` and the like are lists parallel to the
names. Keys that the model has no variable for are kept as foreign fields and written back.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from tajikpeace_refs.errors import Problem
from tajikpeace_refs.formats._csl.compat import NAMES, flatten, plain, plain_names
from tajikpeace_refs.formats._csl.json_text import Value, dumps, fault_of, loads, pieces, values
from tajikpeace_refs.formats.base import Chunker, Item, ReadWork
from tajikpeace_refs.formats.ids import made_key
from tajikpeace_refs.model.date import PartialDate
from tajikpeace_refs.model.editorial import ForeignField
from tajikpeace_refs.model.validation import Mistake, spell, validate
from tajikpeace_refs.model.work import FIELDS, NAME_VARIABLES, SPELLING, Work, dump_value
from tajikpeace_refs.options import FormatName

NAME: FormatName = "csl-json"

_OWN = frozenset(
    name for name in FIELDS
    if name.startswith(("translated_", "transliterated_", "archive_url", "archive_date", "retrieval_needed"))
    or name in {"printed", "corrections", "remarks", "foreign"}
)  # fmt: skip
"""Attributes that CSL's schema does not know; they stand under ``custom``."""


def read(stream: TextIO, first: int = 1, *, may_be_empty: bool = False) -> Iterator[Item]:
    """Yield the works of a CSL-JSON text, and a Problem for each mistake; JSON lines are read a line at a time."""
    for value in values(stream, first, may_be_empty=may_be_empty):
        if isinstance(value, Problem):
            yield value
        else:
            for item in _items(value):
                yield from _found(item)


CHUNKER = Chunker.of_text(pieces, read)


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


def _found(value: Value) -> Iterator[Item]:
    """Yield the work of an item, or its problems."""
    item, line, notes = value
    name = str(item["id"]) if isinstance(item, dict) and item.get("id") is not None else None
    faults = [*notes, *filter(None, [fault_of(item)])]
    outcome = [Mistake((), fault) for fault in faults] or work_from_csl(item)
    if isinstance(outcome, list):
        for mistake in outcome:
            yield Problem(mistake.message, name, spell(mistake.path) or None, line=line)
    elif name is None:
        yield ReadWork(outcome.model_copy(update={"id": made_key(outcome)}), line, named=False)
    else:
        yield ReadWork(outcome, line)


def work_from_csl(item: Any) -> Work | list[Mistake]:  # noqa: ANN401 - JSON
    """Return the work of a CSL-JSON item, or every mistake in it; an item without an id is ``item``."""
    if not isinstance(item, dict):
        return validate(item)
    record, others = flatten(item)
    record, originals = plain(record)
    if others or originals:
        kept = record.get("foreign")
        ours = {key: dumps(value) for key, value in (others | originals).items()}
        record["foreign"] = {**(kept if isinstance(kept, dict) else {}), NAME: ours}
    return validate({"id": "item", **{key: value for key, value in record.items() if value is not None}})


def item_of(work: Work) -> dict[str, Any]:
    """Return the CSL-JSON item of a work."""
    item: dict[str, Any] = {}
    custom: dict[str, Any] = {}
    for name, value in work.variables().items():
        key = SPELLING[name]
        if name == "foreign":
            _put_foreign(value, item, custom)
        elif name in _OWN:
            custom[key] = dump_value(value)
        elif name == "keyword":
            item[key] = ", ".join(value)
            if any("," in word for word in value):
                custom["keyword"] = list(value)
        elif name in NAME_VARIABLES:
            names = [person.plain() for person in value]
            spellings = [person.pop("transliterated", None) for person in names]
            item[key] = names
            if any(spelling is not None for spelling in spellings):
                custom[f"transliterated-{key}"] = spellings
        elif not isinstance(value, PartialDate) or str(value):
            item[key] = dump_value(value)
    if custom:
        item["custom"] = custom
    return item


def _put_foreign(fields: tuple[ForeignField, ...], item: dict[str, Any], custom: dict[str, Any]) -> None:
    """Put foreign fields back to where they were read; names with more parts only while the work has the same names."""
    others: dict[str, dict[str, str | list[str]]] = dump_value(fields)
    for key, text in others.pop(NAME, {}).items():
        place, name = (custom, key.removeprefix("custom.")) if key.startswith("custom.") else (item, key)
        try:
            value = loads(text if isinstance(text, str) else text[0])
        except ValueError:
            value = text
        if key not in NAMES:
            place.setdefault(name, value)
        elif isinstance(value, list) and plain_names(value) == item.get(key):
            item[key] = value
    if others:
        custom["foreign"] = others
