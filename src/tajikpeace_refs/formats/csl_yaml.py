"""CSL-YAML: our own format, and what pandoc, Quarto and citeproc read (docs/data-format.md)."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace
from typing import Any, TextIO

from tajikpeace_refs.errors import Problem, UsageError, did_you_mean, is_near
from tajikpeace_refs.formats._csl import records
from tajikpeace_refs.formats._hayagriva import reader as _hayagriva
from tajikpeace_refs.formats.base import Delimiters, Format, Item, ReadWork
from tajikpeace_refs.model.base import attribute
from tajikpeace_refs.model.csl import NAMES
from tajikpeace_refs.model.leniency import Outcome
from tajikpeace_refs.model.library import FrontMatter
from tajikpeace_refs.model.validation import Mistake, Path, shape, spell
from tajikpeace_refs.model.work import SPELLING, Work, dump_value
from tajikpeace_refs.options import WriteContext
from tajikpeace_refs.text.markdown import address_to_markdown
from tajikpeace_refs.yaml_text import Splice, YamlText, emit, front_matter

_TOP = ("references", "source", "proper-nouns", "language")


def read(stream: TextIO) -> Iterator[Item]:
    """Yield the front matter and the works of a YAML text, and a Problem for each mistake, at its line and column.

    What is not understood in a work is kept, with a warning. The text may be the front matter of a document.
    """
    return _Reader(stream.read(), is_strict=False).items()


def read_strictly(stream: TextIO) -> Iterator[Item]:
    """Yield what `read` yields, but refuse a work with anything that is not ours or CSL's."""
    return _Reader(stream.read(), is_strict=True).items()


class _Reader:
    """Reads one text; its places are looked up only when a mistake has to be shown."""

    def __init__(self, text: str, *, is_strict: bool) -> None:
        head = front_matter(text)
        self.text = YamlText(head)
        self.is_document = head.lstrip("\ufeff\r\n ").startswith("---")
        self.is_strict = is_strict
        self.known_keys: set[str] = set()

    def items(self) -> Iterator[Item]:
        text = self.text
        if text.syntax_error:
            (line, column), message = text.syntax_error
            yield Problem(message, line=line, column=column)
        yield from (self._problem(mistake) for mistake in text.mistakes)
        data = text.data
        if isinstance(data, list):
            yield from self._works((), data)
        elif _hayagriva.looks_like(data):  # its files have the same suffix
            message = "is read as Hayagriva, the format of Typst; name it with --from hayagriva"
            yield Problem(message, line=1, column=1, severity="warning")
            yield from _hayagriva.read_text(text)
        elif isinstance(data, dict):
            yield from self._front(data)
            works = data.get("references")
            is_empty = works is None and text.node(("references",)) is not None  # "references:" and nothing below it
            if isinstance(works, list):
                yield from self._works(("references",), works)
            elif not text.syntax_error and not is_empty:
                found = "none" if works is None else shape(works)
                yield self._problem(Mistake(("references",), f"expected a list of works, found {found}"))
        elif not text.syntax_error:
            yield Problem("has no list of works; expected 'references:' and a list of works", line=1, column=1)

    def _front(self, data: dict[str, Any]) -> Iterator[Item]:
        for key in data:
            if key not in _TOP:
                yield from self._unknown_at_top(key, is_list="references" in data)
        source = data.get("source")
        if source is not None:
            source = yield from self._work(source, ("source",), [])
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
            mistakes: list[Mistake] = []
            if isinstance(record, dict) and "title" not in record:
                mistakes = [*mistakes, Mistake(("title",), "is missing; write title: '' for a work that has none")]
            if isinstance(record, dict) and isinstance(name := record.get("id"), str):
                if name in seen:
                    line = self.text.place((*base, seen[name], "id"))[0]
                    mistakes = [*mistakes, Mistake(("id",), f"the id is used twice, first in line {line}")]
                seen.setdefault(name, number)
            work = yield from self._work(record, path, mistakes)
            if work and path not in irregular:
                yield ReadWork(work, is_sound=True)

    def _work(self, record: Any, path: Path, mistakes: list[Mistake]) -> Generator[Item, None, Work | None]:  # noqa: ANN401 - plain data
        """Yield the problems of a record, some of which are known; return its work, None if it is refused."""
        outcome, doubts = (
            Outcome(records.read_strictly(record), []) if self.is_strict else records.read_leniently(record)
        )
        mistakes = [*(outcome if isinstance(outcome, list) else ()), *mistakes]
        for mistake in mistakes:
            yield self._problem(mistake._replace(path=(*path, *mistake.path)))
        for doubt in doubts:
            # A key of another program is in every work; one that is misspelt is a value lost each time.
            if doubt.at_key and "did you mean" not in doubt.message:
                if str(doubt.path[-1]) in self.known_keys:
                    continue
                self.known_keys.add(str(doubt.path[-1]))
            yield replace(self._problem(doubt._replace(path=(*path, *doubt.path))), severity="warning")
        return None if mistakes or isinstance(outcome, list) else outcome

    def _unknown_at_top(self, key: str, *, is_list: bool) -> Iterator[Problem]:
        """Yield the problem of a key beside ``references``, if these are there; a document's metadata may have any."""
        hint = did_you_mean(key, _TOP)
        if not self.is_document or is_near(key, _TOP):
            expected = hint or f"; expected {', '.join(_TOP)}"
            problem = self._problem(Mistake((key,), f"unknown key {key!r} at the top{expected}", at_key=True))
            yield problem if self.is_strict or not is_list else replace(problem, severity="warning")

    def _problem(self, mistake: Mistake) -> Problem:
        line, column = self.text.place(mistake.path, at_key=mistake.at_key)
        base = 2 if mistake.path[:1] == ("references",) else 1
        inner = tuple(str(step).removesuffix("#2") if isinstance(step, str) else step for step in mistake.path[base:])
        record = self.text.node(mistake.path[:base])
        name = record.data.get("id") if record and isinstance(record.data, dict) else None
        if not isinstance(name, str):
            name = spell(mistake.path[:base]) or None
        return Problem(mistake.message, work_id=name, variable=spell(inner) or None, line=line, column=column)


