"""Names in English titles: which words of a title in title case keep their capitals, and on what proof (APA 6.17).

A word is lowered only where it is known to be common (``text.english``, or the library itself writes it so); names of
several words are known by lists and by patterns. ``PROPER_NOUNS`` and ``phrases.txt`` are kept by hand: what general
word lists miss or take for common words, Central Asia first. They are a safety net under the ``proper-nouns`` of a
file, not a gazetteer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from tajikpeace_refs.text import english
from tajikpeace_refs.text.name_patterns import HYPHENS, Case, Context, Word, concerned, judge_in_context

_WORDS = """
Africa African Africans America American Americans Antarctica Arab Arabic Arabs Asia Asian Asians Atlantic Australia
Australian Europe European Europeans Eurasia Eurasian Mediterranean Pacific Balkan Balkans Caucasus Caspian Siberia
Afghan Afghanistan Afghans Albania Algeria Angola Argentina Armenia Armenian Armenians Austria Austrian Azerbaijan
Azerbaijani Bangladesh Belarus Belarusian Belgium Bolivia Bosnia Brazil Brazilian Britain British Bulgaria Burundi
Cambodia Cambodian Cameroon Canada Canadian Canadians Chile Chilean China Chinese Colombia Colombian Congo Croatia
Cuba Cuban Cyprus Czech Denmark Danish Dutch Ecuador Egypt Egyptian England English Eritrea Estonia Estonian Ethiopia
Ethiopian Finland Finnish France French Georgian Germany German Germans Ghana Greece Greek Greeks Guatemala Haiti
Hungary Hungarian Iceland India Indian Indians Indonesia Indonesian Iran Iranian Iranians Iraq Iraqi Ireland Irish
Israel Israeli Israelis Italy Italian Italians Jamaica Japan Japanese Jordan Kashmir Kazakh Kazakhs Kazakhstan Kenya
Kenyan Korea Korean Koreans Kosovo Kurdish Kurds Kyrgyz Kyrgyzstan Latvia Latvian Lebanon Lebanese Liberia Libya
Lithuania Lithuanian Malaysia Mexico Mexican Mexicans Moldova Mongolia Mongolian Morocco Mozambique Myanmar Nepal
Netherlands Nicaragua Nigeria Nigerian Norway Norwegian Pakistan Pakistani Palestine Palestinian Palestinians Pamir
Panama Persia Persian Peru Peruvian Philippines Poland Portugal Portuguese Romania Romanian Russia Russian Russians
Rwanda Rwandan Scotland Scottish Serbia Serbian Singapore Slovakia Slovenia Somalia Soviet Soviets Spain Spanish Sudan
Sweden Swedish Switzerland Syria Syrian Syrians Taiwan Taiwanese Tajik Tajiks Tajikistan Tanzania Thailand Tibet
Tibetan Tunisia Turkic Turkish Turkmen Turkmenistan Uganda Ukraine Ukrainian Ukrainians Uruguay Uzbek Uzbeks
Uzbekistan Venezuela Vietnam Vietnamese Wales Welsh Yemen Yugoslavia Zambia Zimbabwe
Beijing Berlin Bishkek Dushanbe Geneva London Moscow Paris Tashkent Tehran Tokyo Vienna
Buddhism Buddhist Catholic Christian Christianity Christians Hindu Hinduism Islam Islamic Jewish Jews Judaism Muslim
Muslims Protestant Quran Shia Sufi Sunni
Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February April June July August September October
November December
"""
PROPER_NOUNS = frozenset(_WORDS.split())
"""Words that keep their capital in any English title, in ``.bib`` too: none is a common word as well."""


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MOSTLY_NAMES = _set("""
turkey polish roman bible guinea mali niger malta jersey guernsey swede scotch finn lapp python java
""")
"""Names that are common words as well, but hardly ever in titles; what lowers them is a phrase (guinea pig)."""


class Usage:
    """How a library writes words; this one says nothing."""

    def has_small(self, _word: str) -> bool:
        """Whether it writes a word without a capital."""
        return False

    def has_capital(self, _word: str) -> bool:
        """Whether it writes a word, here in lower case, with a capital in the middle of a sentence."""
        return False


def cases(text: str, words: Sequence[Word], usage: Usage) -> list[Case]:
    """Return what becomes of each word of an English title in title case, the first and small words included."""
    found = [_single(word, usage) for word in words]
    starts = concerned()
    for place, word in enumerate(words):
        phrases = _phrases(word.base) if word.gap[-1:] not in HYPHENS else ()
        phrase = next((phrase for phrase in phrases if _stands_at(text, word.start, phrase)), None)
        if phrase:
            _apply(phrase, words, place, found)
    _judge_species(words, found)
    for place, word in enumerate(words):
        if word.is_capital and (word.base in starts or words[min(place + 1, len(words) - 1)].gap in HYPHENS):
            judge_in_context(Context.of(words, place, found))
    return found


_GENUS = ("us", "um", "is", "a", "as", "es", "os", "on", "ys", "yx", "ix", "ax", "o")
_GENUS_FOR_CERTAIN = (
    "coccus", "bacter", "bacillus", "bacterium", "myces", "monas", "rhabditis", "phyton", "saurus", "therium", "ella",
)  # fmt: skip
_EPITHET = re.compile(
    ".{2,}(?:(?:at|ic|in|os|an|ar|id|iv|ul|ell|ce|re|ifer)us|(?:at|ic|in|os|an|ar|id|iv|ul|ell)um|(?:al|ar|il|estr|"
    "form|rostr|ev)is|ensis|ense|issim(?:a|us|um)|(?:ul|ic|in)ata|i[ao]na|ifolia|ifera|orum|arum|icola|icornis|oides|"
    "opsis|(?:eg|ic|ul|err)ans|[^kgnlrtv]ii|yi)"
)
"""What the second word of a species' name ends in, as far as names of people seldom do."""


