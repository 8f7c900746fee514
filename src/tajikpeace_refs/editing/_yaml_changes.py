"""The data of one work, or of the front matter, in a YAML text: only what differs is written anew."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any, Literal, NamedTuple

from tajikpeace_refs.model.csl import NAME_PARTS, variable_named
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.name_reading import read_text
from tajikpeace_refs.model.validation import Path
from tajikpeace_refs.text.markdown import to_markdown
from tajikpeace_refs.yaml_text import YamlText

Data = dict[str, Any]


class Operation(NamedTuple):
    """A change at a path: its value gives way to another, items or keys come (behind one of them) or go."""

    kind: Literal["replace", "add", "remove"]
    path: Path
    what: Any
    after: str | int | None = None

    def made(self, source: YamlText) -> str:
        """Return a text with the change made.

        Raises:
            UsageError: the text cannot be changed so.
        """
        if self.kind == "replace":
            return source.edited(source.replace(self.path, self.what))
        if self.kind == "remove":
            return source.edited(source.remove(self.path, *self.what))
        return source.edited(source.add(self.path, self.what, after=self.after))


def changed(text: str, base: Path, old: Data, new: Data, newline: str, *, whole: bool = False) -> str:
    """Return a text whose mapping at a path is changed from one state of its data to another.

    ``whole``: values that differ are replaced as a whole.

    Raises:
        UsageError: the text cannot be changed so.
    """
    differences = _Differences(YamlText(text, newline), whole=whole)
    for operation in [*differences.of_mapping(base, old, new)]:
        text = operation.made(YamlText(text, newline))
    return text


def as_text(value: Any) -> Any:  # noqa: ANN401 - plain data
    """Return plain data as a YAML text holds them, where every scalar is text."""
    if isinstance(value, dict):
        return {key: as_text(held) for key, held in value.items()}
    if isinstance(value, list):
        return [as_text(item) for item in value]
    return ("true" if value else "false") if isinstance(value, bool) else value


class _Differences:
    """Finds the operations that change a text; those on items of a list come from its end to its beginning."""

    def __init__(self, source: YamlText, *, whole: bool) -> None:
        self.source = source
        self.whole = whole

    def of_mapping(self, path: Path, old: Data, new: Data) -> Iterator[Operation]:
        """Yield the operations of a mapping; what the text lacks has no place of its own in it, and is added."""
        after: str | None = None
        added: dict[str | None, Data] = {}
        gone: list[Path] = []
        for key, value in new.items():
            places = self._places(path, key)
            if places and key == "custom":
                continue
            if not places and old.get(key) != value:
                added.setdefault(after, {})[key] = value
            elif places:
                after = str(places[0][-1]) if len(places[0]) == len(path) + 1 else after
                if old.get(key) != value:
                    yield from self._of_value(places[0], old.get(key), value)
                    gone += places[1:]
        yield from (Operation("add", path, data, after) for after, data in added.items())
        gone += [place for key in old if key not in {*new, "custom"} for place in self._places(path, key)]
        if self.source.node((*path, "custom")):  # ours stand there as well, and are no part of it in our data
            yield from self.of_mapping((*path, "custom"), old.get("custom", {}), new.get("custom", {}))
        for parent in dict.fromkeys(place[:-1] for place in gone):
            yield Operation("remove", parent, [place[-1] for place in gone if place[:-1] == parent])

    def _places(self, path: Path, key: str) -> list[Path]:
        """Return where a mapping has a key: of a work also under ``custom``, which counts first, or by another name."""
        node = self.source.node(path)
        children = node.children if node else {}
        if "id" not in children:
            return [(*path, key)] if key in children else []
        custom = children["custom"].children if "custom" in children else {}
        inside = [(*path, "custom", name) for name in custom if variable_named(str(name)) == key]
        return inside + [(*path, name) for name in children if variable_named(str(name)) == key]

    def _of_value(self, path: Path, old: Any, new: Any) -> Iterator[Operation]:  # noqa: ANN401 - plain data
        """Yield the operations of a value: inside it where the text has it in the same parts, else of the whole."""
        node = self.source.node(path)
        held = node.data if node and not self.whole else None
        if isinstance(old, dict) and isinstance(new, dict) and isinstance(held, dict) and _agree(held, old, new):
            yield from self.of_mapping(path, old, new)
        elif (
            isinstance(old, list) and isinstance(new, list) and isinstance(held, list) and len(held) == len(old) and new
        ):
            yield from self._of_list(path, old, new)
        else:
            yield Operation("replace", path, _in_short(new) if isinstance(held, str) else new)

    def _of_list(self, path: Path, old: list[Any], new: list[Any]) -> Iterator[Operation]:
        node = self.source.node(path)
        is_short = node is not None and all(isinstance(item, str) for item in node.data)
        before, after = ([repr(as_text(item)) for item in items] for items in (old, new))
        steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        for kind, first, last, begin, end in reversed(steps):
            if kind == "equal":
                continue
            shared = min(last - first, end - begin)
            if more := new[begin + shared : end]:
                more = [_in_short(item) for item in more] if is_short else more
                yield Operation("add", path, more, first + shared - 1)
            if first + shared < last:
                yield Operation("remove", path, [*range(first + shared, last)])
            for number in reversed(range(shared)):
                yield from self._of_value((*path, first + number), old[first + number], new[begin + number])


def _agree(held: Data, old: Data, new: Data) -> bool:
    """Whether a text has what changes of a mapping as we would write it, and something of it stays."""
    keys = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    return all(held.get(key) == as_text(old.get(key)) for key in keys) and not old.keys().isdisjoint(new)


def _in_short(value: Any) -> Any:  # noqa: ANN401 - plain data
    """Return the short spelling of a name, ``family, given``, where it reads as the same name; else the data."""
    if not isinstance(value, dict) or value.keys().isdisjoint({"family", "literal"}) or value.keys() - NAME_PARTS:
        return value
    name = Name.model_validate(value)
    text = str(name)
    return text if read_text(text) == (name,) and to_markdown(text) == text else value
