"""The probe: one GET through ``requests``, inside a deadline and an address guard. The only importer of requests.

What ``requests`` does that a checker must not (each cured here, each with a test): it reads the body of every redirect
(so the adapter is called without a Session, and redirects are followed by hand); its timeouts are per read (so every
socket asks one deadline before every read); it connects to whatever a name resolves to (so a connection resolves once,
checks every address, and connects to what it has checked).
"""

from __future__ import annotations

import email.utils
import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.cookies import RequestsCookieJar, extract_cookies_to_jar, get_cookie_header
from requests.structures import CaseInsensitiveDict
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError
from urllib3.util.ssl_ import create_urllib3_context

from tajikpeace_refs.links.address import BAD_PORTS, AddressError, Network, host_of, is_permitted, wire_url
from tajikpeace_refs.links.follow import Exchange
from tajikpeace_refs.links.page import BODY_LIMIT, read_page
from tajikpeace_refs.links.verdict import Reason

Resolver = Callable[[str, int], list[Any]]
"""Looks a host up: host and port in, what ``socket.getaddrinfo`` returns out, or its ``gaierror``."""

USER_AGENT = "Mozilla/5.0 (compatible; tajikpeace-refs/0.1; link checker of a reference list)"
_HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8",
    "Accept-Language": "en,*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}
_BODY_S = 5.0
"""How long a body may take: the headers have told that the page lives, and a dripping body must hold up nobody."""

_DRAIN_S = 0.5

_now = threading.local()  # .deadline and .guard of the exchange that this thread is in


def _left_s() -> float:
    left: float = _now.deadline - monotonic()
    if left <= 0:
        raise TimeoutError("the time for this address is over")
    return left


class _Socket(socket.socket):
    """A socket that gives each read only what is left of the deadline."""

    def recv_into(self, *args: Any) -> int:  # noqa: ANN401 - the base's arguments
        self.settimeout(_left_s())
        return super().recv_into(*args)


class _TlsSocket(ssl.SSLSocket):
    """The same under TLS."""

    def recv_into(self, *args: Any) -> int:  # noqa: ANN401 - the base's arguments
        self.settimeout(_left_s())
        return super().recv_into(*args)


class _Response(http.client.HTTPResponse):
    """A response that reads past 1xx answers other than 100 as well (RFC 9110 section 15.2): a page may follow."""

    def _read_status(self) -> tuple[str, int, str]:
        version, status, reason = super()._read_status()  # type: ignore[misc]
        while 101 < status < 200:
            http.client.parse_headers(self.fp)
            version, status, reason = super()._read_status()  # type: ignore[misc]
        return version, status, reason


def _connect(host: str, port: int) -> socket.socket:
    """Resolve once, check every answer, connect to what was checked."""
    answers = _permitted(host, _now.guard.resolve(host, port), _now.guard.allowed)
    error: OSError = OSError("no address")
    for place, (family, kind, protocol, _, address) in enumerate(answers):
        sock = _Socket(family, kind, protocol)
        try:
            # A silent first address (broken IPv6) must leave time for the others.
            sock.settimeout(_left_s() / (len(answers) - place))
            sock.connect(address)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as failure:
            sock.close()
            if not isinstance(error, ConnectionRefusedError):
                error = failure
        else:
            return sock
    raise error


def _permitted(host: str, answers: list[Any], allowed: tuple[Network, ...]) -> list[Any]:
    """Return the answers to connect to. One forbidden answer forbids all, unless the user has allowed another.

    So ``localhost``, which is ``::1`` as well, can be asked where only ``127.0.0.1`` is allowed.
    """
    good = [answer for answer in answers if is_permitted(answer[4][0], allowed)]
    bad = [answer[4][0] for answer in answers if answer not in good]
    if bad and not any(not is_permitted(answer[4][0]) for answer in good):
        raise AddressError(Reason.PRIVATE_ADDRESS, f"{host} is at {bad[0]}, which is not a public address")
    return good


class _PlainConnection(HTTPConnection):
    response_class = _Response

    def _new_conn(self) -> socket.socket:
        return _connect(self._dns_host, self.port)


