"""Text without what a comparison leaves aside."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Return the text for comparing: no case, no combining marks.

    >>> fold("Août"), fold("Тоҷикӣ")
    ('aout', 'тоҷики')
    """
    return "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
