"""CSL-JSON: one item, a list of items, or an item a line (JSON lines); valid against CSL's schema on the way out.

Our own keys (docs/data-format.md) stand under the item's ``custom`` object, which the schema leaves free; on the way in
they are taken from there and from the item itself. ``transliterated-author`` and the like are lists parallel to the
names. What we have no variable for is kept and written back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from tajikpeace_refs.errors import Problem
from tajikpeace_refs.formats._base import Format, Item, Options
from tajikpeace_refs.formats._validate import Mistake, spell, validate
from tajikpeace_refs.model.editorial import ForeignField
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.work import FIELDS, NAME_VARIABLES, SPELLING, Work, dump_value

NAME = "csl-json"
_SPELLINGS = "spellings of "

_OWN = frozenset(
    name for name in FIELDS
    if name.startswith(("translated_", "transliterated_", "archive_url", "archive_date", "retrieval_needed"))
    or name in {"printed", "corrections", "remarks", "foreign"}
)  # fmt: skip
"""Attributes that CSL's schema does not know; they stand under ``custom``."""
_KNOWN = frozenset(SPELLING.values())
_NAMES = {SPELLING[name] for name in NAME_VARIABLES}
# Spellings of CSL 1.0 that the schema still allows.
_OLD_SPELLINGS = {"event": "event-title", "shortTitle": "title-short", "journalAbbreviation": "container-title-short"}


def read(stream: TextIO) -> Iterator[Item]:
    """Yield the works of a CSL-JSON text, and a Problem for each mistake; JSON lines are read a line at a time."""
    first = stream.readline()
    if _is_item_line(first):
        yield from _read_lines(first, stream)
        return
    text = first + stream.read()
    try:
        data = _parse(text)
    except json.JSONDecodeError as error:
        yield Problem(f"not valid JSON: {error.msg}", line=error.lineno, column=error.colno)
        return
    except (ValueError, RecursionError) as error:
        yield Problem(f"not valid JSON: {_said(error)}", line=1, column=1)
        return
    items = data if isinstance(data, list) else [data]
    if isinstance(data, dict) and isinstance(data.get("items"), list):
        items = data["items"]
    seen: set[str] = set()
    for number, item in enumerate(items):
        yield from _item(item, f"[{number}]", None, seen)


def _is_item_line(line: str) -> bool:
    """Whether a line is a whole item: then the text is JSON lines."""
    stripped = line.strip()
    if not (stripped.startswith("{") and stripped.endswith("}")):
        return False
    try:
        return isinstance(_parse(stripped), dict)
    except (ValueError, RecursionError):
        return False


def _read_lines(first: str, stream: TextIO) -> Iterator[Item]:
    seen: set[str] = set()
    number = 0
    for number, line in enumerate(_chain(first, stream), 1):
        if not line.strip():
            continue
        try:
            item = _parse(line)
        except (ValueError, RecursionError) as error:
            column = error.colno if isinstance(error, json.JSONDecodeError) else 1
            yield Problem(f"not valid JSON: {_said(error)}", line=number, column=column)
            continue
        yield from _item(item, f"line {number}", number, seen)


def _chain(first: str, rest: Iterable[str]) -> Iterator[str]:
    yield first
    yield from rest


def _said(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return error.msg
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)


def _parse(text: str) -> Any:  # noqa: ANN401 - JSON
    # Numbers stay as written (1.10, 007 aside): the model gives types.
    return json.loads(text, parse_int=str, parse_float=str, parse_constant=_no_constant, object_pairs_hook=_no_repeats)


def _no_constant(name: str) -> Any:  # noqa: ANN401 - never returns
    raise ValueError(f"{name} is not JSON")


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        key = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ValueError(f"the key {key!r} is given twice in one object")
    return found


def _item(item: Any, where: str, line: int | None, seen: set[str]) -> Iterator[Item]:  # noqa: ANN401 - JSON
    outcome = work_from_csl(item)
    name = str(item["id"]) if isinstance(item, dict) and "id" in item else where
    if not isinstance(outcome, list) and outcome.id in seen:
        outcome = [Mistake(("id",), "the id is used twice")]
    if isinstance(outcome, list):
        for mistake in outcome:
            yield Problem(mistake.message, work_id=name, variable=spell(mistake.path) or None, line=line)
    else:
        seen.add(outcome.id)
        yield outcome


