"""What is written to the disk: whole or not at all, into the right kind of file, and no trace of an interruption."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import tajikpeace_refs as refs
from tajikpeace_refs import writing
from tajikpeace_refs.writing import write_bytes

COMMAND = (sys.executable, "-m", "tajikpeace_refs")
WORK = refs.parse("- {id: a, type: book, title: One}", "csl-yaml")


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_a_pipe_is_written_into(tmp_path: Path):
    """A FIFO stays one (as for cp and sed -o), also behind a symbolic link."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link.ris").symlink_to(tmp_path / "pipe")
    got: list[str] = []
    reader = threading.Thread(target=lambda: got.append((tmp_path / "pipe").read_bytes().decode()))
    reader.start()
    refs.export(WORK, tmp_path / "link.ris")
    reader.join(10)
    assert got == [refs.render(WORK, "ris")]
    assert (tmp_path / "pipe").is_fifo()
    assert names(tmp_path) == ["link.ris", "pipe"]


def test_an_open_file_is_written_on(tmp_path: Path):
    """``/dev/fd/3`` is the open file itself, where it stands: what was written before stays."""
    with (tmp_path / "log").open("w+") as log:
        log.write("first\n")
        log.flush()
        write_bytes(Path(f"/dev/fd/{log.fileno()}"), [b"second\n"])
    assert (tmp_path / "log").read_text() == "first\nsecond\n"


def test_nothing_goes_into_a_pipe_when_the_text_fails(tmp_path: Path):
    """Whole or not at all: the pipe is not even opened, so that this does not wait for a reader."""
    os.mkfifo(tmp_path / "pipe")

    def pieces():
        yield b"half"
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - its own
        write_bytes(tmp_path / "pipe", pieces())


def test_a_folder_is_not_written(tmp_path: Path):
    """With the system's own words, and nothing left beside it."""
    (tmp_path / "a.bib").mkdir()
    with pytest.raises(refs.UsageError, match=r"a\.bib' cannot be written: Is a directory"):
        write_bytes(tmp_path / "a.bib", [b"x"])
    assert names(tmp_path) == ["a.bib"]


def test_a_hard_link_stays_one_file(tmp_path: Path):
    """Both names show the new text, and a longer old one leaves no rest."""
    (tmp_path / "a").write_text("old and long")
    os.link(tmp_path / "a", tmp_path / "b")
    write_bytes(tmp_path / "a", [b"new"])
    assert (tmp_path / "b").read_text() == "new"
    assert (tmp_path / "a").samefile(tmp_path / "b")
    assert names(tmp_path) == ["a", "b"]


def test_a_hard_link_on_a_full_disk_keeps_the_new_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """What cannot be undone is named, and the whole new text is there."""
    (tmp_path / "a").write_text("old")
    os.link(tmp_path / "a", tmp_path / "b")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(
        refs.UsageError, match=r"only partly overwritten \(No space left on device\); its whole new text is"
    ):
        write_bytes(tmp_path / "a", [b"new"])
    (rest,) = tmp_path.glob(".*.whole")
    assert rest.read_text() == "new"


@pytest.mark.skipif(os.getuid() != 0, reason="only root may give files away")
def test_owner_group_and_rights_stay(tmp_path: Path):
    """Root who edits the file of another leaves it theirs."""
    path = tmp_path / "a"
    path.write_text("old")
    os.chown(path, 1234, 1235)
    path.chmod(0o640)
    write_bytes(path, [b"new"])
    kept = path.stat()
    assert (kept.st_uid, kept.st_gid, kept.st_mode & 0o777, path.read_text()) == (1234, 1235, 0o640, "new")


def test_a_file_that_cannot_be_given_away_is_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A file of another user that one may write stays theirs: it is the same file afterwards."""
    path = tmp_path / "a"
    path.write_text("old")
    before = path.stat()
    owner = os.stat_result((*before[:4], before.st_uid + 1, *before[5:]))
    monkeypatch.setattr(shutil, "chown", lambda *_: (_ for _ in ()).throw(PermissionError(1, "not allowed")))
    assert not writing._takes_rights(path, owner)
    monkeypatch.setattr(writing, "_takes_rights", lambda *_: False)
    write_bytes(path, [b"new"])
    assert (path.stat().st_ino, path.read_text()) == (before.st_ino, "new")


def test_the_longest_name_can_be_written(tmp_path: Path):
    """255 bytes (NAME_MAX of Linux): the temporary file's name is its own, and short."""
    path = tmp_path / ("é" * 125 + "a.bib")
    write_bytes(path, [b"x"])
    assert path.read_bytes() == b"x"


def test_the_text_is_on_the_disk_before_the_name_moves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Rename without fsync may leave an empty file after a power cut (man 2 fsync; ext4's delayed allocation)."""
    seen = []
    monkeypatch.setattr(os, "fsync", lambda _: seen.append(names(tmp_path)))
    write_bytes(tmp_path / "a", [b"x"])
    assert [each[0].endswith(".tmp") for each in seen] == [True]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_sigterm_leaves_no_file_and_no_worker(tmp_path: Path, jobs: str):
    """The status is 143 (128 and the number of the signal, as shells have it), the old file is untouched."""
    record = "TY  - BOOK\nID  - a{0}\nTI  - Peace {0}\nAU  - Burton, John {0}\nER  - \n\n"
    (tmp_path / "a.ris").write_text("".join(map(record.format, range(40_000))))
    (tmp_path / "a.bib").write_text("old")
    running = subprocess.Popen(
        [*COMMAND, "export", "a.ris", "-o", "a.bib", "--jobs", jobs], cwd=tmp_path, stderr=subprocess.PIPE, text=True
    )
    until = time.monotonic() + 30
    while not list(tmp_path.glob(".*.tmp")):
        assert time.monotonic() < until
        time.sleep(0.02)
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
    workers = children.read_text().split() if children.exists() else []
    running.send_signal(signal.SIGTERM)
    _, errors = running.communicate(timeout=30)
    assert (running.returncode, errors) == (143, "ended by SIGTERM\n")
    assert names(tmp_path) == ["a.bib", "a.ris"]
    assert (tmp_path / "a.bib").read_text() == "old"
    until = time.monotonic() + 10
    while any(map(is_running, workers)):
        assert time.monotonic() < until
        time.sleep(0.02)


def is_running(pid: str) -> bool:
    """Whether a process is there and not only waiting to be buried (its command line is empty then)."""
    try:
        return bool(Path(f"/proc/{pid}/cmdline").read_bytes())
    except OSError:
        return False
