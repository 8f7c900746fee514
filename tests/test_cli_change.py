"""The commands that keep a list: begun, added to, changed in its file and nowhere else; one trial run shows it first."""

from __future__ import annotations

import os
import pty
import subprocess
from pathlib import Path

import pytest

import tajikpeace_refs as refs
from tajikpeace_refs.cli.init import starter
from tajikpeace_refs.lint import lint_text
from tests.test_cli import run
from tests.test_cli_streams import COMMAND

LIST = """\
# My list.
references:
  # the first
  - id: hill2004
    type: book  # a monograph
    title: 'Roads: a history'
    author: [{family: Hill, given: Ann}]
    issued: 2004
    publisher: Quay

  - id: adams1999
    type: webpage
    title: Talks
    issued: 1999
    URL: https://example.org/
"""
PASTED = """\
@article{smith2003, author={Smith, Ann and Özal, B.}, title={Wells of the valley}, journal={Survey}, volume=22,
  pages={1--20}, year=2003}
@book{again, author={Hill, Ann}, title={Roads: A History}, year=2004, publisher={Quay Press}, address={London}}
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_new_list_has_no_works_and_sound_examples(tmp_path: Path):
    """What nobody wrote is not exported; without their signs of comment the examples are a list without findings."""
    assert run("init", cwd=tmp_path).returncode == 0
    text = (tmp_path / "references.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=references.schema.json\n")
    assert (tmp_path / "references.schema.json").is_file()
    assert len(refs.load(tmp_path / "references.yaml")) == 0
    head, examples = text.split("# Examples, ")
    lines = [line[2:] for line in examples.splitlines()[2:] if line.startswith("#   ")]
    listed = head + "\n".join(lines) + "\n"
    assert len({work.type for work in refs.parse(listed, "csl-yaml")}) >= 10
    assert lint_text(listed, "csl-yaml") == []


def test_new_list_never_takes_the_place_of_a_file(mine: Path):
    """Somebody's work is in it."""
    done = run("init", str(mine))
    assert (done.returncode, mine.read_text(encoding="utf-8")) == (2, LIST)
    assert "exists already and is not changed" in done.stderr


def test_example_under_the_empty_list_is_a_work(tmp_path: Path):
    """As its comment says: take away the signs of comment."""
    text = starter("x.yaml")
    first = text.index("#   - id")
    uncommented = "".join(f"{line[2:]}\n" for line in text[first:].split("#\n")[0].splitlines())
    library = refs.parse(text[:first] + uncommented, "csl-yaml")
    assert [work.type for work in library] == ["book"]
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    assert run("add", str(path), "--type", "book", "--title", "Peace").returncode == 0
    added = path.read_text(encoding="utf-8")
    both = added.replace(text[first:].split("#\n")[0], uncommented)
    assert [work.title for work in refs.parse(both, "csl-yaml")] == ["Peace", library.works[0].title]


@pytest.mark.parametrize("author", ["Martin Aldous", "Jane Doe and John Smith"])
def test_person_typed_without_a_comma_is_reported(mine: Path, author: str):
    """It is read as an organisation; the file has it as it was typed."""
    for arguments in (["add", str(mine), "--type", "book", "--title", "Wool", "--author", author],
                      ["set", str(mine), "hill2004", f"author={author}"]):  # fmt: skip
        done = run(*arguments)
        assert (done.returncode, "warning: author[0].literal: " in done.stderr) == (0, True)
    done = run("set", str(mine), "hill2004", "author=Aldous, Martin")
    assert (done.returncode, "warning" in done.stderr) == (0, False)


def test_id_with_a_space_is_refused(mine: Path):
    """No document could cite it."""
    done = run("rename", str(mine), "hill2004", "a b")
    assert (done.returncode, "write 'a-b'" in done.stderr, mine.read_text(encoding="utf-8")) == (2, True, LIST)


