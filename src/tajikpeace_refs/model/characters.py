"""The characters that no text of a work may have."""

from __future__ import annotations

import re
from typing import Any

# Half a surrogate pair and U+FFFE, U+FFFF are no characters (Unicode 16, 3.8 and 23.7); XML 1.0, YAML 1.2 and RIS
# exclude the control characters.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def forbidden_character(text: str) -> str | None:
    """Return a message if the text has a control character or half a surrogate pair, which no format can hold."""
    # Nearly every text is printable, and a search by character class takes ten times as long.
    found = None if text.isprintable() else _FORBIDDEN.search(text)
    return f"the character U+{ord(found[0]):04X} is not allowed; remove it" if found else None


def without_forbidden(text: str) -> str:
    """Return a text without the characters that no text of a work may have."""
    return text if text.isprintable() else _FORBIDDEN.sub("", text)


def fault_of(value: Any) -> str | None:  # noqa: ANN401 - any value
    """Return the message for the first forbidden character of a text, or of the texts of a list; None for none."""
    if isinstance(value, str):
        return forbidden_character(value)
    return next(filter(None, map(fault_of, value)), None) if isinstance(value, tuple) else None
