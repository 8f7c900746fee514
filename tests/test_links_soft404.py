"""Not-found and parked pages in many words, and pages that only look like them: the pure judgement."""

from __future__ import annotations

import pytest
import yaml

from tajikpeace_refs.links.evidence import Cited, Shown, cited, evidence
from tajikpeace_refs.links.page import Page, read_page
from tajikpeace_refs.links.soft404 import judge
from tajikpeace_refs.links.verdict import Reason, Redirect
from tajikpeace_refs.model import Work
from tests.conftest import DATA

CASES = yaml.safe_load((DATA / "soft404.yaml").read_text(encoding="utf-8"))
URL = "http://library.example.org/a/b"
TALKS = "The talks began in Tehran in 1994 and went on in eight rounds until the agreement was signed in June 1997. "


def judged(title: str, text: str = "Home", heading: str = "") -> Reason | None:
    shown = f"<h1>{heading}</h1>" if heading else ""
    markup = f"<html><head><title>{title}</title></head><body>{shown}<p>{text}</p></body></html>"
    found = judge(URL, URL, (), read_page(markup.encode(), "text/html; charset=utf-8"))
    return found.reason if found else None


@pytest.mark.parametrize("title", CASES["not_found_titles"])
def test_not_found_title_is_an_error_page(title):
    """Alone, or beside the name of a site."""
    assert judged(title) in {Reason.ERROR_PAGE, Reason.PARKED}


@pytest.mark.parametrize("heading", [title for title in CASES["not_found_titles"] if title != "404"])
def test_not_found_heading_is_an_error_page(heading):
    """Under a title that names only the site; a bare number says too little."""
    assert judged("Example Library", heading=heading) in {Reason.ERROR_PAGE, Reason.PARKED}
    assert judged("Bus lines", TALKS, heading="404") is None


@pytest.mark.parametrize("sentence", CASES["not_found_sentences"])
def test_not_found_sentence_on_a_short_page_is_an_error_page(sentence):
    """On a page that has little else to say; among many words it means something else."""
    assert judged("Example Library", sentence) in {Reason.ERROR_PAGE, Reason.PARKED}
    assert judged("Example Library", f"{TALKS * 6} {sentence}") is None


@pytest.mark.parametrize("page", CASES["living_pages"], ids=lambda page: page["title"])
def test_page_about_not_found_is_no_error_page(page):
    """Articles about the matter, short pages, changelogs, names and numbers: a living page is never called dead."""
    assert judged(page["title"], page.get("text", TALKS * page.get("talks", 0)), page.get("heading", "")) is None


@pytest.mark.parametrize("title", CASES["guard_titles"])
def test_title_of_a_guard_is_blocked(title):
    """It is never a soft 404: a reader passes. A page of many words is called so for other reasons."""
    assert judged(title) is Reason.BLOCKED
    assert judged(title, TALKS * 6) is None


@pytest.mark.parametrize(("asked", "got", "reason"), CASES["redirects"])
def test_redirect_is_judged_by_its_target(asked, got, reason):
    """A deep link thrown to the home page or to an error page is not the page; a move is."""
    base = "http://library.example.org"
    final = got if got.startswith("http") else base + got
    found = judge(base + asked, final, (Redirect(301, base + asked),), Page())
    assert (found.reason if found else None) == reason


WORK = Work.model_validate(
    {
        "id": "a",
        "type": "webpage",
        "title": "River Council: Library of Accords",
        "author": [{"literal": "River Council"}],
        "issued": "2015",
    }
)


def shown(markup: str, work: Cited) -> Shown:
    return evidence(read_page(markup.encode(), "text/html; charset=utf-8"), [work]).shown


def test_page_called_by_the_end_of_the_title_is_the_page():
    """Behind the colon a title names the page, before it its owner; the page must show an author or the year, too."""
    assert shown("<h1>Library of Accords</h1><p>River Council</p>", cited(WORK)) is Shown.PROMINENT
    assert shown("<h1>Library of Accords</h1><p>Lake Council</p>", cited(WORK)) is not Shown.PROMINENT
    assert shown("<h1>Library of Accords and Maps</h1><p>2015</p>", cited(WORK)) is not Shown.PROMINENT


@pytest.mark.parametrize("words", ["Document not found", "File not found", "Документ не найден"])
@pytest.mark.parametrize("record", ["<h1>{}</h1>", "<h3>{}</h3>", "<table><tr><td>{}</table>"])
def test_error_words_beside_the_cited_title_are_no_certain_soft_404(words, record):
    """A record of a catalogue says so of its file: a reader still finds the record."""
    held = record.format("River Council: Library of Accords")
    page = read_page(f"<title>Catalogue</title>{held}<p>2015</p><h2>{words}</h2>".encode(), "text/html; charset=utf-8")
    found = judge(URL, URL, (), page, evidence(page, [cited(WORK)]))
    assert found is not None
    assert not found.is_certain


def test_error_title_above_a_list_with_the_cited_title_is_a_soft_404():
    """A not-found page may propose what was looked for."""
    markup = "<title>Page not found</title><p>Perhaps:</p><p>River Council: Library of Accords</p>"
    page = read_page(markup.encode(), "text/html; charset=utf-8")
    found = judge(URL, URL, (), page, evidence(page, [cited(WORK)]))
    assert found is not None
    assert found.is_certain
