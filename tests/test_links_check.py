"""``check_links``: from works to reports, with a probe that answers from a table."""

from __future__ import annotations

import socket
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest

import tajikpeace_refs as refs
from tajikpeace_refs.links import CheckOptions, Exchange, LinkReport, Reason, Verdict, check_links
from tajikpeace_refs.links.cache import Cache
from tajikpeace_refs.links.page import Page
from tajikpeace_refs.links.report import fails, nothing_asked
from tajikpeace_refs.model.editorial import LinkVerdict
from tajikpeace_refs.model.work import WORK, Work
from tests.test_links_schedule import Site, StillClock

GONE = Exchange(fault=Reason.DNS)


def work(work_id: str, url: str | None = None, **more: Any) -> Work:
    data = {"id": work_id, "type": "webpage", "title": work_id, "URL": url, **more}
    return WORK.validate_python({name: value for name, value in data.items() if value is not None})


def check(*works: Work, answers: dict[str, list[Exchange]] | None = None, **more: Any) -> dict[str, LinkReport]:
    site = more.pop("site", None) or Site(answers)
    more.setdefault("clock", StillClock())
    return {report.id: report for report in check_links(works, probe=site, jitter=lambda: 0, **more)}


def test_web_work_without_url_is_missing_and_other_works_have_no_report():
    """Only a web resource is nothing without an address."""
    found = check(work("a"), work("b", "  "), work("c", type="book"), work("d", "http://x.org/", type="book"))
    assert {name: report.verdict for name, report in found.items()} == {"a": "missing", "b": "missing", "d": "alive"}


def test_report_is_immutable_and_compares_by_value():
    """Frozen, comparable, hashable; the chain of redirects in it."""
    answers = {"http://x.org/a": [Exchange(status=301, location="/b")]}
    first, second = (check(work("a", "http://x.org/a"), answers={k: list(v) for k, v in answers.items()}) for _ in "ab")
    assert first == second
    assert len({first["a"], second["a"]}) == 1
    assert [(hop.status, hop.url) for hop in first["a"].redirects] == [(301, "http://x.org/a")]


def test_recorded_copy_is_asked_for_and_reported_in_the_detail():
    """A copy that an editor has recorded can be gone too; one that lives makes a dead link archived, for its reason."""
    copy = "http://archive.org/web/2010/http://x.org/"
    gone = check(work("a", "http://x.org/", **{"archive-url": copy}), answers={copy: [Exchange(status=404)]})["a"]
    assert (gone.verdict, gone.detail) == ("alive", "the recorded copy is dead (not-found)")
    living = check(
        work("a", "http://x.org/", **{"archive-url": copy}), answers={"http://x.org/": [Exchange(status=410)]}
    )["a"]
    assert (living.verdict, living.detail) == ("archived", "the recorded copy is alive (ok)")
    odd = check(work("a", "http://x.org/", **{"archive-url": "see archive"}))["a"]
    assert odd.detail == "the recorded copy is malformed (not-a-url)"
    alone = check(work("a", **{"archive-url": copy}))["a"]
    assert (alone.verdict, alone.detail) == ("missing", "a web page without a URL; the recorded copy is alive (ok)")


@pytest.mark.parametrize(
    "doi",
    [
        "DOI: https://www.doi.org/10.1000/182",
        "doi.org/10.1000/182",
        "https://doi.org/doi:10.1000/182",
        "https://doi-org.ezproxy.lib.edu/10.1000/182",
    ],
)
def test_doi_in_any_spelling_is_asked_for_at_its_resolver(doi: str):
    """A resolver or a label too many is not part of the DOI."""
    site = Site()
    report = check(work("a", type="book", DOI=doi), site=site, options=CheckOptions(dois=True))["a"]
    assert [url for _, url in site.asked] == ["https://doi.org/10.1000/182"]
    assert report.verdict == "alive"


def test_doi_is_checked_only_with_the_option():
    """As https://doi.org/…, only for works without a URL, only on request."""
    book = work("a", type="book", DOI="10.1000/182")
    assert check(book) == {}
    site = Site()
    report = check(book, site=site, options=CheckOptions(dois=True))["a"]
    assert [url for _, url in site.asked] == ["https://doi.org/10.1000/182"]
    assert (report.url, report.verdict, report.detail) == ("https://doi.org/10.1000/182", "alive", "by its DOI")


