"""Printed reference lists are read: each field is a piece of what was printed, and every character is accounted for."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import Any

import pytest
import yaml
from conformance.accounts import Faults, faults
from hypothesis import given, settings
from hypothesis import strategies as st

import tajikpeace_refs as refs
from tajikpeace_refs.errors import Problem, UsageError
from tajikpeace_refs.formats.printed import DRAFTED
from tajikpeace_refs.model import Work
from tajikpeace_refs.model.editorial import DOUBTFUL

DATA = Path(__file__).parent / "data"
PAPER = (DATA / "paper.txt").read_text(encoding="utf-8")
STYLES: list[dict[str, Any]] = yaml.safe_load((DATA / "printed.yaml").read_text(encoding="utf-8"))
ROLES = ("author", "editor", "translator", "director")


def read(text: str) -> list[Work]:
    return list(refs.parse(text, "printed", on_problem=lambda _: None))


def shown(work: Work, variable: str) -> Any:
    value = getattr(work, variable)
    return [str(name) for name in value] if variable in ROLES else str(value)


def squeezed(text: str) -> str:
    """Return a text without spaces and dashes, which page ranges and initials have their own of."""
    return re.sub(r"[\s\-‐‑–—]+", "", text)


@pytest.mark.parametrize("case", STYLES, ids=lambda case: case["style"])
def test_a_reference_of_each_style_is_read(case: dict[str, Any]):
    [work] = read(case["printed"])
    assert {variable: shown(work, variable) for variable in case["fields"]} == case["fields"]
    assert work.printed == case["printed"]


def test_fields_are_printed_and_characters_accounted_for():
    """Issue 18: 0 fields that are not in the printed text, 0 characters of it that are nowhere."""
    rendered = [refs.render(refs.load(), name) for name in ("apa", "gost")]
    texts = [case["printed"] for case in STYLES] + [PAPER, *(re.sub(r"[*\\\\]", "", text) for text in rendered)]
    works = read("\n\n".join(texts))
    assert len(works) > 60
    assert {work.printed: found for work in works if (found := faults(work)) != Faults([], [])} == {}


def test_made_references_are_accounted_for():
    """Those that the model is trained on, another seed: any style, any part missing."""
    pytest.importorskip("faker", reason="the extra train makes references")
    training = pytest.importorskip("scripts.train_printed")
    texts = [" ".join(text for _, text in parts) for parts in training.references(300, 77, [])]
    works = [work for text in texts for work in read(text)]
    assert {work.printed: found for work in works if (found := faults(work)) != Faults([], [])} == {}


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_pieces_of_references_are_accounted_for(data: st.DataObject):
    """What is cut out of references at random, and put together, is read or named as unread."""
    pieces = []
    for _ in range(data.draw(st.integers(1, 4))):
        words = data.draw(st.sampled_from(STYLES))["printed"].split()
        start = data.draw(st.integers(0, len(words) - 1))
        pieces += words[start : start + data.draw(st.integers(1, 12))]
    for work in read(" ".join(pieces)):
        assert faults(work) == Faults([], [])


def test_what_was_not_printed_is_found_out():
    """The check itself: a value from elsewhere, and a word that is nowhere."""
    [work] = read("Reiss, H. (1971) Kant’s Political Writings, Cambridge: CUP.")
    assert faults(work) == Faults([], [])
    assert faults(work.replace(publisher="Cambridge University Press")).invented == [
        "publisher: Cambridge University Press"
    ]
    assert faults(work.replace(publisher=None)).unaccounted == ["CUP."]
    assert faults(work.replace(issued="1972")).invented == ["issued: 1972"]


def test_the_paper_gives_its_18_references():
    """The list that the corpus was typed from, in the text of the page; its abstract and its footer are no references."""
    problems: list[Problem] = []
    works = list(refs.parse(PAPER, "printed", on_problem=problems.append))
    known = list(refs.load())
    assert [work.printed for work in works] == [work.printed for work in known]
    assert all("not a reference" in problem.message and problem.severity == "warning" for problem in problems)
    assert any("Internet resources" in remark for remark in works[11].remarks)


def before_corrections(work: Work, variable: str) -> set[str]:
    """Return what a field may be: as it is in the corpus, and as it was printed."""
    value = getattr(work, variable)
    text = "; ".join(map(str, value)) if variable in ROLES else str(value)
    texts = {text}
    for correction in work.corrections:
        if correction.applied and correction.corrected and correction.corrected in text:
            texts.add(text.replace(correction.corrected, correction.printed))
    return {squeezed(each) for each in texts}


def test_the_paper_agrees_with_the_corpus():
    """Type, authors, year and title of 18 of 18; 95 % of all fields."""
    pairs = list(zip(read(PAPER), refs.load(), strict=True))
    variables = ("type", "author", "issued", "title", "translated_title", "publisher", "publisher_place", "volume", "issue",
                 "edition", "container_title", "language", "url", "locator")  # fmt: skip
    asked, wrong = 0, []
    for ours, known in pairs:
        for variable in variables:
            if not getattr(known, variable):
                continue
            asked += 1
            value = getattr(ours, variable)
            text = "; ".join(map(str, value)) if variable in ROLES else str(value)
            if squeezed(text) not in before_corrections(known, variable):
                wrong.append((known.id, variable, text, str(getattr(known, variable))))
    assert [each for each in wrong if each[1] in {"type", "author", "issued", "title"}] == []
    assert len(wrong) <= 0.05 * asked, wrong


def test_each_work_is_a_draft_until_it_is_confirmed():
    works = read("Reiss, H. (1971) Kant’s Political Writings, Cambridge: CUP.")
    assert works[0].remarks[0] == DRAFTED
    assert works[0].id == "reiss1971kant"


LISTS: list[dict[str, Any]] = yaml.safe_load((DATA / "printed_lists.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", LISTS, ids=lambda case: case["is"])
def test_a_list_gives_its_references(case: dict[str, Any]):
    """Each reference on one line as printed; what is left out, and what a work says of its place, is named."""
    problems: list[Problem] = []
    works = list(refs.parse(case["text"], "printed", on_problem=problems.append))
    assert [work.printed for work in works] == case["printed"]
    assert [problem.message for problem in problems] == case.get("left out", [])
    assert [found for work in works if (found := faults(work)) != Faults([], [])] == []
    for number, remarks in case.get("remarks", {}).items():
        assert {*remarks} <= {*works[number - 1].remarks}
    for number, names in case.get("authors", {}).items():
        assert [str(name) for name in works[number - 1].author or works[number - 1].editor] == names


@pytest.mark.parametrize("width", [60, 72, 80, 95])
@pytest.mark.parametrize("indent", ["", "    "])
@pytest.mark.parametrize("number", ["", "[{}] ", "{}. ", "• "])
def test_wrapped_lists_come_out_as_printed(width: int, indent: str, number: str):
    """As pdftotext gives them, without a blank line; where nothing marks a reference, the room on the lines has to."""
    texts = [re.sub(r"^\W*\d+[.\]] ", "", case["printed"]) for case in STYLES]
    printed = [f"{number.format(place)}{text}" for place, text in enumerate(texts, 1)]
    lines = [line for text in printed for line in textwrap.wrap(text, width, subsequent_indent=indent)]
    works = read("References\n\n" + "\n".join(lines))
    found = {work.printed for work in works}
    missing = [text for text in printed if text.removeprefix("• ") not in found]
    assert len(missing) <= (0 if number or indent else 0.1 * len(printed)), missing


def test_doubtful_fields_are_fields_of_the_work():
    for work in read(PAPER + "\n\n" + "\n\n".join(case["printed"] for case in STYLES)):
        fields = work.to_csl() | work.to_csl().get("custom", {})
        doubts = [remark.removeprefix(DOUBTFUL) for remark in work.remarks if remark.startswith(DOUBTFUL)]
        assert {name for doubt in doubts for name in doubt.split(", ")} <= {*fields}


def test_prose_without_a_list_gives_no_work():
    text = "We met in 1997.\n\nThe talks that were held in Dushanbe have shown that it is not enough to sign what others wrote."
    problems: list[Problem] = []
    assert list(refs.parse(text, "printed", on_problem=problems.append)) == []
    assert [problem.line for problem in problems if problem.severity == "warning"] == [1, 3]
    assert [problem.severity for problem in problems].count("error") == 1


def test_a_reference_without_a_title_is_kept_whole():
    [work] = read("[3] S. S. Gubser, I. R. Klebanov, Phys. Lett. B428 (1998) 105.")
    assert work.title == work.printed
    assert any(remark.startswith("title: none was found") for remark in work.remarks)


def test_the_format_is_read_only():
    with pytest.raises(UsageError, match="printed is read, not written"):
        refs.render(refs.load(), "printed")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_any_text_is_read(text: str):
    """No text is refused or breaks the reader; what is in no field is in a remark."""
    for work in read(text):
        assert work.remarks[0] == DRAFTED
        assert work.title
        assert work.printed
