"""What registries of works are asked, what their answers become, and how gently they are asked."""

from __future__ import annotations

import itertools
import json
import re
import threading
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

import tajikpeace_refs as refs
from tajikpeace_refs.errors import Problem, UsageError
from tajikpeace_refs.model import Library, Work
from tajikpeace_refs.registries import agency, arxiv, crossref, datacite, openalex, openlibrary, pubmed
from tajikpeace_refs.registries.client import Inquiry, RegistryOptions, ask_each
from tajikpeace_refs.registries.fetch import NoAnswerError, fetch
from tajikpeace_refs.registries.identified import is_identifier
from tajikpeace_refs.registries.pace import Kind, RegistryPace
from tajikpeace_refs.registries.records import Answer, BadAnswer, Query, Record
from tajikpeace_refs.registries.titles import Titles
from tajikpeace_refs.web.client import Response
from tests.fault_server import NO_RECORD, FaultServer, Peer, page, raw, redirect, turns
from tests.test_cli import run
from tests.test_links_schedule import StillClock

DATA = Path(__file__).parent / "data" / "registries"
CASES: list[dict[str, Any]] = yaml.safe_load((DATA / "cases.yaml").read_text(encoding="utf-8"))
HOSTS = ("crossref", "datacite", "openalex", "openlibrary", "arxiv", "pubmed", "doi")
DOI = "10.7868/s0040357115030100"
PATH = f"/crossref/works/{DOI}"
JSON = "application/json"


def answer(name: str) -> bytes:
    return (DATA / name).read_bytes()


def read(name: str) -> tuple[Record, ...]:
    records: tuple[Record, ...] = import_module(f"tajikpeace_refs.registries.{name.partition('/')[0]}").read(
        answer(name)
    )
    return records


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["file"])
def test_recorded_answer_becomes_a_work_or_a_clear_message(case: dict[str, Any]):
    """Each reference was compared by eye with the record (APA 7); remarks say what is odd in it."""
    if refused := case.get("refused"):
        with pytest.raises(BadAnswer, match=re.escape(refused)):
            read(case["file"])
        return
    records = read(case["file"])
    if not case.get("records", 1):
        assert records == ()
        return
    record = records[0]
    assert refs.render(Library(works=(record.work,)), "apa", on_loss="ignore").strip() == case["apa"]
    assert list(record.remarks) == case.get("remarks", [])
    assert [update.kind for update in record.updates] == case.get("updates", [])
    assert list(record.versions) == case.get("versions", [])
    assert record.work.accessed is None


def test_every_recorded_answer_has_a_case():
    """No file of the recordings is without its meaning."""
    assert {f"{path.parent.name}/{path.name}" for path in DATA.glob("*/*")} == {case["file"] for case in CASES}


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b"{}", b"<html>", b'{"message": [nul', b"\xff", b"[" * 100_000])
@pytest.mark.parametrize("module", [crossref, datacite, openalex, arxiv, pubmed])
def test_garbage_is_a_bad_answer(module: Any, body: bytes):
    """What is no answer of a registry says nothing of a work."""
    with pytest.raises(BadAnswer):
        module.read(body)


def test_xml_with_entities_is_refused():
    """Entities that name each other can grow without end."""
    bomb = b'<!DOCTYPE a [<!ENTITY x "ha">]><feed xmlns="http://www.w3.org/2005/Atom">&x;</feed>'
    with pytest.raises(BadAnswer, match="entities"):
        arxiv.read(bomb)


def test_person_named_in_two_scripts_is_one():
    """Crossref's records of Russian journals name an author in Cyrillic and again in Latin letters."""
    (author,) = read("crossref/article-english-title-russian-original.json")[0].work.author
    assert (author.family, author.transliterated and author.transliterated.family) == ("Туберозова", "Tuberozova")


def crossref_record(**message: Any) -> Record:
    whole = {"DOI": "10.1000/1", "type": "journal-article", "title": ["Peace"], "container-title": ["Roads"], **message}
    return crossref.read(json.dumps({"status": "ok", "message": whole}).encode())[0]


