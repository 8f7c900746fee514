"""The façade: what it offers is what it says it offers."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import tajikpeace_refs as refs


def test_all_names_are_there():
    """Every public name can be fetched, and no other."""
    for name in refs.__all__:
        assert getattr(refs, name).__name__.rpartition(".")[2] == name
    with pytest.raises(AttributeError, match="has no attribute 'lod'"):
        refs.lod  # type: ignore[attr-defined] # noqa: B018


def test_type_checkers_and_interpreters_see_the_same_names():
    """The names for type checkers are the names that load when used."""
    tree = ast.parse(Path(refs.__file__).read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {alias.asname for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    seen |= {ast.unparse(node.targets[0]) for node in block.body if isinstance(node, ast.Assign)}
    assert seen == {*refs.__all__, *refs._RENAMED}


def test_version_is_the_package_s():
    """The version comes from the installed package."""
    assert refs.__version__.count(".") == 2


YAML = "- type: book\n  id: a\n  title: X\n"


def test_yaml_list_is_recognised_whatever_its_first_key():
    """An item of a list may begin with any key of ours."""
    assert refs.parse(YAML).ids == ("a",)
    assert refs.parse("# mine\n- title: X\n  id: b\n  type: book\n").ids == ("b",)


def test_parse_takes_bytes_and_refuses_other_kinds():
    """Bytes are UTF-8, with or without a byte order mark; what is no text is named."""
    assert refs.parse(b"\xef\xbb\xbf" + YAML.encode())["a"].title == "X"
    with pytest.raises(
        refs.InputError, match=r"1:19: error: the byte 0xFC is not UTF-8 \(it looks like Windows-1252\)"
    ):
        refs.parse("- {id: a, title: Müller, type: book}".encode("latin-1"))
    with pytest.raises(refs.UsageError, match="expected text or bytes, got PosixPath; a file is read by load"):
        refs.parse(Path("x.yaml"))  # type: ignore[arg-type]


def test_load_takes_open_files_and_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Text and bytes; the format is recognised where it is not named; ~ is the home folder."""
    path = tmp_path / "x.yaml"
    path.write_text(YAML, encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert refs.load("~/x.yaml").ids == ("a",)
    with path.open(encoding="utf-8") as text, path.open("rb") as data:
        assert refs.load(text) == refs.load(data, "csl-yaml") == refs.load(path)
    with pytest.raises(refs.UsageError, match="expected a path or an open file, got int"):
        refs.load(7)  # type: ignore[arg-type]


def test_missing_file_is_a_file_not_found_error(tmp_path: Path):
    """Callers that know nothing of this library catch what Python raises for it."""
    with pytest.raises(FileNotFoundError, match="there is no file"):
        refs.load(tmp_path / "none.yaml")
    with pytest.raises(refs.UsageError):
        refs.convert(tmp_path / "none.yaml", tmp_path / "x.bib")


def test_render_takes_one_work(corpus: refs.Library):
    """A work is the list of itself; other kinds are named."""
    work = corpus["usmonov2006"]
    assert refs.render(work, "csl-json") == refs.render([work], "csl-json")
    for wrong in (7, ["usmonov2006"], None):
        with pytest.raises(refs.UsageError, match=r"expected (a library or )?works, got (int|str|NoneType)"):
            refs.render(wrong, "ris")  # type: ignore[arg-type]


def test_cite_takes_works_as_well_as_ids(corpus: refs.Library):
    """The same citation for both."""
    work = corpus["ashurov2008"]
    assert refs.cite(corpus, work) == refs.cite(corpus, "ashurov2008") == "(Ashurov, 2008)"
    with pytest.raises(refs.UsageError, match="expected ids or works to cite, got int"):
        refs.cite(corpus, 7)  # type: ignore[arg-type]
    with pytest.raises(refs.UsageError, match="expected a library, got list"):
        refs.cite(["ashurov2008"], "ashurov2008")  # type: ignore[arg-type]


def test_options_and_keywords_are_the_same_for_render_export_and_convert(corpus: refs.Library, tmp_path: Path):
    """Options, the keywords instead of them, and both: a keyword takes the place of what the options say."""
    refs.export(corpus, tmp_path / "a.yaml")
    texts = set()
    for number, given in enumerate(
        (
            {"options": refs.WriteOptions(script="original", markup="html")},
            {"script": "original", "markup": "html"},
            {"options": refs.WriteOptions(script="latin", markup="html"), "script": "original"},
        )
    ):
        texts.add(refs.render(corpus, "apa", **given))  # type: ignore[arg-type]
        refs.export(corpus, tmp_path / f"{number}.txt", **given)  # type: ignore[arg-type]
        refs.convert(tmp_path / "a.yaml", tmp_path / f"{number}c.txt", **given)  # type: ignore[arg-type]
        texts |= {(tmp_path / f"{number}{kind}.txt").read_text(encoding="utf-8") for kind in ("", "c")}
    assert len(texts) == 1


def test_convert_heeds_all_its_options(tmp_path: Path, corpus: refs.Library):
    """Front matter and what to do about losses; with an executor too."""
    from concurrent.futures import ThreadPoolExecutor

    text = refs.render(corpus, "ris", on_loss="ignore").replace("mirror of history", "Mirror of history")
    (tmp_path / "a.ris").write_text(text, encoding="utf-8", newline="")
    front = refs.FrontMatter(proper_nouns=("Mirror",))
    losses: list[refs.Loss] = []
    options = refs.WriteOptions(front=front, on_loss=losses.append)
    with ThreadPoolExecutor(2) as executor:
        refs.convert(tmp_path / "a.ris", tmp_path / "a.bib", options=options)
        refs.convert(tmp_path / "a.ris", tmp_path / "b.bib", options=options, executor=executor)
    assert "{Mirror} of history" in (tmp_path / "a.bib").read_text(encoding="utf-8")
    assert (tmp_path / "a.bib").read_bytes() == (tmp_path / "b.bib").read_bytes()
    assert losses
    assert losses[: len(losses) // 2] == losses[len(losses) // 2 :]
    with pytest.raises(refs.LossError):
        refs.convert(tmp_path / "a.ris", tmp_path / "c.bib", options=refs.WriteOptions(on_loss="error"))
    assert not (tmp_path / "c.bib").exists()


def test_options_for_writing_and_checking_are_not_mixed_up(corpus: refs.Library):
    """Neither class of options is taken for the other; an unknown choice is named."""
    with pytest.raises(refs.UsageError, match="expected WriteOptions, got CheckOptions"):
        refs.render(corpus, "apa", options=refs.CheckOptions())  # type: ignore[arg-type]
    with pytest.raises(refs.UsageError, match="expected CheckOptions, got WriteOptions"):
        list(refs.check_links(corpus, options=refs.WriteOptions()))  # type: ignore[arg-type]
    with pytest.raises(refs.UsageError, match="unknown markup 'markdwn', did you mean 'markdown'"):
        refs.render(corpus, "apa", markup="markdwn")  # type: ignore[arg-type]
    with pytest.raises(refs.UsageError, match="unknown on_loss 'raise'; known: warn, error, ignore, or a function"):
        refs.render(corpus, "ris", on_loss="raise")  # type: ignore[arg-type]


def test_old_name_of_the_options_warns():
    """Options is WriteOptions until 0.3."""
    with pytest.warns(DeprecationWarning, match=r"tajikpeace_refs\.Options is now WriteOptions") as caught:
        assert refs.Options is refs.WriteOptions
    assert caught[0].filename == __file__


def test_warnings_point_at_the_line_of_the_caller(corpus: refs.Library, tmp_path: Path):
    """Not into this package, whichever the entry point."""
    path = tmp_path / "x.bib"
    path.write_text("@comment{x}\n@book{a, title={X}, note={y}}", encoding="utf-8")
    calls = (
        lambda: refs.render(corpus, "bibtex"),
        lambda: refs.export(corpus, tmp_path / "y.bib"),
        lambda: refs.convert(path, tmp_path / "z.ris"),
        lambda: refs.parse(path.read_text(encoding="utf-8")),
        lambda: refs.load(path),
    )
    for call in calls:
        with pytest.warns((refs.LossWarning, refs.InputWarning)) as caught:
            call()
        assert {each.filename for each in caught} == {__file__}


USER = """
import datetime
import tajikpeace_refs as refs

library: refs.Library = refs.load()
text: str = refs.render(library, "apa", markup="markdown", options=refs.WriteOptions(script="latin"))
refs.export(library, "x.bib", "biblatex")
names: list[refs.Name] = [refs.Name(family="Usmonov", given="I.")]
work = refs.Book(id="a", title="X", author=names, issued=2001, DOI="10.1000/182")
other = refs.Book(id="b", title="X", author="Usmonov, I.", issued=datetime.date(2001, 2, 3), doi="10.1000/182")
found = refs.lint(library)
for report in refs.check_links(library, options=refs.CheckOptions(timeout_s=3)):
    verdict: refs.Verdict = report.verdict
"""
WRONG = """
import tajikpeace_refs as refs
refs.laod()
refs.render(refs.load(), "bibtx")
refs.render(refs.load(), "apa", markup="md")
refs.check_links(refs.load(), options=refs.WriteOptions())
"""


def test_strict_mypy_of_a_user_passes_without_a_plugin(tmp_path: Path):
    """What the documents show type-checks in a project that knows nothing of pydantic; mistakes do not."""
    (tmp_path / "user.py").write_text(USER, encoding="utf-8")
    (tmp_path / "wrong.py").write_text(WRONG, encoding="utf-8")
    mypy = [sys.executable, "-m", "mypy", "--strict", "--config-file", "", "--cache-dir", str(tmp_path / "cache")]
    out = subprocess.run([*mypy, "user.py"], cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    assert out == "Success: no issues found in 1 source file\n"
    out = subprocess.run([*mypy, "wrong.py"], cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    assert [line.split(":")[1] for line in out.splitlines() if ": error:" in line] == ["3", "4", "5", "6"], out
