"""Names by their neighbours: what stands beside a given name, an initial, a place or the kind of a body (APA 6.17)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import Enum
from functools import cache
from typing import NamedTuple

from tajikpeace_refs.text import editions, english


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MONTHS = _set("march may")
_BEFORE_MONTHS = _set("in of since until till during from between early late mid")
"""Months that are words as well: names only beside a number, or behind what no verb follows."""
_DIRECTIONS = _set("north south east west northeast northwest southeast southwest upper lower greater lesser")
_PARTICLES = _set("von van der den zu di da dos du del della ter ten")
_BEFORE_NAMES = _set("""
lake mount mt cape fort port saint st ste san santa santo gulf bay isle
king queen pope emperor empress prince princess sir lord lady tsar shah sultan president mr mrs ms
""")
"""What is part of a name before a name: Lake Sarez, Emir Alim, Pope Francis."""
_COURTESY = _set("dr mr mrs ms prof")
_MEETINGS = _set("conference symposium workshop congress colloquium meeting")
_ORDINALS = frozenset(editions.ORDINALS[:10])
_COUNTED = _set("war republic council empire crusade")
_REGULAR = _set("annual biennial international")
"""What meetings are named that the ordinal counts: The First International Conference on …"""
_REPORTS = _set("proceedings proc abstracts transactions papers")
_AFTER_MEETINGS = _REPORTS | _set("revised selected extended")
"""What parts the name of a meeting from the report of it: ICSOC 2013, Revised Selected Papers."""
_PUBLISHED_BY_BODIES = _REPORTS | _set("journal bulletin memoirs annals")
_BEFORE_TOPICS = _set("on of for")
_AFTER_NAMES = _set("""
sea ocean mountains peninsula desert strait straits gulf bay plateau glacier range fjord oblast shire prefecture
voivodeship municipality governorate highlands lowlands observatory statute protocol accord accords agreement agreements
treaty declaration empire dynasty caliphate khanate emirate street avenue abbey
""")
"""What is part of a name after a name: Zarafshan Range, Kyoto Protocol."""
_AFTER_PLACES = _set("""
river lake island islands mountain hill hills valley creek brook canyon canal delta falls ridge harbor harbour park
forest dam reservoir gorge province county district state city university college institute academy museum
convention conventions war wars castle palace cathedral monastery hospital clinic airport
""")
"""The same after the name of a place or person, and not after a people: the Vakhsh River, but Tajik rivers."""
_AFTER_NAMES_IN_TWO = {
    "park": "national", "forest": "national", "reserve": "nature", "region": "autonomous", "area": "metropolitan",
    "oblast": "autonomous", "province": "autonomous", "university": "state national technical medical federal",
    "hospital": "general university memorial", "court": "supreme high district", "telescope": "space",
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
council commission committee agency bureau court parliament
""")
_BODY_STARTS = _set("national international royal american british european russian world federal imperial united")
_BEFORE_OF = _set("university institute academy ministry museum republic kingdom emirate khanate treaty battle siege")
_BODIES_OF = _set("university institute academy ministry")
"""Kinds of bodies that all words after ``of`` name."""
_INSTRUMENTS = _set("convention covenant charter declaration treaty")
_NAMED_BY_SUBJECT = _BODIES - {"library"} | _INSTRUMENTS | {"department"}
"""Bodies and treaties that what follows names: a body after a nation or ``International``, a treaty after any name."""
_SUBJECT_JOINTS = _set("of on for against")
_TESTS = _set("inventory questionnaire checklist")
_ANSWERS = {"reply": "to", "response": "to", "rejoinder": "to", "comment": "on", "comments": "on", "commentary": "on"}
_PERIODS = _set("""
cambrian ordovician silurian devonian carboniferous permian triassic jurassic cretaceous paleogene neogene quaternary
""")
_PERIOD_PARTS = _set("early middle late lower upper")
HYPHENS = frozenset({"-", "‐"})


class Case(Enum):
    """What becomes of a word with a capital, and on what proof."""

    KEPT = "a name"
    LOWERED = "a common word"
    KEPT_UNKNOWN = "neither known to be a name nor to be common"
    LOWERED_NAMELIKE = "a common word that is a name as well"


KEPT = frozenset({Case.KEPT, Case.KEPT_UNKNOWN})


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


