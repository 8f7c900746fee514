"""JSON text to values and back: one list, one value, a value a line, or values one after another.

Numbers keep their digits (``1.10``). What is not JSON is reported at its place and ends the text, or only its line
where each line is an item.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from json.encoder import encode_basestring
from typing import Any, NamedTuple, TextIO

from tajikpeace_refs.errors import Problem
from tajikpeace_refs.formats.base import TextChunk
from tajikpeace_refs.model.characters import forbidden_character

_SPACE = re.compile(r"[\s\ufeff]*")
_MARK = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)
MAX_DEPTH = 100
"""Deepest nesting read: an item needs 6, and other programs' keys not many more."""


class Number(str):
    """A number as it was written."""

    __slots__ = ()


class Value(NamedTuple):
    """A value, the line it begins in, and what is wrong in it though it can be read (NaN, a key given twice)."""

    data: Any
    line: int
    notes: list[str]


def values(stream: TextIO, first: int = 1, *, may_be_empty: bool = False) -> Iterator[Value | Problem]:
    """Yield the values of a JSON text, and a Problem for what is not JSON.

    Args:
        stream: the text, or a later chunk of one (see ``chunks``).
        first: the number of its first line.
        may_be_empty: whether a text without any value is sound.
    """
    reader = _Reader()
    is_empty = True
    for line, text in _parts(stream, first):
        is_empty = is_empty and not text.strip(" \t\r\n\ufeff")
        yield from reader.values(text.rstrip(), line)  # an error at the end is shown in the last line
    if is_empty and not may_be_empty:
        yield Problem("not valid JSON: Expecting value", line=1, column=1)


def chunks(stream: TextIO, size: int) -> Iterator[TextChunk]:
    """Yield a text of items a line in chunks of so many items; any other text is one chunk."""
    lines: list[str] = []
    first, count = 1, 0
    for number, text in _parts(stream, 1):
        is_item = not text.isspace()
        if is_item and count == size:
            yield TextChunk(first, "".join(lines))
            lines, first, count = [], number, 0
        lines.append(text)
        count += is_item
    yield TextChunk(first, "".join(lines))


def _parts(stream: TextIO, first: int) -> Iterator[tuple[int, str]]:
    """Yield what is read by itself, with the number of its first line: each line of items a line, else the whole text.

    The first line that is not blank decides; a text that begins after line 1 is a later chunk of items a line.
    """
    is_known = first > 1
    for number, line in enumerate(iter(stream.readline, ""), first):
        text = line.strip(" \t\r\n\ufeff")
        if text and not (is_known or (text.startswith("{") and text.endswith("}"))):
            yield number, line + stream.read()
            return
        is_known = is_known or bool(text)
        yield number, line


class _Reader:
    """Reads texts, each with its own values."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.decoder = json.JSONDecoder(
            parse_int=Number, parse_float=Number, parse_constant=self._constant, object_pairs_hook=self._object
        )

    def _constant(self, name: str) -> None:
        self.notes.append(f"{name} is not JSON")

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            counts = Counter(name for name, _ in pairs)
            repeated = next(name for name in counts if counts[name] > 1)
            self.notes.append(f"the key {repeated!r} is given twice in one object")
        return found

    def values(self, text: str, line: int) -> Iterator[Value | Problem]:
        """Yield the values of a text whose first line has that number, up to the first thing that is not JSON."""
        try:
            yield from self._values(text, line)
        except json.JSONDecodeError as error:
            yield Problem(f"not valid JSON: {error.msg}", line=line + error.lineno - 1, column=error.colno)

    def _values(self, text: str, line: int) -> Iterator[Value]:
        at = _skip(text, 0)
        is_list = text.startswith("[", at)
        at, counted = _skip(text, at + 1) if is_list else at, 0
        is_open = is_list and not text.startswith("]", at)
        while is_open or (at < len(text) and not is_list):
            if at == len(text):
                raise json.JSONDecodeError("the list is not closed", text, at)
            # Lines are counted from value to value: from the top each time would be quadratic.
            line, counted = line + text.count("\n", counted, at), at
            data, at = self._decode(text, at)
            yield Value(data, line, self.notes)
            at = _skip(text, at)
            if is_list:
                is_open = not text.startswith("]", at)
                at = _after_comma(text, at) if is_open else at
        if is_list and (end := _skip(text, at + 1)) < len(text):
            raise json.JSONDecodeError("more after the end of the list", text, end)

    def _decode(self, text: str, at: int) -> tuple[Any, int]:
        """Return the value that begins at an offset, and where it ends; ``notes`` are those of the value."""
        self.notes = []
        try:
            return self.decoder.raw_decode(text, at)
        except (RecursionError, json.JSONDecodeError) as error:
            # How deep Python can read differs from version to version.
            if isinstance(error, json.JSONDecodeError) and _depth(text, at, error.pos) <= MAX_DEPTH:
                raise
            raise json.JSONDecodeError("nested too deeply", text, text.rfind("\n", 0, at) + 1) from None


def _depth(text: str, start: int, end: int) -> int:
    """Return how many lists and objects that begin after an offset are open at another one."""
    marks = (match[0] for match in _MARK.finditer(text, start, end))
    return sum(1 if mark in "[{" else -1 for mark in marks if mark in "[]{}")


def _after_comma(text: str, at: int) -> int:
    """Return where the next value of a list begins, whose last one ended before an offset."""
    if at == len(text):
        return at
    if text[at] != ",":
        raise json.JSONDecodeError("expected a comma or the end of the list", text, at)
    at = _skip(text, at + 1)
    if text.startswith("]", at):
        raise json.JSONDecodeError("a comma before the end of the list", text, at)
    return at


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def fault_of(data: Any) -> str | None:  # noqa: ANN401 - JSON
    """Say what no format can hold in a value: a character, in a key too, or its depth; None where there is nothing."""
    texts: list[str] = []
    level, depth = [data], 0
    while level:
        texts += [value for value in level if isinstance(value, str)]
        groups = [value for value in level if isinstance(value, (list, dict))]
        if groups and depth >= MAX_DEPTH:
            return f"nested deeper than {MAX_DEPTH} levels"
        level, depth = [], depth + 1
        for group in groups:
            if isinstance(group, dict):
                texts += group
                level += group.values()
            else:
                level += group
    return forbidden_character("".join(texts))


def dumps(value: Any, pad: str | None = None) -> str:  # noqa: ANN401 - JSON
    """Return a value as JSON, numbers as they were written; ``pad`` a line end and an indent, None for one line."""
    inner = None if pad is None else pad + "  "
    first, between, last = ("", ", ", "") if pad is None else (inner, f",{inner}", pad)
    if isinstance(value, str):  # json.dumps makes an encoder for each text, which took half of writing
        return str(value) if isinstance(value, Number) else encode_basestring(value)
    if isinstance(value, dict) and value:
        pairs = [f"{encode_basestring(key)}: {dumps(held, inner)}" for key, held in value.items()]
        return f"{{{first}{between.join(pairs)}{last}}}"
    if isinstance(value, list) and value:
        return f"[{first}{between.join(dumps(held, inner) for held in value)}{last}]"
    return json.dumps(value, ensure_ascii=False)


def loads(text: str) -> Any:  # noqa: ANN401 - JSON
    """Return the value of a JSON text, its numbers as written.

    Raises:
        ValueError: it is not JSON.
    """
    return json.loads(text, parse_int=Number, parse_float=Number)
