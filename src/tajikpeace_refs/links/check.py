"""From works to reports: which addresses are asked for, and what the report on each says.

What an answer means is decided in ``verdict.classify``, and whether a text is a URL in ``repair.inspect``.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from tajikpeace_refs.errors import UsageError
from tajikpeace_refs.links._copies import Copies
from tajikpeace_refs.links._tasks import probe_by
from tajikpeace_refs.links.archive import Archive, wanted_until
from tajikpeace_refs.links.evidence import Cited, cited
from tajikpeace_refs.links.follow import Exchange, Target, Visit, mood_of
from tajikpeace_refs.links.repair import Inspection, inspect
from tajikpeace_refs.links.verdict import LIVING, LinkReport, Outcome, Reason, Verdict, classify
from tajikpeace_refs.model import Work
from tajikpeace_refs.model.identifiers import doi_address
from tajikpeace_refs.web.address import host_of
from tajikpeace_refs.web.schedule import Clock, Schedule, run

if TYPE_CHECKING:
    from tajikpeace_refs.links._probe import PageProbe
    from tajikpeace_refs.links.cache import Cache
    from tajikpeace_refs.web.client import Client, Resolver

Probe = Callable[..., Exchange]
"""Asks for one address: ``probe(url, timeout_s, cookies) -> Exchange``."""


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """How to check links: limits, networks, what is asked for. It can be pickled for other processes."""

    timeout_s: float = 20.0
    """Seconds for one URL in all: look-ups, connections, redirects, retries and reading included."""
    retries: int = 2
    """How often an address is asked again after a fault that may pass."""
    concurrency: int = 64
    """Requests at once, over all hosts."""
    per_host: int = 2
    """Requests at once to one host."""
    gap_s: float | None = None
    """Least seconds between two requests to one host. None: 0.05, or 0 where ``per_host`` is above 4, as a user sets it
    for a server of their own."""
    allow_networks: tuple[str, ...] = ()
    """Networks that may be asked although they are not public. Example: ``("127.0.0.0/8",)``."""
    proxy: str | None = None
    """URL of a proxy to ask through. Those of the environment are not used: a proxy looks names up unchecked."""
    contact: str | None = None
    """An address of whoever runs the check, sent with each request. Example: ``"editor@example.org"``."""
    dois: bool = False
    """Whether a work without a URL is checked by its DOI."""
    probe_suggested: bool = False
    """Whether a suggested address is asked for too."""


_NOTHING = Cited()


@dataclass(slots=True)
class _Link:
    """The address of one work: what is asked for because of it, and the outcomes so far.

    There may be a million of these at once, so the work itself is not held. ``until`` is the moment up to which an
    archived copy shows what was cited; empty where no copies are looked for.
    """

    id: str
    url: str | None
    until: str
    inspection: Inspection
    cited: Cited = _NOTHING
    notes: tuple[str, ...] = ()
    copy: Inspection | None = None
    """The archived copy that the work records."""
    asked: tuple[str, ...] = ()
    answers: tuple[Outcome, ...] = ()

    def answer(self, url: str | None) -> Outcome | None:
        """Return the outcome for an address, or None where it was not asked for."""
        return next((outcome for outcome in self.answers if url and outcome.url == _bare(url)), None)


def check_links(  # noqa: PLR0913 - clock, resolver and jitter are for tests
    works: Iterable[Work],
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
    """Yield a report on the address of each work that has one or should have one, in the order of the answers.

    Works without a URL that are no web resources are left out.

    Args:
        works: the works whose addresses are checked.
        options: limits, networks, and what is asked for.
        probe: what asks for one address: ``probe(url, timeout_s, cookies)`` returns an ``Exchange``; left out: HTTP.
        clock: time and waiting, for tests.
        resolver: in place of ``socket.getaddrinfo``, for tests.
        jitter: returns numbers from 0 to 1 that spread retries in time, for tests.
        archive: where archived copies of addresses that are dead, soft-404 or uncertain are looked for; of several
            archives all are asked, and the nearest copy is reported.
        cache: earlier verdicts: living ones are used again, new ones are added.
        executor: asks in other processes or on other machines, all addresses of one cited host in one task and each
            task within ``options``; the verdicts are the same (docs/performance.md).
        is_stopped: is called several times a second; once it returns True nothing more is asked, and the reports on
            what is known are yielded: an example is the ``is_set`` of a ``threading.Event``.

    Raises:
        UsageError: ``options`` are of another kind, or name a network that is none.
    """
    if not isinstance(options, CheckOptions):
        raise UsageError(f"expected CheckOptions, got {type(options).__name__}")
    clock = clock or Clock()
    archives = (archive,) if isinstance(archive, Archive) else tuple(archive or ())
    waiting: dict[str, tuple[_Link, ...]] = {}
    for link in _links(works, options, clock.now() if archives else None):
        if is_stopped():
            return
        served = cache.get(link.url, clock.now()) if cache and link.url else None
        if served is not None:
            yield served.model_copy(update={"id": link.id, "attempts": 0, "elapsed_s": 0.0})
        elif not link.asked:
            yield _report(link, network_seen=False)
        for url in link.asked if served is None else ():
            waiting[url] = (*waiting.get(url, ()), link)
    targets = {url: _target(links, url) for url, links in waiting.items()}
    ask = partial(_probe_task, options=options, probe=probe, resolver=resolver)
    here = partial(probe_urls, targets, options, probe=probe, clock=clock, resolver=resolver, jitter=jitter)
    outcomes = here(is_stopped=is_stopped) if executor is None else probe_by(executor, ask, targets, is_stopped)
    copies = Copies(
        archives, lambda: _client(options, resolver),
        retries=options.retries, clock=clock, jitter=jitter, is_stopped=is_stopped,
    )  # fmt: skip
    try:
        for link, report in _answered(outcomes, waiting):
            yield from copies.look_up(_recorded(report, cache, clock.now()), link.until)
        yield from copies.rest()
    finally:
        outcomes.close()
        copies.close()


def _answered(outcomes: Iterable[Outcome], waiting: dict[str, tuple[_Link, ...]]) -> Iterator[tuple[_Link, LinkReport]]:
    """Yield each link of which all addresses have been asked for, with its report.

    Last, where the run was stopped, those of which the cited address has been asked for, but not all that goes with it.
    """
    network_seen = False
    for outcome, network_seen, has_answered in _settled(outcomes, Counter(map(_server, waiting))):
        for link in waiting.pop(outcome.url):
            link.answers = (*link.answers, outcome)
            if len(link.answers) == len(link.asked):
                yield link, _report(link, network_seen=network_seen, has_answered=has_answered)
    for link in {link.id: link for links in waiting.values() for link in links}.values():
        if link.answer(link.inspection.url):
            yield link, _report(link, network_seen=network_seen)


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
    schedule = Schedule(targets, visit, per_host=options.per_host, gap_s=gap_s, clock=clock, mood_of=mood_of)
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


def is_reported(work: Work, options: CheckOptions) -> bool:
    """Whether the work gets a report: it has an address, or should have one."""
    return bool((work.url or "").strip() or work.is_online or (options.dois and work.doi))


def _links(works: Iterable[Work], options: CheckOptions, now: datetime | None) -> Iterator[_Link]:
    for work in works:
        if not is_reported(work, options):
            continue
        until = wanted_until(work, now) if now else ""
        by_doi = doi_address(work.doi) if work.doi else None
        copy = inspect(work.archive_url) if work.archive_url and work.archive_url.strip() else None
        if work.url and work.url.strip():
            link = _Link(work.id, work.url, until, inspect(work.url), cited(work))
        elif by_doi and options.dois:
            link = _Link(work.id, by_doi, until, inspect(by_doi), cited(work), ("by its DOI",))
        else:
            missing = Inspection(None, Reason.NO_URL, by_doi)
            link = _Link(work.id, work.url, until, missing, cited(work), ("a web work without a URL",))
        _read_corrections(link, work)
        link.copy = copy
        asked = [link.inspection.url, copy.url if copy else None]
        if options.probe_suggested and link.url:
            asked.append(link.inspection.suggested)
        link.asked = tuple(dict.fromkeys(_bare(each) for each in asked if each))
        yield link


def _read_corrections(link: _Link, work: Work) -> None:
    """Add what the work's ``corrections`` say of its URL: what the source printed, and what was meant."""
    for correction in work.corrections:
        if correction.variable != "URL" or correction.basis == "stet":
            continue
        if correction.applied:
            why = inspect(correction.printed).reason
            code = f" ({why})" if why is not Reason.OK else ""
            link.notes += (f"printed as {correction.printed}{code}, corrected: {correction.reason}",)
        elif link.url and correction.printed in link.url and link.inspection.suggested is None:
            meant = link.url.replace(correction.printed, correction.corrected)
            link.inspection = Inspection(link.inspection.url, link.inspection.reason, meant, link.inspection.detail)