def test_pasted_works_are_added_and_known_ones_shown(mine: Path):
    """The list grows by what it lacks; the record of a work that it has stands beside it, with what differs."""
    done = run("add", str(mine), "--from", "bibtex", "-", stdin=PASTED)
    assert done.returncode == 1
    assert "smith2003: added (Smith, Özal, 2003, Wells of the valley)" in done.stderr
    assert "hill2004\tagain\tpublisher-place\tonly-theirs\t\t\tLondon\n" in done.stdout
    assert done.stderr.endswith(f"{mine}: 1 added, 1 there already\n")
    text = mine.read_text(encoding="utf-8")
    assert text.startswith(LIST)
    assert [work.id for work in refs.load(mine)] == ["hill2004", "adams1999", "smith2003"]


@pytest.mark.parametrize(
    "text",
    [
        "Here is the record:\n\n```json\n[{"
        + '"id": "q1", "type": "book", "title": "Quays", "author": [{"literal": "X"}]}]\n```\n',
        "```yaml\r\n- id: q1\r\n  type: book\r\n  title: Quays\r\n```\r\nIs it?\r\n",
        "~~~\nTY  - BOOK\nID  - q1\nTI  - Quays\nER  - \n~~~\n",
        "\ufeff```bibtex\n@book{q0, title={Piers}}\n```\nand\n```bibtex\n@book{q1, title={Quays}}\n```",
    ],
)
def test_works_in_code_fences_are_read(mine: Path, text: str):
    done = run("add", str(mine), "-", stdin=text.encode())
    assert (done.returncode, "is not kept" in done.stderr) == (0, False)
    assert refs.load(mine)["q1"].title == "Quays"


def test_mistakes_in_code_fences_stand_at_their_lines(mine: Path):
    done = run("add", str(mine), "-", stdin=b"```yaml\n- id: q1\n  type: bok\n  title: Quays\n```\n")
    assert (done.returncode, done.stderr.split(" error")[0]) == (2, "<stdin>:3:9:")


def test_doubts_and_new_ids_of_added_works_are_said(mine: Path):
    """A DOI of another work is a mistake in one of them, and the key is not the one that was pasted."""
    first = b"@article{hill2004, title={Wells of the valley}, journal={Survey}, year=2003, doi={10.1/a}}"
    done = run("add", str(mine), "-", stdin=first)
    assert done.returncode == 0
    assert "hill2004: another work has this id; it is added as 'hill2004a'" in done.stderr
    second = first.replace(b"hill2004", b"new").replace(b"Wells of the valley", b"Snow leopards")
    done = run("add", str(mine), "-", stdin=second)
    assert done.returncode == 1
    assert "new: warning: has the DOI of the work 'hill2004a', and another title; both are kept" in done.stderr


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("{Office of Roads, and Bridges}", ["Office of Roads, and Bridges"]),
        ("{Roads; Bridges}; Hill, Ann", ["Roads; Bridges", "Hill, Ann"]),
        ("{literal: Office}", ["Office"]),
        ("[{family: Hill, given: Ann}, '{Office}']", ["Hill, Ann", "Office"]),
    ],
)
def test_organisations_in_braces_are_names(mine: Path, author: str, names: list[str]):
    """As in the short names of a list; a mapping is YAML."""
    assert run("set", str(mine), "hill2004", f"author={author}").returncode == 0
    assert [str(name).strip("{}") for name in refs.load(mine)["hill2004"].author] == names


def test_empty_file_is_begun(tmp_path: Path):
    (tmp_path / "new.yaml").touch()
    assert run("add", str(tmp_path / "new.yaml"), "-", stdin=PASTED).returncode == 0
    assert len(refs.load(tmp_path / "new.yaml")) == 2


def test_described_work_gets_a_key(mine: Path):
    """Values as options or as VARIABLE=VALUE; the key is author, year and word."""
    done = run(
        "add", str(mine), "--type", "book", "--title", "On peace: a view", "author=Otto, Bo; Ly, Min", "issued=2004"
    )
    assert done.returncode == 0
    work = refs.load(mine)["otto2004peace"]
    assert [str(name) for name in work.author] == ["Otto, Bo", "Ly, Min"]
    assert work.title == "On peace: a view"


