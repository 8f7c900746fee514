"""A CSL-YAML text whose works are changed in their places."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tajikpeace_refs.editing import _yaml_changes as changes
from tajikpeace_refs.editing._outline import Outline
from tajikpeace_refs.editing._parts import Part
from tajikpeace_refs.errors import InputError, Problem, UsageError
from tajikpeace_refs.formats.csl_yaml import FORMAT, dump, dump_front, read_record, with_kept_names
from tajikpeace_refs.model.base import csl_name
from tajikpeace_refs.model.csl import NAMES, names_with_parts
from tajikpeace_refs.model.library import FrontMatter, Library
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.reading import read_library
from tajikpeace_refs.yaml_text import YamlText, front_matter


class YamlSource:
    """A YAML list of works, or the front matter of a document."""

    def __init__(self, text: str, file: str) -> None:
        """Read a text.

        Raises:
            InputError: it is no sound list of works.
        """
        problems: list[Problem] = []
        self._library = read_library(io.StringIO(text, newline=None), FORMAT, file, problems.append)
        if errors := [problem for problem in problems if problem.severity == "error"]:
            raise InputError(errors)
        self._bom = "\ufeff" if text.startswith("\ufeff") else ""
        self._list = front_matter(text.removeprefix("\ufeff"))
        self._rest = text[len(self._bom) + len(self._list) :]

    @property
    def library(self) -> Library:
        """The works that the text holds."""
        return self._library

    def held(self, work: Work, _front: FrontMatter) -> Work:
        """Return the work: YAML holds all of it."""
        return work

    def changed(self, old: Work, new: Work) -> Work:
        """Return what a work becomes that is changed to another one."""
        new = new if new.title is not None else new.replace(title="")  # every work in YAML has one
        return with_kept_names(old, new)

    def renamed(self, library: Library, old: str, new: str) -> Library:
        """Return a library in which a work has another id: in YAML no other work refers to it."""
        return library.rename(old, new)

    def in_order(self, library: Library) -> Library:
        """Return the library: YAML has works in any order."""
        return library

    def text_of(self, library: Library, origins: Mapping[str, str]) -> str:
        """Return the text changed to hold a library; it is read again.

        Raises:
            UsageError: the text cannot be changed so.
        """
        text = self._with_front(self._with_works(library, origins), library.front)
        text = self._bom + text + self._rest
        _refuse_other(library, YamlSource(text, "<string>").library)
        return text

    def _with_works(self, library: Library, origins: Mapping[str, str]) -> str:
        if not self.library:
            return self._filled(library)
        outline = Outline.of(self._list, len(self.library))
        numbers = {work.id: number for number, work in enumerate(self.library)}
        parts = list(outline.parts)
        wanted: list[int | dict[str, Any]] = []
        taken = {*origins.values()}
        for work in library:
            number = numbers.get(origins.get(work.id, "" if work.id in taken else work.id))
            wanted.append(dump(work) if number is None else number)
            old = work if number is None else self.library.works[number]
            if number is not None and old is not work and old != work:
                parts[number] = _changed(outline, parts[number], old, work)
        outline = replace(outline, parts=tuple(parts))
        is_same = wanted == [*range(len(parts))]
        return outline.text if is_same else outline.arranged(wanted).text

    def _filled(self, library: Library) -> str:
        """Return the text of a list without works with some."""
        source = YamlText(self._list)
        base = ("references",) if isinstance(source.data, dict) else ()
        works = [dump(work) for work in library]
        return source.edited(source.replace(base, works)) if works else self._list

    def _with_front(self, text: str, front: FrontMatter) -> str:
        if front == self.library.front:
            return text
        if not isinstance(YamlText(text).data, dict):
            raise UsageError("a list without 'references:' has no place for keys about the whole list")
        newline = "\r\n" if "\r\n" in text else "\n"
        return changes.changed(text, (), dump_front(self.library.front), dump_front(front), newline)


def _changed(outline: Outline, part: Part, old: Work, new: Work) -> Part:
    """Return a part whose work is changed: value by value, else by whole values, else as a whole."""
    before, after = dump(old), dump(new)
    if before == after:
        return part
    for whole in (False, True):
        try:
            text = changes.changed(
                part.text + outline.newline, outline.base, before, after, outline.newline, whole=whole
            )
        except UsageError:
            continue
        text = text.removesuffix(outline.newline)
        if _holds(text, outline, new):
            return Part(part.gap, part.above, text)
    text = outline.lines(after)
    if "#" in part.text:
        raise UsageError(f"{old.id}: cannot be changed in its place: it has comments, or is written in an unusual way")
    if not _holds(text, outline, new):
        raise UsageError(f"{old.id}: cannot be written safely")
    return Part(part.gap, part.above, text)


def _holds(text: str, outline: Outline, work: Work) -> bool:
    """Whether the text of a part is read as a work."""
    data = YamlText(text + outline.newline).data
    record = data[0] if isinstance(data, list) and outline.base and len(data) == 1 else data
    read = read_record(record)
    return read is not None and is_same(read, work)


def is_same(one: Work, other: Work) -> bool:
    """Whether two works are equal, or are written alike: names in short or with parts, texts with a line break or not.

    A text in a block that ends the file may have no line break at its end, and has one when something comes after it.
    """
    return one == other or _comparable(dump(one)) == _comparable(dump(other))


def _comparable(value: Any) -> Any:  # noqa: ANN401 - plain data
    if isinstance(value, dict):
        return {
            key: names_with_parts(held) if key in NAMES and isinstance(held, list) else _comparable(held)
            for key, held in value.items()
        }
    if isinstance(value, list):
        return [*map(_comparable, value)]
    return value.rstrip("\n") if isinstance(value, str) else value


def _refuse_other(meant: Library, read: Library) -> None:
    """Refuse a text that is read as another library than was meant.

    Raises:
        UsageError: it is; a work and its variables are named.
    """
    if meant == read:
        return
    if meant.ids != read.ids or meant.front != read.front:
        raise UsageError(
            "the text cannot be changed in its place: it would be read as another list; write to another file"
        )
    for one, other in zip(meant, read, strict=True):
        if not is_same(one, other):
            held, found = one.variables(), other.variables()
            names = [csl_name(name) for name in {**held, **found} if held.get(name) != found.get(name)]
            raise UsageError(f"{one.id}: {', '.join(names)}: cannot be written safely")


def update(text: str, rendered: str) -> str | None:
    r"""Return a YAML text changed to hold what another one, as we write it, holds.

    None where one of them is no sound list, or they have no work in common.

    >>> print(update("- id: a  # first\n  title: 'One'\n  issued: 2001\n", "- id: a\n  title: Two\n  issued: 2001"))
    - id: a  # first
      title: 'Two'
      issued: 2001
    <BLANKLINE>

    Raises:
        UsageError: the text cannot be changed so.
    """
    try:
        source, library = YamlSource(text, "<string>"), YamlSource(rendered, "<string>").library
    except InputError:
        return None
    if source.library and not any(work_id in library for work_id in source.library.ids):
        return None
    return text if library == source.library else source.text_of(library, {})
