"""The only access to the disk: load, export, and the text of a file."""

from __future__ import annotations

import codecs
import io
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from tajikpeace_refs import formats
from tajikpeace_refs.conversion import Feed
from tajikpeace_refs.convert import OnLoss, OnProblem, read, render_stream
from tajikpeace_refs.errors import InputError, Problem, UsageError
from tajikpeace_refs.formats.base import Format
from tajikpeace_refs.model.library import Library
from tajikpeace_refs.options import Markup, Options, Scheme, Script

_HEAD = 65536
_OTHER_BOMS = (
    (codecs.BOM_UTF32_LE, "UTF-32"), (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16"),
)  # fmt: skip


def corpus_path() -> Path:
    """Return the path of the shipped corpus: in the wheel beside this module, in a checkout at the top."""
    here = Path(__file__).resolve()
    packaged = here.parent / "data" / "references.yaml"
    return packaged if packaged.exists() else here.parents[2] / "data" / "references.yaml"


def load(
    path: str | os.PathLike[str] | None = None,
    format: str | None = None,  # noqa: A002
    *,
    on_problem: OnProblem | None = None,
) -> Library:
    """Return the library in a file; without a path, the shipped corpus.

    Args:
        path: a ``.yaml``, ``.bib``, ``.ris`` or ``.json`` file in UTF-8.
        format: the format's name, where the suffix does not tell.
        on_problem: called with every problem; the sound works are then returned. Without it, errors are raised.

    Raises:
        InputError: the file has errors and there is no ``on_problem``; all its problems are in it.
        UsageError: there is no such file, or its format is unknown.
    """
    place = corpus_path() if path is None else Path(path)
    chosen = formats.get(format) if format else formats.for_path(place)
    with open_text(place) as stream:
        return load_stream(stream, chosen, str(place), on_problem)


def load_stream(stream: TextIO, chosen: Format, file: str, on_problem: OnProblem | None = None) -> Library:
    """Return the library in a stream that can be rewound; ``file`` names it in problems. See ``load``."""
    refuse_misnamed(stream, chosen, file)
    return read(stream, chosen, file, on_problem)


def refuse_misnamed(stream: TextIO, chosen: Format, file: str) -> None:
    """Raise an InputError where a stream that can be rewound looks like another format than it is said to be."""
    head = _head(stream)
    if name := formats.misnamed(chosen.name, head):
        other = formats.get(name)
        problem = Problem(
            f"looks like {other.label}, not {chosen.label}; name its format: {other.name}", line=1, column=1
        )
        raise InputError([problem.in_file(file)])


def _head(stream: TextIO) -> str:
    position = stream.tell()
    try:
        return stream.read(_HEAD)
    except UnicodeDecodeError:
        return ""  # reported where it stands when the file is read
    finally:
        stream.seek(position)


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file as it stands, line ends and BOM included, for a change that leaves the rest.

    Raises:
        UsageError: it is not there or cannot be read.
        InputError: it is in another encoding, which is named.
    """
    with open_text(path, as_it_stands=True) as stream:
        return stream.read()


@contextmanager
def open_text(path: Path, *, as_it_stands: bool = False) -> Iterator[TextIO]:
    """Open a UTF-8 file, with or without a BOM, any line ends; ``as_it_stands`` leaves both in the text.

    Raises:
        UsageError: it is not there or cannot be read.
        InputError: it is in another encoding, which is named: at once by its BOM, else where reading meets it.
    """
    try:
        raw: BinaryIO = path.open("rb")
        if not raw.seekable():  # a pipe
            with raw:
                raw = io.BytesIO(raw.read())
        start = raw.read(4)
        raw.seek(0)
    except FileNotFoundError:
        raise UsageError(f"there is no file {str(path)!r}") from None
    except OSError as error:
        raise UsageError(f"{str(path)!r} cannot be read: {error.strerror or error}") from None
    encoding, newline = ("utf-8", "") if as_it_stands else ("utf-8-sig", None)
    with io.TextIOWrapper(raw, encoding=encoding, newline=newline) as stream:
        _refuse_other_bom(start, str(path))
        try:
            yield stream
        except UnicodeDecodeError:
            raw.seek(0)
            raise InputError([_undecodable(raw, str(path))]) from None


def decode(data: bytes, file: str) -> str:
    """Return bytes as text: UTF-8, with or without a BOM.

    Raises:
        InputError: they are in another encoding, which is named.
    """
    _refuse_other_bom(data[:4], file)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError([_undecodable(io.BytesIO(data), file)]) from None


def _refuse_other_bom(start: bytes, file: str) -> None:
    for bom, name in _OTHER_BOMS:
        if start.startswith(bom):
            raise InputError([Problem(f"the text is in {name}; save it as UTF-8", line=1, column=1, file=file)])


def _undecodable(raw: BinaryIO, file: str) -> Problem:
    """Say where bytes stop being UTF-8, and what they look like."""
    for number, line in enumerate(raw, 1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            column = len(line[: error.start].decode("utf-8")) + 1
            guess = _guess(line)
            what = f"the byte 0x{line[error.start]:02X} is not UTF-8 (it looks like {guess}); save the text as UTF-8"
            return Problem(what, line=number, column=column, file=file)
    return Problem("the text is not UTF-8; save it as UTF-8", file=file)


def _guess(line: bytes) -> str:
    """Name the likely single-byte encoding: high letters stand side by side in Cyrillic words, alone in Latin ones."""
    in_a_row = any(one >= 0xC0 and two >= 0xC0 for one, two in pairwise(line))
    return "Windows-1251" if in_a_row else "Windows-1252"


def export(  # noqa: PLR0913 - each option is a keyword of its own
    library: Library,
    path: str | os.PathLike[str],
    format: str | None = None,  # noqa: A002
    *,
    markup: Markup | None = None,
    script: Script | None = None,
    scheme: Scheme = "ala-lc",
    ascii: bool = False,  # noqa: A002
    links: Mapping[str, Any] | None = None,
    on_loss: OnLoss = "warn",
) -> None:
    """Write a library to a file, whole or not at all. The suffix gives format and markup where they are not named.

    The options are those of ``render``.

    Raises:
        UsageError: the format is unknown, or the file cannot be written.
        LossError: something is lost and ``on_loss`` is ``"error"``; nothing is written.
    """
    place = Path(path)
    chosen = formats.get(format) if format else formats.for_path(place)
    markup = markup or formats.markup_for(chosen.name, place.suffix)
    options = Options(markup=markup, script=script, scheme=scheme, ascii=ascii, front=library.front, links=links)
    write_text(place, render_stream(library, chosen, options, on_loss))


def convert(  # noqa: PLR0913 - each option is a keyword of its own
    source: str | os.PathLike[str],
    target: str | os.PathLike[str],
    *,
    from_format: str | None = None,
    to_format: str | None = None,
    options: Options | None = None,
    on_problem: OnProblem | None = None,
    on_loss: OnLoss = "warn",
    on_progress: Callable[[int], None] | None = None,
    executor: Executor | None = None,
) -> int:
    """Convert a file to another, work by work, and return how many works were written.

    A RIS, ``.bib`` or JSON-lines file of any size is read and written as a stream (an APA list has to be sorted, and
    YAML and JSON lists are read whole). The target is written whole or not at all.

    Args:
        source: the file to read.
        target: the file to write.
        from_format: the source's format, where its suffix does not tell.
        to_format: the target's format, where its suffix does not tell.
        options: how to write; the front matter is the source's.
        on_problem: called with every problem, and the sound works are converted. Without it, errors are raised at the
            end, all of them, and nothing is written.
        on_loss: what to do about a variable that the target cannot hold; see ``render``.
        on_progress: called now and then with the number of bytes that were read of the source.
        executor: does the work in pieces, in other processes or on other machines; the bytes are the same. YAML and
            an APA list are of one piece and done here, a JSON list by one worker. See docs/performance.md.

    Raises:
        InputError: the source has errors and there is no ``on_problem``.
        UsageError: a format is unknown, or a file cannot be read or written.
        LossError: something is lost and ``on_loss`` is ``"error"``.
    """
    place, out = Path(source), Path(target)
    reader = formats.get(from_format) if from_format else formats.for_path(place)
    writer = formats.get(to_format) if to_format else formats.for_path(out)
    options = options or Options(markup=formats.markup_for(writer.name, out.suffix))
    with open_text(place) as stream:
        refuse_misnamed(stream, reader, str(place))
        feed = Feed(stream, reader, str(place), on_problem)
        texts = feed.texts(writer, options, on_loss, executor)
        write_text(out, texts if on_progress is None else _watched(texts, stream, on_progress))
    return feed.count


def _watched(texts: Iterable[str], stream: TextIO, on_progress: Callable[[int], None]) -> Iterator[str]:
    for number, text in enumerate(texts):
        yield text
        if number % 200 == 0:
            on_progress(stream.buffer.tell())


def write_text(path: Path, pieces: Iterable[str]) -> None:
    """Write pieces of text to a file, whole or not at all: to a temporary file beside it, which then takes its place.

    A link stays one: what it leads to is written.

    Raises:
        UsageError: the file cannot be written; the old one, if any, is untouched.
    """
    if not path.parent.is_dir():
        raise UsageError(f"{str(path)!r} cannot be written: there is no such folder")
    shown, path, temporary = str(path), path.resolve(), None
    try:
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
        with open(descriptor, "w", encoding="utf-8", newline="") as stream:  # noqa: PTH123 - a descriptor
            stream.writelines(pieces)
        mode = path.stat().st_mode if path.exists() else 0o666 & ~_umask()
        Path(temporary).chmod(mode & 0o777)
        Path(temporary).replace(path)
        temporary = None
    except OSError as error:
        raise UsageError(f"{shown!r} cannot be written: {error.strerror or error}") from None
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
