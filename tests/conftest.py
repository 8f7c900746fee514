"""Fixtures: the corpus, golden files, and no network but loopback."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

import tajikpeace_refs as refs

DATA = Path(__file__).parent / "data"

# Time is never asserted. The same examples in every run: a gate is not to fall by chance (HYPOTHESIS_PROFILE=search
# looks further, as anyone who changes a format should).
_CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("gate", _CALM, derandomize=True)
settings.register_profile("search", _CALM, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "gate"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


@pytest.fixture(scope="session")
def corpus() -> refs.Library:
    return refs.load()


@pytest.fixture(scope="session")
def expected() -> list[dict[str, Any]]:
    """The facts of the corpus, drawn up from the source text independently of this project."""
    found: list[dict[str, Any]] = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture
def golden(request: pytest.FixtureRequest):
    """Compare a text with a golden file, or write it with --update-golden."""

    def compare(name: str, text: str) -> None:
        path = DATA / "golden" / name
        if request.config.getoption("--update-golden"):
            path.write_bytes(text.encode("utf-8"))
        assert path.exists(), f"no golden file {path.name}; make it with: .venv/bin/python -m pytest --update-golden"
        assert text == path.read_bytes().decode("utf-8")

    return compare


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test that would reach beyond this machine; to connect a UDP socket sends nothing."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and self.type != socket.SOCK_DGRAM:
            host = str(address[0])
            assert host.startswith("127.") or host in {"::1", "localhost"}, f"a test reached for {host}"
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