def test_whole_names_in_all_family_names_are_divided():
    """Crossref's records of older articles have the whole name as the family name."""
    record = crossref_record(author=[{"family": "Jin-Fu Chang"}, {"family": "Cheng-Shong Wu"}])
    assert list(map(str, record.work.author)) == ["Chang, Jin-Fu", "Wu, Cheng-Shong"]
    assert record.remarks[0] == "author: 'Jin-Fu Chang' is a whole name; it is read family name last"


def test_one_whole_name_is_a_doubt():
    """It may be two family names, as in García Lorca."""
    record = crossref_record(author=[{"family": "García Lorca"}, {"family": "Wu", "given": "Li"}])
    assert record.work.author[0].family == "García Lorca"
    assert "'García Lorca' may be a whole name" in record.remarks[0]


def test_words_that_ran_together_are_a_doubt():
    record = crossref_record(title=["Trees: an<scp>R</scp>package, by ChamberlainE. Noble"])
    assert [remark for remark in record.remarks if "together" in remark] == [
        "title: words may run together in 'anRpackage'", "title: words may run together in 'ChamberlainE.'",
    ]  # fmt: skip


@pytest.mark.parametrize(("written", "title"), [
    ("The Journal of infectious diseases", "The Journal of infectious diseases"),
    ("Science (New York, N.Y.)", "Science"),
    ("Journal of clinical orthodontics : JCO", "Journal of clinical orthodontics"),
])  # fmt: skip
def test_journal_of_pubmed_has_its_title_proper(written: str, title: str):
    """The National Library of Medicine adds a place to names that several journals have, and subtitles."""
    body = (f"<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><Journal><Title>{written}</Title>"
            "</Journal><ArticleTitle>Peace</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>")  # fmt: skip
    assert pubmed.read(body.encode())[0].work.container_title == title


def test_series_is_not_the_book():
    """Crossref gives series and book in either order."""
    held = [read(f"crossref/chapter-{name}.json")[0].work for name in ("lncs-conference", "book-series")]
    assert [(work.container_title, work.collection_title) for work in held] == [
        ("Advances in Visual Computing", "Lecture Notes in Computer Science"),
        ("Human Health and Physical Activity During Heat Exposure", "SpringerBriefs in Medical Earth Sciences"),
    ]


def test_printed_date_is_the_date_and_online_another():
    """Volume and pages belong to the printed version; every date of the record is known."""
    message = {"DOI": "10.1000/1", "type": "journal-article", "title": ["Peace"], "container-title": ["Roads"],
               "published-online": {"date-parts": [[2011, 5]]}, "published-print": {"date-parts": [[2012]]},
               "issued": {"date-parts": [[2011, 5]]}, "created": {"date-parts": [[2010]]}}  # fmt: skip
    record = crossref.read(json.dumps({"status": "ok", "message": message}).encode())[0]
    assert (str(record.work.issued), str(record.work.available_date)) == ("2012", "2011-05")
    assert {date.year for date in record.dates} == {2011, 2012}


@pytest.mark.parametrize("text", [
    "10.1000/182", "DOI: https://www.doi.org/10.1000/182", "https://doi-org.proxy.edu/10.1000%2F182",
    "https://onlinelibrary.wiley.com/doi/10.1000/182/abstract", "978-0-14-032872-1", "ISBN 0-14-032872-6",
    "arXiv:1605.08386v1", "https://arxiv.org/abs/astro-ph/0601001", "PMID: 10389168", "10389168",
    "<10.1000/182>", "10.1000/182.", "10.1000\\/ijo\\_1", "978 0 14 032872 1",
])  # fmt: skip
def test_identifiers_are_recognised(text: str):
    """A DOI, ISBN, arXiv id or PMID in any spelling can be looked up."""
    assert is_identifier(text)


@pytest.mark.parametrize("text", ["references.yaml", "978-0-14-032872-2", "https://example.org/", "--title", "Peace"])
def test_other_texts_are_no_identifiers(text: str):
    """A wrong check digit makes no ISBN."""
    assert not is_identifier(text)


