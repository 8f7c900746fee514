"""What a registry is asked about a work that is known by its words only. Pure."""

from __future__ import annotations

from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.rich import strip

_LONGEST = 300
"""Characters of a title that are sent: registries refuse longer questions."""


def title_of(work: Work) -> str:
    """Return the title of a work in one line without markup, at most as long as a question may be."""
    return " ".join(strip(work.title or "").split())[:_LONGEST]


def surname_of(work: Work) -> str:
    """Return the family name of the first author or editor, or the name of an organisation; empty where nobody is."""
    names = work.author or work.editor
    return (names[0].family or names[0].literal or "") if names and not names[0].is_others else ""


def words_of(work: Work) -> str:
    """Return title, first author and year of a work in one line."""
    year = str(work.issued.year) if work.issued and work.issued.year is not None else ""
    return " ".join(filter(None, (title_of(work), surname_of(work), year)))
