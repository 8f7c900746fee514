"""Asks registries over HTTP, at the rate that each allows: ``web.schedule`` says when, ``pace`` how often.

An inquiry is a generator that yields questions, is sent the answers, and returns a result: what is asked is decided
without the network, and many inquiries are under way at once.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar
from urllib.parse import urlencode, urlsplit

from tajikpeace_refs.errors import UsageError, did_you_mean
from tajikpeace_refs.registries.cache import AnswerCache
from tajikpeace_refs.registries.pace import AT_ONCE, FIRST_GAPS, PATIENCE_S, Kind, RegistryPace, mood_of
from tajikpeace_refs.registries.records import Answer, Query, Registry
from tajikpeace_refs.registries.responses import NOT_FOUND, REDIRECTS, answer_of, judged, moved_to, split_by_record
from tajikpeace_refs.web.client import Client, ClientOptions, Response
from tajikpeace_refs.web.faults import Fault
from tajikpeace_refs.web.headers import retry_after
from tajikpeace_refs.web.schedule import Clock, NextRequest, Schedule, outcomes_of, start

Result = TypeVar("Result")
Inquiry = Generator[Query, Answer, Result]
"""Yields questions, is sent the answers, and returns a result."""

BASES: dict[Registry, str] = {
    "crossref": "https://api.crossref.org",
    "datacite": "https://api.datacite.org",
    "openalex": "https://api.openalex.org",
    "openlibrary": "https://openlibrary.org",
    "arxiv": "https://export.arxiv.org",
    "pubmed": "https://eutils.ncbi.nlm.nih.gov",
    "doi": "https://doi.org",
}
"""Where each registry is asked."""
_CONTACTS: dict[Registry, str] = {"crossref": "mailto", "openalex": "mailto", "pubmed": "email"}
"""The parameter that takes a contact address."""
_LIMIT = 8 << 20
"""Bytes of an answer: the references and affiliations of ten works of a thousand authors."""
_HOPS = 3
_BACKOFF_S = 1.0
_PASSES = frozenset({"unreachable", "throttled"})
"""States after which a registry is asked again."""
_OPEN = 4
"""Inquiries under way for each question at once: while one waits for its registry, another is asked."""
_HEADERS = {"Accept": "application/json, application/xml;q=0.9, */*;q=0.5"}
_EVERYWHERE = ("0.0.0.0/0", "::/0")


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0 and not parts.query
    except ValueError:  # a bracket that is not closed, a port that is not a number
        return False


@dataclass(frozen=True, slots=True)
class RegistryOptions:
    """How to ask registries.

    Raises:
        UsageError: ``urls`` names an unknown registry, or an address is not valid.
    """

    urls: Mapping[Registry, str] = field(default_factory=dict)
    """Other addresses of registries, such as mirrors, by name: ``{"crossref": "https://…"}``. They may be private."""
    contact: str | None = None
    """Your e-mail or web address, sent with each request; some registries then answer faster. None: none is sent."""
    proxy: str | None = field(default=None, repr=False)
    """The address of an HTTP proxy, also for ``urls``; None: no proxy. Environment variables are not read."""
    concurrency: int = 16
    """The number of requests at the same time, to all registries; the headers of a registry limit those to it."""
    timeout_s: float = 20.0
    """The most time for one request, in seconds."""
    retries: int = 2
    """How many times a registry is asked again after a temporary fault."""
    cache: str | None = None
    """The path of a file in which answers are kept; None: they are not kept."""
    cache_age_s: float = 30 * 86400.0
    """How long a kept answer is used, in seconds; "no record" is used for one day at most."""

    def __post_init__(self) -> None:
        for name, url in self.urls.items():
            if name not in BASES:
                known = ", ".join(BASES)
                raise UsageError(f"there is no registry {name!r}{did_you_mean(name, BASES)}; known: {known}")
            if not _is_address(url):
                raise UsageError(f"{url!r} is not the address of a registry; write one that begins with https://")


def ask_each(
    inquiries: Iterable[Inquiry[Result | Further[Result]]],
    options: RegistryOptions | None = None,
    *,
    clock: Clock | None = None,
    jitter: Callable[[], float] = random.random,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Generator[Result]:
    """Yield the result of each inquiry, in the order in which they end; they are taken as they are needed.

    Args:
        inquiries: what is asked; an error of one, or of taking the next, ends the run when the others have ended.
        options: where and how to ask.
        clock: time and waiting, for tests.
        jitter: returns numbers from 0 to 1 that spread retries in time, for tests.
        is_stopped: is called several times a second; once it returns True nothing more is asked, and only the results
            that are there are yielded.

    Raises:
        UsageError: the contact cannot be sent, the proxy or the cache not used.
    """
    options, clock = options or RegistryOptions(), clock or Clock()
    with closing(_Network(options)) as network:
        schedule: Schedule[_Ended[Result]] = Schedule(
            {}, lambda _, visit: visit, pace_of=network.pace_of, clock=clock, mood_of=mood_of, is_open=True
        )
        done = start(schedule, network.get, concurrency=options.concurrency, clock=clock, jitter=jitter)
        try:
            ended = outcomes_of(done, options.concurrency, is_stopped)
            yield from _results(inquiries, network, schedule, ended, is_stopped)
        finally:
            schedule.stop()


def _results(
    inquiries: Iterable[Inquiry[Result | Further[Result]]],
    network: _Network,
    schedule: Schedule[_Ended[Result]],
    ended: Iterator[_Ended[Result]],
    is_stopped: Callable[[], bool],
) -> Iterator[Result]:
    """Yield results, and begin an inquiry for each that has ended: those that follow from one before all others."""
    waiting = [_begun(inquiries, network, is_stopped)]
    failures: list[Exception] = []
    count = 0
    while waiting or count:
        each: _Conversation[Result] | _Ended[Result] | None
        if waiting and count < _OPEN * network.options.concurrency:
            each = next(waiting[-1], None)
            if each is None:
                waiting.pop()
                continue
            if isinstance(each, _Conversation):
                schedule.add(each)
                count += 1
                continue
        else:
            each = next(ended, None)
            if each is None:  # stopped
                return
            count -= 1
        if each.error is not None:
            failures.append(each.error)
        elif isinstance(each.result, Further):
            waiting.append(_begun(each.result.inquiries, network, is_stopped))
        elif each.result is not None:
            yield each.result
    if failures:
        raise failures[0]


@dataclass(frozen=True, slots=True)
class Further(Generic[Result]):
    """What an inquiry returns that has no result of its own: the inquiries that follow from it."""

    inquiries: Iterable[Inquiry[Result | Further[Result]]]


@dataclass(frozen=True, slots=True)
class _Ended(Generic[Result]):
    """The end of an inquiry: its result, or the error that prevented one."""

    result: Result | Further[Result] | None = None
    error: Exception | None = None


def _begun(
    inquiries: Iterable[Inquiry[Result | Further[Result]]], network: _Network, is_stopped: Callable[[], bool]
) -> Iterator[_Conversation[Result] | _Ended[Result]]:
    """Yield each inquiry that needs an answer, and the end of each that needs none; an error ends it."""
    try:
        for steps in inquiries:
            if is_stopped():
                return
            each = _Conversation(steps, network)
            yield each.go_on(None) or each
    except Exception as error:  # noqa: BLE001 - for the caller, after what is known
        yield _Ended(error=error)


class _Network:
    """What all inquiries share: connections, paces, and the cache. Close it in the end.

    Raises:
        UsageError: the contact cannot be sent, the proxy or the cache not used.
    """

    def __init__(self, options: RegistryOptions) -> None:
        self.options = options
        limits = ClientOptions(purpose="record of a reference list", contact=options.contact, proxy=options.proxy,
                               per_host=AT_ONCE, headers=_HEADERS)  # fmt: skip
        self._public = Client(limits)
        # Of these only addresses are asked that the user gave: redirects stay with the registry.
        self._given = Client(replace(limits, allow_networks=_EVERYWHERE)) if options.urls else self._public
        self._gaps: dict[str, float] = {
            name: 0.0 if name in options.urls else gap_s for name, gap_s in FIRST_GAPS.items()
        }
        self._bases = tuple(f"{base.rstrip('/')}/" for base in options.urls.values())
        self._cache = AnswerCache(options.cache, age_s=options.cache_age_s) if options.cache else None

    def pace_of(self, name: str) -> RegistryPace:
        """Return a pace for a registry; one at an address of the user's is not slowed down, unless it asks for it."""
        return RegistryPace(self._gaps[name])

    def get(self, url: str, timeout_s: float, _cookies: None) -> Response:
        """Return the answer to one request."""
        client = self._given if url.startswith(self._bases) else self._public
        return client.get(url, timeout_s, limit=_LIMIT, body_s=timeout_s)

    def base(self, registry: Registry) -> str:
        """Return where a registry is asked."""
        return (self.options.urls.get(registry) or BASES[registry]).rstrip("/")

    def address(self, query: Query) -> str:
        """Return the address of a question."""
        return f"{self.base(query.registry)}{query.path}{'?' if query.params else ''}{urlencode(query.params)}"

    def kept(self, query: Query) -> Answer | None:
        """Return the answer that the cache has; to a question of several parts, if it has all of them."""
        if query.parts:
            answers = [self.kept(part) for part in query.parts]
            records = tuple(record for each in answers if each for record in each.records)
            return Answer(query, "answered", records) if all(answers) else None
        found = self._cache.get(self.address(query)) if self._cache else None
        return answer_of(query, found[1], is_there=found[0]) if found else None

    def keep(self, query: Query, found: bytes | Answer) -> Answer:
        """Return what a good answer says, or what came instead, and keep it where it is good for another run."""
        answer = found if isinstance(found, Answer) else answer_of(query, found, is_there=True)
        if self._cache and query.parts and isinstance(found, bytes) and answer.state == "answered":
            bodies = split_by_record(query, found)
            for part in query.parts:
                if body := bodies.get(part.identifier.lower()):
                    self.keep(part, body)
        elif self._cache and answer.state in {"answered", "absent"}:
            is_there = answer.state == "answered"
            self._cache.put(self.address(query), found if isinstance(found, bytes) else b"", is_there=is_there)
        return answer

    def close(self) -> None:
        """Close connections and cache."""
        self._public.close()
        self._given.close()
        if self._cache:
            self._cache.close()


