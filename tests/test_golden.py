"""The corpus in every format, byte for byte; renewed with --update-golden."""

from __future__ import annotations

import pytest

import tajikpeace_refs as refs
from tajikpeace_refs import formats
from tajikpeace_refs.options import FormatName

CASES = [
    ("corpus.bibtex.bib", "bibtex", {}),
    ("corpus.biblatex.bib", "biblatex", {}),
    ("corpus.latin-ascii.bib", "bibtex", {"script": "latin", "ascii": True}),
    ("corpus.ris", "ris", {}),
    ("corpus.csl.json", "csl-json", {}),
    ("corpus.hayagriva.yml", "hayagriva", {}),
    ("corpus.csl.yaml", "csl-yaml", {}),
    ("corpus.apa.md", "apa", {"markup": "markdown"}),
    ("corpus.apa.txt", "apa", {}),
    ("corpus.apa.html", "apa", {"markup": "html"}),
    ("corpus.apa.tex", "apa", {"markup": "latex"}),
    ("corpus.apa-original.md", "apa", {"markup": "markdown", "script": "original"}),
]
# A format that is not listed is tried with the corpus as it is. The page holds the other formats, and its style and
# script: tests/test_page.py looks at each.
CASES += [
    (f"corpus.{name}", name, {})
    for name in formats.names()
    if formats.get(name).write and name not in {"html", *(target for _, target, _ in CASES)}
]


@pytest.mark.parametrize(("name", "target", "options"), CASES)
def test_corpus_is_written_byte_for_byte(corpus: refs.Library, golden, name: str, target: FormatName, options: dict):
    """Equal input gives equal bytes."""
    golden(name, refs.render(corpus, target, on_loss="ignore", **options))
