"""Which words of a title keep their capitals: braced for BibTeX, which would lower them."""

from __future__ import annotations

import re
from functools import lru_cache

from tajikpeace_refs.apa.titles import MINOR, Nouns, is_proper, is_title_case
from tajikpeace_refs.formats._tex import MATH, TAG, escape, markup_to_tex
from tajikpeace_refs.script import has_cyrillic

_WORD = re.compile(r"[^\W_](?:[^\s–—/:;,!?\"«»“”()\[\]]*[^\W_])?(?:['’]s)?")
NOCASE = re.compile(r'<span class="nocase">(.*?)</span>')

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
    english = not language or language.lower().startswith("en")
    # Who protects some words by hand has seen to the others.
    by_hand = "nocase" in title
    lowered = english and (by_hand or is_title_case(TAG.sub("", NOCASE.sub("", title)), _nouns(proper_nouns)))
    first = _WORD.search(TAG.sub(lambda tag: " " * len(tag[0]), title))
    begins = {first.start()} if first else set()
    begins |= {match.end() for match in re.finditer(r"[:?!.—]\s+|\[", title)}

    def words(text: str, offset: int) -> str:
        return _protect_words(text, offset, begins, proper_nouns, every_capital=not lowered)

    return markup_to_tex(title, words)


def braces_say_nothing(title: str) -> bool:
    """Whether a program braced every capital it met, so that the braces do not tell which words are names.

    So does Zotero with a title in title case, and so do we with a Cyrillic title, which no style re-cases.
    """
    bare = NOCASE.sub(r"\1", title)
    outside = [word[0] for word in _WORD.finditer(TAG.sub("", NOCASE.sub(" ", title)))]
    if has_cyrillic(bare):
        return all(word == word.lower() for word in outside[1:])
    # In title case every word but the small ones has a capital; a lower-case word shows that the braces choose.
    return len(NOCASE.findall(title)) >= 3 and all(word in MINOR for word in outside[1:]) and is_title_case(bare)


def _protect_words(
    text: str, offset: int, begins: set[int], proper_nouns: tuple[str, ...], *, every_capital: bool
) -> str:
    nouns = _nouns(proper_nouns).spans(text)
    maths = [match.span() for match in MATH.finditer(text)] if "$" in text else []
    done, start = [], 0
    for word in _WORD.finditer(text):
        token = word[0]
        if token == token.lower() or any(a <= word.start() < b for a, b in maths):
            continue
        is_noun = is_proper(token) or any(a < word.end() and word.start() < b for a, b in nouns)
        inner = any(letter.isupper() for letter in re.sub(r"(?<=-)\w", "", token)[1:])
        later = every_capital and word.start() + offset not in begins
        if is_noun or inner or later:
            done += [escape(text[start : word.start()]), "{", escape(token), "}"]
            start = word.end()
    return "".join([*done, escape(text[start:])])