@pytest.mark.parametrize(("text", "words"), [
    ("978-0-14-032872-2", "is an ISBN whose check digit is wrong"), ("ISBN 0140328727", "check digit is wrong"),
    ("Peace", "is not a DOI, ISBN, arXiv id or PMID"), ("", "is not a DOI"),
])  # fmt: skip
def test_text_that_is_no_identifier_is_refused_with_the_reason(text: str, words: str, tmp_path: Path):
    """From Python and on the command line, where it could be a file as well."""
    with pytest.raises(UsageError, match=words):
        fetch(text)
    done = run("add", str(tmp_path / "mine.yaml"), text)
    assert (done.returncode, words in done.stderr, "no such file" in done.stderr) == (2, True, True)


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer(
        {PATH: page(200, answer("crossref/article-cyrillic.json"), kind=JSON)}, otherwise=NO_RECORD
    ) as running:
        yield running


def urls(server: FaultServer) -> dict[Any, str]:
    return {name: f"http://127.0.0.1:{server.port}/{name}" for name in HOSTS}


def options(server: FaultServer, **changes: Any) -> RegistryOptions:
    return RegistryOptions(**{"urls": urls(server), "timeout_s": 20.0, "retries": 1, **changes})


def ask(options: RegistryOptions, *queries: Query | None, **more: Any) -> list[Answer]:
    """Return the answers to questions, each asked by itself, in the order in which they come."""

    def one(query: Query) -> Inquiry[Answer]:
        return (yield query)

    return list(ask_each([one(query) for query in queries if query], options, **more))


def state(server: FaultServer, **changes: Any) -> str:
    (found,) = ask(options(server, **changes), crossref.by_id(DOI))
    return found.state


@pytest.mark.parametrize(("behaviour", "wanted"), [
    (page(429, "slow down"), "throttled"),
    (page(429, "slow down", Retry_After="3600"), "throttled"),
    (page(500, "error"), "unreachable"),
    (raw(b""), "unreachable"),
    (raw(b'HTTP/1.1 200 X\r\nContent-Length: 900\r\n\r\n{"status": "ok"'), "unreachable"),
    (page(200, b'{"status": "ok", "message": {"title": [nul', kind=JSON), "garbage"),
    (page(200, "<!doctype html>Please sign in to the library network"), "garbage"),
    (page(200, b"", kind=JSON), "garbage"),
    (redirect("/elsewhere"), "unreachable"),
    (redirect("https://example.org/"), "garbage"),
    (page(404, "Resource not found.", kind="text/plain"), "absent"),
])  # fmt: skip
def test_only_an_answer_says_that_a_record_is_absent(server: FaultServer, behaviour: Any, wanted: str):
    """Throttled, broken or replaced answers say nothing of a work (rest-api-doc #226)."""
    server.behaviours[PATH] = behaviour
    assert state(server, retries=0) == wanted


@pytest.mark.parametrize("behaviour", [
    raw(b"", then="hang"),
    raw(b'HTTP/1.1 200 X\r\nContent-Length: 900\r\n\r\n{"status": "ok"', then="hang"),
])  # fmt: skip
def test_answer_that_does_not_end_is_no_answer(server: FaultServer, behaviour: Any):
    """A registry that is silent half-way says nothing of a work."""
    server.behaviours[PATH] = behaviour
    assert state(server, retries=0, timeout_s=0.5) == "unreachable"


def test_fault_that_passes_is_asked_again(server: FaultServer):
    """A registry that wants a pause gets it, and is asked again."""
    good = server.behaviours[PATH]
    server.behaviours[PATH] = turns(page(503, "later", Retry_After="1"), good)
    started = time.monotonic()
    assert state(server) == "answered"
    assert time.monotonic() - started >= 1.0


def test_alias_is_followed_within_the_registry(server: FaultServer):
    """Crossref redirects an old DOI to the one that replaced it."""
    server.behaviours["/crossref/works/10.1000/old"] = redirect(f"/crossref/works/{DOI}", 301)
    (found,) = ask(options(server), crossref.by_id("10.1000/old"))
    assert found.records[0].id == DOI


def test_redirect_to_another_host_is_not_followed(server: FaultServer):
    """An address that was given may be private; where it redirects to was not given."""
    with FaultServer({"/secret": page(200, answer("crossref/article-cyrillic.json"), kind=JSON)}) as other:
        server.behaviours[PATH] = redirect(f"http://127.0.0.1:{other.port}/secret")
        assert state(server, retries=0) == "garbage"
        assert not other.hits


