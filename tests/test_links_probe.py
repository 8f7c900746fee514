"""The probe itself: connections, proxies, what is sent, what an answer means."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tajikpeace_refs.links import CheckOptions, Reason, check_links
from tajikpeace_refs.links._probe import PageProbe
from tajikpeace_refs.web.headers import retry_after
from tests.fault_server import FaultServer, Peer, head, page, raw, redirect
from tests.test_links_check import work

LOOPBACK = CheckOptions(allow_networks=("127.0.0.1/32",))


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer({"/ok": page(), "/gone": page(404), "/moved": redirect("/ok", 301)}) as running:
        yield running


@pytest.fixture
def probe() -> Iterator[PageProbe]:
    made = PageProbe(LOOPBACK)
    yield made
    made.close()


def test_connection_is_used_again_after_pages_errors_and_redirects(server, probe):
    """Pages, errors and redirects with short bodies leave the connection usable."""
    for path in ("/ok", "/gone", "/moved", "/ok"):
        probe(f"http://127.0.0.1:{server.port}{path}", 3)
    assert server.connections == 1


def test_closed_kept_alive_connection_is_opened_again(probe):
    """A server may close an idle connection at any time; then the page is asked for once more, on a new one."""
    served: set[int] = set()

    def behave(peer: Peer) -> bool:
        if id(peer) in served:
            return False
        served.add(id(peer))
        kept.append(peer)
        return page()(peer)

    kept: list[Peer] = []
    with FaultServer({"/a": behave}) as server:
        assert [probe(f"http://127.0.0.1:{server.port}/a", 3).status for _ in range(3)] == [200] * 3
        assert server.connections == 3


def test_allowed_ipv6_address_is_asked():
    """Bracketed literals work as well."""
    with FaultServer({"/ok": page()}, address="::1") as server:
        allowed = PageProbe(CheckOptions(allow_networks=("::1/128",)))
        assert allowed(f"http://[::1]:{server.port}/ok", 3).status == 200
        allowed.close()
        refused = PageProbe(LOOPBACK)
        assert refused(f"http://[::1]:{server.port}/ok", 3).fault is Reason.PRIVATE_ADDRESS
        refused.close()
        assert server.connections == 1


def test_request_is_a_get_with_an_honest_user_agent(probe):
    """The request says who asks, wants a page, and sends no cookie, no credentials and no Referer."""
    seen: list[Peer] = []

    def behave(peer: Peer) -> bool:
        seen.append(Peer(peer.sock, peer.method, peer.path, dict(peer.headers)))
        return page()(peer)

    with FaultServer({"/a?b=1": behave}) as server:
        probe(f"http://reader:secret@127.0.0.1:{server.port}/a?b=1#part", 3)
    [peer] = seen
    assert (peer.method, peer.path) == ("GET", "/a?b=1")
    assert "tajikpeace-refs" in peer.headers["user-agent"]
    assert set(peer.headers) == {"host", "user-agent", "accept", "accept-language", "accept-encoding"}


def test_host_name_is_resolved_once_per_request():
    """The address that was checked is the one that is connected to: a second answer is never asked for."""
    answers = ["127.0.0.1", "127.66.66.66"]
    asked = []

    def rebinding(host: str, port: int) -> list[object]:
        asked.append(host)
        return list(socket.getaddrinfo(answers.pop(0), port, type=socket.SOCK_STREAM))

    with ExitStack() as stack:
        server = stack.enter_context(FaultServer({"/ok": raw(head(200) + b"a page")}))  # closes: no second use
        canary = stack.enter_context(FaultServer({"/ok": page()}, address="127.66.66.66", port=server.port))
        probe = PageProbe(LOOPBACK, resolver=rebinding)
        first = probe(f"http://rebind.cited.test:{server.port}/ok", 3)
        assert asked == ["rebind.cited.test"]
        second = probe(f"http://rebind.cited.test:{server.port}/ok", 3)
        probe.close()
        assert canary.connections == 0
    assert first.status == 200
    assert second.fault is Reason.PRIVATE_ADDRESS


def test_silent_first_address_leaves_time_for_the_second():
    """Broken IPv6 before working IPv4 is common: each address gets its share of the time."""
    with FaultServer({"/ok": page()}) as server, socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))  # bound, not listening: refused
        places = [("127.0.0.1", unused.getsockname()[1]), ("127.0.0.1", server.port)]
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", place) for place in places]
        probe = PageProbe(LOOPBACK, resolver=lambda host, port: found)
        assert probe("http://two.cited.test/ok", 3).status == 200
        probe.close()


def test_proxy_of_the_environment_is_not_used(server, probe, monkeypatch):
    """The environment's proxies would look names up unguarded: they are not used."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1/")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1/")
    assert probe(f"http://127.0.0.1:{server.port}/ok", 3).status == 200


def test_proxy_option_is_used():
    """It is connected to and looks names up; private addresses in the URL are refused before it hears of them."""
    with FaultServer({"http://cited.test/a": page(), "http://cited.test/b": redirect("http://10.0.0.1/")}) as proxy:
        options = CheckOptions(proxy=f"http://127.0.0.1:{proxy.port}", timeout_s=3)
        works = [
            work("a", "http://cited.test/a"),
            work("b", "http://cited.test/b"),
            work("c", "http://169.254.169.254/"),
        ]
        found = {report.id: (report.verdict, report.reason) for report in check_links(works, options=options)}
        assert set(proxy.hits) == {"http://cited.test/a", "http://cited.test/b"}
    assert found == {
        "a": ("alive", "ok"),
        "b": ("uncertain", "unsafe-redirect"),
        "c": ("skipped", "private-address"),
    }


def test_missing_proxy_makes_no_link_dead():
    """Its refusal says nothing about the page."""
    options = CheckOptions(proxy="http://127.0.0.1:1", timeout_s=3, retries=1)
    [report] = check_links([work("a", "http://cited.test/a")], options=options, jitter=lambda: 0)
    assert (report.verdict, report.reason) == ("uncertain", "unreachable")


def test_body_is_read_up_to_its_limit(probe):
    """64 kB; a longer page costs the connection, not the memory."""
    sent = []

    def behave(peer: Peer) -> bool:
        peer.send(head(200, {"Content-Type": "text/html"}))
        try:
            for _ in range(1000):
                peer.send(b"<p>word " * 1000)
                sent.append(8000)
        except OSError:
            pass
        return False

    with FaultServer({"/long": behave}) as server:
        found = probe(f"http://127.0.0.1:{server.port}/long", 3)
    assert found.page is not None
    assert len(found.page.markup) <= 65536
    assert not found.page.whole
    assert sum(sent) < 8_000_000


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("3", 3), (" 0 ", 0), ("-1", None), ("soon", None), ("", None), (None, None), ("1.5", None), ("٣", None),
     ("Wed, 21 Oct 2015 07:28:00 GMT", None), ("Wed, 99 Oct 2015", None), ("9" * 400, 999_999_999)],
)  # fmt: skip
def test_retry_after_header_gives_seconds(value, seconds):
    """Whole seconds or a date to come; anything else is as if it were not there."""
    assert retry_after(value) == seconds


def test_retry_after_date_gives_seconds_from_now():
    """A date to come is the seconds until then."""
    found = retry_after("Fri, 31 Dec 2899 23:59:59 GMT")
    assert found is not None
    assert found > 86400
