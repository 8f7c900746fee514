"""The author element (9.7 to 9.12): how a name is printed, how names are joined, who stands first, in which role.

The labels of roles ("Ed.", "Eds.", "Trans.", "Director") are in ``_LABELS`` and ``label``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tajikpeace_refs.apa import numbers
from tajikpeace_refs.apa.context import RenderContext
from tajikpeace_refs.apa.kinds import PERIODICAL
from tajikpeace_refs.apa.punctuation import join_commas, join_spaces
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.hygiene import clean_name
from tajikpeace_refs.text.initials import initials
from tajikpeace_refs.text.rich import clean
from tajikpeace_refs.text.scripts import has_cyrillic
from tajikpeace_refs.text.transliteration import latin_name, romanise_letters


class PrintedName(NamedTuple):
    """A name ready to print: ``family`` with its particle, or the whole name of a group; ``given`` in initials."""

    family: str
    given: str = ""
    dropping: str = ""
    suffix: str = ""

    @property
    def family_first(self) -> str:
        """``King, M. L., Jr.``; ``Beethoven, L. van``; ``Plato``."""
        return join_commas(self.family, join_spaces(self.given, self.dropping), self.suffix)

    @property
    def given_first(self) -> str:
        """``M. L. King Jr.``: no comma before the suffix where the given name comes first."""
        return join_spaces(self.given, self.dropping, self.family, self.suffix)


_SUFFIXES = {"jr": "Jr.", "jr.": "Jr.", "sr": "Sr.", "sr.": "Sr."}
OTHERS = PrintedName("et al.")
"""Further authors whom the record does not name (BibTeX's ``and others``)."""


def printed_name(name: Name, context: RenderContext, language: str | None) -> PrintedName:
    """Return a name ready to print, in the script of the list; ``language`` is the work's, for romanisation.

    Initials are those of the name as it is written, each romanised as a whole: ``Ш. Р.`` and ``Шариф`` are ``Sh.``.
    """
    written = _written_initials(name, context, language)
    if context.is_latin:
        name = latin_name(name, language, context.scheme)
    if name.literal is not None:
        return OTHERS if name.is_others else PrintedName(clean(name.literal))
    name = clean_name(name)
    family, given = clean(name.family), name.given
    if name.non_dropping_particle:
        particle = clean(name.non_dropping_particle)
        joint = "" if particle.endswith(("'", "’", "-")) else " "
        family = f"{particle}{joint}{family}" if family else particle
    if not family:
        return PrintedName(join_spaces(clean(name.given), clean(name.dropping_particle)), suffix=clean(name.suffix))
    given, particle = written or (initials(given) if given else ("", ""))
    if name.dropping_particle:
        particle = f"{particle} {clean(name.dropping_particle)}".strip()
    if not name.suffix:
        return PrintedName(family, given, particle)
    suffix = clean(name.suffix)
    return PrintedName(family, given, particle, _SUFFIXES.get(suffix.lower(), suffix))


def _written_initials(name: Name, context: RenderContext, language: str | None) -> tuple[str, str] | None:
    """Return the romanised initials of a given name in Cyrillic; None where the Latin form is known or not wanted."""
    given = name.given
    if (
        not given
        or given.isascii()
        or not context.is_latin
        or name.transliterated is not None
        or not has_cyrillic(given)
    ):
        return None
    given, particle = initials(clean_name(name).given or "")
    return romanise_letters(given, language, context.scheme), romanise_letters(particle, language, context.scheme)


def in_full(name: Name, context: RenderContext, language: str | None) -> str:
    """Return a name with its given names in full, as those of the recipient of a letter or of a witness are."""
    if context.is_latin:
        name = latin_name(name, language, context.scheme)
    return clean(join_spaces(name.given or "", printed_name(name, context, language)._replace(given="").given_first))


def author_list(names: Sequence[str], *, groups: bool = False) -> str:
    """Join names in the author position (9.8, 9.11): a comma before ``&``; of 21 or more, the first 19 and the last.

    ``groups``: the names are those of groups, of which two take no comma.
    """
    if names and names[-1] == OTHERS.family:
        return ", ".join(names)
    if len(names) > 20:
        return f"{', '.join(names[:19])}, . . . {names[-1]}"
    if len(names) == 2 and groups:
        return f"{names[0]} & {names[1]}"
    if len(names) > 1:
        return f"{', '.join(names[:-1])}, & {names[-1]}"
    return names[0] if names else ""


def join_in_text(names: Iterable[str], joint: str = "&") -> str:
    """Join names as running text has them: ``A & B``; ``A, B, & C``; ``A et al.``."""
    held = [name for name in names if name]
    if held and held[-1] == OTHERS.family:
        return f"{', '.join(held[:-1])}{',' if len(held) > 2 else ''} {held[-1]}".strip()
    if len(held) > 2:
        return f"{', '.join(held[:-1])}, {joint} {held[-1]}"
    return f" {joint} ".join(held)


# The label of each role (9.10).
_LABELS = {
    "editor": "Ed.", "editorial_director": "Ed.", "collection_editor": "Series Ed.", "translator": "Trans.",
    "narrator": "Narr.", "illustrator": "Illus.", "director": "Director", "host": "Host", "guest": "Guest",
    "producer": "Producer", "executive_producer": "Executive Producer", "script_writer": "Writer", "chair": "Chair",
    "series_creator": "Creator", "compiler": "Compiler", "curator": "Curator", "organizer": "Organizer",
    "interviewer": "Interviewer", "performer": "Performer",
}  # fmt: skip


def label(work: Work, role: str) -> str:
    """Return ``Ed.``, ``Eds.`` (for several) or ``Ed. & Trans.`` for those who hold a role in the work (9.10)."""
    names: tuple[Name, ...] = getattr(work, role)
    text = numbers.plural(_LABELS[role]) if len(names) > 1 else _LABELS[role]
    return f"{text} & Trans." if role == "editor" and work.translator == names else text


Credit = tuple[str, tuple[Name, ...]]
"""A role (a name variable of the model) and those who hold it."""

_MAKERS = ("director", "guest+host", "producer")
# Roles in the author position of a work without a container; with a container they belong to that.
_HEADS = ("executive_producer", "series_creator", "editor", "editorial_director", "compiler", "chair", "organizer",
          "curator", "collection_editor", "performer")  # fmt: skip


def creators(work: Work) -> tuple[Credit, ...]:
    """Return those in the author position with their roles (9.7 to 9.12); empty where the title stands there."""
    for variable in ("composer", "author", "illustrator"):
        if names := getattr(work, variable):
            return (("", names),)
    makers = ("script_writer+director", *_MAKERS) if work.type == "broadcast" else _MAKERS
    heads = () if work.container_title and work.type not in PERIODICAL else _HEADS
    for variables in (*makers, *heads):
        held = tuple((role, names) for role in variables.split("+") if (names := getattr(work, role)))
        if held:
            return held
    return ()


def author_element(work: Work, people: Sequence[PrintedName], context: RenderContext) -> str:
    """Return the author element without its full stop; ``people`` are the names of ``creators``, ready to print."""
    held = creators(work)
    if len(held) > 1:
        return _each_with_role(held, work, context)
    shown = [context.tagged_name(person.family_first, work) for person in people]
    text = author_list(shown, groups=not any(person.given for person in people))
    if role := held[0][0]:
        return f"{text} ({context.term(label(work, role), work)})"
    if work.contributor:
        others = author_list([_inverted(name, work, context) for name in work.contributor])
        return f"{text} (with {others})"
    return text


def _each_with_role(held: tuple[Credit, ...], work: Work, context: RenderContext) -> str:
    """Return each person with their roles; a person in two roles once: ``Barris, K. (Writer & Director)``."""
    roles: dict[Name, list[str]] = {}  # by whole names: Lana and Lilly Wachowski are both L. Wachowski
    for role, names in held:
        for name in names:
            roles.setdefault(name, []).append(_LABELS[role])
    people = [_inverted(name, work, context) for name in roles]
    if len(set(map(tuple, roles.values()))) == 1 and len(roles) > 1:
        labels = " & ".join(numbers.plural(_LABELS[role]) for role, _ in held)
        return f"{author_list(people)} ({labels})"
    return author_list([f"{one} ({' & '.join(own)})" for one, own in zip(people, roles.values(), strict=True)])


def _inverted(name: Name, work: Work, context: RenderContext) -> str:
    return context.tagged_name(printed_name(name, context, work.language).family_first, work)


def names_in_text(names: Iterable[Name], work: Work, context: RenderContext) -> str:
    """Return ``B. A. Mowat & P. Werstine``: names with the given name first, as running text has them."""
    return join_in_text(
        context.tagged_name(printed_name(name, context, work.language).given_first, work) for name in names
    )


def in_role(work: Work, role: str, context: RenderContext) -> str:
    """Return ``B. A. Mowat & P. Werstine, Eds.``, for the parenthesis after a title."""
    return f"{names_in_text(getattr(work, role), work, context)}, {label(work, role)}"
