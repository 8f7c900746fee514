"""Whole numbers in texts: what is written in decimal digits, and short enough to be counted with."""

from __future__ import annotations

_MOST_DIGITS = 18
"""More are an identifier, or noise; Python itself refuses to read more than 4,300."""


def whole_number(text: str) -> int | None:
    """Return the number that a text is; None where it is none, as ``²`` and ``①``, or too long to count anything.

    >>> whole_number("12"), whole_number("²"), whole_number("1" * 5000), whole_number("")
    (12, None, None, None)
    """
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None
