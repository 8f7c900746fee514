"""RIS: what comes in goes out, what we hold comes back exactly, and no value forges a line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

import tajikpeace_refs as refs
from tajikpeace_refs.formats._ris import converters
from tajikpeace_refs.model import ExtraField, Name, PartialDate
from tajikpeace_refs.model.work import EDITORIAL, SPELLING, TYPES, WORK
from tests import strategies


def work(**variables: Any) -> refs.Work:
    """Return a work of any type."""
    return WORK.validate_python({"id": "a", "type": "book", "title": "T", **variables})


def one(*lines: str, ty: str = "JOUR") -> refs.Work:
    """Return the work of a record with some lines."""
    text = "\r\n".join([f"TY  - {ty}", "ID  - a", *lines, "ER  - ", ""])
    library = refs.parse(text, "ris", on_problem=lambda _: None)
    return library["a"]


def written(given: refs.Work) -> list[str]:
    """Return the lines between ID and ER of a work."""
    text = refs.render([given], "ris", on_loss="ignore")
    return text.split("\r\n")[2:-3]


def back(given: refs.Work) -> refs.Work:
    """Return a work as it comes back from RIS."""
    return refs.parse(refs.render([given], "ris", on_loss="ignore"), "ris").works[0]


_ODD_NAMES = st.builds(
    Name,
    family=st.sampled_from([None, "Plato", "de Gaulle", "Smith, Jr", "Van Gogh", "et al.", "García López"]),
    given=st.sampled_from([None, "J", "J, K", "J van", "A.  B."]),
    suffix=st.sampled_from([None, "III"]),
    non_dropping_particle=st.sampled_from([None, "Van Der", "d'"]),
    dropping_particle=st.sampled_from([None, "Von"]),
    comma_suffix=st.sampled_from([None, True]),
    static_ordering=st.sampled_from([None, True]),
).filter(lambda name: name.family or name.given) | st.builds(
    Name, literal=st.sampled_from(["A, B and C", "{x}", "Smith, John", "[sic]", '"Q"', " x ", "a\nb"])
)
_LINES = st.sampled_from(
    ["one\n\ntwo", " lead", "csl-note: x", '"quoted"', "{x}", "[1]", "a\u2028b", "TY  - BOOK", "x\r\nER  - \r\nTY  - JOUR",
     "10.1234/x", "doi:10.1234/x", "English", "1234-5678", "xii, 345", "1-2", "1–2", "A-12", "A-12–A-15", "3--5", "2001"]
)  # fmt: skip


@pytest.mark.filterwarnings("ignore:.*line separator")
@settings(max_examples=200)
@pytest.mark.filterwarnings("ignore::tajikpeace_refs.reading.InputWarning")  # of names that are none
@given(strategies.works(strategies.odd_texts | _LINES), st.lists(_ODD_NAMES, max_size=3), st.data())
def test_every_work_comes_back_exactly(given: refs.Work, names: list[Name], data: st.DataObject):
    """Whatever RIS has no place for is kept: type, names, dates, texts are equal to what they were."""
    words = data.draw(st.sampled_from(["May 5, 2001", "in press, 2020", "n.d.", "2001", "2003/04", "x\ny"]))
    fields = {
        "author": (*names, Name(literal="others")),
        "accessed": PartialDate(literal=words),
        "keyword": data.draw(st.lists(_LINES)),
    }
    before = WORK.validate_python({**given.variables(), **{k: v for k, v in fields.items() if v}})
    after = back(before)
    assert {k: v for k, v in after.variables().items() if k != "extra"} == {
        k: v for k, v in before.variables().items() if k not in EDITORIAL
    }
    assert refs.render([after], "ris", on_loss="ignore") == refs.render([before], "ris", on_loss="ignore")


@pytest.mark.parametrize("csl", TYPES)
def test_every_type_is_written_with_a_ty(csl: str):
    """No record without a TY, whatever the work was read from."""
    text = refs.render([work(type=csl)], "ris", on_loss="ignore")
    assert text.startswith("TY  - ")
    assert text.split("\r\n")[0] != "TY  - "
    assert back(work(type=csl)).type == csl


@pytest.mark.parametrize("ty", ["", "GEN", "EJOUR"])
def test_rare_ty_is_written_back_as_it_came(ty: str):
    """An empty one is GEN."""
    assert refs.render([one(ty=ty)], "ris").startswith(f"TY  - {ty or 'GEN'}\r\n")


@pytest.mark.parametrize(
    ("lines", "issued"),
    [
        (["DA  - MAY", "PY  - 2001"], "2001-05"),
        (["PY  - 2001", "DA  - MAY"], "2001-05"),
        (["Y1  - 2001/Jan-Feb/", "DA  - 2001/01/"], "2001-01/2001-02"),
        (["DA  - 2005///Spring", "PY  - 2005"], "2005-21"),
        (["PY  - 2001", "Y1  - 2002"], "2001"),
        (["PY  - 2001/05/17/Spring"], "2001-05-17"),
        (["PY  - 2001/2002"], "2001/2002"),
        (["DA  - 2001/13/45"], "2001"),
        (["PY  - 2005//07/"], "2005"),
        (["PY  - 17 May 2001"], "2001-05-17"),
        (["PY  - May and June 2001"], "May and June 2001"),
        (["PY  - 1998/99"], "1998"),
        (["PY  - 2005/06/00"], "2005-06"),
        (["DA  - 2005/00/00"], "2005"),
    ],
)
def test_exact_date_wins_over_words_and_every_line_is_kept(lines: list[str], issued: str):
    """Whatever the order; what the date does not say goes out as it came, until the date is changed."""
    found = one(*lines)
    assert str(found.issued) == issued
    assert written(found) == lines
    assert written(found.model_copy(update={"issued": PartialDate.parse("1999")})) == ["PY  - 1999"]


@pytest.mark.parametrize(
    ("lines", "again"),
    [
        (["PY  - 2003/04"], ["PY  - 2003", "DA  - 2003/04//"]),
        (["Y1  - 2001///", "DA  - 2001/05/"], ["PY  - 2001", "DA  - 2001/05//"]),
        (["Y1  - in press"], ["PY  - in press"]),
        (["Y2  - 3 June 2010"], ["Y2  - 3 June 2010"]),
    ],
)
def test_date_is_written_in_one_form(lines: list[str], again: list[str]):
    """A bare year and month is a month; words stay words."""
    assert written(one(*lines)) == again


@pytest.mark.parametrize(
    ("lines", "page"),
    [
        (["SP  - xii, 345", "EP  - xii, 345"], "xii, 345"),
        (["SP  - 5", "EP  - 5"], "5"),
        (["SP  - A-12", "EP  - A-15"], "A-12–A-15"),
        (["SP  - A-12"], "A-12"),
        (["SP  - 1-10", "EP  - 10"], "1-10"),
        (["SP  - 1-10"], "1-10"),
        (["SP  - 195", "EP  - 202"], "195-202"),
        (["EP  - 12"], None),
    ],
)
def test_pages_are_joined_only_where_they_make_a_range(lines: list[str], page: str | None):
    """Both lines go out as they came."""
    found = one(*lines)
    assert found.page == page
    assert written(found) == lines


def test_sn_holds_isbn_and_issn():
    """The number shows which it is, read and written."""
    found = one("SN  - 1234-5678", "SN  - 978-3-16-148410-0", ty="CONF")
    assert (found.issn, found.isbn) == ("1234-5678", "978-3-16-148410-0")
    assert written(found) == ["SN  - 978-3-16-148410-0", "SN  - 1234-5678"]
    assert written(work(ISSN="electronic")) == ["TI  - T", "ZZ  - csl-ISSN: electronic"]


def test_authors_of_an_edited_book_are_editors():
    """EndNote's EDBOOK, as Zotero reads it; it goes out as it came."""
    lines = ["AU  - Usmonov, I.", "A2  - Ser, E.", "A4  - Trans, L."]
    found = one(*lines, ty="EDBOOK")
    assert (found.author, found.editor, found.collection_editor) == (
        (),
        (Name.parse("Usmonov, I."),),
        (Name.parse("Ser, E."),),
    )
    assert refs.render([found], "ris").startswith("TY  - EDBOOK\r\n")
    assert written(found) == lines


