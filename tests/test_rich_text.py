"""Inline markup: what APA, .bib, RIS, the page and lint make of the tags in a text."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import tajikpeace_refs as refs
from tajikpeace_refs.text.citation_keys import made_key
from tajikpeace_refs.text.rich import strip, tags

CASES = yaml.safe_load((Path(__file__).parent / "data" / "rich.yaml").read_text(encoding="utf-8"))


def book(title: str) -> refs.Library:
    return refs.Library(works=(refs.Book(id="a", type="book", title=title, issued="2011"),))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_a_title_is_set_in_each_markup(case: dict[str, str]):
    """The same tags are known everywhere: APA sets them, TeX has commands for them, RIS and the page leave them out."""
    library = book(case["title"])
    assert refs.render(library, "apa", markup="markdown") == f"{case['markdown']}. (2011).\n"
    assert f"{case['html']}. (2011).</p>" in refs.render(library, "apa", markup="html")
    assert f"\n  title = {{{case['tex']}}},\n" in refs.render(library, "bibtex")
    assert f"\nTI  - {case['stripped']}\n" in refs.render(library, "ris").replace("\r", "")
    assert strip(case["title"]) == case["stripped"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_a_title_comes_back_with_its_tags(case: dict[str, str]):
    """RIS keeps the exact title in a line of ours; a .bib file has one command for two tags that mean the same."""
    library = book(case["title"])
    assert refs.parse(refs.render(library, "ris"), "ris")["a"].title == case["title"]
    assert refs.parse(refs.render(library, "bibtex"), "bibtex")["a"].title == case.get("back", case["title"])


def test_a_tag_inside_another_is_paired_with_its_own():
    """Tags pair as in HTML: a closing tag ends the last of its name, and what was open inside it is text."""
    paired = [
        (tag.kind, tag.is_paired) for tag in tags("<i>a<b>b</i>c</b> <span class='nocase'>x<span>y</span></span>")
    ]
    assert paired == [
        ("i", True), ("b", False), ("i", True), ("b", False),
        ("nocase", True), ("span", True), ("span", True), ("nocase", True),
    ]  # fmt: skip


def test_tags_that_pair_with_nothing_cost_no_more_than_their_number():
    """A long row of them is read once."""
    assert not any(tag.is_paired for tag in tags("<i>" * 50_000 + "</b>" * 50_000))


def test_small_capitals_keep_their_case():
    """A title in title case is lowered, what stands in a span or in small capitals is not."""
    title = "The <sc>Hill</sc> Roads of the North"
    work = refs.Book(id="a", type="book", title=title, issued="2011", language="en")
    assert refs.render(refs.Library(works=(work,)), "apa") == "The Hill roads of the north. (2011).\n"


def test_a_key_is_made_of_words_not_of_tags():
    """Zotero's keys leave tags out."""
    assert made_key(book("<i>Hamlet</i> in Tajik")["a"]) == "hamlet_2011"


def test_keywords_lose_their_tags_in_ris_alone():
    """Other programs would show them; reading the record gives them back."""
    work = refs.Book(id="a", type="book", title="T", keyword=("<i>E. coli</i>", "water"))
    text = refs.render(refs.Library(works=(work,)), "ris")
    assert "KW  - E. coli\r\nKW  - water\r\n" in text
    assert refs.parse(text, "ris")["a"].keyword == work.keyword
