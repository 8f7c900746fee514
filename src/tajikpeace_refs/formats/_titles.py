"""Which words of a title keep their capitals: braced for BibTeX, which would lower them."""

from __future__ import annotations

import re
from functools import lru_cache

from tajikpeace_refs.formats._tex import MATH, TAG, escape, markup_to_tex

_WORD = re.compile(r"[^\W_](?:[^\s–—/:;,!?\"«»“”()\[\]]*[^\W_])?(?:['’]s)?")
_SMALL = frozenset({
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "if", "in", "into", "nor", "of", "off", "on", "onto",
    "or", "over", "per", "the", "to", "up", "via", "vs", "with",
})  # fmt: skip


@lru_cache(maxsize=64)
def noun_pattern(proper_nouns: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return a pattern for any of the phrases as whole words, with a possessive s; None for no phrases."""
    if not proper_nouns:
        return None
    longest_first = sorted(proper_nouns, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?:['’]s)?(?![\w-])")


def in_title_case(title: str, proper_nouns: tuple[str, ...]) -> bool:
    """Whether at least half of the words that could have a capital have one, proper nouns and the first word aside."""
    pattern = noun_pattern(proper_nouns)
    rest = pattern.sub(" ", title) if pattern else title
    words: list[str] = [
        word for word in _WORD.findall(rest)[1:] if word.lower() not in _SMALL and not word[0].isdigit()
    ]
    capitals = sum(word[0].isupper() for word in words)
    return capitals * 2 >= len(words) > 0


def protect(title: str, language: str | None, proper_nouns: tuple[str, ...]) -> str:
    r"""Return a title as TeX, its capitals protected word by word and nothing re-cased.

    Proper nouns, acronyms and words with inner capitals are braced; where the title is in sentence case or not in
    English, so is every capitalised word that does not begin it.

    >>> print(protect("Tajiks in the mirror of history: From Aryans", "en", ("Tajiks", "Aryans")))
    {Tajiks} in the mirror of history: From {Aryans}
    >>> print(protect("The Role of NATO & the OSCE", "en", ()))
    The Role of {NATO} \& the {OSCE}
    """
    if title[1:].islower() and not proper_nouns and "<" not in title:
        return escape(title)
    english = not language or language.lower().startswith("en")
    lowered = english and in_title_case(title, proper_nouns)
    first = _WORD.search(TAG.sub(lambda tag: " " * len(tag[0]), title))
    begins = {first.start()} if first else set()
    begins |= {match.end() for match in re.finditer(r"[:?!.—]\s+|\[", title)}

    def words(text: str, offset: int) -> str:
        return _protect_words(text, offset, begins, proper_nouns, every_capital=not lowered)

    return markup_to_tex(title, words)


def _protect_words(
    text: str, offset: int, begins: set[int], proper_nouns: tuple[str, ...], *, every_capital: bool
) -> str:
    pattern = noun_pattern(proper_nouns)
    nouns = [match.span() for match in pattern.finditer(text)] if pattern else []
    maths = [match.span() for match in MATH.finditer(text)] if "$" in text else []
    done, start = [], 0
    for word in _WORD.finditer(text):
        token = word[0]
        if token.islower() or not any(letter.isupper() for letter in token):
            continue
        if any(a <= word.start() < b for a, b in maths):
            continue
        is_noun = any(a <= word.start() and word.end() <= b for a, b in nouns)
        inner = any(letter.isupper() for letter in re.sub(r"(?<=-)\w", "", token)[1:])
        later = every_capital and word.start() + offset not in begins
        if is_noun or inner or later:
            done += [escape(text[start : word.start()]), "{", escape(token), "}"]
            start = word.end()
    return "".join([*done, escape(text[start:])])
