"""The rules TP5xx: what only shows in the whole list, such as two entries of one work."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tajikpeace_refs.lint.rule import Violation, rule, texts
from tajikpeace_refs.model.library import Library
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.same_work import duplicates, share_doi


@rule("TP502", "warning", "list")
def duplicate(library: Library) -> Iterator[tuple[Work, Violation]]:
    """Two works are probably the same: the same DOI, or the same title, first author and year in any script."""
    for work, twin in duplicates(library):
        what = "has the DOI of" if share_doi(work, twin) else "is probably"
        message = f"{what} the work {twin.id!r}; keep one, or add what distinguishes them"
        yield work, Violation(("title",), message, work.title or "")


@rule("TP503", "hint", "list")
def unused_noun(library: Library) -> Iterator[tuple[None, Violation]]:
    """A word of `proper-nouns` is in no title of the list."""
    works = [*library, *([library.source] if library.source else [])] if library.proper_nouns else []
    titles = "\n".join(text.value for work in works for text in texts(work) if text.is_title).casefold()
    for place, noun in enumerate(library.proper_nouns):
        if not re.search(rf"(?<!\w){re.escape(noun.casefold())}(?!\w)", titles):
            yield None, Violation(("proper-nouns", place), f"{noun!r} is in no title of the list; remove it", noun)