def _judge_species(words: Sequence[Word], found: list[Case]) -> None:
    """Keep the capital of a genus and lower what follows it: Pinus sylvestris, Canis lupus familiaris (ICN, ICZN)."""
    after_genus = False
    for place in range(1, len(words)):
        genus, epithet = words[place - 1], words[place]
        is_certain = genus.base.endswith(_GENUS_FOR_CERTAIN) and genus.is_capital
        if found[place] is Case.KEPT or not (is_certain or found[place] is Case.KEPT_UNKNOWN):
            after_genus = False
            continue
        is_new = is_certain or _is_genus(genus, found[place - 1])
        is_pair = epithet.gap == " " and epithet.is_capital and (is_new or after_genus)
        after_genus = is_pair and _EPITHET.fullmatch(epithet.base) is not None
        if after_genus:
            found[place] = Case.LOWERED
            found[place - 1] = Case.KEPT if is_new else Case.LOWERED


def _is_genus(word: Word, case: Case) -> bool:
    return case is Case.KEPT_UNKNOWN and word.base.endswith(_GENUS) and word.base not in english.words().given


def is_proper(word: str) -> bool:
    """Whether a word is known to be a name, with or without a possessive s."""
    return word in PROPER_NOUNS or (word[-2:] in {"'s", "’s"} and word[:-2] in PROPER_NOUNS)


def _single(word: Word, usage: Usage) -> Case:
    """Return what is known of a word by itself."""
    base = word.base
    if is_proper(word.text) or base in _MOSTLY_NAMES:
        return Case.KEPT
    if not english.is_common(base):
        if usage.has_small(base):
            return Case.LOWERED
        return Case.KEPT if english.is_name(base) else Case.KEPT_UNKNOWN
    lists = english.words()
    if base not in lists.also_names or usage.has_small(base):
        return Case.LOWERED
    if usage.has_capital(base):
        return Case.KEPT
    # Horn's: things seldom own.
    is_owner = base in lists.surnames and word.text.lower() != base
    return Case.KEPT_UNKNOWN if is_owner or base in lists.surnames_first else Case.LOWERED_NAMELIKE


@cache
def _own_phrases() -> dict[str, tuple[str, ...]]:
    """Return the phrases kept by hand, by their first word in lower case."""
    by_word: dict[str, tuple[str, ...]] = {}
    for line in english.resource("phrases.txt").decode().splitlines():
        if line and not line.startswith("#"):
            first = re.split(r"[\W_]", line.lower(), maxsplit=1)[0]
            by_word[first] = (*by_word.get(first, ()), line)
    return by_word


@cache
def _phrases(first: str) -> tuple[str, ...]:
    """Return the known phrases that begin with a word, the longest first."""
    listed = english.words().phrases.get(first)
    both = (*_own_phrases().get(first, ()), *(listed.split("|") if listed else ()))
    return tuple(sorted(both, key=len, reverse=True))


def _stands_at(text: str, start: int, phrase: str) -> bool:
    """Whether a phrase begins at an offset of the text, in whatever case."""
    end = start + len(phrase)
    return text[start:end].lower().replace("’", "'") == phrase.lower() and not text[end : end + 1].isalnum()


def _apply(phrase: str, words: Sequence[Word], place: int, found: list[Case]) -> None:
    """Keep the capitals that a phrase has itself, and lower the others."""
    start = words[place].start
    for at in range(place, len(words)):
        offset = words[at].start - start
        if offset >= len(phrase):
            return
        found[at] = Case.KEPT if phrase[offset].isupper() else Case.LOWERED
