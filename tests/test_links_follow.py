"""The visit of one URL as a state machine: no server, no clock, no waiting."""

from __future__ import annotations

import pytest

from tajikpeace_refs.links.follow import Exchange, Target, Visit
from tajikpeace_refs.links.page import Page
from tajikpeace_refs.links.verdict import Outcome, Reason, Redirect, Verdict, classify
from tajikpeace_refs.web.schedule import NextRequest

URL = "http://example.org/a/deep"


def visit(**more: object) -> Visit:
    return Visit(URL, **more)  # type: ignore[arg-type]


def test_status_200_ends_the_visit():
    """A good status is the outcome, with attempts and time."""
    found = visit().advance(Exchange(status=200, page=Page(title="A")), 0.25, 0)
    assert isinstance(found, Outcome)
    assert (found.reason, found.attempts, found.elapsed_s, found.final_url) == (Reason.OK, 1, 0.25, URL)


def test_redirect_is_asked_for_next():
    """The chain is recorded: who sent the reader on, and with which status."""
    asked = visit()
    assert asked.advance(Exchange(status=301, location="/b"), 0.1, 0) == NextRequest("http://example.org/b")
    found = asked.advance(Exchange(status=404), 0.1, 0)
    assert isinstance(found, Outcome)
    assert found.redirects == (Redirect(301, URL),)
    assert found.reason is Reason.NOT_FOUND


def test_cookies_are_sent_to_the_next_address():
    """The same address with other cookies is no loop; with the same ones it is."""
    asked = visit()
    jar = object()
    gate = Exchange(status=302, location=URL, cookies=jar, cookie_state=(("", "/", "pass", "1"),))
    assert asked.advance(gate, 0, 0) == NextRequest(URL)
    assert asked.cookies is jar
    again = asked.advance(gate, 0, 0)
    assert isinstance(again, Outcome)
    assert again.reason is Reason.REDIRECT_LOOP


@pytest.mark.parametrize("jitter", [0.0, 0.5, 1.0])
def test_retry_waits_double_and_are_spread_by_jitter(jitter):
    """Two retries, each wait about double the one before."""
    asked = visit()
    waits = []
    while isinstance(step := asked.advance(Exchange(status=503), 0.1, jitter), NextRequest):
        waits.append(step.wait_s)
        assert not step.hold_host
    assert waits == [0.5 * (0.5 + jitter), 1.0 * (0.5 + jitter)]
    assert step.reason is Reason.SERVER_ERROR
    assert step.attempts == 3


@pytest.mark.parametrize(
    ("asked_s", "timeout_s", "waited_s"),
    [(3, 20, 3), (9, 60, 9), (86400, 60, 5), (86400, 4, 3.4), (3, 2, 1.4), (None, 20, 0.25)],
)
def test_retry_after_is_followed_within_the_time(asked_s, timeout_s, waited_s):
    """Seconds as asked, absurd ones capped, always with time left for an answer; the whole host waits."""
    step = visit(timeout_s=timeout_s).advance(Exchange(status=429, retry_after_s=asked_s), 0.1, 0)
    assert isinstance(step, NextRequest)
    assert step.wait_s == pytest.approx(waited_s)
    assert step.hold_host is (asked_s is not None)


def test_waits_count_as_spent_time():
    """No retry starts that could not be answered any more."""
    asked = visit(timeout_s=5.0)
    assert isinstance(asked.advance(Exchange(status=503), 4.9, 0), Outcome)


def test_timeout_is_asked_again_once():
    """The first attempt gets a part of the time, the second the rest; a third would have none."""
    asked = visit(timeout_s=10.0)
    assert asked.attempt_s == pytest.approx(6)
    assert asked.advance(Exchange(fault=Reason.TIMEOUT), 6.0, 0) == NextRequest(URL)
    assert asked.attempt_s == asked.remaining_s == pytest.approx(4)
    found = asked.advance(Exchange(fault=Reason.TIMEOUT), 4.0, 0)
    assert isinstance(found, Outcome)
    assert (found.reason, found.attempts) == (Reason.TIMEOUT, 2)
    assert visit(timeout_s=10.0, retries=0).attempt_s == 10


