"""Texts of CSL-YAML are pandoc's Markdown: CSL's tags to it and back, and what the real pandoc prints of them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tajikpeace_refs as refs
from tajikpeace_refs.text.markdown import address_from_markdown, address_to_markdown, from_markdown, to_markdown

SMALL_CAPS = '<span style="font-variant:small-caps;">'
PIECES = [
    "<i>", "</i>", "<b>", "</b>", "<sub>", "</sub>", "<sup>", "</sup>", '<span class="nocase">', SMALL_CAPS, "</span>",
    "a", "b ", "*", "**", "_", "^", "~", "[", "]", "{.nocase}", "\\", "$", "`", "http://x/", "--", "...", " ", "(", "&amp;",
    "@f", "<", "1", ".", "\u00a0", "-", "!", "(y)",
]  # fmt: skip


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("*E. coli* and **b**", "<i>E. coli</i> and <b>b</b>"), ("_x_ and __y__", "<i>x</i> and <b>y</b>"),
        ("H~2~O, x^2^", "H<sub>2</sub>O, x<sup>2</sup>"), (r"x^a\ b^", "x<sup>a b</sup>"), (r"a\ b", "a\u00a0b"),
        ("[mRNA]{.nocase} [Sc]{.smallcaps}", f'<span class="nocase">mRNA</span> {SMALL_CAPS}Sc</span>'),
        (r"\*a\* \_b\_ \$5 5\^", "*a* _b_ $5 5^"), ("*p*H and sub*species*", "<i>p</i>H and sub<i>species</i>"),
        ("*a **b** [c]{.nocase}*", '<i>a <b>b</b> <span class="nocase">c</span></i>'),
        ("<i>a</i> *b*", "<i>a</i> <i>b</i>"),
    ],
)  # fmt: skip
def test_markdown_of_pandoc_is_read(markdown: str, text: str):
    """Pandoc's manual, "Inline formatting" and "Backslash escapes"."""
    assert from_markdown(markdown) == text


@pytest.mark.parametrize(
    "text",
    [
        "2*3*4 designs", "C*-algebras and W*-algebras", "5 * 3 * 2", "a_b_c", "snake_case", "*a", "a* b*", "^a b^", "~a b~",
        "http://example.org/~u/~v and *", "see [1] here", "[Film]{x}", "C:\\temp", "\\alpha", "`a*b*c`", "$a_1$ and $b_1$",
        "<a href='x_y_z'>", "A ~~ B", "*", "**", "Smith*, 5*",
    ],
)  # fmt: skip
def test_text_that_proves_no_markdown_stays(text: str):
    """A literal sign in an older file is not taken for markup."""
    assert from_markdown(text) == text


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_text_comes_back(text: str):
    """Whatever the text: written and read again it is the same, and so is an address."""
    assert from_markdown(to_markdown(text)) == text
    assert address_from_markdown(address_to_markdown(text)) == text


def test_other_spellings_of_tags_become_those_of_csl():
    """``em``, ``strong`` and ``sc`` mean the same as CSL's own."""
    assert to_markdown("<em>a</em> <strong>b</strong> <sc>c</sc>") == "*a* **b** [c]{.smallcaps}"


@pytest.mark.parametrize(
    "url", [r"http://example.org/a\_b", r"http://example.org/a\b", "http://example.org/~u/~v?a_b_"]
)
def test_address_stays_as_it_is_written_in_a_file(url: str):
    """Only what this library itself escapes is taken back."""
    assert refs.parse(f"- {{id: a, type: book, title: T, URL: '{url}'}}", "csl-yaml")["a"].url == url


TEXTS = [
    "<i>E. coli</i> in H<sub>2</sub>O", 'A <span class="nocase">mRNA</span> study', f"{SMALL_CAPS}Sc</span> x<sup>2</sup>",
    "2*3*4 and C*-algebras, W*-algebras", "*lit* _lit_ ^lit^ ~lit~", "[z](y) and [a] {b}", r"\alpha and $x^2$ or $5",
    "`code` and a--b --- c ...", "&amp; and a < b and <b>b</b>", "see @foo and a@b", "10^6 or 10^7", "<i>p</i>H of <b><i>x</i></b>",
    '[z]<span class="nocase">mRNA</span>!', "1. Forum", "# Title", "- Title", "<sup>a b</sup>",
]  # fmt: skip
URLS = [
    "http://example.org/a--b",
    "http://example.org/~u/~v_w_/_x_",
    "http://example.org/'a'/*b*/...?x=1&copy;=2",
    "http://example.org/a_b",
]


@pytest.mark.peers
def test_pandoc_prints_the_same_from_our_yaml_as_from_our_json(tmp_path: Path):
    """The reference lists of the real pandoc, work by work; blanks in superscripts do not break there."""
    pypandoc = pytest.importorskip("pypandoc")
    works = [
        refs.ArticleJournal(
            id=f"w{number}", title=text, container_title=text, author=(refs.Name(family="Doe", given="J. *x*"),),
            issued=str(1900 + number), volume="3--4", url=URLS[number % len(URLS)],
        )
        for number, text in enumerate(TEXTS)
    ]  # fmt: skip
    printed = []
    for suffix in ("json", "yaml"):
        path = tmp_path / f"works.{suffix}"
        refs.export(works, path)
        options = ["--citeproc", f"--bibliography={path}", "--wrap=none"]
        html = pypandoc.convert_text("---\nnocite: '@*'\n---\n", "html", format="markdown", extra_args=options)
        found = re.findall(r'<div id="ref-(w\d+)".*?>\n(.*?)\n</div>', html, re.DOTALL)
        printed.append({work_id: re.sub(r"\s+", " ", text) for work_id, text in found})
    assert len(printed[0]) == len(TEXTS)
    assert printed[0] == printed[1]


@pytest.mark.peers
def test_pandoc_reads_what_fix_writes_of_a_name(tmp_path: Path):
    """`Doe, Jane` is one literal to pandoc; TP105 reports it, and its fix makes it a person."""
    pypandoc = pytest.importorskip("pypandoc")
    from tajikpeace_refs.lint import fix, lint_text

    text = "references:\n- id: a\n  type: book\n  title: T\n  author: ['Doe, Jane', \"van der Berg, Jan\"]\n  editor: Hill, A.\n"
    found = [each for each in lint_text(text, "csl-yaml") if each.code == "TP105"]
    repaired = fix(text, found)

    def names(source: str) -> list[list[str]]:
        (item,) = json.loads(pypandoc.convert_text(f"---\n{source}---\n", "csljson", format="markdown"))
        return [sorted(name) for name in item["author"] + item["editor"]]

    assert len(found) == 3
    assert names(text) == [["literal"]] * 3
    assert names(repaired) == [["family", "given"], ["family", "given", "non-dropping-particle"], ["family", "given"]]
    assert list(refs.parse(repaired, "csl-yaml")) == list(refs.parse(text, "csl-yaml"))
