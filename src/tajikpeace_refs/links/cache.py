"""Earlier outcomes in one SQLite file: they can be used again for a time, and are the history of each address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from tajikpeace_refs.errors import masked
from tajikpeace_refs.links.follow import Target
from tajikpeace_refs.links.verdict import LIVING, Outcome, Verdict
from tajikpeace_refs.web.cache_file import CacheFile

# The names are those of the first version, which kept reports: its rows are still the history of their addresses.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS checks (url TEXT, checked_at REAL, verdict TEXT, report TEXT);
CREATE INDEX IF NOT EXISTS checks_url ON checks (url, checked_at);
SELECT url, checked_at, verdict, report FROM checks LIMIT 0;
"""
_ROWS = """
SELECT checked_at, verdict, report FROM checks
WHERE url = ? AND typeof(checked_at) IN ('real', 'integer') AND checked_at BETWEEN 0 AND ?
ORDER BY checked_at DESC, rowid DESC
"""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a row holds: an outcome, and for what it was asked (a digest)."""

    asked_for: str
    outcome: Outcome


_KEPT = TypeAdapter(_Kept)


class Cache:
    """A file with the results of link checks, for `check_links`. Call `close` at the end.

    A page that was there is not asked for again for some time; other addresses are. Results are written at once, so
    that a check that was interrupted continues where it stopped. Addresses with a password are not kept.
    """

    def __init__(self, path: str | Path, *, ttl_s: float = 86400.0) -> None:
        """Open the file, or make it.

        Args:
            path: the file.
            ttl_s: how long the result for a living page is used, in seconds.

        Raises:
            UsageError: the file is no cache, or cannot be written.
        """
        """Open the file, or make it.

        Args:
            path: the file.
            ttl_s: how long the result for a living page is used, in seconds.

        Raises:
            UsageError: the file is no cache, or cannot be written.
        """
        self._file, self._ttl_s = CacheFile(path, _SCHEMA), ttl_s

    def get(self, url: str, target: Target, now: datetime) -> Outcome | None:
        """Return the latest outcome if it is living, not too old, and was asked for the same works and fragments.

        A row that cannot be read is none.
        """
        row = next(iter(self._rows(url, now)), None)
        if row is None or row[1] not in LIVING or now.timestamp() - row[0] >= self._ttl_s:
            return None
        try:
            kept = _KEPT.validate_json(row[2])
        except (ValidationError, ValueError):
            return None
        outcome = kept.outcome
        if kept.asked_for != _digest(target) or outcome.url != url:
            return None
        source = f"from the cache, {_time(row[0]):%Y-%m-%d %H:%M}Z"
        detail = "; ".join(filter(None, (outcome.detail, source)))
        return replace(outcome, attempts=0, elapsed_s=0.0, resolved=False, detail=detail)

    def put(self, outcome: Outcome, target: Target, verdict: Verdict, now: datetime) -> None:
        """Add an outcome to the history of its address; if that fails, one message is printed."""
        held = _KEPT.dump_json(_Kept(_digest(target), outcome)).decode()
        if masked(held) != held:
            return
        row = (outcome.url, now.timestamp(), verdict, held)
        self._file.write("INSERT INTO checks VALUES (?, ?, ?, ?)", row)

    def history(self, url: str, now: datetime) -> str:
        """Return in words since when an address has failed, and when it was last alive."""
        rows = self._rows(url, now)
        last = max((at for at, verdict, _ in rows if verdict in LIVING), default=0.0)
        first = min((at for at, _, _ in rows if at > last), default=0.0)
        parts = [("first failed", first), ("last alive", last)]
        return ", ".join(f"{word} {_time(at):%Y-%m-%d}" for word, at in parts if at)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _rows(self, url: str, now: datetime) -> list[tuple[float, object, str]]:
        """Return time, verdict and what is held of each check of an address until now, the latest first."""
        return self._file.rows(_ROWS, (url, now.timestamp()))


def _time(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _digest(target: Target) -> str:
    """Return what stands for the works and fragments that an address is asked for, in any order."""
    held = (sorted(target.fragments), sorted(map(repr, target.works)))
    return sha256(repr(held).encode()).hexdigest()[:16]
