"""Printed reference lists to references, and references to tokens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from tajikpeace_refs.formats._printed.joins import ADDRESS, DIVIDED, joined, settled, words_of
from tajikpeace_refs.formats._printed.pages import Line, clean_lines, plain
from tajikpeace_refs.model.date_words import month_number

_TOKEN = re.compile(r"\S+")
_GLUED = re.compile(
    r"(?<=[.,;:\w])(?=\((?:1[4-9]|20)\d\d)"  # R.(1981)
    r"|(?<=\d\))(?=[^\W\d_]{2})"  # (1981)Peace
    r"|(?<=//)(?=[^\W_])"  # систем//Труды
    r"|(?<=[^\W\d_]:|\.[:–—])(?=[^\W\d_]{2})"  # Coventry:Warwick, М.:Наука
    r"|(?<=[^\W\d_]{2},)(?=[^\W\d_]{2})"  # Moscow,Nauka
    r"|(?<=\d\.[–—])(?=\d)"  # 2002.—312
)
"""Where a space between two parts is missing."""


class Span(NamedTuple):
    """A piece of a text, with the place where it begins."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


def tokens_of(text: str) -> Iterator[Span]:
    """Yield the words of a text; those that only lack a space between them are apart.

    >>> [each.text for each in tokens_of("Aron, R.(1981) Peace, М.:Наука")]
    ['Aron,', 'R.', '(1981)', 'Peace,', 'М.:', 'Наука']
    """
    for match in _TOKEN.finditer(text):
        word, start = match[0], match.start()
        if ADDRESS.search(word):
            yield Span(word, start)
            continue
        places = [0, *(each.start() for each in _GLUED.finditer(word)), len(word)]
        for first, last in pairwise(places):
            if last > first:
                yield Span(word[first:last], start + first)


class Entry(NamedTuple):
    """A paragraph of a printed list on one line, the line it begins in, and the headings that stand before it.

    ``doubts`` are words that a hyphen at the end of a line divided, and that may have one of their own.
    ``is_reference`` False: it is prose or something else beside the list.
    """

    text: str
    line: int
    headings: tuple[Line, ...] = ()
    doubts: tuple[str, ...] = ()
    is_reference: bool = True


_NUMBERED = re.compile(
    r"\[?\(?(?!(?:1[4-9]|20)\d\d\b)(\d{1,4})[\].)](?:\s+(?:[^\W_]|[“«„\"'‘(\[]|[-_‒–—―]{2,})|$)|\[\w+[^\]]{0,12}\](?:\s|$)"
)
_BARE_NUMBER = re.compile(r"(\d{1,3})\s+[^\W\d_]")
_BULLET = re.compile(
    r"^[ \t]*(?:(?:[-*+•▪‣·●◦■–]|>|—(?=[ \t]+[^\W\d_][\w'’-]+,? [^\W\d_]\.))[ \t]+)+(?:\[[ xX]\][ \t]+)?(?=\S)"
)
_HEADING_MARK = re.compile(r"^\s*#{1,6}\s+(.+?)\s*#*$")
_LIST_HEADING = re.compile(
    r"(?i)(?:list of )?(?:references|bibliography|works cited|literature(?: cited)?|sources)|references? list"
    r"|bibliographie|literatur(?:verzeichnis)?|bibliografía|библиографи\w+|адабиёт"
    r"|(?:список )?(?:использованн\w+ )?(?:литератур\w|источник\w+)(?: и литератур\w)?"
)
_SECTION = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*|[IVX]+)\.?\s+")
_WORD = r"[^\W\d_][\w'’-]+"
_NAME_FIRST = re.compile(
    r"(?:[^\W\d_][^\W\d_'’.-]*[ -]){0,3}[^\W\d_][\w'’-]*,? (?:[^\W\d_]\.[ -]?){1,4}"
    rf"|{_WORD}(?: {_WORD})?, [A-ZÀ-ÞĀ-ŽЀ-Я“«\"]|{_WORD}(?:[ -]{_WORD})? [A-ZÀ-ÞЀ-Я]{{1,3}}[,.] "
    r"|(?:[^\W\d_]\. ?){1,3}[^\W\d_]|[-_‒–—―]{2,}|[“«\"]|(?:Он|Она|Они|Его|Её|Ее|Их|Там) же|Ibid|Idem\b|Ders\.|Dies\."
)
_ENDED = re.compile(r"[.?!)\]/”»]\W*$|\d\W*$|https?://\S+$")
_INITIAL_LAST = re.compile(r"(?:^|[\s.(–-])[A-ZÀ-ÞЀ-Я]\.$")
_LONGEST = 1500
"""So many characters before a line say whether a reference ends there."""
_PLACE = re.compile(r"[\w ]+, [A-Z]{2}\b")
_QUOTES = "“«„\"'‘"
_SHORT = 0.7
"""A line that has less of the width than this ends a reference."""
_YEAR = r"(?:1[4-9]|20)\d\d"
_DATE = re.compile(
    rf"(?:^|[(\[,.;:–—-]\s*)(?:\d{{1,2}} [^\W\d_]+ |[^\W\d_]+ \d{{1,2}}, )?{_YEAR}[a-zа-г]?(?:\s*г)?"
    r"(?=\s*(?:[)\],.;:/(–—-]|$))"
    r"|\b(?:n\. ?d\.|s\. ?[ad]\.|o\. ?J\.|б\. ?г\.|in press|forthcoming|в печати)"
)
_MONTH_AND_YEAR = re.compile(rf"([^\W\d_]{{3,9}})\.? {_YEAR}\b")
_OF_SENTENCES = re.compile(
    r"(?i)\b(?:which|was|were|wasn.t|this|that|these|has|have|had|been|is|are|will|it|we|they"
    r"|которы\w+|был[аио]?|это|что|как)\b"
)
"""Verbs and pronouns of whole sentences, which titles seldom have."""
_YEAR_MARKED = re.compile(rf"[(\[]{_YEAR}|{_YEAR}[a-z]?[);:]")
_LOST_ADDRESS = re.compile(r"(?i)retrieved|available|accessed|https?:|режим доступа|\bURL\b")


