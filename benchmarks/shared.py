"""Several processes: what the process that shares the work out has left to do, beside the whole work in one process.

The ratio is how many workers one such process can keep busy.
"""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from functools import partial
from pathlib import Path

import tajikpeace_refs as refs
from benchmarks.measure import Row, say
from tajikpeace_refs.links import CheckOptions, Exchange

URLS = 20_000


def rows(folder: Path, size: int) -> Iterator[Row]:
    """Yield a row a job: CPU time a work of this process alone, with two worker processes and with none."""
    jobs: dict[str, tuple[int, Callable[[Executor | None], object]]] = {
        f"{source} → {target}": (size, partial(_convert, folder / f"works.{source}", folder / f"out.{target}"))
        for source, target in (("ris", "json"), ("bib", "ris"), ("jsonl", "bib"))
    }
    jobs["URLs, each answered at once"] = (URLS, _check)
    for job, (count, run) in jobs.items():
        say(f"Several processes: {job}")
        with ProcessPoolExecutor(2) as pool:
            ours, alone = _own_seconds(partial(run, pool)), _own_seconds(partial(run, None))
        yield Row(table="Several processes, CPU time a work of the one that shares out", job=job,
                  peer="all of it in one process", ours=ours / count, theirs=alone / count)  # fmt: skip


def _own_seconds(run: Callable[[], object]) -> float:
    """Return the CPU seconds of this process in a call, its workers' left out."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    run()
    after = resource.getrusage(resource.RUSAGE_SELF)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _convert(source: Path, target: Path, executor: Executor | None) -> int:
    return refs.convert(source, target, on_problem=_ignore, on_loss="ignore", executor=executor)


def _ignore(_problem: refs.Problem) -> None:
    """Ignore a problem: the data are what they are."""


def _check(executor: Executor | None) -> int:
    urls = (f"https://h{number // 100}.example.org/{number}" for number in range(URLS))
    pages = (refs.Webpage(id=url, type="webpage", title="A page", url=url) for url in urls)
    return sum(1 for _ in refs.check_links(pages, probe=_answer, options=CheckOptions(per_host=64), executor=executor))


def _answer(_url: str, _timeout_s: float, _cookies: object = None) -> Exchange:
    return Exchange(status=200)
