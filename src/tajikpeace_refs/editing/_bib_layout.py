"""A ``.bib`` text as its blocks with what stands between them, so that works can come, go and move."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from tajikpeace_refs.editing._parts import BREAK, Part, apart, joined, newline_of, without
from tajikpeace_refs.errors import UsageError
from tajikpeace_refs.formats.bibtex import BibText
from tajikpeace_refs.model.library import Library

_REST = re.compile(rf"[^\r\n]*+(?={BREAK}|\Z)")
_GAP = re.compile(rf"[ \t]*+{BREAK}?(?:[ \t]*{BREAK})*+")
_BREAKS = re.compile(rf"[ \t]*+{BREAK}")


@dataclass(frozen=True, slots=True)
class Segment(Part):
    """A block: its text ends with the rest of its last line; ``has_work`` is whether it is the entry of a work."""

    has_work: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """The text before the first block that does not belong to it, the blocks, and what is behind the last."""

    head: str
    segments: tuple[Segment, ...]
    tail: str
    newline: str
    open_line: int = 0
    """The line of the first block that is not closed before the next one begins; 0 for none."""

    @classmethod
    def of(cls, bib: BibText) -> Layout:
        """Return the layout of a text."""
        text = bib.text
        newline = newline_of(text)
        segments = []
        end = 0
        for number, block in enumerate(bib.blocks):
            following = bib.blocks[number + 1].start if number + 1 < len(bib.blocks) else len(text)
            rest = _REST.match(text, block.end)
            last = rest.end() if rest and rest.end() < following + (following == len(text)) else block.end
            gap = _GAP.match(text, end, block.start)
            start = gap.end() if gap and end else end
            segments.append(
                Segment(text[end:start], text[start : block.start], text[block.start : last], block.has_work)
            )
            end = last
        if not segments:
            return cls(text, (), "", newline)
        above = segments[0].above
        head = apart(above)
        if not segments[0].has_work:
            head = above
        segments[0] = replace(segments[0], above=above[len(head) :])
        opened = next((each.block.line for each in bib.blocks if not each.block.closed), 0)
        return cls(head, tuple(segments), text[end:], newline, opened)

    @property
    def text(self) -> str:
        """The whole text."""
        return self.head + joined(self.segments) + self.tail

    def arranged(self, wanted: Sequence[int | str]) -> Layout:
        """Return the layout with other works, in another order: entries by their number, new ones by their text.

        Line breaks and blank lines stay at their places, comments go with the work below them. Of a work that goes,
        comments that a blank line separates from it stay. Blocks that are no works stay where they are.

        Raises:
            UsageError: an entry stands in a @comment, where BibTeX reads it and biber does not.
        """
        if self.open_line:
            where = f"the @comment in line {self.open_line} contains an entry, which BibTeX reads and biber does not"
            raise UsageError(
                f"{where}; take it out of the @comment, or delete it, before adding, removing or moving works"
            )
        kept = [each for each in wanted if isinstance(each, int)]
        count = sum(each.has_work for each in self.segments)
        layout = self._without({*range(count)}.difference(kept))
        order = {number: place for place, number in enumerate(sorted(kept))}
        works = [each for each in layout.segments if each.has_work]
        moved = iter([works[order[number]] for number in kept])
        segments: list[Segment] = []
        for each in layout.segments:
            here = replace(next(moved), gap=each.gap) if each.has_work else each
            if segments and segments[-1].text[-1:] not in {"}", ")"} and not _BREAKS.match(here.gap + here.above):
                here = replace(here, gap=self.newline)  # what stands behind the one before it may be a comment
            segments.append(here)
        return _with_new(replace(layout, segments=tuple(segments)), wanted)

    def _without(self, gone: Collection[int]) -> Layout:
        """Return the layout without the works of some numbers; what stays of the text above them goes below."""
        works = [place for place, each in enumerate(self.segments) if each.has_work]
        kept, comments = without(self.segments, {works[number] for number in gone})
        return replace(self, segments=tuple(kept.values()), tail=comments + self.tail)


def _with_new(layout: Layout, wanted: Sequence[int | str]) -> Layout:
    """Return a layout with the new entries behind the works that they follow."""
    gap = _usual_gap(layout)
    segments = [*layout.segments]
    works = [place for place, each in enumerate(segments) if each.has_work]
    number, at = 0, works[0] if works else len(segments)
    head, tail = layout.head, layout.tail
    if not segments and wanted:
        head = head.rstrip("\r\n") + layout.newline * 2 if head.strip() else ""
        tail = tail if tail.strip() else layout.newline
    added = 0
    for each in wanted:
        if isinstance(each, int):
            at = works[number] + added + 1
            number += 1
            continue
        is_first = at == 0
        segments.insert(at, Segment("" if is_first else gap, "", each, has_work=True))
        if is_first and len(segments) > 1:
            segments[1] = replace(segments[1], gap=gap)
        at += 1
        added += 1
    return replace(layout, head=head, segments=tuple(segments), tail=tail)


def _usual_gap(layout: Layout) -> str:
    """What separates a new entry from the one before it."""
    gaps = [each.gap for each in layout.segments[1:] if each.has_work and re.search(BREAK, each.gap)]
    return gaps[-1] if gaps else layout.newline * 2


def misplaced(bib: BibText) -> set[tuple[str, str]]:
    """Return the pairs of keys of an entry and its parent that stand in an order in which BibTeX does not find it."""
    places: dict[str, int] = {}
    links: list[tuple[int, str, str]] = []
    for number, block in enumerate(bib.blocks):
        if block.is_entry:
            entry = bib.entry(block)
            key = entry.text[slice(*entry.key)]
            places.setdefault(key.lower(), number)
            if field := entry.named("crossref"):
                links.append((number, key, entry.text[field.value : field.end].strip('{}" \t')))
    return {(key, parent) for number, key, parent in links if places.get(parent.lower(), number) < number}


def with_parents_behind(library: Library) -> Library:
    """Return a library in which each work that others name as crossref stands behind the last of them."""
    last: dict[str, int] = {}
    for place, work in enumerate(library):
        last |= {each.value.strip().lower(): place for each in work.extra if each.field == "crossref"}
    places = {work.id: place for place, work in enumerate(library)}
    return library.sorted(
        key=lambda work: (max(places[work.id], last.get(work.id.lower(), -1)), work.id.lower() in last)
    )
