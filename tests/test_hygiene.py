"""Record hygiene: what belongs to another variable or to nobody, before a reference is printed, and in lint."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

import tajikpeace_refs as refs
from tajikpeace_refs.apa import numbers as apa_numbers
from tajikpeace_refs.conversion import LossWarning
from tajikpeace_refs.formats._csl.items import work_from_csl
from tajikpeace_refs.lint import fix, lint_text
from tajikpeace_refs.model.pages import without_page_label
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.hygiene import STEPS, cleaned, repairs
from tajikpeace_refs.text.numbers import bare_number, count, volume_and_issue
from tests.conftest import DATA

TABLE: dict[str, Any] = yaml.safe_load((DATA / "hygiene.yaml").read_text(encoding="utf-8"))


def rows(kind: str) -> Iterator[tuple[str, str, str]]:
    for variable, table in TABLE["numbers"].items():
        found = table["read"].items() if kind == "read" else ((text, text) for text in table["stay"])
        yield from ((variable, raw, bare) for raw, bare in found)


@pytest.mark.parametrize(("variable", "raw", "bare"), [*rows("read"), *rows("stay")])
def test_a_number_loses_its_label_and_nothing_else(variable: str, raw: str, bare: str):
    """APA 9.25: volume, issue and pages are numbers; labels are those of catalogues in ten languages."""
    strip = without_page_label if variable == "page" else lambda text: bare_number(text, variable)
    assert strip(raw) == bare
    assert strip(bare) == bare


def test_a_count_loses_what_is_counted():
    """GOST 7.1 5.5.5 and AACR2 2.5B: 240 с., 3 v."""
    read = TABLE["counts"]["read"]
    assert {raw: count(raw) for raw in read} == read
    assert [count(str(text)) for text in TABLE["counts"]["stay"]] == [str(text) for text in TABLE["counts"]["stay"]]


def test_a_volume_with_its_issue_is_two_numbers():
    """APA 9.25: 6(2); a year in parentheses is no issue."""
    read = TABLE["both"]["read"]
    assert {raw: [*(volume_and_issue(raw) or ())] for raw in read} == read
    assert [text for text in TABLE["both"]["stay"] if volume_and_issue(text)] == []


@pytest.mark.parametrize(("raw", "printed"), [*TABLE["editions"]["read"].items(), *TABLE["editions"]["stay"].items()])
def test_an_edition_in_any_words_is_printed_by_its_number(raw: str, printed: str):
    """APA 9.19, 9.50: 2nd ed., Rev. ed.; what is not understood stands as it is."""
    assert apa_numbers.edition(raw) == printed


def work_of(fields: dict[str, Any]) -> Work:
    outcome = work_from_csl({"id": "a", "issued": {"date-parts": [[2006]]}, **names_apart(fields)})
    assert isinstance(outcome, Work)
    return outcome


def names_apart(fields: dict[str, Any]) -> dict[str, Any]:
    author = fields.get("author")
    if isinstance(author, str):
        family, _, given = author.partition(", ")
        return {**fields, "author": [{"family": family, "given": given}]}
    return fields


@pytest.mark.parametrize(("step", "fields", "changes"), TABLE["works"])
def test_each_step_moves_what_belongs_elsewhere(step: str, fields: dict[str, Any], changes: dict[str, Any]):
    """For printing; the step that does it is named in what lint looks at."""
    work = work_of(fields)
    wanted = {name: value for name, value in {**names_apart(fields), **changes}.items() if value not in (None, [])}
    assert cleaned(work) == work_of(wanted)
    assert step in {name for name, _ in repairs(work)}
    assert cleaned(cleaned(work)) == cleaned(work)


@pytest.mark.parametrize("fields", TABLE["stay"])
def test_what_may_be_meant_so_stays(fields: dict[str, Any]):
    """No change without proof: an author's own slash, colon or word."""
    work = work_of(fields)
    assert cleaned(work) == work


def test_every_step_has_a_case():
    """Names of steps are what this table and docs go by; a degree is a matter of the name, an edition of its own."""
    of_others = {"degrees", "edition-words", "number-labels", "whole-reference"}
    assert set(STEPS) == {step for step, _, _ in TABLE["works"]} | of_others


DIRTY = """\
references:
  - {id: a, type: article-journal, title: 'Долины [Текст]', container-title: Вестник, volume: Т. 6, issue: № 2, \
page: С. 4–9, issued: 2006, language: ru, author: [{family: Каримов, given: М.}]}
  - {id: b, type: book, title: Valleys / ed. by L. Said, edition: 4-е изд., issued: 2006, publisher: 'Leiden: Brill', \
language: en, author: [{family: Karim PhD, given: Mina}]}
"""


def test_lint_names_what_print_repairs():
    """Each with work, variable, word and the proposed value; fixed is only what has one reading."""
    found = {(each.code, each.work_id, each.variable) for each in lint_text(DIRTY, "csl-yaml")}
    assert found >= {
        ("TP428", "a", "title"), ("TP308", "a", "volume"), ("TP308", "a", "issue"), ("TP308", "a", "page"),
        ("TP428", "b", "title"), ("TP308", "b", "edition"), ("TP418", "b", "publisher"), ("TP430", "b", "author[0].family"),
    }  # fmt: skip
    fixed = fix(DIRTY, lint_text(DIRTY, "csl-yaml"))
    assert "title: 'Долины', container-title: Вестник, volume: 6, issue: 2, page: 4–9" in fixed
    assert "edition: 4, " in fixed
    assert "{family: Karim, given: Mina}" in fixed
    assert "'Leiden: Brill'" in fixed


def test_apa_prints_it_clean_and_says_what_it_leaves_out():
    """APA 9.18 to 9.29; a statement of responsibility is reported, the data stay as they are."""
    library = refs.parse(DIRTY)
    with pytest.warns(LossWarning, match="b: title: .*'ed. by L. Said' is not part of the title"):
        text = refs.render(library, "apa", markup="markdown")
    assert text == (
        "Karim, M. (2006). *Valleys* (4th ed.). Brill.\n\nKarimov, M. (2006). Doliny. *Vestnik*, *6*(2), 4–9.\n"
    )
    assert library["a"].volume == "Т. 6"
    assert "title: Долины [Текст]" in refs.render(library, "csl-yaml")


def test_entities_and_placeholders_of_hand_typed_yaml_are_not_printed():
    """As in other formats: `&amp;` is a sign, `n/a` nothing."""
    text = "- {id: a, type: book, title: Salt &amp; bread, edition: n/a, issued: 2006, publisher: Irfon, author: 'Karim, M.'}"
    assert refs.render(refs.parse(text, "csl-yaml"), "apa") == "Karim, M. (2006). Salt & bread. Irfon.\n"


def test_the_full_stop_before_an_ellipsis_stays():
    """``дис. ... канд.`` is an abbreviation and three points; three points after a word are those alone."""
    text = "- {id: a, type: book, title: 'Мир: дис. ... канд. наук. И так... далее', issued: 2006, language: ru}"
    assert "Dis. … kand. nauk. I tak… dalee" in refs.render(refs.parse(text, "csl-yaml"), "apa")
