"""Open Library (https://openlibrary.org): books by ISBN. Pure."""

from __future__ import annotations

import re

from tajikpeace_refs.model.identifiers import ISBN
from tajikpeace_refs.model.name_shapes import may_be_organisation
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.registries.items import (
    Data,
    date,
    dates,
    distinct,
    load_json,
    mapping,
    mappings,
    shown_name,
    text,
    texts,
    with_titles,
    work_of,
)
from tajikpeace_refs.registries.questions import surname_of, title_of
from tajikpeace_refs.registries.records import BadAnswer, Query, Record
from tajikpeace_refs.registries.titles import Titles
from tajikpeace_refs.text.languages import language_tag

_ROWS = "10"
_FIELDS = "key,title,subtitle,author_name,first_publish_year,publish_year,publisher,isbn,language"
_ROLE = re.compile(r"(?P<name>.+?) \((?P<role>[^()]+)\)")
_ROLES = {"illustrator": "illustrator", "translator": "translator", "editor": "editor"}
_PERSON = re.compile(r"(?:[^\W\d_a-z][\w'’.-]* )+(?:(?:van|von|de|der|den|la|di) )*[^\W\d_a-z][\w'’-]+")
_YEAR = re.compile(r"\b(?:1[4-9]|20)\d\d\b")


def by_id(identifier: str) -> Query | None:
    """Return the question for the record of an ISBN, in any spelling; None where it is none."""
    isbn = ISBN.parse(identifier)
    if not isbn:
        return None
    params = (("bibkeys", f"ISBN:{isbn}"), ("format", "json"), ("jscmd", "data"))
    return Query("openlibrary", "/api/books", params, identifier=isbn)


def search(work: Work) -> Query | None:
    """Return the question for books like a work, by its title and first author; None where it has no words."""
    title, surname = title_of(work), surname_of(work)
    params = (("title", title), *([("author", surname)] if surname else []), ("fields", _FIELDS), ("limit", _ROWS))
    return Query("openlibrary", "/search.json", params) if title else None


def read(body: bytes) -> tuple[Record, ...]:
    """Return the records of an answer: of books by ISBN, of one edition, or of a search; those that have a title.

    Raises:
        BadAnswer: it cannot be understood, or is one record that has no title.
    """
    answer = load_json(body)
    if not isinstance(answer, dict):
        raise BadAnswer("the answer is not in the format of Open Library")
    if isinstance(answer.get("docs"), list):
        return with_titles(mappings(answer["docs"]), _record)
    if isinstance(answer.get("key"), str):
        return (_record(answer),)
    if any(not key.startswith("ISBN:") or not isinstance(book, dict) for key, book in answer.items()):
        raise BadAnswer("the answer is not in the format of Open Library")
    return tuple(_record({**book, "isbn": [key.removeprefix("ISBN:")]}) for key, book in answer.items())


def _record(data: Data) -> Record:
    titles = Titles.of(texts(data.get("title")), texts(data.get("subtitle")), texts(data.get("work_titles")), "")
    names = _named(data.get("author_name")) or _named(data.get("authors"))
    remarks = [*titles.remarks]
    stated = "" if names else text(data.get("by_statement"))
    if stated and (names := _stated(stated)):
        remarks.append(f"author: is read from {stated!r}")
    if mappings(data.get("authors")) and not names:
        remarks.append("author: is named by a key only")
    issued = text(data.get("publish_date")) or text(data.get("first_publish_year"))
    item: Data = {
        "type": "book",
        **titles.variables,
        "author": names,
        **(_contributors(texts(data.get("contributions"))) if names else {}),
        "issued": _date(issued),
        "publisher": _first_name(data.get("publishers")) or text(data.get("publisher")),
        "publisher-place": _first_name(data.get("publish_places")),
        "number-of-pages": text(data.get("number_of_pages")),
        "edition": text(data.get("edition_name")),
        "ISBN": _isbn(data),
        "language": language_tag(_first_key(data.get("languages")) or _only(texts(data.get("language")))),
        "source": "Open Library",
    }
    work, doubts = work_of(item)
    return Record(
        registry="openlibrary",
        id=text(data.get("key")),
        work=work,
        remarks=(*remarks, *doubts),
        kind="book",
        dates=dates([_date(issued), *texts(data.get("publish_year"))]),
        titles=distinct([*titles.all, work.title]),
    )


def _named(value: object) -> list[Data]:
    """Return the authors, who are named in display order; those who are named by a key only are left out."""
    several = value if isinstance(value, list) else []
    shown = (text(each.get("name")) if isinstance(each, dict) else text(each) for each in several)
    return [shown_name(each) for each in shown if each]


def _stated(statement: str) -> list[Data]:
    """Return the authors of a statement of responsibility; none where it names editors, or anything but names.

    >>> [each["family"] for each in _stated("by Roald Dahl and Ann Hill ; illustrated by Tony Ross.")]
    ['Dahl', 'Hill']
    >>> _stated("edited by Roald Dahl"), _stated("United Nations"), _stated("Institute of Peace")
    ([], [], [])
    """
    head = re.sub(r"^\[?(?:written )?by\]? ", "", statement.partition(";")[0].strip(" ./"), flags=re.IGNORECASE)
    names = re.split(r",? (?:and|&) |, ", head)
    are_persons = all(_PERSON.fullmatch(name) and not may_be_organisation(name) for name in names)
    return [shown_name(each) for each in names] if are_persons else []


def _contributors(contributions: list[str]) -> dict[str, list[Data]]:
    """Return those who contributed in a role that is named: ``Tony Ross (Illustrator)``."""
    found: dict[str, list[Data]] = {}
    for each in contributions:
        if (match := _ROLE.fullmatch(each)) and (role := _ROLES.get(match["role"].lower())):
            found.setdefault(role, []).append(shown_name(match["name"]))
    return found


def _date(written: str) -> str:
    """Return a date that is understood, else the one year in it, else the words."""
    years = _YEAR.findall(written)
    return written if date(written) or len(years) != 1 else years[0]


def _first_name(value: object) -> str:
    several = value if isinstance(value, list) else []
    return next((text(mapping(each).get("name")) or text(each) for each in several), "")


def _first_key(value: object) -> str:
    """Return the code at the end of the only key of a list: ``/languages/eng``."""
    keys = [text(each.get("key")) for each in mappings(value)]
    return keys[0].rpartition("/")[2] if len(keys) == 1 else ""


def _only(values: list[str]) -> str:
    return values[0] if len(values) == 1 else ""


def _isbn(data: Data) -> str:
    found = (texts(data.get(name)) for name in ("isbn", "isbn_13", "isbn_10"))
    return next((each for several in found for each in several), "")
