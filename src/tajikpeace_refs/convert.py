"""Text to library and back: pure, no disk. ``load`` and ``export`` in ``store`` are thin wrappers over these."""

from __future__ import annotations

import gc
import io
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Literal, TextIO

from tajikpeace_refs import formats
from tajikpeace_refs.errors import InputError, Loss, LossError, Problem, UsageError
from tajikpeace_refs.formats.base import Format, Reader, ReadWork
from tajikpeace_refs.formats.ids import UniqueIds
from tajikpeace_refs.model.library import Front, Library
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import Markup, Options, Scheme, Script

OnProblem = Callable[[Problem], None]
OnLoss = Literal["warn", "error", "ignore"] | Callable[[Loss], None]


class LossWarning(UserWarning):
    """A format could not hold something; the message names the work and the variable."""


class InputWarning(UserWarning):
    """Something doubtful in an input, with its place; it was read all the same."""


def parse(text: str, format: str | None = None, *, on_problem: OnProblem | None = None) -> Library:  # noqa: A002
    """Return the library that a text holds.

    Args:
        text: the whole text.
        format: its format's name; None to recognise it.
        on_problem: called with every problem; the sound works are then returned. Without it, errors are raised.

    Raises:
        InputError: the text has errors and there is no ``on_problem``; all problems of the text are in it.
        UsageError: the format is unknown or cannot be read.

    >>> parse("references: [{id: a, type: book, title: Peace}]")["a"].title
    'Peace'
    """
    name = format or formats.recognise(text)
    if name is None:
        raise UsageError("the format of the text is not recognised; name it")
    return read(io.StringIO(text, newline=None), formats.get(name), "<string>", on_problem)


def iter_parse(stream: TextIO, format: str) -> Iterator[Work | Problem]:  # noqa: A002
    """Yield the works and the problems of a stream of text as they are read, for files larger than the memory.

    RIS, ``.bib`` and JSON lines are read record by record (``.bib`` only needs a stream that can be rewound); YAML and
    JSON lists are read whole first.

    Args:
        stream: text, such as an open file.
        format: the format's name.

    Raises:
        UsageError: the format is unknown or cannot be read, or the stream gives no text or cannot be rewound for it.
        InputError: the stream's encoding is not that of its bytes.

    >>> import io
    >>> [work.id for work in iter_parse(io.StringIO("@book{a, title={X}}"), "bibtex")]
    ['a']
    """
    return _told(items(formats.get(format), stream), stream, format)


def _told(items: Iterable[Work | Problem | Front], stream: TextIO, name: str) -> Iterator[Work | Problem]:
    """Yield works and problems; what the stream itself cannot do is said in our words."""
    give = getattr(stream, "read", None)
    if give is None or not isinstance(give(0), str):
        raise UsageError("expected a stream of text, such as open(path, encoding='utf-8')")
    try:
        for item in items:
            if not isinstance(item, Front):
                yield item
    except UnicodeDecodeError as error:
        what = f"the byte 0x{error.object[error.start]:02X} is not {error.encoding}"
        raise InputError([Problem(f"{what}; open the stream in its own encoding, or save it as UTF-8")]) from None
    except io.UnsupportedOperation:
        raise UsageError(f"{name} needs a stream that can be rewound; read it into io.StringIO first") from None


def read(stream: TextIO, chosen: Format, file: str, on_problem: OnProblem | None) -> Library:
    """Return the library that a stream of text holds; ``file`` names it in problems. See ``parse``."""
    works: list[Work] = []
    problems: list[Problem] = []
    front = Front()
    with _uncollected():
        for item in items(chosen, stream):
            if isinstance(item, Problem):
                problems.append(item.in_file(file))
            elif isinstance(item, Work):
                works.append(item)
            else:
                front = item
    problems.sort(key=lambda problem: (problem.line or 0, problem.column or 0))
    report_problems(problems, on_problem)
    return Library(works=tuple(works), front=front)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector away while a library is built, of which nothing can be collected.

    Going through the works made so far, again and again, was a quarter of the time of reading.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def items(chosen: Format, stream: TextIO) -> Iterator[Work | Problem | Front]:
    """Yield what a stream holds, each work with an id of its own."""
    if chosen.read is None:
        readable = ", ".join(name for name in formats.names() if formats.get(name).read)
        raise UsageError(f"{chosen.name} is written, not read; readable: {readable}")
    return _with_own_ids(chosen.read, UniqueIds(chosen.ids), stream)


def _with_own_ids(read: Reader, ids: UniqueIds, stream: TextIO) -> Iterator[Work | Problem | Front]:
    skip_bom(stream)
    for item in read(stream):
        if not isinstance(item, ReadWork):
            yield item
            continue
        work, line, named = item
        key, problem = ids.allocate(work.id, line, named=named)
        if problem:
            yield problem
        if key is not None:
            yield work if key == work.id else work.model_copy(update={"id": key})


