"""How often each registry is asked: as its answers say, and not at all while it wants to be left alone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from tajikpeace_refs.registries.records import Registry
from tajikpeace_refs.web.schedule import POLL_S

FIRST_GAPS: dict[Registry, float] = {
    "crossref": 0.34, "datacite": 0.2, "openalex": 0.1, "openlibrary": 1.0, "arxiv": 3.0, "pubmed": 0.34, "doi": 0.2,
}  # fmt: skip
"""Seconds between two questions until an answer says otherwise, as the registries' manuals ask for."""
_MARGIN = 1.1
"""Clocks differ: of five in a second the sixth may come early."""
_MOST = 4
"""Questions at once to one registry, unless it wants fewer."""


class Pace:
    """The pace of one registry, which all threads share."""

    def __init__(self, gap_s: float, is_stopped: Callable[[], bool]) -> None:
        self._gap_s, self._is_stopped = gap_s, is_stopped
        self._limit = 1  # until an answer says how many
        self._active, self._last, self._not_before = 0, 0.0, 0.0
        self._changed = threading.Condition()

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Wait until the registry may be asked; what is given says whether it may, or the run was stopped."""
        with self._changed:
            while not self._is_stopped():
                wait_s = self._not_before - time.monotonic()
                if wait_s <= 0 and self._active < self._limit:
                    break
                self._changed.wait(min(wait_s, POLL_S) if wait_s > 0 else POLL_S)
            is_allowed = not self._is_stopped()
            self._active += 1
            self._last = time.monotonic()
            self._not_before = max(self._not_before, self._last + self._gap_s)
        try:
            yield is_allowed
        finally:
            with self._changed:
                self._active -= 1
                self._changed.notify_all()

    def hold(self, seconds: float) -> None:
        """Ask nothing for a time."""
        with self._changed:
            self._not_before = max(self._not_before, time.monotonic() + seconds)

    def learn(self, headers: Mapping[str, str]) -> None:
        """Take rate and number of questions at once from the headers of an answer, as Crossref sends them."""
        rate, interval = _number(headers.get("x-rate-limit-limit")), headers.get("x-rate-limit-interval", "1s")
        at_once = _number(headers.get("x-concurrency-limit"))
        with self._changed:
            if rate and (seconds := _number(interval.removesuffix("s"))):
                self._gap_s = seconds / rate * _MARGIN
                self._not_before = max(self._not_before, self._last + self._gap_s)
            self._limit = at_once or _MOST
            self._changed.notify_all()


def _number(text: str | None) -> int:
    """Return the number that a header holds; 0 where it holds none."""
    text = (text or "").strip()
    return int(text[:9]) if text.isascii() and text.isdigit() else 0
