"""Fidelity: what each tool loses on real files, ours beside pybtex, bibtexparser, rispy and pandoc.

The files are other people's and not part of this project: they are read from ``../shared/formats/corpora``, or from the
folder that the environment variable ``REFS_CORPORA`` names.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import warnings
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

import bibtexparser
import pypandoc
import rispy
from bibtexparser import middlewares
from pybtex.database import parse_string as pybtex_parse

import tajikpeace_refs as refs
from conformance.judge import Score, judge_bib, judge_ris

ROOT = Path(__file__).parents[1]
Trip = Callable[[str], str]


def corpora() -> Path:
    """Return the folder of real files; it may be missing."""
    return Path(os.environ.get("REFS_CORPORA", ROOT.parent / "shared" / "formats" / "corpora"))


def ours(*formats: str) -> Trip:
    """Return a trip through our formats, the first one read, each next written and read."""

    def trip(text: str) -> str:
        for source, target in pairwise(formats):
            library = refs.parse(text, source)
            text = refs.render(library, target, on_loss="ignore")
        return text

    return trip


def pybtex_trip(text: str) -> str:
    """Read and write with pybtex, errors forgiven."""
    from pybtex import errors

    with errors.capture():
        return str(pybtex_parse(text, "bibtex").to_string("bibtex"))


def bibtexparser_trip(text: str) -> str:
    """Read and write with bibtexparser's default stack."""
    return str(bibtexparser.write_string(bibtexparser.parse_string(text)))


def bibtexparser_latex_trip(text: str) -> str:
    """Read and write with bibtexparser, TeX decoded and encoded, names split and merged."""
    library = bibtexparser.parse_string(
        text, append_middleware=[middlewares.LatexDecodingMiddleware(), middlewares.SeparateCoAuthors(),
                                 middlewares.SplitNameParts()],
    )  # fmt: skip
    back = [middlewares.MergeNameParts(), middlewares.MergeCoAuthors(), middlewares.LatexEncodingMiddleware()]
    return str(bibtexparser.write_string(library, prepend_middleware=back))


def pandoc_trip(*formats: str) -> Trip:
    """Return a trip through pandoc's formats."""

    def trip(text: str) -> str:
        for source, target in pairwise(formats):
            text = pypandoc.convert_text(text, target, format=source, extra_args=["--standalone"])
        return text

    return trip


def rispy_trip(text: str) -> str:
    """Read and write with rispy."""
    return str(rispy.dumps(rispy.loads(text.lstrip("\ufeff"))))


BIB_TRIPS: dict[str, Trip] = {
    "tajikpeace-refs bib → bib": ours("bibtex", "bibtex"),
    "tajikpeace-refs bib → RIS → bib": ours("bibtex", "ris", "bibtex"),
    "tajikpeace-refs bib → CSL-JSON → bib": ours("bibtex", "csl-json", "bibtex"),
    "tajikpeace-refs bib → CSL-YAML → bib": ours("bibtex", "csl-yaml", "bibtex"),
    "pybtex bib → bib": pybtex_trip,
    "bibtexparser bib → bib (raw text)": bibtexparser_trip,
    "bibtexparser bib → bib (TeX, names)": bibtexparser_latex_trip,
    "pandoc bib → bib": pandoc_trip("biblatex", "biblatex"),
    "pandoc bib → CSL-JSON → bib": pandoc_trip("biblatex", "csljson", "biblatex"),
}
RIS_TRIPS: dict[str, Trip] = {
    "tajikpeace-refs RIS → RIS": ours("ris", "ris"),
    "tajikpeace-refs RIS → bib → RIS": ours("ris", "biblatex", "ris"),
    "tajikpeace-refs RIS → CSL-JSON → RIS": ours("ris", "csl-json", "ris"),
    "rispy RIS → RIS": rispy_trip,
}


def score(trip: Trip, files: Iterable[Path], judge: Callable[[str, str | None], Score]) -> Score:
    """Return what a trip does to files."""
    total = Score()
    for path in files:
        text = path.read_text(encoding="utf-8-sig")
        try:
            with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
                warnings.simplefilter("ignore")
                after = trip(text)
        except Exception as error:  # noqa: BLE001 - a peer may fail in any way: then it refused the file
            after = None
            total.examples.append(f"refused {path.name}: {str(error)[:100]}")
        total.add(judge(text, after))
    return total


def table(title: str, trips: dict[str, Trip], files: list[Path], judge: Callable[[str, str | None], Score]) -> str:
    """Return the scores of trips as a Markdown table."""
    lines = [f"### {title}", "", "| trip | refused | dropped | lost / 1,000 | changed / 1,000 | renamed / 1,000 |",
             "|---|---|---|---|---|---|"]  # fmt: skip
    for name, trip in trips.items():
        result = score(trip, files, judge)
        lines.append(
            f"| {name} | {result.refused} of {result.files} | {result.dropped} of {result.entries} | "
            f"{result.per_thousand(result.lost)} | {result.per_thousand(result.changed)} | "
            f"{result.per_thousand(result.renamed)} |"
        )
        if "--examples" in sys.argv and name.startswith("tajikpeace"):
            lines += [f"    {example}" for example in result.examples[:40]]
    return "\n".join(lines)


def main() -> int:
    """Print the tables; 0 also where the files are not there, which is said."""
    folder = corpora()
    if not folder.is_dir():
        print(f"formats: the real files are not here ({folder.name}); set REFS_CORPORA to their folder")
        return 0
    bibs = sorted(folder.glob("*.bib"))
    # Web of Science's own format is not RIS, whatever the name of the file says.
    risses = [path for path in sorted(folder.glob("*.ris")) if "\nTY" in f"\n{path.read_text(encoding='utf-8-sig')}"]
    print(table(f"{len(bibs)} real .bib files", BIB_TRIPS, bibs, judge_bib), end="\n\n")
    print(table(f"{len(risses)} real RIS files", RIS_TRIPS, risses, judge_ris))
    return 0


if __name__ == "__main__":
    sys.exit(main())
