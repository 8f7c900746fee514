"""The corpus says what the source says, and no more."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tajikpeace_refs.model import Library
from tajikpeace_refs.model.work import dump_work
from tests.conftest import DATA


def test_ids_are_in_the_order_printed(corpus: Library, expected: list[dict[str, Any]]):
    """18 works, in the order of the paper; the paper itself is not one of them."""
    listed = sorted((fact for fact in expected if fact["n"]), key=lambda fact: fact["n"])
    assert list(corpus.ids) == [fact["key"] for fact in listed]
    assert corpus.source is not None
    assert corpus.source.id == "usmonov-paper"


def test_every_field_is_as_established(corpus: Library, expected: list[dict[str, Any]]):
    """Fields, printed form, corrections, locator and remarks equal the facts, and nothing else is there."""
    for fact in expected:
        work = corpus.source if fact["n"] == 0 else corpus[fact["key"]]
        assert work is not None
        said = {**fact["csl_json"], **fact["csl_json"]["custom"]}
        said.pop("custom")
        said |= {key: fact[key] for key in ("corrections", "remarks") if fact[key]}
        if fact["locator"]:
            said["locator"] = f"p. {fact['locator']['value']}"
        assert dump_work(work) == said


def test_printed_forms_are_in_the_source_text(corpus: Library):
    """Each printed form is in the paper, character for character (one is broken over lines there)."""
    paper = re.sub(r"\s+", " ", (DATA / "paper.txt").read_text(encoding="utf-8"))
    for work in corpus:
        assert work.printed
        assert work.printed in paper


def test_nothing_is_invented(corpus: Library):
    """No URL, DOI, page, identifier or full first name that the source does not print."""
    for work in corpus:
        assert not (work.doi or work.isbn or work.issn or work.page or work.accessed or work.archive_url)
        assert work.url is None or work.url in (work.printed or "")
        for name in work.author:
            assert re.fullmatch(r"([A-Z]\.)( [A-Z]\.)*", name.given or "")


@pytest.mark.parametrize("applied", [True, False])
def test_applied_correction_shows_in_its_field(corpus: Library, *, applied: bool):
    """An applied correction shows in its field; one not applied does not."""
    for work in corpus:
        for correction in work.corrections:
            if correction.applied is not applied or correction.variable in {"printed", "type", "author"}:
                continue
            value = str(getattr(work, correction.variable.replace("-", "_").lower()) or "")
            assert (correction.corrected in value) is applied


def test_source_and_licence_are_named():
    """CC BY 3.0 asks for attribution: in the data file and in the README."""
    root = DATA.parents[1]
    for name in ("data/references.yaml", "README.md"):
        text = re.sub(r"\s+#?\s*", " ", (root / name).read_text(encoding="utf-8"))
        for words in ("Usmonov, Farrukh", "The IEECA Press", "Creative Commons Attribution 3.0 License"):
            assert words in text
