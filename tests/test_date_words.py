"""Words in dates: what YAML, .bib, RIS, CSL-JSON and APA once read each in their own way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

import tajikpeace_refs as refs
from tajikpeace_refs.model.date import PartialDate
from tajikpeace_refs.model.date_words import MONTHS, begins_in_press, month_number, written_date

CASES = yaml.safe_load((Path(__file__).parent / "data" / "date_words.yaml").read_text(encoding="utf-8"))
WRITTEN = [(text, str(iso)) for iso, texts in CASES.items() if str(iso).startswith("2008") for text in texts]


def in_yaml(text: str) -> refs.Library:
    return refs.parse(f"- {{id: a, type: book, title: T, issued: '{text}'}}\n", "csl-yaml")


def in_others(text: str) -> list[refs.Library]:
    """Return a book with the words as its date, as each other format has it."""
    csl = json.dumps([{"id": "a", "type": "book", "title": "T", "issued": {"literal": text}}])
    return [
        refs.parse(csl, "csl-json"),
        refs.parse(f"@book{{a, title = {{T}}, year = {{{text}}}}}", "bibtex", on_problem=lambda _: None),
        refs.parse(f"@book{{a, title = {{T}}, date = {{{text}}}}}", "biblatex", on_problem=lambda _: None),
        refs.parse(f"TY  - BOOK\nID  - a\nTI  - T\nPY  - {text}\nER  - \n", "ris", on_problem=lambda _: None),
    ]


@pytest.mark.parametrize(("shown", "text"), [(shown, text) for shown in ("in press", "n.d.") for text in CASES[shown]])
def test_words_mean_the_same_in_every_format(shown: str, text: str):
    """APA prints "in press" (9.14) or "n.d." (9.17); the record keeps its own words."""
    for library in [in_yaml(text), *in_others(text)]:
        assert refs.render(library, "apa") == f"T. ({shown}).\n"
        assert str(library["a"].issued) == text


@pytest.mark.parametrize("text", CASES["in press"])
def test_a_status_says_what_a_date_does(text: str):
    """``status`` and ``issued`` agree; a state may go on ("accepted for publication")."""
    work = refs.Book(id="a", type="book", title="T", issued="2008", status=f"{text} with Tide Press")
    assert refs.render(refs.Library(works=(work,)), "apa") == "T. (in press).\n"
    assert not begins_in_press(f"not {text}")


@pytest.mark.parametrize(("text", "iso"), WRITTEN)
def test_names_of_months_are_read_in_ris_and_bib_alike(text: str, iso: str):
    """The date is read; the words come back as they were written."""
    ris = refs.parse(f"TY  - MGZN\nID  - a\nTI  - T\nDA  - {text}\nER  - \n", "ris")
    bib = refs.parse(f"@article{{a, title = {{T}}, date = {{{text}}}}}", "biblatex", on_problem=lambda _: None)
    assert [str(ris["a"].issued), str(bib["a"].issued)] == [iso, iso]
    assert f"DA  - {text}\r\n" in refs.render(ris, "ris")
    assert f"date = {{{text}}}" in refs.render(bib, "biblatex")


@pytest.mark.parametrize("text", CASES["words"])
def test_what_is_no_date_stays_words(text: str):
    """A day or month that is none, day and month in any order, a beginning that two months share."""
    assert [str(library["a"].issued) for library in in_others(text)] == [text] * 4
    with pytest.raises(ValueError, match="is not a date"):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    "month", ["jun", "June", "Juni", "juin", "junio", "giugno", "июнь", "июня", "червня", "июн", "6"]
)
def test_the_month_of_an_entry_may_be_named_in_many_languages(month: str):
    """Classic BibTeX has the month in a field of its own."""
    library = refs.parse(f"@book{{a, title = {{T}}, year = 2008, month = {{{month}}}}}", "bibtex")
    assert str(library["a"].issued) == "2008-06"


def test_a_month_is_known_by_its_beginning():
    """Three letters are enough where no other month begins so in any language."""
    assert [month_number(name[:3]) for name in MONTHS] == list(range(1, 13))
    assert [month_number(text) for text in ("sept.", "jui", "ju", "", "spring")] == [9, None, None, None, None]
    assert written_date("2008") is None


@pytest.mark.parametrize(("text", "edtf"), CASES["years"].items())
def test_years_are_read_with_what_is_said_of_them(text: str, edtf: str):
    """About, copyright, two years, before the common era (EDTF's year 0 is 1 BCE)."""
    assert written_date(text) == edtf
    assert str(PartialDate.parse(edtf)) == edtf


def test_a_year_that_a_library_supplies_is_read_in_every_format():
    """ISBD 4.4.6: in square brackets, with a question mark or "ca." where it is not certain."""
    for text, date in (("[1987?]", "1987?"), ("[ca. 1890]", "1890~"), ("[1987]", "1987")):
        assert [str(library["a"].issued) for library in in_others(text)[1:]] == [date] * 3


def test_words_of_ris_that_are_no_date_are_warned_of():
    """They are printed as no date, so who made the file learns of it; "in press" is understood."""
    problems: list[refs.Problem] = []
    text = "".join(
        f"TY  - BOOK\nID  - a{n}\nTI  - T\nPY  - {words}\nER  - \n"
        for n, words in enumerate(("2nd quarter", "in press"))
    )
    refs.parse(text, "ris", on_problem=problems.append)
    assert [(problem.work_id, problem.variable, problem.severity) for problem in problems] == [
        ("a0", "issued", "warning")
    ]
