"""A ``.bib`` text whose entries are changed in their places."""

from __future__ import annotations

from collections.abc import Mapping

from tajikpeace_refs.errors import UsageError
from tajikpeace_refs.model.library import Library
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import FormatName


class BibSource:
    """A ``.bib`` text: not changed yet."""

    library: Library

    def __init__(self, text: str, format: FormatName, file: str) -> None:  # noqa: A002, ARG002
        raise UsageError(f"a file of {format} cannot be changed work by work yet; export it as YAML first")

    def changed(self, old: Work, new: Work) -> Work:
        """Return the new work."""
        raise NotImplementedError

    def renamed(self, library: Library, old: str, new: str) -> Library:
        """Return the library with the other id."""
        raise NotImplementedError

    def text_of(self, library: Library, origins: Mapping[str, str]) -> str:
        """Return the changed text."""
        raise NotImplementedError