def entries(lines: Iterable[str], first: int = 1) -> tuple[list[Entry], list[Line]]:
    r"""Return the paragraphs of a printed list, numbers of the list still before them, and the lines left out.

    Wrapped lines are joined. Left out are page numbers, running heads and headings that nothing stands behind.

    >>> text = "Aron, R. (1981) Peace and\nWar, Krieger.\n\nInternet resources\n\nReiss, H. (1971) Kant."
    >>> [(each.text, each.line, [heading.text for heading in each.headings]) for each in entries(text.split("\n"))[0]]
    [('Aron, R. (1981) Peace and War, Krieger.', 1, []), ('Reiss, H. (1971) Kant.', 6, ['Internet resources'])]
    """
    shown, left_out = clean_lines(lines, first)
    found: list[Entry] = []
    headings: list[Line] = []
    for line in _paragraphs(shown):
        if found and line.is_after_page and _goes_over(found[-1].text, line.text):
            found[-1] = found[-1]._replace(text=joined(found[-1].text, line.text))
        elif _is_heading(line.text):
            headings.append(line._replace(text=_heading(line.text)))
            if _LIST_HEADING.fullmatch(headings[-1].text) and sum(_worth(each) > 0 for each in found) * 2 < len(found):
                found = [each._replace(is_reference=False) for each in found]  # the list begins here
        elif found and not headings and _goes_on(found[-1].text, line.text):
            found[-1] = found[-1]._replace(text=joined(found[-1].text, line.text))
        else:
            found.append(Entry(line.text, line.number, tuple(headings)))
            headings = []
    is_divided = any(DIVIDED in each.text for each in found)
    known = words_of(line.text for line in shown) if is_divided else set[str]()
    whole = [part for entry in found for part in _parted(_whole(entry, known))]
    return _marked(whole), [*left_out, *headings]


def _whole(entry: Entry, known: set[str]) -> Entry:
    """Return an entry without marks of Markdown, its divided words decided."""
    text, doubts = settled(plain(entry.text), known)
    return entry._replace(text=text, doubts=doubts)


_NEXT = re.compile(
    rf"(?<=[.)\]/\d] )(?=(?:{_WORD}[ -])?{_WORD}, (?:[^\W\d_]\.[ -]?){{1,3}}"
    rf"(?:,? (?:&|and) [^()]{{3,60}}|, [^()]{{3,90}}?)? ?\({_YEAR}[a-z]?\))"
)
"""Where a reference of the author–year style begins inside a paragraph."""


