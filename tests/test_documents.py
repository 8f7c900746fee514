"""What documents cite: the keys of each kind of document, and lists of the cited works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

import tajikpeace_refs as refs
from tajikpeace_refs.errors import UsageError
from tajikpeace_refs.text.documents import (
    MADE_BY_LATEX,
    CitedKey,
    CitedWorks,
    Label,
    read_document,
    with_renamed_keys,
)
from tests.test_cli import run

CASES = yaml.safe_load((Path(__file__).parent / "data" / "documents.yaml").read_text(encoding="utf-8"))
ROWS = [(suffix, text, keys) for suffix, rows in CASES.items() for text, keys in rows.items()]


@pytest.mark.parametrize(("suffix", "text", "keys"), ROWS)
def test_keys_of_a_document_are_found(suffix: str, text: str, keys: list[str], tmp_path: Path):
    """The table: keys in the order of their first citation; nothing of code, comments, addresses, cross-references."""
    path = tmp_path / f"paper{suffix}"
    path.write_text(text, encoding="utf-8")
    assert list(refs.cited_keys(path)) == keys


@pytest.mark.parametrize(
    ("suffix", "text"),
    [(suffix, text) for suffix, texts in CASES.items() for text in texts if suffix not in MADE_BY_LATEX],
)
def test_renamed_keys_are_read_back_and_nothing_else_changes(suffix: str, text: str):
    """All keys of a document renamed, and renamed back."""
    keys = cited(text, suffix)
    new = {key: f"new{number}" for number, key in enumerate(dict.fromkeys(keys)) if key != "*"}
    renamed, count = with_renamed_keys(text, suffix, new)
    assert cited(renamed, suffix) == [new.get(key, key) for key in keys]
    assert count >= len([key for key in keys if key != "*"])
    if re.search(r"@\{|\\(defcite|addto)", text) is None and all(re.fullmatch(r"[\w-]+", key) for key in new):
        assert with_renamed_keys(renamed, suffix, {name: key for key, name in new.items()}) == (text, count)


def cited(text: str, suffix: str) -> list[str]:
    """Return the keys that a document cites, without cross-references."""
    found = list(read_document(text, suffix))
    labels = {each.name for each in found if isinstance(each, Label)}
    keys = [each for each in found if isinstance(each, CitedKey) and not each.may_be_label]
    return [each.key for each in keys if each.key not in labels]


@pytest.mark.parametrize(
    ("suffix", "before", "after"),
    [
        (".tex", r"\defcitealias{a}{Paper I} \label{a} \citetalias{a}", r"\defcitealias{b}{Paper I} \label{a} \citetalias{b}"),
        (".tex", r"\addtocategory{a}{x, a} \defbibentryset{a}{a,x}", r"\addtocategory{a}{x, b} \defbibentryset{a}{b,x}"),
        (".tex", r"\autocites(a)()[5]{a}[][p.~6]{x}[a]{a} {a}", r"\autocites(a)()[5]{b}[][p.~6]{x}[a]{b} {b}"),
        (".tex", "\\cite{%\r\n  a,% a\r\n  x}", "\\cite{%\r\n  b,% a\r\n  x}"),
        (".qmd", "---\nnocite: |\n  @a, @a-x\n---\n@a.x [@a; -@{a}] a `@a`", "---\nnocite: |\n  @b, @a-x\n---\n@a.x [@b; -@{b}] a `@a`"),
        (".typ", "@a[a] #cite(<a>) @a-x // @a", "@b[a] #cite(<b>) @a-x // @a"),
    ],
)  # fmt: skip
def test_a_key_is_renamed_where_it_is_one(suffix: str, before: str, after: str):
    """natbib's aliases and biblatex's categories and sets name works too; labels and notes of the name do not."""
    assert with_renamed_keys(before, suffix, {"a": "b"})[0] == after


@pytest.mark.parametrize(
    ("suffix", "text", "key", "reason"),
    [
        (".tex", r"\cite{a}", "a b", "cannot be cited"),
        (".tex", r"\cite{a}", "a,b", "cannot be cited"),
        (".typ", "@a", "x/y", "cannot be cited"),
        (".md", "@a", "x y", "cannot be cited"),
        (".md", "@a", "fig-map", "would be read as a cross-reference"),
        (".md", "# Head {#map}\n@a", "map", "would be read as a cross-reference"),
    ],
)
def test_a_key_that_a_document_cannot_cite_is_refused(suffix: str, text: str, key: str, reason: str):
    with pytest.raises(refs.UsageError, match=reason):
        with_renamed_keys(text, suffix, {"a": key})


def test_key_has_its_place():
    """Lines and columns count from 1 and point at the key, whatever was blanked out before it."""
    text = "`code`\n<!-- @no\n-->  See [@a] and @fig-1"
    assert list(read_document(text, ".md")) == [CitedKey("a", 3, 11), CitedKey("fig-1", 3, 19, may_be_label=True)]
    assert list(read_document("\\cite{x,\n  y}", ".TEX")) == [CitedKey("x", 1, 7), CitedKey("y", 2, 3)]


@pytest.mark.parametrize(
    ("files", "keys"),
    [
        ({"main.tex": r"\cite{a} \input{parts/one} \include{gone}", "parts/one.tex": r"\cite{b} \input{parts/two.tex}",
          "parts/two.tex": r"\cite{c} \input{main}"}, ("a", "b", "c")),
        ({"main.aux": r"\citation{a} \@input{one.aux}", "one.aux": r"\citation{b}"}, ("a", "b")),
        ({"main.qmd": "@a {{< include parts/_one.qmd >}}", "parts/_one.qmd": "@b"}, ("a", "b")),
        ({"main.typ": '@a @map #include "one.typ"', "one.typ": "@b #figure(x) <map>"}, ("a", "b")),
    ],
)  # fmt: skip
def test_included_files_belong_to_the_document(files: dict[str, str], keys: tuple[str, ...], tmp_path: Path):
    """Relative to the file or the document, each once; what is not there is passed over."""
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert refs.cited_keys(tmp_path / next(iter(files))) == keys


def test_document_that_cannot_be_read_is_a_usage_error(tmp_path: Path):
    """No such file, or a kind that is not known."""
    with pytest.raises(refs.MissingFileError, match="there is no file"):
        refs.cited_keys(tmp_path / "paper.md")
    with pytest.raises(UsageError, match=r"is not a document whose citations can be read; use \.md"):
        refs.cited_keys(tmp_path / "paper.docx")


def test_key_that_looks_like_a_label_may_be_a_work():
    """``sec-report`` is cited where a work has that id, and is no missing work where none has."""
    works = CitedWorks([("paper.md", each) for each in read_document("@sec-report @b", ".md")])  # type: ignore[misc]
    assert "sec-report" in works
    assert "c" not in works
    assert [str(problem) for problem in works.missing(["b"])] == []
    assert [str(problem) for problem in works.missing(["sec-report", "bb"])] == [
        "paper.md:1:13: error: no work has the id 'b', did you mean 'bb'?"
    ]


YAML = """references:
- {id: lee1, type: book, author: "Lee, A.", issued: 2001, title: One, publisher: P}
- {id: lee2, type: book, author: "Lee, A.", issued: 2001, title: Two, publisher: P}
- {id: lee3, type: book, author: "Lee, B.", issued: 2001, title: Three, publisher: P, URL: "javascript:x"}
"""


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "list.yaml").write_text(YAML, encoding="utf-8")
    (tmp_path / "paper.md").write_text("As @lee2 says.\n", encoding="utf-8")
    (tmp_path / "other.md").write_text("See [@lee3; @leee].\n", encoding="utf-8")
    return tmp_path


def test_list_has_the_cited_works_and_their_letters_only(here: Path):
    """Year letters and initials come from what is cited (8.19, 8.20); --nocite adds a work."""
    source, paper = str(here / "list.yaml"), str(here / "paper.md")
    done = run("export", source, "--cited", paper, "--to", "apa")
    assert (done.stdout, done.returncode) == ("Lee, A. (2001). Two. P.\n", 0)
    done = run("export", source, "--cited", paper, "--nocite", "lee1", "--to", "apa")
    assert done.stdout == "Lee, A. (2001a). One. P.\n\nLee, A. (2001b). Two. P.\n"
    assert run("cite", "lee2", "--source", source).stdout == "(A. Lee, 2001b)\n"
    assert run("cite", "lee2", "--source", source, "--cited", paper).stdout == "(Lee, 2001)\n"
    assert run("cite", "[@lee3]", "--source", source, "--cited", paper).stdout == "(B. Lee, 2001)\n"


def test_missing_key_is_named_with_its_place(here: Path):
    """The list is written all the same, and the status is 1."""
    source, other = str(here / "list.yaml"), str(here / "other.md")
    where = f"{other}:1:13: error: no work has the id 'leee'"
    done = run("export", source, "--cited", other, "--to", "csl-yaml")
    assert (done.stdout.count("id:"), done.returncode) == (1, 1)
    assert done.stderr.strip().split(", did")[0] == where
    assert "did you mean 'lee" in done.stderr
    done = run("check-links", source, "--cited", other)
    assert where in done.stderr
    assert done.stdout.split("\t")[2] == "lee3"
    done = run("cite", "lee3", "--source", source, "--cited", other)
    assert (done.stdout, done.returncode) == ("(Lee, 2001)\n", 1)


def test_lint_looks_at_cited_works_and_finds_missing_keys(here: Path):
    """TP504 is a finding like others; those of works that are not cited are left out."""
    source, other = str(here / "list.yaml"), str(here / "other.md")
    every = run("lint", source, "--cited", str(here / "paper.md"))
    assert "lee3" not in every.stdout
    done = run("lint", source, "--cited", other)
    assert "[TP504]" in done.stdout
    assert "lee3" in done.stdout
    assert done.returncode == 1
    assert "TP504" not in run("lint", source, "--cited", other, "--ignore", "TP504").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--nocite", "lee1"], "--nocite needs --cited FILE"),
        (["--cited", "paper.md", "--only", "lee1"], "--only and --cited cannot be combined"),
        (["--cited", "paper.md", "--nocite", "leeee"], "no work has the id 'leeee'"),
        (["--cited", "gone.md"], "there is no file"),
    ],
)
def test_options_that_do_not_fit_are_refused(here: Path, arguments: list[str], message: str):
    """Status 2, nothing on standard output."""
    places = [str(here / each) if each.endswith(".md") else each for each in arguments]
    done = run("export", str(here / "list.yaml"), "--to", "ris", *places)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


def test_citations_of_the_command_line_share_one_document(here: Path):
    """In pandoc's syntax each is a line; ids and options of one citation do not mix with it."""
    source = str(here / "list.yaml")
    done = run("cite", "[see @lee1, p. 5; -@lee3, chap. 2]", "@lee3 [p. 5]", "--source", source)
    assert done.stdout == "(see A. Lee, 2001a, p. 5; 2001, Chapter 2)\nB. Lee (2001, p. 5)\n"
    for wrong in (["lee2"], ["--narrative"], ["--locator", "5"]):
        done = run("cite", "[@lee1]", *wrong, "--source", source)
        assert done.returncode == 2
        assert "a citation in pandoc's syntax cannot be combined with ids" in done.stderr


