"""arXiv (https://export.arxiv.org): preprints. Pure."""

from __future__ import annotations

from tajikpeace_refs.model.work import Work
from tajikpeace_refs.registries.records import Query, Record


def by_id(identifier: str) -> Query | None:
    """Return the question for the record of an arXiv id, in any spelling; None where it is none."""
    raise NotImplementedError(identifier)


def search(work: Work) -> Query | None:
    """Return the question for records like a work, by its title, first author and year; None where it cannot be."""
    raise NotImplementedError(work.id)


def read(body: bytes) -> tuple[Record, ...]:
    """Return the records of an answer, one or a list.

    Raises:
        BadAnswer: it cannot be understood.
    """
    raise NotImplementedError(body)
