"""crossref and xdata: the fields that an entry inherits from another (biblatex manual, 2.4.1 and appendix B)."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TextIO

from tajikpeace_refs.errors import Problem
from tajikpeace_refs.formats._bib.fields import SET
from tajikpeace_refs.formats._bib.rows import PREFIX
from tajikpeace_refs.formats._bib.splitter import Block, Entry, split

# Possessive: blanks are gone through once, whatever stands behind them.
_LINK = re.compile(r"\b(crossref|xdata|related)\s*+=\s*+[{\"]?\s*+([^{}\"\s][^{}\"]*+)", re.IGNORECASE)
_COMPUTED = re.compile(
    r"\b(?:crossref|xdata|related)\s*+=\s*+(?:[^{\"\s]|(?:\{[^{}]*+\}|\"[^{}\"]*+\")\s*+#)", re.IGNORECASE
)
_SET_KEY = re.compile(r"@\s*+set\s*+[{(]\s*+([^\s,{}()]++)", re.IGNORECASE)
_PARTS = frozenset(
    {"incollection", "inbook", "inproceedings", "conference", "inreference", "bookinbook", "suppbook", "suppcollection"}
)
_BOOKS = frozenset({"book", "mvbook"})
_IN_BOOKS = frozenset({"inbook", "bookinbook", "suppbook"})
_AS_CONTAINER = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
_AS_MAIN = {"title": "maintitle", "subtitle": "mainsubtitle", "titleaddon": "maintitleaddon"}
_AS_PERIODICAL = {"title": "journaltitle", "subtitle": "journalsubtitle"}
_DATES = frozenset({"date", "year", "month", "day"})
_NEVER = frozenset({
    "crossref", "xdata", "xref", "ids", "entryset", "entrysubtype", "execute", "label", "options", "presort", "related",
    "relatedoptions", "relatedstring", "relatedtype", "shorthand", "shorthandintro", "sortkey", "sorttitle",
    "indextitle", "indexsorttitle", "shorttitle", "key",
})  # fmt: skip


MAX_FIELD = 10_000_000
"""Longest field that is read, in characters."""
MAX_GROWTH = 100
"""How many times its length a file may grow by its strings, and an entry by what it inherits.

