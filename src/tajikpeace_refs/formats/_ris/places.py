"""Where the values of a record stand in a RIS text: line and column, for what lint finds in them."""

from __future__ import annotations

import io

from tajikpeace_refs.formats._ris.converters import grouped
from tajikpeace_refs.formats._ris.lines import Record, records
from tajikpeace_refs.formats._ris.rows import table_key
from tajikpeace_refs.formats.base import Place
from tajikpeace_refs.model.base import attribute
from tajikpeace_refs.model.validation import Path
from tajikpeace_refs.model.work import Work


class Places:
    """The records of a text."""

    def __init__(self, text: str) -> None:
        self.lines = io.StringIO(text, newline=None).readlines()
        self.records = {each.line: each for each in records(self.lines) if isinstance(each, Record)}

    def find(self, line: int, work: Work, path: Path, words: str) -> Place:
        """Return where the words stand in the value at a path of a work, whose record begins in a line.

        Where they are not found, the place is that of the value; where no line gives it, that of the record.
        """
        record = self.records.get(line)
        variable = attribute(str(path[0])) if path else ""
        numbers = _numbers(record, table_key(record.ty, work.type), variable) if record else []
        if record and path[:1] == ("extra",):
            numbers = [number for (tag, _), number in zip(record.lines, record.numbers, strict=True) if tag in path[2:]]
        if not numbers:
            return Place(line, 1)
        place = path[1] if len(path) > 1 else 0
        nth = numbers[place] if isinstance(place, int) and place < len(numbers) else numbers[0]
        for number in (nth, *numbers):
            if words and (at := self.lines[number - 1].find(words, self._start(number))) >= 0:
                return Place(number, at + 1)
        return Place(nth, self._start(nth) + 1)

    def _start(self, number: int) -> int:
        """Return where the value of a tag begins in its line."""
        return self.lines[number - 1].find("-") + 2


def _numbers(record: Record, key: str, variable: str) -> list[int]:
    """Return the numbers of the lines that give a variable."""
    lines = grouped(key, record.lines).groups.get(variable, ())
    return [number for line, number in zip(record.lines, record.numbers, strict=True) if line in lines]
