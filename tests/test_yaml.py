"""The YAML loader: what it reads, and the exact words for what it refuses."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import tajikpeace_refs as refs
from tajikpeace_refs.lint import lint_text
from tajikpeace_refs.text.markdown import from_markdown
from tajikpeace_refs.yaml_text import YamlText
from tests import strategies
from tests.conftest import DATA


def problems(text: str) -> list[str]:
    with pytest.raises(refs.InputError) as caught:
        refs.parse(text, "csl-yaml", strict=True)
    return str(caught.value).split("\n")


def test_ten_mistakes_in_ten_works_are_reported_in_one_run():
    """Every mistake has its line, column, work, variable, and hint."""
    with pytest.raises(refs.InputError) as caught:
        refs.load(DATA / "bad" / "ten.yaml", strict=True)
    message = str(caught.value).replace(f"{DATA / 'bad' / 'ten.yaml'}:", "")
    assert message.split("\n") == [
        "3:11: error: one: type: unknown type 'bok', did you mean 'book'?",
        "8:5: error: two: autor: unknown key 'autor', did you mean 'author'?",
        "12:13: error: three: issued: 'June 2008' is not a date; expected YYYY, YYYY-MM, YYYY-MM-DD, a range YYYY/YYYY, "
        "YYYY~ (about), 'in press' or 'n.d.'",
        "13:5: error: four: title: is missing; write title: '' for a work that has none",
        "17:12: error: five: title: expected text, got a list",
        "22:27: error: six: author[0].first: unknown key 'first', did you mean 'given'?",
        "26:23: error: seven: retrieval-needed: expected true or false, got 'perhaps'",
        "27:5: error: references[7]: id: is missing; it must be given",
        "33:60: error: nine: corrections[0].basis: expected 'evident', 'known' or 'stet', got 'evidnt', did you mean "
        "'evident'?",
        "34:9: error: one: id: the id is used twice, first in line 2",
        "37:5: error: one: journal: unknown key 'journal', did you mean 'container-title'?",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("references:\n- id: a\n  id: b\n  type: book\n  title: x", "3:3: error: a: id: the key 'id' is given twice, "
         "first in line 2; keep one"),
        ("references:\n- &x\n  id: a\n  type: book\n  title: x", "2:3: error: a: the anchor &x is not read; remove it"),
        ("references:\n- id: a\n  type: book\n  title: &t x\n- id: b\n  type: book\n  title: *t",
         "4:10: error: a: title: the anchor &t is not read; remove it"),
        ("references:\n- id: !!str a\n  type: book\n  title: x",
         "2:7: error: a: id: the tag tag:yaml.org,2002:str is not read; remove it"),
        ("references: []\n---\nreferences: []", "2:1: error: a second document begins here; keep one document a file"),
        ("references:\n- id: a\n  type: book\n  title: 'x", "4:10: error: not valid YAML: while scanning a quoted scalar, "
         "found unexpected end of stream"),
        ("references: 5", "1:13: error: references: expected a list of works, found '5'"),
        ("", "1:1: error: has no list of works; expected 'references:' and a list of works"),
        ("refs: []", "1:1: error: refs: unknown key 'refs' at the top, did you mean 'references'?"),
        ("references:\n- just text", "2:3: error: references[0]: expected a work as a mapping of variables, got "
         "'just text'"),
        ("references:\n- id: a\n  type: book\n  title: x\x07y", "4:11: error: the character U+0007 is not allowed here; "
         "remove it"),
        ("references: " + "[" * 40, "1:44: error: nested deeper than 32 levels"),
        ("references:\n- id: a\n  type: book\n  title: \ud800", "4:10: error: half a surrogate pair is not a character; "
         "remove it"),
    ],
)  # fmt: skip
def test_bad_form_is_reported_at_its_place(text: str, message: str):
    """Broken syntax once, at its place; anchors, aliases, tags, repeated keys and second documents refused."""
    assert problems(text)[0] == f"<string>:{message}"


def test_alias_bomb_is_refused_at_once():
    """Aliases are never expanded."""
    bomb = "a: &a [x]\n" + "".join(f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True))
    assert any("the alias *a is not read" in line for line in problems(bomb))


def test_scalars_keep_their_text():
    """YAML types nothing: the model does."""
    work = refs.parse(
        "- id: 007\n  type: book\n  title: 1984\n  volume: 010\n  page: 12:30\n  language: no\n  edition: 1.10\n"
        "  ISBN: 0306406152\n  number: 1e3\n  publisher: null\n  issued: 2008-06-27\n  note:\n",
        "csl-yaml",
    )["007"]
    kept = (work.title, work.volume, work.page, work.language, work.edition, work.isbn, work.number, work.publisher)
    assert kept == ("1984", "010", "12:30", "no", "1.10", "0306406152", "1e3", "null")
    assert str(work.issued) == "2008-06-27"
    assert work.note is None


def test_listener_gets_every_problem_and_the_sound_works_are_returned():
    """With a listener, every problem is reported and the sound works are returned."""
    problems: list[refs.Problem] = []
    library = refs.load(DATA / "bad" / "ten.yaml", on_problem=problems.append)
    assert library.ids == ("two", "three", "five", "six", "seven", "nine")
    text = (DATA / "bad" / "ten.yaml").read_text(encoding="utf-8") + "  - {id: good, type: book, title: Sound}\n"
    assert refs.parse(text, "csl-yaml", on_problem=problems.append, strict=True).ids == ("good",)


def test_works_before_a_syntax_error_are_returned():
    """The work that the error falls into is left out; those before it are sound."""
    problems: list[refs.Problem] = []
    text = "references:\n- {id: a, type: book, title: x}\n- {id: b, type: book, title: y}\n- id: c\n  type: book\n  title: 'z"
    assert refs.parse(text, "csl-yaml", on_problem=problems.append).ids == ("a", "b")
    assert len(problems) == 1


plain_data = st.recursive(
    strategies.texts | st.sampled_from(["010", "no", "12:30", "~", "- x", "a: b", "#x", "'", '"', "é"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(strategies.texts, inner, max_size=3),
    max_leaves=12,
)


@given(plain_data)
def test_fast_loader_equals_pyyaml(data: object):
    """Built from events, traced, and loaded by PyYAML's own text-only loader: three times the same data."""
    text = yaml.safe_dump(data, allow_unicode=True)
    plain = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - text only
    source = YamlText(text)
    traced = source.node(())
    assert source.data == plain
    assert traced is not None
    assert traced.data == plain


