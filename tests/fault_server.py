"""A web server that misbehaves on purpose: one fault an address, on loopback, with and without TLS.

A *behaviour* is a function that is given the ``Peer`` and writes bytes as it pleases; it returns whether the
connection may be used again. The functions below make the usual ones.
"""

from __future__ import annotations

import contextlib
import gzip
import socket
import ssl
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

WORDS = (
    "The talks began in Tehran in 1994 and went on in eight rounds until the General Agreement was signed in Moscow "
    "in June 1997. The commission met in Dushanbe, and refugees came back from the north of the neighbouring country. "
)
LIVING = (
    "<!doctype html><html><head><title>Inter-Tajik dialogue</title></head>"
    f"<body><h1>Talks</h1><p>{WORDS}</p></body></html>"
)


@dataclass
class Peer:
    """The other end of one connection, and the request that it has just made."""

    sock: socket.socket
    method: str = ""
    path: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    visits: int = 0
    """How often this path was asked for, this time included."""
    stopped: threading.Event = field(default_factory=threading.Event)

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)

    def drip(self, piece: bytes, every_s: float = 0.2, *, count: int = 10_000) -> None:
        """Send a piece again and again, slowly, until the other side goes away or the server stops."""
        for _ in range(count):
            self.send(piece)
            if self.stopped.wait(every_s):
                return


Behaviour = Callable[[Peer], bool]


def head(status: int | str, headers: Mapping[str, str] | None = None) -> bytes:
    lines = [f"HTTP/1.1 {status} X" if isinstance(status, int) else status]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def page(
    status: int = 200, body: str | bytes = LIVING, *, kind: str = "text/html; charset=utf-8", **headers: str
) -> Behaviour:
    data = body.encode() if isinstance(body, str) else body
    extra = {name.replace("_", "-"): value for name, value in headers.items()}

    def behave(peer: Peer) -> bool:
        fixed = {} if status in {204, 304} else {"Content-Length": str(len(data))}
        if kind:
            fixed["Content-Type"] = kind
        peer.send(head(status, {**fixed, **extra}))
        if peer.method != "HEAD" and status not in {204, 304}:
            peer.send(data)
        return True

    return behave


NO_RECORD = page(404, "Resource not found.", kind="text/plain")
"""That there is no record, as Crossref says it."""


def html(title: str, body: str = "", *, heading: str = "") -> Behaviour:
    """A page with that title, heading and text."""
    shown = f"<h1>{heading}</h1>" if heading else ""
    return page(body=f"<html><head><meta charset=utf-8><title>{title}</title></head><body>{shown}{body}</body></html>")


def redirect(to: str | bytes, status: int = 302, **headers: str) -> Behaviour:
    location = to.encode() if isinstance(to, str) else to
    extra = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items()).encode()

    def behave(peer: Peer) -> bool:
        peer.send(b"HTTP/1.1 %d X\r\nLocation: %b\r\n%bContent-Length: 0\r\n\r\n" % (status, location, extra))
        return True

    return behave


def raw(data: bytes, *, then: str = "close") -> Behaviour:
    """Send bytes, then ``close``, ``reset`` (RST) or ``hang``."""

    def behave(peer: Peer) -> bool:
        peer.send(data)
        if then == "reset":
            peer.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        if then == "hang":
            peer.stopped.wait(60)
        return False

    return behave


def dripping(first: bytes, piece: bytes, every_s: float = 0.2) -> Behaviour:
    def behave(peer: Peer) -> bool:
        peer.send(first)
        peer.drip(piece, every_s)
        return False

    return behave


def flood(first: bytes, piece: bytes, megabytes: int) -> Behaviour:
    """Send far more than anybody wants."""

    def behave(peer: Peer) -> bool:
        peer.send(first)
        block = piece * (65536 // len(piece))
        for _ in range(megabytes * 16):
            peer.send(block)
        return False

    return behave


def turns(*behaviours: Behaviour) -> Behaviour:
    """The first visit meets the first behaviour, and so on; the last one stays."""
    return lambda peer: behaviours[min(peer.visits, len(behaviours)) - 1](peer)


def when(condition: Callable[[Peer], bool], yes: Behaviour, no: Behaviour) -> Behaviour:
    return lambda peer: (yes if condition(peer) else no)(peer)


def bomb(megabytes: int = 200) -> bytes:
    """A gzip body that inflates to that much."""
    return gzip.compress(b"\0" * (megabytes << 20), 9)


class FaultServer:
    """Serves behaviours by path until closed, and ``otherwise`` elsewhere: 404, if none is given.

    ``hits`` counts requests by path and host, ``log`` keeps their times.
    """

    def __init__(
        self, behaviours: Mapping[str, Behaviour], *, address: str = "127.0.0.1", port: int = 0,
        tls: ssl.SSLContext | None = None, otherwise: Behaviour | None = None,
    ) -> None:  # fmt: skip
        self.behaviours = dict(behaviours)
        self._otherwise = otherwise or page(404, "<title>Nothing</title>")
        self.hits: Counter[str] = Counter()
        self.log: list[tuple[float, str, str]] = []
        self.connections = 0
        self._tls = tls
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self._socket = socket.create_server((address, port), family=family, backlog=512)
        self.port: int = self._socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> FaultServer:
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _accept(self) -> None:
        while not self._stopped.is_set():
            try:
                sock, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(sock,), daemon=True).start()

    def _serve(self, sock: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError), contextlib.ExitStack() as stack:
            stack.callback(sock.close)
            sock.settimeout(60)
            if self._tls is not None:
                sock = self._tls.wrap_socket(sock, server_side=True)
                stack.callback(sock.close)
            peer = Peer(sock, stopped=self._stopped)
            while self._read(peer) and self._behaviour(peer)(peer):
                pass

    def _behaviour(self, peer: Peer) -> Behaviour:
        path = peer.path.partition("?")[0]
        found = self.behaviours.get(peer.path) or self.behaviours.get(path)
        return found or self._otherwise

    def _read(self, peer: Peer) -> bool:
        data = b""
        while b"\r\n\r\n" not in data:
            more = peer.sock.recv(65536)
            if not more:
                return False
            data += more
            if data[0] == 0x16:  # a TLS greeting
                peer.send(head(400))
                return False
        lines = data.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        peer.method, peer.path, _ = lines[0].split(" ", 2)
        peer.headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
        with self._lock:
            self.hits[peer.path] += 1
            peer.visits = self.hits[peer.path]
            self.log.append((time.monotonic(), peer.headers.get("host", ""), peer.path))
        return True
