"""The documents that cite works, read from the disk: their keys, in the order of citation."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from tajikpeace_refs.errors import InputError, UsageError
from tajikpeace_refs.files import FilePath
from tajikpeace_refs.opening import open_text, read_to_change
from tajikpeace_refs.text.documents import (
    MADE_BY_LATEX,
    SUFFIXES,
    CitedKey,
    CitedWorks,
    Included,
    Label,
    read_document,
    with_renamed_keys,
)
from tajikpeace_refs.text.encodings import guess_encoding


def cited_keys(path: FilePath) -> tuple[str, ...]:
    """Return the keys that a document cites, in the order of their first citation; ``*`` means every work.

    Files that it includes are read, too. Keys that look like cross-references (``fig-map``) are left out.

    Args:
        path: a ``.md``, ``.qmd``, ``.Rmd``, ``.tex``, ``.aux``, ``.bcf`` or ``.typ`` file.

    Raises:
        UsageError: there is no such file, or its suffix is not that of a document.
    """
    return cited_works([Path(path).expanduser()]).keys


def cited_works(paths: Iterable[Path], nocite: Iterable[str] = ()) -> CitedWorks:
    """Return the works that some documents cite, and those of ``nocite``; see ``cited_keys``."""
    return CitedWorks(chain.from_iterable(map(_document, paths)), nocite)


class Rewritten(NamedTuple):
    """The text of a document before and after its keys were renamed, and how many citations that changed."""

    before: str
    after: str
    citations: int


def renamed_keys(paths: Iterable[Path], names: Mapping[str, str]) -> dict[Path, Rewritten]:
    """Return documents, and the files that they include, with keys of their citations renamed; nothing is written.

    Files that cite none of the keys are left out.

    Raises:
        UsageError: a document is not there, of no known kind, made by LaTeX, or not in UTF-8.
    """
    changed: dict[Path, Rewritten] = {}
    for path in paths:
        if path.suffix.lower() in MADE_BY_LATEX:
            raise UsageError(f"{str(path)!r} is written by LaTeX; rename keys in the document and run LaTeX again")
        for file, suffix, _ in _files(path):
            if with_renamed_keys(_text(file), suffix, names)[1]:
                before = read_to_change(file)
                changed[file] = Rewritten(before, *with_renamed_keys(before, suffix, names))
    return changed


def _document(path: Path) -> Iterator[tuple[str, CitedKey | Label]]:
    """Yield what a document and the files that it includes hold, each with the file's name."""
    for file, _, found in _files(path):
        yield from ((str(file), each) for each in found if not isinstance(each, Included))


def _files(path: Path) -> Iterator[tuple[Path, str, list[CitedKey | Label | Included]]]:
    """Yield a document and the files that it includes: each with the suffix that tells its kind, and what it holds."""
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(f"{str(path)!r} is not a document whose citations can be read; use {' '.join(SUFFIXES)}")
    waiting, seen = [path], {os.path.realpath(path)}
    while waiting:
        file = waiting.pop(0)
        suffix = file.suffix if file.suffix.lower() in SUFFIXES else path.suffix
        found = list(read_document(_text(file), suffix))
        yield file, suffix, found
        included = []
        for each in found:
            # What is not there belongs to TeX's own distribution, or is made later.
            place = _included(each.name, file, path) if isinstance(each, Included) else None
            if place and os.path.realpath(place) not in seen:
                seen.add(os.path.realpath(place))
                included.append(place)
        waiting = included + waiting


def _text(file: Path) -> str:
    """Return the text of a document: in UTF-8, else in the likely encoding; what of a key is misread, no work has."""
    try:
        with open_text(file) as stream:
            return stream.read()
    except InputError:
        data = file.read_bytes()
        return data.decode(guess_encoding(data) or "latin-1")


def _included(name: str, file: Path, document: Path) -> Path | None:
    """Return an included file: its name is relative to the file or, in LaTeX, to the document; it may lack a suffix."""
    tries = (folder / tail for folder in (file.parent, document.parent) for tail in (name, f"{name}{file.suffix}"))
    return next((each for each in tries if each.is_file()), None)
