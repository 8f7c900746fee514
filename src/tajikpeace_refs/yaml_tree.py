"""YAML text to plain data: text, lists and mappings only, built straight from libyaml's events.

Scalars stay text (``volume: 010``, ``language: no``): the model gives types, not YAML. Anchors, aliases, tags, repeated
keys and second documents are refused: none has a place in a bibliography, and each is a known way to lose data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from tajikpeace_refs.model.validation import Mistake, Path, Place, place_of

MAX_DEPTH = 32
"""Deepest nesting read: a work needs 6."""

_MENDS = {
    "mapping values are not allowed": "; quote a text that has ': ' in it, or check the indent",
    "cannot start any token": "; quote a text that begins with a sign, and indent with spaces, not tabs",
}
"""What a slip that libyaml describes in its own words most often is."""
_TOO_DEEP = f"nested deeper than {MAX_DEPTH} levels"

_Loader = getattr(yaml, "CLoader", yaml.Loader)


@dataclass(slots=True)
class Tree:
    """What a text holds, what is wrong with its form, and (when traced) where each key and value stands."""

    data: Any = None
    mistakes: list[Mistake] = field(default_factory=list)
    syntax_error: tuple[Place, str] | None = None
    unfinished: Path = ()
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)

    def place(self, path: Path, *, at_key: bool = False) -> Place:
        """Return where a key or a value stands; where it is missing, where the nearest thing above it stands."""
        if at_key and path in self.keys:
            return self.keys[path]
        for length in range(len(path), -1, -1):
            if found := self.values.get(path[:length]):
                return found
        return (1, 1)


class _IrregularError(Exception):
    """The fast pass met something that the traced pass has to describe."""


def read_tree(text: str) -> Tree:
    """Return the plain data of a YAML text.

    Places are only kept when something is wrong: keeping them costs more than the parse itself, so an irregular text is
    read a second time, traced.
    """
    try:
        return Tree(data=_build(text))
    except (_IrregularError, yaml.YAMLError, UnicodeEncodeError):
        return trace_tree(text)


# One loop with the container and the key in local names: measured 9 times as fast as PyYAML's CSafeLoader, which
# builds a graph of nodes first. The traced pass below is the plain way; a test holds the two equal.
def _build(text: str) -> Any:  # noqa: ANN401, C901, PLR0912
    root: list[Any] = []
    stack: list[Any] = []
    container: Any = root
    key: str | None = None
    event: Any
    for event in yaml.parse(text, Loader=_Loader):
        kind = type(event)
        if kind is ScalarEvent:
            if event.anchor is not None or event.tag is not None:
                raise _IrregularError
            value = event.value
            if type(container) is list:
                container.append(value)
            elif key is None:
                if value in container:
                    raise _IrregularError
                key = value
            else:
                if value or event.style:
                    container[key] = value
                key = None
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            if event.anchor is not None or event.tag is not None or len(stack) >= MAX_DEPTH:
                raise _IrregularError
            child: Any = {} if kind is MappingStartEvent else []
            if type(container) is list:
                container.append(child)
            elif key is None:
                raise _IrregularError
            else:
                container[key] = child
            stack.append(container)
            container, key = child, None
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            container = stack.pop()
        elif kind is AliasEvent or (kind is DocumentStartEvent and root):
            raise _IrregularError
    return root[0] if root else None


def trace_tree(text: str) -> Tree:
    """Return the plain data of a YAML text with all places, and all that is wrong with its form."""
    tracer = _Tracer()
    tree = tracer.tree
    try:
        for event in yaml.parse(text, Loader=_Loader):
            tracer.take(event)
    except yaml.MarkedYAMLError as error:
        # What is left open is named where it opens.
        opened = error.context_mark if re.search("quoted|flow", error.context or "") else None
        mark = opened or error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        said = ", ".join(part for part in (error.context, error.problem) if part)
        # libyaml 0.2.6 has a limit of its own, and reads ahead of us.
        deep = "nesting depth" in said
        mend = next((mend for sign, mend in _MENDS.items() if sign in said), "")
        tree.syntax_error = (place, _TOO_DEEP if deep else f"not valid YAML: {said}{mend}")
    except yaml.reader.ReaderError as error:
        code = f"U+{error.character:04X}" if isinstance(error.character, int) else repr(error.character)
        tree.syntax_error = (place_of(text, error.position), f"the character {code} is not allowed here; remove it")
    except UnicodeEncodeError as error:
        tree.syntax_error = (place_of(text, error.start), "half a surrogate pair is not a character; remove it")
    except _IrregularError as irregular:
        place, message = irregular.args
        tree.syntax_error = (place, message)
    tree.unfinished = tracer.path
    return tree


@dataclass(slots=True)
class _Frame:
    container: Any
    path: Path
    key: str | None = None
    repeated: bool = False


class _Tracer:
    """Builds the same data as ``_build``, and remembers where everything stands."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.stack: list[_Frame] = []

    @property
    def path(self) -> Path:
        """The path to what is being read."""
        return self.stack[-1].path if self.stack else ()

    def take(self, event: Event) -> None:
        """Take the next event.

        Raises:
            _IrregularError: reading cannot go on; with the place and the message.
        """
        if isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            self.stack.pop()
        elif isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            self._open(event)
        elif isinstance(event, (ScalarEvent, AliasEvent)):
            self._scalar(event)
        elif isinstance(event, DocumentStartEvent) and self.tree.data is not None:
            raise _IrregularError(_at(event), "a second document begins here; keep one document a file")

    def _open(self, event: MappingStartEvent | SequenceStartEvent) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise _IrregularError(_at(event), _TOO_DEEP)
        frame = self.stack[-1] if self.stack else None
        if frame and isinstance(frame.container, dict) and frame.key is None:
            raise _IrregularError(_at(event), "a key must be text, not a list or mapping")
        child: Any = {} if isinstance(event, MappingStartEvent) else []
        self.stack.append(_Frame(child, self._put(child, event)))

    def _scalar(self, event: ScalarEvent | AliasEvent) -> None:
        frame = self.stack[-1] if self.stack else None
        value = None if isinstance(event, AliasEvent) else event.value
        if not frame or not isinstance(frame.container, dict) or frame.key is not None:
            if value == "" and not getattr(event, "style", None) and frame and isinstance(frame.container, dict):
                value = None
            self._put(value, event)
            return
        frame.key = value or ""
        path = (*frame.path, frame.key)
        frame.repeated = path in self.tree.keys
        if frame.repeated:
            line = self.tree.keys[path][0]
            message = f"the key {frame.key!r} is given twice, first in line {line}; keep one"
            self.tree.mistakes.append(Mistake((*frame.path, f"{frame.key}#2"), message, at_key=True))
            path = (*frame.path, f"{frame.key}#2")
        self.tree.keys[path] = _at(event)

    def _put(self, value: Any, event: Any) -> Path:  # noqa: ANN401 - any node
        """Put a value where the reading stands; return its path."""
        if not self.stack:
            self.tree.data = value
            path: Path = ()
        else:
            frame = self.stack[-1]
            if isinstance(frame.container, list):
                frame.container.append(value)
                path = (*frame.path, len(frame.container) - 1)
            else:
                key, frame.key = frame.key or "", None
                path = (*frame.path, f"{key}#2" if frame.repeated else key)
                if value is not None and not frame.repeated:
                    frame.container[key] = value
        self.tree.values[path] = _at(event)
        refused = _refused(event)
        if refused:
            self.tree.mistakes.append(Mistake(path, refused))
        return path


def _refused(event: Any) -> str:  # noqa: ANN401 - any node
    if isinstance(event, AliasEvent):
        return f"the alias *{event.anchor} is not read; write the value out"
    if event.anchor:
        return f"the anchor &{event.anchor} is not read; remove it"
    return f"the tag {event.tag} is not read; remove it" if event.tag else ""


def _at(event: Event) -> Place:
    mark: Any = event.start_mark
    return mark.line + 1, mark.column + 1
