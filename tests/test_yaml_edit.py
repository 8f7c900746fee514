"""Single values change in a YAML text; every other line stays as its author wrote it."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import tajikpeace_refs as refs
from tajikpeace_refs.files import corpus_path
from tajikpeace_refs.yaml_edit import locate, set_values

TEXT = """\
# The list
references:
  - id: a   # the first
    type: webpage
    title: "One: a title"  # keeps its quotes
    URL: >-
      http://example.org/a

    # a comment between
    issued: {date-parts: [[2008, 6]]}
  - {id: b, type: webpage, title: Two, URL: 'http://example.org/b'}
  -
    id: c
    title: |
      Three
      lines

    author:
      - family: Usmonov   # a name
        given: I.
# the end
"""


def changes(before: str, after: str) -> tuple[list[str], list[str]]:
    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    return [line[2:] for line in lines if line[0] == "-"], [line[2:] for line in lines if line[0] == "+"]


def test_a_new_value_gets_a_line_after_the_url():
    """In the indentation of its work; a flow work grows on its line."""
    edits = [("a", "archive-url", "http://archive.org/x#y"), ("a", "archive-date", "2012-03-01"), ("b", "note", "n")]
    after = set_values(TEXT, edits)
    assert changes(TEXT, after) == (
        ["  - {id: b, type: webpage, title: Two, URL: 'http://example.org/b'}"],
        [
            "    archive-url: http://archive.org/x#y",
            "    archive-date: '2012-03-01'",
            "  - {id: b, type: webpage, title: Two, URL: 'http://example.org/b', note: n}",
        ],
    )
    assert after.index("archive-url") > after.index("http://example.org/a")
    assert after.index("archive-url") < after.index("# a comment between")


@pytest.mark.parametrize(
    ("work_id", "variable", "value", "gone", "new"),
    [
        (
            "a",
            "title",
            "Two",
            ['    title: "One: a title"  # keeps its quotes'],
            ['    title: "Two"  # keeps its quotes'],
        ),
        ("a", "URL", "http://x.org/", ["    URL: >-", "      http://example.org/a"], ["    URL: http://x.org/"]),
        ("a", "issued", "2009-07", ["    issued: {date-parts: [[2008, 6]]}"], ["    issued: 2009-07"]),
        ("c", "title", "yes", ["    title: |", "      Three", "      lines"], ["    title: 'yes'"]),
        (
            "c",
            "author",
            "Usmonov, I.",
            ["    author:", "      - family: Usmonov   # a name", "        given: I."],
            ["    author: 'Usmonov, I.'"],
        ),
        ("c", "volume", "34", [], ["    volume: 34"]),
        ("c", "volume", "034", [], ["    volume: '034'"]),
        ("c", "note", "it's: so\n", [], ['    note: "it\'s: so\\n"']),
    ],
)
def test_only_the_lines_of_the_value_change(work_id, variable, value, gone, new):
    """Whatever style the old value has: plain, quoted, block, flow, a list."""
    after = set_values(TEXT, [(work_id, variable, value)])
    assert changes(TEXT, after) == (gone, new)
    record = next(each for each in yaml.safe_load(after)["references"] if each["id"] == work_id)
    assert str(record[variable]) == value


def test_line_ends_and_bom_stay():
    """A file from Windows stays one."""
    text = "\ufeff" + TEXT.replace("\n", "\r\n")
    after = set_values(text, [("a", "archive-url", "x"), ("c", "note", "y")])
    assert after.count("\r\n") == after.count("\n") == text.count("\n") + 2
    assert after.startswith("\ufeff# The list\r\n")


def test_a_text_without_a_final_line_end():
    """The new line is a line of its own."""
    assert set_values("- id: a\n  title: b", [("a", "note", "c")]) == "- id: a\n  title: b\n  note: c"


def test_what_cannot_be_changed_is_refused():
    """An unknown work, a text that is no list."""
    with pytest.raises(refs.UsageError, match="no work has the id 'x'"):
        set_values(TEXT, [("x", "note", "y")])
    with pytest.raises(refs.UsageError, match="no list of works"):
        set_values("just text", [("x", "note", "y")])
    with pytest.raises(refs.UsageError, match="no YAML"):
        set_values("a: [", [("x", "note", "y")])


def test_places_of_a_variable():
    """The line of the URL, else that of the work: where an annotation points."""
    assert locate(TEXT, "URL") == {"a": 6, "b": 11, "c": 13}


CORPUS = Path(corpus_path()).read_text(encoding="utf-8")
IDS = [record["id"] for record in yaml.safe_load(CORPUS)["references"]]
VALUES = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    ["", "~", "- a", "a: b", "#c"]
)
EDITS = st.dictionaries(
    st.tuples(st.sampled_from(IDS), st.sampled_from(["note", "archive-url", "language", "title"])), VALUES
)


@settings(max_examples=25, deadline=None)
@given(EDITS)
def test_the_law(wanted):
    """Setting k values makes exactly those k values differ, and no line that holds another value changes."""
    after = set_values(CORPUS, [(*place, value) for place, value in wanted.items()])
    before_data, after_data = yaml.safe_load(CORPUS), yaml.safe_load(after)
    for record in before_data["references"]:
        record.update({variable: value for (work_id, variable), value in wanted.items() if work_id == record["id"]})
    as_text = lambda data: yaml.safe_dump(data).replace("'", "")  # noqa: E731 - a whole number may be bare
    assert as_text(after_data) == as_text(before_data)
    # Titles may be folded over several lines; of every other value the line count tells exactly.
    gone, new = changes(CORPUS, after)
    assert len(new) <= len(wanted)
    assert all(any(variable in line for _, variable in wanted) for line in new)
    comments = [line for line in CORPUS.splitlines() if line.lstrip().startswith("#")]
    assert not set(comments) & set(gone)
