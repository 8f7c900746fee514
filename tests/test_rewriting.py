"""``lint --fix`` and ``check-links --write`` read what they are about to write before they replace a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import tajikpeace_refs as refs
from tajikpeace_refs.cli import _links_sources, app
from tajikpeace_refs.links import LinkReport, Reason, Verdict
from tajikpeace_refs.model import Work
from tajikpeace_refs.reading import refuse_misread

TEXT = "- {id: a, type: book, title: Peace}\n- {id: b, type: book, title: War, URL: 'http://a.b/'}\n"


def unchanged(old: Work, _new: Work) -> Work:
    return old


def write(path: Path, found: LinkReport) -> None:
    (source,) = _links_sources.load([str(path)], None, None, None)
    _links_sources.write_back(source, [found.model_copy(update={"source": str(path)})], copies=True, moved=True)


def report(**found: Any) -> LinkReport:
    return LinkReport(id="b", url="http://a.b/", verdict=Verdict.DEAD, reason=Reason.GONE, **found)


@pytest.mark.parametrize(
    ("after", "where"),
    [
        (TEXT.replace("War", "Wars"), "b: title"),
        (TEXT.replace("}\n- {id: b", ", note: x}\n- {id: b"), "a: note"),
        (TEXT.splitlines()[0], "the number of works"),
        (TEXT.replace("id: b,", ""), "the number of works"),
        (TEXT.replace("]", "").replace("{id: a", "{id: [a"), "the number of works"),
    ],
)
def test_a_text_that_reads_otherwise_than_meant_is_refused(after: str, where: str):
    with pytest.raises(refs.UsageError, match=f"'x.yaml' is not changed: .*\\({where}\\)"):
        refuse_misread(TEXT, after, "x.yaml", unchanged)


def test_comments_and_layout_are_not_compared():
    refuse_misread(TEXT, "# mine\n" + TEXT.replace("Peace", "'Peace'"), "x.yaml", unchanged)


def test_a_fix_that_would_change_something_else_leaves_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "a.yaml"
    path.write_text(TEXT.replace("Peace", "Peace  now"))
    monkeypatch.setattr("tajikpeace_refs.lint.fix", lambda text, _: text.replace("Peace  now", "Peace now, note: x"))
    result = CliRunner().invoke(app, ["lint", "--fix", str(path)])
    assert isinstance(result.exception, refs.UsageError)
    assert "a: note" in str(result.exception)
    assert "Peace  now" in path.read_text()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_fix_keeps_the_line_ends(tmp_path: Path, end: str):
    path = tmp_path / "a.yaml"
    path.write_bytes(f"- id: a  # first{end}  type: book{end}  title: Peace  now{end}".encode())
    CliRunner().invoke(app, ["lint", "--fix", str(path)])
    assert path.read_bytes().decode() == f"- id: a  # first{end}  type: book{end}  title: Peace now{end}"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_copy_is_written_with_the_line_ends_of_the_file(tmp_path: Path, end: str):
    path = tmp_path / "a.yaml"
    path.write_bytes(TEXT.replace("\n", end).encode())
    found = report(archive_url="http://web.archive.org/x", archive_date="2012-03-01")
    write(path, found)
    library = refs.load(path)
    assert (library["b"].archive_url, str(library["b"].archive_date)) == ("http://web.archive.org/x", "2012-03-01")
    assert path.read_bytes().count(end.encode()) == 2


@pytest.mark.parametrize("date", ["2012-13-45", "0000-00-00", "20129999", "x: y"])
def test_a_copy_with_an_odd_date_is_not_written(tmp_path: Path, date: str, capsys: pytest.CaptureFixture[str]):
    """An archive's time stamp that is not a date was put into an extra field when the file was read again."""
    path = tmp_path / "a.yaml"
    path.write_text(TEXT)
    write(path, report(archive_url="http://w/x", archive_date=date))
    assert path.read_text() == TEXT
    assert "b: the archived copy has no valid date; it is not written" in capsys.readouterr().err
