"""Crossref (https://api.crossref.org): articles, books, chapters and preprints with a DOI. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any
from urllib.parse import quote

from tajikpeace_refs.model.identifiers import parse_doi
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.registries.items import (
    Data,
    date,
    dates,
    distinct,
    load_json,
    mapping,
    mappings,
    pages,
    text,
    texts,
    updates_of_title,
    with_titles,
    work_of,
)
from tajikpeace_refs.registries.people import people
from tajikpeace_refs.registries.questions import words_of
from tajikpeace_refs.registries.records import BadAnswer, Query, Record, Update
from tajikpeace_refs.registries.titles import Titles

_ROWS = "10"
# The references of each work would make an answer ten times as long.
_SELECT = (
    "DOI,title,subtitle,original-title,author,editor,container-title,short-container-title,issued,published,"
    "published-print,published-online,posted,type,volume,issue,page,article-number,publisher,ISBN,ISSN,relation,"
    "update-to,score"
)
_AS_THEY_ARE = (
    "DOI", "ISBN", "ISSN", "container-title", "short-container-title", "publisher", "publisher-location", "volume",
    "issue",
)  # fmt: skip
_DATES = ("published-print", "published-online", "issued", "published", "posted", "approved")
_VERSIONS = (
    "is-preprint-of", "has-preprint", "is-version-of", "has-version", "is-manuscript-of", "has-manuscript",
    "is-identical-to", "is-translation-of", "has-translation",
)  # fmt: skip
_NEW_VERSIONS = frozenset({"new_version", "new_edition", "version_of_record"})
_NO_WORKS = frozenset({
    "component", "grant", "journal", "journal-issue", "journal-volume", "book-series", "report-series", "book-set",
    "proceedings-series", "peer-review",
})  # fmt: skip
"""What Crossref registers beside the works that lists cite."""
_WHOLE_BOOKS = frozenset({"book", "monograph", "edited-book", "reference-book", "book-set", "proceedings"})


def by_id(identifier: str) -> Query | None:
    """Return the question for the record of a DOI, in any spelling; None where it is none."""
    doi = parse_doi(identifier)
    return Query("crossref", f"/works/{quote(doi, safe='/:;()._-')}", identifier=doi) if doi else None


def together(questions: Sequence[Query]) -> Query:
    """Return the question for the records of several DOIs; one that is unknown, or an alias, is silently missing."""
    dois = ",".join(f"doi:{each.identifier}" for each in questions)
    return Query("crossref", "/works", (("filter", dois), ("rows", str(len(questions)))), parts=tuple(questions))


def split(body: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the DOI of each record of a list in small letters, and the answer that it would be by itself."""
    for item in mappings(mapping(mapping(load_json(body)).get("message")).get("items")):
        yield text(item.get("DOI")).lower(), json.dumps({"status": "ok", "message": item}).encode()


def by_isbn(isbn: str) -> Query:
    """Return the question for the records of a book by its bare ISBN, its chapters left out."""
    kinds = ",".join(f"type:{kind}" for kind in sorted(_WHOLE_BOOKS))
    return Query("crossref", "/works", (("filter", f"isbn:{isbn},{kinds}"), ("rows", "2")), identifier=isbn)


def search(work: Work) -> Query | None:
    """Return the question for records like a work, by its title, first author and year; None where it has no words."""
    words = words_of(work)
    params = (("query.bibliographic", words), ("rows", _ROWS), ("select", _SELECT))
    return Query("crossref", "/works", params) if words else None


def read(body: bytes) -> tuple[Record, ...]:
    """Return the records of an answer, one or a list; of a list those that have a title.

    Raises:
        BadAnswer: it cannot be understood, or is one record that has no title.
    """
    answer = mapping(load_json(body))
    message = answer.get("message")
    if answer.get("status") != "ok" or not isinstance(message, dict):
        raise BadAnswer("the answer is not in the format of Crossref")
    if isinstance(items := message.get("items"), list):
        return with_titles(mappings(items), _record)
    if "DOI" not in message:
        raise BadAnswer("the answer is not the record of a work")
    return (_record(message),)


