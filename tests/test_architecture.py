"""Who may import whom, and what an import of the package loads."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "tajikpeace_refs"
PACKAGE = "tajikpeace_refs"
# What each part may import of the package; a part not named may import everything.
LAYERS = {
    "errors": set(),
    "model": {"errors", "model"},
    "choices": set(),
    "task": set(),
    "script": {"choices", "errors", "model", "script"},
    "options": {"choices", "errors", "model", "options"},
    "apa": {"errors", "model", "script", "options", "apa"},
    "formats": {"errors", "model", "script", "options", "apa", "formats"},
    "codec": {"errors", "model", "script", "options", "apa", "formats", "codec"},
    "conversion": {"errors", "model", "options", "formats", "codec", "task", "conversion"},
    "store": {"errors", "model", "options", "formats", "codec", "conversion", "store"},
    "lint": {"errors", "model", "script", "formats", "codec", "links", "yaml_edit", "lint"},
}
PURE = ("errors", "choices", "model", "options", "script", "apa", "formats", "codec", "conversion", "lint")
IMPURE_MODULES = {"requests", "urllib3", "socket", "os", "pathlib", "subprocess", "time", "random", "threading"}
LOADED_WHEN_USED = {
    "requests", "langcodes", "language_data", "pybtex", "pylatexenc", "iuliia", "jinja2", "markupsafe", "typer", "rich", "pandas",
}  # fmt: skip
# A notebook asks the library itself for its list.
UPWARDS = {"model/library": {"codec"}}


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield path.relative_to(SOURCE).with_suffix("").as_posix(), path


def imports(path: Path, *, top_only: bool) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if top_only else list(ast.walk(tree))
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize(("name", "path"), list(modules()))
def test_imports_point_downwards(name: str, path: Path):
    """errors ◄ model ◄ script ◄ apa ◄ formats ◄ codec ◄ conversion ◄ store ◄ cli."""
    part = name.split("/", maxsplit=1)[0]
    if part not in LAYERS:
        return
    own = {found.split(".")[1] for found in imports(path, top_only=False) if found.startswith(f"{PACKAGE}.")}
    parts = {child.stem for child in SOURCE.iterdir()}
    assert own & parts <= LAYERS[part] | {part} | UPWARDS.get(name, set())
    if name in UPWARDS:  # in a function: when used
        assert (
            not {found.split(".")[1] for found in imports(path, top_only=True) if found.startswith(f"{PACKAGE}.")}
            & UPWARDS[name]
        )


@pytest.mark.parametrize(("name", "path"), list(modules()))
def test_the_core_does_no_io(name: str, path: Path):
    """Model, formats, APA and codec touch no disk, network, clock or process."""
    if name.split("/", maxsplit=1)[0] not in PURE:
        return
    roots = {found.split(".")[0] for found in imports(path, top_only=False)}
    allowed = {"pathlib"} if name == "formats/__init__" else set()  # PurePath only: a suffix is text
    assert not roots & IMPURE_MODULES - allowed
    calls = [node.func.id for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
             if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]  # fmt: skip
    assert not {"open", "print", "input"} & set(calls)


@pytest.mark.parametrize(("name", "path"), list(modules()))
def test_heavy_libraries_load_when_used(name: str, path: Path):
    """Outside the command line and the link probe, no module imports a heavy library at its top."""
    if name.split("/", maxsplit=1)[0] == "cli" or name == "links/_http":
        return
    assert not {found.split(".")[0] for found in imports(path, top_only=True)} & LOADED_WHEN_USED


def test_importing_the_package_loads_nothing_heavy():
    """A fresh interpreter that imports the package holds none of the heavy libraries, PyYAML included."""
    code = "import sys, tajikpeace_refs; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not set(done.stdout.split()) & (LOADED_WHEN_USED | {"yaml", "pydantic"})


def test_the_help_loads_no_library():
    """``--help`` names the choices without building a model, opening a format or importing what probes."""
    code = (
        "import sys; from tajikpeace_refs.cli import app; from typer.main import get_command; get_command(app);"
        "print(*sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not set(done.stdout.split()) & {"pydantic", "yaml", "requests", "pybtex", "iuliia"}


def test_files_stay_small():
    """No file over 400 lines (the model's list of variables aside)."""
    long = {
        name: count for name, path in modules() if (count := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert set(long) <= {"model/work"}
