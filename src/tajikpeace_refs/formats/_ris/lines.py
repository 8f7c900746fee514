"""RIS text to records: lines with tags, lines that go on with the last value, and what is missing between them."""

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
_MEDLINE = re.compile(r"(PMID|OWN |STAT|FAU )- ")
_ISI = re.compile(r"(FN |PT [A-Z]$)")


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
    """Yield the records of a RIS text; what stands between them is passed over, what is missing is told."""
    cutter = _Cutter()
    seen = 0 if first == 1 else 3
    for number, raw in enumerate(lines, first):
        line = raw.strip("\r\n\x1a").lstrip("\ufeff")
        if seen < 3 and line.strip():
            seen += 1
            if other := _other_format(line):
                yield Problem(f"looks like {other}, not RIS; export it as RIS", line=number, column=1)
                return
        match, record = cutter.style.match(line), cutter.record
        # Nearly every line is a tag of the open record: a generator for each made cutting three times as slow.
        if match and record and (tag := match[1].upper()) not in {"TY", "ER"}:
            if cutter.more:
                cutter.join()
            record.lines.append((tag, match[2].strip()))
            record.numbers.append(number)
        else:
            yield from cutter.line(number, line, match)
    yield from cutter.end("is never ended; a line 'ER  - ' is missing")


def _other_format(line: str) -> str:
    if _MEDLINE.match(line):
        return "MEDLINE (PubMed's format)"
    return "Web of Science plain text" if _ISI.match(line) else ""


@cache
def _style(*, indented: bool, lower: bool, narrow: bool) -> re.Pattern[str]:
    """Return how the tags of a record are written, by its TY: a line of text that only looks like a tag is none."""
    indent = "[ \t]*" if indented else ""
    letters = "[A-Za-z][A-Za-z0-9]" if lower else "[A-Z][A-Z0-9]"
    return re.compile(f"{indent}({letters}){' {1,2}' if narrow else '  '}- ?(.*)$")


class _Cutter:
    """Holds the record that is open, if one is."""

    def __init__(self) -> None:
        self.record: Record | None = None
        self.style = _STRAY
        self.more: list[str] = []
        self.stray = False

    def line(self, number: int, line: str, match: re.Match[str] | None) -> Iterator[Record | Problem]:
        """Take a line that is no tag of the open record; yield the record that it ends, or what is wrong with it."""
        opened = _OPEN.match(line)
        if opened and (self.record is None or (match and match[1].upper() == "TY") or _CODE.fullmatch(opened[4])):
            yield from self._open(number, opened)
        elif _END.match(line) or (match and match[1].upper() == "ER"):
            yield from self._close()
            if match and match[2].strip():  # the next record in the line that ends this one
                rest = match[2].strip()
                yield from self.line(number, rest, self.style.match(rest))
        elif match and not self.stray and match[2].strip():
            self.stray = True
            message = f"the tag {match[1]} stands outside a record; a record begins with 'TY  - '"
            yield Problem(message, line=number, column=1)
        elif self.record is not None and self.record.lines:
            self.more.append(line.strip())

    def _open(self, number: int, opened: re.Match[str]) -> Iterator[Record | Problem]:
        yield from self.end(f"has no ER line before the next TY in line {number}")
        self.record, self.stray = Record(number, opened[4].strip()), False
        self.style = _style(indented=bool(opened[1]), lower=opened[2].islower(), narrow=opened[3] == " ")

    def join(self) -> None:
        """Put the lines that went on with the last value into it."""
        if self.record is not None and self.more:
            tag, value = self.record.lines[-1]
            self.record.lines[-1] = (tag, " ".join(filter(None, (value, *self.more))))
        self.more = []

    def _close(self) -> Iterator[Record | Problem]:
        self.join()
        if self.record is not None:
            yield self.record
        self.record, self.style, self.stray = None, _STRAY, False

    def end(self, fault: str) -> Iterator[Record | Problem]:
        """Yield the record that is still open, and say what is wrong with it."""
        if self.record is not None:
            self.join()
            message = f"the record opens here and {fault}"
            yield Problem(message, self.record.name, line=self.record.line, severity="warning")
            yield from self._close()
