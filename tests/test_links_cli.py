"""``tajikpeace-refs check-links``: what it prints, writes and returns."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from typer.testing import CliRunner

import tajikpeace_refs as refs
from tajikpeace_refs.cli import app
from tajikpeace_refs.cli._interruption import Interruption, interruptible
from tajikpeace_refs.links import Reason, Verdict
from tests.fault_server import FaultServer, bomb, dripping, flood, head, html, page, redirect

DOCS = Path(__file__).parents[1] / "docs" / "links.md"
SOURCE = """\
# my list
references:
  - id: good
    type: webpage
    title: A
    URL: {b}/ok
  - id: gone   # a comment
    type: webpage
    title: 'B'
    issued: 2012
    URL: {b}/gone
  - id: soft
    type: webpage
    title: C
    URL: {b}/soft
    archive-url: https://archive.example/kept
  - id: moved
    type: webpage
    title: D
    URL: {b}/moved
  - {id: none, type: webpage, title: E}
  - id: odd
    type: webpage
    title: F
    URL: T{b}/ok
"""
CDX = json.dumps([["timestamp", "original", "statuscode"], ["20110203040506", "http://cited.org/", "200"]])


@pytest.fixture
def server() -> Iterator[FaultServer]:
    behaviours = {
        "/ok": page(), "/gone": page(410), "/soft": html("Page not found"), "/moved": redirect("/ok", 301),
        "/coll/cdx": page(200, CDX, kind="application/json"),
    }  # fmt: skip
    with FaultServer(behaviours) as running:
        yield running


@pytest.fixture
def source(tmp_path: Path, server: FaultServer) -> Path:
    path = tmp_path / "list.yaml"
    path.write_text(SOURCE.replace("{b}", f"http://127.0.0.1:{server.port}"), encoding="utf-8")
    return path


def run(*arguments: object):
    command = ["check-links", *map(str, arguments), "--allow-network", "127.0.0.1/32", "--timeout", "3"]
    return CliRunner().invoke(app, command)


def block(language: str, marker: str) -> str:
    """The fenced block of the documentation that holds the marker."""
    found = re.findall(rf"```{language}\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    return next(str(text) for text in found if marker in text)


def test_results_are_sorted_by_severity_and_summary_is_on_stderr(source):
    """Results on standard output, one line each; the summary on standard error; status 1."""
    done = run(source)
    assert [line.split("\t")[:3] for line in done.stdout.splitlines()] == [
        ["dead", "gone", "gone"],
        ["soft-404", "error-page", "soft"],
        ["malformed", "stray-prefix", "odd"],
        ["missing", "no-url", "none"],
        ["moved", "permanent-redirect", "moved"],
        ["alive", "ok", "good"],
    ]
    assert done.stderr == "6 links: 1 dead, 1 soft-404, 1 malformed, 1 missing, 1 moved, 1 alive\n"
    assert done.exit_code == 1


def test_json_report_follows_its_schema(source, tmp_path):
    """The report is valid against the schema in the documentation, in the order of the file."""
    run(source, "--json", tmp_path / "out.json")
    report = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    jsonschema.validate(report, json.loads(block("json", '"$schema"')))
    assert (report["schema"], report["complete"]) == (1, True)
    assert [link["id"] for link in report["links"]] == ["good", "gone", "soft", "moved", "none", "odd"]
    assert report["summary"] == {"dead": 1, "soft-404": 1, "malformed": 1, "missing": 1, "moved": 1, "alive": 1}
    moved = report["links"][3]
    assert moved["redirects"] == [{"status": 301, "url": moved["url"]}]
    assert moved["final_url"].endswith("/ok")


def test_docs_name_every_verdict_and_reason():
    """No code without an explanation."""
    text = DOCS.read_text(encoding="utf-8")
    assert [code.value for code in [*Verdict, *Reason] if f"`{code}`" not in text] == []
    schema = json.loads(block("json", '"$schema"'))
    link = schema["$defs"]["link"]
    assert set(link["properties"]["verdict"]["enum"]) == {verdict.value for verdict in Verdict}
    assert set(link["required"]) == set(refs.LinkReport.model_fields)


def test_json_on_stdout_is_the_only_output(source):
    """So that it can be piped."""
    assert json.loads(run(source, "--json", "-").stdout)["schema"] == 1
    lines = [json.loads(line) for line in run(source, "--jsonl", "-").stdout.splitlines()]
    assert {line["id"] for line in lines} == {"good", "gone", "soft", "moved", "none", "odd"}


def test_github_annotation_has_file_and_line(source):
    """At the line of the URL; errors for what fails, warnings for what is doubtful, notices for what has moved."""
    lines = run(source, "--format", "github").stdout.splitlines()
    assert lines[0].endswith(f"::gone: dead (gone): {refs.load(source)['gone'].url}")
    assert [re.sub(r"file=[^,]*", "file=F", line.partition("::")[2].partition("::")[0]) for line in lines] == [
        "error file=F,line=11",
        "error file=F,line=15",
        "error file=F,line=25",
        "warning file=F,line=21",
        "notice file=F,line=20",
    ]


@pytest.mark.parametrize(
    ("fail_on", "status"), [("", 0), ("moved", 1), ("missing", 1), ("uncertain,alive", 1), ("uncertain", 0)]
)
def test_exit_status_is_one_for_failing_verdicts(tmp_path, server, fail_on, status):
    """Dead, soft-404 and malformed always; others where asked."""
    path = tmp_path / "list.yaml"
    base = f"http://127.0.0.1:{server.port}"
    works = [{"id": "a", "URL": f"{base}/ok"}, {"id": "b", "URL": f"{base}/moved"}, {"id": "c"}]
    path.write_text(yaml.safe_dump({"references": [{"type": "webpage", "title": "T", **each} for each in works]}))
    assert run(path, *(["--fail-on", fail_on] if fail_on else [])).exit_code == status


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--fail-on", "ded"], "unknown verdict 'ded', did you mean 'dead'?"),
        (["--allow-network", "here"], "write a network such as 127.0.0.0/8"),
        (["--json", "-", "--jsonl", "-"], "cannot both go to standard output"),
        (["--write"], "--write needs a YAML file"),
        (["--archive-endpoint", "https://x.example/search"], "is neither a CDX address"),
        (["--cache", "/nowhere/at/all"], "cannot be used as a cache"),
        (["--jsonl", "/nowhere/at/all"], "cannot be written"),
        (["--json", "/nowhere/at/all"], "cannot be written"),
        (["--csv", "-", "--json", "-"], "--json and --csv cannot both go to standard output"),
        (["--csv", "/nowhere/at/all"], "cannot be written"),
        (["--write-moved"], "--write-moved needs a YAML file"),
        (["--proxy", "nonsense"], "is not the address of a proxy"),
        (["--proxy", "socks5h://127.0.0.1:1080"], "is a SOCKS proxy, which is not supported"),
        (["--only", "grayson2030"], "no work has the id 'grayson2030', did you mean 'grayson2003'?"),
        (["--exclude", "("], "'(' is not a regular expression"),
        (["--cache", "unused.sqlite", "--cache-age", "3x"], "'3x' is not a time; write a number and s, m, h, d or w"),
        (["--contact", "é"], "cannot be sent as a contact"),
        (["missing.yaml"], "there is no file"),
    ],
)
def test_wrong_usage_is_reported_with_status_two(arguments, message):
    """With status 2, and nothing on standard output."""
    done = subprocess.run(
        [sys.executable, "-m", "tajikpeace_refs", "check-links", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("option", ["--json", "--jsonl"])
def test_report_that_cannot_be_written_loses_nothing(source, tmp_path, monkeypatch, option):
    """What fails only then: status 2, what was found is shown, and a report is kept elsewhere."""
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    place = "/dev/full" if option == "--jsonl" else tmp_path  # a stream is full; a folder is no file
    done = run(source, option, place)
    assert done.exit_code == 2
    assert f"'{place}' cannot be written" in done.stderr
    assert [line.split("\t")[2] for line in done.stdout.splitlines()][:2] == ["gone", "soft"]
    kept = re.findall(r"the report is kept in (.*)", done.stderr)
    assert len(kept) == (option == "--json")
    assert all(len(json.loads(Path(each).read_text())["links"]) == 6 for each in kept)


def test_write_option_changes_only_the_lines_it_adds(source, server):
    """Copies of dead and soft-404 links; one that an editor has chosen stays."""
    before = source.read_text(encoding="utf-8")
    done = run(source, "--write", "--archive-endpoint", f"http://127.0.0.1:{server.port}/coll/cdx")
    after = source.read_text(encoding="utf-8")
    url = f"http://127.0.0.1:{server.port}/coll/20110203040506/http://cited.org/"
    added = f"    archive-url: {url}\n    archive-date: '2011-02-03'\n"
    assert added in after
    assert after.replace(added, "") == before
    assert "1 archived copy written" in done.stderr
    assert refs.load(source)["gone"].archive_url == url


MASKED = "s3cret"


@pytest.fixture
def secret_source(tmp_path: Path, server: FaultServer) -> Path:
    """Works whose addresses, redirects, repairs and corrections hold a password."""
    plain = f"127.0.0.1:{server.port}"
    base = f"reader:{MASKED}@{plain}"
    server.behaviours |= {
        "/to": redirect(f"http://{base}/ok", 301), "/loop": redirect(f"http://{base}/loop"),
        "/odd": redirect(f"http://reader:{MASKED}@x..org/"), "/port": redirect(f"http://reader:{MASKED}@x.org:99999/"),
    }  # fmt: skip
    urls = [
        *(f"http://{base}/{path}" for path in ("ok", "gone", "moved", "soft")),
        *(f"http://{plain}/{path}" for path in ("ok", "to", "loop", "odd", "port")),
        f"Thttp://{base}/ok", f"http:/{base}/ok", f"http:\\\\{base}/ok", f"http://{base}/ok.", f"ftp://{base}/ok",
        f"http://reader:{MASKED}@x..org/", f"https://web.archive.org/web/2010/htp:/{base}/ok",
        f"see http://{base}/ok and http://{base}/gone", f"http://reader:{MASKED}/x@{plain}/ok",
        f"http://reader:x?{MASKED}#@{plain}/ok",
    ]  # fmt: skip
    works: list[dict[str, Any]] = [
        {"id": f"w{n}", "type": "webpage", "title": "T", "URL": url} for n, url in enumerate(urls)
    ]
    slip = {
        "variable": "URL", "printed": f"htp://{base}/ok", "corrected": f"http://{base}/ok", "basis": "evident",
        "certainty": "certain", "reason": "a slip", "applied": True,
    }  # fmt: skip
    works.append({**works[0], "id": "corrected", "corrections": [slip]})
    path = tmp_path / "list.yaml"
    path.write_text(yaml.safe_dump({"references": works}), encoding="utf-8")
    return path


def test_no_output_of_a_check_shows_a_password(secret_source, tmp_path, server):
    """Report, JSON, JSON lines, annotations, cache; neither those of the proxy. User names stay (RFC 3986, 3.2.1)."""
    outputs = []
    for arguments in (
        [], ["--json", "-"], ["--jsonl", "-"], ["--csv", "-"], ["--format", "github"], ["--cache", tmp_path / "cache.sqlite"],
        ["--cache", tmp_path / "cache.sqlite"], ["--proxy", f"http://reader:{MASKED}@127.0.0.1:1"],
        ["--archive-endpoint", f"http://reader:{MASKED}@127.0.0.1:{server.port}/coll/cdx"],
    ):  # fmt: skip
        done = run(secret_source, "--retries", "0", *arguments)
        outputs.append(done.output)
        assert "20 links: " in done.stderr
        assert MASKED not in done.output
    assert "http://reader:***@127.0.0.1" in outputs[0]
    wrong = run(secret_source, "--archive-endpoint", f"http://reader:{MASKED}@127.0.0.1/search")
    assert str(wrong.exception).startswith("'http://reader:***@127.0.0.1/search' is neither")
    assert MASKED.encode() not in (tmp_path / "cache.sqlite").read_bytes()
    assert "from the cache" in outputs[6]


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_no_output_of_lint_shows_a_password(secret_source, form):
    """A finding that quotes an address leaves its password out."""
    done = CliRunner().invoke(app, ["lint", str(secret_source), "--format", form])
    assert "is not a web address" in done.output
    assert MASKED not in done.output


def test_archive_gets_no_password(secret_source, server):
    """Archives leave user names out of their addresses: so do the questions, and the copies that are written."""
    done = run(secret_source, "--write", "--archive-endpoint", f"http://127.0.0.1:{server.port}/coll/cdx")
    asked = [path for path in server.hits if path.startswith("/coll/cdx")]
    assert "archived copies written" in done.stderr
    assert f"url=http%3A%2F%2F127.0.0.1%3A{server.port}%2Fgone&" in asked[0]
    assert [path for path in asked if MASKED in path or "reader" in path or "***" in path] == []
    copies = [str(work.archive_url) for work in refs.load(secret_source) if work.archive_url]
    assert copies
    assert "@" not in "".join(copies)


def test_moved_address_with_a_password_is_left(secret_source, server):
    """The report does not say the password, and an address without it would be another."""
    before = secret_source.read_text(encoding="utf-8")
    done = run(secret_source, "--write-moved")
    assert secret_source.read_text(encoding="utf-8") == before
    assert "0 addresses replaced, 2 with a password left" in done.stderr


def test_cache_is_closed_in_the_end(source, tmp_path, monkeypatch):
    """At the end of a check, and where the file is no cache: Python 3.13 warns of connections that are left open."""
    opened, closed = [], []

    class Watched(sqlite3.Connection):
        def close(self) -> None:
            closed.append(self)
            super().close()

    def connect(*arguments: Any, **named: Any) -> sqlite3.Connection:
        opened.append(made := Watched(*arguments, **named))
        return made

    monkeypatch.setattr(sqlite3, "connect", connect)
    run(source, "--cache", tmp_path / "cache.sqlite")
    run(source, "--cache", source)
    assert len(opened) == 2
    assert closed == opened


def test_write_moved_option_changes_only_the_addresses_that_moved(source, server):
    """Comments and all other lines stay; a link that is dead, or moved for a time only, is left."""
    before = source.read_text(encoding="utf-8")
    done = run(source, "--write-moved")
    base = f"http://127.0.0.1:{server.port}"
    assert source.read_text(encoding="utf-8") == before.replace(f"{base}/moved", f"{base}/ok")
    assert "1 address replaced" in done.stderr


def test_recorded_copy_and_accepted_verdict_end_the_failure(source, server):
    """Status 0 once each rotten link is handled: archived, accepted, corrected."""
    base = f"http://127.0.0.1:{server.port}"
    text = (
        source.read_text(encoding="utf-8")
        .replace("URL: Thttp", "URL: http")
        .replace("https://archive.example/kept", f"{base}/ok")
    )
    text = text.replace("title: 'B'", "title: 'B'\n    link-review: {date: 2026-05-01, verdict: dead, reason: closed}")
    source.write_text(text, encoding="utf-8")
    done = run(source)
    assert done.exit_code == 0, done.stdout
    assert "1 archived" in done.stderr
    assert done.stderr.endswith("(1 accepted)\n")
    assert "error" not in run(source, "--format", "github").stdout


def test_run_in_which_nothing_could_be_asked_has_status_three(tmp_path):
    """What needs no asking is reported all the same; an answer of any kind is one."""
    path = tmp_path / "list.yaml"
    works = [{"id": "a", "URL": "http://cited.org/"}, {"id": "b", "URL": "Thttp://cited.org/"}, {"id": "c"}]
    path.write_text(yaml.safe_dump([{"type": "webpage", "title": "T", **each} for each in works]))
    done = run(path, "--proxy", "http://127.0.0.1:1", "--retries", "0")
    assert done.exit_code == 3
    assert [line.split("\t")[:3] for line in done.stdout.splitlines()] == [
        ["malformed", "stray-prefix", "b"],
        ["missing", "no-url", "c"],
        ["uncertain", "unreachable", "a"],
    ]
    assert "no address could be reached" in done.stderr
    path.write_text(yaml.safe_dump([{"type": "webpage", "title": "T", **works[1]}]))
    assert run(path, "--proxy", "http://127.0.0.1:1").exit_code == 1


def test_proxy_of_the_environment_that_is_not_used_is_named(source, monkeypatch):
    """On standard error; nothing is said where --proxy names one."""
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    assert "HTTPS_PROXY is set but not used" in run(source).stderr
    assert "HTTPS_PROXY" not in run(source, "--proxy", "http://127.0.0.1:1", "--retries", "0").stderr


def test_annotations_of_bib_and_ris_have_the_line_of_the_address(tmp_path, server):
    """That of the field that holds it, not of the entry."""
    gone = f"http://127.0.0.1:{server.port}/gone"
    bib, ris = tmp_path / "a.bib", tmp_path / "b.ris"
    bib.write_text(f"@misc{{x,\n  title={{A}},\n  url={{{gone}}},\n  note={{see\n    \\url{{{gone}?b}}}}\n}}\n")
    ris.write_text(f"TY  - ELEC\nTI  - A\nUR  - {gone}?c\nL1  - {gone}?d\nID  - r\nER  - \n")
    done = run(bib, ris, "--format", "github")
    found = {
        re.sub(r"^::error file=.*/(.*),line=(\d+)::(\w+): .*(/gone.*)$", r"\1:\2 \3 \4", line)
        for line in done.stdout.splitlines()
    }
    assert found == {"a.bib:3 x /gone", "a.bib:5 x /gone?b", "b.ris:3 r /gone?c", "b.ris:4 r /gone?d"}


def test_several_sources_are_one_run(source, server, tmp_path):
    """Each address is asked for once; the reports of each source stand in its order, that of the URL last."""
    other = tmp_path / "other.ris"
    base = f"http://127.0.0.1:{server.port}"
    other.write_text(f"TY  - ELEC\nTI  - A\nUR  - {base}/ok\nL1  - {base}/gone\nID  - good\nER  - \n")
    run(source, other, "--only", "good", "--json", tmp_path / "out.json", "--csv", tmp_path / "out.csv")
    links = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["links"]
    assert [(Path(link["source"]).name, link["variable"]) for link in links] == [
        ("list.yaml", "URL"),
        ("other.ris", "extra.ris.L1"),
        ("other.ris", "URL"),
    ]
    assert server.hits == {"/ok": 1, "/gone": 1}
    rows = list(csv.DictReader((tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()))
    assert [(row["id"], row["verdict"], row["status"]) for row in rows] == [
        (link["id"], link["verdict"], str(link["status"])) for link in links
    ]


def test_addresses_that_are_excluded_are_not_asked_for(source, server):
    """By a regular expression that is found in them."""
    done = run(source, "--exclude", "/go", "--exclude", "soft$")
    assert "gone" not in done.stdout
    assert set(server.hits) == {"/ok", "/moved"}


def test_addresses_that_end_on_one_login_are_one_finding(server, tmp_path):
    """From three on; the report has each of them."""
    server.behaviours |= {f"/{n}": redirect(f"/login?next={n}") for n in range(3)}
    server.behaviours |= {f"/login?next={n}": html("Sign in", "<input type=password>") for n in range(3)}
    path = tmp_path / "list.yaml"
    base = f"http://127.0.0.1:{server.port}"
    for count, rows in ((2, 2), (3, 1)):
        path.write_text(
            yaml.safe_dump(
                [{"id": f"w{n}", "type": "webpage", "title": "T", "URL": f"{base}/{n}"} for n in range(count)]
            )
        )
        assert len(run(path).stdout.splitlines()) == rows
    assert "w0, w1, w2" in run(path).stdout


def test_terminal_shows_the_gravest_last_and_living_pages_only_on_request(source, monkeypatch):
    """They are counted in the summary; one that has moved is listed, since there is something to do."""
    monkeypatch.setattr("tajikpeace_refs.cli._common.on_terminal", lambda: True)

    def verdicts(*options: str) -> list[str]:
        return re.findall(
            r"^(dead|soft-404|malformed|missing|moved|alive)\b", run(source, *options).stdout, re.MULTILINE
        )

    assert verdicts() == ["moved", "missing", "malformed", "soft-404", "dead"]
    assert verdicts("--all") == ["alive", "moved", "missing", "malformed", "soft-404", "dead"]


def test_second_run_with_cache_asks_less(source, server, tmp_path):
    """The second run asks only for what failed."""
    run(source, "--cache", tmp_path / "cache.sqlite")
    server.hits.clear()
    run(source, "--cache", tmp_path / "cache.sqlite")
    assert set(server.hits) == {"/gone", "/soft"}


def start(tmp_path: Path, urls: list[str], *arguments: str, code: str = "main()") -> subprocess.Popen[str]:
    path = tmp_path / "list.yaml"
    records = [{"id": f"w{n}", "type": "webpage", "title": "T", "URL": url} for n, url in enumerate(urls)]
    path.write_text(yaml.safe_dump({"references": records}))
    # A shell makes what it starts in the background ignore Ctrl-C; here it is to end the run all the same.
    heed = "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)"
    command = [sys.executable, "-c", f"{heed}\nfrom tajikpeace_refs.cli import main\n{code}", "check-links", str(path),
               "--allow-network", "127.0.0.1/32", *arguments]  # fmt: skip
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ))


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("phase", ["page", "archive"])
def test_interrupted_run_keeps_what_is_known(tmp_path, server, phase, number, status):
    """Within a second: the finished links are reported, the report says that it is not complete; JSON lines are there.

    While an archive is asked, the verdict on the address is known, and that its copies are not.
    """
    base = f"http://127.0.0.1:{server.port}"
    server.behaviours |= {"/slow": dripping(b"", b"H"), "/slow/cdx": dripping(b"", b"H")}
    urls = [f"{base}/ok", f"{base}/slow" if phase == "page" else f"{base}/gone"]
    running = start(tmp_path, urls, "--jsonl", "-", "--json", str(tmp_path / "out.json"),
                    "--archive-endpoint", f"{base}/slow/cdx")  # fmt: skip
    assert running.stdout is not None
    first: dict[str, Any] = json.loads(running.stdout.readline())
    while not any("/slow" in path for path in server.hits):
        time.sleep(0.02)
    running.send_signal(number)
    _, errors = running.communicate(timeout=60)  # the archive never ends its answer
    assert running.returncode == status
    assert "interrupted" in errors
    report = json.loads((tmp_path / "out.json").read_text())
    assert (report["complete"], report["links"][0]) == (False, first)
    rest = [(link["verdict"], link["detail"]) for link in report["links"][1:]]
    assert rest == ([] if phase == "page" else [("dead", "archive: unknown (interrupted)")])


def test_second_signal_ends_the_process_at_once():
    """Even where the first has no effect, since something else hangs."""
    interruption = Interruption()
    interruption.take(signal.SIGINT, None)
    assert (interruption.is_wanted(), interruption.status) == (True, 130)
    with pytest.raises(SystemExit) as end:
        interruption.take(signal.SIGTERM, None)
    assert end.value.code == 143


def test_signals_are_restored_and_ignored_ones_stay_ignored():
    """As ``nohup`` and shells in the background want it."""
    former = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with interruptible():
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
            assert signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    finally:
        signal.signal(signal.SIGINT, former)


def test_long_bodies_do_not_fill_memory(tmp_path, server):
    """Bombs, floods and endless headers cost under 200 MB, in the checker's own process."""
    big = bomb(100)
    server.behaviours |= {
        "/bomb": page(200, big, Content_Encoding="gzip"),
        "/bomb-redirect": redirect("/ok", 301, Content_Encoding="gzip"),
        "/flood": flood(head("HTTP/1.1 200 OK"), b"<p>word ", 30),
        "/headers": flood(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", 10),
        "/header": flood(b"HTTP/1.1 200 OK\r\nX: ", b"a", 10),
    }
    base = f"http://127.0.0.1:{server.port}"
    urls = [f"{base}/{name}?{n}" for n in range(8) for name in ("bomb", "bomb-redirect", "flood", "headers", "header")]
    peak = "import re, sys\ntry:\n    main()\nfinally:\n    print(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1])"
    if not Path("/proc/self/status").exists():
        pytest.skip("the peak is read from Linux' /proc")
    running = start(tmp_path, urls, "--json", str(tmp_path / "out.json"), code=peak)
    output, _ = running.communicate(timeout=60)
    assert int(output.splitlines()[-1]) < 200 * 1024
    assert len(json.loads((tmp_path / "out.json").read_text())["links"]) == len(urls)
