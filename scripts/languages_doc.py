"""Write the table of docs/languages.md from the tables of romanisation.

Run: python scripts/languages_doc.py  (tests/test_docs.py compares the file with the tables)
"""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from tajikpeace_refs.options import Scheme
from tajikpeace_refs.text.transliteration import SYSTEMS, table, with_tables, without_tables

DOC = Path(__file__).parents[1] / "docs" / "languages.md"
START, END = "<!-- tables: made by scripts/languages_doc.py -->", "<!-- end of tables -->"


def tables() -> str:
    """Return the tables as Markdown: schemes, letters, sources of each language and system, remarks."""
    schemes: tuple[Scheme, ...] = get_args(Scheme)
    systems = {SYSTEMS[scheme].tables: scheme for scheme in reversed(schemes)}
    lines = ["| `--scheme` | what it is | Юный Щёголев, советский объезд (Russian) |", "|---|---|---|"]
    russian = {scheme: table("ru", scheme) for scheme in schemes}
    for scheme, each in russian.items():
        if each:
            sample = " ".join(map(each.romanised, ["Юный", "Щёголев", "советский", "объезд"]))
            lines.append(f"| `{scheme}` | {SYSTEMS[scheme].name} | {sample} |")
    lines += ["", "| language | ALA-LC | BGN/PCGN | BSI | ISO 9 |", "|---|---|---|---|---|"]
    remarks = []
    for tag, name in with_tables().items():
        cells = []
        for system in ("ala-lc", "bgn-pcgn", "bsi", "iso-9"):
            found = table(tag, systems[system])
            cells.append(f"[{found.source}]({found.url})" if found else "none")
            if found and system != "iso-9":
                remarks += [f"- {name}, {SYSTEMS[systems[system]].tables}: {remark}" for remark in found.remarks]
        lines.append(f"| {name} (`{tag}`) | {' | '.join(cells)} |")
    lines.append(
        "| " + ", ".join(f"{name} (`{tag}`)" for tag, name in without_tables().items()) + " | none | none | none |"
    )
    lines[-1] += f" {cells[-1]} |"
    return "\n".join([*lines, "", "Remarks:", "", *dict.fromkeys(remarks)])


def render(text: str) -> str:
    """Return the document with its tables made anew."""
    before, rest = text.split(START)
    return f"{before}{START}\n\n{tables()}\n\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    DOC.write_text(render(DOC.read_text(encoding="utf-8")), encoding="utf-8")
