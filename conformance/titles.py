"""Sentence case (APA 6.17) beside pandoc: real titles are put into title case, lowered again, and compared.

The titles are the project's own (``tests/data/real_titles.yaml``) and, where ``../shared/apa/titles.json`` (or the
file that TITLES names) is present, those too. Each is in title case as English writes it: all words but the small ones
get a capital. We lower each as one list of works with ``language: en``, and as one without; pandoc reads them from a
``.bib`` file (its BibTeX reader is what lowers titles). Counted are the words that lost the capital of a name, those
that kept one that they should not have, and the titles without either; first words of titles and subtitles are not.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pypandoc
import yaml
from rich.box import MARKDOWN
from rich.console import Console
from rich.table import Table

from tajikpeace_refs.text.list_case import ListCase, Title

ROOT = Path(__file__).resolve().parent.parent
OWN = ROOT / "tests" / "data" / "real_titles.yaml"
SHARED = Path(os.environ.get("TITLES", ROOT.parent / "shared" / "apa" / "titles.json"))
_MINOR = frozenset(
    "a an the and or nor but for so yet of in on at to by up as off per via with from into onto over upon vs".split()  # noqa: SIM905 - a list of this length reads better as text
)
_WORDS = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ’'\-]*|[^A-Za-zÀ-ÿ]+")
_START = re.compile(r"[:?!—–.]\s*$")
_TEX = str.maketrans({sign: "\\" + sign for sign in "&%$#_"})
WORST = 60.0
"""Of 1,000 words, how many may lose the capital of a name before the run fails."""


def title_case(title: str) -> str:
    """Return a title in title case: each word but the small ones with a capital, and each part of it."""
    out, is_first = [], True
    for match in _WORDS.finditer(title):
        word = match[0]
        if not word[0].isalpha():
            is_first = is_first or _START.search(word) is not None
        elif is_first or (word.islower() and word not in _MINOR):
            word = "-".join(part[:1].upper() + part[1:] for part in word.split("-"))
            is_first = False
        out.append(word)
    return "".join(out)


class Score(NamedTuple):
    """How far titles were restored: titles without a fault of all, and faults of 1,000 words."""

    exact: int
    titles: int
    lowered: float
    kept: float


def score(right: Sequence[str], found: Sequence[str]) -> Score:
    """Return how far the titles found are the right ones."""
    exact = lowered = kept = words = 0
    for title, other in zip(right, found, strict=True):
        faults = [0, 0]
        previous = ":"
        for word, got in zip(title.split(), other.split(), strict=False):
            words += 1
            if not _START.search(previous) and word != got and word.lower() == got.lower():
                faults[re.sub(r"^\W+", "", word)[:1].isupper()] += 1
            previous = word
        kept += faults[0]
        lowered += faults[1]
        exact += not any(faults)
    return Score(exact, len(right), 1000 * lowered / words, 1000 * kept / words)


def ours(language: str | None) -> Callable[[Sequence[str]], list[str]]:
    """Return our way to lower a list of titles in a language."""

    def lowered(titles: Sequence[str]) -> list[str]:
        case = ListCase.of([Title(title, language) for title in titles])
        return [case.cased(title, language) for title in titles]

    return lowered


def pandoc(titles: Sequence[str]) -> list[str]:
    """Return the titles as pandoc reads them from a ``.bib`` file."""
    entries = (
        f"@book{{t{n}, title={{{title.translate(_TEX)}}}, langid={{english}}}}" for n, title in enumerate(titles)
    )
    items = json.loads(pypandoc.convert_text("\n".join(entries), "csljson", format="biblatex"))
    found = {item["id"]: re.sub(r"<[^>]+>", "", item["title"]) for item in items}
    return [found[f"t{n}"] for n in range(len(titles))]


def main() -> int:
    """Print the scores; status 1 if ours are worse than they may be."""
    sources = {"own titles": yaml.safe_load(OWN.read_text(encoding="utf-8"))}
    if SHARED.exists():
        sources["shared titles"] = json.loads(SHARED.read_text(encoding="utf-8"))
    ways = {"with language: en": ours("en"), "one list without languages": ours(None), "pandoc, from .bib": pandoc}
    table = Table(box=MARKDOWN)
    for heading in ("titles", "", "exact", "names lowered, of 1,000 words", "wrongly kept"):
        table.add_column(heading)
    status = 0
    for name, titles in sources.items():
        given = [title_case(title) for title in titles]
        for way, lower in ways.items():
            found = score(titles, lower(given))
            share = f"{found.exact} of {found.titles} ({100 * found.exact / found.titles:.1f} %)"
            table.add_row(name, way, share, f"{found.lowered:.1f}", f"{found.kept:.1f}")
            status |= lower is not pandoc and found.lowered > WORST
    Console(width=160).print(table)
    return int(status)


if __name__ == "__main__":
    raise SystemExit(main())
