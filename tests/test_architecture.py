"""Who may import whom, how large each part may be, and what an import of the package loads."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from scripts.code_lines import by_package

SOURCE = Path(__file__).parents[1] / "src" / "tajikpeace_refs"
PACKAGE = "tajikpeace_refs"
# The parts from the lowest to the highest: each may import those above it in this list, and itself.
LAYERS = (
    ("errors",),
    ("deprecated",),
    ("options",),
    ("model",),
    ("yaml_text",),
    ("text",),
    ("merging",),
    ("apa", "gost"),
    ("formats",),
    ("parallel",),
    ("reading",),
    ("conversion",),
    ("editing", "pybtex_data"),
    ("web",),
    ("links", "registries"),
    ("verification",),
    ("opening", "pandoc", "writing"),
    ("lint", "files", "schema"),
    ("in_place",),
    ("documents",),
    ("cli",),
    ("__main__",),
)
# The façade names everything for type checkers; `options` names the front matter, and `parallel` knows formats by name.
TYPES_ONLY = {"options": {"model"}}
# The order of a reference list and the finding of duplicates have their homes above the model: what `Library` loads when
# it is asked for them.
WHEN_USED = {"model/library": {"apa.order", "merging"}}
PURE = (
    "errors", "options", "model", "yaml_text", "text", "apa", "gost", "formats", "reading", "conversion", "editing", "merging",
    "pybtex_data", "lint", "schema",
)  # fmt: skip
IMPURE_MODULES = {"requests", "urllib3", "socket", "os", "pathlib", "subprocess", "time", "random", "threading"}
LOADED_WHEN_USED = {
    "requests", "langcodes", "language_data", "pybtex", "pylatexenc", "jinja2", "markupsafe", "typer", "rich", "pandas",
}  # fmt: skip
# Lines of code (scripts/code_lines.py), as a ratchet: an issue that needs more raises the number and says why.
BUDGETS: dict[str, int] = {
    "formats": 7917,
    "text": 4343,
    "model": 2645,
    "cli": 2183,
    "links": 2029,
    "apa": 1577,
    "registries": 1534,
    "lint": 1338,
    "editing": 1316,
    "web": 822,
    "verification": 694,
    "gost": 613,
    "yaml_text": 515,
    "files": 217,
    "conversion": 187,
    "schema": 165,
    "merging": 141,
    "parallel": 136,
    "__init__": 125,
    "reading": 120,
    "errors": 106,
    "writing": 78,
    "options": 76,
    "pybtex_data": 73,
    "documents": 67,
    "pandoc": 65,
    "opening": 43,
    "in_place": 43,
    "deprecated": 17,
    "__main__": 2,
}
IN_ALL = 29200


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield path.relative_to(SOURCE).with_suffix("").as_posix(), path


NAMES = {name.removesuffix("/__init__").replace("/", ".") for name, _ in modules()}


def part_of(name: str) -> str:
    return name.partition("/")[0].partition(".")[0]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def statements(path: Path, *, types: bool = True) -> Iterator[ast.stmt]:
    """Yield every statement of a module, those in functions included; ``types``: also what only type checkers see."""
    waiting: list[ast.AST] = [tree(path)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.stmt):
            yield node
        waiting += [child for child in ast.iter_child_nodes(node) if types or not is_for_types(child)]


def imported(nodes: Iterator[ast.stmt] | list[ast.stmt]) -> set[str]:
    """Return the full names that some statements import, modules and what is taken from them."""
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def own(found: set[str]) -> set[str]:
    """Return the modules of the package among some imported names, without the package's name."""
    return {name.removeprefix(f"{PACKAGE}.") for name in found if name.startswith(f"{PACKAGE}.")} & NAMES


@pytest.mark.parametrize(("name", "path"), list(modules()))
def test_imports_point_downwards(name: str, path: Path):
    """A module imports only its own part and lower ones, in functions and for types as well."""
    part = part_of(name)
    if part == "__init__":
        return
    level = next(number for number, layer in enumerate(LAYERS) if part in layer)
    allowed = {each for layer in LAYERS[:level] for each in layer} | {part} | TYPES_ONLY.get(part, set())
    found = own(imported(statements(path))) - WHEN_USED.get(name, set())
    assert {part_of(each) for each in found} <= allowed


