"""Which words of a title keep their capitals: braced for BibTeX, which would lower them."""

from __future__ import annotations

import re

from tajikpeace_refs.formats._bib.latex_encode import escape, markup_to_tex, math_spans
from tajikpeace_refs.text import english
from tajikpeace_refs.text.languages import is_english
from tajikpeace_refs.text.proper_nouns import is_proper
from tajikpeace_refs.text.rich import NOCASE, TAG, strip
from tajikpeace_refs.text.scripts import has_cyrillic
from tajikpeace_refs.text.titles import MINOR, NO_NOUNS, Nouns, is_in_capitals, is_title_case

_BREAKS = ' –—/:;,!?"«»“”()[]'
_REST = rf"(?:[^\s{re.escape(_BREAKS)}]*[^\W_])?"
_WORD = re.compile(rf"[^\W_]{_REST}")


def protect(title: str, language: str | None, nouns: Nouns) -> str:
    r"""Return a title as TeX, its capitals protected word by word and nothing re-cased.

    Proper nouns, acronyms and words with inner capitals are braced; where the title is in sentence case or not in
    English, so is every capitalised word that does not begin it.

    >>> print(protect("Tajiks in the mirror of history: From Aryans", "en", Nouns(("Tajiks", "Aryans"))))
    {Tajiks} in the mirror of history: From {Aryans}
    >>> print(protect("The Role of NATO & the Tajik Opposition", "en", NO_NOUNS))
    The Role of {NATO} \& the {Tajik} Opposition

    A title in capitals throughout is no row of acronyms, and braces would keep it loud in every style.

    >>> print(protect("THE ROLE OF NATO IN TAJIKISTAN", None, NO_NOUNS))
    THE ROLE OF {NATO} IN {TAJIKISTAN}
    """
    if title[1:].islower() and nouns is NO_NOUNS and "<" not in title:
        return escape(title)  # no letter but the first can be a capital
    is_lowered = _is_lowered(title, language, nouns)
    return markup_to_tex(title, lambda text, at: _protect_words(text, at, title, nouns, is_lowered=is_lowered))


def braces_are_automatic(title: str) -> bool:
    """Whether a program braced every capital it met, so that the braces do not show which words are names.

    So does Zotero with a title in title case, and so do we with a Cyrillic title, which no style re-cases.
    """
    is_cyrillic = has_cyrillic(title)
    if not is_cyrillic and len(NOCASE.findall(title)) < 3:
        return False
    outside = [word[0] for word in _WORD.finditer(strip(NOCASE.sub(" ", title)))]
    if _WORD.search(strip(NOCASE.split(title, maxsplit=1)[0])):
        del outside[:1]  # it begins the title, where no braces do
    if is_cyrillic:
        return all(word == word.lower() for word in outside)
    # In title case every word but the small ones has a capital; a lower-case word shows that the braces choose.
    return all(word in MINOR for word in outside) and is_title_case(strip(title, "nocase"))


def _protect_words(text: str, offset: int, title: str, nouns: Nouns, *, is_lowered: bool) -> str:
    """Return a part of a title, which begins at an offset, as TeX."""
    names = nouns.spans(text)
    maths = math_spans(text)
    is_loud = is_in_capitals(strip(title))
    is_name = _is_name_in_capitals if is_loud else _is_name
    done, end = "", 0
    for match in _WORD.finditer(text):
        word = match[0]
        if word == word.lower():
            continue
        start, stop = match.span()
        if maths and any(a <= start < b for a, b in maths):
            continue
        if (
            is_name(word)
            or (names and any(a < stop and start < b for a, b in names))
            or not (is_lowered or is_loud or _begins(title, start + offset))
        ):
            done += f"{escape(text[end:start])}{{{escape(word)}}}"
            end = stop
    return done + escape(text[end:])


def _is_name(word: str) -> bool:
    """Whether a word shows by itself that it is a name: a known one, an acronym, a capital inside."""
    if word[1:].islower():  # most words have no capital inside
        return is_proper(word)
    return is_proper(word) or any(letter.isupper() for letter in re.sub(r"(?<=-)\w", "", word)[1:])


def _is_name_in_capitals(word: str) -> bool:
    """Whether a word of a title in capitals is a known name or acronym."""
    return is_proper(word.capitalize()) or word in english.words().acronyms


def _begins(title: str, at: int) -> bool:
    """Whether a word begins the title, a subtitle, a sentence or a bracket."""
    before = title[:at].rstrip()
    if at == 0 or title[at - 1] == "[" or (len(before) < at and before.endswith((":", "?", "!", ".", "—"))):
        return True
    first = _WORD.search(TAG.sub(lambda tag: " " * len(tag[0]), title))
    return first is not None and first.start() == at


def _is_lowered(title: str, language: str | None, nouns: Nouns) -> bool:
    """Whether a style may lower the capitals of a title: it is English and in title case, or its names are marked."""
    if language and not is_english(language):
        return False
    # Who protects some words by hand has seen to the others.
    return "nocase" in title or is_title_case(strip(NOCASE.sub("", title)), nouns)
