"""Items of CSL-JSON: the variables of a work as CSL's schema has them, and the spellings that other programs use.

Our own keys (docs/data-format.md) stand under the item's ``custom`` object, which the schema leaves free; on the way in
they are taken from there and from the item itself. ``transliterated-author``, ``short-author`` and the like are lists
parallel to the names. What we have no variable for is kept and written back. Read as well: CSL 1.0 names, dates by
``year`` and ``month`` (pandoc, Better BibTeX), and what Crossref writes: lists of one, its own types, names with an
ORCID.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from tajikpeace_refs.model.csl_dates import plain_date
from tajikpeace_refs.model.date import PartialDate
from tajikpeace_refs.model.editorial import ExtraField
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.name_reading import read_text
from tajikpeace_refs.model.variables import DATE_VARIABLES, FIELDS, NAME_VARIABLES, SPELLING, Variables, dump_value

NAMES = frozenset(SPELLING[name] for name in NAME_VARIABLES)
DATES = frozenset(SPELLING[name] for name in DATE_VARIABLES)
_KNOWN = frozenset(SPELLING.values())
TEXTS = (
    frozenset(SPELLING[name] for name in FIELDS if Variables.model_fields[name].default is None)
    - DATES
    - {"locator", "link-review"}
)
"""Variables that hold one text."""
_OLD_SPELLINGS = {
    "event": "event-title", "shortTitle": "title-short", "journalAbbreviation": "container-title-short",
    "foreign": "extra", "article-number": "number",
}  # fmt: skip
_ANY_SPELLINGS = _OLD_SPELLINGS | {name.lower(): name for name in ("DOI", "ISBN", "ISSN", "PMCID", "PMID", "URL")}
_OURS_IN_NAMES = ("transliterated", "short")
"""Parts of names that CSL's schema does not know; they stand in lists under ``custom``, parallel to the names."""
_PARALLEL = {f"{part}-{names}": (names, part) for names in NAMES for part in _OURS_IN_NAMES}
NAME_PARTS = frozenset({
    "family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle", "comma-suffix",
    "static-ordering", "parse-names", "transliterated", "short",
})  # fmt: skip
_CROSSREF_TYPES = {
    "journal-article": "article-journal", "book-chapter": "chapter", "book-section": "chapter", "book-part": "chapter",
    "proceedings-article": "paper-conference", "posted-content": "article", "dissertation": "thesis",
    "monograph": "book", "edited-book": "book", "reference-book": "book", "proceedings": "book", "book-set": "book",
    "reference-entry": "entry", "report-component": "report", "peer-review": "review", "journal": "periodical",
    "journal-issue": "periodical", "database": "dataset", "component": "document", "grant": "document",
    "other": "document",
}  # fmt: skip
CROSSREF_TYPE = "custom.crossref-type"
"""Where Crossref's own type is kept: the schema leaves ``custom`` free."""

_OWN = frozenset(
    name for name in FIELDS
    if name.startswith(("translated_", "transliterated_", "archive_url", "archive_date", "retrieval_needed"))
    or name in {"printed", "corrections", "remarks", "link_review", "extra"}
)  # fmt: skip
"""Attributes that CSL's schema does not know; they stand under ``custom``."""

_SOURCE = "csl-json"
"""The format under which what we have no variable for is kept."""

Record = dict[str, Any]


def _json(value: Any) -> str:  # noqa: ANN401 - JSON
    return json.dumps(value, ensure_ascii=False)


def variables_of(item: Record, dumps: Callable[[Any], str] = _json) -> Record:
    """Return the variables of a CSL-JSON item, not validated yet; ``dumps`` writes what we have no variable for."""
    record, others = understood(item)
    record = with_extra(record, {key: dumps(value) for key, value in others.items()}, _SOURCE)
    return {key: value for key, value in record.items() if value is not None}


def understood(item: Record) -> tuple[Record, Record]:
    """Return the variables of an item of any program, and what it has beside them: by its key, or by ``custom.key``."""
    record, others = flatten(item)
    record, originals = plain(record, others)
    return record, others | originals


def with_extra(record: Record, fields: dict[str, str], source: str) -> Record:
    """Return a record with more extra fields of a format."""
    if not fields:
        return record
    held = record.get("extra")
    extra: Record = held if isinstance(held, dict) else {}
    given = extra.get(source)
    return {**record, "extra": {**extra, source: {**(given if isinstance(given, dict) else {}), **fields}}}


def variable_named(key: str) -> str:
    """Return the variable that a key of an item stands for, in CSL's spelling; a key of none is returned as it is."""
    return _ANY_SPELLINGS.get(key, key)


