"""The guarded client: the places of urllib3 and ssl that it fills are still called. Each test opens them to see."""

from __future__ import annotations

import socket
import ssl
from collections import Counter
from typing import Any

import pytest
import trustme

from tajikpeace_refs.errors import UsageError
from tajikpeace_refs.web import _guard
from tajikpeace_refs.web.client import BODY_LIMIT, Client, ClientOptions
from tajikpeace_refs.web.faults import Fault
from tests.fault_server import FaultServer, page, raw

LOOPBACK = ClientOptions(allow_networks=("127.0.0.1/32",))
LOST = "urllib3 or ssl no longer calls {} of web/_guard.py: {}"


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count the calls of each place that the guard fills."""
    found: Counter[str] = Counter()

    def watch(owner: type, name: str) -> None:
        before = getattr(owner, name)

        def counted(self: Any, *args: Any) -> Any:
            found[f"{owner.__name__}.{name}"] += 1
            return before(self, *args)

        monkeypatch.setattr(owner, name, counted)

    watch(_guard._PlainConnection, "_new_conn")
    watch(_guard._TlsConnection, "_new_conn")
    watch(_guard._Socket, "recv_into")
    watch(_guard._TlsSocket, "recv_into")
    watch(_guard._Response, "_read_status")
    return found


def lost(called: Counter[str], wanted: dict[str, str]) -> list[str]:
    """Say which of some places were not called, and what that would mean."""
    return [LOST.format(place, meaning) for place, meaning in wanted.items() if not called[place]]


def test_plain_connections_pass_the_guard(called):
    """Every connection is made by the guard, and every read has the time that is left."""
    with FaultServer({"/a": page()}) as server:
        client = Client(LOOPBACK)
        assert client.get(f"http://127.0.0.1:{server.port}/a", 3).status == 200
        client.close()
    wanted = {
        "_PlainConnection._new_conn": "private addresses could be asked",
        "_Socket.recv_into": "a slow server could hold a request for ever",
        "_Response._read_status": "an answer 103 would be taken for the page",
    }
    assert lost(called, wanted) == []


def test_tls_connections_pass_the_guard(called, monkeypatch, tmp_path):
    """The same under TLS."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    with FaultServer({"/a": page()}, tls=context) as server:
        client = Client(
            LOOPBACK, resolver=lambda host, port: socket.getaddrinfo("127.0.0.1", port, type=socket.SOCK_STREAM)
        )
        answer = client.get(f"https://localhost:{server.port}/a", 3)
        client.close()
    assert (answer.status, answer.fault) == (200, None)
    wanted = {
        "_TlsConnection._new_conn": "private addresses could be asked",
        "_TlsSocket.recv_into": "a slow server could hold a request for ever",
    }
    assert lost(called, wanted) == []


def test_connections_to_a_proxy_pass_the_guard(called):
    """Those to a proxy as well: their reads keep the deadline."""
    with FaultServer({"http://pages.test/a": page()}) as server:
        client = Client(ClientOptions(proxy=f"http://127.0.0.1:{server.port}"))
        assert client.get("http://pages.test/a", 3).status == 200
        client.close()
    wanted = {
        "_PlainConnection._new_conn": "a proxy would be asked without a deadline",
    }
    assert lost(called, wanted) == []


def test_private_address_is_refused_before_a_connection():
    """Nothing is sent to a network that was not allowed."""
    with FaultServer({"/a": page()}) as server:
        client = Client(ClientOptions())
        answer = client.get(f"http://127.0.0.1:{server.port}/a", 3)
        client.close()
        assert (answer.fault, server.connections) == (Fault.PRIVATE_ADDRESS, 0)


def test_caller_may_read_more_of_a_body_than_a_page_needs():
    """Records of registries are longer than the beginning of a page."""
    text = b"x" * (3 * BODY_LIMIT)
    answer_of = raw(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(text) + text)
    with FaultServer({"/a": answer_of}) as server:
        client = Client(LOOPBACK)
        address = f"http://127.0.0.1:{server.port}/a"
        short, long = client.get(address, 3), client.get(address, 3, limit=4 * BODY_LIMIT)
        client.close()
    assert (len(short.body), short.whole) == (BODY_LIMIT, False)
    assert (long.body, long.whole) == (text, True)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nonsense", "is no URL of a proxy"),
        ("", "is no URL of a proxy"),
        ("http://", "is no URL of a proxy"),
        ("http://proxy.org:99999", "out of range"),
        ("ftp://proxy.org:21", "is no URL of a proxy"),
        ("socks5h://127.0.0.1:1080", "is a SOCKS proxy, which is not supported"),
    ],
)
def test_url_that_is_no_proxy_is_refused_before_anything_is_asked(text: str, message: str):
    with pytest.raises(UsageError, match=message):
        Client(ClientOptions(proxy=text))


@pytest.mark.parametrize("status", [403, 407])
def test_proxy_that_refuses_is_unreachable(status: int):
    """The answer to CONNECT, and 407, are the proxy's, so that they say nothing about the page."""
    with FaultServer({"www.cited.org:443": page(status, "no")}) as proxy:
        client = Client(ClientOptions(proxy=f"http://127.0.0.1:{proxy.port}"))
        response = client.get("https://www.cited.org/a", 3)
    assert (response.status, response.fault) == (None, Fault.UNREACHABLE)
    assert "the proxy refuses" in response.detail
