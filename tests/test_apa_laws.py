"""Laws of APA rendering that hold for every valid work."""

from __future__ import annotations

import html.parser
import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tajikpeace_refs.apa import reference_list
from tajikpeace_refs.formats._base import Options
from tajikpeace_refs.script import has_cyrillic
from tests.strategies_apa import libraries, works

QUICK = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
# An address is printed as it is given, so the laws of punctuation speak of what stands around it.
ADDRESS = re.compile(r"(?:https?://|Thttp:)\S+")


def text_of(work, **options) -> str:
    entries = reference_list([work], Options(**options))
    return entries[0].text if entries else ""


@QUICK
@given(works())
def test_no_doubled_punctuation_and_no_empty_brackets(work):
    """9.5: a part that is closed gets no second mark; what is missing leaves nothing behind."""
    text = ADDRESS.sub("", text_of(work))
    assert not re.search(r"\.\.|[?!]\.|,,|\(\s*\)|\[\s*\]", text), text


@QUICK
@given(works(), st.sampled_from(["original", "latin"]))
def test_every_work_renders_in_every_markup(work, script):
    """Rendering never raises and never leaves an internal mark."""
    for markup in ("plain", "markdown", "html", "latex"):
        assert not re.search("[\ue000-\ue00f]", text_of(work, markup=markup, script=script))


@QUICK
@given(works())
def test_the_latin_list_has_no_cyrillic(work):
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
def test_the_order_of_the_file_does_not_matter(library):
    """9.44: the list is in the order of its entries, whatever the order of the file."""
    forward = sorted(entry.text for entry in reference_list(library.works, Options()))
    backward = sorted(entry.text for entry in reference_list(reversed(library.works), Options()))
    assert len(forward) == len(backward)
