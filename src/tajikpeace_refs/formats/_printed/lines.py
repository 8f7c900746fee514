"""Printed reference lists to references, and references to tokens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from tajikpeace_refs.model.date_words import month_number

_TOKEN = re.compile(r"\S+")
_ADDRESS = re.compile(r"(?i)https?:|ftp:|www\.|doi[:.]|\b10\.\d{4}")
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
        if _ADDRESS.search(word):
            yield Span(word, start)
            continue
        places = [0, *(each.start() for each in _GLUED.finditer(word)), len(word)]
        for first, last in pairwise(places):
            if last > first:
                yield Span(word[first:last], start + first)


class Entry(NamedTuple):
    """A paragraph of a printed list on one line, the line it begins in, and the heading that stands before it.

    ``is_reference`` False: it is prose or something else beside the list.
    """

    text: str
    line: int
    heading: str = ""
    is_reference: bool = True


_NUMBERED = re.compile(r"\[?\(?\d{1,4}[\].)]\s+\S|\[\w+[^\]]{0,12}\]\s")
_BULLET = re.compile(r"^[ \t]*(?:[-*+•▪‣·]|>)[ \t]+(?=\S)")
_EMPHASIS = re.compile(
    r"(?<![\w*])(\*\*|\*)(?=\S)(.+?)(?<=\S)\1(?![\w*])|(?<![\w_])(__|_)(?=[^\W_])(.+?)(?<=[^\s_])\3(?![\w_])"
)
_LINK = re.compile(r"\[([^\[\]]+)\]\((\w+://[^\s()]+)\)")
_HEADING_MARK = re.compile(r"^#{1,6}\s+(.+?)\s*#*$")
_LIST_HEADING = re.compile(
    r"(?i)(?:list of )?(?:references|bibliography|works cited|literature|sources)|references? list|bibliographie"
    r"|literatur(?:verzeichnis)?|bibliografía|библиографи\w+|адабиёт"
    r"|(?:список )?(?:использованн\w+ )?(?:литератур\w|источник\w+)(?: и литератур\w)?"
)
_WORD = r"[^\W\d_][\w'’-]+"
_NAME_FIRST = re.compile(
    r"(?:[^\W\d_][^\W\d_'’.-]*[ -]){0,3}[^\W\d_][\w'’-]*,? (?:[^\W\d_]\.[ -]?){1,4}"
    rf"|{_WORD}(?: {_WORD})?, [A-ZÀ-ÞĀ-ŽЀ-Я]"
    r"|(?:[^\W\d_]\. ?){1,3}[^\W\d_]|[-_‒–—―]{2,}|[“«\"]|Он же|Она же|Там же|Ibid"
)
_ENDED = re.compile(r"[.?!)\]/”»]\W*$|\d\W*$|https?://\S+$")
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


def entries(lines: Iterable[str], first: int = 1) -> list[Entry]:
    r"""Return the paragraphs of a printed list: wrapped lines joined, numbers of the list still before them.

    >>> text = "Aron, R. (1981) Peace and\nWar, Florida: Krieger.\n\nInternet resources\n\nReiss, H. (1971) Kant."
    >>> [(each.text, each.line, each.heading) for each in entries(text.split("\n"))]
    [('Aron, R. (1981) Peace and War, Florida: Krieger.', 1, ''), ('Reiss, H. (1971) Kant.', 6, 'Internet resources')]
    """
    found: list[Entry] = []
    heading = ""
    for text, line in _paragraphs(lines, first):
        if _is_heading(text):
            heading = _heading(text)
            if _LIST_HEADING.fullmatch(heading) and sum(_worth(each) > 0 for each in found) * 2 < len(found):
                found = [each._replace(is_reference=False) for each in found]  # the list begins here
            continue
        if found and _goes_on(found[-1].text, text):
            found[-1] = found[-1]._replace(text=_joined(found[-1].text, text))
            continue
        found.append(Entry(text, line, heading))
        heading = ""
    return _marked(found)


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
        if total <= 0:
            total, start = 0.0, place
        total += worth
        best = max(best, (total, -start, place + 1))
    _, start, end = best
    return [
        each._replace(is_reference=each.is_reference and -start <= place < end and worths[place] != _PROSE)
        for place, each in enumerate(found)
    ]


_PROSE = -4.0


def _worth(entry: Entry) -> float:
    """Return how much a paragraph speaks for being a reference."""
    if not entry.is_reference or _is_prose(entry.text):
        return _PROSE
    if _is_dated(entry.text):
        return 1.0
    return 0.5 if _NAME_FIRST.match(entry.text) else -1.0


def _is_dated(text: str) -> bool:
    """Whether a year stands in a text as in a reference: between marks, or behind a month."""
    return _DATE.search(text) is not None or any(month_number(each[1]) for each in _MONTH_AND_YEAR.finditer(text))


def _is_prose(text: str) -> bool:
    """Whether a text is running text: mostly words in small letters, some of them verbs and pronouns of sentences."""
    words = text.split()
    small = sum(word.islower() for word in words)
    is_running = len(words) > 12 and small * 5 > len(words) * 3 and len(_OF_SENTENCES.findall(text)) > 1
    return is_running and not _NUMBERED.match(text) and not _YEAR_MARKED.search(text)


def _paragraphs(lines: Iterable[str], first: int) -> Iterator[tuple[str, int]]:
    """Yield the paragraphs of a text, a numbered or unwrapped list divided at its lines, each with its first line."""
    block: list[tuple[str, int]] = []
    for number, raw in enumerate(lines, first):
        line = raw.rstrip("\r\n").replace("\ufeff", "").replace("\x0c", "")
        if line.strip():
            block.append((line, number))
        elif block:
            yield from _divided(block)
            block = []
    if block:
        yield from _divided(block)


def _divided(block: list[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Yield the references of lines without a blank line between them."""
    width = max(len(line) for line, _ in block)
    indents = [len(line) - len(line.lstrip()) for line, _ in block]
    is_hanging = min(indents) < max(indents) and indents[0] == min(indents)
    are_numbered = sum(bool(_NUMBERED.match(line.strip())) for line, _ in block) > len(block) // 8 and bool(
        _NUMBERED.match(block[0][0].strip())
    )
    held, start = "", 0
    for (line, number), indent in zip(block, indents, strict=True):
        text = _plain(line)
        if not held or _HEADING_MARK.match(line) or _BULLET.match(line):
            begins = True
        elif are_numbered:
            begins = bool(_NUMBERED.match(text))
        elif is_hanging:
            begins = indent == min(indents)
        else:
            begins = _begins(held, text, width)
        if begins and held:
            yield held, start
            held = ""
        held, start = (_joined(held, text), start) if held else (text, number)
    if held:
        yield held, start


