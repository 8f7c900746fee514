"""The works of a text that is linted: all that is sound, with their places and what its reader reported."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tajikpeace_refs.errors import Problem
from tajikpeace_refs.formats.base import Format, ReadWork
from tajikpeace_refs.model.library import FrontMatter, Library
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.reading import iter_read


class ReadText(NamedTuple):
    """The library of a text, the line in which each work begins, and the problems of its reader."""

    library: Library
    lines: Mapping[str, int | None]
    problems: Sequence[Problem]


def read(text: str, chosen: Format) -> ReadText:
    """Return what a text in a format holds; works that are refused are among the problems."""
    works: list[Work] = []
    lines: dict[str, int | None] = {}
    problems: list[Problem] = []
    front = FrontMatter()
    for item in iter_read(chosen, io.StringIO(text, newline=None), strict=True):
        if isinstance(item, Problem):
            problems.append(item)
        elif isinstance(item, ReadWork):
            works.append(item.work)
            lines[item.work.id] = item.line
        else:
            front = item
    return ReadText(Library(works=tuple(works), front=front), lines, problems)