@pytest.mark.parametrize(
    ("ty", "tag", "variable"),
    [("RPRT", "ED", "editor"), ("RPRT", "A2", "collection_editor"), ("GEN", "A2", "editor"), ("PCOMM", "A2", "recipient"),
     ("MPCT", "A3", "producer"), ("SOUND", "A2", "performer"), ("INTV", "A2", "interviewer"), ("CHAP", "A2", "editor")],
)  # fmt: skip
def test_type_decides_the_role_of_a2_and_a3(ty: str, tag: str, variable: str):
    """The roles of Zotero's translator."""
    assert getattr(one(f"{tag}  - Usmonov, I.", ty=ty), variable) == (Name.parse("Usmonov, I."),)


@pytest.mark.parametrize("tag", ["JO", "JA", "J1"])
def test_short_journal_title_is_the_title_where_there_is_no_other(tag: str):
    """It goes out as it came; beside a full title it is the short one."""
    found = one(f"{tag}  - J. Peace")
    assert (found.container_title, found.container_title_short) == ("J. Peace", None)
    assert written(found) == [f"{tag}  - J. Peace"]
    both = one("T2  - Journal of Peace", f"{tag}  - J. Peace")
    assert (both.container_title, both.container_title_short) == ("Journal of Peace", "J. Peace")
    assert back(work(type="article-journal", container_title_short="J")).container_title is None


