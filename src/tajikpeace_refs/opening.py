"""Texts of files on the disk: any encoding that is named, and as they stand where they are to be written back."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

from tajikpeace_refs.errors import InputError, MissingFileError, UsageError
from tajikpeace_refs.text.encodings import encoding_of, undecodable

_HERE = ("references.yaml", "data/references.yaml")


def list_here() -> Path | None:
    """Return the path of the list of works in the current folder, None where there is none."""
    return next((path for path in map(Path, _HERE) if path.is_file()), None)


def read_text(path: Path, encoding: str | None = None) -> str:
    """Return the text of a file as it stands, its line ends and the BOM of UTF-8 included.

    Raises:
        UsageError: it is not there or cannot be read.
        InputError: it is in another encoding, which is named.
    """
    with open_text(path, encoding, as_it_stands=True) as stream:
        return stream.read()


def read_to_change(path: Path) -> str:
    """Return the text of a UTF-8 file as it stands, to be written back with some of it changed.

    Raises:
        UsageError: it is in another encoding, which would be lost.
    """
    try:
        with open_text(path, "utf-8") as stream:
            stream.read()
    except InputError:
        raise UsageError(f"{str(path)!r} is not in UTF-8; only such files are changed: save it as UTF-8") from None
    return read_text(path)


@contextmanager
def open_text(path: Path, encoding: str | None = None, *, as_it_stands: bool = False) -> Iterator[TextIO]:
    """Open a file, any line ends; ``as_it_stands`` leaves them, and the BOM of UTF-8, in the text.

    Without an encoding it is UTF-8, with or without a BOM, or what another BOM says.

    Raises:
        UsageError: it is not there (also a FileNotFoundError) or cannot be read, or there is no such encoding.
        InputError: it is in another encoding, which is named: where reading meets it.
    """
    try:
        raw: BinaryIO = path.open("rb")
        if not raw.seekable():  # a pipe
            with raw:
                raw = io.BytesIO(raw.read())
        start = raw.read(4)
        raw.seek(0)
    except FileNotFoundError:
        raise MissingFileError(f"there is no file {str(path)!r}") from None
    except OSError as error:
        raise UsageError(f"{str(path)!r} cannot be read: {error.strerror or error}") from None
    with raw:
        chosen = encoding_of(start, encoding)
        shown = "utf-8" if as_it_stands and chosen == "utf-8-sig" else chosen
        with io.TextIOWrapper(raw, encoding=shown, newline="" if as_it_stands else None) as stream:
            try:
                yield stream
            except UnicodeDecodeError:
                raw.seek(0)
                raise InputError([undecodable(raw, str(path), chosen)]) from None
