r"""Lists of works as people wrote them, changed work by work: comments, quotes, order and every other byte stay. Pure.

>>> edited = EditedList("- id: a  # the first\n  type: book\n  title: 'One'\n")
>>> edited["a"].set(title="Two", publisher="Irfon")
>>> edited.rename("a", "b")
>>> print(edited.text)
- id: b  # the first
  type: book
  title: 'Two'
  publisher: Irfon
<BLANKLINE>
>>> for change in edited.changes: print(change)
a: title: 'One' → 'Two'
a: publisher: set to 'Irfon'
a: renamed to 'b'
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tajikpeace_refs.editing._source import Source
from tajikpeace_refs.editing.difference import difference
from tajikpeace_refs.errors import UsageError, id_is_taken, no_work, visible
from tajikpeace_refs.model.base import attribute, csl_name
from tajikpeace_refs.model.library import Library
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.validation import spell, validate
from tajikpeace_refs.model.work import FIELDS, NAME_VARIABLES, SPELLING, Work, dump_value, written_by
from tajikpeace_refs.options import FormatName
from tajikpeace_refs.text.rich import strip

__all__ = ["EDITABLE", "Change", "EditedList", "EditedWork", "update_yaml", "work_of"]

EDITABLE: tuple[FormatName, ...] = ("csl-yaml", "bibtex", "biblatex")
"""Formats whose texts can be changed work by work."""
_ALWAYS = ("id", "type")
"""Variables that every work has."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a list of works."""

    kind: Literal["set", "remove", "add", "rename", "move"]
    """What was done."""
    work: str
    """The id of the work; of a renamed one the old id."""
    variable: str | None = None
    """The variable that was set or removed, as CSL spells it; None: the whole work was added, removed or moved."""
    before: str | None = None
    """The old value in words, or the old id; None: there was none."""
    after: str | None = None
    """The new value in words, or the new id; of a moved work the id of the work before it; None: there is none."""

    def __str__(self) -> str:
        where = f"{self.work}: {self.variable}" if self.variable else self.work
        return visible(f"{where}: {self._what}")

    @property
    def _what(self) -> str:
        match self.kind:
            case "set" if self.before is None:
                return f"set to {self.after!r}"
            case "set":
                return f"{self.before!r} → {self.after!r}"
            case "remove":
                return f"removed ({self.before})"
            case "add":
                return f"added ({self.after})"
            case "rename":
                return f"renamed to {self.after!r}"
            case "move":
                return f"moved after {self.after!r}" if self.after else "moved to the beginning"