def _parted(entry: Entry) -> list[Entry]:
    """Return the references of a paragraph that has several: names and years in brackets, or numbers that go on."""
    starts: list[int] = []
    if _NEXT.match(f". {entry.text}", 2):
        for match in _NEXT.finditer(entry.text):
            if _is_dated(entry.text[starts[-1] if starts else 0 : match.start()]):
                starts.append(match.start())
    elif number := re.match(r"([\[(]?)(\d+)([\].)]\s)", entry.text):
        at, here = 0, int(number[2])
        while (at := entry.text.find(f"{number[1]}{here + 1}{number[3]}", at + 1)) >= 0 and number[1]:
            starts, here = [*starts, at], here + 1
    places = [0, *starts, len(entry.text)]
    texts = [entry.text[start:end].strip() for start, end in pairwise(places)]
    doubts = [tuple(each for each in entry.doubts if each.replace("-", "") in text) for text in texts]
    return [
        entry._replace(text=text, headings=() if place else entry.headings, doubts=doubt)
        for place, (text, doubt) in enumerate(zip(texts, doubts, strict=True))
    ]


def _marked(found: list[Entry]) -> list[Entry]:
    """Mark what is no reference, where a list stands in a longer text: prose, and what stands beside the list.

    The list is the run of paragraphs whose dates and names speak for it the most.
    """
    worths = [_worth(each) for each in found]
    listed = [worth for each, worth in zip(found, worths, strict=True) if each.is_reference]
    if _PROSE not in listed and sum(worth > 0 for worth in listed) * 2 >= len(listed):
        return found
    best = (0.0, 0, len(found))
    total, start = 0.0, 0
    for place, worth in enumerate(worths):
        if total < 0:
            total, start = 0.0, place
        total += worth
        best = max(best, (total, -start, place + 1))
    _, start, end = best
    if len(found) > 1 and not any(_is_plainly_one(each) for each in found[-start:end]):
        return [each._replace(is_reference=_PROSE not in worths) for each in found]
    return [
        each._replace(is_reference=each.is_reference and -start <= place < end and worths[place] != _PROSE)
        for place, each in enumerate(found)
    ]


_PROSE = -4.0


def _is_plainly_one(entry: Entry) -> bool:
    """Whether a paragraph is a reference even where no list is: it begins with a name or a number, and has a date."""
    begins = _NAME_FIRST.match(entry.text) or _NUMBERED.match(entry.text)
    return entry.is_reference and begins is not None and _is_dated(entry.text) and not _is_prose(entry.text)


def _worth(entry: Entry) -> float:
    """Return how much a paragraph speaks for being a reference."""
    if (
        not entry.is_reference
        or _is_prose(entry.text)
        or not any(map(str.isalnum, entry.text))
        or entry.text[0] in "|`"
    ):
        return _PROSE
    if _is_dated(entry.text):
        return 1.0
    return 0.5 if _NAME_FIRST.match(entry.text) or _NUMBERED.match(entry.text) else -1.0


def _is_dated(text: str) -> bool:
    """Whether a year stands in a text as in a reference: between marks, or behind a month."""
    return _DATE.search(text) is not None or any(month_number(each[1]) for each in _MONTH_AND_YEAR.finditer(text))


def _is_prose(text: str) -> bool:
    """Whether a text is running text: mostly words in small letters, some of them verbs and pronouns of sentences."""
    words = text.split()
    small = sum(word.islower() for word in words)
    is_running = len(words) > 12 and small * 5 > len(words) * 3 and len(_OF_SENTENCES.findall(text)) > 1
    return is_running and not _NUMBERED.match(text) and not _YEAR_MARKED.search(text)


