"""``tajikpeace-refs check-links``: what it prints, writes and returns."""

from __future__ import annotations

import json
import os
import re
import signal
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
    assert "1 archived copies written" in done.stderr
    assert refs.load(source)["gone"].archive_url == url


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
    command = [sys.executable, "-c", f"from tajikpeace_refs.cli import main\n{code}", "check-links", str(path),
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
    began = time.monotonic()
    running.send_signal(number)
    _, errors = running.communicate(timeout=10)
    assert time.monotonic() - began < 3  # a second, on a machine that has time
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