@given(st.text(max_size=80))
def test_any_text_gives_a_library_or_an_input_error(text: str):
    """Whatever the text, the loader returns or raises InputError."""
    try:
        refs.parse(text, "csl-yaml")
    except refs.InputError as error:
        assert str(error)


@given(strategies.libraries)
def test_library_comes_back_from_yaml(works: list[refs.Work]):
    """Written and read again it is the same; and a reader that types scalars sees the same text."""
    text = refs.render(works, "csl-yaml")
    assert list(refs.parse(text, "csl-yaml")) == works
    for work, record in zip(works, yaml.safe_load(text)["references"], strict=True):
        assert str(record["id"]) == work.id
        assert from_markdown(str(record["title"])) == work.title


def test_front_matter_comes_back_from_yaml(corpus: refs.Library):
    """The source, the proper nouns and every editorial key are written and read again."""
    assert refs.parse(refs.render(corpus, "csl-yaml"), "csl-yaml") == corpus


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("references:\n- title: Таджикистан\n".encode("cp1251"), "2:10: error: the byte 0xD2 is not UTF-8 (it looks like "
         "Windows-1251); name its encoding with --encoding Windows-1251, or save the text as UTF-8"),
        ("references:\n- title: Müller\n".encode("cp1252"), "2:11: error: the byte 0xFC is not UTF-8 (it looks like "
         "Windows-1252); name its encoding with --encoding Windows-1252, or save the text as UTF-8"),
    ],
)  # fmt: skip
def test_other_encoding_is_refused_and_named(tmp_path: Path, data: bytes, message: str):
    """A file that is not UTF-8 is refused at the byte, and its likely encoding named."""
    path = tmp_path / "x.yaml"
    path.write_bytes(data)
    with pytest.raises(refs.InputError) as caught:
        refs.load(path)
    assert str(caught.value) == f"{path}:{message}"


def test_byte_order_mark_and_crlf_are_accepted(tmp_path: Path):
    """A BOM and CRLF change nothing."""
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\xef\xbb\xbfreferences:\r\n- {id: a, type: book, title: x}\r\n")
    assert refs.load(path).ids == ("a",)


def test_misnamed_file_is_recognised(tmp_path: Path):
    """A file in another format than its name says is named."""
    path = tmp_path / "x.yaml"
    path.write_text(json.dumps([{"id": "a", "type": "book", "title": "x"}]), encoding="utf-8")
    with pytest.raises(
        refs.InputError, match=r"1:1: error: looks like CSL-JSON, not CSL-YAML; name its format: csl-json"
    ):
        refs.load(path)


def test_deep_nesting_is_refused_before_the_recursion_limit():
    """Depth is refused by count, long before Python's recursion limit."""
    assert sys.getrecursionlimit() > 32
    for opening in ("- ", "[", "{x: "):
        assert any(line.endswith("nested deeper than 32 levels") for line in problems(opening * 20000 + "x"))


def test_attribute_name_is_refused_as_a_key():
    """In a file a key has one spelling; all that is wrong is still reported at once."""
    text = "- id: a\n  type: book\n  title: x\n  url: http://x.org/\n  container_title: y\n  issued: 20006\n"
    with pytest.raises(refs.InputError) as caught:
        refs.parse(text, "csl-yaml", strict=True)
    assert [str(problem).split(": ", 4)[3:] for problem in caught.value.problems] == [
        ["url", "unknown key 'url', did you mean 'URL'?"],
        ["container_title", "unknown key 'container_title', did you mean 'container-title'?"],
        ["issued", str(caught.value.problems[2]).split(": ", 4)[4]],
    ]


@pytest.mark.parametrize("value", ["2010-11-01 12:57:25", "2010-11-01T12:57:25Z", "2010-11-01", "1e3", "yes"])
def test_value_that_another_reader_changes_is_quoted_under_extra_too(value: str):
    """PyYAML makes a datetime of a point in time; lint reports it where it stands without quotes (TP104)."""
    text = refs.render(
        [refs.Book(id="a", title="T", extra=(refs.ExtraField("bibtex", "posted-at", value),))], "csl-yaml"
    )
    assert yaml.safe_load(text)["references"][0]["extra"]["bibtex"]["posted-at"] == value
    unquoted = "- {id: a, type: book, title: T, foreign: {bibtex: {posted-at: 2010-11-01 12:57:25}}}"
    (found,) = [each for each in lint_text(unquoted, "csl-yaml") if each.code == "TP104"]
    assert (found.line, found.column, found.variable) == (1, 63, "extra.bibtex.posted-at")
