"""CSL-JSON and what other programs make of it: Crossref's forms, CSL 1.0 names, wrappings; CSL-YAML likewise."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tajikpeace_refs as refs
from tajikpeace_refs.formats._csl.json_text import dumps, loads
from tajikpeace_refs.model import Name, PartialDate
from tajikpeace_refs.options import FormatName

A = '{"id": "a", "type": "book"}'
B = '{"id": "b", "type": "book"}'


def ids_and_problems(text: str) -> tuple[tuple[str, ...], list[str]]:
    """Return the ids that were read and the problems reported, the file's name left out."""
    problems: list[refs.Problem] = []
    library = refs.parse(text, "csl-json", on_problem=problems.append)
    return library.ids, [str(problem).removeprefix("<string>:") for problem in problems]


def item(**variables: Any) -> refs.Work:
    """Return the work of an item; a problem would be an error."""
    return refs.parse(json.dumps({"id": "a", "type": "book", **variables}), "csl-json").works[0]


def written(work: refs.Work) -> dict[str, Any]:
    """Return the item that is written for a work."""
    found: dict[str, Any] = json.loads(refs.render([work], "csl-json"))[0]
    return found


@pytest.mark.parametrize(
    "text",
    [
        f"\n{A}\n{B}\n",
        f"{A}\n\n{B}",
        f"{A} {B}\n",
        f"{A}{B}",
        "{\n" + A[1:] + "\n{\n" + B[1:] + "\n",
        f"[{A},\n{B}]",
        f"\ufeff[{A}, {B}]",
        '{"items": [' + A + "," + B + "]}",
        '{"status": "ok", "message": {"items": [' + A + "," + B + "]}}",
    ],
)
def test_items_are_read_from_lists_lines_and_wrappings(text: str):
    """A list, an item a line, items printed over several lines, one after another, or in a wrapping."""
    assert ids_and_problems(text) == (("a", "b"), [])


@pytest.mark.parametrize(
    ("text", "ids", "messages"),
    [
        (f"{A},{B}", ("a",), ["1:28: error: not valid JSON: Expecting value"]),
        (f"[{A}, {B},]", ("a", "b"), ["1:59: error: not valid JSON: a comma before the end of the list"]),
        (f"[{A}\n{B}]", ("a",), ["2:1: error: not valid JSON: expected a comma or the end of the list"]),
        (f"[{A},,{B}]", ("a",), ["1:30: error: not valid JSON: Expecting value"]),
        (f"[{A}", ("a",), ["1:29: error: not valid JSON: the list is not closed"]),
        (f"[{A}]]", ("a",), ["1:30: error: not valid JSON: more after the end of the list"]),
        (f"[{A}]\n[{B}]", ("a",), ["2:1: error: not valid JSON: more after the end of the list"]),
        (f"{A} trailing\n{B}", ("a",), ["1:29: error: not valid JSON: Expecting value"]),
        ('{"id": "c", "title":\n' + A, (), ["2:28: error: not valid JSON: Expecting ',' delimiter"]),
        ("[\n  " + A + ',\n  {"id": "c"\n    "author": [\n    {}]},\n  ' + B + "\n]", ("a",),
         ["4:5: error: not valid JSON: Expecting ',' delimiter"]),
        (f"[{A}, 12]", ("a",), ["1: error: expected a work as a mapping of variables, got '12'"]),
        ('{"references": 5}', (), ["1: error: type: is missing; give the CSL type, such as book, article-journal or webpage"]),
        ("[" + "]" * 1000, (), ["1:3: error: not valid JSON: more after the end of the list"]),
        ("[", (), ["1:2: error: not valid JSON: the list is not closed"]),
        (f"[{A}, ", ("a",), ["1:30: error: not valid JSON: the list is not closed"]),
        ("{bad\n" * 1000, (), ["1:2: error: not valid JSON: Expecting property name enclosed in double quotes"]),
    ],
)  # fmt: skip
def test_invalid_json_is_reported_and_the_items_before_it_are_read(
    text: str, ids: tuple[str, ...], messages: list[str]
):
    """The first error of a list, or of items one after another, is named at its place and ends the reading."""
    assert ids_and_problems(text) == (ids, messages)


