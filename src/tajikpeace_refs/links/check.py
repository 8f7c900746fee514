"""From works to reports: the addresses of works are asked for, and each gets a report (``_works``).

What an answer means is decided in ``verdict.classify``, and whether a text is a URL in ``repair.inspect``.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Container, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from tajikpeace_refs.errors import UsageError
from tajikpeace_refs.links._copies import Copies
from tajikpeace_refs.links._tasks import probe_by
from tajikpeace_refs.links._works import Link, bare, count_links, judged, links_of, report_on, target_of
from tajikpeace_refs.links.archive import Archive
from tajikpeace_refs.links.follow import Exchange, Target, Visit, mood_of
from tajikpeace_refs.links.verdict import LIVING, LinkReport, Outcome, Reason
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.web.address import host_of
from tajikpeace_refs.web.schedule import Clock, Pace, Schedule, run

if TYPE_CHECKING:
    from tajikpeace_refs.links._probe import PageProbe
    from tajikpeace_refs.links.cache import Cache
    from tajikpeace_refs.web.client import Client, Resolver

__all__ = ["CheckOptions", "Probe", "check_links", "count_links", "probe_urls"]

Probe = Callable[..., Exchange]
"""Asks for one address: ``probe(url, timeout_s, cookies) -> Exchange``."""


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """How to check links: limits, networks, what is asked for."""

    timeout_s: float = 20.0
    """The most time for one address, in seconds: redirects, retries and reading included."""
    retries: int = 2
    """How many times an address is asked again after a temporary fault."""
    concurrency: int = 64
    """The number of requests at the same time, to all hosts."""
    per_host: int = 2
    """The number of requests at the same time to one host."""
    gap_s: float | None = None
    """The least time between two requests to one host, in seconds. None: 0.05, or 0 where ``per_host`` is
    above 4."""
    allow_networks: tuple[str, ...] = ()
    """Networks that may be asked although they are private. Example: ``("127.0.0.0/8",)``."""
    proxy: str | None = field(default=None, repr=False)
    """The address of an HTTP proxy; None: no proxy. Environment variables are not read."""
    contact: str | None = None
    """Your e-mail or web address, sent with each request. None: none is sent. Example: ``"editor@example.org"``."""
    trusts_dns: bool = True
    """Whether a host name that is not found does not exist. False behind a proxy that alone can look names up: then no
    address is dead because of its name."""
    exclude: tuple[str, ...] = ()
    """Regular expressions: addresses that contain a match are left out."""
    dois: bool = False
    """Whether a work without a URL is checked by its DOI."""
    probe_suggested: bool = False
    """Whether suggested addresses are checked, too."""


def check_links(  # noqa: PLR0913 - clock, resolver and jitter are for tests
    works: Iterable[Work] | Mapping[str, Iterable[Work]] | Work,
    *,
    options: CheckOptions = CheckOptions(),
    probe: Probe | None = None,
    clock: Clock | None = None,
    resolver: Resolver | None = None,
    jitter: Callable[[], float] = random.random,
    archive: Archive | Sequence[Archive] | None = None,
    cache: Cache | None = None,
    executor: Executor | None = None,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Generator[LinkReport]:
    """Yield a report on the web address of each work, as the answers come.

    Works without a URL are left out, but for web pages, which are reported as missing. Addresses in other fields
    of a work, such as the note of a ``.bib`` entry, have reports of their own: ``variable`` names the field.

    Args:
        works: the works whose addresses are checked; or a mapping of libraries by the name of their source.
        options: limits, networks, and what is asked for.
        probe: for tests: a function that asks for one address, ``probe(url, timeout_s, cookies)``, and returns an
            ``Exchange``.
        clock: for tests: time and waiting.
        resolver: for tests: used instead of ``socket.getaddrinfo``.
        jitter: for tests: a function that returns numbers from 0 to 1, which spread retries in time.
        archive: one or more archives that are asked for copies of addresses that are dead, soft-404 or uncertain; the
            nearest copy is reported. None: no copies are looked for.
        cache: results of earlier checks: living pages are not asked for again, new results are added.
        executor: checks in other processes or on other machines; the verdicts are the same (docs/performance.md).
        is_stopped: a function that is called several times a second, such as the ``is_set`` of a ``threading.Event``.
            Once it returns True nothing more is asked, and the reports on what is known are yielded.

    Raises:
        UsageError: ``options`` are no `CheckOptions`, or a network in them is not valid.
    """
    if not isinstance(options, CheckOptions):
        raise UsageError(f"expected CheckOptions, got {type(options).__name__}")
    clock = clock or Clock()
    archives = (archive,) if isinstance(archive, Archive) else tuple(archive or ())
    waiting: dict[str, tuple[Link, ...]] = {}
    for link in links_of((works,) if isinstance(works, Work) else works, options, clock.now() if archives else None):
        if is_stopped():
            return
        if not link.asked:
            yield report_on(link, network_seen=False)
        for url in link.asked:
            waiting[url] = (*waiting.get(url, ()), link)
    targets = {url: target_of(links, url) for url, links in waiting.items()}
    known = _known(targets, cache, clock.now())
    unknown = {url: target for url, target in targets.items() if url not in known}
    ask = partial(_probe_task, options=options, probe=probe, resolver=resolver)
    here = partial(probe_urls, unknown, options, probe=probe, clock=clock, resolver=resolver, jitter=jitter)
    outcomes = here(is_stopped=is_stopped) if executor is None else probe_by(executor, ask, unknown, is_stopped)
    settled = _settled(outcomes, Counter(map(_server, unknown)), trusts_dns=options.trusts_dns)
    copies = Copies(
        archives, lambda: _client(options, resolver),
        retries=options.retries, clock=clock, jitter=jitter, is_stopped=is_stopped,
    )  # fmt: skip
    try:
        answers = chain(known.values(), _kept(settled, unknown, cache, clock))
        for link, network_seen in _answered(answers, waiting):
            report = _with_history(report_on(link, network_seen=network_seen), link, cache, clock.now())
            yield from copies.look_up(report, link.until)
        yield from copies.rest()
    finally:
        outcomes.close()
        copies.close()


_Settled = tuple[Outcome, bool]
"""An outcome, and whether the network is known to work."""


def _known(targets: Mapping[str, Target], cache: Cache | None, now: datetime) -> dict[str, _Settled]:
    """Return the outcomes that the cache has, by address."""
    found = {url: cache.get(url, target, now) for url, target in targets.items()} if cache else {}
    return {url: (outcome, False) for url, outcome in found.items() if outcome is not None}


def _kept(
    settled: Iterable[_Settled], targets: Mapping[str, Target], cache: Cache | None, clock: Clock
) -> Iterator[_Settled]:
    """Yield outcomes as they are kept in the cache."""
    for outcome, network_seen in settled:
        if cache:
            verdict, _ = judged(outcome, network_seen=network_seen)
            cache.put(outcome, targets[outcome.url], verdict, clock.now())
        yield outcome, network_seen


def _with_history(report: LinkReport, link: Link, cache: Cache | None, now: datetime) -> LinkReport:
    if cache is None or report.verdict in LIVING or not link.inspection.url:
        return report
    return report.noted(cache.history(bare(link.inspection.url), now))


def _answered(answers: Iterable[_Settled], waiting: dict[str, tuple[Link, ...]]) -> Iterator[tuple[Link, bool]]:
    """Yield each link of which all addresses have been asked for, and whether the network is known to work.

    Last, where the run was stopped, those of which the cited address has been asked for, but not all that goes with it.
    """
    network_seen = False
    for outcome, network_seen in answers:
        for link in waiting.pop(outcome.url):
            link.answers = (*link.answers, outcome)
            if len(link.answers) == len(link.asked):
                yield link, network_seen
    for link in {id(link): link for links in waiting.values() for link in links}.values():
        if link.answer(link.inspection.url):
            yield link, network_seen


def probe_urls(
    targets: Mapping[str, Target],
    options: CheckOptions,
    *,
    probe: Probe | None = None,
    clock: Clock | None = None,
    resolver: Resolver | None = None,
    jitter: Callable[[], float] = random.random,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Generator[Outcome]:
    """Yield the outcome of asking for each URL, in the order of the answers; all data can be pickled.

    ``targets`` has the URLs, without fragment, and for each why it is asked for. Once ``is_stopped`` returns True
    nothing more is asked.
    """
    if not targets:
        return
    clock = clock or Clock()
    visit = partial(Visit, timeout_s=options.timeout_s, retries=options.retries)
    gap_s = options.gap_s if options.gap_s is not None else 0.05 if options.per_host <= 4 else 0.0
    schedule = Schedule(
        targets, visit, pace_of=lambda _host: Pace(gap_s, options.per_host), clock=clock, mood_of=mood_of
    )
    with ExitStack() as stack:
        if probe is None:
            probe = stack.enter_context(closing(_page_probe(options, resolver)))
        yield from run(
            schedule, probe,
            concurrency=options.concurrency, clock=clock, jitter=jitter, is_stopped=is_stopped,
        )  # fmt: skip


def _probe_task(
    targets: dict[str, Target], *, options: CheckOptions, probe: Probe | None, resolver: Resolver | None
) -> list[Outcome]:
    """Return the outcomes of some addresses; runs in the workers of an executor."""
    return list(probe_urls(targets, options, probe=probe, resolver=resolver))


def _client(options: CheckOptions, resolver: Resolver | None) -> Client:
    from tajikpeace_refs.links._probe import client  # noqa: PLC0415 - loads when used

    return client(options, resolver)


def _page_probe(options: CheckOptions, resolver: Resolver | None) -> PageProbe:
    from tajikpeace_refs.links._probe import PageProbe  # noqa: PLC0415 - loads when used

    return PageProbe(options, resolver)


def _settled(outcomes: Iterable[Outcome], servers: Counter[str], *, trusts_dns: bool) -> Iterator[_Settled]:
    """Yield each outcome with whether the network is known to work, refusals with what makes them doubtful.

    The network works when a host name was found; until then outcomes of "no such host" are held back. So are refusals,
    until their server has answered, or another one has and none of its addresses is left (``servers`` counts them).
    """
    network_seen = False
    unknown: list[Outcome] = []
    refused: dict[str, list[Outcome]] = {}
    answered: set[str] = set()
    for outcome in outcomes:
        last = _server(outcome.final_url)
        servers[_server(outcome.url)] -= 1
        if outcome.status is not None:
            answered.add(last)
        answered |= {_server(redirect.url) for redirect in outcome.redirects}
        if outcome.resolved and trusts_dns and not network_seen:
            network_seen = True
            yield from ((each, True) for each in unknown)
            unknown.clear()
        if outcome.reason is Reason.DNS and not network_seen:
            unknown.append(outcome)
        elif outcome.reason is Reason.REFUSED:
            refused.setdefault(last, []).append(outcome)
        else:
            yield outcome, network_seen
        for host in [each for each in refused if each in answered or (answered and servers[each] <= 0)]:
            yield from ((_doubted(each, answered), network_seen) for each in refused.pop(host))
    yield from ((each, network_seen) for each in unknown)
    is_blocked = len(set(map(host_of, refused))) > 1 and not answered
    for held in refused.values():
        yield from ((_doubted(each, answered, is_blocked=is_blocked), network_seen) for each in held)


def _doubted(outcome: Outcome, answered: Container[str], *, is_blocked: bool = False) -> Outcome:
    """Return a refusal with what makes it doubtful: its server has answered others, or no host of several has."""
    if _server(outcome.final_url) in answered:
        return replace(outcome, doubt="the host has answered other requests of this run")
    return replace(outcome, doubt="no host has answered in this run") if is_blocked else outcome


def _server(url: str) -> str:
    """Return scheme, host and port of an address: what refuses a connection, or does not."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}".lower()
