"""Files of works: load, export, convert, edit and save."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from tajikpeace_refs import formats, pandoc
from tajikpeace_refs.conversion import Conversion, render_stream
from tajikpeace_refs.editing import update_yaml
from tajikpeace_refs.errors import InputError, Problem, UsageError
from tajikpeace_refs.formats.base import Format
from tajikpeace_refs.model.library import Library
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.opening import open_text, read_to_change
from tajikpeace_refs.options import FormatName, Markup, OnLoss, Order, Scheme, Script, TitleCase, Variant, WriteOptions
from tajikpeace_refs.reading import OnProblem, read_library
from tajikpeace_refs.text.documents import CitedWorks
from tajikpeace_refs.text.encodings import decode, encode
from tajikpeace_refs.writing import write_bytes

_HEAD = 65536
"""Characters of a text that are looked at to recognise its format."""
FilePath = str | os.PathLike[str]


def corpus_path() -> Path:
    """Return the path of the shipped corpus: in the wheel beside this module, in a checkout at the top."""
    here = Path(__file__).resolve()
    packaged = here.parent / "data" / "references.yaml"
    return packaged if packaged.exists() else here.parents[2] / "data" / "references.yaml"


def load(
    source: FilePath | TextIO | BinaryIO | None = None,
    format: FormatName | None = None,  # noqa: A002
    *,
    on_problem: OnProblem | None = None,
    strict: bool = False,
    encoding: str | None = None,
) -> Library:
    """Return the library in a file.

    Args:
        source: the path of a ``.yaml``, ``.bib``, ``.ris`` or ``.json`` file (``~`` is the home folder), or an open
            file of text or bytes. In a ``.md`` or ``.qmd`` file the YAML at its top is read. None: the corpus that
            comes with the package.
        format: the name of the format. None: that of the suffix.
        on_problem: a function that is called with every `Problem`; the valid works are then returned. None: errors are
            raised, warnings are Python warnings.
        strict: whether input that would be read with a warning is an error.
        encoding: the encoding of the file. None: UTF-8, or UTF-16 and UTF-32 with a byte order mark.

    Raises:
        InputError: the file has errors and there is no ``on_problem``; it has all problems.
        MissingFileError: there is no such file.
        UsageError: the format is unknown, or the file cannot be read.
    """
    if source is not None and not isinstance(source, (str, os.PathLike)):
        return _load_open(source, format, on_problem, strict=strict, encoding=encoding)
    path = corpus_path() if source is None else Path(source).expanduser()
    chosen = format_of(path, format)
    with open_text(path, encoding) as stream:
        return load_stream(stream, chosen, str(path), on_problem, strict=strict)


def format_of(path: Path, name: str | None = None) -> Format:
    """Return the format in which a file is read: the one named, else the one of its suffix.

    Raises:
        UsageError: the path is that of a folder, or the format is unknown.
    """
    if path.is_dir():
        raise UsageError(f"{str(path)!r} is a folder; name a file in it")
    return formats.get(name) if name else formats.for_source(path)


def _load_open(
    source: TextIO | BinaryIO,
    format: FormatName | None,  # noqa: A002
    on_problem: OnProblem | None,
    *,
    strict: bool,
    encoding: str | None,
) -> Library:
    if not hasattr(source, "read"):
        raise UsageError(f"expected a path or an open file, got {type(source).__name__}")
    file = str(getattr(source, "name", "<stream>"))
    data = source.read()
    text = decode(data, file, encoding) if isinstance(data, bytes) else data
    name = format or formats.recognise(text)
    if name is None:
        raise UsageError("the format of the stream is not recognised; give its name as format")
    return load_stream(io.StringIO(text, newline=None), formats.get(name), file, on_problem, strict=strict)


def load_stream(
    stream: TextIO, chosen: Format, file: str, on_problem: OnProblem | None = None, *, strict: bool = False
) -> Library:
    """Return the library in a stream that can be rewound; ``file`` names it in problems. See ``load``."""
    refuse_misnamed(stream, chosen, file)
    return read_library(stream, chosen, file, on_problem, strict=strict)


def refuse_misnamed(stream: TextIO, chosen: Format, file: str) -> None:
    """Raise an InputError where a stream that can be rewound looks like another format than it is said to be."""
    if name := formats.misnamed(chosen.name, _head(stream)):
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


def export(  # noqa: PLR0913 - each option is a keyword of its own
    library: Library | Work | Iterable[Work],
    path: FilePath,
    format: FormatName | None = None,  # noqa: A002
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
) -> None:
    """Write a library to a file, whole or not at all.

    The suffix of ``path`` decides the format and the markup, unless they are named. The other options are those of
    `render`.

    Raises:
        UsageError: the format is unknown, or the file cannot be written.
        LossError: a value cannot be kept and ``on_loss`` is ``"error"``; nothing is written.
    """
    out = Path(path).expanduser()
    given = {
        "markup": markup, "script": script, "scheme": scheme, "ascii": ascii, "case": case, "variant": variant,
        "order": order, "numbered": numbered, "language": language, "proper_nouns": proper_nouns, "links": links,
        "verified": verified,
        "title": title,
        "on_loss": on_loss,
    }  # fmt: skip
    chosen, options = target_of(out, format, WriteOptions.of(options, **given))
    texts: Iterable[str] = render_stream(library, chosen, options)
    if chosen.name == "csl-yaml" and out.is_file():
        texts = _updated(out, "".join(texts))
    write_list(out, texts)


def target_of(out: Path, format: str | None, options: WriteOptions) -> tuple[Format, WriteOptions]:  # noqa: A002
    """Return the format of a file to write, and the options with the markup that its suffix implies.

    Raises:
        UsageError: the suffix contradicts the format or the markup, or it needs pandoc, which is not here.
    """
    chosen = formats.get(format) if format else formats.for_path(out)
    formats.refuse_suffix(chosen.name, out, options.markup)
    if out.suffix.lower() in formats.OFFICE:
        pandoc.program(out.suffix)
    return chosen, WriteOptions.of(options, markup=options.markup or formats.markup_for(chosen.name, out.suffix))


def convert(  # noqa: PLR0913 - each option is a keyword of its own
    source: FilePath,
    target: FilePath,
    *,
    from_format: FormatName | None = None,
    to_format: FormatName | None = None,
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
    on_problem: OnProblem | None = None,
    on_loss: OnLoss | None = None,
    on_progress: Callable[[int], None] | None = None,
    executor: Executor | None = None,
    strict: bool = False,
    encoding: str | None = None,
) -> int:
    """Convert a file to another one, and return how many works were written.

    Files may be larger than the memory: RIS, ``.bib`` and JSON lines are read and written work by work. YAML, JSON
    lists and sorted reference lists are read whole. The target is written whole or not at all.

    Args:
        source: the file to read.
        target: the file to write.
        from_format: the format of the source. None: that of its suffix.
        to_format: the format of the target. None: that of its suffix.
        options: how to write; keywords that are given are used instead.
        markup: see ``render``. None: that of the target's suffix.
        script: see ``render``.
        scheme: see ``render``.
        ascii: see ``render``.
        case: see ``render``.
        variant: see ``render``.
        order: see ``render``.
        numbered: see ``render``.
        language: see ``render``.
        proper_nouns: see ``render``.
        links: see ``render``.
        verified: see ``render``.
        title: see ``render``.
        on_problem: a function that is called with every `Problem`; the valid works are converted. None: all errors are
            raised at the end, and nothing is written.
        on_loss: see ``render``.
        on_progress: a function that is called now and then with the number of bytes read so far.
        executor: converts in other processes or on other machines; the result is the same (docs/performance.md).
        strict: see ``load``.
        encoding: the encoding of the source; see ``load``.

    Raises:
        InputError: the source has errors and there is no ``on_problem``.
        UsageError: a format is unknown, or a file cannot be read or written.
        LossError: something is lost and ``on_loss`` is ``"error"``.
    """
    place, out = Path(source).expanduser(), Path(target).expanduser()
    given = {
        "markup": markup, "script": script, "scheme": scheme, "ascii": ascii, "case": case, "variant": variant,
        "order": order, "numbered": numbered, "language": language, "proper_nouns": proper_nouns, "links": links,
        "verified": verified,
        "title": title,
        "on_loss": on_loss,
    }  # fmt: skip
    writer, options = target_of(out, to_format, WriteOptions.of(options, **given))
    with open_conversion(place, from_format, on_problem=on_problem, strict=strict, encoding=encoding) as conversion:
        texts = conversion.render(writer, options, executor)
        write_conversion(out, conversion, writer, with_progress(texts, conversion, on_progress))
    return conversion.count


@contextmanager
def open_conversion(
    path: Path,
    format: str | None = None,  # noqa: A002
    *,
    on_problem: OnProblem | None = None,
    only: Collection[str] | CitedWorks | None = None,
    strict: bool = False,
    encoding: str | None = None,
) -> Iterator[Conversion]:
    """Open a file to be converted; see ``Conversion``. ``format`` None: the one of its suffix.

    Raises:
        UsageError: the file is not there or cannot be read, or its format is unknown.
        InputError: it is in another format or encoding than it is said to be.
    """
    reader = format_of(path, format)
    with open_text(path, encoding) as stream:
        refuse_misnamed(stream, reader, str(path))
        yield Conversion(stream, reader, str(path), on_problem, only, strict=strict)


def with_progress(
    texts: Iterable[str], conversion: Conversion, on_progress: Callable[[int], None] | None
) -> Iterator[str]:
    """Yield texts, and call ``on_progress`` now and then with the number of bytes read of the source's file."""
    for number, text in enumerate(texts):
        yield text
        if on_progress and number % 200 == 0:
            on_progress(conversion.stream.buffer.tell())


