"""A ``.bib`` text cut into entries, so that one bad entry is named where it opens and the next survives.

Only the outline is read here: ``@type{`` at the start of a line or after an entry, and the brace or parenthesis that
ends it (braces count, escaped or not, as BibTeX counts them). pybtex reads what is inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_START = re.compile(r"@\s*([^\W\d][\w-]*)\s*([{(])")
_BRACE = re.compile(r"[{})\"]")
_TYPES = r"(?:article|book|misc|in[a-z]+|online|[a-z]*thesis|[a-z]*report|proceedings|unpublished|manual)"
# An entry that begins in the first column while another is open: the other was never closed.
_NEXT = re.compile(rf"@\s*{_TYPES}\s*[{{(]\s*[^\s,{{}}()=\"]+\s*,", re.IGNORECASE)
_BRACELESS = re.compile(rf"\s*@\s*{_TYPES}\s+[\w:-]+\s*,", re.IGNORECASE)


class Block(NamedTuple):
    """One ``@…`` block: its kind in lower case, the line it opens in, its text; not ``closed`` if it never ends."""

    kind: str
    line: int
    text: str
    closed: bool


class Entry(NamedTuple):
    """One entry as parsed: its type and key, its fields (raw), and where it opens."""

    kind: str
    key: str
    fields: dict[str, str]
    line: int
    repeated: tuple[tuple[str, str], ...] = ()


def split(lines: Iterable[str]) -> Iterator[Block]:
    """Yield the blocks of a ``.bib`` text, given by lines.

    A block without a kind tells of text outside the entries: one that lacks its brace (not closed), or, at the end, in
    how many lines such text stands.
    """
    cutter = _Cutter()
    for number, line in enumerate(lines, 1):
        yield from cutter.take(number, line)
    yield from cutter.end()
    if cutter.outside:
        yield Block("", cutter.outside[0], str(len(cutter.outside)), closed=True)


class _Cutter:
    """Holds the block that is open, if one is."""

    def __init__(self) -> None:
        self.kind = ""
        self.line = 0
        self.closer = ""
        self.depth = 0
        self.pieces: list[str] = []
        self.quoted = False
        self.outside: list[int] = []

    def take(self, number: int, line: str) -> Iterator[Block]:
        """Take the next line; yield the blocks that end in it."""
        rest = line
        if self.kind and self.pieces and _NEXT.match(line):
            yield from self.end()
        while rest:
            if not self.kind:
                start = _START.search(rest)
                if not start:
                    if _BRACELESS.match(rest):
                        yield Block("", number, rest.strip(), closed=False)
                    elif rest.strip():
                        self.outside.append(number)
                    return
                self.kind, self.line, self.quoted = start[1].lower(), number, False
                self.closer, self.depth, self.pieces = (
                    ("}" if start[2] == "{" else ")"),
                    1,
                    [rest[start.start() : start.end()]],
                )
                rest = rest[start.end() :]
            end = self._end_in(rest)
            if end < 0:
                self.pieces.append(rest)
                return
            self.pieces.append(rest[:end])
            yield Block(self.kind, self.line, "".join(self.pieces), closed=True)
            self.kind, rest = "", rest[end:]

    def _end_in(self, text: str) -> int:
        """Return where the open block ends in a text, or -1; count its braces."""
        if self.closer == "}":
            depth = self.depth + text.count("{") - text.count("}")
            # A line can close the block and open more braces, so its braces are looked at one by one only then.
            if depth > 0 and text.count("}") < self.depth:
                self.depth = depth
                return -1
        for brace in _BRACE.finditer(text):
            if brace[0] == "{":
                self.depth += 1
            elif brace[0] == "}":
                self.depth -= 1
                if self.depth == 0 and self.closer == "}":
                    return brace.end()
            elif self.closer == ")" and self.depth == 1:
                if brace[0] == '"':
                    self.quoted = not self.quoted
                elif not self.quoted:
                    return brace.end()
        return -1

    def end(self) -> Iterator[Block]:
        """Yield the block that is still open."""
        if self.kind:
            yield Block(self.kind, self.line, "".join(self.pieces), closed=False)
        self.kind = ""
