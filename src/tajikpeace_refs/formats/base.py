"""What a format is: a name, and how it reads and writes.

Reading gives a stream of items, so that a bad record never hides the next and a large file never fills the memory.
Writing gives a stream of texts for the same reason. Neither touches the disk.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, TextIO

from tajikpeace_refs.errors import Problem, UsageError
from tajikpeace_refs.formats.ids import STRICT_IDS, IdPolicy, UniqueKeys
from tajikpeace_refs.model.library import Front
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import Options


class ReadWork(NamedTuple):
    """A work as a reader found it, and the line it opens in. Its id may have been given before.

    ``named`` False: the source has no id for it, this one was made.
    """

    work: Work
    line: int | None = None
    named: bool = True


Item = ReadWork | Problem | Front
"""What a reader yields: works in file order, what is wrong, and what the file says of the whole list."""

Reader = Callable[[TextIO], Iterator[Item]]
Writer = Callable[[Iterable[Work], Options], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Delimiters:
    """What stands before, between and after the records of a file, or alone in a file without any."""

    header: str = ""
    separator: str = ""
    footer: str = ""
    empty: str = ""

    def join(self, texts: Iterable[str]) -> Iterator[str]:
        """Yield the texts of records with what stands around and between them."""
        is_first = True
        for text in texts:
            yield (self.header if is_first else self.separator) + text
            is_first = False
        if last := self.empty if is_first else self.footer:
            yield last


@dataclass(frozen=True, slots=True)
class Chunker:
    """How a text is cut into pieces that can be read apart, in other processes too.

    ``chunks`` yields plain data for about so many records each, in order, and the problems that are of no piece;
    ``read`` yields of a piece what the format's reader would have yielded there.
    """

    chunks: Callable[[TextIO, int], Iterator[Any]]
    read: Callable[[Any], Iterator[Item]]

    @classmethod
    def of_text(
        cls, chunks: Callable[[TextIO, int], Iterator[TextChunk]], read: Callable[[TextIO, int], Iterator[Item]]
    ) -> Chunker:
        """Return the cut of a format whose pieces are texts; ``read`` takes one, and the line that it begins in."""
        return cls(chunks, lambda chunk: read(io.StringIO(chunk.text), chunk.line))


class TextChunk(NamedTuple):
    """Some whole records of a text, and the line that the first begins in."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Format:
    """One format: ``label`` for people, a reader, a writer.

    ``ids`` is what the codec does about ids, ``key_of`` what the format has to make of one. A writer yields one text a
    work; the codec puts the ``frame`` around them, for the front matter of the list. No frame: the text of a work
    depends on the others, so the writer makes the whole. ``has_own_script`` says that the writer romanises by itself;
    for the others it is done before.
    """

    name: str
    label: str
    read: Reader | None = None
    write: Writer | None = None
    ids: IdPolicy = STRICT_IDS
    key_of: Callable[[str], str] | None = None
    delimiters: Callable[[Front], Delimiters] | None = None
    chunker: Chunker | None = None
    has_own_script: bool = False

    def render(self, works: Iterable[Work], options: Options) -> Iterator[str]:
        """Yield the text of a list of works: one text a work where the format has a frame, with the frame around.

        Raises:
            UsageError: the format is read only.
        """
        if self.write is None:
            raise UsageError(f"{self.name} is read, not written")
        if self.key_of:
            keys, key_of = UniqueKeys(), self.key_of
            options = replace(options, key=lambda work_id: keys.allocate(key_of(work_id)))
        texts = self.write(works, options)
        return texts if self.delimiters is None else self.delimiters(options.front).join(texts)