class EditedList:
    """A list of works in a text, to be changed in its place; every character that no change touches stays.

    ``[]`` takes an id and gives an `EditedWork`; iteration is over the ids, in the order of the list.
    """

    def __init__(self, text: str, format: FormatName = "csl-yaml", file: str = "<string>") -> None:  # noqa: A002
        """Read a text.

        Args:
            text: the list, whole.
            format: ``csl-yaml``, ``bibtex`` or ``biblatex``.
            file: its name in messages.

        Raises:
            InputError: the text has errors.
            UsageError: texts of the format cannot be changed in their place.
        """
        self._text = text
        self._file = file
        self._source = _source(text, format, file)
        self._library = self._source.library
        self._written, self._written_library = text, self._library
        self._origins: dict[str, str] = {}
        self._changes: list[Change] = []

    @property
    def library(self) -> Library:
        """The library as it stands after the changes so far."""
        return self._library

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes so far, in order."""
        return tuple(self._changes)

    @property
    def text(self) -> str:
        """The changed text; it is read again and compared with the library.

        Raises:
            UsageError: the text cannot be changed in place; the reason is named.
        """
        if self._written_library is not self._library:
            is_same = self._library == self._source.library and not self._origins
            self._written = self._text if is_same else self._source.text_of(self._library, self._origins)
            self._written_library = self._library
        return self._written

    def diff(self) -> str:
        """Return the difference of the changed text to the old one in the form of ``diff -u``.

        Raises:
            UsageError: the text cannot be changed in place; the reason is named.
        """
        return difference(self._text, self.text, self._file)

    def __getitem__(self, work_id: str) -> EditedWork:
        if work_id not in self._library:
            raise UnknownWorkError(no_work(work_id, self._library.ids))
        return EditedWork(self, work_id)

    def __contains__(self, work_id: object) -> bool:
        return work_id in self._library

    def __iter__(self) -> Iterator[str]:
        return iter(self._library.ids)

    def __len__(self) -> int:
        return len(self._library)

    def add(self, work: Work | Mapping[str, Any], *, after: str | None = None) -> None:
        """Add a work, or the data of one, after the work with the id ``after``, or at the end.

        Raises:
            UsageError: the id is taken, or the data describe no valid work.
        """
        new = work if isinstance(work, Work) else work_of(work)
        new = self._source.held(new, self._library.front)
        new = self._source.changed(new, new)
        if new.id in self:
            raise UsageError(id_is_taken(new.id))
        works = [*self._library]
        works.insert(len(works) if after is None else self._place(after) + 1, new)
        self._become(works)
        self._changes.append(Change("add", new.id, after=_summary(new)))

    def remove(self, *ids: str) -> None:
        """Remove works.

        Raises:
            UsageError: an id is not in the list; every unknown one is named, and nothing is removed.
        """
        gone = self._library.select(ids)
        self._library = self._library.remove(*ids)
        self._changes += [Change("remove", work.id, before=_summary(work)) for work in gone]

    def replace(self, work: Work) -> None:
        """Put a work in the place of the one with its id; only what differs is written.

        Raises:
            UsageError: no work has the id.
        """
        old = self[work.id].work
        new = self._source.changed(old, work)
        self._library = self._library.replace(new)
        self._changes += _differences(old, new)

    def rename(self, old: str, new: str) -> None:
        """Give a work another id, in its place.

        Raises:
            UsageError: no work has the old id, another one has the new, or the new one is empty.
        """
        work = work_of({**self[old].work.variables(), "id": new})
        if old == new:
            return
        if work.id in self:
            raise UsageError(id_is_taken(new))
        self._library = self._source.renamed(self._library, old, new)
        origin = self._origins.pop(old, old)
        if origin != new:
            self._origins[new] = origin
        self._changes.append(Change("rename", old, before=old, after=new))

    def reorder(self, ids: Sequence[str]) -> None:
        """Put the works into the order of their ids, each with the comments above it.

        Raises:
            UsageError: the ids are not those of the list, each once.
        """
        if sorted(ids) != sorted(self):
            raise UsageError("reorder needs the ids of all works of the list, each once")
        self._changes += _moves(self._library.ids, ids)
        self._become(self._library[work_id] for work_id in ids)

    def sort(self, by: Literal["author", "id", "year"]) -> None:
        """Put the works in order, as `Library.sorted` does; in BibTeX a parent comes after the entries that name it.

        Raises:
            UsageError: the order is unknown.
        """
        self.reorder(self._source.in_order(self._library.sorted(by=by)).ids)

    def become(self, library: Library) -> None:
        """Change the list to that of a library: its works, their order and its front matter."""
        before = self._library
        library = Library(works=[self._source.held(work, library.front) for work in library], front=library.front)
        held = [before.get(work.id) for work in library]
        works = [
            old if old == work else self._source.changed(old or work, work)
            for old, work in zip(held, library, strict=True)
        ]
        self._changes += [Change("remove", work.id, before=_summary(work)) for work in before if work.id not in library]
        for old, work in zip(held, works, strict=True):
            if old is None:
                self._changes.append(Change("add", work.id, after=_summary(work)))
            elif old is not work:
                self._changes += _differences(old, work)
        self._changes += _moves(before.ids, [work_id for work_id in library.ids if work_id in before])
        self._library = Library(works=works, front=library.front)

    def _become(self, works: Iterable[Work]) -> None:
        self._library = Library(works=works, front=self._library.front)

    def _place(self, work_id: str) -> int:
        return self._library.ids.index(self[work_id].id)


class UnknownWorkError(UsageError, KeyError):
    """No work has the id that was asked for."""

    __str__ = UsageError.__str__


class EditedWork:
    """One work of an `EditedList`."""

    __slots__ = ("_list", "id")

    def __init__(self, edited: EditedList, work_id: str) -> None:
        self._list = edited
        self.id = work_id

    @property
    def work(self) -> Work:
        """The work as it stands after the changes so far."""
        return self._list.library[self.id]

    def set(self, variables: Mapping[str, Any] = {}, /, **more: Any) -> None:  # noqa: ANN401 - any variable
        """Give variables other values; None removes one.

        Names are spelled as CSL (``container-title``) or Python (``container_title``) spells them. Values are texts,
        lists and mappings, as `Work.replace` takes them, or values of the model (`Name`, `PartialDate`).

        Raises:
            UsageError: a variable is unknown, or a value is not valid; every mistake is named, and nothing is changed.
        """
        given = {attribute(name): value for name, value in {**variables, **more}.items()}
        if given.get("id", self.id) != self.id:
            raise UsageError(f"{self.id}: use rename to change an id")
        data = {**self.work.variables(), **given}
        self._list.replace(work_of({name: value for name, value in data.items() if value is not None}))

    def remove(self, *variables: str) -> None:
        """Remove variables; one that the work does not have is ignored.

        Raises:
            UsageError: a variable is unknown, or cannot be removed (``id``, ``type``).
        """
        names = [attribute(name) for name in variables]
        if needed := [name for name in names if name in _ALWAYS]:
            raise UsageError(f"{self.id}: {needed[0]}: every work has one; it cannot be removed")
        self.set(dict.fromkeys(names))

    def append(self, variable: str, *values: Any) -> None:  # noqa: ANN401 - any item
        """Add values at the end of a list, such as ``author``, ``keyword`` or ``remarks``.

        Raises:
            UsageError: the variable takes no list, or a value is not valid.
        """
        name = attribute(variable)
        if name not in FIELDS or Work.model_fields[name].default != () or name == "extra":
            raise UsageError(f"{self.id}: {variable}: is not a list; use set")
        self.set({name: [*getattr(self.work, name), *values]})


def update_yaml(text: str, rendered: str) -> str | None:
    """Return a YAML text changed to hold what another one, as we write it, holds; only what differs is written.

    None where one of them is no sound list, or they have no work in common.

    Raises:
        UsageError: the text cannot be changed so.
    """
    from tajikpeace_refs.editing._yaml import update  # noqa: PLC0415 - a format loads when used

    return update(text, rendered)


def _source(text: str, format: FormatName, file: str) -> Source:  # noqa: A002
    if format == "csl-yaml":
        from tajikpeace_refs.editing._yaml import YamlSource  # noqa: PLC0415 - a format loads when used

        return YamlSource(text, file)
    if format in EDITABLE:
        from tajikpeace_refs.editing._bib import BibSource  # noqa: PLC0415 - a format loads when used

        return BibSource(text, format, file)
    raise UsageError(f"a {format} file cannot be changed in its place; only {', '.join(EDITABLE)} can")


def work_of(data: Mapping[str, Any]) -> Work:
    """Return the work of plain data, in CSL's or attribute spellings.

    Raises:
        UsageError: every mistake in them.
    """
    work = validate({attribute(name): value for name, value in data.items()})
    if isinstance(work, Work):
        if empty := [SPELLING[name] for name in NAME_VARIABLES if Name() in getattr(work, name)]:
            raise UsageError(f"{work.id}: {empty[0]}: a name is empty; give family, given or literal")
        return work
    found = [
        (data.get("id"), spell(each.path and (csl_name(str(each.path[0])), *each.path[1:])), each) for each in work
    ]
    raise UsageError("\n".join(": ".join(filter(None, (name, where, each.message))) for name, where, each in found))


def _differences(old: Work, new: Work) -> Iterator[Change]:
    before, after = old.variables(), new.variables()
    for name in sorted(before.keys() | after.keys(), key=FIELDS.index):
        if before.get(name) != after.get(name):
            kind: Literal["set", "remove"] = "set" if name in after else "remove"
            yield Change(kind, new.id, csl_name(name), _shown(before.get(name)), _shown(after.get(name)))


def _shown(value: Any) -> str | None:  # noqa: ANN401 - any variable
    """Return the value of a variable as a text for people."""
    if not value:
        return None
    if isinstance(value, tuple):
        return "; ".join(str(dump_value(item)) if isinstance(item, dict) else str(item) for item in value)
    return "true" if value is True else str(value)


def _summary(work: Work) -> str:
    parts = (written_by(work, " et al."), str(work.issued or ""), strip(work.title or ""))
    return ", ".join(filter(None, parts)) or work.type


def _moves(before: Sequence[str], ids: Sequence[str]) -> Iterator[Change]:
    """Yield the moves that put some of the works of a list into another order; no more than are needed."""
    places = {work_id: place for place, work_id in enumerate(before)}
    for number in _moved([places[work_id] for work_id in ids]):
        yield Change("move", ids[number], after=ids[number - 1] if number else None)


def _moved(places: list[int]) -> list[int]:
    """Return the fewest numbers of a list of places that have to move; the rest are in order.

    >>> _moved([3, 0, 1, 2])
    [0]
    """
    ends: list[int] = []  # the lowest place that ends a run of each length, and where it stands
    numbers: list[int] = []
    previous: list[int | None] = []
    for number, place in enumerate(places):
        length = bisect_left(ends, place)
        previous.append(numbers[length - 1] if length else None)
        ends[length : length + 1] = [place]
        numbers[length : length + 1] = [number]
    stays = set()
    last = numbers[-1] if numbers else None
    while last is not None:
        stays.add(last)
        last = previous[last]
    return [number for number in range(len(places)) if number not in stays]
