"""What a step of hygiene finds: the words that do not belong where they stand, and the work without them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from tajikpeace_refs.model.validation import Path
from tajikpeace_refs.model.work import SPELLING, Work


class Repair(NamedTuple):
    """Words in a variable that do not belong there, which begin at ``at`` of the value.

    ``changes``: what the variables of the work become for printing, by attribute; empty where nothing proves it, so
    that a person must decide. ``replacement``: what can stand in place of the words in the data; None where that is not
    certain, or another variable changes too. ``dropped``: words with a meaning of their own that are not printed.
    """

    path: Path
    message: str
    words: str
    at: int = 0
    changes: Mapping[str, Any] = {}
    replacement: str | None = None
    dropped: str = ""


Step = Callable[[Work], Iterator[Repair]]


def path_of(variable: str) -> Path:
    """Return the path of a variable, given its attribute."""
    return (SPELLING[variable],)


def text_of(work: Work, variable: str) -> str:
    """Return a text variable; empty where it is missing."""
    return work.__dict__.get(variable) or ""
