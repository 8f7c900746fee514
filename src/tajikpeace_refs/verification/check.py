"""The works of a library, verified side by side: the questions of each follow from the pure plan and verdict."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import Executor

from tajikpeace_refs.errors import UsageError
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.registries import crossref
from tajikpeace_refs.registries.client import Further, Inquiry, RegistryOptions, ask_each
from tajikpeace_refs.registries.records import Answer, Query, Record
from tajikpeace_refs.verification.plan import next_queries
from tajikpeace_refs.verification.verdicts import Verification, verdict

_MOST_STAGES = 12
_TOGETHER = 20
"""Works whose DOIs are asked for in one request: a record may have a hundred kilobytes."""


def verify(
    works: Iterable[Work] | Work,
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
            "verify cannot use an executor: several processes could not keep the rate that a registry allows to "
            "all of them; RegistryOptions(concurrency=…) sets the number of requests at the same time"
        )
    if not isinstance(options, RegistryOptions | None):
        raise UsageError(f"expected RegistryOptions, got {type(options).__name__}")
    yield from ask_each(_inquiries((works,) if isinstance(works, Work) else works), options, is_stopped=is_stopped)


def _inquiries(works: Iterable[Work]) -> Iterator[Inquiry[Verification | Further[Verification]]]:
    """Yield what is asked about works, one by one or in groups; an error of reading them comes last."""
    group: list[tuple[Work, list[Query]]] = []
    try:
        for work in works:
            if not (asked := _asked_by_doi(work)):
                yield _about(work, {})
                continue
            group.append((work, asked))
            if len(group) == _TOGETHER:
                yield _together(group)
                group = []
    except Exception:
        yield _together(group)
        raise
    yield _together(group)


def _together(group: list[tuple[Work, list[Query]]]) -> Inquiry[Verification | Further[Verification]]:
    """Ask Crossref for the DOIs of some works at once, then about each work what is left to ask.

    ``group`` has each work with the questions for its DOI.

    A DOI that is not in the answer may be unknown, an alias or of another agency: it is asked for by itself.
    """
    asked = {query.identifier.lower(): query for _, queries in group for query in queries}
    records: dict[str, Record] = {}
    if len(asked) > 1:
        answer = yield crossref.together([asked[doi] for doi in sorted(asked)])
        records = {record.id.lower(): record for record in answer.records}
    return Further([_about(work, records) for work, _ in group])


def _asked_by_doi(work: Work) -> list[Query]:
    """Return the first questions about a work that are for one DOI at Crossref."""
    try:
        return list(filter(_is_of_doi, next_queries(work, ())))
    except Exception:  # noqa: BLE001 - the verdict on this work says so
        return []


def _is_of_doi(query: Query) -> bool:
    """Whether a question is for one DOI at Crossref; where several are asked for, commas stand between them."""
    return query.registry == "crossref" and bool(query.identifier) and "," not in query.identifier


def _about(work: Work, records: Mapping[str, Record]) -> Inquiry[Verification | Further[Verification]]:
    """Ask what is needed for a verdict on a work; the records of DOIs at Crossref that are known are not asked for."""
    answers: list[Answer] = []
    try:
        for _ in range(_MOST_STAGES):
            queries = next_queries(work, answers)
            if not queries:
                break
            for query in queries:
                record = records.get(query.identifier.lower()) if _is_of_doi(query) else None
                answers.append(Answer(query, "answered", (record,)) if record else (yield query))
        return verdict(work, answers)
    except Exception as error:  # noqa: BLE001 - every work gets a verdict
        return Verification(work.id, "unknown", "error", detail=f"{type(error).__name__}: {error}")
