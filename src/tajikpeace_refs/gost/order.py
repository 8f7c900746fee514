"""The order of a list: Cyrillic works, then Latin ones, then others; by heading or title, word by word."""

from __future__ import annotations

import re
from typing import Any

from tajikpeace_refs.gost.names import has_heading, inverted
from tajikpeace_refs.model.folding import fold
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.rich import strip
from tajikpeace_refs.text.scripts import has_cyrillic, is_latin
from tajikpeace_refs.text.transliteration import letters_key

_LETTERS = letters_key(fold)
_WORD = re.compile(r"[^\W_]+")


def sort_key(work: Work) -> tuple[Any, ...]:
    """Return the sort key of a work: script of its title, names of the heading, title, year."""
    names = work.author or work.composer
    title = strip(work.title or "")
    heads = [inverted(name) for name in names] if has_heading(names) else []
    keys = tuple(_words(text) for text in heads) or (_words(title),)
    script = 0 if has_cyrillic(title) else 1 if is_latin(title) else 2
    year = work.issued.year if work.issued and work.issued.year is not None else 0
    return script, keys, _words(title), year, work.id


def _words(text: str) -> tuple[str, ...]:
    return tuple(map(_LETTERS, _WORD.findall(text)))
