"""A YAML list is written over itself: what is the same stays as its author wrote it, comments included."""

from __future__ import annotations

import difflib
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tajikpeace_refs as refs
from tajikpeace_refs.editing import update_yaml as update
from tajikpeace_refs.files import corpus_path

TEXT = """\
# The list
language: en  # of all
references:
  # of the first
  - id: a   # key
    type: webpage
    title: "One: a title"  # keeps its quotes
    URL: >-
      http://example.org/a

    # a comment between
    issued: {date-parts: [[2008, 6]]}
    author: Usmonov, Ibrohim  # in short
  - {id: b, type: webpage, title: Two, URL: 'http://example.org/b'}
  -
    # above the third
    id: c
    type: book
    author:
      - family: Usmonov   # a name
        given: I.
      - {family: Burton, given: John}  # another
    note: |+
      Three
      lines

    title: last
# the end
"""
LIBRARY = refs.parse(TEXT, "csl-yaml")


def changed(library: refs.Library, text: str = TEXT) -> str:
    after = update(text, refs.render(library, "csl-yaml"))
    assert after is not None
    assert refs.render(refs.parse(after, "csl-yaml"), "csl-yaml") == refs.render(library, "csl-yaml")
    return after


def with_work(work: refs.Work) -> refs.Library:
    works = [work if each.id == work.id else each for each in LIBRARY]
    return refs.Library(works=works, front=LIBRARY.front)


def differences(before: str, after: str) -> list[str]:
    return [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]


def test_the_same_list_stays_as_it_is():
    """Byte for byte, the corpus too."""
    corpus = corpus_path().read_text(encoding="utf-8")
    assert changed(LIBRARY) == TEXT
    assert changed(refs.load(), corpus) == corpus


def test_one_value_changes_one_line():
    """In its own quotes, with the comment beside it."""
    after = changed(with_work(LIBRARY["a"].replace(title="New")))
    assert differences(TEXT, after) == [
        '-     title: "One: a title"  # keeps its quotes',
        '+     title: "New"  # keeps its quotes',
    ]


def test_a_name_changes_inside_its_list():
    """The other names and their comments stay."""
    work = LIBRARY["c"]
    author = (work.author[0].model_copy(update={"given": "Ibrohim"}), *work.author[1:])
    after = changed(with_work(work.replace(author=author)))
    assert differences(TEXT, after) == ["-         given: I.", "+         given: Ibrohim"]


def test_a_new_variable_stands_where_we_would_write_it():
    """And one that is gone takes its line with it."""
    after = changed(with_work(LIBRARY["a"].replace(accessed="2012-03-01", issued=None)))
    assert {*differences(TEXT, after)} == {
        "-     issued: {date-parts: [[2008, 6]]}",
        "+     accessed: '2012-03-01'",
    }


def test_works_come_go_and_move_with_their_comments():
    """A comment above a work belongs to it when it moves."""
    new = refs.parse("- {id: d, type: book, title: D}", "csl-yaml")["d"]
    after = changed(refs.Library(works=[LIBRARY["c"], new, LIBRARY["a"]], front=LIBRARY.front))
    assert "id: b" not in after
    lines = after.splitlines()
    assert lines[:3] == TEXT.splitlines()[:3]
    assert lines[-1] == "# the end"
    assert lines.index("  # of the first") + 1 == lines.index("  - id: a   # key")
    assert after.index("# above the third") < after.index("id: d") < after.index("id: a")


def test_the_front_changes_as_works_do():
    """The language of the list, and words that are new."""
    front = LIBRARY.front.model_copy(update={"language": "ru", "proper_nouns": ("Peace",)})
    after = changed(refs.Library(works=LIBRARY.works, front=front))
    assert "language: ru  # of all" in after
    assert "proper-nouns:\n" in after


