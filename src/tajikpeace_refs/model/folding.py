"""Text without what a comparison leaves aside."""

from __future__ import annotations

import unicodedata
from itertools import filterfalse


def fold(text: str) -> str:
    """Return the text for comparing: no case, no combining marks.

    >>> fold("Août"), fold("Тоҷикӣ")
    ('aout', 'тоҷики')
    """
    text = text.casefold()
    if text.isascii():
        return text
    return "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFKD", text)))
