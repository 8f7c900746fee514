"""What this package is tried with: the lowest versions of its dependencies, and their known vulnerabilities."""

from __future__ import annotations

import io
import subprocess
import urllib.error

import pytest
from packaging.version import Version
from scripts import audit, lowest_versions


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
    [(urllib.error.URLError("no route"), "no route"), (b"{}", "says nothing"), (b"<html>", "Expecting")],
)
def test_audit_without_data_says_so_and_passes(monkeypatch, capsys, answer, why):
    """A machine without a way to PyPI can still be checked; nothing is called harmless there."""

    def urlopen(address: str, timeout: float) -> io.BytesIO:
        if isinstance(answer, Exception):
            raise answer
        return io.BytesIO(answer)

    monkeypatch.setattr(audit, "urlopen", urlopen)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("pip-audit was run"))
    assert audit.main() == 0
    printed = capsys.readouterr().out
    assert printed.startswith("not audited: https://pypi.org/pypi/requests/")
    assert why in printed
