"""APA conformance: ours beside the recorded peers, by tier.

Runs the project's own cases and, where ``../shared/apa/manual.json`` (or the file that APA_MANUAL names) is present,
the manual's examples. A listed known gap that passes and an unlisted case that fails both fail the run.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tajikpeace_refs.apa import reference_list
from tajikpeace_refs.formats._csl.items import work_from_csl
from tajikpeace_refs.model import Work
from tajikpeace_refs.options import WriteOptions

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "data" / "apa" / "cases.json"
MANUAL = Path(os.environ.get("APA_MANUAL", ROOT.parent / "shared" / "apa" / "manual.json"))
GAPS = Path(__file__).parent / "apa_known_gaps.yaml"
TIERS = ("manual", "rule", "dirty", "model", "list")
PEERS = {
    "biblatex_apa": "biblatex-apa 9.20",
    "citeproc_js": "citeproc-js 1.4.63",
    "pandoc": "pandoc 3.9",
    "citeproc_py": "citeproc-py 0.11.1",
}
OURS = "tajikpeace-refs"

Texts = str | list[str]


@dataclass(frozen=True)
class Case:
    """One case: what goes in, what must come out, what the peers print. ``right`` is None where nobody can say."""

    id: str
    tier: str
    rule: str
    items: Any
    right: Texts | None
    peers: dict[str, Texts]

    def ours(self) -> Texts:
        """What we print: a text, or the texts of a list."""
        items = self.items if isinstance(self.items, list) else [self.items]
        entries = reference_list([work_of(item) for item in items], WriteOptions(markup="markdown"))
        texts = [entry.text for entry in entries]
        return texts if isinstance(self.items, list) else texts[0]


def work_of(item: dict[str, Any]) -> Work:
    """Return the work of a CSL-JSON item; the cases have no mistakes."""
    found = work_from_csl(item)
    if isinstance(found, list):
        raise ValueError(f"{item.get('id')}: {found}")
    return found


def cases(path: Path) -> list[Case]:
    """Return the cases of a file; none where it is not present."""
    if not path.exists():
        return []
    records = json.loads(path.read_text(encoding="utf-8"))
    return [
        Case(r["id"], r["tier"], r["rule"], r["csl_json"], r["adjudicated"], r.get("expected_by", {})) for r in records
    ]


def known_gaps() -> dict[str, str]:
    """Return the cases that are known to fail, with the reason."""
    gaps: dict[str, str] = yaml.safe_load(GAPS.read_text(encoding="utf-8"))["gaps"]
    return gaps


def same(ours: Texts | None, right: Texts | None) -> bool:
    """Whether two outputs are one, white space, kinds of quotation marks and of ellipses aside."""
    return _bare(ours) == _bare(right)


def without_brackets(markdown: str) -> str:
    """Return a reference in Markdown with its addresses as they are printed, without angle brackets."""
    return re.sub(r"<(https?://[^<>\s]*)>", r"\1", markdown)


def _bare(value: Texts | None) -> Texts | None:
    if value is None or isinstance(value, list):
        return value and [str(_bare(text)) for text in value]
    value = re.sub("[“”„]", '"', re.sub("[‘’]", "'", value)).replace(". . .", "…").replace("...", "…")
    return re.sub(r"\s+", "", without_brackets(value))


def score(found: list[Case]) -> dict[str, Counter[str]]:
    """Return how many cases each tool has right, by tier."""
    scores: dict[str, Counter[str]] = {name: Counter() for name in (OURS, *PEERS.values())}
    for case in found:
        scores[OURS][case.tier] += same(case.ours(), case.right)
        for key, name in PEERS.items():
            scores[name][case.tier] += same(case.peers.get(key), case.right)
    return scores


def main() -> int:
    """Print the score table and what broke; return 1 where the ratchet is broken."""
    from rich.box import MARKDOWN
    from rich.console import Console
    from rich.table import Table

    console = Console(width=160)
    everything = cases(CASES) + cases(MANUAL)
    if not MANUAL.exists():
        console.print("the manual's examples are not present (../shared/apa/manual.json): own cases only")
    found = [case for case in everything if case.right is not None]
    sizes = Counter(case.tier for case in found)
    table = Table(box=MARKDOWN)
    for heading in ("", "right", *(f"{tier} {sizes[tier]}" for tier in TIERS)):
        table.add_column(heading)
    for name, counts in score(found).items():
        total = sum(counts.values())
        table.add_row(
            name, f"{total} of {len(found)} ({100 * total / len(found):.0f} %)", *(str(counts[tier]) for tier in TIERS)
        )
    console.print(table)
    messages = broken(found, known_gaps())
    for message in messages:
        console.print(message, markup=False, highlight=False)
    console.print(f"{len(everything) - len(found)} case(s) without an agreed answer; {len(known_gaps())} known gap(s)")
    return 1 if messages else 0


def broken(found: list[Case], gaps: Mapping[str, str]) -> list[str]:
    """Return what breaks the ratchet: gaps that pass or that name no case, and failures that are not listed."""
    ids = {case.id for case in found}
    messages = [f"{gap} is listed as a gap and is no case here" for gap in gaps if gap not in ids and MANUAL.exists()]
    for case in found:
        ours = case.ours()
        if same(ours, case.right):
            if case.id in gaps:
                messages.append(f"{case.id} is listed as a gap and passes: take it off {GAPS.name}")
        elif case.id not in gaps:
            messages.append(f"{case.id} ({case.rule})\n  right: {case.right}\n  ours:  {ours}")
    return messages


if __name__ == "__main__":
    sys.exit(main())
