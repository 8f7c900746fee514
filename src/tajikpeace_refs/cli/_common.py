"""What the commands share: where the works come from, and how they are shown."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tajikpeace_refs.cli import _completion
from tajikpeace_refs.errors import Loss, Problem, UsageError, visible, without_controls

if TYPE_CHECKING:
    from rich.console import Console

    from tajikpeace_refs.conversion import Conversion
    from tajikpeace_refs.formats import Format
    from tajikpeace_refs.model import Library, Work
    from tajikpeace_refs.text.documents import CitedWorks

STDIN = "<stdin>"
"""What standard input is called in messages."""
_SOURCE = typer.Argument(
    metavar="SOURCE",
    help="A .yaml, .bib, .ris or .json file, or a .md or .qmd with a list at its top; - for standard input. Left out: "
    "references.yaml or data/references.yaml in this folder, else the example list of the package.",
)
Source = Annotated[str | None, _SOURCE]
Sources = Annotated[list[str] | None, _SOURCE]
SourceOption = Annotated[
    str | None,
    typer.Option("--source", metavar="FILE", help="The file to read; left out, as SOURCE of other commands."),
]
SourcesOption = Annotated[
    list[str] | None,
    typer.Option("--source", metavar="FILE", help="Another way to give SOURCE; may be repeated."),
]
FromFormat = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="FORMAT",
        help="The format of SOURCE, if its suffix does not show it.",
        autocompletion=_completion.formats,
    ),
]

Cited = Annotated[
    list[Path] | None,
    typer.Option(
        metavar="FILE", help="Only the works that this .md, .qmd, .tex, .aux, .bcf or .typ cites; may be repeated."
    ),
]
Nocite = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ID",
        help="With --cited: add this work, though it is not cited; may be repeated.",
        autocompletion=_completion.ids,
    ),
]
Only = Annotated[
    list[str] | None,
    typer.Option(metavar="ID", help="Only this work; may be repeated.", autocompletion=_completion.ids),
]
Encoding = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="The encoding of SOURCE, if it is not UTF-8: windows-1251, gb18030 …"),
]
Strict = Annotated[
    bool,
    typer.Option("--strict", help="Make an error of what is otherwise read with a warning: unknown keys, odd values."),
]


def one_source(source: str | None, named: str | None) -> str | None:
    """Return the SOURCE of a command: the argument, or the value of ``--source``.

    Raises:
        UsageError: both are given.
    """
    if source is not None and named is not None:
        raise UsageError(f"two sources are given, {source!r} and --source {named!r}; this command takes one")
    return source if named is None else named


def all_sources(sources: list[str] | None, named: list[str] | None) -> list[str]:
    """Return the SOURCEs of a command, each once: the arguments, and the values of ``--source``."""
    return list(dict.fromkeys([*(sources or ()), *(named or ())]))


def path_of(source: str | None) -> Path:
    """Return the path of a SOURCE; left out, a list of works here, else the shipped corpus, with a word about it."""
    from tajikpeace_refs import files, opening

    if source is not None:
        return Path(source)
    here = opening.list_here()
    if here is None:
        typer.echo(
            "no SOURCE was given, and references.yaml is not here: reading the example list of the package", err=True
        )
        if _is_piped():
            typer.echo("standard input is not read; write - as SOURCE to read it", err=True)
    return here or files.corpus_path()


def _is_piped() -> bool:
    """Whether standard input is a pipe, or a file that it is taken from."""
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (OSError, ValueError):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISREG(mode)


class Outcome:
    """What happens while works are read and written: with ``keep_going`` problems are printed; losses are kept."""

    def __init__(self, *, keep_going: bool = False) -> None:
        self.left_out = False
        self.losses: list[Loss] = []
        self.on_problem = self._report if keep_going else None

    def _report(self, problem: Problem) -> None:
        self.left_out = self.left_out or problem.severity == "error"
        typer.echo(problem, err=True)


def load(
    source: str | None,
    from_format: str | None = None,
    encoding: str | None = None,
    *,
    strict: bool = False,
    about: Container[str] | None = None,
    on_problem: Callable[[Problem], None] | None = None,
) -> Library:
    """Return the library of a SOURCE.

    ``about``: the works whose warnings are printed, None for all. ``on_problem`` is called with every problem, and the
    sound works are returned; without it, errors are raised.

    Raises:
        InputError: it has errors.
        UsageError: it is not there, or its format is unknown.
    """
    from tajikpeace_refs import files, opening
    from tajikpeace_refs.reading import concerns, report_problems

    problems: list[Problem] = []
    if source != "-":
        path = path_of(source)
        chosen = files.format_of(path, from_format)
        with opening.open_text(path, encoding) as stream:
            library = files.load_stream(stream, chosen, str(path), problems.append, strict=strict)
    else:
        text, chosen = read_stdin(from_format, encoding)
        library = files.load_stream(io.StringIO(text, newline=None), chosen, STDIN, problems.append, strict=strict)
    report_problems([problem for problem in problems if concerns(problem, about)], on_problem)
    return library


def cited_works(cited: list[Path] | None, nocite: list[str] | None) -> CitedWorks | None:
    """Return what the documents of ``--cited`` cite, and the works of ``--nocite``; None without these options.

    Raises:
        UsageError: a document is not there or of no known kind, or ``--nocite`` stands without ``--cited``.
    """
    from tajikpeace_refs import documents

    if nocite and not cited:
        raise UsageError("--nocite needs --cited FILE; to choose works by id, use --only ID")
    works = documents.cited_works(cited, nocite or ()) if cited else None
    if works and not works.cites_any:
        typer.echo(f"{', '.join(map(str, cited or ()))}: warning: no citation is found", err=True)
    return works


def report_missing(works: CitedWorks | None, ids: Collection[str]) -> bool:
    """Name the keys that documents cite and no work has; return whether there are any."""
    missing = works.missing(ids) if works else []
    for problem in missing:
        typer.echo(problem, err=True)
    return bool(missing)


@contextmanager
def open_conversion(
    sources: list[str],
    from_format: str | None,
    on_problem: Callable[[Problem], None] | None,
    only: Collection[str] | CitedWorks | None,
    encoding: str | None = None,
    *,
    strict: bool = False,
) -> Iterator[Conversion]:
    """Open what is to be converted, standard input included; several SOURCEs are one list.

    Raises:
        InputError: one is in another format or encoding than it is said to be; of several, also: one has errors.
        UsageError: one is not there, or its format is unknown; of several, also: two have works of one id.
    """
    from tajikpeace_refs import files, formats
    from tajikpeace_refs.conversion import Conversion

    if len(sources) > 1:
        text = _joined(sources, from_format, on_problem, encoding, strict=strict)
        yield Conversion(io.StringIO(text), formats.get("csl-yaml"), ", ".join(sources), lambda _: None, only)
        return
    source = sources[0] if sources else None
    if source != "-":
        with files.open_conversion(
            path_of(source), from_format, on_problem=on_problem, only=only, strict=strict, encoding=encoding
        ) as conversion:
            yield conversion
        return
    text, chosen = read_stdin(from_format, encoding)
    stream = io.StringIO(text, newline=None)
    files.refuse_misnamed(stream, chosen, STDIN)
    yield Conversion(stream, chosen, STDIN, on_problem, only, strict=strict)


def _joined(
    sources: list[str],
    from_format: str | None,
    on_problem: Callable[[Problem], None] | None,
    encoding: str | None,
    *,
    strict: bool,
) -> str:
    """Return the works of several sources as one YAML list, which holds all that they have."""
    from tajikpeace_refs.conversion import render

    libraries = {each: load(each, from_format, encoding, strict=strict, on_problem=on_problem) for each in sources}
    refuse_shared_ids(libraries)
    first, *others = libraries.values()
    return render(sum(others, first), "csl-yaml", on_loss="ignore")


def refuse_shared_ids(libraries: Mapping[str, Library]) -> None:
    """Refuse files of which two have a work of one id: what is said of it could be of either.

    Raises:
        UsageError: every such id of the first file that has one of a file before it.
    """
    seen: set[str] = set()
    for source, library in libraries.items():
        if both := [work_id for work_id in library.ids if work_id in seen]:
            ids = ", ".join(map(repr, both))
            hint = "join the files with 'merge', or change ids with 'rename'"
            raise UsageError(f"{source}: an earlier file has {ids}, too; {hint}")
        seen.update(library.ids)


def read_stdin(from_format: str | None, encoding: str | None = None) -> tuple[str, Format]:
    """Return the text of standard input and its format: the one named, else the one it looks like.

    Raises:
        InputError: it is in another encoding than it is said to be.
        UsageError: its format is not recognised.
    """
    from tajikpeace_refs import formats
    from tajikpeace_refs.text.encodings import decode
    from tajikpeace_refs.text.markdown import only_fenced

    text = only_fenced(decode(sys.stdin.buffer.read(), STDIN, encoding))
    name = from_format or formats.recognise(text)
    if name is None:
        hint = (
            "standard input is not recognised as BibTeX, RIS, CSL-JSON or YAML; name its format with --from FORMAT "
            "(references as printed: --from printed)"
        )
        raise UsageError(hint if text.strip() else "standard input is empty")
    return text, formats.get(name)


@contextmanager
def progress(file: str) -> Iterator[Callable[[int], None] | None]:
    """Show on a terminal how much of a file is read; yield what takes the number of bytes read, None elsewhere."""
    if not sys.stderr.isatty() or not Path(file).is_file():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn

    with Progress(
        BarColumn(), DownloadColumn(), TimeRemainingColumn(), console=Console(stderr=True), transient=True
    ) as bar:
        task = bar.add_task(Path(file).name, total=Path(file).stat().st_size)
        yield lambda read: bar.update(task, completed=read)


@contextmanager
def busy(what: str) -> Iterator[None]:
    """Show on a terminal that something is being done, for as long as it takes."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield


