"""Citation keys: ASCII, stable, unique in their file."""

from __future__ import annotations

import re
import unicodedata

from tajikpeace_refs.model.work import Work

_SMALL = frozenset({"a", "an", "the", "der", "die", "das", "le", "la", "les", "un", "une", "el", "los", "il"})


class Keys:
    """Gives out keys, each once."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}

    def take(self, key: str) -> str:
        """Return the key, with a number after it where it was given out before."""
        taken = key
        # The count goes on from the last one given: looking from 2 each time is quadratic.
        while taken in self.counts:
            self.counts[key] += 1
            taken = f"{key}-{self.counts[key]}"
        self.counts[taken] = 1
        return taken


def made_key(work: Work) -> str:
    """Return author, year and first title word of a work that came without a key, as Zotero makes it.

    >>> from tajikpeace_refs.model import Book, Name
    >>> made_key(Book(id="x", type="book", title="The Peace", author=(Name.parse("Usmonov, I."),), issued="2006"))
    'usmonov_peace_2006'
    """
    names = work.author or work.editor
    who = ascii_key((names[0].family or names[0].literal or "").split(",")[0]) if names else ""
    words = (ascii_key(word) for word in re.findall(r"[^\W_]+", work.title or ""))
    what = next((word for word in words if word and word.lower() not in _SMALL), "")
    year = str(work.issued.year) if work.issued and work.issued.year else ""
    return "_".join(filter(None, (who.lower(), what.lower(), year))) or "work"


def ascii_key(text: str) -> str:
    """Return a text in the characters every BibTeX takes in a key, Cyrillic transliterated."""
    if not text.isascii():
        from tajikpeace_refs.script import transliterate  # noqa: PLC0415 - loads when used

        text = unicodedata.normalize("NFKD", transliterate(text)).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9_:.+/-]+", "-", text).strip("-")
