"""YAML text to plain data, quickly without places, or with them. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import yaml

from tajikpeace_refs.model.validation import Mistake, Path

MAX_DEPTH = 32
"""Deepest nesting read: a work needs 6."""

FLOW, BLOCK, BLOCK_SCALAR = {"{", "["}, {":", "-"}, {"|", ">"}
"""Styles of a Node."""

LINE_BREAK = re.compile("\r\n?|[\n\x85\u2028\u2029]")  # YAML 1.1
_LAST_BREAK = re.compile(f"(?:{LINE_BREAK.pattern})\\Z")
HEADER = re.compile(r"[|>][-+0-9]*")
"""The beginning of a block scalar."""

_TOO_DEEP = f"nested deeper than {MAX_DEPTH} levels"
_HINTS = {
    "mapping values are not allowed": "; quote a text that has ': ' in it, or check the indent",
    "did not find expected key": "; put quotation marks around the whole text: 'The \"new\" wells'",
    "cannot start any token": "; quote a text that begins with a sign, and indent with spaces, not tabs",
}
"""The most likely cause of an error, by words of libyaml's message."""

_Loader = getattr(yaml, "CLoader", yaml.Loader)


_NONE: dict[Any, Any] = {}


@dataclass(slots=True)
class Node:
    """A value in a text: its data, its first and last offset, and how it is written.

    ``style`` is the sign that a value begins with: a quote, ``|`` or ``>``, ``{`` or ``[``; ``-`` for a list and ``:``
    for a mapping over several lines; nothing for a plain scalar. ``key`` is the extent of its key. The value of a
    repeated key ``k`` is the child ``k#2``.
    """

    data: Any
    start: int
    end: int
    style: str = ""
    key: tuple[int, int] | None = None
    children: dict[str | int, Node] = field(default_factory=lambda: _NONE)

    @property
    def begin(self) -> int:
        """Where the value begins, with its key if it has one."""
        return self.key[0] if self.key else self.start


class IrregularError(Exception):
    """The quick pass met something that the traced pass has to describe, or the traced pass cannot go on there."""

    def __init__(self, offset: int = 0, message: str = "") -> None:
        self.where = (offset, message)


# One loop with the container and the key in local names: measured 5.5 times as fast as PyYAML's CSafeLoader, which
# builds a graph of nodes first. The traced pass below is the plain way; a test holds the two equal.
def build(text: str) -> Any:  # noqa: ANN401, C901, PLR0912
    """Return the data of a text.

    Raises:
        IrregularError, yaml.YAMLError, UnicodeEncodeError: something in it has to be described.
    """
    root: list[Any] = []
    stack: list[Any] = []
    container: Any = root
    key: str | None = None
    event: Any
    scalar, mapping, end_of_mapping = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.MappingEndEvent
    sequence, end_of_sequence = yaml.SequenceStartEvent, yaml.SequenceEndEvent
    for event in yaml.parse(text, Loader=_Loader):
        kind = type(event)
        if kind is scalar:
            if event.anchor is not None or event.tag is not None:
                raise IrregularError
            value = event.value
            if type(container) is list:
                container.append(value)
            elif key is None:
                if value in container:
                    raise IrregularError
                key = value
            else:
                if value or event.style:
                    container[key] = value
                key = None
        elif kind is mapping or kind is sequence:
            if event.anchor is not None or event.tag is not None or len(stack) >= MAX_DEPTH:
                raise IrregularError
            child: Any = {} if kind is mapping else []
            if type(container) is list:
                container.append(child)
            elif key is None:
                raise IrregularError
            else:
                container[key] = child
            stack.append(container)
            container, key = child, None
        elif kind is end_of_mapping or kind is end_of_sequence:
            container = stack.pop()
        elif kind is yaml.AliasEvent or (kind is yaml.DocumentStartEvent and root):
            raise IrregularError
    return root[0] if root else None