def test_doi_is_written_without_its_resolver():
    """The prefix is taken off; a record that came with one goes out with it."""
    assert "DO  - 10.1234/x" in written(work(DOI="https://doi.org/10.1234/x"))
    assert one("DO  - doi:10.1234/x").doi == "10.1234/x"
    assert written(one("DO  - doi:10.1234/x")) == ["DO  - doi:10.1234/x"]


def test_paragraphs_are_kept_in_a_passthrough_line():
    """The tag has one line, for other programs; ours has the paragraphs."""
    assert written(work(abstract="one\n\ntwo"))[1:] == ["AB  - one two", 'ZZ  - csl-abstract: "one\\n\\ntwo"']


@pytest.mark.parametrize(
    ("name", "line"),
    [
        (Name(family="Plato"), "AU  - Plato,"),
        (Name(literal="A, B and C"), "AU  - A, B and C"),
        (Name(family="de Gaulle", given="Charles"), "AU  - de Gaulle, Charles"),
    ],
)
def test_name_that_its_tag_cannot_express_comes_back(name: Name, line: str):
    """The tag is for other programs; a name whose tag was changed elsewhere is not put in its place."""
    text = refs.render([work(author=(name, Name.parse("Usmonov, I.")))], "ris", on_loss="ignore")
    assert line in text.split("\r\n")
    assert refs.parse(text, "ris")["a"].author == (name, Name.parse("Usmonov, I."))


@pytest.mark.parametrize(
    "line",
    ["note: hello", "type: book", "issued: not a date", "csl-issued: not a date", "csl-type: bok", "csl-zzz: x", "csl-id: ",
     'csl-author: {"famly": "X"}', "my note: with", "csl-foreign: x", "csl-title: {", "csl-corrections: x"],
)  # fmt: skip
def test_zz_line_of_another_program_is_kept(line: str):
    """A ZZ line that is not ours, or has no valid value, neither spoils the record nor is lost."""
    found = one("TI  - T", f"ZZ  - {line}")
    assert found.type == "article-journal"
    assert f"ZZ  - {line.strip()}" in written(found) or found.title == "{"


