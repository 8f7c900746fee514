"""The works of a library, verified one after the other: the loop around the pure plan and verdict."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from queue import SimpleQueue

from tajikpeace_refs.model.work import Work
from tajikpeace_refs.registries.client import Registries, RegistryOptions
from tajikpeace_refs.registries.records import Answer
from tajikpeace_refs.verification.plan import next_queries
from tajikpeace_refs.verification.verdicts import Verification, verdict
from tajikpeace_refs.web.schedule import outcomes_of

_AT_ONCE = 6
"""Works that are verified at once: a registry lets few requests through, but there are several."""
_MOST_STAGES = 12


def verify(
    works: Iterable[Work],
    options: RegistryOptions | None = None,
    *,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Iterator[Verification]:
    """Yield what public registries know about each work, as the answers come.

    Args:
        works: a library, or any works; they are read as they are needed.
        options: how to ask; None: ``RegistryOptions()``.
        is_stopped: a function that is called between requests. Once it returns True nothing more is asked, and only
            what is known is yielded.
    """
    waiting, lock = iter(works), threading.Lock()
    found: SimpleQueue[Verification | None] = SimpleQueue()
    is_over = threading.Event()
    failed: list[Exception] = []

    def take() -> Work | None:
        with lock:
            return None if is_over.is_set() or is_stopped() else next(waiting, None)

    def verify_all() -> None:
        try:
            while (work := take()) is not None:
                if (outcome := _verify_one(work, registries, lambda: is_over.is_set() or is_stopped())) is not None:
                    found.put(outcome)
        except Exception as error:  # noqa: BLE001 - the works could not be read on: for the caller
            failed.append(error)
        finally:
            found.put(None)

    with closing(Registries(options, is_stopped=is_stopped)) as registries:
        for _ in range(_AT_ONCE):  # daemons: a request that hangs holds up no exit
            threading.Thread(target=verify_all, daemon=True, name="tajikpeace-refs-verify").start()
        try:
            yield from outcomes_of(found, _AT_ONCE, is_stopped)
            if failed:
                raise failed[0]
        finally:
            is_over.set()


def _verify_one(work: Work, registries: Registries, is_over: Callable[[], bool]) -> Verification | None:
    """Return what registries say of a work; None where it was interrupted."""
    answers: list[Answer] = []
    try:
        for _ in range(_MOST_STAGES):
            queries = next_queries(work, answers)
            if not queries:
                break
            for query in queries:
                answers.append(registries.ask(query))
                if is_over():
                    return None
        return verdict(work, answers)
    except Exception as error:  # noqa: BLE001 - every work gets a verdict
        return Verification(work.id, "unknown", "error", detail=f"{type(error).__name__}: {error}")
