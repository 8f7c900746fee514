"""Lists of works in files, changed in their places: ``edit`` and ``save``."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Self

from tajikpeace_refs import formats
from tajikpeace_refs.editing import EDITABLE, EditedList
from tajikpeace_refs.errors import UsageError
from tajikpeace_refs.files import FilePath, export, format_of, refuse_misnamed, write_text
from tajikpeace_refs.model.library import Library
from tajikpeace_refs.opening import read_to_change
from tajikpeace_refs.options import FormatName


class EditedFile(EditedList):
    """An `EditedList` of a file: it is written at the end of a ``with`` block, unless an error was raised."""

    def __init__(self, path: Path, format: FormatName) -> None:  # noqa: A002
        self.path = path
        self._before = read_to_change(path)
        refuse_misnamed(io.StringIO(self._before), formats.get(format), str(path))
        super().__init__(self._before, format, str(path))

    def write(self) -> None:
        """Write the changed text, whole or not at all; if nothing was changed, the file is not touched.

        Raises:
            UsageError: the text cannot be changed in place, the file cannot be written, or another program changed it.
        """
        text = self.text
        if text == self._before:
            return
        if read_to_change(self.path) != self._before:
            raise UsageError(f"{str(self.path)!r} was changed meanwhile by another program; nothing is written")
        write_text(self.path, [text])
        self._before = text

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.write()


def edit(path: FilePath, format: FormatName | None = None) -> EditedFile:  # noqa: A002
    """Open a file to change its works in a ``with`` block; everything else in the file stays as it is.

    Args:
        path: a YAML or ``.bib`` file, or a ``.md`` or ``.qmd`` file with a list at its top (``~`` is the home folder).
        format: the name of the format. None: that of the suffix.

    Raises:
        InputError: the file has errors.
        MissingFileError: there is no such file.
        UsageError: the file is not in UTF-8, or files of its format cannot be changed in their place.
    """
    place = Path(path).expanduser()
    return EditedFile(place, format_of(place, format).name)


def save(library: Library, path: FilePath, format: FormatName | None = None) -> None:  # noqa: A002
    """Write a library to a file; in an existing YAML or ``.bib`` file only what differs is changed.

    Comments, the order of keys and the spelling of the rest stay; works are added, removed and moved as in the library.
    A new file, or one of another format, is written whole, as `export` does.

    Args:
        library: the works, and the front matter.
        path: the file.
        format: the name of the format. None: that of the suffix.

    Raises:
        InputError: the file exists and has errors.
        UsageError: the format is unknown, the file cannot be written, or it cannot be changed in place.
    """
    place = Path(path).expanduser()
    is_there = place.is_file()
    name = format or (formats.for_source(place) if is_there else formats.for_path(place)).name
    if name not in EDITABLE or not is_there:
        export(library, place, name)
        return
    edited = EditedFile(place, name)
    edited.become(library)
    edited.write()
