"""JSON text to values and back: one list, one value, a value a line, or values one after another.

Numbers keep their digits (``1.10``), and what JSON does not allow is told at its place, while the values go on.
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
from tajikpeace_refs.model.validation import forbidden_character

_SPACE = re.compile(r"[\s\ufeff]*")
MAX_DEPTH = 100
"""Deepest nesting read: an item needs 6, and other programs' keys not many more."""
_MOST_ERRORS = 100
"""After so many syntax errors the rest is not read: it is something else."""


class Number(str):
    """A number as it was written."""

    __slots__ = ()


class Value(NamedTuple):
    """A value, the line it begins in, and what JSON does not allow in it."""

    data: Any
    line: int
    notes: list[str]


def values(stream: TextIO, first: int = 1, *, may_be_empty: bool = False) -> Iterator[Value | Problem]:
    """Yield the values of a JSON text; items a line are read a line at a time, anything else whole."""
    reader = _Reader()
    for number, text in _lines(stream, first):
        yield from reader.values(text, number)
    if reader.empty and not may_be_empty:
        yield Problem("not valid JSON: Expecting value", line=1, column=1)


def pieces(stream: TextIO, size: int) -> Iterator[TextChunk]:
    """Yield a text of items a line in pieces of so many; anything else is one piece."""
    held: list[str] = []
    first = 1
    for number, text in _lines(stream, 1):
        if len(held) >= size and not text.isspace():
            yield TextChunk(first, "".join(held))
            held, first = [], number
        held.append(text)
    yield TextChunk(first, "".join(held))


def _lines(stream: TextIO, first: int) -> Iterator[tuple[int, str]]:
    """Yield the lines that hold an item each, by number, and from the first other line on the rest as one."""
    for number, line in enumerate(iter(stream.readline, ""), first):
        text = line.strip(" \t\r\n\ufeff")
        if text and not (text.startswith("{") and text.endswith("}")):
            yield number, line + stream.read()
            return
        yield number, line


class _Reader:
    """Reads one text, in one piece or several."""

    def __init__(self) -> None:
        self.empty = True
        self.errors = 0
        self.notes: list[str] = []
        self.told: set[str] = set()
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

    def values(self, text: str, number: int) -> Iterator[Value | Problem]:
        """Yield the values of a text that begins in a line."""
        place, self.told = _Places(text, number), set()
        is_open, last = False, ""
        at = _skip(text, 0)
        while at < len(text):
            self.empty = False
            sign = text[at]
            if fault := self._fault(sign, last, is_open=is_open):
                line, column = place.of(at)
                yield Problem(f"not valid JSON: {fault}", line=line, column=column)
            if sign in ",]" or (sign == "[" and not is_open):
                is_open = sign == "[" or (is_open and sign == ",")
                last, at = sign, _skip(text, at + 1)
                continue
            found, end = self._value(text, at, place)
            yield found
            last = "value"
            if end is None:
                last, end = "broken", self._next(text, at)
                if self.errors == _MOST_ERRORS and end < len(text):
                    line, column = place.of(end)
                    yield Problem("not valid JSON: too many errors; the rest is not read", line=line, column=column)
                    return
            at = _skip(text, end)
        if is_open and last != "broken":
            line, column = place.of(len(text))
            yield Problem("not valid JSON: the list is not closed", line=line, column=column)

    def _fault(self, sign: str, last: str, *, is_open: bool) -> str:
        """Say what is wrong with a sign where it stands; each fault once, for garbage has many."""
        fault = ""
        if last == "broken":
            return ""
        if sign == "]":
            fault = "']' without '['" if not is_open else "a comma before the end of the list" if last == "," else ""
        elif sign == ",":
            fault = "a comma outside a list" if not is_open else "a comma after nothing" if last != "value" else ""
        elif last == "]":
            fault = "more after the end of the list"
        elif is_open and last == "value":
            fault = "expected a comma or the end of the list"
        if fault in self.told:
            return ""
        self.told.add(fault)
        return fault

    def _value(self, text: str, at: int, place: _Places) -> tuple[Value | Problem, int | None]:
        self.notes = []
        line, _ = place.of(at)
        try:
            data, end = self.decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            line = error.lineno + place.first - 1
            return Problem(f"not valid JSON: {error.msg}", line=line, column=error.colno), None
        except RecursionError:
            return Problem("not valid JSON: nested too deeply", line=line, column=1), None
        return Value(data, line, self.notes), end

    def _next(self, text: str, at: int) -> int:
        """Return where the next value may begin after a broken one: a line with a brace no deeper than its own."""
        self.errors += 1
        indent = min(at - text.rfind("\n", 0, at) - 1, 16)
        found = re.compile(rf"^[ \t,]{{0,{indent}}}\{{", re.MULTILINE).search(text, at + 1)
        return found.end() - 1 if found else len(text)


class _Places:
    """Lines and columns of offsets that only grow: counting from the top each time is quadratic."""

    def __init__(self, text: str, number: int) -> None:
        self.text = text
        self.at = 0
        self.first = self.line = number

    def of(self, at: int) -> tuple[int, int]:
        """Return line and column, from 1."""
        self.line += self.text.count("\n", self.at, at)
        self.at = at
        return self.line, at - self.text.rfind("\n", 0, at)


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
