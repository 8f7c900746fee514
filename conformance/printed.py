"""The parts of printed references beside those that people have tagged: exact match by part, and whole references.

``python -m conformance.printed [FOLDER]``: the folder holds ``core.xml`` and ``cyrillic.xml`` of AnyStyle's parser (the
second with ``set="clean"`` or ``"messy"`` by reference). Without one it is ``../shared/printed``, or what
``PRINTED_REFERENCES`` names. They are for measuring only: no part of them is in the project. Where they are not at
hand, the script says so.

A part is right if its text is, marks and white space at its ends aside; ``journal`` and ``container-title`` are one.
"""

from __future__ import annotations

import os
import re
import sys
import time
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from conformance.accounts import accounted
from tajikpeace_refs.formats._printed.parts import parts_of

ROOT = Path(__file__).resolve().parent.parent
PARTS = (
    "author", "date", "title", "container-title", "volume", "pages", "publisher", "location", "editor", "url", "doi",
)  # fmt: skip
ANCHORS = {
    "a CRF trained on core.xml, on AnyStyle's gold set": "96.0 % F1, 87 % whole",
    "a CRF trained on strings of 25 templates": "82.2 % F1",
}
ENOUGH = {"core": (90.0, 75.0), "clean": (95.0, 0.0), "messy": (75.0, 0.0)}
"""Micro-F1 and whole references, in per cent, that each set asks for."""
Parts = Counter[tuple[str, str]]


class Reference(NamedTuple):
    """A tagged reference: its text, its parts, its set."""

    text: str
    parts: Parts
    group: str


@dataclass
class Score:
    """What was found of the parts of a set, by label.

    ``whole`` references have all of ``PARTS`` right, ``complete`` ones everything that is tagged.
    """

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    whole: int = 0
    complete: int = 0
    count: int = 0

    def add(self, tagged: Parts, found: Parts) -> None:
        """Count one reference."""
        self.right.update(label for label, _ in (tagged & found).elements())
        self.wrong.update(label for label, _ in (found - tagged).elements())
        self.missed.update(label for label, _ in (tagged - found).elements())
        self.whole += measured_of(tagged) == measured_of(found)
        self.complete += tagged == found
        self.count += 1

    def f1(self, labels: Iterable[str]) -> float:
        """Return the micro-F1 of some labels, in per cent."""
        right, wrong, missed = (sum(each[label] for label in labels) for each in (self.right, self.wrong, self.missed))
        return 200 * right / max(1, 2 * right + wrong + missed)


def bare(text: str) -> str:
    """Return a text without marks at its ends, with single spaces."""
    return re.sub(r"^[\W_]+|[\W_]+$", "", " ".join(text.split()))


def counted(parts: Iterable[tuple[str, str]]) -> Parts:
    """Return the parts as they are compared."""
    return Counter(("container-title" if label == "journal" else label, bare(text)) for label, text in parts)


def measured_of(parts: Parts) -> Parts:
    """Return the parts that are measured."""
    return Counter({part: count for part, count in parts.items() if part[0] in PARTS})


def references(path: Path) -> list[Reference]:
    """Return the references of a tagged file."""
    found = []
    for sequence in ET.parse(path).getroot():  # noqa: S314 - a file that the user names
        parts = [(part.tag, " ".join("".join(part.itertext()).split())) for part in sequence]
        found.append(Reference(" ".join(text for _, text in parts), counted(parts), sequence.get("set") or path.stem))
    return found


def measured(group: Iterable[Reference]) -> Score:
    """Return how many parts of tagged references are found."""
    score = Score()
    for each in group:
        score.add(each.parts, counted((part.label, part.span.text) for part in parts_of(each.text)))
    return score


def main() -> int:
    """Print the scores; status 1 where a set falls short."""
    folder = Path(
        sys.argv[1] if len(sys.argv) > 1 else os.environ.get("PRINTED_REFERENCES", ROOT.parent / "shared" / "printed")
    )
    if not (folder / "core.xml").exists():
        print("printed references: no tagged references at hand; name their folder in PRINTED_REFERENCES")
        return 0
    found = [each for name in ("core.xml", "cyrillic.xml") for each in references(folder / name)]
    status = 0
    for group, (enough, whole) in ENOUGH.items():
        start = time.process_time()
        score = measured(each for each in found if each.group == group)
        speed = score.count / (time.process_time() - start)
        f1, share = score.f1(PARTS), 100 * score.whole / score.count
        asked = f"{f1:.1f} % F1 (asked: {enough:.0f}), {share:.1f} % of {score.count} whole (asked: {whole:.0f})"
        print(f"printed references, {group}: {asked}, {speed:.0f} a second")
        print("  " + ", ".join(f"{label} {score.f1([label]):.1f}" for label in PARTS))
        every, complete = score.f1({*score.right, *score.wrong, *score.missed}), 100 * score.complete / score.count
        print(f"  with edition, genre, notes and what else is tagged: {every:.1f} % F1, {complete:.1f} % whole")
        status |= f1 < enough or share < whole
    status |= not accounted(each.text for each in found)
    print(*(f"  beside: {name}: {value}" for name, value in ANCHORS.items()), sep="\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
