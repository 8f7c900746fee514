"""What an outcome means: the tables of docs/links.md."""

from __future__ import annotations

from itertools import product

import pytest

from tajikpeace_refs.links import Outcome, Reason, Redirect, Verdict
from tajikpeace_refs.links.verdict import classify, is_transient, reason_of_status

TO = "http://example.org/b"


def outcome(reason: Reason = Reason.OK, **more: object) -> Outcome:
    return Outcome(url="http://example.org/a", reason=reason, final_url=TO, attempts=3, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("statuses", "verdict", "reason"),
    [
        ((), "alive", "ok"),
        ((301,), "moved", "permanent-redirect"),
        ((308, 301), "moved", "permanent-redirect"),
        ((302,), "redirected", "temporary-redirect"),
        ((301, 307), "redirected", "temporary-redirect"),
        ((303, 301), "redirected", "temporary-redirect"),
        ((200,), "redirected", "meta-refresh"),
    ],
)
def test_page_is_alive_moved_or_redirected_by_its_redirects(statuses, verdict, reason):
    """Moved: permanent redirects only; redirected: any temporary redirect."""
    redirects = tuple(Redirect(status, TO) for status in statuses)
    assert classify(outcome(redirects=redirects), host="example.org", network_seen=True) == (verdict, reason)


@pytest.mark.parametrize(
    ("reason", "verdict"),
    [
        (Reason.NOT_FOUND, "dead"),
        (Reason.GONE, "dead"),
        (Reason.REDIRECT_LOOP, "dead"),
        (Reason.REFUSED, "dead"),
        (Reason.BLOCKED, "uncertain"),
        (Reason.RATE_LIMITED, "uncertain"),
        (Reason.SERVER_ERROR, "uncertain"),
        (Reason.TIMEOUT, "uncertain"),
        (Reason.TLS, "uncertain"),
        (Reason.RESET, "uncertain"),
        (Reason.BAD_RESPONSE, "uncertain"),
        (Reason.UNSAFE_REDIRECT, "uncertain"),
        (Reason.LEGAL, "uncertain"),
        (Reason.INTERNAL_ERROR, "uncertain"),
        (Reason.PRIVATE_ADDRESS, "skipped"),
    ],
)
def test_reason_gives_the_verdict(reason, verdict):
    """What a reader may well still get is uncertain."""
    assert classify(outcome(reason), host="example.org", network_seen=True) == (verdict, reason)


@pytest.mark.parametrize(
    ("host", "network_seen", "expected"),
    [
        ("gone.org", True, ("dead", "dns")),
        ("gone.org", False, ("uncertain", "offline")),
        ("gone.invalid", False, ("dead", "dns")),
        ("gone.invalid.", True, ("dead", "dns")),
    ],
)
def test_unknown_host_is_dead_only_if_the_network_works(host, network_seen, expected):
    """Or where the name is reserved never to exist."""
    assert classify(outcome(Reason.DNS), host=host, network_seen=network_seen) == expected


def test_status_429_is_uncertain_rate_limited():
    """RFC 6585 section 4: the server wants fewer requests, which says nothing about the page."""
    reason = reason_of_status(429)
    verdict = classify(outcome(reason), host="example.org", network_seen=True)
    assert verdict == ("uncertain", "rate-limited")


def test_failing_name_server_is_uncertain():
    """EAI_AGAIN is never dead."""
    assert classify(outcome(Reason.DNS_FAILURE), host="a.org", network_seen=True) == ("uncertain", "dns-failure")
    assert classify(outcome(Reason.DNS_FAILURE), host="a.org", network_seen=False) == ("uncertain", "offline")


def test_connection_refused_once_is_uncertain():
    """Dead only after a retry."""
    once = Outcome(url=TO, reason=Reason.REFUSED, attempts=1)
    assert classify(once, host="a.org", network_seen=True) == ("uncertain", "refused")


def test_private_address_is_skipped_or_an_unsafe_redirect():
    """A private address that is cited is not asked; one that a redirect leads to makes the link uncertain."""
    later = outcome(Reason.PRIVATE_ADDRESS, redirects=(Redirect(301, TO),))
    assert classify(later, host="10.0.0.1", network_seen=True) == ("uncertain", "unsafe-redirect")


def test_only_status_404_and_410_are_dead():
    """Of all statuses only 404 and 410 can make a link dead."""
    dead = {
        status
        for status in range(1000)
        if classify(outcome(reason_of_status(status)), host="a.org", network_seen=True)[0] is Verdict.DEAD
    }
    assert dead == {404, 410}


def test_every_reason_has_a_verdict():
    """There is no case without a verdict."""
    for reason, seen, soft in product(Reason, (True, False), (None, Reason.PARKED, Reason.BLOCKED)):
        assert classify(outcome(reason, soft=soft), host="a.org", network_seen=seen)[0] in Verdict


def test_transient_faults_are_asked_again():
    """Transient: 429 and the like, resets, refusals, a name server that fails; not 404, not TLS, not a time-out."""
    assert {status for status in range(1000) if is_transient(Reason.OK, status)} == {
        408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524,
    }  # fmt: skip
    assert {reason.value for reason in Reason if is_transient(reason, None)} == {
        "dns-failure", "refused", "unreachable", "reset",
    }  # fmt: skip
