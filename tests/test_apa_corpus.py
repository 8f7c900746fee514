"""The corpus: its references, their order and their in-text forms, as worked out by hand from the printed list."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conformance.apa import without_brackets, work_of

from tajikpeace_refs.apa import cite, reference_list
from tajikpeace_refs.model import FrontMatter, Locator
from tajikpeace_refs.options import WriteOptions

DATA = json.loads((Path(__file__).parent / "data" / "expected.json").read_text(encoding="utf-8"))
PRINTED = [record for record in DATA if record["apa_rank"]]
NOUNS = ("Tajik", "Tajiks", "Tajikistan", "Cambodia", "Paris Peace Agreements", "Japan", "Japanese", "Moscow",
         "National Reconciliation Commission", "Aryans", "Samanids", "Kant")  # fmt: skip
OPTIONS = WriteOptions(markup="markdown", front=FrontMatter(proper_nouns=NOUNS))


def work(record):
    """The work of a record, with the locator that the source printed with it."""
    found = work_of(record["csl_json"])
    return found.model_copy(update={"locator": Locator(**record["locator"])}) if record["locator"] else found


WORKS = {record["key"]: work(record) for record in DATA}
LIST = [WORKS[record["key"]] for record in PRINTED]


@pytest.mark.parametrize("record", DATA, ids=lambda record: record["key"])
def test_corpus_work_has_its_reference(record):
    """Each reference is the one worked out by hand, or an accepted variant of it."""
    [entry] = reference_list([WORKS[record["key"]]], OPTIONS)
    accepted = [record["apa_md"], *record["apa_md_variants"]]
    assert without_brackets(entry.text) in accepted


def test_corpus_list_is_in_apa_order():
    """9.44-9.49: the printed works stand in the order of the hand-made list."""
    ranked = sorted(PRINTED, key=lambda record: record["apa_rank"])
    assert [entry.work.id for entry in reference_list(LIST, OPTIONS)] == [record["key"] for record in ranked]


@pytest.mark.parametrize("record", PRINTED, ids=lambda record: record["key"])
def test_corpus_work_has_its_citation(record):
    """Chapter 8: parenthetical and narrative forms, with the locator that the source gives."""
    assert cite(LIST, [record["key"]], options=OPTIONS) == record["in_text"]
    assert cite(LIST, [record["key"]], narrative=True, options=OPTIONS) == record["in_text_narrative"]


def test_second_author_of_a_family_name_adds_initials():
    """8.20: with the paper in the list two Usmonovs stand first, and both take initials in the text."""
    works = list(WORKS.values())
    assert cite(works, ["usmonov-paper"], options=OPTIONS) == "(F. Usmonov, n.d.)"
    assert cite(works, ["usmonov2006"], options=OPTIONS) == "(I. Usmonov, 2006)"
    ids = [entry.work.id for entry in reference_list(works, OPTIONS)]
    assert ids.index("usmonov-paper") == 16


def test_one_file_gives_a_latin_and_an_original_list():
    """9.38 and the journals of the region: the same works romanised, and in their own script."""
    romanised = {entry.work.id: entry.text for entry in reference_list(LIST, OPTIONS)}
    cyrillic = {
        entry.work.id: entry.text
        for entry in reference_list(LIST, WriteOptions(markup="markdown", script="original", front=OPTIONS.front))
    }
    assert romanised.keys() == cyrillic.keys()
    assert cyrillic["usmonov2006"] == "Usmonov, I. (2006). *Миростроительство в Таджикистане*. Devashtich."
    assert romanised["usmonov2006"] == (
        "Usmonov, I. (2006). *Mirostroitelstvo v Tadzhikistane* [Peacebuilding in Tajikistan]. Devashtich."
    )


def test_transliteration_equals_the_printed_form():
    """The transliterations that were checked by hand come out of the tables too."""
    for key in ("ashurov2008", "shoazimov2003", "usmonov2006"):
        computed = WORKS[key].model_copy(update={"transliterated_title": None})
        assert reference_list([computed], OPTIONS)[0].text == reference_list([WORKS[key]], OPTIONS)[0].text
