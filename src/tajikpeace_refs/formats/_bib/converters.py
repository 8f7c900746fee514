"""How one value is written as a BibTeX field, and read from one.

``write`` returns what stands between the braces of the field. ``read`` returns the value of a raw field text, and
whether writing it would say the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from tajikpeace_refs.errors import Loss
from tajikpeace_refs.formats._bib.capitals import braces_say_nothing, protect
from tajikpeace_refs.formats._bib.latex_decode import decode
from tajikpeace_refs.formats._bib.latex_encode import escape, markup_to_tex, to_ascii_verbatim
from tajikpeace_refs.model.date import PartialDate, read_written
from tajikpeace_refs.model.identifiers import parse_doi
from tajikpeace_refs.model.pages import with_en_dashes, with_hyphens
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.languages import BABEL, language_tag
from tajikpeace_refs.text.rich import strip


@dataclass(frozen=True, slots=True)
class Context:
    """What a value is written for: the dialect, ASCII or not, the list's proper nouns; and who is told of losses."""

    dialect: str
    ascii: bool
    proper_nouns: tuple[str, ...]
    on_loss: Callable[[Loss], None]


def line(field: str, tex: str) -> str:
    """Return a field with its value in braces."""
    return f"  {field} = {{{tex}}},\n"


class Read(NamedTuple):
    """A value that was read; ``exact`` False where its own spelling says more, and is to be kept beside it."""

    value: Any
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Codec:
    """One way to write a value as TeX (``whole``: as lines of an entry), and to read it from a field's raw text."""

    write: Callable[[Any, Work, Context], str]
    read: Callable[[str], Read]
    whole: bool = False


def text_to_tex(text: str) -> str:
    """Return a text as TeX, CSL's tags as commands."""
    return markup_to_tex(text, lambda text, _at: escape(text))


def _write_text(value: str, _work: Work, _context: Context) -> str:
    return text_to_tex(value)


def _read_text(raw: str) -> Read:
    return Read(*decode(raw))


def _read_case(raw: str) -> Read:
    text, exact = decode(raw, keep_case_braces=True)
    if "nocase" in text and braces_say_nothing(text):
        return Read(strip(text, "nocase"), exact=False)
    return Read(text, exact)


def _write_title(value: str, work: Work, context: Context) -> str:
    return protect(value, work.language, context.proper_nouns)


def _write_translated(value: str, _work: Work, context: Context) -> str:
    return protect(value, None, context.proper_nouns)


def _read_addon(raw: str) -> Read:
    # Kept as written too: classic BibTeX has no field for it, but a titleaddon that came from a file stays in it.
    return Read(decode(raw, keep_case_braces=True).text, exact=False)


def _write_foreign_title(value: str, _work: Work, context: Context) -> str:
    return protect(value, "und", context.proper_nouns)


def _write_verbatim(value: str, _work: Work, context: Context) -> str:
    address = to_ascii_verbatim(value) if context.ascii else value
    # A lone brace would end the field early; its percent-encoding is the same address.
    if not balanced(address):
        address = address.replace("{", "%7B").replace("}", "%7D")
    return address