def _bare(url: str) -> str:
    return url.partition("#")[0]


def _target(links: tuple[_Link, ...], url: str) -> Target:
    split = ((link.inspection.url or "").partition("#") for link in links)
    fragments = dict.fromkeys(fragment for bare, _, fragment in split if fragment and bare == url)
    return Target(tuple(fragments), tuple(dict.fromkeys(link.cited for link in links)))


def _settled(outcomes: Iterable[Outcome], servers: Counter[str]) -> Iterator[tuple[Outcome, bool, bool]]:
    """Yield each outcome with whether the network is known to work, and whether the server has answered in this run.

    The network works when a host name was found; until then outcomes of "no such host" are held back. So are refusals,
    until the server has answered or none of its addresses is left (``servers`` counts them).
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
        if outcome.resolved and not network_seen:
            network_seen = True
            yield from ((each, True, False) for each in unknown)
            unknown.clear()
        if outcome.reason is Reason.DNS and not network_seen:
            unknown.append(outcome)
        elif outcome.reason is Reason.REFUSED:
            refused.setdefault(last, []).append(outcome)
        else:
            yield outcome, network_seen, False
        for host in [each for each in refused if each in answered or servers[each] <= 0]:
            yield from ((each, network_seen, host in answered) for each in refused.pop(host))
    yield from ((each, network_seen, False) for each in unknown)
    yield from ((each, network_seen, host in answered) for host, held in refused.items() for each in held)


def _server(url: str) -> str:
    """Return scheme, host and port of an address: what refuses a connection, or does not."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}".lower()


