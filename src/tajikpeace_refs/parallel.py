"""Work handed to executors of ``concurrent.futures``: processes of this machine, or of a cluster.

Plain data goes in and comes out, so that a task can be done anywhere: ``Task`` is one call, ``convert_chunks`` converts
a stream chunk by chunk.
"""

from __future__ import annotations

import warnings
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from functools import partial
from itertools import chain, repeat
from typing import Any, Generic, NamedTuple, TextIO, TypeVar

from tajikpeace_refs import formats
from tajikpeace_refs.errors import Loss, Problem
from tajikpeace_refs.formats.base import Format, ReadWork, skip_bom
from tajikpeace_refs.formats.ids import UniqueIds, UniqueKeys
from tajikpeace_refs.model.name_doubts import name_warnings
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import WriteContext, WriteOptions
from tajikpeace_refs.text.plausibility import warnings_of

CHUNK_SIZE = 500
"""Works in a chunk: about 0.1 s of work, so that handing it over costs little and a lost one is soon done again."""
MAX_PENDING = 64
"""Chunks under way at once, of each of the two rounds. It is a count: long records take more memory."""

Job = TypeVar("Job")
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


class RenderedWork(NamedTuple):
    """The text of one work with its losses, and the id that the source gave it (``named`` False: one was made)."""

    id: str
    line: int | None
    named: bool
    text: str
    losses: tuple[Loss, ...]


_Outcome = list[RenderedWork | Problem]
"""What a worker returns for a chunk: its works and problems, in order."""
_Pending = Task[_Outcome] | _Outcome
_Assigned = dict[int, tuple[str, str]]
"""The id and the key of works in a chunk, by their place among its works."""
_Decision = tuple[bool, Problem | None]
"""Whether a work is accepted, and the problem of its id."""


def convert_chunks(
    executor: Executor, stream: TextIO, source: Format, target: Format, options: WriteOptions
) -> Iterator[RenderedWork | Problem]:
    """Yield the works of a stream as texts, in order, and the problems where they stand.

    Workers share nothing. What must be unique in the whole file, ids and keys, is assigned here, in the order of the
    file; a chunk in which the worker assumed another id or key is converted once more, with the right ones.

    Args:
        executor: what makes the calls.
        stream: the text of the source.
        source: its format, with a chunker.
        target: the format to write, with delimiters; they are not in the texts.
        options: how to write; they must be picklable.
    """
    convert = partial(_convert_chunk, source.name, target.name, options)
    key_of = partial(target.key_of, options=options) if target.key_of else None
    ids, keys = UniqueIds(source.ids), UniqueKeys()

    def first_round() -> Iterator[tuple[Any, _Pending]]:
        for chunk in source.chunker.chunks(stream, CHUNK_SIZE) if source.chunker else ():
            yield chunk, [chunk] if isinstance(chunk, Problem) else Task(executor, convert, chunk)

    def second_round() -> Iterator[tuple[list[_Decision], _Pending]]:
        for chunk, outcome in _with_results(first_round()):
            decisions, assigned = _assign(outcome, ids, keys, key_of)
            yield decisions, Task(executor, convert, chunk, assigned) if assigned else outcome

    skip_bom(stream)
    for decisions, outcome in _with_results(second_round()):
        remaining = iter(decisions)
        for item in outcome:
            if isinstance(item, Problem):
                yield item
                continue
            is_accepted, problem = next(remaining)
            if problem:
                yield problem
            if is_accepted:
                yield item


def _convert_chunk(
    source: str,
    target: str,
    options: WriteOptions,
    chunk: Any,  # noqa: ANN401 - the format's own
    assigned: _Assigned | None = None,
) -> _Outcome:
    """Return the texts and the problems of a chunk, in order. It runs in the workers: plain data in and out."""
    reader, writer = formats.get(source), formats.get(target)
    done: _Outcome = []
    losses: list[Loss] = []
    read: list[ReadWork] = []
    assigned = assigned or {}
    keys = dict(assigned.values())

    def works() -> Iterator[Work]:
        for item in reader.chunker.read(chunk) if reader.chunker else ():
            if isinstance(item, Problem):
                done.append(item)
            elif isinstance(item, ReadWork):
                work_id, _ = assigned.get(len(read), (item.work.id, ""))
                read.append(item)
                yield item.work if work_id == item.work.id else item.work.model_copy(update={"id": work_id})

    def key(work_id: str) -> str:
        if work_id in keys:
            return keys[work_id]
        return writer.key_of(work_id, options) if writer.key_of else work_id

    for text in writer.records(works(), WriteContext(options, losses.append, key)):
        work, line, named, is_sound = read[-1]
        done.append(RenderedWork(work.id, line, named, text, tuple(losses)))
        work_id = assigned.get(len(read) - 1, (work.id, ""))[0]
        if not is_sound:
            done += warnings_of(work, work_id, line)
        done += name_warnings(work, work_id, line, bare=source == "ris")
        losses.clear()
    return done


def _assign(
    outcome: _Outcome, ids: UniqueIds, keys: UniqueKeys, key_of: Callable[[str], str] | None
) -> tuple[list[_Decision], _Assigned]:
    """Return the decision on each work of a chunk, and the ids and keys that differ from what its worker assumed."""
    decisions: list[_Decision] = []
    assigned: _Assigned = {}
    for item in outcome:
        if isinstance(item, Problem):
            continue
        work_id, problem = ids.allocate(item.id, item.line, named=item.named)
        if work_id is not None:
            assumed = key_of(work_id) if key_of else work_id
            key = keys.allocate(assumed) if key_of else work_id
            if (work_id, key) != (item.id, assumed):
                assigned[len(decisions)] = (work_id, key)
        decisions.append((work_id is not None, problem))
    return decisions, assigned


def _with_results(jobs: Iterator[tuple[Job, _Pending]]) -> Iterator[tuple[Job, _Outcome]]:
    """Yield each job with its result, in order, while up to ``MAX_PENDING`` of the next are under way."""
    waiting: deque[tuple[Job, _Pending]] = deque()
    try:
        for job in chain(jobs, repeat(None)):
            if job is not None:
                waiting.append(job)
            elif not waiting:
                return
            if job is None or len(waiting) > MAX_PENDING:
                done, outcome = waiting.popleft()
                yield done, outcome.result() if isinstance(outcome, Task) else outcome
    finally:
        for _, outcome in waiting:
            if isinstance(outcome, Task):
                outcome.future.cancel()