@cache
def console() -> Console:
    """Return the terminal that results go to."""
    from rich.console import Console

    return Console(highlight=False)


def on_terminal() -> bool:
    """Whether results go to a terminal: tables and colour are for eyes, tabs for programs."""
    return sys.stdout.isatty()


def write_stdout(pieces: Iterable[str]) -> None:
    """Write text to standard output in UTF-8, with its own line ends; to a terminal, control characters as escapes."""
    from tajikpeace_refs.text.encodings import encode

    sys.stdout.flush()
    for piece in map(without_controls, pieces) if on_terminal() else pieces:
        sys.stdout.buffer.write(encode(piece))
    sys.stdout.buffer.flush()


def show_rows(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Show rows: a table on a terminal, tab-separated lines elsewhere."""
    if not on_terminal():
        write_stdout("\t".join(map(visible, row)) + "\n" for row in rows)
        return
    from rich.table import Table
    from rich.text import Text

    if console().width < 120 and "type" in head:  # the title is what one looks for
        at = head.index("type")
        head, rows = head[:at] + head[at + 1 :], (row[:at] + row[at + 1 :] for row in rows)
    table = Table(box=None, pad_edge=False, expand=True)
    for number, name in enumerate(head):
        last = number == len(head) - 1
        table.add_column(name, style="cyan" if number == 0 else "", no_wrap=True, ratio=1 if last else None,
                         max_width=None if number == 0 or last else 18)  # fmt: skip
    for row in rows:
        table.add_row(*(Text(visible(cell)) for cell in row))
    console().print(table)


def summary(work: Work) -> tuple[str, ...]:
    """Return a work in a line: id, type, year, who, title."""
    from tajikpeace_refs.model.work import written_by
    from tajikpeace_refs.text.rich import strip

    year = str(work.issued.year) if work.issued and work.issued.year else str(work.issued or "n.d.")
    return work.id, work.type, year, written_by(work, " …"), strip(work.title or "")
