"""Transliteration: Cyrillic into Latin letters, and the Latin form of a work.

Russian is transliterated by the library ``iuliia``; Tajik, whose six own letters every Russian scheme leaves in
Cyrillic, by the tables here (ALA-LC 1997; BGN/PCGN 1994; ISO 9:1995). Explicit forms always win over computed ones.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.work import NAME_VARIABLES, Work
from tajikpeace_refs.options import Scheme
from tajikpeace_refs.text.languages import is_language
from tajikpeace_refs.text.quotation_marks import english_quotation_marks
from tajikpeace_refs.text.roman_numerals import latin_numerals
from tajikpeace_refs.text.scripts import CYRILLIC, TAJIK, has_cyrillic

_CYRILLIC = re.compile(f"[{CYRILLIC}]")
_WORD = re.compile(f"[{CYRILLIC}\u0300\u0301]+")
_TAJIK = re.compile(f"[{TAJIK}]")
_TAJIK_LETTERS = "абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюяцщыь"
_TAJIK_LATIN: dict[Scheme, str] = {
    "ala-lc": "a b v g gh d e ë zh z i ī ĭ k q l m n o p r s t u ū f kh h ch j sh ʺ ė iu ia ts shch y ʹ",
    "bgn-pcgn": "a b v g gh d e yo zh z i í y k q l m n o p r s t u ŭ f kh h ch j sh ’ ė yu ya ts sh i ",
    "iso-9": "a b v g ġ d e ë ž z i ī j k ķ l m n o p r s t u ū f h ḩ č ç š ʺ è û â c ŝ y ʹ",
}
_TAJIK_TABLES = {
    scheme: dict(zip(_TAJIK_LETTERS, letters.split(" "), strict=True)) for scheme, letters in _TAJIK_LATIN.items()
}
# Letters of other Cyrillic alphabets that are no Tajik letter with a mark: no scheme leaves a word half Cyrillic.
_OTHER = {
    "ё": "ë", "і": "i", "ї": "i", "є": "ie", "ґ": "g", "ә": "a", "ң": "ng", "ө": "o", "ұ": "u", "ү": "u", "һ": "h",
    "җ": "j", "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz", "ѕ": "dz", "ѣ": "e", "ѳ": "f", "ѵ": "i",
    "ӏ": "",
}  # fmt: skip
_SIGNS = str.maketrans("", "", "ʹʺ")
_SUBTITLE = re.compile(r"([:?!]\s+[“\"'(]?)([^\W\d_])")


def is_tajik(text: str, language: str | None = None) -> bool:
    """Whether Cyrillic text is Tajik: by its language tag, else by a letter that only Tajik has."""
    return is_language(language, "tg") if language else _TAJIK.search(text) is not None


def transliterate(text: str, language: str | None = None, scheme: Scheme = "ala-lc") -> str:
    """Return the text with every Cyrillic letter in Latin; text in other scripts is left as it is.

    Roman numerals typed with Cyrillic letters become Latin ones, quotation marks those of English. ``ala-lc`` is
    simplified as NACO normalisation does: no combining marks, no signs for ь and ъ.

    >>> transliterate("Ҳуқуқи тоҷикӣ ва рӯзгори Қурғонтеппа", "tg")
    'Huquqi tojiki va ruzgori Qurghonteppa'
    >>> transliterate("объединённый"), transliterate("Ӯ", "tg", "bgn-pcgn"), transliterate("Юлия", "ru", "iso-9")
    ('obedinennyi', 'Ŭ', 'Ûliâ')
    """
    if not has_cyrillic(text):
        return text
    return _romanised(english_quotation_marks(latin_numerals(text)), language, scheme)


def _romanised(text: str, language: str | None, scheme: Scheme) -> str:
    text = unicodedata.normalize("NFC", text)
    convert = _tajik_word if is_tajik(text, language) else _russian_word
    latin = _WORD.sub(lambda match: convert(match[0], scheme), text)
    return _without_cyrillic(latin)


# A list repeats its words: the cache makes a Cyrillic list four times as fast.
@lru_cache(maxsize=8192)
def _tajik_word(word: str, scheme: Scheme) -> str:
    table = _TAJIK_TABLES[scheme]
    latin = "".join(_cased(char, table.get(char.lower(), char)) for char in word)
    return _finish(word, latin, scheme)


# As above; iuliia takes 15 µs for a word.
@lru_cache(maxsize=8192)
def _russian_word(word: str, scheme: Scheme) -> str:
    import iuliia  # noqa: PLC0415 - only a list with Cyrillic in it needs the tables

    # GOST 7.79 system A is ISO 9:1995; iuliia's ISO_9_1968 is the older standard.
    schema = {"ala-lc": iuliia.ALA_LC, "bgn-pcgn": iuliia.BGN_PCGN, "iso-9": iuliia.GOST_779}[scheme]
    # iuliia's tables write ё with the Cyrillic letter.
    latin = str(schema.translate(word)).replace("ё", "ë").replace("Ё", "Ë")
    return _finish(word, latin, scheme)


def _finish(word: str, latin: str, scheme: Scheme) -> str:
    """Keep words in capitals in capitals (ЩИТ: SHCHIT), and simplify ALA-LC."""
    latin = _without_cyrillic(latin)
    if len(word) > 1 and word.isupper():
        latin = latin.upper()
    if scheme != "ala-lc":
        return unicodedata.normalize("NFC", latin)
    plain = "".join(char for char in unicodedata.normalize("NFD", latin) if unicodedata.category(char) != "Mn")
    return plain.translate(_SIGNS)


def _cased(char: str, latin: str) -> str:
    return latin[:1].upper() + latin[1:] if char.isupper() else latin


def _without_cyrillic(text: str) -> str:
    return _CYRILLIC.sub(lambda match: _cased(match[0], _any_letter(match[0].lower())), text)


def _any_letter(char: str) -> str:
    """Return some Latin for any Cyrillic letter: by table, by its base letter, by its Unicode name."""
    if char in _OTHER:
        return _OTHER[char]
    base = unicodedata.normalize("NFD", char)[0]
    plain = _TAJIK_TABLES["ala-lc"].get(base)
    if plain is not None:
        return plain.translate(_SIGNS)
    name = unicodedata.name(char, "")
    return name.rsplit(" ", 1)[-1].lower() if " LETTER " in name else ""


def latin_text(work: Work, variable: str, scheme: Scheme = "ala-lc") -> str:
    """Return a text variable of a work in Latin letters: its explicit ``transliterated_`` form, else the computed one.

    A computed title has a capital after its colon, as APA writes subtitles.
    """
    explicit: str | None = getattr(work, "transliterated_" + variable, None)
    if explicit:
        return explicit
    value: str = getattr(work, variable) or ""
    if not has_cyrillic(value):
        return value
    latin = transliterate(value, work.language, scheme)
    if variable.endswith("title"):
        latin = _SUBTITLE.sub(lambda match: match[1] + match[2].upper(), latin)
    return latin


def latin_name(name: Name, language: str | None = None, scheme: Scheme = "ala-lc") -> Name:
    """Return the name in Latin letters: as the person spells it where that is known, else transliterated."""
    explicit = name.transliterated
    if explicit is not None:
        suffix = transliterate(name.suffix, language, scheme) if name.suffix and not explicit.literal else None
        return Name(family=explicit.family, given=explicit.given, literal=explicit.literal, suffix=suffix)
    # Most names are ASCII, and this is asked of every name of a list.
    if (name.family or name.literal or "").isascii() and (name.given or "").isascii():
        return name
    # No numerals: ХХ, the initials of Х. Х., is none.
    changed = {
        part: _romanised(text, language, scheme)
        for part in ("family", "given", "dropping_particle", "non_dropping_particle")
        if (text := getattr(name, part)) and has_cyrillic(text)
    }
    changed |= {
        part: transliterate(text, language, scheme)
        for part in ("literal", "suffix")
        if (text := getattr(name, part)) and has_cyrillic(text)
    }
    return name.model_copy(update=changed) if changed else name


_KEPT = frozenset({
    "id", "type", "language", "url", "archive_url", "doi", "isbn", "issn", "abstract", "annote", "note", "printed",
    "citation_key", "citation_label", "year_suffix",
})  # fmt: skip


def latin(work: Work, scheme: Scheme = "ala-lc") -> Work:
    """Return the work in Latin letters, for an export that takes no other script.

    Its title is ``Transliteration [Translation]``; names, container, publisher and places are transliterated.
    A work without Cyrillic and without explicit Latin forms comes back unchanged.
    """
    changed: dict[str, object] = {}
    for variable, value in work.variables().items():
        if variable in _KEPT or variable.startswith(("translated_", "transliterated_")):
            continue
        if variable in NAME_VARIABLES:
            names = tuple(latin_name(name, work.language, scheme) for name in value)
            if names != value:
                changed[variable] = names
        elif isinstance(value, str) and (text := latin_text(work, variable, scheme)) != value:
            changed[variable] = text
    # What has become the text itself is not said twice.
    changed |= {form: None for name in changed if getattr(work, form := f"transliterated_{name}", None)}
    if "title" in changed and work.translated_title:
        changed |= {"title": f"{changed['title']} [{work.translated_title}]", "translated_title": None}
    return work.model_copy(update=changed) if changed else work
