"""A YAML list of works as its parts: what is before the list, each work with what stands above it, what is after."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from tajikpeace_refs.editing._parts import BREAK, Part, joined, newline_of, without
from tajikpeace_refs.errors import UsageError
from tajikpeace_refs.model.validation import Path
from tajikpeace_refs.yaml_text import YamlText, emit, inline

_NOTHING = re.compile(rf"(?:[ \t]*(?:#[^\r\n]*|---|%[^\r\n]*)?{BREAK})*\Z")
"""Lines of no data."""
_GAP = re.compile(rf"{BREAK}?(?:[ \t]*{BREAK})*")
"""The end of a line, and blank lines."""
_REFERENCES = re.compile(r"(?m)^references[ \t]*:[ \t]*(?:#.*?)?(?=\r?$)")
_FIRST_DASH = re.compile(r"(?m)^( *)-(?=[ \t\r\n]|\Z)")
_END_OF_LIST = re.compile(r"(?m)^(?:[^\s#-]|-(?![ \t\r\n]))")
"""A key at the top, or the end of the document."""
_KEPT_LINES = re.compile(r"[|>]\d?\+")
"""A text whose blank lines at the end count."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A list of works in a text. ``column`` is that of its dashes, None for one in brackets."""

    head: str
    parts: tuple[Part, ...]
    tail: str
    newline: str
    column: int | None
    is_bare: bool
    """Whether the list stands under no key."""

    @classmethod
    def of(cls, text: str, count: int) -> Outline:
        """Return the outline of a text with that many works.

        Raises:
            UsageError: the works have no lines of their own.
        """
        found = _REFERENCES.search(text)
        dash = _FIRST_DASH.search(text, found.end() if found else 0)
        if dash is None or not (found or _NOTHING.match(text, 0, dash.start())):
            return cls._traced(text)
        starts = [*islice(_lines_with(text, f"{dash[1]}-", dash.start()), count)]
        end = _END_OF_LIST.search(text, starts[-1] + 1)
        stop = end.start() if end else len(text)
        if len(starts) < count or any(_lines_with(text[starts[-1] + 1 : stop], f"{dash[1]}-")):
            return cls._traced(text)
        begin = found.end() if found else len(_without_break(text[: dash.start()]))
        return cls._of_lines(text, begin, starts, stop, len(dash[1]), is_bare=not found)

    @classmethod
    def _traced(cls, text: str) -> Outline:
        """Return the outline of a text by its places: slower, and sure."""
        source = YamlText(text)
        base: Path = ("references",) if isinstance(source.data, dict) else ()
        node = source.node(base)
        if node is None or not node.children:  # works, and no list of them: their entries stand under their keys
            raise UsageError(
                "Hayagriva files cannot be changed in their place; convert the list with 'export --to csl-yaml'"
            )
        children = [*node.children.values()]
        if node.style == "[":
            ends = [children[0].start, *(child.end for child in children)]
            parts = [
                Part(text[end : child.start], "", text[child.start : child.end])
                for end, child in zip(ends, children, strict=False)
            ]
            return cls(
                text[: children[0].start], tuple(parts), text[children[-1].end :], newline_of(text), None, not base
            )
        starts = [start - source.column(start) for start in source.begins(base)]
        column = source.column(node.start)
        begin = source.line_end(node.key[1]) if node.key else len(_without_break(text[: starts[0]]))
        if text[starts[0] : node.start].strip():
            raise UsageError("the works have no lines of their own")
        last = source.line_end(children[-1].end)
        following = [child.begin for child in source.node(()).children.values()] if base else []  # type: ignore[union-attr]
        stop = min((offset for offset in following if offset > last), default=len(text))
        return cls._of_lines(text, begin, starts, stop, column, is_bare=not base)

    @classmethod
    def _of_lines(
        cls, text: str, begin: int, starts: Sequence[int], stop: int, column: int, *, is_bare: bool
    ) -> Outline:
        """Return the outline of a list over several lines: where it begins, each dash's line, and where it stops."""
        parts = []
        end = begin
        for start, following in zip(starts, [*starts[1:], stop], strict=True):
            gap = _GAP.match(text[end:start])
            size = gap.end() if gap else 0
            last = start + _size(text[start:following], column)
            parts.append(Part(text[end : end + size], text[end + size : start], text[start:last]))
            end = last
        return cls(text[:begin], tuple(parts), text[end:], newline_of(text), column, is_bare)

    @property
    def text(self) -> str:
        """The whole text."""
        return self.head + joined(self.parts) + self.tail

    @property
    def base(self) -> Path:
        """The path of the work in the text of a part."""
        return () if self.column is None else (0,)

    def lines(self, data: object) -> str:
        """Return the lines of a work as we write it, or, in brackets, its text."""
        if self.column is None:
            return inline(data)
        pad = " " * self.column
        return self.newline.join(pad + line for line in emit([data]).rstrip("\n").split("\n"))

    def arranged(self, wanted: Sequence[int | dict[str, Any]]) -> Outline:
        """Return the outline with other works, in another order: parts by their number, new ones by their data.

        Line breaks and blank lines stay at their places of the list, comments go with the work below them. Of a work
        that goes, comments that a blank line separates from it stay, as do those at the beginning of the file.

        Raises:
            UsageError: works in brackets, with comments between them, would have to move or go.
        """
        is_growing = [each for each in wanted if isinstance(each, int)] == [*range(len(self.parts))]
        if self.column is None and not is_growing and any("#" in part.gap for part in self.parts):
            raise UsageError("works in brackets, with comments between them, cannot be moved or removed")
        gone = {*range(len(self.parts))}.difference(each for each in wanted if isinstance(each, int))
        kept, comments = without(self.parts, gone)
        tail = comments + self.tail
        if not wanted:
            return replace(self, head=self.head + self._none, parts=(), tail=tail)
        usual = ", " if self.column is None else self.parts[-1].gap if len(self.parts) > 1 else self.newline
        gaps = iter([part.gap for part in kept.values()] or [self.parts[0].gap])
        parts = [
            replace(kept[each], gap=next(gaps, usual))
            if isinstance(each, int)
            else Part(next(gaps, usual) if place == 0 else usual, "", self.lines(each))
            for place, each in enumerate(wanted)
        ]
        return replace(self, parts=tuple(parts), tail=tail)

    @property
    def _none(self) -> str:
        """What stands in the place of the works where there are none."""
        if self.column is None:
            return ""
        if self.is_bare:
            return self.parts[0].gap + "[]"
        is_commented = "#" in self.head[self.head.rfind("\n") + 1 :]
        return f"{self.newline}  []" if is_commented else " []"


def _lines_with(text: str, beginning: str, start: int = -1) -> Iterator[int]:
    """Yield where lines begin with some words and a blank, from the one that begins at an offset."""
    if start >= 0:
        yield start
    at = max(start, 0)
    while (at := text.find(f"\n{beginning}", at) + 1) > 0:
        if text[at + len(beginning) : at + len(beginning) + 1].isspace():
            yield at


def _without_break(text: str) -> str:
    return text[:-2] if text.endswith("\r\n") else text[:-1] if text.endswith(("\r", "\n")) else text


def _size(text: str, column: int) -> int:
    """Return the length of a work with the comments in it, of a text that goes on to the next work."""
    end, least = len(text), 0
    if "+" in text and _KEPT_LINES.search(text) and (node := YamlText(text).node((0,))):
        least = node.end
    while (start := text.rfind("\n", 0, end - 1) + 1) > least and _is_between(text[start:end], column):
        end = start
    return len(_without_break(text[:end]))


def _is_between(line: str, column: int) -> bool:
    """Whether a line is blank, or a comment that does not stand in a work."""
    words = line.lstrip()
    return not words or (words[0] == "#" and len(line) - len(words) <= column)
