"""The tables of romanisation beside the maps of ``interscript``: letter by letter, and the words of our tests.

A difference that ``transliteration.yaml`` argues, by letters that the inputs have in common, is printed with its
reason; another one fails the run, and so does a reason without a difference. What our table leaves in Cyrillic is not
asked for.
Where ``interscript`` is not installed (``pip install interscript``) nothing is compared, and the script says so.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tajikpeace_refs.options import Scheme
from tajikpeace_refs.text.transliteration import gaps, table, transliterate

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(__file__).parent / "transliteration.yaml"
CASES = ROOT / "tests" / "data" / "transliteration.yaml"


@dataclass
class Score:
    """What one table and its map have in common, and each input on which they differ: ours, theirs."""

    equal: int = 0
    asked: int = 0
    differences: dict[str, tuple[str, str]] = field(default_factory=dict)

    def compare(self, text: str, ours: str, theirs: str) -> None:
        """Count one input, white space and Unicode forms aside."""
        ours, theirs = (unicodedata.normalize("NFC", each).strip() for each in (ours, theirs))
        self.asked += 1
        self.equal += ours == theirs
        if ours != theirs:
            self.differences[text] = ours, theirs


def pairs() -> list[dict[str, Any]]:
    """Return the languages, schemes and maps that are compared, each with its argued differences."""
    found: list[dict[str, Any]] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return found


def inputs(language: str, scheme: Scheme) -> Iterator[str]:
    """Yield the letters of a table, those of older spelling too, and the words of our tests in its language."""
    found = table(language, scheme)
    if found:
        yield from (letter for letter in {**found.letters, **found.others} if letter.isalpha())
    cases: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(CASES.read_text(encoding="utf-8"))
    for words in cases.get(language, {}).values():
        yield from (word for text in words for word in text.split())


def score(language: str, scheme: Scheme, name: str) -> Score:
    """Return how far a table and a map agree."""
    import interscript

    interscript.load_map(name)
    result = Score()
    for text in dict.fromkeys(inputs(language, scheme)):
        if not next(gaps(text, language, scheme), None):
            result.compare(text, transliterate(text, language, scheme), str(interscript.transliterate(name, text)))
    return result


def _has_one(parts: str, text: str) -> bool:
    """Whether a text has one of some letters or groups of letters, capitals as they are."""
    return any(part in text for part in parts.split())


def main() -> int:
    """Print the score of each table and what differs; return 1 where a difference is not argued."""
    try:
        import interscript  # noqa: F401 - asked for once, so that its absence is one line
    except ImportError:
        print("transliteration: interscript is not installed (pip install interscript): not compared")
        return 0
    broken = equal = asked = argued = 0
    for pair in pairs():
        found = score(pair["language"], pair["scheme"], pair["map"])
        reasons: dict[str, str] = pair.get("differences", {})
        equal, asked, argued = equal + found.equal, asked + found.asked, argued + len(found.differences)
        print(f"{pair['language']} {pair['scheme']}: {found.equal} of {found.asked} as {pair['map']}")
        for text, (ours, theirs) in found.differences.items():
            reason = next((why for parts, why in reasons.items() if _has_one(parts, text)), None)
            print(f"  {text}: {ours!r}, not {theirs!r}: {reason or 'NOT ARGUED'}")
            broken += reason is None
        for parts in reasons:
            if not any(_has_one(parts, text) for text in found.differences):
                print(f"  {parts} is argued as a difference, and is none")
                broken += 1
    print(f"letters and words: {equal} of {asked} equal, {argued - broken} differences argued, {broken} broken")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
