"""One work by its identifier: which registry is asked, and what is doubtful in the record that it has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from tajikpeace_refs.errors import Problem, UsageError
from tajikpeace_refs.model.required import missing_fields
from tajikpeace_refs.model.work import SPELLING, Work
from tajikpeace_refs.reading import OnProblem, report_problems
from tajikpeace_refs.registries import agency
from tajikpeace_refs.registries.client import Inquiry, RegistryOptions, ask_each
from tajikpeace_refs.registries.identified import queries_for, why_none
from tajikpeace_refs.registries.records import NAMES, Answer, Query, Record

_PASTE = "paste its BibTeX, RIS or CSL-JSON: 'add FILE -'"
_ASKED_FOR_DOIS = frozenset({"crossref", "datacite"})


class NoAnswerError(UsageError):
    """A registry did not answer."""


def fetch(identifier: str, *, options: RegistryOptions | None = None, on_problem: OnProblem | None = None) -> Work:
    """Return the work that an identifier names, as its registry has it.

    Crossref and DataCite are asked for a DOI, Open Library and Crossref for an ISBN, arXiv and PubMed for their ids.
    ``source`` of the work names the registry, a remark gives the day. ``accessed`` is left out.

    Args:
        identifier: a DOI, ISBN, arXiv id or PMID in any spelling, or an address that contains a DOI.
        options: how to ask; None: ``RegistryOptions()``.
        on_problem: a function that is called with each doubt about the record; None: Python warnings.

    Raises:
        UsageError: the text is no such identifier, or no registry has a record that can be read.
        NoAnswerError: a registry did not answer (a kind of UsageError).
    """
    (found,) = look_up([identifier], options)
    if isinstance(found, UsageError):
        raise found
    return work_of(found, on_problem)


def look_up(identifiers: Sequence[str], options: RegistryOptions | None = None) -> list[Record | UsageError]:
    """Return the record of each identifier, or why there is none, in the order in which they are given."""
    limits = options or RegistryOptions()
    limits = replace(limits, concurrency=max(1, min(limits.concurrency, len(identifiers))))
    found = dict(ask_each((_about(*each) for each in enumerate(identifiers)), limits))
    return [found[place] for place in range(len(identifiers))]


def work_of(record: Record, on_problem: OnProblem | None = None) -> Work:
    """Return the work of a record, with a remark of where it is from; see ``fetch``."""
    name = NAMES[record.registry]
    report_problems([problem.in_file(name) for problem in _doubts(record)], on_problem)
    day = datetime.now(UTC).date().isoformat()
    return record.work.replace(remarks=(f"record of {name}, {day}", *map(_in_words, _of_work(record))))


def _about(place: int, identifier: str) -> Inquiry[tuple[int, Record | UsageError]]:
    """Ask for an identifier; return its place with what was found."""
    try:
        return place, (yield from _record(identifier))
    except UsageError as error:
        return place, error


def _record(identifier: str) -> Inquiry[Record]:
    """Return the record of the first registry that has one.

    Raises:
        UsageError: it is no identifier, or no registry has a record that can be read.
        NoAnswerError: a registry could not be asked.
    """
    queries = tuple(queries_for(identifier))
    if not queries:
        raise UsageError(f"{identifier!r} is {why_none(identifier)}")
    answers: list[Answer] = []
    for query in queries:
        answer = yield query
        if answer.records:
            return answer.records[0]
        answers.append(answer)
        if answer.state == "garbage":
            break
    for answer in answers:
        if answer.state != "absent":
            kind = UsageError if answer.state == "garbage" else NoAnswerError
            raise kind(f"{identifier}: {NAMES[answer.registry]}: {answer.detail}")
    raise UsageError(f"{identifier}: {yield from _why_absent(queries)}")


def _why_absent(queries: tuple[Query, ...]) -> Inquiry[str]:
    """Return in words why no registry has a record; of a DOI, who registered it."""
    asked = " and ".join(NAMES[query.registry] for query in queries)
    if queries[0].registry not in _ASKED_FOR_DOIS or (question := agency.by_id(queries[0].identifier)) is None:
        return f"{asked} {'has' if len(queries) == 1 else 'have'} no record of it; {_PASTE}"
    answer = yield question
    if answer.state == "absent":
        return "doi.org knows no such DOI; compare it with the work"
    if answer.detail and answer.state == "answered" and answer.detail not in {"Crossref", "DataCite"}:
        return f"it is registered with {answer.detail}, which cannot be searched here; {_PASTE}"
    return f"{asked} have no record of it; {_PASTE}"


def _doubts(record: Record) -> Iterator[Problem]:
    """Yield a warning of each doubt about a record: what is odd or missing in it, and what was done to the work."""
    work_id = record.work.id
    for message in (*map(_in_words, _of_work(record)), *record.remarks):
        yield Problem(message, work_id, severity="warning")
    for names in missing_fields(record.work):
        yield Problem("is missing in the record", work_id, "|".join(SPELLING[name] for name in names),
                      severity="warning")  # fmt: skip


def _of_work(record: Record) -> tuple[str, ...]:
    """Return the kinds of what was done to the work, each with date and notice."""
    return tuple(
        " ".join(filter(None, (each.kind.replace("-", " "), str(each.date or ""), each.doi and f"({each.doi})")))
        for each in record.updates
        if not each.is_notice
    )


def _in_words(update: str) -> str:
    return f"the registry names a {update}" if update[:1] not in "aeiou" else f"the registry names an {update}"
