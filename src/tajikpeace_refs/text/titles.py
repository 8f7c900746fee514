"""Sentence case (APA 6.17) for English titles that come in title case, and title case for citations and journals.

Whether titles are lowered at all is decided once for a list (``ListCase``); which words of a title are lowered, word by
word and only on evidence (``proper_nouns``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tajikpeace_refs.text import english, languages
from tajikpeace_refs.text.name_patterns import Case, Word
from tajikpeace_refs.text.proper_nouns import Usage, cases, is_proper
from tajikpeace_refs.text.rich import KEEP, KEEP_END, plain

Span = tuple[int, int]


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A word with its apostrophes (Kant’s); hyphens and brackets part words, so "(Re)Reading" is two.
_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_STARTS = re.compile(r"[:?!]['\"”’)\]\ue000-\ue00b]*\s|—")
_DASHES = frozenset({" - ", " – ", " — "})
_KEPT = re.compile(f"{KEEP}[^{KEEP_END}]*{KEEP_END}")
_ABBREVIATION = re.compile(
    r"(?:^|[^\w])(?:[^\W\d_]|vs|vol|no|dr|mr|ms|mrs|st|inc|ltd|jr|sr|pt|eds?|ca|al)\.$", re.IGNORECASE
)
_GENUS = re.compile(r"(?<![^\W_])[A-Z]\. $")
"""A genus by its initial: E. coli."""
_POSSESSIVE = re.compile("['’ʼ](?:s|d|m|ll|re|ve)$", re.IGNORECASE)
_NEGATED = re.compile("n['’ʼ]t$", re.IGNORECASE)

MINOR = frozenset({
    "a", "an", "the", "and", "as", "but", "for", "if", "nor", "or", "so", "yet", "at", "by", "in", "of", "off", "on",
    "per", "to", "up", "via", "vs", "v", "de", "la",
})  # fmt: skip
_LONG_MINOR = _set("""
about across after against along among around before behind below beneath beside between beyond despite down during
from into like near onto over past since than that through toward towards under until unto upon versus when where
which while whose with within without vitro vivo situ silico facto priori posteriori
""")
"""Longer small words, which many title cases leave low, as they do the second words of Latin terms."""
# These after a preposition show that it is an adverb: "20 Years On From", "Looking Up at".
_AFTER_ADVERB = frozenset({"from", "with", "into", "toward", "towards"})
ENGLISH = _set("the of and for to in on with from by at into between its their how what why")
"""Small words that show an English title."""
FOREIGN = _set("""
der das den dem des und im zur zum von für mit auf ein eine einer le les du des et aux une sur dans pour el los las del
y una por para il lo gli della di delle dei e nel un do da dos das em uma het een van voor och av på til og w z na ve
""")
"""Small words of other languages that no English title has."""
_ALSO_VERBS = frozenset({"do", "die"})
_ALSO_FOREIGN = frozenset({"de", "en", "la"})


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
        """Return a text with the proper nouns in it as they are written, whatever its capitals."""
        if not self._pattern:
            return text
        return re.sub(
            self._pattern.pattern,
            lambda match: self._written.get(match[0].lower(), match[0]),
            text,
            flags=re.IGNORECASE,
        )


NO_NOUNS = Nouns()
NO_USAGE = Usage()


def _words(text: str, spans: list[Span]) -> Iterator[tuple[re.Match[str], bool, bool]]:
    """Yield each word, whether it opens a (sub)title, and whether its capitals are kept."""
    end = 0
    for match in _WORD.finditer(text):
        opens = _opens(text[end : match.start()], end)
        kept = is_proper(match[0]) or _is_in(match, spans)
        yield match, opens, kept
        end = match.end()


def _opens(between: str, end: int) -> bool:
    """Whether a word opens a (sub)title: by the text before it, and the end of the word before that (0: no word)."""
    if between == " ":
        return False
    return end == 0 or between in _DASHES or _STARTS.search(between) is not None


def _is_in(match: re.Match[str], spans: list[Span]) -> bool:
    return bool(spans) and any(start < match.end() and match.start() < stop for start, stop in spans)


def _is_marked(text: str, match: re.Match[str]) -> bool:
    """Whether the word's own shape keeps its capitals: acronym, inner capital, initial, part of a_name."""
    word = match[0]
    if "_" in (text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]):
        return True
    if len(word) == 1:
        return word != "A" or "." in (text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1])
    return _has_inner_capital(word)


