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
def test_a_living_page_is_told_by_how_it_was_reached(statuses, verdict, reason):
    """Moved: permanent redirects only; redirected: any temporary hop."""
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
def test_only_what_no_reader_gets_is_dead(reason, verdict):
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
def test_no_such_host_is_dead_only_where_the_network_works(host, network_seen, expected):
    """Or where the name is reserved never to exist."""
    assert classify(outcome(Reason.DNS), host=host, network_seen=network_seen) == expected


def test_a_name_server_that_fails_proves_nothing():
    """EAI_AGAIN is never dead."""
    assert classify(outcome(Reason.DNS_FAILURE), host="a.org", network_seen=True) == ("uncertain", "dns-failure")
    assert classify(outcome(Reason.DNS_FAILURE), host="a.org", network_seen=False) == ("uncertain", "offline")


def test_refused_once_is_not_dead():
    """Dead only after a retry."""
    once = Outcome(url=TO, reason=Reason.REFUSED, attempts=1)
    assert classify(once, host="a.org", network_seen=True) == ("uncertain", "refused")


def test_a_private_address_is_skipped_first_and_unsafe_later():
    """A private address that is cited is not asked; one that a redirect leads to makes the link uncertain."""
    later = outcome(Reason.PRIVATE_ADDRESS, redirects=(Redirect(301, TO),))
    assert classify(later, host="10.0.0.1", network_seen=True) == ("uncertain", "unsafe-redirect")


def test_every_status_has_a_meaning_and_only_two_are_dead():
    """Of all statuses only 404 and 410 can make a link dead."""
    dead = {
        status
        for status in range(1000)
        if classify(outcome(reason_of_status(status)), host="a.org", network_seen=True)[0] is Verdict.DEAD
    }
    assert dead == {404, 410}


def test_every_reason_gets_a_verdict():
    """There is no case without a verdict."""
    for reason, seen, soft in product(Reason, (True, False), (None, Reason.PARKED, Reason.BLOCKED)):
        assert classify(outcome(reason, soft=soft), host="a.org", network_seen=seen)[0] in Verdict


def test_what_is_worth_asking_again():
    """Transient: 429 and the like, resets, refusals, a name server that fails; not 404, not TLS, not a time-out."""
    assert {status for status in range(1000) if is_transient(Reason.OK, status)} == {
        408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524,
    }  # fmt: skip
    assert {reason.value for reason in Reason if is_transient(reason, None)} == {
        "dns-failure", "refused", "unreachable", "reset",
    }  # fmt: skip
