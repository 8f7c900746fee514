"""Which registries are asked for an identifier. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from tajikpeace_refs.model.identifiers import ARXIV, ISBN, PMID, doi_within
from tajikpeace_refs.registries import arxiv, crossref, datacite, openlibrary, pubmed
from tajikpeace_refs.registries.records import Query


def is_identifier(text: str) -> bool:
    """Whether a text is an identifier that a registry can be asked for."""
    return next(queries_for(text), None) is not None


def queries_for(identifier: str) -> Iterator[Query]:
    """Yield the questions for an identifier, the likeliest registry first."""
    isbn = ISBN.parse(identifier)
    if doi := doi_within(identifier):
        modules = (datacite, crossref) if ARXIV.parse(doi) else (crossref, datacite)
        found = [module.by_id(doi) for module in modules]
    elif isbn:
        found = [openlibrary.by_id(isbn), crossref.by_isbn(isbn)]
    elif ARXIV.parse(identifier):
        found = [arxiv.by_id(identifier)]
    else:
        found = [pubmed.by_id(identifier)] if PMID.parse(identifier) else []
    yield from filter(None, found)
