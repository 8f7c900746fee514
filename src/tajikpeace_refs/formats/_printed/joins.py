"""Lines of a reference joined: spaces, addresses, and words that a hyphen divides at the end of a line."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tajikpeace_refs.text import english

ADDRESS = re.compile(r"(?i)https?:|ftp:|www\.|doi[:.]|\b10\.\d{4}")
"""How an address or a DOI begins."""
DIVIDED = "\u00ad"
"""Where a word was divided at the end of a line, inside the reader."""
_END = 300
"""How many characters before a line say how it is joined: no address is longer."""
_WORDS = re.compile(r"[\w’'-]+")
_DIVIDED_WORD = re.compile(rf"([\w’'-]*?)(-?){DIVIDED}([\w’'-]*)")
_COMPOUND = re.compile(r"(?i)[а-яё]{4,}(?:ско|но|во|ко)-(?:[а-яё]{4,}(?:ый|ий|ая|яя|ое|ее|ые|ие|ого|их|ых|ой|ую))")


def words_of(texts: Iterable[str]) -> set[str]:
    """Return the words of some texts in small letters, those with hyphens as one."""
    return {word for text in texts for word in _WORDS.findall(text.lower())}


def joined(text: str, line: str) -> str:
    r"""Join a line to those before it; where a word was divided between them, a mark stands.

    >>> joined("the con-", "flict"), joined("post-", "Soviet"), joined("http://a.org/x-", "y")
    ('the con\xadflict', 'post-\xadSoviet', 'http://a.org/x-y')
    """
    if text.endswith(DIVIDED):
        return text[:-1] + line
    end = text[-_END:]
    last = end.rsplit(" ", 1)[-1]
    if ADDRESS.search(last) and last[-1] != ":" and (last[-1] in "/-_=?&" or line.split(" ", 1)[0].count("/")):
        return text + line
    if re.search(r"[^\W\d_]{2}[-‐]$", end) and line[0].islower():
        return text[:-1] + DIVIDED + line
    if re.search(r"[^\W\d_][-‐]$", end) and line[0].isalpha():
        return text[:-1] + "-" + DIVIDED + line
    if re.search(r"\w[-‐–]$", end):
        return text + line
    return f"{text} {line}"


def settled(text: str, known: set[str]) -> tuple[str, tuple[str, ...]]:
    """Return a text with its divided words decided, and those that may have a hyphen of their own.

    A word that stands elsewhere in the text (``known``), in one piece or with its hyphen, is so here; where both halves
    are words and nothing says more, it is joined, and a doubt.

    >>> settled("a long\u00adterm con\u00adflict", {"long-term"}), settled("wheat\u00adbread", set())
    (('a long-term conflict', ()), ('wheatbread', ('wheat-bread',)))
    """
    if DIVIDED not in text:
        return text, ()
    doubts: list[str] = []

    def decided(match: re.Match[str]) -> str:
        first, hyphen, second = match.groups()
        whole, hyphened = f"{first}{second}", f"{first}-{second}"
        if hyphen:
            return hyphened
        is_known = whole.lower() in known or english.is_common(whole.lower())
        if hyphened.lower() in known and not is_known:
            return hyphened
        if not is_known and (_are_words(first, second) or _COMPOUND.fullmatch(hyphened)):
            doubts.append(hyphened)
        return whole

    whole = _DIVIDED_WORD.sub(decided, text)
    return whole, tuple(doubts)


def _are_words(*halves: str) -> bool:
    return all(len(half) > 2 and english.is_common(half.lower()) for half in halves)
