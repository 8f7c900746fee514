"""A work in the making: its values, and which characters of the printed reference each was read from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from tajikpeace_refs.formats._printed.labels import unread
from tajikpeace_refs.formats._printed.lines import Span
from tajikpeace_refs.model.name import Name

_WORD = re.compile(r"[^\W_]+")


class Draft:
    """The values of a work, and the variable that each character of the printed reference belongs to ("" for none)."""

    def __init__(self, printed: str) -> None:
        self.printed = printed
        self.data: dict[str, Any] = {}
        self.owners = [""] * len(printed)
        self.remarks: list[str] = []
        self.is_online = False

    def take(self, variable: str, span: Span, value: Any = None) -> bool:  # noqa: ANN401 - any value
        """Set a variable from a span, unless it has a value; return whether it was set."""
        if variable in self.data or not span.text:
            return False
        self.data[variable] = span.text if value is None else value
        self.own(variable, span)
        return True

    def take_names(self, variable: str, span: Span, names: Iterable[Name]) -> bool:
        """Set a variable to the names that a span has; the words of it that are in none of them stay unread."""
        names = tuple(names)
        if variable in self.data or not names:
            return False
        self.data[variable] = names
        self.own_names(variable, span, names)
        return True

    def own_names(self, variable: str, span: Span, names: Iterable[Name]) -> None:
        """Note which words of a span are parts of some names."""
        parts = (part for name in names for part in name.to_csl().values())
        words = Counter(word for part in parts for word in _WORD.findall(part))
        for match in _WORD.finditer(span.text):
            if words[match[0]] > 0:
                words[match[0]] -= 1
                self.own(variable, Span(match[0], span.start + match.start()))

    def own(self, variable: str, span: Span) -> None:
        """Note that a variable was read from a span."""
        self.owners[span.start : span.end] = [variable] * len(span.text)

    def owners_of(self, span: Span) -> list[str]:
        """Return the variables that were read from a span."""
        return [name for name in dict.fromkeys(self.owners[span.start : span.end]) if name]

    def unread(self) -> list[str]:
        """Return the pieces that are in no value and name none."""
        return unread(self.printed, self.owners)
