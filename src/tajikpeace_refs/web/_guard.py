"""Connections that keep one deadline per request and refuse private addresses.

The timeouts of urllib3 are per read, so a server that sends its headers byte by byte could hold a request for ever:
here every read gets only the time that is left of one deadline. A host name is resolved once, each of its addresses
is checked, and the connection goes to a checked address: there is no second look-up that an attacker could answer
otherwise (DNS rebinding).
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from time import monotonic
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.util.ssl_ import create_urllib3_context

from tajikpeace_refs.web.address import Network, is_permitted
from tajikpeace_refs.web.faults import AddressError, Fault

request_state = threading.local()
"""Of the request that this thread is making: ``deadline``, ``resolve``, ``allowed``, ``resolved``, ``reused``."""


def remaining_s() -> float:
    """Return the seconds left for the request that this thread is making; TimeoutError where there are none."""
    left: float = request_state.deadline - monotonic()
    if left <= 0:
        raise TimeoutError("the time for this address has run out")
    return left


class _Socket(socket.socket):
    """A socket that gives each read only the time that is left."""

    def recv_into(self, *args: Any) -> int:  # noqa: ANN401 - the base's arguments
        self.settimeout(remaining_s())
        return super().recv_into(*args)


class _TlsSocket(ssl.SSLSocket):
    """The same under TLS."""

    def recv_into(self, *args: Any) -> int:  # noqa: ANN401 - the base's arguments
        self.settimeout(remaining_s())
        return super().recv_into(*args)


class _Response(http.client.HTTPResponse):
    """A response that skips every 1xx answer, not only 100 as http.client does (RFC 9110 section 15.2)."""

    def _read_status(self) -> tuple[str, int, str]:
        version, status, reason = super()._read_status()  # type: ignore[misc]
        while 101 < status < 200:
            http.client.parse_headers(self.fp)
            version, status, reason = super()._read_status()  # type: ignore[misc]
        return version, status, reason


def _connect(connection: HTTPConnection) -> socket.socket:
    """Return a socket: resolve the host once, check every address, connect to the first that answers."""
    host = connection._dns_host  # noqa: SLF001 - as urllib3's own _new_conn, for which this stands
    answers = public_only(host, request_state.resolve(host, connection.port), request_state.allowed)
    error: OSError = OSError("no address")
    for place, (family, kind, protocol, _, address) in enumerate(answers):
        sock = _Socket(family, kind, protocol)
        try:
            # A silent first address (broken IPv6) must leave time for the others.
            sock.settimeout(remaining_s() / (len(answers) - place))
            sock.connect(address)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.settimeout(remaining_s())
        except OSError as failure:
            sock.close()
            if not isinstance(error, ConnectionRefusedError):
                error = failure
        else:
            request_state.reused = False
            return sock
    raise error


def public_only(host: str, answers: list[Any], allowed: tuple[Network, ...]) -> list[Any]:
    """Return the ``getaddrinfo`` answers that may be connected to: public ones, and those in ``allowed`` networks.

    One forbidden address forbids the host, unless another of its addresses was allowed by the user: so ``localhost``,
    which is also ``::1``, can be asked where only ``127.0.0.1`` is allowed.

    Raises:
        AddressError: the host is forbidden.
    """
    good = [answer for answer in answers if is_permitted(answer[4][0], allowed)]
    bad = [answer[4][0] for answer in answers if answer not in good]
    if bad and not any(not is_permitted(answer[4][0]) for answer in good):
        raise AddressError(Fault.PRIVATE_ADDRESS, f"{host} is at {bad[0]}, which is not a public address")
    return good


class _PlainConnection(HTTPConnection):
    response_class = _Response
    _new_conn = _connect


class _TlsConnection(HTTPSConnection):
    response_class = _Response
    _new_conn = _connect


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


POOLS = {"http": _PlainPool, "https": _TlsPool}


def tls_context(*authorities: str) -> ssl.SSLContext:
    """Return a TLS context for guarded connections that trusts these certificate files and those of the machine."""
    context = create_urllib3_context()
    for each in authorities:
        context.load_verify_locations(each)
    context.load_default_certs()  # SSL_CERT_FILE included
    context.sslsocket_class = _TlsSocket
    return context
