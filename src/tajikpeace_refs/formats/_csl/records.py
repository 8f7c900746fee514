"""Works of the records of CSL-YAML: strictly, as our own files are checked, or leniently, as others' are read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tajikpeace_refs.model.csl import (
    CROSSREF_TYPE,
    NAME_PARTS,
    NAMES,
    TEXTS,
    flatten,
    is_plain,
    names_with_parts,
    reads_as,
    understood,
    with_extra,
)
from tajikpeace_refs.model.date import PartialDate
from tajikpeace_refs.model.leniency import Outcome, validate_leniently, with_outcome
from tajikpeace_refs.model.validation import Mistake, Path, unknown_key, validate
from tajikpeace_refs.model.work import SPELLING, Work, dump_value
from tajikpeace_refs.text.markdown import address_from_markdown, address_to_markdown, from_markdown, to_markdown

NAME = "csl-yaml"
"""The format under which keys are kept that we have no variable for."""
Record = dict[str, Any]
_SPELLED = frozenset(SPELLING.values())
# What pandoc reads as Markdown is everything; what no style prints as prose is not changed here.
ADDRESSES = frozenset({"DOI", "ISBN", "ISSN", "PMID", "PMCID", "URL"})
_PROSE = (TEXTS | {"subtitle"}) - ADDRESSES - {"archive-url", "citation-key", "language", "printed", "year-suffix"}
_FROM_MARKDOWN = dict.fromkeys(_PROSE, from_markdown) | dict.fromkeys(ADDRESSES, address_from_markdown)
_TO_MARKDOWN = dict.fromkeys(_PROSE, to_markdown) | dict.fromkeys(ADDRESSES, address_to_markdown)


def without_markdown(record: Record) -> Record:
    """Return a record whose texts are those of the model."""
    return _converted(record, _FROM_MARKDOWN, from_markdown)


def read_strictly(record: Any) -> Work | list[Mistake]:  # noqa: ANN401 - plain data
    """Return the work of a record, or its mistakes; our keys may stand under ``custom``, as in CSL-JSON."""
    if not isinstance(record, dict):
        return validate(record)
    record = without_markdown(record)
    # The models take their own attribute names too; in a file there is one spelling of a key.
    if wrong := [key for key in record if SPELLING.get(key, key) != key]:
        mistakes = [
            Mistake((key,), f"unknown key {key!r}, did you mean {SPELLING[key]!r}?", at_key=True) for key in wrong
        ]
        rest = validate({key: value for key, value in record.items() if key not in wrong})
        return [*mistakes, *(rest if isinstance(rest, list) else ())]
    if is_plain(record):
        return validate(record)
    values, others = flatten(record, strict=True)
    custom = {key.removeprefix("custom.") for key in others if key.startswith("custom.")}
    outcome = validate({**values, **{key.removeprefix("custom."): value for key, value in others.items()}})
    if isinstance(outcome, list):
        return [m._replace(path=("custom", *m.path)) if {*m.path[:1]} & custom else m for m in outcome]
    return outcome


def read_leniently(record: Any) -> Outcome:  # noqa: ANN401 - plain data
    """Return the work of a record as far as it is understood; the rest is kept, with a warning for each."""
    if not isinstance(record, dict):
        return Outcome(validate(record), [])
    record = without_markdown(record)
    if is_plain(record) and SPELLING.keys().isdisjoint(record.keys() - _SPELLED):
        outcome = validate(record)
        if not isinstance(outcome, list):
            return Outcome(outcome, [])
    values, others = understood(record)
    if others.pop(CROSSREF_TYPE, None):  # another program's type is a mistake here
        values["type"] = record["type"]
    kept = {key: json.dumps(value, ensure_ascii=False) for key, value in others.items()}
    result, warnings = validate_leniently(with_extra(values, kept, NAME), NAME, json.dumps)
    return Outcome(result, [*warnings, *_unknown_keys(record, others)])


def _unknown_keys(record: Record, others: Record) -> Iterator[Mistake]:
    paths: list[Path] = [tuple(key.split(".", 1)) if key.startswith("custom.") else (key,) for key in others]
    for variable in NAMES & record.keys():
        names = record[variable] if isinstance(record[variable], list) else [record[variable]]
        for number, name in enumerate(names):
            unknown = name.keys() - NAME_PARTS if isinstance(name, dict) else ()
            paths += [(variable, number, part) for part in name if part in unknown]
    for path in paths:
        if path[0] not in NAMES or len(path) > 1:
            message, is_near = unknown_key(path[path[0] == "custom" and len(path) > 1 :])
            key = message if is_near else f"unknown key {path[-1]!r}"
            yield Mistake(path, with_outcome(key), at_key=True)


def dump(data: Record) -> Record:
    """Return the plain data of a work as YAML holds it: texts as Markdown, unknown keys where they stood."""
    extra = data.get("extra", {})
    if kept := extra.get(NAME):
        data = {**data, "extra": {name: fields for name, fields in extra.items() if name != NAME}}
        if not data["extra"]:
            del data["extra"]
        for key, text in kept.items():
            _put_back(data, key, text)
    return _converted(data, _TO_MARKDOWN, to_markdown)


def plain_value(value: Any) -> Any:  # noqa: ANN401 - any field
    """Return the value of a variable as YAML holds it: a date as EDTF text, everything else as in CSL-JSON."""
    if not isinstance(value, PartialDate):
        return dump_value(value)
    # Words that would not be read as a date ("535 BCE"), or as another one, are marked as words; so are "in press" and
    # the like: unmarked ones are no date to pandoc, which prints n.d.
    text = str(value)
    return text if not text or (reads_as(text, value) and not value.is_in_press) else {"literal": text}


def _put_back(data: Record, key: str, text: Any) -> None:  # noqa: ANN401 - text, or what somebody wrote there
    """Set a key to the value that was kept of it; names only while they are those of the work."""
    try:
        value = json.loads(text)
    except (TypeError, ValueError):
        value = text
    place, key = (data.setdefault("custom", {}), key[7:]) if key.startswith("custom.") else (data, key)
    if key not in NAMES:
        place.setdefault(key, value)
    elif isinstance(value, list) and names_with_parts(value) == place.get(key, []):
        place[key] = value


def kept_names(kept: list[Any], old: list[Record], new: list[Record]) -> list[Any]:
    """Return new names with the parts that were kept of the old ones; none where no name has such a part.

    Args:
        kept: the old names as they were read, with parts that we do not know.
        old: the old names as we have them.
        new: the new names as we have them.
    """
    if len(kept) != len(old):
        return []
    rest = [*zip(old, kept, strict=True)]
    names: list[Any] = []
    for name in new:
        pair = next((each for each in rest if each[0] == name), None)
        pair = pair or next((each for each in rest if each[0] not in new and _is_same_person(each[0], name)), None)
        names.append(pair[1] if pair and pair[0] == name else {**name, **_unknown_parts(pair[1])} if pair else name)
        if pair:
            rest.remove(pair)
    return names if any(map(_unknown_parts, names)) else []


def _unknown_parts(name: Any) -> Record:  # noqa: ANN401 - plain data
    return {part: text for part, text in name.items() if part not in NAME_PARTS} if isinstance(name, dict) else {}


def _is_same_person(one: Record, other: Record) -> bool:
    return "family" in one and one["family"] == other.get("family")


def _converted(data: Record, convert: Mapping[str, Callable[[str], str]], convert_name: Callable[[str], str]) -> Record:
    """Return the data of a work with its texts and the parts of its names converted, to Markdown or from it."""
    changed: Record = {}
    for key, value in data.items():
        if type(value) is str:
            new: Any = convert[key](value) if key in convert else convert_name(value) if key in NAMES else value
        else:
            new = _converted_names(value, convert_name) if key in NAMES else value
        if new != value:
            changed[key] = new
    return data | changed if changed else data


def _converted_names(names: Any, convert: Callable[[str], str]) -> Any:  # noqa: ANN401 - raw input
    """Return a name, its parts, or a list of names with every text in it converted."""
    if isinstance(names, str):
        return convert(names)
    if isinstance(names, list):
        return [_converted_names(name, convert) for name in names]
    return {part: _converted_names(held, convert) for part, held in names.items()} if isinstance(names, dict) else names