@pytest.mark.parametrize(
    "text",
    [
        "- id: a\n  type: book\n  title: T\n  note: |\n    ends here",
        "- id: a\n  type: book\n  title: T\n  note: |+\n    kept\n\n\n",
        "- id: a\n  type: book\n  note: |+\n    kept\n\n  title: T\n  volume: 1\n",
        "- # beside the dash\n  id: a\n  # below\n  title: T\n  type: book",
        "- {id: a, type: book, title: T}\n",
        "[{id: a, type: book, title: T}]",
        "- type: book\n  # between\n  id: a\n  volume:\n  title: T\n  author:\n  - X, Y\n",
        "\ufeff- id: a\r\n  type: book # x\r\n  title: T\r\n",
        "---\nreferences:\n- id: a\n  type: book\n  title: T\n---\n\nA text.\n",
    ],
)
@pytest.mark.parametrize(
    "change",
    [{"volume": "2"}, {"note": None}, {"title": None}, {"note": "other", "volume": None}, {"author": []},
     {"author": ["Burton, John", {"family": "Usmonov"}]}, {"issued": "2001", "note": "a\nb: c\n"}],
)  # fmt: skip
def test_odd_texts_hold_what_was_meant(text: str, change: dict):
    """What is written is read again; scalars in blocks at the end, comments beside dashes, flow, Windows, documents."""
    library = refs.parse(text, "csl-yaml")
    work = refs.Library(works=[library["a"].replace(**change)], front=library.front)
    after = changed(work, text)
    assert after.startswith("\ufeff") == text.startswith("\ufeff")
    assert after.endswith("A text.\n") == text.endswith("A text.\n")


TEXTS = st.none() | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
CHANGES = st.dictionaries(st.sampled_from(["note", "title", "volume", "abstract", "publisher"]), TEXTS, max_size=4)


@settings(max_examples=60, deadline=None)
@given(st.permutations("abc"), st.sets(st.sampled_from("abc"), max_size=2), st.tuples(CHANGES, CHANGES, CHANGES))
def test_the_law(order: list[str], gone: set[str], changes: tuple[dict, ...]):
    """Whatever changes, the text holds it, and the comments of the list stay."""
    works = [LIBRARY[name].replace(**changes["abc".index(name)]) for name in order if name not in gone]
    after = changed(refs.Library(works=works, front=LIBRARY.front))
    assert after.startswith("# The list\nlanguage: en  # of all\nreferences:")
    assert after.endswith("# the end\n")


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "tajikpeace_refs", "export", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def test_an_output_that_is_the_source_is_changed_in_place(tmp_path: Path):
    """Also by another name of the file; and in Python, by convert and by load and export."""
    path = tmp_path / "x.yaml"
    path.write_text(TEXT)
    (tmp_path / "link.yaml").symlink_to(path)
    assert run(tmp_path, "x.yaml", "-o", "link.yaml", "--drop", "note")[0] == 0
    without_note = path.read_text()
    assert {"-     note: |+", "-       Three", "-       lines"} <= {*differences(TEXT, without_note)}
    assert "+" not in {line[0] for line in differences(TEXT, without_note)}
    refs.convert(path, path)
    assert path.read_text() == without_note
    refs.export(with_work(LIBRARY["a"].replace(title="New")).filter(lambda work: work.id != "b"), path)
    assert "# a comment between" in path.read_text()


def test_an_output_that_is_the_source_is_refused_where_something_would_be_lost(tmp_path: Path):
    """Another format, or works that cannot be read; the source is untouched."""
    path = tmp_path / "x.txt"
    path.write_text("@book{a, title = {T}}\n")
    status, errors = run(tmp_path, "x.txt", "--from", "bibtex", "--to", "ris", "-o", "./x.txt")
    assert (status, errors) == (2, "'x.txt' is the source itself, BibTeX, and would become RIS; write another file\n")
    status, errors = run(tmp_path, "x.txt", "--from", "bibtex", "--to", "bibtex", "-o", "x.txt")
    assert (status, "would lose its comments and layout" in errors) == (2, True)
    path = tmp_path / "x.yaml"
    path.write_text(TEXT)
    status, errors = run(tmp_path, "x.yaml", "--only", "a", "-o", "x.yaml")
    assert (status, "would lose the works that are not chosen" in errors) == (2, True)
    path.write_text(text := TEXT.replace("title: last", "titel: last").replace("- {id: b", "- {id: a"))
    status, errors = run(tmp_path, "x.yaml", "-o", "x.yaml", "--keep-going")
    assert (status, "is the source itself, and would lose works" in errors) == (2, True)
    assert path.read_text() == text