def _has_inner_capital(word: str) -> bool:
    return word[1:] != word[1:].lower() and not word.endswith(("'S", "’S"))


def is_title_case(text: str, nouns: Nouns = NO_NOUNS) -> bool:
    """Whether a text is in title case: at least half of the words that could have a capital have one.

    In the main title no word of four letters or more may lack it: a single one shows sentence case. Such a word in the
    subtitle needs twice as many with a capital. Proper nouns, small words, numerals (12th) and what stands before a
    hyphen do not count, second halves (Meta-Analysis) only where no other word does.

    >>> is_title_case("Peace and War: a theory of International Relations")
    True
    >>> is_title_case("Endings of half-lines in the Middle English Joseph of Tamworth")
    False
    >>> nouns = Nouns(["Tajikistan", "National Reconciliation Commission"])
    >>> is_title_case("Tajikistan's National Reconciliation Commission dissolved", nouns)
    False
    """
    if text[1:].islower():  # most are told by that
        return False
    capitals = words = 0
    halves: list[str] = []
    is_main, needed = True, 1
    for match, opens, kept in _words(text, nouns.spans(text)):
        word = match[0]
        is_main = is_main and (not opens or words == 0)
        # A half with a capital (Self-Report), a second half (Self-report), a prefix (post-Soviet) show a house style.
        is_second = text[match.start() - 1 : match.start()] == "-"
        is_half = is_second or (
            text[match.end() : match.end() + 1] == "-" and not (word.islower() and not english.is_prefix(word))
        )
        if is_second and not kept and word.istitle():
            halves.append(word.lower())
        if opens or kept or is_half:
            continue
        if word.islower():
            if not word[0].isalpha() or word in MINOR or word in _LONG_MINOR or _is_species(text, match.start()):
                continue
            if len(word) >= 4:
                if is_main:
                    return False
                needed = 2
            words += 1
        elif word.lower() not in MINOR and word[0].isalpha() and not _is_marked(text, match):
            words += 1
            capitals += 1
    return capitals >= needed * (words - capitals) if words else any(map(english.is_common, halves))


def _is_species(text: str, start: int) -> bool:
    """Whether the word that begins at a place stands behind the initial of its genus: E. coli."""
    return start > 2 and _GENUS.match(text, start - 3, start) is not None


def is_in_capitals(text: str) -> bool:
    """Whether a title of three words or more, or of two long ones, is in capitals throughout: it has lost its case."""
    words = text.split() if text.isupper() else []
    return len(words) > 2 or (len(words) == 2 and all(len(word) > 4 and word.isalpha() for word in words))


def has_words(text: str, words: frozenset[str]) -> bool:
    """Whether a text has one of some words in lower case."""
    return not words.isdisjoint(text.lower().split())


def seems_english(text: str, *, among_english: bool = False) -> bool:
    """Whether the words of a title without a language show that it is English: most are, and none of another language.

    Names and acronyms do not count. In a list whose titles are English half of the words, and one of them, are enough.

    >>> seems_english("Introduction to Algorithms"), seems_english("Journal de psychologie normale et pathologique")
    (True, False)
    >>> seems_english("Afghan Girl"), seems_english("Afghan Girl", among_english=True)
    (False, True)
    """
    in_capitals = text.isupper()
    written = [
        word
        for match in _WORD.finditer(text)
        if (word := match[0]).isalpha() and len(word) > 1 and (in_capitals or not word.isupper())
    ]
    # With a capital a small word of another language may be part of a name: Van Gogh.
    small = {word.lower() for word in written[:1] + [each for each in written if each.islower() or in_capitals]}
    found = [word for word in map(_base, written) if not english.is_name(word)]
    has_english = not ENGLISH.isdisjoint(found)
    if small & FOREIGN - (_ALSO_VERBS if has_english else frozenset()):
        return False
    known = sum(word in ENGLISH or word in MINOR or english.is_common(word) for word in found)
    if among_english and (has_english or small.isdisjoint(_ALSO_FOREIGN)):
        return known > 0 and known >= 0.5 * len(found)
    share = 0.6 if has_english else 0.8
    return known > 1 and known >= share * len(found)


