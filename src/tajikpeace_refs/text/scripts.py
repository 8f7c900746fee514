"""Which script a text is in: the one set of letters for Cyrillic, for Latin, and for what is neither."""

from __future__ import annotations

import re
import unicodedata

CYRILLIC = "\u0400-\u052f\u1c80-\u1c8f\u1d2b\u2de0-\u2dff\ua640-\ua69f"
"""The Cyrillic letters (Unicode blocks Cyrillic to Cyrillic Extended-B), as the inside of a set of characters."""
LATIN = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
"""The Latin letters, as the inside of a set of characters."""
RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
"""The letters of the scripts written from right to left (Hebrew to Arabic Extended-A), as the inside of a set."""
OTHER_SCRIPT = (
    "[\u0530-\u1c7f\u1c90-\u1cbf\u2d00-\u2ddf\u3040-\ua63f\uac00-\ud7ff\uf900-\ufaff\ufb1d-\ufdff\ufe70-\ufefc]"
)
"""A letter of a script that is none of Latin, Greek and Cyrillic, as a set of characters."""
TAJIK = "ғӣқӯҳҷҒӢҚӮҲҶ"
"""The letters of Tajik that Russian has not."""
_TWINS = "AАaаBВCСcсEЕeеHНKКkкMМOОoоPРpрTТXХxхYУyуËЁëёȲӮȳӯIІiіÏЇïїJЈjјSЅsѕhһqԛ"
CYRILLIC_TWIN = dict(zip(_TWINS[::2], _TWINS[1::2], strict=True))
"""The Cyrillic letter that looks like a Latin one."""
LATIN_TWIN = dict(zip(_TWINS[1::2], _TWINS[::2], strict=True))
"""The Latin letter that looks like a Cyrillic one."""
_CYRILLIC = re.compile(f"[{CYRILLIC}]")
# From Greek on, punctuation and signs aside.
_NOT_LATIN = re.compile(
    "[\u0370-\u1cff\u2c80-\u2dff\u2e80-\u2fdf\u3040-\ua69f\uac00-\ud7ff\uf900-\ufaff\ufb1d-\ufdff\ufe70-\ufefc]"
)


def has_cyrillic(text: str) -> bool:
    """Whether a text holds a Cyrillic letter."""
    return not text.isascii() and _CYRILLIC.search(text) is not None


def is_latin(text: str) -> bool:
    """Whether a text holds no letter of another script."""
    return text.isascii() or _NOT_LATIN.search(text) is None


# ISO 15924 code of each script, by the word that the names of its letters begin with in Unicode.
_CODES = {
    "ARABIC": "Arab", "ARMENIAN": "Armn", "CJK": "Hani", "CYRILLIC": "Cyrl", "DEVANAGARI": "Deva", "GEORGIAN": "Geor",
    "GREEK": "Grek", "HANGUL": "Kore", "HEBREW": "Hebr", "HIRAGANA": "Jpan", "KATAKANA": "Jpan",
}  # fmt: skip
_LATIN = re.compile(f"[{LATIN}]")


def script_of(text: str) -> str:
    """Return the code of the script (ISO 15924) of a text without Latin letters, else nothing.

    >>> script_of("غفوراف"), script_of("Каримов, А."), script_of("Karimov"), script_of("Мир, peace")
    ('Arab', 'Cyrl', '', '')
    """
    if _LATIN.search(text) or not (found := _NOT_LATIN.search(text)):
        return ""
    return _CODES.get(unicodedata.name(found[0], "").partition(" ")[0], "")