def test_zero_retries_asks_once():
    """``retries=0`` takes the first answer."""
    assert isinstance(visit(retries=0).advance(Exchange(fault=Reason.RESET), 0, 0), Outcome)


def test_elapsed_time_is_summed_over_redirects_and_retries():
    """One deadline for all: what is left shrinks with each exchange and each wait."""
    asked = visit(timeout_s=10.0)
    asked.advance(Exchange(status=302, location="/b"), 2.0, 0)
    asked.advance(Exchange(status=503), 1.0, 0)
    assert asked.remaining_s == pytest.approx(10 - 2 - 1 - 0.25)


def test_refresh_after_more_than_a_second_is_not_followed():
    """A page that moves on after a while is a page that somebody may read."""
    assert isinstance(visit().advance(Exchange(status=200, refresh=(0, "/b")), 0, 0), NextRequest)
    assert isinstance(visit().advance(Exchange(status=200, refresh=(5, "/b")), 0, 0), Outcome)


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        (None, "bad-redirect"),
        ("", "bad-redirect"),
        ("http://[::1", "bad-redirect"),
        ("file:///etc/passwd", "unsafe-redirect"),
        ("http://example.org:25/", "unsafe-redirect"),
        (URL, "redirect-loop"),
    ],
)
def test_bad_redirect_ends_with_its_reason(location, reason):
    """Scheme, port, form and loop are checked at each redirect."""
    found = visit().advance(Exchange(status=302, location=location), 0, 0)
    assert isinstance(found, Outcome)
    assert found.reason == reason


def test_missing_fragment_is_only_a_detail():
    """Present, absent or unknown; the verdict does not depend on it."""
    page = Page(markup='<h2 id="talks">', text="The Tehran round of talks")
    asked = visit(target=Target(("talks", "none", "/route", ":~:text=tehran%20round", ":~:text=Moscow")))
    found = asked.advance(Exchange(status=200, page=page), 0, 0)
    assert isinstance(found, Outcome)
    assert [state for _, state in found.fragments] == ["present", "absent", "unknown", "present", "absent"]


def refused(asked: Visit) -> Outcome | NextRequest:
    """Refuse every connection by http and return what comes after: the outcome, or the request by https."""
    while isinstance(step := asked.advance(Exchange(fault=Reason.REFUSED), 0.1, 0), NextRequest):
        if step.url != asked.url:
            break
    return step


def test_closed_port_of_http_is_tried_by_https_once():
    """Browsers ask https first: a page that is there is not dead, and has moved."""
    asked = visit()
    assert refused(asked) == NextRequest("https://example.org/a/deep")
    found = asked.advance(Exchange(status=200, page=Page(title="A")), 0.1, 0)
    assert isinstance(found, Outcome)
    assert (found.reason, found.final_url, found.asked_https) == (Reason.OK, "https://example.org/a/deep", True)
    assert classify(found, host="example.org", network_seen=True) == (Verdict.MOVED, Reason.HTTPS_ONLY)


def test_refusal_stays_one_where_https_gives_no_answer_either():
    """Refused by both, or silent: what counts is the refusal; a certificate that is wrong shows that somebody is there."""
    for fault, verdict in (
        (Reason.REFUSED, Verdict.DEAD),
        (Reason.TIMEOUT, Verdict.DEAD),
        (Reason.TLS, Verdict.UNCERTAIN),
    ):
        asked = visit()
        refused(asked)
        step = asked.advance(Exchange(fault=fault), 0.1, 0)
        while isinstance(step, NextRequest):
            step = asked.advance(Exchange(fault=fault), 0.1, 0)
        assert isinstance(step, Outcome)
        assert classify(step, host="example.org", network_seen=True)[0] is verdict


@pytest.mark.parametrize("url", ["http://example.org:8080/a", "https://example.org/a"])
def test_other_ports_and_schemes_have_no_second_address(url):
    """Only port 80 has a usual twin."""
    found = refused(Visit(url))
    assert isinstance(found, Outcome)
    assert (found.reason, found.asked_https) == (Reason.REFUSED, False)