@dataclass(slots=True)
class _Level:
    """A list or mapping that is being read, and the key whose value comes next."""

    node: Node
    path: Path
    step: str | None = None
    is_repeated: bool = False


class Tracer:
    """Reads a text as ``build`` does, and keeps where everything stands and all that is wrong with its form."""

    def __init__(self, text: str, place_at: Callable[[int], tuple[int, int]]) -> None:
        self.text = text
        self.place_at = place_at
        self.root: Node | None = None
        self.mistakes: list[Mistake] = []
        self.error: tuple[int, str] | None = None
        self.levels: list[_Level] = []
        try:
            for event in yaml.parse(text, Loader=_Loader):
                self._read(event)
        except yaml.MarkedYAMLError as error:
            self.error = _syntax_error(error)
        except yaml.reader.ReaderError as error:
            code = f"U+{error.character:04X}" if isinstance(error.character, int) else repr(error.character)
            self.error = (error.position, f"the character {code} is not allowed here; remove it")
        except UnicodeEncodeError as error:
            self.error = (error.start, "half a surrogate pair is not a character; remove it")
        except IrregularError as error:
            self.error = error.where

    @property
    def path(self) -> Path:
        """The path of the innermost list or mapping that is not read whole."""
        return self.levels[-1].path if self.levels else ()

    def _read(self, event: Any) -> None:  # noqa: ANN401 - any event
        level = self.levels[-1] if self.levels else None
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            node = self.levels.pop().node
            # libyaml ends a block at the next token, past blank lines and comments.
            ends = [child.end for child in node.children.values()]
            node.end = end if node.style in FLOW or not ends else max(ends)
        elif isinstance(event, yaml.DocumentStartEvent) and self.root:
            raise IrregularError(start, "a second document begins here; keep one document a file")
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent, yaml.ScalarEvent, yaml.AliasEvent)):
            is_collection = isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent))
            if is_collection and len(self.levels) >= MAX_DEPTH:
                raise IrregularError(start, _TOO_DEEP)
            if level is None or level.step is not None or level.node.style in {"-", "["}:
                self._read_value(level, event)
            elif is_collection:
                raise IrregularError(start, "a key must be text, not a list or mapping")
            else:
                self._read_key(level, event)

    def _read_key(self, level: _Level, event: Any) -> None:  # noqa: ANN401 - any event
        name = getattr(event, "value", "")
        key = (event.start_mark.index, event.end_mark.index)
        first = level.node.children.get(name)
        level.is_repeated = first is not None
        level.step = f"{name}#2" if first else name
        level.node.children[level.step] = Node(None, key[1], key[1], key=key)
        if first:
            line = self.place_at(first.begin)[0]
            message = f"the key {name!r} is given twice, first in line {line}; keep one"
            self.mistakes.append(Mistake((*level.path, level.step), message, at_key=True))

    def _read_value(self, level: _Level | None, event: Any) -> None:  # noqa: ANN401 - any event
        node = self._node(event)
        path: Path = ()
        if level is None:
            self.root = node
        elif level.step is None:
            path = (*level.path, len(level.node.children))
            level.node.children[path[-1]] = node
            level.node.data.append(node.data)
        else:
            path = (*level.path, level.step)
            node.key = level.node.children[level.step].key
            level.node.children[level.step] = node
            if node.data == "" and not node.style:
                node.data = None
            if node.data is not None and not level.is_repeated:
                level.node.data[level.step] = node.data
            level.step = None
        if refused := _refused(event):
            self.mistakes.append(Mistake(path, refused))
        if isinstance(node.data, (dict, list)):
            self.levels.append(_Level(node, path))

    def _node(self, event: Any) -> Node:  # noqa: ANN401 - any event
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, yaml.MappingStartEvent):
            return Node({}, start, end, "{" if event.flow_style else ":", children={})
        if isinstance(event, yaml.SequenceStartEvent):
            return Node([], start, end, "[" if event.flow_style else "-", children={})
        if isinstance(event, yaml.AliasEvent):
            return Node(None, start, end)
        if event.style in BLOCK_SCALAR:  # its mark stands after its last line break, and after blank lines
            written, header = self.text[start:end], HEADER.match(self.text, start)
            is_kept = header and "+" in header[0]  # the blank lines belong to it
            end = start + len(_LAST_BREAK.sub("", written) if is_kept else written.rstrip(" \t\r\n\x85\u2028\u2029"))
        return Node(event.value, start, end, event.style or "")


