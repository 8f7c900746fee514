"""Where a YAML text has what a rule found, and what its comments switch off."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property, lru_cache

from tajikpeace_refs.formats.csl_yaml import work_paths
from tajikpeace_refs.lint.rule import Finding, Text, Violation
from tajikpeace_refs.model.validation import Path
from tajikpeace_refs.model.work import NAME_VARIABLES, SPELLING, Work
from tajikpeace_refs.yaml_text import BLOCK_SCALAR, Node, Splice, YamlText, stays_plain

_OFF = re.compile(r"(?m)^(.*?)(?:(?<=\s)|^)#[ \t]*lint:[ \t]*off((?:[ \t,]+TP\d{3})+)")


class Source:
    """A YAML text that is linted."""

    def __init__(self, text: YamlText) -> None:
        self.text = text

    @cached_property
    def _paths(self) -> dict[str, Path]:
        return work_paths(self.text)

    @cached_property
    def _off(self) -> dict[int, set[str]]:
        """The codes that are off, by line; line 0 is the whole file."""
        off: dict[int, set[str]] = defaultdict(set)
        for match in _OFF.finditer(self.text.text):
            line = self.text.place_at(match.start())[0] if match[1].strip() else 0
            off[line].update(re.findall(r"TP\d{3}", match[2]))
        return off

    def place(self, finding: Finding, violation: Violation, *, of_source: bool) -> Finding | None:
        """Return the finding with its place and edit; None where a comment switches it off.

        None as well where the value is quoted and the fault is one of unquoted values only.
        """
        base = self._base(finding.work_id, of_source=of_source)
        path = self._written_path(base, violation)
        node = self.text.node(path)
        is_whole = node is not None and node.data == violation.words
        if violation.only_yaml and not _is_written(violation, node):
            return None
        if (violation.only_unquoted and not (node and is_whole and not node.style)) or self._is_off(finding.code, path):
            return None
        first, last = self.text.find(path, violation.words, violation.at)
        if violation.only_yaml == "name" and node:
            first, last = node.start, node.end
        edit = self._edit(node, path, violation, first, last) if node else None
        # A whole value begins with its quote.
        line, column = self.text.place_at(node.start if node and is_whole else first)
        end_line, end_column = self.text.place_at(last)
        end = end_column if first < last and end_line == line else None
        changes = () if of_source else finding.changes  # the source is no work of the list, which alone is changed so
        return replace(finding, line=line, column=column, end_column=end, edit=edit, changes=changes)

    def _base(self, work_id: str | None, *, of_source: bool) -> Path:
        return ("source",) if of_source else self._paths.get(work_id or "", ())

    def name_texts(self, work: Work, *, of_source: bool) -> Iterator[Text]:
        """Yield the texts that stand for names of a work, alone or in a list."""
        base = self._base(work.id, of_source=of_source)
        for name in NAME_VARIABLES:
            path = (SPELLING[name],)
            node = next(
                (found for each in (path, ("custom", *path)) if (found := self.text.node((*base, *each)))), None
            )
            for step, child in [(None, node), *node.children.items()] if node else ():
                if isinstance(child.data, str) and (step is None or isinstance(step, int)):
                    yield Text(child.data, path if step is None else (*path, step), work)

    def line_of(self, work_id: str) -> int | None:
        """Return the line in which a work begins, None where that is not known."""
        node = self.text.node(self._paths.get(work_id, ()))
        return self.text.place_at(node.start)[0] if node else None

    def _written_path(self, base: Path, violation: Violation) -> Path:
        """Return the path of a value as the file has it: under ``custom`` too, and extra fields by their old name."""
        path = violation.path
        paths = [path, ("custom", *path)]
        if path[:1] == ("extra",):
            paths.append(("foreign", *path[1:]))
        return next((found for each in paths if self.text.node(found := (*base, *each))), (*base, *path))

    def _edit(self, node: Node, path: Path, violation: Violation, first: int, last: int) -> Splice | None:
        """Return the edit that replaces the words of a violation; None if there is none, or it could harm."""
        if violation.only_yaml == "name" and violation.replacement is not None:
            return first, last, self._as_list(path, violation.replacement.split("\n"), first)
        if violation.replacement is None or self.text.text[first:last] != violation.words:
            return None
        if violation.only_unquoted or node.style or not isinstance(node.data, str):
            return first, last, violation.replacement
        # Without quotes the new value might be read as a comment, or as a mapping.
        end = violation.at + len(violation.words)
        is_safe = stays_plain(node.data, violation.at, end, violation.replacement)
        return (first, last, violation.replacement) if is_safe else None

    def _as_list(self, path: Path, names: list[str], start: int) -> str:
        """Return names as they stand where one text stood for them: as a list, or as items of the list it is in."""
        if not isinstance(path[-1], int):
            return names[0] if len(names) == 1 else f"[{', '.join(names)}]"
        around = self.text.node(path[:-1])
        line = self.text.text[self.text.text.rfind("\n", 0, start) + 1 : start]
        is_block = around is not None and around.style == "-"
        return f"\n{' ' * line.rindex('-')}- ".join(names) if is_block else ", ".join(names)

    def is_off(self, code: str, line: int | None) -> bool:
        """Whether a comment switches the code off for the file or on that line."""
        return any(code in self._off.get(number, ()) for number in (0, line or 0))

    def _is_off(self, code: str, path: Path) -> bool:
        """Whether a comment names the code: for the file, or on the line where a part of the path begins."""
        if not self._off:
            return False
        nodes = [node for length in range(1, len(path) + 1) if (node := self.text.node(path[:length]))]
        lines = {self.text.place_at(offset)[0] for node in nodes for offset in (node.begin, node.start)}
        return any(self.is_off(code, line) for line in (0, *lines))


def _is_written(violation: Violation, node: Node | None) -> bool:
    """Whether a YAML file has a value as the violation supposes it."""
    if node is None or not isinstance(node.data, str):
        return False
    if violation.only_yaml == "name":
        return node.style not in BLOCK_SCALAR
    return _has_unescaped(node.data, violation.words)


@lru_cache(maxsize=64)  # a long text may have the same words thousands of times
def _has_unescaped(text: str, words: str) -> bool:
    """Whether words stand in a text without a backslash before them."""
    at = text.find(words)
    while at > 0 and text[at - 1] == "\\":
        at = text.find(words, at + 1)
    return at >= 0
