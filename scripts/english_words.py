"""Make ``src/tajikpeace_refs/text/english_words.txt.gz``: what the package knows of English words.

Usage: python scripts/english_words.py DICT NAMES, with the folders of the sources unpacked:

- DICT: ``usr/share`` of Debian's packages ``scowl`` and ``wordnet-base`` (``apt-get download``, ``dpkg -x``);
- NAMES: the folder ``names`` of the PyPI package ``names`` 0.3.0, with the counts of the US census of 1990.

SCOWL gives words by size (10: the most usual, 80: huge) and names apart from words; WordNet adds terms, the names that
it writes with a capital, and phrases. Licences: ``english_words.LICENSE.txt``. The file has eight parts, an empty line
between: common words by their first three letters, names, common words that are names as well, those that are surnames
first, given names, common words that are surnames, acronyms, phrases by their first word.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from babel import Locale

from tajikpeace_refs.text.english import bases, is_regular
from tajikpeace_refs.text.proper_nouns import PROPER_NOUNS

OUT = Path(__file__).parents[1] / "src/tajikpeace_refs/text/english_words.txt.gz"
USUAL = 40
"""A word of this size or smaller is common even where it is a name as well."""
FIRST, RARER = 10, 35
"""The size of the most usual words; a word of the second size or larger is less usual than a usual name."""
LARGEST, LARGEST_TERMS = 70, 80
TERM = re.compile(r".{4,}(?:al|ic|ous|ar|oid|id|ine|ide|ene|ane|gen|a|ae|i|um|yte|yl|ate|itis|ergic)")
"""What a word of the largest size looks like if it is a term, and no word of games."""
RARE = 85
"""What counts as the size of a word or name that only WordNet or the census has."""
USUAL_NAME = 50
"""The size of a name that many people have."""
KNOWN = 70
"""Names of this size or smaller are listed even where no word is like them, so that they are known to be names."""
NAMING = {"05", "10", "11", "14", "15", "20", "28"}
"""WordNet's files of animals, texts, events, groups, places, plants and times."""
TITLES = {"saint", "king", "queen", "prince", "sir", "lord", "lady", "little", "old", "big", "the"}
SPELLINGS = re.compile(r"(?:english|american|british|british_z|canadian|australian|variant_[12]|british_variant_1)-")
ADJECTIVE = {"00", "01"}
PERSON = "18"
"""WordNet's lexicographer file ``noun.person``."""


Kinds = set[tuple[str, bool]]
"""The lexicographer files that have a word, each with whether it is an instance (a name) there."""


def scowl(folder: Path, kind: str, largest: int) -> dict[str, int]:
    """Return the words of a kind (``words``, ``upper`` …), each with the smallest size that has it."""
    found: dict[str, int] = {}
    for path in folder.iterdir():
        size = int(path.suffix[1:])
        if SPELLINGS.match(path.name) and path.stem.endswith(f"-{kind}") and size <= largest:
            for word in path.read_text("utf-8").split():
                word = word.removesuffix("'s")  # noqa: PLW2901 - its possessive says the same
                found[word] = min(size, found.get(word, 99))
    return found


def wordnet(folder: Path) -> dict[str, Kinds]:
    """Return WordNet's words and phrases as written, each with its kinds."""
    found: dict[str, Kinds] = defaultdict(set)
    for part in ("noun", "verb", "adj", "adv"):
        for line in (folder / f"data.{part}").read_text("utf-8").splitlines():
            if not line.startswith("  "):
                fields = line.split(" ")
                for number in range(int(fields[3], 16)):
                    text = re.sub(r"\([a-z]+\)$", "", fields[4 + 2 * number]).replace("_", " ")
                    found[text].add((fields[1], " @i " in line))
    return found


def census(path: Path, share: float) -> Iterator[str]:
    """Yield the names that at least this share of people (per cent) have."""
    for line in path.read_text("ascii").splitlines():
        name, part, *_ = line.split()
        if float(part) >= share:
            yield name.lower()


def grouped(words: Iterable[str]) -> str:
    """Return words by their first three letters, the rest of each after a blank."""
    groups: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        groups[f"{word[:3]:<3}"].append(word[3:])
    return "\n".join(f"{start} {' '.join(rest)}" for start, rest in groups.items())


def lines(words: Iterable[str]) -> str:
    """Return words in order, one a line."""
    return "\n".join(sorted(words))


def regular(words: set[str]) -> set[str]:
    """Return the words without the regular forms of others."""
    return {word for word in words if not any(is_regular(base, words.__contains__) for base in bases(word))}


def phrase_lists(net: dict[str, Kinds], lowered: Callable[[str], bool]) -> Iterator[str]:
    """Yield the phrases that keep a capital of a word that would be lowered by itself.

    Those that WordNet has in lower case too are no proof, and those with an article before them as little.
    """
    small = {text.lower() for text in net if text == text.lower()}
    places = Locale("en").territories.values(), Locale("en").languages.values()
    for text in sorted(
        {*net, *(re.sub(r" \(.*|,.*", "", name.replace("’", "'")) for names in places for name in names)}
    ):
        words = text.split(" ")
        if len(words) < 2 or text.lower() in small or not re.fullmatch(r"[^\W\d_]['.\w -]+", text):
            continue
        if words[0].lower() in {"the", "a", "an", "genus", "family", "order"}:
            continue
        capitals = [lowered(word.lower().removesuffix("'s").strip(".")) for word in words if word[0].isupper()]
        # Of common words only, the name of a thing is no name (Chief Executive); that of a body, place or kind is.
        if any(capitals) and not (
            all(capitals)
            and net.get(text)
            and not any(is_instance or file in NAMING for file, is_instance in net[text])
        ):
            yield text