def test_terminal_is_asked_for_what_a_chapter_has(tmp_path: Path):
    """Who, title, date, book, publisher, editor, pages; what is given is not asked for, an empty answer is left out."""
    ours, terminal = pty.openpty()
    started = subprocess.Popen(
        [*COMMAND, "add", "new.yaml", "--type", "chapter", "--title", "Peace"],
        cwd=tmp_path, stdin=terminal, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    os.write(ours, b"Otto, Bo; Ly, Min\n2004\nRoads\n\nHill, Ann\n20-35\n")
    _, said = started.communicate(timeout=60)
    os.close(ours)
    os.close(terminal)
    assert started.returncode == 0, said
    assert refs.load(tmp_path / "new.yaml").works == (
        refs.parse(
            """references:
- {id: otto2004peace, type: chapter, author: ['Otto, Bo', 'Ly, Min'], title: Peace, issued: 2004,
   container-title: Roads, editor: ['Hill, Ann'], page: 20-35}
""",
            "csl-yaml",
        ).works
    )


def test_file_that_is_not_there_is_made(tmp_path: Path):
    """The first work of a list."""
    done = run("add", "new.yaml", "-", stdin=PASTED, cwd=tmp_path)
    assert (done.returncode, done.stderr.splitlines()[0]) == (0, "new.yaml: made")
    assert refs.load(tmp_path / "new.yaml").ids == ("smith2003", "again")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--type", "bok"], "did you mean 'book'"),
        (["--type", "book"], "title: is missing"),
        (["--type", "book", "--titel", "x"], "unknown variable 'titel', did you mean 'title'"),
        (["--type", "book", "--year", "2004"], "unknown variable 'year', did you mean 'issued'"),
        (["--type", "book", "--title"], "--title needs a value"),
        ([], "nothing to add"),
        (["--title", "x"], "need --type TYPE"),
        (["none.bib"], "there is no such file"),
    ],
)
def test_what_cannot_be_added_is_said(mine: Path, arguments: list[str], message: str):
    """And the file stays as it is."""
    done = run("add", str(mine), *arguments)
    assert (done.returncode, mine.read_text(encoding="utf-8")) == (2, LIST)
    assert message in done.stderr


def test_values_are_set_and_removed_and_all_else_stays(mine: Path):
    """Every comment and quotation mark; each change is named."""
    done = run("set", str(mine), "hill2004", "publisher=Irfon", "issued=", "keyword=[a, b]")
    assert done.stderr.splitlines() == [
        f"{mine}: hill2004: issued: removed (2004)",
        f"{mine}: hill2004: publisher: 'Quay' → 'Irfon'",
        f"{mine}: hill2004: keyword: set to 'a; b'",
    ]
    changed = LIST.replace(
        "    issued: 2004\n    publisher: Quay\n", "    publisher: Irfon\n    keyword:\n    - a\n    - b\n"
    )
    assert mine.read_text(encoding="utf-8") == changed


def test_trial_run_shows_the_difference_and_writes_nothing(mine: Path):
    """As diff -u has it."""
    done = run("set", str(mine), "hill2004", "publisher=Irfon", "--dry-run")
    assert "-    publisher: Quay\n+    publisher: Irfon\n" in done.stdout
    assert mine.read_text(encoding="utf-8") == LIST


def test_every_mistake_of_values_is_named(mine: Path):
    """Nothing is changed by half."""
    done = run("set", str(mine), "hill2004", "nte=x", "publisher", "volume=3")
    assert (done.returncode, mine.read_text(encoding="utf-8")) == (2, LIST)
    assert "did you mean 'note'" in done.stderr
    assert "'publisher' is not VARIABLE=VALUE" in done.stderr


