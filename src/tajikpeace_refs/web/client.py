"""One GET request through ``requests``, with a deadline and without access to private addresses (``_guard``).

The adapter of requests is used without a Session, which would read and decompress the body of every redirect and fail
on unusual bytes in ``Location``; redirects, cookies and retries are the caller's to decide.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import certifi
import requests
from requests.adapters import HTTPAdapter
from requests.cookies import RequestsCookieJar, extract_cookies_to_jar, get_cookie_header
from requests.structures import CaseInsensitiveDict
from urllib3.exceptions import HTTPError

from tajikpeace_refs.errors import UsageError, masked
from tajikpeace_refs.web._guard import POOLS, public_only, remaining_s, request_state, tls_context
from tajikpeace_refs.web.address import BAD_PORTS, is_local_name, is_permitted, networks, proxy_url, wire_url
from tajikpeace_refs.web.faults import AddressError, Fault

Resolver = Callable[[str, int], list[Any]]
"""Looks up a host: takes host and port, and returns or raises what ``socket.getaddrinfo`` does."""

PROJECT = "https://pypi.org/project/tajikpeace-refs/"
"""Where those who are asked can read what asks them."""


def user_agent(purpose: str, contact: str | None = None) -> str:
    """Return how requests name this program, in a form that servers accept which require ``Mozilla/5.0``.

    Args:
        purpose: what it asks for, in a few words.
        contact: an address of whoever runs it, which some registries and archives want.

    Raises:
        UsageError: the contact has letters that no header may have.

    >>> user_agent("link checker", "editor@example.org").split("; ")[2:]
    ['link checker', '+https://pypi.org/project/tajikpeace-refs/', 'editor@example.org)']
    """
    if contact and not (contact.isascii() and contact.isprintable()):
        raise UsageError(f"{contact!r} cannot be sent as a contact; write an address in plain ASCII letters")
    name = f"tajikpeace-refs/{version('tajikpeace-refs')}"
    words = filter(None, ("compatible", name, purpose, f"+{PROJECT}", contact))
    return f"Mozilla/5.0 ({'; '.join(words)})"


_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8",
    "Accept-Language": "en,*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}
BODY_LIMIT = 65536
"""Bytes of a response that are read, and to which it is decompressed at most, unless the caller wants more."""
_BODY_S = 5.0
"""Seconds for reading a body: the headers say already that the page is there, and a slow body must hold up nobody."""
_DRAIN_S = 0.5


@dataclass(frozen=True, slots=True)
class ClientOptions:
    """How to connect. It can be pickled for other processes."""

    allow_networks: tuple[str, ...] = ()
    """Networks that may be asked although they are not public. Example: ``("127.0.0.0/8",)``."""
    proxy: str | None = field(default=None, repr=False)
    """URL of a proxy to ask through. Those of the environment are not used: a proxy looks names up unchecked."""
    hosts: int = 64
    """Hosts whose connections are kept."""
    per_host: int = 2
    """Connections to one host that are kept."""
    purpose: str = "link checker of a reference list"
    """What the requests say that this program does."""
    contact: str | None = None
    """An address of whoever runs it, sent with each request; None: none is sent."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Headers beside the usual ones, or in their place."""


@dataclass(frozen=True, slots=True)
class Response:
    """The answer to one request: a status with headers and body, or the ``fault`` that prevented an answer."""

    status: int | None = None
    fault: Fault | None = None
    detail: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Header fields by name in any case; of a field that comes twice, the values joined by commas."""
    locations: tuple[str, ...] = ()
    """The ``Location`` headers, read as Latin-1 (as http.client does)."""
    body: bytes = b""
    """The beginning of the body of a good answer (200 to 299), decompressed."""
    whole: bool = True
    """Whether the body was read to its end."""
    cookies: RequestsCookieJar | None = None
    """The cookies that were sent, with those that the answer sets; other requests do not share them."""
    resolved: bool = False
    """Whether a public host name was found, so that the network works."""


class _Adapter(HTTPAdapter):
    """The adapter of requests with the connections of ``_guard``."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - the base's arguments
        """Create the pools with one TLS context: loading certificates for each connection is slow."""
        super().init_poolmanager(*args, ssl_context=tls_context(certifi.where()), **kwargs)
        self.poolmanager.pool_classes_by_scheme = POOLS

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:  # noqa: ANN401 - as the base
        """Create the pools for a proxy, with the same connections."""
        manager = super().proxy_manager_for(proxy, **kwargs)
        manager.pool_classes_by_scheme = POOLS
        return manager

    def cert_verify(self, *args: Any) -> None:  # noqa: ANN401 - the base's arguments
        """Do nothing: the TLS context verifies; the base class would load the certificates again."""


