"""Sentence case (APA 6.17) for English titles that come in title case, and title case for citations and journals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tajikpeace_refs.text import languages
from tajikpeace_refs.text.proper_nouns import PROPER_NOUNS
from tajikpeace_refs.text.rich import KEEP, KEEP_END

Span = tuple[int, int]

# A word with its apostrophes (Kant’s); hyphens and brackets part words, so "(Re)Reading" is two.
_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_STARTS = re.compile(r"[:?!]['\"”’)\]\ue000-\ue00b]*\s|—")
_KEPT = re.compile(f"{KEEP}[^{KEEP_END}]*{KEEP_END}")
_ABBREVIATION = re.compile(
    r"(?:^|[^\w])(?:[^\W\d_]|vs|vol|no|dr|mr|ms|mrs|st|inc|ltd|jr|sr|pt|eds?|ca|al)\.$", re.IGNORECASE
)

MINOR = frozenset({
    "a", "an", "the", "and", "as", "but", "for", "if", "nor", "or", "so", "yet", "at", "by", "in", "of", "off", "on",
    "per", "to", "up", "via", "vs", "v", "de", "la",
})  # fmt: skip
# These after a preposition show that it is an adverb: "20 Years On From", "Looking Up at".
_AFTER_ADVERB = frozenset({"from", "with", "into", "toward", "towards"})
_ENGLISH = frozenset({"the", "of", "and"})
_ENGLISH_PERIODICAL = _ENGLISH | frozenset({"journal", "review", "research", "studies", "science"})


class Nouns:
    """Words and phrases that keep their capitals."""

    def __init__(self, phrases: Iterable[str] = ()) -> None:
        wanted = sorted({phrase.strip() for phrase in phrases} - {""}, key=len, reverse=True)
        self._written = {phrase.lower(): phrase for phrase in wanted}
        pattern = "|".join(re.escape(phrase).replace("'", "['’]").replace("’", "['’]") for phrase in wanted)
        self._pattern = re.compile(rf"(?<![^\W_])(?:{pattern})(?![^\W_])") if wanted else None

    def spans(self, text: str) -> list[Span]:
        """Return where in the text capitals are kept: proper nouns and ``nocase`` spans."""
        spans = [match.span() for match in _KEPT.finditer(text)] if KEEP in text else []
        return spans + [match.span() for match in self._pattern.finditer(text)] if self._pattern else spans

    def named(self, text: str) -> str:
        """Return a text in small letters with the names that are known in it as they are written."""
        text = _WORD.sub(lambda word: word[0].capitalize() if is_proper(word[0].capitalize()) else word[0], text)
        if not self._pattern:
            return text
        return re.sub(
            self._pattern.pattern,
            lambda match: self._written.get(match[0].lower(), match[0]),
            text,
            flags=re.IGNORECASE,
        )


NO_NOUNS = Nouns()


def _words(text: str, spans: list[Span]) -> Iterator[tuple[re.Match[str], bool, bool]]:
    """Yield each word, whether it opens a (sub)title, and whether its capitals are kept."""
    end = 0
    for match in _WORD.finditer(text):
        between = text[end : match.start()]
        opens = end == 0 or (between != " " and _STARTS.search(between) is not None)
        kept = is_proper(match[0]) or _is_in(match, spans)
        yield match, opens, kept
        end = match.end()


def _is_in(match: re.Match[str], spans: list[Span]) -> bool:
    return bool(spans) and any(start < match.end() and match.start() < stop for start, stop in spans)


def is_proper(word: str) -> bool:
    """Whether a word is known to be a name, with or without a possessive s."""
    return word in PROPER_NOUNS or (word[-2:] in {"'s", "’s"} and word[:-2] in PROPER_NOUNS)


def _is_marked(text: str, match: re.Match[str]) -> bool:
    """Whether the word's own shape keeps its capitals: acronym, inner capital, initial, part of a_name."""
    word = match[0]
    if "_" in (text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]):
        return True
    if len(word) == 1:
        return word != "A" or text[match.end() : match.end() + 1] == "."
    return _has_inner_capital(word)


def _has_inner_capital(word: str) -> bool:
    return word[1:] != word[1:].lower() and not word.endswith(("'S", "’S"))