def test_id_is_renamed_in_the_list_and_in_documents(mine: Path):
    """And in what they include; comments and labels of the same name are no citations."""
    (mine.parent / "paper.tex").write_bytes(b"\\cite{hill2004,x} % \\cite{hill2004}\r\n\\input{two}\r\n")
    (mine.parent / "two.tex").write_text(r"\parencite[see][5]{hill2004}", encoding="utf-8")
    (mine.parent / "notes.md").write_text("See @hill2004 and `@hill2004`.", encoding="utf-8")
    done = run("rename", "mine.yaml", "hill2004", "hill", "--in", "paper.tex", "--in", "notes.md", cwd=mine.parent)
    assert done.returncode == 0
    assert mine.read_text(encoding="utf-8") == LIST.replace("id: hill2004", "id: hill")
    assert (mine.parent / "paper.tex").read_bytes() == b"\\cite{hill,x} % \\cite{hill2004}\r\n\\input{two}\r\n"
    assert (mine.parent / "two.tex").read_text(encoding="utf-8") == r"\parencite[see][5]{hill}"
    assert (mine.parent / "notes.md").read_text(encoding="utf-8") == "See @hill and `@hill2004`."


def test_id_that_is_taken_changes_nothing(mine: Path):
    """Nor any document."""
    (mine.parent / "paper.md").write_text("@hill2004", encoding="utf-8")
    done = run("rename", "mine.yaml", "hill2004", "adams1999", "--in", "paper.md", cwd=mine.parent)
    assert (done.returncode, mine.read_text(encoding="utf-8")) == (2, LIST)
    assert (mine.parent / "paper.md").read_text(encoding="utf-8") == "@hill2004"


def test_document_that_cannot_be_changed_leaves_the_list_as_it_is(mine: Path):
    """All or nothing."""
    done = run("rename", "mine.yaml", "hill2004", "hill", "--in", "none.tex", cwd=mine.parent)
    assert (done.returncode, mine.read_text(encoding="utf-8")) == (2, LIST)


def test_list_that_cannot_be_changed_leaves_the_documents_as_they_are(mine: Path):
    """An entry that its file cannot hold under the new key; all or nothing."""
    (mine.parent / "mine.bib").write_text("@book{a, title = {A}}\n@set{b, entryset = {a}}\n", encoding="utf-8")
    (mine.parent / "paper.tex").write_text(r"\cite{a}", encoding="utf-8")
    done = run("rename", "mine.bib", "a", "b", "--in", "paper.tex", cwd=mine.parent)
    assert (done.returncode, (mine.parent / "paper.tex").read_text(encoding="utf-8")) == (2, r"\cite{a}")


def test_document_with_the_list_at_its_top_is_renamed_in_both_places(mine: Path):
    paper = mine.parent / "paper.md"
    paper.write_text("---\nreferences:\n- {id: a, type: book, title: A}\n---\nAs @a says.\n", encoding="utf-8")
    done = run("rename", "paper.md", "a", "b", "--in", "paper.md", cwd=mine.parent)
    assert done.returncode == 0
    want = "---\nreferences:\n- {id: b, type: book, title: A}\n---\nAs @b says.\n"
    assert paper.read_text(encoding="utf-8") == want


def test_bib_file_is_changed_in_its_places(mine: Path):
    """``set``, ``rename``, ``sort`` and ``remove`` take ``.bib`` files."""
    path = mine.parent / "mine.bib"
    path.write_text('@book{b, title="B", year=2001}\n% of a\n@misc{a, title="A"}\n', encoding="utf-8")
    for arguments in (["set", "b", "publisher=X"], ["rename", "a", "c"], ["sort", "--by", "year"], ["remove", "c"]):
        assert run(arguments[0], str(path), *arguments[1:]).returncode == 0
    assert path.read_text(encoding="utf-8") == '@book{b, title="B", publisher="X", year=2001}\n'


