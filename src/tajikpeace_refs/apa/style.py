"""How one list is to be set: script, scheme, markup and proper nouns, worked out once from the options."""

from __future__ import annotations

from dataclasses import dataclass

from tajikpeace_refs.apa.inline import clean
from tajikpeace_refs.apa.titles import Nouns
from tajikpeace_refs.formats._base import Markup, Options, Scheme
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.script import latin_text


@dataclass(frozen=True, slots=True)
class Style:
    """The settings that every part of a reference asks for."""

    markup: Markup
    is_latin: bool
    scheme: Scheme
    nouns: Nouns

    @classmethod
    def of(cls, options: Options) -> Style:
        """Return the style of these options; APA is in Latin letters unless told otherwise (9.38)."""
        return cls(
            markup=options.markup,
            is_latin=options.script != "original",
            scheme=options.scheme,
            nouns=Nouns(options.front.proper_nouns),
        )

    def text(self, work: Work, variable: str) -> str:
        """Return a text variable of a work in the script of the list, fit to print; empty where it is missing."""
        value: str | None = getattr(work, variable)
        if not value:
            return ""
        if self.is_latin and not value.isascii():
            value = latin_text(work, variable, self.scheme)
        return clean(value)
