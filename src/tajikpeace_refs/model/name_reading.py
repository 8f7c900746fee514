"""Names as people and programs write them: one function for each habit, and ``read_cells``, which decides.

A *cell* is what a format has for one name: an ``AU`` line of RIS, what stands between two ``and`` of BibTeX, a text in
YAML. It may hold several names, or a name in an order that the format does not know. Only a shape that leaves no doubt
is read here: ``A. B. Keller`` (IEEE), ``Keller A. B.`` (Ovid, eLIBRARY), ``Keller AB`` (PubMed), ``Иванов Иван Петрович``
(eLIBRARY, CyberLeninka), several names in one cell, a suffix in the wrong place, "et al.", the name of an organisation.
Any other cell is left to its format, and ``name_doubts`` says what looks wrong in the names that were read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator, Field

from tajikpeace_refs.model.name import Name

Cell = tuple[Name, ...]
"""The names that one cell holds."""

OTHERS = Name(literal="others")

_UPPER = "".join(chr(code) for code in (*range(0x41, 0x530), *range(0x1E00, 0x1F00)) if chr(code).isupper())
_LETTER = r"[^\W\d_]"
_HYPHEN = r"\-‐‑"
# A letter of another alphabet is often two in Latin (Ш. is Sh.), and Дж. stands for an English J.
_INITIAL = (
    rf"(?:Shch|Dzh|Chr|[CSZKGTP]h|Ts|Dz|Y[aeou]|I[aeu]|J[aeou]|Wm|Дж|Дз|[{_UPPER}])(?!{_LETTER})"
)
INITIAL = re.compile(rf"{_INITIAL}\.")
"""An initial with its full stop, of two or three letters where they are one letter of another alphabet: ``Ya.``."""
_STOPPED = rf"(?:{_INITIAL}\. ?[{_HYPHEN}]? ?)*{_INITIAL}\."
_PARTICLE = (
    "(?:van|von|der|den|de|del|della|di|da|do|dos|das|du|la|le|los|las|ten|ter|te|zu|zum|zur|af|av|bin|ibn|ben|al|el|y"
    "|фон|ван|дер|де|ла|ди|да|ибн|бин)"
)
_WORD = rf"(?:{_LETTER}{{1,2}}['’ʼ{_HYPHEN}])?[{_UPPER}](?:[\u0300-\u036f'’ʼ{_HYPHEN}]*{_LETTER})+"
_FAMILY = rf"(?:{_PARTICLE} )*{_WORD}"
_FAMILIES = rf"{_FAMILY}(?: {_FAMILY})?"
_GIVEN = rf"(?:(?:{_WORD}|{_INITIAL}\.?|[{_UPPER}]{{1,3}})(?: |[{_HYPHEN}]|(?<=\.)|$))+"
_AND = re.compile(r",? (?:and|&|и|ва) ")

_FULL_NAME = re.compile(rf"(?:{_WORD}|{_INITIAL}\.)(?: (?:{_INITIAL}\.?|{_WORD}))*(?: {_PARTICLE})* {_WORD}")
_PAIR = re.compile(rf"{_FAMILIES}, {_GIVEN}")


# Organisations.

# How words begin that stand in no person's name; those with a $ stand so as they are.
_BODY_WORDS = """
universi institut ministr(?:y|ies) ministeri ministère organi[sz]a[tc] associa[tcz] committee comit[éê] comitato commission comisi[óo]n
foundation fondation fundaci stiftung federa[tlc] corporation consorti collaborat directorate laborator academ(?:y|ia|ies)$ akademi
societ societ sociét sociedad gesellschaft verband$ verein$ government$ parliament$ senate$ assembly$ congress$ department départe departament
agenc agentur councils?$ conseil$ consejo$ authorit administration$ bureau$ networks?$ program(?:me)?s?$ projects?$ initiative$
alliance$ coalition$ international$ national$ nations$ united$ european$ global$ survey$ librar(?:y|ies)$ museum hospitals?$ colleges?$
schools?$ archives$ republi[ck]$ cent(?:re|er)s?$ services$ offices?$ teams?$ contributors$ developers$ investigators$ groupe?$ company$
bundes(?:amt|anstalt|minist) институт университет министерств академи[ияею]$ комитет комисси организаци ассоциаци агентств департамент
правительств федераци республик общество$ центр$ совет$ лаборатори коллектив редколлеги вазорат донишго донишкад кумита ҳукумат маркази$
пажӯҳишгоҳ созмон агентии$
""".replace("$", r"(?!\w)")
_BODY = re.compile(
    rf"(?i)\b(?:{'|'.join(_BODY_WORDS.split())})|(?<=\w )(?-i:of|for|the)(?= \w)"
    r"|\b(?-i:Inc\.?|Ltd\.?|LLC|GmbH|Corp\.?|PLC|Co\.)$"
)
# Words of organisations that people are called, too (Frank Press, Gabrielle Union): no proof.
_MAYBE_BODY = re.compile(
    r"(?i)\b(?:bank|union|press|service|watch|party|news|world|trust|fund|board|church|court|forum|house|staff|labs?|force|"
    r"american|british|royal|sons|bros|journal|банк|союз|фонд|журнал|партия)(?!\w)"
)
_FIRM = re.compile(r"(?i:inc|ltd|llc|gmbh|corp|plc)\.?|Co\.|S\. ?A\.")
# Letters after a name that are none of its initials: Müller AG, Meta AI, Минобрнауки РФ.
_FIRM_LETTERS = frozenset("AG AB AS SA NV BV KG LP LLC PLC LTD AI TV FC HQ IT UK US USA UN EU РФ РТ США АН РАН ООН".split())
_STATE = re.compile(r"(?:U\. ?S\.(?: ?A\.| ?S\. ?R\.)?|U\. ?[KN]\.|E\. ?U\.)")
"""What may stand beside the name of an authority: U.S., U.K., U.N., E.U."""


def is_organisation(text: str) -> bool:
    """Whether a word of a text proves that it names an organisation.

    >>> [is_organisation(text) for text in ("World Road Organization", "Академия наук", "Bank of England", "Frank Press")]
    [True, True, True, False]
    """
    return _BODY.search(text) is not None


def may_be_organisation(text: str) -> bool:
    """Whether a word of a text is one that stands in names of organisations."""
    return is_organisation(text) or _MAYBE_BODY.search(text) is not None


def organisation(text: str) -> Name | None:
    """Read a name that a word proves to be an organisation's, with its commas: ``Institute of Physics, Minsk``."""
    first, *more = text.split(", ")
    proof = (" " in first and is_organisation(first)) or (more and _FIRM.fullmatch(more[-1]))
    return Name(literal=text) if proof else None


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
    found = re.findall(rf"([{_HYPHEN}]?) ?({_INITIAL})", letters)
    return "".join(f"{hyphen or ' '}{letter}." for hyphen, letter in found).lstrip()


