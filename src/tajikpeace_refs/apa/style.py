"""How one list is to be set: script, scheme, markup and proper nouns, worked out once from the options."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tajikpeace_refs.apa.kinds import LEGAL
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import Markup, Options, Scheme
from tajikpeace_refs.text import languages
from tajikpeace_refs.text.rich import LANG, LANG_END, LANG_TEXT, clean
from tajikpeace_refs.text.scripts import is_latin
from tajikpeace_refs.text.titles import Nouns, is_english, sentence_case
from tajikpeace_refs.text.transliteration import latin_text

_CASED_AS_GIVEN = frozenset({"post"}) | LEGAL


@dataclass(frozen=True, slots=True)
class Style:
    """The settings that every part of a reference asks for."""

    markup: Markup
    is_latin: bool
    scheme: Scheme
    nouns: Nouns

    @classmethod
    def of(cls, options: Options) -> Style:
        """Return the style of these options; APA is in Latin letters unless told otherwise (9.38)."""
        return cls(
            markup=options.markup,
            is_latin=options.script != "original",
            scheme=options.scheme,
            nouns=Nouns(options.front.proper_nouns),
        )

    def text(self, work: Work, variable: str) -> str:
        """Return a text variable of a work in the script of the list, fit to print; empty where it is missing."""
        value: str | None = getattr(work, variable)
        if not value:
            return ""
        return clean(latin_text(work, variable, self.scheme) if self.is_latin else value)

    def cased(self, text: str, work: Work) -> str:
        """Return a title of the work in sentence case, if it is English (6.17)."""
        if work.type not in _CASED_AS_GIVEN and is_english(text, work.language, self.nouns):
            return sentence_case(text, self.nouns)
        return text

    def tagged(self, text: str, work: Work, *, original: str | None = None) -> str:
        """Return foreign words marked with their language, for HTML; other markups need no mark."""
        language = work.language
        if self.markup != "html" or not language or languages.is_english(language) or not text:
            return text
        tag = re.sub(r"[^\w-]", "", language)
        if self.is_latin and original and not is_latin(original) and is_latin(text):
            tag += "" if "-latn" in tag.lower() else "-Latn"
        return f"{LANG}{tag}{LANG_TEXT}{text}{LANG_END}"

    def translation(self, work: Work, variable: str) -> str:
        """Return `` [Translation in sentence case]`` (9.38); a list in the original script has none."""
        text: str | None = getattr(work, f"translated_{variable}")
        if not text or not self.is_latin or text == getattr(work, variable):
            return ""
        return f" [{sentence_case(clean(text), self.nouns)}]"
