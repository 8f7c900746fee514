"""The verdict on a work, from what registries have of it: two tables, and nothing that is not in them.

The first says what one record is to the work, the second what all of them together say. No verdict follows from one
field against the others, and none but ``unknown`` from a registry that did not answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from tajikpeace_refs.model.work import Work
from tajikpeace_refs.registries.records import NAMES, Answer, Registry, Update
from tajikpeace_refs.text.comparison import FieldComparison
from tajikpeace_refs.text.scripts import has_cyrillic
from tajikpeace_refs.verification.evidence import (
    Evidence,
    People,
    Place,
    Title,
    deciding,
    evidence,
    identifiers,
    united,
)

VerdictName = Literal["other-work", "retracted", "not-found", "differs", "corrected", "unknown", "confirmed"]
VERDICTS: tuple[VerdictName, ...] = get_args(VerdictName)
"""All verdicts, the most serious first."""
FAILING: frozenset[VerdictName] = frozenset({"other-work", "retracted"})
"""The verdicts that make the exit status 1."""
Relation = Literal["work", "unsure", "other"]
"""What a record is of: the work, described so or otherwise; that cannot be said; another work."""

RELATIONS: tuple[tuple[tuple[Title, ...], tuple[People, ...], tuple[Place, ...], Relation], ...] = (
    # title, people, container and year, then what the record is of: the first row that fits. () is anything.
    (("same", "head"), ("all", "subset", "some"), (), "work"),
    (("same", "head"), ("unknown",), ("agree",), "work"),
    (("same", "head"), ("unknown",), (), "unsure"),
    (("same",), ("none",), (), "work"),  # its authors are others; not where the title names many works (below)
    (("head",), ("none",), ("agree",), "work"),
    (("near",), ("all", "subset"), (), "work"),
    (("near",), ("some",), ("agree",), "work"),
    (("near",), ("none",), ("agree",), "work"),
    (("near",), ("some", "unknown"), (), "unsure"),
    (("language",), ("all", "subset", "some", "unknown"), (), "unsure"),
    # Only records of cited identifiers: a title alone makes no other work, some registries have wrong ones.
    (("part",), (), (), "unsure"),  # a chapter with the DOI of its book
    (("differs",), ("all",), ("agree", "unknown"), "work"),
    ((), (), (), "other"),
)
_LEAST_TITLE = 4
"""So many words make a title that names one work, whoever its authors are; "Introduction" names thousands."""
_DROPPED_KINDS = frozenset({
    "component", "peer-review", "grant", "journal", "journal-volume", "journal-issue", "book-series", "report-series",
    "proceedings-series", "book-set", "database", "paratext",
})  # fmt: skip
"""Types of records that are never what a list cites when a search has found them: figures, reviews, funds, serials."""
NOT_COVERED = frozenset({
    "thesis", "report", "legislation", "bill", "legal_case", "regulation", "treaty", "hearing", "map", "webpage",
    "post", "post-weblog", "article-newspaper", "article-magazine", "manuscript", "personal_communication", "interview",
    "pamphlet", "speech", "broadcast", "motion_picture", "song", "musical_score", "graphic", "figure", "patent",
    "performance", "event", "collection", "standard", "classic",
})  # fmt: skip
"""Types of works that no registry asked here holds, unless the work has an identifier."""
_FAILED = {
    "throttled": "asks for a pause",
    "unreachable": "could not be reached",
    "garbage": "gave an answer that cannot be understood",
    "unsupported": "cannot be searched at this address",
}
_BESIDE: frozenset[Registry] = frozenset({"openlibrary", "datacite", "arxiv"})
"""Registries that are searched beside Crossref and OpenAlex: a mirror without a search is as good as not asked."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What the registries know about one work: one entry of the JSON report (docs/verify.md)."""

    id: str
    """The id of the work."""
    verdict: VerdictName
    """What was found; docs/verify.md explains the verdicts."""
    reason: str
    """A short code: what confirms the work, the fields that differ, or why nothing is known."""
    registry: str | None = None
    """The registry with the record that decided; None: no record."""
    record: str | None = None
    """The DOI or other number of that record; None: no record."""
    score: float | None = None
    """The share of comparable fields that are the same, 0 to 1; None: no record."""
    fields: tuple[FieldComparison, ...] = ()
    """The work compared with the record, variable by variable."""
    detail: str = ""
    """The finding in a sentence."""
    asked: tuple[str, ...] = ()
    """The registries that answered."""
    doi: str | None = None
    """The DOI of the record, if the work has none and the record is of the same version; else None."""


def relation(of: Evidence) -> Relation:
    """Return what a record is of, by ``RELATIONS``."""
    for titles, people, places, found in RELATIONS:
        fits = (not titles or of.title in titles, not people or of.people in people, not places or of.place in places)
        if all(fits):
            return _doubted(of, found)
    raise AssertionError("the last row fits everything")


