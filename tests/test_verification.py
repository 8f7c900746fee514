"""Verdicts on works from the records of registries, and what is asked next."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tajikpeace_refs.model import PartialDate, Work
from tajikpeace_refs.registries import crossref
from tajikpeace_refs.registries.records import Answer, Query, Record, Update
from tajikpeace_refs.verification import VERDICTS, Verification, next_queries, verdict
from tajikpeace_refs.verification.report import nothing_asked, to_github, to_json

TABLE = yaml.safe_load((Path(__file__).parent / "data" / "verification.yaml").read_text(encoding="utf-8"))
BASE = {"id": "rahimov2008", **TABLE["base"]}


def work(changes: dict[str, Any] | None = None) -> Work:
    return Work.from_csl({name: value for name, value in (BASE | (changes or {})).items() if value})


def record(case: dict[str, Any], registry: str = "crossref") -> Record:
    theirs = work(case.get("theirs"))
    return Record(
        registry,  # type: ignore[arg-type] # one of the names
        theirs.doi or "",
        theirs,
        kind=case.get("kind", "journal-article"),
        dates=tuple(map(PartialDate.parse, case.get("dates", ()))),
        titles=(theirs.title or "", *case.get("titles", ())),
        updates=tuple(Update(**each) for each in case.get("updates", ())),
    )


def answers(case: dict[str, Any], ours: Work) -> Iterator[Answer]:
    """Yield what all registries say: the record, or what became of the question."""
    state = case.get("state", "answered")
    if state == "unasked":
        return
    query = crossref.by_id(ours.doi) if ours.doi else crossref.search(ours)
    assert query is not None
    yield Answer(query, state, (record(case),) if state == "answered" else ())
    if state == "absent":
        agency = case.get("agency", "")
        yield Answer(Query("doi", "/ra/10.1234"), "answered" if agency else "absent", detail=agency)


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["why"])
def test_verdict_follows_from_the_record(case: dict[str, Any]):
    ours = work(case.get("ours"))
    found = verdict(ours, answers(case, ours))
    assert found.verdict == case["verdict"], found
    assert found.reason == case.get("reason", found.reason)
    assert found.id == ours.id


def one_record(state: str = "answered", query: Query | None = None, **case: Any) -> Answer:
    asked = query or crossref.by_id("10.1234/peace.1")
    assert asked is not None
    return Answer(asked, state, (record(case),) if state == "answered" else ())  # type: ignore[arg-type] # a state


def test_other_doi_of_the_work_found_by_title_is_named():
    """The DOI is another work's, a search finds ours: the DOI is what differs, not the work."""
    other = one_record(theirs={"title": "On something quite unlike that", "author": [{"literal": "UNDP"}]})
    found = verdict(work(), [other, one_record(query=crossref.search(work()), theirs={"DOI": "10.1234/peace.7"})])
    assert (found.verdict, found.reason, found.doi) == ("differs", "DOI", "10.1234/peace.7")


def test_a_record_without_differences_decides_against_one_with():
    wrong = one_record(theirs={"issued": 1999})
    found = verdict(work(), [wrong, one_record(query=crossref.search(work()))])
    assert found.verdict == "confirmed"


def test_silence_of_one_registry_confirms_nothing_that_another_contradicts():
    """OpenAlex has no volume there: what Crossref says under the same DOI stands."""
    wrong = one_record(theirs={"volume": "47"})
    found = verdict(work(), [wrong, one_record(query=crossref.search(work()), theirs={"volume": None})])
    assert (found.verdict, found.reason) == ("differs", "volume")


def test_whole_title_weighs_more_than_the_title_before_the_subtitle():
    """One registry has no subtitle, the other one has another."""
    ours = work({"title": "Reconciliation: The valley in winter"})
    short = one_record(theirs={"title": "Reconciliation"})
    whole = one_record(query=crossref.search(ours), theirs={"title": "Reconciliation: The valley in summer"})
    assert verdict(ours, [short, whole]).reason == "title"


def test_subtitle_that_a_record_lacks_is_asked_for_elsewhere():
    ours = work({"title": "Reconciliation: The valley in winter"})
    (query,) = next_queries(ours, [one_record(theirs={"title": "Reconciliation"})])
    assert query.registry == "crossref"
    assert not query.identifier


def test_address_at_doi_org_is_a_doi():
    ours = work({"type": "webpage", "DOI": None, "URL": "https://doi.org/10.1234/peace.1"})
    (query,) = next_queries(ours, ())
    assert (query.registry, query.identifier) == ("crossref", "10.1234/peace.1")
    assert verdict(ours, [one_record()]).verdict == "confirmed"


def test_no_accusation_while_one_registry_has_not_answered():
    wrong = one_record(theirs={"issued": 1999})
    silent = one_record("throttled", Query("openalex", "/works"))
    assert verdict(work(), [wrong, silent]).verdict == "unknown"