def _begins(held: str, text: str, width: int) -> bool:
    """Whether a line begins a reference behind those read: they have an end, and it begins as references do."""
    if text[0].islower() or held[-1] in ",-‐\u00ad&":
        return False
    is_ended, is_dated = bool(_ENDED.search(held)), _is_dated(text)
    if _NAME_FIRST.match(text):
        return is_ended or (is_dated and _is_dated(held))
    is_short = len(held) < width * 0.8 or held[-1] == "."
    return is_ended and is_short and (is_dated or bool(_LOST_ADDRESS.search(text)))


def _plain(line: str) -> str:
    """Return a line without the marks of Markdown: bullets, emphasis, links."""
    line = _BULLET.sub("", line).strip()
    line = _LINK.sub(lambda match: match[2] if match[1] in match[2] else f"{match[1]} {match[2]}", line)
    for _ in range(2):
        line = _EMPHASIS.sub(lambda match: match[2] or match[4], line)
    return " ".join(line.replace("\\&", "&").split())


def _joined(text: str, line: str) -> str:
    """Join a line to those before it; a word divided at the end of a line is whole again.

    >>> _joined("the con-", "flict"), _joined("post-", "Soviet"), _joined("http://a.org/x-", "y")
    ('the conflict', 'post-Soviet', 'http://a.org/x-y')
    """
    if text.endswith("\u00ad"):
        return text[:-1] + line
    last = text.rsplit(" ", 1)[-1]
    if _ADDRESS.search(last) and (last[-1] in "/-_=?&" or line.split(" ", 1)[0].count("/")):
        return text + line
    if re.search(r"[^\W\d_]{2}[-‐]$", text) and line[0].islower():
        return text[:-1] + line
    if re.search(r"\w[-‐–]$", text):
        return text + line
    return f"{text} {line}"


def _is_heading(text: str) -> bool:
    if _HEADING_MARK.match(text) or _LIST_HEADING.fullmatch(text.strip(" :.")):
        return True
    words = text.split()
    return len(words) <= 6 and not re.search(r"\d|[.,;]$|,|https?:", text) and text[0].isupper()


def _heading(text: str) -> str:
    match = _HEADING_MARK.match(text)
    return (match[1] if match else text).strip(" :.")


def _goes_on(before: str, text: str) -> bool:
    """Whether a paragraph is the end of the one before it, divided by a page or a blank line."""
    if text[0].islower() and not _ENDED.search(before):
        return True
    is_open = not _ENDED.search(before) and _is_dated(before)
    return is_open and not _is_dated(text) and not _NAME_FIRST.match(text) and bool(_LOST_ADDRESS.search(text))