def _doubted(of: Evidence, found: Relation) -> Relation:
    """Return a relation, where a search has found the record only as far as its title tells works apart."""
    if of.is_cited:  # an identifier and its title prove the work, whatever is said of place and year
        is_work = found == "unsure" and (of.title, of.place) in {("same", "differ"), ("near", "agree")}
        return "work" if is_work else found
    if of.title == "language" or (of.people == "none" and (of.title == "near" or not of.is_of_kind)):
        return "other"  # what a search brings in another language, like it, or a review of it, is of anything
    is_common = of.people == "none" and of.place != "agree" and len(of.fields[0].theirs.split()) < _LEAST_TITLE
    return "unsure" if found == "work" and is_common else found


@dataclass(frozen=True, slots=True)
class _Case:
    """All that was found out about a work, as the second table asks for it."""

    work: Work
    answers: Sequence[Answer]
    of_work: Sequence[Evidence]
    """The records of the work."""
    best: Evidence | None
    """The record of the work that says most; None: there is none."""
    cited: Relation | None
    """What the record of the work's own identifier is of; None: there is no such record."""
    unsure: Evidence | None
    other: Evidence | None
    """The record of the work's identifier, where that is of another work."""
    agency: str | None
    """Who registered the work's DOI; empty: nobody; None: that is not known, or the record is there."""

    @property
    def failed(self) -> Answer | None:
        """The first registry that was asked and did not answer."""
        failed = (each for each in self.answers if each.state in _FAILED)
        return next((each for each in failed if not (each.state == "unsupported" and each.registry in _BESIDE)), None)

    @property
    def has_false_doi(self) -> bool:
        """Whether the DOI of the work is another work's, or is registered nowhere."""
        return self.cited == "other" or self.agency == ""


def verdict(work: Work, answers: Iterable[Answer]) -> Verification:
    """Return the verdict on a work from all answers about it so far.

    The order of the cases is the second table: what is confirmed needs no more answers; a registry that failed leaves
    everything else unknown; then what differs, whose identifier it is, and last that there is no record.
    """
    case = _case(work, tuple(answers))
    found = _decided(case)
    asked = tuple(dict.fromkeys(each.registry for each in case.answers if each.state not in _FAILED))
    return replace(found, id=work.id, doi=_sure_doi(case), asked=asked)


def _decided(case: _Case) -> Verification:
    work, best, failed = case.work, case.best, case.failed
    fields = _fields(case) if best else ()
    differing = [each.name for each in deciding(fields)]
    updated = _updated(best) if best else None
    if best and updated and (updated[0] == "retracted" or not differing):
        return _of(best, fields, *updated)
    if best and not differing:
        holder = "publisher" if any(each.variable == "publisher" for each in fields) else "container"
        reason = "title and author" if best.people in _SHARED else f"title, {holder} and year"
        return _of(best, fields, "confirmed", reason, "; ".join(_remarks(best)))
    if not case.answers:
        return Verification(work.id, "unknown", *_unasked(work))
    if failed:
        who = NAMES[failed.registry]
        return Verification(work.id, "unknown", failed.state, failed.registry, detail=f"{who} {_FAILED[failed.state]}")
    if best:
        detail = "; ".join(filter(None, (_names_of_record(best), updated[2] if updated else "")))
        return _of(best, fields, "differs", ", ".join(differing), detail)
    if case.other and not case.unsure:
        return _of(case.other, case.other.fields, "other-work", "identifier", _names_of_record(case.other))
    if case.unsure:
        return _of(case.unsure, case.unsure.fields, "unknown", "not-comparable", _why_unsure(case.unsure))
    if case.agency:
        detail = f"the DOI is registered with {case.agency}, whose records cannot be searched here"
        return Verification(work.id, "unknown", "other-agency", detail=detail)
    return Verification(work.id, "not-found", "no-record", detail=_nowhere(case))


def _case(work: Work, answers: tuple[Answer, ...]) -> _Case:
    all_ = [evidence(work, record) for answer in answers for record in answer.records]
    sound = [each for each in all_ if each.is_cited or each.record.kind not in _DROPPED_KINDS]
    related = [(relation(each), each) for each in sound]
    of_work = united([each for found, each in related if found == "work"])
    cited = [(found, each) for found, each in related if each.is_cited and _is_of_doi(work, each)]
    own = next((kind for kind in ("work", "unsure", "other") if kind in {found for found, _ in cited}), None)
    return _Case(
        work,
        answers,
        of_work,
        min(of_work, key=_rank, default=None),
        own,
        next((each for found, each in related if found == "unsure"), None),
        next((each for found, each in cited if found == "other"), None) if own == "other" else None,
        _agency(answers) if own is None else None,
    )


