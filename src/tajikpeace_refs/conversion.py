"""Works to text: ``render``, ``cite``, and one stream from format to format. Pure: no disk."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import replace
from itertools import chain
from typing import Any, TextIO

from tajikpeace_refs import formats
from tajikpeace_refs.errors import Loss, LossError, Problem, UsageError, level_of_caller, no_work
from tajikpeace_refs.formats.base import Format
from tajikpeace_refs.model.citation import Citation
from tajikpeace_refs.model.library import FrontMatter, Library
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import (
    FormatName,
    Markup,
    OnLoss,
    Order,
    Scheme,
    Script,
    TitleCase,
    Variant,
    WriteContext,
    WriteOptions,
)
from tajikpeace_refs.reading import OnProblem, as_asked, concerns, iter_items, report_problems
from tajikpeace_refs.text.documents import CitedWorks


class LossWarning(UserWarning):
    """The warning for a value that a format could not hold; the message is that of a `Loss`."""


def report_losses(losses: list[Loss], on_loss: OnLoss) -> None:
    """Raise a LossError, or warn of each loss, as ``on_loss`` says."""
    if on_loss == "error" and losses:
        raise LossError(losses)
    if on_loss == "warn":
        for loss in losses:
            warnings.warn(str(loss), LossWarning, stacklevel=level_of_caller())


def render(  # noqa: PLR0913 - each option is a keyword of its own
    library: Library | Work | Iterable[Work],
    format: FormatName,  # noqa: A002
    *,
    options: WriteOptions | None = None,
    markup: Markup | None = None,
    script: Script | None = None,
    scheme: Scheme | None = None,
    ascii: bool | None = None,  # noqa: A002
    case: TitleCase | None = None,
    variant: Variant | None = None,
    order: Order | None = None,
    numbered: bool | None = None,
    language: str | None = None,
    proper_nouns: Iterable[str] | None = None,
    links: Mapping[str, Any] | None = None,
    verified: Mapping[str, Any] | None = None,
    title: str | None = None,
    on_loss: OnLoss | None = None,
) -> str:
    """Return works as text in a format.

    Args:
        library: a library, one work, or several works.
        format: the name of the format: ``bibtex``, ``biblatex``, ``apa``, ``gost``, ``ris``, ``csl-json``,
            ``csl-jsonl``, ``csl-yaml``, ``hayagriva`` or ``html``.
        options: how to write; keywords that are given are used instead.
        markup: the markup of an ``apa`` or ``gost`` list: ``plain``, ``markdown``, ``html`` or ``latex``. None:
            ``plain``.
        script: ``latin`` transliterates Cyrillic and adds translations in brackets, ``original`` does not. None:
            ``latin`` for ``apa``, ``original`` elsewhere.
        scheme: the system of transliteration: ``ala-lc``, ``ala-lc-full``, ``bgn-pcgn``, ``bgn-pcgn-plain``, ``bsi`` or
            ``iso-9``. None: ``ala-lc``.
        ascii: whether characters outside ASCII become LaTeX commands in ``.bib``.
        case: how an ``apa`` list writes English titles. ``auto``: in sentence case if the list is in title case;
            ``sentence``: in sentence case; ``keep``: as they are. None: ``auto``.
        variant: the standard of a ``gost`` list: ``short`` is GOST R 7.0.5-2008, ``full`` GOST R 7.0.100-2018. None:
            ``short``.
        order: the order of a ``gost`` list: ``alphabet``, or ``given`` for that of the works. None: ``alphabet``.
        numbered: whether the items of a ``gost`` list are numbered.
        language: the language of works without one, as a BCP 47 tag. None: the language that the list names.
        proper_nouns: words and phrases that keep their capitals, in addition to those of the list.
        links: the JSON report of ``check-links``, to show its verdicts on an ``html`` page.
        verified: the JSON report of ``verify``, to show its verdicts on an ``html`` page.
        title: the title of an ``html`` page. None: "References".
        on_loss: what to do about a value that the format cannot hold: ``warn``, ``error``, ``ignore``, or a function
            that takes each `Loss`. None: ``warn``.

    Raises:
        UsageError: the format is unknown or cannot be written, ``library`` has something else than works, or ``links``
            or ``verified`` is no report.
        LossError: a value cannot be kept and ``on_loss`` is ``"error"``; it has all losses.
    """
    given = {
        "markup": markup, "script": script, "scheme": scheme, "ascii": ascii, "case": case, "variant": variant,
        "order": order, "numbered": numbered, "language": language, "proper_nouns": proper_nouns, "links": links,
        "verified": verified,
        "title": title,
        "on_loss": on_loss,
    }  # fmt: skip
    return "".join(render_stream(library, formats.get(format), WriteOptions.of(options, **given)))


def render_stream(library: Library | Work | Iterable[Work], chosen: Format, options: WriteOptions) -> Iterator[str]:
    """Yield the text of works in a format, piece by piece. See ``render``."""
    if options.front is None:
        options = replace(options, front=library.front if isinstance(library, Library) else FrontMatter())
    losses: list[Loss] = []
    yield from chosen.render(_works(library), _context(options, losses))
    report_losses(losses, options.on_loss)


def _context(options: WriteOptions, losses: list[Loss]) -> WriteContext:
    return WriteContext(options, options.on_loss if callable(options.on_loss) else losses.append)


def _works(library: Library | Work | Iterable[Work]) -> Iterator[Work]:
    if not isinstance(library, (Work, Iterable)):
        raise UsageError(f"expected a library or works, got {type(library).__name__}")
    for work in [library] if isinstance(library, Work) else library:
        if not isinstance(work, Work):
            raise UsageError(f"expected works, got {type(work).__name__}")
        yield work


class Conversion:
    """One stream of works on its way into another format; ``count`` is the number of works that were written."""

    def __init__(
        self,
        stream: TextIO,
        source: Format,
        file: str,
        on_problem: OnProblem | None = None,
        only: Collection[str] | CitedWorks | None = None,
        *,
        strict: bool = False,
    ) -> None:
        """Take a stream of text in the format ``source``; ``file`` names it in problems.

        Args:
            stream: the text.
            source: its format.
            file: its name.
            on_problem: called with every problem; without it all errors are raised at the end.
            only: the ids of the works to write, or what documents cite; None for all.
            strict: refuse what is read with a warning otherwise.
        """
        self.stream = stream
        self.source = source
        self.file = file
        self.on_problem = on_problem
        self.only = only if only is None or isinstance(only, CitedWorks) else frozenset(only)
        self.strict = strict
        self.problems: list[Problem] = []
        self.missing: list[Problem] = []
        """What documents cite and the source lacks, when all is read."""
        self.count = 0
        self.left_out = False
        """Whether a work had an error, and is not among those that were written."""

    def render(self, target: Format, options: WriteOptions, executor: Executor | None = None) -> Iterator[str]:
        """Yield the text of the works in the target format.

        An executor is used where both formats can be taken in chunks: where the source can be divided, and the text of
        a work does not depend on the others. The text is the same without one.

        Raises:
            InputError: at the end, if the source has errors and there is no ``on_problem``.
            LossError: at the end, if something is lost and ``options.on_loss`` is ``"error"``.
            UsageError: a format is unknown, or an id of ``only`` is not in the source.
        """
        if executor and self.only is None and not self.strict and self.source.chunker and target.delimiters:
            yield from self._by_executor(executor, target, options)
        else:
            yield from self._here(target, options)
        report_problems(self.problems, None)

    def _here(self, target: Format, options: WriteOptions) -> Iterator[str]:
        found = iter_items(self.source, self.stream, strict=self.strict)
        first = self._until_work(found)
        if isinstance(first, FrontMatter):
            options, first = replace(options, front=options.front or first), None
        works: Iterable[Work] = self._selected(chain([first] if first else [], found))
        if options.order == "given" and isinstance(self.only, CitedWorks):
            cited = {key: place for place, key in enumerate(self.only.keys)}
            works = sorted(works, key=lambda work: cited.get(work.id, len(cited)))
        yield from render_stream(works, target, options)

    def _until_work(self, found: Iterator[Work | Problem | FrontMatter]) -> Work | FrontMatter | None:
        """Return the first work or front matter, and report the problems before it."""
        for item in found:
            if not isinstance(item, Problem):
                return item
            self._report(item)
        return None

    def _selected(self, found: Iterator[Work | Problem | FrontMatter]) -> Iterator[Work]:
        """Yield the works that are wanted, and report the problems.

        Raises:
            UsageError: at the end, if a wanted id is not there.
        """
        ids: set[str] = set()
        for item in found:
            if isinstance(item, Problem):
                self._report(item)
            elif isinstance(item, Work):
                if self.only is not None:
                    ids.add(item.id)
                    if item.id not in self.only:
                        continue
                self.count += 1
                yield item
        if isinstance(self.only, CitedWorks):
            self.missing = self.only.missing(ids)
        elif self.only and (unknown := sorted(self.only - ids)):
            raise UsageError("\n".join(no_work(work_id, ids) for work_id in unknown))

    def _by_executor(self, executor: Executor, target: Format, options: WriteOptions) -> Iterator[str]:
        from tajikpeace_refs.parallel import convert_chunks  # noqa: PLC0415 - executors load when used

        losses: list[Loss] = []
        records = convert_chunks(executor, self.stream, self.source, target, replace(options, on_loss="ignore"))
        texts = self._texts(records, _context(options, losses).report_loss)
        yield from target.delimiters(options.front or FrontMatter()).join(texts) if target.delimiters else texts
        report_losses(losses, options.on_loss)

    def _texts(self, records: Iterator[Any], report_loss: Callable[[Loss], None]) -> Iterator[str]:
        for item in records:
            if isinstance(item, Problem):
                self._report(item)
            else:
                self.count += 1
                for loss in item.losses:
                    report_loss(loss)
                yield item.text

    def _report(self, problem: Problem) -> None:
        if not concerns(problem, self.only):
            return
        problem = as_asked(problem.in_file(self.file), strict=self.strict)
        self.left_out = self.left_out or problem.severity == "error"
        if self.on_problem:
            self.on_problem(problem)
        else:
            self.problems.append(problem)


def cite(  # noqa: PLR0913 - each option is a keyword of its own
    library: Library,
    *works: str | Work | Citation,
    narrative: bool = False,
    locator: str | None = None,
    markup: Markup = "plain",
    script: Script = "latin",
    scheme: Scheme = "ala-lc",
    abbreviations: Mapping[str, str] | None = None,
    introduced: bool = False,
) -> str:
    """Return one in-text citation of works (APA 7 chapter 8).

    Args:
        library: the whole reference list: letters after years, and initials, depend on it.
        works: the works to cite, in any order: works, ids, or `Citation` values with a locator, prefix, suffix or mode.
        narrative: whether the form is ``Author (year)`` and not ``(Author, year)``.
        locator: the place in the only work cited, such as ``p. 204``. None: the work's own ``locator``.
        markup: the markup of titles that stand for an author: ``plain``, ``markdown``, ``html`` or ``latex``.
        script: ``latin`` transliterates names, ``original`` does not.
        scheme: the system of transliteration; see `render`.
        abbreviations: abbreviations of organisations, ``{"World Health Organization": "WHO"}``, in addition to those in
            the data (``short``).
        introduced: whether the abbreviations were explained before, so that they stand alone; a `Citer` remembers that.

    Raises:
        UsageError: a work or id is not in the library, or a locator is given for several works.
    """
    from tajikpeace_refs import apa  # noqa: PLC0415 - loads when used

    if not isinstance(library, Library):
        raise UsageError(f"expected a library, got {type(library).__name__}")
    for work in works:
        if not isinstance(work, (str, Work, Citation)):
            raise UsageError(f"expected ids or works to cite, got {type(work).__name__}")
    return apa.cite(
        library,
        [work.id if isinstance(work, Work) else work for work in works],
        narrative=narrative,
        locator=locator,
        options=WriteOptions(markup=markup, script=script, scheme=scheme, front=library.front),
        abbreviations=abbreviations,
        introduced=introduced,
    )
