"""Write the mapping tables of docs/formats.md from the rows that the readers and writers use.

Run: python scripts/formats_doc.py  (tests/test_docs.py compares the file with the rows)
"""

from __future__ import annotations

from pathlib import Path

from tajikpeace_refs.formats._bib.rows import ENTRY_TYPES, ROWS
from tajikpeace_refs.formats._ris.matrix import LINES, TY_TO_TYPE
from tajikpeace_refs.formats._ris.rows import rows_for, ty_of
from tajikpeace_refs.model.work import SPELLING

DOC = Path(__file__).parents[1] / "docs" / "formats.md"
START, END = "<!-- tables: made by scripts/formats_doc.py -->", "<!-- end of tables -->"


def tables() -> str:
    """Return the tables as Markdown."""
    ris: dict[str, list[str]] = {}
    for ty in TY_TO_TYPE:
        for row in rows_for(ty).values():
            if row.kind != "passthrough":
                ris.setdefault(row.variable, []).append(f"`{row.tag}`")
    lines = ["| CSL variable | biblatex | BibTeX | RIS | for the types |", "|---|---|---|---|---|"]
    for row in ROWS:
        tags = ", ".join(dict.fromkeys(ris.get(row.variable, ["none"])))
        types = ", ".join(row.types) or "any"
        lines.append(f"| `{SPELLING[row.variable]}` | `{row.biblatex}` | `{row.bibtex}` | {tags} | {types} |")
    lines += ["", "| CSL type | biblatex | BibTeX | RIS |", "|---|---|---|---|"]
    for entry in ENTRY_TYPES:
        subtype = f", `entrysubtype = {{{entry.subtype}}}`" if entry.subtype else ""
        lines.append(f"| `{entry.csl}` | `@{entry.biblatex}`{subtype} | `@{entry.bibtex}` | `{ty_of(entry.csl)}` |")
    lines += ["", "| RIS TY | what its tags mean |", "|---|---|"]
    for types, meanings in LINES:
        names = ", ".join("any" if ty == "*" else f"`{ty}`" for ty in types)
        pairs = [f"`{tag}{sign}{SPELLING.get(variable, '')}`" for tag, sign, variable in meanings]
        lines.append(f"| {names} | {' '.join(pairs)} |")
    return "\n".join(lines)


def render(text: str) -> str:
    """Return the document with its tables made anew."""
    before, rest = text.split(START)
    return f"{before}{START}\n\n{tables()}\n\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    DOC.write_text(render(DOC.read_text(encoding="utf-8")), encoding="utf-8")
