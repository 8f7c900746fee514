"""From text to works: ``parse``, ``iter_parse`` and the streams of works and problems under them. Pure: no disk."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import TextIO

from tajikpeace_refs import formats
from tajikpeace_refs.errors import InputError, Problem, UsageError, level_of_caller
from tajikpeace_refs.formats.base import Format, Item, ReadWork, skip_bom
from tajikpeace_refs.formats.ids import UniqueIds
from tajikpeace_refs.model.base import csl_name
from tajikpeace_refs.model.library import FrontMatter, Library
from tajikpeace_refs.model.name_doubts import name_warnings
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import FormatName
from tajikpeace_refs.text.encodings import decode
from tajikpeace_refs.text.plausibility import warnings_of

OnProblem = Callable[[Problem], None]


class InputWarning(UserWarning):
    """The warning for something doubtful in an input that was read; the message is that of a `Problem`."""


def parse(
    text: str | bytes,
    format: FormatName | None = None,  # noqa: A002
    *,
    on_problem: OnProblem | None = None,
    strict: bool = False,
    encoding: str | None = None,
) -> Library:
    """Return the library in a text.

    Args:
        text: the whole text, or its bytes.
        format: the name of the format. None: it is recognised.
        on_problem: a function that is called with every `Problem`; the valid works are then returned. None: errors are
            raised, warnings are Python warnings.
        strict: whether input that would be read with a warning is an error.
        encoding: the encoding of bytes. None: UTF-8, or UTF-16 and UTF-32 with a byte order mark.

    Raises:
        InputError: the text has errors and there is no ``on_problem``; it has all problems.
        UsageError: the format is unknown or cannot be read, or ``text`` is neither text nor bytes.

    >>> parse("references: [{id: a, type: book, title: Peace}]")["a"].title
    'Peace'
    """
    if isinstance(text, (bytes, bytearray)):
        text = decode(bytes(text), encoding=encoding)
    if not isinstance(text, str):
        raise UsageError(f"expected text or bytes, got {type(text).__name__}; a file is read by load")
    name = format or formats.recognise(text)
    if name is None:
        raise UsageError("the format of the text is not recognised; give its name as format")
    return read_library(io.StringIO(text, newline=None), formats.get(name), "<string>", on_problem, strict=strict)


def iter_parse(stream: TextIO, format: FormatName) -> Iterator[Work | Problem]:  # noqa: A002
    """Yield works and problems while a stream of text is read, for files larger than the memory.

    RIS, ``.bib`` and JSON lines are read record by record; YAML and JSON lists are read whole first.

    Args:
        stream: an open file, or another stream of text; for ``.bib`` one with ``seek``.
        format: the name of the format.

    Raises:
        UsageError: the format is unknown or cannot be read, or the stream has no text or, for ``.bib``, no ``seek``.
        InputError: the bytes of the stream are not in its encoding.

    >>> import io
    >>> [work.id for work in iter_parse(io.StringIO("@book{a, title={X}}"), "bibtex")]
    ['a']
    """
    return _checked(iter_items(formats.get(format), stream), stream, format)


def _checked(items: Iterable[Work | Problem | FrontMatter], stream: TextIO, name: str) -> Iterator[Work | Problem]:
    """Yield works and problems; raise our own errors where the stream itself cannot be read."""
    read = getattr(stream, "read", None)
    if read is None or not isinstance(read(0), str):
        raise UsageError("expected a stream of text, such as open(path, encoding='utf-8')")
    try:
        for item in items:
            if not isinstance(item, FrontMatter):
                yield item
    except UnicodeDecodeError as error:
        what = f"the byte 0x{error.object[error.start]:02X} is not {error.encoding}"
        raise InputError([Problem(f"{what}; open the stream in its own encoding, or save it as UTF-8")]) from None
    except io.UnsupportedOperation:
        raise UsageError(f"{name} needs a stream that can be rewound; read it into io.StringIO first") from None


def read_library(
    stream: TextIO, chosen: Format, file: str, on_problem: OnProblem | None, *, strict: bool = False
) -> Library:
    """Return the library that a stream of text holds; ``file`` names it in problems. See ``parse``."""
    works: list[Work] = []
    problems: list[Problem] = []
    front = FrontMatter()
    for item in iter_items(chosen, stream, strict=strict):
        if isinstance(item, Problem):
            problems.append(as_asked(item.in_file(file), strict=strict))
        elif isinstance(item, Work):
            works.append(item)
        else:
            front = item
    problems.sort(key=lambda problem: (problem.line or 0, problem.column or 0))
    report_problems(problems, on_problem)
    return Library(works=tuple(works), front=front)


def as_asked(problem: Problem, *, strict: bool) -> Problem:
    """Return a problem as it counts: a warning is an error for those who ask for strictness."""
    return replace(problem, severity="error") if strict and problem.severity == "warning" else problem


def concerns(problem: Problem, works: Container[str] | None) -> bool:
    """Whether a problem is to be reported where only some works are asked for: errors are, warnings of others not."""
    return works is None or problem.severity == "error" or problem.work_id is None or problem.work_id in works


def iter_items(chosen: Format, stream: TextIO, *, strict: bool = False) -> Iterator[Work | Problem | FrontMatter]:
    """Yield what a stream holds, each work with an id of its own, and warnings of what is doubtful in it.

    Raises:
        UsageError: the format is write only.
    """
    for item in iter_read(chosen, stream, strict=strict):
        if isinstance(item, ReadWork):
            yield item.work
            if not item.is_sound:
                yield from warnings_of(item.work, item.work.id, item.line)
            if chosen.name != "csl-yaml":  # of ours, names are looked at by lint
                yield from name_warnings(item.work, item.work.id, item.line, bare=chosen.name == "ris")
        else:
            yield item


def iter_read(chosen: Format, stream: TextIO, *, strict: bool = False) -> Iterator[Item]:
    """Yield what a stream holds as its reader, or its strict one, gives it, each work with an id of its own.

    Raises:
        UsageError: the format is write only.
    """
    if chosen.read is None:
        readable = ", ".join(name for name in formats.names() if formats.get(name).read)
        raise UsageError(f"{chosen.name} can only be written; formats that can be read: {readable}")
    reader = (strict and chosen.read_strictly) or chosen.read
    ids = UniqueIds(chosen.ids)
    skip_bom(stream)
    for item in reader(stream):
        if not isinstance(item, ReadWork):
            yield item
            continue
        key, problem = ids.allocate(item.work.id, item.line, named=item.named)
        if problem:
            yield problem
        if key is not None:
            is_own = key == item.work.id
            yield item if is_own else item._replace(work=item.work.model_copy(update={"id": key}))


def report_problems(problems: list[Problem], on_problem: OnProblem | None) -> None:
    """Call ``on_problem`` with each problem; without it raise an InputError if one is an error, else warn of each."""
    if on_problem is None and any(problem.severity == "error" for problem in problems):
        raise InputError(problems)
    for problem in problems:
        if on_problem:
            on_problem(problem)
        else:
            warnings.warn(str(problem), InputWarning, stacklevel=level_of_caller())


def refuse_misread(before: str, after: str, file: str, meant: Callable[[Work, Work], Work]) -> None:
    """Refuse to write a YAML text that is not read as what was meant by the change of another.

    ``meant`` returns what a work of the text before is meant to be; it is also given what it is in the new text.
    Works with faults, which are not read, do not count.

    Raises:
        UsageError: a work is missing or added, or a variable of one is read otherwise.
    """
    for old, new in zip_longest(_all_works(before), _all_works(after)):
        if old is None or new is None:
            where = "the number of works"
        elif (wanted := meant(old, new)) != new:
            values, others = wanted.variables(), new.variables()
            names = [name for name in {**values, **others} if values.get(name) != others.get(name)]
            where = f"{old.id}: {', '.join(map(csl_name, names))}"
        else:
            continue
        raise UsageError(f"{file!r} is not changed: the new text would be read differently ({where})")


def _all_works(text: str) -> list[Work]:
    library = parse(text, "csl-yaml", on_problem=lambda _: None)
    return [*([library.source] if library.source else []), *library]