@pytest.mark.parametrize(
    ("broken", "messages"),
    [
        ('{"id": "c", "title":', ["2:21: error: not valid JSON: Expecting value"]),
        ('{"id": "c"} trailing', ["2: error: c: type: is missing; give the CSL type, such as book, article-journal or "
         "webpage", "2:13: error: not valid JSON: Expecting value"]),
        ("{bad}", ["2:2: error: not valid JSON: Expecting property name enclosed in double quotes"]),
        ("just words", ["2:1: error: not valid JSON: Expecting value"]),
        ("[" * 20_000, ["2:1: error: not valid JSON: nested too deeply"]),
        ("[" * 102, ["2:1: error: not valid JSON: nested too deeply"]),  # whatever this Python can read
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["csl-json", "csl-jsonl"])
def test_broken_line_of_json_lines_hides_no_other(name: Any, broken: str, messages: list[str]):
    """Each line is read by itself; the first one says that the text is JSON lines."""
    problems: list[refs.Problem] = []
    library = refs.parse(f"{A}\n{broken}\n{B}\n", name, on_problem=problems.append)
    assert library.ids == ("a", "b")
    assert [str(problem).removeprefix("<string>:") for problem in problems] == messages


@pytest.mark.parametrize("key", ["custom\x00", "\ud800"])
def test_key_with_a_forbidden_character_is_refused(key: str):
    """Control characters and half surrogates are refused in keys, at any depth."""
    assert ids_and_problems(json.dumps({"id": "a", "type": "book", "x": [{key: 1}]})) == (
        (), [f"1: error: a: the character U+{ord(key[-1]):04X} is not allowed; remove it"],
    )  # fmt: skip


def test_deep_nesting_is_refused():
    """An item of its too great a depth is reported; the next is read."""
    text = '{"id": "a", "type": "book", "x": ' + "[" * 200 + "]" * 200 + "}\n" + B
    assert ids_and_problems(text) == (("b",), ["1: error: a: nested deeper than 100 levels"])


def test_repeated_key_among_many_is_named():
    """The repeated key is named."""
    text = "{" + ", ".join(f'"k{n}": 1' for n in range(20_000)) + ', "k7": 2}'
    assert ids_and_problems(text)[1] == ["1: error: the key 'k7' is given twice in one object"]


def test_extra_numbers_keep_their_digits():
    """What has no variable is written again as it was; what has one is text."""
    text = (
        '{"id": "a", "type": "book", "volume": 1.10, "score": 1.10, "n": 2, "custom": {"x": [1e400, -0, null, true]}}'
    )
    out = refs.render(refs.parse(text, "csl-json"), "csl-json")
    assert loads(out)[0] == {
        "id": "a", "type": "book", "volume": "1.10", "score": "1.10", "n": "2",
        "custom": {"x": ["1e400", "-0", None, True]},
    }  # fmt: skip
    assert '"score": 1.10,' in out
    assert '"volume": "1.10",' in out


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(_json, st.sampled_from([None, "\n", "\n  "]))
def test_json_is_written_as_the_standard_library_does(value: Any, pad: str | None):
    """On one line, and indented."""
    assert json.loads(dumps(value, pad)) == value
    if pad == "\n":
        assert dumps(value, pad) == json.dumps(value, ensure_ascii=False, indent=2)
    assert dumps(loads(dumps(value)), pad) == dumps(value, pad)


CROSSREF = {
    "DOI": "10.1234/x", "type": "journal-article", "title": ["Peace"], "container-title": ["J"], "short-container-title": [],
    "ISSN": ["1234-5678", "2345-6789"], "issued": {"date-parts": [[2001, 5]]}, "accessed": {"date-parts": [[None]]},
    "author": [
        {"given": "I.", "family": "Usmonov", "sequence": "first", "ORCID": "x", "affiliation": []}, {"name": "CERN"},
    ],
}  # fmt: skip


def test_crossref_items_are_read():
    """Lists of one, Crossref's types, names with more than CSL knows, a date that is none, no id."""
    ids, messages = ids_and_problems(json.dumps({"status": "ok", "message": CROSSREF}))
    assert (ids, messages) == (
        ("usmonov_peace_2001",), ["1: warning: the item has no id; it is read as 'usmonov_peace_2001'"],
    )  # fmt: skip
    work = item(**CROSSREF)
    assert (work.type, work.title, work.container_title, work.issn) == (
        "article-journal",
        "Peace",
        "J",
        "1234-5678, 2345-6789",
    )
    assert work.author == (Name(family="Usmonov", given="I."), Name(literal="CERN"))
    assert (str(work.issued), work.accessed) == ("2001-05", None)


def test_extra_crossref_data_is_written_back():
    """Names as they came, for as long as they are the same; Crossref's type under custom."""
    work = item(**CROSSREF)
    found = written(work)
    assert found["author"] == CROSSREF["author"]
    assert (found["type"], found["custom"]) == ("article-journal", {"crossref-type": "journal-article"})
    assert found["short-container-title"] == []
    again = refs.parse(json.dumps(found), "csl-json").works[0]
    assert written(again) == found
    changed = work.model_copy(update={"author": (Name.parse("Burton, J."),)})
    assert written(changed)["author"] == [{"family": "Burton", "given": "J."}]


def test_first_of_two_titles_is_taken_and_a_strict_reader_refuses_them():
    """What is not plain text is reported at its variable."""
    text = '{"id": "a", "type": "book", "title": ["x", "y"]}'
    assert ids_and_problems(text) == (("a",), ["1: warning: a: title: expected text, got a list; 'x' is taken"])
    with pytest.raises(refs.InputError, match="1: error: a: title: expected text, got a list"):
        refs.parse(text, "csl-json", strict=True)


def test_extra_key_does_not_replace_a_variable():
    """The work's own value counts."""
    work = item(title="T", custom={"extra": {"csl-json": {"title": '"forged"', "author": "{", "id": "1"}}})
    assert written(work) == {"id": "a", "type": "book", "title": "T"}


def test_empty_date_is_not_written():
    """Nothing reads it."""
    work = item(title="T").model_copy(update={"issued": PartialDate()})
    for name in ("csl-json", "csl-yaml", "ris"):
        assert refs.parse(refs.render([work], name), name)["a"].issued is None


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        ([{"year": 2020, "month": 1}], "2020-01"),
        ({"year": 2020}, "2020"),
        ([{"year": 2020, "month": 1, "day": 5}, {"year": 2021}], "2020-01-05/2021"),
        ({"year": 2020, "season": 2}, "2020-22"),
        ({"date-parts": [[2020, 1]]}, "2020-01"),
        ("2020-01", "2020-01"),
        ({"date-parts": [[0]]}, "None"),
        ({"date-parts": [[2020], [0]]}, "2020/.."),
    ],
)
def test_date_forms_of_other_programs_are_read(issued: Any, expected: str):
    """A date by its parts, as pandoc and Better BibTeX write it, or none, in JSON and in YAML."""
    assert str(item(issued=issued).issued) == expected
    yaml = "- {id: a, type: book, title: T, issued: " + json.dumps(issued) + "}"
    assert str(refs.parse(yaml, "csl-yaml")["a"].issued) == expected


