"""Make the pictures of the documentation: docs/images/terminal.svg, page.png and page-dark.png.

Run: python -m scripts.pictures  (the page needs Chromium; tests/test_docs.py compares the terminal with the commands)
"""

from __future__ import annotations

import io
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

import tajikpeace_refs as refs
from scripts.browser import CHROMIUM, chromium

IMAGES = Path(__file__).parents[1] / "docs" / "images"
TERMINAL = IMAGES / "terminal.svg"
COLUMNS = 72
COMMANDS = (
    "tajikpeace-refs lint",
    "tajikpeace-refs export --to apa",
    'tajikpeace-refs cite "[see @usmonov2006, p. 5]"',
    "tajikpeace-refs export -o references.bib --script latin",
)
# Three slips that lint finds: a check digit, a Latin o in a Russian word, a language that is none.
SAMPLE = """\
references:
  - id: lederach1997
    type: book
    title: "Building peace: Sustainable reconciliation in divided societies"
    author: [{family: Lederach, given: John Paul}]
    issued: 1997
    publisher: United States Institute of Peace Press
    ISBN: 1-878379-73-8
  - id: usmonov2006
    type: book
    title: Миростроительствo в Таджикистане
    translated-title: Peacebuilding in Tajikistan
    author: [{family: Усмонов, given: И.}]
    issued: 2006
    publisher: Деваштич
    publisher-place: Душанбе
    language: rus
"""
# Rich's own template loads a font from elsewhere.
_SVG = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img">
<title>tajikpeace-refs in a terminal</title>
<style>
.{unique_id}-matrix {{
  font: {char_height}px/{line_height}px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal"><rect width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def session() -> list[tuple[str, str]]:
    """Return each command with what it prints, both streams, in a folder that holds the sample."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "references.yaml").write_text(SAMPLE, encoding="utf-8")
        return [(command, _output(command, folder)) for command in COMMANDS]


def _output(command: str, folder: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tajikpeace_refs", *shlex.split(command)[1:]],
        cwd=folder, env={**os.environ, "COLUMNS": str(COLUMNS), "PYTHONUTF8": "1"}, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    return done.stdout.decode("utf-8")


def terminal() -> str:
    """Return the picture of the session as SVG."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    for number, (command, output) in enumerate(session()):
        console.print(Text.assemble("\n" if number else "", ("$ ", "bold green"), (command, "bold")))
        console.print(Text.from_ansi(output.rstrip("\n")))
    return console.export_svg(title="", code_format=_SVG, unique_id="terminal")


def page(folder: Path) -> None:
    """Photograph the page of the shipped corpus down to its second work, light and dark."""
    html = folder / "references.html"
    refs.export(refs.load(), html, on_loss="ignore")
    with chromium() as browser:
        for scheme, name in (("light", "page.png"), ("dark", "page-dark.png")):
            shown = browser.new_page(viewport={"width": 800, "height": 760}, color_scheme=scheme)
            shown.goto(html.as_uri())
            end = shown.evaluate("document.querySelector('#works > li:nth-child(2)').getBoundingClientRect().bottom")
            shown.screenshot(path=IMAGES / name, clip={"x": 0, "y": 0, "width": 800, "height": end}, full_page=True)


def main() -> None:
    """Write the pictures."""
    IMAGES.mkdir(exist_ok=True)
    TERMINAL.write_text(terminal(), encoding="utf-8")
    if CHROMIUM is None:
        sys.exit("no chromium on this machine (scripts/install_browser.sh): the pictures of the page stay as they are")
    with tempfile.TemporaryDirectory() as folder:
        page(Path(folder))


if __name__ == "__main__":
    main()
