"""When which address is asked for: one queue per host with a limit and a gap, and a limit over all hosts.

A redirect puts the visit into the queue of the next host, and a retry puts it back with a time: no thread sleeps while
another host could be asked, and hosts that are only reached by redirects are asked as gently as others.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from heapq import heappop, heappush
from itertools import count
from queue import Empty, SimpleQueue
from typing import Any, Generic, Protocol, TypeVar

from tajikpeace_refs.web.address import host_of

Answer_contra = TypeVar("Answer_contra", contravariant=True)
Result_co = TypeVar("Result_co", covariant=True)
Outcome = TypeVar("Outcome")


@dataclass(frozen=True, slots=True)
class NextRequest:
    """What to ask next: ``url``, after ``wait_s`` seconds; ``hold_host``: no visit asks that host before."""

    url: str
    wait_s: float = 0.0
    hold_host: bool = False


class Visit(Protocol[Answer_contra, Result_co]):
    """The state of asking for one address, redirects and retries included."""

    cookies: Any

    @property
    def at(self) -> str:
        """The address to ask next."""

    @property
    def host(self) -> str:
        """The host of that address, which names its queue."""

    @property
    def attempt_s(self) -> float:
        """The seconds that the next request may take."""

    def advance(
        self, answer: Answer_contra, elapsed_s: float, jitter: float, /, *, is_final: bool = False
    ) -> NextRequest | Result_co:
        """Return what to ask next, or the result, after an answer that took ``elapsed_s`` seconds.

        ``is_final``: the host is not asked again.
        """

    def failed(self, error: Exception, /) -> Result_co:
        """Return the result where this program fails."""


SILENCES = 3
"""After so many time-outs in turn a host gets ``SHORT_S`` for each further address, and no second attempt."""
SHORT_S = 2.0
POLL_S = 0.1
"""How often, in seconds, is looked whether a run has been stopped."""


class Mood(Enum):
    """What an answer says of its host."""

    GOOD = "good"
    LIMITED = "limited"
    """It wants to be left alone for longer than anybody waits."""
    CLOSED = "closed"
    """The same of one whose word stands at once, whatever it answered before."""
    SILENT = "silent"
    """No answer in time."""
    OTHER = "other"


class Clock:
    """Time and waiting for the whole checker; tests pass one that does not wait."""

    def monotonic(self) -> float:
        """Return seconds from an unspecified start."""
        return time.monotonic()

    def now(self) -> datetime:
        """Return date and time in UTC."""
        return datetime.now(UTC)

    def wait(self, changed: threading.Condition, seconds: float) -> None:
        """Wait until notified, at most for that time."""
        changed.wait(seconds)


class Pace:
    """How often one host is asked, by how many requests at once, and how many silences it may have; some listen."""

    def __init__(self, gap_s: float, limit: int, silences: int = SILENCES) -> None:
        self.gap_s, self.limit, self.silences = gap_s, limit, silences
        self.not_before = 0.0

    def due(self, visit: Visit[Any, Any] | None) -> float:  # noqa: ARG002 - for those that listen
        """Return when a visit, or a new one, may ask."""
        return self.not_before

    def begin(self, visit: Visit[Any, Any], now: float) -> None:  # noqa: ARG002 - as above
        """Note that a visit asks now."""
        self.hold(now + self.gap_s)

    def hold(self, until: float) -> None:
        """Let nobody ask before that time."""
        self.not_before = max(self.not_before, until)

    def hear(self, visit: Visit[Any, Any], answer: Any, now: float) -> None:  # noqa: ANN401 - the visits' answers
        """Learn from an answer what the host wants."""


@dataclass(slots=True)
class _Host:
    pace: Pace
    fresh: deque[str] = field(default_factory=deque)
    waiting: list[tuple[float, int, Visit[Any, Any]]] = field(default_factory=list)
    active: int = 0
    version: int = 0
    has_answered: bool = False
    limited_at: float | None = None
    """When it first wanted to be left alone; from then on it is asked by one visit only, until it answers."""
    silences: int = 0
    """How often in turn it did not answer in time."""
    last_word: Any = None
    """The answer that stands for all further ones."""


class Schedule(Generic[Outcome]):
    """Gives visits to worker threads, each when its host may be asked.

    A ``Visit`` is created when its address is first asked for; until then only the address is held. ``is_open``: more
    visits are added while it runs, until it is sealed.
    """

    def __init__(
        self,
        targets: Mapping[str, Any],
        visit: Callable[[str, Any], Visit[Any, Outcome]],
        *,
        pace_of: Callable[[str], Pace],
        clock: Clock,
        mood_of: Callable[[Any], Mood] = lambda _answer: Mood.OTHER,
        is_open: bool = False,
    ) -> None:
        self._targets, self._visit, self._mood_of = targets, visit, mood_of
        self._pace_of, self._clock = pace_of, clock
        self._hosts: dict[str, _Host] = {}
        self._ready: list[tuple[float, int, str, int]] = []  # time, tie-break, host, version
        self._tick = count()
        self._changed = threading.Condition()
        self._watched = False
        self.size = len(targets)
        self._open = self.size + is_open
        for url in targets:
            self._host(host_of(url)).fresh.append(url)
        with self._changed:
            for host in self._hosts:
                self._enqueue(host)

    def take(self) -> Visit[Any, Outcome] | None:
        """Return the next visit whose host may be asked, if need be after waiting; None when all are finished."""
        with self._changed:
            while self._open > 0:
                wait = None
                if self._ready:
                    when, _, name, version = self._ready[0]
                    if version != self._hosts[name].version:
                        heappop(self._ready)
                        continue
                    now = self._clock.monotonic()
                    if when <= now:
                        heappop(self._ready)
                        visit = self._start(name, now)
                        if self._ready:
                            self._changed.notify()  # the next may be due as well
                        return visit
                    wait = when - now
                self._wait(wait)
            return None

    def add(self, visit: Visit[Any, Outcome]) -> None:
        """Take one more visit, before the schedule is sealed."""
        with self._changed:
            self._open += 1
            self._put(visit, 0.0)

    def seal(self) -> None:
        """Take no more visits: the workers end when those that are there have finished."""
        with self._changed:
            self._close_one()

    def finish(self, visit: Visit[Any, Outcome], host: str, request: NextRequest | None) -> None:
        """Take a visit back from a worker, with its next request or finished (None)."""
        with self._changed:
            state = self._hosts[host]
            state.active -= 1
            if request is None:
                self._close_one()
            else:
                when = self._clock.monotonic() + request.wait_s
                if request.hold_host:
                    state.pace.hold(when)
                self._put(visit, when if request.wait_s else 0.0)
            self._enqueue(host)

    def heard(self, visit: Visit[Any, Outcome], answer: Any, started: float) -> None:  # noqa: ANN401 - the visits' answers
        """Remember what an answer to a request of a visit that began at a time says of its host."""
        mood = self._mood_of(answer)
        with self._changed:
            host = self._hosts[visit.host]
            host.pace.hear(visit, answer, self._clock.monotonic())
            if mood is Mood.GOOD:
                host.has_answered, host.limited_at, host.last_word = True, None, None
            host.silences = host.silences + 1 if mood is Mood.SILENT else 0
            if mood is Mood.CLOSED:
                host.last_word = answer
            if mood is Mood.LIMITED and not host.has_answered:
                if host.limited_at is not None and started > host.limited_at:
                    host.last_word = answer
                elif host.limited_at is None:
                    host.limited_at = self._clock.monotonic()

    def last_word(self, name: str) -> Any:  # noqa: ANN401 - the visits' answers
        """Return the answer of a host that stands for all further ones; None where it has to be asked."""
        with self._changed:
            return self._hosts[name].last_word

    def gives_up(self, name: str) -> bool:
        """Whether a host is not asked again: its last word is known, or it was silent too often."""
        return self.last_word(name) is not None or self.is_silent(name)

    def is_silent(self, name: str) -> bool:
        """Whether a host was silent so often that its further addresses get little time."""
        with self._changed:
            host = self._hosts[name]
            return host.silences >= host.pace.silences

    def stop(self) -> None:
        """Give out no more visits."""
        with self._changed:
            self._open = 0
            self._changed.notify_all()

    def _wait(self, seconds: float | None) -> None:
        # One thread waits for the time, the others for it: else each gap would wake every idle thread.
        if seconds is None or self._watched:
            self._changed.wait()
            return
        self._watched = True
        try:
            self._clock.wait(self._changed, seconds)
        finally:
            self._watched = False
            self._changed.notify()

    def _close_one(self) -> None:
        self._open -= 1
        if self._open <= 0:
            self._changed.notify_all()

    def _start(self, name: str, now: float) -> Visit[Any, Outcome]:
        host = self._hosts[name]
        # Visits that have begun go first, so that few are open at once.
        if not host.fresh or (host.waiting and host.waiting[0][0] <= now):
            _, _, visit = heappop(host.waiting)
        else:
            url = host.fresh.popleft()
            visit = self._visit(url, self._targets[url])
        host.active += 1
        host.pace.begin(visit, now)
        self._enqueue(name)
        return visit

    def _put(self, visit: Visit[Any, Outcome], when: float) -> None:
        heappush(self._host(visit.host).waiting, (when, next(self._tick), visit))
        self._enqueue(visit.host)

    def _enqueue(self, name: str) -> None:
        """Put the host into the queue of all hosts, with the time when it may be asked; older places do not count."""
        host = self._hosts[name]
        host.version += 1
        limit = host.pace.limit if host.limited_at is None else 1
        if (host.fresh or host.waiting) and (host.active < limit or host.last_word is not None):
            when, _, visit = host.waiting[0] if host.waiting and not host.fresh else (0.0, 0, None)
            if host.last_word is None:
                when = max(when, host.pace.due(visit))
            heappush(self._ready, (when, next(self._tick), name, host.version))
            self._changed.notify()

    def _host(self, name: str) -> _Host:
        if name not in self._hosts:
            self._hosts[name] = _Host(self._pace_of(name))
        return self._hosts[name]


def start(
    schedule: Schedule[Outcome],
    probe: Callable[..., Any],
    *,
    concurrency: int,
    clock: Clock,
    jitter: Callable[[], float],
) -> SimpleQueue[Outcome | None]:
    """Start ``concurrency`` workers, and return where they put the outcomes; each puts None when it ends.

    ``probe(url, timeout_s, cookies)`` asks for one address and returns the answer that the visits take. The workers are
    daemons: a request that hangs holds up no exit.
    """
    done: SimpleQueue[Outcome | None] = SimpleQueue()

    def work() -> None:
        while (visit := schedule.take()) is not None:
            host = visit.host
            started = clock.monotonic()
            try:
                seconds = min(visit.attempt_s, SHORT_S) if schedule.is_silent(host) else visit.attempt_s
                answer = schedule.last_word(host)
                if answer is None:
                    answer = probe(visit.at, seconds, visit.cookies)
                    schedule.heard(visit, answer, started)
                step = visit.advance(answer, clock.monotonic() - started, jitter(), is_final=schedule.gives_up(host))
            except Exception as error:  # noqa: BLE001 - every address gets a verdict
                step = visit.failed(error)
            request = step if isinstance(step, NextRequest) else None
            if not isinstance(step, NextRequest):
                done.put(step)
            schedule.finish(visit, host, request)
        done.put(None)

    for _ in range(concurrency):
        threading.Thread(target=work, daemon=True, name="tajikpeace-refs-web").start()
    return done


def outcomes_of(
    done: SimpleQueue[Outcome | None], workers: int, is_stopped: Callable[[], bool] = lambda: False
) -> Iterator[Outcome]:
    """Yield the outcomes that workers put into a queue, until all workers have ended.

    Once ``is_stopped`` returns True, only those are yielded that are there already.
    """
    while workers:
        is_over = is_stopped()
        try:
            outcome = done.get(timeout=0 if is_over else POLL_S)
        except Empty:
            if is_over:
                return
            continue
        if outcome is None:
            workers -= 1
        else:
            yield outcome


def run(
    schedule: Schedule[Outcome],
    probe: Callable[..., Any],
    *,
    concurrency: int,
    clock: Clock,
    jitter: Callable[[], float],
    is_stopped: Callable[[], bool] = lambda: False,
) -> Iterator[Outcome]:
    """Yield the outcome of every visit, in the order in which they end; see ``start`` and ``outcomes_of``."""
    workers = min(concurrency, schedule.size)
    done = start(schedule, probe, concurrency=workers, clock=clock, jitter=jitter)
    try:
        yield from outcomes_of(done, workers, is_stopped)
    finally:
        schedule.stop()
