"""What looks wrong in the names of a work, in whatever format it came: parts that are no names, names that are several.

The pipeline warns of them in files of other programs (``name_warnings``), lint reports the same under their codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tajikpeace_refs.errors import Problem
from tajikpeace_refs.model.base import csl_name
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.name_reading import initials_last, spaced_initials
from tajikpeace_refs.model.name_shapes import (
    AND,
    BODY_STARTS,
    ENDS_IN_INITIALS,
    ENTITY,
    FIRM_LETTERS,
    FULL_NAME,
    HYPHEN,
    LETTER,
    LETTERS_LAST,
    MAYBE_BODY,
    ONLY_INITIALS,
    PLAIN,
    SUFFIX,
    UPPER,
    WORD,
    is_organisation,
    may_be_organisation,
)
from tajikpeace_refs.model.variables import NAME_VARIABLES, SPELLING, Variables


class NameDoubt(NamedTuple):
    """A part of a name that is likely none: the code of lint, the name's place in the list, the part, its words."""

    code: str
    place: int
    part: str
    words: str
    message: str


SEVERAL, MISPLACED, SPLIT_BODY, NO_NAME = "TP420", "TP421", "TP422", "TP423"
_ROLE = re.compile(
    r"(?i)[(\[](?:eds?|editors?|hrsg|hg|transl?|translators?|comps?|compilers?|éds?|dir|trad|red|(?:отв|гл)\. ?ред|ред|"
    r"сост|пер|муҳаррир|мураттиб)\b[^)\]]*[)\]]|, (?:eds?|hrsg|ред)\.?$"
)
_BY = re.compile(r"(?i)(?:(?:edited|translated|written|compiled) )?by (?=\S)|(?:hrsg|hg)\. von ")
_SLASH = re.compile(rf"(?<={LETTER})/(?=[{UPPER}])")
_TITLE = re.compile(rf"{SUFFIX.pattern}|Esq\.?|(?:[A-Z][a-z]{{0,2}}\.?(?:, ?| )?){{2,6}}")  # Jr., PhD, M.D., OBE
_NOBODY = re.compile("None|NONE|nan|NaN|[Nn]/[AaDd]|#N/A|<NA>|NULL|null|undefined")
_TAG = re.compile("<[^<>]*>")
_WITH_INITIALS = re.compile(rf"[{UPPER}]{LETTER}{{1,60}}, (?:[{UPPER}]\.[ {HYPHEN}]?)+(?=,|$)")
_LONGEST = 80
"""More characters of a name are not repeated in a message."""
_SOUND = re.compile(rf"{LETTER}[\w'’{HYPHEN}]*[^\W\dA-ZЀ-Я_], [\w. {HYPHEN}'’]+")


def name_doubts(names: Sequence[Name], *, bare: bool = False) -> Iterator[NameDoubt]:
    """Yield what looks wrong in the names of a variable; sound names give nothing.

    Args:
        names: the names.
        bare: whether ``literal`` may be a person's name, as in formats that do not mark organisations.
    """
    doubtful = [(place, name) for place, name in enumerate(names) if not (_is_sound(name) or name.is_others)]
    has_body = bool(doubtful) and any(name.literal and is_organisation(name.literal) for name in names)
    for place, name in doubtful:
        if name.literal is not None:
            found = _doubt_of_literal(name.literal, bare=bare)
        else:
            found = _doubt_of_person(name, beside_body=has_body)
        if found:
            code, part, words, message = found
            yield NameDoubt(code, place, part, words, message)


def name_warnings(work: Variables, work_id: str, line: int | None, *, bare: bool) -> Iterator[Problem]:
    """Yield what looks wrong in the names of a work as warnings, at the line in which the work begins."""
    for variable, names in work.__dict__.items():
        if variable in _NAMES:
            for doubt in name_doubts(names, bare=bare):
                path = f"{SPELLING[variable]}[{doubt.place}].{csl_name(doubt.part)}"
                yield Problem(doubt.message, work_id, path, line=line, severity="warning")


_NAMES = frozenset(NAME_VARIABLES)
Found = tuple[str, str, str, str] | None


