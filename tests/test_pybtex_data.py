"""Works in pybtex, and pybtex's own command with our formats."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from pybtex.database import BibliographyData, Entry, Person, parse_string
from pybtex.plugin import find_plugin

import tajikpeace_refs as refs
from tests import strategies

ROOT = Path(__file__).parents[1]
WORK = refs.ArticleJournal(
    id="lind2020", title='The <span class="nocase">NMR</span> of 100% water', container_title="Water & Wells", issued="2020-05",
    author=[refs.Name(family="Berg", given="Jan", non_dropping_particle="van der"), refs.Name(literal="Board of Wells")],
)  # fmt: skip


def test_entry_has_persons_and_latex_of_the_bib_file():
    entry = refs.to_pybtex([WORK]).entries["lind2020"]
    assert (entry.type, entry.fields["title"], entry.fields["journal"]) == (
        "article", r"The {NMR} of 100\% water", r"Water \& Wells")  # fmt: skip
    person, board = entry.persons["author"]
    assert (person.prelast_names, person.last_names, person.first_names) == (["van", "der"], ["Berg"], ["Jan"])
    assert board.last_names == ["{Board of Wells}"]


def test_dialect_chooses_the_fields():
    assert "journaltitle" in refs.to_pybtex([WORK], dialect="biblatex").entries["lind2020"].fields


def test_loss_can_be_an_error():
    work = refs.Book(id="a", title="x", translated_title="y")
    with pytest.raises(refs.LossError, match="translated-title"):
        refs.to_pybtex([work], on_loss="error")


def test_style_of_pybtex_prints_the_works():
    """A program built on pybtex formats them: its own style ``plain``."""
    style = find_plugin("pybtex.style.formatting", "plain")()
    backend = find_plugin("pybtex.backends", "plaintext")()
    (entry,) = style.format_bibliography(refs.to_pybtex([WORK]))
    assert (
        entry.text.render(backend)
        == "Jan van der Berg and Board of Wells. The NMR of 100% water. Water & Wells, May 2020."
    )


def test_data_made_in_pybtex_is_a_library():
    data = BibliographyData({
        "a": Entry("book", [("title", r"{\"U}ber {Na}"), ("year", "2001")], {"author": [Person("Lind, Bo"), Person("{WHO}")]})
    })  # fmt: skip
    work = refs.from_pybtex(data)["a"]
    assert (work.title, str(work.issued), [str(name) for name in work.author]) == (
        'Über <span class="nocase">Na</span>', "2001", ["Lind, Bo", "WHO"])  # fmt: skip


def test_crossref_is_followed():
    data = parse_string(
        "@inproceedings{a, title={A}, author={Lind, Bo}, crossref={b}}\n@proceedings{b, title={Days}, year=2001}",
        "bibtex",
    )
    assert refs.from_pybtex(data)["a"].container_title == "Days"


def test_entry_without_balance_is_named_and_no_other_is_lost():
    data = BibliographyData({key: Entry("book", [("title", title)]) for key, title in (("a", "{x"), ("b", "y"))})
    with pytest.raises(refs.InputError, match="a: String has unmatched braces"):
        refs.from_pybtex(data)
    problems: list[refs.Problem] = []
    assert refs.from_pybtex(data, on_problem=problems.append).ids == ("b",)
    assert [problem.work_id for problem in problems] == ["a"]


@given(strategies.works())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_pybtex_holds_all_that_the_bib_file_does(work: refs.Work):
    """What comes back from pybtex is what reading our .bib gives."""
    text = refs.render([work], "bibtex", on_loss="ignore")
    expected = refs.parse(text, "bibtex", on_problem=lambda _: None)
    assert refs.from_pybtex(refs.to_pybtex([work], on_loss="ignore"), on_problem=lambda _: None) == expected


def test_plugins_do_not_stand_in_the_way_of_those_of_pybtex():
    """No name or suffix is one of pybtex's own, and each names a class."""
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    for group, names in groups.items():
        theirs = {point.name for point in entry_points(group=group) if point.value.startswith("pybtex.")}
        assert theirs
        assert not names.keys() & theirs
        for value in names.values():
            module, _, name = value.partition(":")
            assert isinstance(getattr(__import__(module, fromlist=[name]), name), type)


def convert(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``pybtex-convert`` with the entry points of pyproject.toml, installed or not."""
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    info = folder / "entry_points_of_the_checkout-0.dist-info"
    info.mkdir(exist_ok=True)
    (info / "METADATA").write_text("Name: entry-points-of-the-checkout\nVersion: 0\n", encoding="utf-8")
    lines = [
        line for group, names in groups.items() for line in (f"[{group}]", *(f"{key} = {names[key]}" for key in names))
    ]
    (info / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")
    path = os.pathsep.join([str(folder), str(ROOT / "src")])
    command = [sys.executable, "-W", "ignore", "-m", "pybtex.database.convert", *arguments]
    return subprocess.run(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False
    )


def test_command_of_pybtex_reads_and_writes_our_formats(tmp_path: Path):
    work = WORK.replace(container_title="Water", title='The <span class="nocase">NMR</span>')  # it escapes "&" again
    refs.export([work], tmp_path / "mine.yaml")
    done = convert(tmp_path, "mine.yaml", "out.bib", "--from", "csl-yaml")
    assert (done.returncode, done.stderr) == (0, "")
    assert refs.load(tmp_path / "out.bib")["lind2020"].container_title == "Water"
    assert convert(tmp_path, "out.bib", "back.yml").returncode == 0  # by its suffix
    assert refs.load(tmp_path / "back.yml")["lind2020"].title == work.title
    assert convert(tmp_path, "out.bib", "typst.yml", "--to", "hayagriva").returncode == 0
    assert refs.load(tmp_path / "typst.yml", "hayagriva")["lind2020"].container_title == "Water"


def test_mistake_is_an_error_of_pybtex(tmp_path: Path):
    (tmp_path / "bad.yml").write_text("- {id: a, type: bok, title: x}\n", encoding="utf-8")
    done = convert(tmp_path, "bad.yml", "out.bib")
    assert done.returncode == 1
    assert "did you mean 'book'" in done.stderr
    assert "Traceback" not in done.stderr
