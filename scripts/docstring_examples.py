"""Fence the examples of docstrings for the documentation (mkdocs.yml): Markdown takes ``>>>`` for a quotation."""

from __future__ import annotations

import re
from typing import Any

import griffe

# From a first prompt to the next blank line, as doctest reads.
_EXAMPLE = re.compile(r"(?m)^( *)>>> .*(?:\n(?! *$).+)*")


class FencedExamples(griffe.Extension):
    """Puts each example of a docstring into a fence before the docstring is parsed."""

    def on_instance(self, *, obj: griffe.Object, **_: Any) -> None:  # noqa: ANN401
        """Change the docstring of an object that has one."""
        if obj.docstring:
            obj.docstring.value = _EXAMPLE.sub(r"\1```pycon\n\g<0>\n\1```", obj.docstring.value)
