"""A ``.bib`` text whose entries are changed in their places."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import zip_longest
from typing import Any

from tajikpeace_refs.conversion import report_losses
from tajikpeace_refs.editing._bib_changes import (
    FORMATS,
    EntryChange,
    differing,
    is_same,
    kind_of,
    values_of,
    written,
)
from tajikpeace_refs.editing._bib_entry import Style
from tajikpeace_refs.editing._bib_keys import key_of, with_key, with_keys, with_links
from tajikpeace_refs.editing._bib_layout import Layout, Segment, misplaced, with_parents_behind
from tajikpeace_refs.editing._parts import newline_of
from tajikpeace_refs.errors import InputError, Loss, Problem, UsageError
from tajikpeace_refs.formats import bibtex
from tajikpeace_refs.formats.bibtex import (
    BibText,
    Dialect,
    is_spelling,
    variable_of,
)
from tajikpeace_refs.formats.ids import UniqueKeys
from tajikpeace_refs.model.base import attribute, csl_name
from tajikpeace_refs.model.editorial import ExtraField
from tajikpeace_refs.model.library import FrontMatter, Library
from tajikpeace_refs.model.work import EDITORIAL, SPELLING, Work
from tajikpeace_refs.options import FormatName, WriteOptions
from tajikpeace_refs.reading import read_library
from tajikpeace_refs.text.rich import strip


class BibSource:
    """A list of works in BibTeX or biblatex."""

    def __init__(self, text: str, format: FormatName, file: str) -> None:  # noqa: A002
        """Read a text.

        Raises:
            InputError: an entry has an error.
        """
        self._bom = "\ufeff" if text.startswith("\ufeff") else ""
        self._bib = BibText(text.removeprefix("\ufeff"))
        self._library, problems = _read(text, file)
        if errors := [problem for problem in problems if problem.severity == "error"]:
            raise InputError(errors)
        self._format: Dialect = "biblatex" if format == "biblatex" else "bibtex"

    @property
    def library(self) -> Library:
        """The works that the text holds."""
        return self._library

    @cached_property
    def _dialect(self) -> Dialect:
        """The dialect in which new entries are written."""
        return self._format if self._format == "biblatex" else self._bib.dialect or self._format

    @cached_property
    def _keys(self) -> dict[str, str]:
        """The key that each work has in the text."""
        keys = [key_of(self._bib, block) for block in self._bib.blocks if block.has_work]
        if len(keys) != len(self._library):
            what = "one entry cannot be distinguished from the next"
            raise UsageError(f"{what}; begin each entry on a new line, and write its key after the brace")
        return dict(zip(self._library.ids, keys, strict=True))

    @cached_property
    def _other_keys(self) -> frozenset[str]:
        """The keys of entries that are no works."""
        return frozenset(key_of(self._bib, each) for each in self._bib.blocks if each.is_entry and not each.has_work)

    def held(self, work: Work, front: FrontMatter) -> Work:
        """Return a work of a list as a ``.bib`` file holds it: without editorial variables, its capitals protected."""
        editorial = [name for name in EDITORIAL if name in work.variables()]
        work = work.replace(**dict.fromkeys(editorial)) if editorial else work
        read = BibText("").read(written(work, self._dialect, None, front=front)) if front.proper_nouns else None
        found = read.variables() if read else {}
        protected = {
            name: found[name]
            for name, value in work.variables().items()
            if isinstance(value, str) and isinstance(found.get(name), str) and value != found[name]
            if strip(value, "nocase") == strip(found[name], "nocase")
        }
        return work.replace(**protected) if protected else work

    def changed(self, old: Work, new: Work) -> Work:
        """Return what a work becomes that is changed to another one, as a ``.bib`` file holds it.

        What is lost is warned of.

        Raises:
            UsageError: a variable cannot be written safely.
        """
        is_new = old is new
        before = {} if is_new else old.variables()
        if is_new:
            self._refuse_key(new.id)
        editorial = [name for name in EDITORIAL if name in new.variables()]
        losses = [Loss(new.id, SPELLING[name], self._dialect) for name in editorial]
        new = new.replace(**dict.fromkeys(editorial)) if editorial else new
        values = new.variables()
        names = {name for name in {**before, **values} if before.get(name) != values.get(name)}
        if not names:
            report_losses(losses, "warn")
            return new
        if is_new:
            changes, more = self._as_held(new, names)
        else:
            extra = _extra(old, new, names)
            try:
                new = new.model_copy(update={"extra": extra})
                changes, more = self._as_held(new, names)
            except UsageError:  # a field that was kept for another variable stands in its way
                new = new.model_copy(update={"extra": tuple(field for field in extra if not is_spelling(field))})
                changes, more = self._as_held(new, names)
        report_losses([*losses, *more], "warn")
        return new.replace(**changes) if changes else new

    def _as_held(self, work: Work, names: Collection[str]) -> tuple[dict[str, Any], list[Loss]]:
        """Return the variables of a work that are read otherwise than they are, and what is lost of the named ones.

        Raises:
            UsageError: one of them would be lost without a reason.
        """
        losses: list[Loss] = []
        values = work.variables()
        read = BibText("").read(written(work, self._dialect, None, losses.append))
        found = read.variables() if read else {}
        losses = [loss for loss in losses if loss.variable != "id" and _root(loss.variable) in names]
        lost = {_root(loss.variable) for loss in losses}
        compared = {*names, *(values if "type" in names else ())} - {"id", "extra"}
        changes = {name: found.get(name) for name in compared if found.get(name) != values.get(name)}
        for name, value in changes.items():
            if (value is None or name not in names) and name not in lost:
                what = f"a .bib file has no place for this in the type {work.type!r}"
                raise UsageError(f"{work.id}: {SPELLING[name]}: {what}")
        others = {field.field: field for field in read.extra if field.format == "bibtex"} if read else {}
        extra = tuple(field for field in work.extra if field.format != "bibtex" or field.field in others)
        extra += tuple(field for name, field in others.items() if name not in {each.field for each in extra})
        if extra != work.extra:
            changes["extra"] = extra
        return changes, losses

    def _refuse_key(self, key: str) -> None:
        """Refuse a key that another entry of the file has, which is no work."""
        if key in self._other_keys:
            raise UsageError(f"the key {key!r} belongs to an entry of the file that is not a work; choose another key")

    def renamed(self, library: Library, old: str, new: str) -> Library:
        """Return a library in which a work has another id, and the entries that name it follow.

        Raises:
            UsageError: the id is none that a key can be.
        """
        dialect = "biblatex" if not all(map(str.isascii, self._keys.values())) else self._dialect
        chosen = FORMATS[dialect]
        key = chosen.key_of(new, WriteOptions()) if chosen.key_of else new
        if key != new:
            raise UsageError(f"{new!r} cannot be a key in {chosen.label}; {key!r} can")
        self._refuse_key(new)
        return with_keys(library.rename(old, new), self._links({new: old}))

    def _links(self, origins: Mapping[str, str]) -> dict[str, str]:
        """Return the new keys of renamed works by the old ones in small letters, as other entries name them.

        Of several entries of one key, the first is meant.
        """
        owners: dict[str, str] = {}
        for work_id, key in self._keys.items():
            owners.setdefault(key, work_id)
        keys = {old: self._keys.get(old, old) for old in origins.values()}
        return {
            keys[old].lower(): new for new, old in origins.items() if owners.get(keys[old], old) == old and keys[old]
        }

    def in_order(self, library: Library) -> Library:
        """Return a library in which, in classic BibTeX, each parent stands behind the last of its children."""
        return library if self._dialect == "biblatex" else with_parents_behind(library)

    def text_of(self, library: Library, origins: Mapping[str, str]) -> str:
        """Return the text changed to hold a library; it is read again.

        Raises:
            UsageError: the text cannot be changed so.
        """
        bib, base = self._bib, self._library
        if origins:
            bib = BibText(self._with_new_keys(origins))
            base, _ = _read(bib.text, "<string>")
        style = _style(bib)
        layout = Layout.of(bib)
        places = [place for place, each in enumerate(layout.segments) if each.has_work]
        segments = [*layout.segments]
        numbers = self._numbers(library, origins)
        unique = UniqueKeys()
        for block in bib.blocks if None in numbers else ():
            unique.allocate(key_of(bib, block))
        wanted: list[int | str] = []
        for work, number in zip(library, numbers, strict=True):
            if number is None:
                wanted.append(self._new(work, style, unique))
                continue
            wanted.append(number)
            if not is_same(base.works[number], work):
                change = EntryChange(bib, self._dialect, base.works[number], work)
                segments[places[number]] = _with_entry(segments[places[number]], change, style)
        layout = replace(layout, segments=tuple(segments))
        if wanted != [*range(len(places))]:
            layout = layout.arranged(wanted)
            self._refuse_parents_before_children(layout.text)
        _refuse_other(library, layout.text)
        return self._bom + layout.text

    def _numbers(self, library: Library, origins: Mapping[str, str]) -> list[int | None]:
        """Return the number of each work in the text, None for new ones."""
        numbers = {work_id: number for number, work_id in enumerate(self._library.ids)}
        taken = {*origins.values()}
        return [numbers.get(origins.get(name, "" if name in taken else name)) for name in library.ids]

    def _new(self, work: Work, style: Style, unique: UniqueKeys) -> str:
        """Return the entry of a new work."""
        chosen = FORMATS[self._dialect]
        key = unique.allocate(chosen.key_of(work.id, WriteOptions()) if chosen.key_of else work.id)
        text = written(work, self._dialect, key)
        sets = text[: BibText(text).blocks[-1].start]
        return style.with_breaks(sets + style.whole(kind_of(text), key, values_of(text)))

    def _with_new_keys(self, origins: Mapping[str, str]) -> str:
        """Return the text with the keys of renamed works, and what names them, in the place of the old ones."""
        links = self._links(origins)
        new = {old: work_id for work_id, old in origins.items()}
        ids = iter(self._library.ids)
        parts: list[str] = []
        end = 0
        for block in self._bib.blocks:
            work_id = next(ids) if block.has_work else ""
            if not block.is_entry:
                continue
            entry = self._bib.entry(block)
            text = with_links(entry, links)
            if work_id in new:
                text = with_key(work_id, text, new[work_id])
            parts += [self._bib.text[end : block.start], text]
            end = block.end
        return "".join([*parts, self._bib.text[end:]])

    def _refuse_parents_before_children(self, text: str) -> None:
        """Refuse an order in which classic BibTeX would not find a parent: it must stand after its children.

        The rule is that of btxdoc, section 2.1 (item 7); biber, and so biblatex, has none.
        """
        if self._dialect == "biblatex":
            return
        before = misplaced(self._bib)
        if wrong := [pair for pair in misplaced(BibText(text)) if pair not in before]:
            child, parent = wrong[0]
            raise UsageError(
                f"{parent!r} would come before {child!r}, which names it as crossref: BibTeX needs it after that entry"
            )


def _read(text: str, file: str) -> tuple[Library, list[Problem]]:
    problems: list[Problem] = []
    return read_library(io.StringIO(text, newline=None), bibtex.FORMAT, file, problems.append), problems


def _root(path: str) -> str:
    """Return the attribute of the variable that a path begins with: ``author[0].short`` is in ``author``."""
    return attribute(path.partition("[")[0])


def _style(bib: BibText) -> Style:
    """Return the style of the last entry of a text, which a new one follows."""
    usual = Style.usual(newline_of(bib.text))
    entries = (bib.entry(block) for block in reversed(bib.blocks) if block.has_work)
    last = next((entry for entry in entries if entry.fields), None)
    return Style.of(last, usual) if last else usual


def _with_entry(segment: Segment, change: EntryChange, style: Style) -> Segment:
    """Return a segment with the entry in it changed."""
    size = BibText(segment.text).blocks[0].end
    return replace(segment, text=change.made(segment.text[:size], style) + segment.text[size:])


def _extra(old: Work, new: Work, names: set[str]) -> tuple[ExtraField, ...]:
    """Return the extra fields of a changed work: of those that only spell a variable, those of what stayed."""
    before, after = ({field.field: field.value for field in work.extra} for work in (old, new))

    def is_stale(field: ExtraField) -> bool:
        if field.field == "@":
            return "type" in names
        return variable_of(old.type, field.field, before) in names

    kept = [field for field in old.extra if is_spelling(field) and not is_stale(field)]
    more = [
        field
        for field in new.extra
        if field not in kept
        and not (field in old.extra and is_stale(field))
        and not (is_spelling(field) and field.field in {each.field for each in kept})
        and (not is_spelling(field) or variable_of(new.type, field.field, after) in names)
    ]
    return tuple(kept + more)


def _refuse_other(meant: Library, text: str) -> None:
    """Refuse a text that is read as another library than was meant.

    Raises:
        UsageError: it is; a work and its variables are named.
    """
    read, _ = _read(text, "<string>")
    if meant.ids != read.ids:
        pairs = zip_longest(meant.ids, read.ids)
        one, other = next(pair for pair in pairs if pair[0] != pair[1])
        if other and one and f"{one}-".startswith(f"{other}-"):
            raise UsageError(f"several entries have the key {other!r}; rename one of them first")
        what = f"{one!r} would be lost" if one else f"it would have one more work, {other!r}"
        if one and other:
            what = f"it would have {other!r} instead of {one!r}"
        raise UsageError(f"the file cannot be changed in this way: {what}; change it by hand, and lint it")
    for one, other in zip(meant, read, strict=True):
        if not is_same(one, other):
            names = ", ".join(map(csl_name, differing(one, other)))
            why = "would change too: it is taken from another entry (crossref, xdata, related) or a @string"
            raise UsageError(f"{one.id}: {names}: {why}")
