"""YAML text: its data, where each key and value stands, and edits that leave every other character as it is. Pure.

Scalars stay text (``volume: 010``, ``language: no``): the model gives types, not YAML. Anchors, aliases, tags, repeated
keys and second documents are refused: none has a place in a bibliography, and each is a known way to lose data.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from typing import Any

import yaml

from tajikpeace_refs.errors import UsageError
from tajikpeace_refs.model.validation import Mistake, Path, spell
from tajikpeace_refs.yaml_text._reading import (
    BLOCK,
    BLOCK_SCALAR,
    FLOW,
    HEADER,
    LINE_BREAK,
    IrregularError,
    Node,
    Tracer,
    build,
    offsets_of,
)
from tajikpeace_refs.yaml_text._writing import emit, inline, is_misread, stays_plain

__all__ = [
    "BLOCK_SCALAR",
    "Node",
    "Place",
    "Splice",
    "YamlText",
    "emit",
    "front_matter",
    "inline",
    "is_misread",
    "spliced",
    "stays_plain",
]

Place = tuple[int, int]
"""Line and column, from 1."""

Splice = tuple[int, int, str]
"""An edit: the text from a start to an end gives way to another one."""

_FENCE = re.compile(r"(?m)^(?:---|\.\.\.)[ \t]*$")
_LIBRARY = re.compile(r"(?m)^(?:references:|- id:|source:)")
_COLON = re.compile(r"\s*:")
_TO_NEXT_ITEM = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?[\r\n])*[ \t]*")


class YamlText:
    """One YAML text.

    ``data`` is what it holds, ``mistakes`` what is wrong with its form; ``syntax_error`` is the place and the message
    where reading had to end, inside the value of the path ``unfinished``. Offsets do not count a byte order mark.
    ``newline`` is how new lines end in a text that has no line break.
    """

    def __init__(self, text: str, newline: str = "\n") -> None:
        self._default_newline = newline
        self.bom = "\ufeff" if text.startswith("\ufeff") else ""
        self.text = text.removeprefix("\ufeff")
        self.mistakes: list[Mistake] = []
        self.syntax_error: tuple[Place, str] | None = None
        self.unfinished: Path = ()
        try:
            self.data = build(self.text)
        except (IrregularError, yaml.YAMLError, UnicodeEncodeError):
            tracer = self._tracer
            self.data = tracer.root.data if tracer.root else None
            self.mistakes = tracer.mistakes
            if tracer.error:
                self.syntax_error = (self.place_at(tracer.error[0]), tracer.error[1])
                self.unfinished = tracer.path

    # Keeping places costs more than the parse itself: a text is read again, with them, when one is asked for.
    @cached_property
    def _tracer(self) -> Tracer:
        return Tracer(self.text, self.place_at)

    @cached_property
    def _offsets(self) -> dict[Path, list[int]]:
        """Where each character of a value stands, for the values that were asked for."""
        return {}

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in LINE_BREAK.finditer(self.text))]

    @cached_property
    def _newline(self) -> str:
        found = LINE_BREAK.search(self.text)
        return found[0] if found else self._default_newline

    def place_at(self, offset: int) -> Place:
        """Return line and column of an offset."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def line_end(self, offset: int) -> int:
        """Return where the line of an offset ends, its line break not counted."""
        found = LINE_BREAK.search(self.text, offset)
        return found.start() if found else len(self.text)

    def node(self, path: Path) -> Node | None:
        """Return the value of a path, None where there is none."""
        node = self._tracer.root
        for step in path:
            node = node.children.get(step) if node else None
        return node

    def offset(self, path: Path, *, at_key: bool = False) -> int:
        """Return where the value (or the key) of a path begins; where it is missing, the nearest value above it."""
        node = self._tracer.root
        for step in path:
            child = node.children.get(step) if node else None
            if child is None:
                at_key = False
                break
            node = child
        return 0 if node is None else node.begin if at_key else node.start

    def place(self, path: Path, *, at_key: bool = False) -> Place:
        """Return line and column of ``offset``."""
        return self.place_at(self.offset(path, at_key=at_key))

    def find(self, path: Path, words: str, at: int) -> tuple[int, int]:
        """Return the extent of words that stand at an index of the value of a path.

        Where they are not found, for the value is written in another way, the extent is empty, at the value's start (at
        its key, if it is empty).
        """
        node = self.node(path)
        start = self.offset(path, at_key=node is not None and node.data is None)
        value = node.data if node and isinstance(node.data, str) else ""
        if not words:
            return start, start
        end = at + len(words)
        if not value.startswith(words, at):  # part of a name in its short spelling, which is one text
            found_at = self.text.find(words, start, self.line_end(start))
            return (found_at, found_at + len(words)) if found_at >= 0 else (start, start)
        if node is None or path not in self._offsets:
            self._offsets[path] = offsets_of(self.text, node) if node else []
        offsets = self._offsets[path]
        return (offsets[at], offsets[end]) if end < len(offsets) else (start, start)

    def edited(self, splices: Iterable[Splice]) -> str:
        """Return the text with splices made, byte order mark included.

        Raises:
            UsageError: a splice puts something where another one changes the text.
        """
        return self.bom + spliced(self.text, splices)

    def replace(self, path: Path, value: Any) -> list[Splice]:  # noqa: ANN401 - plain data
        """Return the splices that put another value in the place of the one at a path, in its quotes if it has any."""
        node, parent = self._known(path), self._known(path[:-1])
        column = self.column(node.start)
        if not isinstance(value, (dict, list)) or not value or (path and parent.style in FLOW):
            is_digits = path[-1:] == ("id",) and isinstance(value, str) and value.isdecimal()
            new = inline(value, node.style or ("'" if is_digits else ""))  # pandoc drops a work whose id is a number
            if node.style in BLOCK and node.key and (colon := self._colon(node)) <= self.line_end(colon) < node.start:
                # The block stands below its key; the new value stands beside it.
                return [(colon, colon, f" {new}"), (self.line_end(colon), node.end, "")]
            if node.start == node.end:  # "key:" or "-", and nothing after it
                start = self._colon(node) if node.key else node.start
                return [(start, start, new if self.text[:start][-1:].isspace() else f" {new}")]
            return self._without(node, node.start, new)
        if node.key and node.style not in BLOCK:
            end = self.line_end(node.end)
            below = self._indented(value, self.column(parent.start) + 2)
            return [*self._without(node, self._colon(node), ""), (end, end, below)]
        # A mapping has to stand deeper than the one it is in, a list need not.
        is_shallow = node.key and isinstance(value, dict) and column <= self.column(parent.start)
        pad = "  " if is_shallow else " " if node.start == node.end and path else ""
        new = self._indented(value, column + len(pad)).lstrip("\r\n\x85\u2028\u2029 ")
        return [(node.start, node.end, pad + new)]

    def add(self, path: Path, new: dict[str, Any] | list[Any], *, after: str | int | None = None) -> list[Splice]:
        """Return the splices that give the mapping or list at a path more entries: after one it has, or at its end.

        ``after`` -1 is the beginning of a list.
        """
        node = self._known(path)
        if not node.children:
            return self.replace(path, new)
        if after == -1:
            start = next(iter(node.children.values())).start if node.style in FLOW else node.start
            lines = self._indented(new, self.column(start)).lstrip() + self._newline + " " * self.column(start)
            return [(start, start, f"{inline(new)[1:-1]}, " if node.style in FLOW else lines)]
        last = node.children[after] if after in node.children else next(reversed(node.children.values()))
        if node.style in FLOW:
            return [(last.end, last.end, f", {inline(new)[1:-1]}")]
        end = self.line_end(last.end)
        return [(end, end, self._indented(new, self.column(node.start)))]

    def remove(self, base: Path, *steps: str | int) -> list[Splice]:
        """Return the splices that remove some keys or items, by name or number, of the mapping or list at a path.

        Comments on lines of their own stay; those beside what goes, or below and indented deeper, go with it.
        """
        node = self._known(base)
        for step in steps:
            self._known((*base, step))
        gone = [step in steps for step in node.children]
        if all(gone):
            return self.replace(base, type(node.data)())
        begins, ends = self.begins(base), [child.end for child in node.children.values()]
        splices = []
        if node.style in FLOW:
            last = len(gone) - 1 - gone[::-1].index(False)
            return [
                (begins[number], begins[number + 1], "") if number < last else (ends[number - 1], ends[number], "")
                for number, is_gone in enumerate(gone) if is_gone
            ]  # fmt: skip
        first = gone.index(False)
        before = self._before(begins[0])
        if first and "-" in before and not before.strip(" -"):  # the first that is left takes the place beside the dash
            end = self.line_end(ends[first - 1])
            splices.append((begins[0], begins[first] if self.text[end : begins[first]].isspace() else end, ""))
            gone[:first] = [False] * first
        return splices + [self._lines(begins[number], ends[number]) for number, is_gone in enumerate(gone) if is_gone]

    def _before(self, offset: int) -> str:
        """Return what stands before an offset in its line."""
        return self.text[self._line_starts[self.place_at(offset)[0] - 1] : offset]

    def _lines(self, begin: int, end: int) -> Splice:
        """Return the splice that removes the lines from one offset to another, and comments below that are deeper."""
        before, end = self._before(begin), self.line_end(end)
        comments = re.compile(rf"(?:\s*[\r\n] {{{len(before) + 1},}}#[^\r\n]*)*").match(self.text, end)
        end = comments.end() if comments else end
        if before.strip():
            raise UsageError(f"{self.text[begin:end]!r} shares its line with something else and cannot be removed")
        start = begin - len(before)
        if start == 0:
            return 0, end + len(self._newline), ""
        return self.line_end(self._line_starts[self.place_at(start)[0] - 2]), end, ""

    def begins(self, path: Path) -> list[int]:
        """Return where the entries of the mapping or list at a path begin, with their keys or dashes."""
        node = self._known(path)
        begins = [child.begin for child in node.children.values()]
        if node.style == "-":
            ends = [child.end for child in node.children.values()][:-1]
            dashes = (_TO_NEXT_ITEM.match(self.text, self.line_end(end)) for end in ends)
            begins = [node.start, *(found.end() for found in dashes if found)]
        return begins

    def _known(self, path: Path) -> Node:
        node = self.node(path)
        if node is None:
            raise UsageError(f"there is no {spell(path) or 'value'} in the text")
        return node

    def column(self, offset: int) -> int:
        """Return how many characters stand before an offset in its line."""
        return self.place_at(offset)[1] - 1

    def _colon(self, node: Node) -> int:
        """Return where the value beside a key has to begin: after the colon."""
        found = _COLON.match(self.text, node.key[1]) if node.key else None
        if not found:
            raise UsageError("a key without a colon cannot be edited; write 'key: value'")
        return found.end()

    def _without(self, node: Node, start: int, new: str) -> list[Splice]:
        """Return the splices that put a text in the place of a scalar or of what stands in brackets."""
        header = HEADER.match(self.text, node.start) if node.style in BLOCK_SCALAR else None
        if header is None:
            return [(start, node.end, new)]
        return [(start, header.end(), new), (self.line_end(header.end()), node.end, "")]  # a comment may stand between

    def _indented(self, value: dict[str, Any] | list[Any], column: int) -> str:
        """Return the lines of a mapping or list in a column, each with a line break before it."""
        return "".join(f"{self._newline}{' ' * column}{line}" for line in emit(value).rstrip("\n").split("\n"))


def front_matter(text: str) -> str:
    r"""Return the YAML between the fences that a text begins with (pandoc's manual, ``yaml_metadata_block``).

    A text without a closing fence, and one whose rest is YAML again, is returned whole.

    >>> front_matter("---\nreferences: []\n---\n\nA text.\n"), front_matter("references: []\n")
    ('---\nreferences: []\n', 'references: []\n')
    """
    start = _FENCE.match(text, len(text) - len(text.lstrip("\ufeff\r\n ")))
    end = _FENCE.search(text, start.end() if start else 0)
    is_whole = end is None or (text[end.end() :].strip() if start is None else _LIBRARY.search(text, end.end()))
    return text if is_whole or end is None else text[: end.start()]


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """Return a text with splices made, of those at one place in the order given; two may remove the same text.

    Raises:
        UsageError: a splice puts something where another one changes the text.
    """
    parts, done = [], 0
    for start, end, new in sorted(splices, key=lambda splice: splice[:1]):
        if start < done and new:
            raise UsageError("two edits change the same part of the text; make one after the other")
        parts += [text[done:start], new]
        done = max(done, end)
    return "".join([*parts, text[done:]])
