"""What a format gives to the edit layer: the works of a text, and the text with other works in their places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from tajikpeace_refs.model.library import FrontMatter, Library
from tajikpeace_refs.model.work import Work


class Source(Protocol):
    """A text whose works can be changed in their places."""

    @property
    def library(self) -> Library:
        """The works that the text holds."""
        ...

    def held(self, work: Work, front: FrontMatter) -> Work:
        """Return a work of a list with some front matter as a text of the format holds it, without what none does."""
        ...

    def changed(self, old: Work, new: Work) -> Work:
        """Return what a work becomes that is changed to another one: with what the format keeps of it beside."""
        ...

    def renamed(self, library: Library, old: str, new: str) -> Library:
        """Return a library in which a work has another id, and what refers to it follows."""
        ...

    def in_order(self, library: Library) -> Library:
        """Return a library in the order nearest to its own that the format can have."""
        ...

    def text_of(self, library: Library, origins: Mapping[str, str]) -> str:
        """Return the text changed to hold a library; every character that no change touches stays.

        ``origins`` is the id that a work of the library has in the text, by its new id, where the two differ. An id
        that is a value of it and no key is that of a new work.

        Raises:
            UsageError: the text cannot be changed so.
        """
        ...
