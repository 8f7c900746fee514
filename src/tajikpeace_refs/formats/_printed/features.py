"""What the tagger sees of a printed reference: features of its tokens and of the segments between its marks.

A token is described by itself, by its neighbours, by the segment that holds it and by the segments beside that one.
There are small segments, which end at every mark, and large ones, which end at full stops, quotation marks and
brackets. The names of features are short, since the weights of each stand in the model under its name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from tajikpeace_refs.model.date_words import month_number
from tajikpeace_refs.text import english


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_STEPS = (-2, -1, 1, 2)
"""Where the neighbours of a token stand."""
_YEAR = re.compile(r"\D{0,3}(?:1[4-9]\d\d|20[0-4]\d)[a-zа-г]?(?:[-–/]\d{2,4})?\W*")
_RANGE = re.compile(r"\W*[A-Za-z]?\d+\W*[-–—−]+\W*[A-Za-z]?\d+\W*")
_WITH_ISSUE = re.compile(r"\W*\d+\(.*\)?\W*")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|e|ème|ª|º|-е)")
_INITIALS = re.compile(r"(?:[^\W\d_]\.[-‐–]?)+[,;:]?|[^\W\d_]\.?-[^\W\d_]\.[,;:]?")
_CAPITALS = re.compile(r"[A-ZА-ЯЁÀ-Þ]{1,3}[,;.:]?")
_ROMAN = re.compile(r"[IVXLC]+\W*")
_ADDRESS = re.compile(r"(?i)\W*(?:https?:|www\.|ftp:)")
_DOI = re.compile(r"(?i)\W*(?:doi|10\.\d{4})")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_CLOSES = re.compile(r"[”»\"’]\W*$")
_ABBREVIATED = _set("""
dr st mr vol no nos pp p ed eds vols proc conf int intl univ dept inc ltd co jr trans cf al etc vs rev tech rep
symp с т м изд ред кн вып
""")
"""Words whose full stop ends no sentence."""
_SORTS = (
    ("ret", "A"), ("ed", "E"), ("tr", "T"), ("the", "R"), ("rep", "R"), ("vol", "V"), ("pag", "P"), ("mon", "M"),
    ("conf", "C"), ("jou", "J"), ("pub", "B"), ("hse", "B"), ("edn", "D"), ("pl", "L"), ("etal", "N"),
)  # fmt: skip
"""What a segment is like by the kinds of its words, in order of precedence."""


class Token(NamedTuple):
    """What is known of a token wherever it stands.

    ``near`` are features that its neighbours have as well, ``beside`` the same by the step from a neighbour to it,
    ``first`` those of the first token of a small segment, ``word`` is its text as one, ``alone`` are those of its own.
    """

    near: tuple[str, ...]
    beside: dict[int, tuple[str, ...]]
    first: tuple[str, ...]
    word: str
    alone: tuple[str, ...]
    kinds: tuple[str, ...]
    bare: str
    has_capital: bool
    is_year: bool
    is_initials: bool
    word_class: str
    end: str
    start: str


@cache
def kinds() -> dict[str, tuple[str, ...]]:
    """Return the kinds of each word of ``words.txt``: words of publishers, of journals, of editors."""
    found: dict[str, list[str]] = {}
    text = (files("tajikpeace_refs.formats._printed") / "words.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        kind, *words = line.split()
        for word in words:
            found.setdefault(word, []).append(kind)
    return {word: tuple(each) for word, each in found.items()}


@lru_cache(maxsize=65536)
def token(text: str) -> Token:
    """Return what is known of a token."""
    bare = _EDGES.sub("", text).lower()
    first = next((sign for sign in text if sign.isalpha()), "a")
    has_capital = bool(bare) and first.isupper()
    end = text[-1] if not text[-1].isalnum() else "a"
    if len(text) > 1 and end in ",.;:" and not text[-2].isalnum():
        end = text[-2] + end
    start = text[0] if not text[0].isalnum() else "a"
    is_year, is_initials = bool(_YEAR.fullmatch(text)), bool(_INITIALS.fullmatch(text))
    word_class = _word_class(bare)
    known = kinds().get(bare, ())
    if bare.isalpha() and month_number(bare):
        known = (*known, "mon")
    near = [f"e={end}", f"b={start}", *_shape_flags(text, bare, is_year=is_year, is_initials=is_initials)]
    near.append(("C" if has_capital else "c") + word_class)
    if has_capital and len(bare) > 3 and bare.isalpha() and bare.upper() in text:
        near.append("UP")
    near += [f"k={kind}" for kind in known] or (["k0"] if bare else [])
    alone = (f"s={_shape(text)}", f"eb={start}{end}", f"p3={bare[:3]}", f"s3={bare[-3:]}", f"s2={bare[-2:]}")
    beside = {step: tuple(f"{step}{name}" for name in near) for step in _STEPS}
    return Token(
        tuple(near),
        beside,
        tuple(f"^{name}" for name in near),
        f"w={bare}",
        alone,
        known,
        bare,
        has_capital,
        is_year,
        is_initials,
        word_class,
        end,
        start,
    )


def _shape(text: str) -> str:
    letters = re.sub(r"[^\W\d_]", lambda match: "X" if match[0].isupper() else "x", text[:14])
    return re.sub(r"9{5,}", "9+", re.sub(r"([Xx])\1+", r"\1\1", re.sub(r"\d", "9", letters)))


def _shape_flags(text: str, bare: str, *, is_year: bool, is_initials: bool) -> list[str]:
    flags = []
    if digits := sum(sign.isdigit() for sign in text):
        tests = {"range": _RANGE.fullmatch(text), "volno": _WITH_ISSUE.fullmatch(text), "int": bare.isdigit()}
        tests |= {"ord": _ORDINAL.fullmatch(bare), "year": is_year}
        flags += ["num", f"nd={min(5, digits)}", *(name for name, matches in tests.items() if matches)]
    if is_initials:
        flags.append("init")
    elif _CAPITALS.fullmatch(text):
        flags.append("caps")
    tests = {"rom": _ROMAN.fullmatch(text), "url": _ADDRESS.match(text), "doi": _DOI.match(text)}
    return flags + [name for name, matches in tests.items() if matches]


def _word_class(bare: str) -> str:
    """Return what English knows of a word: a name, a given name, a common word; its script where it is none of it."""
    if not bare.isalpha():
        return "-"
    if not bare.isascii():
        return "cyr" if "Ѐ" <= bare[0] <= "ӿ" else "lat+"
    words, is_common = english.words(), english.is_common(bare)
    if bare in words.given:
        return "given-common" if is_common else "given"
    if english.is_name(bare):
        return "name"
    if is_common:
        return "also" if bare in words.also_names else "common"
    return "unk"


def starts(tokens: Sequence[Token], *, large: bool) -> list[int]:
    """Return the places at which the segments of a reference begin."""
    return [0, *(place for place in range(1, len(tokens)) if _begins(tokens[place - 1], tokens[place], large=large))]


def _begins(before: Token, here: Token, *, large: bool) -> bool:
    end = before.end[-1]
    if here.start in '“«„"(`[' or here.bare == "":
        return True
    if end in '”»")]?!;:' or before.end[0] in '”»")]':
        return True
    if end == "." and not before.is_initials:
        bare = before.bare
        return not large or (bare not in _ABBREVIATED and (len(bare) > 3 or bare[:1].isdigit()))
    if end == ",":
        return not large and not before.is_initials
    return not large and (("in" in here.kinds and here.has_capital) or (here.is_year and not before.is_year))


def _bucket(count: int) -> str:
    return str(count) if count < 4 else "4" if count < 7 else "7" if count < 12 else "12"


def _segment(tokens: Sequence[Token]) -> list[str]:
    """Return the features of a segment."""
    words = [each for each in tokens if not each.is_initials and (each.bare.isalpha() or each.has_capital)]
    capitals = sum(each.has_capital for each in words)
    small = sum(not each.has_capital and len(each.bare) > 3 and not each.kinds for each in words)
    names = sum(each.word_class in {"name", "given", "given-common"} for each in words)
    unknown = sum(each.word_class == "unk" for each in words)
    common = sum(each.word_class == "common" and len(each.bare) > 3 for each in words)
    initials = sum(each.is_initials for each in tokens)
    are_capital = bool(words) and capitals == len(words)
    features = [
        f"n{_bucket(len(tokens))}", f"low{min(small, 2)}", f"ini{min(initials, 3)}", f"com{min(common, 2)}",
        "nm" + ("0" if not names else "a" if names + unknown >= len(words) else "s"),
        "cap" + ("-" if not words else "a" if are_capital else str(capitals) if capitals < 2 else "s"),
        f"e{tokens[-1].end}", f"b{tokens[0].start}", f"mix{min(small, 1)}{min(initials, 1)}{int(are_capital)}",
    ]  # fmt: skip
    if any(each.is_year for each in tokens):
        features.append("yr")
    if any("num" in each.near and not each.is_year for each in tokens):
        features.append("num")
    if any("range" in each.near for each in tokens):
        features.append("rng")
    features += sorted({kind for each in tokens for kind in each.kinds} - {"par", "of"})
    return features + [f"f{kind}" for kind in tokens[0].kinds[:1]]


def _sort(tokens: Sequence[Token]) -> str:
    """Return in a few letters what a segment is like: a name, a year, numbers, words of a title, a publisher."""
    if any("url" in each.near or "doi" in each.near for each in tokens):
        return "U"
    held = {kind for each in tokens for kind in each.kinds}
    lead = "i" if "in" in tokens[0].kinds else ""
    words = [each for each in tokens if each.bare.isalpha() and not each.is_initials]
    small = sum(not each.has_capital and len(each.bare) > 3 and not each.kinds for each in words)
    if kind := next((letter for name, letter in _SORTS if name in held), ""):
        return lead + kind + str(min(small, 2))
    if not words and not any(each.is_initials for each in tokens):
        return lead + (
            "Y" if any(each.is_year for each in tokens) else "#" if any("num" in each.near for each in tokens) else "-"
        )
    if any(each.is_initials for each in tokens):
        return lead + ("Nt" if small else "N" if words else "n")
    if small:
        return lead + "t" + str(min(small, 2))
    known = all(each.word_class in {"name", "given", "given-common"} for each in words)
    return lead + ("k" if known else "c") + str(min(len(tokens), 3))


class Context(NamedTuple):
    """A segment as its tokens see it: where it begins and ends, and the features they all have."""

    start: int
    end: int
    features: tuple[str, ...]


def contexts(tokens: Sequence[Token], *, large: bool) -> list[Context]:
    """Return the segments of a reference, each with its features and those of the segments beside it."""
    prefix = "S" if large else "s"
    bounds = [*starts(tokens, large=large), len(tokens)]
    own = [_segment(tokens[start:end]) for start, end in pairwise(bounds)]
    padded = [["BOS"], *own, ["EOS"]]
    sorts = ["^", "^", *(_sort(tokens[start:end]) for start, end in pairwise(bounds)), "$", "$"]
    found = []
    for place, each in enumerate(own):
        features = [f"{prefix}0{name}" for name in each]
        features += [f"{prefix}-{name}" for name in padded[place]]
        features += [f"{prefix}+{name}" for name in padded[place + 2]]
        features += [f"{prefix}#{min(place, 4)}", f"{prefix}${min(len(own) - place, 4)}"]
        before, past, here, ahead, after = sorts[place : place + 5]
        features += [
            f"{prefix}<{before}{past}{here}",
            f"{prefix}={past}{here}{ahead}",
            f"{prefix}>{here}{ahead}{after}",
        ]
        if place < 6:
            features.append(f"{prefix}1{sorts[2]}{sorts[3]}{place}{here}")
        found.append(Context(bounds[place], bounds[place + 1], tuple(features)))
    return found


def token_features(
    texts: Sequence[str], tokens: Sequence[Token], is_hidden: Callable[[int], bool] = lambda _: False
) -> list[list[str]]:
    """Return the features of each token but those of its segments.

    ``is_hidden`` says of which tokens the letters are not shown: so the training keeps a model from learning words.
    """
    count = len(tokens)
    hidden = [is_hidden(place) for place in range(count)]
    years = [place for place, each in enumerate(tokens) if each.is_year]
    slashes = next((place for place, text in enumerate(texts) if "//" in text and ":" not in text), None)
    whole = [f"y1={min(4, years[0] * 5 // count)}{int(len(years) > 1)}" if years else "noyear"]
    whole += ["//"] if slashes is not None else []
    quoted = _quotes(texts)
    found = []
    for place, each in enumerate(tokens):
        features = [*each.near, *quoted[place], *(each.alone[:2] if hidden[place] else (each.word, *each.alone))]
        past, ahead = bool(years) and years[0] < place, bool(years) and years[-1] > place
        features.append(f"yp={int(past)}{int(ahead)}{int(bool(years) and years[-1] == place)}")
        if slashes is not None:
            features.append(f"/p={int(slashes < place)}")
        if place < 3:
            features += whole
        features.append(f"pos={place * 6 // count}")
        for step in _STEPS:
            other = place + step
            if not 0 <= other < count:
                features.append(f"{step}none")
                continue
            features += tokens[other].beside[step]
            if not hidden[other] and (step in {-1, 1} or not each.has_capital):
                features.append(f"{step}{tokens[other].word}")
        if place:
            before = tokens[place - 1]
            sort = "X" if each.has_capital else "9" if "num" in each.near else "x"
            features += [f"bi={before.end}|{each.start}{sort}", f"bs={before.alone[0]}|{each.alone[0]}"]
        found.append(features)
    return found


def _quotes(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """Return for each token whether it stands in quotation marks or brackets, and whether some ended before it."""
    has_quotes = any(text[0] in "“«„\"‘'`" or text[-1] in '”»"' for text in texts)
    inside, was_inside, depth = False, False, 0
    found: list[tuple[str, ...]] = []
    for text in texts:
        inside = inside or text[0] in '“«„"‘`' or text[:2] in {"(“", '("', "[“"}
        state = f"q={int(inside)}{int(depth > 0 or text[0] in '([')}"
        seen = f"Q{int(inside)}{int(was_inside)}" if has_quotes else "noq"
        found.append((state, seen))
        depth = max(0, depth + text.count("(") + text.count("[") - text.count(")") - text.count("]"))
        if inside and len(text) > 1 and _CLOSES.search(text) and not text.endswith("’"):
            inside, was_inside = False, True
    return found


def position_features(context: Context, place: int) -> list[str]:
    """Return the features of where a token stands in its segment, the first three letters naming the segment."""
    prefix = context.features[0][0]
    features = [f"{prefix}st{min(place - context.start, 3)}"]
    return [*features, f"{prefix}en"] if place == context.end - 1 else features


def features(texts: Sequence[str], is_hidden: Callable[[int], bool] = lambda _: False) -> list[list[str]]:
    """Return all features of each token of a reference: what the training takes."""
    tokens = [token(text) for text in texts]
    found = token_features(texts, tokens, is_hidden)
    for large in (False, True):
        for context in contexts(tokens, large=large):
            for place in range(context.start, context.end):
                found[place] += [*context.features, *position_features(context, place)]
                if place == context.start and not large:
                    found[place] += tokens[place].first
    return found
