"""The works of a library, verified side by side: the questions of each follow from the pure plan and verdict."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Executor

from tajikpeace_refs.errors import UsageError
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.registries.client import Inquiry, RegistryOptions, ask_each
from tajikpeace_refs.registries.records import Answer
from tajikpeace_refs.verification.plan import next_queries
from tajikpeace_refs.verification.verdicts import Verification, verdict

_MOST_STAGES = 12


def verify(
    works: Iterable[Work],
    options: RegistryOptions | None = None,
    *,
    executor: Executor | None = None,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Generator[Verification]:
    """Yield what public registries know about each work, as the answers come.

    Args:
        works: a library, or any works; they are read as they are needed.
        options: how to ask; None: ``RegistryOptions()``.
        executor: refused. ``check_links`` gives each process the addresses of other hosts; here every process would ask
            the same registries, and the rate that these allow to all of them together could not be kept.
        is_stopped: a function that is called several times a second. Once it returns True nothing more is asked, and
            only what is known is yielded: an example is the ``is_set`` of a ``threading.Event``.

    Raises:
        UsageError: ``options`` are of another kind or cannot be used, or there is an executor.
    """
    if executor is not None:
        raise UsageError(
            "verify takes no executor: several processes could not keep the rate that a registry allows to all of "
            "them; RegistryOptions(concurrency=…) says how many questions are asked at once"
        )
    if not isinstance(options, RegistryOptions | None):
        raise UsageError(f"expected RegistryOptions, got {type(options).__name__}")
    yield from ask_each((_about(work) for work in works), options, is_stopped=is_stopped)


def _about(work: Work) -> Inquiry[Verification]:
    """Ask what is needed for a verdict on a work."""
    answers: list[Answer] = []
    try:
        for _ in range(_MOST_STAGES):
            queries = next_queries(work, answers)
            if not queries:
                break
            for query in queries:
                answers.append((yield query))  # noqa: PERF401 - a generator
        return verdict(work, answers)
    except Exception as error:  # noqa: BLE001 - every work gets a verdict
        return Verification(work.id, "unknown", "error", detail=f"{type(error).__name__}: {error}")
