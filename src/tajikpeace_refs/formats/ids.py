"""Ids and citation keys, each given once in a file."""

from __future__ import annotations

from dataclasses import dataclass

from tajikpeace_refs.errors import Problem


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