class _TlsConnection(HTTPSConnection):
    response_class = _Response

    def _new_conn(self) -> socket.socket:
        return _connect(self._dns_host, self.port)


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - the base's arguments
        context = create_urllib3_context()
        context.load_verify_locations(requests.certs.where())
        context.load_default_certs()  # what the machine trusts besides, SSL_CERT_FILE included
        context.sslsocket_class = _TlsSocket
        super().init_poolmanager(*args, ssl_context=context, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _TlsPool}

    def cert_verify(self, *args: Any) -> None:  # noqa: ANN401 - the base's arguments
        """Do nothing: the context above verifies; the base would load the certificates anew for each connection."""


class HttpProbe:
    """Asks for one address at a time, from as many threads as wanted; connections are shared and kept alive."""

    def __init__(
        self, *, allowed: tuple[Network, ...] = (), resolver: Resolver | None = None, per_host: int = 2, hosts: int = 64
    ) -> None:
        self.allowed = allowed
        self._resolver = resolver or _system_resolver
        self._adapter = _Adapter(pool_connections=max(hosts, 1), pool_maxsize=max(per_host, 1))

    def __call__(self, url: str, timeout_s: float, cookies: RequestsCookieJar | None = None) -> Exchange:
        """Return what a GET of the URL brings within the time; never raises."""
        _now.deadline, _now.guard, _now.resolved = monotonic() + timeout_s, self, False
        try:
            exchange = self._get(url, cookies)
        except Exception as error:  # noqa: BLE001 - requests lets more than its own errors out; each is a finding
            reason, detail = _fault(error)
            exchange = Exchange(fault=reason, detail=detail, cookies=cookies, resolved=_now.resolved)
        return exchange

    def fetch(self, url: str, timeout_s: float) -> tuple[int, bytes]:
        """Return status and body of an address, under the same guard and deadline; raises what goes wrong."""
        _now.deadline, _now.guard, _now.resolved = monotonic() + timeout_s, self, False
        with self._open(url, None) as (_, response):
            return response.status_code, _body(response, timeout_s)

    def close(self) -> None:
        """Close the idle connections."""
        self._adapter.close()

    def resolve(self, host: str, port: int) -> list[Any]:
        """Look the host up within the time: ``getaddrinfo`` cannot be interrupted, so it runs beside."""
        bare = host.strip("[]")
        try:
            return socket.getaddrinfo(bare, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
        except socket.gaierror:
            pass
        answer: SimpleQueue[list[Any] | Exception] = SimpleQueue()

        def look_up() -> None:
            try:
                answer.put(self._resolver(bare, port))
            except Exception as error:  # noqa: BLE001 - handed to the thread that asked
                answer.put(error)

        threading.Thread(target=look_up, daemon=True).start()
        try:
            found = answer.get(timeout=_left_s())
        except Empty:
            raise TimeoutError("the name server did not answer in time") from None
        if isinstance(found, Exception):
            raise found
        # The name of this very machine proves nothing about the network.
        _now.resolved = "." in bare and not bare.endswith(".localhost")
        return found

    @contextmanager
    def _open(self, url: str, cookies: RequestsCookieJar | None) -> Iterator[tuple[requests.PreparedRequest, Any]]:
        request = requests.PreparedRequest()
        request.method, request.url, request.body = "GET", wire_url(url), None
        request.headers = CaseInsensitiveDict(_HEADERS)
        if cookies:
            header = get_cookie_header(cookies, request)
            if header:
                request.headers["Cookie"] = header
        port = requests.compat.urlsplit(request.url).port
        if port in BAD_PORTS:
            raise AddressError(Reason.UNSAFE_PORT, f"port {port} is not one of a web server")
        response = self._adapter.send(request, stream=True, timeout=_left_s())
        try:
            yield request, response
        finally:
            response.close()

    def _get(self, url: str, cookies: RequestsCookieJar | None) -> Exchange:
        with self._open(url, cookies) as (request, response):
            headers = response.raw.headers
            if "set-cookie" in headers:
                # A copy: a visit keeps its cookies to itself.
                jar = cookies.copy() if cookies is not None else RequestsCookieJar()
                extract_cookies_to_jar(jar, request, response.raw)
                cookies = jar
            status = response.status_code
            body, page = b"", None
            if not 200 <= status <= 299:
                # Nobody reads it; only a short one is drained, for the sake of the connection.
                if headers.get("content-length", "").isdigit() and int(headers["content-length"][:9]) < BODY_LIMIT:
                    _body(response, _DRAIN_S)
            else:
                body = _body(response, _BODY_S)
                kind = headers.get("content-type", "")
                page = read_page(body, kind, headers.get("content-encoding", ""), whole=len(body) < BODY_LIMIT)
            locations = headers.getlist("location")
            return Exchange(
                status=status,
                detail="the body is empty" if status == 200 and not body else "",
                location=locations[0] if locations else None,
                retry_after_s=retry_after(headers.get("retry-after")),
                page=page,
                cookies=cookies,
                cookie_state=tuple(sorted((c.domain, c.path, c.name, c.value or "") for c in cookies or ())),
                resolved=_now.resolved,
            )


def _system_resolver(host: str, port: int) -> list[Any]:
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)


