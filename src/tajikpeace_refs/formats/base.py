"""What a format is: a name, and how it reads and writes.

Reading yields items one by one, so that a bad record never hides the next and a large file never fills the memory.
Writing yields texts one by one for the same reason. Neither touches the disk.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Protocol, TextIO

from tajikpeace_refs.errors import Loss, Problem, UsageError
from tajikpeace_refs.formats.ids import STRICT_IDS, IdPolicy, UniqueKeys
from tajikpeace_refs.model.base import attribute, csl_name
from tajikpeace_refs.model.library import FrontMatter
from tajikpeace_refs.model.validation import Path
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import FormatName, WriteContext, WriteOptions
from tajikpeace_refs.text.hygiene import dropped


class ReadWork(NamedTuple):
    """A work as a reader gives it, and the line in which it begins. Its id may have been used before in the file.

    ``named`` False: the source has no id for it, this one was made. ``is_sound``: its text gives no reason to look for
    doubts (``text.plausibility``), or they are for lint alone.
    """

    work: Work
    line: int | None = None
    named: bool = True
    is_sound: bool = False


Item = ReadWork | Problem | FrontMatter
"""What a reader yields: works in file order, what is wrong, and what the file says of the whole list."""

Reader = Callable[[TextIO], Iterator[Item]]
Writer = Callable[[Iterable[Work], WriteContext], Iterator[str]]


class KeyOf(Protocol):
    """Makes the key of a work in a file."""

    def __call__(self, work_id: str, options: WriteOptions) -> str:
        """Return the key for an id, in the characters that the options allow."""
        ...


@dataclass(frozen=True, slots=True)
class Delimiters:
    """The text before, between and after the records of a file, and the whole text of a file without any."""

    header: str = ""
    separator: str = ""
    footer: str = ""
    empty: str = ""

    def join(self, texts: Iterable[str]) -> Iterator[str]:
        """Yield the texts of records with the delimiters around and between them."""
        is_first = True
        for text in texts:
            yield (self.header if is_first else self.separator) + text
            is_first = False
        if last := self.empty if is_first else self.footer:
            yield last


@dataclass(frozen=True, slots=True)
class Chunker:
    """How a text is divided into chunks that can be read apart, in other processes too.

    ``chunks`` takes a stream and a number of records, and yields plain data for about so many records each, in order,
    and the problems that belong to no chunk; ``read`` yields what the format's reader would have yielded for a chunk.
    """

    chunks: Callable[[TextIO, int], Iterator[Any]]
    read: Callable[[Any], Iterator[Item]]

    @classmethod
    def of_text(
        cls, chunks: Callable[[TextIO, int], Iterator[TextChunk]], read: Callable[[TextIO, int], Iterator[Item]]
    ) -> Chunker:
        """Return the chunker of a format whose chunks are texts; ``read`` takes one, and the line it begins in."""
        return cls(chunks, lambda chunk: read(io.StringIO(chunk.text), chunk.line))


class TextChunk(NamedTuple):
    """Some whole records of a text, and the line that the first begins in."""

    line: int
    text: str


class Place(NamedTuple):
    """Line and column of something in a text, from 1; the column is None where only the line is known."""

    line: int
    column: int | None


class Places(Protocol):
    """A text in which the values of its works can be found."""

    def find(self, line: int, work: Work, path: Path, words: str) -> Place:
        """Return where some words of the value at a path of a work stand; the work begins in a line."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format: ``label`` for people, a reader, a writer.

    ``ids`` is how the ids of its works are taken, ``key_of`` makes the key of one. A writer yields one text a work,
    and the ``delimiters`` for the front matter of the list are put around them. Without delimiters the text of a work
    depends on the others, and the writer yields the whole. ``has_own_script`` says that the writer romanises by
    itself; for the others it is done before. ``places`` finds values in a text, for lint. ``read_strictly`` refuses
    what ``read`` takes with a warning.
    """

    name: FormatName
    label: str
    read: Reader | None = None
    write: Writer | None = None
    ids: IdPolicy = STRICT_IDS
    key_of: KeyOf | None = None
    delimiters: Callable[[FrontMatter], Delimiters] | None = None
    chunker: Chunker | None = None
    has_own_script: bool = False
    read_strictly: Reader | None = None
    places: Callable[[str], Places] | None = None

    def render(self, works: Iterable[Work], context: WriteContext) -> Iterator[str]:
        """Yield the text of a whole list: the delimiters put around the records.

        Raises:
            UsageError: the format is read only.
        """
        texts = self.records(works, context)
        if self.delimiters is None:
            return texts
        return self.delimiters(context.options.front or FrontMatter()).join(texts)

    def records(self, works: Iterable[Work], context: WriteContext) -> Iterator[str]:
        """Yield the text of each work without what is to be left out, its key unique among them.

        It is romanised where that is asked for and the writer does not do it itself. A ``context.key`` gives the keys
        of a longer list that the works are part of.

        Raises:
            UsageError: the format is read only.
        """
        if self.write is None:
            raise UsageError(f"{self.name} is read, not written")
        if self.key_of and not context.key:
            keys, key_of, options = UniqueKeys(), self.key_of, context.options
            context = replace(context, key=lambda work_id: keys.allocate(key_of(work_id, options)))
        if drop := context.options.drop:
            works = (without(work, drop) for work in works)
        if context.options.script == "latin" and not self.has_own_script:
            works = self._latin(works, context)
        return self.write(works, context)

    def _latin(self, works: Iterable[Work], context: WriteContext) -> Iterator[Work]:
        from tajikpeace_refs.text.transliteration import in_known_language, latin  # noqa: PLC0415 - loads when used

        for work in works:
            report_unromanised(work, self.name, context)
            romanised = latin(in_known_language(work, context.options.list_language), context.options.scheme)
            yield romanised if work.language else romanised.model_copy(update={"language": None})


def report_unromanised(work: Work, name: FormatName, context: WriteContext) -> None:
    """Report as lost to a Latin list, once a work, what has no romanisation and stays in its script."""
    from tajikpeace_refs.text.transliteration import in_known_language, work_gaps  # noqa: PLC0415 - loads when used

    known, scheme = in_known_language(work, context.options.list_language), context.options.scheme
    if found := [*work_gaps(known, scheme)]:
        names = dict.fromkeys(csl_name(each.variable) for each in found)
        reason = f"no romanisation for {found[0].gap.word!r}, which stays in its script; give its form in Latin letters"
        if scheme != "ala-lc" and not next(work_gaps(known, "ala-lc"), None):
            reason += f" ({scheme} has no table for it, the scheme ala-lc has)"
        context.report_loss(Loss(work.id, ", ".join(names), name, reason))


def report_dropped(work: Work, name: FormatName, context: WriteContext) -> None:
    """Report as lost to a reference list the words of a title that belong to the record of a library."""
    for repair in dropped(work):
        why = f"{repair.dropped!r} is not part of the title; write it as author or editor"
        context.report_loss(Loss(work.id, str(repair.path[0]), name, why))


def without(work: Work, names: Iterable[str]) -> Work:
    """Return a work without some variables and extra fields; ``FORMAT.FIELD`` is an extra field of one format."""
    gone = {name for each in names if (name := attribute(each)) in work.__dict__}
    changes: dict[str, Any] = dict.fromkeys(gone, None)
    extra = tuple(field for field in work.extra if not {field.field, f"{field.format}.{field.field}"} & {*names})
    if len(extra) < len(work.extra):
        changes["extra"] = extra
    return work.replace(**changes) if changes else work


def skip_bom(stream: TextIO) -> None:
    """Pass over a byte order mark that came as text, where the stream can be rewound."""
    if stream.seekable():
        start = stream.tell()
        if stream.read(1) != "\ufeff":
            stream.seek(start)
