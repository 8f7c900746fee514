"""Two records compared field by field."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

import tajikpeace_refs as refs
from tajikpeace_refs.text.comparison import compare, compare_variable
from tajikpeace_refs.text.likeness import HOW

DATA = Path(__file__).parent / "data" / "comparison.yaml"
CASES = [
    (variable, *case)
    for variable, cases in yaml.safe_load(DATA.read_text(encoding="utf-8")).items()
    for case in cases
]  # fmt: skip


def work(**variables: Any) -> refs.Work:
    given = {"id": "a", "type": "article-journal", "title": "Roads"}
    return refs.Work.model_validate({**given, **{name.replace("_", "-"): value for name, value in variables.items()}})


def compared(variable: str, ours: Any, theirs: Any) -> tuple[str, str]:
    pair = [refs.Work.model_validate({"id": "a", "type": "book", variable: value}) for value in (ours, theirs)]
    [found] = [each for each in compare(*pair) if each.name == variable]
    return found.result, found.how


@pytest.mark.parametrize(("variable", "ours", "theirs", "result", "how"), CASES)
def test_values_are_compared(variable: str, ours: Any, theirs: Any, result: str, how: str):
    assert compared(variable, ours, theirs) == (result, how)


@pytest.mark.parametrize(
    ("variable", "ours", "theirs", "result", "how"),
    [case for case in CASES if not case[4].endswith(("names", "only"))],
)
def test_values_turned_round_are_compared_alike(variable: str, ours: Any, theirs: Any, result: str, how: str):
    """Only that names are missing is another thing for the other side."""
    assert compared(variable, theirs, ours) == (result, how)


def test_every_difference_has_a_meaning_in_the_document():
    """A new name goes into docs/merging.md, with the sentence that says what it means."""
    assert {case[4] for case in CASES} - {""} <= HOW.keys()
    text = (DATA.parents[2] / "docs" / "merging.md").read_text(encoding="utf-8")
    table = text[text.index("| name | meaning |") : text.index("## Citation keys")]
    assert dict(re.findall(r"(?m)^\| ([\w. ]+) \| (.*) \|$", table)) == {"name": "meaning", **HOW}


def test_what_one_record_lacks_is_named():
    found = compare(work(volume="3"), work(issue="4"))
    assert {(each.name, each.result, each.ours, each.theirs) for each in found} == {
        ("type", "same", "article-journal", "article-journal"),
        ("title", "same", "Roads", "Roads"),
        ("volume", "only-ours", "3", ""),
        ("issue", "only-theirs", "", "4"),
    }


def test_the_year_online_is_no_other_year():
    """Crossref: a fifth of the articles with both dates have two years."""
    ours, theirs = work(issued="2019"), work(issued="2020", available_date="2019-11-02")
    assert compare_variable("issued", ours, theirs).how == "online or print"
    assert compare_variable("issued", theirs, ours).result == "same"


def test_a_title_is_the_translation_that_the_other_record_has():
    ours = work(title="Реки", language="ru", translated_title="Rivers")
    found = compare_variable("title", ours, work(title="Rivers", language="en"))
    assert (found.result, found.how) == ("same", "translation")


def test_one_issn_makes_one_serial():
    ours = work(container_title="Izvestiia", issn="0022-3433")
    theirs = work(container_title="Proceedings of the Academy", issn="0022-3433")
    assert compare_variable("container_title", ours, theirs).how == "same ISSN"


def test_a_short_title_of_the_container_is_its_name():
    theirs = work(container_title="Frontiers of Roads", container_title_short="Front Rd")
    assert compare_variable("container_title", work(container_title="Front. Rd."), theirs).result == "same"


def test_authors_that_are_editors_of_the_other_record_are_the_same():
    ours, theirs = work(author=["Ray, A."]), work(editor=["Ray, Anna"])
    assert [(each.name, each.how) for each in compare(ours, theirs) if each.how] == [
        ("author", "role"), ("editor", "role"),
    ]  # fmt: skip