_INITIALS_FIRST = re.compile(rf"({_STOPPED}) ?({_FAMILY})")
_MIDDLE_INITIAL = re.compile(rf"({_WORD} {_STOPPED}) ({_FAMILY})")


def initials_first(text: str) -> Name | None:
    """Read ``A. B. Keller``, ``J. -P. Dumas``, ``L. van den Berg``, ``Anna B. Keller``: one word after the initials."""
    if match := _INITIALS_FIRST.fullmatch(text):
        given = None if _STATE.fullmatch(match[1]) else spaced_initials(match[1])
    elif match := _MIDDLE_INITIAL.fullmatch(text):
        given = match[1]
    return person(match[2], given) if match and given and not is_organisation(text) else None


_INITIALS_LAST = re.compile(rf"({_FAMILIES}),? ({_STOPPED}(?: ?{_INITIAL})?)")


def initials_last(text: str) -> Name | None:
    """Read ``Keller A.B.``, ``de Vries J.``, ``Сабир-Оглы Ф. А.``: initials with full stops after the family name."""
    match = _INITIALS_LAST.fullmatch(text)
    if not match or "," in text or _STATE.fullmatch(match[2]) or is_organisation(match[1]):
        return None
    return person(match[1], spaced_initials(match[2]))


_LETTERS_LAST = re.compile(rf"({_FAMILIES}) ([{_UPPER}]{{1,3}}|[{_UPPER}](?:[ {_HYPHEN}][{_UPPER}]){{1,3}})")
_VOWEL = re.compile("[AEIOUYÀ-ÆÈ-ÏÒ-ÖÙ-ÝĀĒĪŌŪАЕЁИОУЫЭЮЯӢӮ]")


