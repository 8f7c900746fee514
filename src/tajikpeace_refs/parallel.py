"""A task handed to an executor of ``concurrent.futures``: plain data in and out, so that it can be done anywhere."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from typing import Any, Generic, TypeVar

Result = TypeVar("Result")


class LostTaskWarning(UserWarning):
    """An executor gave an error instead of a result; the task was done in this process."""


class Task(Generic[Result]):
    """A call that an executor makes; ``future`` tells when it is done."""

    def __init__(self, executor: Executor, function: Callable[..., Result], *arguments: Any) -> None:  # noqa: ANN401 - the function's
        self._call = partial(function, *arguments)
        try:
            self.future: Future[Result] = executor.submit(function, *arguments)
        except RuntimeError as error:  # a pool that is broken takes no more
            self.future = Future()
            self.future.set_exception(error)

    def result(self) -> Result:
        """Return what the call gives, waiting for it.

        Executors run a lost task again by themselves, but not in every case: dask's may hand on an error of its own
        where a worker dies with a result that was just asked for, and a process pool gives up. What is wrong with the
        call itself is raised here again.
        """
        try:
            return self.future.result()
        except Exception as error:  # noqa: BLE001 - whatever the executor's own faults are
            what = f"the executor gave {type(error).__name__}: {error}; the task is done in this process"
            warnings.warn(what, LostTaskWarning, stacklevel=2)
            return self._call()
