"""Questions to registries of works, their answers, and the records in these. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tajikpeace_refs.model.date import PartialDate
from tajikpeace_refs.model.work import Work

Registry = Literal["crossref", "datacite", "openalex", "openlibrary", "arxiv", "pubmed", "doi"]
NAMES: dict[Registry, str] = {
    "crossref": "Crossref",
    "datacite": "DataCite",
    "openalex": "OpenAlex",
    "openlibrary": "Open Library",
    "arxiv": "arXiv",
    "pubmed": "PubMed",
    "doi": "doi.org",
}
"""What each registry calls itself; ``doi`` says which agency registered a DOI."""
State = Literal["answered", "absent", "unreachable", "garbage", "throttled", "unsupported"]
"""What became of a question: only ``absent`` says that the registry has no such record.

``unsupported``: it has no search at the address where it is asked, as some mirrors.
"""


class BadAnswer(ValueError):  # noqa: N818 - it is the answer that is bad
    """An answer that cannot be understood: it says nothing of the work asked for."""


@dataclass(frozen=True, slots=True)
class Query:
    """One question to a registry, without the address of its host."""

    registry: Registry
    path: str
    params: tuple[tuple[str, str], ...] = ()
    identifier: str = ""
    """The identifier that is asked for, in its bare form; empty for a search."""
    parts: tuple[Query, ...] = ()
    """The questions for one record each that are asked together here."""


@dataclass(frozen=True, slots=True)
class Update:
    """What was done to a work after it was published, in the words of Crossref: ``retraction``, ``correction``."""

    kind: str
    doi: str = ""
    """The notice that says so; of a notice, the work that it is about."""
    date: PartialDate | None = None
    is_notice: bool = False
    """Whether the record is that of the notice."""


@dataclass(frozen=True, slots=True)
class Record:
    """What a registry has of one work."""

    registry: Registry
    id: str
    """The identifier of the record in its registry."""
    work: Work
    """The work as the registry has it, markup, entities and white space put in order."""
    remarks: tuple[str, ...] = ()
    """What is odd in the record or was left out of the work, in words."""
    kind: str = ""
    """The registry's own type. Examples: ``posted-content``, ``component``."""
    dates: tuple[PartialDate, ...] = ()
    """Every date of publication in the record: in print, online, of the issue; not when the record was made."""
    titles: tuple[str, ...] = ()
    """Every title in the record: with and without its subtitle, in each language."""
    versions: tuple[str, ...] = ()
    """The DOIs of other versions of the work: of its preprint, its published article."""
    updates: tuple[Update, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a registry answered to a question."""

    query: Query
    state: State
    records: tuple[Record, ...] = ()
    detail: str = ""
    """Why there is no answer; of an answer of doi.org, the agency that registered the DOI."""

    @property
    def registry(self) -> Registry:
        """The registry that was asked."""
        return self.query.registry
