"""How often each registry is asked: as its answers say, and not at all while it wants to be left alone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Literal

from tajikpeace_refs.registries.records import Registry
from tajikpeace_refs.web.schedule import POLL_S

FIRST_GAPS: dict[Registry, float] = {
    "crossref": 0.34, "datacite": 0.2, "openalex": 0.1, "openlibrary": 1.0, "arxiv": 3.0, "pubmed": 0.34, "doi": 0.2,
}  # fmt: skip
"""Seconds between two questions until an answer says otherwise, as the registries' manuals ask for."""
_MARGIN = 1.1
"""Clocks differ: of five in a second the sixth may come early."""
_LONG_AGO_S = 1e6
_SLOW_S = 1.0
"""Registries that want so long a pause want one question at a time (arXiv's terms of use)."""
_MOST = 4
"""Questions at once to one registry, unless it wants fewer."""


Kind = Literal["record", "search"]
"""What is asked for: registries may allow fewer searches than questions for one record."""


class Pace:
    """The pace of one registry, which all threads share: that of each kind, and that of the faster one for both."""

    def __init__(self, gap_s: float, is_stopped: Callable[[], bool]) -> None:
        self._is_stopped = is_stopped
        self._gaps: dict[Kind, float] = {"record": gap_s, "search": gap_s}
        self._last: dict[Kind, float] = {"record": -_LONG_AGO_S, "search": -_LONG_AGO_S}
        self._known: set[Kind] = set()
        self._held_until = 0.0
        self._limit, self._active = 1, 0  # until an answer says how many
        self._changed = threading.Condition()

    @contextmanager
    def turn(self, kind: Kind) -> Iterator[bool]:
        """Wait until the registry may be asked; what is given says whether it may, or the run was stopped."""
        with self._changed:
            while not self._is_stopped():
                wait_s = self._due(kind) - time.monotonic()
                if wait_s <= 0 and self._active < self._limit:
                    break
                self._changed.wait(min(wait_s, POLL_S) if wait_s > 0 else POLL_S)
            is_allowed = not self._is_stopped()
            self._active += 1
            self._last[kind] = time.monotonic()
        try:
            yield is_allowed
        finally:
            with self._changed:
                self._active -= 1
                self._changed.notify_all()

    def _due(self, kind: Kind) -> float:
        of_any = max(self._last.values()) + min(self._gaps.values())
        return max(self._held_until, self._last[kind] + self._gaps[kind], of_any)

    def hold(self, seconds: float) -> None:
        """Ask nothing for a time."""
        with self._changed:
            self._held_until = max(self._held_until, time.monotonic() + seconds)

    def learn(self, kind: Kind, headers: Mapping[str, str]) -> None:
        """Take rate and number of questions at once from the headers of an answer, as Crossref sends them."""
        rate, interval = _number(headers.get("x-rate-limit-limit")), headers.get("x-rate-limit-interval", "1s")
        with self._changed:
            if rate and (seconds := _number(interval.removesuffix("s"))):
                self._gaps[kind] = seconds / rate * _MARGIN
                self._known.add(kind)
                for other in self._gaps.keys() - self._known:
                    self._gaps[other] = max(self._gaps[other], self._gaps[kind])
            at_once = _number(headers.get("x-concurrency-limit"))
            self._limit = at_once or (_MOST if min(self._gaps.values()) < _SLOW_S else 1)
            self._changed.notify_all()


def _number(text: str | None) -> int:
    """Return the number that a header holds; 0 where it holds none."""
    text = (text or "").strip()
    return int(text[:9]) if text.isascii() and text.isdigit() else 0
