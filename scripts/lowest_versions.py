"""Print pip constraints with the lowest versions that pyproject.toml allows of what users install.

Run: python scripts/lowest_versions.py > constraints.txt  (`make test-lowest` runs the suite with them)
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

PROJECT = Path(__file__).parents[1] / "pyproject.toml"
_TOOLS = frozenset({"dev", "docs", "bench"})
"""Extras for those who work on this library: their tools may be the newest."""
_BOUND = re.compile(r"(?P<name>[\w.-]+)(?:\[[\w,.-]+\])?\s*>=\s*(?P<version>[\w.]+)")


def lowest(project: Path = PROJECT) -> dict[str, str]:
    """Return the lowest allowed version of each dependency, of those of extras for users too, by name.

    Raises:
        ValueError: a dependency has no lowest version.
    """
    table = tomllib.loads(project.read_text(encoding="utf-8"))["project"]
    extras = table["optional-dependencies"].items()
    found = {}
    for line in [*table["dependencies"], *(each for name, lines in extras if name not in _TOOLS for each in lines)]:
        match = _BOUND.match(line)
        if match is None:
            raise ValueError(f"{line!r} in {project.name} allows any old version; give the lowest, such as >=1.0")
        found[match["name"]] = match["version"]
    return found


if __name__ == "__main__":
    print("".join(f"{name}=={version}\n" for name, version in lowest().items()), end="")
