"""How the parts of a reference are put together: joints, full stops, and the place of a year's letter."""

from __future__ import annotations

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


def end_sentence(text: str) -> str:
    """Return the text with a full stop, unless it is closed already (APA 9.5)."""
    return text if not text or is_closed(text) else text + "."


def with_year_suffix(text: str, letter: str) -> str:
    """Return a rendered text with the letter of its year, or without one: ``n.d.-a``, ``n.d.``."""
    return text.replace(YEAR_SUFFIX, letter) if letter else text.replace(f"-{YEAR_SUFFIX}", "").replace(YEAR_SUFFIX, "")
