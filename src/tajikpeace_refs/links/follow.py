"""Redirects and retries of one URL: ``Visit.advance`` takes an answer and returns what to ask next. Pure.

Redirects are not left to requests, so that scheme, address and loops are checked at each of them; nor are waits, so
that nothing sleeps past the deadline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from tajikpeace_refs.links.evidence import Cited, evidence
from tajikpeace_refs.links.page import Page, fragment_state
from tajikpeace_refs.links.soft404 import judge
from tajikpeace_refs.links.verdict import Outcome, Reason, Redirect, is_transient, reason_of_status
from tajikpeace_refs.web.address import host_of, next_url
from tajikpeace_refs.web.faults import AddressError
from tajikpeace_refs.web.schedule import Mood, NextRequest

MAX_REDIRECTS = 30
"""Browsers stop after 20 redirects, requests after 30."""
RETRY_AFTER_CAP_S = 10.0
"""A host that wants to be left alone for longer is asked once more after ``_SECOND_TRY_S``, not twice."""
_SECOND_TRY_S = 5.0
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
    guarded: bool = False
    """Whether the headers say that a guard against robots answers."""


def mood_of(exchange: Exchange) -> Mood:
    """Return what an answer says of its host."""
    if exchange.fault is Reason.TIMEOUT:
        return Mood.SILENT
    if (exchange.retry_after_s or 0) > RETRY_AFTER_CAP_S and exchange.status in {429, 503}:
        return Mood.LIMITED
    return Mood.GOOD if exchange.status and exchange.status < 400 else Mood.OTHER


@dataclass(frozen=True, slots=True)
class Target:
    """Why an address is asked for: the fragments that are cited, and what the works that cite it would show."""

    fragments: tuple[str, ...] = ()
    works: tuple[Cited, ...] = ()


@dataclass(slots=True)
class Visit:
    """The state of asking for one URL. Time in the queue of a host does not count as spent."""

    url: str
    target: Target = Target()
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
    refusal: Exchange | None = None
    """The last refusal of port 80, after which the page is asked for by https."""

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

    def advance(
        self, exchange: Exchange, elapsed_s: float, jitter: float, *, is_final: bool = False
    ) -> NextRequest | Outcome:
        """Return what to ask next, or the outcome, after an answer that took ``elapsed_s`` seconds.

        ``jitter``, from 0 to 1, spreads the waits of many visits. ``is_final``: the host is not asked again.
        """
        self.attempts += 1
        self.spent_s += elapsed_s
        self.cookies = exchange.cookies
        self.resolved |= exchange.resolved
        reason = exchange.fault or (Reason.BLOCKED if exchange.guarded else reason_of_status(exchange.status or 0))
        if is_transient(reason, exchange.status) and self.retried < self.retries and not is_final:
            wait = self._wait(exchange, jitter)
            if wait is not None:
                self.retried += 1
                self.spent_s += wait
                return NextRequest(self.at, wait, hold_host=exchange.retry_after_s is not None)
        may_ask_again = self.retries and not self.timed_out and not is_final and self.remaining_s > _RESERVE_S
        if exchange.fault is Reason.TIMEOUT and may_ask_again:
            self.timed_out = True
            return NextRequest(self.at)
        if reason is Reason.REFUSED and self.refusal is None and (secure := _by_https(self.at)):
            self.refusal, self.at = exchange, secure
            return NextRequest(secure)
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
            wait = exchange.retry_after_s
            if wait > RETRY_AFTER_CAP_S:
                if self.retried:
                    return None
                wait = _SECOND_TRY_S
            wait = min(wait, max(room, 0))
        else:
            wait = 0.5 * 2.0**self.retried * (0.5 + jitter)
        return wait if wait <= room else None

    def _redirect(self, exchange: Exchange, location: str | None) -> NextRequest | Outcome:
        status = exchange.status or 0
        if location is None:
            return self._outcome(exchange, Reason.BAD_REDIRECT, "it redirects without an address")
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
        if self.refusal is not None and exchange.status is None and exchange.fault is not Reason.TLS:
            exchange, reason, self.at = self.refusal, Reason.REFUSED, self.at.replace("https://", "http://", 1)
        is_got = reason is Reason.OK
        found = evidence(exchange.page, self.target.works)
        judged = judge(self.url, self.at, self.redirects, exchange.page, found) if is_got else None
        return Outcome(
            url=self.url,
            reason=reason,
            status=exchange.status,
            final_url=self.at,
            redirects=tuple(self.redirects),
            soft=judged.reason if judged else None,
            is_certain=judged is None or judged.is_certain,
            attempts=self.attempts,
            elapsed_s=round(self.spent_s, 3),
            detail="; ".join(filter(None, (detail or exchange.detail, found.words if is_got else ""))),
            fragments=tuple((each, fragment_state(exchange.page, each)) for each in self.target.fragments if is_got),
            resolved=self.resolved,
            asked_https=self.refusal is not None,
        )

    def failed(self, error: Exception) -> Outcome:
        """Return the outcome where this program fails: every address gets a verdict."""
        self.attempts += 1
        return self._outcome(Exchange(), Reason.INTERNAL_ERROR, f"{type(error).__name__}: {error}")


def _by_https(url: str) -> str | None:
    """Return the https address for one whose port 80 is closed; None where it has another port or scheme."""
    scheme, _, rest = url.partition("://")
    host = rest.partition("/")[0]
    return f"https://{rest}" if scheme.lower() == "http" and not re.search(r":\d+$", host) else None