def letters_last(text: str, *, given_first: bool = False, is_usual: bool = False) -> Name | None:
    """Read ``Keller AB``, ``Keller A B``: letters that cannot be a family name (Wei LI), or the habit of the list.

    Args:
        text: the cell.
        given_first: the format has the family name last, where it may be one letter (Weinan E).
        is_usual: the names beside it are written so.
    """
    match = _LETTERS_LAST.fullmatch(text)
    if not match or match[2] in _FIRM_LETTERS or may_be_organisation(match[1]) or match[1].isupper():
        return None
    letters = match[2]
    is_sure = not given_first if len(letters) == 1 else not letters.isalpha() or not _VOWEL.search(letters)
    return person(match[1], spaced_initials(letters)) if is_sure or is_usual else None


_PATRONYMIC = re.compile(
    r"\w+(?:[ое]вич|[ое]вна|инична|o?[eo]vna|inichna)|(?:Иль|Кузьм|Лук|Фом|Никит|Савв?)ич|(?:Il['’ʹ]?|Kuz['’ʹ]?m|Luk|Fom|Nikit)ich|"
    r"(\w+[eo]vi(?:ch|č))"
)
_CHILD_OF = re.compile("(?i)о[гғ]л[ыи]|у[гғ]ли|ўғли|к[ыи]з[ыи]|қизи|ogl[yiu]|o[gʻ‘'’]+li|kyzy|qizi")
_SLAVIC = re.compile(r"\w+(?:[oeё]va?|[yi]na|sk(?:[iy]|ii|iy|ij|aya|aia)|enko|chuk|y?uk|[kgsh]in|dze|shvili|zoda|iev|yan)")
_WOMAN = re.compile(r"(?!Иль|Никит|Кузьм|Фом|Лук|Савв|Мус|Ис|Мустаф|Яхь)\w+[ая]")


def patronymic(text: str) -> Name | None:
    """Read ``Иванов Иван Петрович``, ``Иван Петрович Иванов``, ``Алиев Али Гасан оглы``, ``Ivanova Anna Ivanovna``."""
    words = text.split(" ")
    if len(words) == 4 and _CHILD_OF.fullmatch(words[3]):
        words[2:] = [" ".join(words[2:])]
        is_last, is_middle = True, False
    elif len(words) == 3:
        last, middle = map(_PATRONYMIC.fullmatch, words[1:][::-1])
        # Latin -ovich ends family names elsewhere (Mila Marie Jovovich).
        is_last = bool(last) and (not last[1] or bool(_SLAVIC.fullmatch(words[0])))
        is_last = is_last and not (words[2].endswith("ич") and _WOMAN.fullmatch(words[1]))
        is_middle = bool(middle)
    else:
        return None
    if not all(re.fullmatch(_WORD, word) for word in words[:2]):
        return None
    if is_middle:
        return person(words[2], f"{words[0]} {words[1]}") if re.fullmatch(_WORD, words[2]) else None
    return person(words[0], f"{words[1]} {words[2]}") if is_last else None


