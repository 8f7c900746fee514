"""Printed reference lists, read: the references of a PDF, a thesis or an article, one a line or a paragraph.

Each field is a piece of what was printed; nothing is looked up, corrected or transliterated. What was not understood
stands in the remarks of the work, which begin with ``DRAFTED`` until somebody has confirmed it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from tajikpeace_refs.errors import Problem
from tajikpeace_refs.formats._printed.lines import Entry, entries
from tajikpeace_refs.formats._printed.works import work_data
from tajikpeace_refs.formats.base import Format, Item, ReadWork
from tajikpeace_refs.formats.ids import IdPolicy
from tajikpeace_refs.model.characters import forbidden_character
from tajikpeace_refs.model.editorial import DRAFTED
from tajikpeace_refs.model.validation import spell, validate
from tajikpeace_refs.text.citation_keys import citation_key

__all__ = ["DRAFTED", "FORMAT"]


def read(stream: TextIO) -> Iterator[Item]:
    """Yield a work for each reference of a printed list, and a Problem for each paragraph that is none."""
    authors = None
    found = entries(stream)
    for entry in found:
        if not entry.is_reference:
            yield Problem(f"not a reference, left out: {_short(entry.text)}", line=entry.line, severity="warning")
            continue
        for item in _work(entry, authors):
            authors = item.work.author if isinstance(item, ReadWork) else authors
            yield item
    if found and not any(entry.is_reference for entry in found):
        yield Problem("has no printed reference", line=1, column=1)


def _work(entry: Entry, authors: object) -> Iterator[Item]:
    if message := forbidden_character(entry.text):
        yield Problem(message, line=entry.line)
        return
    data = work_data(entry.text, authors)
    if entry.heading:
        data["remarks"].append(f"heading: {entry.heading}")
    outcome = validate({**data, "id": "work"})
    if isinstance(outcome, list):
        for mistake in outcome:
            yield Problem(mistake.message, variable=spell(mistake.path) or None, line=entry.line)
        return
    yield ReadWork(outcome.model_copy(update={"id": citation_key(outcome)}), entry.line, named=False)


def _short(text: str) -> str:
    return text if len(text) < 60 else f"{text[:57]}…"


FORMAT = Format(
    name="printed", label="printed reference list", read=read, ids=IdPolicy(strict=False)
)  # fmt: skip