def is_plain(item: Record) -> bool:
    """Whether `flatten` would change nothing: no old spelling, nothing under ``custom``, no date as an object."""
    return _OLD_SPELLINGS.keys().isdisjoint(item) and "custom" not in item and not any(
        isinstance(item[name], (list, dict)) for name in DATES & item.keys()
    )  # fmt: skip


def flatten(item: Record, *, strict: bool = False) -> tuple[Record, Record]:
    """Return the variables of an item, and its other values: by their key, or by ``custom.key``.

    ``strict``: dates and keys have to be spelled as we and CSL spell them.
    """
    held = item.get("custom")
    custom = held if isinstance(held, dict) else {}
    record: Record = {}
    others: Record = {}
    spellings = _OLD_SPELLINGS if strict else _ANY_SPELLINGS
    # Ours first: a list of keywords under custom is exacter than CSL's text with commas.
    for place, holder in (("custom.", custom), ("", item)):
        for key, value in holder.items():
            if value is None or (value is custom and not place):
                continue
            if not _set(record, spellings.get(str(key), str(key)), value):
                others[place + key] = value
    for key in _PARALLEL.keys() & record.keys():
        names, part = _PARALLEL[key]
        record[names] = _with_part(record.get(names), part, record.pop(key))
    for name in DATES & record.keys():
        record[name] = _date_object(record[name]) if strict else plain_date(record[name])
    return record, others


def _set(record: Record, key: str, value: Any) -> bool:  # noqa: ANN401 - JSON
    """Set a variable of the record if the model has it; return whether the record now holds the value."""
    if key in _PARALLEL:
        record[key] = value
        return True
    if key not in _KNOWN or (key == "extra" and not isinstance(value, dict)):  # others have words under it
        return False
    if key in record:
        return key == "keyword" or bool(record[key] == value)
    record[key] = value
    return True


def _with_part(names: Any, part: str, forms: Any) -> Any:  # noqa: ANN401 - JSON
    """Return names with the part that a parallel list has of each, as the model holds them."""
    if not isinstance(names, list) or not isinstance(forms, list):
        return names
    pairs = zip(names, forms + [None] * len(names), strict=False)
    return [{**name, part: form} if form and isinstance(name, dict) else name for name, form in pairs]


