"""Who is asked when: limits and gaps per host, the global limit, held hosts; with a clock that does not wait."""

from __future__ import annotations

import pickle
import threading
from collections import Counter
from datetime import UTC, datetime

import pytest

from tajikpeace_refs.links import CheckOptions, Exchange, Reason, probe_urls
from tajikpeace_refs.links.follow import Target
from tajikpeace_refs.web.schedule import Clock


class StillClock(Clock):
    """A clock whose waits pass at once."""

    def __init__(self) -> None:
        self.time = 0.0

    def monotonic(self) -> float:
        return self.time

    def now(self) -> datetime:
        return datetime(2026, 11, 24, tzinfo=UTC)

    def wait(self, changed: threading.Condition, seconds: float) -> None:
        self.time += seconds


class Site:
    """A probe that answers from a table, notes when it was asked, and how many asked at once."""

    def __init__(self, answers: dict[str, list[Exchange]] | None = None, clock: StillClock | None = None) -> None:
        self.answers, self.clock = answers or {}, clock
        self.asked: list[tuple[float, str]] = []
        self.active: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self.lock = threading.Lock()
        self.barrier = threading.Event()

    def __call__(self, url: str, timeout_s: float, cookies: object = None) -> Exchange:
        host = url.split("/")[2]
        with self.lock:
            self.asked.append((self.clock.time if self.clock else 0.0, url))
            for name in (host, "all"):
                self.active[name] += 1
                self.most[name] = max(self.most[name], self.active[name])
        self.barrier.wait(0.002 if self.clock is None else 0)
        with self.lock:
            for name in (host, "all"):
                self.active[name] -= 1
            answers = self.answers.get(url, [])
            return answers.pop(0) if answers else Exchange(status=200)


def targets(*urls: str) -> dict[str, Target]:
    return dict.fromkeys(urls, Target())


def test_requests_at_once_stay_within_the_limits():
    """Never more at once to one host, nor in all, than the options say; each URL once."""
    site = Site()
    urls = [f"http://host{n % 7}.org/{n}" for n in range(140)]
    found = list(probe_urls(targets(*urls), CheckOptions(concurrency=9, per_host=2, gap_s=0), probe=site))
    assert sorted(outcome.url for outcome in found) == sorted(urls)
    assert sorted(url for _, url in site.asked) == sorted(urls)
    assert max(count for name, count in site.most.items() if name != "all") <= 2
    assert site.most["all"] <= 9


def test_requests_to_one_host_keep_the_gap():
    """Two requests to one host are at least the gap apart; another host does not wait for it."""
    clock = StillClock()
    site = Site(clock=clock)
    urls = [*(f"http://a.org/{n}" for n in range(5)), "http://b.org/"]
    list(probe_urls(targets(*urls), CheckOptions(concurrency=1, gap_s=1.5), probe=site, clock=clock))
    times = [time for time, url in site.asked if "a.org" in url]
    assert times == pytest.approx([0, 1.5, 3.0, 4.5, 6.0])
    assert next(time for time, url in site.asked if "b.org" in url) == 0


def test_retry_after_delays_the_whole_host():
    """While a host asks for patience, nobody asks it; others are asked."""
    clock = StillClock()
    site = Site({"http://a.org/1": [Exchange(status=429, retry_after_s=5)]}, clock)
    urls = ["http://a.org/1", "http://a.org/2", "http://b.org/"]
    list(probe_urls(targets(*urls), CheckOptions(concurrency=1, gap_s=0), probe=site, clock=clock, jitter=lambda: 0))
    assert {url: time for time, url in site.asked} == {"http://b.org/": 0, "http://a.org/1": 5, "http://a.org/2": 5}


def test_redirect_waits_in_the_queue_of_its_host():
    """Hosts that are only reached by redirects have their limit and gap too."""
    clock = StillClock()
    to = [Exchange(status=301, location="http://c.org/x")]
    site = Site({"http://a.org/": [*to], "http://b.org/": [*to]}, clock)
    list(
        probe_urls(
            targets("http://a.org/", "http://b.org/"), CheckOptions(concurrency=1, gap_s=2), probe=site, clock=clock
        )
    )
    assert [time for time, url in site.asked if "c.org" in url] == pytest.approx([0, 2])


