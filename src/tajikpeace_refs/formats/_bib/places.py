"""Where the fields of an entry stand in a ``.bib`` text: line and column, for what lint finds in their values."""

from __future__ import annotations

import io
import re
from functools import cached_property

from tajikpeace_refs.formats._bib.entry_text import EntryText
from tajikpeace_refs.formats._bib.fields import COMPLETIONS, field_table
from tajikpeace_refs.formats._bib.splitter import Block, split
from tajikpeace_refs.formats.base import Place
from tajikpeace_refs.model.base import attribute
from tajikpeace_refs.model.validation import Path
from tajikpeace_refs.model.work import Work

_HEAD = re.compile("[^{(]*[{(]([^,]*),")


class _Entry:
    """An entry; its fields are looked for once, when one is asked for."""

    def __init__(self, block: Block) -> None:
        self.block = block

    @cached_property
    def fields(self) -> dict[str, tuple[int, int]]:
        found = EntryText.of(self.block.text, self.block).fields
        return {field.name: (field.value, field.end) for field in reversed(found)}


class Places:
    """The entries of a text."""

    def __init__(self, text: str) -> None:
        self.lines = io.StringIO(text, newline=None).readlines()
        self._entries: dict[tuple[int, str], _Entry] = {}
        for block in split(self.lines):
            if head := _HEAD.match(block.text):
                self._entries.setdefault((block.line, head[1].strip()), _Entry(block))

    def find(self, line: int, work: Work, path: Path, words: str) -> Place:
        """Return where the words stand in the value at a path of a work, whose entry begins in a line.

        Where they are not found, the place is that of the value; where no field gives it, that of the entry.
        """
        entry = self._entries.get((line, work.id))
        if entry is None:
            return Place(line, None)
        block, fields = entry.block, entry.fields
        table = field_table(work.type)
        variable = attribute(str(path[0])) if path else ""
        names = [name for name in fields if name in table and table[name][0].variable == variable]
        names += [more for name in names for more in COMPLETIONS.get(name, ()) if more in fields]
        spans = [fields[name] for name in (*names, attribute(variable), *_extra(path)) if name in fields]
        if not spans:
            # An address may have been read out of any field.
            at = block.text.find(words) if words and variable == "url" else 0
            return self._place(block, max(at, 0))
        for start, end in spans:
            at = block.text.find(words, start, end) if words else -1
            if at >= 0:
                return self._place(block, at)
        return self._place(block, spans[0][0])

    def _place(self, block: Block, offset: int) -> Place:
        before = block.text[:offset]
        line = block.line + before.count("\n")
        if line > block.line:
            return Place(line, offset - before.rindex("\n"))
        first = block.text.split("\n", 1)[0]
        return Place(line, self.lines[line - 1].find(first) + offset + 1)


def _extra(path: Path) -> tuple[str, ...]:
    """Return the field of a path in ``extra``: ``("extra", "bibtex", "note")``."""
    return (str(path[2]).lower(),) if path[:1] == ("extra",) and len(path) > 2 else ()
