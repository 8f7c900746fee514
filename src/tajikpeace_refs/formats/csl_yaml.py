"""CSL-YAML: our own format, and what pandoc, Quarto and citeproc read (docs/data-format.md)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

import yaml
from yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from tajikpeace_refs.errors import Problem, did_you_mean
from tajikpeace_refs.formats._csl.compat import flatten, is_plain, reads_as
from tajikpeace_refs.formats.base import Delimiters, Format, Item, ReadWork
from tajikpeace_refs.model.date import PartialDate
from tajikpeace_refs.model.library import Front
from tajikpeace_refs.model.validation import Mistake, Path, shape, spell, validate
from tajikpeace_refs.model.work import SPELLING, Work, dump_value
from tajikpeace_refs.options import WriteContext
from tajikpeace_refs.yaml_tree import Tree, read_tree, trace_tree

_TOP = ("references", "source", "proper-nouns")


def read(stream: TextIO) -> Iterator[Item]:
    """Yield the front matter and the works of a YAML text, and a Problem for each mistake, at its line and column."""
    text = stream.read()
    return _Reading(text, read_tree(text)).items()


class _Reading:
    """One text being read; its places are looked up only when a mistake has to be shown."""

    def __init__(self, text: str, tree: Tree) -> None:
        self.text = text
        self.tree = tree

    def items(self) -> Iterator[Item]:
        tree = self.tree
        if tree.syntax_error:
            (line, column), message = tree.syntax_error
            yield Problem(message, line=line, column=column)
        yield from (self._problem(mistake) for mistake in tree.mistakes)
        data = tree.data
        if isinstance(data, list):
            yield from self._works((), data)
        elif isinstance(data, dict):
            yield from self._front(data)
            works = data.get("references")
            if isinstance(works, list):
                yield from self._works(("references",), works)
            elif not tree.syntax_error:
                found = "none" if works is None else shape(works)
                yield self._problem(Mistake(("references",), f"expected a list of works, found {found}"))
        elif not tree.syntax_error:
            yield Problem("holds no library; expected 'references:' and a list of works", line=1, column=1)

    def _front(self, data: dict[str, Any]) -> Iterator[Item]:
        for key in data:
            if key not in _TOP:
                hint = did_you_mean(key, _TOP) or f"; expected {', '.join(_TOP)}"
                yield self._problem(Mistake((key,), f"unknown key {key!r} at the top{hint}", at_key=True))
        source = data.get("source")
        if source is not None:
            outcome = _validated(source)
            if isinstance(outcome, list):
                yield from (self._problem(m._replace(path=("source", *m.path))) for m in outcome)
                source = None
            else:
                source = outcome
        nouns = data.get("proper-nouns", [])
        if not isinstance(nouns, list) or not all(isinstance(noun, str) for noun in nouns):
            yield self._problem(Mistake(("proper-nouns",), f"expected a list of words, got {shape(nouns)}"))
            nouns = []
        yield Front(source=source, proper_nouns=tuple(nouns))

    def _works(self, base: Path, records: list[Any]) -> Iterator[Item]:
        seen: dict[str, int] = {}
        irregular = {mistake.path[: len(base) + 1] for mistake in self.tree.mistakes}
        unfinished = self.tree.unfinished[: len(base) + 1] if self.tree.syntax_error else None
        for number, record in enumerate(records):
            path = (*base, number)
            if path == unfinished:  # the syntax error fell into this work: it was reported already
                continue
            outcome = _validated(record)
            mistakes = outcome if isinstance(outcome, list) else []
            if isinstance(record, dict) and "title" not in record:
                mistakes = [*mistakes, Mistake(("title",), "is missing; write title: '' for a work that has none")]
            if isinstance(record, dict) and isinstance(name := record.get("id"), str):
                if name in seen:
                    line = self._place((*base, seen[name], "id"))[0]
                    mistakes = [*mistakes, Mistake(("id",), f"the id is used twice, first in line {line}")]
                seen.setdefault(name, number)
            if isinstance(outcome, list) or mistakes:
                yield from (self._problem(m._replace(path=(*path, *m.path))) for m in mistakes)
            elif path not in irregular:
                yield ReadWork(outcome)

    def _problem(self, mistake: Mistake) -> Problem:
        line, column = self._place(mistake.path, at_key=mistake.at_key)
        base = 2 if mistake.path[:1] == ("references",) else 1
        inner = tuple(str(step).removesuffix("#2") if isinstance(step, str) else step for step in mistake.path[base:])
        record = _at(self.tree.data, mistake.path[:base])
        name = record.get("id") if isinstance(record, dict) else None
        if not isinstance(name, str):
            name = spell(mistake.path[:base]) or None
        return Problem(mistake.message, work_id=name, variable=spell(inner) or None, line=line, column=column)

    def _place(self, path: Path, *, at_key: bool = False) -> tuple[int, int]:
        if not self.tree.values:
            self.tree = trace_tree(self.text)
        return self.tree.place(path, at_key=at_key)


def _validated(record: Any) -> Work | list[Mistake]:  # noqa: ANN401 - plain data
    """Return the work of a record, or its mistakes; our keys may stand under ``custom``, as in CSL-JSON."""
    if not isinstance(record, dict):
        return validate(record)
    # The models take their own attribute names too; in a file there is one spelling of a key.
    if wrong := [key for key in record if SPELLING.get(key, key) != key]:
        told = [Mistake((key,), f"unknown key {key!r}, did you mean {SPELLING[key]!r}?", at_key=True) for key in wrong]
        rest = validate({key: value for key, value in record.items() if key not in wrong})
        return [*told, *(rest if isinstance(rest, list) else ())]
    if is_plain(record):
        return validate(record)
    values, others = flatten(record)
    custom = {key.removeprefix("custom.") for key in others if key.startswith("custom.")}
    outcome = validate({**values, **{key.removeprefix("custom."): value for key, value in others.items()}})
    if isinstance(outcome, list):
        return [m._replace(path=("custom", *m.path)) if {*m.path[:1]} & custom else m for m in outcome]
    return outcome


def _at(data: Any, path: Path) -> Any:  # noqa: ANN401 - plain data
    for step in path:
        if isinstance(data, list) and isinstance(step, int):
            data = data[step]
        else:
            data = data.get(step) if isinstance(data, dict) else None
    return data


def write(works: Iterable[Work], _context: WriteContext) -> Iterator[str]:
    """Yield the items of the list: what is set, in the order of the model, one canonical spelling."""
    for work in works:
        yield _emit([dump(work)])


def _frame(front: Front) -> Delimiters:
    top = _emit({"source": dump(front.source)}) if front.source is not None else ""
    if front.proper_nouns:
        top += _emit({"proper-nouns": list(front.proper_nouns)})
    return Delimiters(header=f"{top}references:\n", empty=f"{top}references: []\n")


def dump(work: Work) -> dict[str, Any]:
    """Return a work as the YAML says it: dates as EDTF text, everything else as in CSL-JSON."""
    data = {SPELLING[name]: shown for name, value in work.variables().items() if (shown := _value(value))}
    data.setdefault("title", "")
    return data


def _value(value: Any) -> Any:  # noqa: ANN401 - any field
    if not isinstance(value, PartialDate):
        return dump_value(value)
    # Words that would not be read as a date ("535 BCE"), or as another one, are said to be words.
    text = str(value)
    return text if not text or reads_as(text, value) else {"literal": text}


# What a YAML 1.1 or 1.2 reader would take for something other than the text. Plain whole numbers are left bare: read
# as a number and printed again they are the same.
_MISREAD = re.compile(
    r"(?i:y|n|yes|no|on|off|true|false|null|~|\.inf|\.nan|<<|=)|0[0-9xob_].*|[-+.]?[0-9][-+0-9_,:.eExXoObB]*[^\s]*"
    r"|[-+]?\.(inf|Inf|INF)"
)
_WHOLE = re.compile(r"0|[1-9][0-9]{0,14}")


def _emit(data: Any) -> str:  # noqa: ANN401 - plain data
    events = [StreamStartEvent(), DocumentStartEvent(explicit=False), *_events(data)]
    events += [DocumentEndEvent(explicit=False), StreamEndEvent()]
    text: str = yaml.emit(events, Dumper=getattr(yaml, "CDumper", yaml.Dumper), allow_unicode=True, width=100)
    return text


def _events(data: Any) -> Iterator[Event]:  # noqa: ANN401 - plain data
    if isinstance(data, dict):
        yield MappingStartEvent(None, None, implicit=True, flow_style=not data.keys().isdisjoint({"family", "literal"}))
        for key, value in data.items():
            yield _scalar(key)
            yield from _events(value)
        yield MappingEndEvent()
    elif isinstance(data, list):
        yield SequenceStartEvent(None, None, implicit=True, flow_style=False)
        for value in data:
            yield from _events(value)
        yield SequenceEndEvent()
    else:
        yield _scalar(data)


def _scalar(value: Any) -> ScalarEvent:  # noqa: ANN401 - text or truth value
    if isinstance(value, bool):
        return ScalarEvent(None, None, (True, False), "true" if value else "false")
    text = str(value)
    misread = not text or (_MISREAD.fullmatch(text) and not _WHOLE.fullmatch(text))
    if "\n" in text:
        return ScalarEvent(None, None, (False, True), text, style='"')
    return ScalarEvent(None, None, (not misread, True), text, style="'" if misread else None)


FORMAT = Format(
    name="csl-yaml",
    label="CSL-YAML",
    read=read,
    write=write,
    delimiters=_frame,
)