def test_url_of_several_works_is_asked_for_once():
    """Fragments are looked up in the one page that was got."""
    page = Exchange(status=200, page=Page(markup='<a name="one">'))
    site = Site({"http://x.org/a": [page]})
    found = check(
        work("a", "http://x.org/a#one"), work("b", "http://x.org/a#two"), work("c", "http://x.org/a"), site=site
    )
    assert [url for _, url in site.asked] == ["http://x.org/a"]
    assert found["a"].detail == "fragment #one: present"
    assert found["b"].detail == "fragment #two: absent"
    assert {report.verdict for report in found.values()} == {"alive"}
    assert found["a"].final_url == "http://x.org/a#one"


def test_suggested_url_is_asked_for_only_with_the_option():
    """The printed one stays, the verdict stays, the detail says more."""
    printed = work("a", "Thttp://x.org/a")
    site = Site()
    assert check(printed, site=site)["a"].suggested_url == "http://x.org/a"
    assert site.asked == []
    report = check(printed, site=site, options=CheckOptions(probe_suggested=True))["a"]
    assert (report.url, report.verdict, report.reason) == ("Thttp://x.org/a", "malformed", "stray-prefix")
    assert "the suggested address is alive (ok)" in report.detail


def test_doubtful_url_with_a_page_is_alive():
    """A full stop at the end may belong there; only where nothing is found is the repaired address likelier."""
    answers = {"http://x.org/b.": [Exchange(status=404)], "http://x.org/c.": [Exchange(status=500)] * 3}
    found = check(
        work("a", "http://x.org/a."), work("b", "http://x.org/b."), work("c", "http://x.org/c."), answers=answers
    )
    assert (found["a"].verdict, found["a"].suggested_url) == ("alive", None)
    assert (found["b"].verdict, found["b"].suggested_url) == ("malformed", "http://x.org/b")
    assert found["b"].detail == "as printed: dead (not-found)"
    assert (found["c"].verdict, found["c"].suggested_url) == ("uncertain", "http://x.org/c")


def correction(**more: Any) -> dict[str, Any]:
    fixed = {"variable": "URL", "basis": "evident", "certainty": "certain", "reason": "one stray letter"}
    return {**fixed, "printed": "Thttp://x.org/a", "corrected": "http://x.org/a", "applied": True, **more}


def test_correction_of_the_url_is_in_the_report():
    """A correction that is applied is a detail; one that is not is the suggested address."""
    done = work("a", "http://x.org/a", corrections=[correction()])
    report = check(done)["a"]
    assert report.verdict == "alive"
    assert report.detail == "printed as Thttp://x.org/a (stray-prefix), corrected: one stray letter"
    known = correction(printed="x.org/old", corrected="x.org/new", applied=False, basis="known")
    assert check(work("a", "http://x.org/old", corrections=[known]))["a"].suggested_url == "http://x.org/new"


def test_unknown_host_is_judged_only_when_the_network_is_known_to_work():
    """Another name resolved, before or after: dead; none in the whole run: uncertain, offline."""
    gone, there = work("gone", "http://gone.org/"), work("there", "http://there.org/")
    answers = {"http://gone.org/": [GONE], "http://there.org/": [Exchange(status=403, resolved=True)]}
    for works in ([gone, there], [there, gone]):
        found = check(
            *works, answers={url: list(held) for url, held in answers.items()}, options=CheckOptions(concurrency=1)
        )
        assert (found["gone"].verdict, found["gone"].reason) == ("dead", "dns")
    alone = check(gone, answers={"http://gone.org/": [GONE]})["gone"]
    assert (alone.verdict, alone.reason) == ("uncertain", "offline")


def test_corpus_without_network_has_no_dead_link(corpus: refs.Library):
    """Five pages without a URL; two URLs that cannot be judged; the stray T is reported from the correction."""

    def no_name_server(host: str, port: int) -> list[Any]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    found = {report.id: report for report in check_links(corpus, resolver=no_name_server)}
    verdicts = [report.verdict.value for report in found.values()]
    assert sorted(verdicts) == ["missing"] * 5 + ["uncertain"] * 2
    assert found["sharafieva2013"].reason == found["tajik-ex-leaders1996"].reason == "offline"
    assert "Thttp://www.jamestown.org/" in found["tajik-ex-leaders1996"].detail
    assert "stray-prefix" in found["tajik-ex-leaders1996"].detail


