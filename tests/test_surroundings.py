"""What this package is tried with: the lowest versions of its dependencies, and their known vulnerabilities."""

from __future__ import annotations

import os
import subprocess
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.version import Version
from scripts import audit, lowest_versions

from tests.fault_server import FaultServer, page, raw


def test_constraints_name_the_lowest_version_of_each_dependency(tmp_path):
    """Of extras for users too, and without extras of a dependency's own, which pip's constraints may not have."""
    project = tmp_path / "pyproject.toml"
    project.write_text(
        '[project]\ndependencies = ["a>=1.2,<3", "b-c[more] >= 2.0"]\n'
        '[project.optional-dependencies]\nextra = ["d>=4"]\ndev = ["e>=5", "f"]\n'
    )
    assert lowest_versions.lowest(project) == {"a": "1.2", "b-c": "2.0", "d": "4"}


def test_dependency_without_a_lowest_version_is_refused(tmp_path):
    """Any old version of it would be allowed, and none is tried."""
    project = tmp_path / "pyproject.toml"
    project.write_text('[project]\ndependencies = ["a"]\noptional-dependencies = {}\n')
    with pytest.raises(ValueError, match=r"'a' in pyproject\.toml allows any old version"):
        lowest_versions.lowest(project)


def test_versions_that_cannot_work_are_not_allowed():
    """Typer 0.16 to 0.18 fail at the first command, and requests 2.32.0 to 2.32.2 are yanked or faulty."""
    lowest = lowest_versions.lowest()
    assert Version(lowest["typer"]) >= Version("0.19")
    assert Version(lowest["requests"]) >= Version("2.32.3")


def test_audit_looks_at_what_is_installed_with_the_package():
    """Dependencies of dependencies and of extras as well; not the tools."""
    found = audit.installed("tajikpeace-refs")
    assert {"pydantic", "pydantic-core", "language-data", "urllib3"} <= set(found)
    assert "pytest" not in found


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (raw(b"HTTP/1.1 404 Not Found\r\n\r\n"), "Not Found"),
        (page(body="{}", kind="application/json"), "says nothing"),
        (page(body="<html>"), "Expecting"),
        (raw(b""), "closed connection"),
        (raw(b"SSH-2.0\r\n"), "SSH-2.0"),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"), "IncompleteRead"),
    ],
)
def test_audit_without_data_says_so_and_passes(monkeypatch, capsys, answer, why):
    """A machine without a way to PyPI can still be checked; nothing is called harmless there."""
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("pip-audit was run"))
    path = f"/pypi/requests/{version('requests')}/json"
    with FaultServer({path: answer}) as server:
        monkeypatch.setattr(audit, "DATA", f"http://127.0.0.1:{server.port}/pypi/{{}}/{{}}/json")
        assert audit.main() == 0
        printed = capsys.readouterr().out
        assert printed.startswith(f"not audited: http://127.0.0.1:{server.port}{path} cannot be used (")
        assert why in printed


@pytest.mark.parametrize("status", [0, 1])
def test_audit_with_data_is_that_of_pip_audit(monkeypatch, capsys, status):
    """Every dependency is looked up in the version that is installed here; a vulnerability fails the check."""
    asked = []

    def run(command: list[str], *, check: bool) -> subprocess.CompletedProcess[str]:
        asked.extend(Path(command[-1]).read_text().splitlines())
        assert command[1:3] == ["-m", "pip_audit"]
        assert not check
        return subprocess.CompletedProcess(command, status)

    monkeypatch.setattr(subprocess, "run", run)
    with FaultServer(
        {f"/{version('requests')}": page(body='{"vulnerabilities": []}', kind="application/json")}
    ) as server:
        monkeypatch.setattr(audit, "DATA", f"http://127.0.0.1:{server.port}/{{1}}")
        assert audit.main() == status
    assert {f"pydantic=={version('pydantic')}", f"urllib3=={version('urllib3')}"} <= set(asked)
    assert capsys.readouterr().out == ""


def test_python_that_is_not_there_is_named(tmp_path):
    """`make test-pythons` on a machine without that Python says that nothing was tested, and does not fail."""
    script = Path(__file__).parents[1] / "scripts" / "test_python.sh"
    done = subprocess.run(
        [script, "3.99"], capture_output=True, text=True, check=True, env={**os.environ, "PYENV_ROOT": str(tmp_path)}
    )
    assert done.stdout == "not tested with Python 3.99: it is neither on the PATH nor in pyenv\n"
