"""Every behaviour of web servers that the checker knows, against a server that misbehaves on purpose."""

from __future__ import annotations

import re
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme

from tajikpeace_refs.links import CheckOptions, LinkReport, check_links
from tajikpeace_refs.model import Webpage, Work
from tests.fault_server import Behaviour, FaultServer, Peer
from tests.link_cases import CASES, SUPPORT, Case

OPTIONS = CheckOptions(timeout_s=3.0, per_host=64, concurrency=64, allow_networks=("127.0.0.1/32",))
_ADDRESSES = {
    "site": ["127.0.0.1"], "my_site": ["127.0.0.1"], "xn--h1aekp00d": ["127.0.0.1"], "wrong": ["127.0.0.1"],
    "metadata": ["169.254.169.254"], "canary": ["127.66.66.66"], "mixed": ["93.184.215.14", "10.0.0.1"],
}  # fmt: skip


def resolver(host: str, port: int) -> list[Any]:
    """A name server of this test: ``cited.test`` has the names above, all else does not exist."""
    name = host.lower().rstrip(".").removesuffix(".cited.test")
    if name == "localhost":
        return socket.getaddrinfo("127.0.0.1", port, type=socket.SOCK_STREAM)
    if name == "again":
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
    if name == "nodata":
        raise socket.gaierror(socket.EAI_NODATA, "No address associated with hostname")
    if name == "slow":
        time.sleep(5)
    if name not in _ADDRESSES:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return [each for ip in _ADDRESSES[name] for each in socket.getaddrinfo(ip, port, type=socket.SOCK_STREAM)]


def _context(authority: trustme.CA, host: str, **validity: datetime) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host, **validity).configure_cert(context)  # type: ignore[arg-type]
    return context


def _filled(text: str, places: dict[str, object], name: str = "") -> str:
    return text.format(name=name, **places) if "{" in text else text


def _with_places(behaviour: Behaviour, places: dict[str, object]) -> Behaviour:
    """Fill ports into what the behaviour sends: ``{p}`` in a Location is only known when the server runs."""

    def behave(peer: Peer) -> bool:
        send = peer.send
        marks = {f"{{{key}}}".encode(): str(value).encode() for key, value in places.items()}

        def filled(data: bytes) -> None:
            for mark, value in marks.items() if len(data) < 2000 else ():
                data = data.replace(mark, value)
            send(data)

        peer.send = filled  # type: ignore[method-assign]
        try:
            return behaviour(peer)
        finally:
            peer.send = send  # type: ignore[method-assign]

    return behave


def as_work(name: str, url: str) -> Work:
    return Webpage(id=name, type="webpage", title=name, url=url)


class Torture:
    """The servers, the reports on all cases, and what was asked of forbidden addresses."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        trusted, stranger = trustme.CA(), trustme.CA()
        trusted.cert_pem.write_to_path(str(folder / "ca.pem"))
        past = datetime.now(UTC) - timedelta(days=30)
        self.places: dict[str, object] = {}
        behaviours = {f"/{case.name}": case.behaviour for case in CASES if case.behaviour} | SUPPORT
        filled = {path: _with_places(behaviour, self.places) for path, behaviour in behaviours.items()}
        self.plain = stack.enter_context(FaultServer(filled))
        good = stack.enter_context(FaultServer(filled, tls=_context(trusted, "127.0.0.1")))
        strange = stack.enter_context(FaultServer(filled, tls=_context(stranger, "127.0.0.1")))
        old = stack.enter_context(FaultServer(filled, tls=_context(trusted, "127.0.0.1", not_after=past)))
        self.canary = stack.enter_context(FaultServer(SUPPORT, address="127.66.66.66"))
        silent = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        closed = socket.create_server(("127.0.0.1", 0))
        self.places |= {
            "b": f"http://127.0.0.1:{self.plain.port}", "p": self.plain.port, "s": f"https://127.0.0.1:{strange.port}",
            "t": f"https://127.0.0.1:{good.port}", "tp": good.port, "expired": f"https://127.0.0.1:{old.port}",
            "silent": silent.getsockname()[1], "closed": closed.getsockname()[1], "canary": self.canary.port,
        }  # fmt: skip
        closed.close()
        works = [as_work(case.name, self.url(case)) for case in CASES]
        reports = check_links(works, options=OPTIONS, resolver=resolver, jitter=lambda: 0.0)
        self.reports: dict[str, LinkReport] = {report.id: report for report in reports}

    def url(self, case: Case) -> str:
        return _filled(case.url, self.places, case.name)


@pytest.fixture(scope="module")
def torture(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Torture]:
    folder = tmp_path_factory.mktemp("tls")
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(folder / "ca.pem"))
        yield Torture(stack, folder)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_seeded_link_gets_its_verdict(torture: Torture, case: Case):
    """Each case gets its verdict, its reason, and the address that a reader would guess."""
    report = torture.reports[case.name]
    found = (report.verdict.value, report.reason.value)
    assert found == (case.verdict, case.reason), report
    if case.verdict == "malformed":
        assert report.suggested_url == (case.suggested and _filled(case.suggested, torture.places))


def test_case_names_are_unique():
    """A case that hides another would not be tested."""
    names = [case.name for case in CASES]
    assert sorted(set(names)) == sorted(names)
    assert len(names) > 200


def test_private_address_is_never_asked(torture: Torture):
    """Not first, not at a redirect, in no notation, under no name: nothing connects to a forbidden address."""
    assert torture.canary.connections == 0


def test_report_keeps_the_printed_url(torture: Torture):
    """A report shows the address exactly as the work holds it, but for a password."""
    printed = {case.name: torture.url(case) for case in CASES}
    for name in ("address-user", "address-canary-user"):
        printed[name] = re.sub(r"(//[\w.]+):\w+@", r"\1:***@", printed[name])
    assert {name: report.url for name, report in torture.reports.items()} == printed
