"""Braces round whole values: those that mean nothing are dropped, those that are missing are put."""

from __future__ import annotations

import re

from tajikpeace_refs.formats._bib.latex_math import balanced
from tajikpeace_refs.formats._bib.names import NAMES
from tajikpeace_refs.formats._bib.rows import ROWS

# In titles they protect capitals, in names they make an organisation, in biblatex's lists they keep an "and".
_NAME_FIELDS = frozenset(
    {field for row in ROWS if row.codec is NAMES for field in (row.biblatex, row.bibtex)}
    | {"editora", "editorb", "editorc", "annotator", "commentator", "introduction", "foreword", "afterword", "holder",
       "shortauthor", "shorteditor", "namea", "nameb", "namec"}
)  # fmt: skip
_TITLE = re.compile(r"title(?:addon)?$|^shortjournal$|^csl-foreign-")
_BARE_VALUE = re.compile(r"(?<![\w:-])([\w:-]+)\s*=\s*([^\s{}\"#,][^{}\"#,\n]*+)(?=[,}]|\n\s*(?:[,}]|[\w-]+\s*=))")
_BRACE = re.compile("[{}]")
_SOUND_VALUE = re.compile(r"\d+|[^\W\d][^\s\"#%'(),={}]*")


def without_outer_braces(fields: dict[str, str]) -> dict[str, str]:
    """Return fields without the braces that enclose a whole value, as Web of Science writes all of them.

    Titles and names keep them. Keywords lose them only beside another field that has them: alone, they make one
    keyword of words with commas.

    >>> without_outer_braces({"year": "{1999}", "title": "{Old}"})
    {'year': '1999', 'title': '{Old}'}
    """
    enclosed = {field for field, raw in fields.items() if raw.lstrip().startswith("{") and _is_enclosed(field, raw)}
    if not enclosed - {"keywords"}:
        return fields
    return {field: _bare(raw) if field in enclosed else raw for field, raw in fields.items()}


def _is_enclosed(field: str, raw: str) -> bool:
    return not (field in _NAME_FIELDS or _TITLE.search(field) or " and " in raw) and _bare(raw) != raw


def _bare(raw: str) -> str:
    text = raw.strip()
    while text.startswith("{") and text.endswith("}") and balanced(text[1:-1]):
        text = text[1:-1].strip()
        raw = text
    return raw


def brace_bare_values(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Return an entry with braces round its values that have none and need them, and these values by field.

    >>> brace_bare_values("@book{x, year = 2010, eprint=1901.01234}")
    ('@book{x, year = 2010, eprint={1901.01234}}', [('eprint', '1901.01234')])
    """
    found: list[tuple[str, str]] = []
    done: list[str] = []
    at = depth = 0
    while match := _BARE_VALUE.search(text, at):
        depth += _depth(text[at : match.start()])
        value, end = match[2].rstrip(), match.end(1)
        if depth != 1:
            brace = _BRACE.search(text, end)
            end = brace.start() if brace else len(text)
        elif not _SOUND_VALUE.fullmatch(value):
            found.append((match[1].lower(), value))
            done.append(f"{text[at : match.start(2)]}{{{value}}}")
            at = match.start(2) + len(value)
            continue
        done.append(text[at:end])
        at = end
    return "".join([*done, text[at:]]), found


def _depth(text: str) -> int:
    return text.count("{") - text.count("}")
