"""Ids and citation keys: stable, each given once in a file."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from tajikpeace_refs.errors import Problem
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.rich import strip

_SMALL = frozenset({"a", "an", "the", "der", "die", "das", "le", "la", "les", "un", "une", "el", "los", "il"})


@dataclass(frozen=True, slots=True)
class IdPolicy:
    """What a format calls the id of a work. ``strict``: one used twice is refused, a missing one reported."""

    name: str = "id"
    strict: bool = True


STRICT_IDS = IdPolicy()


class UniqueKeys:
    """Gives out keys, each once."""

    def __init__(self) -> None:
        self.lines: dict[str, int | None] = {}
        self.counts: dict[str, int] = {}

    def allocate(self, key: str, line: int | None = None) -> str:
        """Return the key, with a number after it where it was given out before; remember the line it was given in."""
        taken = key
        # The count goes on from the last one given: looking from 2 each time is quadratic.
        while taken in self.lines:
            self.counts[key] = self.counts.get(key, 1) + 1
            taken = f"{key}-{self.counts[key]}"
        self.lines[taken] = line
        return taken


class UniqueIds:
    """Gives each work of a file an id of its own, by the rule of its format."""

    def __init__(self, rule: IdPolicy) -> None:
        self.rule = rule
        self.keys = UniqueKeys()

    def allocate(self, name: str, line: int | None, *, named: bool) -> tuple[str | None, Problem | None]:
        """Return the id for a work that comes with one (None: refused), and the problem of it, if any."""
        what = self.rule.name
        if named and name in self.keys.lines:
            first = f"the {what} is used twice, first in line {self.keys.lines[name]}"
            if self.rule.strict:
                return None, Problem(first, name, line=line)
            key = self.keys.allocate(name, line)
            return key, Problem(f"{first}; this one is read as {key!r}", name, line=line, severity="warning")
        key = self.keys.allocate(name, line)
        if named or not self.rule.strict:
            return key, None
        return key, Problem(f"the item has no {what}; it is read as {key!r}", line=line, severity="warning")


def made_key(work: Work) -> str:
    """Return author, year and first title word of a work that came without a key, as Zotero makes it.

    >>> from tajikpeace_refs.model import Book, Name
    >>> made_key(Book(id="x", type="book", title="The Peace", author=(Name.parse("Usmonov, I."),), issued="2006"))
    'usmonov_peace_2006'
    >>> made_key(Book(id="x", type="book", title="水资源", author=(Name.parse("王, 伟"),), issued="2010"))
    '王_水资源_2010'
    """
    names = work.author or work.editor
    who = _in_key((names[0].family or names[0].literal or "").split(",")[0]) if names else ""
    words = (_in_key(word) for word in re.findall(r"[^\W_]+", strip(work.title or "")))
    what = next((word for word in words if word and word.lower() not in _SMALL), "")
    year = str(work.issued.year) if work.issued and work.issued.year else ""
    return "_".join(filter(None, (who.lower(), what.lower(), year))) or "work"


def _in_key(word: str) -> str:
    """Return a word in ASCII, or the start of one in a script that is not romanised."""
    return ascii_key(word) or re.sub(r"\W+", "", word)[:12]


def ascii_key(text: str) -> str:
    """Return a text in the characters every BibTeX takes in a key, Cyrillic transliterated."""
    if not text.isascii():
        from tajikpeace_refs.text.transliteration import transliterate  # noqa: PLC0415 - loads when used

        text = unicodedata.normalize("NFKD", transliterate(text)).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9_:.+/-]+", "-", text).strip("-")