@pytest.mark.parametrize(
    "fields",
    [
        {"ris": {"ER": "", "X\nY": "z"}}, {"ris": {"XX": "z\r\nER  - \r\nTY  - JOUR"}}, {"ris": {"TY": "JOUR"}},
        {"ris-as-written": {"TY": "JOUR\r\nER  - "}}, {"ris-as-written": {"TI": "T\r\nER  - \r\nTY  - BOOK"}},
        {"bibtex": {"a b: c": "d\ne"}}, {"ris": {"toolong": "x"}},
    ],
)  # fmt: skip
def test_extra_field_cannot_forge_or_end_a_record(fields: dict[str, dict[str, str]]):
    """What is no line of RIS is kept in a passthrough line, and comes back."""
    before = work(extra=fields)
    after = refs.parse(refs.render([before], "ris", on_loss="ignore"), "ris")
    assert len(after) == 1
    assert after.works[0].variables() | {"extra": ()} == before.variables() | {"extra": ()}
    kept = {field for field in before.extra if field.format != "ris-as-written"}
    assert kept <= set(after.works[0].extra)


def test_id_with_a_line_end_comes_back():
    """An id with a line end comes back, and forges nothing."""
    text = refs.render([work(id="a\r\nER  - \r\nTY  - JOUR")], "ris")
    assert refs.parse(text, "ris").ids == ("a\r\nER  - \r\nTY  - JOUR",)


def test_tag_is_recognised_only_in_the_spelling_of_its_ty():
    """A wrapped abstract is no tag because it holds a country; a missing ER is seen whatever the spaces."""
    text = "TY  - JOUR\nID  - a\nAB  - Relations\nUS - China and the\nUN - role\nER -\nTY - BOOK\nID - b\nER  - TY  - BOOK\nID  - c\nER  - \n"
    library = refs.parse(text, "ris")
    assert library.ids == ("a", "b", "c")
    assert library["a"].abstract == "Relations US - China and the UN - role"
    assert library["a"].extra == ()


@pytest.mark.filterwarnings("ignore::tajikpeace_refs.reading.InputWarning")  # of names like A, B
def test_ten_thousand_lines_of_one_tag_are_read():
    """Ten thousand authors and keywords, and as many lines of one value."""
    lines = ["AU  - A, B", "KW  - k", "ZZ  - csl-chair: C, D", 'ZZ  - csl-author: {"family": "A, B"}'] * 10_000
    found = one(*lines, "AB  - x", *["y"] * 10_000)
    assert [len(found.author), len(found.keyword), len(found.chair)] == [10_000, 10_000, 10_000]
    assert found.abstract == "x" + " y" * 10_000


def test_passthrough_value_is_json_only_where_plain_text_would_read_back_otherwise():
    """Readable lines stay readable."""
    lines = written(work(event_place="Tokyo", original_date="1999", chair=[{"literal": "A, B"}], status='"x"'))
    assert lines[1:] == [
        "ZZ  - csl-chair: {A, B}", "ZZ  - csl-original-date: 1999", "ZZ  - csl-event-place: Tokyo",
        "ZZ  - csl-status: " + json.dumps('"x"'),
    ]  # fmt: skip


_PLAIN = st.builds(Name, family=st.sampled_from(["Usmonov", "O’Neil", "Lee-Ann Van", "Жуков"]), given=st.just("J. Ann"))


@given(_PLAIN | _ODD_NAMES | strategies.any_names)
@example(Name(family="A\nB", given="C"))
@example(Name(family="A", given="B", suffix="III"))
def test_plain_name_follows_the_rules_of_all_names(name: Name):
    """Where the pattern of plain names fits, the rules for every name write and read the same."""
    shown = converters.tag_name(name)
    if name.is_bare and converters.PLAIN_NAME.fullmatch(f"{name.family}, {name.given}"):
        assert shown == f"{name.family}, {name.given}"
    if converters.PLAIN_NAME.fullmatch(shown):
        assert Name.parse(shown) == converters.read_name(shown)
        assert converters.tag_name(Name.parse(shown)) == shown


