"""A ``.bib`` text as its blocks, with places, and what an entry says among the strings and parents of the text."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from itertools import accumulate
from typing import Literal, NamedTuple

from tajikpeace_refs.formats._bib.entry_text import EntryText
from tajikpeace_refs.formats._bib.fields import SET, SET_OF, TEX, read_field
from tajikpeace_refs.formats._bib.reader import _NO_ENTRIES, _Reading
from tajikpeace_refs.formats._bib.splitter import Block, split
from tajikpeace_refs.formats._bib.writer import FOREIGN_FIELDS, LINKS, ONLY_BIBLATEX
from tajikpeace_refs.formats.base import ReadWork
from tajikpeace_refs.model.editorial import ExtraField
from tajikpeace_refs.model.work import Work

__all__ = ["LINK_FIELDS", "BibText", "BlockText", "Dialect", "EntryText", "entry_of", "is_spelling", "variable_of"]

Dialect = Literal["bibtex", "biblatex"]
LINK_FIELDS = LINKS | {"xdata"}
"""Fields that name other entries by their keys."""
_WITHOUT_WORK = _NO_ENTRIES | {SET, "xdata"}


class BlockText(NamedTuple):
    """A block, and where it begins and ends in the text."""

    block: Block
    start: int
    end: int

    @property
    def is_entry(self) -> bool:
        """Whether it has a key and fields."""
        return self.block.kind not in _NO_ENTRIES

    @property
    def has_work(self) -> bool:
        """Whether it is the entry of a work."""
        return self.block.kind not in _WITHOUT_WORK


class BibText:
    """A ``.bib`` text without errors, any line ends."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def blocks(self) -> tuple[BlockText, ...]:
        """The blocks, in order."""
        starts = [0, *accumulate(map(len, io.StringIO(self.text, newline="")))]
        return tuple(
            BlockText(block, starts[block.line - 1] + block.column, starts[block.end[0] - 1] + block.end[1])
            for block in split(io.StringIO(self.text, newline=None))
            if block.kind
        )

    def entry(self, block: BlockText) -> EntryText:
        """Return the parts of an entry of the text."""
        return EntryText.of(self.text[block.start : block.end], block.block)

    @cached_property
    def dialect(self) -> Dialect | None:
        """The dialect of most entry types and fields that only one has; None where they do not tell."""
        votes: Counter[str] = Counter()
        for block in self.blocks:
            if block.has_work:
                votes["biblatex"] += block.block.kind in ONLY_BIBLATEX
                names = {field.name for field in self.entry(block).fields}
                votes["biblatex"] += bool(names & FOREIGN_FIELDS["bibtex"])
                votes["bibtex"] += bool(names & FOREIGN_FIELDS["biblatex"])
        if votes["biblatex"] == votes["bibtex"]:
            return None
        return "biblatex" if votes["biblatex"] > votes["bibtex"] else "bibtex"

    @cached_property
    def _reading(self) -> _Reading:
        """What the whole text gives to the reading of an entry."""
        reading = _Reading.of(io.StringIO(self.text, newline=None))
        for each in self.blocks:
            if each.block.kind in {"string", "preamble"}:
                reading.parse(each.block)
        reading.problems.clear()
        return reading

    def read(self, entry: str) -> Work | None:
        """Return the work that the text of an entry is read as where it stands in this text; None: it is none."""
        reading = self._reading
        items = [item for block in split(io.StringIO(entry, newline=None)) for item in reading.block(block)]
        reading.sets.clear()
        works = [item.work for item in items if isinstance(item, ReadWork)]
        return works[0] if len(works) == 1 else None

    def sources(self, entry: str, csl: str) -> dict[str, str]:
        """Return the variable of its type that each own field of an entry gives, also of those that others outdo."""
        reading = self._reading
        own = reading.parse(next(split(io.StringIO(entry, newline=None))))
        whole = own and reading.parents.resolve(own, reading.problems, len(entry))
        reading.problems.clear()
        if not own or not whole:
            return {}
        found = [value for name in own.fields if (value := read_field(csl, name, whole.fields))]
        return {name: value.variable for value in found for name in value.fields if name in own.fields}


def entry_of(text: str) -> EntryText:
    """Return the parts of the last entry of a text."""
    bib = BibText(text)
    return bib.entry(bib.blocks[-1])


def variable_of(csl: str, field: str, fields: Mapping[str, str]) -> str | None:
    """Return the variable that a field gives among the fields of an entry; None for none."""
    found = read_field(csl, field, fields)
    return found.variable if found else None


def is_spelling(field: ExtraField) -> bool:
    """Whether an extra field only keeps how something is written in a ``.bib`` file, or where an ``@set`` stood."""
    return field.format in {TEX, SET_OF}
