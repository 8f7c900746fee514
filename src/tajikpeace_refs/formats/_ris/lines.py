"""RIS text to records: lines with tags, lines that continue the last value, and what is missing between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from tajikpeace_refs.errors import Problem

_OPEN = re.compile(r"([ \t]*)(TY)( {1,2})- ?(.*)$", re.IGNORECASE)
_CODE = re.compile(r"[A-Z]{3,7}\s*")
_END = re.compile(r"[ \t]*ER {0,2}-\s*$")
_STRAY = re.compile(r"([A-Z][A-Z0-9]) {1,2}- ?(.*)$")
_OTHER_FORMATS = {
    "MEDLINE (PubMed's format)": re.compile(r"(PMID|OWN |STAT|FAU )- "),
    "Web of Science plain text": re.compile(r"(FN |PT [A-Z]$)"),
}
_HEAD = 3
"""How many lines with text, at the start of a file, are looked at for another format."""


Line = tuple[str, str]
"""A tag and its value."""


@dataclass(slots=True)
class Record:
    """One record: its TY, the number of the line it opens in, its other lines in order, and their numbers."""

    line: int
    ty: str
    lines: list[Line] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    @property
    def name(self) -> str | None:
        """The ID, where it has one."""
        return next((value for tag, value in self.lines if tag == "ID" and value), None)


def records(lines: Iterable[str], first: int = 1) -> Iterator[Record | Problem]:
    """Yield the records of a RIS text, and a Problem for what is missing or stands between them.

    ``first`` is the number of the first line: a text may be a part of a file.
    """
    parser = _Parser()
    unseen = _HEAD if first == 1 else 0
    for number, raw in enumerate(lines, first):
        line = raw.strip("\r\n\x1a").lstrip("\ufeff")
        if unseen and line.strip():
            unseen -= 1
            if other := next((name for name, pattern in _OTHER_FORMATS.items() if pattern.match(line)), None):
                yield Problem(f"looks like {other}, not RIS; export it as RIS", line=number, column=1)
                return
        yield from parser.line(number, line)
    yield from parser.end("is never ended; a line 'ER  - ' is missing")


@cache
def _tag_pattern(*, indented: bool, lower: bool, narrow: bool) -> re.Pattern[str]:
    """Return the pattern of a record's tag lines, by how its TY line is written (indent, case, spaces)."""
    indent = "[ \t]*" if indented else ""
    letters = "[A-Za-z][A-Za-z0-9]" if lower else "[A-Z][A-Z0-9]"
    return re.compile(f"{indent}({letters}){' {1,2}' if narrow else '  '}- ?(.*)$")


class _Parser:
    """Takes lines one by one and holds the record that is open, if one is; gives records and problems as they end."""

    def __init__(self) -> None:
        self.record: Record | None = None
        self.pattern = _STRAY
        self.continued: list[str] = []
        self.has_warned = False

    def line(self, number: int, line: str) -> list[Record | Problem]:
        """Take a line; return the record that it ends, or what is wrong with it."""
        match = self.pattern.match(line)
        tag, value = (match[1].upper(), match[2].strip()) if match else ("", "")
        if self.record and tag and tag not in {"TY", "ER"}:
            self._join()
            self.record.lines.append((tag, value))
            self.record.numbers.append(number)
            return []
        opened = _OPEN.match(line)
        if opened and (self.record is None or tag == "TY" or _CODE.fullmatch(opened[4])):
            return self._open(number, opened)
        if tag == "ER" or _END.match(line):
            return self._close() + (self.line(number, value) if value else [])  # the next record may stand behind ER
        if value and not self.has_warned:
            self.has_warned = True
            message = f"the tag {match and match[1]} stands outside a record; a record begins with 'TY  - '"
            return [Problem(message, line=number, column=1)]
        if self.record and self.record.lines:
            self.continued.append(line.strip())
        return []

    def _open(self, number: int, opened: re.Match[str]) -> list[Record | Problem]:
        ended = self.end(f"has no ER line before the next TY in line {number}")
        self.record, self.has_warned = Record(number, opened[4].strip()), False
        self.pattern = _tag_pattern(indented=bool(opened[1]), lower=opened[2].islower(), narrow=opened[3] == " ")
        return ended

    def _join(self) -> None:
        """Add the lines that continued the last value to it."""
        if self.record and self.continued:
            tag, value = self.record.lines[-1]
            self.record.lines[-1] = (tag, " ".join(filter(None, (value, *self.continued))))
        self.continued = []

    def _close(self) -> list[Record | Problem]:
        self._join()
        ended: list[Record | Problem] = [self.record] if self.record else []
        self.record, self.pattern, self.has_warned = None, _STRAY, False
        return ended

    def end(self, fault: str) -> list[Record | Problem]:
        """Return the record that is still open, after what is wrong with it."""
        if self.record is None:
            return []
        message = f"the record opens here and {fault}"
        return [Problem(message, self.record.name, line=self.record.line, severity="warning"), *self._close()]
