"""What is known of English words: which are common, which are names, and names of several words.

The lists stand in ``english_words.txt.gz`` beside this module, made by ``scripts/english_words.py``; they load when a
word is first looked up. Its sources and their licences stand in ``english_words.LICENSE.txt``.

A *common* word is one that dictionaries write in lower case and that is not known better as a name. What is neither
common nor a name is unknown: a rare term, or a name that no list has.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

# Inflections that a list need not name, each with what stands in its place in the base.
_INFLECTIONS = (
    ("ies", ("y",)), ("es", ("", "e")), ("s", ("",)), ("ied", ("y",)), ("ed", ("", "e")), ("ing", ("", "e")),
    ("ily", ("y",)), ("ally", ("al", "")), ("ly", ("", "le")), ("ness", ("",)), ("lessly", ("",)), ("less", ("",)),
)  # fmt: skip
_NO_PLURAL = ("ss", "us", "is")
_PREFIXES = re.compile(
    "(?:agro|anti|auto|bio|cardio|co|counter|cyber|eco|electro|extra|geo|hydro|hyper|hypo|immuno|infra|inter|intra|"
    "macro|mega|meta|micro|mid|mini|mono|morpho|multi|nano|neuro|non|over|paleo|palaeo|para|patho|pharmaco|photo|"
    "phyto|poly|post|pre|proto|pseudo|psycho|radio|re|semi|socio|spatio|sub|super|supra|tele|thermo|trans|ultra|un|"
    "under|uni|up|video)(?=.{4})"
)
"""What makes a new word of a common one: neuro-imaging, sub-national."""
_TERM = re.compile(
    ".{3,}(?:olog(?:y|ies|ic|ical|ically|ists?)|itis|os[ei]s|a?emi[ac]s?|otom(?:y|ies)|ectom(?:y|ies)|graph(?:y|ic|ical)|"
    "metr(?:y|ic|ical)|scop(?:y|ic)|genesis|genic|genous|path(?:y|ies|ic)|phili[ac]|phobi[ac]|plasty|therap(?:y|ies)|"
    "i[sz](?:e|ed|es|ing|ations?)|abilit(?:y|ies)|ibilit(?:y|ies)|ivit(?:y|ies)|alit(?:y|ies)|ically|istically|istic|"
    "nesse?s?|(?:t|s)ions?|[^s]ments?|ously|ively|atory|ative|able|aur(?:s|ids?|ians?|ines?)?|oid(?:s|al)?|in(?:as)?es?ic|yl|ol(?:s|ic)?|"
    "[lmxz]umab|ximab|tinib|[aoi]vir|sartan|statins?|gliptin|gliflozin|prazole|azepam|cillin|mycin|oxacin|taxel|kinases?|ases?|genes?|genomics?|omics|cyt(?:e|es|ic)|wares?|blasts?|phages?|trop(?:y|ic)|phore?s?|zoan?s?|pods?)"
)
"""Endings of terms, which no name has; those of drugs are stems of the WHO's list of INN."""

_COMPOUND = re.compile(
    "(.{3,})(?:(?:build|keep|mak)(?:ings?|ers?)|(?:hold|lead|read|shar|work|tak|writ|giv|sett)(?:ings?|ers)"
    "|wide|like|free|related|based)"
)
"""What makes a word of a common one at its end: peacebuilding, policymakers, nationwide."""


class EnglishWords(NamedTuple):
    """The lists, as they stand in the file; words are in lower case, phrases as they are written.

    ``common`` holds words by their first three letters, as one text of what follows in each.
    """

    common: dict[str, str]
    names: frozenset[str]
    """Names: words that are no common words, or seldom."""
    also_names: frozenset[str]
    """Common words that are names of people or places as well: brown, young, reading."""
    surnames_first: frozenset[str]
    """Those of them that are surnames as often as words: miller, smith."""
    given: frozenset[str]
    """Given names, those that are common words included."""
    surnames: frozenset[str]
    """Common words that are usual surnames."""
    acronyms: frozenset[str]
    phrases: dict[str, str]
    """Phrases with a capital by their first word in lower case: ``{"new": "New York|New Guinea|…"}``."""


def resource(name: str) -> bytes:
    """Return a data file that stands beside this module."""
    return (files("tajikpeace_refs.text") / name).read_bytes()


@cache
def words() -> EnglishWords:
    """Return the lists, from the package's file."""
    parts = gzip.decompress(resource("english_words.txt.gz")).decode().split("\n\n")
    common, names, also, first, given, surnames, acronyms, phrases = parts
    return EnglishWords(
        common={line[:3]: line[3:] + " " for line in common.split("\n")},
        names=_lines(names),
        also_names=_lines(also),
        surnames_first=_lines(first),
        given=_lines(given),
        surnames=_lines(surnames),
        acronyms=_lines(acronyms),
        phrases=dict(line.split("\t") for line in phrases.split("\n")),
    )


def _lines(text: str) -> frozenset[str]:
    return frozenset(text.split("\n"))


def is_listed(word: str) -> bool:
    """Whether a word in lower case stands itself in the list of common words."""
    return f" {word[3:]} " in words().common.get(f"{word[:3]:<3}", "")


@lru_cache(maxsize=16384)
def is_common(word: str) -> bool:
    """Whether a word is known to be common: it is listed, or a regular form of a listed one, and no name.

    >>> [word for word in ("harbors", "neuroimaging", "Weber", "phylogenetics", "Khujand") if is_common(word.lower())]
    ['harbors', 'neuroimaging', 'phylogenetics']
    """
    return word not in words().names and is_regular(word, is_listed)


def is_regular(word: str, is_listed: Callable[[str], bool]) -> bool:
    """Whether a word is listed, a regular form of a listed one, or made as new words are."""
    return _is_form(word, is_listed) or _is_made(word, is_listed)


def _is_form(word: str, is_listed: Callable[[str], bool]) -> bool:
    return is_listed(word) or any(_is_form(base, is_listed) for base in bases(word))


def is_prefix(word: str) -> bool:
    """Whether a word is one that stands before other words: neo, socio."""
    match = _PREFIXES.match(word + "....")
    return match is not None and match.end() == len(word)


def is_name(word: str) -> bool:
    """Whether a word in lower case is known as a name, and not as a common word."""
    lists = words()
    return word in lists.names or (word in lists.given and not is_common(word))


def _is_made(word: str, is_listed: Callable[[str], bool]) -> bool:
    prefix = _PREFIXES.match(word)
    if prefix and _is_form(word[prefix.end() :], is_listed):
        return True
    if (compound := _COMPOUND.fullmatch(word)) and _is_form(compound[1], is_listed):
        return True
    return len(word) > 6 and word.isalpha() and _TERM.fullmatch(word) is not None


def bases(word: str) -> Iterator[str]:
    """Yield the words that a word may be a regular form of.

    >>> list(bases("studies")), list(bases("planning"))
    (['study', 'studi', 'studie', 'studie'], ['plann', 'planne', 'plan'])
    """
    for ending, instead in _INFLECTIONS:
        if word.endswith(ending) and len(word) > len(ending) + 2 and not (ending == "s" and word.endswith(_NO_PLURAL)):
            stem = word[: -len(ending)]
            yield from (stem + each for each in instead)
            if ending in {"ed", "ing"} and stem[-1] == stem[-2]:
                yield stem[:-1]
