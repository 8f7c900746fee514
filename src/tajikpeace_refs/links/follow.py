"""Redirects and retries of one URL: ``Visit.advance`` takes an answer and returns what to ask next. Pure.

Redirects are not left to requests, so that scheme, address and loops are checked at each of them; nor are waits, so
that nothing sleeps past the deadline.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tajikpeace_refs.links.page import Page, fragment_state
from tajikpeace_refs.links.soft404 import judge
from tajikpeace_refs.links.verdict import Outcome, Reason, Redirect, is_transient, reason_of_status
from tajikpeace_refs.web.address import host_of, next_url
from tajikpeace_refs.web.faults import AddressError
from tajikpeace_refs.web.schedule import NextRequest

MAX_REDIRECTS = 30
"""Browsers stop after 20 redirects, requests after 30."""
RETRY_AFTER_CAP_S = 10.0
_RESERVE_S = 0.5
_FIRST_SHARE = 0.6
"""The part of the time for a first attempt, so that a server that hung or had to wake up can be asked again."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Exchange:
    """The answer to one request: a status with headers and page, or the ``fault`` that prevented an answer."""

    status: int | None = None
    fault: Reason | None = None
    detail: str = ""
    location: str | None = None
    """The ``Location`` header, read as Latin-1 (as http.client does)."""
    retry_after_s: float | None = None
    page: Page | None = None
    refresh: tuple[int, str] | None = None
    """Seconds and address of a refresh, from a header or from the page."""
    cookies: Any = None
    """The cookies to send to the next address of this visit; visits do not share them."""
    cookie_state: tuple[tuple[str, ...], ...] = ()
    resolved: bool = False


@dataclass(slots=True)
class Visit:
    """The state of asking for one URL. Time in the queue of a host does not count as spent."""

    url: str
    fragments: tuple[str, ...] = ()
    timeout_s: float = 20.0
    retries: int = 2
    at: str = ""
    spent_s: float = 0.0
    attempts: int = 0
    retried: int = 0
    timed_out: bool = False
    redirects: list[Redirect] = field(default_factory=list)
    seen: set[tuple[Any, ...]] = field(default_factory=set)
    cookies: Any = None
    resolved: bool = False

    def __post_init__(self) -> None:
        self.at = self.at or self.url
        self.seen.add((self.at.partition("#")[0], ()))

    @property
    def host(self) -> str:
        """The host to ask next, which names its queue."""
        return host_of(self.at)

    @property
    def remaining_s(self) -> float:
        """The seconds left for this visit."""
        return self.timeout_s - self.spent_s

    @property
    def attempt_s(self) -> float:
        """The seconds that the next request may take."""
        return self.remaining_s if self.timed_out or not self.retries else self.remaining_s * _FIRST_SHARE

    def advance(self, exchange: Exchange, elapsed_s: float, jitter: float) -> NextRequest | Outcome:
        """Return what to ask next, or the outcome, after an answer that took ``elapsed_s`` seconds.

        ``jitter``, from 0 to 1, spreads the waits of many visits.
        """
        self.attempts += 1
        self.spent_s += elapsed_s
        self.cookies = exchange.cookies
        self.resolved |= exchange.resolved
        reason = exchange.fault or reason_of_status(exchange.status or 0)
        if is_transient(reason, exchange.status) and self.retried < self.retries:
            wait = self._wait(exchange, jitter)
            if wait is not None:
                self.retried += 1
                self.spent_s += wait
                return NextRequest(self.at, wait, hold_host=exchange.retry_after_s is not None)
        if exchange.fault is Reason.TIMEOUT and self.retries and not self.timed_out and self.remaining_s > _RESERVE_S:
            self.timed_out = True
            return NextRequest(self.at)
        if exchange.fault is None and exchange.status in _REDIRECTS:
            return self._redirect(exchange, exchange.location)
        if reason is Reason.OK and exchange.refresh:
            seconds, target = exchange.refresh
            if seconds <= 1:
                return self._redirect(exchange, target.encode("utf-8", "replace").decode("latin-1"))
        return self._outcome(exchange, reason)

    def _wait(self, exchange: Exchange, jitter: float) -> float | None:
        """Return the seconds to wait before asking again, or None where no time is left for an answer."""
        room = self.remaining_s - _RESERVE_S
        if exchange.retry_after_s is not None:
            if exchange.retry_after_s > RETRY_AFTER_CAP_S and self.retried:
                return None  # a server that wants an hour is asked once more, not twice
            wait = min(exchange.retry_after_s, RETRY_AFTER_CAP_S, max(room, 0))
        else:
            wait = 0.5 * 2.0**self.retried * (0.5 + jitter)
        return wait if wait <= room else None

    def _redirect(self, exchange: Exchange, location: str | None) -> NextRequest | Outcome:
        status = exchange.status or 0
        if location is None:
            return self._outcome(exchange, Reason.BAD_REDIRECT, "it says it redirects, but not where to")
        try:
            target = next_url(self.at, location)
        except AddressError as error:
            # After a refresh that leads nowhere the reader still has the page.
            return self._outcome(exchange, Reason.OK if status == 200 else Reason(error.fault.value), str(error))
        visited = (target.partition("#")[0], exchange.cookie_state)
        if visited in self.seen:
            if status == 200:  # a page that reloads itself is a page
                return self._outcome(exchange, Reason.OK)
            self.redirects.append(Redirect(status, self.at))
            return self._outcome(exchange, Reason.REDIRECT_LOOP, f"comes back to {target}")
        self.redirects.append(Redirect(status, self.at))
        if len(self.redirects) > MAX_REDIRECTS:
            return self._outcome(exchange, Reason.REDIRECT_LOOP, f"more than {MAX_REDIRECTS} redirects")
        self.seen.add(visited)
        self.at = target
        return NextRequest(target)

    def _outcome(self, exchange: Exchange, reason: Reason, detail: str = "") -> Outcome:
        is_got = reason is Reason.OK
        return Outcome(
            url=self.url,
            reason=reason,
            status=exchange.status,
            final_url=self.at,
            redirects=tuple(self.redirects),
            soft=judge(self.url, self.at, self.redirects, exchange.page) if is_got else None,
            attempts=self.attempts,
            elapsed_s=round(self.spent_s, 3),
            detail=detail or exchange.detail,
            fragments=tuple((each, fragment_state(exchange.page, each)) for each in self.fragments if is_got),
            resolved=self.resolved,
        )

    def failed(self, error: Exception) -> Outcome:
        """Return the outcome where this program fails: every address gets a verdict."""
        self.attempts += 1
        return self._outcome(Exchange(), Reason.INTERNAL_ERROR, f"{type(error).__name__}: {error}")
