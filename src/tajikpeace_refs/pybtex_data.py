"""Works for programs that are built on pybtex, and works from them: its data, and the plugins of its commands.

pybtex holds the fields of ``.bib`` entries as they stand there, with braces and LaTeX; so do these, by way of ``.bib``.
``pyproject.toml`` names the plugins: ``CslYamlParser``, ``CslYamlWriter`` and those of the other formats.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TextIO

from tajikpeace_refs.conversion import render
from tajikpeace_refs.errors import InputError, Problem, RefsError
from tajikpeace_refs.model.library import Library
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import FormatName, OnLoss
from tajikpeace_refs.reading import OnProblem, parse

if TYPE_CHECKING:
    from pybtex.database import BibliographyData

_FORMATS: dict[str, FormatName] = {"CslYaml": "csl-yaml", "CslJson": "csl-json", "Hayagriva": "hayagriva", "Ris": "ris"}


def to_pybtex(
    library: Library | Work | Iterable[Work],
    *,
    dialect: Literal["bibtex", "biblatex"] = "bibtex",
    on_loss: OnLoss | None = None,
) -> BibliographyData:
    """Return works as pybtex's data: one entry for each work, with its persons, and texts in LaTeX.

    Args:
        library: the works.
        dialect: the names of the fields: ``bibtex``, which the styles of pybtex know, or ``biblatex``.
        on_loss: what to do about a value without a field; see `render`.

    Raises:
        LossError: a value cannot be kept and ``on_loss`` is ``"error"``.

    >>> work = Work.from_csl({"id": "a", "type": "book", "title": "Peace", "author": "Lind, Bo"})
    >>> entry = to_pybtex([work]).entries["a"]
    >>> entry.type, entry.fields["title"], str(entry.persons["author"][0])
    ('book', 'Peace', 'Lind, Bo')
    """
    from pybtex.database import parse_string  # noqa: PLC0415 - loads when used

    data: BibliographyData = parse_string(render(library, dialect, on_loss=on_loss), "bibtex")
    return data


def from_pybtex(data: BibliographyData, *, on_problem: OnProblem | None = None) -> Library:
    """Return the library of pybtex's data, read as a ``.bib`` file with the same entries.

    Args:
        data: the data, as ``pybtex.database.parse_file`` returns it.
        on_problem: a function that is called with every `Problem`; the valid works are then returned. None: errors are
            raised.

    Raises:
        InputError: an entry has errors.
    """
    from pybtex.database.output.bibtex import BibTeXError, Writer  # noqa: PLC0415 - loads when used

    texts, problems = [f"@preamble{{{{{data.preamble}}}}}\n"] if data.preamble else [], []
    for key, entry in data.entries.items():
        fields = {**entry.fields, **{role: " and ".join(map(str, names)) for role, names in entry.persons.items()}}
        try:
            for value in fields.values():
                Writer().check_braces(value)
        except BibTeXError as error:
            problems.append(Problem(str(error), key))
            continue
        lines = "".join(f"  {field} = {{{value}}},\n" for field, value in fields.items())
        texts.append(f"@{entry.original_type}{{{key},\n{lines}}}\n")
    if problems and on_problem is None:
        raise InputError(problems)
    for problem in problems:
        if on_problem:
            on_problem(problem)
    return parse("\n".join(texts), "bibtex", on_problem=on_problem)


@cache
def _parser(name: FormatName) -> type[Any]:
    from pybtex.database.input import BaseParser  # noqa: PLC0415 - loads when used
    from pybtex.exceptions import PybtexError  # noqa: PLC0415

    class Parser(BaseParser):  # type: ignore[misc]
        """Reads a format of this library for pybtex."""

        unicode_io = True

        def parse_stream(self, stream: TextIO) -> BibliographyData:
            """Add the entries of the works of a text."""
            try:
                found = to_pybtex(parse(stream.read(), name))
            except RefsError as error:
                raise PybtexError(str(error), filename=self.filename) from error
            for key, entry in found.entries.items():
                self.data.add_entry(key, entry)
            return self.data

    return Parser


@cache
def _writer(name: FormatName) -> type[Any]:
    from pybtex.database.output import BaseWriter  # noqa: PLC0415 - loads when used
    from pybtex.exceptions import PybtexError  # noqa: PLC0415

    class Writer(BaseWriter):  # type: ignore[misc]
        """Writes a format of this library for pybtex."""

        unicode_io = True

        def write_stream(self, bib_data: BibliographyData, stream: TextIO) -> None:
            """Write the works of some entries."""
            try:
                stream.write(render(from_pybtex(bib_data), name))
            except RefsError as error:
                raise PybtexError(str(error)) from error

    return Writer


def __getattr__(name: str) -> type[Any]:
    for ending, make in (("Parser", _parser), ("Writer", _writer)):
        if found := _FORMATS.get(name.removesuffix(ending)) if name.endswith(ending) else None:
            return make(found)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