def _syntax_error(error: yaml.MarkedYAMLError) -> tuple[int, str]:
    """Return where an error of libyaml is shown, and our message."""
    # What is left open is shown where it opens.
    opened = error.context_mark if re.search("quoted|flow", error.context or "") else None
    mark = opened or error.problem_mark or error.context_mark
    message = ", ".join(part for part in (error.context, error.problem) if part)
    hint = next((hint for words, hint in _HINTS.items() if words in message), "")
    # libyaml 0.2.6 has a limit of its own, and reads ahead of us.
    return mark.index if mark else 0, _TOO_DEEP if "nesting depth" in message else f"not valid YAML: {message}{hint}"


def _refused(event: Any) -> str:  # noqa: ANN401 - any event
    """Say what is refused in the form of a value; nothing where it is sound."""
    if isinstance(event, yaml.AliasEvent):
        return f"the alias *{event.anchor} is not read; write the value out"
    if event.anchor:
        return f"the anchor &{event.anchor} is not read; remove it"
    return f"the tag {event.tag} is not read; remove it" if event.tag else ""


_INDICATOR = re.compile(r"[|>][^\n]*\n\s*|['\"]?")
_BLANK = re.compile("[ \t\r\n\x85\u2028\u2029]+")
_FOLDED = re.compile("[ \n]*")
_CONTINUATION = re.compile(r"\\\r?\n[ \t]*")
_ESCAPE = re.compile(r"\\(?:x..|u.{4}|U.{8}|.)", re.DOTALL)


def offsets_of(text: str, node: Node) -> list[int]:
    """Return where each character of a text value stands in its YAML text, and where the last one ends.

    The list is shorter where the value is written in a way that is not followed here (YAML 1.1, chapter 9: line
    folding; 5.6: escapes).
    """
    value, begin = node.data, _INDICATOR.match(text, node.start)
    if not isinstance(value, str) or begin is None:
        return []
    at, offsets = begin.end(), list[int]()
    while len(offsets) < len(value) and at < node.end:
        if node.style == '"' and (continued := _CONTINUATION.match(text, at)):
            at = continued.end()
            continue
        if blank := _BLANK.match(text, at, node.end):
            size = _size_of_blank(blank[0], value, len(offsets), node.style)
            if size == 0:
                break
            offsets += [min(at + place, blank.end() - 1) for place in range(size)]
            at = blank.end()
            continue
        end = _end_of_character(text, at, value[len(offsets)], node.style)
        if end == at:
            break
        offsets.append(at)
        at = end
    return [*offsets, at]


def _size_of_blank(blank: str, value: str, place: int, style: str) -> int:
    """Return how many characters of a value, from a place on, a blank of the text stands for; 0: none."""
    if not LINE_BREAK.search(blank):
        return len(blank) if value.startswith(blank, place) else 0
    if style in BLOCK_SCALAR:
        folded = _FOLDED.match(value, place)
        return folded.end() - place if folded else 0
    return max(len(LINE_BREAK.findall(blank)) - 1, 1)


def _end_of_character(text: str, at: int, char: str, style: str) -> int:
    """Return where the character of a value that begins at an offset ends there; the offset, if it is another."""
    if style == '"' and (escape := _ESCAPE.match(text, at)):
        return escape.end()
    if style == "'" and text.startswith("''", at):
        return at + 2
    return at + (text[at] == char)
