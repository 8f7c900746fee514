"""How one value is written as a BibTeX field, and read from one.

``write`` returns the text between the braces of the field. ``read`` returns the value of a raw field, and whether
writing the value would give the same text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import quote

from tajikpeace_refs.errors import Loss
from tajikpeace_refs.formats._bib.capitals import braces_are_automatic, protect
from tajikpeace_refs.formats._bib.latex_decode import decode
from tajikpeace_refs.formats._bib.latex_encode import SPECIAL, escape, markup_to_tex, to_ascii_verbatim
from tajikpeace_refs.formats._bib.latex_math import pairs
from tajikpeace_refs.model.date import PartialDate, read_written
from tajikpeace_refs.model.identifiers import parse_doi
from tajikpeace_refs.model.numbers import whole_number
from tajikpeace_refs.model.pages import with_en_dashes, with_hyphens
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.editions import ORDINALS
from tajikpeace_refs.text.languages import BABEL, language_tag
from tajikpeace_refs.text.numbers import bare_number
from tajikpeace_refs.text.rich import strip
from tajikpeace_refs.text.tex_addresses import read_address
from tajikpeace_refs.text.titles import Nouns


@dataclass(frozen=True, slots=True)
class Context:
    """What a value is written for: the dialect, ASCII or not, the list's proper nouns; ``on_loss`` gets each loss."""

    dialect: str
    ascii: bool
    nouns: Nouns
    on_loss: Callable[[Loss], None]


def line(field: str, tex: str) -> str:
    """Return a field with its value in braces; TeX that would break out of them is written as text."""
    return f"  {field} = {{{tex if fits_field(tex) else escape(tex)}}},\n"


def fits_field(tex: str) -> bool:
    """Whether TeX can stand between the braces of a field, for whoever reads the entry.

    Its braces pair, no backslash stands before the closing one, and no line of it looks like the start of an entry.
    """
    return _MAY_BREAK.search(tex) is None or (pairs(tex) and not _BREAKS.search(tex))


_MAY_BREAK = re.compile(r"[{}\\\n\r]")
_BREAKS = re.compile(r"\\$|[\n\r][^\S\n\r]*@")


class Read(NamedTuple):
    """A value that was read; ``lossless`` is False where writing it gives another text, so that the raw one is kept."""

    value: Any
    lossless: bool = True


@dataclass(frozen=True, slots=True)
class Codec:
    """How a value is written as TeX (``is_whole``: as whole lines of an entry), and read from a field's raw text.

    A text that ``plain`` matches is written as it stands: ``write`` and the net of ``line`` would leave it alone.
    """

    write: Callable[[Any, Work, Context], str]
    read: Callable[[str], Read]
    is_whole: bool = False
    plain: re.Pattern[str] | None = None


def text_to_tex(text: str) -> str:
    """Return a text as TeX, CSL's tags as commands."""
    return markup_to_tex(text, lambda text, _at: escape(text)) if "<" in text else escape(text)


def _write_text(value: str, _work: Work, _context: Context) -> str:
    return text_to_tex(value)


def _read_text(raw: str) -> Read:
    text, lossless = decode(raw)
    return Read(text, lossless)


def _read_words(raw: str, value: Callable[[str], Any]) -> Read:
    text, lossless = decode(raw)
    return Read(value(text), lossless)


COUNTRIES = {
    "countryde": "Germany", "countryep": "European Union", "countryeu": "European Union", "countryfr": "France",
    "countryuk": "United Kingdom", "countryus": "United States",
}  # fmt: skip
"""The texts of biblatex's keys for countries (manual, 4.9.2.17)."""
_COUNTRY = re.compile(rf"\b(?:{'|'.join(COUNTRIES)})\b")


def _read_case(raw: str) -> Read:
    text, lossless = decode(raw, keep_case_braces=True)
    if "nocase" in text and braces_are_automatic(text):
        return Read(strip(text, "nocase"), lossless=False)
    return Read(text, lossless)


