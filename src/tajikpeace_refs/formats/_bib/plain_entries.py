"""Plain entries of a ``.bib`` text, read in one pass; whatever else stands in one is left to pybtex.

Plain is an entry in braces whose fields are each one value, in braces or quotation marks, a number or the name of a
string that is defined, with a comma between them. For these the result is that of pybtex's parser, which remains the
reference.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple


def _braced(depth: int) -> str:
    """Return a pattern for text whose braces pair, to some depth; possessive, so that each sign is looked at once."""
    return rf"[^{{}}]*+(?:\{{{_braced(depth - 1)}\}}[^{{}}]*+)*+" if depth else "[^{}]*+"


_NAME = r"[A-Za-z][A-Za-z0-9_:.+-]*+"
_START = re.compile(r"@\s*+[A-Za-z]++\s*+\{\s*+([^\s,{}()\"=#%\\]++)\s*+,")
_FIELD = re.compile(
    rf"\s*+({_NAME})\s*+=\s*+(?:\{{({_braced(3)})\}}|\"([^{{}}\"]*+(?:\{{{_braced(2)}\}}[^{{}}\"]*+)*+)\"|([0-9]++)"
    rf"|({_NAME}))\s*+(?:,|(?=\}}))"
)
_STRING = 5
"""The group of a field's value that is the name of a string."""
_END = re.compile(r"\s*+\}")


class PlainEntry(NamedTuple):
    """The key of an entry, the names and values of its fields, and how many characters of them strings gave."""

    key: str
    fields: list[tuple[str, str]]
    growth: int


def plain_entry(text: str, macros: Mapping[str, str]) -> PlainEntry | None:
    """Return an entry that is plain, else None; ``macros`` are the strings that are defined, by name in small letters.

    >>> plain_entry("@book{a, title = {A {B}}, month = jan, year = 1999}", {"jan": "January"})
    PlainEntry(key='a', fields=[('title', 'A {B}'), ('month', 'January'), ('year', '1999')], growth=7)
    >>> plain_entry("@book{a, title = {A} # b}", {})
    """
    start = _START.match(text)
    if not start:
        return None
    at, growth = start.end(), 0
    fields: list[tuple[str, str]] = []
    while field := _FIELD.match(text, at):
        group = field.lastindex or 0
        value = field[group]
        if group == _STRING:
            if (defined := macros.get(value.lower())) is None:
                return None
            value = defined
            growth += len(value)
        fields.append((field[1], value))
        at = field.end()
    return PlainEntry(start[1], fields, growth) if _END.match(text, at) else None
