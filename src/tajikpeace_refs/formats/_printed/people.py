"""Lists of names as references print them: where one name ends and the next begins; the names are read by the model."""

from __future__ import annotations

import re

from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.name_reading import (
    OTHERS,
    family_last,
    initials_first,
    initials_last,
    letters_last,
    patronymic,
    split_others,
    with_suffix,
)
from tajikpeace_refs.model.name_shapes import (
    ENDS_IN_INITIALS,
    FULL_NAME,
    SUFFIX,
    UPPER,
    is_organisation,
    may_be_organisation,
)

_AND = re.compile(r"(?:[,;]\s*|\s+)(?:and|&|und|et|y|e|и|та|и|och|en|u\.|And)\s+|\s+/\s+")
_DANGLING = re.compile(r"[\s,;]+(?:and|&|und|et|y|e|и|та|og)[\s,;]*$")
_INITIALS = re.compile(rf"(?:[{UPPER}][a-zа-я]?\.?[\s‐–-]*)+")
_GIVEN = re.compile(rf"[{UPPER}][\w'’.-]*(?: (?:[{UPPER}][\w'’.-]*))*(?: (?:van|von|de|der|den|du|da|di))*")
_CAPITALS_FIRST = re.compile(rf"((?:[{UPPER}'’-]{{3,}} ?)+) ([{UPPER}][a-zà-ÿа-яё][\w'’. -]*)")
_END = re.compile(r"(?!\b(?:Jr|Sr|Jnr|Ст)\.)(\b[^\W\d_]{3,}|\b[^\W\d_][^\W\d_A-ZА-Я]|(?<= )[A-Z]{2,3})\.$")
"""A full stop behind a whole name, which ends the list."""
_ELLIPSIS = re.compile(r"\s*(?:\.\.\.|…)\s*,?\s*")


def people(text: str) -> tuple[Name, ...]:
    """Return the names of a printed list, in any of its habits.

    >>> [str(name) for name in people("Kinsland, Gary L., Manuel Hurtado and Kevin O. Pope")]
    ['Kinsland, Gary L.', 'Hurtado, Manuel', 'Pope, Kevin O.']
    >>> [str(name) for name in people("Vander Linden, K.; Cumming, S.; and Martin, J.")][1]
    'Cumming, S.'
    """
    rest, has_others = split_others(" ".join(text.split()).strip(" ,;:"))
    rest = _DANGLING.sub("", _END.sub(r"\1", rest))
    if rest.find(".") == len(rest) - 1 and re.search(rf" [{UPPER}]{{1,3}},", rest):  # Saad ED, Buyse M.
        rest = rest[:-1]
    names = [_printed(_name(cell), cell) for cell in _cells(_ELLIPSIS.sub(" ", rest).strip())] if rest else []
    names = [name for name in names if re.search(r"[^\W\d_]", str(name))]
    return (*names, OTHERS) if has_others else tuple(names)


def _cells(text: str) -> list[str]:
    """Return the names of a list, each with its comma where it has one."""
    if ";" in text:
        return [re.sub(r"^(?:and|&)\s+", "", part) for piece in text.split(";") if (part := piece.strip(" ,"))]
    cells: list[str] = []
    pieces = [[part for each in piece.split(",") if (part := each.strip())] for piece in _AND.split(text)]
    are_full = sum(map(len, pieces)) > 2 and all(_is_full(part) for piece in pieces for part in piece)
    for parts in pieces:
        cells += parts if are_full else _pairs(parts)
    return cells


def _is_full(part: str) -> bool:
    """Whether a part is a given name and a family name: Davor Hrovat."""
    return bool(FULL_NAME.fullmatch(part) or initials_first(part)) and not may_be_organisation(part)


def _pairs(parts: list[str]) -> list[str]:
    """Join each family name with the given names or initials behind it."""
    cells: list[str] = []
    are_whole = len(parts) > 1 and all(_is_whole(part) or letters_last(part, is_usual=True) for part in parts)
    while parts:
        cell = parts.pop(0)
        if parts and not are_whole and not _is_whole(cell) and _may_follow(parts[0], is_last=not cells):
            cell += f", {parts.pop(0)}"
        if parts and SUFFIX.fullmatch(parts[0]):
            cell += f", {parts.pop(0)}"
        cells.append(cell)
    return cells


def _is_whole(part: str) -> bool:
    """Whether a part has a family name and initials, or is an organisation."""
    is_person = initials_first(part) or initials_last(part) or letters_last(part) or _CAPITALS_FIRST.fullmatch(part)
    return bool(is_person) or (" " in part and is_organisation(part))


def _may_follow(part: str, *, is_last: bool) -> bool:
    """Whether a part may be the given names of the name before its comma; after the first name only short ones are."""
    if _INITIALS.fullmatch(part):
        return True
    if _is_whole(part) and not initials_last(part):  # Gary L.
        return False
    words = part.split()
    has_initial = any(_INITIALS.fullmatch(word) for word in words[1:])
    return bool(_GIVEN.fullmatch(part)) and (
        is_last or len(words) == 1 or (has_initial and not ENDS_IN_INITIALS.match(words[-1]))
    )


def _name(cell: str) -> Name:
    family, comma, given = cell.partition(", ")
    if comma:
        return with_suffix(Name.parse(cell)) if not may_be_organisation(cell) or given else Name(literal=cell)
    if is_organisation(cell):
        return Name(literal=cell)
    if match := _CAPITALS_FIRST.fullmatch(cell):
        return Name.parse(f"{match[1]}, {match[2]}")
    if known := initials_first(cell) or initials_last(cell) or letters_last(cell, is_usual=True) or patronymic(cell):
        return known
    if " " not in cell or may_be_organisation(cell) or not FULL_NAME.fullmatch(cell):
        return Name(literal=family)
    return family_last(cell)


def _printed(name: Name, text: str) -> Name:
    """Return a name whose initials have stops only where they are printed: ``AC`` stays ``AC``."""
    given = name.given or ""
    bare = re.sub(r"[\s.]", "", given)
    if given and re.sub(r"\s", "", given) not in re.sub(r"\s", "", text) and bare in text:
        return name.model_copy(update={"given": bare})
    return name