def _doubt_of_literal(text: str, *, bare: bool) -> Found:
    text = _TAG.sub("", text)
    if ONLY_INITIALS.fullmatch(text) and (bare or "." in text):
        return NO_NAME, "literal", text, f"{text!r} is not a name; write 'Family, Given' in quotation marks"
    if _NOBODY.fullmatch(text):
        return NO_NAME, "literal", text, f"{text!r} is what programs write for no name; remove it"
    if role := _ROLE.search(text):
        return MISPLACED, "literal", role[0], f"{role[0]!r} is not part of a name; remove it"
    if by := _BY.match(text):
        return MISPLACED, "literal", by[0].strip(), f"{by[0].strip()!r} is not part of a name; remove it"
    several = (";" in text and not ENTITY.search(text)) or any(
        len(parts) > 1 and not may_be_organisation(text) and all(map(FULL_NAME.fullmatch, parts))
        for parts in (AND.split(text), re.split(rf", |{AND.pattern}", text), _SLASH.split(text))
    )
    if several or len(_WITH_INITIALS.findall(text)) > 1:
        start = text if len(text) <= _LONGEST else f"{text[:_LONGEST].rpartition(' ')[0]} …"
        return SEVERAL, "literal", text, f"{start!r} contains several names; write each as a name of its own"
    letters = LETTERS_LAST.fullmatch(text)
    is_like_person = FULL_NAME.fullmatch(text) or (letters and letters[2] not in FIRM_LETTERS)
    if bare and is_like_person and not may_be_organisation(text):
        return NO_NAME, "literal", text, f"{text!r} is read as an organisation; write 'Family, Given' for a person"
    return None


def _doubt_of_person(name: Name, *, beside_body: bool) -> Found:
    family, given = name.family or "", name.given or ""
    particle = name.non_dropping_particle or ""
    if not (family or given or particle):
        return NO_NAME, "family", "", "is an empty name; remove it"
    if _BY.match(f"{particle} {family}"):
        return MISPLACED, "non_dropping_particle", particle, f"{particle!r} is not part of a name; remove it"
    for part, text in (("family", family), ("given", given), ("suffix", name.suffix or "")):
        if found := _doubt_of_part(part, text):
            return found
    return _doubt_of_family(name, family, given, beside_body=beside_body)


def _is_sound(name: Name) -> bool:
    """Whether a name is a family name and given names that give no reason for a closer look, as nearly all."""
    if not name.is_bare:
        return False
    family = name.family or ""
    whole = f"{family}, {name.given}"
    return bool(_SOUND.fullmatch(whole) and PLAIN.fullmatch(whole)) and family[:4].lower() not in BODY_STARTS


def _doubt_of_part(part: str, text: str) -> Found:
    text = _TAG.sub("", text)
    if (several := re.search(r";|&|^(?:and|и) |(?<=\S) (?:and|и|ва) ", text)) and not ENTITY.search(text):
        return (
            SEVERAL,
            part,
            several[0],
            f"{several[0].strip()!r} joins names; write each as a name of its own",
        )
    if role := _ROLE.search(text):
        return MISPLACED, part, role[0], f"{role[0]!r} is not part of a name; remove it"
    if slash := _SLASH.search(text):
        return SEVERAL, part, slash[0], f"{text!r} has a slash; write each person as a name of their own"
    last = text.rpartition(" ")[2]
    if part == "suffix" and text and not _TITLE.fullmatch(text):
        return MISPLACED, part, text, f"{text!r} is not a suffix; write 'Family, Given', and each name on its own"
    if part != "suffix" and SUFFIX.fullmatch(last) and not (last == text and text.isupper()):
        return MISPLACED, part, last, f"{last!r} is a suffix; give it as the suffix"
    if part != "suffix" and "," in text:
        return MISPLACED, part, text, f"{text!r} has a comma, which separates family name and given names"
    return None


def _doubt_of_family(name: Name, family: str, given: str, *, beside_body: bool) -> Found:
    if not family and ONLY_INITIALS.fullmatch(given):
        return NO_NAME, "given", given, f"{given!r} is not a name; the family name is missing"
    if not family and FULL_NAME.fullmatch(given):
        return NO_NAME, "given", given, f"{given!r} has the family name in it; write 'Family, Given'"
    if not given and initials_last(family):
        return MISPLACED, "family", family, f"{family!r} contains initials; write 'Family, Given'"
    are_letters = re.fullmatch(rf"[{UPPER}]{{2,3}}", family) and re.fullmatch(WORD, given)
    if (are_letters or ONLY_INITIALS.fullmatch(family)) and not given.isupper():
        return MISPLACED, "family", family, f"{family!r} may be initials; write 'Family, Given'"
    is_whole = given and not ENDS_IN_INITIALS.fullmatch(given) and spaced_initials(given) != given
    whole = f"{given} {family}"
    if is_whole and (is_organisation(whole) or (MAYBE_BODY.search(family) and may_be_organisation(given))):
        message = f"{whole!r} is read as a person; put an organisation in braces, or under 'literal'"
        return SPLIT_BODY, "family", family, message
    if beside_body and name.given is None and re.fullmatch(r"[A-ZА-Я][a-zа-яё]+", family):
        message = f"{family!r} is next to an organisation; put one name that contains 'and' in braces"
        return SPLIT_BODY, "family", family, message
    return None