def test_rate_of_the_headers_is_kept(server: FaultServer):
    """Five a second and one at a time, as Crossref's public pool says, however many questions wait."""
    server.behaviours[PATH] = page(200, answer("crossref/article-cyrillic.json"), kind=JSON, X_Rate_Limit_Limit="5", X_Rate_Limit_Interval="1s", X_Concurrency_Limit="1")  # fmt: skip
    assert len(ask(options(server), *[crossref.by_id(DOI)] * 8)) == 8
    times = [at for at, _, _ in server.log]
    assert all(later - at > 1.0 for at, later in zip(times, times[5:], strict=False))


def test_contact_is_sent_only_when_given(server: FaultServer):
    """An address goes to the registries that are asked, and only if the user gave one."""
    seen: list[str] = []

    def behave(peer: Peer) -> bool:
        seen.append(f"{peer.path} {peer.headers['user-agent']}")
        return page(200, answer("crossref/article-cyrillic.json"), kind=JSON)(peer)

    server.behaviours[PATH] = behave
    state(server)
    state(server, contact="editor@example.org")
    assert "@" not in seen[0]
    assert "mailto=editor%40example.org" in seen[1]
    assert seen[1].endswith("editor@example.org)")


def test_second_run_answers_from_the_cache(server: FaultServer, tmp_path: Path):
    """Neither a record nor its absence is asked for again; a fault is."""
    cache = str(tmp_path / "answers.sqlite")
    server.behaviours["/crossref/works/10.1000/3"] = page(500, "error")
    for _ in range(2):
        found = ask(options(server, cache=cache, retries=0), *map(crossref.by_id, (DOI, "10.1000/2", "10.1000/3")))
        states = {each.query.identifier: each.state for each in found}
        assert states == {DOI: "answered", "10.1000/2": "absent", "10.1000/3": "unreachable"}
    assert [count for _, count in sorted(server.hits.items())] == [1, 2, 1]


def test_stopped_run_asks_nothing_more(server: FaultServer):
    """Ctrl-C ends the waiting."""
    assert ask(options(server), crossref.by_id(DOI), is_stopped=lambda: True) == []
    assert not server.hits


def test_unknown_registry_is_refused():
    """The name of a registry is checked, with the nearest one."""
    with pytest.raises(UsageError, match="did you mean 'crossref'"):
        RegistryOptions(urls={"crosref": "https://example.org"})  # type: ignore[dict-item]


@pytest.mark.parametrize(
    "url", ["nonsense", "ftp://x.org", "http://[::1", "http://x.org:99999", "https://", "http://x/?a"]
)
def test_address_of_a_registry_is_checked(url: str):
    """Before anything is asked."""
    with pytest.raises(UsageError, match="is not the address of a registry"):
        RegistryOptions(urls={"crossref": url})


def test_fetched_work_names_its_registry_and_the_day(server: FaultServer):
    """``source`` and a remark say where the record is from."""
    work = fetch(f"https://doi.org/{DOI}", options=options(server))
    assert (work.id, work.source) == ("parshin2015matematicheskoe", "Crossref")
    assert re.fullmatch(r"record of Crossref, \d{4}-\d\d-\d\d", work.remarks[0])


def test_retraction_is_said_at_once(server: FaultServer):
    """A retracted work is reported when it is added, and the list remembers."""
    doi = "10.1016/s0140-6736(97)11096-0"
    server.behaviours[f"/crossref/works/{doi}"] = page(
        200, answer("crossref/retraction-updates-excerpt.json"), kind=JSON
    )
    server.behaviours["/crossref/works/10.1016/s0140-6736(97)11096-0"] = server.behaviours[f"/crossref/works/{doi}"]
    problems: list[Problem] = []
    work = fetch(doi, options=options(server), on_problem=problems.append)
    said = "the registry names a retraction 2010-02-06 (10.1016/s0140-6736(10)60175-4)"
    assert said in work.remarks
    assert said in [problem.message for problem in problems]


def test_doi_of_another_agency_is_named(server: FaultServer):
    """The silence of Crossref and DataCite says nothing of a DOI of mEDRA."""
    server.behaviours["/doi/ra/10.1400/2"] = page(200, b'[{"DOI": "10.1400/2", "RA": "mEDRA"}]', kind=JSON)
    with pytest.raises(UsageError, match="registered with mEDRA, which cannot be searched here"):
        fetch("10.1400/2", options=options(server))


