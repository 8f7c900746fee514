"""A library: an ordered set of works with unique ids."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from functools import cached_property
from typing import Self

from pydantic import SerializeAsAny, model_validator

from tajikpeace_refs.errors import UsageError, did_you_mean
from tajikpeace_refs.model.base import Value
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.work import AnyWork, Work


class Front(Value):
    """What a file says of the whole list: the work it was printed in, and the words that keep their capitals."""

    source: AnyWork | None = None
    """The work that the list was printed in; not part of the list.
    Example: ``{id: paper, type: article-journal, title: Japan’s Role}``."""
    proper_nouns: tuple[str, ...] = ()
    """Words and phrases that keep their capitals. Example: ``[Tajik, Paris Peace Agreements]``."""


class Library(Value):
    """An ordered set of works. ``[]`` and ``in`` take ids; iteration and ``len()`` are over works, in file order."""

    works: tuple[SerializeAsAny[AnyWork], ...] = ()
    front: Front = Front()

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        if len(self._index) < len(self.works):
            seen: set[str] = set()
            repeated = next(work.id for work in self.works if work.id in seen or seen.add(work.id))  # type: ignore[func-returns-value]
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

    def __getitem__(self, work_id: str) -> Work:
        try:
            return self._index[work_id]
        except KeyError:
            raise KeyError(f"no work has the id {work_id!r}{did_you_mean(str(work_id), self._index)}") from None

    def __contains__(self, work_id: object) -> bool:
        return work_id in self._index

    def __iter__(self) -> Iterator[Work]:  # type: ignore[override] # a library iterates over works, not over fields
        return iter(self.works)

    def __len__(self) -> int:
        return len(self.works)

    def _repr_html_(self) -> str:
        """Return the APA list, for a notebook that shows the library."""
        # Jupyter asks the value itself: the one place where the model reaches up, and only when shown.
        from tajikpeace_refs.conversion import render  # noqa: PLC0415

        return render(self, "apa", markup="html", on_loss="ignore")

    def get(self, work_id: str) -> Work | None:
        """Return the work with that id, or None."""
        return self._index.get(work_id)

    def only(self, ids: Collection[str]) -> Library:
        """Return the library of those works, still in file order.

        Raises:
            UsageError: an id is not in the library; every unknown one is named.
        """
        ids = (ids,) if isinstance(ids, str) else ids
        unknown = [work_id for work_id in ids if work_id not in self]
        if unknown:
            raise UsageError("\n".join(f"no work has the id {i!r}{did_you_mean(i, self._index)}" for i in unknown))
        return Library(works=tuple(work for work in self if work.id in ids), front=self.front)

    def search(self, text: str) -> tuple[Work, ...]:
        """Return the works whose fields or printed form hold every word of the text.

        Case and diacritics are ignored, so ``тоҷик`` finds ``Тоҷикистон`` and ``Тоцикистон`` does not.
        """
        words = fold(text).split()
        return tuple(work for work in self if all(word in haystack for word in words for haystack in [_haystack(work)]))


def fold(text: str) -> str:
    """Return the text for comparing: no case, no combining marks."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _haystack(work: Work) -> str:
    def texts(value: object) -> Iterator[str]:
        if isinstance(value, (str, Name)) or not isinstance(value, (tuple, list)):
            yield str(value)
        else:
            for item in value:
                yield from texts(item)

    return fold("\n".join(text for value in work.variables().values() for text in texts(value)))
