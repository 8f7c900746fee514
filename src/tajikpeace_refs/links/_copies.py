"""The search for archived copies: a schedule of its own, with pace, retries and patience for each archive's host."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import TYPE_CHECKING, NamedTuple

from tajikpeace_refs.links.archive import Archive, Capture, Search, by_nearness, original_of
from tajikpeace_refs.links.verdict import LinkReport, Reason, Verdict, is_transient, reason_of_status
from tajikpeace_refs.web.address import host_of, without_user
from tajikpeace_refs.web.headers import retry_after
from tajikpeace_refs.web.schedule import Clock, Mood, NextRequest, Pace, Schedule, outcomes_of, start

if TYPE_CHECKING:
    from tajikpeace_refs.web.client import Client, Response

PATIENCE_S = 60.0
"""An archive that wants to be left alone for longer answers nothing more for this address, and the second time none."""
_BACKOFF_S = 2.0
_PER_HOST = 2
_LIMIT = 4 << 20
"""Bytes of an answer: the TimeMap of a page that was archived daily for a hundred years."""
_NEEDS_COPY = frozenset({Verdict.DEAD, Verdict.SOFT_404, Verdict.UNCERTAIN})


class _Wanted(NamedTuple):
    """What is looked for: a copy of ``url`` made until then, but not the one at ``gone``."""

    url: str
    until: str
    gone: str


class _Found(NamedTuple):
    """The end of a search: the copy, and why there is none or what an archive did not answer."""

    wanted: _Wanted
    copy: Capture | None
    note: str


def _search(archives: Sequence[Archive], wanted: _Wanted) -> Search[_Found]:
    """Ask all archives, and return the nearest copy. An archive that fails is unknown and has not "no copy"."""
    found: list[Capture] = []
    unknown: list[str] = []
    for archive in archives:
        try:
            copy = yield from archive.find(wanted.url, wanted.until, wanted.gone)
        except Exception as error:  # noqa: BLE001 - an archive may answer anything; all of it means the same here
            unknown.append(f"{host_of(archive.endpoint)}: {str(error)[:120] or type(error).__name__}")
        else:
            found += [copy] if copy else []
    note = "" if found else "archive: no copy found"
    if unknown:
        note = f"archive: unknown ({'; '.join(unknown)})"
    return _Found(wanted, next(iter(by_nearness(found, wanted.until)), None), note)


@dataclass(slots=True)
class _Lookup:
    """The state of one search, as the schedule takes it."""

    wanted: _Wanted
    steps: Search[_Found]
    attempt_s: float
    retries: int
    at: str = field(init=False)
    retried: int = 0
    cookies: None = None

    def __post_init__(self) -> None:
        self.at = next(self.steps)

    @property
    def host(self) -> str:
        """The host to ask next, which names its queue."""
        return host_of(self.at)

    def advance(
        self, answer: Response, _elapsed_s: float, jitter: float, *, is_final: bool = False
    ) -> NextRequest | _Found:
        """Return what to ask next, or what was found; see ``web.schedule.Visit``."""
        reason = Reason(answer.fault.value) if answer.fault else reason_of_status(answer.status or 0)
        if is_transient(reason, answer.status) and self.retried < self.retries and not is_final:
            asked_s = retry_after(answer.headers.get("retry-after"))
            wait_s = _BACKOFF_S * 2.0**self.retried * (0.5 + jitter) if asked_s is None else asked_s
            if wait_s <= PATIENCE_S:
                self.retried += 1
                return NextRequest(self.at, wait_s, hold_host=True)
        self.retried = 0
        try:
            self.at = self.steps.send(answer)
        except StopIteration as end:
            found: _Found = end.value
            return found
        return NextRequest(self.at)

    def failed(self, error: Exception) -> _Found:
        """Return the result where this program fails."""
        return _Found(self.wanted, None, f"archive: unknown ({type(error).__name__}: {error})")


def _mood_of(answer: Response) -> Mood:
    """Return what an answer says of its host; not that it is good: an archive that tires means all its captures."""
    if answer.fault is not None and answer.fault.value == Reason.TIMEOUT:
        return Mood.SILENT
    is_limited = answer.status in {429, 503} and (retry_after(answer.headers.get("retry-after")) or 0) > PATIENCE_S
    return Mood.LIMITED if is_limited else Mood.OTHER


class Copies:
    """Looks for archived copies beside the check, so that other reports need not wait for the archives."""

    def __init__(
        self,
        archives: Sequence[Archive],
        client: Callable[[], Client],
        *,
        retries: int,
        clock: Clock,
        jitter: Callable[[], float],
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        """Prepare the search; ``client`` is called when the first copy is wanted."""
        self._archives, self._new_client, self._retries = archives, client, retries
        self._clock, self._jitter, self._is_stopped = clock, jitter, is_stopped
        self._waiting: dict[_Wanted, list[LinkReport]] = {}
        self._found: dict[_Wanted, _Found] = {}
        self._client: Client | None = None
        self._done: SimpleQueue[_Found | None] = SimpleQueue()
        gap_s = max((archive.gap_s for archive in archives), default=0.0)
        self._schedule: Schedule[_Found] = Schedule(
            {}, lambda _, visit: visit, pace_of=lambda _host: Pace(gap_s, _PER_HOST), clock=clock, mood_of=_mood_of,
            is_open=True,
        )  # fmt: skip

    def look_up(self, report: LinkReport, until: str) -> Iterator[LinkReport]:
        """Yield the report if it needs no copy, and every earlier report whose search has ended."""
        if not self._archives or report.verdict not in _NEEDS_COPY:
            yield report
        else:
            wanted = _wanted(report, until)
            if wanted in self._found:
                yield _noted(report, self._found[wanted])
            else:
                self._begin(wanted)
                self._waiting[wanted].append(report)
        while not self._done.empty():
            yield from self._ended(self._done.get())

    def rest(self) -> Iterator[LinkReport]:
        """Yield the reports that still wait for an archive; once stopped, without what it would have answered."""
        self._schedule.seal()
        if self._client is not None:
            for found in outcomes_of(self._done, self._workers, self._is_stopped):
                yield from self._ended(found)
        for wanted, reports in self._waiting.items():
            stopped = _Found(wanted, None, "archive: unknown (interrupted)")
            yield from (_noted(report, stopped) for report in reports)

    def close(self) -> None:
        """Give up the searches that have not ended."""
        self._schedule.stop()
        if self._client is not None:
            self._client.close()

    @property
    def _workers(self) -> int:
        return _PER_HOST * len(self._archives)

    def _begin(self, wanted: _Wanted) -> None:
        if wanted in self._waiting:
            return
        self._waiting[wanted] = []
        if self._is_stopped():
            return
        if self._client is None:
            self._client = self._new_client()
            self._done = start(
                self._schedule, self._ask, concurrency=self._workers, clock=self._clock, jitter=self._jitter
            )
        timeout_s = max(archive.timeout_s for archive in self._archives)
        self._schedule.add(_Lookup(wanted, _search(self._archives, wanted), timeout_s, self._retries))

    def _ask(self, url: str, timeout_s: float, _cookies: None) -> Response:
        assert self._client is not None  # noqa: S101 - the workers start after it
        return self._client.get(url, timeout_s, limit=_LIMIT, body_s=timeout_s)

    def _ended(self, found: _Found | None) -> Iterator[LinkReport]:
        if found is not None:
            self._found[found.wanted] = found
            yield from (_noted(report, found) for report in self._waiting.pop(found.wanted))


def _wanted(report: LinkReport, until: str) -> _Wanted:
    """Return what to look for: of an archived copy that is cited itself, the original at its time; no user names."""
    url = without_user(report.url or "").strip().partition("#")[0]
    original = original_of(url)
    return _Wanted(*original, gone=url) if original else _Wanted(url, until, gone="")


def _noted(report: LinkReport, found: _Found) -> LinkReport:
    copy = found.copy
    changes = {"archive_url": without_user(copy.url), "archive_date": copy.date} if copy else {}
    return report.noted(found.note, **changes)
