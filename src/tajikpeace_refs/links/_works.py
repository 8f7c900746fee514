"""The addresses of works, and the report on each: which are asked for, and what their outcomes mean for the work."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tajikpeace_refs.errors import UsageError
from tajikpeace_refs.links.archive import wanted_until
from tajikpeace_refs.links.evidence import Cited, cited
from tajikpeace_refs.links.follow import Target
from tajikpeace_refs.links.repair import Inspection, inspect
from tajikpeace_refs.links.verdict import LIVING, LinkReport, Outcome, Reason, Verdict, classify
from tajikpeace_refs.model import LinkReview, Work
from tajikpeace_refs.model.identifiers import doi_address
from tajikpeace_refs.model.validation import spell
from tajikpeace_refs.text.tex_addresses import find_addresses
from tajikpeace_refs.web.address import host_of

if TYPE_CHECKING:
    from tajikpeace_refs.links.check import CheckOptions

Works = Iterable[Work] | Mapping[str, Iterable[Work]]
"""Works, or those of several sources by the name of the source."""
_NOTHING = Cited()
_ADDRESSES = frozenset({"ur", "l1", "l2"})
"""Tags of RIS that hold addresses; the first ``UR`` is the URL of the work."""
_WORDS = frozenset({"note", "howpublished", "addendum"})
"""Fields of ``.bib`` that may hold addresses among words."""


@dataclass(slots=True)
class Link:
    """An address of a work: what is asked for because of it, and the outcomes so far.

    There may be a million of these at once, so the work itself is not held. ``until`` is the moment up to which an
    archived copy shows what was cited; empty where no copies are looked for.
    """

    id: str
    url: str | None
    until: str
    inspection: Inspection
    cited: Cited = _NOTHING
    notes: tuple[str, ...] = ()
    source: str | None = None
    variable: str = "URL"
    copy: Inspection | None = None
    """The archived copy that the work records."""
    copied: str | None = None
    """When that copy was made."""
    review: LinkReview | None = None
    asked: tuple[str, ...] = ()
    answers: tuple[Outcome, ...] = ()

    def answer(self, url: str | None) -> Outcome | None:
        """Return the outcome for an address, or None where it was not asked for."""
        return next((outcome for outcome in self.answers if url and outcome.url == bare(url)), None)


def count_links(works: Works, options: CheckOptions) -> int:
    """Return how many reports there will be."""
    return sum(1 for _ in links_of(works, options, None))


def links_of(works: Works, options: CheckOptions, now: datetime | None) -> Iterator[Link]:
    """Yield the address of each work that has one or should have one, and those that stand in its other fields.

    ``now`` is given where archived copies are looked for.

    Raises:
        UsageError: what is to be left out is not a regular expression.
    """
    left_out = _pattern(options.exclude)
    sources = works.items() if isinstance(works, Mapping) else [(None, works)]
    for source, held in sources:
        for work in held:
            until = wanted_until(work, now) if now else ""
            main = _main(work, until, options)
            for link in [*([main] if main else []), *_others(work, until)]:
                link.source = source
                if not (left_out and link.url and left_out.search(link.url)):
                    yield link


def _pattern(texts: tuple[str, ...]) -> re.Pattern[str] | None:
    try:
        return re.compile("|".join(f"(?:{re.compile(text).pattern})" for text in texts)) if texts else None
    except re.error as error:
        raise UsageError(f"{error.pattern!r} is not a regular expression: {error}") from None


def _main(work: Work, until: str, options: CheckOptions) -> Link | None:
    """Return the address of a work: its URL, or on request its DOI."""
    by_doi = doi_address(work.doi) if work.doi else None
    if work.url and work.url.strip():
        link = Link(work.id, work.url, until, inspect(work.url), cited(work))
    elif by_doi and options.dois:
        link = Link(work.id, by_doi, until, inspect(by_doi), cited(work), ("by its DOI",))
    elif work.is_online:
        missing = Inspection(None, Reason.NO_URL, by_doi)
        link = Link(work.id, work.url, until, missing, cited(work), ("a web page without a URL",))
    else:
        return None
    _read_corrections(link, work)
    link.review = work.link_review
    if (work.archive_url or "").strip():
        link.copy = inspect(work.archive_url or "")
        link.copied = str(work.archive_date) if work.archive_date else None
    asked = [link.inspection.url, link.copy.url if link.copy else None]
    if options.probe_suggested and link.url:
        asked.append(link.inspection.suggested)
    link.asked = tuple(dict.fromkeys(bare(each) for each in asked if each))
    return link


def _others(work: Work, until: str) -> Iterator[Link]:
    for variable, url in _further(work):
        inspection = inspect(url) if find_addresses(url).urls else Inspection(None, Reason.NOT_HTTP)
        asked = (bare(inspection.url),) if inspection.url else ()
        notes = (f"in {variable}",) if inspection.url else (f"in {variable}: not a web address, not checked",)
        yield Link(work.id, url, until, inspection, cited(work), notes, variable=variable, asked=asked)


def _further(work: Work) -> list[tuple[str, str]]:
    """Return the addresses of a work beside its URL, each with the field that holds it."""
    found: dict[str, str] = {}
    texts = [("note", "note", work.note or "")]
    texts += [(spell(("extra", *each[:2])), each.field.lower(), each.value) for each in work.extra]
    for variable, field, text in texts:
        if field in _WORDS | _ADDRESSES:
            urls = find_addresses(text).urls or ((text,) if field in _ADDRESSES and text.strip() else ())
            found |= {url: variable for url in urls if url not in found}
    held = {bare(text.strip()) for text in (work.url, work.archive_url) if text}
    return [(variable, url) for url, variable in found.items() if bare(url) not in held]


def _read_corrections(link: Link, work: Work) -> None:
    """Add what the work's ``corrections`` say of its URL: what the source printed, and what was meant."""
    for correction in work.corrections:
        if correction.variable != "URL" or correction.basis == "stet":
            continue
        if correction.applied:
            why = inspect(correction.printed).reason
            code = f" ({why})" if why is not Reason.OK else ""
            link.notes += (f"printed as {correction.printed}{code}, corrected: {correction.reason}",)
        elif link.url and correction.printed in link.url and link.inspection.suggested is None:
            meant = link.url.replace(correction.printed, correction.corrected)
            link.inspection = Inspection(link.inspection.url, link.inspection.reason, meant, link.inspection.detail)


