"""The people of a record: persons with their parts, organisations, and those who are named twice. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tajikpeace_refs.model.name import Name, NameForm
from tajikpeace_refs.model.name_reading import family_last
from tajikpeace_refs.registries.items import Data, text
from tajikpeace_refs.text.likeness import name_likeness
from tajikpeace_refs.text.scripts import has_cyrillic, is_latin

_LONG = 2
"""So many commas has the address of an institute."""


def people(names: Iterable[Data]) -> tuple[list[Data], tuple[str, ...]]:
    """Return the names of Crossref's persons and organisations as CSL has them, and in words what is odd in them.

    One who is named twice, in Cyrillic and in Latin letters, is one person with a transliterated name.
    """
    remarks: list[str] = []
    found: list[Name] = []
    read, wholes = _divided(list(filter(None, map(_name, names))))
    remarks += wholes
    for name in read:
        if name.literal and name in found:  # two persons may have the same name
            remarks.append(f"the record names {name} twice")
        elif (twin := _twin(name, found)) is not None:
            found[twin] = _both(found[twin], name)
            remarks.append(f"the record names one person twice, in two scripts: {found[twin]}")
        else:
            found.append(name)
    remarks += _affiliations(found)
    return [name.to_csl() for name in found], tuple(dict.fromkeys(remarks))


def _name(data: Data) -> Name | None:
    if literal := text(data.get("name")) or text(data.get("literal")):
        return Name(literal=literal)
    parts = {part: value for part in ("family", "given", "suffix") if (value := text(data.get(part)))}
    if parts.keys() == {"given"}:
        return Name(family=parts["given"])
    return Name(**parts) if "family" in parts else None


def _divided(names: list[Name]) -> tuple[list[Name], list[str]]:
    """Return names, those that stand in the family name as a whole divided, and in words what was so read.

    That is proved where it is so with all persons of a record; of one alone it is a doubt: some have two family names.
    """
    persons = [name for name in names if name.family]
    wholes = [name for name in persons if _is_whole(name)]
    if not wholes or (len(wholes) < len(persons) and any(not name.given for name in persons if name not in wholes)):
        return names, []
    if len(wholes) < len(persons) or len(persons) == 1:
        return names, [f"author: {name.family!r} may be a whole name; write 'Family, Given'" for name in wholes]
    read = [family_last(name.family or "") if name in wholes else name for name in names]
    return read, [f"author: {name.family!r} is a whole name; it is read family name last" for name in wholes]


def _is_whole(name: Name) -> bool:
    """Whether a family name without a given one is of several words, the first of them no particle."""
    family = name.family or ""
    return not name.given and len(family.split()) > 1 and family[:1].isupper() and is_latin(family)


def _twin(name: Name, others: list[Name]) -> int | None:
    """Return the place of the person whose name in the other of two scripts this is."""
    for place, other in enumerate(others):
        are_two = bool(name.family and other.family) and has_cyrillic(str(name)) != has_cyrillic(str(other))
        if are_two and name_likeness(name, None, other, None) is not None:
            return place
    return None


def _both(one: Name, other: Name) -> Name:
    original, latin = (one, other) if has_cyrillic(one.family or "") else (other, one)
    return original.model_copy(update={"transliterated": NameForm(family=latin.family, given=latin.given)})


def _affiliations(names: list[Name]) -> Iterator[str]:
    if any(name.family for name in names):
        for name in names:
            if name.literal and name.literal.count(",") >= _LONG:
                yield f"author: {name.literal!r} may be an affiliation"
