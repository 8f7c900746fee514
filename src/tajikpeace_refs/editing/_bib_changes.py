"""One ``.bib`` entry changed to hold another work: as few of its fields as will do."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial

from tajikpeace_refs.editing._bib_entry import EntryEditor, Style, is_group
from tajikpeace_refs.errors import Loss, UsageError
from tajikpeace_refs.formats import biblatex, bibtex
from tajikpeace_refs.formats.bibtex import BibText, Dialect, entry_of, is_spelling, variable_of
from tajikpeace_refs.model.base import csl_name
from tajikpeace_refs.model.editorial import ExtraField
from tajikpeace_refs.model.library import FrontMatter
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import WriteContext, WriteOptions, ignore_loss

FORMATS = {"bibtex": bibtex.FORMAT, "biblatex": biblatex.FORMAT}
_DIALECTS: tuple[Dialect, ...] = ("bibtex", "biblatex")


def written(
    work: Work,
    dialect: Dialect,
    key: str | None,
    report_loss: Callable[[Loss], None] = ignore_loss,
    front: FrontMatter | None = None,
) -> str:
    """Return the entry of a work under a key as the writer of a dialect has it; ``front`` is that of its list."""
    write = FORMATS[dialect].write
    context = WriteContext(WriteOptions(front=front), report_loss, (lambda _: key) if key is not None else None)
    return "".join(write([work], context)) if write else ""


def kind_of(text: str) -> str:
    """Return the type of the last entry of a text."""
    entry = entry_of(text)
    return entry.text[slice(*entry.kind)]


def values_of(text: str) -> dict[str, str]:
    """Return the values of the last entry of a text by their fields."""
    entry = entry_of(text)
    return {field.name: entry.text[field.value : field.end] for field in entry.fields}


def is_same(one: Work, other: Work) -> bool:
    """Whether two works are equal, however they are spelled in a file; their ids aside."""
    return _comparable(one) == _comparable(other)


def _comparable(work: Work) -> tuple[dict[str, object], list[ExtraField]]:
    values = {name: value for name, value in work.variables().items() if name not in {"id", "extra"}}
    return values, sorted(field for field in work.extra if not is_spelling(field))


def differing(one: Work, other: Work) -> list[str]:
    """Return the variables in which two works differ."""
    held, found = one.variables(), other.variables()
    return [name for name in {**held, **found} if held.get(name) != found.get(name)]


class EntryChange:
    """The change of the entry of one work to another, among the other entries of a text; ``dialect`` is the text's."""

    def __init__(self, bib: BibText, dialect: Dialect, old: Work, new: Work) -> None:
        self.bib = bib
        self.dialect = dialect
        self.old = old
        self.new = new
        self.variables = {*differing(old, new)}

    def made(self, text: str, default: Style) -> str:
        """Return the text of the entry with the change made; ``default`` is for what the entry does not show.

        Raises:
            UsageError: no change of its fields gives the new work.
        """
        entry = entry_of(text)
        if not entry.is_whole:
            raise UsageError(
                f"{self.old.id}: the entry has no key, or contains something that is not a field; repair it by hand"
            )
        key = text[slice(*entry.key)]
        own = {field.name for field in entry.fields}
        read: Work | None = None
        for dialect in sorted(_DIALECTS, key=partial(self._unlike, own, key)):
            fields = _Fields.of(self, text, dialect, key)
            for allowed in (
                self.variables,
                {*self.variables, None},
                {*fields.targets.values(), *fields.sources.values(), None},
            ):
                changed = fields.written(EntryEditor(text, default), allowed, set())
                read = self.bib.read(changed)
                if read and (missing := {*differing(read, self.new)}) and not is_same(read, self.new):
                    changed = fields.written(EntryEditor(text, default), allowed, missing)
                    read = self.bib.read(changed)
                if read and is_same(read, self.new):
                    return changed
        raise UsageError(f"{self.old.id}: {self._reason(own, read)}")

    def _unlike(self, own: set[str], key: str, dialect: Dialect) -> tuple[int, bool]:
        """Return how many fields would come and go with a dialect; of two that are alike the text's comes first."""
        return len(own ^ values_of(written(self.new, dialect, key)).keys()), dialect != self.dialect

    def _reason(self, own: set[str], read: Work | None) -> str:
        """Return why the entry cannot be changed to the new work; ``read`` is what it would be."""
        names = [name for name in differing(self.new, read) if name != "extra"] if read else []
        what = ", ".join(map(csl_name, names)) or "the entry"
        held = self.new.variables()
        if own & {"crossref", "xdata"} and any(name not in held for name in names):
            return f"{what}: is inherited from another entry (crossref or xdata); change it there"
        return f"{what}: cannot be changed safely in its place; change it by hand"


@dataclass(frozen=True)
class _Fields:
    """What the writer of a dialect has for a work before and after a change.

    ``sources`` is the variable of each field of the entry, ``targets`` that of each field that is written after.
    """

    change: EntryChange
    before: dict[str, str]
    after: dict[str, str]
    kinds: tuple[str, str]
    sources: dict[str, str]
    targets: dict[str, str | None]

    @classmethod
    def of(cls, change: EntryChange, text: str, dialect: Dialect, key: str) -> _Fields:
        old, new = (written(work, dialect, key) for work in (change.old, change.new))
        after = values_of(new)
        raws = {name: tex[1:-1] if is_group(tex) else tex for name, tex in after.items()}
        targets = {name: variable_of(change.new.type, name, raws) for name in after}
        sources = change.bib.sources(text, change.old.type)
        return cls(change, values_of(old), after, (kind_of(old), kind_of(new)), sources, targets)

    def written(self, editor: EntryEditor, allowed: Collection[str | None], missing: Collection[str | None]) -> str:
        """Return the text of an entry with what the writer writes otherwise for some variables.

        Fields of ``missing`` variables are written even where the writer makes no difference.
        """
        before, after, sources, targets = self.before, self.after, self.sources, self.targets
        wanted = [name for name, tex in after.items() if before.get(name) != tex and targets[name] in allowed]
        wanted += [name for name in after if targets[name] in missing and name not in wanted]
        gone = [name for name in before if name not in after and sources.get(name) in allowed]
        gone += [
            name
            for name, variable in sources.items()
            if variable in {*self.change.variables, *missing} and name not in {*after, *before}
        ]
        if self.kinds[0] != self.kinds[1]:
            editor.set_type(self.kinds[1])
        order = [*after]
        for name in wanted:
            replaced = [other for other in gone if targets[name] and sources.get(other) == targets[name]]
            editor.set(name, after[name], replaced or order[: order.index(name)])
        for name in gone:
            editor.remove(name)
        return editor.text
