"""Names in English titles: which words of a title in title case keep their capitals, and on what proof (APA 6.17).

A word is lowered only where it is known to be common (``text.english``, or the library itself writes it so); names of
several words are known by lists and by patterns. ``PROPER_NOUNS`` and ``phrases.txt`` are kept by hand: what general
word lists miss or take for common words, Central Asia first. They are a safety net under the ``proper-nouns`` of a
file, not a gazetteer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import Enum
from functools import cache
from typing import NamedTuple

from tajikpeace_refs.text import english

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
_MONTHS = _set("march may")
"""Months that are words as well: names only beside a number."""
_DIRECTIONS = _set("north south east west northeast northwest southeast southwest upper lower greater lesser")
_PARTICLES = _set("von van der den zu di da dos du del della ter ten")
_BEFORE_NAMES = _set("""
lake mount mt cape fort port saint st ste san santa santo gulf bay isle wadi jebel rio monte
king queen pope emperor empress prince princess sir lord lady tsar shah sultan president mr mrs ms
""")
"""What is part of a name before a name: Lake Sarez, Emir Alim, Pope Francis."""
_AFTER_NAMES = _set("""
sea ocean mountains peninsula desert strait straits gulf bay plateau glacier range fjord oblast shire prefecture
voivodeship municipality governorate highlands lowlands observatory protocol accord accords agreement agreements treaty
declaration empire dynasty caliphate khanate emirate street avenue abbey
""")
"""What is part of a name after a name: Zarafshan Range, Kyoto Protocol."""
_AFTER_PLACES = _set("""
river lake island islands mountain hill hills valley creek brook canyon canal delta falls ridge harbor harbour park
forest province county district state city university college institute academy museum convention conventions
war wars castle palace cathedral
""")
"""The same after the name of a place or person, and not after a people: the Vakhsh River, but Tajik rivers."""
_AFTER_NAMES_IN_TWO = {
    "park": "national", "forest": "national", "reserve": "nature", "area": "metropolitan", "region": "autonomous",
    "oblast": "autonomous", "province": "autonomous", "university": "state national technical medical federal",
    "agreement": "peace", "agreements": "peace", "accords": "peace", "treaty": "peace",
}  # fmt: skip
"""What is part of a name after a name and one more word: Khujand State University, Dayton Peace Agreement."""
_PEOPLE = re.compile(
    ".+(?:[ie]an|can|[^d]ese|ish|inian|german)s?|french|dutch|greek|czech|swiss|arab|iraqi|israeli|roman|slavic|uzbek|"
    "kazakh|tajik|kyrgyz"
)
"""The adjective of a people."""
_BODIES = _set("""
university institute academy association society organization organisation federation museum library college
""")
_BODY_STARTS = _set("national international royal american british european russian world federal imperial united")
_BEFORE_OF = _set("university institute academy ministry museum republic kingdom emirate khanate treaty battle siege")
_BODIES_OF = _set("university institute academy ministry")
"""Kinds of bodies that all words after ``of`` name."""
_TESTS = _set("inventory questionnaire checklist")
_ANSWERS = frozenset({
    ("reply", "to"), ("response", "to"), ("rejoinder", "to"),
    ("comment", "on"), ("comments", "on"), ("commentary", "on"),
})  # fmt: skip
_PERIODS = _set("""
cambrian ordovician silurian devonian carboniferous permian triassic jurassic cretaceous paleogene neogene quaternary
""")
_PERIOD_PARTS = _set("early middle late lower upper")
_HYPHENS = frozenset({"-", "‐"})


class Case(Enum):
    """What becomes of a word with a capital, and on what proof."""

    KEPT = "a name"
    LOWERED = "a common word"
    KEPT_UNKNOWN = "neither known to be a name nor to be common"
    LOWERED_NAMELIKE = "a common word that is a name as well"


_KEPT = frozenset({Case.KEPT, Case.KEPT_UNKNOWN})


class Word(NamedTuple):
    """A word of a title with its place, in lower case without a possessive s, and what stands before it."""

    start: int
    end: int
    text: str
    base: str
    gap: str

    @property
    def is_capital(self) -> bool:
        """Whether the word begins with a capital."""
        return self.text[0].isupper()


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
    starts = _starts()
    for place, word in enumerate(words):
        phrases = _phrases(word.base) if word.gap[-1:] not in _HYPHENS else ()
        phrase = next((phrase for phrase in phrases if _stands_at(text, word.start, phrase)), None)
        if phrase:
            _apply(phrase, words, place, found)
    for place, word in enumerate(words):
        if word.is_capital and (word.base in starts or words[min(place + 1, len(words) - 1)].gap in _HYPHENS):
            _judge_in_context(_Context.of(words, place, found))
    return found


def is_proper(word: str) -> bool:
    """Whether a word is known to be a name, with or without a possessive s."""
    return word in PROPER_NOUNS or (word[-2:] in {"'s", "’s"} and word[:-2] in PROPER_NOUNS)


@cache
def _starts() -> frozenset[str]:
    """Return the words that a pattern may concern."""
    lists = english.words()
    return frozenset().union(
        lists.surnames, lists.given, lists.also_names, _MONTHS, _DIRECTIONS, _PARTICLES, _BEFORE_NAMES, _AFTER_NAMES,
        _AFTER_PLACES, _AFTER_NAMES_IN_TWO, _BODIES, _BEFORE_OF, _TESTS, _PERIOD_PARTS,
    )  # fmt: skip


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


class _Context(NamedTuple):
    """A word among its neighbours: those that stand right beside it, and whether they keep their capitals."""

    words: Sequence[Word]
    place: int
    found: list[Case]
    before: Word | None
    after: Word | None
    name_before: bool
    name_after: bool

    @classmethod
    def of(cls, words: Sequence[Word], place: int, found: list[Case]) -> _Context:
        gaps = {" ", "-", "‐", ". "}
        before = words[place - 1] if place and words[place].gap in gaps else None
        after = words[place + 1] if place + 1 < len(words) and words[place + 1].gap in gaps else None
        return cls(
            words, place, found, before, after,
            name_before=before is not None and before.is_capital and len(before.base) > 1 and found[place - 1] in _KEPT,
            name_after=after is not None and after.is_capital and found[place + 1] in _KEPT,
        )  # fmt: skip

    @property
    def base(self) -> str:
        return self.words[self.place].base

    @property
    def base_before(self) -> str:
        return self.before.base if self.before else ""

    @property
    def base_after(self) -> str:
        return self.after.base if self.after else ""

    @property
    def gap(self) -> str:
        """What stands before the word."""
        return self.words[self.place].gap

    @property
    def gap_after(self) -> str:
        return self.after.gap if self.after else ""

    def run(self, length: int) -> Sequence[Word]:
        """Return the word with those before it, so many in all; none where they are not all capitals in a row."""
        words = self.words[max(self.place + 1 - length, 0) : self.place + 1]
        is_row = len(words) == length and all(word.gap == " " for word in words[1:])
        return words if is_row and all(word.is_capital for word in words) else ()

    def keep(self, length: int) -> None:
        """Keep the capitals of the word and those before it, so many in all."""
        self.found[self.place + 1 - length : self.place + 1] = [Case.KEPT] * length


def _judge_in_context(context: _Context) -> None:
    """Change what becomes of a word where its neighbours show that it is part of a name, or of none."""
    if _is_no_name(context):
        context.found[context.place] = Case.LOWERED
    elif context.found[context.place] not in _KEPT:
        length = next((length for pattern in _PATTERNS if (length := int(pattern(context)))), 0)
        if length:
            context.keep(length)


def _is_no_name(context: _Context) -> bool:
    """Whether the word is a particle before a name (Max von Laue) or the first part of a word (Socio-Economic)."""
    if context.gap_after in _HYPHENS:
        return english.is_prefix(context.base)
    return context.name_after and context.base in _PARTICLES and context.gap_after == " "


# Each pattern returns how many words are a name, this one the last of them; 0 or False for none.


def _is_surname(context: _Context) -> bool:
    """J. Brown; Gordon Brown; Peterson-Brown, Brown-Peterson."""
    base, before, lists = context.base, context.before, english.words()
    if before and context.gap == ". " and len(before.text) == 1 and before.is_capital:
        return base in lists.surnames or base in lists.also_names
    if base not in lists.surnames:
        return False
    if context.name_before and context.gap == " " and context.base_before in lists.given:
        return True
    in_compound = context.name_before and context.gap in _HYPHENS
    return in_compound or (context.name_after and context.gap_after in _HYPHENS)


def _is_answered(context: _Context) -> bool:
    """Reply to Pike."""
    before = tuple(word.base for word in context.words[max(context.place - 2, 0) : context.place])
    return before in _ANSWERS and context.base in english.words().surnames


def _is_whole_name(context: _Context) -> bool:
    """Zebunnisa Brown: A life; a name that is the whole title or a whole part of it."""
    words, place = context.words, context.place
    if not context.name_before or context.base not in english.words().surnames or context.gap_after == " ":
        return False
    length = 2 if place < 2 or words[place - 1].gap != " " else 3
    if any(case not in _KEPT for case in context.found[place + 1 - length : place]):
        return False
    return bool(context.run(length)) and (place + 1 == length or words[place + 1 - length].gap != " ")


def _is_given(context: _Context) -> bool:
    """Max Weber."""
    is_given = context.gap_after == " " and context.base in english.words().given
    return context.name_after and is_given and english.is_name(context.base_after)


def _is_before_name(context: _Context) -> bool:
    """Lake Sarez, King Ismail, South Ossetia."""
    if not context.name_after or context.gap_after not in {" ", ". "}:
        return False
    return context.base in _BEFORE_NAMES or (context.base in _DIRECTIONS and context.gap_after == " ")


def _is_after_name(context: _Context) -> bool:
    """Vakhsh River, Kyoto Protocol."""
    base, before = context.base, context.base_before
    if not context.name_before or context.gap != " " or before in _AFTER_NAMES or before in _AFTER_PLACES:
        return False
    return base in _AFTER_NAMES or (base in _AFTER_PLACES and not _PEOPLE.fullmatch(before))


def _after_name_in_two(context: _Context) -> int:
    """Pamir National Park."""
    is_pair = context.base_before in _AFTER_NAMES_IN_TWO.get(context.base, "").split()
    return 2 if is_pair and context.run(3) and context.found[context.place - 2] in _KEPT else 0


def _test(context: _Context) -> int:
    """Beck Depression Inventory: a name and one or two words before the kind of a published test (6.20)."""
    if context.base in _TESTS:
        for length in (3, 4):
            if context.run(length) and context.found[context.place + 1 - length] in _KEPT:
                return length
    return 0


def _body(context: _Context) -> int:
    """American Physical Society: a nation or ``National`` and one to three words before the kind of body."""
    if context.base in _BODIES:
        for length in (3, 4, 5):
            if (words := context.run(length)) and words[0].base in _BODY_STARTS:
                return length
    return 0


def _is_before_of(context: _Context) -> bool:
    """University of Khorog, Battle of the Vakhsh: the kind before ``of`` and a name; Institute of Oriental Studies."""
    rest = context.words[context.place + 1 : context.place + 4]
    if context.base not in _BEFORE_OF or len(rest) < 2 or rest[0].text != "of":
        return False
    if context.base in _BODIES_OF:
        for at in range(context.place + 2, min(context.place + 6, len(context.words))):
            if context.words[at].gap != " " or not context.words[at].is_capital:
                break
            context.found[at] = Case.KEPT
    at = 2 if rest[1].text == "the" and len(rest) > 2 else 1
    return rest[at].is_capital and context.found[context.place + 1 + at] in _KEPT


def _is_time(context: _Context) -> bool:
    """Early Jurassic; May 1992."""
    if context.base in _PERIOD_PARTS:
        return context.base_after in _PERIODS
    near = context.words[max(context.place - 1, 0) : context.place + 2]
    return context.base in _MONTHS and any(word.text[0].isdigit() for word in near)


_PATTERNS: tuple[Callable[[_Context], int], ...] = (
    _is_surname, _is_answered, _is_whole_name, _is_given, _is_before_name, _is_after_name, _after_name_in_two, _test,
    _body, _is_before_of, _is_time,
)  # fmt: skip


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
