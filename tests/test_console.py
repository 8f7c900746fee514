"""The console examples of the documents, run in an empty folder: every line of output is what the program prints."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import DATA

DOCS = DATA.parents[1] / "docs"
BLOCK = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```', re.MULTILINE | re.DOTALL)
WITH_CONSOLE = sorted(path.name for path in DOCS.glob("*.md") if "```console" in path.read_text(encoding="utf-8"))


def test_there_are_examples():
    assert "tutorial.md" in WITH_CONSOLE


@pytest.mark.parametrize("name", WITH_CONSOLE)
def test_what_a_document_shows_is_what_happens(name: str, tmp_path: Path):
    """Files with a title are written, commands after ``$`` run in turn, and their output is the text below them."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "tajikpeace-refs"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m tajikpeace_refs "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    folder = tmp_path / "work"
    folder.mkdir()
    environment = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
    for kind, title, text in BLOCK.findall((DOCS / name).read_text(encoding="utf-8")):
        if title:
            (folder / title).write_text(text, encoding="utf-8")
        if kind != "console":
            continue
        for step in re.split(r"(?m)^\$ ", text)[1:]:
            command, _, shown = step.partition("\n")
            done = subprocess.run(command, shell=True, cwd=folder, env=environment, capture_output=True, check=False)
            assert done.stdout.decode() + done.stderr.decode() == shown, command
