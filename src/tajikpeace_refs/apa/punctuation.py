"""How the parts of a reference are put together: joints, full stops, and the place of a year's letter."""

from __future__ import annotations

import re

YEAR_SUFFIX = "\ue00d"  # where the letter of a year goes
_OUTER = "\"'”’»" + "".join(map(chr, range(0xE000, 0xE00C)))


def is_closed(text: str) -> bool:
    """Whether the text ends a sentence by itself: in ``.``, ``?`` or ``!``, quotation marks and italics aside."""
    return text.rstrip(_OUTER)[-1:] in {".", "?", "!", "…", "。", "？", "！"}


def join_spaces(*parts: str) -> str:
    """Join what is not empty by spaces."""
    return " ".join([part for part in parts if part])


def join_commas(*parts: str) -> str:
    """Join what is not empty by commas."""
    return ", ".join([part for part in parts if part])


def end_sentence(text: str, *, is_english: bool = True) -> str:
    """Return the text with a full stop, unless it is closed already (9.5).

    In English it stands inside the quotation marks (6.7); other languages set it behind them.

    >>> end_sentence("Help of “Dr. Squall”"), end_sentence('A board of 12"'), end_sentence("The sailors’")
    ('Help of “Dr. Squall.”', 'A board of 12".', 'The sailors’.')
    >>> end_sentence("O romane “Reka”", is_english=False)
    'O romane “Reka”.'
    """
    if not text or is_closed(text):
        return text
    if not is_english:
        return text + "."
    start = len(text.rstrip(_OUTER))
    for place in range(start, len(text)):
        if _closes_quotation(text, place):
            return f"{text[:place]}.{text[place:]}"
    return text + "."


_OPENING_APOSTROPHE = re.compile(r"(?<![^\W_])'(?=\w)")


def _closes_quotation(text: str, place: int) -> bool:
    """Whether a sign closes a quotation, and is neither an apostrophe nor the sign of a measure; French signs aside."""
    sign = text[place]
    if sign == "”":
        return text[-1] != "»"
    if sign == '"':
        return text.count('"') % 2 == 0
    if sign == "’":
        return "‘" in text
    return sign == "'" and _OPENING_APOSTROPHE.search(text) is not None


def with_year_suffix(text: str, letter: str) -> str:
    """Return a rendered text with the letter of its year, or without one: ``n.d.-a``, ``n.d.``."""
    return text.replace(YEAR_SUFFIX, letter) if letter else text.replace(f"-{YEAR_SUFFIX}", "").replace(YEAR_SUFFIX, "")
