"""Which registries are asked for an identifier. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tajikpeace_refs.model.identifiers import ARXIV, ISBN, PMID, compact, doi_within
from tajikpeace_refs.registries import arxiv, crossref, datacite, openlibrary, pubmed
from tajikpeace_refs.registries.records import Query

KINDS = "DOI, ISBN, arXiv id or PMID"
"""What registries can be asked for."""
_AROUND = " \t\r\n<>\"'“”„‘’«»"
_ESCAPED = re.compile(r"\\(?=[_%&#{}/~])")
"""LaTeX's backslash, as in the DOIs of ``.bib`` files."""


def is_identifier(text: str) -> bool:
    """Whether a text is an identifier that a registry can be asked for."""
    return next(queries_for(text), None) is not None


def queries_for(identifier: str) -> Iterator[Query]:
    """Yield the questions for an identifier, the likeliest registry first; signs around it do not count."""
    identifier = _ESCAPED.sub("", identifier.strip(_AROUND).rstrip(".,;"))
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


def why_none(text: str) -> str:
    """Return in words what a text is that is no identifier: ``an ISBN whose check digit is wrong``.

    >>> why_none("978-2-07-042779-7"), why_none("Peace")
    ('an ISBN whose check digit is wrong', 'not a DOI, ISBN, arXiv id or PMID')
    """
    digits = re.sub(r"^ISBN(-1[03])?[:\s]*", "", text.strip(_AROUND), flags=re.IGNORECASE)
    has_length = re.fullmatch(r"(97[89])?\d{9}[\dX]", compact(digits)) is not None
    return "an ISBN whose check digit is wrong" if has_length else f"not a {KINDS}"