def test_yaml_accepts_the_keys_that_json_accepts():
    """CSL 1.0 names, and our keys under custom."""
    text = """
- id: a
  type: book
  title: T
  event: E
  shortTitle: S
  journalAbbreviation: J
  author: [{family: Лотман}]
  custom:
    translated-title: Peace
    transliterated-author: [{family: Lotman}]
    extra: {bibtex: {eprint: x}}
"""
    work = refs.parse(text, "csl-yaml")["a"]
    assert (work.event_title, work.title_short, work.container_title_short) == ("E", "S", "J")
    assert work.translated_title == "Peace"
    assert work.author[0].transliterated is not None
    assert work.extra[0].field == "eprint"
    assert refs.parse(refs.render([work], "csl-yaml"), "csl-yaml")["a"] == work


def test_yaml_refuses_unknown_keys_under_custom_too():
    """At their place, with the word that was meant."""
    with pytest.raises(refs.InputError) as caught:
        refs.parse("- id: a\n  type: book\n  title: T\n  custom:\n    translated-titel: x\n", "csl-yaml", strict=True)
    assert str(caught.value) == (
        "<string>:5:5: error: a: custom.translated-titel: unknown key 'translated-titel', did you mean 'translated-title'?"
    )


@pytest.mark.parametrize("name", ["csl-json", "csl-yaml", "ris"])
@pytest.mark.parametrize("words", ["in press, 2020", "May 5, 2001", "535 BCE", "2001", "n.d."])
def test_words_in_place_of_a_date_come_back_as_words(name: FormatName, words: str):
    """Even where they look like a date."""
    work = item(title="T", issued={"literal": words})
    again = refs.parse(refs.render([work], name, on_loss="ignore"), name, on_problem=lambda _: None)
    assert again["a"].issued == PartialDate(literal=words)