def is_title_case(text: str, nouns: Nouns = NO_NOUNS) -> bool:
    """Whether at least half of the words that could have a capital have one, proper nouns left out.

    >>> is_title_case("Peace and War: a theory of International Relations")
    True
    >>> nouns = Nouns(["Tajikistan", "National Reconciliation Commission"])
    >>> is_title_case("Tajikistan's National Reconciliation Commission dissolved", nouns)
    False
    """
    if text[1:].islower():  # most are told by that
        return False
    capitals, words = _count(text, nouns)
    return words > 0 and 2 * capitals >= words


def _count(text: str, nouns: Nouns) -> tuple[int, int]:
    """Return how many words show a case, and how many of them a capital."""
    capitals = words = 0
    for match, opens, kept in _words(text, nouns.spans(text)):
        word = match[0]
        # A second half (Self-Report) shows a house style.
        is_second = text[match.start() - 1] in "-‐‑"
        if opens or kept or is_second or word.lower() in MINOR or not word[0].isalpha() or _is_marked(text, match):
            continue
        words += 1
        capitals += word[0].isupper()
    return capitals, words


def is_english(text: str, language: str | None, nouns: Nouns = NO_NOUNS) -> bool:
    """Whether the title may be re-cased: tagged English, or untagged and shown to be English in title case.

    Untagged proof is strict: an English function word, and at least three words that all have their capital.
    """
    if language:
        return languages.is_english(language)
    if text[1:].islower() or _ENGLISH.isdisjoint(text.lower().split()):
        return False
    capitals, words = _count(text, nouns)
    return words >= 3 and capitals == words


def sentence_case(text: str, nouns: Nouns = NO_NOUNS) -> str:
    """Return an English title in sentence case; one that is not in title case only gets its subtitle capitals.

    >>> sentence_case("Self-Report Measures of Well-Being—The MMPI in Practice? A Guide")
    'Self-report measures of well-being—The MMPI in practice? A guide'
    >>> sentence_case("Democratic Peace Theory as Practice: (Re)Reading the Significance")
    'Democratic peace theory as practice: (Re)reading the significance'
    >>> sentence_case("THE CIVIL WAR IN TAJIKISTAN")
    'The civil war in Tajikistan'
    """
    if text.isupper() and len(text.split()) > 2:
        text = nouns.named(text.lower())
    lowering = is_title_case(text, nouns)
    spans = nouns.spans(text)
    return _respelt(
        text,
        (
            (match, match[0] if kept else _recased(text, match, opens=opens, lowering=lowering))
            for match, opens, kept in _words(text, spans)
        ),
    )


def _respelt(text: str, words: Iterable[tuple[re.Match[str], str]]) -> str:
    out: list[str] = []
    end = 0
    for match, word in words:
        out += (text[end : match.start()], word)
        end = match.end()
    return "".join(out) + text[end:]


def _recased(text: str, match: re.Match[str], *, opens: bool, lowering: bool) -> str:
    word = match[0]
    if opens:
        return word[0].upper() + word[1:] if word.islower() else word
    if not lowering or _is_marked(text, match) or _after_full_stop(text, match.start()):
        return word
    return word.lower()


def _after_full_stop(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \"'“‘([") if "." in text else ""
    return before.endswith(".") and not _ABBREVIATION.search(before)


def title_case(text: str) -> str:
    """Return an English title in title case (6.17): minor words of three letters or fewer stay low.

    >>> title_case("Cambodia - 20 years on from the Paris Peace Agreements")
    'Cambodia - 20 Years On From the Paris Peace Agreements'
    >>> title_case("Tajik ex-leaders in Moscow: a self-report")
    'Tajik Ex-Leaders in Moscow: A Self-Report'
    """
    following, words = "", []
    for match, opens, _ in reversed(list(_words(text, []))):
        word = match[0]
        is_minor = word in MINOR and not opens and following not in _AFTER_ADVERB
        words.append((match, word if is_minor or not word.islower() else word[0].upper() + word[1:]))
        following = word
    return _respelt(text, reversed(words))


def periodical_name(text: str, language: str | None) -> str:
    """Return a periodical's name as given, an English one in lower case in title case (9.25)."""
    if text[1:] != text[1:].lower() or (text[:1].isupper() and " " not in text):
        return text
    is_shown = not _ENGLISH_PERIODICAL.isdisjoint(text.lower().split())
    english = languages.is_english(language) if language else is_shown
    return title_case(text[0].lower() + text[1:]) if english else text