def _read_place(raw: str) -> Read:
    named = _COUNTRY.sub(lambda key: COUNTRIES[key[0]], raw)
    text, lossless = decode(named)
    return Read(text, lossless and named == raw)


def _write_title(value: str, work: Work, context: Context) -> str:
    return protect(value, work.language, context.nouns)


def _write_title_in(language: str | None, value: str, _work: Work, context: Context) -> str:
    return protect(value, language, context.nouns)


def _read_addon(raw: str) -> Read:
    # The raw field is kept too: classic BibTeX has no field for it, but a titleaddon that came from a file stays in it.
    return Read(decode(raw, keep_case_braces=True).text, lossless=False)


def _write_verbatim(value: str, _work: Work, context: Context) -> str:
    address = to_ascii_verbatim(value) if context.ascii else value
    # A lone brace would end the field early; its percent-encoding is the same address.
    return address if fits_field(address) else _BREAKING.sub(lambda sign: quote(sign[0], safe=""), address)


_BREAKING = re.compile(r"[{}\\\n\r]")


def _read_url(raw: str) -> Read:
    text = raw.strip()
    plain = read_address(text)
    return Read(plain, plain == text)


def _write_doi(value: str, work: Work, context: Context) -> str:
    return _write_verbatim(parse_doi(value) or value, work, context)


def _read_doi(raw: str) -> Read:
    url = _read_url(raw)
    bare = parse_doi(url.value) or url.value
    return Read(bare, url.lossless and bare == url.value)


def _write_publisher(value: str, _work: Work, _context: Context) -> str:
    tex = text_to_tex(value)
    # biblatex reads a publisher as a list joined by "and".
    return f"{{{tex}}}" if " and " in value else tex


def _read_publisher(raw: str) -> Read:
    text, lossless = decode(raw)
    # In biblatex these are two publishers, in classic BibTeX one name: who writes it again leaves that open.
    return Read(text, lossless and (" and " not in raw or raw.startswith("{")))


def _write_pages(value: str, _work: Work, _context: Context) -> str:
    if _PLAIN_RANGE.fullmatch(value):
        return value.replace("-", "--")
    return text_to_tex(with_en_dashes(" ".join(value.split()))).replace("–", "--")


_PLAIN_RANGE = re.compile("[0-9]++-[0-9]++")
_PLAIN_PAGES = re.compile("([0-9]++)--([0-9]++)")


def _read_pages(raw: str) -> Read:
    if plain := _PLAIN_PAGES.fullmatch(raw):
        return Read(f"{plain[1]}-{plain[2]}")
    text, lossless = decode(raw.replace('"=', "-"))  # babel's hyphen, in ranges of Russian documents
    return Read(with_hyphens(text), lossless and '"=' not in raw)


_WITH_LABEL = "{}"
"""Before a number whose label is part of it: of other files we read ``vol. 3`` as 3, our own come back as they were."""


def _write_number(value: str, _work: Work, _context: Context) -> str:
    return text_to_tex(value) if bare_number(value) == value else _WITH_LABEL + text_to_tex(value)


def _read_number(raw: str) -> Read:
    text, lossless = decode(raw)
    number = text if raw.startswith(_WITH_LABEL) else bare_number(text)
    return Read(number, lossless and number == text)


_EDITIONS = tuple(word.capitalize() for word in ORDINALS[:10])
"""What classic styles expect for an edition (btxdoc): Second, not 2."""
_ORDINAL_NUMBERS = {word.lower(): str(number) for number, word in enumerate(_EDITIONS, 1)}


def _write_edition(value: str, _work: Work, context: Context) -> str:
    number = whole_number(value) if context.dialect == "bibtex" else None
    return _EDITIONS[number - 1] if number and number <= len(_EDITIONS) else text_to_tex(value)


def _read_edition(raw: str) -> Read:
    return _read_words(raw, lambda text: _ORDINAL_NUMBERS.get(text.lower(), text))


