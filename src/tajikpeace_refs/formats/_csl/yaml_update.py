"""A YAML list of works that is to hold other data: only what differs is written anew."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from tajikpeace_refs.errors import UsageError
from tajikpeace_refs.model.validation import Path
from tajikpeace_refs.yaml_text import Splice, YamlText

Data = dict[str, Any]
"""What a list holds, all of it as text: ``references`` by id, and what is said of the whole list."""
Change = tuple[str, Path, Any]
"""A value that is to be ``replace``d, keys or items to ``remove`` (their names), or to ``add`` (``(data, after)``)."""


def update(text: str, old: Data, new: Data, whole: Collection[str]) -> str:
    """Return a YAML text changed from one state of its data to another; works of ``whole`` are replaced as a whole.

    Raises:
        UsageError: the text cannot be changed so.
    """
    source = YamlText(text)
    places = _places(source)
    changes = [*_in_mapping((), _front(old), _front(new), source)] if isinstance(source.data, dict) else []
    for work_id, path in places.items():
        before, after = old["references"].get(work_id), new["references"].get(work_id)
        if after is not None and before != after:
            is_whole = work_id in whole or before is None
            changes += [("replace", path, after)] if is_whole else _in_mapping(path, before, after, source)
    for kind in ("replace", "remove", "add"):
        text = _changed(text, [change for change in changes if change[0] == kind])
    text = _with_works(text, new["references"])
    return _in_order(text, [*new["references"]])


def _base(source: YamlText) -> Path:
    return ("references",) if isinstance(source.data, dict) else ()


def _places(source: YamlText) -> dict[str, Path]:
    """Return the path of each work by its id."""
    base = _base(source)
    works = source.data["references"] if base else source.data
    return {str(work["id"]): (*base, number) for number, work in enumerate(works)}


def _front(data: Data) -> Data:
    return {key: value for key, value in data.items() if key != "references"}


def _in_mapping(path: Path, old: Data, new: Data, source: YamlText) -> Iterator[Change]:
    """Yield the changes of a mapping; what the text lacks has no place of its own in it, and is added."""
    after: str | None = None
    added: dict[str | None, Data] = {}
    for key, value in new.items():
        is_there = source.node((*path, key)) is not None
        if not is_there and old.get(key) != value:
            added.setdefault(after, {})[key] = value
        elif is_there:
            after = key
            if old.get(key) != value:
                yield from _in_value((*path, key), old.get(key), value, source)
    yield from (("add", path, (data, after)) for after, data in added.items())
    if gone := [key for key in old if key not in new and source.node((*path, key))]:
        yield "remove", path, gone


def _in_value(path: Path, old: Any, new: Any, source: YamlText) -> Iterator[Change]:  # noqa: ANN401 - plain data
    """Yield the changes of a value: inside it only where the text has it as we write it."""
    node = source.node(path)
    is_ours = node is not None and node.data == old and bool(old) and bool(new)
    if is_ours and isinstance(old, dict) and isinstance(new, dict):
        yield from _in_mapping(path, old, new, source)
    elif is_ours and isinstance(old, list) and isinstance(new, list) and len(old) <= len(new):
        for number, (before, after) in enumerate(zip(old, new, strict=False)):
            if before != after:
                yield from _in_value((*path, number), before, after, source)
        if more := new[len(old) :]:
            yield "add", path, (more, None)
    elif is_ours and isinstance(old, list) and isinstance(new, list) and (gone := _gone(old, new)):
        yield "remove", path, gone
    else:
        yield "replace", path, new


def _gone(old: list[Any], new: list[Any]) -> list[int]:
    """Return the numbers of the items that are missing of a list; none where something else has changed too."""
    rest = iter(new)
    wanted = next(rest, None)
    gone = []
    for number, item in enumerate(old):
        if item == wanted:
            wanted = next(rest, None)
        else:
            gone.append(number)
    return gone if len(old) - len(gone) == len(new) else []


def _changed(text: str, changes: list[Change]) -> str:
    if not changes:
        return text
    source = YamlText(text)
    splices: list[Splice] = []
    for kind, path, what in changes:
        if kind == "replace":
            splices += source.replace(path, what)
        elif kind == "remove":
            splices += source.remove(path, *what)
        else:
            splices += source.add(path, what[0], after=what[1])
    return source.edited(splices)


def _with_works(text: str, works: Data) -> str:
    """Return a text without the works that are gone, and with those that are new at its end."""
    places = _places(YamlText(text))
    base = next(iter(places.values()))[:-1] if places else _base(YamlText(text))
    if new := [work for work_id, work in works.items() if work_id not in places]:
        text = _changed(text, [("add", base, (new, None))])
    gone = [path[-1] for work_id, path in places.items() if work_id not in works]
    return _changed(text, [("remove", base, gone)] if gone else [])


def _in_order(text: str, ids: list[str]) -> str:
    """Return a text whose works stand in the order of their ids, each with the comments above it.

    Raises:
        UsageError: the works have no lines of their own.
    """
    source = YamlText(text)
    places = _places(source)
    if [*places] == ids:
        return text
    base = _base(source)
    works = source.node(base)
    if works is None or works.style != "-":
        raise UsageError("works in brackets have no lines to be moved")
    newline = "\r\n" if "\r\n" in source.text else "\n"
    start = source.line_end(works.key[1]) if works.key else max(0, source.text.rfind("\n", 0, works.start))
    ends = [source.line_end(node.end) for path in places.values() if (node := source.node(path))]
    pieces = {
        work_id: newline + source.text[begin:end].lstrip("\r\n")
        for work_id, begin, end in zip(places, [start, *ends[:-1]], ends, strict=True)
    }
    joined = "".join(pieces[work_id] for work_id in ids)
    is_first = not source.text[:start].strip()
    kept = source.text[:start] + (joined.lstrip("\r\n") if is_first else joined) + source.text[ends[-1] :]
    return source.bom + kept
