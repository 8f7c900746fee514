"""A stream of works on its way from one format into another: work by work here, or in pieces by an executor."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from itertools import chain, repeat
from typing import Any, NamedTuple, TextIO, TypeVar

from tajikpeace_refs import formats
from tajikpeace_refs.convert import (
    OnLoss,
    OnProblem,
    in_script,
    items,
    render_stream,
    report_losses,
    report_problems,
    skip_bom,
)
from tajikpeace_refs.errors import Loss, Problem
from tajikpeace_refs.formats.base import Format, ReadWork
from tajikpeace_refs.formats.ids import UniqueIds, UniqueKeys
from tajikpeace_refs.model.library import Front
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import Options, ignore_loss
from tajikpeace_refs.parallel import Task

CHUNK_SIZE = 500
"""Works in a piece: about 0.1 s of work, so that handing it over costs little and a lost one is soon done again."""
MAX_PENDING = 64
"""Pieces under way at once, of each of the two rounds. It is a count: long records take more memory."""


Job = TypeVar("Job")


class Feed:
    """Works of a stream on their way into another format; counts them, and tells or raises the problems."""

    def __init__(self, stream: TextIO, source: Format, file: str, on_problem: OnProblem | None) -> None:
        self.stream = stream
        self.source = source
        self.file = file
        self.on_problem = on_problem
        self.problems: list[Problem] = []
        self.count = 0

    def texts(
        self, target: Format, options: Options, on_loss: OnLoss, executor: Executor | None = None
    ) -> Iterator[str]:
        """Yield the text of the works in the target format; raise at the end what was wrong with the source.

        An executor is used where both formats can be taken in pieces: where the source can be cut, and the text of a
        work does not depend on the others. The text is the same without one.
        """
        if executor and self.source.chunker and target.delimiters:
            losses: list[Loss] = []
            listen = on_loss if callable(on_loss) else losses.append
            texts = self._by(executor, target, replace(options, on_loss=listen))
            yield from target.delimiters(options.front).join(texts)
            report_losses(losses, on_loss)
        else:
            found = items(self.source, self.stream)
            first = self._until_front(found)
            if isinstance(first, Front):
                options, first = replace(options, front=first), None
            works = self._works(chain([first] if first else [], found))
            yield from render_stream(works, target, options, on_loss)
        report_problems(self.problems, None)

    def _until_front(self, found: Iterator[Work | Problem | Front]) -> Work | Front | None:
        for item in found:
            if not isinstance(item, Problem):
                return item
            self._take(item)
        return None

    def _works(self, found: Iterator[Work | Problem | Front]) -> Iterator[Work]:
        for item in found:
            if isinstance(item, Problem):
                self._take(item)
            elif not isinstance(item, Front):
                self.count += 1
                yield item

    def _by(self, executor: Executor, target: Format, options: Options) -> Iterator[str]:
        for item in _convert_pieces(executor, self.stream, self.source, target, options):
            if isinstance(item, Problem):
                self._take(item)
            else:
                self.count += 1
                for loss in item.losses:
                    options.on_loss(loss)
                yield item.text

    def _take(self, problem: Problem) -> None:
        problem = problem.in_file(self.file)
        if self.on_problem:
            self.on_problem(problem)
        else:
            self.problems.append(problem)


class _Rendered(NamedTuple):
    """The text of one work with what it loses, and what the source says of its id."""

    name: str
    line: int | None
    named: bool
    text: str
    losses: tuple[Loss, ...]


_Outcome = list[_Rendered | Problem]
_Given = dict[int, tuple[str, str]]
"""The id and the key of works in a piece, by their place among its works."""
_Verdict = tuple[bool, Problem | None]
"""Whether a work is taken, and what has to be told of its id."""


def _convert_pieces(
    executor: Executor, stream: TextIO, source: Format, target: Format, options: Options
) -> Iterator[_Rendered | Problem]:
    """Yield the works of a stream as texts, in order, and the problems where they stand.

    Workers share nothing. What must be unique in the whole file, ids and keys, is given out here, in the order of the
    file; a piece in which one is not what its worker took it to be is converted once more, with what is right.
    """
    convert = partial(_convert_piece, source.name, target.name, replace(options, on_loss=ignore_loss, key=None))
    ids, keys = UniqueIds(source.ids), UniqueKeys()

    def guessed() -> Iterator[tuple[Any, Task[_Outcome] | _Outcome]]:
        for piece in source.chunker.chunks(stream, CHUNK_SIZE) if source.chunker else ():
            yield piece, [piece] if isinstance(piece, Problem) else Task(executor, convert, piece)

    def settled() -> Iterator[tuple[list[_Verdict], Task[_Outcome] | _Outcome]]:
        for piece, outcome in _ahead(guessed()):
            verdicts, given = _judge(outcome, ids, keys, target)
            yield verdicts, Task(executor, convert, piece, given) if given else outcome

    skip_bom(stream)
    for verdicts, outcome in _ahead(settled()):
        judged = iter(verdicts)
        for item in outcome:
            if isinstance(item, Problem):
                yield item
                continue
            taken, problem = next(judged)
            if problem:
                yield problem
            if taken:
                yield item


def _convert_piece(source: str, target: str, options: Options, piece: Any, given: _Given | None = None) -> _Outcome:  # noqa: ANN401 - the format's own
    """Return the texts and the problems of a piece, in order. It runs in the workers: plain data in and out."""
    reader, writer = formats.get(source), formats.get(target)
    done: _Outcome = []
    losses: list[Loss] = []
    passed: list[ReadWork] = []
    given = given or {}
    keys = dict(given.values())

    def works() -> Iterator[Work]:
        for item in reader.chunker.read(piece) if reader.chunker else ():
            if isinstance(item, Problem):
                done.append(item)
            elif isinstance(item, ReadWork):
                name, _ = given.get(len(passed), (item.work.id, ""))
                passed.append(item)
                yield item.work if name == item.work.id else item.work.model_copy(update={"id": name})

    def key(name: str) -> str:
        return keys[name] if name in keys else writer.key_of(name) if writer.key_of else name

    options = replace(options, on_loss=losses.append, key=key)
    for text in writer.write(in_script(works(), writer, options), options) if writer.write else ():
        work, line, named = passed[-1]
        done.append(_Rendered(work.id, line, named, text, tuple(losses)))
        losses.clear()
    return done


def _judge(outcome: _Outcome, ids: UniqueIds, keys: UniqueKeys, target: Format) -> tuple[list[_Verdict], _Given]:
    """Return what becomes of each work of a piece, and the ids and keys that are not what its worker took."""
    verdicts: list[_Verdict] = []
    given: _Given = {}
    for item in outcome:
        if isinstance(item, Problem):
            continue
        name, problem = ids.allocate(item.name, item.line, named=item.named)
        if name is not None:
            guess = target.key_of(name) if target.key_of else name
            key = keys.allocate(guess) if target.key_of else name
            if (name, key) != (item.name, guess):
                given[len(verdicts)] = (name, key)
        verdicts.append((name is not None, problem))
    return verdicts, given


def _ahead(jobs: Iterator[tuple[Job, Task[_Outcome] | _Outcome]]) -> Iterator[tuple[Job, _Outcome]]:
    """Yield each job with its outcome, in order, while so many of the next are under way."""
    waiting: deque[tuple[Job, Task[_Outcome] | _Outcome]] = deque()
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