def _base(word: str) -> str:
    """Return a word in lower case without a possessive s; ``not`` for a verb with it: can't, shouldn't."""
    if word.isalnum():
        return word.lower()
    return "not" if _NEGATED.search(word) else _POSSESSIVE.sub("", word).lower()


def judged(text: str, nouns: Nouns, usage: Usage) -> Iterator[tuple[re.Match[str], Word, Case | None]]:
    """Yield each word of a title in title case and what becomes of it; None: the question does not arise.

    That is so for the first word of a (sub)title or sentence, and for acronyms and other words with inner capitals.
    """
    matches, words, end = list(_WORD.finditer(text)), [], 0
    for match in matches:
        gap = text[end : match.start()]
        words.append(Word(*match.span(), match[0], _base(match[0]), gap if gap == " " else plain(gap)))
        end = match.end()
    proper, previous = nouns.spans(text), 0
    for match, word, case in zip(matches, words, cases(text, words, usage), strict=True):
        opens = _opens(text[previous : word.start], previous)
        previous = word.end
        if opens or _after_full_stop(text, word.start) or _opens_quotation(word):
            yield match, word, None
        elif _is_in(match, proper):
            yield match, word, Case.KEPT
        else:
            yield match, word, None if _is_marked(text, match) else case


def _opens_quotation(word: Word) -> bool:
    """Whether a small word has the capital of the title that it begins: ``Aristotle's “De Motu Animalium”``."""
    return word.is_capital and word.base in MINOR and word.gap.endswith(("“", "‘", "«", ' "', " '"))


def sentence_case(text: str, nouns: Nouns = NO_NOUNS, usage: Usage = NO_USAGE) -> str:
    """Return an English title in sentence case; one that is not in title case only gets its subtitle capitals.

    Args:
        text: the title, its tags read as marks.
        nouns: words and phrases that keep their capitals.
        usage: how the library writes words.

    >>> sentence_case("Self-Report Measures of Well-Being—The MMPI in Practice? A Guide")
    'Self-report measures of well-being—The MMPI in practice? A guide'
    >>> sentence_case("Democratic Peace Theory as Practice: (Re)Reading the Significance")
    'Democratic peace theory as practice: (Re)reading the significance'
    >>> sentence_case("THE CIVIL WAR IN TAJIKISTAN"), sentence_case("Reading “The Roads” and the “New” Roads")
    ('The civil war in Tajikistan', 'Reading “The roads” and the “new” roads')
    """
    if is_in_capitals(text):
        text = nouns.named(_capitalised(text))
    return lowered(text, nouns, usage) if is_title_case(text, nouns) else subtitle_capitals(text)


def lowered(text: str, nouns: Nouns, usage: Usage) -> str:
    """Return an English title that is in title case in sentence case; see ``sentence_case``."""
    spelt = (
        (match, match[0].lower() if case in _LOWERED else match[0]) for match, _, case in judged(text, nouns, usage)
    )
    return subtitle_capitals(_respelt(text, spelt))


_LOWERED = frozenset({Case.LOWERED, Case.LOWERED_NAMELIKE})


def _capitalised(text: str) -> str:
    """Return a title in capitals with a capital for each word; acronyms, and short words that may be some, stay."""

    def respelt(match: re.Match[str]) -> str:
        word = match[0]
        base = _base(word)
        if english.is_common(base):
            return word.capitalize()
        is_acronym = word in english.words().acronyms or (len(word) < 5 and not english.is_name(base))
        return word if is_acronym and not is_proper(word.capitalize()) else word.capitalize()

    return _WORD.sub(respelt, text)


