"""Where commands write their reports: files and standard output, whole or line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import typer

from tajikpeace_refs.cli import _common
from tajikpeace_refs.errors import UsageError, visible_lines


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
                typer.echo(f"{place!r} cannot be written any more: {error.strerror}; the work goes on", err=True)
            return is_sound

        with stream:
            yield write