def write_conversion(path: Path, conversion: Conversion, target: Format, texts: Iterable[str]) -> None:
    """Write the texts of a conversion to a file; where that is its source, only what differs in YAML is written.

    Raises:
        UsageError: the file cannot be written, or it is the source and would lose works or become another format.
    """
    if is_same_file(Path(conversion.file), path):
        if harm := _harm(conversion, target):
            raise UsageError(f"{str(path)!r} is the source itself, {harm}")
        texts = list(texts)
        if conversion.left_out:
            raise UsageError(f"{str(path)!r} is the source itself, and would lose works; write another file")
        if target.name == "csl-yaml":
            read_to_change(path)  # or another encoding would be lost
            texts = _updated(path, "".join(texts))
    write_list(path, texts)


def _harm(conversion: Conversion, target: Format) -> str:
    """Return what a source would lose by being written over, and the way out; empty if nothing but its works."""
    if conversion.source.name != target.name:
        return f"{conversion.source.label}, and would become {target.label}; write another file"
    if conversion.only is not None:
        return "and would lose the works that are not chosen; write another file"
    if target.name in {"bibtex", "biblatex"}:
        return "and would lose its comments and layout; write another file, or change works in place with 'set'"
    return ""


def is_same_file(one: Path, other: Path) -> bool:
    """Whether two paths lead to one regular file."""
    return one.is_file() and other.is_file() and one.samefile(other)


def _updated(path: Path, rendered: str) -> list[str]:
    """Return the text of a YAML file changed to hold what a new text holds, where it is a sound list; else the new."""
    try:
        old = read_to_change(path)
    except UsageError:  # in another encoding
        return [rendered]
    return [update_yaml(old, rendered) or rendered]


def write_list(path: Path, pieces: Iterable[str]) -> None:
    """Write a list of works to a file; see ``write_text``. A ``.docx``, ``.odt`` or ``.rtf`` is made by pandoc."""
    if path.suffix.lower() in formats.OFFICE:
        write_bytes(path, [pandoc.document("".join(pieces), path.suffix.lower())])
    else:
        write_text(path, pieces)


def write_text(path: Path, pieces: Iterable[str]) -> None:
    """Write pieces of text to a file in UTF-8, whole or not at all.

    Raises:
        UsageError: the file cannot be written; the old one, if any, is untouched.
    """
    write_bytes(path, map(encode, pieces))
