"""How one value is written as a BibTeX field, and read from one.

``write`` returns the whole lines of the field (or several fields); ``read`` returns the value from the raw field text
with the outer delimiters gone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tajikpeace_refs.formats._tex import escape, markup_to_tex, to_ascii, to_ascii_verbatim
from tajikpeace_refs.formats._titles import protect
from tajikpeace_refs.model.date import PartialDate
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.work import Work


@dataclass(frozen=True, slots=True)
class Context:
    """What a value is written for: the dialect, ASCII or not, and the list's proper nouns."""

    dialect: str
    ascii: bool
    proper_nouns: tuple[str, ...]

    def line(self, field: str, tex: str) -> str:
        """Return a field with its value in braces."""
        return f"  {field} = {{{to_ascii(tex) if self.ascii else tex}}},\n"


@dataclass(frozen=True, slots=True)
class Codec:
    """One way to write a value as lines of an entry."""

    write: Callable[[str, Any, Work, Context], str]


def _text(field: str, value: str, _work: Work, context: Context) -> str:
    return context.line(field, markup_to_tex(value, lambda text, _at: escape(text)))


def _title(field: str, value: str, work: Work, context: Context) -> str:
    return context.line(field, protect(value, work.language, context.proper_nouns))


def _translated(field: str, value: str, _work: Work, context: Context) -> str:
    return context.line(field, protect(value, None, context.proper_nouns))


def _foreign_title(field: str, value: str, _work: Work, context: Context) -> str:
    return context.line(field, protect(value, "und", context.proper_nouns))


def _verbatim(field: str, value: str, _work: Work, context: Context) -> str:
    address = to_ascii_verbatim(value) if context.ascii else value
    # A lone brace would end the field early; its percent-encoding is the same address.
    if address.count("{") != address.count("}"):
        address = address.replace("{", "%7B").replace("}", "%7D")
    return f"  {field} = {{{address}}},\n"


def _names(field: str, value: tuple[Name, ...], _work: Work, context: Context) -> str:
    return context.line(field, " and ".join(name_to_bib(name) for name in value))


def name_to_bib(name: Name) -> str:
    """Return ``von Last, Jr, First``; a body in braces; ``others`` bare.

    >>> name_to_bib(Name.parse("van der Berg, Jan, Jr."))
    'van der Berg, Jr., Jan'
    >>> name_to_bib(Name(literal="Ministry of Culture and Sports"))
    '{Ministry of Culture and Sports}'
    """
    if name.literal is not None:
        return "others" if name.literal == "others" else f"{{{escape(name.literal)}}}"
    family = _part(name.family or "")
    if name.non_dropping_particle:
        family = f"{escape(name.non_dropping_particle)} {family}"
    elif name.family and ((not name.given and " " in name.family) or name.family[:1].islower()):
        family = family if family.startswith("{") else f"{{{family}}}"
    given = " ".join(filter(None, (name.given, name.dropping_particle)))
    parts = [family, *([_part(name.suffix)] if name.suffix else []), *([_part(given)] if given or name.suffix else [])]
    return ", ".join(parts)


def _part(text: str) -> str:
    tex = escape(text)
    return f"{{{tex}}}" if re.search(r",|\band\b", text, re.IGNORECASE) else tex


def _publisher(field: str, value: str, _work: Work, context: Context) -> str:
    tex = escape(value)
    # biblatex reads a publisher as a list joined by "and".
    return context.line(field, f"{{{tex}}}" if " and " in value else tex)


def _pages(field: str, value: str, _work: Work, context: Context) -> str:
    return context.line(field, escape(re.sub(r"\s*(?<=\w)[-–](?=\w)\s*", "--", value)))


ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")


def _edition(field: str, value: str, _work: Work, context: Context) -> str:
    if context.dialect == "bibtex" and value.isdigit() and 0 < int(value) <= len(ORDINALS):
        return context.line(field, ORDINALS[int(value) - 1])
    return context.line(field, escape(value))


