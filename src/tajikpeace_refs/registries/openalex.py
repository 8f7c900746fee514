"""OpenAlex (https://api.openalex.org): an index of scholarly works, with and without a DOI. Pure."""

from __future__ import annotations

import re
from urllib.parse import quote

from tajikpeace_refs.model.identifiers import PMID, parse_doi
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.registries.items import (
    Data,
    dates,
    distinct,
    load_json,
    mapping,
    mappings,
    pages,
    shown_name,
    text,
    texts,
    updates_of_title,
    with_titles,
    work_of,
)
from tajikpeace_refs.registries.questions import title_of
from tajikpeace_refs.registries.records import BadAnswer, Query, Record, Update

_ROWS = "10"
_SELECT = (
    "id,doi,title,display_name,publication_year,publication_date,ids,language,primary_location,locations,type,"
    "authorships,biblio,is_retracted,relevance_score"
)
_TYPES = {
    "preprint": "article", "book-chapter": "chapter", "book": "book", "dissertation": "thesis", "dataset": "dataset",
    "report": "report", "reference-entry": "entry", "peer-review": "review", "standard": "standard",
}  # fmt: skip
_RAW_TYPES = {
    "journal-article": "article-journal", "proceedings-article": "paper-conference", "book-chapter": "chapter",
    "posted-content": "article", "monograph": "book", "dissertation": "thesis",
}  # fmt: skip
"""Types of Crossref, which say more than ``article`` does: that is any paper here."""
_BOOKS = frozenset({"book", "thesis", "report", "dataset"})


def by_id(identifier: str) -> Query | None:
    """Return the question for the record of a DOI or PMID, in any spelling; None where it is none."""
    if doi := parse_doi(identifier):
        return Query("openalex", f"/works/https://doi.org/{quote(doi, safe='/:;()._-')}", identifier=doi)
    pmid = PMID.parse(identifier)
    return Query("openalex", f"/works/pmid:{pmid}", identifier=pmid) if pmid else None


def search(work: Work) -> Query | None:
    """Return the question for records like a work, by its title; None where it has no words."""
    # Commas, colons, bars and exclamation marks mean something there.
    words = " ".join(re.findall(r"[^\W_]+", title_of(work)))
    params = (("search", words), ("per-page", _ROWS), ("select", _SELECT))
    return Query("openalex", "/works", params) if words else None


def read(body: bytes) -> tuple[Record, ...]:
    """Return the records of an answer, one or a list; of a list those that have a title.

    Raises:
        BadAnswer: it cannot be understood, or is one record that has no title.
    """
    answer = mapping(load_json(body))
    if isinstance(answer.get("results"), list):
        return with_titles(mappings(answer["results"]), _record)
    if not text(answer.get("id")).startswith("https://openalex.org/"):
        raise BadAnswer("the answer is not in the format of OpenAlex")
    return (_record(answer),)


def _record(data: Data) -> Record:
    location = mapping(data.get("primary_location"))
    source, biblio = mapping(location.get("source")), mapping(data.get("biblio"))
    kind, raw = text(data.get("type")), text(location.get("raw_type"))
    title = text(data.get("title")) or text(data.get("display_name"))
    item: Data = {
        "type": _RAW_TYPES.get(raw) or _TYPES.get(kind) or _article(source),
        "title": title,
        "author": [shown_name(shown) for each in mappings(data.get("authorships")) if (shown := _author(each))],
        "issued": text(data.get("publication_year")),
        "volume": text(biblio.get("volume")),
        "issue": text(biblio.get("issue")),
        "page": pages(text(biblio.get("first_page")), text(biblio.get("last_page"))),
        "DOI": parse_doi(text(data.get("doi"))),
        "PMID": PMID.parse(text(mapping(data.get("ids")).get("pmid"))),
        "language": text(data.get("language")),
        "source": "OpenAlex",
    }
    _hold(item, source)
    work, doubts = work_of(item)
    own = text(item["DOI"]).lower()
    places = (parse_doi(text(each.get("landing_page_url"))) for each in mappings(data.get("locations")))
    return Record(
        registry="openalex",
        id=text(data.get("id")),
        work=work,
        remarks=doubts,
        kind=kind,
        dates=dates([data.get("publication_date"), data.get("publication_year")]),
        titles=distinct([title, *texts(data.get("display_name"))]),
        versions=tuple(dict.fromkeys(doi.lower() for doi in places if doi and doi.lower() != own)),
        updates=(Update("retraction"),) if data.get("is_retracted") is True else updates_of_title(title),
    )


def _article(source: Data) -> str:
    """Return the type of what OpenAlex calls an article: a paper of any kind, unless its source is a journal."""
    return "article-journal" if text(source.get("type")) == "journal" else "article"


def _author(authorship: Data) -> str:
    return text(authorship.get("raw_author_name")) or text(mapping(authorship.get("author")).get("display_name"))


def _hold(item: Data, source: Data) -> None:
    """Set where the work is: in its container, or with its publisher."""
    name = text(source.get("display_name"))
    is_deposited = item["type"] == "article" and text(source.get("type")) == "repository"
    if (item["type"] in _BOOKS or is_deposited) and not item["volume"]:
        item["publisher"] = text(source.get("host_organization_name")) if item["type"] == "book" else name
    else:
        is_series = item["type"] == "chapter" and text(source.get("type")) == "book series"
        item["collection-title" if is_series else "container-title"] = name
    item["ISSN"] = ", ".join(texts(source.get("issn")))
