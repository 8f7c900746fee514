"""CSL-YAML: our own format, and what pandoc, Quarto and citeproc read (docs/data-format.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from tajikpeace_refs.errors import Problem, UsageError, did_you_mean
from tajikpeace_refs.formats.base import Delimiters, Format, Item, ReadWork
from tajikpeace_refs.model.csl import flatten, is_plain, reads_as
from tajikpeace_refs.model.date import PartialDate
from tajikpeace_refs.model.library import FrontMatter
from tajikpeace_refs.model.validation import Mistake, Path, shape, spell, validate
from tajikpeace_refs.model.work import SPELLING, Work, dump_value
from tajikpeace_refs.options import WriteContext
from tajikpeace_refs.yaml_text import Splice, YamlText, emit

_TOP = ("references", "source", "proper-nouns", "language")


def read(stream: TextIO) -> Iterator[Item]:
    """Yield the front matter and the works of a YAML text, and a Problem for each mistake, at its line and column."""
    return _Reader(YamlText(stream.read())).items()


class _Reader:
    """Reads one text; its places are looked up only when a mistake has to be shown."""

    def __init__(self, text: YamlText) -> None:
        self.text = text

    def items(self) -> Iterator[Item]:
        text = self.text
        if text.syntax_error:
            (line, column), message = text.syntax_error
            yield Problem(message, line=line, column=column)
        yield from (self._problem(mistake) for mistake in text.mistakes)
        data = text.data
        if isinstance(data, list):
            yield from self._works((), data)
        elif isinstance(data, dict):
            yield from self._front(data)
            works = data.get("references")
            if isinstance(works, list):
                yield from self._works(("references",), works)
            elif not text.syntax_error:
                found = "none" if works is None else shape(works)
                yield self._problem(Mistake(("references",), f"expected a list of works, found {found}"))
        elif not text.syntax_error:
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
        language = data.get("language")
        if language is not None and not isinstance(language, str):
            yield self._problem(Mistake(("language",), f"expected a language such as en, got {shape(language)}"))
            language = None
        yield FrontMatter(source=source, proper_nouns=tuple(nouns), language=language)

    def _works(self, base: Path, records: list[Any]) -> Iterator[Item]:
        seen: dict[str, int] = {}
        irregular = {mistake.path[: len(base) + 1] for mistake in self.text.mistakes}
        unfinished = self.text.unfinished[: len(base) + 1] if self.text.syntax_error else None
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
                    line = self.text.place((*base, seen[name], "id"))[0]
                    mistakes = [*mistakes, Mistake(("id",), f"the id is used twice, first in line {line}")]
                seen.setdefault(name, number)
            if isinstance(outcome, list) or mistakes:
                yield from (self._problem(m._replace(path=(*path, *m.path))) for m in mistakes)
            elif path not in irregular:
                yield ReadWork(outcome, is_sound=True)

    def _problem(self, mistake: Mistake) -> Problem:
        line, column = self.text.place(mistake.path, at_key=mistake.at_key)
        base = 2 if mistake.path[:1] == ("references",) else 1
        inner = tuple(str(step).removesuffix("#2") if isinstance(step, str) else step for step in mistake.path[base:])
        record = self.text.node(mistake.path[:base])
        name = record.data.get("id") if record and isinstance(record.data, dict) else None
        if not isinstance(name, str):
            name = spell(mistake.path[:base]) or None
        return Problem(mistake.message, work_id=name, variable=spell(inner) or None, line=line, column=column)


def _validated(record: Any) -> Work | list[Mistake]:  # noqa: ANN401 - plain data
    """Return the work of a record, or its mistakes; our keys may stand under ``custom``, as in CSL-JSON."""
    if not isinstance(record, dict):
        return validate(record)
    # The models take their own attribute names too; in a file there is one spelling of a key.
    if wrong := [key for key in record if SPELLING.get(key, key) != key]:
        mistakes = [
            Mistake((key,), f"unknown key {key!r}, did you mean {SPELLING[key]!r}?", at_key=True) for key in wrong
        ]
        rest = validate({key: value for key, value in record.items() if key not in wrong})
        return [*mistakes, *(rest if isinstance(rest, list) else ())]
    if is_plain(record):
        return validate(record)
    values, others = flatten(record)
    custom = {key.removeprefix("custom.") for key in others if key.startswith("custom.")}
    outcome = validate({**values, **{key.removeprefix("custom."): value for key, value in others.items()}})
    if isinstance(outcome, list):
        return [m._replace(path=("custom", *m.path)) if {*m.path[:1]} & custom else m for m in outcome]
    return outcome


def write(works: Iterable[Work], _context: WriteContext) -> Iterator[str]:
    """Yield each work as an item of the list: the variables that are set, in the order of the model."""
    for work in works:
        yield emit([dump(work)])


def _delimiters(front: FrontMatter) -> Delimiters:
    top = emit({"source": dump(front.source)}) if front.source is not None else ""
    if front.proper_nouns:
        top += emit({"proper-nouns": list(front.proper_nouns)})
    if front.language:
        top += emit({"language": front.language})
    return Delimiters(header=f"{top}references:\n", empty=f"{top}references: []\n")


def dump(work: Work) -> dict[str, Any]:
    """Return the plain data of a work in YAML: dates as EDTF text, everything else as in CSL-JSON."""
    data = {SPELLING[name]: shown for name, value in work.variables().items() if (shown := _value(value))}
    data.setdefault("title", "")
    return data


def _value(value: Any) -> Any:  # noqa: ANN401 - any field
    if not isinstance(value, PartialDate):
        return dump_value(value)
    # Words that would not be read as a date ("535 BCE"), or as another one, are marked as words.
    text = str(value)
    return text if not text or reads_as(text, value) else {"literal": text}


def work_paths(text: YamlText) -> dict[str, Path]:
    """Return the path of each work of a text by its id; of two with the same id the first counts, as in reading."""
    base: Path = ("references",) if isinstance(text.data, dict) else ()
    paths: dict[str, Path] = {}
    for number, work in enumerate(_works(text) or ()):
        if isinstance(work, dict) and "id" in work:
            paths.setdefault(str(work["id"]), (*base, number))
    return paths


def _works(text: YamlText) -> list[Any] | None:
    """Return the list of works that a text holds, None if it has none."""
    works = text.data.get("references") if isinstance(text.data, dict) else text.data
    return works if isinstance(works, list) else None


def set_values(text: str, values: Iterable[tuple[str, str, str]]) -> str:
    r"""Return a YAML text in which works have other values; every other character stays.

    ``values`` are ids, variables in CSL's spelling, and what they are to be. A new variable gets a line of its own,
    after ``URL`` where there is one, else at the end of its work.

    >>> text = "- id: a  # first\n  title: One\n"
    >>> print(set_values(text, [("a", "title", "Two: or"), ("a", "archive-date", "2012-03-01")]))
    - id: a  # first
      title: 'Two: or'
      archive-date: '2012-03-01'
    <BLANKLINE>

    Raises:
        UsageError: a work is not in the text, or the text is no list of works.
    """
    source = _list_of_works(text)
    paths = work_paths(source)
    splices: list[Splice] = []
    for (work_id, variable), value in {(work_id, variable): value for work_id, variable, value in values}.items():
        if work_id not in paths:
            raise UsageError(f"no work has the id {work_id!r} in the text; nothing is changed")
        path = paths[work_id]
        if source.node((*path, variable)):
            splices += source.replace((*path, variable), value)
        else:
            splices += source.add(path, {variable: value}, after="URL")
    return source.edited(splices)


def lines_of(text: str, variable: str) -> dict[str, int]:
    """Return the line of a variable in each work of a YAML text that has it, else the line of the work, by id.

    Raises:
        UsageError: the text is no list of works.
    """
    source = _list_of_works(text)
    return {work_id: source.place((*path, variable), at_key=True)[0] for work_id, path in work_paths(source).items()}


def _list_of_works(text: str) -> YamlText:
    source = YamlText(text)
    if source.syntax_error:
        (line, column), message = source.syntax_error
        raise UsageError(f"the text is no YAML: line {line}, column {column}: {message}")
    if _works(source) is None:
        raise UsageError("the text holds no list of works")
    return source


FORMAT = Format(name="csl-yaml", label="CSL-YAML", read=read, write=write, delimiters=_delimiters)
