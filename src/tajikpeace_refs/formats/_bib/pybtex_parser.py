"""pybtex's parser of one entry, with the names of strings noted that are not defined or make it too long."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def parser_class() -> Any:  # noqa: ANN401 - pybtex is not typed
    """Return the class, which loads pybtex: ``parser_class()(text, macros, allowance)``."""
    from pybtex.database.input.bibtex import LowLevelParser  # noqa: PLC0415 - loads when used

    class Parser(LowLevelParser):  # type: ignore[misc]
        """pybtex's parser; a string that is not defined stands as its name, and is noted."""

        def __init__(self, text: str, macros: dict[str, str], allowance: int) -> None:
            super().__init__(text, macros=macros)
            self.allowance = allowance
            self.undefined: list[str] = []
            self.too_long: list[str] = []

        def substitute_macro(self, name: str) -> str:
            value = self.macros.get(name.lower())
            if value is None:
                self.undefined.append(name)
                return name
            self.allowance -= len(value)
            if self.allowance < 0:  # strings made of strings grow fast
                self.too_long.append(name)
                return ""
            return str(value)

    return Parser