def test_open_library_without_a_search_is_as_good_as_not_asked():
    ours = work({"type": "book", "DOI": None})
    silent = [one_record("absent", Query("crossref", "/works")), one_record("unsupported", Query("openlibrary", "/s"))]
    found = verdict(ours, silent)
    assert (found.verdict, found.asked) == ("not-found", ("crossref",))
    assert "Open Library" not in found.detail


def test_confirmed_works_need_no_more_questions():
    assert next_queries(work(), [one_record()]) == ()


def asked_in_turn(ours: Work, state: str, agency: str = "") -> list[str]:
    """Return the registries that are asked, one after the other, where all give the same answer."""
    known: list[Answer] = []
    while queries := next_queries(ours, known):
        known += [
            Answer(query, "answered", detail=agency) if query.registry == "doi" and agency else
            Answer(query, state)  # type: ignore[arg-type] # a state
            for query in queries
        ]  # fmt: skip
    return [answer.registry for answer in known]


def test_all_are_asked_before_a_work_is_not_found():
    """The registry of the DOI, its agency, the other registry of DOIs, and two indexes."""
    assert asked_in_turn(work(), "absent") == ["crossref", "doi", "datacite", "crossref", "openalex"]


def test_other_identifiers_are_asked_for_where_the_doi_has_no_record():
    ours = work({"PMID": "10389168"})
    assert asked_in_turn(ours, "absent") == ["crossref", "doi", "datacite", "pubmed", "crossref", "openalex"]


def test_preprint_without_a_record_at_arxiv_is_asked_for_by_its_doi():
    ours = work({"type": "article", "DOI": None, "container-title": None, "number": "arXiv:2311.16162"})
    assert asked_in_turn(ours, "absent")[:2] == ["arxiv", "datacite"]


def test_arxiv_is_not_asked_for_a_doi_of_its_own():
    """DataCite registers it: its answer is that of arXiv."""
    assert "arxiv" not in asked_in_turn(work({"DOI": "10.48550/arXiv.2311.16162"}), "absent")


def test_identifier_and_title_prove_a_work_whose_record_has_no_author():
    found = verdict(work({"issued": 1999}), [one_record(theirs={"author": []})])
    assert (found.verdict, found.reason) == ("differs", "issued")


def test_doi_of_another_agency_is_not_asked_for_elsewhere():
    assert asked_in_turn(work(), "absent", "mEDRA") == ["crossref", "doi", "crossref", "openalex"]


def test_theses_without_identifier_are_not_asked_for():
    assert asked_in_turn(work({"type": "thesis", "DOI": None}), "absent") == []


def test_books_are_asked_for_at_open_library_too():
    ours = work({"type": "book", "DOI": None, "ISBN": "978-0-306-40615-7"})
    assert asked_in_turn(ours, "absent") == ["openlibrary", "crossref", "openalex", "openlibrary"]


def test_not_found_says_who_was_asked_and_that_they_hold_little():
    ours = work({"title": "Ҷанги шаҳрвандӣ", "DOI": None})
    query = crossref.search(ours)
    assert query is not None
    found = verdict(ours, [Answer(query, "absent")])
    assert found.verdict == "not-found"
    assert found.detail.startswith("Crossref has no such work (they have few books")


def test_doi_of_a_preprint_is_not_that_of_the_article():
    """What ``--write-doi`` writes: of one record, of this version, that agrees in the year."""
    ours = work({"DOI": None})
    query = crossref.search(ours)
    preprint = one_record(query=query, kind="posted-content", theirs={"container-title": None, "DOI": "10.48550/x"})
    assert verdict(ours, [preprint]).doi is None
    assert verdict(ours, [one_record(query=query)]).doi == "10.1234/peace.1"
    assert verdict(ours, [one_record(query=query), one_record(query=query, theirs={"DOI": "10.5/x"})]).doi is None


def test_report_has_the_schema_that_the_manual_shows():
    from datetime import UTC, datetime

    found = verdict(work({"issued": 1999}), [one_record()])
    report = json.loads(to_json([found], datetime(2026, 11, 26, tzinfo=UTC)))
    assert report["schema"] == 1
    assert report["summary"] == {"differs": 1}
    fields = {each["name"]: (each["result"], each["ours"], each["theirs"]) for each in report["works"][0]["fields"]}
    assert fields["issued"] == ("differs", "1999", "2008")
    assert set(report["works"][0]) >= {"id", "verdict", "reason", "registry", "record", "score", "fields"}


def test_annotations_name_file_and_line():
    found = verdict(work({"issued": 1999}), [one_record()])
    assert (to_github(found, ("a.yaml", 3)) or "").startswith(
        "::warning file=a.yaml,line=3::rahimov2008: differs (issued)"
    )
    assert to_github(verdict(work(), [one_record()]), None) is None


def test_nothing_asked_where_no_registry_answered():
    failed = verdict(work(), [one_record("unreachable")])
    assert nothing_asked([failed])
    assert not nothing_asked([failed, verdict(work(), [one_record()])])
    assert not nothing_asked([Verification("a", "unknown", "not-covered")])


def test_no_verdict_says_fake():
    assert set(VERDICTS) == {"confirmed", "differs", "other-work", "not-found", "retracted", "corrected", "unknown"}
