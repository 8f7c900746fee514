"""Transliteration: Cyrillic into Latin letters, and the Latin form of a work.

The tables are data, a file a system and language, from the published systems that each names (docs/languages.md). A
letter or language without a table is never guessed: the text stays in its script, and ``gaps`` names it.
"""

from tajikpeace_refs.text.transliteration.detection import known_language, language_of, other_readings
from tajikpeace_refs.text.transliteration.romanising import Gap, gaps, romanise_letters, transliterate
from tajikpeace_refs.text.transliteration.tables import SYSTEMS, Table, table, with_tables, without_tables
from tajikpeace_refs.text.transliteration.works import (
    WorkGap,
    in_known_language,
    latin,
    latin_name,
    latin_text,
    work_gaps,
)  # fmt: skip

__all__ = [
    "SYSTEMS", "Gap", "Table", "WorkGap", "gaps", "in_known_language", "known_language", "language_of", "latin",
    "latin_name", "latin_text", "other_readings", "romanise_letters", "table", "transliterate", "with_tables",
    "without_tables", "work_gaps",
]  # fmt: skip
