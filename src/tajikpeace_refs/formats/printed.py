"""Printed reference lists, read: the references of a PDF, a thesis or an article, one a line or a paragraph.

Each field is a piece of what was printed; nothing is looked up, corrected or transliterated. What was not understood
stands in the remarks of the work, which begin with ``DRAFTED`` until somebody has confirmed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TextIO

from tajikpeace_refs.errors import Problem
from tajikpeace_refs.formats._printed.lines import Entry, entries
from tajikpeace_refs.formats._printed.works import work_data
from tajikpeace_refs.formats.base import Format, Item, ReadWork
from tajikpeace_refs.formats.ids import IdPolicy
from tajikpeace_refs.model.editorial import DOUBTFUL, DRAFTED
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.validation import spell, validate
from tajikpeace_refs.text.citation_keys import citation_key

__all__ = ["DRAFTED", "FORMAT"]


_AGAIN = re.compile(r"\W*(?:\d{1,4}[\]).]*\s+)?(?:Ibid(?:em)?|Там же|Там само|Ebd|Ebenda|Ҳамон ҷо)\b")
"""What stands for the work before."""
_NAMED_BEFORE = re.compile(r"(?i)\b(?:op\. ?cit\.?|loc\. ?cit\.?|a\. ?a\. ?O\.|указ\. ?(?:соч|раб)\.?|цит\. ?соч\.?)")
"""What stands, behind a name, for a work of that author before."""


def read(stream: TextIO) -> Iterator[Item]:
    """Yield a work for each reference of a printed list, and a Problem for each paragraph that is none.

    A reference that only stands for one before it ("Ibid., p. 5") is a remark of that work.
    """
    found, left_out = entries(stream)
    items: list[Item] = [_left_out("not part of a reference", line.text, line.number) for line in left_out]
    works: list[int] = []
    is_known = False
    for entry in found:
        if not entry.is_reference:
            items += [_left_out("not a reference", each.text, each.number) for each in entry.headings]
            items.append(_left_out("not a reference", entry.text, entry.line))
        elif (is_again := _AGAIN.match(entry.text)) or _NAMED_BEFORE.search(entry.text):
            before = works[-1] if works and is_known else None
            at = before if is_again else _named(entry, items, works)
            items += _cited_again(entry, items, at)
        else:
            read_ = list(_work(entry, _names_of(items[works[-1]]) if works else ()))
            is_known = isinstance(read_[-1], ReadWork)
            works += [len(items)] if is_known else []
            items += read_
    yield from sorted(items, key=_line_of)
    if (found or left_out) and not any(entry.is_reference for entry in found):
        yield Problem("has no printed reference", line=1, column=1)


def _left_out(what: str, text: str, line: int) -> Problem:
    return Problem(f"{what}, left out: {_short(text.strip())}", line=line, severity="warning")


def _line_of(item: Item) -> int:
    return (item.line if isinstance(item, (ReadWork, Problem)) else 0) or 0


def _names_of(item: Item) -> tuple[Name, ...]:
    return (item.work.author or item.work.editor) if isinstance(item, ReadWork) else ()


def _named(entry: Entry, items: list[Item], works: list[int]) -> int | None:
    """Return the place of the one work before whose author a reference names."""
    match = _NAMED_BEFORE.search(entry.text)
    words = {*re.findall(r"[\w'’-]+", entry.text[: match.start()].lower())} if match else set[str]()
    found = [at for at in works for name in _names_of(items[at])[:1] if (name.family or "").lower() in words]
    return found[0] if len(found) == 1 else None


def _cited_again(entry: Entry, items: list[Item], at: int | None) -> list[Item]:
    """Note in a work that a reference stands for it; return a Problem where no work is certain."""
    item = items[at] if at is not None else None
    if at is None or not isinstance(item, ReadWork):
        return [_left_out("stands for a work before it, and which one is not certain", entry.text, entry.line)]
    remarks = (*item.work.remarks, *(f"heading: {each.text}" for each in entry.headings), f"cited again: {entry.text}")
    items[at] = item._replace(work=item.work.model_copy(update={"remarks": remarks}))
    return []


def _work(entry: Entry, authors: tuple[Name, ...]) -> Iterator[Item]:
    data = work_data(entry.text, authors)
    data["remarks"] += [f"{DOUBTFUL}the hyphen of {word}, at the end of a line" for word in entry.doubts]
    data["remarks"] += [f"heading: {each.text}" for each in entry.headings]
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
