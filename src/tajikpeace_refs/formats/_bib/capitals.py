"""Which words of a title keep their capitals: braced for BibTeX, which would lower them."""

from __future__ import annotations

import re
from functools import lru_cache

from tajikpeace_refs.formats._bib.latex_encode import MATH, escape, markup_to_tex
from tajikpeace_refs.text.languages import is_english
from tajikpeace_refs.text.rich import NOCASE, TAG, strip
from tajikpeace_refs.text.scripts import has_cyrillic
from tajikpeace_refs.text.titles import MINOR, Nouns, is_proper, is_title_case

_BREAKS = ' –—/:;,!?"«»“”()[]'
_BODY = rf"(?:[^\s{re.escape(_BREAKS)}]*[^\W_])?"
_WORD = re.compile(rf"[^\W_]{_BODY}")

_nouns = lru_cache(maxsize=64)(Nouns)


def protect(title: str, language: str | None, proper_nouns: tuple[str, ...]) -> str:
    r"""Return a title as TeX, its capitals protected word by word and nothing re-cased.

    Proper nouns, acronyms and words with inner capitals are braced; where the title is in sentence case or not in
    English, so is every capitalised word that does not begin it.

    >>> print(protect("Tajiks in the mirror of history: From Aryans", "en", ("Tajiks", "Aryans")))
    {Tajiks} in the mirror of history: From {Aryans}
    >>> print(protect("The Role of NATO & the Tajik Opposition", "en", ()))
    The Role of {NATO} \& the {Tajik} Opposition
    """
    if title[1:].islower() and not proper_nouns and "<" not in title:
        return escape(title)
    if "<" not in title:
        return _protect_words(title, 0, title, language, proper_nouns)
    return markup_to_tex(title, lambda text, offset: _protect_words(text, offset, title, language, proper_nouns))


def braces_say_nothing(title: str) -> bool:
    """Whether a program braced every capital it met, so that the braces do not tell which words are names.

    So does Zotero with a title in title case, and so do we with a Cyrillic title, which no style re-cases.
    """
    bare = strip(title, "nocase")
    outside = [word[0] for word in _WORD.finditer(strip(NOCASE.sub(" ", title)))]
    if has_cyrillic(bare):
        return all(word == word.lower() for word in outside[1:])
    # In title case every word but the small ones has a capital; a lower-case word shows that the braces choose.
    return len(NOCASE.findall(title)) >= 3 and all(word in MINOR for word in outside[1:]) and is_title_case(bare)


def _protect_words(text: str, offset: int, title: str, language: str | None, proper_nouns: tuple[str, ...]) -> str:
    nouns = _nouns(proper_nouns).spans(text)
    maths = [match.span() for match in MATH.finditer(text)] if "$" in text else []
    is_lowered: bool | None = None
    done: list[str] = []
    end = 0
    for match in _WORD.finditer(text):
        start, stop, word = *match.span(), match[0]
        is_name = _is_name(word)
        if is_name is None or (maths and any(a <= start < b for a, b in maths)):
            continue
        if not is_name and not (nouns and any(a < stop and start < b for a, b in nouns)):
            if is_lowered or _begins(title, start + offset):
                continue
            if is_lowered is None and (is_lowered := _is_lowered(title, language, proper_nouns)):
                continue
        done += (escape(text[end:start]), "{", escape(word), "}")
        end = stop
    done.append(escape(text[end:]))
    return "".join(done)


def _is_name(word: str) -> bool | None:
    """Whether a word shows by itself that it is a name: known, an acronym, an inner capital; None for no capital."""
    return (
        None
        if word == word.lower()
        else is_proper(word) or any(letter.isupper() for letter in re.sub(r"(?<=-)\w", "", word)[1:])
    )


def _begins(title: str, at: int) -> bool:
    """Whether a word begins the title, a subtitle, a sentence or a bracket."""
    before = title[:at].rstrip()
    if at == 0 or title[at - 1] == "[" or (len(before) < at and before.endswith((":", "?", "!", ".", "—"))):
        return True
    first = _WORD.search(TAG.sub(lambda tag: " " * len(tag[0]), title))
    return first is not None and first.start() == at


def _is_lowered(title: str, language: str | None, proper_nouns: tuple[str, ...]) -> bool:
    """Whether a style may lower the capitals of a title: it is English and in title case, or its names are marked."""
    if language and not is_english(language):
        return False
    # Who protects some words by hand has seen to the others.
    return "nocase" in title or is_title_case(strip(NOCASE.sub("", title)), _nouns(proper_nouns))
