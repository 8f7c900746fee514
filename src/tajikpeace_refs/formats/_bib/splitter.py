"""The blocks of a ``.bib`` text, so that a bad entry is reported at its line and the next one is still read.

Only the outline is read here: ``@type{`` at the start of a line or after an entry, and the brace or parenthesis that
ends it (braces count, escaped or not, as BibTeX counts them). pybtex reads what is inside. A ``%`` outside every value
begins a comment to the end of the line, as biber and pandoc have it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_START = re.compile(r"@\s*([^\W\d][\w-]*)\s*([{(])")
_BRACE = re.compile(r"[{})\"]")
# Most lines are one field in braces: outside other braces and quotation marks it opens and ends nothing.
_FIELD = re.compile(r"\s*+[\w-]++\s*+=\s*+\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\},?+\s*+")
_COMMENT_OR_BRACE = re.compile(r"[{}\"%]")
# What a comment follows: a % after anything else belongs to a key.
_BEFORE_COMMENT = re.compile(r"[\s,{}\"#]")
_BEFORE_COMMENT_TOO = re.compile(r"(?:^|[\s,])[\w-]+\s*=\s*\d+$")
_NEAR = 100
"""As many characters before a % are looked at."""
_TYPES = r"(?:article|book|misc|in[a-z]+|online|[a-z]*thesis|[a-z]*report|proceedings|unpublished|manual)"
# An entry that begins in the first column while another is open: the other was never closed.
_NEXT = re.compile(rf"@\s*{_TYPES}\s*[{{(]\s*[^\s,{{}}()=\"]+\s*,", re.IGNORECASE)
_BRACELESS = re.compile(rf"\s*@\s*{_TYPES}\s+[\w:-]+\s*,", re.IGNORECASE)


class Block(NamedTuple):
    """One ``@…`` block: its kind in lower case, the line it opens in, its text; not ``closed`` if it never ends.

    ``column`` is that of its ``@`` in that line, ``end`` the line and column behind its last sign; columns are from 0.
    The ``end`` of one that is open when the text ends is (0, 0).
    """

    kind: str
    line: int
    text: str
    closed: bool
    column: int = 0
    end: tuple[int, int] = (0, 0)


class Entry(NamedTuple):
    """One entry as parsed: its type and key ('' where it has none), its fields (raw), and where it opens."""

    kind: str
    key: str
    fields: dict[str, str]
    line: int
    repeated: tuple[tuple[str, str], ...] = ()


def split(lines: Iterable[str]) -> Iterator[Block]:
    """Yield the blocks of a ``.bib`` text, given by lines.

    A block without a kind is text outside the entries: an entry without its opening brace (not closed), or, at the
    end, the number of lines with such text.
    """
    splitter = _Splitter()
    for number, line in enumerate(lines, 1):
        if not splitter.takes_field(line):
            yield from splitter.add(number, line)
    yield from splitter.end()
    if splitter.outside:
        yield Block("", splitter.outside[0], str(len(splitter.outside)), closed=True)


class _Splitter:
    """Collects the lines of the block that is open, if one is."""

    def __init__(self) -> None:
        self.kind = ""
        self.line = 0
        self.column = 0
        self.closer = ""
        self.depth = 0
        self.parts: list[str] = []
        self.quoted = False
        self.outside: list[int] = []
        self.in_comment = False

    def takes_field(self, line: str) -> bool:
        """Take the next line if it is one whole field of the block that is open; return whether it is."""
        if not self.kind or self.depth != 1 or self.quoted or not _FIELD.fullmatch(line):
            return False
        self.in_comment = False
        self.parts.append(line)
        return True

    def add(self, number: int, line: str) -> Iterator[Block]:
        """Add the next line; yield the blocks that end in it."""
        at = 0
        if self.kind and self.parts and _NEXT.match(line):
            yield from self.end((number, 0))
        self._note_comment(line)
        has_percent = "%" in line
        while at < len(line):
            if not self.kind:
                start = _START.search(line, at)
                if not start:
                    rest = line[at:].strip()
                    if _BRACELESS.match(rest):
                        yield Block("", number, rest, closed=False)
                    elif rest:
                        self.outside.append(number)
                    return
                self.kind, self.line, self.quoted = start[1].lower(), number, False
                self.column = start.start()
                self.closer, self.depth, self.parts = ("}" if start[2] == "{" else ")"), 1, [start[0]]
                at = start.end()
            if has_percent and self.kind not in {"comment", "preamble"}:
                line = self._without_comment(line, at)
            end = self._end_in(line, at)
            if end < 0:
                self.parts.append(line[at:])
                return
            self.parts.append(line[at:end])
            if self.in_comment:
                self.kind = ""
                self.outside.append(number)
                return
            yield Block(self.kind, self.line, "".join(self.parts), closed=True, column=self.column, end=(number, end))
            self.kind, at = "", end

    def _end_in(self, text: str, at: int) -> int:
        """Return where the open block ends in a text, read from a place on, or -1; count its braces."""
        for brace in _BRACE.finditer(text, at):
            if brace[0] == "{":
                self.depth += 1
            elif brace[0] == "}":
                self.depth -= 1
                if self.depth == 0 and self.closer == "}":
                    return brace.end()
            elif self.depth == 1:
                if brace[0] == '"':
                    self.quoted = not self.quoted
                elif self.closer == ")" and not self.quoted:
                    return brace.end()
        return -1

    def _note_comment(self, line: str) -> None:
        """Note whether a line outside the entries begins with a %; an entry whose every line does is no entry."""
        is_comment = "%" in line and line.lstrip().startswith("%")
        if self.in_comment and is_comment and self.kind:
            self.outside.append(self.line)
            self.kind = ""
        self.in_comment = is_comment and not self.kind

    def _without_comment(self, text: str, at: int) -> str:
        """Return a line, in which the open block stands from a place on, without the comment that ends it, if any."""
        depth, quoted = self.depth, self.quoted
        for sign in _COMMENT_OR_BRACE.finditer(text, at):
            if sign[0] == "%":
                if depth == 1 and not quoted and _may_begin_comment(text, at, sign.start()):
                    return text[: sign.start()] + "\n" * text.endswith("\n")
            elif sign[0] == '"':
                quoted = quoted != (depth == 1)
            else:
                depth += 1 if sign[0] == "{" else -1
                if depth == 0:
                    break
        return text

    def end(self, place: tuple[int, int] = (0, 0)) -> Iterator[Block]:
        """Yield the block that is still open; it ends at a line and column, else with the text."""
        if self.kind:
            yield Block(self.kind, self.line, "".join(self.parts), closed=False, column=self.column, end=place)
        self.kind = ""


def _may_begin_comment(text: str, start: int, at: int) -> bool:
    """Whether a % at a place begins a comment, in a line that is the entry's from a start on."""
    if at == start or _BEFORE_COMMENT.match(text, at - 1):
        return True
    return text[at - 1].isdigit() and _BEFORE_COMMENT_TOO.search(text[max(start, at - _NEAR) : at]) is not None
