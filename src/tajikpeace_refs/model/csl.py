"""Items of CSL-JSON: the variables of a work as CSL's schema has them, and the spellings that other programs use.

Our own keys (docs/data-format.md) stand under the item's ``custom`` object, which the schema leaves free; on the way in
they are taken from there and from the item itself. ``transliterated-author``, ``short-author`` and the like are lists
parallel to the names. What we have no variable for is kept and written back. Read as well: CSL 1.0 names, dates by
``year`` and ``month`` (pandoc, Better BibTeX), and what Crossref writes: lists of one, its own types, names with an
ORCID.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tajikpeace_refs.model.date import PartialDate
from tajikpeace_refs.model.editorial import ExtraField
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.variables import DATE_VARIABLES, FIELDS, NAME_VARIABLES, SPELLING, Variables, dump_value

NAMES = frozenset(SPELLING[name] for name in NAME_VARIABLES)
DATES = frozenset(SPELLING[name] for name in DATE_VARIABLES)
_KNOWN = frozenset(SPELLING.values())
TEXTS = (
    frozenset(SPELLING[name] for name in FIELDS if Variables.model_fields[name].default is None) - DATES - {"locator"}
)
"""Variables that hold one text."""
_OLD_SPELLINGS = {
    "event": "event-title", "shortTitle": "title-short", "journalAbbreviation": "container-title-short",
    "foreign": "extra",
}  # fmt: skip
_OURS_IN_NAMES = ("transliterated", "short")
"""Parts of names that CSL's schema does not know; they stand in lists under ``custom``, parallel to the names."""
_NAME_PARTS = frozenset({
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
    or name in {"printed", "corrections", "remarks", "extra"}
)  # fmt: skip
"""Attributes that CSL's schema does not know; they stand under ``custom``."""

_SOURCE = "csl-json"
"""The format under which what we have no variable for is kept."""

Record = dict[str, Any]


def _json(value: Any) -> str:  # noqa: ANN401 - JSON
    return json.dumps(value, ensure_ascii=False)


def variables_of(item: Record, dumps: Callable[[Any], str] = _json) -> Record:
    """Return the variables of a CSL-JSON item, not validated yet; ``dumps`` writes what we have no variable for."""
    record, others = flatten(item)
    record, originals = plain(record)
    if others or originals:
        kept = record.get("extra")
        ours = {key: dumps(value) for key, value in (others | originals).items()}
        record["extra"] = {**(kept if isinstance(kept, dict) else {}), _SOURCE: ours}
    return {key: value for key, value in record.items() if value is not None}


def is_plain(item: Record) -> bool:
    """Whether `flatten` would change nothing: no old spelling, nothing under ``custom``, no date as an object."""
    return _OLD_SPELLINGS.keys().isdisjoint(item) and "custom" not in item and not any(
        isinstance(item[name], (list, dict)) for name in DATES & item.keys()
    )  # fmt: skip


def flatten(item: Record) -> tuple[Record, Record]:
    """Return the variables of an item, and its other values: by their key, or by ``custom.key``."""
    held = item.get("custom")
    custom = held if isinstance(held, dict) else {}
    record: Record = {}
    others: Record = {}
    # Ours first: a list of keywords under custom is exacter than CSL's text with commas.
    for place, holder in (("custom.", custom), ("", item)):
        for key, value in holder.items():
            if value is None or (value is custom and not place):
                continue
            if not _set(record, _OLD_SPELLINGS.get(str(key), str(key)), value):
                others[place + key] = value
    for part in _OURS_IN_NAMES:
        for key in [key for key in record if _names_of(key, part)]:
            record[_names_of(key, part)] = _with_part(record.get(_names_of(key, part)), part, record.pop(key))
    for name in DATES & record.keys():
        record[name] = _date(record[name])
    return record, others


def _set(record: Record, key: str, value: Any) -> bool:  # noqa: ANN401 - JSON
    """Set a variable of the record if the model has it; return whether the record now holds the value."""
    if any(_names_of(key, part) for part in _OURS_IN_NAMES):
        record[key] = value
        return True
    if key not in _KNOWN or (key == "extra" and not isinstance(value, dict)):  # others have words under it
        return False
    if key in record:
        return key == "keyword" or bool(record[key] == value)
    record[key] = value
    return True


def _names_of(key: str, part: str) -> str:
    """Return the names that a list is parallel to: ``author`` of ``short-author``; an empty text for other keys."""
    names = key.removeprefix(f"{part}-")
    return names if names != key and names in NAMES else ""


def _with_part(names: Any, part: str, forms: Any) -> Any:  # noqa: ANN401 - JSON
    """Return names with the part that a parallel list has of each, as the model holds them."""
    if not isinstance(names, list) or not isinstance(forms, list):
        return names
    pairs = zip(names, forms + [None] * len(names), strict=False)
    return [{**name, part: form} if form and isinstance(name, dict) else name for name, form in pairs]


def _date(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return ``{year, month, day}``, or a list of one or two of them, as ``date-parts``; None for parts of nothing."""
    if isinstance(value, dict) and _is_empty(value.get("date-parts")):
        return {name: held for name, held in value.items() if name != "date-parts"} or None
    points = value if isinstance(value, list) else [value]
    if not points or not all(isinstance(point, dict) and "year" in point for point in points):
        return value
    parts = [[point[part] for part in ("year", "month", "day") if point.get(part)] for point in points]
    rest = {key: held for key, held in points[0].items() if key not in {"year", "month", "day"}}
    return {"date-parts": parts, **rest}


def reads_as(text: str, date: PartialDate) -> bool:
    """Whether a text, read as a date, is a date: words may look like one, and other words like none."""
    try:
        return PartialDate.parse(text) == date
    except ValueError:
        return False


def _is_empty(parts: Any) -> bool:  # noqa: ANN401 - JSON
    """Whether date-parts are Crossref's ``[[null]]`` or pandoc's ``[[0]]``: no date."""
    return bool(parts) and isinstance(parts, list) and all(_is_nothing(point) for point in parts)


def _is_nothing(point: Any) -> bool:  # noqa: ANN401 - JSON
    return isinstance(point, list) and bool(point) and all(part in (None, 0, "0") for part in point)


def plain(record: Record) -> tuple[Record, Record]:
    """Return a record with Crossref's forms replaced by CSL's, and those originals that hold more, by key."""
    result = dict(record)
    kept: Record = {}
    crossref = record.get("type")
    if isinstance(crossref, str) and crossref in _CROSSREF_TYPES:
        result["type"] = _CROSSREF_TYPES[crossref]
        kept[CROSSREF_TYPE] = crossref
    for key, value in record.items():
        if key in NAMES and isinstance(value, list):
            result[key] = plain_names(value)
            if any(isinstance(name, dict) and name.keys() - _NAME_PARTS for name in value):
                kept[key] = value
        elif key in TEXTS and _is_one_text(key, value):
            result[key] = ", ".join(value) or None
    return result, kept


def _is_one_text(key: str, value: Any) -> bool:  # noqa: ANN401 - JSON
    """Whether a list holds one text, or several numbers of a standard."""
    texts = isinstance(value, list) and all(isinstance(text, str) for text in value)
    return texts and (len(value) <= 1 or key in {"ISSN", "ISBN"})


def plain_names(names: list[Any]) -> list[Any]:
    """Return names with the parts that CSL knows, without empty ones; Crossref's ``name`` becomes ``literal``."""
    return [_plain_name(name) if isinstance(name, dict) else name for name in names]


def _plain_name(name: Record) -> Record:
    known = {part: text for part, text in name.items() if part in _NAME_PARTS and text not in ("", None)}
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
