"""Laws of APA rendering that hold for every valid work."""

from __future__ import annotations

import html.parser
import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tajikpeace_refs.apa import cite, reference_list
from tajikpeace_refs.apa.context import RenderContext
from tajikpeace_refs.apa.order import list_entry
from tajikpeace_refs.options import WriteOptions
from tajikpeace_refs.text.scripts import has_cyrillic
from tests.strategies_apa import libraries, works

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
# An address is printed as it is given, so the laws of punctuation speak of what stands around it.
ADDRESS = re.compile(r"(?:https?://|Thttp:)\S+")


def text_of(work, **options) -> str:
    entries = reference_list([work], WriteOptions(**options))
    return entries[0].text if entries else ""


@QUICK
@given(works())
def test_reference_has_no_doubled_punctuation_or_empty_brackets(work):
    """9.5: a part that is closed gets no second mark; what is missing leaves nothing behind."""
    text = ADDRESS.sub("", text_of(work))
    assert not re.search(r"\.\.|[?!]\.|,,|\(\s*\)|\[\s*\]", text), text


@QUICK
@given(works(), st.sampled_from(["original", "latin"]))
def test_any_work_renders_in_every_markup(work, script):
    """Rendering never raises and never leaves an internal mark."""
    for markup in ("plain", "markdown", "html", "latex"):
        assert not re.search("[\ue000-\ue00f]", text_of(work, markup=markup, script=script))


@QUICK
@given(works())
def test_latin_list_has_no_cyrillic(work):
    """9.38: the original script is not printed; an address is no text, and stays."""
    urls = [work.url or "", work.archive_url or "", work.doi or ""]
    text = text_of(work)
    for url in urls:
        text = text.replace(url.strip().replace(" ", "%20"), "")
    assert not has_cyrillic(text)


class Tags(html.parser.HTMLParser):
    """Collects what is open, and refuses a wrong close."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open
        assert self.open.pop() == tag


@QUICK
@given(works())
def test_html_is_balanced(work):
    """Every tag that HTML output opens is closed, in order."""
    parser = Tags()
    parser.feed(text_of(work, markup="html"))
    parser.close()
    assert parser.open == []


@QUICK
@given(works())
def test_latex_braces_are_balanced(work):
    """Every brace of LaTeX output is closed; escaped ones do not count."""
    text = re.sub(r"\\.", "", text_of(work, markup="latex"))
    depth = 0
    for char in text:
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth >= 0
    assert depth == 0


@QUICK
@given(libraries())
def test_list_does_not_depend_on_the_order_of_the_file(library):
    """9.44: the order comes from the entries, not from the file; equal keys aside, which keep the order of the file."""
    forward, backward = (
        [
            list_entry(entry.work, RenderContext.of(WriteOptions(), library.works)).key
            for entry in reference_list(works, WriteOptions())
        ]
        for works in (library.works, reversed(library.works))
    )
    assert forward == backward == sorted(forward)


@QUICK
@given(libraries())
def test_any_work_of_a_list_can_be_cited(library):
    """Chapter 8: each work has a parenthetical and a narrative form, and together they have one too."""
    for narrative in (False, True):
        assert all(cite(library, [work.id], narrative=narrative) for work in library)
    if library.ids:
        assert cite(library, library.ids).startswith("(")
