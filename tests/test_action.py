"""The GitHub Action of the repository: its form, and its shell lines with the package of this checkout."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
INSTALL, CHECK = [step for step in ACTION["runs"]["steps"] if "run" in step]
SOUND = "- {id: a, type: manuscript, title: Peace, author: [{family: Li, given: B.}], issued: 2006}\n"
WRONG = SOUND.replace("}]", "}], ISBN: 0-333-47149-1").replace("id: a", "id: b").replace("Peace", "War")
DEAD = SOUND.replace("manuscript", "webpage").replace("issued", "URL: 'http:/x', issued")


def run(step: dict[str, Any], folder: Path, **environment: str) -> tuple[int, list[str]]:
    """Run the shell lines of a step as GitHub does; return the status and what was said."""
    programs = folder / "programs"
    programs.mkdir(exist_ok=True)
    for name, line in (
        ("tajikpeace-refs", f'exec "{sys.executable}" -m tajikpeace_refs "$@"'), ("python", 'echo "python $*"'),
    ):  # fmt: skip
        (programs / name).write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        (programs / name).chmod(0o755)
    given = dict.fromkeys(step["env"], "") | environment
    path = {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=folder, env={**os.environ, **path, **given}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, [line for line in done.stdout.splitlines() if line.startswith(("::", "python"))]


def test_action_is_composite_and_uses_every_input():
    """Inputs come by the environment: in the lines themselves they would be run as code."""
    assert ACTION["runs"]["using"] == "composite"
    assert all(each.keys() == {"description", "default"} for each in ACTION["inputs"].values())
    used = re.findall(r"\$\{\{ inputs\.([\w-]+) \}\}", str([INSTALL["env"], CHECK["env"]]))
    assert sorted(used) == sorted(ACTION["inputs"])
    for step in (INSTALL, CHECK):
        assert step["shell"] == "bash"
        assert "${{" not in step["run"]
        assert set(re.findall(r"\b[A-Z][A-Z_]+\b", step["run"])) == {*step["env"], *({"IFS"} if step is CHECK else ())}


@pytest.mark.parametrize(
    ("version", "package"),
    [("", "/checkout of it"), ("0.1.0", "tajikpeace-refs==0.1.0"), ("; ls", "tajikpeace-refs==; ls")],
)
def test_version_or_the_action_itself_is_installed(tmp_path: Path, version: str, package: str):
    said = run(INSTALL, tmp_path, VERSION=version, ACTION="/checkout of it")
    assert said == (0, [f"python -m pip install --quiet {package}"])


def test_sound_file_passes_and_a_wrong_one_is_shown_beside_its_line(tmp_path: Path):
    (tmp_path / "my list.yaml").write_text(SOUND, encoding="utf-8")
    (tmp_path / "wrong.yaml").write_text(WRONG, encoding="utf-8")
    assert run(CHECK, tmp_path, SOURCE="my list.yaml\n", COMMANDS="lint") == (0, [])
    status, said = run(CHECK, tmp_path, SOURCE="my list.yaml\nwrong.yaml", COMMANDS="lint")
    assert status == 1
    assert len(said) == 1
    assert said[0].startswith("::error file=wrong.yaml,line=1,col=")


def test_all_commands_run_though_one_fails(tmp_path: Path):
    """A malformed address needs no network."""
    (tmp_path / "a.yaml").write_text(DEAD.replace("}]", "}], ISBN: 0-333-47149-1"), encoding="utf-8")
    status, said = run(CHECK, tmp_path, SOURCE="a.yaml", COMMANDS="lint check-links")
    assert status == 1
    assert any("TP202" in line for line in said)
    assert any("malformed" in line for line in said)


def test_verdicts_of_fail_on_go_to_check_links(tmp_path: Path):
    """A work without an address is no fault, unless one asks for it."""
    (tmp_path / "a.yaml").write_text(SOUND.replace("manuscript", "webpage"), encoding="utf-8")
    assert run(CHECK, tmp_path, SOURCE="a.yaml", COMMANDS="check-links")[0] == 0
    assert run(CHECK, tmp_path, SOURCE="a.yaml", COMMANDS="check-links", FAIL_ON="error, missing")[0] == 1


def test_unknown_words_are_refused(tmp_path: Path):
    (tmp_path / "a.yaml").write_text(SOUND, encoding="utf-8")
    assert run(CHECK, tmp_path, SOURCE="a.yaml", COMMANDS="lnt") == (
        2, ["::error::unknown command 'lnt'; known: lint, check-links"])  # fmt: skip
    assert run(CHECK, tmp_path, SOURCE="a.yaml", COMMANDS="lint", FAIL_ON="missing") == (
        2, ["::error::fail-on: 'missing' is for check-links, which is not among the commands"])  # fmt: skip
