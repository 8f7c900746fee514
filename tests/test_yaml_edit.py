"""Values change, come and go in a YAML text; everything else stays as its author wrote it."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import tajikpeace_refs as refs
from tajikpeace_refs.files import corpus_path
from tajikpeace_refs.formats.csl_yaml import lines_of, set_values
from tajikpeace_refs.yaml_text import YamlText

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
            "  - {id: b, type: webpage, title: Two, URL: 'http://example.org/b', note: 'n'}",
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
    with pytest.raises(refs.UsageError, match=r"cannot be read: .*not valid YAML"):
        set_values("a: [", [("x", "note", "y")])


def test_places_of_a_variable():
    """The line of the URL, else that of the work: where an annotation points."""
    assert lines_of(TEXT, "URL") == {"a": 6, "b": 11, "c": 13}


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
    # Titles may be folded over several lines; for every other value the line count is exact.
    gone, new = changes(CORPUS, after)
    assert len(new) <= len(wanted)
    assert all(any(variable in line for _, variable in wanted) for line in new)
    comments = [line for line in CORPUS.splitlines() if line.lstrip().startswith("#")]
    assert not set(comments) & set(gone)


LIST = """\
# The list
- id: a  # the first
  # about its title
  title: x
  type: book

# the second
- {id: b, author: [{family: A}, {family: B, given: C}], tags: []}  # in braces
-
  id: c
  note: |  # kept
    One
    two
  author:  # names
  - A, B  # one
  # between
  - family: C
    given: D
  # below the names
  empty:
# the end
"""
NAME = {"family": "Усмонов", "given": "И."}


@pytest.mark.parametrize(
    ("method", "arguments", "gone", "new"),
    [
        ("replace", [(2, "note"), "x: y"], ["  note: |  # kept", "    One", "    two"], ["  note: 'x: y'  # kept"]),
        ("replace", [(2, "note"), [NAME]], ["  note: |  # kept", "    One", "    two"],
         ["  note:  # kept", "    - {family: Усмонов, given: И.}"]),
        ("replace", [(0, "id"), {"k": "v", "l": ["010"]}], ["- id: a  # the first"],
         ["- id:  # the first", "    k: v", "    l:", "    - '010'"]),
        ("replace", [(2, "author"), "A"],
         ["  author:  # names", "  - A, B  # one", "  # between", "  - family: C", "    given: D"], ["  author: A  # names"]),
        ("replace", [(2, "author"), []],
         ["  author:  # names", "  - A, B  # one", "  # between", "  - family: C", "    given: D"], ["  author: []  # names"]),
        ("replace", [(2, "author"), [NAME]], ["  - A, B  # one", "  # between", "  - family: C", "    given: D"],
         ["  - {family: Усмонов, given: И.}"]),
        ("replace", [(2, "author"), {"k": "v"}], ["  - A, B  # one", "  # between", "  - family: C", "    given: D"],
         ["    k: v"]),
        ("replace", [(2, "author", 1), NAME], ["  - family: C", "    given: D"], ["  - {family: Усмонов, given: И.}"]),
        ("replace", [(2, "author", 1), "yes"], ["  - family: C", "    given: D"], ["  - 'yes'"]),
        ("replace", [(2, "empty"), "2009-07"], ["  empty:"], ["  empty: 2009-07"]),
        ("replace", [(2, "empty"), ["x"]], [], ["    - x"]),
        ("replace", [(1, "author", 0), "a, b"], [LIST.splitlines()[7]],
         [LIST.splitlines()[7].replace("{family: A}", "'a, b'")]),
        ("add", [(), [{"id": "d", "author": [NAME]}]], [], ["- id: d", "  author:", "  - {family: Усмонов, given: И.}"]),
        ("add", [(2, "author"), [NAME]], [], ["  - {family: Усмонов, given: И.}"]),
        ("add", [(2, "empty"), [NAME]], [], ["    - {family: Усмонов, given: И.}"]),
        ("add", [(0,), {"note": "n", "volume": "010"}], [], ["  note: 'n'", "  volume: '010'"]),
        ("add", [(1, "author"), [NAME]], [LIST.splitlines()[7]],
         [LIST.splitlines()[7].replace("C}", "C}, {family: Усмонов, given: И.}")]),
        ("add", [(1, "tags"), ["x"]], [LIST.splitlines()[7]], [LIST.splitlines()[7].replace("[]", "[x]")]),
        ("remove", [(0,), "id"], ["- id: a  # the first"], ["- "]),
        ("remove", [(0,), "title"], ["  title: x"], []),
        ("remove", [(0,), "title", "type", "id"],
         ["- id: a  # the first", "  # about its title", "  title: x", "  type: book"], ["- {}"]),
        ("remove", [(), 0], ["- id: a  # the first", "  # about its title", "  title: x", "  type: book"], []),
        ("remove", [(1,), "id", "tags"], [LIST.splitlines()[7]],
         ["- {author: [{family: A}, {family: B, given: C}]}  # in braces"]),
        ("remove", [(1, "author"), 0, 1], [LIST.splitlines()[7]], ["- {id: b, author: [], tags: []}  # in braces"]),
        ("remove", [(2, "author"), 0], ["  - A, B  # one"], []),
        ("remove", [(2,), "empty", "note"], ["  note: |  # kept", "    One", "    two", "  empty:"], []),
        ("remove", [(), 2],
         ["-", "  id: c", "  note: |  # kept", "    One", "    two", "  author:  # names", "  - A, B  # one", "  # between",
          "  - family: C", "    given: D", "  # below the names", "  empty:"], []),
    ],
)  # fmt: skip
def test_lists_and_mappings_change_in_their_places(method: str, arguments: list[Any], gone: list[str], new: list[str]):
    """Comments outside what changes stay, also those beside a key whose value changes."""
    source = YamlText(LIST)
    after = source.edited(getattr(source, method)(*arguments))
    lines = difflib.SequenceMatcher(None, LIST.splitlines(), after.splitlines(), autojunk=False).get_opcodes()
    assert [
        line for tag, first, last, _, _ in lines if tag != "equal" for line in LIST.splitlines()[first:last]
    ] == gone
    assert [
        line for tag, _, _, first, last in lines if tag != "equal" for line in after.splitlines()[first:last]
    ] == new


def test_edits_of_one_text_are_made_together():
    """Their places are those of the text before all of them; only what one edit changes another cannot."""
    source = YamlText("a: 1\nb: [2, 3]\nc: 4  # four\n")
    edits = [
        *source.remove((), "a"),
        *source.remove(("b",), 1),
        *source.add(("b",), ["5"]),
        *source.replace(("c",), "6"),
    ]
    assert source.edited([*edits, *source.add((), {"d": "7"})]) == "b: [2, 5]\nc: 6  # four\nd: 7\n"
    with pytest.raises(refs.UsageError, match="two edits change the same part"):
        source.edited([*source.replace(("b",), "x"), *source.replace(("b", 0), "y")])


@pytest.mark.parametrize(
    ("text", "method", "arguments", "message"),
    [
        ("? a\n: b\nc: d\n", "remove", [(), "a"], "shares its line with something else"),
        ("{a, b: c}", "replace", [("a",), "x"], "a key without a colon cannot be edited"),
        ("a: b", "replace", [("c", 0), "x"], r"there is no c\[0\] in the text"),
    ],
)
def test_what_has_no_place_of_its_own_is_refused(text: str, method: str, arguments: list[Any], message: str):
    """Better no edit than one that changes something else."""
    with pytest.raises(refs.UsageError, match=message):
        getattr(YamlText(text), method)(*arguments)


ODD = [
    LIST,
    TEXT,
    CORPUS[:6000].rsplit("\n- ", 1)[0],
    "a:   # c\n- x  # d\n# e\n- y\nb: {p: 1, q: [r, s,], t}\nc: |2-  # f\n  text\n\n  more\n\n\nd:\n",
    "e: >-\n  folded\n\n  # part of it\nf:\n  - - n\n    - m\n  -\n    - o\n    # g\n  - k: v\n    l: w  # h\n  # i\ng: 'a\n  b'\n",
    "- id: a\n- plain\n-\n- [a, [b, c], {d: e}]\n- - - x\n- - y: z\n    w: v",
    '{"a": [{"id": "a", "b": "c"}, {"x": {}}], "l": []}\n',
    "k: [\n  a,   # c\n  b    # d\n  ]\nm: {\n  x: 1,\n  # e\n  y: 2\n}\n",
    "---\na: b\nc:\n- d\n...\n",
]


def paths(data: Any, base: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path of every value."""
    children = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [base, *(path for step, value in children for path in paths(value, (*base, step)))]


