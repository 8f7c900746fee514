"""Names as people and programs write them: one function for each habit, and ``read_cells``, which decides.

A *cell* is what a format has for one name: an ``AU`` line of RIS, what stands between two ``and`` of BibTeX, a text in
YAML. It may hold several names, or a name in an order that the format does not know. Only a shape that leaves no doubt
is read here: ``A. B. Keller`` (IEEE), ``Keller A. B.`` (Ovid, eLIBRARY), ``Keller AB`` (PubMed), ``Иванов Иван
Петрович`` (CyberLeninka), several names, a suffix in the wrong place, "et al.", the name of an organisation.
Any other cell is left to its format; ``model.name_doubts`` says what looks wrong in the names that were read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.name_shapes import (
    AND,
    BODY_STARTS,
    ENDS_IN_INITIALS,
    ENTITY,
    FAMILIES,
    FAMILY,
    FIRM,
    FIRM_LETTERS,
    FULL_NAME,
    HYPHEN,
    LETTERS_LAST,
    ONE_INITIAL,
    PAIR,
    PLAIN,
    STATE,
    STOPPED,
    STRIKING,
    SUFFIX,
    WORD,
    is_organisation,
    may_be_organisation,
)

Cell = tuple[Name, ...]
"""The names that one cell holds."""

OTHERS = Name(literal="others")


def organisation(text: str) -> Name | None:
    """Read the name of an organisation, proved by a word or sign: ``Institute of Physics, Minsk``, ``Hill & Sons``."""
    first, *more = text.split(", ")
    is_firm = (
        FIRM.fullmatch(more[-1] if more else "")
        or FIRM.fullmatch(text.rpartition(" ")[2])
        or (not more and " & " in text)
    )
    return Name(literal=text) if is_firm or (" " in first and is_organisation(first)) else None


# One person.


def person(family: str, given: str = "", suffix: str | None = None) -> Name:
    """Return the name of a person; particles before the family name or after the given name are told from it."""
    name = Name.parse(f"{family}, {given}")
    return name.model_copy(update={"suffix": suffix}) if suffix else name


def spaced_initials(letters: str) -> str:
    """Return initials as CSL has them: a full stop after each, a space between.

    >>> spaced_initials("J.W."), spaced_initials("J. -P."), spaced_initials("NB"), spaced_initials("Yu. M")
    ('J. W.', 'J.-P.', 'N. B.', 'Yu. M.')
    """
    if letters.isalpha():
        letters = ".".join(letters)
    found = re.findall(rf"([{HYPHEN}]?) ?({ONE_INITIAL})", letters)
    return "".join(f"{hyphen or ' '}{letter}." for hyphen, letter in found).lstrip()


_INITIALS_FIRST = re.compile(rf"({STOPPED}) ?({FAMILY})")
_MIDDLE_INITIAL = re.compile(rf"({WORD} {STOPPED}) ({FAMILY})")


def initials_first(text: str) -> Name | None:
    """Read ``A. B. Keller``, ``J. -P. Dumas``, ``L. van den Berg``, ``Anna B. Keller``: one word after the initials."""
    if match := _INITIALS_FIRST.fullmatch(text):
        given = None if STATE.fullmatch(match[1]) else spaced_initials(match[1])
    elif match := _MIDDLE_INITIAL.fullmatch(text):
        given = None if may_be_organisation(match[1]) else match[1]  # Фонд А. Д. Сахарова
    return person(match[2], given) if match and given and not is_organisation(text) else None


_INITIALS_LAST = re.compile(rf"({FAMILIES}),? ({STOPPED}(?: ?{ONE_INITIAL})?)")


def initials_last(text: str) -> Name | None:
    """Read ``Keller A.B.``, ``de Vries J.``, ``Сабир-Оглы Ф. А.``: initials with full stops after the family name."""
    match = _INITIALS_LAST.fullmatch(text)
    if not match or "," in text or STATE.fullmatch(match[2]) or is_organisation(match[1]):
        return None
    return person(match[1], spaced_initials(match[2]))


_VOWEL = re.compile("[AEIOUYÀ-ÆÈ-ÏÒ-ÖÙ-ÝĀĒĪŌŪАЕЁИОУЫЭЮЯӢӮ]")


def letters_last(text: str, *, is_usual: bool = False) -> Name | None:
    """Read ``Keller BJ``, ``Keller A B``: letters that cannot be a family name (Wei LI), or the habit of the list.

    One letter may be a family name (Weinan E), or no initial at all (Malcolm X, Team B).

    Args:
        text: the cell.
        is_usual: the names beside it are written so.
    """
    match = LETTERS_LAST.fullmatch(text)
    if not match or (match[2] in FIRM_LETTERS and not is_usual) or may_be_organisation(match[1]) or match[1].isupper():
        return None
    letters = match[2]
    is_sure = not letters.isalpha() or (len(letters) == 2 and not _VOWEL.search(letters))
    return person(match[1], spaced_initials(letters)) if is_sure or is_usual else None


_FROM_FATHER = re.compile(
    r"\w+(?:[ое]вич|[оеі]вна|инична)|(?:Иль|Кузьм|Лук|Фом|Никит|Савв?)ич|\w+(?:[oe]vna|inichna)|(?:Il['’ʹ]?|Nikit)ich"
)
_LATIN_SON = re.compile(r"\w+[eo]vi(?:ch|č)")
_SLAVIC = re.compile(
    r"\w+(?:[oeё]va?|[yi]na|sk(?:[iy]|ii|iy|ij|aya|aia)|enko|chuk|y?uk|[kgsh]in|dze|shvili|zoda|iev|yan)"
)
_CHILD_OF = re.compile("(?i)о[гғ]л[ыи]|у[гғ]ли|ўғли|к[ыи]з[ыи]|қизи|ogl[yiu]|o[gʻ‘'’]+li|kyzy|qizi")
_WOMAN = re.compile(r"(?!Иль|Никит|Кузьм|Фом|Лук|Савв|Мус|Ис|Яхь)\w+[ая]")


def patronymic(text: str) -> Name | None:
    """Read ``Иванов Иван Петрович``, ``Иван Петрович Иванов``, ``Алиев Али Гасан оглы``, ``Ivanova Anna Ivanovna``."""
    first, *words = text.split(" ")
    if len(words) == 3 and _CHILD_OF.fullmatch(words[2]):
        words = [words[0], " ".join(words[1:])]
        is_from_father = True
    elif len(words) == 2:
        if _FROM_FATHER.fullmatch(words[0]) or _LATIN_SON.fullmatch(words[0]):
            return person(words[1], f"{first} {words[0]}") if re.fullmatch(f"{WORD} {WORD} {WORD}", text) else None
        # Latin -ovich ends family names elsewhere (Mila Marie Jovovich), and no woman has a son's patronymic.
        is_son = _LATIN_SON.fullmatch(words[1]) and _SLAVIC.fullmatch(first)
        is_of_man = not (words[1].endswith("ич") and _WOMAN.fullmatch(words[0]))
        is_from_father = bool(is_son or (_FROM_FATHER.fullmatch(words[1]) and is_of_man))
    else:
        return None
    is_person = is_from_father and re.fullmatch(f"{WORD} {WORD}", f"{first} {words[0]}")
    return person(first, " ".join(words)) if is_person else None


_RULER = re.compile(r"(?i)(?:pope|king|queen|emperor|empress|tsar|czar|prince|princess|папа|король|император)\b")


def suffix_apart(text: str) -> Name | None:
    """Read a suffix in any place: ``Hill, Ada, Jr.``, ``Hill, Jr., Ada``, ``Hill Jr., Ada``, ``Ada Hill Jr.``."""
    parts = text.split(", ")
    places = [place for place, part in enumerate(parts) if SUFFIX.fullmatch(part)]
    if places:
        [place, *others] = places
        rest, suffix = parts[:place] + parts[place + 1 :], parts[place]
        if others or place == 0 or (len(parts) == 2 and suffix.isupper() and " " not in rest[0]):  # Gray, JR
            return None
    else:
        ends = [(place, part.rpartition(" ")) for place, part in enumerate(parts)]
        found = [(place, head, last) for place, (head, _, last) in ends if head and SUFFIX.fullmatch(last)]
        if len(found) != 1:
            return None
        [(place, head, suffix)] = found
        is_name = head.count(" ") + ("." in head) >= (2 if suffix[0] == "I" else 1)  # and not John Paul II
        if (suffix[0] == "I" and _RULER.match(parts[-1])) or (len(parts) == 1 and not is_name):
            return None
        rest = [*parts[:place], head, *parts[place + 1 :]]
    if len(rest) > 2 or (may_be_organisation if len(parts) == 1 else is_organisation)(text):
        return None
    name = person(*rest) if len(rest) == 2 else _one(rest[0], is_person=True) or family_last(rest[0])
    return name.model_copy(update={"suffix": suffix})


def family_last(text: str) -> Name:
    """Read ``Anna van den Berg``: the last word and the particles before it are the family name."""
    words = text.split(" ")
    at = len(words) - 1
    while at > 1 and words[at - 1].islower():
        at -= 1
    return person(" ".join(words[at:]), " ".join(words[:at]))


def with_suffix(name: Name) -> Name:
    """Return a name with the suffix that stands at the end of its family or given name as its suffix.

    >>> with_suffix(Name(family="Meehan III", given="W. F.")).suffix
    'III'
    """
    for part in ("family", "given"):
        head, _, last = (getattr(name, part) or "").rpartition(" ")
        if head and SUFFIX.fullmatch(last) and not name.suffix and not _RULER.match(name.given or ""):
            return name.model_copy(update={part: head.rstrip(","), "suffix": last})
    return name


# Several names in a cell.

_OTHERS_END = re.compile(
    r"(?:^|(?<![\s,;])[\s,;]+)[\[(]?(?:(?i:et\.? ?al(?:ii|ia)?)\b|(?:and|&|and the) others\b|(?:&|and) al\b"
    r"|(?:и (?:др|другие|соавт|сар)|с соавт|та (?:ін|інші)|[ій] (?:ін|інш|інші)|ды інш)\b|i dr\b|va digaron\b"
    r"|(?:ва (?:диг|дигарон|бошқ|бошқалар)|(?:және|жана) (?:басқалар|башкалар|т\. ?б)|һәм башкалар|[жһ]\. ?б)\b"
    r"|u\. ?a\b|und andere\b|et coll\b|y otros\b)\.?[\])]?[.,;]?$"
)
_OTHERS = re.compile(r"[\[({]?(?:others|(?:и )?(?:др|другие)|диг|дигарон|andere|al|(?i:et\.? ?al(?:ii|ia)?))\.?[\])}]?")


def split_others(text: str) -> tuple[str, bool]:
    """Return a text without the words for "and others" at its end, and whether it had them.

    >>> split_others("Дубов, А. С. и др."), split_others("A. Proskin [et al.]"), split_others("Weber, K.")
    (('Дубов, А. С.', True), ('A. Proskin', True), ('Weber, K.', False))
    """
    if _OTHERS.fullmatch(text):
        return "", True
    match = _OTHERS_END.search(text)
    return (text[: match.start()], True) if match else (text, False)


def _one(text: str, *, is_person: bool = False) -> Name | None:
    """Return the name of one person whose shape leaves no doubt; ``is_person``: that it is one is known."""
    found = initials_first(text) or initials_last(text)
    return found or letters_last(text, is_usual=is_person) or patronymic(text)


def _has_letters_last(cells: Sequence[str]) -> bool:
    """Whether a list has initials last: those of one name are certain, or several end in one (Reed A, Stone C)."""
    if any(initials_last(cell) or letters_last(cell) for cell in cells):
        return True
    ends = [match for match in map(LETTERS_LAST.fullmatch, cells) if match and len(match[2]) == 1]
    return len({match[1] for match in ends}) > 1  # and not Plan A, Plan B


def joined(text: str, *, given_first: bool) -> Cell | None:
    """Read names joined by "and", each that of a person: ``Reed, A. and Stone, C.``, ``В. А. Мухин и А. К. Мазов``."""
    parts = AND.split(text)
    if len(parts) < 2:
        return None
    is_usual = _has_letters_last(parts)
    cells = [_certain(part, given_first=given_first, is_usual=is_usual) for part in parts]
    return tuple(name for cell in cells for name in cell) if all(cells) else None


def _certain(part: str, *, given_first: bool, is_usual: bool) -> Cell:
    """Return the persons that a part between two "and" holds; none where it may be something else."""
    if found := _one(part, is_person=is_usual):
        return (found,)
    if is_organisation(part):
        return ()
    if PAIR.fullmatch(part):
        return (Name.parse(part),)
    if given_first and FULL_NAME.fullmatch(part) and not may_be_organisation(part):
        return (family_last(part),)
    return comma_list(part) or ()


def comma_list(text: str) -> Cell | None:
    """Read names with commas between them: ``Anna B. Reed, Carl Stone, Bob Hill``; ``Reed, A. B., Stone, C.``."""
    parts = [part for part in text.split(", ") if part]
    if len(parts) < 2 or is_organisation(text):
        return None
    if any(map(_one, parts)) or _has_letters_last(parts):
        names = [_one(part, is_person=True) for part in parts]
        if all(names):
            return tuple(filter(None, names))
    if len(parts) > 2 and all(map(FULL_NAME.fullmatch, parts)) and not may_be_organisation(text):
        return tuple(_one(part) or family_last(part) for part in parts)
    families, given = parts[::2], parts[1::2]
    are_pairs = len(families) == len(given) > 1 and all(map(ENDS_IN_INITIALS.fullmatch, given))
    if are_pairs and all(re.fullmatch(FAMILIES, family) for family in families):
        return tuple(map(person, families, given))
    return None


_STRIKING_WORDS = frozenset(STRIKING.split("|")) | {"of", "for", "the", "The"}
_STRIKING_SIGNS = re.compile(r"[^\w .'’-]|\d| -")
_STRIKING_ENDS = (
    "ich", "vna", "ич", "вна", "ична", "лы", "ли", "зы", "zi", "Inc", "Ltd", "LLC", "GmbH", "Corp", "PLC", "."
)  # fmt: skip


def _is_given_first(text: str) -> bool:
    """Whether a text is plainly given names and a family name: no word in it belongs to another habit."""
    words = text.split(" ")
    last = words[-1]
    return not (
        _STRIKING_SIGNS.search(text)
        or (len(last) < 4 and last.isupper())
        or last.endswith(_STRIKING_ENDS)
        or not _STRIKING_WORDS.isdisjoint(words)
        or any(word[:4].lower() in BODY_STARTS for word in words)
    )


def read_cells(
    cells: Sequence[str | None], of_format: Callable[[str], Name], *, given_first: bool = False
) -> list[Cell | None]:
    """Return the names of each cell of a list whose shape leaves no doubt; None for one that is left to its format.

    Args:
        cells: the texts, with single spaces; None for one that must not be looked at, such as one in braces.
        of_format: how the format itself reads a name, for the parts of a cell.
        given_first: whether that takes the last word of a name without a comma for the family name.

    >>> read_cells(["Keller A. B.", "Reed, A.; Stone, C.", "Reed, A."], Name.parse)[1]
    (Name(family='Reed', given='A.'), Name(family='Stone', given='C.'))
    """
    read: list[Cell | None] = [_read_cell(cell, of_format, given_first=given_first) if cell else None for cell in cells]
    rest = [cell for cell, found in zip(cells, read, strict=True) if cell and not found]
    if (all if given_first else any)(len(cell.rpartition(" ")[2]) < 4 for cell in rest):
        names = _by_the_others(rest, cells, given_first=given_first)
        read = [found or _only(names.get(cell or "")) for cell, found in zip(cells, read, strict=True)]
    return read


def _only(name: Name | None) -> Cell | None:
    return (name,) if name else None


def _by_the_others(rest: Sequence[str], cells: Sequence[str | None], *, given_first: bool) -> dict[str, Name]:
    """Return the names of cells like ``Wu LI`` or ``Reed A`` in a list whose other names have initials last.

    Where the family name comes first, one letter is an initial beside an organisation, too; and a name with a comma
    tells that initials stand behind one.
    """
    shown = [cell for cell in cells if cell]
    has_comma = any("," in cell for cell in shown) or (not given_first and len(shown) < len(cells))
    if not (any(map(letters_last, shown)) if has_comma else _has_letters_last(shown)):
        return {}
    names = {cell: name for cell in rest if (name := letters_last(cell, is_usual=True))}
    if len(names) == len(set(rest)):
        return names
    return {} if given_first else {cell: name for cell, name in names.items() if cell[-2] == " "}


def _read_cell(text: str, of_format: Callable[[str], Name], *, given_first: bool) -> Cell | None:
    is_plain = PLAIN.fullmatch(text) if "," in text else given_first and _is_given_first(text)
    if (is_plain and text[0].isupper()) or text.startswith("{"):
        return None
    rest, has_others = split_others(re.sub(r" ?,(?=\S)| ,", ",", text).replace(",", ", ").replace(",  ", ", ").rstrip())
    rest = re.sub(r"^(?:and|&) |(?<![;\s])[;\s]+$|(?:,? (?:and|&|и)){1,9}$", "", rest)
    if not rest:
        return (OTHERS,) if has_others else None
    parts = [] if ENTITY.search(rest) else [part for piece in rest.split(";") if (part := piece.strip(" ,"))]
    if len(parts) > 1 and not all(re.fullmatch(WORD, part) for part in parts):  # Vicky; Reed
        cells = read_cells(parts, of_format, given_first=given_first)
        found = tuple(name for part, cell in zip(parts, cells, strict=True) for name in cell or (of_format(part),))
    else:
        found = _names(rest, given_first=given_first)
        if not found and rest != text:
            found = (of_format(rest),)
    return (*found, OTHERS) if has_others else found or None


def _names(text: str, *, given_first: bool) -> Cell:
    """Return the names of a text without a semicolon; none where it leaves a doubt."""
    if several := joined(text, given_first=given_first):
        return several
    if name := suffix_apart(text) if AND.search(text) is None else None:
        return (name,)
    if several := comma_list(text):
        return several
    name = _one(text) or organisation(text)
    return (name,) if name else ()


def read_text(text: str) -> Cell:
    """Return the names that a text stands for; without a comma or a habit it is an organisation (``Name.parse``).

    >>> [str(name) for name in read_text("Burton, J. and Smith, A.")], read_text("Иванов И.И.")[0].family
    (['Burton, J.', 'Smith, A.'], 'Иванов')
    """
    return read_cells([" ".join(text.split())], Name.parse)[0] or (Name.parse(text),)
