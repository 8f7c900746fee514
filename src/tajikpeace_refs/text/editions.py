"""Editions as records write them: numbers, ordinals in words, and what is said of revision, in ten languages.

English, Russian, Ukrainian, Tajik, German, French, Spanish, Italian, Polish, and Russian in Latin letters. An edition
is understood only where every word of it is: ``2-е изд., испр. и доп.``, ``Zweite Auflage``, ``Rev. ed.``; any other
text is left to whoever prints it.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Edition(NamedTuple):
    """An edition that is understood.

    ``revised``: it is said to be revised, in words that are English. ``remarks``: words beyond number and "edition".
    """

    number: int | None
    revised: bool
    remarks: str = ""


ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth",
)  # fmt: skip
# Words for 1 to 10, by language; a stem that ends in "-" takes any of the endings after the words.
_STEMS = (
    ("перв- втор- трет- четверт- пят- шест- седьм- восьм- девят- десят- одиннадцат- двенадцат-",
     "ое ый ой ая ого ья ье ьего ий"),
    ("перш- друг- трет- четверт- п'ят- шост- сьом- восьм- дев'ят- десят-", "е ий ого а є я ім"),
    ("як- дую- сею- чор- панҷ- шаш- ҳафт- ҳашт- нуҳ- даҳ-", "ум уми умин м ми мин"),
    ("аввал дувум севум чаҳорум", ""), ("x дуввум севвум чаҳорум", ""), ("нахустин", ""),
    ("erst- zweit- dritt- viert- fünft- sechst- siebt- acht- neunt- zehnt-", "e er en es em"),
    ("premi- deuxi- troisi- quatri- cinqui- sixi- septi- huiti- neuvi- dixi-", "ère er ème"), ("x second- x", "e"),
    ("primer- segund- tercer- cuart- quint- sext- séptim- octav- noven- décim-", "a o"),
    ("prim- second- terz- quart- quint- sest- settim- ottav- non- decim-", "a o"),
    ("pierwsz- drugi- trzeci- czwart- piąt- szóst- siódm- ósm- dziewiąt- dziesiąt-", "e a y"), ("x drugi trzeci", ""),
    ("perv- vtor- tret- chetvert- piat- shest- sed'm- vos'm- deviat- desiat-", "oe yi 'e oi"),
)  # fmt: skip


def _ordinal_words() -> dict[str, int]:
    table = {word: number for number, word in enumerate(ORDINALS, 1)}
    for words, endings in _STEMS:
        for number, word in enumerate(words.split(), 1):
            stem = word.removesuffix("-")
            for ending in endings.split() if stem != word else [""]:
                table.setdefault(stem + ending, number)
    table.pop("x", None)
    return table


_WORDS = _ordinal_words()


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_EDITION = _set("""
ed eds edn edition éd édition edición edicion edizione edição ediz auflage aufl ausgabe ausg publ wyd wydanie
vydání vyd uppl upplaga udg utg druk изд издание изд-е издания вид видання вид-ня нашр нашри чоп чопи табъ табъи
izd izdanie
""")
"""The word "edition" in languages whose books APA lists print; of German catalogues, ``publ``. A printing is none."""
_REVISED_IN_ENGLISH = _set("rev revised corr corrected enl enlarged exp expanded updated upd amended")
_UNCHANGED = ("стер", "ster", "репринт", "repr", "unver")
_REMARKS = tuple(
    _set("""
испр доп дополн перераб пересм стер расшир уточн изм сокр обновл репринт repr випр виправл допов переробл тасҳеҳ
ислоҳ илова такмил тағйир überarb bearb erw erweit verb durchges aktual unver ergänz neubearb korr vollst völl rév
révis revu corrig augment refond actualis mise revisad ampliad corregid actualizad aument rived ampliat aggiorn
corrett popr uzup rozsz zm zmien przejr ispr dop pererab ster
""")
)
"""How words begin that say what became of an edition."""
_JOINTS = _set("""
and & и та й u und et e y i ва бо с із з mit con avec the à jour new neu neue fully completely thoroughly stark с в во
""")
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
_TOKEN = re.compile(
    r"(?P<number>\d+)(?:\.?(?:st|nd|rd|th|[-‑]?(?:е|ое|ье|я|й|ий|ый|ге|те|юм|ум|oe|ye|e)|ª|º|°|a|o|er|re|ère|de|da|ra|ta|"
    r"ème|:a|/e)(?!\w))?|(?P<word>[^\W\d_]+(?:['’ʼ‑-][^\W\d_]+)*)|(?P<other>[^\s.,;:()\[\]&])"
)
_LONGEST = 100
"""More characters are no edition, but a text about it."""


def edition(text: str) -> Edition | None:
    """Return the edition that a text names, or None where a word of it is not understood.

    >>> edition("2-е изд., испр. и доп."), edition("Zweite Auflage"), edition("Нашри дуюм")
    (Edition(number=2, revised=False, remarks='испр. доп.'), Edition(number=2, revised=False, remarks=''), \
Edition(number=2, revised=False, remarks=''))
    >>> edition("2nd ed., rev."), edition("International ed."), edition("2019")
    (Edition(number=2, revised=True, remarks='rev.'), None, None)
    """
    numbers: list[int] = []
    remarks: list[str] = []
    has_word, romans = False, 0
    for match in _TOKEN.finditer(text if len(text) <= _LONGEST else "?"):
        word = (match["word"] or "").lower()
        if match["number"]:
            numbers.append(int(match["number"]))
        elif match["word"] in _ROMAN and len(word) < len(text):
            numbers.append(_ROMAN[match["word"]])
            romans += 1
        elif number := ordinal_number(word):
            numbers.append(number)
        elif word in _EDITION:
            has_word = True
        elif word and (word in _REVISED_IN_ENGLISH or word.startswith(_REMARKS)):
            remarks.append(_with_stop(match))
        elif word not in _JOINTS:
            return None
    is_one = len(numbers) == 1 and 0 < numbers[0] < 1000 and (has_word or not romans)
    is_new = any(not remark.lower().startswith(_UNCHANGED) for remark in remarks)
    if not (is_one or (not numbers and is_new)):
        return None
    revised = not numbers or any(remark.lower().strip(".") in _REVISED_IN_ENGLISH for remark in remarks)
    return Edition(numbers[0] if numbers else None, revised, " ".join(remarks))


def _with_stop(match: re.Match[str]) -> str:
    return match[0] + "." * (match.string[match.end() : match.end() + 1] == ".")


def ordinal_number(word: str) -> int | None:
    """Return the number that an ordinal in words stands for, or None: ``second``, ``второй``, ``дуюм``."""
    return _WORDS.get(word.lower().replace("’", "'").replace("ʼ", "'").replace("ё", "е"))


def names_edition(text: str) -> bool:
    """Whether a text has the word "edition" in it, in any of the languages."""
    if text.isalpha():
        return text.lower() in _EDITION
    return any((match["word"] or "").lower() in _EDITION for match in _TOKEN.finditer(text))