def _record(message: Data) -> Record:
    updates = tuple(_updates(message))
    titles = Titles.of(texts(message.get("title")), texts(message.get("subtitle")),
                       texts(message.get("original-title")), text(message.get("language")))  # fmt: skip
    kind = text(message.get("type"))
    authors, remarks = people(mappings(message.get("author")))
    item: Data = {
        "type": kind or "document",
        **{name: texts(message.get(name)) for name in _AS_THEY_ARE},
        "event": mapping(message.get("event")),
        "language": text(message.get("language")),
        **titles.variables,
        "author": authors,
        "editor": people(mappings(message.get("editor")))[0],
        "translator": people(mappings(message.get("translator")))[0],
        "page": _pages(text(message.get("page"))),
        "number": "" if message.get("page") else text(message.get("article-number")),
        "edition": _edition(text(message.get("edition-number"))),
        "source": "Crossref",
        **_issued(message),
    }
    _of_kind(item, message)
    work, doubts = work_of(item)
    return Record(
        registry="crossref",
        id=text(message.get("DOI")),
        work=work,
        remarks=(*titles.remarks, *remarks, *doubts, *([f"the record is of a {kind}"] if kind in _NO_WORKS else ())),
        kind=f"{kind}/{subtype}" if (subtype := text(message.get("subtype"))) else kind,
        dates=dates([*(message.get(name) for name in _DATES), *_issue_dates(message)]),
        titles=distinct([*titles.all, work.title]),
        versions=tuple(dict.fromkeys(_versions(message))),
        updates=updates
        if any(each.kind == "retraction" for each in updates)
        else (*updates, *updates_of_title(work.title)),
    )


def _pages(page: str) -> str:
    """Return pages without a second end that is the same as the first."""
    return pages(*page.split("-")) if page.count("-") == 1 else page


def _edition(number: str) -> str:
    """Return the number of an edition; a first edition is not named (APA 9.50)."""
    return "" if number == "1" else number


def _issued(message: Data) -> Data:
    """Return the date in print, as the volume and pages are, and that of publication online where it is another."""
    printed, online = date(message.get("published-print")), date(message.get("published-online"))
    issued = printed or date(message.get("issued")) or date(message.get("posted"))
    if issued is None and text(message.get("type")) == "dissertation":
        issued = date(message.get("approved"))
    found: Data = {"issued": issued.to_csl()} if issued else {}
    if online and issued and online.year != issued.year:
        found["available-date"] = online.to_csl()
    return found


def _issue_dates(message: Data) -> Iterator[Any]:
    issue = mapping(message.get("journal-issue"))
    yield from (issue.get("published-print"), issue.get("published-online"))


def _of_kind(item: Data, message: Data) -> None:
    """Set what Crossref's type and subtype mean for the other variables of an item."""
    kind, subtype = item["type"], text(message.get("subtype"))
    institution = next((name for each in mappings(message.get("institution")) if (name := text(each.get("name")))), "")
    if kind == "dissertation":
        item["genre"] = text(message.get("degree"))
    if kind in {"dissertation", "report", "posted-content"} and institution:
        item["publisher"] = institution
    if subtype == "blog":
        item |= {"type": "post-weblog", "container-title": institution or item["publisher"], "publisher": ""}
    elif kind == "posted-content":
        item["genre"] = "Preprint" if subtype == "preprint" else ""
    containers = texts(message.get("container-title"))
    if kind in _WHOLE_BOOKS and containers:
        if item["author"] and item["editor"] and not item["ISBN"] and not item["ISSN"]:
            item["type"] = "chapter"  # so Oxford Handbooks are registered
        else:
            item |= {"collection-title": containers[0], "collection-number": text(item["volume"]),
                     "container-title": "", "volume": "", "ISSN": ""}  # fmt: skip
    if kind in {"dataset", "report"} and containers:  # what holds them is a series or database, not a book
        is_other = not containers[0].startswith("http") and containers[0] != text(item["publisher"])
        item |= {"container-title": "", "collection-title": containers[0] if is_other else ""}


def _versions(message: Data) -> Iterator[str]:
    """Yield the DOIs of other versions: preprint, published article, later version."""
    own = text(message.get("DOI")).lower()
    relation = mapping(message.get("relation"))
    for each in chain.from_iterable(mappings(relation.get(name)) for name in _VERSIONS):
        other = (parse_doi(text(each.get("id"))) or "").lower()
        if each.get("id-type") == "doi" and other not in {"", own}:
            yield other
    for update in (*mappings(message.get("updated-by")), *mappings(message.get("update-to"))):
        newer = text(update.get("DOI")).lower()
        if text(update.get("type")) in _NEW_VERSIONS and newer not in {"", own}:
            yield newer


def _updates(message: Data) -> Iterator[Update]:
    for name in ("updated-by", "update-to"):
        for each in mappings(message.get(name)):
            kind = text(each.get("type")).replace("_", "-").lower()
            if kind.replace("-", "_") not in _NEW_VERSIONS:
                yield Update(kind, text(each.get("DOI")).lower(), date(each.get("updated")), name == "update-to")
