"""A CSL-YAML text whose works are changed in their places."""

from __future__ import annotations

import io
from collections.abc import Mapping

from tajikpeace_refs import formats
from tajikpeace_refs.conversion import render
from tajikpeace_refs.errors import InputError, Problem, UsageError
from tajikpeace_refs.formats.csl_yaml import update
from tajikpeace_refs.model.library import Library
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import FormatName
from tajikpeace_refs.reading import read_library

NAME: FormatName = "csl-yaml"


class YamlSource:
    """A YAML list of works, or the front matter of a document."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        problems: list[Problem] = []
        stream = io.StringIO(text, newline=None)
        self.library = read_library(stream, formats.get(NAME), file, problems.append)
        if errors := [problem for problem in problems if problem.severity == "error"]:
            raise InputError(errors)

    def changed(self, old: Work, new: Work) -> Work:  # noqa: ARG002 - the protocol's
        """Return the new work."""
        return new

    def renamed(self, library: Library, old: str, new: str) -> Library:
        """Return the library with the other id."""
        works = [work.replace(id=new) if work.id == old else work for work in library]
        return Library(works=works, front=library.front)

    def text_of(self, library: Library, origins: Mapping[str, str]) -> str:  # noqa: ARG002
        """Return the changed text."""
        changed = update(self.text, render(library, NAME))
        if changed is None:
            raise UsageError("the text cannot be changed in place")
        return changed