def work_from_csl(item: Any) -> Work | list[Mistake]:  # noqa: ANN401 - JSON
    """Return the work of a CSL-JSON item, or every mistake in it."""
    if not isinstance(item, dict):
        return validate(item)
    held = item.get("custom")
    custom = held if isinstance(held, dict) else {}
    record: dict[str, Any] = {}
    foreign = {}
    # Ours first: a list of keywords under custom is exacter than CSL's text with commas.
    for place, holder in (("custom.", custom), ("", item)):
        for key, value in holder.items():
            if value is None or (value is custom and not place) or key == "foreign":
                continue
            if not _take(record, _OLD_SPELLINGS.get(key, key), value):
                foreign[place + key] = json.dumps(value, ensure_ascii=False)
    for role in [key for key in record if key.startswith(_SPELLINGS)]:
        names = role.removeprefix(_SPELLINGS)
        record[names] = _with_spellings(record.get(names), record.pop(role))
    kept = custom.get("foreign", item.get("foreign"))
    if foreign:
        kept = {**(kept if isinstance(kept, dict) else {}), NAME: foreign}
    if kept is not None:
        record["foreign"] = kept
    return validate(record)


def _take(record: dict[str, Any], key: str, value: Any) -> bool:  # noqa: ANN401 - JSON
    """Put a value into the record where the model has a place for it; say whether it is kept there."""
    if key.startswith("transliterated-") and key.removeprefix("transliterated-") in _NAMES:
        record[_SPELLINGS + key.removeprefix("transliterated-")] = value
        return True
    if key not in _KNOWN or key == "foreign":
        return False
    if key in record:
        return key == "keyword" or record[key] == value
    record[key] = value
    return True


def _with_spellings(names: Any, forms: Any) -> Any:  # noqa: ANN401 - JSON
    """Return names with the forms of a parallel list, as the model holds them."""
    if not isinstance(names, list) or not isinstance(forms, list):
        return names
    pairs = zip(names, forms + [None] * len(names), strict=False)
    return [{**name, "transliterated": form} if form and isinstance(name, dict) else name for name, form in pairs]


def write(works: Iterable[Work], _options: Options) -> Iterator[str]:
    """Yield a JSON list of items, an item a piece."""
    start = "[\n"
    for work in works:
        text = json.dumps(item_of(work), ensure_ascii=False, indent=2)
        yield start + "  " + text.replace("\n", "\n  ")
        start = ",\n"
    yield "[]\n" if start == "[\n" else "\n]\n"


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
            item[key] = [_bare_name(name_) for name_ in value]
            if any(name_.transliterated for name_ in value):
                custom[f"transliterated-{key}"] = [
                    name_.transliterated.plain() if name_.transliterated else None for name_ in value
                ]
        else:
            item[key] = dump_value(value)
    if custom:
        item["custom"] = custom
    return item


def _bare_name(name: Name) -> dict[str, Any]:
    return {key: value for key, value in name.plain().items() if key != "transliterated"}


def _put_foreign(fields: tuple[ForeignField, ...], item: dict[str, Any], custom: dict[str, Any]) -> None:
    others: dict[str, dict[str, str | list[str]]] = dump_value(fields)
    for key, text in others.pop(NAME, {}).items():
        place, name = (custom, key.removeprefix("custom.")) if key.startswith("custom.") else (item, key)
        try:
            place[name] = json.loads(text if isinstance(text, str) else text[0])
        except ValueError:
            place[name] = text
    if others:
        custom["foreign"] = others


FORMAT = Format(
    name=NAME,
    label="CSL-JSON",
    suffixes={".json": "plain", ".jsonl": "plain"},
    read=read,
    write=write,
    sniff=lambda text: bool(re.match(r"\s*[\[{]\s*[\"{\]}]", text)),
)
