"""What is not part of a person's name, or stands in another: roles, degrees, suffixes, capitals throughout."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tajikpeace_refs.model.base import csl_name
from tajikpeace_refs.model.degrees import without_degrees
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.name_reading import with_suffix
from tajikpeace_refs.model.work import NAME_VARIABLES, SPELLING, Work
from tajikpeace_refs.text.hygiene._base import Repair

_ROLES = {
    "editor": r"eds?|editors?|hrsg|hg|(?:отв\.|гл\.|науч\.)? ?ред(?:актор)?|red|éds?|dir|муҳаррир",
    "translator": r"trans|transl|translators?|tr|übers|пер(?:еводчик)?|trad|tłum|тарҷ",
    "compiler": r"comps?|compilers?|сост(?:авитель)?|мураттиб",
}
_OF_ROLE = {
    role: re.compile(rf"\s?[(\[](?:{words})\.?[)\]]$|, (?:{words})\.$", re.IGNORECASE) for role, words in _ROLES.items()
}
_LAST = frozenset(")].")


def roles_in_names(work: Work) -> Iterator[Repair]:
    """A role behind a name: ``Pell, K. (Ed.)``; all authors of a whole work who have it are what it says."""
    for variable, names in _names(work):
        found = [_without_role(name) for name in names]
        roles = {role for _, role in found}
        if roles == {""} or len(roles - {""}) > 1:
            continue
        [role] = roles - {""}
        bare = tuple(name for name, _ in found)
        changes: dict[str, tuple[Name, ...]] = {}
        if variable == role:
            changes = {variable: bare}
        elif variable == "author" and all(one for _, one in found) and not work.container_title:
            changes = {} if getattr(work, role) else {"author": (), role: bare}
        place = next(place for place, (_, one) in enumerate(found) if one)
        message = f"is followed by a role, which styles add; write it as {SPELLING[role]} without that"
        yield Repair((SPELLING[variable], place), message, str(names[place]), 0, changes)


def _without_role(name: Name) -> tuple[Name, str]:
    """Return a name without the role behind it, and that role; no role for a name that has none."""
    for part, text in name.__dict__.items():
        if type(text) is not str or text[-1:] not in _LAST or not ("(" in text or "[" in text or ", " in text):
            continue
        for role, pattern in _OF_ROLE.items():
            if match := pattern.search(text):
                return name.model_copy(update={part: text[: match.start()].rstrip() or None}), role
    return name, ""


_PLAIN = re.compile(r"[^\W\d_]+|(?:[^\W\d_]\.[ -]?)+")
"""A given name, or initials."""


def clean_name(name: Name) -> Name:
    """Return the name of a person as a reference prints it: without degrees, capitals, and with its suffix as such."""
    family, given = name.family, name.given
    if family and given and not name.suffix and family.isalpha() and not family.isupper() and _PLAIN.fullmatch(given):
        return name
    return without_capitals(with_suffix(without_degrees(name)))


_VOWEL = re.compile("[AEIOUYÀ-ÖØ-ÝАЕЁИОУЫЭЮЯӢӮІЇЄ]")
_WORD = re.compile(r"[^\W\d_]+")
_SCOTTISH = re.compile("Mc(?=[a-z]{3})[a-z]")


def without_capitals(name: Name) -> Name:
    """Return a name whose family name is in capitals without them; given names that are in capitals, too.

    What may be initials stays, and a name without given names: that may be an organisation.

    >>> without_capitals(Name(family="MCDONALD", given="JOHN")), without_capitals(Name(family="WU", given="IDA"))
    (Name(family='McDonald', given='John'), Name(family='Wu', given='Ida'))
    >>> without_capitals(Name(family="TED")), without_capitals(Name(family="NG", given="JW"))
    (Name(family='TED'), Name(family='NG', given='JW'))
    """
    family, given = name.family or "", name.given
    if not given or not family.isupper() or (len(family) < 3 and not _VOWEL.search(family)):
        return name
    family = _WORD.sub(lambda part: part[0].capitalize(), family)
    family = _SCOTTISH.sub(lambda match: f"Mc{match[0][2].upper()}", family)
    if len(given) > 2 and given.isupper() and given.isalpha() and _VOWEL.search(given):
        given = given.capitalize()
    return name.model_copy(update={"family": family, "given": given})


def degrees(work: Work) -> Iterator[Repair]:
    """A degree or title in the name of a person: ``Hill PhD``, ``Dr. Ida``."""
    for variable, names in _names(work):
        for place, name in enumerate(names):
            if name.literal is not None or (bare := without_degrees(name)) == name:
                continue
            for part in ("family", "given", "suffix"):
                old, new = getattr(name, part), getattr(bare, part)
                if old != new:
                    message = (
                        f"{old!r} contains a degree or title, which references leave out; write {new or 'nothing'!r}"
                    )
                    yield Repair((SPELLING[variable], place, csl_name(part)), message, old, replacement=new)


_NAMES = frozenset(NAME_VARIABLES)


def _names(work: Work) -> Iterator[tuple[str, tuple[Name, ...]]]:
    return ((variable, names) for variable, names in work.__dict__.items() if variable in _NAMES and names)