def skip_bom(stream: TextIO) -> None:
    """Pass over a byte order mark that came as text, where the stream can be rewound."""
    if stream.seekable():
        start = stream.tell()
        if stream.read(1) != "\ufeff":
            stream.seek(start)


def report_problems(problems: list[Problem], on_problem: OnProblem | None) -> None:
    """Raise an InputError where a problem is an error and nobody listens; else tell or warn of each."""
    if on_problem is None and any(problem.severity == "error" for problem in problems):
        raise InputError(problems)
    for problem in problems:
        if on_problem:
            on_problem(problem)
        else:
            warnings.warn(str(problem), InputWarning, stacklevel=5)


def render(  # noqa: PLR0913 - each option is a keyword of its own
    library: Library | Iterable[Work],
    format: str,  # noqa: A002
    *,
    markup: Markup = "plain",
    script: Script | None = None,
    scheme: Scheme = "ala-lc",
    ascii: bool = False,  # noqa: A002
    links: Mapping[str, Any] | None = None,
    on_loss: OnLoss = "warn",
) -> str:
    """Return a library, or some works, as text in a format.

    Args:
        library: a Library, or works.
        format: the format's name, such as ``bibtex``, ``biblatex``, ``apa``, ``ris``, ``csl-json``, ``csl-yaml`` or
            ``html``.
        markup: of an ``apa`` list.
        script: ``latin`` transliterates, with the translation in brackets; ``original`` does not. None: Latin for
            ``apa``, the original elsewhere.
        scheme: the romanisation: ``ala-lc`` (without diacritics), ``bgn-pcgn`` or ``iso-9``.
        ascii: LaTeX commands for characters outside ASCII, in ``.bib``.
        links: the JSON report of ``check-links``, as data, for the verdicts of an ``html`` page.
        on_loss: what to do about a variable that the format cannot hold.

    Raises:
        UsageError: the format is unknown or cannot be written, or ``links`` is no such report.
        LossError: something is lost and ``on_loss`` is ``"error"``; every loss is in it.
    """
    front = library.front if isinstance(library, Library) else Front()
    options = Options(markup=markup, script=script, scheme=scheme, ascii=ascii, front=front, links=links)
    return "".join(render_stream(library, formats.get(format), options, on_loss))


def render_stream(works: Iterable[Work], chosen: Format, options: Options, on_loss: OnLoss = "warn") -> Iterator[str]:
    """Yield the text of works in a format, piece by piece. See ``render``."""
    losses: list[Loss] = []
    options = replace(options, on_loss=on_loss if callable(on_loss) else losses.append)
    yield from chosen.render(in_script(works, chosen, options), options)
    report_losses(losses, on_loss)


def in_script(works: Iterable[Work], chosen: Format, options: Options) -> Iterable[Work]:
    """Return the works as the format is to write them: in Latin letters where that is asked for and is not its own."""
    if options.script != "latin" or chosen.has_own_script:
        return works
    from tajikpeace_refs.text.transliteration import latin  # noqa: PLC0415 - transliteration loads when used

    return (latin(work, options.scheme) for work in works)


def report_losses(losses: list[Loss], on_loss: OnLoss) -> None:
    """Raise or warn of the losses that were met."""
    if on_loss == "error" and losses:
        raise LossError(losses)
    if on_loss == "warn":
        for loss in losses:
            warnings.warn(str(loss), LossWarning, stacklevel=3)


def cite(
    library: Library,
    *ids: str,
    narrative: bool = False,
    locator: str | None = None,
    markup: Markup = "plain",
    script: Script = "latin",
    abbreviations: Mapping[str, str] | None = None,
    introduced: bool = False,
) -> str:
    """Return the in-text citation of works (APA 7 chapter 8), told apart within the whole library.

    Args:
        library: the whole reference list: year letters and initials depend on it.
        ids: the works to cite, in any order.
        narrative: ``Author (year)`` instead of ``(Author, year)``.
        locator: where in the work, such as ``p. 204``; None for the locator that the work itself has.
        markup: of titles that stand for an author.
        script: of the names.
        abbreviations: short forms of groups' names, ``{"World Health Organization": "WHO"}``.
        introduced: whether the short forms were introduced before, and now stand alone.

    Raises:
        UsageError: an id is not in the library, or a locator is given for several works.
    """
    from tajikpeace_refs import apa  # noqa: PLC0415 - loads when used

    options = Options(markup=markup, script=script, front=library.front)
    return apa.cite(
        library,
        ids,
        narrative=narrative,
        locator=locator,
        options=options,
        abbreviations=abbreviations,
        introduced=introduced,
    )