def _body(response: requests.Response, limit_s: float) -> bytes:
    """Return the body as sent, up to the limit; what came before it broke off is enough.

    A small body is read to its end, so that the connection can be used again.
    """
    _now.deadline = min(_now.deadline, monotonic() + limit_s)
    parts: list[bytes] = []
    size = 0
    try:
        while size < BODY_LIMIT:
            part = response.raw.read1(BODY_LIMIT - size, decode_content=False)
            if not part:
                break
            parts.append(part)
            size += len(part)
    except (HTTPError, OSError, ValueError, http.client.HTTPException):
        pass
    return b"".join(parts)


def retry_after(value: str | None) -> float | None:
    """Return the seconds that a ``Retry-After`` asks for (RFC 9110 section 10.2.3), or None for what is none."""
    if not value:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        seconds = (email.utils.parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError):
        return None
    return seconds if seconds > 0 else None


_FAULTS: tuple[tuple[type[BaseException], Reason, str], ...] = (
    (TimeoutError, Reason.TIMEOUT, "no answer in time"),
    (ssl.SSLError, Reason.TLS, ""),
    (ConnectionRefusedError, Reason.REFUSED, "the connection is refused"),
    (http.client.RemoteDisconnected, Reason.RESET, "the server closed the connection without an answer"),
    (ConnectionError, Reason.RESET, "the connection broke off"),
    (http.client.HTTPException, Reason.BAD_RESPONSE, "the answer is not HTTP"),
    (UnicodeError, Reason.BAD_RESPONSE, "the answer is not HTTP"),
)
_NO_SUCH_HOST = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})


def _fault(error: BaseException) -> tuple[Reason, str]:
    """Return the reason that lies at the bottom of an error of requests, urllib3, http.client, ssl or socket."""
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, AddressError):
            return cause.reason, str(cause)
        if isinstance(cause, socket.gaierror):
            reason = Reason.DNS if cause.errno in _NO_SUCH_HOST else Reason.DNS_FAILURE
            return reason, f"the host name is not found ({cause.strerror or cause})"
    for kind, reason, text in _FAULTS:
        for cause in causes:
            if isinstance(cause, kind):
                return reason, text or _tls_text(cause)
    for cause in causes:
        if isinstance(cause, OSError) and cause.errno:
            return Reason.UNREACHABLE, str(cause.strerror or cause)
    if any(isinstance(cause, HTTPError) for cause in causes):
        return Reason.BAD_RESPONSE, str(error)[:200]
    return Reason.INTERNAL_ERROR, f"{type(error).__name__}: {error}"[:200]


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield the error and all that it was raised from or wraps."""
    queue: list[Any] = [error]
    seen: set[int] = set()
    while queue:
        each = queue.pop(0)
        if id(each) in seen or not isinstance(each, BaseException):
            continue
        seen.add(id(each))
        yield each
        queue += [each.__cause__, each.__context__, getattr(each, "reason", None), *each.args]


def _tls_text(error: BaseException) -> str:
    return str(getattr(error, "verify_message", "") or getattr(error, "reason", "") or error)
