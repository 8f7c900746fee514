"""The works of a library, verified one after the other: the loop around the pure plan and verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from itertools import islice

from tajikpeace_refs.model.work import Work
from tajikpeace_refs.registries.client import Registries, RegistryOptions
from tajikpeace_refs.registries.records import Answer
from tajikpeace_refs.verification.plan import next_queries
from tajikpeace_refs.verification.verdicts import Verification, verdict

_AT_ONCE = 6
"""Works that are verified at once: a registry lets few requests through, but there are several."""
_MOST_STAGES = 12


def verify(
    works: Iterable[Work],
    options: RegistryOptions | None = None,
    *,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Iterator[Verification]:
    """Yield what public registries say of each work, as it becomes known.

    Args:
        works: a library, or any works; they are read as they are needed.
        options: addresses, contact, cache and patience; None: those of ``RegistryOptions()``.
        is_stopped: asked between requests; once it is true, no more is asked, and only what is known is yielded.
    """
    chosen = options or RegistryOptions()
    with closing(Registries(chosen, is_stopped=is_stopped)) as registries, ThreadPoolExecutor(_AT_ONCE) as pool:
        waiting = iter(works)
        running: set[Future[Verification | None]] = set()
        try:
            while not is_stopped():
                running |= {
                    pool.submit(_verify_one, work, registries, is_stopped)
                    for work in islice(waiting, 2 * _AT_ONCE - len(running))
                }
                if not running:
                    break
                done, running = wait(running, timeout=0.2, return_when=FIRST_COMPLETED)
                yield from filter(None, (each.result() for each in done))
            yield from filter(None, (each.result() for each in running))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _verify_one(work: Work, registries: Registries, is_stopped: Callable[[], bool]) -> Verification | None:
    """Return what registries say of a work; None where it was interrupted."""
    answers: list[Answer] = []
    for _ in range(_MOST_STAGES):
        queries = next_queries(work, answers)
        if not queries:
            break
        for query in queries:
            if is_stopped():
                return None
            answers.append(registries.ask(query))
    return None if is_stopped() and not answers else verdict(work, answers)
