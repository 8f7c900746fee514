"""Names in a heading, ``Усмонов И.``, and in statements of responsibility, ``под ред. И. Усмонова``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tajikpeace_refs.gost.words import Words, translated_from
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.hygiene import clean_name
from tajikpeace_refs.text.initials import initials
from tajikpeace_refs.text.languages import is_language
from tajikpeace_refs.text.rich import clean

MAX_IN_HEADING = 3
"""More authors than these stand behind the title (7.0.5-2008, 4.10.1 and 4.10.2; GOST 7.80-2000, 5.2)."""


def has_heading(names: Sequence[Name]) -> bool:
    """Whether the authors of a work stand in its heading: one to three of them, all named."""
    return 0 < len(names) <= MAX_IN_HEADING and not any(name.is_others for name in names)


def inverted(name: Name, *, comma: bool = False) -> str:
    """Return a name as a heading has it; ``comma`` stands behind the family name in 7.0.100-2018.

    >>> inverted(Name(family="Усмонов", given="Иброҳим")), inverted(Name.parse("van der Berg, J. W."), comma=True)
    ('Усмонов И.', 'van der Berg, J. W.')
    """
    family, given = _parts(name)
    return f"{family}{',' if comma else ''} {given}" if given else family


def given_first(name: Name, family: str | None = None) -> str:
    """Return a name as statements of responsibility have it; ``family`` stands in place of the family name."""
    own, given = _parts(name)
    return f"{given} {family or own}" if given else family or own


def in_full(name: Name) -> str:
    """Return a name as the record of a thesis has its author: ``Зокиров Умед Саидович``; one in initials as others."""
    family, _ = _parts(name)
    given = clean(name.given)
    return f"{family} {given}" if given and "." not in given and len(given) > 2 else given_first(name)


def _parts(name: Name) -> tuple[str, str]:
    """Return the family name with its particle and suffix, and the initials; the whole name of a group."""
    if name.literal is not None:
        return clean(name.literal), ""
    name = clean_name(name)
    letters, particle = initials(name.given) if name.given else ("", "")
    given = " ".join(filter(None, (letters, particle, clean(name.dropping_particle))))
    before = clean(name.non_dropping_particle)
    joint = "" if before.endswith(("'", "’", "-")) else " "
    family = f"{before}{joint}{clean(name.family)}".strip()
    if not family:
        return clean(name.given), ""
    return family, " ".join(filter(None, (given, clean(name.suffix))))


def named(names: Sequence[Name], words: Words, *, is_full: bool) -> str:
    """Return names behind a slash, those beyond the limit as ``[и др.]``.

    7.0.5-2008 names the first of four and more (4.10; GOST 7.1, 5.2.6.9); 7.0.100-2018 names up to four, and the first
    three of five and more (5.2.6.8).
    """
    return _shortened([given_first(name) for name in names if not name.is_others], names, words, is_full=is_full)


def _shortened(texts: list[str], names: Sequence[Name], words: Words, *, is_full: bool) -> str:
    most, kept = (4, 3) if is_full else (MAX_IN_HEADING, 1)
    is_cut = len(texts) > most
    shown = texts[:kept] if is_cut else texts
    return ", ".join(shown) + (f" [{words.others}]" if is_cut or len(texts) < len(names) else "")


_VOWELS = tuple("AEIOUYÀÂÉÈÊÎÔÛH")


def in_role(work: Work, role: str, words: Words, *, is_full: bool) -> str:
    """Return those who hold a role behind its words: ``под ред. И. И. Иванова``, ``ed. by J. Burton``.

    Russian has the editor in the genitive behind ``под ред.``: a family name is inflected only where its ending leaves
    no doubt (``genitive``), and not in a work in another language. ``ред.`` stands before any other, which is right for
    the nominative (редактор) and for a genitive that the data hold (редакция); so is ``пер.`` before translators.
    """
    names: tuple[Name, ...] = getattr(work, role)
    phrase = words.roles[role]
    people = [name for name in names if not name.is_others]
    families: list[str | None] = [None] * len(people)
    if words.code == "ru" and role == "editor" and people and is_language(work.language or "ru", "ru"):
        families = genitives(people)
        phrase = f"под {phrase}" if families[0] else phrase
    elif words.code == "ru" and role == "translator" and (language := translated_from(work)):
        phrase = f"{phrase} с {language}"
    texts = [given_first(name, family) for name, family in zip(people, families, strict=True)]
    text = _shortened(texts, names, words, is_full=is_full)
    return f"{phrase[:-1]}’{text}" if phrase.endswith(" de") and text.startswith(_VOWELS) else f"{phrase} {text}"


_SURE_ENDINGS = (
    (re.compile(r"(?<=[оеё]в|[иы]н)$"), "а"),  # Иванов, Тургенев, Соловьёв, Пушкин: men
    (re.compile(r"(?<=[сц]к)(?:ий|ой)$"), "ого"),  # Достоевский, Трубецкой
    (re.compile(r"(?<=[сц]к)ая$"), "ой"),  # Ковалевская
    (re.compile(r"(?<=[ая]г|нк)о$"), "о"),  # Живаго, Шевченко
    (re.compile(r"(?<=[кгж]и|ны|ды|лы)х$"), "х"),  # Долгих, Черных, Седых
)
_WOMAN = re.compile(r"(?<=[оеё]в|[иы]н)а$")


_GENITIVE = re.compile(r"(?:ого|(?:[оеё]в|[иы]н)ой)$")


def genitives(names: Sequence[Name]) -> list[str | None]:
    """Return the genitives of Russian family names; None for each where that of one is in doubt.

    Where one name shows that the data have the genitive (``Вдовиной``, ``Трубецкого``), all stay as they are.
    """
    families = [name.family for name in names]
    if any(_GENITIVE.search(family or "") for family in families):
        return families
    found = [genitive(name) for name in names]
    return found if all(found) else [None] * len(found)


def genitive(name: Name) -> str | None:
    """Return the genitive of a Russian family name whose ending leaves no doubt; None for any other.

    ``Иванова`` is a woman in the nominative or a man in the genitive: a patronymic decides, initials do not.

    >>> [genitive(Name(family=family, given="И.")) for family in ("Иванов", "Ковалевская", "Шевченко", "Асмус")]
    ['Иванова', 'Ковалевской', 'Шевченко', None]
    >>> genitive(Name(family="Иванова", given="И. И.")), genitive(Name(family="Иванова", given="Ирина Ивановна"))
    (None, 'Ивановой')
    """
    family = name.family or ""
    if "-" in family or name.literal is not None:
        return None
    if _WOMAN.search(family):
        return f"{family[:-1]}ой" if (name.given or "").endswith("вна") else None
    for ending, put in _SURE_ENDINGS:
        if ending.search(family):
            return ending.sub(put, family)
    return None
