"""A file of 500 works that is changed in one of them: the time beside that of loading it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import tajikpeace_refs as refs
from benchmarks.measure import Row, Run, Side, measured, say

SIZE = 500
MOST = 1 / 3
"""Three times the time of loading."""


def rows(folder: Path, enough_s: float) -> Iterator[Row]:
    """Yield a row for each way to change a file."""
    for job, prepare in (("edit: one variable set", _edit), ("save: one work replaced", _save)):
        say(f"Editing: {job}")
        ours, theirs = measured(folder, [Side("ours", prepare), Side("load", _load)], enough_s)
        if ours.fault or theirs.fault:
            raise RuntimeError(f"{job}: {ours.fault or theirs.fault}")
        yield Row(
            table="Editing, CPU time a work of the file", job=job, peer=f"loading the {SIZE} works",
            ours=ours.seconds / SIZE, theirs=theirs.seconds / SIZE, target=MOST, ours_mb=ours.mb, theirs_mb=theirs.mb,
        )  # fmt: skip


def _load(folder: Path) -> Run:
    return lambda: len(refs.load(folder / "works.yaml"))


def _edit(folder: Path) -> Run:
    path, numbers = _own(folder, "edited.yaml"), count()

    def run() -> int:
        with refs.edit(path) as file:
            file[file.library.ids[SIZE // 2]].set(note=f"Edition {next(numbers)}")
            return len(file)

    return run


def _save(folder: Path) -> Run:
    path, numbers = _own(folder, "saved.yaml"), count()
    library = refs.load(path)

    def run() -> int:
        work = library.works[SIZE // 2].replace(note=f"Edition {next(numbers)}")
        refs.save(library.replace(work), path)
        return len(library)

    return run


def _own(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes((folder / "works.yaml").read_bytes())
    return path
