"""Locators: a place inside a work (``p. 5``, ``Figures 2–3``, ``1:30:40``), and the words that name its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BeforeValidator, model_validator

from tajikpeace_refs.model.base import Value, refuse_characters
from tajikpeace_refs.model.pages import page_parts

# How each kind is written out, and its other names: abbreviations with or without a full stop, of one or of several.
# The kinds are CSL's (1.0.2, locator) with "slide" and "canonical" (APA 8.13, 8.28).
_KINDS = {
    "page": "p pp pg pgs page pages с стр саҳ", "paragraph": "para paras par pars paragraph paragraphs абз ¶ ¶¶",
    "chapter": "ch chs chap chaps chapter chapters гл боб", "section": "sec secs sect sects section sections § §§ разд",
    "figure": "fig figs figure figures рис", "table": "tab tabs tbl tbls table tables табл",
    "slide": "slide slides слайд", "line": "line lines l ll", "verse": "v vv verse verses",
    "volume": "vol vols volume volumes т тт", "part": "part parts pt pts ч чч", "book": "book books bk bks",
    "appendix": "app apps appendix appendices appendixes", "column": "col cols column columns стб стлб",
    "footnote": "footnote footnotes fn fns", "note": "note notes прим примеч",
    "article": "art arts article articles ст", "act": "act acts", "scene": "scene scenes",
    "equation": "eq eqs equation equations", "timestamp": "time timestamp",
}  # fmt: skip
_KIND_OF = {name: kind for kind, names in _KINDS.items() for name in names.split()}
_WRITTEN = {"page": "p.", "paragraph": "para.", "volume": "Vol.", "figure": "Figure", "table": "Table", "timestamp": ""}
_PLURALS = {"page": "pp.", "paragraph": "paras."}

_LABELLED = re.compile(r"\s*([^\W\d_]++|¶+|§+)(\.?)\s*(\S.*?)\s*", re.DOTALL)
_NUMBERED = re.compile(r"\W*(?:\d|[ivxlcdm]+\b|[IVXLCDM]+\b|[A-ZА-Я](?:[\d.–-]|\b))")
# "chap. 2, p. 5": a comma or semicolon, and what begins another locator.
_NEXT = re.compile(r"[,;]\s+(?!and\b|to\b)(?=(?:[^\W\d_]+\.?|[¶§]+)(?:\s*\d|\s+(?:[ivxlc]+|[IVXLC]+)\b))")
# Between two numbers; what follows "p. 5, with maps" and "p. 5 and Table 2" is no other page.
_LIST = re.compile(r"(?:[,;&]|\band\b|\bto\b)\s*(?!(?:and\s)?\s*(?:[^\W\d_]{3,}|[^\W\d_]+\.))|\d\s*ff\b")
_WORDS = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_LIST_OF_WORDS = re.compile(
    rf"{_WORDS}\b.*(?:[,;&]|\band)\s*{_WORDS}\b|.*[”\"»]\s*(?:[,&]|and)\s*[“\"«]", re.IGNORECASE
)
_ROMAN = r"(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_PAGES = re.compile(
    rf"(?:\d+[a-z]{{0,2}}|{_ROMAN})(?:\s*(?:[-–—,;&]|\band\b)+\s*(?:\d+[a-z]{{0,2}}|{_ROMAN}))*(?:\s*ff?\.?)?"
)
_LENGTH = r"\d+\s?(?:h|hrs?|hours?|m|mins?|minutes?|s|secs?|seconds?)(?![^\W\d_])\.?"
_LENGTHS = rf"{_LENGTH}(?:,?\s*{_LENGTH})*"
_TIME = re.compile(rf"\d+(?::[0-5]\d){{1,2}}(?:\s*[-–—]\s*\d+(?::[0-5]\d){{1,2}})?|{_LENGTHS}")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)?\s+[^\W\d_]{2,}")
# "1.3.36-37", "1 Cor. 13:1", Bekker's numbers of Aristotle's works ("1094a1").
_CANONICAL = re.compile(r"(?:\d+(?:[.:]\d+)+|\d{1,4}[ab]\d+)(?:\s*[-–—,;]\s*[\d.:ab]+)*|.*[^\W\d_]\.?\s+\d+[.:]\d.*")
_NAMES = "|".join(sorted(map(re.escape, _KIND_OF), key=len, reverse=True))
_DIGITS = r"\d(?:\w|[:/-](?=\w))*"
_NUMBER = rf"(?:[^\W\d_]{{0,2}}-?{_DIGITS}(?:\.{_DIGITS})*(?:\(\w{{1,4}}\))*|(?:{_ROMAN}|[IVXLCDM]+|[A-Z])\b)"
_OTHER = rf"(?:\s*[–—,&]\s*|-+|\s+-+\s+){_NUMBER}(?!\s+(?!and\b)[^\W\d_]{{2,}}\.?\s+\d)|,?\s+and\s+{_NUMBER}(?!\s+\w)"
_NUMBERS = rf"{_NUMBER}(?:{_OTHER})*(?:(?:\s?ff?\b|(?<=\df)|(?<=ff))\.?)?"
_ONE = rf"(?:(?i:{_NAMES})(?:\.|\b|(?<=[¶§]))\s*{_NUMBERS}|(?:\d\s)?[A-Z][^\W\d_]+\.?\s\d+[.:]\d[\d.:–-]*)"
_BEGINNING = re.compile(
    rf"(?:{_ONE}|{_LENGTHS}|(?=\d|[ivxlc]+\b)(?!\d+(?:st|nd|rd|th)\b){_NUMBERS})(?![^\W_])(?:,\s+{_ONE})*"
)


class Locator(Value):
    """A place inside a work, for the in-text citation.

    >>> Locator.parse("p. 204"), Locator.parse("figs. 2-3")
    (Locator(label='page', value='204'), Locator(label='figure', value='2-3'))
    >>> str(Locator.parse("pp. 3-5")), str(Locator.parse("Preface"))
    ('pp. 3-5', 'Preface')
    """

    label: str = ""
    """Its kind: a label of CSL, ``slide`` or ``canonical``; empty for words that need none. Example: ``page``."""
    value: str
    """The number or range. Example: ``204``."""

    _characters = model_validator(mode="after")(refuse_characters)

    @classmethod
    def parse(cls, text: str) -> Locator:
        """Return the locator that ``p. 204``, ``¶ 4``, ``chaps. 2-3`` … stands for.

        Bare page numbers are pages, a bare ``1:30:40`` is a time, ``1 Cor. 13:1`` and ``1.3.36-37`` are canonical
        numbers of classical works; other words are kept as they are, without a kind.

        >>> [Locator.parse(text).label for text in ("12-15", "xii", "1:30:40", "1 Cor. 13:1", "1.3.36-37", "Preface")]
        ['page', 'page', 'timestamp', 'canonical', 'canonical', '']
        """
        match = _LABELLED.fullmatch(text)
        if match and (label := _KIND_OF.get(match[1].lower())) and _is_number(label, match[2], match[3]):
            return cls(label=label, value=match[3])
        value = text.strip()
        kinds = ((_PAGES, "page"), (_TIME, "timestamp"), (_CANONICAL, "canonical"))
        bare = "page" if value[:1].isdigit() and not _ORDINAL.match(value) else ""
        return cls(label=next((kind for pattern, kind in kinds if pattern.fullmatch(value)), bare), value=value)

    def pieces(self) -> Iterator[Locator]:
        """Yield the locators that one text holds: ``chap. 2, p. 5`` is two."""
        first, *rest = _NEXT.split(self.value)
        yield Locator(label=self.label, value=first)
        for text in rest:
            piece = Locator.parse(text)
            if piece.label in _KINDS:
                yield piece
            else:  # no other kind after all: "pp. 5, cf. 7"
                yield Locator(value=text)

    @property
    def is_many(self) -> bool:
        """Whether it names several pages, figures …: a list, or a range; ``Table 3-2`` is one."""
        value = _NEXT.split(self.value)[0]
        if _LIST.search(value) or _LIST_OF_WORDS.match(value):
            return True
        parts = page_parts(value)
        if len(parts) == 2 and all(map(str.isdecimal, parts)):  # "1123-28" is a range of pages
            return int(parts[1]) > int(parts[0]) or (self.label == "page" and len(parts[1]) < len(parts[0]))
        return len(parts) > 1

    def __str__(self) -> str:
        if not self.label or self.label == "canonical":
            return self.value
        written = _WRITTEN.get(self.label, self.label)
        if self.label in _PLURALS and self.is_many:
            written = _PLURALS[self.label]
        return f"{written} {self.value}".strip()


def begin_locator(text: str) -> tuple[str, str]:
    """Return the locator that a text begins with, empty if with none, and the rest of the text.

    >>> begin_locator("pp. 33-35, 38-39 and passim"), begin_locator("in his preface")
    (('pp. 33-35, 38-39', ' and passim'), ('', 'in his preface'))
    """
    match = _BEGINNING.match(text)
    return (match[0], text[match.end() :]) if match else ("", text)


def _is_number(label: str, stop: str, value: str) -> bool:
    """Whether a value can follow the name of a kind: a number; words too where the name is no abbreviation of it."""
    if _NUMBERED.match(value):
        return True
    return not stop and label not in {"page", "paragraph", "line", "verse", "note", "timestamp", "book", "part"}


def _to_locator(value: Any) -> Any:  # noqa: ANN401 - raw input
    return Locator.parse(value) if isinstance(value, str) else value


AnyLocator = Annotated[Locator, BeforeValidator(_to_locator, json_schema_input_type=str)]
