"""Earlier answers in one SQLite file, so that a second run asks nothing again."""

from __future__ import annotations

import time
import zlib
from pathlib import Path

from tajikpeace_refs.web.cache_file import CacheFile

_SCHEMA = """
CREATE TABLE IF NOT EXISTS answers (question TEXT PRIMARY KEY, asked_at REAL, is_there INTEGER, body BLOB);
SELECT question, asked_at, is_there, body FROM answers LIMIT 0;
"""
_ABSENT_S = 86400.0
"""For so long it is believed that a registry has no record: new ones come every day."""
_LARGEST = 1 << 24
"""Bytes of an answer that are unpacked."""


class AnswerCache:
    """The bodies of answers by question; it can be used from many threads. Close it in the end.

    Raises:
        UsageError: the file is no cache, or cannot be written.
    """

    def __init__(self, path: str | Path, *, age_s: float) -> None:
        self._file, self._age_s = CacheFile(path, _SCHEMA), age_s

    def get(self, question: str) -> tuple[bool, bytes] | None:
        """Return whether there was a record, and the answer; None where it is not known or too old."""
        found = self._file.rows("SELECT asked_at, is_there, body FROM answers WHERE question = ?", (question,))
        row = next(iter(found), None)
        if row is None or not isinstance(row[0], (int, float)) or not isinstance(row[2], bytes):
            return None
        age_s = time.time() - row[0]
        if not 0 <= age_s < (self._age_s if row[1] else min(self._age_s, _ABSENT_S)):
            return None
        try:
            return bool(row[1]), zlib.decompressobj().decompress(row[2], _LARGEST)
        except zlib.error:  # a damaged row: nothing is known
            return None

    def put(self, question: str, body: bytes, *, is_there: bool) -> None:
        """Keep an answer; where that fails it is said once, and the run goes on."""
        row = (question, time.time(), is_there, zlib.compress(body))
        self._file.write("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", row)

    def close(self) -> None:
        """Close the file."""
        self._file.close()
