"""Identifiers: the spellings on which readers, APA, lint and the link checker once disagreed."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import tajikpeace_refs as refs
from tajikpeace_refs.model import identifiers
from tajikpeace_refs.model.identifiers import (
    DOI,
    IDENTIFIERS,
    doi_address,
    is_doi_address,
    is_isbn,
    is_orcid,
    number_kind,
)

CASES = yaml.safe_load((Path(__file__).parent / "data" / "identifiers.yaml").read_text(encoding="utf-8"))
SPELLINGS = [(kind, text, bare) for kind, forms in CASES.items() for bare, texts in forms.items() for text in texts]
DOIS = [text for bare, texts in CASES["DOI"].items() if bare == "10.1000/182" for text in texts]


@pytest.mark.parametrize(("kind", "text", "bare"), SPELLINGS)
def test_any_spelling_gives_the_bare_form(kind: str, text: str, bare: str | None):
    """Each spelling of the table names the identifier above it, and nothing else is taken for one."""
    identifier = next(each for each in IDENTIFIERS if each.name == kind)
    assert identifier.parse(text) == bare
    if bare and identifier.resolver:
        assert identifier.parse(identifier.address(text) or "") == bare


@pytest.mark.parametrize("text", DOIS)
def test_every_consumer_sees_the_same_doi(text: str):
    """APA, .bib, RIS and the page write 10.1000/182 whatever the record holds; the record itself stays as it is."""
    work = refs.Book(id="a", type="book", title="T", doi=text)
    library = refs.Library(works=(work,))
    assert refs.render(library, "apa").rstrip().endswith(" https://doi.org/10.1000/182")
    assert "\n  doi = {10.1000/182},\n" in refs.render(library, "bibtex")
    assert "\nDO  - 10.1000/182\n" in refs.render(library, "ris").replace("\r", "")
    assert "rft_id=info%3Adoi%2F10.1000%2F182" in refs.render(library, "html")
    assert refs.parse(refs.render(library, "ris"), "ris")["a"].doi == text
    assert refs.parse(refs.render(library, "csl-yaml"), "csl-yaml")["a"].doi == text


@pytest.mark.parametrize("text", DOIS)
def test_readers_take_the_bare_doi(text: str):
    """What a .bib file or a RIS record has in another spelling is read bare, and written back as it came."""
    bib = refs.parse(f"@book{{a,\n  title = {{T}},\n  doi = {{{text}}},\n}}\n", "bibtex")
    ris = refs.parse(f"TY  - BOOK\nID  - a\nTI  - T\nDO  - {text}\nER  - \n", "ris")
    assert [bib["a"].doi, ris["a"].doi] == ["10.1000/182"] * 2
    assert f"doi = {{{text.strip()}}}" in refs.render(bib, "bibtex")
    assert f"DO  - {text.strip()}\r\n" in refs.render(ris, "ris")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://doi-org.ezproxy.lib.edu/10.1000/182", "https://doi.org/10.1000/182"),
        ("10.1000/a#b", "https://doi.org/10.1000/a%23b"),
        ("10.1000/a<b>", "https://doi.org/10.1000/a%3Cb%3E"),
        ("10.1000/a%28b%29", "https://doi.org/10.1000/a(b)"),
        ("10.1000/а", "https://doi.org/10.1000/%D0%B0"),
        ("http://dx.doi.org/fg6rf9", "https://doi.org/fg6rf9"),
        ("10.1000/a b", "https://doi.org/10.1000/a%20b"),
        (" ", ""),
    ],
)
def test_the_address_of_a_doi_holds_what_an_address_may(text: str, address: str):
    """Signs that would end an address are percent-encoded, once (RFC 3986; Crossref's DOI display guidelines)."""
    assert doi_address(text) == address


def test_a_doi_address_is_one_of_a_resolver():
    """Only an address counts, and only one whose host resolves DOIs."""
    assert all(map(is_doi_address, ["https://doi.org/fg6rf9", "http://dx.doi.org/10.1000/182", DOIS[-2]]))
    assert not any(map(is_doi_address, ["10.1000/182", "https://example.org/10.1000/182", "doi:10.1000/182", ""]))


@pytest.mark.parametrize(
    ("text", "kind"),
    [("1061-1924", "issn"), ("1061–1924", "issn"), ("9781878379730 (pbk.)", "isbn"), ("1-878379-73-9", "isbn"), ("TR 17", None), ("", None)],
)  # fmt: skip
def test_the_digits_tell_an_issn_from_an_isbn(text: str, kind: str | None):
    """RIS has one tag for both: 8 digits are an ISSN, 10 or 13 an ISBN, whatever dashes stand between."""
    assert number_kind(text) == kind


def test_check_digits_contradict_a_slip():
    """ISO 2108, ISO 7064: one digit wrong is found."""
    assert [is_isbn("9783161484100"), is_isbn("9783161484110"), is_isbn("316148410X")] == [True, False, True]
    assert [is_orcid("0000-0002-1825-0097"), is_orcid("0000-0002-1825-0079")] == [True, False]


def test_a_long_text_is_no_doi_in_no_time():
    """Hosts are bounded, so that no text makes the search quadratic."""
    assert DOI.parse("doi-" * 200_000) is None
    assert identifiers.ARXIV.parse("arxiv " * 200_000) is None
