"""What of a printed reference is read: the characters of its fields, and the words that name a field beside them.

A letter or digit is *accounted for* if

- it stands in what a field or a part of a name was taken from, or a date, pages or an edition were read from;
- it belongs to a word that names such a field: one of ``_BEFORE`` in front of it (``pp.``, ``In``, ``ISBN``), or one of
  ``_AFTER`` behind it (``(Eds.)``, the ``nd`` of ``2nd``), with nothing but marks and more such words between them;
- it is the number of the reference in its list, at its beginning (``[12]``, ``3.``).

Everything else is unread. Marks and spaces are no words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

_NAMES = "author editor translator director producer"
_NUMBERS = "volume issue collection_number"
_PAGES = "page locator"
_BEFORE = {
    _NAMES: "and & y et e und och og en u и та by von par di de da",
    "author director producer": "dir directed produced director producer",
    "editor": """
in im en em nel nella dans in: в у кн ed eds edited editor editors hg hgg hrsg herausgegeben sous la direction
dir dirigé coord coordinado org orgs organizado a cura di red redaktion éd éds под общ общей отв ответственный науч
научн научной гл ред редактор редакцией редактированием сост
""",
    "translator": """
tr trans transl translated translation translator übersetzt übers traduit trad traduction traducción пер перевод
""",
    "container_title": "in im en em nel nella dans в у кн",
    _NUMBERS: """
vol vols volume volumes v no nos nr num núm number numbers n nº n° issue issues heft h hft fasc band bände bd bde
jahrgang jg tome tom tomo t book part pt т том тт тома вып выпуск бр ч часть кн книга номер suppl supplement ҷ ҷилд ш
""",
    f"{_PAGES} number_of_pages": "p pp pg pgs page pages pag pág págs páginas s ss seite seiten str с сс стр саҳ ст",
    "number": "no nr number num n № номер",
    "doi": "doi https http dx org www",
    "collection_title container_title": "of",
    "collection_title": "coll серия",
    "url doi": """
url retrieved available online accessible accessed from at on in: under consulté disponible disponibile disponível
en ligne verfügbar abrufbar unter режим доступа
""",
    "accessed": """
accessed retrieved visited viewed checked consulted cited last date of access on at am zuletzt abgerufen besucht zugriff
consulté le consultado el il consultato дата обращения доступа обр звернення
""",
    "isbn": "isbn e eisbn 10 13",
    "edition": "edition edn ed изд издание",
    "issued": "cop c ca",
}
_AFTER = {
    _NAMES: "et al etal and others и др другие та ін u a",
    "editor": "ed eds editor editors hg hgg hrsg dir dirs coord coords org orgs éd éds red ред сост отв",
    "translator": "tr trans transl translator translators übers trad пер",
    "director": "dir director",
    "producer": "producer producers",
    _NUMBERS: "volume book part band tome том книга часть st nd rd th",
    "number_of_volumes": "vols volumes v bde bände t tomes т тт томов томах",
    "number_of_pages": "pág págs p pp pg pages s ss seiten str с сс стр б бет саҳ саҳифа",
    "edition": """
st nd rd th e ème ère a ª º е я й ое ed edn edition édition edición edizione ediz aufl auflage изд издание вид нашри
""",
    "issued": "г год года 年",
}
"""Words that name the fields of some variables, by those."""


def _by_word(words: dict[str, str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for variables, names in words.items():
        for word in names.split():
            found.setdefault(word, set()).update(variables.split())
    return {word: frozenset(variables) for word, variables in found.items()}


_NAMES_AFTER, _NAMED_BEFORE = _by_word(_BEFORE), _by_word(_AFTER)
_WORD = re.compile(r"[^\W_]+")
_OWN_NUMBER = re.compile(r"\W*(?:\d{1,4}(?=\W*[.)\]])|(?<=\[)[\w+-]{1,12}(?=\])|\d{1,3}(?=\s))")


class _Word(NamedTuple):
    text: str
    start: int
    end: int


def names_before(word: str, variable: str) -> bool:
    """Whether a word in front of a field names it.

    >>> names_before("cura", "editor"), names_before("Marsh", "editor")
    (True, False)
    """
    return variable in _NAMES_AFTER.get(word.lower(), ())


def own_number(printed: str) -> int:
    """Return where the number that a reference has in its list ends; 0 where it has none.

    >>> own_number("[12] Aron, R."), own_number("3. Aron, R."), own_number("[Kn97] Aron"), own_number("1984 and after")
    (3, 1, 5, 0)
    """
    match = _OWN_NUMBER.match(printed)
    return match.end() if match else 0


def unread(printed: str, owners: Sequence[str]) -> list[str]:
    """Return the pieces of a reference that are in no field and name none; ``owners``: the variable of each character.

    >>> printed = "Peace, 2nd ed., rev."
    >>> unread(printed, ["title"] * 5 + ["", "", "edition"] + [""] * 12)
    ['rev.']
    """
    return [piece for run in _runs(printed, owners) if (piece := _piece(printed, run))]


def _piece(printed: str, words: Sequence[_Word]) -> str:
    if not words:
        return ""
    start, end = words[0].start, words[-1].end
    closing = re.match(r"[.)\]?!%”»]*", printed[end:])
    text = printed[start : end + (closing.end() if closing else 0)]
    while text[-1] in ")]" and text.count(text[-1]) > text.count("(["[text[-1] == "]"]):
        text = text[:-1]
    return text


def _runs(printed: str, owners: Sequence[str]) -> Iterator[list[_Word]]:
    """Yield the words between two fields, those at either end left out that name the field beside them."""
    first, before, end, run = own_number(printed), "", 0, list[_Word]()
    for match in _WORD.finditer(printed):
        for word in _split(match, owners):
            owner = owners[word.start]
            if not run:  # a dash may stand for a name
                before = next(filter(None, owners[end : word.start]), before)
            end = word.end
            if not owner:
                run += [word] if word.start >= first else []
                continue
            yield _without_labels(printed, run, before, owner)
            run, before = [], owner
    yield _without_labels(printed, run, before, "")


def _split(match: re.Match[str], owners: Sequence[str]) -> Iterator[_Word]:
    """Yield the pieces of a word that belong to one variable or none: ``2`` and ``nd``."""
    start = match.start()
    for place in chain(range(start + 1, match.end()), [match.end()]):
        if place == match.end() or owners[place] != owners[start]:
            yield _Word(match.string[start:place], start, place)
            start = place


def _without_labels(printed: str, run: list[_Word], before: str, after: str) -> list[_Word]:
    while run and before and before in _NAMED_BEFORE.get(run[0].text.lower(), ()):
        run = run[1:]
    while (
        run
        and after
        and after in _NAMES_AFTER.get(run[-1].text.lower(), ())
        and not _is_initial(printed, run[-1], after)
    ):
        run = run[:-1]
    return run


def _is_initial(printed: str, word: _Word, variable: str) -> bool:
    """Whether a word before a name is no label but an initial: the В of "В. А. Мухина"."""
    is_letter = word.end - word.start == 1 and word.text.isupper() and printed[word.end : word.end + 1] == "."
    return is_letter and variable in _NAMES.split()
