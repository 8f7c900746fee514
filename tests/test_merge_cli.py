"""The commands that merge lists, remove duplicates and make keys."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tajikpeace_refs.text.citation_keys import FIELDS
from tests.conftest import DATA
from tests.test_cli import run

MINE = """\
# my list
references:
- id: karimova2004   # the first
  type: book
  title: Реки Бадахшана
  author: [{family: Каримова, given: Л.}]
  issued: 2004
  language: ru
- id: ray2001
  type: book
  title: Lakes
  author: [{family: Ray, given: A.}]
  issued: 2001
"""
OTHER = """\
@book{kar, author={Karimova, Lola}, title={Reki Badakhshana}, year=2004, publisher={Irfon}}
@book{ray2001, author={Ray, Anna}, title={Seas}, year=2001}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mine.yaml").write_text(MINE, encoding="utf-8")
    (tmp_path / "other.bib").write_text(OTHER, encoding="utf-8")
    return tmp_path


def test_merge_adds_shows_and_maps(folder: Path):
    done = run("merge", "mine.yaml", "other.bib", "--replaced-keys", "map.json", cwd=folder)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "karimova2004\tkar\tauthor\tsame\tinitials\tКаримова, Л.\tKarimova, Lola",
        "karimova2004\tkar\ttitle\tsame\tscript\tРеки Бадахшана\tReki Badakhshana",
        "karimova2004\tkar\tpublisher\tonly-theirs\t\t\tIrfon",
    ]
    assert done.stderr.splitlines() == [
        "mine.yaml: ray2001a: added (Ray, 2001, Seas)",
        "ray2001: another work has this id; it is added as 'ray2001a'",
        "mine.yaml: 1 added, 1 there already, 1 with another id",
    ]
    assert json.loads((folder / "map.json").read_text()) == {"kar": "karimova2004", "ray2001": "ray2001a"}
    text = (folder / "mine.yaml").read_text(encoding="utf-8")
    assert text.startswith(MINE)
    assert "title: Seas" in text


def test_merge_fills_in_place_when_asked(folder: Path):
    done = run("merge", "mine.yaml", "other.bib", "--fill", cwd=folder)
    assert "karimova2004\tkar\tpublisher\tfilled\t\t\tIrfon" in done.stdout
    text = (folder / "mine.yaml").read_text(encoding="utf-8")
    lines = text.splitlines()
    assert next(line for line in lines if line not in MINE.splitlines()) == "  publisher: Irfon"
    assert lines.index("  publisher: Irfon") < lines.index("- id: ray2001")
    assert all(line in lines for line in MINE.splitlines())


def test_a_second_merge_adds_nothing(folder: Path):
    run("merge", "mine.yaml", "other.bib", "--fill", cwd=folder)
    before = (folder / "mine.yaml").read_bytes()
    done = run("merge", "mine.yaml", "other.bib", "--fill", cwd=folder)
    assert done.stderr.splitlines()[-1] == "mine.yaml: 0 added, 2 there already"
    assert (folder / "mine.yaml").read_bytes() == before


@pytest.mark.parametrize(
    "arguments",
    [("merge", "mine.yaml", "other.bib", "--fill", "--replaced-keys", "map.json"), ("keys", "mine.yaml"),
     ("dedupe", "mine.yaml")],
)  # fmt: skip
def test_a_dry_run_writes_nothing(folder: Path, arguments: tuple[str, ...]):
    done = run(*arguments, "--dry-run", cwd=folder)
    assert (folder / "mine.yaml").read_text(encoding="utf-8") == MINE
    assert not (folder / "map.json").exists()
    assert ("+++ mine.yaml" in done.stdout) == (arguments[0] != "dedupe")


def test_one_key_of_two_lists_for_two_works_has_no_map(folder: Path):
    (folder / "third.bib").write_text("@book{ray2001, author={Ray, A.}, title={Ponds}, year=2001}", encoding="utf-8")
    done = run("merge", "mine.yaml", "other.bib", "third.bib", "--replaced-keys", "map.json", cwd=folder)
    assert done.returncode == 2
    assert done.stderr == "two of the OTHER files have the key 'ray2001' for different works; merge one at a time\n"
    assert (folder / "mine.yaml").read_text(encoding="utf-8") == MINE


def test_dedupe_removes_the_later_record(folder: Path):
    run("merge", "mine.yaml", "other.bib", cwd=folder)
    text = (folder / "mine.yaml").read_text(encoding="utf-8")
    twice = (
        text + "- {id: z, type: book, title: LAKES, author: [{family: Ray, given: Anna}], issued: 2001, ISBN: '1'}\n"
    )
    (folder / "mine.yaml").write_text(twice, encoding="utf-8")
    done = run("dedupe", "mine.yaml", "--replaced-keys", "map.json", cwd=folder)
    assert done.returncode == 0
    assert "ray2001\tz\tISBN\tonly-theirs\t\t\t1" in done.stdout.splitlines()
    assert done.stderr.splitlines()[-1] == "mine.yaml: 1 removed, 3 left"
    assert json.loads((folder / "map.json").read_text()) == {"z": "ray2001"}
    assert (folder / "mine.yaml").read_text(encoding="utf-8") == text


def test_a_doi_of_two_titles_is_named_and_both_are_kept(folder: Path):
    text = (
        "- {id: a, type: chapter, title: Passes, DOI: 10.1/x}\n- {id: b, type: chapter, title: Bridges, DOI: 10.1/x}\n"
    )
    (folder / "mine.yaml").write_text(text, encoding="utf-8")
    done = run("dedupe", "mine.yaml", cwd=folder)
    assert done.returncode == 1
    assert "b: warning: has the DOI of the work 'a', and another title; both are kept" in done.stderr
    assert (folder / "mine.yaml").read_text(encoding="utf-8") == text


def test_keys_are_given_in_place(folder: Path):
    done = run("keys", "mine.yaml", "--pattern", "{Author}{year}", "--replaced-keys", "map.json", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "")
    expected = MINE.replace("id: karimova2004", "id: Karimova2004").replace("id: ray2001", "id: Ray2001")
    assert (folder / "mine.yaml").read_text(encoding="utf-8") == expected
    assert json.loads((folder / "map.json").read_text()) == {"karimova2004": "Karimova2004", "ray2001": "Ray2001"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("keys", "mine.yaml", "--pattern", "{name}"), "unknown field {name} in a pattern"),
        (("keys", "-"), "standard input cannot be changed; name a FILE"),
        (("merge", "mine.yaml", "nothing.bib"), "nothing.bib"),
        (("merge", "nothing.yaml", "other.bib"), "nothing.yaml"),
    ],
)
def test_what_cannot_be_done_is_refused(folder: Path, arguments: tuple[str, ...], message: str):
    done = run(*arguments, cwd=folder)
    assert done.returncode == 2
    assert message in done.stderr
    assert (folder / "mine.yaml").read_text(encoding="utf-8") == MINE


def test_every_field_of_a_pattern_is_in_the_document_and_the_help():
    text = (DATA.parents[1] / "docs" / "merging.md").read_text(encoding="utf-8")
    table = re.findall(r"(?m)^\| .*?\|", text)
    assert set(FIELDS) == set(re.findall(r"\{(\w+)", "".join(table)))
    words = run("keys", "--help").stdout.split()
    assert all(f"{name}," in words or f"{name}." in words for name in FIELDS)
