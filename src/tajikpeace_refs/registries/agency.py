"""doi.org: which agency registered a DOI, so that the silence of another says nothing. Pure."""

from __future__ import annotations

import json

from tajikpeace_refs.model.identifiers import parse_doi
from tajikpeace_refs.registries.records import BadAnswer, Query


def by_id(identifier: str) -> Query | None:
    """Return the question for the agency of a DOI in any spelling, or of a prefix (``10.1007``)."""
    doi = parse_doi(identifier) or identifier.strip()
    return Query("doi", f"/ra/{doi}", identifier=doi) if doi.startswith("10.") else None


def read_agency(body: bytes) -> str:
    """Return the agency that an answer names: Crossref, DataCite, mEDRA …; empty where the DOI does not exist.

    Raises:
        BadAnswer: it cannot be understood.
    """
    try:
        item = json.loads(body)[0]
        agency = item.get("RA")
        status = item.get("status", "")
    except (ValueError, LookupError, TypeError, AttributeError):
        raise BadAnswer("the answer is not in the format of doi.org") from None
    if isinstance(agency, str) and agency:
        return agency
    if status:
        return ""
    raise BadAnswer("the answer names neither an agency nor a status")
