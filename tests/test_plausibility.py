"""What can hardly be meant: placeholders, wrong encodings, invisible characters, what carriers put into texts."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import yaml

import tajikpeace_refs as refs
from tajikpeace_refs import formats
from tajikpeace_refs.conversion import Conversion
from tajikpeace_refs.lint import lint_text
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import WriteOptions
from tajikpeace_refs.text.carriers import decode_carriers
from tajikpeace_refs.text.plausibility import doubts, is_plain, placeholders, repair_encoding
from tests.conftest import DATA

TABLE: dict[str, Any] = yaml.safe_load((DATA / "plausibility.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("raw", "text"), TABLE["carriers"]["read"].items())
def test_references_and_tags_of_carriers_are_read(raw: str, text: str):
    """HTML 4.01 and 5 (character references), JATS 1.3, MathML 3, Wiley's and Scopus' tags."""
    assert decode_carriers(raw) == text
    assert not is_plain(raw)


@pytest.mark.parametrize("text", TABLE["carriers"]["stay"])
def test_text_that_is_no_reference_and_no_tag_stays(text: str):
    """A plain ampersand, a sign of comparison, a tag alone, and a text that speaks of a reference."""
    assert decode_carriers(text) == text


@pytest.mark.parametrize(("raw", "text"), TABLE["tex"]["read"].items())
def test_references_in_tex_become_tex(raw: str, text: str):
    r"""Crossref writes ``{\&}amp$\mathsemicolon$``; what means something to TeX is escaped."""
    assert decode_carriers(raw, is_tex=True) == text


@pytest.mark.parametrize("text", TABLE["tex"]["stay"])
def test_ampersands_of_tex_stay(text: str):
    """An escaped ampersand is text, a bare one is TeX's."""
    assert decode_carriers(text, is_tex=True) == text


@pytest.mark.parametrize(("raw", "text"), TABLE["encoding"]["read"].items())
def test_text_in_a_wrong_encoding_is_repaired(raw: str, text: str):
    """UTF-8 that was read as Windows-1252, as Windows-1251, or twice so, gives one text only."""
    assert repair_encoding(raw) == text


@pytest.mark.parametrize("text", TABLE["encoding"]["stay"])
def test_text_in_its_own_encoding_stays(text: str):
    """Letters that could be bytes of UTF-8, and are letters."""
    assert repair_encoding(text) is None


@pytest.mark.parametrize(
    ("variable", "text"), [(name, text) for name, texts in TABLE["placeholders"]["are"].items() for text in texts]
)
def test_placeholder_is_no_number(variable: str, text: str):
    """Python's None, R's NA, pandas' nan, 0 of publishers that have no number yet."""
    assert placeholders({variable: text}) == [variable]


@pytest.mark.parametrize(
    ("variable", "text"), [(name, text) for name, texts in TABLE["placeholders"]["are_not"].items() for text in texts]
)
def test_number_and_title_are_no_placeholders(variable: str, text: str):
    """An edition or version may be 0, a first page too; a title may be any word."""
    assert placeholders({variable: text}) == []


BIB = "@article{a, author={Reed, A.}, title={Roads &amp; Rails}, journal={J}, volume={0}, pages={n/a--n/a}, year={2019}}\n"
RIS = "TY  - JOUR\nID  - a\nAU  - M&uuml;ller, K.\nTI  - Roads &amp; Rails\nVL  - None\nSP  - nan\nEP  - nan\nPY  - 2019\nER  - \n"
JSON = '[{"id": "a", "type": "article-journal", "title": "Roads &amp; Rails", "volume": "n/a", "page": "n/a-n/a"}]'


@pytest.mark.parametrize(("text", "format_name"), [(BIB, "bibtex"), (RIS, "ris"), (JSON, "csl-json")])
def test_placeholders_are_left_out_reported_and_written_back(text: str, format_name: Any):
    """No number in the work; a warning names work, variable and line; the source's own field comes back."""
    problems: list[refs.Problem] = []
    library = refs.parse(text, format_name, on_problem=problems.append)
    work = library["a"]
    assert (work.title, work.volume, work.page) == ("Roads & Rails", None, None)
    assert {(each.work_id, each.variable, each.line, each.severity) for each in problems} == {
        ("a", "volume", 1, "warning"), ("a", "page", 1, "warning"),
    }  # fmt: skip
    written = refs.render(library, format_name)
    again = refs.parse(written, format_name, on_problem=lambda _: None)
    assert again["a"] == work
    assert {"n/a", "None"} & {*written.replace('"', " ").replace("{", " ").replace("}", " ").replace("--", " ").split()}


def test_references_in_names_are_read_before_the_names():
    """A semicolon of a reference parts no names."""
    assert refs.parse(RIS, "ris", on_problem=lambda _: None)["a"].author[0].family == "Müller"
    bib = "@book{a, author={M&uuml;ller, K. and Nu&ntilde;ez, L.}, title={T}, publisher={A &amp; B}}"
    work = refs.parse(bib, "bibtex")["a"]
    assert [name.family for name in work.author] == ["Müller", "Nuñez"]
    assert (work.publisher, "&amp;" in refs.render(work, "biblatex")) == ("A & B", False)


