"""What a work holds beside the bibliographic data: corrections, a review of its link, and fields of other formats."""

from __future__ import annotations

import re
from datetime import date as day
from itertools import chain
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, ValidatorFunctionWrapHandler, WrapValidator, model_validator

from tajikpeace_refs.model.base import Value, refuse_characters

DRAFTED = "drafted from the printed form, not yet confirmed"
"""The remark that every work begins with that was read from a printed list; to confirm the work is to take it away."""
UNREAD, DOUBTFUL = "unread: ", "doubtful: "
"""How remarks of such a work begin: what of the printed form is in no field, and fields that may be others."""


def confirmed_remarks(remarks: tuple[str, ...]) -> tuple[str, ...]:
    """Return the remarks of a work without those that say that it is a draft, and what in it is to be looked at.

    >>> confirmed_remarks((DRAFTED, "unread: [sic]", "doubtful: title", "heading: Books"))
    ('heading: Books',)
    """
    return tuple(each for each in remarks if each != DRAFTED and not each.startswith((UNREAD, DOUBTFUL)))


class Correction(Value):
    """One mistake, or apparent mistake, in the reference as printed."""

    variable: str
    """The CSL variable that the mistake is in, or ``printed`` where it is in none. Example: ``title``."""
    printed: str
    """The words as printed. Example: ``miror``."""
    corrected: str
    """The words as they should be. Example: ``mirror``."""
    basis: Literal["evident", "known", "stet"]
    """``evident``: the printed text proves it; ``known``: other sources are needed; ``stet``: it looks wrong but is
    right. Example: ``evident``."""
    certainty: Literal["certain", "likely"]
    """``certain``: confirmed by the printed text or public sources; ``likely``: not confirmed.
    Example: ``certain``."""
    reason: str
    """Why this is a mistake, or is none. Example: ``one letter missing``."""
    applied: bool
    """Whether the work has the corrected form. Example: ``true``."""

    _characters = model_validator(mode="after")(refuse_characters)


LinkVerdict = Literal[
    "dead", "soft-404", "malformed", "archived", "missing", "uncertain", "moved", "redirected", "skipped", "alive"
]
"""What a check of an address may find, the most serious first (docs/links.md)."""


def _iso_day(text: str) -> str:
    return day.fromisoformat(text).isoformat()


Day = Annotated[str, AfterValidator(_iso_day)]


class LinkReview(Value):
    """A verdict of ``check-links`` that the editor accepts: it is reported again only if it changes."""

    date: Day
    """The day of the decision. Example: ``2026-05-01``."""
    verdict: LinkVerdict
    """The verdict of ``check-links`` that is accepted. Example: ``dead``."""
    reason: str
    """Why the verdict is accepted. Example: ``the office was closed; the printed report is in the library``."""

    _characters = model_validator(mode="after")(refuse_characters)


class ExtraField(NamedTuple):
    """A field of another format that CSL has no variable for; it is written back to that format only."""

    format: str
    """The name of the format: ``bibtex``."""
    field: str
    """The name of the field there: ``mrnumber``."""
    value: str
    """Its value, as text."""

    def __str__(self) -> str:
        return f"{self.format} {self.field}: {self.value}"


def parse_extra(text: str) -> ExtraField | None:
    """Return the extra field that ``FORMAT FIELD: value`` stands for: so one format passes on the fields of another.

    >>> parse_extra("bibtex eprint: math/0307200")
    ExtraField(format='bibtex', field='eprint', value='math/0307200')
    """
    match = re.fullmatch(r"([a-z-]+) ([^\s:]+): (.*)", text, re.DOTALL)
    return ExtraField(match[1], match[2], match[3]) if match else None


def _to_extra(value: Any, validate: ValidatorFunctionWrapHandler) -> Any:  # noqa: ANN401 - raw input
    """Accept the written shape: ``{format: {field: text, field: [text, text]}}``."""
    # What a reader made passes at once: validating named tuples took a third of reading RIS from other programs.
    if type(value) is tuple and {*map(type, value)} <= {ExtraField} and {*map(type, chain(*value))} <= {str}:
        return value
    if not isinstance(value, dict):
        return validate(value)
    fields = []
    for format_name, entries in value.items():
        if not isinstance(entries, dict):
            raise ValueError("extra must be {format: {field: text}}")
        for field, held in entries.items():
            texts = held if isinstance(held, (list, tuple)) else [held]
            fields += [ExtraField(str(format_name), str(field), str(text)) for text in texts]
    return validate(tuple(fields))


ExtraFields = Annotated[
    tuple[ExtraField, ...],
    WrapValidator(_to_extra, json_schema_input_type=dict[str, dict[str, str | list[str]]]),
]


def dump_extra(fields: tuple[ExtraField, ...]) -> dict[str, dict[str, str | list[str]]]:
    """Return extra fields in the written shape; a repeated field becomes a list."""
    written: dict[str, dict[str, str | list[str]]] = {}
    for format_name, field, value in fields:
        entries = written.setdefault(format_name, {})
        held = entries.get(field)
        if held is None:
            entries[field] = value
        else:
            entries[field] = [*([held] if isinstance(held, str) else held), value]
    return written