def test_works_are_removed_and_put_in_order(mine: Path):
    """Each with the comments above it."""
    run("sort", str(mine), "--by", "year")
    assert refs.load(mine).ids == ("adams1999", "hill2004")
    text = mine.read_text(encoding="utf-8")
    assert text.index("# the first") > text.index("adams1999")
    run("remove", str(mine), "adams1999")
    assert refs.load(mine).ids == ("hill2004",)
    assert "# a monograph" in mine.read_text(encoding="utf-8")


def test_unknown_works_are_named(mine: Path):
    """With the nearest id."""
    for arguments in (["set", str(mine), "hill2005", "note=x"], ["remove", str(mine), "hill2005", "adams"]):
        done = run(*arguments)
        assert (done.returncode, mine.read_text(encoding="utf-8")) == (2, LIST)
        assert "no work has the id 'hill2005', did you mean 'hill2004'" in done.stderr


def test_standard_input_is_no_file_to_change():
    """It could not be written back."""
    done = run("set", "-", "a", "note=x", stdin=LIST)
    assert (done.returncode, done.stderr) == (2, "standard input cannot be changed; name a FILE\n")


def test_drafted_work_is_a_hint_until_it_is_confirmed(tmp_path: Path):
    """What the draft says of itself goes; what was printed stays."""
    (tmp_path / "list.txt").write_text("Reiss, H. (1971) Political Writings, Cambridge: CUP.\n", encoding="utf-8")
    assert run("add", "mine.yaml", "list.txt", "--from", "printed", cwd=tmp_path).returncode == 0
    assert "reiss1971political: remarks[0]: drafted from" in run("lint", "mine.yaml", cwd=tmp_path).stdout
    assert run("confirm", "mine.yaml", "reiss1971political", cwd=tmp_path).returncode == 0
    work = refs.load(tmp_path / "mine.yaml")["reiss1971political"]
    assert (work.remarks, work.printed) == ((), "Reiss, H. (1971) Political Writings, Cambridge: CUP.")
    assert "TP107" not in run("lint", "mine.yaml", cwd=tmp_path).stdout


# Where works come from.


def test_several_sources_are_one_list(tmp_path: Path):
    """In their order; what two of them call by one id is refused with the files' names."""
    (tmp_path / "a.yaml").write_text("- {id: a, type: book, title: A}\n", encoding="utf-8")
    (tmp_path / "b.bib").write_text("@book{b, title={B}}\n", encoding="utf-8")
    done = run("export", "a.yaml", "--source", "b.bib", "--to", "ris", cwd=tmp_path)
    assert [line for line in done.stdout.splitlines() if line.startswith("ID")] == ["ID  - a", "ID  - b"]
    (tmp_path / "c.bib").write_text("@book{a, title={C}}\n", encoding="utf-8")
    done = run("export", "a.yaml", "c.bib", "--to", "ris", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "c.bib: an earlier file has 'a', too" in done.stderr


@pytest.mark.parametrize("command", ["list", "lint", "errata", "check-links"])
def test_source_may_be_an_option(tmp_path: Path, command: str):
    """The same as the argument."""
    (tmp_path / "a.yaml").write_text("- {id: a, type: book, title: A}\n", encoding="utf-8")
    positional, named = run(command, "a.yaml", cwd=tmp_path), run(command, "--source", "a.yaml", cwd=tmp_path)
    assert (positional.returncode, positional.stdout) == (named.returncode, named.stdout)
    assert "two sources" in run("list", "a.yaml", "--source", "a.yaml", cwd=tmp_path).stderr


@pytest.mark.parametrize("command", ["list", "lint", "check-links"])
def test_folder_is_named_as_one(tmp_path: Path, command: str):
    """Nobody is left to guess what is wrong with its name."""
    done = run(command, str(tmp_path))
    assert done.returncode == 2
    assert "is a folder; name a file in it" in done.stderr


def test_pipe_without_a_dash_is_named(tmp_path: Path):
    """The works that were piped in are not those that are listed."""
    done = run("list", cwd=tmp_path, stdin=LIST)
    assert "standard input is not read; write - as SOURCE to read it" in done.stderr