class DatedClock(StillClock):
    """A clock whose day is set by hand."""

    day = datetime(2026, 11, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self.day


def test_cache_returns_living_verdicts_and_the_history_of_others(tmp_path: Path):
    """Within its time a living verdict is not asked again; a failure always is; the history shows since when."""
    clock, site = DatedClock(), Site()
    works = (work("a", "http://x.org/a"), work("b", "http://x.org/b"))

    def run(**answers: Exchange) -> dict[str, LinkReport]:
        site.answers = {f"http://x.org/{name}": [answer] for name, answer in answers.items()}
        site.asked.clear()
        cache = Cache(tmp_path / "links.sqlite", ttl_s=86400)
        try:
            return check(*works, site=site, clock=clock, cache=cache)
        finally:
            cache.close()

    run()
    assert len(site.asked) == 2
    clock.day += timedelta(hours=1)
    assert {(report.verdict, report.detail) for report in run().values()} == {
        ("alive", "from the cache, 2026-11-01 00:00Z")
    }
    assert site.asked == []
    clock.day += timedelta(days=2)
    found = run(b=Exchange(status=404))
    assert found["b"].detail == "first failed 2026-11-03, last alive 2026-11-01"
    clock.day += timedelta(hours=1)
    found = run(b=Exchange(status=410))
    assert [url for _, url in site.asked] == ["http://x.org/b"]
    assert (found["b"].verdict, found["b"].reason) == ("dead", "gone")
    assert found["b"].detail == "first failed 2026-11-03, last alive 2026-11-01"


def test_interrupted_run_with_cache_continues_where_it_stopped(tmp_path: Path):
    """Each verdict is kept as it comes."""
    works = [work(str(n), f"http://host{n}.org/") for n in range(6)]
    cache, first = Cache(tmp_path / "links.sqlite"), Site()
    reports = check_links(works, probe=first, cache=cache, options=CheckOptions(concurrency=1))
    done = {next(reports).id for _ in range(3)}
    reports.close()
    second = Site()
    found = {report.id for report in check_links(works, probe=second, cache=cache)}
    assert found == {work.id for work in works}
    assert not {f"http://host{work_id}.org/" for work_id in done} & {url for _, url in second.asked}
    cache.close()


def test_file_that_is_no_cache_is_a_usage_error(tmp_path: Path):
    """By name, before anything is asked."""
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but a text of some length\n" * 100)
    with pytest.raises(refs.UsageError, match=r"notes\.txt: cannot be used as a cache"):
        Cache(path)


def test_host_that_has_answered_is_not_dead_when_it_refuses_later():
    """It got tired, or has a limit: uncertain, wherever in the run its answer came; with no answer it is dead."""
    refused = [Exchange(fault=Reason.REFUSED)] * 9
    tired = [work(name, f"http://x.org:81/{name}") for name in "abc"]
    for living in "ac":
        answers = {f"http://x.org:81/{name}": list(refused) for name in "abc" if name != living}
        found = check(*tired, answers=answers, options=CheckOptions(concurrency=1))
        assert found[living].verdict == "alive"
        assert {(report.verdict, report.reason) for name, report in found.items() if name != living} == {
            ("uncertain", "refused")
        }
    assert {
        r.verdict for r in check(*tired, answers={f"http://x.org:81/{n}": list(refused) for n in "abc"}).values()
    } == {"dead"}


def test_page_with_the_cited_title_clears_its_landing_address():
    """A section that got its own host, a number 404; without the title it is a soft 404, with it in a list uncertain."""
    asked, landing = "http://x.org/old/section.html", "http://y.org/"
    cited = work("a", asked, title="Trade across the Upper Panj", author=[{"family": "Ellis"}], issued="2005")
    for page, verdict in (
        (Page(title="Trade across the upper Panj | Site", prose="w " * 200), "moved"),
        (Page(title="Site", text="News: Trade across the Upper Panj", prose="w " * 200), "uncertain"),
        (Page(title="Site", text="Ellis", prose="w " * 200), "soft-404"),
    ):
        answers = {asked: [Exchange(status=301, location=landing)], landing: [Exchange(status=200, page=page)]}
        report = check(cited, answers=answers)["a"]
        assert report.verdict == verdict, report


def test_page_that_shows_nothing_of_a_well_known_work_is_uncertain():
    """Title, author and year are known, none is there; where less is known, its absence says nothing."""
    page = Page(title="Slots and roulette", text="Play now", prose="Play now " * 100)
    cited = work(
        "a", "http://x.org/a", title="Trade across the Upper Panj", author=[{"family": "Ellis"}], issued="2005"
    )
    for each, verdict in ((cited, "uncertain"), (work("a", "http://x.org/a", title="Trade"), "alive")):
        report = check(each, answers={"http://x.org/a": [Exchange(status=200, page=page)]})["a"]
        assert report.verdict == verdict


def test_title_in_other_letters_is_the_title():
    """Romanised, translated, Tajik typed with Russian letters."""
    cited = work(
        "a",
        "http://x.org/a",
        title="Сулҳи умумии тоҷикон ва ҷаҳон",
        language="tg",
        **{"translated-title": "General peace"},
    )
    for title in ("Сулхи умумии точикон ва чахон", "Sulhi umumii tojikon va jahon"):
        page = Page(title=title, prose="w " * 200)
        answers = {
            "http://x.org/a": [Exchange(status=302, location="/")],
            "http://x.org/": [Exchange(status=200, page=page)],
        }
        assert check(cited, answers=answers)["a"].verdict == "redirected"


def test_dead_link_without_a_living_copy_stays_dead():
    """A copy that is gone, or of which nothing is known, serves no reader; a living page needs none."""
    copy = "http://archive.org/web/2010/http://x.org/"
    cited = work("a", "http://x.org/", **{"archive-url": copy, "archive-date": "2010-05-01"})
    gone = [Exchange(status=404)]
    for answer, verdict in (
        (Exchange(status=404), "dead"),
        (Exchange(status=500), "dead"),
        (Exchange(status=200), "archived"),
    ):
        report = check(cited, answers={"http://x.org/": [*gone], copy: [answer] * 3})["a"]
        assert (report.verdict, report.reason) == (verdict, "not-found")
    assert (report.archive_url, report.archive_date) == (copy, "2010-05-01")


def test_verdict_is_accepted_until_it_changes():
    """By a review with day and reason; another verdict is a new finding."""
    review = {"date": "2026-05-01", "verdict": "dead", "reason": "the office was closed"}
    cited = work("a", "http://x.org/", **{"link-review": review})
    report = check(cited, answers={"http://x.org/": [Exchange(status=404)]})["a"]
    assert (report.verdict, report.accepted) == ("dead", "2026-05-01")
    assert report.detail == "accepted on 2026-05-01: the office was closed"
    assert not fails(report)
    page = Exchange(status=200, page=Page(title="Page not found"))
    report = check(cited, answers={"http://x.org/": [page]})["a"]
    assert (report.verdict, report.accepted) == ("soft-404", None)
    assert report.detail == "on 2026-05-01 the verdict dead was accepted, which has changed"
    assert fails(report)


def test_addresses_in_other_fields_have_reports_of_their_own():
    """The note of a .bib entry; further tags of RIS; what is not a web address there is named as not checked."""
    bib = r"""@misc{d, title={A}, url={http://x.org/a}, note={See \url{http://x.org/b\_c}, http://x.org/a.},
    howpublished={\url{http://x.org/d}}}"""
    ris = "TY  - ELEC\nTI  - A\nUR  - http://x.org/a\nUR  - http://y.org/b\nL1  - internal-pdf://1/a.pdf\nID  - r\nER  - \n"
    answers = {"http://x.org/d": [Exchange(status=404)]}
    found = {
        (report.id, report.url, report.variable): report.verdict.value
        for works in (refs.parse(bib, "bibtex"), refs.parse(ris, "ris"))
        for report in check_links(works, probe=Site({url: list(held) for url, held in answers.items()}))
    }
    assert found == {
        ("d", "http://x.org/a", "URL"): "alive",
        ("d", "http://x.org/b_c", "extra.bibtex.note"): "alive",
        ("d", "http://x.org/d", "extra.bibtex.howpublished"): "dead",
        ("r", "http://x.org/a", "URL"): "alive",
        ("r", "http://y.org/b", "extra.ris.UR"): "alive",
        ("r", "internal-pdf://1/a.pdf", "extra.ris.L1"): "skipped",
    }


def test_cache_holds_no_notes_of_works(tmp_path: Path):
    """One page, three works: what is said of one stays with it; other words or fragments are asked for anew."""
    fixed = work("b", "http://x.org/a", title="T", corrections=[correction()])
    plain = [work(name, "http://x.org/a", title="T") for name in "ac"]
    other = work("d", "http://x.org/a#part", title="Another title")
    site, cache = Site(), Cache(tmp_path / "links.sqlite")
    check(plain[0], fixed, site=site, cache=cache)
    found = check(*plain, fixed, site=site, cache=cache)
    assert len(site.asked) == 1
    assert ["printed as" in found[name].detail for name in "abc"] == [False, True, False]
    check(*plain, other, site=site, cache=cache)
    assert len(site.asked) == 2
    cache.close()


@pytest.mark.parametrize("held", ["{", "null", '{"asked_for": 1}', '"text"', None, b"\xff\x00"])
def test_damaged_row_of_a_cache_is_no_answer(tmp_path: Path, held: object):
    """Nor is one of another program, or one with an odd time."""
    path = tmp_path / "links.sqlite"
    for at in (StillClock().now().timestamp() - 60, "yesterday", 1e300, None):
        cache = Cache(path)
        cache._file._base.execute("INSERT INTO checks VALUES (?, ?, 'alive', ?)", ("http://x.org/", at, held))
        site = Site()
        report = check(work("a", "http://x.org/"), site=site, cache=cache)["a"]
        assert (report.verdict, len(site.asked)) == ("alive", 1)
        cache._file._base.execute("DELETE FROM checks")
        cache.close()


def test_name_that_only_a_proxy_knows_is_not_dead():
    """Though another name was found: behind a proxy that is not used, name servers know the names inside only."""
    answers = {"http://gone.org/": [GONE], "http://there.org/": [Exchange(status=200, resolved=True)]}
    works = (work("there", "http://there.org/"), work("gone", "http://gone.org/"))
    report = check(*works, answers=answers, options=CheckOptions(trusts_dns=False))["gone"]
    assert (report.verdict, report.reason) == ("uncertain", "offline")


def test_works_of_several_sources_are_named_by_their_source():
    """The same id may stand in two; their addresses are asked for in one run, each once."""
    site = Site()
    sources = {name: [work("a", "http://x.org/")] for name in ("one.yaml", "two.bib")}
    reports = list(check_links(sources, probe=site))
    assert {(report.source, report.id, report.verdict) for report in reports} == {
        ("one.yaml", "a", "alive"),
        ("two.bib", "a", "alive"),
    }
    assert len(site.asked) == 1


def test_stopped_check_reports_what_is_known():
    """Answers that were held back, and links of which only the copy or the suggested address was not asked for."""
    asked: list[str] = []
    held = threading.Event()

    def probe(url: str, timeout_s: float, cookies: object = None) -> Exchange:
        asked.append(url)
        if "slow" in url:
            held.wait(10)
        return GONE if "unknown" in url else Exchange(status=404)

    copied = work("c", "http://cited.org/", **{"archive-url": "http://slow.org/copy"})
    works = [work("a", "http://unknown.org/"), copied, work("s", "http://slow.org/a"), work("m")]
    options = CheckOptions(concurrency=8)
    began = time.monotonic()
    is_stopped = lambda: len(asked) == 4 and time.monotonic() > began + 0.5  # noqa: E731 - when the others have ended
    reports = check_links(works, options=options, probe=probe, is_stopped=is_stopped)
    found = {report.id: (report.verdict, report.reason, report.detail) for report in reports}
    held.set()
    assert found == {
        "m": ("missing", "no-url", "a web page without a URL"),
        "a": ("uncertain", "offline", ""),
        "c": ("dead", "not-found", "the recorded copy is not checked"),
    }


def test_check_that_is_stopped_before_it_begins_asks_nothing():
    """No request, no report."""
    site = Site()
    assert check(work("a", "http://x.org/"), site=site, is_stopped=lambda: True) == {}
    assert site.asked == []


def test_refusals_of_all_hosts_are_those_of_the_network():
    """A firewall refuses whatever is asked for; where one of several hosts answers, another that refuses is dead."""
    works = [work(name, f"http://{name}.org:81/") for name in "abc"]
    refused = {f"http://{name}.org:81/": [Exchange(fault=Reason.REFUSED)] * 9 for name in "abc"}
    found = check(*works, answers={url: list(held) for url, held in refused.items()})
    assert {(report.verdict, report.reason) for report in found.values()} == {("uncertain", "refused")}
    assert nothing_asked(found.values())
    for living in "ac":
        answers = {url: list(held) for url, held in refused.items() if living not in url[:8]}
        found = check(*works, answers=answers, options=CheckOptions(concurrency=1))
        assert {name: report.verdict for name, report in found.items() if name != living} == dict.fromkeys(
            set("abc") - {living}, "dead"
        )
        assert not nothing_asked(found.values())


def test_verdicts_that_a_review_may_accept_are_those_of_a_check():
    """In the same order, the gravest first: the model knows nothing of links."""
    assert get_args(LinkVerdict) == tuple(verdict.value for verdict in Verdict)