def write(works: Iterable[Work], _context: WriteContext) -> Iterator[str]:
    """Yield each work as an item of the list: the variables that are set, in the order of the model."""
    for work in works:
        yield emit([dump(work)])


def _delimiters(front: FrontMatter) -> Delimiters:
    top = "".join(emit({key: value}) for key, value in dump_front(front).items())
    return Delimiters(header=f"{top}references:\n", empty=f"{top}references: []\n")


def dump_front(front: FrontMatter) -> dict[str, Any]:
    """Return the plain data of what a list says of itself, in YAML."""
    held = {
        "source": front.source and dump(front.source),
        "proper-nouns": list(front.proper_nouns),
        "language": front.language,
    }
    return {key: value for key, value in held.items() if value}


def without_markdown(record: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a record, as YAML has them, as the model has them: texts are Markdown no more."""
    return records.without_markdown(record)


def read_record(record: Any) -> Work | None:  # noqa: ANN401 - plain data
    """Return the work of a record of a list; None where it would be refused."""
    result = records.read_leniently(record)[0]
    return None if isinstance(result, list) else result


def with_kept_names(old: Work, new: Work) -> Work:
    """Return a changed work with what was kept of its names for this format, such as an ORCID, by the names it has now.

    A person whose family name stays is the same one.
    """
    if old.extra != new.extra:
        return new
    fields = []
    for field in old.extra:
        name = attribute(field.field) if field.format == records.NAME and field.field in NAMES else ""
        before, after = getattr(old, name, ()), getattr(new, name, ())
        text = field.value
        if before != after:
            held = (dump_value(before), dump_value(after)) if before and after else ([], [])
            names = records.kept_names(json.loads(text), *held)
            text = json.dumps(names, ensure_ascii=False) if names else ""
        if text:
            fields.append(field._replace(value=text))
    return new if tuple(fields) == new.extra else new.replace(extra=tuple(fields))


def dump(work: Work) -> dict[str, Any]:
    """Return the plain data of a work in YAML: dates as EDTF text, everything else as in CSL-JSON."""
    data = {SPELLING[name]: shown for name, value in work.variables().items() if (shown := records.plain_value(value))}
    data.setdefault("title", "")
    return records.dump(data)


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
    if isinstance(text.data, dict) and text.data.get("references") is None:
        return [] if text.node(("references",)) else None
    works = text.data["references"] if isinstance(text.data, dict) else text.data
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
    rest = text[len(source.bom) + len(source.text) :]
    splices: list[Splice] = []
    for (work_id, variable), value in {(work_id, variable): value for work_id, variable, value in values}.items():
        if work_id not in paths:
            raise UsageError(f"no work has the id {work_id!r} in the text; nothing is changed")
        path = paths[work_id]
        value = address_to_markdown(value) if variable in records.ADDRESSES else value  # noqa: PLW2901
        if source.node((*path, variable)):
            splices += source.replace((*path, variable), value)
        else:
            splices += source.add(path, {variable: value}, after="URL")
    return source.edited(splices) + rest


def lines_of(text: str, variable: str) -> dict[str, int]:
    """Return the line of a variable in each work of a YAML text that has it, else the line of the work, by id.

    Raises:
        UsageError: the text is no list of works.
    """
    source = _list_of_works(text)
    return {work_id: source.place((*path, variable), at_key=True)[0] for work_id, path in work_paths(source).items()}


def _list_of_works(text: str) -> YamlText:
    source = YamlText(front_matter(text))
    if source.syntax_error:
        (line, column), message = source.syntax_error
        raise UsageError(f"the text cannot be read: line {line}, column {column}: {message}")
    if _works(source) is None:
        raise UsageError("the text has no list of works")
    return source


FORMAT = Format(
    name="csl-yaml", label="CSL-YAML", read=read, write=write, delimiters=_delimiters, read_strictly=read_strictly
)
