"""Entries of Hayagriva to works. What CSL has no variable for is kept, field by field, as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from tajikpeace_refs.errors import Problem
from tajikpeace_refs.formats._hayagriva import texts
from tajikpeace_refs.formats._hayagriva.entries import Record, entry_of
from tajikpeace_refs.formats._hayagriva.rows import (
    ABSENT,
    CSL,
    CSL_TYPES,
    DEFAULT_PARENTS,
    EVENTS,
    FORMATTABLE,
    HOLDER,
    NAME,
    OF_CONTAINER,
    PLAIN,
    ROLES,
    SERIALS,
    SERIALS_OF_CONTAINER,
    SERIES,
    WHOLES,
)
from tajikpeace_refs.formats.base import Item, ReadWork
from tajikpeace_refs.model.base import attribute
from tajikpeace_refs.model.csl import with_extra
from tajikpeace_refs.model.leniency import Outcome, validate_leniently
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.validation import Mistake, shape, spell
from tajikpeace_refs.yaml_text import YamlText

_DATE = re.compile(r"(~?)\s*([+-]?\d{4}(?:-\d\d){0,2})")


def looks_like(data: Any) -> bool:  # noqa: ANN401 - plain data
    """Whether plain data is a list of Hayagriva: entries under their keys, most with fields that it alone has."""
    if not isinstance(data, dict) or not data or "references" in data:
        return False
    entries = [entry for entry in data.values() if isinstance(entry, dict)]
    signs = [len(_SIGNS & entry.keys()) > 1 for entry in entries]
    return len(entries) == len(data) and bool(signs) and all(signs)


_SIGNS = frozenset({"type", "title", "parent", "page-range", "date", "author"})


def read_text(text: YamlText) -> Iterator[Item]:
    """Yield the works of the entries of a YAML text, and a Problem for each mistake, at its line and column."""
    if text.syntax_error:
        (line, column), message = text.syntax_error
        yield Problem(message, line=line, column=column)
    for mistake in text.mistakes:
        line, column = text.place(mistake.path, at_key=mistake.at_key)
        yield Problem(mistake.message, variable=spell(mistake.path) or None, line=line, column=column)
    data = text.data
    if isinstance(data, dict):
        unfinished = text.unfinished[:1] if text.syntax_error else None
        for key, entry in data.items():
            if (key,) != unfinished:
                yield from _entry(text, key, entry)
    elif not text.syntax_error:
        yield Problem("has no entries of Hayagriva; expected a key and below it its fields", line=1, column=1)


def _entry(text: YamlText, key: str, entry: Any) -> Iterator[Item]:  # noqa: ANN401 - plain data
    line, column = text.place((key,), at_key=True)
    name = key.removesuffix("#2")
    if not isinstance(entry, dict):
        yield Problem(f"expected an entry with its fields, got {shape(entry)}", name, line=line, column=column)
        return
    outcome, warnings = read_entry(name, entry)
    mistakes = outcome if isinstance(outcome, list) else []
    for mistake in mistakes:
        yield Problem(mistake.message, name, spell(mistake.path) or None, line=line, column=column)
    for doubt in warnings:
        variable = spell(doubt.path) or None
        yield Problem(doubt.message, name, variable, line=line, column=column, severity="warning")
    if not isinstance(outcome, list):
        yield ReadWork(outcome, line)


def read_entry(name: str, entry: Record) -> Outcome:
    """Return the work of an entry under its key, and what of it was not understood.

    What stands under ``csl`` counts as long as the fields say of it what we would write.
    """
    held = entry.get(CSL)
    if not isinstance(held, dict):
        return _read(name, entry, {})
    outcome = _read(name, entry, held)
    if isinstance(outcome.result, list):
        return outcome
    found, expected = fields_read(name, entry), fields_read(name, entry_of(outcome.result))
    stale = [key for key in [*held, *_absent(held)] if found.get(attribute(key)) != expected.get(attribute(key))]
    if not stale:
        return outcome
    fresh = {key: value for key, value in held.items() if key not in stale and key != ABSENT}
    fresh[ABSENT] = [key for key in _absent(held) if key not in stale]
    message = f"the fields were changed after {CSL!r} was written, so its value is not used"
    outcome = _read(name, entry, fresh)
    return outcome._replace(warnings=[*outcome.warnings, *(Mistake((key,), message) for key in stale)])


def fields_read(name: str, entry: Record) -> dict[str, Any]:
    """Return the variables, by attribute, that the fields of an entry alone give, without extra fields."""
    result = _read(name, entry, {}).result
    values = {} if isinstance(result, list) else result.variables()
    values.pop("extra", None)
    return values


def _absent(held: Record) -> list[str]:
    names = held.get(ABSENT)
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []


def _read(name: str, entry: Record, held: Record) -> Outcome:
    """Return the work that the fields of an entry give, with some variables in their place."""
    record, kept = variables_of(entry)
    record |= {key: value for key, value in held.items() if key != ABSENT}
    for variable in _absent(held):
        record.pop(variable, None)
    record = {"id": name, **{key: value for key, value in record.items() if value is not None}}
    raw = {field: json.dumps(value, ensure_ascii=False) for field, value in kept.items()}
    return validate_leniently(with_extra(record, raw, NAME), NAME, json.dumps)


def variables_of(entry: Record) -> tuple[Record, Record]:
    """Return the variables that the fields of an entry give, and each field that holds more than they say."""
    rest = deepcopy({field: value for field, value in entry.items() if field != CSL})
    record: Record = {}
    parents = _parents(rest)
    kind = _type(rest, "misc")
    kinds = [_type(parent, DEFAULT_PARENTS.get(kind, "misc")) for parent in parents]
    rest["parent"] = parents
    container = _container(kind, kinds)
    record["type"] = CSL_TYPES.get((kind, kinds[container] if container is not None else ""))
    if record["type"] is None:
        record["type"] = CSL_TYPES.get((kind, ""), "document")
        if container is not None and kinds[container] == "proceedings":
            record["type"] = "paper-conference"
    _read_own(record, rest)
    whole: Record = {}
    for number, (parent, of_type) in enumerate(zip(parents, kinds, strict=True)):
        if number == container:
            whole = parent
            _read_title(record, parent, "container-title")
            _take(record, parent, "author", "container-author", _names)
            for series in _parents(parent, put_back=True)[:1]:
                _type(series, "anthology")
                _read_series(record, series)
        elif of_type == "original":
            _read_original(record, parent)
        elif of_type in EVENTS and "event-title" not in record:
            _read_title(record, parent, "event-title")
            _take(record, parent, "location", "event-place", _text)
            _take(record, parent, "date", "event-date", _date)
        elif (of_type in SERIES if kind in WHOLES else of_type == "anthology") and "collection-title" not in record:
            _read_series(record, parent)
    for node in (whole, rest):
        _read_shared(record, node)
    kept = {field: entry[field] for field, value in rest.items() if _is_something(value)}
    return record, kept


def _is_something(value: Any) -> bool:  # noqa: ANN401 - plain data
    """Whether anything is left of a value that was read."""
    if isinstance(value, dict):
        return any(map(_is_something, value.values()))
    return any(map(_is_something, value)) if isinstance(value, list) else value is not None


def _parents(node: Record, *, put_back: bool = False) -> list[Record]:
    """Return the parents of an entry, one or several; what is no parent stays."""
    held = node.get("parent")
    parents = held if isinstance(held, list) else [held]
    found = [parent for parent in parents if isinstance(parent, dict)]
    if len(found) < len(parents):
        return []
    if put_back:
        node["parent"] = found
    return found


def _type(node: Record, default: str) -> str:
    held = node.get("type")
    if held is None or (isinstance(held, str) and held):
        node.pop("type", None)
    return held.lower() if isinstance(held, str) and held else default


def _container(kind: str, kinds: list[str]) -> int | None:
    """Return the number of the parent that an entry appeared in."""
    fitting = [number for number, each in enumerate(kinds) if (kind, each) in CSL_TYPES or each == HOLDER]
    others = [] if kind in WHOLES else [number for number, each in enumerate(kinds) if each not in _NO_CONTAINERS]
    return next(iter(fitting or others), None)


_NO_CONTAINERS = EVENTS | {"original", "anthology"}


def _read_own(record: Record, rest: Record) -> None:
    _read_title(record, rest, "title", keeps_case=True)
    for field, variable in FORMATTABLE.items():
        if field != "title":
            _take(record, rest, field, variable, _text)
    for field, variable in PLAIN.items():
        _take(record, rest, field, variable, _plain)
    _take(record, rest, "author", "author", _names)
    _take(record, rest, "date", "issued", _date)
    _read_address(record, rest)
    _read_serials(record, rest, SERIALS)
    held = rest.get("affiliated")
    groups = [group for group in (held if isinstance(held, list) else [held]) if isinstance(group, dict)]
    for group in groups:
        role = ROLES.get(str(group.get("role")).lower())
        if role and role not in record and _take(record, group, "names", role, _names):
            del group["role"]


def _read_shared(record: Record, node: Record) -> None:
    """Read what a part has from its container, and a whole itself."""
    _take(record, node, "editor", "editor", _names)
    for field, variable in OF_CONTAINER.items():
        _take(record, node, field, variable, _plain)
    _read_serials(record, node, SERIALS_OF_CONTAINER)
    _read_publisher(record, node, "publisher", "publisher-place")
    _take(record, node, "date", "issued", _date)
    _read_address(record, node)


def _read_publisher(record: Record, node: Record, name: str, place: str) -> None:
    publisher = node.get("publisher")
    if isinstance(publisher, dict) and publisher.keys() & {"name", "location"}:
        _take(record, publisher, "name", name, _text)
        _take(record, publisher, "location", place, _text)
    else:
        _take(record, node, "publisher", name, _text)
    _take(record, node, "location", place, _text)


def _read_series(record: Record, series: Record) -> None:
    _read_title(record, series, "collection-title")
    _take(record, series, "volume", "collection-number", _plain)
    _take(record, series, "editor", "collection-editor", _names)
    _read_serials(record, series, {"issn": "ISSN"})


def _read_original(record: Record, original: Record) -> None:
    _read_title(record, original, "original-title")
    _take(record, original, "author", "original-author", _names)
    _take(record, original, "date", "original-date", _date)
    _read_publisher(record, original, "original-publisher", "original-publisher-place")


def _read_title(record: Record, node: Record, variable: str, *, keeps_case: bool = False) -> None:
    """Read a title, with its short form and its translation, where CSL has these for it."""
    held = node.get("title")
    if not isinstance(held, dict):
        _take(record, node, "title", variable, _title if keeps_case else _text)
        return
    value = held.get("value")
    if isinstance(value, str) and held.get("verbatim") == "true" and keeps_case and variable not in record:
        del held["value"], held["verbatim"]
        record[variable] = f'<span class="nocase">{texts.read(value)}</span>'
    _take(record, held, "value", variable, _title if keeps_case else _text)
    if variable in {"title", "container-title"}:
        for field in ("short", "shorthand"):
            _take(record, held, field, f"{variable}-short", _text)
    if variable != "original-title":
        _take(record, held, "translation", f"translated-{variable}", _text)


def _read_address(record: Record, node: Record) -> None:
    held = node.get("url")
    if isinstance(held, dict):
        if _take(record, held, "value", "URL", _plain):
            _take(record, held, "date", "accessed", _date)
    else:
        _take(record, node, "url", "URL", _plain)


def _read_serials(record: Record, node: Record, variables: dict[str, str]) -> None:
    """Read serial numbers: one without a name, those by their names, and those in fields of their own."""
    held = node.get("serial-number")
    if not isinstance(held, dict) and "serial" in variables:
        _take(record, node, "serial-number", "number", _plain)
    for holder in (held, node):
        if isinstance(holder, dict):
            for field, variable in variables.items():
                if holder is held or field in {"doi", "isbn", "issn", "pmid", "pmcid"}:
                    _take(record, holder, field, variable, _plain)


def _take(record: Record, node: Record, field: str, variable: str, convert: Any) -> bool:  # noqa: ANN401 - a converter
    """Move a field to a variable that has no value yet; one that cannot be converted stays, and False is returned."""
    if field not in node or variable in record:
        return False
    value = convert(node[field])
    if value is None:
        return False
    record[variable] = value
    if not _has_more(node[field], convert):
        del node[field]
    return True


def _plain(value: Any) -> str | None:  # noqa: ANN401 - plain data
    return value if isinstance(value, str) else None


def _text(value: Any, *, keeps_case: bool = False) -> str | None:  # noqa: ANN401 - plain data
    if isinstance(value, dict) and value.keys() == {"value"}:
        value = value["value"]
    return texts.read(value, keeps_case=keeps_case) if isinstance(value, str) else None


def _title(value: Any) -> str | None:  # noqa: ANN401 - plain data
    return _text(value, keeps_case=True)


def _date(value: Any) -> str | None:  # noqa: ANN401 - plain data
    """Return a date as EDTF has it; words stay words."""
    if not isinstance(value, str):
        return None
    found = _DATE.fullmatch(value.strip())
    return f"{found[2].lstrip('+')}{found[1]}" if found else value


def _names(value: Any) -> list[Any] | None:  # noqa: ANN401 - plain data
    """Return one or several persons as CSL has them; None if one has no name."""
    persons = [_person(person) for person in (value if isinstance(value, list) else [value])]
    return None if None in persons or not persons else persons


_PARTS = {"name", "given-name", "prefix", "suffix"}


def _has_more(value: Any, convert: Any) -> bool:  # noqa: ANN401 - plain data, a converter
    """Whether a value holds what CSL has not: math in a text, the alias of a person."""
    if convert is _names:
        persons = value if isinstance(value, list) else [value]
        return any(isinstance(person, dict) and person.keys() - _PARTS for person in persons)
    return convert in {_text, _title} and texts.has_math(value["value"] if isinstance(value, dict) else value)


def _person(person: Any) -> Any:  # noqa: ANN401 - plain data
    """Return a text, which the model takes apart, or the parts of a name; None for anything else."""
    if isinstance(person, str):
        return person
    if not isinstance(person, dict) or not isinstance(person.get("name"), str):
        return None
    parts = {part: text for part, text in person.items() if isinstance(text, str) and part in _PARTS}
    if parts.keys() == {"name"}:
        return {"literal": parts["name"]}
    family = parts["name"]
    name = Name.parse(f"{family},").to_csl() if "," not in family else {"family": family}
    more = {
        "given": parts.get("given-name"), "suffix": parts.get("suffix"), "dropping-particle": parts.get("prefix"),
    }  # fmt: skip
    return name | {part: text for part, text in more.items() if text}
