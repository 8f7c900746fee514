"""The examples of the README and the documents, run in an empty folder: what is shown is what happens."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypandoc
import pytest

from tests import example_web
from tests.conftest import DATA
from tests.fault_server import FaultServer

ROOT = DATA.parents[1]
BLOCK = re.compile(
    r'(?:<!-- needs: ([\w ]+) -->\n)?^```(\w+)(?: title="([^"]+)")?\n(.*?)^```', re.MULTILINE | re.DOTALL
)
"""A fenced block: the programs it needs, its language, the name of the file that it is, its text."""
DOCUMENTS = sorted(
    str(path.relative_to(ROOT))
    for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    if re.search(r"(?m)^```console|^>>> ", path.read_text(encoding="utf-8"))
)
SHOWN_DAY = "2026-11-26"
"""The day that the documents show for today."""
SESSION = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
TYPST = "import sys, typst; typst.compile(sys.argv[2], output=sys.argv[3])"


def test_every_task_has_examples():
    assert {f"docs/tasks/{path.name}" for path in (ROOT / "docs" / "tasks").glob("*.md")} <= {*DOCUMENTS}


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Programs as a reader has them, and the network of the examples."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "pandoc").symlink_to(pypandoc.get_pandoc_path())
    with FaultServer(example_web.BEHAVIOURS) as server:
        options = example_web.program(server)
        for name, script in {
            "tajikpeace-refs": f'{options}exec {sys.executable} -m tajikpeace_refs "$@"',
            "python": f'exec {sys.executable} "$@"',
            "typst": f'exec {sys.executable} -c "{TYPST}" "$@"',
        }.items():
            (folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
            (folder / name).chmod(0o755)
        yield {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8", "COLUMNS": "100"}


PEERS = re.compile(r"(?m)^<!-- needs: |^\$ (?:.*\| )?pandoc ")
"""Other programs in a document."""


def document_cases() -> list[Any]:
    """Return each document; what other programs print in one depends on their version."""
    texts = {name: (ROOT / name).read_text(encoding="utf-8") for name in DOCUMENTS}
    return [pytest.param(name, marks=pytest.mark.peers if PEERS.search(text) else ()) for name, text in texts.items()]


@pytest.mark.parametrize("name", document_cases())
def test_what_a_document_shows_is_what_happens(
    name: str,
    tmp_path: Path,
    environment: dict[str, str],
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
):
    """Files with a title are written, and commands after ``$`` and ``>>>`` are run, in turn and in one folder.

    With --update-golden what commands print is written into the document.
    """
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    document = (ROOT / name).read_text(encoding="utf-8")
    renewed, names, missing = document, dict[str, Any](), set[str]()
    for needed, kind, title, text in BLOCK.findall(document):
        if absent := [program for program in needed.split() if not shutil.which(program, path=environment["PATH"])]:
            missing.update(absent)
        elif title:
            Path(title).write_text(text, encoding="utf-8")
        elif kind == "console":
            renewed = renewed.replace(text, run_commands(text, environment), 1)
        elif ">>> " in text:
            run_python(text, name, names)
    if request.config.getoption("--update-golden"):
        (ROOT / name).write_text(renewed, encoding="utf-8")
    else:
        assert renewed == document, f"renew it with --update-golden, and read the difference: {name}"
    if missing:
        pytest.skip(f"the rest of {name} is as it says; not here: {', '.join(sorted(missing))}")


def run_commands(text: str, environment: dict[str, str]) -> str:
    """Run each command; return them with what they print to standard output and then to standard error."""
    shown = []
    for step in re.split(r"(?m)^\$ ", text)[1:]:
        command = step.partition("\n")[0]
        done = subprocess.run(command, shell=True, env=environment, capture_output=True, check=False)
        printed = (done.stdout + done.stderr).decode().replace(datetime.now(UTC).date().isoformat(), SHOWN_DAY)
        shown.append(f"$ {command}\n{printed}")
    return "".join(shown)


def run_python(text: str, name: str, names: dict[str, Any]) -> None:
    """Run a session of Python, with the names of the sessions before it."""
    report: list[str] = []
    test = doctest.DocTestParser().get_doctest(text, names, name, name, 0)
    SESSION.run(test, out=report.append, clear_globs=False)
    names.update(test.globs)
    assert not report, "".join(report)