@cache
def concerned() -> frozenset[str]:
    """Return the words that a pattern may concern."""
    lists = english.words()
    return frozenset().union(
        lists.surnames, lists.given, lists.also_names, _MONTHS, _DIRECTIONS, _PARTICLES, _BEFORE_NAMES, _AFTER_NAMES,
        _AFTER_PLACES, _AFTER_NAMES_IN_TWO, _NAMED_BY_SUBJECT, _BEFORE_OF, _TESTS, _PERIOD_PARTS, _COURTESY, _MEETINGS,
        _ANSWERS, _ORDINALS,
    )  # fmt: skip


class Context(NamedTuple):
    """A word among its neighbours: those that stand right beside it, and whether they keep their capitals."""

    words: Sequence[Word]
    place: int
    found: list[Case]
    before: Word | None
    after: Word | None
    name_before: bool
    name_after: bool

    @classmethod
    def of(cls, words: Sequence[Word], place: int, found: list[Case]) -> Context:
        """Return the context of the word at a place; ``found`` says what becomes of each word so far."""
        gaps = {" ", "-", "‐", ". "}
        before = words[place - 1] if place and words[place].gap in gaps else None
        after = words[place + 1] if place + 1 < len(words) and words[place + 1].gap in gaps else None
        return cls(
            words, place, found, before, after,
            name_before=before is not None and before.is_capital and len(before.base) > 1 and found[place - 1] in KEPT,
            name_after=after is not None and after.is_capital and found[place + 1] in KEPT,
        )  # fmt: skip

    @property
    def base(self) -> str:
        """The word in lower case."""
        return self.words[self.place].base

    @property
    def base_before(self) -> str:
        """The word before in lower case; empty where there is none."""
        return self.before.base if self.before else ""

    @property
    def base_after(self) -> str:
        """The word after in lower case; empty where there is none."""
        return self.after.base if self.after else ""

    @property
    def gap(self) -> str:
        """What stands before the word."""
        return self.words[self.place].gap

    @property
    def gap_after(self) -> str:
        """What stands after the word, before the next."""
        return self.after.gap if self.after else ""

    def run(self, length: int) -> Sequence[Word]:
        """Return the word with those before it, so many in all; none where they are not all capitals in a row."""
        words = self.words[max(self.place + 1 - length, 0) : self.place + 1]
        is_row = len(words) == length and all(word.gap == " " for word in words[1:])
        return words if is_row and all(word.is_capital for word in words) else ()

    def keep(self, length: int) -> None:
        """Keep the capitals of the word and those before it, so many in all."""
        self.found[self.place + 1 - length : self.place + 1] = [Case.KEPT] * length


def judge_in_context(context: Context) -> None:
    """Change what becomes of a word where its neighbours show that it is part of a name, or of none."""
    if context.base in _COURTESY and context.gap_after in {" ", ". "}:
        context.found[context.place : context.place + 2] = [Case.KEPT] * 2  # Dr. Squall
    elif context.base in _MEETINGS:
        _keep_meeting(context)
    elif context.base in _ANSWERS and context.base_after == _ANSWERS[context.base]:
        _keep_answered(context)
    elif _is_no_name(context):
        context.found[context.place] = Case.LOWERED
    elif context.found[context.place] not in KEPT:
        length = next((length for pattern in _PATTERNS if (length := int(pattern(context)))), 0)
        if length:
            context.keep(length)


def _is_no_name(context: Context) -> bool:
    """Whether the word is a particle before a name (Max von Laue) or the first part of a word (Socio-Economic)."""
    if context.gap_after in HYPHENS:
        is_in_phrase = context.found[context.place] is Case.KEPT and not english.is_name(context.base)
        return english.is_prefix(context.base) and not is_in_phrase
    return context.name_after and context.base in _PARTICLES and context.gap_after == " "