_SUFFIX = re.compile(r"(?:[JS]n?r|JR|SR|мл|ст)\.?|II|III|IV|2nd|3rd|4th")
_MONARCH = re.compile(r"(?i)pope|king|queen|emperor|empress|tsar|czar|prince|princess|папа|король|император")


def suffix_apart(text: str) -> Name | None:
    """Read a suffix in any place: ``Hill, Ada, Jr.``, ``Hill, Jr., Ada``, ``Hill Jr., Ada``, ``Ada Hill Jr.``."""
    parts = text.split(", ")
    places = [place for place, part in enumerate(parts) if _SUFFIX.fullmatch(part)]
    if places:
        [place, *others] = places
        rest, suffix = parts[:place] + parts[place + 1 :], parts[place]
        if others or place == 0 or (len(parts) == 2 and suffix.isupper() and " " not in rest[0]):  # Gray, JR
            return None
    else:
        ends = [(place, part.rpartition(" ")) for place, part in enumerate(parts)]
        found = [(place, head, last) for place, (head, _, last) in ends if head and _SUFFIX.fullmatch(last)]
        if len(found) != 1 or _MONARCH.search(text):
            return None
        [(place, head, suffix)] = found
        if len(parts) == 1 and head.count(" ") + ("." in head) < (2 if suffix[0] == "I" else 1):  # John Paul II
            return None
        rest = [*parts[:place], head, *parts[place + 1 :]]
    if len(rest) > 2 or (may_be_organisation if len(parts) == 1 else is_organisation)(text):
        return None
    name = person(*rest) if len(rest) == 2 else family_last(rest[0])
    return name.model_copy(update={"suffix": suffix})


def family_last(text: str) -> Name:
    """Read ``Anna van den Berg``: the last word and the particles before it are the family name."""
    words = text.split(" ")
    at = len(words) - 1
    while at > 1 and words[at - 1].islower():
        at -= 1
    return person(" ".join(words[at:]), " ".join(words[:at]))


# Several names in a cell.

