"""The documents that cite works, read from the disk: their keys, in the order of citation."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from tajikpeace_refs.errors import InputError, UsageError
from tajikpeace_refs.files import FilePath
from tajikpeace_refs.opening import open_text
from tajikpeace_refs.text.documents import SUFFIXES, CitedKey, CitedWorks, Included, Label, read_document
from tajikpeace_refs.text.encodings import guess_encoding


def cited_keys(path: FilePath) -> tuple[str, ...]:
    """Return the keys that a document cites, in the order of their first citation; ``*`` stands for every work.

    Files that it includes are read too, where they are there. Keys that look like cross-references (``fig-map``) are
    left out.

    Args:
        path: a ``.md``, ``.qmd``, ``.Rmd``, ``.tex``, ``.aux``, ``.bcf`` or ``.typ`` file.

    Raises:
        UsageError: there is no such file, or its suffix is that of no document.
    """
    return cited_works([Path(path).expanduser()]).keys


def cited_works(paths: Iterable[Path], nocite: Iterable[str] = ()) -> CitedWorks:
    """Return the works that some documents cite, and those of ``nocite``; see ``cited_keys``."""
    return CitedWorks(chain.from_iterable(map(_document, paths)), nocite)


def _document(path: Path) -> Iterator[tuple[str, CitedKey | Label]]:
    """Yield what a document and the files that it includes hold, each with the file's name."""
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(f"{str(path)!r} is no document whose citations can be read; use {' '.join(SUFFIXES)}")
    waiting, seen = [path], {os.path.realpath(path)}
    while waiting:
        file = waiting.pop(0)
        text = _text(file)
        included = []
        for each in read_document(text, file.suffix if file.suffix.lower() in SUFFIXES else path.suffix):
            if not isinstance(each, Included):
                yield str(file), each
            # What is not there belongs to TeX's own distribution, or is made later.
            elif (found := _included(each.name, file, path)) and os.path.realpath(found) not in seen:
                seen.add(os.path.realpath(found))
                included.append(found)
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
