"""Standard streams that are closed or a terminal, names that are not UTF-8, links in a circle, SIGTERM."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

COMMAND = (sys.executable, "-m", "tajikpeace_refs")
WORK = "- {id: a, type: webpage, title: Peace, URL: 'http://127.0.0.1:9/', bogus: 1}\n"
NAME = b"\xff.yaml"
"""No UTF-8: Linux takes any bytes but 0 and / in a name."""


def run(folder: Path, *arguments: str | bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*COMMAND, *arguments], cwd=folder, capture_output=True, check=False, timeout=60)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.yaml").write_text(WORK, encoding="utf-8")
    (tmp_path / os.fsdecode(NAME)).write_text(WORK, encoding="utf-8")
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    return tmp_path


@pytest.mark.parametrize(
    "arguments", ["export a.yaml --to ris", "lint a.yaml --format sarif", "list a.yaml", "schema", "--help"]
)
def test_closed_standard_output_is_one_message_and_status_2(folder: Path, arguments: str):
    command = f"{' '.join(COMMAND)} {arguments} >&-"
    done = subprocess.run(command, cwd=folder, shell=True, stderr=subprocess.PIPE, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (2, "the output cannot be written: Bad file descriptor")


@pytest.mark.parametrize("arguments", ["export --to csl-yaml", "lint --format json a.yaml", "list", "show usmonov2006"])
def test_reader_that_has_gone_is_no_error(folder: Path, arguments: str):
    """``| head``: status 0, and no message but that of the shipped corpus."""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as stdout:
        done = subprocess.run(
            [*COMMAND, *arguments.split()], cwd=folder, stdout=stdout, stderr=subprocess.PIPE, check=False, timeout=60
        )
    assert (done.returncode, b"Error" in done.stderr, b"cannot be written" in done.stderr) == (0, False, False)


def test_terminal_gets_no_control_characters(folder: Path):
    """U+009B begins a command of a terminal, as ESC [ does (ECMA-48, 5.4); other files get the text as it is."""
    (folder / "b.yaml").write_text('- {id: a, type: book, title: "Peace\\x9b31m"}\n', encoding="utf-8")
    command = ["export", "b.yaml", "--to", "bibtex"]
    assert "Peace\x9b31m" in run(folder, *command).stdout.decode()
    ours, terminal = pty.openpty()
    subprocess.run([*COMMAND, *command], cwd=folder, stdout=terminal, stderr=subprocess.DEVNULL, check=True, timeout=60)
    os.close(terminal)
    assert os.read(ours, 1000).decode() == "@book{a,\r\n  title = {Peace\\x9b31m},\r\n}\r\n"
    os.close(ours)


@pytest.mark.parametrize(
    ("output", "named"),
    [
        ("text", b"\\udcff.yaml:1:"),
        ("json", b'"file": "\\udcff.yaml"'),
        ("github", b"::error file=\\udcff.yaml,line=1,"),
        ("sarif", b'"uri": "%FF.yaml"'),
    ],
)
def test_findings_name_a_file_whose_name_is_not_utf_8(folder: Path, output: str, named: bytes):
    """Its bytes are percent-encoded in an address (RFC 3986, 2.1), and an escape elsewhere, as Python has them."""
    done = run(folder, "lint", NAME, "--format", output)
    assert (done.returncode, named in done.stdout) == (1, True)
    if output in {"json", "sarif"}:
        json.loads(done.stdout)


def test_files_whose_names_are_not_utf_8_are_read_and_written(folder: Path):
    assert run(folder, "export", NAME, "-o", b"\xfe.bib").stderr.endswith(b"\\udcfe.bib: 1 work, BibTeX\n")
    assert (folder / os.fsdecode(b"\xfe.bib")).read_text(encoding="utf-8").startswith("@misc{a,")
    missing = run(folder, "export", b"\xfd.yaml", "--to", "ris")
    assert (missing.returncode, missing.stderr) == (2, b"there is no file '\\udcfd.yaml'\n")


def test_report_names_a_source_whose_name_is_not_utf_8(folder: Path):
    """On standard output and in files alike, so that the page finds it again."""
    done = run(folder, "check-links", NAME, "--json", "r.json", "--jsonl", "r.jsonl")
    assert done.returncode in {0, 1, 3}
    for name in ("r.json", "r.jsonl"):
        assert '"source": "\\udcff.yaml"' in (folder / name).read_text(encoding="utf-8")
    assert run(folder, "export", NAME, "--links", "r.json", "-o", "r.html").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        ("export loop.yaml --to ris", "read"),
        ("lint loop.yaml --fix", "read"),
        ("check-links loop.yaml", "read"),
        ("export a.yaml -o loop.yaml", "written"),
        ("export loop.yaml -o loop.yaml", "read"),
        ("check-links a.yaml --jsonl loop.yaml", "written"),
    ],
)
def test_link_to_itself_is_one_message_and_status_2(folder: Path, arguments: str, what: str):
    done = run(folder, *arguments.split())
    message = f"'loop.yaml' cannot be {what}: Too many levels of symbolic links"
    assert (done.returncode, done.stderr.decode().splitlines()[-1]) == (2, message)
    assert (folder / "loop.yaml").is_symlink()


@pytest.mark.parametrize("command", ["export --to ris", "lint", "check-links"])
def test_sigterm_while_the_source_is_read_is_a_message_and_status_143(folder: Path, command: str):
    """128 and the number of the signal; the source is a pipe that stays open."""
    os.mkfifo(folder / "pipe.yaml")
    running = subprocess.Popen([*COMMAND, *command.split(), "pipe.yaml"], cwd=folder, stderr=subprocess.PIPE, text=True)
    with (folder / "pipe.yaml").open("w"):  # opens when the other side does: the source is being read
        time.sleep(0.1)
        running.send_signal(signal.SIGTERM)
        _, errors = running.communicate(timeout=30)
    assert (running.returncode, errors) == (143, "ended by SIGTERM\n")
