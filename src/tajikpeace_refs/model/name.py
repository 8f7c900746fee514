"""Names of persons and organisations (name variables of CSL 1.0.2)."""

from __future__ import annotations

from functools import total_ordering
from typing import Self

from tajikpeace_refs.model.base import Sparse


class NameForm(Sparse):
    """The same name in Latin letters, as the person spells it (our key ``transliterated``)."""

    family: str | None = None
    """Family name in Latin letters. Example: ``Lotman``."""
    given: str | None = None
    """Given names in Latin letters. Example: ``Yuri Mikhailovich``."""
    literal: str | None = None
    """The whole name in Latin letters, for an organisation or a single name. Example: ``Akademiyai Ilmho``."""


@total_ordering
class Name(Sparse):
    """A person (``family``, ``given``) or an organisation (``literal``).

    >>> name = Name.parse("van der Berg, Jan, Jr.")
    >>> name.non_dropping_particle, name.family, name.given, name.suffix
    ('van der', 'Berg', 'Jan', 'Jr.')
    >>> str(name)
    'van der Berg, Jan, Jr.'
    >>> Name.parse("World Health Organization").literal
    'World Health Organization'
    """

    family: str | None = None
    """Family name, as the person writes it. Example: ``Usmonov``."""
    given: str | None = None
    """Given names or initials. Example: ``J. W.``."""
    dropping_particle: str | None = None
    """Particle that is left out where only the family name is printed. Example: ``von`` in ``Ludwig von Beethoven``."""
    non_dropping_particle: str | None = None
    """Particle that is always printed before the family name. Example: ``van der``."""
    suffix: str | None = None
    """What is printed after the name. Example: ``Jr.``."""
    comma_suffix: bool | None = None
    """Whether a comma is printed before the suffix. Example: ``true``."""
    static_ordering: bool | None = None
    """Whether the family name always comes first, as in Chinese. Example: ``true``."""
    parse_names: bool | None = None
    """Whether CSL programs should look for particles in ``family`` and ``given``; kept as it is. Example: ``true``."""
    literal: str | None = None
    """The whole name, where it has no parts: an organisation, or one name only. Example: ``United States
    Institute of Peace``."""
    short: str | None = None
    """The abbreviation of an organisation, for citations after the first (not a key of CSL). Example: ``WHO``."""
    transliterated: NameForm | None = None
    """How the person spells it in Latin letters; used instead of the computed form. Example: ``{family: Lotman}``."""

    @classmethod
    def parse(cls, text: str) -> Name:
        """Return the name written as ``family, given[, suffix]``; text without a comma is a ``literal``.

        Braces hold a literal together (``{Ministry of Culture, Dushanbe}``); lower-case words before the family name
        are a non-dropping particle, lower-case words after the given name a dropping one; ``family,`` is a person
        with one name.
        """
        text = text.strip()
        if text.startswith("{") and text.endswith("}"):
            return cls(literal=text[1:-1])
        if "," not in text:
            return cls(literal=text)
        family, given, suffix = [part.strip() or None for part in (text + ",,").split(",", 2)]
        suffix = suffix.strip(" ,") or None if suffix else None
        particle, family = _split_particle(family)
        given, dropping = _split_dropping(given)
        return cls(
            family=family, given=given, suffix=suffix, non_dropping_particle=particle, dropping_particle=dropping
        )

    def __str__(self) -> str:
        if self.literal is not None:
            return f"{{{self.literal}}}" if "," in self.literal or self.literal.startswith("{") else self.literal
        family, given = self.family or "", self.given or ""
        if self.non_dropping_particle:
            family = f"{self.non_dropping_particle} {family}" if family else self.non_dropping_particle
        if self.dropping_particle:
            given = f"{given} {self.dropping_particle}" if given else self.dropping_particle
        if self.suffix:
            return f"{family}, {given}, {self.suffix}".rstrip()
        return f"{family}, {given}".rstrip() if given else f"{family},"

    @classmethod
    def bare(cls, family: str, given: str) -> Self:
        """Return the name of a family and a given name that are not empty and known to be printable: none is checked.

        >>> Name.bare("Usmonov", "I.") == Name(family="Usmonov", given="I.")
        True
        """
        return cls._of_valid({"family": family, "given": given})

    @property
    def is_bare(self) -> bool:
        """Whether the name has a family name and a given name and nothing else."""
        held = self.__dict__
        return len(held) == 2 and bool(held.get("family") and held.get("given"))

    @property
    def is_others(self) -> bool:
        """Whether it stands for further names that are left out: ``others``, as in BibTeX's ``and others``."""
        return self.literal == "others"

    @property
    def sort_key(self) -> tuple[str, ...]:
        """Family (with its particle) or literal, given, suffix, folded; then the exact text, so that order is total."""
        family = self.literal or " ".join(filter(None, (self.non_dropping_particle, self.family)))
        folded = (family.casefold(), (self.given or "").casefold(), (self.suffix or "").casefold())
        return (*folded, repr(self))

    def __lt__(self, other: object) -> bool:
        return self.sort_key < other.sort_key if isinstance(other, Name) else NotImplemented


def _split_particle(family: str | None) -> tuple[str | None, str | None]:
    words = (family or "").split(" ")
    count = 0
    while count < len(words) - 1 and words[count][:1].islower():
        count += 1
    return " ".join(words[:count]) or None, " ".join(words[count:]) or None


def _split_dropping(given: str | None) -> tuple[str | None, str | None]:
    words = (given or "").split(" ")
    count = len(words)
    while count > 1 and words[count - 1].islower():
        count -= 1
    return " ".join(words[:count]) or None, " ".join(words[count:]) or None
