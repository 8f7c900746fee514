"""Measuring: each side of a comparison in a process of its own, CPU time, rounds in turn, medians, peak memory.

A side's process is fresh, so that its peak is its own and no collector walks another's objects; rounds go in turn, so
that a loaded machine slows both alike. CPU time is the process's and that of the programs it starts.
"""

from __future__ import annotations

import gc
import multiprocessing
import resource
import statistics
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROUNDS = 5
ENOUGH_S = 30.0
"""A side that has used that much CPU time has had rounds enough: the slowest peers have fewer than the others."""
QUICK_S = 3.0

Run = Callable[[], int]
"""Does the job once and returns how many works it did."""


class AbsentError(Exception):
    """A peer is not on this machine."""


@dataclass(frozen=True)
class Side:
    """One contestant: ``prepare`` (a function of a module) loads what the job starts from and returns the job.

    It raises ImportError or AbsentError where the peer is not installed.
    """

    name: str
    prepare: Callable[[Path], Run]
    target: float | None = None
    """How many times as fast as this peer ours is to be; below 1 where it may take longer."""


@dataclass(frozen=True)
class Row:
    """One line of the results: ours beside one peer (or beside ourselves at another size)."""

    table: str
    job: str
    peer: str
    ours: float
    theirs: float | None
    target: float | None = None
    ours_mb: float | None = None
    theirs_mb: float | None = None
    most_mb: float | None = None
    note: str = ""

    @property
    def speed(self) -> float | None:
        """How many times as fast as the peer ours is; None where there is nothing to compare."""
        return self.theirs / self.ours if self.theirs else None

    @property
    def met(self) -> bool | None:
        """Whether the targets are met; None where there is none, or nothing to compare."""
        wanted = []
        if self.target and self.speed:
            wanted.append(self.speed >= self.target)
        if self.most_mb and self.ours_mb:
            wanted.append(self.ours_mb <= self.most_mb)
        return all(wanted) if wanted else None


def cpu() -> float:
    """Return the CPU seconds of this process and of the programs it has run."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def peak_mb() -> float:
    """Return the largest resident size of this process, or of a program it ran.

    ``ru_maxrss`` of a process begins with what its parent had when it was forked, even through exec; Linux has the
    process's own as VmHWM.
    """
    unit = 1e6 if sys.platform == "darwin" else 1e3
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    status = Path("/proc/self/status")
    if status.exists():
        own = next(int(line.split()[1]) / 1e3 for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / unit)


class Worker:
    """A side in its process; ``round`` does the job once."""

    def __init__(self, side: Side, folder: Path) -> None:
        context = multiprocessing.get_context("spawn")
        self.name = side.name
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(side.prepare, folder, theirs), daemon=True)
        self.process.start()
        theirs.close()
        self.times: list[float] = []
        self.count = 0
        self.mb = 0.0
        self.fault: str | None = self._answer()

    def _answer(self) -> Any:  # noqa: ANN401 - what a pipe holds
        try:
            return self.pipe.recv()
        except EOFError:
            self.process.join()
            self.fault = f"failed with status {self.process.exitcode}"
            return None

    @property
    def seconds(self) -> float:
        """The median of the rounds."""
        return statistics.median(self.times)

    def odd(self, size: int) -> str:
        """Say where the side did not do every work; nothing where it did."""
        return "" if self.count == size else f"{self.name} did {self.count:,} of {size:,} works"

    def round(self) -> None:
        """Do the job once more."""
        self.pipe.send("round")
        if answer := self._answer():
            took, self.count, self.mb = answer
            self.times.append(took)

    def close(self) -> None:
        """End the process."""
        self.pipe.close()
        self.process.join()

    def wants_more(self, enough_s: float) -> bool:
        """Whether another round is worth its time."""
        return not self.fault and len(self.times) < ROUNDS and sum(self.times) < enough_s


def _serve(prepare: Callable[[Path], Run], folder: Path, pipe: Any) -> None:  # noqa: ANN401 - its class is private
    try:
        run = prepare(folder)
    except (ImportError, AbsentError) as absent:
        pipe.send(f"not installed: {absent}")
        return
    pipe.send(None)
    try:
        while pipe.recv():
            gc.collect()
            start = cpu()
            count = run()
            pipe.send((cpu() - start, count, peak_mb()))
    except EOFError:
        return


def measured(folder: Path, sides: list[Side], enough_s: float = ENOUGH_S) -> list[Worker]:
    """Return the sides after their rounds, which went in turn; the processes have ended."""
    with ExitStack() as stack:
        workers = []
        for side in sides:
            workers.append(worker := Worker(side, folder))
            stack.callback(worker.close)
        while wanting := [worker for worker in workers if worker.wants_more(enough_s)]:
            for worker in wanting:
                worker.round()
    return workers


def compare(
    table: str, job: str, size: int, folder: Path, sides: list[Side], enough_s: float = ENOUGH_S
) -> Iterator[Row]:
    """Yield a row for each peer of a job, the first side being ours."""
    say(f"{table}: {job}")
    ours, *peers = measured(folder, sides, enough_s)
    if ours.fault:
        raise RuntimeError(f"{job}: ours {ours.fault}")
    for side, peer in zip(sides[1:], peers, strict=True):
        notes = [peer.fault or peer.odd(size), ours.odd(size)]
        yield Row(
            table=table, job=job, peer=side.name, ours=ours.seconds, theirs=None if peer.fault else peer.seconds,
            target=side.target, ours_mb=ours.mb, theirs_mb=peer.mb or None, note="; ".join(filter(None, notes)),
        )  # fmt: skip


def say(text: str) -> None:
    """Say what is being done, on standard error."""
    print(text, file=sys.stderr, flush=True)
