"""Link checks in the workers of an executor: each task has all addresses of the hosts in it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait

from tajikpeace_refs.links.follow import Target
from tajikpeace_refs.links.verdict import Outcome
from tajikpeace_refs.parallel import Task
from tajikpeace_refs.web.address import host_of
from tajikpeace_refs.web.schedule import POLL_S

TASK = 1000
"""Addresses in a task, unless one host has more: enough to ask many hosts at once, few to ask again if it is lost."""
MAX_PENDING = 64
"""Tasks that are under way at once."""

Targets = Mapping[str, Target]
"""The addresses to ask for, each with why it is asked for."""


def probe_by(
    executor: Executor,
    ask: Callable[[dict[str, Target]], list[Outcome]],
    targets: Targets,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Generator[Outcome]:
    """Yield the outcomes for all addresses, task by task as they end; ``ask`` runs in a worker.

    Once ``is_stopped`` returns True, only those of tasks that have ended.
    """
    tasks = _tasks(targets)
    running: dict[Future[list[Outcome]], Task[list[Outcome]]] = {}
    try:
        while True:
            while len(running) < MAX_PENDING and (addresses := next(tasks, None)):
                task = Task(executor, ask, addresses)
                running[task.future] = task
            if not running:
                return
            is_over = is_stopped()
            done, _ = wait(running, 0 if is_over else POLL_S, return_when=FIRST_COMPLETED)
            for future in done:
                yield from running.pop(future).result()
            if is_over:
                return
    finally:
        for future in running:
            future.cancel()


def _tasks(targets: Targets) -> Iterator[dict[str, Target]]:
    """Yield the addresses of each task; first those of hosts with most addresses, which take longest."""
    hosts: dict[str, list[str]] = {}
    for url in targets:
        hosts.setdefault(host_of(url), []).append(url)
    task: dict[str, Target] = {}
    for urls in sorted(hosts.values(), key=len, reverse=True):
        if task and len(task) + len(urls) > TASK:
            yield task
            task = {}
        task.update((url, targets[url]) for url in urls)
    if task:
        yield task