def _keep_meeting(context: Context) -> None:
    """Keep the name of a meeting: behind ``Proceedings of``, or where one begins with its year or ordinal.

    Proceedings of the 2020 Conference on Human Factors; International Symposium on Circuits (ISC 2011);
    Web Services, 4th International Workshop, Brisbane.
    """
    words, place = context.words, context.place
    start, end = place, place + 1
    while start and words[start].gap in _JOINTS and _may_count(words[start - 1]):
        start -= 1
    before = [word.base for word in words[max(start - 2, 0) : start]]
    if before[-1:] == ["the"]:
        before = [word.base for word in words[max(start - 3, 0) : start - 1]]
    is_reported = before[-1:] == ["of"] and before[0] in _REPORTS
    has_number = any(word.base in _ORDINALS or word.text[0].isdigit() for word in words[start:place])
    is_one_of_many = any(_shows_one_meeting(word) for word in words[start:place])
    has_topic = context.base_after in _BEFORE_TOPICS
    has_year = has_topic and any(_WHOLE_YEAR.fullmatch(word.text) for word in words[end:])
    is_counted = has_number or has_year or (is_one_of_many and has_topic)
    is_alone = start == 0 or words[start].gap.strip() in _BEFORE_MEETINGS
    is_first = (
        is_alone and words[start].base not in {"a", "an"} and (words[start].base != "the" or is_one_of_many)
    ) or (words[start].gap not in _JOINTS and words[start - 1].base in _REPORTS)
    is_no_meeting = context.base == "meeting" or (context.after is not None and context.after.is_capital)
    if not is_reported and (is_no_meeting or not (is_first and is_counted)):
        return
    while end < len(words) and words[end].gap in _TAIL_JOINTS and words[end].base not in _AFTER_MEETINGS:
        end += 1
    context.found[start:end] = [Case.KEPT] * (end - start)


def _shows_one_meeting(word: Word) -> bool:
    """Whether a word before what a meeting is called shows that it is a name: International, 2019, 4th, IEEE."""
    return word.base in _REGULAR or word.text[0].isdigit() or (len(word.text) > 1 and word.text.isupper())


def _may_count(word: Word) -> bool:
    """Whether a word may stand in the name of a meeting before what it is called; th: of 12<sup>th</sup>."""
    return word.is_capital or word.text[0].isdigit() or (word.gap == "" and word.base in _ORDINAL_ENDINGS)


def _keep_answered(context: Context) -> None:
    """Keep the names of whom a work answers: Reply to Pike; Comment on Stone, Hill, and Levy (1983).

    They are names for certain before a year or ``and colleagues``; otherwise each as far as it is known as a surname.
    """
    words, end, names = context.words, context.place + 2, list[int]()
    while end < len(words) and words[end].base != "colleagues" and (words[end].is_capital or words[end].base == "and"):
        if len(names) and words[end].base != "and" and words[end].gap == " " and words[end - 1].base != "and":
            return
        names += [end] if words[end].base != "and" else []
        end += 1
    after = words[end] if end < len(words) else None
    is_certain = after is not None and bool(
        (after.gap == " (" and _YEAR.match(after.text)) or (words[end - 1].base == "and" and after.base == "colleagues")
    )
    for place in names:
        if is_certain or words[place].base in english.words().surnames:
            context.found[place] = Case.KEPT


_YEAR = re.compile("1[89]|20")
_WHOLE_YEAR = re.compile(r"(?:18|19|20)\d\d")
_BEFORE_MEETINGS = frozenset(",:-–—")
_ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})
_JOINTS = frozenset({"", " ", " & ", "/", *HYPHENS})
_TAIL_JOINTS = _JOINTS | {", "}
"""What parts the words of what a meeting is about: Electronics, Circuits, and Systems."""

# Each pattern returns how many words are a name, this one the last of them; 0 or False for none.


def _is_surname(context: Context) -> bool:
    """J. Brown; Gordon Brown; Peterson-Brown, Brown-Peterson."""
    base, before, lists = context.base, context.before, english.words()
    if before and context.gap == ". " and len(before.text) == 1 and before.is_capital:
        return base in lists.surnames or base in lists.also_names
    if base not in lists.surnames:
        return False
    if context.name_before and context.gap == " " and context.base_before in lists.given:
        return context.before is not None and context.before.text.isalpha()  # not: Napoleon’s March
    in_compound = context.name_before and context.gap in HYPHENS
    return in_compound or (context.name_after and context.gap_after in HYPHENS)


def _is_whole_name(context: Context) -> bool:
    """Zebunnisa Brown: A life; a name that is the whole title or a whole part of it."""
    words, place = context.words, context.place
    if not context.name_before or context.base not in english.words().surnames or context.gap_after == " ":
        return False
    length = 2 if place < 2 or words[place - 1].gap != " " else 3
    if any(case not in KEPT for case in context.found[place + 1 - length : place]):
        return False
    return bool(context.run(length)) and (place + 1 == length or words[place + 1 - length].gap != " ")


def _is_given(context: Context) -> bool:
    """Max Weber."""
    is_given = context.gap_after == " " and context.base in english.words().given
    return context.name_after and is_given and english.is_name(context.base_after)


