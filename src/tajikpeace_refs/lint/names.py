"""The rules on names: TP411, TP413 and TP420 to TP423, as ``model.name_doubts`` finds them in any format."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tajikpeace_refs.lint._base import Rule, Text, Violation, rule, rules_of_doubts
from tajikpeace_refs.model.base import csl_name
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.name_doubts import MISPLACED, NO_NAME, SEVERAL, SPLIT_BODY, name_doubts
from tajikpeace_refs.model.name_reading import split_others
from tajikpeace_refs.model.name_shapes import AND, FULL_NAME, may_be_organisation
from tajikpeace_refs.model.work import NAME_VARIABLES, SPELLING, Work


@rule("TP411", "warning", "text")
def et_al(text: Text) -> Iterator[Violation]:
    """The words "et al." stand for a name; `others` as the last name says the same to every format."""
    if text.path[-1] in {"family", "given", "literal", "suffix"} and text.value != "others":
        rest, has_others = split_others(text.value)
        if has_others:
            words = text.value[len(rest) :].lstrip(" ,;")
            message = f"{words!r} is no name; name the others, or write 'others'"
            yield text.report(message, words, len(text.value) - len(words))


def _names(work: Work) -> Iterator[tuple[str, tuple[Name, ...]]]:
    return ((SPELLING[name], names) for name in NAME_VARIABLES if (names := getattr(work, name)))


@rule("TP413", "hint", "work")
def person_as_organisation(work: Work, _today: date) -> Iterator[Violation]:
    """A name without a comma looks like a person's, and is read as that of an organisation."""
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
    for variable, names in _names(work):
        for doubt in name_doubts(names):
            yield doubt.code, Violation((variable, doubt.place, csl_name(doubt.part)), doubt.message, doubt.words)


rules_of_doubts(_doubts, {
    SEVERAL: ("warning", "One name holds several, or a word that joins names: `;`, `&`, `and`, `и`."),
    MISPLACED: ("warning", ("A part of a name is none, or another: a suffix or initials as family name, a comma in it, "
                "`(Ed.)` behind it.")),
    SPLIT_BODY: ("warning", ("The name of an organisation is read as a person's, with a family name and a given "
                 "name.")),
    NO_NAME: ("warning", "Initials stand as a whole name: in YAML, `[Burton, J.]` is a list of two."),
})  # fmt: skip