def test_doi_that_nobody_registered_is_named(server: FaultServer):
    """doi.org says that there is no such DOI."""
    body = b'[{"DOI": "10.1400/3", "status": "DOI does not exist"}]'
    server.behaviours["/doi/ra/10.1400/3"] = page(200, body, kind=JSON)
    with pytest.raises(UsageError, match="knows no such DOI"):
        fetch("10.1400/3", options=options(server))


def test_registry_that_is_down_is_no_absence(server: FaultServer):
    """An error of a registry is an error of its own kind."""
    server.behaviours[PATH] = page(500, "error")
    with pytest.raises(NoAnswerError, match="Crossref: it has an error of its own"):
        fetch(DOI, options=options(server, retries=0))


def test_isbn_is_asked_of_open_library_and_then_of_crossref(server: FaultServer):
    """A book that Open Library lacks may have a DOI."""
    server.behaviours["/openlibrary/api/books"] = turns(
        page(200, answer("openlibrary/api-books-quignard.json"), kind=JSON), page(200, b"{}", kind=JSON)
    )
    book = {"DOI": "10.1000/b", "type": "monograph", "title": ["Shadows"], "ISBN": ["9782070427796"]}
    found = json.dumps({"status": "ok", "message": {"items": [book]}})
    server.behaviours["/crossref/works"] = page(200, found, kind=JSON)
    held = [fetch("978-2-07-042779-6", options=options(server), on_problem=lambda _: None) for _ in range(2)]
    assert [(work.title, work.source) for work in held] == [("Les ombres errantes", "Open Library"),
                                                            ("Shadows", "Crossref")]  # fmt: skip


def test_question_has_title_author_and_year():
    """The words by which a work without an identifier is looked for."""
    work = Work.from_csl({"id": "a", "type": "book", "title": "The <i>Road</i>", "issued": "2008",
                          "author": [{"family": "Hill", "given": "Ann"}]})  # fmt: skip
    query = crossref.search(work)
    assert query is not None
    assert ("query.bibliographic", "The Road Hill 2008") in query.params
    assert agency.by_id("10.1007") is not None
    assert openalex.by_id("nothing") is openlibrary.by_id("nothing") is pubmed.by_id("nothing") is None


def add(server: FaultServer, file: Path, *items: str) -> Any:
    """Run ``add`` against the server; each registry is there."""
    given = [part for name, url in urls(server).items() for part in ("--registry-url", f"{name}={url}")]
    return run("add", str(file), *items, *given)


def test_add_looks_an_identifier_up_once(server: FaultServer, tmp_path: Path):
    """A work that the list has is shown, and not added twice: here under its transliterated title without a DOI."""
    mine = tmp_path / "mine.yaml"
    mine.write_text(
        "references:\n- {id: parshin, type: article-journal, title: 'Matematicheskoe modelirovanie tverdofaznoi "
        "plunzhernoi ekstruzii s dvukhstupenchatym obzhatiem kompozitnykh materialov', issued: 2015, "
        "author: [{family: Parshin, given: D. A.}, {family: Stel'makh, given: L. S.}, {family: Stolin, given: A. M.}]}\n",
        encoding="utf-8",
    )
    done = add(server, mine, f"https://doi.org/{DOI}")
    assert (done.returncode, refs.load(mine).ids) == (1, ("parshin",))
    assert "0 added, 1 there already" in done.stderr


def test_add_makes_a_list_of_what_was_found(server: FaultServer, tmp_path: Path):
    """One identifier without a record does not keep the others out."""
    mine = tmp_path / "mine.yaml"
    done = add(server, mine, DOI, "10.1000/nothing")
    work = refs.load(mine)["parshin2015matematicheskoe"]
    assert (done.returncode, work.doi, work.source, work.accessed) == (1, DOI, "Crossref", None)
    assert "10.1000/nothing: Crossref and DataCite have no record of it" in done.stderr


def test_add_without_an_answer_has_status_3(server: FaultServer, tmp_path: Path):
    """Nothing could be asked: the list is not made."""
    server.behaviours[PATH] = redirect("/elsewhere")
    done = add(server, tmp_path / "mine.yaml", DOI)
    assert (done.returncode, (tmp_path / "mine.yaml").exists()) == (3, False)


