"""The order of a list: Cyrillic works, then Latin ones, then others; by heading or title, word by word."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tajikpeace_refs.gost.context import GostContext
from tajikpeace_refs.gost.names import has_heading, inverted
from tajikpeace_refs.gost.title import creators
from tajikpeace_refs.model.folding import fold
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.alphabets import Alphabet
from tajikpeace_refs.text.rich import strip
from tajikpeace_refs.text.scripts import is_latin

_WORD = re.compile(r"[^\W_]+")


def sort_key(alphabet: Alphabet, context: GostContext) -> Callable[[Work], tuple[Any, ...]]:
    """Return the function that gives the sort key of a work: its script, names of the heading, title, year."""
    letters = alphabet.key(fold)

    def words(text: str) -> tuple[str, ...]:
        return tuple(map(letters, _WORD.findall(text)))

    def key(work: Work) -> tuple[Any, ...]:
        names = creators(work)
        title = strip(work.title or "")
        heads = [inverted(name) for name in names] if has_heading(names) else []
        script = 0 if context.words(work).is_cyrillic else 1 if is_latin(title) else 2
        year = work.issued.year if work.issued and work.issued.year is not None else 0
        return script, tuple(map(words, heads)) or (words(title),), words(title), year, work.id

    return key
