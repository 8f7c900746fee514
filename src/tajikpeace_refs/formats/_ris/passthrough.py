"""What RIS has no tag for, in lines ``ZZ  - csl-VARIABLE: value``, which other programs pass over.

A value stands as plain text where that reads back the same, else as JSON: paragraphs, words in place of a date, names
that ``family, given, suffix`` cannot say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from tajikpeace_refs.formats._csl.compat import TEXTS, reads_as
from tajikpeace_refs.model.date import PartialDate, csl_date
from tajikpeace_refs.model.editorial import ForeignField, parse_carried
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.validation import validate
from tajikpeace_refs.model.work import SPELLING, TYPES, Work

CARRIER = "ZZ"
"""The tag of what has no tag of its own."""

_CARRIED = re.compile(r"csl-([A-Za-z_-]+): (.*)")
_ATTRIBUTE = {spelling: name for name, spelling in SPELLING.items() if name not in {"id", "type", "foreign"}}
# What is text needs no validation.
_TEXTS = frozenset(_ATTRIBUTE[name] for name in TEXTS)


def one_line(text: str) -> str:
    """Return a text as one line of RIS holds it."""
    if text.isprintable() and text == text.strip():
        return text
    return " ".join(filter(None, map(str.strip, text.splitlines())))


def carry(variable: str, value: Any) -> Iterator[str]:  # noqa: ANN401 - any value
    """Yield the carried lines of a value of a work: a line an item where it is a list."""
    for item in value if isinstance(value, tuple) else (value,):
        yield f"csl-{SPELLING[variable]}: {_text(item)}"


def carry_whole(variable: str, value: str | tuple[str, ...]) -> str:
    """Return one carried line, in JSON, for a text or a whole list of words."""
    return f"csl-{SPELLING[variable]}: {json.dumps(value, ensure_ascii=False)}"


def carry_foreign(field: ForeignField) -> str:
    """Return the carried line of another format's field."""
    text = str(field)
    whole = one_line(text) == text and parse_carried(text) == field
    return f"csl-foreign: {text if whole else json.dumps(field, ensure_ascii=False)}"


def _text(item: Any) -> str:  # noqa: ANN401 - any value
    if item is True:
        return "true"
    text = str(item)
    data: Any = text
    same = True
    if isinstance(item, Name):
        same, data = Name.parse(text) == item, item.plain()
    elif isinstance(item, PartialDate):
        same, data = reads_as(text, item), csl_date(item)
    return text if same and one_line(text) == text and _decoded(text) == text else json.dumps(data, ensure_ascii=False)


def _decoded(text: str) -> Any:  # noqa: ANN401 - JSON
    if text[:1] not in '"{[':
        return text
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


class Carried:
    """What the carried lines of a record say; what is not ours, or says nothing, is kept as it came."""

    def __init__(self, values: Iterable[str]) -> None:
        self.type: str | None = None
        self.id: str | None = None
        self.variables: dict[str, Any] = {}
        self.foreign: list[ForeignField] = []
        found: dict[str, list[str]] = {}
        for value in values:
            match = _CARRIED.fullmatch(value)
            if match and match[1] in _ATTRIBUTE:
                found.setdefault(_ATTRIBUTE[match[1]], []).append(value)
            elif not match or not self._take(match[1], _decoded(match[2])):
                self._keep(value)
        for variable, lines in found.items():
            self._variable(variable, lines)

    def _take(self, label: str, value: Any) -> bool:  # noqa: ANN401 - JSON
        if label == "type" and value in TYPES:
            self.type = value
        elif label == "id" and isinstance(value, str) and value:
            self.id = value
        elif label == "foreign" and (field := _foreign(value)):
            self.foreign.append(field)
        else:
            return False
        return True

    def _variable(self, variable: str, lines: list[str]) -> None:
        values = [_decoded(line.split(": ", 1)[1]) for line in lines]
        if variable in _TEXTS and len(values) == 1 and isinstance(values[0], str):
            self.variables[variable] = values[0]
            return
        is_list = isinstance(Work.model_fields[variable].default, tuple)
        value = values[0] if len(values) == 1 and (not is_list or isinstance(values[0], list)) else values
        outcome = validate({"id": "x", "type": "document", variable: value})
        if isinstance(outcome, list):
            for line in lines:
                self._keep(line)
        else:
            self.variables[variable] = getattr(outcome, variable)

    def _keep(self, value: str) -> None:
        self.foreign.append(ForeignField("ris", CARRIER, value))


def _foreign(value: Any) -> ForeignField | None:  # noqa: ANN401 - JSON
    if isinstance(value, list) and len(value) == 3 and all(isinstance(part, str) for part in value):
        return ForeignField(*value)
    return parse_carried(value) if isinstance(value, str) else None
