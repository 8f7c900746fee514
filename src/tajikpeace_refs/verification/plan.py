"""Which registries are asked about a work, and when no more need be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tajikpeace_refs.model.identifiers import compact, is_isbn
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.registries import agency, arxiv, crossref, datacite, openalex, openlibrary, pubmed
from tajikpeace_refs.registries.records import Answer, Query
from tajikpeace_refs.text.same_work import is_preprint
from tajikpeace_refs.verification.evidence import identifiers
from tajikpeace_refs.verification.verdicts import NOT_COVERED, verdict

_FINAL = frozenset({"confirmed", "retracted", "corrected"})
"""Verdicts that no other registry changes: a work that one has is confirmed."""
_ARXIV = "10.48550/"
_DATACITE = (_ARXIV, "10.5281/", "10.6084/", "10.5061/", "10.17605/", "10.7910/")
"""Beginnings of DOIs of DataCite that many lists have: arXiv, Zenodo, figshare, Dryad, OSF, Dataverse."""


def next_queries(work: Work, answers: Iterable[Answer]) -> tuple[Query, ...]:
    """Return what to ask next about a work, given the answers so far; nothing when the verdict is final.

    First the registry of the DOI, else those of the other identifiers; the agency of a DOI that it does not know, the
    registry of that agency, and the other identifiers; then a search in one index after the other, the second also
    where the first contradicts.
    """
    known = tuple(answers)
    if known and _is_final(work, known):
        return ()
    asked = {each.query for each in known}
    for stage in _stages(work, known):
        if new := tuple(query for query in dict.fromkeys(stage) if query and query not in asked):
            return new
    return ()


def _is_final(work: Work, answers: tuple[Answer, ...]) -> bool:
    found = verdict(work, answers)
    is_open = any(
        (each.variable == "container_title" and each.how == "version")
        or (each.variable == "title" and each.how == "subtitle" and len(each.ours) > len(each.theirs))
        for each in found.fields
    )  # journal and subtitle are not compared with anything yet
    return found.verdict in _FINAL and not is_open


def _stages(work: Work, answers: tuple[Answer, ...]) -> Iterator[list[Query | None]]:
    known = dict(identifiers(work))
    yield _by_identifier(work, known)
    if doi := known.get("doi"):
        of_doi = [each for each in answers if each.query.identifier.lower() == doi and each.registry != "doi"]
        if of_doi and not any(each.records for each in of_doi):
            yield [agency.by_id(doi)]
            of_agency = next((each for each in answers if each.registry == "doi"), None)
            if of_agency and (of_agency.state == "absent" or of_agency.detail in _AGENCIES):
                yield [crossref.by_id(doi), datacite.by_id(doi)]
    if not known and work.type in NOT_COVERED:
        return
    if not any(each.records for each in answers):
        has_no_doi = "arxiv" in known and "doi" not in known
        at_datacite = datacite.by_id(f"{_ARXIV}arXiv.{known['arxiv']}") if has_no_doi else None
        yield [*_by_other_identifiers(work, known), at_datacite]
    yield [crossref.search(work)]
    yield [openalex.search(work)]
    if work.type in {"book", "chapter", "document"}:
        yield [openlibrary.search(work)]
    if work.type in {"dataset", "software"}:
        yield [datacite.search(work)]
    if is_preprint(work):
        yield [arxiv.search(work)]


_AGENCIES = frozenset({"", "Crossref", "DataCite"})
"""Those whose records are asked for; that an agency knows no DOI is believed when neither of them has it."""


def _by_identifier(work: Work, known: dict[str, str]) -> list[Query | None]:
    if doi := known.get("doi"):
        return [(datacite if doi.startswith(_DATACITE) else crossref).by_id(doi)]
    return _by_other_identifiers(work, known)


def _by_other_identifiers(work: Work, known: dict[str, str]) -> list[Query | None]:
    """Return the questions for all identifiers but a DOI."""
    found: list[Query | None] = []
    if pmid := known.get("pmid"):
        found.append(pubmed.by_id(pmid))
    if "arxiv" in known and not known.get("doi", "").startswith(_ARXIV):  # DataCite has answered for these
        found.append(arxiv.by_id(known["arxiv"]))
    if work.isbn and work.type != "chapter":
        isbns = [digits for text in work.isbn.replace(",", " ").split() if is_isbn(digits := compact(text))]
        found += [openlibrary.by_id(digits) for digits in isbns[:1]]
    return found
