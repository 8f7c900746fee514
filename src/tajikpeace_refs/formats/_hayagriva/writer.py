"""Works to entries of Hayagriva. Each entry is read again: what differs is a loss, and stands under ``csl`` for us."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from tajikpeace_refs.errors import Loss
from tajikpeace_refs.formats._csl.records import plain_value
from tajikpeace_refs.formats._hayagriva.entries import Record, entry_of
from tajikpeace_refs.formats._hayagriva.reader import fields_read
from tajikpeace_refs.formats._hayagriva.rows import ABSENT, CSL, NAME
from tajikpeace_refs.model.work import EDITORIAL, SPELLING, Work
from tajikpeace_refs.options import WriteContext
from tajikpeace_refs.yaml_text import emit, inline


def write(works: Iterable[Work], context: WriteContext) -> Iterator[str]:
    """Yield the entry of each work under its id; what Typst does not get is reported as a loss."""
    for work in works:
        lines = emit(_complete(work, context), quotes_numbers=True).splitlines(keepends=True)
        key = inline(work.id, "'" if work.id.isdigit() else "")
        yield f"{key}:\n" + "".join(f"  {line}" if line.strip() else line for line in lines)


def _complete(work: Work, context: WriteContext) -> Record:
    """Return the entry of a work with what was kept of another, and with what its fields do not hold."""
    entry = _with_kept(entry_of(work), work, context)
    read = fields_read(work.id, entry)
    values = {name: value for name, value in work.variables().items() if name not in {*EDITORIAL, "extra"}}
    if extra := tuple(field for field in work.extra if field.format != NAME):
        values["extra"] = extra
    held: Record = {}
    for name in [*values, *(read.keys() - values.keys())]:
        if values.get(name) == read.get(name):
            continue
        if name in values:
            held[SPELLING[name]] = plain_value(values[name])
        else:
            held.setdefault(ABSENT, []).append(SPELLING[name])
        context.report_loss(Loss(work.id, SPELLING[name], NAME, _reason(name, read.get(name), values.get(name))))
    return {**entry, CSL: held} if held else entry


def _reason(name: str, read: Any, value: Any) -> str:  # noqa: ANN401 - any value
    if name == "extra":
        return f"Typst does not read {', '.join(dict.fromkeys(field.field for field in value))}"
    if read is None:
        return "Typst has no field for it"
    if isinstance(read, tuple):
        return "Typst does not read all parts of each name"
    return f"Typst reads {str(read)!r}"


def _with_kept(entry: Record, work: Work, context: WriteContext) -> Record:
    """Return an entry with the fields that were kept of another, where they still say what the work does."""
    kept = [field for field in work.extra if field.format == NAME]
    meaning = fields_read(work.id, entry) if kept else {}
    for field in kept:
        try:
            value = json.loads(field.value)
        except ValueError:
            value = field.value
        changed = {**entry, field.field: value}
        if fields_read(work.id, changed) == meaning:
            entry = changed
        else:
            reason = f"the field {field.field!r} as it was read does not fit the work, which was changed"
            context.report_loss(Loss(work.id, "extra", NAME, reason))
    return entry
