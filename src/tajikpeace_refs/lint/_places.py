"""Where a YAML text has a value and each character of it, and what its comments switch off."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import replace
from functools import cached_property
from typing import Any

from tajikpeace_refs.lint._base import Finding, Violation
from tajikpeace_refs.model.validation import Path
from tajikpeace_refs.yaml_edit import is_plain
from tajikpeace_refs.yaml_tree import Tree, trace_tree

_OFF = re.compile(r"(?m)^(.*?)(?:(?<=\s)|^)#[ \t]*lint:[ \t]*off((?:[ \t,]+TP\d{3})+)")
_BREAK = re.compile("\r\n?|[\n\x85\u2028\u2029]")  # what YAML 1.1 counts as the end of a line


class Source:
    """A YAML text; it is traced only when a finding has to be placed."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _tree(self) -> Tree:
        return trace_tree(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _BREAK.finditer(self.text)), len(self.text) + 1]

    @cached_property
    def _bases(self) -> dict[str, Path]:
        """The path of each work by its id; the first counts, as for the loader."""
        data = self._tree.data
        top: Path = () if isinstance(data, list) else ("references",)
        works = data if isinstance(data, list) else data.get("references")
        bases: dict[str, Path] = {}
        for number, work in enumerate(works or []):
            if isinstance(work, dict):
                bases.setdefault(str(work.get("id")), (*top, number))
        return bases

    @cached_property
    def _off(self) -> dict[int, set[str]]:
        """The codes that are off, by line; line 0 is the whole file."""
        off: dict[int, set[str]] = defaultdict(set)
        for match in _OFF.finditer(self.text):
            line = bisect_right(self._starts, match.start()) if match[1].strip() else 0
            off[line].update(re.findall(r"TP\d{3}", match[2]))
        return off

    def place(self, finding: Finding, hit: Violation, *, of_source: bool) -> Finding | None:
        """Return the finding with its place and edit; None where it is off, or a fault of unquoted values only."""
        base = ("source",) if of_source else self._bases.get(finding.work_id, ()) if finding.work_id else ()
        path = (*base, *hit.path)
        if path not in self._tree.values and (*base, "custom", *hit.path) in self._tree.values:
            path = (*base, "custom", *hit.path)
        value = self._value(path)
        line, column = self._tree.place(path, at_key=value is None)
        start = self._starts[line - 1] + column - 1
        exact = path in self._tree.values
        if (
            hit.only_unquoted and not (value == hit.words and exact and self.text[start] not in "'\"|>")
        ) or self._is_off(finding.code, line, path):
            return None
        first, last = self._span(start, value if isinstance(value, str) else "", hit)
        verbatim = hit.replacement is not None and exact and self.text[first:last] == hit.words
        if verbatim and not hit.only_unquoted and isinstance(value, str) and self.text[start] not in "'\"|>":
            # Without quotes, the mended value might be a comment's beginning, or a mapping.
            verbatim = is_plain(value[: hit.at] + (hit.replacement or "") + value[hit.at + len(hit.words) :])
        edit = (first, last, hit.replacement or "") if verbatim else None
        if hit.words == value:  # the whole value: it begins with its quote
            first = start
        line = bisect_right(self._starts, first)
        begin = self._starts[line - 1]
        end = last - begin + 1 if first < last and bisect_right(self._starts, last) == line else None
        return replace(finding, line=line, column=first - begin + 1, end_column=end, edit=edit)

    def is_off(self, code: str, line: int | None) -> bool:
        """Whether a comment switches the code off for the file or on that line."""
        return any(code in self._off.get(number, ()) for number in (0, line or 0))

    def _is_off(self, code: str, line: int, path: Path) -> bool:
        """Whether a comment names the code: for the file, or on the line where a part of the path begins."""
        if not self._off:
            return False
        parts = [path[:length] for length in range(1, len(path) + 1)]
        lines = {
            place[0] for part in parts for held in (self._tree.keys, self._tree.values) if (place := held.get(part))
        }
        return any(self.is_off(code, number) for number in lines | {line})

    def _value(self, path: Path) -> Any:  # noqa: ANN401 - any node
        value = self._tree.data
        for step in path:
            if isinstance(value, dict):
                value = value.get(step)
            else:
                value = value[step] if isinstance(value, list) and isinstance(step, int) and step < len(value) else None
        return value

    def _span(self, start: int, value: str, hit: Violation) -> tuple[int, int]:
        """Return where the hit's words begin and end in the text; where that cannot be told, where the value begins."""
        text, end = self.text, hit.at + len(hit.words)
        if not hit.words:
            return start, start
        if value[hit.at : end] != hit.words:  # a name in its short spelling: the value is not in the text as such
            at = text.find(hit.words, start, self._starts[bisect_right(self._starts, start)])
            return (at, at + len(hit.words)) if at >= 0 else (start, start)
        header = re.compile(r"[|>][^\n]*\n\s*|['\"]?").match(text, start)
        begin = header.end() if header else start
        if text.startswith(value[:end], begin):
            return begin + hit.at, begin + end
        found = re.compile(f"{_written(value[: hit.at])}({_written(hit.words)})").match(text, begin)
        return found.span(1) if found else (start, start)


_WRITTEN = {
    **dict.fromkeys(" \n", r"(?:[ ]|[ \t]*\r?\n\s*)"),  # folded
    "'": "''?",
    '"': r'\\?"',
    "\\": r"\\\\?",
}


def _written(value: str) -> str:
    """Return a pattern of how YAML may write these characters."""
    escape = r"\\(?:x..|u.{4}|U.{8})"
    return "".join(_WRITTEN.get(char) or f"(?:{re.escape(char)}|{escape})" for char in value)