class _Conversation(Generic[Result]):
    """The state of one inquiry, as a schedule takes it: each registry is a host.

    Only a registry that says so has no record: whatever else comes in place of an answer says nothing of the work.
    """

    cookies = None
    query: Query
    at: str

    def __init__(self, steps: Inquiry[Result | Further[Result]], network: _Network) -> None:
        self._steps, self._network = steps, network
        self._retried = self._hops = 0
        self.attempt_s = network.options.timeout_s

    @property
    def host(self) -> str:
        """The registry to ask next, which names its queue."""
        return self.query.registry

    @property
    def kind(self) -> Kind:
        """What it is asked for."""
        return "record" if self.query.identifier else "search"

    def go_on(self, answer: Answer | None) -> _Ended[Result] | None:
        """Go on with an answer, None to begin, until a registry has to be asked; return the end, if it has come."""
        try:
            self.query = next(self._steps) if answer is None else self._steps.send(answer)
            while kept := self._network.kept(self.query):
                self.query = self._steps.send(kept)
        except StopIteration as end:
            return _Ended(end.value)
        self._retried = 0
        self._begin()
        return None

    def advance(
        self, response: Response, _elapsed_s: float, jitter: float, *, is_final: bool = False
    ) -> NextRequest | _Ended[Result]:
        """Return what to ask next, or the end; see ``web.schedule.Visit``."""
        if moved := self._moved(response):
            self._hops += 1
            self.at = moved
            return NextRequest(moved)
        if self._hops and response.status in NOT_FOUND:  # nothing is where it sent us: that is no absence
            response = Response(fault=Fault.BAD_REDIRECT, detail="it redirects to a page that does not exist")
        found = judged(self.query, response)
        if isinstance(found, Answer) and found.state in _PASSES and not is_final:
            asked_s = retry_after(response.headers.get("retry-after"))
            wait_s = _BACKOFF_S * 2.0**self._retried * (0.5 + jitter) if asked_s is None else asked_s
            if self._retried < self._network.options.retries and wait_s <= PATIENCE_S:
                self._retried += 1
                self._begin()
                return NextRequest(self.at, wait_s, hold_host=True)
        return self.go_on(self._network.keep(self.query, found)) or NextRequest(self.at)

    def failed(self, error: Exception) -> _Ended[Result]:
        """Return the end where this program fails."""
        return _Ended(error=error)

    def _begin(self) -> None:
        """Begin to ask the question; the address of whoever asks goes with it, if the user gave one."""
        contact, name = self._network.options.contact, self.query.registry
        more = ((_CONTACTS[name], contact),) if contact and name in _CONTACTS else ()
        self.at = self._network.address(replace(self.query, params=(*self.query.params, *more)))
        self._hops = 0

    def _moved(self, response: Response) -> str | None:
        """Return where the registry itself redirects to, as it does for aliases; None where it does not."""
        if response.status not in REDIRECTS or not response.locations or self._hops >= _HOPS:
            return None
        name = self.query.registry
        moved = moved_to(self.at, response.locations[0], self._network.base(name), BASES[name])
        return None if moved == self.at else moved
