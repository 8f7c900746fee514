"""Write the tables of docs/keys.md from the models.

Run: python -m scripts.keys_doc  (tests/test_docs.py compares the file with the models)
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from tajikpeace_refs.model.work import TYPES
from tajikpeace_refs.schema import PLACES, Key, keys

DOC = Path(__file__).parents[1] / "docs" / "keys.md"
START, END = "<!-- tables: made by scripts/keys_doc.py -->", "<!-- end of tables -->"


def _row(key: Key) -> str:
    value = "a [type](#types)" if (key.of, key.key) == ("work", "type") else key.value
    return (
        "| " + " | ".join([f"`{key.key}`", value, key.meaning, f"`{key.example.replace('|', chr(92) + '|')}`"]) + " |"
    )


def tables() -> str:
    """Return the keys as Markdown: a table for each place, and the list of types."""
    parts = []
    for of, group in groupby(keys(), key=lambda key: key.of):
        head = [f"## Keys of {PLACES[of]}", "", "| key | value | meaning | example |", "|---|---|---|---|"]
        parts.append("\n".join([*head, *map(_row, group)]))
    return "\n\n".join([*parts, "## Types", ", ".join(f"`{name}`" for name in TYPES) + "."])


def render(text: str) -> str:
    """Return the document with its tables made anew."""
    before, rest = text.split(START)
    return f"{before}{START}\n\n{tables()}\n\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    DOC.write_text(render(DOC.read_text(encoding="utf-8")), encoding="utf-8")