class Names:
    """What the sources say of names: each name in lower case with its size, given names, usual surnames."""

    def __init__(self, share: Path, folder: Path, net: dict[str, Kinds], sizes: dict[str, int]) -> None:
        capital = scowl(share / "dict/scowl", "proper-names", 80)
        for word, size in scowl(share / "dict/scowl", "upper", 80).items():
            capital[word] = min(size, capital.get(word, 99))
        self.capital = capital
        self.surnames = set(census(folder / "dist.all.last", 0.004))
        self.frequent = set(census(folder / "dist.all.last", 0.03))
        self.most_frequent = set(census(folder / "dist.all.last", 0.5))
        self.given = self._given(folder, net, sizes)
        self.sizes = {word.lower(): size for word, size in capital.items() if word.isalpha() and word.istitle()}
        for text in net:
            if text.isalpha() and text.istitle():
                self.sizes.setdefault(text.lower(), RARE)
        territories, languages = Locale("en").territories.values(), Locale("en").languages.values()
        self._note({name for name in self.given if self.sizes.get(name, 99) <= USUAL_NAME}, USUAL_NAME)
        self._note(census(folder / "dist.all.last", 0.01), USUAL_NAME)
        self._note((name.lower() for name in (*PROPER_NOUNS, *territories, *languages) if name.isalpha()), USUAL_NAME)
        self._note(self.surnames | self.given, USUAL_NAME + 5)

    def _note(self, names: Iterable[str], size: int) -> None:
        self.sizes.update({name: min(size, self.sizes.get(name, 99)) for name in names})

    def is_usual(self, word: str, size: int) -> bool:
        """Whether a common word of that size is so usual as a name that a title may mean it."""
        return word in self.frequent or (size >= RARER and self.sizes.get(word, 99) <= USUAL_NAME)

    def is_surname_first(self, word: str, size: int) -> bool:
        """Whether a common word of that size is met as a surname more often, or as often: miller, smith."""
        return (size >= RARER and word in self.frequent) or (size > FIRST and word in self.most_frequent)

    @staticmethod
    def _given(folder: Path, net: dict[str, Kinds], sizes: dict[str, int]) -> set[str]:
        given = {*census(folder / "dist.female.first", 0.004), *census(folder / "dist.male.first", 0.004)}
        for text, kinds in net.items():
            if (PERSON, True) in kinds and re.fullmatch(r"[A-Z][a-z]{2,}( [A-Z][a-z.]*)+", text):
                given.add(text.split()[0].lower())
        capital = (text for text in net if text.istitle())
        adjectives = {text.lower() for text in capital if ADJECTIVE & {file for file, _ in net[text]}}
        return {name for name in given - TITLES - adjectives if len(name) > 2 and sizes.get(name, 99) > 10}


def common_words(share: Path, net: dict[str, Kinds]) -> dict[str, int]:
    """Return the words in lower case with their sizes."""
    found = scowl(share / "dict/scowl", "words", LARGEST_TERMS)
    sizes = {word: size for word, size in found.items() if size <= LARGEST or TERM.fullmatch(word)}
    for text in net:
        sizes.setdefault(text, RARE)
    return {word: size for word, size in sizes.items() if word.isalpha() and word.islower() and len(word) > 1}


def main() -> None:
    """Write the file."""
    share, folder = Path(sys.argv[1]), Path(sys.argv[2])
    net = wordnet(share / "wordnet")
    sizes = common_words(share, net)
    names = Names(share, folder, net, sizes)
    common = {word for word, size in sizes.items() if size <= USUAL or size < names.sizes.get(word, 99)}
    listed = regular(common)
    only_names = {name for name in names.sizes if name not in common}
    overriding = {name for name in only_names if is_regular(name, listed.__contains__)}
    acronyms = {text for text in [*net, *scowl(share / "dict/scowl", "abbreviations", 80), *names.capital]
                if text.isalpha() and text.isupper() and len(text) > 1 and text.lower() not in common}  # fmt: skip
    phrases: dict[str, list[str]] = defaultdict(list)
    for text in phrase_lists(net, lambda word: word not in overriding and is_regular(word, listed.__contains__)):
        phrases[re.split(r"[^\w'’]|_", text.lower(), maxsplit=1)[0]].append(text)
    parts = {
        "common words": grouped(listed),
        "names": lines(overriding | {name for name in only_names if names.sizes[name] <= KNOWN}),
        "common words that are names": lines(word for word in common if names.is_usual(word, sizes[word])),
        "words that are surnames first": lines(word for word in common if names.is_surname_first(word, sizes[word])),
        "given names": lines(names.given),
        "common surnames": lines(names.surnames & common),
        "acronyms": lines(acronyms),
        "phrases": lines(f"{first}\t{'|'.join(sorted(texts))}" for first, texts in phrases.items()),
    }
    OUT.write_bytes(gzip.compress("\n\n".join(parts.values()).encode(), 9, mtime=0))
    for name, part in parts.items():
        print(f"{name}: {len(part.split()):,} words, {len(gzip.compress(part.encode(), 9)):,} bytes")


if __name__ == "__main__":
    main()
