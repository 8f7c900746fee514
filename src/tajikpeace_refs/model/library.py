"""A library: an ordered set of works with unique ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, KeysView
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar, overload

from pydantic import SerializeAsAny, model_validator

from tajikpeace_refs.deprecated import warn_renamed
from tajikpeace_refs.errors import UsageError, did_you_mean, id_is_taken, no_work
from tajikpeace_refs.model.base import Value, refuse_characters
from tajikpeace_refs.model.date import PartialDate
from tajikpeace_refs.model.folding import fold
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.work import AnyWork, Work, written_by

_ROWS = 60
"""Works that a notebook shows of a library."""
T = TypeVar("T")


class FrontMatter(Value):
    """The keys of a file that are about the whole list."""

    source: AnyWork | None = None
    """The work that the list was printed in; not part of the list.
    Example: ``{id: paper, type: article-journal, title: Japan’s Role}``."""
    proper_nouns: tuple[str, ...] = ()
    """Words and phrases that keep their capitals. Example: ``[Tajik, Paris Peace Agreements]``."""
    language: str | None = None
    """The language of the works that name none. Example: ``en``."""

    _characters = model_validator(mode="after")(refuse_characters)


class Library(Value):
    """An ordered set of works with unique ids.

    ``library["id"]`` is a work, ``library[:10]`` a library; ``in`` takes an id or a work. Iteration and ``len()`` are
    over works, in file order. A library never changes: methods that select, sort or add return a new one. ``+`` adds
    the works of another library, or a list of works; an id that both have is a `UsageError`.
    """

    works: tuple[SerializeAsAny[AnyWork], ...] = ()
    """The works, in file order."""
    front: FrontMatter = FrontMatter()
    """The keys of the file that are about the whole list; by default none."""

    if TYPE_CHECKING:

        def __init__(self, *, works: Iterable[Work] = (), front: FrontMatter = ...) -> None: ...

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        if len(self._index) < len(self.works):
            repeated = next(name for name, count in Counter(work.id for work in self.works).items() if count > 1)
            raise ValueError(f"two works have the id {repeated!r}; ids must be unique")
        return self

    @cached_property
    def _index(self) -> dict[str, Work]:
        return {work.id: work for work in self.works}

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids, in file order."""
        return tuple(self._index)

    @property
    def source(self) -> Work | None:
        """The work that the list was printed in."""
        return self.front.source

    @property
    def proper_nouns(self) -> tuple[str, ...]:
        """Words and phrases that keep their capitals."""
        return self.front.proper_nouns

    @overload
    def __getitem__(self, key: str) -> Work: ...
    @overload
    def __getitem__(self, key: slice) -> Library: ...
    def __getitem__(self, key: str | slice) -> Work | Library:
        if isinstance(key, slice):
            return self._of(self.works[key])
        try:
            return self._index[key]
        except KeyError:
            if not isinstance(key, str):
                raise TypeError(
                    f"a work is looked up by its id, not by {key!r}; library.works[{key!r}] takes a number"
                ) from None
            raise KeyError(no_work(key, self._index)) from None

    def __contains__(self, item: object) -> bool:
        return self._index.get(item.id) == item if isinstance(item, Work) else item in self._index

    def __iter__(self) -> Iterator[Work]:  # type: ignore[override] # a library iterates over works, not over fields
        return iter(self.works)

    def __len__(self) -> int:
        return len(self.works)

    def __add__(self, other: Library | Iterable[Work]) -> Library:
        """Return the works of both, and the proper nouns of both; the source is that of the first that has one.

        Raises:
            UsageError: a work of the one has the id of a work of the other; every such id is named.
        """
        works = tuple(other)
        if repeated := [work.id for work in works if work.id in self._index]:
            raise UsageError(f"both have {', '.join(map(repr, repeated))}; ids must be unique: rename or leave one out")
        front = other.front if isinstance(other, Library) else FrontMatter()
        nouns = tuple(dict.fromkeys(self.proper_nouns + front.proper_nouns))
        language = self.front.language or front.language
        both = FrontMatter(source=self.source or front.source, proper_nouns=nouns, language=language)
        return Library(works=self.works + works, front=both)

    def _repr_html_(self) -> str:
        """Return a table of the works, for a notebook that shows the library."""
        rows = "".join(map(_row, self.works[:_ROWS]))
        rest = f"<p>… and {len(self) - _ROWS} more</p>" if len(self) > _ROWS else ""
        head = "".join(f"<th>{title}</th>" for title in ("id", "type", "issued", "by", "title"))
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{rest}"

    def keys(self) -> KeysView[str]:
        """Return the ids, as a mapping does: ``dict(library)`` has the works by id."""
        return self._index.keys()

    @overload
    def get(self, work_id: str) -> Work | None: ...
    @overload
    def get(self, work_id: str, default: T) -> Work | T: ...
    def get(self, work_id: str, default: Any = None) -> Any:
        """Return the work with that id, or the default."""
        return self._index.get(work_id, default)

    def _of(self, works: Iterable[Work]) -> Library:
        return Library(works=tuple(works), front=self.front)

    def select(self, ids: Iterable[str]) -> Library:
        """Return a library of the works with these ids, in file order.

        Raises:
            UsageError: an id is not in the library; every unknown one is named.
        """
        ids = (ids,) if isinstance(ids, str) else ids if isinstance(ids, Collection) else frozenset(ids)
        unknown = [work_id for work_id in ids if work_id not in self]
        if unknown:
            raise UsageError("\n".join(no_work(work_id, self._index) for work_id in unknown))
        return self.filter(lambda work: work.id in ids)

    def only(self, ids: Collection[str]) -> Library:
        """Return what `select` returns: the old name."""
        warn_renamed("Library.only()", "select()")
        return self.select(ids)

    def filter(self, predicate: Callable[[Work], object]) -> Library:
        """Return a library of the works for which a function returns true."""
        return self._of(filter(predicate, self.works))

    def sorted(
        self,
        by: Literal["author", "id", "year"] | None = None,
        *,
        key: Callable[[Work], Any] | None = None,
        reverse: bool = False,
    ) -> Library:
        """Return the library in another order; works that compare as equal keep their order.

        Args:
            by: ``author`` is the order of a reference list in the original scripts (APA 9.44 to 9.49): names, year,
                title; ``id`` that of the ids, capitals aside; ``year`` that of the dates, works without one last.
            key: a function that returns what a work is sorted by; instead of ``by``.
            reverse: whether the order is reversed.

        Raises:
            UsageError: neither or both of ``by`` and ``key`` are given, or the order is unknown.
        """
        if (by is None) == (key is None):
            raise UsageError("a library is sorted by author, id or year, or by a key: give one of them")
        given = map(key, self.works) if key else self._keys(by or "")
        keys = dict(zip(self.ids, given, strict=True))
        return self._of(sorted(self.works, key=lambda work: keys[work.id], reverse=reverse))

    def _keys(self, by: str) -> Iterable[Any]:
        if by == "author":
            from tajikpeace_refs.apa.order import sort_keys  # noqa: PLC0415 - the order of lists has its home there

            return sort_keys(self.works, self.front)
        if by == "id":
            return ((fold(work.id), work.id) for work in self)
        if by == "year":
            years = ((work.issued is None, work.issued or PartialDate(literal="n.d.")) for work in self)
            return zip(years, self._keys("author"), strict=True)
        raise UsageError(f"unknown order {by!r}{did_you_mean(by, ('author', 'id', 'year'))}")

    def merge(self, *others: Library, fill: bool = False) -> Library:
        """Return the library with the works of others added, without duplicates; `merge` reports what was done, too.

        Args:
            others: libraries whose works are added at the end. A duplicate, in another script too, is not added; a
                work whose id is taken gets another id.
            fill: whether a work gets the variables that only its duplicate has.
        """
        from tajikpeace_refs.merging import merge  # noqa: PLC0415 - above the model, loads when used

        return merge(self, *others, fill=fill).library

    def add(self, *works: Work) -> Library:
        """Return the library with more works at its end.

        Raises:
            UsageError: an id is taken; every such id is named.
        """
        return self + works

    def replace(self, work: Work) -> Library:
        """Return the library with a work in place of the one with the same id.

        Raises:
            UsageError: no work has the id.
        """
        self.select(work.id)
        return self._of(work if each.id == work.id else each for each in self)

    def remove(self, *ids: str) -> Library:
        """Return the library without some works.

        Raises:
            UsageError: an id is not in the library; every unknown one is named.
        """
        gone = self.select(ids)
        return self.filter(lambda work: work.id not in gone)

    def rename(self, old: str, new: str) -> Library:
        """Return the library with another id for a work.

        Raises:
            UsageError: no work has the old id, or another one has the new.
        """
        renamed = self.select(old).works[0].replace(id=new)
        if new != old and new in self:
            raise UsageError(id_is_taken(new))
        return self._of(renamed if work.id == old else work for work in self)

    def search(self, text: str) -> tuple[Work, ...]:
        """Return the works whose fields or printed form contain every word of the text.

        Case and diacritics are ignored, so ``тоҷик`` finds ``Тоҷикистон`` and ``Тоцикистон`` does not.
        """
        words = fold(text).split()
        return tuple(work for work in self if all(word in haystack for word in words for haystack in [_haystack(work)]))


def _row(work: Work) -> str:
    cells = (work.id, work.type, str(work.issued or ""), written_by(work, " et al."), work.title or "")
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"


def _haystack(work: Work) -> str:
    def texts(value: object) -> Iterator[str]:
        if isinstance(value, (str, Name)) or not isinstance(value, (tuple, list)):
            yield str(value)
        else:
            for item in value:
                yield from texts(item)

    return fold("\n".join(text for value in work.variables().values() for text in texts(value)))