class Client:
    """Asks for addresses; it can be used from many threads, which share connections that are kept alive.

    A proxy looks up the host names itself: with one, private addresses that stand in the URL are refused, and names
    that only this machine or a private network knows. What other names lead to, is the proxy's to check.

    Raises:
        UsageError: the options name a network that is none, or a proxy that cannot be used.
    """

    def __init__(self, options: ClientOptions, resolver: Resolver | None = None) -> None:
        self._allowed = networks(options.allow_networks)
        proxy = proxy_url(options.proxy) if options.proxy is not None else None
        self._proxies = {"http": proxy, "https": proxy} if proxy else None
        agent = user_agent(options.purpose, options.contact)
        self._headers = {"User-Agent": agent, **_HEADERS, **options.headers}
        self._resolver = resolver or partial(socket.getaddrinfo, type=socket.SOCK_STREAM)
        self._adapter = _Adapter(pool_connections=max(options.hosts, 1), pool_maxsize=max(options.per_host, 1))

    def get(
        self,
        url: str,
        timeout_s: float,
        cookies: RequestsCookieJar | None = None,
        *,
        limit: int = BODY_LIMIT,
        body_s: float = _BODY_S,
    ) -> Response:
        """Return the answer to a GET of the URL within the time; it never raises.

        Args:
            url: an http or https address.
            timeout_s: seconds for looking up, connecting and the headers of the answer.
            cookies: the cookies to send.
            limit: the bytes of a body that are read.
            body_s: the seconds for reading a body, within ``timeout_s``.
        """
        self._begin(timeout_s)
        try:
            response = self._get(url, cookies, limit, body_s)
            # Only a proxy answers 407 (RFC 9110 section 15.5.8): the page was not asked for.
            if not (self._proxies and response.status == http.client.PROXY_AUTHENTICATION_REQUIRED):
                return response
            fault, detail = Fault.UNREACHABLE, "the proxy refuses: it needs a name and a password"
        except Exception as error:  # noqa: BLE001 - requests raises more than its own errors; each has its code
            fault, detail = _fault(error)
        if fault is Fault.RESET and request_state.reused and request_state.deadline > monotonic():
            # The server had closed a connection that was kept alive: this says nothing about the page.
            return self.get(url, request_state.deadline - monotonic(), cookies, limit=limit, body_s=body_s)
        if self._proxies and fault in {Fault.DNS, Fault.REFUSED}:
            fault = Fault.UNREACHABLE  # it is the proxy that is not there
        return Response(fault=fault, detail=masked(detail), cookies=cookies, resolved=request_state.resolved)

    def close(self) -> None:
        """Close the idle connections."""
        self._adapter.close()

    def resolve(self, host: str, port: int) -> list[Any]:
        """Look up the host within the time, in another thread: ``getaddrinfo`` cannot be interrupted."""
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
            found = answer.get(timeout=remaining_s())
        except Empty:
            raise TimeoutError("the name server did not answer in time") from None
        if isinstance(found, Exception):
            raise found
        # A name of this machine or of a private network does not show that the network works.
        is_public = any(is_permitted(answer[4][0], self._allowed) for answer in found)
        request_state.resolved = is_public and not is_local_name(bare)
        return found

    def _begin(self, timeout_s: float) -> None:
        request_state.deadline = monotonic() + timeout_s
        request_state.resolve, request_state.resolved = self.resolve, False
        request_state.reused = True  # until a new connection is made
        request_state.allowed = networks(("0.0.0.0/0", "::/0")) if self._proxies else self._allowed

    def _check(self, url: str) -> None:
        """Raise AddressError for what ``_guard`` cannot see: an unsafe port; with a proxy, what is private."""
        parts = urlsplit(url)
        if parts.port in BAD_PORTS:
            raise AddressError(Fault.UNSAFE_PORT, f"port {parts.port} is not one of a web server")
        if not self._proxies:
            return
        host = (parts.hostname or "").rstrip(".")
        try:
            numeric = socket.getaddrinfo(host, None, flags=socket.AI_NUMERICHOST)
        except socket.gaierror:
            if is_local_name(host):
                message = f"{host} is a name of this machine or of a private network"
                raise AddressError(Fault.PRIVATE_ADDRESS, message) from None
        else:
            public_only(host, numeric, self._allowed)

    @contextmanager
    def _open(self, url: str, cookies: RequestsCookieJar | None) -> Iterator[tuple[requests.PreparedRequest, Any]]:
        request = requests.PreparedRequest()
        request.method, request.url, request.body = "GET", wire_url(url), None
        request.headers = CaseInsensitiveDict(self._headers)
        if cookies:
            header = get_cookie_header(cookies, request)  # type: ignore[no-untyped-call]
            if header:
                request.headers["Cookie"] = header
        self._check(request.url)
        response = self._adapter.send(request, stream=True, timeout=remaining_s(), proxies=self._proxies)
        try:
            yield request, response
        finally:
            response.close()

    def _get(self, url: str, cookies: RequestsCookieJar | None, limit: int, body_s: float) -> Response:
        with self._open(url, cookies) as (request, response):
            headers = response.raw.headers
            if "set-cookie" in headers:
                # A copy: other requests do not share cookies.
                jar = cookies.copy() if cookies is not None else RequestsCookieJar()
                extract_cookies_to_jar(jar, request, response.raw)  # type: ignore[no-untyped-call]
                cookies = jar
            data, is_ended = b"", True
            if 200 <= response.status_code <= 299:
                data, is_ended = _body(response, limit, body_s)
            # The body is not needed; a short one is read so that the connection can be used again.
            elif headers.get("content-length", "").isdecimal() and int(headers["content-length"][:9]) < BODY_LIMIT:
                _body(response, BODY_LIMIT, _DRAIN_S)
            body = inflate(data, headers.get("content-encoding", ""), limit)
            return Response(
                status=response.status_code,
                headers=CaseInsensitiveDict(headers.items()),
                locations=tuple(headers.getlist("location")),
                body=body,
                whole=is_ended and len(body) < limit,
                cookies=cookies,
                resolved=request_state.resolved,
            )


