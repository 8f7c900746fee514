"""Numbers with the words that styles write themselves: ``Vol. 3``, ``№ 5``, ``С. 10–20``, ``2-е изд.``, ``3(4)``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tajikpeace_refs.model.pages import without_page_label
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.editions import ORDINALS, edition
from tajikpeace_refs.text.hygiene._base import Repair, path_of, text_of
from tajikpeace_refs.text.numbers import LABELLED, bare_number, count, volume_and_issue

_COUNTS = ("number_of_volumes", "number_of_pages")
_LABELLED = (*LABELLED, "page", *_COUNTS)


def number_labels(work: Work) -> Iterator[Repair]:
    """A number of a volume, issue, part or page with its label; a number of volumes or pages with what is counted."""
    held = work.__dict__
    for variable in _LABELLED:
        value = held.get(variable)
        if not value or value.isalnum() or (value[0].isdigit() and variable not in _COUNTS):
            continue
        if variable == "volume" and volume_and_issue(value):
            continue
        if variable == "page":
            bare = without_page_label(value)
        else:
            bare = count(value) if variable in _COUNTS else bare_number(value, variable)
        if bare != value:
            message = f"{value!r} contains a word that styles add; write {bare!r}"
            yield Repair(path_of(variable), message, value, 0, {variable: bare}, replacement=bare)


_WITH_YEAR = re.compile(r"(\S{1,12}) ?\((\d{4})\)")


def volume_with_year(work: Work) -> Iterator[Repair]:
    """A volume with the year of publication behind it: ``12 (1999)``."""
    value = text_of(work, "volume")
    match = _WITH_YEAR.fullmatch(bare_number(value)) if value.endswith(")") else None
    if match and work.issued and work.issued.year == int(match[2]):
        message = f"{value!r} contains the year, which issued has; write {match[1]!r}"
        yield Repair(path_of("volume"), message, value, 0, {"volume": match[1]}, replacement=match[1])


def volume_with_issue(work: Work) -> Iterator[Repair]:
    """A volume that holds the issue as well, or an issue that holds the volume."""
    for variable, other in (("volume", "issue"), ("issue", "volume")):
        value = text_of(work, variable)
        found = None if value.isalnum() or not value else volume_and_issue(value)
        if found is None or (variable == "issue" and value.endswith(")")):  # № 5 (123): counted from the first year on
            continue
        message = f"{value!r} is a volume and an issue; write volume {found.volume!r} and issue {found.issue!r}"
        given = bare_number(text_of(work, other))
        is_one = given in {"", getattr(found, other)}
        yield Repair(path_of(variable), message, value, 0, found._asdict() if is_one else {})


_PLAIN = re.compile(rf"\d+(?:st|nd|rd|th)?|{'|'.join(ORDINALS)}", re.IGNORECASE)


def edition_words(work: Work) -> Iterator[Repair]:
    """An edition in words or with words beside its number; printers understand it by ``text.editions``."""
    value = text_of(work, "edition").strip()
    found = None if not value or _PLAIN.fullmatch(value) else edition(value)
    if found and found.number and not found.revised:
        number = str(found.number)
        message = f"{value!r} contains words that styles add; write {number!r}"
        if found.remarks:
            message += f", since a style does not print {found.remarks!r} next to a number"
        yield Repair(path_of("edition"), message, value, 0, {}, None if found.remarks else number)