def test_no_module_is_in_an_import_circle():
    """Imports in functions count; those for type checkers do not."""
    graph = {}
    for name, path in modules():
        if name != "__init__":
            module = name.removesuffix("/__init__").replace("/", ".")
            graph[module] = own(imported(statements(path, types=False))) - {module} - WHEN_USED.get(name, set())
    parents = {module: {each for each in graph if each.startswith(f"{module}.")} for module in graph}
    # A package that names its parts depends on them; that a part is in its package is no dependency.
    for module, found in graph.items():
        graph[module] = {each for each in found if module not in parents.get(each, set())}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"import circle: {' -> '.join(error.args[1])}")


@pytest.mark.parametrize(("name", "path"), list(modules()))
def test_private_modules_stay_in_their_package(name: str, path: Path):
    """What begins with an underscore, module or name, is imported only inside the package that holds it."""
    package = f"{PACKAGE}." + "".join(f"{step}." for step in name.split("/")[:-1])
    for found in imported(statements(path)):
        steps = found.split(".")
        private = next((place for place, step in enumerate(steps) if step.startswith("_") and step != "__init__"), None)
        if steps[0] == PACKAGE and private is not None and steps[private] != "__version__":
            assert package.startswith(".".join(steps[:private]) + "."), f"{name} imports {found}"


@pytest.mark.parametrize(("name", "path"), list(modules()))
def test_the_core_does_no_io(name: str, path: Path):
    """The core touches no disk, network, clock or process."""
    if part_of(name) not in PURE:
        return
    roots = {found.split(".")[0] for found in imported(statements(path))}
    allowed = {"pathlib"} if name == "formats/__init__" else set()  # PurePath only: a suffix is text
    assert not roots & IMPURE_MODULES - allowed
    calls = [
        node.func.id for node in ast.walk(tree(path)) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]
    assert not {"open", "print", "input"} & set(calls)


@pytest.mark.parametrize(("name", "path"), list(modules()))
def test_heavy_libraries_load_when_used(name: str, path: Path):
    """Outside the command line and the link probe, no module imports a heavy library at its top."""
    if part_of(name) == "cli" or name == "web/client":
        return
    assert not {found.split(".")[0] for found in imported(tree(path).body)} & LOADED_WHEN_USED


def loaded_by(code: str) -> set[str]:
    """Return the names of the modules that a fresh interpreter holds after some code."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {code}; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_importing_the_package_loads_nothing_heavy():
    """A fresh interpreter that imports the package holds none of the heavy libraries, PyYAML included."""
    roots = {name.split(".")[0] for name in loaded_by("import tajikpeace_refs")}
    assert not roots & (LOADED_WHEN_USED | {"yaml", "pydantic"})


def test_loading_yaml_loads_no_other_family():
    """Reading one YAML file needs no RIS, .bib, page or APA module."""
    loaded = loaded_by("import tajikpeace_refs as refs; refs.load()")
    families = ("formats._ris", "formats.ris", "formats._bib", "formats.bib", "formats.html", "formats._page", "apa")
    assert f"{PACKAGE}.formats.csl_yaml" in loaded
    assert not {name for name in loaded if name.startswith(tuple(f"{PACKAGE}.{family}" for family in families))}


def test_the_help_loads_no_library():
    """``--help`` names the choices without building a model, opening a format or importing what probes."""
    code = "from tajikpeace_refs.cli import app; from typer.main import get_command; get_command(app)"
    roots = {name.split(".")[0] for name in loaded_by(code)}
    assert not roots & {"pydantic", "yaml", "requests", "pybtex"}


def test_files_stay_small():
    """No file over 400 lines (the model's list of variables aside)."""
    long = {
        name: count for name, path in modules() if (count := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert set(long) <= {"model/work"}


def test_packages_stay_within_their_budgets():
    """The lines of code of each package, and of all: a ratchet."""
    counts = by_package(SOURCE)
    assert {name: count for name, count in counts.items() if count > BUDGETS.get(name, 0)} == {}
    assert sum(counts.values()) <= IN_ALL
