"""The archived copy of a page nearest to when the work was read, by queries to the Wayback Machine (CDX protocol)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from tajikpeace_refs.links.verdict import LinkReport, Verdict
from tajikpeace_refs.model import PartialDate, Work

if TYPE_CHECKING:
    from tajikpeace_refs.web.client import Client, Response

CDX = "https://web.archive.org/cdx/search/cdx"
REPLAY = "https://web.archive.org/web/"

Fetch = Callable[[str, float], "Response"]
"""Asks for an address within some seconds."""


class Capture(NamedTuple):
    """One archived copy: its address, and the day on which it was made (ISO 8601)."""

    url: str
    date: str


@dataclass(frozen=True, slots=True)
class Archive:
    """Where copies are looked for: ``endpoint`` answers CDX queries, ``replay/TIME/URL`` shows a copy."""

    endpoint: str = CDX
    replay: str = REPLAY
    timeout_s: float = 30.0

    def find(self, url: str, until: str, fetch: Fetch) -> tuple[Capture | None, str]:
        """Return the last good capture at or before ``until`` (YYYYMMDDhhmmss), else the first after it, and a note.

        The note says why there is none; if the archive fails it says ``unknown`` and not ``no copy found``.
        """
        address = url.partition("#")[0]
        try:
            rows = self._rows({"url": address, "to": until, "limit": "-1"}, fetch)
            before = [row for row in rows if row[0] <= until]
            if before:
                return self._capture(max(before)), ""
            rows = self._rows({"url": address, "from": until, "limit": "1"}, fetch)
            after = [row for row in rows if row[0] > until]
        except Exception as error:  # noqa: BLE001 - an archive may fail in any way, all of which mean the same here
            return None, f"archive: unknown ({str(error)[:120] or type(error).__name__})"
        return (self._capture(min(after)), "") if after else (None, "archive: no copy found")

    def _rows(self, question: dict[str, str], fetch: Fetch) -> list[tuple[str, str]]:
        fixed = {"output": "json", "fl": "timestamp,original,statuscode", "filter": "statuscode:200"}
        answer = fetch(f"{self.endpoint}?{urlencode({**question, **fixed})}", self.timeout_s)
        if answer.status != 200:
            raise ValueError(answer.detail or f"the archive answers {answer.status}")
        rows = json.loads(answer.body)
        if not rows:
            return []
        place = {name: rows[0].index(name) for name in ("timestamp", "original", "statuscode")}
        good = [row for row in rows[1:] if row[place["statuscode"]] == "200" and len(row[place["timestamp"]]) == 14]
        return [(row[place["timestamp"]], row[place["original"]]) for row in good]

    def _capture(self, row: tuple[str, str]) -> Capture:
        stamp, original = row
        return Capture(f"{self.replay}{stamp}/{original}", f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}")


def wanted_until(work: Work, now: datetime) -> str:
    """Return until when (YYYYMMDDhhmmss) a copy shows what was cited: the date accessed, else issued, else now."""
    for date in (work.accessed, work.issued):
        if date is not None and (stamp := _end_of(date)) and stamp <= f"{now:%Y%m%d%H%M%S}":
            return stamp
    return f"{now:%Y%m%d%H%M%S}"


def _end_of(date: PartialDate) -> str | None:
    """Return the last second of a date (YYYYMMDDhhmmss), of a year that of December; None where it has no year."""
    point = next((each for each in reversed(date.points) if each is not None), None)
    if point is None or point.year < 1:
        return None
    month = point.month if point.month and point.month <= 12 else 12
    day = point.day or 31  # the texts are only compared, so February 31 does no harm
    return f"{point.year:04d}{month:02d}{day:02d}235959"


_NEEDS_COPY = frozenset({Verdict.DEAD, Verdict.SOFT_404, Verdict.UNCERTAIN})


class Copies:
    """Looks for archived copies in two threads of its own, so that other reports need not wait for the archive."""

    def __init__(self, archive: Archive | None, client: Callable[[], Client]) -> None:
        self._archive = archive
        self._pending: set[Future[LinkReport]] = set()
        if archive is not None:
            self._pool, self._client = ThreadPoolExecutor(2), client()

    def look_up(self, report: LinkReport, until: str) -> Iterator[LinkReport]:
        """Yield the report if it needs no copy, and every earlier report whose search has ended."""
        if self._archive is None or report.verdict not in _NEEDS_COPY:
            yield report
        else:
            self._pending.add(self._pool.submit(self._find, self._archive, report, until))
        for future in [each for each in self._pending if each.done()]:
            self._pending.remove(future)
            yield future.result()

    def rest(self) -> Iterator[LinkReport]:
        """Yield the reports that still wait for the archive."""
        for future in as_completed(self._pending):
            yield future.result()

    def close(self) -> None:
        """Give up the searches that have not begun."""
        if self._archive is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._client.close()

    def _find(self, archive: Archive, report: LinkReport, until: str) -> LinkReport:
        copy, trouble = archive.find((report.url or "").strip(), until, self._fetch)
        found = {"archive_url": copy.url, "archive_date": copy.date} if copy else {}
        return report.noted(trouble, **found)

    def _fetch(self, url: str, timeout_s: float) -> Response:
        return self._client.get(url, timeout_s, body_s=timeout_s)
