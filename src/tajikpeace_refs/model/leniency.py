"""From other people's data to a work: a value that cannot be understood costs that value, not the work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from tajikpeace_refs.model.csl import DATES, NAMES, TEXTS, Record, with_extra
from tajikpeace_refs.model.validation import Mistake, validate
from tajikpeace_refs.model.work import Work

KEPT = "it is kept as an extra field"
_FATAL = frozenset({"id", "type", "title"})
_OF_ACCESS = frozenset({"accessed", "archive-date", "available-date", "submitted"})
"""Dates that nobody needs in words."""


class Outcome(NamedTuple):
    """What became of a record: a work, or what refuses it; and a warning for each value that was not understood."""

    result: Work | list[Mistake]
    warnings: list[Mistake]


def validate_leniently(record: Record, source: str, dumps: Callable[[Any], str]) -> Outcome:
    """Return the work of variables, with the values that are not valid among its extra fields.

    Args:
        record: the variables, in CSL's spelling.
        source: the format under which a value is kept, to be written back there.
        dumps: writes such a value.
    """
    warnings = []
    if record.get("type") is None and {"id", "title"} <= record.keys():
        record = {**record, "type": "document"}
        warnings.append(Mistake(("type",), "is missing; read as document"))
    outcome = validate(record)
    if not isinstance(outcome, list):
        return Outcome(outcome, warnings)
    faults: dict[Any, list[Mistake]] = {}
    for mistake in outcome:
        faults.setdefault(mistake.path[0] if mistake.path else "", []).append(mistake)
    repaired, kept = dict(record), {}
    for variable, mistakes in faults.items():
        if variable not in record:
            return Outcome(outcome, [])
        value = repaired.pop(variable)
        words = _understood(variable, value, mistakes)
        if words is not None:
            repaired[variable] = words
        elif variable in _FATAL:
            return Outcome(outcome, [])
        if words is None or variable in NAMES:
            kept[variable] = dumps(value)
        warnings += _warnings(variable, mistakes, words)
    again = validate(with_extra(repaired, kept, source))
    return Outcome(outcome, []) if isinstance(again, list) else Outcome(again, warnings)


def _understood(variable: str, value: Any, mistakes: list[Mistake]) -> Any:  # noqa: ANN401 - raw input
    """Return what can be read of a value that is not valid; None if it is nothing."""
    if variable in DATES:
        return {"literal": value} if isinstance(value, str) and variable not in _OF_ACCESS else None
    if variable in TEXTS and isinstance(value, list):
        return next((text for text in value if isinstance(text, str) and text.strip()), None)
    if variable in NAMES and isinstance(value, list):
        wrong = {mistake.path[1:3] for mistake in mistakes}
        return [_part(name, number, wrong) for number, name in enumerate(value) if (number,) not in wrong] or None
    return None


def _part(name: Any, number: int, wrong: set[tuple[str | int, ...]]) -> Any:  # noqa: ANN401 - raw input
    """Return a name without its wrong parts."""
    if not isinstance(name, dict):
        return name
    return {part: text for part, text in name.items() if (number, part) not in wrong}


def _warnings(variable: str, mistakes: list[Mistake], understood: Any) -> Iterator[Mistake]:  # noqa: ANN401 - raw input
    how = "it is kept as words" if variable in DATES and understood else KEPT
    if variable in TEXTS and understood:
        how = f"{understood!r} is taken"
    for mistake in mistakes:
        yield mistake._replace(message=with_outcome(mistake.message, how))


def with_outcome(message: str, outcome: str = KEPT) -> str:
    """Return the message of a mistake with what becomes of the value."""
    return f"{message} {outcome[0].upper()}{outcome[1:]}" if message.endswith("?") else f"{message}; {outcome}"
