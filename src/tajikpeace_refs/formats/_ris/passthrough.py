"""Values that RIS has no tag for, in lines ``ZZ  - csl-VARIABLE: value``, which other programs ignore.

A value stands as plain text where that reads back the same, else as JSON: paragraphs, words in place of a date, names
that ``family, given, suffix`` cannot hold.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from tajikpeace_refs.formats._ris.lines import Line
from tajikpeace_refs.formats._ris.matrix import PASSTHROUGH as TAG
from tajikpeace_refs.model.csl import reads_as
from tajikpeace_refs.model.date import PartialDate
from tajikpeace_refs.model.editorial import ExtraField, parse_extra
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.name_reading import read_text
from tajikpeace_refs.model.validation import validate
from tajikpeace_refs.model.work import NAME_VARIABLES, SPELLING, TYPES, Work

_LINE = re.compile(r"csl-([A-Za-z_-]+): (.*)")
_ATTRIBUTE = {spelling: name for name, spelling in SPELLING.items() if name not in {"id", "type", "extra"}}


def one_line(text: str) -> str:
    """Return a text as one line of RIS holds it: paragraphs joined by spaces, none at its ends."""
    if text.isprintable():
        return text.strip()
    return " ".join(filter(None, map(str.strip, text.splitlines())))


def passthrough_lines(variable: str, value: Any) -> list[Line]:  # noqa: ANN401 - any value
    """Return the passthrough lines of a variable: one for each name of a list of names, else one."""
    names = isinstance(value, tuple) and variable in NAME_VARIABLES
    return [(TAG, f"csl-{SPELLING[variable]}: {_encoded(item)}") for item in (value if names else (value,))]


def extra_line(field: ExtraField) -> Line:
    """Return the passthrough line of another format's field."""
    text = str(field)
    is_lossless = one_line(text) == text and parse_extra(text) == field
    return TAG, f"csl-foreign: {text if is_lossless else _json(field)}"


def _encoded(item: Any) -> str:  # noqa: ANN401 - any value
    """Return a value as plain text where that is lossless, else as JSON."""
    if item is True:
        return "true"
    text = str(item)
    data: Any = text
    is_lossless = True
    if isinstance(item, Name):
        is_lossless, data = read_text(text) == (item,), item.to_csl()
    elif isinstance(item, PartialDate):
        is_lossless, data = reads_as(text, item), item.to_csl()
    elif isinstance(item, tuple):
        is_lossless, data = False, item
    return text if is_lossless and one_line(text) == text and _decoded(text) == text else _json(data)


def _json(data: Any) -> str:  # noqa: ANN401 - JSON
    return json.dumps(data, ensure_ascii=False)


def _decoded(text: str) -> Any:  # noqa: ANN401 - JSON
    """Return the data that a text is JSON of; the text itself where it is none."""
    if text[:1] not in '"{[':
        return text
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


class Passthrough:
    """What the passthrough lines of a record hold: a type, an id, variables and extra fields.

    Lines of other programs, and those with a value that their variable cannot have, become extra fields.
    """

    def __init__(self, values: Iterable[str]) -> None:
        self.type: str | None = None
        self.id: str | None = None
        self.variables: dict[str, Any] = {}
        self.extra: list[ExtraField] = []
        groups: dict[str, list[str]] = {}
        for value in values:
            match = _LINE.fullmatch(value)
            label, data = (match[1], _decoded(match[2])) if match else ("", None)
            if label in _ATTRIBUTE:
                groups.setdefault(_ATTRIBUTE[label], []).append(value)
            elif label == "type" and data in TYPES:
                self.type = data
            elif label == "id" and isinstance(data, str) and data:
                self.id = data
            elif label == "foreign" and (field := _extra(data)):
                self.extra.append(field)
            else:
                self._keep(value)
        for variable, lines in groups.items():
            self._add(variable, lines)

    def _add(self, variable: str, lines: list[str]) -> None:
        values = [_decoded(line.split(": ", 1)[1]) for line in lines]
        is_list = isinstance(Work.model_fields[variable].default, tuple)
        value = values[0] if len(values) == 1 and (not is_list or isinstance(values[0], list)) else values
        outcome = validate({"id": "x", "type": "document", variable: value})
        if isinstance(outcome, Work):
            self.variables[variable] = getattr(outcome, variable)
        else:
            self._keep(*lines)

    def _keep(self, *values: str) -> None:
        self.extra += [ExtraField("ris", TAG, value) for value in values]


def _extra(value: Any) -> ExtraField | None:  # noqa: ANN401 - JSON
    if isinstance(value, list) and len(value) == 3 and all(isinstance(part, str) for part in value):
        return ExtraField(*value)
    return parse_extra(value) if isinstance(value, str) else None
