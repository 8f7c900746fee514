"""The fields of Hayagriva that hold the variables of a work.

Typst refuses a whole file for one value of the wrong kind, so a value is written only where its field takes it: a date
without words, a whole number of pages, an address that is one, a tag of a language.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Any
from urllib.parse import urlsplit

from tajikpeace_refs.formats._hayagriva import texts
from tajikpeace_refs.formats._hayagriva.rows import (
    FORMATTABLE,
    HOLDER,
    OF_CONTAINER,
    OF_CSL,
    OTHER,
    PLAIN,
    ROLES,
    SERIALS,
    SERIALS_OF_CONTAINER,
    TypeRow,
)
from tajikpeace_refs.model.base import attribute
from tajikpeace_refs.model.date import DatePart, PartialDate
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.name_reading import read_text
from tajikpeace_refs.model.work import Work

Record = dict[str, Any]
_NUMBER = re.compile(r"\d{1,9}")
_DURATION = re.compile(r"(?:(?:\d+:)?(?:\d\d|[01]?\d|2[0-3]):[0-5]\d|\d\d+):[0-5]\d(?:,\d{1,3})?")
_LANGUAGE = re.compile(
    r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?(?:-(?:[A-Za-z\d]{5,8}|\d[A-Za-z\d]{3}))*"
)
_FITS = {
    "language": _LANGUAGE, "page-total": _NUMBER, "volume-total": _NUMBER, "runtime": _DURATION,
}  # fmt: skip
"""Fields whose values have to be of one kind, or the file is refused."""


def entry_of(work: Work) -> Record:
    """Return the fields of the entry of a work, as far as they can hold its variables."""
    row = OF_CSL.get(work.type, OTHER)
    entry: Record = {"type": row.entry}
    container: Record = {"type": row.parent} if row.parent else {}
    _set_title(entry, "title", work.title, work.title_short, work.translated_title)
    _set(entry, "author", _persons(work.author))
    _set(entry, "date", _date(work.issued))
    for field, variable in FORMATTABLE.items():
        if field != "title":
            _set(entry, field, texts.write(_of(work, variable)))
    for field, variable in PLAIN.items():
        _set_plain(entry, field, _of(work, variable))
    roles = [{"role": role, "names": _persons(names)} for role, name in ROLES.items() if (names := _of(work, name))]
    _set(entry, "affiliated", roles)
    _set_address(entry, work)
    _set_serials(entry, work, SERIALS)
    holder = container if row.parent else entry
    _set_title(container, "title", work.container_title, work.container_title_short, work.translated_container_title)
    _set(container, "author", _persons(work.container_author))
    _set_shared(holder, work)
    _set_parents(entry, container, row, work)
    return entry


def _of(work: Work, variable: str) -> Any:  # noqa: ANN401 - any value
    return getattr(work, attribute(variable)) or ""


def _set(node: Record, field: str, value: Any) -> None:  # noqa: ANN401 - plain data
    if value:
        node[field] = value


def _set_plain(node: Record, field: str, value: str) -> None:
    if field not in _FITS or _FITS[field].fullmatch(value):
        _set(node, field, value)


def _set_title(node: Record, field: str, title: str | None, short: str | None = None, other: str | None = None) -> None:
    if not title or not (short or other):
        _set(node, field, texts.write(title or ""))
        return
    forms = {"value": title, "short": short, "translation": other}
    node[field] = {form: texts.write(text) for form, text in forms.items() if text}


def _set_shared(node: Record, work: Work) -> None:
    """Set what a part has from its container, and a whole itself."""
    _set(node, "editor", _persons(work.editor))
    for field, variable in OF_CONTAINER.items():
        _set_plain(node, field, _of(work, variable))
    _set_serials(node, work, SERIALS_OF_CONTAINER)
    _set_publisher(node, work.publisher, work.publisher_place)


def _set_publisher(node: Record, name: str | None, place: str | None) -> None:
    parts = {"name": texts.write(name or ""), "location": texts.write(place or "")}
    _set(node, "publisher", {part: text for part, text in parts.items() if text} if place else parts["name"])


def _set_parents(entry: Record, container: Record, row: TypeRow, work: Work) -> None:
    series: Record = {}
    _set_title(series, "title", work.collection_title)
    _set_plain(series, "volume", work.collection_number or "")
    _set(series, "editor", _persons(work.collection_editor))
    if series:
        series = {"type": "anthology", **series}
    if series and row.parent:
        container["parent"] = series
    if container and not row.parent:
        container = {"type": HOLDER, **container}
    original: Record = {}
    _set_title(original, "title", work.original_title)
    _set(original, "author", _persons(work.original_author))
    _set(original, "date", _date(work.original_date))
    _set_publisher(original, work.original_publisher, work.original_publisher_place)
    event: Record = {}
    _set_title(event, "title", work.event_title)
    _set(event, "location", texts.write(work.event_place or ""))
    _set(event, "date", _date(work.event_date))
    parents = [
        container,
        {} if row.parent else series,
        {"type": "original", **original} if original else {},
        {"type": "conference", **event} if event else {},
    ]
    parents = [parent for parent in parents if parent]
    _set(entry, "parent", parents[0] if len(parents) == 1 else parents)


def _set_address(entry: Record, work: Work) -> None:
    if work.url and _is_address(work.url):
        date = _date(work.accessed)
        entry["url"] = {"value": work.url, "date": date} if date else work.url


_LABEL = re.compile(r"[A-Za-z\d_](?:[A-Za-z\d_-]*[A-Za-z\d_])?")


def _is_address(url: str) -> bool:
    """Whether every reader takes a text for an address (URL Standard): a scheme, a host of letters or numbers."""
    try:
        parts = urlsplit(url)
        host, _ = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
    except ValueError:
        return False
    if parts.scheme not in {"http", "https", "ftp"} or "\\" in parts.netloc or url != url.strip():
        return False
    labels = host.split(".")
    if labels[-1][:1].isdigit():
        try:
            ipaddress.IPv4Address(host)
        except ValueError:
            return False
    return all(_LABEL.fullmatch(label) and not label.startswith("xn--") for label in labels) or host.isascii() is False


def _set_serials(node: Record, work: Work, variables: dict[str, str]) -> None:
    found = {field: value for field, variable in variables.items() if (value := _of(work, variable))}
    if found:
        node["serial-number"] = {**node.get("serial-number", {}), **found}


def _date(date: PartialDate | None) -> str:
    """Return the first day, month or year of a date, ``~`` before an approximate one; nothing of words."""
    start = date.start if date else None
    if not isinstance(start, DatePart) or start.unspecified or not -9999 <= start.year <= 9999:
        return ""
    plain = DatePart(start.year, None if start.season else start.month, start.day)
    return ("~" if start.qualifier in {"~", "%"} else "") + str(plain)


def _persons(names: tuple[Name, ...]) -> Any:  # noqa: ANN401 - plain data
    persons = [_person(name) for name in names]
    return persons[0] if len(persons) == 1 else persons


def _person(name: Name) -> Any:  # noqa: ANN401 - plain data
    """Return a name as one text where every reader takes that apart in the same way, else its parts."""
    text = str(name)
    is_plain = name.is_bare or (text == name.literal and text[:1].isupper())
    if is_plain and "{" not in text and read_text(text) == (name,):
        return text
    family = " ".join(filter(None, (name.non_dropping_particle, name.family)))
    parts = {
        "name": name.literal or family or name.given, "given-name": name.given if family else None,
        "prefix": name.dropping_particle, "suffix": name.suffix,
    }  # fmt: skip
    return {part: text for part, text in parts.items() if text}