def subtitle_capitals(text: str, *, is_english: bool = True) -> str:
    """Return a title with a capital for the first word of each subtitle, in any language; the first word stays.

    In other languages than English a dash between spaces does not begin a subtitle, nor does one beside a figure.

    >>> subtitle_capitals("Vaccines: mRNA and others? a review")
    'Vaccines: mRNA and others? A review'
    >>> subtitle_capitals("Proteins at work: p53 and friends"), subtitle_capitals("Carrots: β-carotene")
    ('Proteins at work: p53 and friends', 'Carrots: β-carotene')
    >>> subtitle_capitals("Tajikistan - a country study")
    'Tajikistan - A country study'
    >>> subtitle_capitals("Город — крепость: очерк", is_english=False)
    'Город — крепость: Очерк'
    """
    if not _MAY_START.search(text):
        return text
    starts = _SUBTITLE if is_english else _SUBTITLE_OF_ANY
    return starts.sub(
        lambda match: match[1] + match[2][0].upper() + match[2][1:] if _may_rise(match[2]) else match[0], text
    )


def _may_rise(word: str) -> bool:
    """Whether a word has only small letters, and is no symbol: p53, β-carotene."""
    return word.islower() and not _SYMBOL.match(word)


_SYMBOL = re.compile(r"[^\W\d_]+\d|[α-ω](?![^\W\d_])")
_CLOSING = r"['\"”’)\]\ue000-\ue00b]*"
_OPENING = r"[\W_]{0,40}?"
_MAY_START = re.compile("[:?!—]| [-–] ")
_SUBTITLE = re.compile(rf"((?:[:?!]{_CLOSING}\s|—|(?<=[^\W\d_]) [-–] ){_OPENING})([^\W\d_][^\W_]*)")
_SUBTITLE_OF_ANY = re.compile(rf"((?:[:?!]{_CLOSING}\s|(?<=\S)—(?=\S)){_OPENING})([^\W\d_][^\W_]*)")


def _respelt(text: str, words: Iterable[tuple[re.Match[str], str]]) -> str:
    out: list[str] = []
    end = 0
    for match, word in words:
        out += (text[end : match.start()], word)
        end = match.end()
    return "".join(out) + text[end:]


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
    """Return a periodical's name as given; in title case (9.25) where it is English and has lost its own.

    Words alone prove no language, but in capitals throughout nothing of the name's own case is left to lose. A subtitle
    with a small first word is a library's (PubMed).

    >>> periodical_name("Journal of small boats", "en"), periodical_name("JOURNAL OF APPLIED HARBORS", None)
    ('Journal of Small Boats', 'Journal of Applied Harbors')
    >>> periodical_name("The Journal of small boats", "en")
    'The Journal of Small Boats'
    >>> periodical_name("Journal of small boats", None)
    'Journal of small boats'
    >>> periodical_name("Journal de psychologie normale", None), periodical_name("PLOS ONE", None)
    ('Journal de psychologie normale', 'PLOS ONE')
    >>> periodical_name("Roots: the international journal of the Elm Society", None)
    'Roots: The International Journal of the Elm Society'
    >>> periodical_name("BMC ecology and evolution", None), periodical_name("IEEE J. of small boats", None)
    ('BMC Ecology and Evolution', 'IEEE J. of small boats')
    """
    if text.startswith("The ") and text[4:5].isupper() and not is_in_capitals(text):
        return f"The {periodical_name(text[4:], language)}"
    if is_in_capitals(text) and not (language and not languages.is_english(language)) and seems_english(text):
        text = _WORD.sub(lambda match: match[0].lower() if match[0].lower() in MINOR else match[0], _capitalised(text))
        return text[0].upper() + text[1:]
    name, colon, subtitle = text.partition(": ")
    if subtitle[:1].islower() and seems_english(subtitle) and (not language or languages.is_english(language)):
        return periodical_name(name, language) + colon + title_case(subtitle[0].upper() + subtitle[1:])
    first, _, rest = text.partition(" ")
    if len(first) > 1 and first.isalpha() and first.isupper() and rest.islower() and seems_english(rest):
        return f"{first} {title_case(rest)}"  # PubMed: BMC public health
    if text[1:] != text[1:].lower() or (text[:1].isupper() and " " not in text):
        return text
    if not (language and languages.is_english(language) and seems_english(text)):
        return text
    return title_case(text[0].lower() + text[1:])