def _is_before_name(context: Context) -> bool:
    """Lake Sarez, King Ismail, South Ossetia; the Second Chechen War."""
    if not context.name_after or context.gap_after not in {" ", ". "}:
        return False
    if context.base in _ORDINALS:
        third = context.words[context.place + 2] if context.place + 2 < len(context.words) else None
        return third is not None and third.is_capital and third.base in _COUNTED
    return context.base in _BEFORE_NAMES or (context.base in _DIRECTIONS and context.gap_after == " ")


def _is_after_name(context: Context) -> bool:
    """Vakhsh River, Kyoto Protocol."""
    base, before = context.base, context.base_before
    if not context.name_before or context.gap != " " or before in _AFTER_NAMES or before in _AFTER_PLACES:
        return False
    return base in _AFTER_NAMES or (base in _AFTER_PLACES and not _PEOPLE.fullmatch(before))


def _after_name_in_two(context: Context) -> int:
    """Pamir National Park."""
    is_pair = context.base_before in _AFTER_NAMES_IN_TWO.get(context.base, "").split()
    return 2 if is_pair and context.run(3) and context.found[context.place - 2] in KEPT else 0


def _test(context: Context) -> int:
    """Beck Depression Inventory: a name and one or two words before the kind of a published test (6.20)."""
    if context.base in _TESTS:
        for length in (3, 4):
            if context.run(length) and context.found[context.place + 1 - length] in KEPT:
                return length
    return 0


def _body(context: Context) -> int:
    """American Physical Society: a nation or ``National`` and one to three words before the kind of body.

    Any words where proceedings of the body are spoken of: Proceedings of the Linnean Society.
    """
    for length in (2, 3, 4, 5) if context.base in _BODIES else ():
        if (words := context.run(length)) and length > 2 and words[0].base in _BODY_STARTS:
            return length
        kind, *link = [word.base for word in context.words[max(context.place - length - 2, 0) :][:3]]
        if words and link == ["of", "the"] and kind in _PUBLISHED_BY_BODIES:
            return length
    return 0


def _named_by_subject(context: Context) -> int:
    """European Court of Justice, Minsk Convention on Legal Aid: what follows is part of the name."""
    start = context.place + 2
    if context.base not in _NAMED_BY_SUBJECT or context.base_after not in _SUBJECT_JOINTS or context.gap_after != " ":
        return 0
    if start >= len(context.words) or context.words[start].gap != " " or not context.words[start].is_capital:
        return 0
    for length in (2, 3):
        row = context.run(length)
        is_treaty = context.base in _INSTRUMENTS and context.found[context.place + 1 - length] is Case.KEPT
        if row and (is_treaty or row[0].base in _BODY_STARTS):
            _keep_row(context, start)
            return length + (row[0].gap in HYPHENS)  # Inter-American
    return 0


def _keep_row(context: Context, start: int) -> None:
    """Keep the words with a capital from a place on, as far as they stand in a row."""
    for at in range(start, min(start + 4, len(context.words))):
        if context.words[at].gap != " " or not context.words[at].is_capital:
            break
        context.found[at] = Case.KEPT


def _is_before_of(context: Context) -> bool:
    """University of Khorog, Battle of the Vakhsh: the kind before ``of`` and a name; Institute of Oriental Studies."""
    rest = context.words[context.place + 1 : context.place + 4]
    if context.base not in _BEFORE_OF or len(rest) < 2 or rest[0].text != "of":
        return False
    if context.base in _BODIES_OF:
        _keep_row(context, context.place + 2)
    at = 2 if rest[1].text == "the" and len(rest) > 2 else 1
    return rest[at].is_capital and context.found[context.place + 1 + at] in KEPT


def _is_time(context: Context) -> bool:
    """Early Jurassic; May 1992; until May."""
    if context.base in _PERIOD_PARTS:
        return context.base_after in _PERIODS
    is_dated = any(word.text[0].isdigit() for word in context.words[max(context.place - 1, 0) : context.place + 2])
    return context.base in _MONTHS and (is_dated or context.base_before in _BEFORE_MONTHS)


_PATTERNS: tuple[Callable[[Context], int], ...] = (
    _is_surname, _is_whole_name, _is_given, _is_before_name, _is_after_name, _after_name_in_two, _test,
    _body, _named_by_subject, _is_before_of, _is_time,
)  # fmt: skip
