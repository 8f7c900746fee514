"""What a format is: a name, its suffixes, and how it reads and writes.

Reading gives a stream of items, so that a bad record never hides the next and a large file never fills the memory.
Writing gives a stream of texts for the same reason. Neither touches the disk.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TextIO

from tajikpeace_refs.errors import Problem
from tajikpeace_refs.model.library import Front
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import Markup, Options


class Found(NamedTuple):
    """A work as a reader found it, and the line it opens in. Its id may have been given before.

    ``named`` False: the source has no id for it, this one was made.
    """

    work: Work
    line: int | None = None
    named: bool = True


Item = Found | Problem | Front
"""What a reader yields: works in file order, what is wrong, and what the file says of the whole list."""

Reader = Callable[[TextIO], Iterator[Item]]
Writer = Callable[[Iterable[Work], Options], Iterator[str]]


@dataclass(frozen=True, slots=True)
class IdRule:
    """What a format calls the id of a work. ``strict``: one used twice is refused, and one that is missing is told."""

    name: str = "id"
    strict: bool = True


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands before, between and after the records of a file, or alone in a file without any."""

    start: str = ""
    between: str = ""
    end: str = ""
    empty: str = ""

    def around(self, texts: Iterable[str]) -> Iterator[str]:
        """Yield the texts of records with what stands around and between them."""
        is_first = True
        for text in texts:
            yield (self.start if is_first else self.between) + text
            is_first = False
        if last := self.empty if is_first else self.end:
            yield last


@dataclass(frozen=True, slots=True)
class Cut:
    """How a text is cut into pieces that can be read apart, in other processes too.

    ``pieces`` yields plain data for about so many records each, in order, and the problems that are of no piece;
    ``read`` yields of a piece what the format's reader would have yielded there.
    """

    pieces: Callable[[TextIO, int], Iterator[Any]]
    read: Callable[[Any], Iterator[Item]]

    @classmethod
    def of_text(
        cls, pieces: Callable[[TextIO, int], Iterator[TextPiece]], read: Callable[[TextIO, int], Iterator[Item]]
    ) -> Cut:
        """Return the cut of a format whose pieces are texts; ``read`` takes one, and the line that it begins in."""
        return cls(pieces, lambda piece: read(io.StringIO(piece.text), piece.line))


class TextPiece(NamedTuple):
    """Some whole records of a text, and the line that the first begins in."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Format:
    """One format: ``label`` for people, ``suffixes`` with the markup each implies, a reader, a writer.

    ``sniff`` says whether the start of a text looks like the format, so that a misnamed file can be named.
    ``ids`` is what the codec does about ids, ``key_of`` what the format has to make of one. A writer yields one text a
    work; the codec puts the ``frame`` around them, for the front matter of the list. No frame: the text of a work
    depends on the others, so the writer makes the whole. ``has_own_script`` says that the writer romanises by itself;
    for the others it is done before.
    """

    name: str
    label: str
    suffixes: dict[str, Markup] = field(default_factory=dict)
    read: Reader | None = None
    write: Writer | None = None
    sniff: Callable[[str], bool] | None = None
    ids: IdRule = IdRule()
    key_of: Callable[[str], str] | None = None
    frame: Callable[[Front], Frame] | None = None
    cut: Cut | None = None
    has_own_script: bool = False

    def markup(self, suffix: str) -> Markup:
        """Return the markup that a file's suffix implies (".md", in either case, or "" for no file)."""
        return self.suffixes.get(suffix.lower(), "plain")
