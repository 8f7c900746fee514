"""``tajikpeace-refs verify``: what it prints, writes and returns, against a registry on loopback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import tajikpeace_refs as refs
from tajikpeace_refs.cli import app
from tajikpeace_refs.errors import UsageError
from tajikpeace_refs.registries.client import RegistryOptions
from tajikpeace_refs.registries.records import NAMES
from tests.fault_server import NO_RECORD, FaultServer, dripping, page, raw, redirect, when

SOURCE = """\
# my list
references:
  - id: right
    type: article-journal
    title: Reconciliation after the civil war  # as printed
    author: [{family: Rahimov, given: Anvar}]
    issued: 2008
    DOI: 10.1234/right
  - id: found
    type: article-journal
    title: The road from war to peace in Tajikistan
    author: [{family: Hill, given: Ann}]
    issued: 2011
  - id: slip
    type: article-journal
    title: Reconciliation after the civil war
    author: [{family: Rahimov, given: Anvar}]
    issued: 1998
    DOI: 10.1234/right
  - {id: law, type: legislation, title: On peace}
"""


def crossref(doi: str, title: str, family: str, given: str, year: int, **more: Any) -> dict[str, Any]:
    people = [{"family": family, "given": given}]
    issued = {"date-parts": [[year]]}
    return {"DOI": doi, "type": "journal-article", "title": [title], "author": people, "issued": issued, **more}


RIGHT = crossref("10.1234/right", "Reconciliation after the civil war", "Rahimov", "Anvar", 2008)
FOUND = crossref("10.1234/found", "The road from war to peace in Tajikistan", "Hill", "Ann", 2011)


def answer(message: dict[str, Any]) -> str:
    return json.dumps({"status": "ok", "message": message})


@pytest.fixture
def server() -> Iterator[FaultServer]:
    behaviours = {
        "/crossref/works/10.1234/right": page(body=answer(RIGHT), kind="application/json"),
        "/crossref/works": page(body=answer({"items": [FOUND]}), kind="application/json"),
        "/openalex/works": page(body='{"results": [], "meta": {"count": 0}}', kind="application/json"),
    }
    with FaultServer(behaviours, otherwise=NO_RECORD) as running:
        yield running


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "list.yaml"
    path.write_text(SOURCE, encoding="utf-8")
    return path


def addresses(server: FaultServer) -> list[str]:
    return [
        argument for name in NAMES for argument in ("--registry-url", f"{name}=http://127.0.0.1:{server.port}/{name}")
    ]


def run(server: FaultServer, *arguments: object):
    return CliRunner().invoke(app, ["verify", *map(str, arguments), *addresses(server), "--retries", "0"])


def verdicts(report: str) -> dict[str, str]:
    return {each["id"]: each["verdict"] for each in json.loads(report)["works"]}


def test_report_has_each_work_in_the_order_of_the_file(server, source):
    done = run(server, source, "--json", "-")
    assert done.exit_code == 0, done.output
    assert list(verdicts(done.stdout).items()) == [
        ("right", "confirmed"), ("found", "confirmed"), ("slip", "differs"), ("law", "unknown"),
    ]  # fmt: skip
    assert json.loads(done.stdout)["summary"] == {"differs": 1, "unknown": 1, "confirmed": 2}


def test_text_shows_what_differs_in_both_records(server, source):
    done = run(server, source)
    assert "slip\tdiffers\tissued\tCrossref has: Rahimov, Anvar, 2008" in done.stdout
    assert "\t\tissued\t1998 ≠ 2008" in done.stdout


def test_fail_on_makes_a_verdict_status_1(server, source):
    assert run(server, source, "--fail-on", "differs").exit_code == 1
    assert run(server, source, "--fail-on", "corrected").exit_code == 0
    assert isinstance(run(server, source, "--fail-on", "fake").exception, UsageError)


def test_other_work_is_status_1(server, source):
    source.write_text(SOURCE.replace("Reconciliation after the civil war\n", "A bird of the Pamirs\n").replace(
        "Rahimov, given: Anvar}]\n    issued: 1998", "Doe, given: John}]\n    issued: 1998"), encoding="utf-8")  # fmt: skip
    done = run(server, source, "--only", "slip", "--jsonl", "-")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["verdict"] == "other-work"


def test_write_doi_adds_that_of_confirmed_works_and_nothing_else(server, source):
    run(server, source, "--write-doi")
    written = source.read_text(encoding="utf-8")
    assert refs.load(source)["found"].doi == "10.1234/found"
    added = [line for line in written.splitlines() if line not in SOURCE.splitlines()]
    assert added == ["    DOI: '10.1234/found'"]


def test_dry_run_shows_the_doi_that_would_be_written(server, source):
    """As a difference on standard output, which a report cannot have too."""
    done = run(server, source, "--write-doi", "--dry-run")
    assert "\n+    DOI: '10.1234/found'\n" in done.stdout
    assert source.read_text(encoding="utf-8") == SOURCE
    refused = run(server, source, "--dry-run", "--json", "-")
    assert "cannot both go to standard output" in str(refused.exception)


def test_write_doi_needs_a_file_that_can_be_edited(server, tmp_path, source):
    refs.export(refs.load(source), tmp_path / "list.ris", on_loss="ignore")
    assert isinstance(run(server, tmp_path / "list.ris", "--write-doi").exception, UsageError)


def test_annotations_have_file_and_line(server, source):
    done = run(server, source, "--format", "github")
    assert f"::warning file={source},line=19::slip: differs (issued)" in done.stdout


def test_second_run_is_answered_from_the_cache(server, source, tmp_path):
    first = run(server, source, "--json", "-", "--cache", tmp_path / "answers.db")
    asked = sum(server.hits.values())
    second = run(server, source, "--json", "-", "--cache", tmp_path / "answers.db")
    assert sum(server.hits.values()) == asked
    assert verdicts(first.stdout) == verdicts(second.stdout)


def test_contact_is_sent_only_when_given(server, source):
    run(server, source)
    assert not any("example" in path for path in server.hits)
    run(server, source, "--contact", "me@example.org")
    assert any("mailto=me%40example.org" in path for path in server.hits)


def test_nothing_asked_is_status_3(source):
    dead = [argument for name in NAMES for argument in ("--registry-url", f"{name}=http://127.0.0.1:9/{name}")]
    done = CliRunner().invoke(app, ["verify", str(source), *dead, "--retries", "0", "--timeout", "1", "--json", "-"])
    assert done.exit_code == 3
    assert set(verdicts(done.stdout).values()) == {"unknown"}


@pytest.mark.parametrize("given", ["crosref=http://127.0.0.1:9", "crossref", "crossref=nonsense"])
def test_registry_url_must_name_a_registry_and_an_address(source, given):
    done = CliRunner().invoke(app, ["verify", str(source), "--registry-url", given])
    assert isinstance(done.exception, UsageError)


def test_python_yields_what_registries_say(server, source):
    urls = {name: f"http://127.0.0.1:{server.port}/{name}" for name in NAMES}
    found = {each.id: each.verdict for each in refs.verify(refs.load(source), RegistryOptions(urls=urls))}
    assert found == {"right": "confirmed", "found": "confirmed", "slip": "differs", "law": "unknown"}


def test_interrupted_run_keeps_what_is_known(server, source, tmp_path):
    """A registry hangs: what is finished is in the report, which says that it is not complete."""
    server.behaviours["/crossref/works"] = dripping(b"", b"H")
    heed = "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)"
    command = [sys.executable, "-c", f"{heed}\nfrom tajikpeace_refs.cli import main\nmain()", "verify", str(source),
               "--jsonl", "-", "--json", str(tmp_path / "out.json"), *addresses(server)]  # fmt: skip
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ))
    assert running.stdout is not None
    known = {json.loads(running.stdout.readline())["id"] for _ in range(2)}
    while not any("/works?" in path for path in server.hits):
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    _, errors = running.communicate(timeout=60)  # the registry never ends its answer
    assert running.returncode == 130
    assert "interrupted" in errors
    report = json.loads((tmp_path / "out.json").read_text())
    assert report["complete"] is False
    assert known <= {each["id"] for each in report["works"]}
    assert "found" not in {each["id"] for each in report["works"]}


def test_works_that_cannot_be_read_on_are_an_error_of_the_caller(server):
    """As those of a stream of which a later record is broken."""

    def works() -> Iterator[refs.Work]:
        yield refs.Work.from_csl({"id": "law", "type": "legislation", "title": "On peace"})
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        list(refs.verify(works()))


def test_works_of_one_id_in_two_files_are_refused(tmp_path: Path):
    """What is found of one of them, such as its DOI, could be written to the other."""
    for name, title in (("a.yaml", "One"), ("b.yaml", "Two")):
        (tmp_path / name).write_text(f"- {{id: x, type: book, title: {title}}}\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["verify", str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml")])
    assert isinstance(done.exception, UsageError)
    assert "an earlier file has 'x', too" in str(done.exception)


def test_dois_are_asked_for_together_and_what_is_missing_by_itself(server, source):
    """One request for those of twenty works; a DOI that the answer lacks may be an alias of another."""
    one_by_one = page(status=503, body="busy")
    work = refs.load(source)["found"].replace(id="alias", doi="10.1234/alias")
    library = refs.load(source).add(work)
    server.behaviours["/crossref/works/10.1234/alias"] = redirect("/crossref/works/10.1234/found", 301)
    server.behaviours["/crossref/works/10.1234/found"] = page(body=answer(FOUND), kind="application/json")
    options = RegistryOptions(urls={name: f"http://127.0.0.1:{server.port}/{name}" for name in NAMES}, retries=0)
    together = page(body=answer({"items": [RIGHT]}), kind="application/json")
    search = server.behaviours["/crossref/works"]
    verdicts = []
    for each in (together, one_by_one):
        server.hits.clear()
        server.behaviours["/crossref/works"] = when(lambda peer: "filter=doi" in peer.path, each, search)
        verdicts.append(sorted((found.id, found.verdict, found.record) for found in refs.verify(library, options)))
        asked = {path for path in server.hits if "filter=doi" in path}
        assert asked == {"/crossref/works?filter=doi%3A10.1234%2Falias%2Cdoi%3A10.1234%2Fright&rows=2"}
        assert server.hits["/crossref/works/10.1234/alias"] == 1
        assert (server.hits["/crossref/works/10.1234/right"] == 0) == (each is together)
    assert verdicts[0] == verdicts[1]
    assert ("right", "confirmed", "10.1234/right") in verdicts[0]
    assert ("alias", "confirmed", "10.1234/found") in verdicts[0]


def test_cache_has_the_records_that_were_asked_for_together(server, source, tmp_path):
    """One by one, so that a work is not asked for again when the list around it has changed."""
    library = refs.load(source)
    library = library.add(library["found"].replace(id="more", doi="10.1234/found"))
    together = page(body=answer({"items": [RIGHT, FOUND]}), kind="application/json")
    server.behaviours["/crossref/works"] = when(
        lambda peer: "filter=doi" in peer.path, together, server.behaviours["/crossref/works"]
    )
    urls: dict[Any, str] = {name: f"http://127.0.0.1:{server.port}/{name}" for name in NAMES}
    options = RegistryOptions(urls=urls, cache=str(tmp_path / "answers.db"))
    first = {found.id: found.verdict for found in refs.verify(library, options)}
    assert not any(path.startswith("/crossref/works/") for path in server.hits)
    server.hits.clear()
    for part in (library, library.select(["more", "right"]), library.select(["right"])):
        assert {found.id: found.verdict for found in refs.verify(part, options)} == {
            each: first[each] for each in part.ids
        }
    assert list(server.hits) == []


def test_executor_is_refused(source):
    """The rate that a registry allows to all processes together could not be kept."""
    with ThreadPoolExecutor(1) as pool, pytest.raises(UsageError, match="cannot use an executor"):
        next(refs.verify(refs.load(source), executor=pool))


def test_other_options_are_refused(source):
    with pytest.raises(UsageError, match="expected RegistryOptions, got dict"):
        next(refs.verify(refs.load(source), {"contact": "me@example.org"}))  # type: ignore[arg-type]


def test_registries_are_asked_through_the_proxy_that_is_named(source, monkeypatch):
    """One of the environment is not used, which is said; nothing goes past it."""
    behaviours = {"http://crossref.test/works/10.1234/right": page(body=answer(RIGHT), kind="application/json")}
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    with FaultServer(behaviours, otherwise=NO_RECORD) as proxy:
        given = [
            "verify",
            str(source),
            "--only",
            "right",
            "--registry-url",
            "crossref=http://crossref.test",
            "--jsonl",
            "-",
        ]
        used = CliRunner().invoke(app, [*given, "--proxy", f"http://127.0.0.1:{proxy.port}"])
        assert json.loads(used.stdout)["verdict"] == "confirmed"
        assert set(proxy.hits) == {"http://crossref.test/works/10.1234/right"}
        assert "HTTPS_PROXY" not in used.stderr
    dead = CliRunner().invoke(app, [*given, "--proxy", "http://127.0.0.1:1", "--retries", "0"])
    assert (dead.exit_code, json.loads(dead.stdout)["reason"]) == (3, "unreachable")
    unused = CliRunner().invoke(app, [*given, "--only", "law"])
    assert "HTTPS_PROXY is set but not used" in unused.stderr


@pytest.mark.parametrize("proxy", ["nonsense", "socks5h://127.0.0.1:1080"])
def test_proxy_that_cannot_be_used_is_refused(server, source, proxy):
    done = run(server, source, "--proxy", proxy)
    assert "proxy" in str(done.exception).lower()
    assert (isinstance(done.exception, UsageError), list(server.hits)) == (True, [])


def test_works_are_taken_as_they_are_needed(server):
    """So that a stream of any length fits into memory: at most 64 inquiries are under way at once."""
    begun = done = most = 0

    def works() -> Iterator[refs.Work]:
        nonlocal begun
        for number in range(300):
            begun += 1
            yield refs.Work.from_csl({"id": f"w{number}", "type": "article-journal", "title": RIGHT["title"][0],
                                      "issued": "2008", "author": RIGHT["author"], "DOI": "10.1234/right"})  # fmt: skip

    options = RegistryOptions(urls={name: f"http://127.0.0.1:{server.port}/{name}" for name in NAMES})
    for found in refs.verify(works(), options):
        assert found.verdict == "confirmed"
        done += 1
        most = max(most, begun - done)
    assert done == 300
    assert most <= 64 + 2 * 20


RETRACTED = RIGHT | {"DOI": "10.1234/gone", "updated-by": [{"type": "retraction", "DOI": "10.1234/notice"}]}
CORRECTED = RIGHT | {"DOI": "10.1234/fixed", "updated-by": [{"type": "correction", "DOI": "10.1234/notice"}]}
BIRD = "title: A bird of the Pamirs\n    author: [{family: Doe, given: John}]"
WAR = "title: Reconciliation after the civil war\n    author: [{family: Rahimov, given: Anvar}]"
STATUSES = [
    ("other-work", f"{BIRD}\n    issued: 1998\n    DOI: 10.1234/right", 1),
    ("retracted", f"{WAR}\n    issued: 2008\n    DOI: 10.1234/gone", 1),
    ("not-found", f"{BIRD}\n    issued: 1998", 0),
    ("differs", f"{WAR}\n    issued: 1998\n    DOI: 10.1234/right", 0),
    ("corrected", f"{WAR}\n    issued: 2008\n    DOI: 10.1234/fixed", 0),
    ("unknown", f"{WAR}\n    issued: 2008\n    DOI: 10.1234/down", 0),
    ("confirmed", f"{WAR}\n    issued: 2008\n    DOI: 10.1234/right", 0),
]


@pytest.mark.parametrize(("verdict", "work", "status"), STATUSES)
def test_status_of_each_verdict_and_with_fail_on(server, tmp_path, verdict: str, work: str, status: int):
    """As the table of docs/verify.md says; a work that is confirmed keeps the run from being one that asked nobody."""
    server.behaviours["/crossref/works/10.1234/gone"] = page(body=answer(RETRACTED), kind="application/json")
    server.behaviours["/crossref/works/10.1234/fixed"] = page(body=answer(CORRECTED), kind="application/json")
    server.behaviours["/crossref/works/10.1234/down"] = page(503, "down")
    path = tmp_path / "one.yaml"
    sound = f"  - id: sound\n    type: article-journal\n    {WAR}\n    issued: 2008\n    DOI: 10.1234/right\n"
    path.write_text(f"references:\n  - id: it\n    type: article-journal\n    {work}\n{sound}", encoding="utf-8")
    kept = tmp_path / "answers.db"
    done = run(server, path, "--json", "-", "--cache", kept)
    assert (verdicts(done.stdout)["it"], done.exit_code) == (verdict, status)
    assert run(server, path, "--fail-on", verdict, "--cache", kept).exit_code == 1


def test_works_without_a_question_do_not_wait_for_others(server, source):
    """Crossref hangs, and the DOIs of two works are asked for together: the law is reported all the same."""
    server.behaviours["/crossref/works"] = raw(b"", then="hang")
    library = refs.load(source)
    library = library.add(library["found"].replace(id="more", doi="10.1234/found"))
    urls: dict[Any, str] = {name: f"http://127.0.0.1:{server.port}/{name}" for name in NAMES}
    found = refs.verify(library, RegistryOptions(urls=urls))
    assert next(found).id == "law"
    found.close()