def bare(url: str) -> str:
    """Return an address without its fragment."""
    return url.partition("#")[0]


def target_of(links: Iterable[Link], url: str) -> Target:
    """Return why an address is asked for: the fragments and works of its links."""
    links = tuple(links)
    split = ((link.inspection.url or "").partition("#") for link in links)
    fragments = dict.fromkeys(fragment for bare, _, fragment in split if fragment and bare == url)
    return Target(tuple(fragments), tuple(dict.fromkeys(link.cited for link in links)))


def report_on(link: Link, *, network_seen: bool) -> LinkReport:
    """Return the report on a link whose addresses were all asked for.

    A dead link is ``archived`` where the copy that the work records lives; a verdict that its editor has accepted
    says so.
    """
    report = _of_address(link, network_seen=network_seen)
    copy = _of_copy(link, network_seen=network_seen)
    if link.copy and not copy:
        report = report.noted("the recorded copy is not checked")
    elif copy:
        report = report.noted(f"the recorded copy is {copy[0]} ({copy[1]})")
        if report.verdict in {Verdict.DEAD, Verdict.SOFT_404} and copy[0] in LIVING and link.copy:
            kept = {"verdict": Verdict.ARCHIVED, "archive_url": link.copy.url, "archive_date": link.copied}
            report = report.model_copy(update=kept)
    if (review := link.review) is None:
        return report
    if review.verdict != report.verdict:
        return report.noted(f"on {review.date} the verdict {review.verdict} was accepted, which has changed")
    return report.noted(f"accepted on {review.date}: {review.reason}", accepted=review.date)


def _of_address(link: Link, *, network_seen: bool) -> LinkReport:
    inspection = link.inspection
    notes = [inspection.detail, *link.notes]
    base: dict[str, Any] = {
        "id": link.id,
        "source": link.source,
        "variable": link.variable,
        "url": link.url,
        "suggested_url": inspection.suggested,
        "suggested_accessed": inspection.accessed,
    }
    if suggested := link.answer(inspection.suggested):
        verdict, reason = judged(suggested, network_seen=network_seen)
        notes.append(f"the suggested address is {verdict} ({reason})")
    outcome = link.answer(inspection.url)
    if outcome is None:
        kinds = {Reason.NO_URL: Verdict.MISSING, Reason.NOT_HTTP: Verdict.SKIPPED}
        verdict = kinds.get(inspection.reason, Verdict.MALFORMED)
        return LinkReport(**base, verdict=verdict, reason=inspection.reason, detail=_joined(notes))
    verdict, reason = judged(outcome, network_seen=network_seen)
    notes.insert(0, outcome.detail)
    notes.append(outcome.doubt)
    if inspection.doubt and (verdict is Verdict.SOFT_404 or reason in {Reason.NOT_FOUND, Reason.GONE, Reason.DNS}):
        notes.insert(0, f"as printed: {verdict} ({reason})")
        verdict, reason = Verdict.MALFORMED, inspection.doubt
    elif inspection.doubt and inspection.doubt is not Reason.PROXIED and verdict in LIVING:
        base["suggested_url"] = None
    fragment = (inspection.url or "").partition("#")[2]
    state = dict(outcome.fragments).get(fragment)
    if state:
        notes.append(f"fragment #{fragment}: {state}")
    return LinkReport(
        **base,
        verdict=verdict,
        reason=reason,
        status=outcome.status,
        final_url=_final(outcome, fragment),
        redirects=outcome.redirects,
        elapsed_s=outcome.elapsed_s,
        attempts=outcome.attempts,
        detail=_joined(notes),
    )


def _of_copy(link: Link, *, network_seen: bool) -> tuple[Verdict, Reason] | None:
    """Return the verdict on the address of the recorded copy, and its reason; None where it was not asked for."""
    if link.copy is None:
        return None
    if link.copy.url is None:
        return Verdict.MALFORMED, link.copy.reason
    outcome = link.answer(link.copy.url)
    return judged(outcome, network_seen=network_seen) if outcome else None


def judged(outcome: Outcome, *, network_seen: bool) -> tuple[Verdict, Reason]:
    """Return the verdict on an outcome, and its reason."""
    return classify(outcome, host=host_of(outcome.final_url), network_seen=network_seen)


def _final(outcome: Outcome, fragment: str) -> str | None:
    if outcome.status is None:
        return None
    url = outcome.final_url
    return f"{url}#{fragment}" if fragment and "#" not in url else url


def _joined(notes: Iterable[str]) -> str:
    return "; ".join(note for note in notes if note)
