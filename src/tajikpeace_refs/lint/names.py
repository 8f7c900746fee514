"""The rules on names: TP411, TP413 and TP420 to TP423, as ``model.name_doubts`` finds them in any format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from tajikpeace_refs.lint.rule import Rule, Text, Violation, rule, rules_of_doubts
from tajikpeace_refs.model.base import attribute, csl_name
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.name_doubts import MISPLACED, NO_NAME, SEVERAL, SPLIT_BODY, name_doubts
from tajikpeace_refs.model.name_reading import person, read_text, spaced_initials, split_others
from tajikpeace_refs.model.name_shapes import (
    AND,
    ENDS_IN_INITIALS,
    FAMILY,
    FULL_NAME,
    ONLY_INITIALS,
    WORD,
    may_be_organisation,
)
from tajikpeace_refs.model.work import NAME_VARIABLES, SPELLING, Work
from tajikpeace_refs.text.hygiene import roles_in_names


@rule("TP411", "warning", "text")
def et_al(text: Text) -> Iterator[Violation]:
    """The words "et al." are used as a name; write `others` as the last name, for all formats."""
    if text.path[-1] in {"family", "given", "literal", "suffix"} and text.value != "others":
        rest, has_others = split_others(text.value)
        if has_others:
            words = text.value[len(rest) :].lstrip(" ,;")
            message = f"{words!r} is not a name; name the others, or write 'others'"
            yield text.report(message, words, len(text.value) - len(words))


def _names(work: Work) -> Iterator[tuple[str, tuple[Name, ...]]]:
    return ((SPELLING[name], names) for name in NAME_VARIABLES if (names := getattr(work, name)))


@rule("TP413", "hint", "work")
def person_as_organisation(work: Work, _today: date) -> Iterator[Violation]:
    """A name without a comma looks like a person's, but is read as that of an organisation."""
    for variable, names in _names(work):
        for number, name in enumerate(names):
            literal = name.literal or ""
            is_like_person = FULL_NAME.fullmatch(literal) or AND.search(literal)
            if is_like_person and not literal.isupper() and not may_be_organisation(literal):
                message = "is read as an organisation; write 'Family, Given', a list for several, or {literal: …}"
                # A single name may stand in a list or alone: report the place where these very words stand.
                for path in ((variable, number), (variable,))[: 2 if len(names) == 1 else 1]:
                    yield Violation(path, message, literal, only_unquoted=True)


def is_unmarked_name(rule: Rule, violation: Violation) -> bool:
    """Whether a violation is TP413, once for a name: RIS does not mark organisations as YAML's ``literal`` does."""
    return rule.code == "TP413" and isinstance(violation.path[-1], int)


def _doubts(work: Work) -> Iterator[tuple[str, Violation]]:
    roles = {each.path[0]: each.changes for each in roles_in_names(work)}
    for variable, names in _names(work):
        joined = _with_initials(names)
        for doubt in name_doubts(names):
            new = joined if doubt.code == NO_NAME else _read_again(names, doubt.place)
            changes = {attribute(variable): new} if new else roles.get(variable, {}) if doubt.code == MISPLACED else {}
            path = (variable, doubt.place, csl_name(doubt.part))
            yield doubt.code, Violation(path, doubt.message, doubt.words, changes=changes)
        if len(names) == 2 and all(map(_is_word, names)):
            first, second = (str(name.literal) for name in names)
            message = f"is read as two names; for one person write {{family: {first}, given: {second}}}"
            yield NO_NAME, Violation((variable, 0), message, first, only_unquoted=True)


def _is_word(name: Name) -> bool:
    """Whether a name is a single word with a capital, as a family name or a given one is."""
    text = name.literal or ""
    return bool(re.fullmatch(WORD, text)) and text[1:].islower() and not may_be_organisation(text)


def _with_initials(names: tuple[Name, ...]) -> tuple[Name, ...]:
    """Return names in which initials that stand as a name are those of the family name before them; none if not all."""
    found: list[Name] = []
    for name in names:
        if not ONLY_INITIALS.fullmatch(name.literal or ""):
            found.append(name)
        elif found and re.fullmatch(FAMILY, found[-1].literal or ""):
            found[-1] = person(found[-1].literal or "", spaced_initials(name.literal or ""))
        else:
            return ()
    is_sure = len(found) < len(names) and not any(map(_is_word, found))
    return tuple(found) if is_sure else ()


_LEADING_AND = re.compile("^(?:and|и|ва|&) ")


def _read_again(names: tuple[Name, ...], place: int) -> tuple[Name, ...]:
    """Return names with the persons that one of them is surely meant to be, all of them with initials; else none."""
    name = names[place]
    if name.literal is not None or name.suffix:
        return ()
    text = _LEADING_AND.sub(
        "",
        ", ".join(filter(None, (name.family, name.given))),
    )
    found = read_text(text)
    are_sure = all(each.family and ENDS_IN_INITIALS.fullmatch(each.given or "") for each in found)
    return () if not are_sure or found == (name,) or any(name_doubts(found)) else _replaced(names, place, found)


def _replaced(names: tuple[Name, ...], place: int, found: tuple[Name, ...]) -> tuple[Name, ...]:
    return (*names[:place], *found, *names[place + 1 :])


rules_of_doubts(_doubts, {
    SEVERAL: ("warning", "One name contains several names, or a word that joins names: `;`, `&`, `and`, `и`."),
    MISPLACED: ("warning", ("A part of a name is wrong: a suffix or initials as family name, a comma in it, `(Ed.)` "
                "after it.")),
    SPLIT_BODY: ("warning", ("The name of an organisation is read as that of a person, with family name and given "
                 "name.")),
    NO_NAME: ("warning", ("Initials or a part of a name are given as a whole name: in YAML, `[Burton, J.]` is a list "
              "of two.")),
})  # fmt: skip
