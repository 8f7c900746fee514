"""Plain data to YAML text: which texts need quotes, one line, and blocks. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from tajikpeace_refs.yaml_text._reading import LINE_BREAK

_WHOLE = re.compile(r"0|[1-9][0-9]{0,14}")
"""A whole number reads as a number and prints as the same text."""

_LIKE_A_VALUE = re.compile(
    r"(?i:y|n|yes|no|on|off|true|false|null|~|\.inf|\.nan|<<|=)|0[0-9xob_].*|[-+.]?[0-9]\S*|[-+]?\.(inf|Inf|INF)"
    r"|\d{4}-\d\d?-\d\d?[ \t]+\d\d?:\d\d:\d\d.*"
)
"""A text that some reader might read as a number, a date, a truth value or nothing (none may)."""

_SAME_EVERYWHERE = re.compile(r"(?:0|[1-9]\d*)(?:-+[1-9]\d*)?")
"""Whole numbers and ranges, which are most values that begin with a digit, read the same everywhere."""

_ONLY_1_2 = re.compile(r"[yYnN]|0o[0-7]+|0\d+|[-+]?\d+(\.\d*)?[eE][-+]?\d+|\d{4}-\d\d?-\d\d?[Tt \t].*")
"""A text for PyYAML, and none for a reader of YAML 1.2, or for one that keeps to all of 1.1; or a point in time."""


def is_misread(text: str) -> bool:
    """Whether YAML 1.1 or 1.2 reads an unquoted scalar as a value that does not print as the same text."""
    if not _LIKE_A_VALUE.fullmatch(text) or _SAME_EVERYWHERE.fullmatch(text):
        return False
    try:
        return str(yaml.safe_load(text)) != text or bool(_ONLY_1_2.fullmatch(text))
    except (yaml.YAMLError, ValueError):
        return True


_WORDS = re.compile(r"[^\W\d_][\w ().;/–—-]*(?<! )")
"""Words that no reader takes for anything else, unless they look like a value."""


def is_plain(text: str) -> bool:
    """Whether a text reads as this very text without quotes, in a block and between braces."""
    if _WORDS.fullmatch(text) and not _LIKE_A_VALUE.fullmatch(text):
        return True
    try:
        read = [yaml.safe_load(source) for source in (f"a: {text}", f"{{a: {text}}}")]
    except (yaml.YAMLError, ValueError):
        return False
    return bool(_WHOLE.fullmatch(text)) or (read == [{"a": text}] * 2 and not is_misread(text))


_NEAR = 40
"""More than the longest number or date that a plain text could become."""
_BRACKETS = str.maketrans(",[]{}", "xxxxx")


def stays_plain(text: str, start: int, end: int, new: str) -> bool:
    """Whether a text that stands without quotes reads as such with another one in the place of a part.

    Neighbouring characters end a plain scalar (YAML 1.2.2, 7.3.3), and only a short one reads as a number: what stands
    farther off does not matter, nor what the place of the scalar has allowed so far.
    """
    before = text[max(start - _NEAR, 0) : start].translate(_BRACKETS)
    after = text[end : end + _NEAR].translate(_BRACKETS)
    return is_plain("x" * (start > _NEAR) + before + new + after + "x" * (end + _NEAR < len(text)))


def inline(value: Any, style: str = "") -> str:  # noqa: ANN401 - plain data
    """Return a value as YAML on one line: a text in the style given if it can be, unquoted only where that is safe."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{inline(key)}: {_held(key, held)}" for key, held in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(inline, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if style == '"' or not text.isprintable():
        return str(yaml.safe_dump(text, default_style='"', allow_unicode=True, width=float("inf"))).rstrip("\n")
    return text if style != "'" and is_plain(text) else "'" + text.replace("'", "''") + "'"


def _held(key: Any, value: Any) -> str:  # noqa: ANN401 - plain data
    # An id in digits is quoted: pandoc drops a work whose id is a number.
    return inline(value, "'" if key == "id" and _WHOLE.fullmatch(str(value)) else "")


def emit(data: Any, *, quotes_numbers: bool = False) -> str:  # noqa: ANN401 - plain data
    """Return plain data as YAML in blocks, names and dates in words on one line, lines of about 100 characters.

    ``quotes_numbers``: whole numbers stand in quotes, for readers that refuse a number where they expect a text.
    """
    content = _events(data, quotes_numbers=quotes_numbers)
    events = [yaml.StreamStartEvent(), yaml.DocumentStartEvent(explicit=False), *content]
    events += [yaml.DocumentEndEvent(explicit=False), yaml.StreamEndEvent()]
    text: str = yaml.emit(events, Dumper=getattr(yaml, "CDumper", yaml.Dumper), allow_unicode=True, width=100)
    return text


def _events(data: Any, *, quotes_numbers: bool) -> Iterator[yaml.Event]:  # noqa: ANN401 - plain data
    if isinstance(data, dict):
        yield yaml.MappingStartEvent(
            None, None, implicit=True, flow_style=not data.keys().isdisjoint({"family", "literal"})
        )
        for key, value in data.items():
            yield _scalar_event(key, quotes_numbers=quotes_numbers)
            yield from _events(value, quotes_numbers=quotes_numbers or key == "id")
        yield yaml.MappingEndEvent()
    elif isinstance(data, list):
        yield yaml.SequenceStartEvent(None, None, implicit=True, flow_style=False)
        for value in data:
            yield from _events(value, quotes_numbers=quotes_numbers)
        yield yaml.SequenceEndEvent()
    else:
        yield _scalar_event(data, quotes_numbers=quotes_numbers)


def _scalar_event(value: Any, *, quotes_numbers: bool) -> yaml.ScalarEvent:  # noqa: ANN401 - text or truth value
    if isinstance(value, bool):
        return yaml.ScalarEvent(None, None, (True, False), "true" if value else "false")
    text = str(value)
    if LINE_BREAK.search(text):
        return yaml.ScalarEvent(None, None, (False, True), text, style='"')
    quoted = not text or (_LIKE_A_VALUE.fullmatch(text) and (quotes_numbers or not _WHOLE.fullmatch(text)))
    return yaml.ScalarEvent(None, None, (not quoted, True), text, style="'" if quoted else None)
