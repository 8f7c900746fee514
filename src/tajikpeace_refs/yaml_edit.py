"""Change single values in a YAML text and leave every other line as its author wrote it. Pure.

The text is never parsed and written again: the places of the values are taken from PyYAML's marks, and the new values
are spliced in there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import yaml
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from tajikpeace_refs.errors import UsageError

# A plain whole number reads as a number and prints as the same text.
_WHOLE = re.compile(r"0|[1-9][0-9]{0,14}")


def set_values(text: str, edits: Iterable[tuple[str, str, str]]) -> str:
    r"""Return the text with those values set: replaced where the work has the variable, else inserted.

    A new variable gets a line of its own, after ``URL`` where there is one, else at the end of its work. Comments,
    order, quotes and line ends of all other lines stay. ``edits`` are ``(work id, variable in CSL's spelling, value)``.

    >>> text = "- id: a  # first\n  title: One\n"
    >>> print(set_values(text, [("a", "title", "Two: or"), ("a", "archive-date", "2012-03-01")]))
    - id: a  # first
      title: 'Two: or'
      archive-date: '2012-03-01'
    <BLANKLINE>

    Raises:
        UsageError: a work is not in the text, or the text is no list of works.
    """
    if text.startswith("\ufeff"):  # the C reader does not count it
        return "\ufeff" + set_values(text[1:], edits)
    works = _works(text)
    splices: list[tuple[int, int, str]] = []
    for (work_id, variable), value in {(work_id, variable): value for work_id, variable, value in edits}.items():
        if work_id not in works:
            raise UsageError(f"no work has the id {work_id!r} in the text; nothing is changed")
        work = works[work_id]
        held = next((node for key, node in work.value if key.value == variable), None)
        splices.append(_inserted(text, work, variable, value) if held is None else _replaced(text, held, value))
    return spliced(text, splices)


def spliced(text: str, splices: Iterable[tuple[int, int, str]]) -> str:
    """Return the text with each ``(start, end, new)`` spliced in, of those at one place in the order given."""
    pieces, done = [], 0
    for start, end, new in sorted(splices, key=lambda splice: splice[0]):
        pieces += [text[done:start], new]
        done = end
    return "".join([*pieces, text[done:]])


def locate(text: str, variable: str) -> dict[str, int]:
    """Return the line (from 1) of that variable in each work that has it, else of the work itself, by id."""
    lines = {}
    for work_id, work in _works(text).items():
        key = next((key for key, _ in work.value if key.value == variable), work)
        lines[work_id] = key.start_mark.line + 1
    return lines


def _works(text: str) -> dict[str, MappingNode]:
    """Return the works of the text by id."""
    try:
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise UsageError(f"the text is no YAML: {error}") from None
    if isinstance(root, MappingNode):
        root = next((value for key, value in root.value if key.value == "references"), None)
    if not isinstance(root, SequenceNode):
        raise UsageError("the text holds no list of works")
    works = [item for item in root.value if isinstance(item, MappingNode)]
    return {node.value: work for work in works for key, node in work.value if key.value == "id"}


def _end(text: str, node: Node) -> int:
    """Return where a value ends: PyYAML ends a block at the next token, past blank lines and comments."""
    if isinstance(node, ScalarNode):
        # The mark of a block scalar stands after its line end, and after blank lines that belong to nobody.
        return node.start_mark.index + len(text[node.start_mark.index : node.end_mark.index].rstrip())
    if not isinstance(node, CollectionNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(text, last[1] if isinstance(last, tuple) else last)


def _replaced(text: str, held: Node, value: str) -> tuple[int, int, str]:
    start, end = held.start_mark.index, _end(text, held)
    new = _scalar(value, held.style if isinstance(held, ScalarNode) else None)
    if start == end:  # "key:" with nothing after it
        return start, end, new if text[start - 1 : start].isspace() else f" {new}"
    if not isinstance(held, ScalarNode) and text[text.rfind("\n", 0, start) + 1 : start].isspace():
        start = len(text[:start].rstrip())  # a block value begins on its own line; a scalar stands beside its key
        new = f" {new}"
    return start, end, new


def _inserted(text: str, work: MappingNode, variable: str, value: str) -> tuple[int, int, str]:
    pairs = work.value
    after = next((node for key, node in pairs if key.value == "URL"), pairs[-1][1])
    end = _end(text, after)
    pair = f"{variable}: {_scalar(value)}"
    if work.flow_style:
        return end, end, f", {pair}"
    line = " " * pairs[0][0].start_mark.column + pair
    line_end = text.find("\n", end)
    if line_end < 0:
        return len(text), len(text), f"\n{line}"
    newline = "\r\n" if text[line_end - 1 : line_end] == "\r" else "\n"
    return line_end + 1, line_end + 1, line + newline


def _scalar(value: str, style: str | None = None) -> str:
    """Return the value as YAML: as it is where every reader takes it for this very text, else quoted."""
    if style == '"' or not value.isprintable():
        return str(yaml.safe_dump(value, default_style='"', allow_unicode=True, width=float("inf"))).rstrip("\n")
    if style != "'" and is_plain(value):
        return value
    return "'" + value.replace("'", "''") + "'"


def is_plain(value: str) -> bool:
    """Whether a value reads as this very text without quotes, in a block and between braces."""
    try:
        read = (yaml.safe_load(text) for text in (f"a: {value}", f"{{a: {value}}}"))
        return bool(_WHOLE.fullmatch(value)) or all(each == {"a": value} for each in read)
    except yaml.YAMLError:
        return False
