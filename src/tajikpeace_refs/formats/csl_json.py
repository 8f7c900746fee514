"""CSL-JSON: one item, a list of items, or an item a line (JSON lines); valid against CSL's schema on the way out.

Our own keys (docs/data-format.md) stand under the item's ``custom`` object, which the schema leaves free; on the way in
they are taken from there and from the item itself. ``transliterated-author`` and the like are lists parallel to the
names. What we have no variable for is kept and written back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, TextIO

from tajikpeace_refs.errors import Problem
from tajikpeace_refs.formats._base import Format, Item, Options
from tajikpeace_refs.formats._validate import Mistake, forbidden_character, place_of, shape, spell, validate
from tajikpeace_refs.model.editorial import ForeignField
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.work import FIELDS, NAME_VARIABLES, SPELLING, Work, dump_value

NAME = "csl-json"
_SPELLINGS = "spellings of "
_SPACE = re.compile(r"\s*")

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
    if _is_whole_item(first):
        yield from _read_lines(first, stream)
    else:
        yield from _read_list(first + stream.read())


def _is_whole_item(line: str) -> bool:
    """Whether a line is a whole item: then the text is JSON lines."""
    try:
        return line.startswith("{") and isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _read_lines(first: str, rest: Iterable[str]) -> Iterator[Item]:
    parser = _Parser()
    for number, line in enumerate(chain([first], rest), 1):
        if line.strip():
            yield from parser.items(line, 0, number)


def _read_list(text: str) -> Iterator[Item]:
    """Yield the items of a list one by one: a mistake in one does not hide those before it."""
    parser = _Parser()
    at = _skip(text, 0)
    if not text.startswith("[", at):
        yield from parser.items(text, at, None)
        return
    at = _skip(text, at + 1)
    while not text.startswith("]", at):
        yield from parser.items(text, at, None)
        if parser.end is None:
            return
        at = _skip(text, parser.end)
        if text.startswith(",", at):
            at = _skip(text, at + 1)
        elif not text.startswith("]", at):
            line, column = place_of(text, at)
            yield Problem("not valid JSON: expected a comma or the end of the list", line=line, column=column)
            return
    if rest := text[at + 1 :].strip():
        yield Problem(f"not valid JSON: {shape(rest)} after the end", line=place_of(text, at)[0])


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


class _Parser:
    """Reads items with the standard library's decoder, numbers as written; notes what JSON does not allow."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.seen: dict[str, int] = {}
        self.end: int | None = None
        self.place = (0, 1)
        self.decoder = json.JSONDecoder(
            parse_int=str, parse_float=str, parse_constant=self._constant, object_pairs_hook=self._object
        )

    def _constant(self, name: str) -> None:
        self.notes.append(f"{name} is not JSON")

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            repeated = next(name for name in names if names.count(name) > 1)
            self.notes.append(f"the key {repeated!r} is given twice in one object")
        return found

    def items(self, text: str, at: int, line: int | None) -> Iterator[Item]:
        """Yield the item that begins at an offset, or its problems; ``end`` is then where it ends, None if nowhere."""
        self.end = None
        self.notes.clear()
        # Lines are counted on from the last item: counting from the top each time is quadratic.
        before, number = self.place
        number += text.count("\n", before, at)
        self.place = (at, number)
        try:
            item, self.end = self.decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            yield Problem(f"not valid JSON: {error.msg}", line=line or error.lineno, column=error.colno)
            return
        except RecursionError:
            yield Problem("not valid JSON: nested too deeply", line=line or number, column=1)
            return
        yield from self._item(item, line or number)

    def _item(self, item: Any, line: int) -> Iterator[Item]:  # noqa: ANN401 - JSON
        name = str(item["id"]) if isinstance(item, dict) and "id" in item else None
        if message := forbidden_character("".join(_texts(item))):
            self.notes.append(message)
        if name is not None and name in self.seen:
            self.notes.append(f"the id is used twice, first in line {self.seen[name]}")
        elif name is not None:
            self.seen[name] = line
        outcome = [Mistake((), note) for note in self.notes] or work_from_csl(item)
        if isinstance(outcome, list):
            for mistake in outcome:
                yield Problem(mistake.message, name, spell(mistake.path) or None, line=line)
        else:
            yield outcome


def _texts(data: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    if isinstance(data, str):
        yield data
    elif isinstance(data, (list, dict)):
        for value in data.values() if isinstance(data, dict) else data:
            yield from _texts(value)


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
            if not _take(record, _OLD_SPELLINGS.get(str(key), str(key)), value):
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
