"""Whether two texts, names, numbers or dates say the same, and how they differ where that accuses nobody.

A likeness is None where they differ; an empty text where they are identical; else the name of the difference
(``HOW``). Texts are compared in their scripts, and by sound in every romanisation; never in ASCII.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tajikpeace_refs.model.date import PartialDate
from tajikpeace_refs.model.folding import fold
from tajikpeace_refs.model.name import Name, NameForm
from tajikpeace_refs.model.name_shapes import INITIAL
from tajikpeace_refs.model.pages import article_number, in_full
from tajikpeace_refs.text import numbers
from tajikpeace_refs.text.editions import edition
from tajikpeace_refs.text.languages import base_of_tag, is_english
from tajikpeace_refs.text.rich import strip
from tajikpeace_refs.text.roman_numerals import roman_value
from tajikpeace_refs.text.scripts import CYRILLIC_TWIN, has_cyrillic, is_latin, script_of
from tajikpeace_refs.text.spellings import without_marks, words_of, written_out
from tajikpeace_refs.text.spoken import first_sounds, sound_alike
from tajikpeace_refs.text.titles import MINOR, seems_english

Likeness = str | None
Spoken = tuple[str, str | None]
"""A text and its language."""
HOW = {
    "punctuation": "signs, blanks, hyphens, markup",
    "case": "capitals",
    "diacritics": "marks on letters, and letters that look alike",
    "script": "the same words in Cyrillic and in Latin letters",
    "romanisation": "the same words in two romanisations",
    "translation": "the title in another language, which the other record has too",
    "language": "another script or language: these words cannot be compared",
    "subtitle": "one has the subtitle, the other only the title before it",
    "abbreviation": "one abbreviates the other",
    "initials": "initials, or fewer given names",
    "name form": "the same words of a name in another order, in other parts, or with other full stops",
    "et al.": "a list that is shortened, and begins as the other",
    "author order": "the same names in another order",
    "word order": "the same keywords in another order",
    "first name only": "one record names only the first person",
    "fewer names": "we lack persons that the other has",
    "more names": "we have persons that the other lacks",
    "role": "authors of the one are editors of the other",
    "dashes": "another dash, or short page numbers",
    "first page": "one has only the first page",
    "label": "a number with and without its label, in words or in Roman numerals",
    "spelling": "one identifier or address in two spellings, or British and American words",
    "precision": "one date is more exact",
    "online or print": "the year of one is that of the other's publication online or in print",
    "one year apart": "the next year or the one before",
    "kind not named": "one type does not name the kind of work",
    "same ISSN": "two names of one serial",
}
"""The names of differences, with what they mean."""


# Texts.

_WORD = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"\s*[:.?!;(\[/=]+(?=\W|$)|\s+[-–—]+\s|\s*[(\[]")
_MOST_BREAKS = 4
_SMALL = MINOR | {"und", "et", "the", "&", "и", "в", "по", "для", "ва", "der", "die", "das", "des", "für", "du", "le"}
_ACRONYM_PART = re.compile(r"[^\W\d_a-z][a-z]*")
_LEAST_PARTS = 3
_ABBREVIATED = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)*")


def text_likeness(one: Spoken, other: Spoken) -> Likeness:
    """Return the likeness of two texts: signs, case, marks or script, the first of these that explains all.

    >>> text_likeness(("Peace-building", "en"), ("<i>Peace building</i>", None))
    'punctuation'
    >>> text_likeness(("Мир и память", "ru"), ("Mir i pamiat", None)), text_likeness(("Ёлка", "ru"), ("Елка", "ru"))
    ('script', 'diacritics')
    """
    if one[0] == other[0]:
        return ""
    mine, theirs = _letters(one[0]), _letters(other[0])
    if not (mine and theirs):
        return None
    if mine == theirs:
        return "punctuation"
    if mine.casefold() == theirs.casefold():
        return "case"
    if _folded(mine) == _folded(theirs) or written_out(mine) == written_out(theirs):
        return "diacritics"
    if has_cyrillic(one[0]) != has_cyrillic(other[0]):
        return "script" if sound_alike(*one, *other) else None
    return "romanisation" if _may_be_romanised(one) and _may_be_romanised(other) and sound_alike(*one, *other) else None


def _letters(text: str) -> str:
    return "".join(words_of(text))


def _folded(text: str) -> str:
    """Return letters without case and marks; in a text with Cyrillic, Latin letters that look alike are Cyrillic."""
    if has_cyrillic(text):
        text = "".join(CYRILLIC_TWIN.get(letter, letter) for letter in text)
    return without_marks(text)


def _may_be_romanised(text: Spoken) -> bool:
    words, language = text
    return not is_english(language) and not seems_english(words)


def is_comparable(one: Spoken, other: Spoken) -> bool:
    """Whether two texts that are not alike would be if they said the same: not in two scripts, nor in two languages."""
    if is_latin(one[0]) != is_latin(other[0]):
        return False
    languages = [base_of_tag(language) for _, language in (one, other) if language]
    return len(set(languages)) < 2


def head_likeness(one: Spoken, other: Spoken) -> Likeness:
    """Return ``subtitle`` where one title is what stands before a colon, full stop or the like in the other."""
    short, long = sorted((one, other), key=lambda text: len(_letters(text[0])))
    return "subtitle" if any(text_likeness((head, long[1]), short) is not None for head in heads(long[0])) else None


def heads(title: str) -> list[str]:
    """Return what may be the title without its subtitle: what stands before each of the first breaks in it.

    >>> heads("Peace. A history (2): Asia")
    ['Peace', 'Peace. A history', 'Peace. A history (2)']
    """
    found = [title[: match.start()] for match in _BREAK.finditer(title)]
    return [head for head in found if head][:_MOST_BREAKS]


def abbreviation_likeness(one: str, other: str) -> Likeness:
    """Return ``abbreviation`` where each word of one text abbreviates a word of the other, or its letters begin them.

    >>> abbreviation_likeness("New Polit. Sci.", "New Political Science"), abbreviation_likeness("JPR", "J. Peace Res.")
    ('abbreviation', 'abbreviation')
    >>> abbreviation_likeness("Nature", "Nature Physics"), abbreviation_likeness("Вестн. ун-та", "Вестник университета")
    (None, 'abbreviation')
    """
    texts = sorted((one, other), key=len)
    short, long = map(_significant, texts)
    if not short:
        return None
    are_words = len(short) == len(long) and all(map(_abbreviates, short, long))
    return "abbreviation" if are_words or _is_acronym(texts[0].strip(), texts[1]) else None


def _is_acronym(short: str, long: str) -> bool:
    """Whether a word is one of capitals that the other text has too, or its parts begin words there, one by one.

    >>> [_is_acronym(*pair) for pair in (("CVPR", "2022 Conference (CVPR)"), ("NeurIPS", "Neural Inf. Proc. Systems"))]
    [True, True]
    """
    parts = [fold(part) for part in _ACRONYM_PART.findall(short)]
    if len(parts) < _LEAST_PARTS or "".join(parts) != fold(short):
        return False
    words = _significant(long)
    runs = (words[start : start + len(parts)] for start in range(len(words) - len(parts) + 1))
    is_one = any(all(word.startswith(part) for word, part in zip(run, parts, strict=True)) for run in runs)
    return is_one or short in _WORD.findall(long)


def _significant(text: str) -> list[str]:
    words = [fold(word) for word in _ABBREVIATED.findall(strip(text))]
    return [word for word in words if word not in _SMALL]


def _abbreviates(short: str, long: str) -> bool:
    """Whether a word begins the other, or has letters of it in their order, the first included (``Natl``)."""
    if long.startswith(short) or short.startswith(long):
        return True
    letters = iter(long)
    return len(short) > 2 and short[0] == long[0] and all(letter in letters for letter in short if letter.isalpha())


# Names.


def name_likeness(one: Name, one_language: str | None, other: Name, other_language: str | None) -> Likeness:
    """Return the likeness of two names of persons or organisations, whatever part a word stands in.

    >>> name_likeness(Name.parse("Odinaev, S. A."), None, Name.parse("Одинаев, Сафар"), "ru")
    'initials'
    >>> name_likeness(Name.parse("Li, Wei"), None, Name.parse("Wei, Li"), None)
    'name form'
    >>> name_likeness(Name.parse("Belov, A."), None, Name.parse("Belov, K."), None) is None
    True
    """
    if one == other:
        return ""
    pairs = ((mine, theirs) for mine in _forms(one, one_language) for theirs in _forms(other, other_language))
    found = (_form_likeness(*mine, *theirs) for mine, theirs in pairs)
    return next((likeness or "name form" for likeness in found if likeness is not None), None)


def _forms(name: Name, language: str | None) -> Iterator[tuple[Name | NameForm, str | None]]:
    yield name, language
    if name.transliterated:
        yield name.transliterated, None
    if name.short:
        yield NameForm(literal=name.short), language


def _form_likeness(
    one: Name | NameForm, one_language: str | None, other: Name | NameForm, other_language: str | None
) -> Likeness:
    if one.literal and other.literal:
        found = text_likeness((one.literal, one_language), (other.literal, other_language))
        return found if found is not None else abbreviation_likeness(one.literal, other.literal)
    mine, theirs = _parts(one), _parts(other)
    family = text_likeness((mine[0], one_language), (theirs[0], other_language))
    given = _given_likeness(mine[1], one_language, theirs[1], other_language)
    if family is not None and given is not None:
        return given or family
    words = [_given_words(" ".join(parts)) for parts in (mine, theirs)]
    if len(words[0]) > len(words[1]):
        return "name form" if _are_parts(words[1], other_language, words[0], one_language) else None
    return "name form" if _are_parts(words[0], one_language, words[1], other_language) else None


def _parts(name: Name | NameForm) -> tuple[str, str]:
    """Return the family name with its particle (of a name in one piece, all of it) and the given names."""
    particles = (name.non_dropping_particle, name.dropping_particle) if isinstance(name, Name) else ()
    return " ".join(filter(None, (*particles, name.family or name.literal))), name.given or ""


def _given_words(given: str) -> list[str]:
    """Return given names and initials word by word: ``J.-P.``, ``JP`` and ``J. P.`` are two."""
    words = [match[0] for match in re.finditer(rf"{INITIAL.pattern}|[^\W_]+", given)]
    return [
        letter
        for word in words
        for letter in (word if word.isupper() and word.isalpha() and 1 < len(word) < 4 else [word.rstrip(".")])
    ]


def _given_likeness(one: str, one_language: str | None, other: str, other_language: str | None) -> Likeness:
    if one == other:
        return ""
    mine, theirs = _given_words(one), _given_words(other)
    found = [
        _word_likeness((word, one_language), (twin, other_language))
        for word, twin in zip(mine, theirs, strict=False)
    ]  # fmt: skip
    if None in found:  # Song-Chun and Songchun are one
        return text_likeness((one, one_language), (other, other_language))
    return "initials" if len(mine) != len(theirs) else max(map(str, found), key=lambda how: (how == "initials", how))


def _word_likeness(one: Spoken, other: Spoken) -> Likeness:
    """Return the likeness of two words of a name, one of which may be the initial of the other."""
    found = text_likeness(one, other)
    if found is None and sound_alike(*one, *other):
        return "romanisation"
    if found is None and (_is_initial(one[0]) or _is_initial(other[0])):
        is_one = fold(one[0])[:1] == fold(other[0])[:1] or first_sounds(*one) & first_sounds(*other)
        return "initials" if is_one else None
    return found


def _is_initial(word: str) -> bool:
    return len(word) == 1 or INITIAL.fullmatch(f"{word}.") is not None


def _are_parts(short: list[str], short_language: str | None, long: list[str], long_language: str | None) -> bool:
    """Whether each word of a name is one of the other, or its initial; one of them in full."""
    rest = list(long)
    in_full = False
    for word in sorted(short, key=len, reverse=True):  # full words first: an initial is to be that of a word left
        found = {twin: _word_likeness((word, short_language), (twin, long_language)) for twin in rest}
        alike = sorted((how == "initials", twin) for twin, how in found.items() if how is not None)
        if not alike:
            return False
        in_full = in_full or not (alike[0][0] or (word.isupper() and _is_initial(word)))
        rest.remove(alike[0][1])
    return in_full


def names_likeness(
    ours: Sequence[Name], our_language: str | None, theirs: Sequence[Name], their_language: str | None
) -> tuple[bool | None, str]:
    """Return whether two lists name the same people (None: that cannot be said), and how they differ.

    A list with "and others" at its end agrees with one that begins so.
    """
    is_open = [any(name.is_others for name in names) for names in (ours, theirs)]
    mine, others = _people(ours, our_language), _people(theirs, their_language)

    def alike(one: Name, other: Name) -> Likeness:
        return name_likeness(one, our_language, other, their_language)

    found = list(map(alike, mine, others))
    if None not in found:
        if len(mine) == len(others):
            return True, next(filter(None, found), "et al." if is_open[0] != is_open[1] else "")
        if is_open[len(mine) > len(others)]:
            return True, "et al."
        return _of_lengths(len(mine), len(others))
    rest = list(others)
    matched = 0
    for name in mine:
        twin = next((other for other in rest if alike(name, other) is not None), None)
        if twin is not None:
            rest.remove(twin)
            matched += 1
    if matched == len(mine) == len(others):
        return True, "author order"
    if matched == min(len(mine), len(others)):
        return _of_lengths(len(mine), len(others))
    scripts = {script_of(_parts(name)[0]) for name in (*mine, *others)}
    return (False, "") if len(scripts - {"", "Cyrl"}) == 0 or len(scripts) == 1 else (None, "language")


def _people(names: Sequence[Name], language: str | None) -> list[Name]:
    """Return the people of a list, each once: some records name them in Cyrillic and again in Latin letters."""
    people: list[Name] = []
    for name in names:
        others = [other for other in people if has_cyrillic(str(other)) != has_cyrillic(str(name))]
        if not name.is_others and all(name_likeness(name, language, other, language) is None for other in others):
            people.append(name)
    return people


def _of_lengths(ours: int, theirs: int) -> tuple[bool | None, str]:
    """Return what it means that one list holds all of the other: a record of one name is often not whole."""
    if theirs == 1 or not (ours and theirs):
        return None, "first name only"
    return False, "fewer names" if ours < theirs else "more names"


# Numbers and dates.

_WITH_ISSUE = re.compile(r"(\w+) ?\(\w[\w\W]*\)")
"""A volume with its issue behind it: ``14(10)``."""


def number_likeness(variable: str, one: str, other: str) -> Likeness:
    """Return the likeness of two numbers of a variable: labels, words, Roman numerals and naughts before do not count.

    >>> number_likeness("volume", "т. 3", "III"), number_likeness("edition", "2-е изд.", "second")
    ('label', 'label')
    >>> number_likeness("page", "123–28", "pp. 123-128"), number_likeness("page", "12", "12-19")
    ('dashes', 'first page')
    """
    if one == other:
        return ""
    if variable in {"page", "page_first"}:
        return _page_likeness(one, other)
    if _number(variable, one) == _number(variable, other):
        return "label"
    return None


def _number(variable: str, text: str) -> str:
    text = text.strip()
    if variable == "edition":
        found = edition(text)
        return str(found.number or "") + found.remarks.lower() if found else fold(text)
    if variable in {"number_of_volumes", "number_of_pages"}:
        text = numbers.count(text)
    elif variable in numbers.LABELLED:
        text = numbers.bare_number(text, variable)
        text = _WITH_ISSUE.sub(r"\1", text) if variable == "volume" else text
    value = roman_value(text)
    return fold(str(value) if value else re.sub(r"(?<!\d)0+(?=\d)", "", _letters(text)))


def _page_likeness(one: str, other: str) -> Likeness:
    mine, theirs = in_full(one), in_full(other)
    if mine == theirs or (article_number(one) or mine).lower() == (article_number(other) or theirs).lower():
        return "dashes"
    ends = [pages.split("–") for pages in (mine, theirs)]
    return "first page" if ends[0][0] == ends[1][0] and {len(ends[0]), len(ends[1])} == {1, 2} else None


def date_likeness(one: PartialDate, other: PartialDate) -> tuple[bool | None, str]:
    """Return whether two dates are one (None: one of them has no year), and how they differ."""
    if one == other:
        return True, ""
    if one.year is None or other.year is None:
        return None, "precision"
    if one.year == other.year:
        mine, theirs = one.start, other.start
        differ = [part for part in ("month", "day") if _differ(getattr(mine, part, None), getattr(theirs, part, None))]
        return (False, "") if differ else (True, "precision")
    return False, "one year apart" if abs(one.year - other.year) == 1 else ""


def _differ(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and one != other