def _paragraphs(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield the paragraphs of a text, a numbered or unwrapped list divided at its lines, each with its first line."""
    block: list[Line] = []
    for line in lines:
        if block and (line.is_after_page or not line.text.strip()):
            yield from _divided(block)
            block = []
        if line.text.strip():
            block.append(line)
    if block:
        yield from _divided(block)


def _divided(block: list[Line]) -> Iterator[Line]:
    """Yield the references of lines without a blank line between them."""
    width = max(len(line.text) for line in block)
    indents = [len(line.text) - len(line.text.lstrip()) for line in block]
    is_hanging = min(indents) < max(indents) and (indents[0] == min(indents) or block[0].is_after_page)
    numbers = _numbers(block) or _bullets(block)
    held = Line("", 0)
    for place, line in enumerate(block):
        text = " ".join(_BULLET.sub("", line.text).split())
        is_marked = _HEADING_MARK.match(line.text) or _BULLET.match(line.text)
        if not held.text or is_marked or _is_heading_line(held.text[-_LONGEST:], text):
            begins = True
        elif numbers:
            begins = place in numbers
        elif is_hanging:
            begins = indents[place] == min(indents)
        else:
            begins = _begins(held.text[-_LONGEST:], block[place - 1].text, text, width)
        if begins and held.text:
            yield held
        held = line._replace(text=text) if begins else held._replace(text=joined(held.text, text))
    yield held


def _numbers(block: list[Line]) -> set[int]:
    """Return the places of lines that begin with the number of a reference; none in a list without numbers."""
    texts = [line.text.strip() for line in block]
    for pattern in (_NUMBERED, _BARE_NUMBER):
        found: set[int] = set()
        last = None
        for place, text in enumerate(texts):
            match = pattern.match(text)
            if match and match[1] and (last is None or last < int(match[1]) <= last + 3):
                last = int(match[1])
                found.add(place)
            elif match and not match[1]:
                found.add(place)
        begins = 0 in found or (len(texts) > 1 and _is_heading(texts[0]) and 1 in found) or block[0].is_after_page
        if begins and len(found) > (len(texts) // 8 if pattern is _NUMBERED else 1):
            return found
    return set()


def _bullets(block: list[Line]) -> set[int]:
    """Return the places of lines with bullets in a list of such lines."""
    found = {place for place, line in enumerate(block) if _BULLET.match(line.text)}
    return found if 0 in found and len(found) > 1 else set()


def _is_heading_line(held: str, text: str) -> bool:
    """Whether a line ends a heading that stands above it without a blank line, or is such a heading itself."""
    if _LIST_HEADING.fullmatch(text.strip(" :.")) and _ENDED.search(held):
        return True
    return _is_heading(held) and bool(_NAME_FIRST.match(text) or _NUMBERED.match(text))


def _begins(held: str, last: str, text: str, width: int) -> bool:
    """Whether a line begins a reference behind those read: they have an end, and it begins as references do.

    ``last`` is the line before it. Where the first word of this one would have had room there, a reference ends.
    """
    if text[0].islower() or held[-1] in ",-‐\u00ad&":
        return False
    is_ended = bool(_ENDED.search(held)) and not _INITIAL_LAST.search(held)
    is_short = len(last) + 1 + len(text.split(" ", 1)[0]) < width
    is_dated, was_dated = _is_dated(text), _is_dated(held)
    if name := _NAME_FIRST.match(text):
        is_whole = was_dated and held[-1] == "." and not _PLACE.match(text)
        is_likely = is_dated or is_short or is_whole or "." in name[0]
        return (is_ended and is_likely) or (was_dated and (is_dated or is_short))
    if not (text[0].isalpha() or text[0] in _QUOTES):
        return False
    if is_ended and was_dated and held[-1] == "." and _YEAR_MARKED.search(text):
        return True
    is_plain = len(last) < width * _SHORT or is_dated or bool(_LOST_ADDRESS.search(text))
    return is_ended and is_short and is_plain


def _is_heading(text: str) -> bool:
    if _HEADING_MARK.match(text) or _LIST_HEADING.fullmatch(_SECTION.sub("", text).strip(" :.")):
        return True
    words = text.split()
    return len(words) <= 6 and not re.search(r"\d|[.,;]$|,|https?:|[-_–—]{2}", text) and text[0].isupper()


def _heading(text: str) -> str:
    match = _HEADING_MARK.match(text)
    return _SECTION.sub("", match[1] if match else text).strip(" :.")


def _goes_on(before: str, text: str) -> bool:
    """Whether a paragraph is the end of the one before it, divided by a blank line."""
    if text[0].islower() and not _ENDED.search(before):
        return True
    is_open = not _ENDED.search(before) and _is_dated(before)
    return is_open and not _is_dated(text) and not _NAME_FIRST.match(text) and bool(_LOST_ADDRESS.search(text))


def _goes_over(before: str, text: str) -> bool:
    """Whether a paragraph at the beginning of a page is the end of the last one of the page before."""
    first, second = _NUMBERED.match(before), _NUMBERED.match(text)
    if first and first[1]:
        return not (second and second[1] and 0 < int(second[1]) - int(first[1]) < 4) and not _is_heading(text)
    if second or _HEADING_MARK.match(text) or _LIST_HEADING.fullmatch(text.strip(" :.")):
        return False
    if text[0].islower() or not _ENDED.search(before) or before[-1] in ",-‐\u00ad&:":
        return True
    return not _NAME_FIRST.match(text) and not _is_heading(text) and _is_dated(before) and not _is_dated(text)
