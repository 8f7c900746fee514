"""The guarded client: what it may ask, and the places of urllib3 and ssl that it fills are still called."""

from __future__ import annotations

import socket
import ssl
from collections import Counter
from ipaddress import ip_network
from typing import Any

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from tajikpeace_refs.errors import UsageError
from tajikpeace_refs.web import _guard
from tajikpeace_refs.web.address import is_permitted
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


# The IANA registries of special-purpose addresses and of multicast; Azure's own host; the deprecated site-local block.
SPECIAL = """
0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24
192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 255.255.255.255/32 168.63.129.16/32
::/128 ::1/128 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 3fff::/20 5f00::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8
"""


@pytest.mark.parametrize("network", SPECIAL.split())
def test_address_of_a_special_network_is_refused(network):
    """First and last address, mapped ones included, whatever this version of Python knows of the network."""
    found = ip_network(network)
    for address in (found[0], found[-1]):
        assert not is_permitted(str(address))
        if address.version == 4:
            assert not is_permitted(f"::ffff:{address}")
            assert not is_permitted(f"64:ff9b::{address}")


BESIDE = """
1.0.0.0 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 169.253.255.255 172.15.255.255
172.32.0.0 191.255.255.255 192.0.1.0 192.0.3.0 192.88.98.255 192.88.100.0 192.167.255.255 192.169.0.0 198.17.255.255
198.20.0.0 203.0.112.255 203.0.114.0 223.255.255.255 168.63.129.15 168.63.129.17
2001:200:: 2001:db7:ffff::1 2001:db9:: 2a00:1450:4001::1 3ffe:ffff::1 64:ff9b::808:808
"""


@pytest.mark.parametrize("address", BESIDE.split())
def test_public_address_beside_a_special_network_is_permitted(address):
    """No more is refused than the registries name. A network that has no IPv4 of its own is answered 64:ff9b::/96."""
    assert is_permitted(address)


@given(st.ip_addresses())
def test_permitted_address_is_global_for_python_too(ip):
    """The own table refuses all that ``ipaddress`` does; and in IPv4 little that it does not.

    NAT64 and 6to4 addresses, on which versions of Python disagree, are judged by the IPv4 address in them.

    Little: anycast addresses of the reader's own network, the old 6to4 relays, the host of an Azure machine.
    """
    if any(ip in ip_network(each) for each in ("64:ff9b::/96", "2002::/16")):
        return
    if is_permitted(str(ip)):
        assert ip.is_global
        assert not ip.is_multicast
    elif ip.version == 4 and ip.is_global and not ip.is_multicast:
        assert any(ip in ip_network(each) for each in ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32"))


LOCAL_NAMES = (
    "localhost", "a.localhost", "LOCALHOST.", "localhost.localdomain", "metadata", "metadata.google.internal", "x.internal",
    "printer.local", "nas.home.arpa", "wiki.corp", "127.0.0.1.", "127.1", "0x7f.1", "2130706433", "[::1]", "[::ffff:10.0.0.1]",
    "kubernetes.default.svc", "metadata.goog", "metadata.tencentyun.com",
)  # fmt: skip


@pytest.mark.parametrize("name", LOCAL_NAMES)
def test_proxy_is_not_asked_for_a_private_name(name):
    """It would look the name up in its own network (RFC 6761, 6762, 8375; ICANN: internal), redirects included."""
    with FaultServer({f"http://{name.lower().rstrip('.')}/": page()}) as server:
        client = Client(ClientOptions(proxy=f"http://127.0.0.1:{server.port}"))
        answer = client.get(f"http://{name}/", 3)
        client.close()
        assert (answer.fault, server.connections) == (Fault.PRIVATE_ADDRESS, 0)


@pytest.mark.parametrize(
    "name", ["internal.org", "x.metadata.goog", "localhost.tj", "local.example.org", "homes.test", "mylocalhost.test"]
)
def test_proxy_is_asked_for_a_name_that_only_looks_private(name):
    """Only the last labels of a name make it private."""
    with FaultServer({f"http://{name}/": page()}) as server:
        client = Client(ClientOptions(proxy=f"http://127.0.0.1:{server.port}"))
        assert client.get(f"http://{name}/", 3).status == 200
        client.close()


def test_password_of_a_proxy_is_in_no_answer_and_no_options():
    """A proxy that is not there is named without its password."""
    for proxy in ("http://reader:s3cret@127.0.0.1:1", "reader:s3cret@127.0.0.1:1"):
        options = ClientOptions(proxy=proxy)
        client = Client(options)
        answer = client.get("http://pages.test/a", 2)
        client.close()
        assert answer.fault is Fault.UNREACHABLE
        assert "s3cret" not in repr(options) + repr(answer)


@pytest.mark.parametrize(
    "proxy",
    ["socks5://reader:s3cret@x.org:1", "http://reader:s3cret@[::1", "reader:s3cret@x.org:99999", "reader:s3cret@x y:1"],
)
def test_refusal_of_a_proxy_masks_its_password(proxy):
    """With or without the scheme."""
    with pytest.raises(UsageError, match=r"//reader:\*\*\*@"):
        Client(ClientOptions(proxy=proxy))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nonsense", "is not the address of a proxy"),
        ("", "is not the address of a proxy"),
        ("http://", "is not the address of a proxy"),
        ("http://proxy.org:99999", "out of range"),
        ("ftp://proxy.org:21", "is not the address of a proxy"),
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