_PUBSTATES = {
    "in preparation": "inpreparation", "submitted": "submitted", "forthcoming": "forthcoming",
    "in press": "inpress", "advance online publication": "prepublished",
}  # fmt: skip


def _status(field: str, value: str, _work: Work, context: Context) -> str:
    return context.line(field, _PUBSTATES.get(value.lower(), escape(value)))


MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _date(field: str, value: PartialDate, _work: Work, context: Context) -> str:
    # EDTF as biblatex reads it: nothing in it is special to TeX that biblatex would not take (manual, 2.3.8).
    return f"  {field} = {{{value}}},\n" if value.points else context.line(field, escape(str(value)))


def _issued(field: str, value: PartialDate, work: Work, context: Context) -> str:
    if context.dialect == "biblatex":
        if not value.points:
            return (
                context.line("pubstate", "inpress")
                if value.is_in_press and not work.status
                else context.line("year", escape(str(value)))
            )
        return _date(field, value, work, context)
    if not value.points:
        return context.line("year", escape(str(value)))
    start, end = value.start, value.end
    plain = re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?", str(value))
    years = start and end and str(value) == f"{start.year:04d}/{end.year:04d}"
    year = f"{start.year:04d}--{end.year:04d}" if years and start and end else f"{value.year:04d}"
    lines = context.line("year", year)
    if start and start.month and start.month <= 12:
        lines += f"  month = {MONTHS[start.month - 1]},\n"
    if plain and start and start.day:
        lines += context.line("day", str(start.day))
    # What year, month and day cannot say (a range of days, "about") stands in date, which classic styles ignore.
    return lines if plain or years else lines + _date("date", value, work, context)


# babel's names for BCP 47 tags (biblatex manual, table 2); a language without one keeps its tag.
BABEL = {
    "ar": "arabic", "be": "belarusian", "bg": "bulgarian", "ca": "catalan", "cs": "czech", "da": "danish",
    "de": "german", "el": "greek", "en": "english", "en-AU": "australian", "en-CA": "canadian", "en-GB": "british",
    "en-NZ": "newzealand", "en-US": "american", "es": "spanish", "et": "estonian", "fa": "persian", "fi": "finnish",
    "fr": "french", "fr-CA": "canadien", "he": "hebrew", "hr": "croatian", "hu": "magyar", "it": "italian",
    "ja": "japanese", "kk": "kazakh", "ky": "kyrgyz", "la": "latin", "lt": "lithuanian", "lv": "latvian",
    "nb": "norsk", "nl": "dutch", "nn": "nynorsk", "pl": "polish", "pt": "portuguese", "pt-BR": "brazilian",
    "ro": "romanian", "ru": "russian", "sk": "slovak", "sl": "slovene", "sr": "serbian", "sv": "swedish",
    "tg": "tajik", "tk": "turkmen", "tr": "turkish", "uk": "ukrainian", "uz": "uzbek", "vi": "vietnamese",
    "zh": "chinese",
}  # fmt: skip


def _language(field: str, value: str, _work: Work, context: Context) -> str:
    return context.line(field, BABEL.get(value, escape(value)))


def _keywords(field: str, value: tuple[str, ...], _work: Work, context: Context) -> str:
    # A comma parts two keywords, so one inside a keyword is braced.
    words = (f"{{{escape(word)}}}" if "," in word else escape(word) for word in value)
    return context.line(field, ", ".join(words))


def _flag(field: str, _value: object, _work: Work, _context: Context) -> str:
    return f"  {field} = {{true}},\n"


TEXT = Codec(_text)
TITLE = Codec(_title)
PLAIN_TITLE = Codec(_text)
TITLE_ADDON = Codec(_translated)
ORIGINAL_TITLE = Codec(_foreign_title)
VERBATIM = Codec(_verbatim)
NAMES = Codec(_names)
PUBLISHER = Codec(_publisher)
PAGES = Codec(_pages)
EDITION = Codec(_edition)
STATUS = Codec(_status)
DATE = Codec(_date)
ISSUED = Codec(_issued)
LANGUAGE = Codec(_language)
KEYWORDS = Codec(_keywords)
FLAG = Codec(_flag)
