"""Earlier verdicts in one SQLite file: they can be used again for a time, and are the history of each address."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path

from tajikpeace_refs.errors import UsageError, masked
from tajikpeace_refs.links.verdict import LIVING, LinkReport

_SCHEMA = """
CREATE TABLE IF NOT EXISTS checks (url TEXT, checked_at REAL, verdict TEXT, report TEXT);
CREATE INDEX IF NOT EXISTS checks_url ON checks (url, checked_at);
"""


class Cache:
    """Verdicts by address. Only living ones are used again, for ``ttl_s`` seconds; the others are asked again.

    Each is written at once, so that a run after an interrupted one goes on where that stopped. Close it in the end.

    Raises:
        UsageError: the file is no cache, or cannot be written.
    """

    def __init__(self, path: str | Path, *, ttl_s: float = 86400.0) -> None:
        self._ttl_s = ttl_s
        with ExitStack() as stack:
            try:
                self._base = stack.enter_context(closing(sqlite3.connect(path, isolation_level=None)))
                self._base.executescript(_SCHEMA)
                self._base.execute("PRAGMA synchronous = OFF")  # a verdict that is lost is only asked for again
            except sqlite3.Error as error:
                raise UsageError(f"{path}: cannot be used as a cache ({error}); name a new file") from None
            stack.pop_all()

    def get(self, url: str, now: datetime) -> LinkReport | None:
        """Return the latest report on the address, passwords aside, if it is living and not too old."""
        latest = "SELECT checked_at, verdict, report FROM checks WHERE url = ? ORDER BY checked_at DESC, rowid DESC"
        row = self._base.execute(latest, (masked(url),)).fetchone()
        if row is None or row[1] not in LIVING or not 0 <= now.timestamp() - row[0] < self._ttl_s:
            return None
        source = f"from the cache, {datetime.fromtimestamp(row[0], UTC):%Y-%m-%d %H:%M}Z"
        return LinkReport.model_validate_json(row[2]).noted(source)

    def put(self, report: LinkReport, now: datetime) -> None:
        """Add a report to the history of its address."""
        row = (report.url, now.timestamp(), report.verdict, report.model_dump_json())
        self._base.execute("INSERT INTO checks VALUES (?, ?, ?, ?)", row)

    def history(self, url: str) -> str:
        """Return in words since when an address has failed, and when it was last alive."""
        rows = self._base.execute("SELECT checked_at, verdict FROM checks WHERE url = ?", (url,)).fetchall()
        last = max((at for at, verdict in rows if verdict in LIVING), default=0.0)
        first = min((at for at, _ in rows if at > last), default=0.0)
        parts = [("first failed", first), ("last alive", last)]
        return ", ".join(f"{word} {datetime.fromtimestamp(at, UTC):%Y-%m-%d}" for word, at in parts if at)

    def close(self) -> None:
        """Close the file."""
        self._base.close()
