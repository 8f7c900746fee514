"""Check what a source distribution and a wheel hold: python scripts/check_dist.py FOLDER (.ci/run).

The source distribution holds every file under version control; the wheel the package with all its data files, the
corpus and the schema, and nothing else.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = "tajikpeace_refs"
# What a wheel has from elsewhere than src/.
FROM_DATA = {f"{PACKAGE}/data/references.yaml", f"{PACKAGE}/data/references.schema.json"}
# One of each kind that the package cannot work without: a check of the check.
NEEDED = {
    f"{PACKAGE}/{name}"
    for name in (
        "py.typed", "formats/_page/page.html.j2", "formats/_page/style.css", "formats/_page/script.js",
        "formats/_printed/model.txt.gz", "formats/_printed/words.txt", "text/english_words.txt.gz", "text/phrases.txt",
        "text/transliteration/tables/ala-lc-tg.toml", "gost/words.toml", "links/phrases.yaml", "cli/examples.yaml",
    )
}  # fmt: skip


def tracked() -> set[str]:
    """Return the files under version control."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout  # noqa: S607
    return {name for name in listed.decode("utf-8").split("\0") if name}


def only(folder: Path, pattern: str) -> Path:
    """Return the one file that a pattern finds in a folder."""
    (found,) = folder.glob(pattern)
    return found


def of_sdist(path: Path) -> set[str]:
    """Return the files of a source distribution, without the folder that holds them all."""
    with tarfile.open(path) as archive:
        return {member.name.partition("/")[2] for member in archive if member.isfile()}


def of_wheel(path: Path) -> set[str]:
    """Return the files of a wheel, without its metadata."""
    with zipfile.ZipFile(path) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def main(folder: Path) -> str:
    """Return what is missing or too much, line by line; nothing where all is well."""
    files = tracked()
    package = {name.removeprefix("src/") for name in files if name.startswith(f"src/{PACKAGE}/")} | FROM_DATA
    sdist, wheel = of_sdist(only(folder, "*.tar.gz")), of_wheel(only(folder, "*.whl"))
    found = {
        "the source distribution lacks": files - sdist,
        "the source distribution has besides": sdist - files - {"PKG-INFO"},
        "the wheel lacks": (package | NEEDED) - wheel,
        "the wheel has besides": wheel - package,
    }
    return "\n".join(f"{what}: {', '.join(sorted(names))}" for what, names in found.items() if names)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])) or None)