_OTHERS_END = re.compile(
    r"(?:^|[\s,;]+)[\[(]?(?:(?i:et\.? ?al(?:ii|ia)?)\b|(?:and|&|and the) others\b|(?:&|and) al\b|и (?:др|другие|соавт)\b|i dr\b"
    r"|ва (?:диг|дигарон)\b|va digaron\b|u\. ?a\b|und andere\b|et coll\b|y otros\b)\.?[\])]?[.,;]?$"
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


def _one(text: str, *, given_first: bool) -> Name | None:
    """Return the name of one person whose shape leaves no doubt."""
    found = initials_first(text) or initials_last(text) or letters_last(text, given_first=given_first)
    return found or patronymic(text)


def joined(text: str, *, given_first: bool) -> Cell | None:
    """Read names joined by "and": ``Reed, A. and Stone, C.``, ``В. А. Мухин и А. К. Мазов``; every part is a person's."""
    parts = _AND.split(text)
    if len(parts) < 2:
        return None
    cells = [_certain(part, given_first=given_first) for part in parts]
    return tuple(name for cell in cells for name in cell) if all(cells) else None


def _certain(part: str, *, given_first: bool) -> Cell:
    """Return the persons that a part between two "and" holds; none where it may be something else."""
    if found := _one(part, given_first=given_first):
        return (found,)
    if is_organisation(part):
        return ()
    if _PAIR.fullmatch(part):
        return (Name.parse(part),)
    if given_first and _FULL_NAME.fullmatch(part) and not may_be_organisation(part):
        return (family_last(part),)
    return comma_list(part, given_first=given_first) or ()


_ENDS_IN_INITIALS = re.compile(rf"(?:{_WORD} )*(?:{_STOPPED}|[{_UPPER}]{{1,3}})")


def comma_list(text: str, *, given_first: bool) -> Cell | None:
    """Read names with commas between them: ``Anna B. Reed, Carl Stone, Bob Hill``; ``Reed, A. B., Stone, C.``."""
    parts = [part for part in text.split(", ") if part]
    if len(parts) < 2 or is_organisation(text):
        return None
    names = [_one(part, given_first=given_first) for part in parts]
    if all(names):
        return tuple(filter(None, names))
    if len(parts) > 2 and all(map(_FULL_NAME.fullmatch, parts)) and not may_be_organisation(text):
        return tuple(_one(part, given_first=given_first) or family_last(part) for part in parts)
    families, given = parts[::2], parts[1::2]
    if len(given) > 1 and len(families) == len(given) and all(map(_ENDS_IN_INITIALS.fullmatch, given)):
        if all(re.fullmatch(_FAMILIES, family) for family in families):
            return tuple(map(person, families, given))
    return None


# Most cells are one family name, a comma and given names, or given names and a family name: nothing to decide.
_STRIKING = r"and|et|и|ва|va|i|u|y|und|др|II|III|IV|Jr|Sr|Jnr|Snr|JR|SR|мл|ст|\w*\d\w*"
_PLAIN = re.compile(rf"[\w'’-]+, (?:(?!(?:{_STRIKING})\b)[\w'’-]+\.?(?: |[{_HYPHEN}]|(?<=\.)|$))+")
_STRIKING_WORDS = frozenset(_STRIKING.split("|")) | {"of", "for", "the"}
_STRIKING_SIGNS = re.compile(r"[^\w .'’-]|\d")
_STRIKING_ENDS = ("ich", "vna", "chna", "вич", "вна", "ична", "лы", "ли", "зы", "qizi", "Inc", "Ltd", "LLC", "GmbH", "Corp", "PLC", ".")
_BODY_STARTS = frozenset(re.findall(r"(?m)(?:^|\s)(\w{4})", _BODY_WORDS)) | {"orga", "asso", "comi", "cent", "buro", "univ"}
_ENTITY = re.compile(r"&#?\w+;")


def _is_given_first(text: str) -> bool:
    """Whether a text is plainly given names and a family name: no word in it belongs to another habit."""
    words = text.split(" ")
    last = words[-1]
    return not (
        _STRIKING_SIGNS.search(text)
        or (len(last) < 4 and last.isupper())
        or last.endswith(_STRIKING_ENDS)
        or not _STRIKING_WORDS.isdisjoint(words)
        or any(word[:4].lower() in _BODY_STARTS for word in words)
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
    read = [cell and _read_cell(cell, of_format, given_first=given_first) for cell in cells]
    # Where every name ends in capitals, and the letters of one can be no family name, they are initials in all.
    rest = [cell for cell, found in zip(cells, read, strict=True) if cell and not found]
    if rest and all(len(cell.rpartition(" ")[2]) < 4 for cell in rest) and _are_initials(cells, rest, given_first=given_first):
        names = [letters_last(cell, is_usual=True) for cell in rest]
        if all(names):
            usual = iter(names)
            read = [(next(usual),) if cell and not found else found for cell, found in zip(cells, read, strict=True)]
    return [found or None for found in read]


def _are_initials(cells: Sequence[str | None], vague: list[str], *, given_first: bool) -> bool:
    """Whether the letters at the end of some cells are initials: one of all is certain, or each is a single letter."""
    is_certain = any(cell and letters_last(cell, given_first=given_first) for cell in cells)
    return is_certain or (len(vague) > 1 and all(cell[-2:-1] == " " for cell in vague))


def _read_cell(text: str, of_format: Callable[[str], Name], *, given_first: bool) -> Cell | None:
    is_plain = _PLAIN.fullmatch(text) if "," in text else given_first and _is_given_first(text)
    if is_plain or text.startswith("{"):
        return None
    rest, has_others = split_others(re.sub(r" ?,(?=\S)| ,", ",", text).replace(",", ", ").replace(",  ", ", ").rstrip())
    rest = re.sub(r"^(?:and|&) |[;\s]+$|(?:,? (?:and|&|и))+$", "", rest)
    if not rest:
        return (OTHERS,) if has_others else None
    if ";" in rest and not _ENTITY.search(rest):
        parts = [part for piece in rest.split(";") if (part := piece.strip(" ,"))]
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
    if name := suffix_apart(text) if _AND.search(text) is None else None:
        return (name,)
    if several := comma_list(text, given_first=given_first):
        return several
    name = _one(text, given_first=given_first) or organisation(text)
    return (name,) if name else ()


def read_text(text: str) -> Cell:
    """Return the names that a text stands for; without a comma or a habit it is an organisation (``Name.parse``).

    >>> [str(name) for name in read_text("Burton, J. and Smith, A.")], read_text("Иванов И.И.")[0].family
    (['Burton, J.', 'Smith, A.'], 'Иванов')
    """
    return read_cells([" ".join(text.split())], Name.parse)[0] or (Name.parse(text),)


# What looks wrong in names as they were read, by any format.


class NameDoubt(NamedTuple):
    """A part of a name that is likely none: the lint code, the name's place in the list, the part, its words, what to do."""

    code: str
    place: int
    part: str
    words: str
    message: str


SEVERAL, MISPLACED, SPLIT_BODY, NO_NAME = "TP420", "TP421", "TP422", "TP423"
_ROLE = re.compile(r"(?i)[(\[](?:eds?|editors?|hrsg|hg|trans|comps?|ред|сост|пер)\b[^)\]]*[)\]]|, (?:eds?|hrsg|ред)\.?$")
_DEGREE_OR_SO = re.compile(rf"{_SUFFIX.pattern}|[\w.]{{2,6}}(?:,? [\w.]{{2,6}})?")
_ONLY_INITIALS = re.compile(rf"{_STOPPED}|[{_UPPER}](?: [{_UPPER}])*")
_SOUND = re.compile(rf"{_LETTER}[\w'’{_HYPHEN}]*[^\W\dA-ZЀ-Я_], [\w. {_HYPHEN}'’]+")


def name_doubts(names: Sequence[Name], *, bare: bool = False) -> Iterator[NameDoubt]:
    """Yield what looks wrong in the names of a variable; sound names give nothing.

    Args:
        names: the names.
        bare: whether ``literal`` may be the words of a person, as in formats that do not mark organisations.
    """
    has_body = any(name.literal and is_organisation(name.literal) for name in names)
    for place, name in enumerate(names):
        if name.is_others:
            continue
        if name.literal is not None:
            found = _doubt_of_literal(name.literal, bare=bare)
        else:
            found = _doubt_of_person(name, beside_body=has_body)
        if found:
            code, part, words, message = found
            yield NameDoubt(code, place, part, words, message)


Found = tuple[str, str, str, str] | None


def _doubt_of_literal(text: str, *, bare: bool) -> Found:
    if _ONLY_INITIALS.fullmatch(text):
        return NO_NAME, "literal", text, f"{text!r} is no name; write 'Family, Given' in quotation marks"
    if role := _ROLE.search(text):
        return MISPLACED, "literal", role[0], f"{role[0]!r} is no part of a name; remove it"
    several = (";" in text and not _ENTITY.search(text)) or any(
        len(parts) > 1 and not may_be_organisation(text) and all(map(_FULL_NAME.fullmatch, parts))
        for parts in (_AND.split(text), re.split(rf", |{_AND.pattern}", text))
    )
    if several:
        return SEVERAL, "literal", text, f"{text!r} holds several names; give each its own"
    letters = _LETTERS_LAST.fullmatch(text)
    is_like_person = _FULL_NAME.fullmatch(text) or (letters and letters[2] not in _FIRM_LETTERS)
    if bare and is_like_person and not may_be_organisation(text):
        return NO_NAME, "literal", text, f"{text!r} is read as an organisation; write 'Family, Given' for a person"
    return None


def _doubt_of_person(name: Name, *, beside_body: bool) -> Found:
    family, given = name.family or "", name.given or ""
    if name.is_bare and len(family) > 3 and _SOUND.fullmatch(f"{family}, {given}") and _PLAIN.fullmatch(f"{family}, {given}"):
        return None  # nearly every name
    for part, text in (("family", family), ("given", given), ("suffix", name.suffix or "")):
        if found := _doubt_of_part(part, text):
            return found
    return _doubt_of_family(name, family, given, beside_body=beside_body)


def _doubt_of_part(part: str, text: str) -> Found:
    if (several := re.search(r";|&|^(?:and|и) |(?<=\S) (?:and|и|ва) ", text)) and not _ENTITY.search(text):
        return SEVERAL, part, several[0], f"{several[0].strip()!r} stands between names or before one; give each its own name"
    if role := _ROLE.search(text):
        return MISPLACED, part, role[0], f"{role[0]!r} is no part of a name; remove it"
    last = text.rpartition(" ")[2]
    if part == "suffix" and text and not _DEGREE_OR_SO.fullmatch(text):
        return MISPLACED, part, text, f"{text!r} is no suffix; write 'Family, Given', and each name on its own"
    if part != "suffix" and _SUFFIX.fullmatch(last) and not (last == text and text.isupper()):
        return MISPLACED, part, last, f"{last!r} is a suffix; give it as the suffix"
    if part != "suffix" and "," in text:
        return MISPLACED, part, text, f"a comma stands in {text!r}; it parts the family name from the given names"
    return None


def _doubt_of_family(name: Name, family: str, given: str, *, beside_body: bool) -> Found:
    if not family and _ONLY_INITIALS.fullmatch(given):
        return NO_NAME, "given", given, f"{given!r} is no name; the family name is missing"
    if _ONLY_INITIALS.fullmatch(family) or (re.fullmatch(rf"[{_UPPER}]{{2,3}}", family) and re.fullmatch(_WORD, given)):
        if not given.isupper():
            return MISPLACED, "family", family, f"{family!r} may be initials; write 'Family, Given'"
    is_whole = given and not _ENDS_IN_INITIALS.fullmatch(given) and not spaced_initials(given) == given
    if is_whole and (is_organisation(f"{given} {family}") or (_MAYBE_BODY.search(family) and may_be_organisation(given))):
        whole = f"{given} {family}"
        return SPLIT_BODY, "family", family, f"{whole!r} is read as a person; put an organisation in braces or under 'literal'"
    if beside_body and name.given is None and re.fullmatch(r"[A-ZА-Я][a-zа-яё]+", family):
        message = f"{family!r} stands alone beside an organisation; put a name with 'and' in it in braces"
        return SPLIT_BODY, "family", family, message
    return None


# What a model takes for names.


def _ready(name: Any) -> Any:  # noqa: ANN401 - raw input
    if type(name) is dict and {*map(type, name.values())} == {str}:
        try:
            return _of_parts(*name.items())
        except ValueError:  # reported at its place when the whole work is validated
            return name
    return name


# Authors come again and again, and a name is immutable.
@lru_cache(maxsize=8192)
def _of_parts(*parts: tuple[str, str]) -> Name:
    return Name.model_validate(dict(parts))


def _one_or_many(value: Any) -> Any:  # noqa: ANN401 - raw input
    """Accept the short spellings: one name for a list of one, text for the names that it holds."""
    if isinstance(value, (list, tuple)):  # first: asking whether something is a model takes long
        if str in map(type, value):
            value = [name for item in value for name in (read_text(item) if isinstance(item, str) and item.strip() else (item,))]
        return tuple([_ready(name) for name in value])
    return _one_or_many((value,)) if isinstance(value, (str, dict, Name)) else value


Names = Annotated[
    tuple[Name, ...],
    BeforeValidator(_one_or_many),
    Field(json_schema_extra={"examples": [[{"family": "Usmonov", "given": "I."}]]}),
]