def test_document_in_another_encoding_is_read(here: Path):
    """Keys are ASCII nearly always: old LaTeX files need not be saved anew."""
    (here / "old.tex").write_bytes("Сначала \\cite{lee1}, потом \\cite{leee}".encode("cp1251"))
    assert refs.cited_keys(here / "old.tex") == ("lee1", "leee")
    done = run("export", str(here / "list.yaml"), "--cited", str(here / "old.tex"), "--to", "apa")
    assert f"{here / 'old.tex'}:1:34: error: no work has the id 'leee'" in done.stderr


def test_warnings_are_those_of_the_works_asked_for(here: Path):
    """Warnings of other works of the file are left out; errors of the file are not."""
    list_ = here / "odd.yaml"
    odd = "- {{id: {0}, type: book, author: 'Lee, A.', issued: blah, title: T}}\n"
    list_.write_text("references:\n" + odd.format("lee1") + odd.format("lee2"), encoding="utf-8")
    paper = str(here / "paper.md")
    for arguments in (
        ["export", str(list_), "--to", "apa", "--only", "lee2"],
        ["export", str(list_), "--to", "ris", "--cited", paper],
        ["cite", "lee2", "--source", str(list_)],
        ["cite", "[@lee2, p. 5]", "--source", str(list_), "--cited", paper],
        ["show", "lee2", "--source", str(list_)],
        ["check-links", str(list_), "--cited", paper],
    ):
        done = run(*arguments)
        assert "warning: lee2: issued" in done.stderr, arguments
        assert "lee1" not in done.stderr, arguments
    assert "warning: lee1: issued" in run("export", str(list_), "--to", "apa").stderr
    list_.write_text(list_.read_text(encoding="utf-8") + "- {id: lee3, type: boook, title: T}\n", encoding="utf-8")
    done = run("export", str(list_), "--to", "apa", "--only", "lee2")
    assert (done.returncode, "error: lee3: type" in done.stderr) == (2, True)


def test_all_works_are_taken_where_the_document_says_so(here: Path):
    r"""``\nocite{*}`` is every work."""
    (here / "all.tex").write_text(r"\nocite{*}", encoding="utf-8")
    done = run("export", str(here / "list.yaml"), "--cited", str(here / "all.tex"), "--to", "csl-yaml")
    assert (done.stdout.count("id:"), done.returncode) == (3, 0)