def test_redirecting_host_does_not_delay_its_targets():
    """Addresses of one host that lead to many are on their way at once, as far as all hosts' limits let them."""
    redirects = {f"http://doi.org/{n}": [Exchange(status=302, location=f"http://p{n}.org/")] for n in range(12)}
    gate = threading.Barrier(6, timeout=5)

    def probe(url: str, timeout_s: float, cookies: object = None) -> Exchange:
        if url in redirects:
            return redirects[url][0]
        gate.wait()  # opens only when six are asked at once
        return Exchange(status=200)

    found = list(probe_urls(targets(*redirects), CheckOptions(concurrency=6, per_host=2, gap_s=0), probe=probe))
    assert [outcome.reason for outcome in found] == [Reason.OK] * 12


def test_failing_probe_affects_only_its_own_address():
    """An error of our own is an outcome too."""

    def probe(url: str, timeout_s: float, cookies: object = None) -> Exchange:
        if url.endswith("bad"):
            raise RuntimeError("a slip")
        return Exchange(status=200)

    found = {
        each.url: each
        for each in probe_urls(targets("http://a.org/bad", "http://a.org/b"), CheckOptions(), probe=probe)
    }
    assert found["http://a.org/bad"].reason is Reason.INTERNAL_ERROR
    assert "a slip" in found["http://a.org/bad"].detail
    assert found["http://a.org/b"].reason is Reason.OK


def test_outcomes_are_yielded_as_they_come():
    """The first is there while others are still asked for; who stops listening stops the asking."""
    gate = threading.Event()

    def probe(url: str, timeout_s: float, cookies: object = None) -> Exchange:
        if not url.endswith("/0"):
            gate.wait(5)
        return Exchange(status=200)

    urls = [f"http://host{n}.org/{n}" for n in range(20)]
    outcomes = probe_urls(targets(*urls), CheckOptions(concurrency=4), probe=probe)
    assert next(outcomes).url == "http://host0.org/0"
    assert not gate.is_set()
    outcomes.close()
    gate.set()


def test_options_and_outcomes_can_be_pickled():
    """What goes in and comes out is plain data, so that a host's URLs can be asked for in another process."""
    options = CheckOptions(allow_networks=("127.0.0.1/32",))
    found = list(probe_urls({"http://a.org/": Target(("part",))}, options, probe=Site()))
    assert pickle.loads(pickle.dumps((options, found))) == (options, found)  # noqa: S301 - our own


def test_host_that_wants_an_hour_is_asked_no_further():
    """Its second such answer, after a wait, stands for all its addresses; they are rate-limited, not dead."""
    clock = StillClock()
    urls = [f"http://a.org/{n}" for n in range(9)]
    site = Site({url: [Exchange(status=429, retry_after_s=3600)] * 5 for url in urls}, clock)
    found = list(probe_urls(targets(*urls), CheckOptions(concurrency=1), probe=site, clock=clock, jitter=lambda: 0))
    assert {outcome.reason for outcome in found} == {Reason.RATE_LIMITED}
    assert (len(found), len(site.asked)) == (9, 2)


def test_host_that_answers_after_all_is_asked_on():
    """One absurd Retry-After says little about the other addresses of a host that shows pages."""
    clock = StillClock()
    urls = [f"http://a.org/{n}" for n in range(4)]
    site = Site({urls[0]: [Exchange(status=429, retry_after_s=86400)]}, clock)
    found = list(probe_urls(targets(*urls), CheckOptions(concurrency=1), probe=site, clock=clock, jitter=lambda: 0))
    assert [outcome.reason for outcome in found] == [Reason.OK] * 4


def test_silent_host_gets_less_time_for_its_further_addresses():
    """After three time-outs in turn the others have two seconds and one attempt."""
    given: list[float] = []

    def probe(url: str, timeout_s: float, cookies: object = None) -> Exchange:
        given.append(timeout_s)
        return Exchange(fault=Reason.TIMEOUT)

    urls = [f"http://a.org/{n}" for n in range(6)]
    options = CheckOptions(concurrency=1, timeout_s=10, gap_s=0)
    found = list(probe_urls(targets(*urls), options, probe=probe, clock=StillClock()))
    assert [outcome.reason for outcome in found] == [Reason.TIMEOUT] * 6
    assert [seconds for seconds in given if seconds == 2.0] == [2.0] * (len(given) - 3)
    assert len(given) <= 8