def _report(link: _Link, *, network_seen: bool, has_answered: bool = False) -> LinkReport:
    inspection = link.inspection
    notes = [inspection.detail, *link.notes]
    base = {
        "id": link.id,
        "url": link.url,
        "suggested_url": inspection.suggested,
        "suggested_accessed": inspection.accessed,
    }
    if suggested := link.answer(inspection.suggested):
        verdict, reason = classify(suggested, host=host_of(suggested.final_url), network_seen=network_seen)
        notes.append(f"the suggested address is {verdict} ({reason})")
    if link.copy is not None:
        notes.append(f"the recorded copy is {_of_copy(link, network_seen=network_seen)}")
    outcome = link.answer(inspection.url)
    if outcome is None:
        kinds = {Reason.NO_URL: Verdict.MISSING, Reason.NOT_HTTP: Verdict.SKIPPED}
        verdict = kinds.get(inspection.reason, Verdict.MALFORMED)
        return LinkReport(**base, verdict=verdict, reason=inspection.reason, detail=_joined(notes))
    verdict, reason = classify(outcome, host=host_of(outcome.final_url), network_seen=network_seen)
    notes.insert(0, outcome.detail)
    if has_answered and verdict is Verdict.DEAD and reason is Reason.REFUSED:
        verdict = Verdict.UNCERTAIN
        notes.append("the host has answered other requests of this run")
    if inspection.doubt and (verdict is Verdict.SOFT_404 or reason in {Reason.NOT_FOUND, Reason.GONE, Reason.DNS}):
        notes.insert(0, f"as printed: {verdict} ({reason})")
        verdict, reason = Verdict.MALFORMED, inspection.doubt
    elif inspection.doubt and inspection.doubt is not Reason.PROXIED and verdict in LIVING:
        base["suggested_url"] = None
    fragment = (inspection.url or "").partition("#")[2]
    state = dict(outcome.fragments).get(fragment)
    if state:
        notes.append(f"fragment #{fragment}: {state}")
    return LinkReport(
        **base,
        verdict=verdict,
        reason=reason,
        status=outcome.status,
        final_url=_final(outcome, fragment),
        redirects=outcome.redirects,
        elapsed_s=outcome.elapsed_s,
        attempts=outcome.attempts,
        detail=_joined(notes),
    )


def _of_copy(link: _Link, *, network_seen: bool) -> str:
    """Return in words what was found at the address of the recorded copy."""
    inspection = link.copy
    if inspection is None or inspection.url is None:
        return f"malformed ({inspection.reason})" if inspection else "missing"
    outcome = link.answer(inspection.url)
    if outcome is None:
        return "not asked for"
    verdict, reason = classify(outcome, host=host_of(outcome.final_url), network_seen=network_seen)
    return f"{verdict} ({reason})"


def _final(outcome: Outcome, fragment: str) -> str | None:
    if outcome.status is None:
        return None
    url = outcome.final_url
    return f"{url}#{fragment}" if fragment and "#" not in url else url


def _joined(notes: Iterable[str]) -> str:
    return "; ".join(note for note in notes if note)


def _recorded(report: LinkReport, cache: Cache | None, now: datetime) -> LinkReport:
    if cache is None:
        return report
    cache.put(report, now)
    return report if report.verdict in LIVING else report.noted(cache.history(report.url or ""))
