"""What GitHub, pandoc and a browser make of a reference list: links to the true address, and no tag but ours."""

from __future__ import annotations

from html.parser import HTMLParser

import pypandoc
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import tajikpeace_refs as refs
from tajikpeace_refs.model import Work
from tajikpeace_refs.text.rich import percent_encoded

ADDRESSES = {
    "https://x.org/_layouts/a_": "https://x.org/_layouts/a_",
    "https://x.org/a*b*c?x=1&y=2": "https://x.org/a*b*c?x=1&y=2",
    "https://x.org/?a=1&lt;b&copy=2": "https://x.org/?a=1&lt%3Bb&copy=2",
    "https://x.org/(a)_b_(c).html": "https://x.org/(a)_b_(c).html",
    "https://x.org/a<script>alert(1)</script>": "https://x.org/a%3Cscript%3Ealert(1)%3C/script%3E",
    'https://x.org/"onmouseover="x': "https://x.org/%22onmouseover=%22x",
    "https://x.org/`a`/~~b~~/$c$": "https://x.org/%60a%60/~~b~~/%24c%24",
    "https://x.org/a\\_b%20c%zz": "https://x.org/a%5C_b%20c%25zz",
    "https://x.org/тоҷик": "https://x.org/тоҷик",
    "https://x.org/a|b'c d/[e]{.f}": "https://x.org/a%7Cb'c%20d/[e]%7B.f%7D",
}
"""Addresses, and as what they are linked: percent-encoded where RFC 3986 (section 2) allows a sign nowhere."""


class Tags(HTMLParser):
    """The tags of a page, and the addresses that it links to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.links: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.links += [str(value) for name, value in attrs if name == "href"]

    def handle_comment(self, data: str) -> None:
        self.names.add(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.names.add(f"declaration {decl}")

    def unknown_decl(self, data: str) -> None:
        self.names.add(f"declaration {data}")

    def handle_pi(self, data: str) -> None:
        self.names.add(f"instruction {data}")


def reference(work: Work, markup: str) -> str:
    return refs.render([work], "apa", markup=markup, on_loss="ignore")  # type: ignore[arg-type] # any markup


def page(url: str = "https://x.org/", title: str = "T", **others: object) -> Work:
    return Work.model_validate({"id": "a", "type": "webpage", "title": title, "URL": url, **others})


@pytest.mark.peers
@pytest.mark.parametrize("form", ["gfm", "markdown+autolink_bare_uris"])
def test_markdown_links_to_the_true_address(form: str):
    """GitHub's Markdown and pandoc's, all in one document: starting pandoc takes long."""
    text = "\n\n".join(reference(page(url), "markdown") for url in ADDRESSES)
    assert Tags(pypandoc.convert_text(text, "html", form)).links == [
        each.replace("[", "%5B").replace("]", "%5D") if form != "gfm" else each for each in ADDRESSES.values()
    ]


@pytest.mark.parametrize(("url", "linked"), ADDRESSES.items())
def test_html_links_to_the_true_address_and_shows_it_as_it_is(url: str, linked: str):
    found = Tags(reference(page(url), "html"))
    assert found.links == [linked]
    assert found.names <= {"p", "i", "a"}


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("On http://a.b/_c_d_, and more", "*On <http://a.b/_c_d_>, and more*"),
        ("A page (http://a.b/c_(d)?e=f) of it", "*A page (<http://a.b/c_(d)?e=f>) of it*"),
        ("The end of «http://a.b/c», a story", "*The end of «<http://a.b/c>», a story*"),
        ("What http:// and http://. mean", "*What http:// and http://. mean*"),
    ],
)
def test_an_address_in_a_title_is_linked_without_the_punctuation_around_it(title: str, printed: str):
    """Where an address ends in running text: GitHub Flavored Markdown, "Extended autolink path validation"."""
    assert reference(page(title=title), "markdown").startswith(printed)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "www.x.org/a"])
def test_only_addresses_of_the_web_are_linked(url: str):
    assert "<" not in reference(page(url), "markdown")
    assert "href" not in reference(page(url), "html")


@pytest.mark.parametrize(
    "text",
    [
        "> a",
        ">a",
        "+ a",
        "1) a",
        "[a]: b",
        "[a]{.b}",
        "~~a~~",
        "<!-- a",
        "<?a",
        "</p>",
        "&lt;b&gt;",
        "<img src=x onerror=y>",
    ],
)
def test_nothing_in_a_text_is_a_block_a_tag_or_struck_out(text: str):
    html = pypandoc.convert_text(reference(page(title=text, author=[{"literal": text}]), "markdown"), "html", "gfm")
    assert Tags(html).names <= {"p", "em", "a"}


_MARKS = ("<", "</", ">", "script", "!--", "?", "![CDATA[", "a href=x", "&", "lt;", "<i>", "</i>", "<sub>", "</sub>",
          "<b>", '<span class="nocase">', "</span>", "*", "_", "`", "\\", "[", "](", "]", " ", "\n\n", "http://a.b/_c_",
          "$", "~", "x", "Б", ":", "-", "1. ", "# ", "<http://x>", "\ue000", "\ue00e", "'", '"')  # fmt: skip
marked = st.lists(st.sampled_from(_MARKS), min_size=1, max_size=8).map("".join)


@pytest.mark.peers
@given(st.lists(st.builds(lambda a, b, c: (a, b, f"http://a.b/{c}"), marked, marked, marked), min_size=30, max_size=30))
@settings(max_examples=4, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
def test_no_tag_of_a_text_gets_through(rows: list[tuple[str, str, str]]):
    works = [page(url, title, publisher=publisher) for title, publisher, url in rows]
    markdown = "\n\n".join(reference(work, "markdown") for work in works)
    for text in (pypandoc.convert_text(markdown, "html", "gfm"), *(reference(work, "html") for work in works)):
        assert Tags(text).names <= {"p", "em", "i", "a", "sub", "sup", "strong", "b"}, text


def test_an_encoded_address_is_not_encoded_again():
    for encoded in map(percent_encoded, ADDRESSES):
        assert percent_encoded(encoded) == encoded