def test_language_that_the_title_contradicts_is_left_out():
    """Crossref says English of many a title in another script: the styles would treat it so."""
    assert read("crossref/article-no-title-original-ja.json")[0].work.language is None


def test_forbidden_characters_and_odd_shapes_cost_no_record():
    """A registry may send anything in any place; the rest of the record is read."""
    message = {"DOI": "10.1000/1", "type": "journal-article", "title": ["Peace\x00"], "container-title": {"a": 1},
               "author": [{"family": "Hill\ud800", "given": 7}, None, "Moore"], "event": {"end": {"date-parts": True}},
               "issued": {"date-parts": [["x"]]}, "relation": [], "update-to": "no"}  # fmt: skip
    work = crossref.read(json.dumps({"status": "ok", "message": message}).encode())[0].work
    assert (work.title, str(work.author[0]), len(work.author), work.issued) == ("Peace", "Hill, 7", 1, None)


@pytest.mark.parametrize(("titles", "subtitles", "originals", "language", "wanted"), [
    (["Peace", "Мир"], [], [], "", {"title": "Мир", "translated-title": "Peace"}),
    (["Мир", "Peace"], [], [], "en", {"title": "Мир", "translated-title": "Peace"}),  # Crossref says en of any
    (["Peace", "Мир"], [], [], "en", {"title": "Peace", "translated-title": "Мир"}),
    (["The roads of peace in the north", "Les routes de la paix dans le nord"], [], [], "fr",
     {"title": "Les routes de la paix dans le nord", "translated-title": "The roads of peace in the north"}),
    (["Peace"], ["A history"], ["Peace"], "", {"title": "Peace: A history"}),
    (["Peace", "Peace: a history"], [], [], "", {"title": "Peace: a history"}),
    (["Evidence of Brucella abortus in Punjab"], ["Brucella abortus in Punjab"], [], "",
     {"title": "Evidence of Brucella abortus in Punjab"}),
    ([], [], ["Мир"], "", {"title": "Мир"}),
    (["Peace"], [], ["Мир"], "", {"title": "Peace", "original-title": "Мир"}),
])  # fmt: skip
def test_titles_of_a_record_find_their_variables(
    titles: list[str], subtitles: list[str], originals: list[str], language: str, wanted: dict[str, str]
):
    """Title, subtitle, translation and original, by language and script."""
    found = Titles.of(titles, subtitles, originals, language).variables
    assert {name: text for name, text in found.items() if text} == wanted


def test_two_titles_without_a_language_are_a_doubt():
    """Which of them is the original is not guessed: the first stays the title."""
    titles = ["Distance and proximity: evolving concepts", "Distance et proximité : des concepts en déplacement"]
    found = Titles.of(titles, (), (), "")
    assert found.variables["title"] == titles[0]
    assert "leaves open which is the original" in found.remarks[0]


def test_proxy_is_asked_in_place_of_the_registry():
    """It looks names up: ``crossref.test`` is known to nobody else; nothing is asked past it."""
    behaviours = {f"http://crossref.test/works/{DOI}": page(200, answer("crossref/article-cyrillic.json"), kind=JSON)}
    with FaultServer(behaviours) as proxy:
        limits = RegistryOptions(urls={"crossref": "http://crossref.test"}, proxy=f"http://127.0.0.1:{proxy.port}")
        assert fetch(DOI, options=limits, on_problem=lambda _: None).doi == DOI
        assert list(proxy.hits) == [f"http://crossref.test/works/{DOI}"]


def test_proxy_that_is_not_there_or_refuses_is_no_absence():
    """What a proxy answers in place of a registry says nothing of a work; its password is in no message."""
    with FaultServer({f"http://crossref.test/works/{DOI}": page(407, "no")}) as refusing:
        for port, words in ((1, "the connection is refused"), (refusing.port, "the proxy refuses")):
            limits = RegistryOptions(
                urls={"crossref": "http://crossref.test"}, proxy=f"http://me:s3cret@127.0.0.1:{port}", retries=0
            )
            (found,) = ask(limits, crossref.by_id(DOI))
            assert (found.state, "s3cret" in repr((found, limits))) == ("unreachable", False)
            assert words in found.detail


