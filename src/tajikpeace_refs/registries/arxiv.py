"""arXiv (https://export.arxiv.org): preprints. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from tajikpeace_refs.model.identifiers import ARXIV, parse_doi
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.registries.items import dates, distinct, load_xml, shown_name, text, updates_of_title, work_of
from tajikpeace_refs.registries.records import BadAnswer, Query, Record

_ATOM = "{http://www.w3.org/2005/Atom}"
_OWN = "{http://arxiv.org/schemas/atom}"
_ERRORS = "api/errors"


def by_id(identifier: str) -> Query | None:
    """Return the question for the record of an arXiv id, in any spelling; None where it is none."""
    bare = ARXIV.parse(identifier)
    return Query("arxiv", "/api/query", (("id_list", bare),), identifier=bare) if bare else None


def search(_work: Work) -> Query | None:
    """Return None: arXiv is asked by its ids only; indexes have its preprints."""
    return None


def read(body: bytes) -> tuple[Record, ...]:
    """Return the records of an answer; none where arXiv knows none.

    Raises:
        BadAnswer: it cannot be understood, or says what is wrong with the question.
    """
    root = load_xml(body)
    if root.tag != f"{_ATOM}feed":
        raise BadAnswer("the answer is not in the format of arXiv")
    return tuple(_records(root))


def _records(root: ET.Element) -> Iterator[Record]:
    for entry in root.iter(f"{_ATOM}entry"):
        if _ERRORS in _text(entry, f"{_ATOM}id"):
            raise BadAnswer(_text(entry, f"{_ATOM}summary") or "arXiv reports an error")
        yield _record(entry, unquote(" ".join(each.get("href", "") for each in root.iterfind(f"{_ATOM}link"))))


def _text(entry: ET.Element, path: str) -> str:
    return text(entry.findtext(path))


def _record(entry: ET.Element, question: str) -> Record:
    """Return the record of an entry: a preprint, without its version unless the question named one.

    That it is published elsewhere is a remark.
    """
    address, title = _text(entry, f"{_ATOM}id"), _text(entry, f"{_ATOM}title")
    number = ARXIV.parse(address)
    if number is None:
        raise BadAnswer(f"{address!r} is not an arXiv id")
    number = number if number in question else re.sub(r"v\d+$", "", number)
    published, updated = (_text(entry, f"{_ATOM}{name}")[:10] for name in ("published", "updated"))
    journal, doi = _text(entry, f"{_OWN}journal_ref"), parse_doi(_text(entry, f"{_OWN}doi"))
    names = (text(each.text) for each in entry.iterfind(f"{_ATOM}author/{_ATOM}name"))
    work, doubts = work_of(
        {
            "type": "article",
            "title": title,
            "author": [shown_name(each) for each in names if each],
            "issued": published[:4],
            "publisher": "arXiv",
            "number": f"arXiv:{number}",
            "URL": f"{ARXIV.resolver}{number}",
            "source": "arXiv",
        }
    )
    where = "; ".join(filter(None, (journal, doi)))
    return Record(
        registry="arxiv",
        id=number,
        work=work,
        remarks=(*doubts, *([f"published: {where}"] if where else [])),
        kind="preprint",
        dates=dates([published, updated]),
        titles=distinct([title]),
        versions=(doi.lower(),) if doi else (),
        updates=updates_of_title(title),
    )