_PUBSTATES = {
    "in preparation": "inpreparation", "submitted": "submitted", "forthcoming": "forthcoming",
    "in press": "inpress", "advance online publication": "prepublished",
}  # fmt: skip
_STATES = {key: words for words, key in _PUBSTATES.items()}


def _write_status(value: str, _work: Work, _context: Context) -> str:
    return _PUBSTATES.get(value.lower(), text_to_tex(value))


def _read_status(raw: str) -> Read:
    return _read_words(raw, lambda text: _STATES.get(text, text))


def _write_language(value: str, _work: Work, _context: Context) -> str:
    return BABEL.get(language_tag(value), escape(value))


def _read_language(raw: str) -> Read:
    text, lossless = decode(raw)
    # biblatex's keys for names of languages (manual, 4.9.2.18) are "lang" and babel's name.
    tag = language_tag(text[4:] if text[4:] in BABEL.values() and text.startswith("lang") else text)
    return Read(tag, lossless and text in {tag, BABEL.get(tag)})


def _write_keywords(value: tuple[str, ...], _work: Work, _context: Context) -> str:
    # A comma separates two keywords, so a keyword that contains one is braced.
    words = ((word, text_to_tex(word)) for word in value)
    return ", ".join(f"{{{tex}}}" if "," in word or ";" in word else tex for word, tex in words)


def _read_keywords(raw: str) -> Read:
    separator = "," if "," in raw else ";"
    words = [decode(word) for word in outside_braces(raw, separator)]
    value = tuple(word.text for word in words if word.text)
    return Read(value, all(word.lossless for word in words) and ";" not in raw)


def outside_braces(raw: str, separator: str) -> list[str]:
    """Return the parts of a raw value between the separators (one character) that stand outside its braces."""
    parts, depth = [""], 0
    for letter in raw:
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if letter == separator and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def _write_date(value: PartialDate, _work: Work, _context: Context) -> str:
    # EDTF is what biblatex reads (manual 2.3.8); ~ and % in it are taken as they are.
    return str(value) if value.points else escape(str(value))


def read_date(raw: str) -> Read:
    """Return the date of a field: EDTF, or a date in words, or the words as a literal date; None for an empty field."""
    text = raw.strip()
    try:
        date = PartialDate.parse(text)
    except ValueError:
        words, lossless = decode(raw)
        if words != text and re.fullmatch(r"-?\d{4}(?:-\d\d){0,2}", words):
            return read_date(words)._replace(lossless=False)
        if written := read_written(words):
            return Read(written, lossless=False)
        return Read(PartialDate(literal=words) if words else None, lossless)
    return Read(date, str(date) == text)


def _write_flag(_value: object, _work: Work, _context: Context) -> str:
    return "true"


def _read_flag(raw: str) -> Read:
    return Read(raw.strip().lower() == "true")


_PLAIN_TEXT = re.compile(rf"[^{SPECIAL}]*+")
_PLAIN_ADDRESS = re.compile(r"[!-\[\]-z|~]*+")

TEXT = Codec(_write_text, _read_text, plain=_PLAIN_TEXT)
PLACE = Codec(_write_text, _read_place, plain=_PLAIN_TEXT)
TITLE = Codec(_write_title, _read_case)
TRANSLATED = Codec(partial(_write_title_in, None), _read_addon)
ORIGINAL_TITLE = Codec(partial(_write_title_in, "und"), _read_case)
URL = Codec(_write_verbatim, _read_url, plain=_PLAIN_ADDRESS)
DOI = Codec(_write_doi, _read_doi)
PUBLISHER = Codec(_write_publisher, _read_publisher)
PAGES = Codec(_write_pages, _read_pages)
NUMBER = Codec(_write_number, _read_number, plain=re.compile("[0-9]*+"))
EDITION = Codec(_write_edition, _read_edition)
STATUS = Codec(_write_status, _read_status)
DATE = Codec(_write_date, read_date)
LANGUAGE = Codec(_write_language, _read_language)
KEYWORDS = Codec(_write_keywords, _read_keywords)
FLAG = Codec(_write_flag, _read_flag)
