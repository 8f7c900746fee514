"""The GOST list is what one of two judges prints, or what a clause of the standard says (conformance/gost.py)."""

from __future__ import annotations

from collections import Counter

import pytest
from conformance import gost
from conformance.gost import Case

CASES = gost.cases()


def test_works_are_of_five_languages():
    """Russian and Tajik for most, Ukrainian for a Cyrillic neighbour, English and German for the Latin part."""
    assert Counter(case.csl["language"] for case in CASES) == {"ru": 25, "tg": 10, "uk": 5, "en": 12, "de": 8}
    assert len({case.id for case in CASES}) == 60


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_right_text_has_a_witness(case: Case):
    """Each text held to be right is printed by a judge, or the case names the clause that both of them miss."""
    for text in case.right:
        assert gost.judge(case, text, gost.recorded()) != "none"


def test_list_equals_a_judge_or_cites_the_clause():
    """At least 90 of 100; the judges' texts are those recorded, so no TeX is needed."""
    printed = gost.ours(gost.library(CASES))
    wrong = [case.id for case in CASES if gost.judge(case, printed[case.id], gost.recorded()) == "none"]
    assert len(wrong) <= (1 - gost.ENOUGH) * len(CASES), wrong


def test_texts_compare_without_kinds_of_dashes_and_quotes():
    assert gost.bare("«Мир». — С. 5—9") == gost.bare('"Мир". С. 5–9')
    assert gost.bare("М. : Наука, 2001") != gost.bare("М.: Наука, 2001")
