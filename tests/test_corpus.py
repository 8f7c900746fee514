"""The corpus says what the source says, and no more."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

import tajikpeace_refs as refs
from tajikpeace_refs.model import Library
from tajikpeace_refs.model.work import dump_work
from tajikpeace_refs.options import FormatName
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


@pytest.mark.parametrize("target", ["bibtex", "biblatex", "ris"])
def test_translations_survive_the_formats_that_have_no_field_for_them(corpus: Library, target: FormatName):
    """Corpus, then another format, then APA: the titles in brackets are there as if the corpus were printed itself."""
    text = refs.render(corpus, target, on_loss="ignore")
    assert refs.render(refs.parse(text, target), "apa") == refs.render(corpus, "apa")


@pytest.mark.parametrize("target", ["bibtex", "biblatex", "ris"])
def test_translated_container_and_publisher_survive_other_formats(target: FormatName):
    """As the title does: in fields of ours, which the styles of BibTeX pass over."""
    given = {
        "id": "a", "type": "chapter", "title": "Об ва замин", "language": "tg", "issued": "2011", "page": "3-9",
        "transliterated-title": "Obu zamin", "translated-title": "Water and land",
        "container-title": "Маҷмӯаи мақолаҳо", "translated-container-title": "Collected articles",
        "transliterated-container-title": "Majmuai maqolaho", "publisher": "Ирфон",
        "translated-publisher": "Wisdom House", "transliterated-publisher": "Irfon",
    }  # fmt: skip
    library = refs.parse(json.dumps({"references": [given]}), "csl-yaml")
    back = refs.parse(refs.render(library, target, on_loss="ignore"), target).works[0]
    for name in ("title", "container_title", "publisher"):
        for form in ("", "translated_", "transliterated_"):
            assert getattr(back, form + name) == getattr(library.works[0], form + name)
    assert refs.render([back], "apa") == refs.render(library, "apa")


def test_title_read_back_from_an_address_is_no_field(corpus: Library):
    """The Russian title behind sharafieva2013's address is a reconstruction: a remark, and nothing that is printed."""
    work = corpus["sharafieva2013"]
    assert work.original_title is None
    assert work.transliterated_title is None
    assert any("Межтаджикские" in remark for remark in work.remarks)