def inflate(data: bytes, encoding: str, limit: int = BODY_LIMIT) -> bytes:
    """Return data decompressed by their Content-Encoding, up to ``limit`` bytes; or unchanged if that is wrong.

    >>> inflate(zlib.compress(b"plain"), "deflate"), inflate(b"plain", "gzip"), inflate(b"plain", "br")
    (b'plain', b'plain', b'plain')
    """
    windows = {"gzip": (31,), "x-gzip": (31,), "deflate": (15, -15)}.get(encoding.strip().lower(), ())
    for window in windows:
        try:
            return zlib.decompressobj(window).decompress(data, limit)
        except zlib.error:
            continue
    return data


def _body(response: requests.Response, limit: int, limit_s: float) -> tuple[bytes, bool]:
    """Return the body as sent, and whether that is all of it.

    It is read up to ``limit`` bytes and for ``limit_s`` seconds; what came before a fault counts. A short body is read
    to its end, so that the connection can be used again.
    """
    request_state.deadline = min(request_state.deadline, monotonic() + limit_s)
    parts: list[bytes] = []
    size = 0
    try:
        while size < limit:
            part = response.raw.read1(limit - size, decode_content=False)
            if not part:
                return b"".join(parts), True
            parts.append(part)
            size += len(part)
    except (HTTPError, OSError, ValueError, http.client.HTTPException):
        pass
    return b"".join(parts), False


_FAULTS: tuple[tuple[type[BaseException], Fault, str], ...] = (
    (TimeoutError, Fault.TIMEOUT, "no answer in time"),
    (ssl.SSLError, Fault.TLS, ""),
    (ConnectionRefusedError, Fault.REFUSED, "the connection is refused"),
    (http.client.RemoteDisconnected, Fault.RESET, "the server closed the connection without an answer"),
    (ConnectionError, Fault.RESET, "the connection broke off"),
    (http.client.HTTPException, Fault.BAD_RESPONSE, "the answer is not HTTP"),
    (UnicodeError, Fault.BAD_RESPONSE, "the answer is not HTTP"),
)
_NO_SUCH_HOST = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})


_PROXY_REFUSES = "Tunnel connection failed: "
"""How the error of http.client begins that says what a proxy answered to CONNECT."""


def _fault(error: BaseException) -> tuple[Fault, str]:
    """Return code and detail of an error of requests, urllib3, http.client, ssl or socket, by what caused it."""
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, AddressError):
            return cause.fault, str(cause)
        if isinstance(cause, socket.gaierror):
            fault = Fault.DNS if cause.errno in _NO_SUCH_HOST else Fault.DNS_FAILURE
            return fault, f"the host name is not found ({cause.strerror or cause})"
    for kind, fault, text in _FAULTS:
        for cause in causes:
            if isinstance(cause, kind):
                return fault, text or _tls_text(cause)
    for cause in causes:
        if isinstance(cause, OSError) and (words := _why_unreachable(cause)):
            return Fault.UNREACHABLE, words
    if any(isinstance(cause, HTTPError) for cause in causes):
        return Fault.BAD_RESPONSE, str(error)[:200]
    return Fault.INTERNAL_ERROR, f"{type(error).__name__}: {error}"[:200]


def _why_unreachable(error: OSError) -> str:
    if str(error).startswith(_PROXY_REFUSES):
        return f"the proxy refuses: {str(error).removeprefix(_PROXY_REFUSES)}"
    return str(error.strerror or error) if error.errno else ""


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield the error, and all errors that it was raised from or contains."""
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
