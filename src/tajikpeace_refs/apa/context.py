"""What all references of one list share: script, romanisation, markup and proper nouns, taken from the options."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tajikpeace_refs.apa.kinds import LEGAL
from tajikpeace_refs.apa.terms import localised
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import Markup, Scheme, WriteOptions
from tajikpeace_refs.text import languages
from tajikpeace_refs.text.alphabets import Alphabet
from tajikpeace_refs.text.languages import tag_of_words
from tajikpeace_refs.text.list_case import ListCase, Title
from tajikpeace_refs.text.quotation_marks import english_quotation_marks
from tajikpeace_refs.text.rich import clean, in_language
from tajikpeace_refs.text.scripts import is_latin
from tajikpeace_refs.text.titles import Nouns
from tajikpeace_refs.text.transliteration import latin_text

_CASED_AS_GIVEN = frozenset({"post"}) | LEGAL

_FOREIGN = re.compile("[«»„]")


@dataclass(frozen=True, slots=True)
class RenderContext:
    """The settings of a list, and how its texts are prepared for printing with them."""

    markup: Markup
    is_latin: bool
    scheme: Scheme
    titles: ListCase
    alphabet: Alphabet
    """What Cyrillic is sorted by; a list in Latin letters needs none."""
    language: str | None = None
    """The language of the works that name none."""

    @classmethod
    def of(cls, options: WriteOptions, works: Sequence[Work]) -> RenderContext:
        """Return the context of a list; the script is Latin unless the options say ``original`` (9.38)."""
        is_latin = options.script != "original"
        texts = () if is_latin else [(work.title or "", work.language or options.list_language) for work in works]
        titles, alphabet = list_case(works, options), Alphabet.of(texts)
        return cls(options.markup or "plain", is_latin, options.scheme, titles, alphabet, options.list_language)

    def text(self, work: Work, variable: str) -> str:
        """Return a text variable of a work in the script of the list, ready to print; empty where it is missing.

        In English, what is quoted inside quotation marks has single ones (6.7).
        """
        value: str | None = getattr(work, variable)
        if variable == "genre" and self.is_latin and work.translated_genre:
            return clean(work.translated_genre)  # a description is in the language of the list (9.21)
        if not value:
            return ""
        if self.is_latin:
            value = latin_text(work, variable, self.scheme)
            if "“" in value and (languages.is_english(work.language) if work.language else not _FOREIGN.search(value)):
                value = english_quotation_marks(value)
        return clean(value)

    def cased(self, text: str, work: Work) -> str:
        """Return a title of the work in sentence case, if it is English and in title case (6.17)."""
        return text if work.type in _CASED_AS_GIVEN else self.titles.cased(text, work.language)

    def tagged(self, text: str, work: Work, *, original: str | None = None) -> str:
        """Return a text marked with the work's language for HTML, unless that is English; other markups get no mark.

        ``original`` is the text before romanisation, which adds ``-Latn`` to the language tag.
        """
        if self.markup != "html" or not text:
            return text
        tag = tag_of_words(text, work.language)
        if tag and self.is_latin and original and not is_latin(original) and is_latin(text):
            tag += "" if "-latn" in tag.lower() else "-Latn"
        return in_language(text, tag)

    def tagged_name(self, text: str, work: Work, *, original: str | None = None) -> str:
        """Return the name of a person or a publisher marked, if it is (or was) in other letters than Latin.

        It keeps its direction so, and its sound; the language of a name in Latin letters is not known.
        """
        return text if is_latin(original or text) else self.tagged(text, work, original=original)

    def term(self, text: str, work: Work) -> str:
        """Return a piece with its terms in the language of the work, in a list in the original script."""
        return text if self.is_latin else localised(text, work.language)

    def translation(self, work: Work, variable: str) -> str:
        """Return `` [Translation in sentence case]`` (9.38) of a title; empty in a list in the original script."""
        text: str | None = getattr(work, f"translated_{variable}")
        if not text or not self.is_latin or text == getattr(work, variable):
            return ""
        return " [" + self.titles.cased(clean(text), "en") + "]"


def list_case(works: Sequence[Work], options: WriteOptions) -> ListCase:
    """Return how the titles of a list are cased."""

    def abstracts() -> Iterable[str]:
        return (work.abstract for work in works if work.abstract)

    return ListCase.of(
        [Title(work.title, work.language) for work in works if work.title and work.type not in _CASED_AS_GIVEN],
        abstracts,
        nouns=Nouns(options.nouns),
        mode=options.case,
        language=options.list_language,
    )