_ALLOWED = st.characters(exclude_categories=["Cc", "Cs", "Cn"])
"""What a work may hold (model/characters.py)."""


@given(st.lists(st.tuples(*[st.text(_ALLOWED, max_size=5)] * 3).map(lambda parts: ExtraField(*parts))).map(tuple))
def test_extra_fields_of_a_reader_equal_the_validated_ones(fields: tuple[ExtraField, ...]):
    """They pass at once; the same as plain tuples are validated, and what is no text still is."""
    assert work(extra=fields).extra == work(extra=[tuple(field) for field in fields]).extra == fields
    assert work(extra=(ExtraField._make(["ris", "XX", 1]),)).extra == (ExtraField("ris", "XX", "1"),)


CASES = yaml.safe_load((Path(__file__).parent / "data" / "ris.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["reads"], ids=lambda case: case["kind"])
def test_tags_mean_what_the_type_and_the_source_say(case: dict[str, Any]):
    """A record's variables, and its lines written back; what is kept in other lines stays there."""
    found = one(*case["lines"], ty=case["ty"])
    item = {variable: found_value(found, variable) for variable in case["gives"]}
    assert item == {variable: None if value is None else value for variable, value in case["gives"].items()}
    again = back(found)
    assert again.model_copy(update={"extra": ()}) == found.model_copy(update={"extra": ()})
    assert sorted(written(again)) == sorted(written(found))


def found_value(given: refs.Work, variable: str) -> Any:
    """Return a variable in the form that the cases have: names and dates as text, None for what is missing."""
    attribute = next(name for name, spelling in SPELLING.items() if spelling == variable)
    value = getattr(given, attribute)
    if isinstance(value, PartialDate):
        return yaml.safe_load(str(value))
    if variable == "keyword":
        return list(value)
    return "; ".join(map(str, value)) or None if isinstance(value, tuple) else value


@pytest.mark.parametrize("case", CASES["writes"], ids=lambda case: str(case["work"]["type"]))
def test_other_programs_get_the_tags_that_they_read(case: dict[str, Any]):
    """The tags are those of Zotero and EndNote for the type; what has none is reported, and comes back all the same."""
    losses: list[refs.Loss] = []
    before = WORK.validate_python({"id": "a", **case["work"]})
    text = refs.render([before], "ris", on_loss=losses.append)
    lines = [line for line in text.split("\r\n") if line and not line.startswith(("ID", "ZZ", "ER", "TI"))]
    assert sorted(lines) == sorted(case["lines"])
    assert [loss.variable for loss in losses] == case.get("losses", [])
    assert back(before) == before


def test_unknown_ty_is_reported_and_read_as_an_article():
    """Zotero takes it for a journal article; the words come back as they came."""
    problems: list[refs.Problem] = []
    text = "TY  - Research Note\nID  - a\nTI  - T\nJO  - Waters\nER  - \n"
    library = refs.parse(text, "ris", on_problem=problems.append)
    assert (library["a"].type, library["a"].container_title) == ("article-journal", "Waters")
    assert [str(problem) for problem in problems] == [
        "<string>:1: warning: a: type: the type 'Research Note' is not known; it is read as a journal article"
    ]


def test_type_may_stand_anywhere_in_a_record():
    """ER ends a record; a line of another format's header before it is no matter."""
    text = "FN Base\nVR 1.0\nTI  - One\nTY  - JOUR\nID  - a\nER  - \n\nAU  - X, Y\nTI  - Two\nID  - b\nTY  - BOOK\nER  - \n"
    library = refs.parse(text, "ris")
    assert [(work.id, work.type, work.title) for work in library] == [
        ("a", "article-journal", "One"),
        ("b", "book", "Two"),
    ]
