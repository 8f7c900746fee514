"""Pages: the dashes on which readers, writers, APA and lint once disagreed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import tajikpeace_refs as refs
from tajikpeace_refs.model.pages import article_number, in_full, page_range, split_pages, with_hyphens

CASES = yaml.safe_load((Path(__file__).parent / "data" / "pages.yaml").read_text(encoding="utf-8"))


def article(page: str) -> refs.Library:
    work = refs.ArticleJournal(
        id="a", type="article-journal", title="T", container_title="Journal", volume="7", issued="2008", page=page
    )
    return refs.Library(works=(work,))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["pages"])
def test_every_format_reads_the_same_pages(case: dict[str, Any]):
    """One set of dashes: APA prints an en dash, BibTeX two hyphens, RIS the first page and the last."""
    assert in_full(case["pages"]) == case["apa"]
    assert split_pages(case["pages"]) == tuple(case["ris"])
    library = article(case["pages"])
    if case["pages"]:
        assert f"*7*, {case['apa']}." in refs.render(library, "apa", markup="markdown")
        assert f"\n  pages = {{{case['bibtex']}}},\n" in refs.render(library, "bibtex")
        lines = refs.render(library, "ris").splitlines()
        assert [line[6:] for line in lines if line.startswith(("SP", "EP"))] == case["ris"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["pages"])
def test_pages_come_back_from_ris_as_they_were(case: dict[str, Any]):
    """Where two tags do not say which dash it was, a line of ours does."""
    again = refs.parse(refs.render(article(case["pages"]), "ris"), "ris")
    assert (again["a"].page or "") == case["pages"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["pages"])
def test_pages_from_bibtex_are_settled(case: dict[str, Any]):
    """What BibTeX has is read with hyphens, and writing it again changes nothing."""
    once = refs.parse(refs.render(article(case["pages"]), "bibtex"), "bibtex")["a"].page or ""
    assert once == with_hyphens(case["pages"])
    assert (refs.parse(refs.render(article(once), "bibtex"), "bibtex")["a"].page or "") == once


@pytest.mark.parametrize(
    ("text", "number"),
    [("e0209899", "e0209899"), ("Article e12", "e12"), ("pii: E1392", "E1392"), ("bty560", None), ("ID12345", "ID12345"),
     ("103345", "103345"), ("1123", None), ("1-9", None)],
)  # fmt: skip
def test_an_article_number_is_told_from_a_page(text: str, number: str | None):
    """APA 9.27: e-locators have a letter before the digits, or more digits than any page."""
    assert article_number(text) == number


def test_a_range_is_joined_by_the_dash_that_tells_its_ends_apart():
    """Hyphens inside page numbers ask for an en dash; a first page that ends with the last is the whole."""
    assert [page_range("195", "202"), page_range("A-12", "A-15"), page_range("12-14", "14"), page_range("7", "7")] == [
        "195-202", "A-12–A-15", "12-14", "7"
    ]  # fmt: skip


@pytest.mark.parametrize("volume", ["58-II", "91-A", "B-12"])
def test_a_volume_of_letters_and_digits_is_no_range(volume: str):
    """dblp's volumes of IEEE and IEICE; a range has two ends of one kind (APA 6.6)."""
    work = refs.ArticleJournal(id="a", type="article-journal", title="T", container_title="J", volume=volume)
    assert f"*{volume}*" in refs.render(refs.Library(works=(work,)), "apa", markup="markdown")
    work = work.model_copy(update={"volume": "3-4"})
    assert "*3–4*" in refs.render(refs.Library(works=(work,)), "apa", markup="markdown")


def test_one_page_given_twice_is_one_page():
    """ACM's export writes ``14--14``; APA 9.28 has ``p.`` for a single page."""
    entry = "@inproceedings{a, title = {T}, booktitle = {Proceedings}, publisher = {X}, pages = {14--14}}"
    assert "(p. 14)" in refs.render(refs.parse(entry, "biblatex"), "apa")
    assert in_full("S4-S4, 7-8") == "S4, 7–8"
