"""One GET request through ``requests``, with a deadline and without access to private addresses (``_guard``).

The adapter of requests is used without a Session, which would read and decompress the body of every redirect and fail
on unusual bytes in ``Location``; redirects, cookies and retries are decided in ``follow``.
"""

from __future__ import annotations

import email.utils
import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import certifi
import requests
from requests.adapters import HTTPAdapter
from requests.cookies import RequestsCookieJar, extract_cookies_to_jar, get_cookie_header
from requests.structures import CaseInsensitiveDict
from urllib3.exceptions import HTTPError

from tajikpeace_refs.links._guard import POOLS, public_only, remaining_s, request_state, tls_context
from tajikpeace_refs.links.address import BAD_PORTS, AddressError, networks, wire_url
from tajikpeace_refs.links.follow import Exchange
from tajikpeace_refs.links.page import BODY_LIMIT, inflate, read_page, refresh
from tajikpeace_refs.links.verdict import Reason

if TYPE_CHECKING:
    from tajikpeace_refs.links.check import CheckOptions

Resolver = Callable[[str, int], list[Any]]
"""Looks up a host: takes host and port, and returns or raises what ``socket.getaddrinfo`` does."""

USER_AGENT = "Mozilla/5.0 (compatible; tajikpeace-refs; link checker of a reference list)"
"""It says what this program is, in a form that servers accept which require ``Mozilla/5.0``."""
_HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8",
    "Accept-Language": "en,*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}
_BODY_S = 5.0
"""Seconds for reading a body: the headers say already that the page is there, and a slow body must hold up nobody."""

_DRAIN_S = 0.5


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


class HttpProbe:
    """Asks for addresses; it can be used from many threads, which share connections that are kept alive.

    A proxy looks up the host names itself: with one, only private addresses that stand in the URL are refused.
    """

    def __init__(self, options: CheckOptions, resolver: Resolver | None = None) -> None:
        self._allowed = networks(options.allow_networks)
        self._proxies = {"http": options.proxy, "https": options.proxy} if options.proxy else None
        self._resolver = resolver or partial(socket.getaddrinfo, type=socket.SOCK_STREAM)
        self._adapter = _Adapter(pool_connections=max(options.concurrency, 1), pool_maxsize=max(options.per_host, 1))

    def __call__(self, url: str, timeout_s: float, cookies: RequestsCookieJar | None = None) -> Exchange:
        """Return the answer to a GET of the URL within the time; it never raises."""
        self._begin(timeout_s)
        try:
            exchange = self._get(url, cookies)
        except Exception as error:  # noqa: BLE001 - requests raises more than its own errors; each has its reason
            reason, detail = _fault(error)
            if reason is Reason.RESET and request_state.reused and request_state.deadline > monotonic():
                # The server had closed a connection that was kept alive: this says nothing about the page.
                return self(url, request_state.deadline - monotonic(), cookies)
            if self._proxies and reason in {Reason.DNS, Reason.REFUSED}:
                reason = Reason.UNREACHABLE  # it is the proxy that is not there
            exchange = Exchange(fault=reason, detail=detail, cookies=cookies, resolved=request_state.resolved)
        return exchange

    def fetch(self, url: str, timeout_s: float) -> tuple[int, bytes]:
        """Return status and body of an address within the time, for ``archive``; it raises what goes wrong."""
        self._begin(timeout_s)
        with self._open(url, None) as (_, response):
            body = _body(response, timeout_s)
            return response.status_code, inflate(body, response.raw.headers.get("content-encoding", ""))

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
        # That a name of this machine is found does not show that the network works.
        request_state.resolved = "." in bare and not bare.endswith(".localhost")
        return found

    def _begin(self, timeout_s: float) -> None:
        request_state.deadline = monotonic() + timeout_s
        request_state.resolve, request_state.resolved = self.resolve, False
        request_state.reused = True  # until a new connection is made
        request_state.allowed = networks(("0.0.0.0/0", "::/0")) if self._proxies else self._allowed

    def _check(self, url: str) -> None:
        """Raise AddressError for what ``_guard`` cannot see: an unsafe port; with a proxy, a private address."""
        parts = urlsplit(url)
        if parts.port in BAD_PORTS:
            raise AddressError(Reason.UNSAFE_PORT, f"port {parts.port} is not one of a web server")
        if self._proxies and (host := parts.hostname or ""):
            with suppress(socket.gaierror):
                public_only(host, socket.getaddrinfo(host, None, flags=socket.AI_NUMERICHOST), self._allowed)

    @contextmanager
    def _open(self, url: str, cookies: RequestsCookieJar | None) -> Iterator[tuple[requests.PreparedRequest, Any]]:
        request = requests.PreparedRequest()
        request.method, request.url, request.body = "GET", wire_url(url), None
        request.headers = CaseInsensitiveDict(_HEADERS)
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

    def _get(self, url: str, cookies: RequestsCookieJar | None) -> Exchange:
        with self._open(url, cookies) as (request, response):
            headers = response.raw.headers
            if "set-cookie" in headers:
                # A copy: visits do not share cookies.
                jar = cookies.copy() if cookies is not None else RequestsCookieJar()
                extract_cookies_to_jar(jar, request, response.raw)  # type: ignore[no-untyped-call]
                cookies = jar
            status = response.status_code
            body, page = b"", None
            if not 200 <= status <= 299:
                # The body is not needed; a short one is read so that the connection can be used again.
                if headers.get("content-length", "").isdecimal() and int(headers["content-length"][:9]) < BODY_LIMIT:
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
                refresh=refresh(headers.get("refresh", "")) or (page.refresh if page else None),
                cookies=cookies,
                cookie_state=tuple(sorted((c.domain, c.path, c.name, c.value or "") for c in cookies or ())),
                resolved=request_state.resolved,
            )


def _body(response: requests.Response, limit_s: float) -> bytes:
    """Return the body as sent, up to ``BODY_LIMIT`` bytes and for ``limit_s`` seconds; what came before a fault counts.

    A short body is read to its end, so that the connection can be used again.
    """
    request_state.deadline = min(request_state.deadline, monotonic() + limit_s)
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
    """Return the seconds in a ``Retry-After`` header (RFC 9110 section 10.2.3), or None if it has none."""
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
    """Return reason and detail of an error of requests, urllib3, http.client, ssl or socket, by what caused it."""
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
