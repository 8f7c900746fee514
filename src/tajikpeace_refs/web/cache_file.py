"""One SQLite file that keeps what was found, for a later run: damage or a full disk is no reason to stop."""

from __future__ import annotations

import sqlite3
import threading
import warnings
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

from tajikpeace_refs.errors import UsageError


class CacheFile:
    """A file of rows that can be lost without harm. It can be used from many threads; close it in the end.

    Args:
        path: the file; it is made if it is not there.
        schema: SQL that makes the table, and fails in a file of another kind.

    Raises:
        UsageError: the file is no cache, or cannot be written.
    """

    def __init__(self, path: str | Path, schema: str) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._is_full = False
        with ExitStack() as stack:
            try:
                base = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
                self._base = stack.enter_context(closing(base))
                self._base.executescript(schema)
                self._base.execute("PRAGMA synchronous = OFF")  # what is lost is only asked for again
            except sqlite3.Error as error:
                raise UsageError(f"{path}: cannot be used as a cache ({error}); name a new file") from None
            stack.pop_all()

    def rows(self, query: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        """Return the rows of a query; none where the file is damaged."""
        try:
            with self._lock:
                return self._base.execute(query, values).fetchall()
        except sqlite3.Error:
            return []

    def write(self, statement: str, values: tuple[Any, ...]) -> None:
        """Write a row; where that fails it is said once, and the run goes on."""
        try:
            with self._lock:
                self._base.execute(statement, values)
        except sqlite3.Error as error:
            if not self._is_full:
                warnings.warn(f"{self._path}: the cache cannot be written ({error})", stacklevel=3)
            self._is_full = True

    def close(self) -> None:
        """Close the file."""
        self._base.close()
