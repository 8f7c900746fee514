"""RIS text to records: lines with tags, lines that continue the last value, and what is missing between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from tajikpeace_refs.errors import Problem
from tajikpeace_refs.formats._ris.matrix import KNOWN_TAGS, PASSTHROUGH

_OPEN = re.compile(r"([ \t]*)(TY)( {1,2})- ?(.*)$", re.IGNORECASE)
_CODE = re.compile(r"[A-Z]{3,7}\s*")
_END = re.compile(r"[ \t]*ER {0,2}-\s*$")
_MORE_ENDS = re.compile(r"\A(?:ER {1,2}-\s*)+")
_WIDE = re.compile(r"([A-Z][A-Z0-9])  - ?(.*)$")
_NARROW = re.compile(r"([A-Z][A-Z0-9]) - ?(.*)$")
_INSIDE = re.compile(r"(?<!\s)\s{2,}([A-Z][A-Z0-9])  - ")
_OTHER_FORMATS = {
    "MEDLINE (PubMed's format)": re.compile(r"(PMID|OWN |STAT|FAU )- "),
    "Web of Science plain text": re.compile(r"(FN |PT [A-Z]$)"),
}
_HEAD = 3
"""How many lines with text, at the start of a file, are looked at for another format."""
_LISTS = frozenset({"KW", "UR", "SN", "N1", "DB", "L1", "L2", "L4"})
"""Tags whose further values EndNote writes on lines without a tag."""
_PROSE = frozenset({"AB", "N1", "N2"})
_BOUNDS = frozenset({"TY", "ER"})
_CASELESS = frozenset({"UR", "DO", "LK", "L1", "L2", "L3", "L4"})
"""Tags whose values may begin with a small letter."""
_BREAKS = str.maketrans(dict.fromkeys("\u2028\u2029\x85\x0b\x0c", " "))
PARAGRAPH = "\n\n"
"""Stands between the paragraphs of a value."""
_ADDRESS = re.compile(r"\w+://|www\.", re.IGNORECASE)


Line = tuple[str, str]
"""A tag and its value."""


@dataclass(slots=True)
class Record:
    """One record: its TY, the number of the line it opens in, its other lines in order, and their numbers.

    ``has_ty`` is False before its TY comes.
    """

    line: int
    ty: str = ""
    has_ty: bool = True
    lines: list[Line] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    @property
    def name(self) -> str | None:
        """The ID, where it has one."""
        return next((value for tag, value in self.lines if tag == "ID" and value), None)

    def add(self, tag: str, value: str, number: int) -> None:
        """Add a line, and its number in the text."""
        self.lines.append((tag, value))
        self.numbers.append(number)


def records(lines: Iterable[str], first: int = 1) -> Iterator[Record | Problem]:
    """Yield the records of a RIS text, and a Problem for what is missing or stands between them.

    ``first`` is the number of the first line: a text may be a part of a file. A text that begins as one of another
    format does is of that format only where it has no record.
    """
    parser = _Parser()
    unseen = _HEAD if first == 1 else 0
    other: Problem | None = None
    for number, raw in enumerate(lines, first):
        line = raw.strip("\r\n\x1a").lstrip("\ufeff")
        if unseen and line.strip():
            unseen -= 1
            name = next((name for name, pattern in _OTHER_FORMATS.items() if pattern.match(line)), None)
            if name and other is None:
                other = Problem(f"looks like {name}, not RIS; export it as RIS", line=number, column=1)
        for item in parser.line(number, line):
            if not isinstance(item, Problem):
                other = None
            if other is None:
                yield item
    is_open = parser.record is not None and parser.record.has_ty
    yield from [other] if other and not is_open else parser.end("is never ended; a line 'ER  - ' is missing")


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
        self.pattern = _WIDE
        self.continued: list[tuple[int, str]] = []
        self.has_warned = False

    def line(self, number: int, line: str) -> Sequence[Record | Problem]:
        """Take a line; return the record that it ends, or what is wrong with it."""
        tag, value = self._tag(line)
        if tag and tag not in _BOUNDS:
            return self._add(number, tag, value)
        opened = _OPEN.match(line)
        if opened and (self.record is None or not self.record.has_ty or tag == "TY" or _CODE.fullmatch(opened[4])):
            return self._open(number, opened)
        if tag == "ER" or _END.match(line):
            rest = _MORE_ENDS.sub("", value)  # the next record may stand behind ER
            return [*self._close(), *(self.line(number, rest) if rest else ())]
        if self.record and not self.record.has_ty:
            return self._drop()
        if self.record and self.record.lines:
            self.continued.append((number, line.strip()))
        return []

    def _tag(self, line: str) -> tuple[str, str]:
        """Return the tag and the value of a line; empty where it has none."""
        match = self.pattern.match(line)
        if not match and not ((match := _NARROW.match(line)) and self._is_narrow_tag(match[1], match[2].strip())):
            return "", ""
        tag, value = match.groups()
        tag, value = tag.upper(), value.strip()
        return tag, value if value.isprintable() or tag == PASSTHROUGH else value.translate(_BREAKS)

    def _is_narrow_tag(self, tag: str, value: str) -> bool:
        """Whether a tag with one space, where others have two, is one: it is known, and no word of a sentence."""
        in_prose = self.record is not None and bool(self.record.lines) and self.record.lines[-1][0] in _PROSE
        return tag in KNOWN_TAGS and bool(value) and (not in_prose or tag in _CASELESS or not value[0].islower())

    def _add(self, number: int, tag: str, value: str) -> Sequence[Record | Problem]:
        record = self.record
        if record is None:
            if tag not in KNOWN_TAGS:
                return self._stray(number, tag)
            record = self.record = Record(number, has_ty=False)
        if self.continued:
            self._join()
        if tag == "DO":  # Rayyan: "10.1000/1     LK  - https://…"
            value, *inside = _INSIDE.split(value)
            for name, text in zip(inside[::2], inside[1::2], strict=True):
                record.add(name, text, number)
        record.add(tag, value, number)
        return ()

    def _open(self, number: int, opened: re.Match[str]) -> list[Record | Problem]:
        ty = opened[4].strip()
        ended: list[Record | Problem] = []
        if self.record and not self.record.has_ty:
            self._join()
            self.record.ty, self.record.has_ty = ty, True
        else:
            ended = self.end(f"has no ER line before the next TY in line {number}")
            self.record = Record(number, ty)
        self.has_warned = False
        self.pattern = _tag_pattern(indented=bool(opened[1]), lower=opened[2].islower(), narrow=opened[3] == " ")
        return ended

    def _join(self) -> None:
        """Add the lines that continued the last value to it; in a list, each is a value of its own."""
        continued, self.continued = self.continued, []
        if not continued or self.record is None:
            return
        tag, value = self.record.lines[-1]
        texts = [text for _, text in continued]
        if tag in _LISTS:
            for number, text in continued:
                if tag == "UR" and text and not _ADDRESS.match(text):
                    last = self.record.lines[-1][1]
                    self.record.lines[-1] = (tag, last + text)  # an address that was wrapped
                elif text:
                    self.record.add(tag, text.translate(_BREAKS), number)
        elif tag in _PROSE:
            whole = " ".join([value, *(text or "\n" for text in texts)]).strip()
            self.record.lines[-1] = (tag, re.sub(r" ?\n[ \n]*", PARAGRAPH, whole))
        else:
            self.record.lines[-1] = (tag, " ".join(filter(None, (value, *texts))).translate(_BREAKS))

    def _drop(self) -> list[Record | Problem]:
        """Leave out the tags that stood between records."""
        record, self.record, self.continued = self.record, None, []
        return self._stray(record.line, record.lines[0][0]) if record else []

    def _stray(self, number: int, tag: str) -> list[Record | Problem]:
        """Return what is said of a tag between records, once for each gap."""
        if self.has_warned:
            return []
        self.has_warned = True
        message = f"the tag {tag} is outside a record and is left out; a record begins with 'TY  - '"
        return [Problem(message, line=number, column=1, severity="warning")]

    def _close(self) -> list[Record | Problem]:
        self._join()
        ended: list[Record | Problem] = []
        if self.record:
            if not self.record.has_ty:
                message = "the record that opens here has no TY line; it is read as a document"
                ended.append(Problem(message, self.record.name, line=self.record.line, column=1, severity="warning"))
            ended.append(self.record)
        self.record, self.pattern, self.has_warned = None, _WIDE, False
        return ended

    def end(self, fault: str) -> list[Record | Problem]:
        """Return the record that is still open, after what is wrong with it."""
        if self.record is None:
            return []
        if not self.record.has_ty:
            return self._drop()
        message = f"the record opens here and {fault}"
        return [Problem(message, self.record.name, line=self.record.line, severity="warning"), *self._close()]
