"""What all references of one list share: the standard, the markup and the language of works that name none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tajikpeace_refs.gost.words import Words, words_of
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import Markup, WriteOptions
from tajikpeace_refs.text.rich import LANG, LANG_END, LANG_TEXT, clean, plain


@dataclass(frozen=True, slots=True)
class GostContext:
    """The settings of a list; ``is_full`` for GOST R 7.0.100-2018."""

    markup: Markup
    is_full: bool
    language: str | None

    @classmethod
    def of(cls, options: WriteOptions) -> GostContext:
        """Return the context of a list."""
        return cls(options.markup or "plain", options.variant == "full", options.list_language)

    def words(self, work: Work) -> Words:
        """Return the words in the language of a work."""
        return words_of(work, self.language)

    def join(self, areas: Iterable[str]) -> str:
        """Join the areas of a description: by a full stop, or in 7.0.100 by a full stop and a dash.

        7.0.5-2008 (4.9) lets a full stop stand for the full stop and dash of GOST 7.1. An abbreviation or a sign at the
        end of an area has its full stop already (7.0.100-2018, 4.6.11).
        """
        text = ""
        for area in filter(None, areas):
            stop = "" if not text or is_closed(text) else "."
            text += f"{stop}{(' – ' if self.is_full else ' ') if text else ''}{area}"
        return text

    def tagged(self, text: str, work: Work) -> str:
        """Return a text marked with the language of the work for HTML; other markups get no mark."""
        tag = re.sub(r"[^\w-]", "", work.language or "")
        return f"{LANG}{tag}{LANG_TEXT}{text}{LANG_END}" if self.markup == "html" and tag and text else text


def is_closed(text: str) -> bool:
    """Whether a text ends in a full stop or another sign that ends a sentence."""
    return plain(text)[-1:] in {".", "?", "!", "…"}


def value(work: Work, variable: str) -> str:
    """Return a text variable of a work ready to print; the three full stops of ``дис. ... канд.`` are one sign."""
    text: str | None = getattr(work, variable)
    return clean(text.replace("...", "…")) if text else ""