def changed(data: Any, path: tuple[Any, ...], change: Any) -> Any:
    """Return plain data in which the value of a path is what ``change`` makes of it."""
    if not path:
        return change(data)
    step, *rest = path
    pairs = data.items() if isinstance(data, dict) else enumerate(data)
    new = {key: changed(value, tuple(rest), change) if key == step else value for key, value in pairs}
    return new if isinstance(data, dict) else list(new.values())


NEW = st.recursive(
    VALUES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("pqr"), inner), max_leaves=4
)


@settings(max_examples=200, deadline=None)
@given(st.data(), st.sampled_from(ODD), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]))
def test_any_edit_changes_what_it_says_and_nothing_else(data: st.DataObject, text: str, newline: str, bom: str):
    """Read again, the text has the new value and all the others; comments above and below stay."""
    text = bom + text.replace("\n", newline)
    source = YamlText(text)
    path = data.draw(st.sampled_from(paths(source.data)))
    node = source.node(path)
    assert node is not None
    value = data.draw(NEW)
    if isinstance(node.data, list) and data.draw(st.booleans()):
        splices, right = source.add(path, [value]), changed(source.data, path, lambda held: [*held, value])
    elif isinstance(node.data, dict) and data.draw(st.booleans()):
        splices, right = (
            source.add(path, {"new": value}),
            changed(source.data, path, lambda held: {**held, "new": value}),
        )
    else:
        splices, right = source.replace(path, value), changed(source.data, path, lambda _: value)
    after = source.edited(splices)
    assert YamlText(after).data == right
    assert not YamlText(after).mistakes
    assert after.startswith(bom + source.text[: min(start for start, _, _ in splices)])
    assert after.endswith(source.text[max(end for _, end, _ in splices) :])
    assert after.count("\n") == after.count(newline)


@settings(max_examples=200, deadline=None)
@given(st.data(), st.sampled_from(ODD))
def test_what_is_removed_is_gone_and_nothing_else(data: st.DataObject, text: str):
    """Any keys or items of any mapping or list."""
    source = YamlText(text)
    base = data.draw(
        st.sampled_from([path for path in paths(source.data) if getattr(source.node(path), "children", 0)])
    )
    node = source.node(base)
    assert node is not None
    steps = data.draw(st.sets(st.sampled_from(list(node.children)), min_size=1))

    def left(held: Any) -> Any:
        if isinstance(held, dict):
            return {key: value for key, value in held.items() if key not in steps}
        return [value for number, value in enumerate(held) if number not in steps]

    assert YamlText(source.edited(source.remove(base, *steps))).data == changed(source.data, base, left)
