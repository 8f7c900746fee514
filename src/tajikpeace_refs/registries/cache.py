"""Earlier answers in one SQLite file, so that a second run asks nothing again."""

from __future__ import annotations

import sqlite3
import threading
import time
import warnings
import zlib
from contextlib import ExitStack, closing
from pathlib import Path

from tajikpeace_refs.errors import UsageError

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
        self._path, self._age_s = path, age_s
        self._lock = threading.Lock()
        self._is_full = False
        with ExitStack() as stack:
            try:
                base = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
                self._base = stack.enter_context(closing(base))
                self._base.executescript(_SCHEMA)
                self._base.execute("PRAGMA synchronous = OFF")  # an answer that is lost is only asked for again
            except sqlite3.Error as error:
                raise UsageError(f"{path}: cannot be used as a cache ({error}); name a new file") from None
            stack.pop_all()

    def get(self, question: str) -> tuple[bool, bytes] | None:
        """Return whether there was a record, and the answer; None where it is not known or too old."""
        try:
            with self._lock:
                rows = "SELECT asked_at, is_there, body FROM answers WHERE question = ?"
                row = self._base.execute(rows, (question,)).fetchone()
            if row is None or not isinstance(row[0], (int, float)) or not isinstance(row[2], bytes):
                return None
            age_s = time.time() - row[0]
            if not 0 <= age_s < (self._age_s if row[1] else min(self._age_s, _ABSENT_S)):
                return None
            return bool(row[1]), zlib.decompressobj().decompress(row[2], _LARGEST)
        except (sqlite3.Error, zlib.error):  # a damaged file: nothing is known
            return None

    def put(self, question: str, body: bytes, *, is_there: bool) -> None:
        """Keep an answer; where that fails it is said once, and the run goes on."""
        row = (question, time.time(), is_there, zlib.compress(body))
        try:
            with self._lock:
                self._base.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", row)
        except sqlite3.Error as error:
            if not self._is_full:
                warnings.warn(f"{self._path}: the cache cannot be written ({error})", stacklevel=2)
            self._is_full = True

    def close(self) -> None:
        """Close the file."""
        self._base.close()