@pytest.mark.parametrize(
    ("text", "format_name", "variable"),
    [
        ("@book{a, author={MÃ¼ller, K.}, title={T}, publisher={P}}", "bibtex", "author"),
        ("TY  - BOOK\nID  - a\nAU  - MÃ¼ller, K.\nTI  - T\nER  - \n", "ris", "AU"),
        ('[{"id": "a", "type": "book", "title": "T", "author": [{"family": "MÃ¼ller", "given": "K."}]}]', "csl-json", "author[0].family"),
    ],
)  # fmt: skip
def test_wrong_encoding_is_repaired_with_a_warning(text: str, format_name: Any, variable: str):
    """The reader repairs what is certain, and says so."""
    problems: list[refs.Problem] = []
    work = refs.parse(text, format_name, on_problem=problems.append)["a"]
    assert work.author[0].family == "Müller"
    assert [(each.variable, each.severity) for each in problems] == [(variable, "warning")]
    assert "Müller" in problems[0].message


def test_what_is_doubtful_and_not_certain_is_reported_and_stays():
    """Half of a text in a wrong encoding; an invisible character."""
    work = Work.from_csl({"id": "a", "type": "book", "title": "Müller und MÃ¼ller", "publisher": "Quay\u200b Press"})
    assert [(each.code, each.path, each.words, each.replacement) for each in doubts(work)] == [
        ("TP415", ("title",), "Ã¼", None), ("TP416", ("publisher",), "\u200b", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["bibtex", "ris", "csl-json", "csl-yaml"])
def test_control_character_is_reported_with_the_sign_of_windows_1252(form: Any):
    """U+0080 to U+009F print nothing; the Encoding Standard reads Latin-1 as Windows-1252, whose dash 0x96 is."""
    texts = {
        "bibtex": "@book{a, title={War \x96 peace\x85}}", "ris": "TY  - BOOK\nID  - a\nTI  - War \x96 peace\x85\nER  - \n",
        "csl-json": '[{"id": "a", "type": "book", "title": "War \x96 peace\x85"}]',
        "csl-yaml": '- {id: a, type: book, title: "War \\x96 peace\\x85"}',
    }  # fmt: skip
    work = refs.parse(texts[form], form, on_problem=lambda _: None)["a"]
    [doubt] = doubts(work)
    assert (doubt.code, doubt.words, doubt.at, doubt.replacement) == ("TP416", "\x96", 4, None)
    assert doubt.message == "a control character (U+0096), '–' in Windows-1252; compare with the source"


@pytest.mark.parametrize("title", ["می‌خواهم", "नमस्\u200dते", "Family 👨\u200d👩\u200d👧", "ไทย\u200bแลนด์"])
def test_joiners_belong_to_their_scripts(title: str):
    """Persian and Devanagari need joiners, emoji are built with them, Thai parts words by a space of no width."""
    assert list(doubts(Work.from_csl({"id": "a", "type": "book", "title": title}))) == []


def test_an_executor_gives_the_same_warnings():
    """Doubts come in the same order as without one."""
    text = BIB + BIB.replace("{a,", "{b,") + BIB

    def problems(executor: Any) -> list[str]:
        found: list[refs.Problem] = []
        conversion = Conversion(io.StringIO(text), formats.get("bibtex"), "x.bib", found.append)
        "".join(conversion.render(formats.get("ris"), WriteOptions(on_loss="ignore"), executor))
        return [str(each) for each in found]

    with ThreadPoolExecutor(2) as pool:
        assert problems(pool) == problems(None) != []


def test_sound_work_gives_no_doubt(corpus: refs.Library):
    """Nothing in the shipped corpus is doubted."""
    assert [each for work in corpus for each in doubts(work)] == []


RIS_PLACES = """TY  - JOUR
ID  - a
AU  - Fox, Ann
AU  - SMITH, John
TI  - Sound  work
JO  - Letters
VL  - Vol. 3
PY  - 2003
SN  - 1234-5678
ER  -
"""
BIB_PLACES = """Words.
@article(a, author="Fox, Ann and SMITH, John", title = {A {War}},
 journal={Letters}, volume={13 (4)}, issn = "1234-5678",
 year=2003)
@book{b, author={Fox, Ann}, title={B}, publisher={Quay: {A} Press}, isbn={978-0-306-40615-8}, year=2004}
"""


@pytest.mark.parametrize(
    ("text", "format_name", "places"),
    [
        (RIS_PLACES, "ris", {("TP406", 4, 7), ("TP407", 5, 12), ("TP203", 9, 7)}),
        (BIB_PLACES, "biblatex", {("TP406", 2, 34), ("TP308", 3, 29), ("TP203", 3, 46), ("TP202", 5, 75)}),
        (BIB_PLACES.replace("\n", "\r\n"), "bibtex", {("TP406", 2, 34), ("TP308", 3, 29), ("TP203", 3, 46), ("TP202", 5, 75)}),
    ],
)  # fmt: skip
def test_finding_in_bib_and_ris_has_the_place_of_its_words(
    text: str, format_name: Any, places: set[tuple[str, int, int]]
):
    """Line and column of the words in the field or tag; what no field gives has the line of the entry."""
    found = {(each.code, each.line, each.column) for each in lint_text(text, format_name)}
    assert places <= found
    missing = [
        each for each in lint_text("\n@book{a, author={B, C.}, title={D}, year=2000}", "bibtex") if each.code == "TP101"
    ]
    assert [(each.variable, each.line) for each in missing] == [("publisher", 2)]