@pytest.mark.parametrize("proxy", ["nonsense", "socks5://127.0.0.1:1080"])
def test_proxy_that_cannot_be_used_is_refused_before_anything_is_asked(server: FaultServer, proxy: str):
    """As by ``check-links``: connections through SOCKS could not be guarded."""
    with pytest.raises(UsageError, match="proxy"):
        fetch(DOI, options=options(server, proxy=proxy))
    assert not server.hits


def test_registry_that_wants_an_hour_is_not_asked_again(server: FaultServer):
    """The first such answer stands for all further questions of the run, whatever was answered before."""
    server.behaviours["/crossref/works/10.1000/1"] = page(429, "later", Retry_After="3600")
    asked = [crossref.by_id(each) for each in (DOI, "10.1000/1", "10.1000/1", "10.1000/1")]
    assert [each.state for each in ask(options(server, concurrency=1), *asked)] == ["answered", *["throttled"] * 3]
    assert server.hits["/crossref/works/10.1000/1"] == 1


def test_pause_that_a_registry_asks_for_is_kept_by_all_questions(server: FaultServer):
    """Also after the last attempt of the one that was refused."""
    server.behaviours["/crossref/works/10.1000/1"] = page(429, "later", Retry_After="1")
    found = ask(options(server, concurrency=1, retries=0), crossref.by_id("10.1000/1"), crossref.by_id(DOI))
    assert [each.state for each in found] == ["throttled", "answered"]
    (first, _, _), (second, _, _) = server.log
    assert second - first >= 1.0


def test_registry_that_is_down_costs_little_time():
    """After nine failures in turn it is asked once for each further question, without a second attempt."""
    with FaultServer({}) as server:
        server.behaviours = {f"/crossref/works/10.1000/{number}": page(500, "error") for number in range(20)}
        asked = [crossref.by_id(f"10.1000/{number}") for number in range(20)]
        found = ask(options(server, retries=2), *asked, clock=StillClock(), jitter=lambda: 0.0)
        assert {each.state for each in found} == {"unreachable"}
        assert 20 <= len(server.log) <= 20 + 2 * 9


def test_searches_have_a_rate_of_their_own():
    """Crossref's public pool allows five records and one list a second; both together keep to the faster one."""
    clock, times = StillClock(), dict[str, list[float]](record=[], search=[])
    rates: dict[Kind, str] = {"record": "5", "search": "1"}
    pace = RegistryPace(0.0)

    class Visit:
        def __init__(self, kind: Kind) -> None:
            self.kind = kind

    for kind in ("record", "search") * 6:
        visit = Visit(kind)
        clock.time = max(clock.time, pace.due(visit))
        pace.begin(visit, clock.time)
        times[kind].append(clock.time)
        pace.hear(visit, Response(200, headers={"x-rate-limit-limit": rates[kind]}), clock.time)
    assert all(later - at >= 1.0 for at, later in itertools.pairwise(times["search"]))
    both = sorted([*times["record"], *times["search"]])
    assert all(later - at >= 0.2 for at, later in itertools.pairwise(both[1:]))


def test_results_that_nobody_wants_any_more_are_not_asked_for(server: FaultServer):
    """Who stops listening stops the asking, and the threads end."""

    def questions() -> Iterator[Inquiry[Answer]]:
        def one() -> Inquiry[Answer]:
            query = crossref.by_id(DOI)
            assert query is not None
            return (yield query)

        while True:
            yield one()

    found = ask_each(questions(), options(server))
    next(found)
    found.close()
    until = time.monotonic() + 20
    while any(each.name == "tajikpeace-refs-web" for each in threading.enumerate()) and time.monotonic() < until:
        time.sleep(0.02)
    assert not [each.name for each in threading.enumerate() if each.name == "tajikpeace-refs-web"]
    asked = len(server.log)
    time.sleep(0.3)
    assert len(server.log) == asked


@pytest.mark.parametrize(
    ("name", "words"), [("mine.ris", "cannot be changed in its place"), ("no/mine.yaml", "no such folder")]
)
def test_nobody_is_asked_where_the_file_cannot_be_changed(server: FaultServer, tmp_path: Path, name: str, words: str):
    """Its format and its folder are known before."""
    (tmp_path / "mine.ris").write_text("TY  - JOUR\nTI  - Peace\nER  - \n")
    done = add(server, tmp_path / name, DOI)
    assert (done.returncode, words in done.stderr, server.log) == (2, True, [])