Beside that, each may grow by one field of the greatest length.
"""
_MAX_ANCESTORS = 100
"""As many entries one inherits from, directly or not: parents of parents multiply."""


class CrossrefResolver:
    """Gives entries the fields that they inherit; ``entries`` holds the entries to inherit from, by lower-case key."""

    def __init__(self, entries: dict[str, Entry]) -> None:
        self.entries = entries
        self.allowance = MAX_FIELD

    @classmethod
    def collect(cls, stream: TextIO, parse: Callable[[Block], Entry | None]) -> CrossrefResolver:
        """Return the resolver of a text, with the entries that others refer to; the text is read once and rewound."""
        start = stream.tell()
        wanted: set[str] = set()
        for line in iter(stream.readline, ""):
            small = line.lower()
            if "crossref" in small or "xdata" in small or "related" in small:
                wanted |= _referred(line)
            if "@" in line:
                wanted |= _set_keys(line)
        stream.seek(start)
        entries: dict[str, Entry] = {}
        if wanted:
            for entry in filter(None, map(parse, split(iter(stream.readline, "")))):
                if entry.kind != SET and entry.key.lower() in wanted:
                    entries.setdefault(entry.key.lower(), entry)
            stream.seek(start)
        return cls(entries)

    def needed_by(self, blocks: Iterable[Block]) -> dict[str, Entry]:
        """Return the entries that some blocks inherit from, directly or not."""
        text = "".join(block.text for block in blocks) if self.entries else ""
        if _COMPUTED.search(text):  # the key is made of strings: it may be any
            return self.entries
        found: dict[str, Entry] = {}
        waiting = _referred(text) | _set_keys(text)
        while waiting:
            key = waiting.pop()
            if key in self.entries and key not in found:
                found[key] = self.entries[key]
                waiting |= {parent.lower() for parent, _ in _links(found[key])}
        return found

    def resolve(self, entry: Entry, problems: list[Problem], length: int) -> Entry | None:
        """Return an entry with the fields that it inherits; None where they are too long for its own length.

        That, a missing parent and a circle are added to the problems.
        """
        whole = self._whole(entry, problems)
        if self._may_inherit(entry, whole, length):
            return whole
        problems.append(Problem("what the entry inherits is too long to be read", entry.key, line=entry.line))
        return None

    def _whole(self, entry: Entry, problems: list[Problem]) -> Entry:
        if "crossref" not in entry.fields and "xdata" not in entry.fields:
            return entry
        fields = dict(entry.fields)
        for parent, link in self._ancestors(entry, problems):
            # What has another name in the child goes first, as in biber: a title before a booktitle of the parent.
            for name, value in sorted(parent.fields.items(), key=lambda field: field[0] not in _AS_CONTAINER):
                for target in _inherited(name, entry.kind, parent.kind, link):
                    if not (target in _DATES and _DATES & entry.fields.keys()):
                        fields.setdefault(target, value)
        # The fields of xdata are in the entry now, and an @xdata entry is no work.
        fields.pop("xdata", None)
        return entry._replace(fields=fields)

    def _may_inherit(self, entry: Entry, whole: Entry, length: int) -> bool:
        """Whether what an entry takes from others is short enough: a long text may be inherited a thousand times."""
        related = self.entries.get(entry.fields.get("related", "").strip().lower())
        taken = _length(whole) - _length(entry) + (_length(related) if related else 0)
        if taken <= 0:
            return True
        allowed = self.allowance + MAX_GROWTH * length
        if taken <= allowed:
            self.allowance = min(MAX_FIELD, allowed - taken)
        return taken <= allowed

    def _ancestors(self, entry: Entry, problems: list[Problem]) -> Iterator[tuple[Entry, str]]:
        seen = {entry.key.lower()}
        waiting = deque(_links(entry))
        for _ in range(_MAX_ANCESTORS):
            if not waiting:
                return
            key, link = waiting.popleft()
            parent = self.entries.get(key.lower())
            if parent is None or key.lower() in seen:
                why = "is not in the file" if parent is None else "leads back to this entry"
                problems.append(Problem(f"{link} {key!r} {why}", entry.key, line=entry.line, severity="warning"))
                continue
            seen.add(key.lower())
            yield parent, link
            waiting += _links(parent)
        if waiting:
            message = f"inherits from more than {_MAX_ANCESTORS} entries; the others are left out"
            problems.append(Problem(message, entry.key, line=entry.line, severity="warning"))


def _length(entry: Entry) -> int:
    return sum(map(len, entry.fields.values()))


def _referred(text: str) -> set[str]:
    return {key.strip().lower() for link in _LINK.findall(text) for key in link[1].split(",")}


def _set_keys(text: str) -> set[str]:
    """Return the keys of the sets in a text: an entry may have the same."""
    return {key.lower() for key in _SET_KEY.findall(text)}


def _links(entry: Entry) -> Iterator[tuple[str, str]]:
    for link in ("xdata", "crossref"):
        keys = entry.fields.get(link, "").split(",", _MAX_ANCESTORS + 1)
        yield from ((key.strip(), link) for key in keys[: _MAX_ANCESTORS + 1] if key.strip())


def _inherited(name: str, kind: str, parent: str, link: str) -> tuple[str, ...]:
    """Return the fields that an entry takes a field of its parent as."""
    if name in _NEVER or name.startswith(PREFIX):
        return ()
    if link == "xdata":
        return (name,)
    if name == "author" and parent in _BOOKS and kind in _IN_BOOKS:
        return (name, "bookauthor")
    if parent.startswith("mv"):
        return (_AS_MAIN.get(name, name),)
    if kind in _PARTS:
        return (_AS_CONTAINER.get(name, name),)
    return (_AS_PERIODICAL.get(name, name) if parent == "periodical" else name,)