def balanced(text: str) -> bool:
    """Whether the braces of a text pair, so that it can stand in a field."""
    depth = 0
    for brace in _BRACE.findall(text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


_BRACE = re.compile("[{}]")


_URL_COMMAND = re.compile(r"\{?\\(?:url|path|nolinkurl)\s*\{(.*)\}\}?")
_URL_ESCAPE = re.compile(
    r"\{\\([%&#_$~{}])\}|\\([%&#_$~{}])|\{?\\text(underscore|asciitilde|less|greater)\s?(?:\{\})?\}?|\{\\~\{\}\}"
)
_URL_SIGNS = {"underscore": "_", "asciitilde": "~", "less": "<", "greater": ">", None: "~"}


def _read_url(raw: str) -> Read:
    text = raw.strip()
    bare = _URL_COMMAND.sub(r"\1", text)
    # No address has a backslash: people escape what biblatex takes as it is.
    plain = _URL_ESCAPE.sub(lambda match: match[1] or match[2] or _URL_SIGNS[match[3]], bare)
    return Read(plain, plain == text)


def _write_doi(value: str, work: Work, context: Context) -> str:
    return _write_verbatim(parse_doi(value) or value, work, context)


def _read_doi(raw: str) -> Read:
    url = _read_url(raw)
    bare = parse_doi(url.value) or url.value
    return Read(bare, url.exact and bare == url.value)


def _write_publisher(value: str, _work: Work, _context: Context) -> str:
    tex = escape(value)
    # biblatex reads a publisher as a list joined by "and".
    return f"{{{tex}}}" if " and " in value else tex


def _write_pages(value: str, _work: Work, _context: Context) -> str:
    return escape(with_en_dashes(" ".join(value.split()))).replace("–", "--")


def _read_pages(raw: str) -> Read:
    text, exact = decode(raw)
    return Read(with_hyphens(text), exact)


ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")
_ORDINAL_NUMBERS = {word.lower(): str(number) for number, word in enumerate(ORDINALS, 1)}


def _write_edition(value: str, _work: Work, context: Context) -> str:
    if context.dialect == "bibtex" and value.isdigit() and 0 < int(value) <= len(ORDINALS):
        return ORDINALS[int(value) - 1]
    return escape(value)


def _read_edition(raw: str) -> Read:
    text, exact = decode(raw)
    return Read(_ORDINAL_NUMBERS.get(text.lower(), text), exact)


_PUBSTATES = {
    "in preparation": "inpreparation", "submitted": "submitted", "forthcoming": "forthcoming",
    "in press": "inpress", "advance online publication": "prepublished",
}  # fmt: skip
_STATES = {key: words for words, key in _PUBSTATES.items()}


def _write_status(value: str, _work: Work, _context: Context) -> str:
    return _PUBSTATES.get(value.lower(), escape(value))


def _read_status(raw: str) -> Read:
    text, exact = decode(raw)
    return Read(_STATES.get(text, text), exact)


def _write_language(value: str, _work: Work, _context: Context) -> str:
    return BABEL.get(language_tag(value), escape(value))


def _read_language(raw: str) -> Read:
    text, exact = decode(raw)
    tag = language_tag(text)
    return Read(tag, exact and text in {tag, BABEL.get(tag)})


def _write_keywords(value: tuple[str, ...], _work: Work, _context: Context) -> str:
    # A comma parts two keywords, so one inside a keyword is braced.
    words = ((word, text_to_tex(word)) for word in value)
    return ", ".join(f"{{{tex}}}" if "," in word or ";" in word else tex for word, tex in words)


def _read_keywords(raw: str) -> Read:
    separator = "," if "," in raw else ";"
    words = [decode(word) for word in outside_braces(raw, separator)]
    value = tuple(word.text for word in words if word.text)
    return Read(value, all(word.exact for word in words) and ";" not in raw)


def outside_braces(raw: str, separator: str) -> list[str]:
    """Return a raw value cut at the separators (one letter) that stand outside its braces."""
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
    """Return the date that a field says: EDTF as it is, else the words of its TeX; None where there are none."""
    text = raw.strip()
    try:
        date = PartialDate.parse(text)
    except ValueError:
        words, exact = decode(raw)
        if written := read_written(words):
            return Read(written, exact=False)
        return Read(PartialDate(literal=words) if words else None, exact)
    return Read(date, str(date) == text)


def _write_flag(_value: object, _work: Work, _context: Context) -> str:
    return "true"


def _read_flag(raw: str) -> Read:
    return Read(raw.strip().lower() == "true")


TEXT = Codec(_write_text, _read_text)
TITLE = Codec(_write_title, _read_case)
TRANSLATED = Codec(_write_translated, _read_addon)
ORIGINAL_TITLE = Codec(_write_foreign_title, _read_case)
URL = Codec(_write_verbatim, _read_url)
DOI = Codec(_write_doi, _read_doi)
PUBLISHER = Codec(_write_publisher, _read_text)
PAGES = Codec(_write_pages, _read_pages)
EDITION = Codec(_write_edition, _read_edition)
STATUS = Codec(_write_status, _read_status)
DATE = Codec(_write_date, read_date)
LANGUAGE = Codec(_write_language, _read_language)
KEYWORDS = Codec(_write_keywords, _read_keywords)
FLAG = Codec(_write_flag, _read_flag)
