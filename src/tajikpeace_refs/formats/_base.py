"""What a format is: a name, its suffixes, and how it reads and writes.

Reading gives a stream of items, so that a bad record never hides the next and a large file never fills the memory.
Writing gives a stream of texts for the same reason. Neither touches the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TextIO

from tajikpeace_refs.errors import Problem
from tajikpeace_refs.model.library import Front
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import Markup, Options

Item = Work | Problem | Front
"""What a reader yields: works in file order, what is wrong, and what the file says of the whole list."""

Reader = Callable[[TextIO], Iterator[Item]]
Writer = Callable[[Iterable[Work], Options], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: ``label`` for people, ``suffixes`` with the markup each implies, a reader, a writer.

    ``sniff`` says whether the start of a text looks like the format, so that a misnamed file can be named.
    ``has_own_script`` says that the writer romanises by itself; for the others it is done before.
    """

    name: str
    label: str
    suffixes: dict[str, Markup] = field(default_factory=dict)
    read: Reader | None = None
    write: Writer | None = None
    sniff: Callable[[str], bool] | None = None
    has_own_script: bool = False

    def markup(self, suffix: str) -> Markup:
        """Return the markup that a file's suffix implies (".md", in either case, or "" for no file)."""
        return self.suffixes.get(suffix.lower(), "plain")
