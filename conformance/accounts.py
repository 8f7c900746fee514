"""Whether a draft of the format ``printed`` says what was printed, no more and no less.

Both are found from the work alone, without what the reader knows of where its values stand:

- *invented*: a text, a part of a name, a date or an ``unread:`` remark that is no piece of the printed reference. White
  space and dashes may differ; a date may be any piece that reads as that date. Type, language and id are derived, and
  so are the authors of "———", which a remark names.
- *unaccounted*: pieces of the printed reference that are in none of these and name none of them, as
  ``formats/_printed/labels.py`` defines it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import tajikpeace_refs
from tajikpeace_refs.formats._printed.labels import unread
from tajikpeace_refs.model import Name, Work
from tajikpeace_refs.model.date import PartialDate, read_written
from tajikpeace_refs.model.editorial import UNREAD
from tajikpeace_refs.model.variables import DATE_VARIABLES, NAME_VARIABLES

_DERIVED = {"id", "type", "language", "printed", "remarks"}
_GAPS, _NAME_GAPS = "-‐‑‒–—−", "-‐‑‒–—−.,"
_DITTO = re.compile(r"(author|editor): '(.+?)' is read as")
_LONGEST_DATE = 6
_TOKEN = re.compile(r"[^\W_]+")
Span = tuple[int, int]
Place = tuple[Span, ...]


class Faults(NamedTuple):
    """What a draft has that was not printed, and what was printed that it has not."""

    invented: list[str]
    unaccounted: list[str]


def faults(work: Work) -> Faults:
    """Return what is wrong with a draft."""
    printed = work.printed or ""
    claims = [claim for claim in _claims(work, printed) if claim.places or any(map(str.isalnum, claim.text))]
    chosen = _placed(claims, printed)
    left = _unread(chosen, printed)
    if left:  # a text that stands there twice may have been taken for the other one
        for at, (_, place) in enumerate(chosen):
            others = [each for each in claims[at].places if each != place]
            changed = [*claims[:at], claims[at]._replace(places=others), *claims[at + 1 :]]
            if others and not _unread(_placed(changed, printed), printed):
                left = []
                break
    return Faults([f"{claim.variable}: {claim.text}" for claim in claims if not claim.places], left)


def _unread(chosen: Sequence[tuple[str, Place]], printed: str) -> list[str]:
    return unread(printed, _owners(chosen, printed))


def accounted(texts: Iterable[str]) -> bool:
    """Print how many drafts of some references invent a field or lose a character; return whether none does."""
    works, wrong = 0, Counter[str]()
    for text in texts:
        for work in tajikpeace_refs.parse(text, "printed", on_problem=lambda _: None):
            works += 1
            found = faults(work)._asdict()
            wrong.update(name for name, pieces in found.items() if pieces)
    invented, lost = wrong["invented"], wrong["unaccounted"]
    print(f"  drafts: {works}, with what was not printed: {invented}, with what is nowhere: {lost}")
    return not wrong


class _Claim(NamedTuple):
    """A value that was printed: the variable, the text, and where it may stand, in one piece or in several."""

    variable: str
    text: str
    places: list[Place]


def _owners(chosen: Iterable[tuple[str, Place]], printed: str) -> list[str]:
    owners = [""] * len(printed)
    for variable, place in chosen:
        for start, end in place:
            owners[start:end] = [variable] * (end - start)
    return owners


def _placed(claims: Sequence[_Claim], printed: str) -> list[tuple[str, Place]]:
    """Return where each value stands, no two in one place: those with one place to stand first, then the longest."""
    chosen: list[tuple[str, Place]] = [(claim.variable, ()) for claim in claims]
    waiting = [*range(len(claims))]
    while waiting:
        owners = _owners(chosen, printed)
        free = {at: _free(claims[at], printed, owners) for at in waiting}
        at = min(waiting, key=lambda at: (len(free[at]) > 1, -len(claims[at].text)))
        chosen[at] = claims[at].variable, _best(claims[at].variable, free[at], printed, chosen)
        waiting.remove(at)
    return chosen


def _free(claim: _Claim, printed: str, owners: list[str]) -> list[Place]:
    """Return where a value may stand that no longer one has, as whole words if it does so anywhere."""
    free = [place for place in claim.places if not any(any(owners[start:end]) for start, end in place)]
    return [place for place in free if not _is_in_word(place, printed)] or free


def _best(variable: str, places: list[Place], printed: str, chosen: list[tuple[str, Place]]) -> Place:
    """Return the place of a value that is in the fewest pieces, and leaves the least unread; the longest of these."""

    def rank(place: Place) -> tuple[int, int, int]:
        extent = place[-1][1] - place[0][0] if len(place) > 1 else 0
        left = _unread([*chosen, (variable, place)], printed)
        return extent, sum(map(len, left)), place[0][0] - place[0][1]

    return min(places, key=rank) if len(places) > 1 else places[0] if places else ()


def _is_in_word(place: Place, printed: str) -> bool:
    """Whether a letter stands beside a letter, or a digit beside a digit, at an end of a place."""
    ends = [end for start, stop in place for end in (start, stop) if 0 < end < len(printed)]
    pairs = [printed[end - 1 : end + 1] for end in ends]
    return any(pair.isdigit() or pair.isalpha() for pair in pairs)


def _claims(work: Work, printed: str) -> Iterator[_Claim]:
    ditto = next(filter(None, map(_DITTO.match, work.remarks)), None)
    for variable in sorted(work.__pydantic_fields_set__ - _DERIVED):
        value = getattr(work, variable)
        if variable in NAME_VARIABLES:
            names = list(value)
            if ditto and variable == ditto[1]:  # the names of the work before, and those printed beside the dash
                start = printed.find(ditto[2])
                yield _Claim(variable, ditto[2], [((start, start + len(ditto[2])),)] if start >= 0 else [])
                names = [name for name in value if _is_printed(name, printed)]
            yield from _name_claims(variable, names, printed)
        elif variable in DATE_VARIABLES:
            yield _Claim(variable, str(value), [(place,) for place in _dates(value, printed)])
        else:
            text = str(value).removeprefix("p. ") if variable == "locator" else str(value)
            places = _places(text, printed)
            if variable == "year_suffix":
                places = [place for place in places if printed[place[0] - 1].isdigit()]
            yield _Claim(variable, text, [(place,) for place in places])
    for remark in work.remarks:
        if remark.startswith(UNREAD):
            text = remark.removeprefix(UNREAD)
            yield _Claim("unread", text, [(place,) for place in _places(text, printed)])


def _is_printed(name: Name, printed: str) -> bool:
    return all(_places(part, printed, _NAME_GAPS, are_whole=True) for part in name.to_csl().values())


def _name_claims(variable: str, names: Sequence[Name], printed: str) -> Iterator[_Claim]:
    """Yield the names of a list where they stand one behind the other, or else each part of each."""
    parts = [[part for part in name.to_csl().values() if part != "others"] for name in names]
    parts = [each for each in parts if any(sign.isalnum() for part in each for sign in part)]
    places = [
        sorted(
            place
            for order in (each, each[::-1], [*each[1:], each[0]])
            for place in _places(" ".join(order), printed, _NAME_GAPS, are_whole=True)
        )
        for each in parts
    ]
    chains = [chain for first in places[0] if (chain := _chain(first, places))] if places else []
    if chains:
        yield _Claim(variable, "; ".join(" ".join(each) for each in parts), chains)
        return
    for part in (part for each in parts for part in each):
        yield _Claim(variable, part, [(place,) for place in _places(part, printed, _NAME_GAPS)])


def _chain(first: Span, places: Sequence[Sequence[Span]]) -> Place:
    """Return where names stand one behind the other, the first of them at a place; nothing where one does not."""
    chain = [first]
    for each in places[1:]:
        behind = next((place for place in each if place[0] >= chain[-1][1]), None)
        if behind is None:
            return ()
        chain.append(behind)
    return tuple(chain)


def _places(text: str, printed: str, gaps: str = _GAPS, *, are_whole: bool = False) -> list[Span]:
    """Return where a text stands, the signs of gaps aside; ``are_whole``: only as whole words."""
    needle, _ = _without(text, gaps)
    haystack, at = _without(printed, gaps)
    found, place = [], haystack.find(needle) if needle else -1
    while place >= 0:
        span = at[place], at[place + len(needle) - 1] + 1
        if not are_whole or not _is_in_word((span,), printed):
            found.append(span)
        place = haystack.find(needle, place + 1)
    return found


@lru_cache(maxsize=64)
def _without(text: str, gaps: str) -> tuple[str, list[int]]:
    """Return a text in small letters without some signs, and where each sign that is left stands in it."""
    kept = [place for place, sign in enumerate(text) if not (sign.isspace() or sign in gaps)]
    return "".join(text[place].lower()[:1] for place in kept), kept


def _dates(date: PartialDate, printed: str) -> Iterator[Span]:
    """Yield the pieces of some words that read as a date; a letter behind its year is not part of it."""
    words = list(_TOKEN.finditer(printed))
    first_point = date.points[0] if date.points else None
    year = str(first_point.year) if first_point else ""
    for count in range(_LONGEST_DATE, 0, -1):
        for first, last in zip(words, words[count - 1 :], strict=False):
            start, end = first.start(), last.end()
            if year not in printed[start:end]:
                continue
            opening = start - (printed[start - 1 : start] in {"[", "("})
            closing = end + len(re.match(r"[.?~]?[\])]?[.?]?", printed[end:])[0])  # type: ignore[index]
            if any(_is(date, printed[at:to]) for at in {start, opening} for to in range(end, closing + 1)):
                yield start, end
    if year and _is(date, year):
        yield from (match.span() for match in re.finditer(rf"(?<!\d){year}(?!\d)", printed))


def _is(date: PartialDate, text: str) -> bool:
    text = re.sub(r"(?<=\d{4})[a-zа-г]\b", "", text)
    reads: tuple[Callable[[str], PartialDate | None], ...] = (read_written, PartialDate.parse)
    for read in reads:
        try:
            if read(text) == date:
                return True
        except ValueError:
            continue
    return False
