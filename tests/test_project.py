"""What is said of the repository is true of it: CONTRIBUTING, the Makefile, the changelog, the version."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.test_architecture import LAYERS

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "tajikpeace_refs"
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
TREE = CONTRIBUTING[CONTRIBUTING.index("## Where things live") : CONTRIBUTING.index("## The documentation site")]
# A path in backticks: a folder, or a file with a suffix that files here have.
PATH = re.compile(r"`([\w./-]*(?:/|\.(?:py|toml|md|sh|yml|yaml)))`")
# Made by tools, or without anything of its own.
NOT_NAMED = {"__pycache__", "src"}


def folders() -> list[str]:
    """Return the folders of the package, below it, and those at the top of the repository, as CONTRIBUTING writes them."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("no version control here, such as in an unpacked source distribution")
    tracked = {Path(name) for name in listed.stdout.splitlines()}
    top = {f"{path.parts[0]}/" for path in tracked if len(path.parts) > 1}
    inner = Path("src/tajikpeace_refs")
    below = {f"{parent.relative_to(inner)}/" for path in tracked for parent in path.parents if inner in parent.parents}
    return sorted(name for name in top | below if name.rstrip("/") not in NOT_NAMED)


def test_contributing_names_only_what_exists():
    """In the table below the package, elsewhere below the repository."""
    named = set(PATH.findall(TREE))
    assert len(named) > 60
    assert [name for name in sorted(named) if not ((PACKAGE / name).exists() or (ROOT / name).exists())] == []
    others = {name for name in PATH.findall(CONTRIBUTING.replace(TREE, "")) if "/" in name and "myformat" not in name}
    made = {"site/"}
    inside = [PACKAGE, ROOT]
    assert [name for name in others - made if not any((each / name).exists() for each in inside)] == []


def test_contributing_names_every_folder():
    """A stranger finds each in the table, or in the lines below it."""
    assert [name for name in folders() if f"`{name}`" not in TREE] == []


def test_contributing_names_every_module_at_the_top():
    """They are few, and each is a layer."""
    modules = {path.name for path in PACKAGE.glob("*.py")} - {"__init__.py"}
    assert sorted(name for name in modules if f"`{name}`" not in TREE) == []


def test_contributing_shows_the_layers_that_are_tested():
    """The same order as LAYERS, the same neighbours."""
    drawn = re.search(r"```\n(errors .*?)\n *\(imports", TREE, re.DOTALL)
    assert drawn
    shown = [tuple(layer.split(", ")) for layer in " ".join(drawn[1].split()).split(" ◄ ")]
    assert shown == list(LAYERS)


def targets() -> set[str]:
    return set(re.findall(r"(?m)^([a-z-]+):", MAKEFILE))


def test_make_help_lists_every_target():
    """With a line of meaning; each of them is phony, so that a file of its name hides nothing."""
    shown = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert dict.fromkeys(targets()).keys() == {line.split()[0] for line in shown.splitlines()}
    assert all(len(line.split()) > 2 for line in shown.splitlines())
    phony = re.search(r"(?m)^\.PHONY: (.*)$", MAKEFILE)
    assert phony
    assert set(phony[1].split()) == targets()


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "README.md", ".ci/run", "docs/api.md", "docs/performance.md"])
def test_make_targets_that_are_named_exist(name: str):
    """In texts and in CI."""
    text = (ROOT / name).read_text(encoding="utf-8")
    named = set(re.findall(r"(?m)(?:^|[`(])make ([a-z-]+)", text))
    assert named <= targets()


def test_versions_that_are_named_are_this_one():
    """The examples of pre-commit and of the action; the newest section of the changelog."""
    texts = [ROOT / "action.yml", *(ROOT / "docs").rglob("*.md")]
    examples = re.compile(r"(?:rev: v|version: |such as )(\d+\.\d+\.\d+)")
    assert {version for path in texts for version in examples.findall(path.read_text(encoding="utf-8"))} == {VERSION}
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"(?m)^## \[(\d[\d.]*)\]", changelog)[0] == VERSION


def test_changelog_of_a_version_is_read_in_minutes():
    """Under a hundred lines each, in sections that users know from other projects."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.split(r"(?m)^## ", changelog)[1:]
    assert [text.splitlines()[0] for text in versions if len(text.splitlines()) >= 100] == []
    assert set(re.findall(r"(?m)^### (.*)$", changelog)) <= {
        "Added", "Changed", "Deprecated", "Removed", "Fixed", "Security", "Upgrading",
    }  # fmt: skip
