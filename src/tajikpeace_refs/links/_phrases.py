"""How pages say that they are not there: the expressions of ``phrases.yaml``, compiled for ``soft404``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any

import yaml

_DATA: dict[str, Any] = yaml.safe_load(files(__package__).joinpath("phrases.yaml").read_text(encoding="utf-8"))
_GAP = "[^.!?。！？]{0,60}?"
_END = r"(?=\s*(?:[.!,;:)]|$)| (?:on|at|here|or|and|because|any ?more)\b)"


def _or(patterns: Iterable[str]) -> str:
    return f"(?:{'|'.join(patterns)})"


def _any(patterns: Iterable[str], around: str = "{}") -> re.Pattern[str]:
    return re.compile(around.format(_or(patterns)), re.IGNORECASE)


def _titles() -> Iterator[str]:
    for language in _DATA["languages"]:
        yield rf"{_or(language['noun'])}\s?{_or(language['absent'])}"


def _sentences() -> Iterator[str]:
    for language in _DATA["languages"]:
        if "asked" in language:
            between, end = (" ", _END) if language.get("adjacent") else (_GAP, "")
            yield _or(language["asked"]) + between + _or(language["absent"]) + end


CODES = _any(_DATA["codes"], r"\b{}\b")
"""Words and numbers of error titles that alone say little."""
TITLE = _any([*_DATA["titles"], *_titles()])
"""A title or heading that says nothing but "not found" (to be matched whole)."""
SENTENCE = _any([*_DATA["sentences"], *_sentences()])
"""A sentence about this very page: it names the page that was asked for and says that it is not there."""
FOR_SALE = _any(_DATA["for_sale"])
"""What the holder of an unused name says."""
GUARDED = _any(_DATA["guarded"])
"""The title of a page that stands between a robot and the page (to be matched whole)."""
APOLOGY = _any(_DATA["apologies"], r"^{}\W*(?:but |но )?")
ABOUT = _any(_DATA["about"], r"\b{}\b")
"""A title that explains: what is about not-found pages is none."""
EXPLAINS = _any(_DATA["explains"], r"\b{}\b")
"""A text that explains."""