def _is_of_doi(work: Work, of: Evidence) -> bool:
    """Whether a record is that of the identifier by which a work is cited before all others."""
    first = next(identifiers(work), ("", ""))
    if first[0] != "doi":
        return of.is_cited
    return (of.record.work.doi or of.record.id).lower() == first[1] or of.record.id.lower() == first[1]


def _agency(answers: Iterable[Answer]) -> str | None:
    found = next((each for each in answers if each.registry == "doi" and each.state not in _FAILED), None)
    return None if found is None else "" if found.state == "absent" else found.detail


def _rank(of: Evidence) -> tuple[object, ...]:
    """Sort the record that decides first: of no other version, without differences, the cited one, the most alike."""
    return of.is_version, len(of.differing) > 0, not of.is_cited, len(of.differing), -of.score


def _fields(case: _Case) -> tuple[FieldComparison, ...]:
    """Return the fields of the best record, the DOI judged by its own record: a work may have several DOIs."""
    assert case.best is not None  # noqa: S101 - for mypy; the caller asks
    fields = [each for each in case.best.fields if each.variable != "doi"]
    of_doi = next((each for each in case.best.fields if each.variable == "doi"), None)
    if of_doi is None:
        return tuple(fields)
    if case.has_false_doi:
        how = "not registered" if case.agency == "" else "another work"
        return (*fields, replace(of_doi, result="differs", how=how))
    is_open = of_doi.result == "differs"
    return (*fields, replace(of_doi, result="not-comparable", how="version") if is_open else of_doi)


_SHARED = frozenset({"all", "subset", "some"})


def _sure_doi(case: _Case) -> str | None:
    """Return the DOI of the work, if all records of it without differences have one, in its year and version."""
    if case.best is None or case.best.is_version or any(each.how == "one year apart" for each in case.best.fields):
        return None
    sound = [each for each in case.of_work if not each.differing and not each.is_version]
    dois = {doi.lower() for each in sound or [case.best] if (doi := each.record.work.doi)}
    return (case.best.record.work.doi or min(dois)) if len(dois) == 1 else None


def _updated(of: Evidence) -> tuple[VerdictName, str, str] | None:
    """Return the verdict of a retraction or, second, a correction that the record names; None where it names none."""
    updates = [each for each in of.record.updates if not each.is_notice]
    updates.sort(key=lambda each: not _is_retraction(each))
    if not updates:
        return None
    first = updates[0]
    notice = " ".join(filter(None, (first.kind, str(first.date or ""), first.doi)))
    return ("retracted" if _is_retraction(first) else "corrected"), first.kind, notice


def _is_retraction(update: Update) -> bool:
    return any(word in update.kind.lower() for word in ("retract", "withdraw", "removal"))


def _remarks(of: Evidence) -> Iterator[str]:
    yield from (f"{each.name}: {each.how}" for each in of.fields if each.how)
    yield from (
        f"{each.name}: {each.ours} ≠ {each.theirs}" for each in of.fields if each.result == "differs" and not each.how
    )
    if of.is_version:
        yield "the record is of a preprint or of another version: its container and year are not compared"
    yield from (each for each in of.record.remarks)


def _of(
    found: Evidence, fields: tuple[FieldComparison, ...], word: VerdictName, reason: str, detail: str
) -> Verification:
    record = found.record
    return Verification(
        "", word, reason, record.registry, record.id, found.score, fields, detail
    )  # fmt: skip


def _names_of_record(of: Evidence) -> str:
    work = of.record.work
    year = work.issued.year if work.issued else None
    who = work.author[0] if work.author else None
    return f"{NAMES[of.record.registry]} has: {', '.join(str(each) for each in (who, year, work.title) if each)}"


def _why_unsure(of: Evidence) -> str:
    if of.title == "part":
        return f"{NAMES[of.record.registry]} has the book of this chapter, or a chapter of this book, by its identifier"
    if of.title == "language" and of.record.work.title:
        return f"{NAMES[of.record.registry]} has the title in another language only"
    return f"{NAMES[of.record.registry]} has a record with too little in it to compare"


def _unasked(work: Work) -> tuple[str, None, None, None, tuple[()], str]:
    if work.type in NOT_COVERED:
        why = f"no registry has works of the type {work.type}, and it has no DOI, ISBN, PMID or arXiv number"
        return "not-covered", None, None, None, (), why
    return "nothing-to-ask", None, None, None, (), "it has no identifier, and no title to search for"


_RARELY_HELD = "they have few books, and little that is printed in Tajik or Russian"


def _nowhere(case: _Case) -> str:
    names = dict.fromkeys(
        NAMES[each.registry] for each in case.answers if each.registry != "doi" and each.state not in _FAILED
    )
    known = f"{', '.join(names)} {'has' if len(names) == 1 else 'have'} no such work"
    if case.agency == "":
        known += "; its DOI is registered nowhere"
    is_rare = case.work.type in {"book", "chapter"} or has_cyrillic(case.work.title or "")
    return f"{known} ({_RARELY_HELD})" if is_rare else known
