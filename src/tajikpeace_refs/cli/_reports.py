"""What commands share that report on each work or address: where reports go, verdicts by name, progress."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import typer

from tajikpeace_refs.cli import _common
from tajikpeace_refs.errors import UsageError, did_you_mean, visible_lines

V = TypeVar("V", bound=str)
PLACE = "FILE|-"
"""How a place for a report is shown in help."""
Json = Annotated[str | None, typer.Option(metavar=PLACE, help="Write the whole report as JSON.")]
HowShown = Annotated[Literal["text", "github"], typer.Option("--format", help="How results are shown.")]
FailOn = Annotated[str, typer.Option(metavar="VERDICT,…", help="More verdicts that make the exit status 1.")]
Progress = Annotated[bool, typer.Option("--progress/--no-progress", help="Show progress on a terminal.")]


def verdicts(text: str, known: Collection[V]) -> list[V]:
    """Return those of the known verdicts that ``--fail-on`` names.

    Raises:
        UsageError: one is unknown.
    """
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in known:
            raise UsageError(f"unknown verdict {name!r}{did_you_mean(name, known)}; known: {', '.join(known)}")
    return [each for each in known if each in names]


def check(places: Mapping[str, str | None]) -> None:
    """Refuse what would only fail when all is done; ``places`` are those that options name.

    Raises:
        UsageError: two results would share standard output, or a folder is not there.
    """
    on_stdout = [option for option, place in places.items() if place == "-"]
    if len(on_stdout) > 1:
        raise UsageError(f"{' and '.join(on_stdout)} cannot both go to standard output")
    for place in places.values():
        if place and not Path(place).parent.is_dir():
            raise UsageError(f"{place!r} cannot be written: there is no such folder")


def emit(place: str, text: str) -> bool:
    """Write the report; where that fails after all, keep it in the folder for temporary files, and return False."""
    if place == "-":
        _common.write_stdout([text])
        return True
    from tajikpeace_refs import files

    try:
        files.write_text(Path(place), [text])
    except UsageError as error:
        from tempfile import mkdtemp

        kept = Path(mkdtemp(prefix="tajikpeace-refs-")) / Path(place).name
        typer.echo(visible_lines(str(error)), err=True)
        files.write_text(kept, [text])
        typer.echo(f"the report is kept in {kept}", err=True)
        return False
    return True


@contextmanager
def lines(place: str | None) -> Iterator[Callable[[str], bool]]:
    """Open where JSON lines go: a stream, so that what was found outlives an interruption.

    What is called with each line returns whether all lines were written; that they were not ends no check.
    """
    if place is None:
        yield lambda _line: True
    elif place == "-":

        def write_stdout(line: str) -> bool:
            _common.write_stdout([line])
            return True

        yield write_stdout
    else:
        from tajikpeace_refs.text.encodings import encode

        try:
            stream = Path(place).open("wb", buffering=0)  # noqa: SIM115 - closed below
        except OSError as error:
            raise UsageError(f"{place!r} cannot be written: {error.strerror or error}") from None
        is_sound = True

        def write(line: str) -> bool:
            nonlocal is_sound
            try:
                if is_sound:
                    stream.write(encode(line))
            except OSError as error:
                is_sound = False
                typer.echo(f"{place!r} cannot be written any more: {error.strerror}; the run continues", err=True)
            return is_sound

        with stream:
            yield write


@contextmanager
def progress(
    what: str, total: Callable[[], int], *, shown: bool, has_rate: bool = False
) -> Iterator[Callable[[], None]]:
    """Show how far it is, how long to go and, if asked, how fast, on a terminal only; yield what to call after each.

    ``total`` is called where progress is shown.
    """
    if not shown or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total(), rate="")

        def advance() -> None:
            bar.update(task, advance=1, rate=f"{bar.tasks[0].speed or 0:.0f}/s" if has_rate else "")

        yield advance