def _date_object(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a date of ``{year, month, day}`` and one of nothing as we have them; any other stays."""
    points = value if isinstance(value, list) else [value]
    is_object = all(isinstance(point, dict) and (not any(point.values()) or "year" in point) for point in points)
    return plain_date(value) if is_object or plain_date(value) is None else value


def reads_as(text: str, date: PartialDate) -> bool:
    """Whether a text, read as a date, is a date: words may look like one, and other words like none."""
    try:
        return PartialDate.parse(text) == date
    except ValueError:
        return False


def plain(record: Record, others: Record) -> tuple[Record, Record]:
    """Return a record with the forms of Crossref and Zotero replaced by CSL's, and those that hold more, by key.

    What is understood among the ``others`` is taken out of them.
    """
    result = dict(record)
    kept: Record = {}
    crossref = record.get("type")
    if isinstance(crossref, str) and crossref in _CROSSREF_TYPES:
        result["type"] = _CROSSREF_TYPES[crossref]
        kept[CROSSREF_TYPE] = crossref
    for key, value in record.items():
        if key in NAMES and isinstance(value, list):
            result[key] = plain_names(value)
            if any(isinstance(name, dict) and name.keys() - NAME_PARTS for name in value):
                kept[key] = value
        elif key in TEXTS and _is_one_text(key, value):
            result[key] = ", ".join(value) or None
    if isinstance(event := result.get("event-title"), dict):
        del result["event-title"]
        kept |= _set_event(result, event)
    if len(titles := _texts(result.get("container-title"))) == 2 and result.get("type") in _IN_BOOKS:
        series, book = sorted(
            titles, key=lambda title: _SERIES.match(title) is None
        )  # Crossref gives it first, most often
        result["container-title"] = book
        result.setdefault("collection-title", series)
    _join_titles(result, others)
    _set_id(result, kept)
    return result, kept


_SERIES = re.compile(r"Lecture Notes in |SpringerBriefs |.*\b(?:Series|Proceedings Library)$")
"""Names of series; where both titles of a chapter are none, or both are, the first is that of the series."""
_IN_BOOKS = frozenset({"chapter", "paper-conference", "entry", "entry-encyclopedia", "entry-dictionary"})


def _texts(value: Any) -> list[str]:  # noqa: ANN401 - JSON
    """Return the texts of a text or a list of texts; none of anything else."""
    texts = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return [text.strip() for text in texts if text.strip()] if all(isinstance(text, str) for text in texts) else []


def _set_event(record: Record, event: Record) -> Record:
    """Set the variables of Crossref's event object; return it, to be kept, if it holds more."""
    points = [plain_date(event[end]) for end in ("start", "end") if event.get(end)]
    parts = [point for date in points if isinstance(date, dict) for point in date.get("date-parts", [])]
    found = {"event-title": event.get("name"), "event-place": event.get("location"),
             "event-date": {"date-parts": parts} if parts else None}  # fmt: skip
    for variable, value in found.items():
        if value:
            record.setdefault(variable, value)
    return {"custom.crossref-event": event} if event.keys() - {"name", "location", "start", "end"} else {}


def _join_titles(record: Record, others: Record) -> None:
    """Put Crossref's subtitle after the title, unless that has it, and take its short title of the container."""
    if subtitles := _texts(others.get("subtitle")):
        del others["subtitle"]
        title = " ".join(_texts(record.get("title")))
        for subtitle in subtitles:
            if subtitle.casefold() not in title.casefold():
                title += f"{' ' if title[-1:] in {'?', '!', ':'} else ': '}{subtitle}" if title else subtitle
        record["title"] = title
    if titles := _texts(others.get("short-container-title")):
        del others["short-container-title"]
        record.setdefault("container-title-short", titles[0])


_NO_KEY = re.compile(r".*://.*|\d+/[A-Z0-9]{8}")


def _set_id(record: Record, kept: Record) -> None:
    """Take Zotero's citation key for the id, where there is none or it is an address or number of the item."""
    held, key = record.get("id"), record.get("citation-key")
    if isinstance(key, str) and key and (held is None or _NO_KEY.fullmatch(str(held))):
        record["id"] = key
        if held is not None:
            kept["custom.item-id"] = str(held)


def _is_one_text(key: str, value: Any) -> bool:  # noqa: ANN401 - JSON
    """Whether a list holds one text, or several numbers of a standard."""
    texts = isinstance(value, list) and all(isinstance(text, str) for text in value)
    return texts and (len(value) <= 1 or key in {"ISSN", "ISBN"})


def plain_names(names: list[Any]) -> list[Any]:
    """Return names with the parts that CSL knows, without empty ones; Crossref's ``name`` becomes ``literal``."""
    return [_plain_name(name) if isinstance(name, dict) else name for name in names]


def names_with_parts(names: list[Any]) -> list[Any]:
    """Return what `plain_names` returns, with the parts of names that are written as a text."""
    texts = [read_text(name) if isinstance(name, str) and name.strip() else (name,) for name in plain_names(names)]
    return [dump_value(name) if isinstance(name, Name) else name for several in texts for name in several]


def _plain_name(name: Record) -> Record:
    known = {part: text for part, text in name.items() if part in NAME_PARTS and text not in ("", None)}
    if "name" in name and known.keys().isdisjoint({"family", "literal"}):
        known["literal"] = name["name"]
    return known


def csl_item(work: Variables, loads: Callable[[str], Any] = json.loads) -> Record:
    """Return the CSL-JSON item of a work; ``loads`` reads what was kept of another item."""
    item: Record = {}
    custom: Record = {}
    for name, value in work.variables().items():
        key = SPELLING[name]
        if name == "extra":
            _put_extra(value, item, custom, loads)
        elif name in _OWN:
            custom[key] = dump_value(value)
        elif name == "keyword":
            item[key] = ", ".join(value)
            if any("," in word for word in value):
                custom["keyword"] = list(value)
        elif name in NAME_VARIABLES:
            item[key] = [_bare_name(name_) for name_ in value]
            custom |= _own_parts(key, value)
        elif not isinstance(value, PartialDate) or str(value):
            item[key] = dump_value(value)
    if custom:
        item["custom"] = custom
    return item


def _own_parts(key: str, names: tuple[Name, ...]) -> Record:
    """Return the lists of the parts of names that CSL's schema does not know."""
    return {
        f"{part}-{key}": [name.to_csl().get(part) for name in names]
        for part in _OURS_IN_NAMES
        if any(getattr(name, part) for name in names)
    }


def _bare_name(name: Name) -> Record:
    return {key: value for key, value in name.to_csl().items() if key not in _OURS_IN_NAMES}


def _put_extra(fields: tuple[ExtraField, ...], item: Record, custom: Record, loads: Callable[[str], Any]) -> None:
    """Put what was kept back to where it stood; names only while they are those of the work."""
    others: dict[str, dict[str, str | list[str]]] = dump_value(fields)
    for key, text in others.pop(_SOURCE, {}).items():
        place, name = (custom, key.removeprefix("custom.")) if key.startswith("custom.") else (item, key)
        try:
            value = loads(text if isinstance(text, str) else text[0])
        except ValueError:
            value = text
        if key not in NAMES:
            place.setdefault(name, value)
        elif isinstance(value, list) and plain_names(value) == item.get(key):
            item[key] = value
    if others:
        custom["extra"] = others
