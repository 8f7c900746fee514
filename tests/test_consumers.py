"""Real programs read what we write: pandoc, pybtex, bibtexparser, rispy."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import bibtexparser
import pypandoc
import pytest
import rispy
from pybtex.database import parse_string

import tajikpeace_refs as refs
from tajikpeace_refs.formats._csl.items import item_of
from tajikpeace_refs.options import FormatName
from tests.conftest import DATA

pytestmark = pytest.mark.peers
CORPUS = DATA.parents[1] / "data" / "references.yaml"


def pandoc(*arguments: str, text: str = "") -> str:
    command = [pypandoc.get_pandoc_path(), *arguments]
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=True)
    assert b"WARNING" not in done.stderr, done.stderr
    return done.stdout.decode("utf-8")


def bare(text: str) -> str:
    """Leave markup and curly quotes aside: pandoc writes both its own way."""
    return re.sub(r"<[^>]+>", "", text).replace("’", "'").replace("\u2013", "-")


def test_pandoc_cites_every_work_from_the_corpus_file_itself(corpus: refs.Library):
    """pandoc --citeproc takes data/references.yaml unchanged."""
    text = "\n\n".join(f"[@{work_id}]" for work_id in corpus.ids)
    html = pandoc("--citeproc", f"--bibliography={CORPUS}", "-f", "markdown", "-t", "html", text=text)
    assert [f'id="ref-{work_id}"' in html for work_id in corpus.ids] == [True] * 18
    assert "???" not in html


def read_by_pandoc(corpus: refs.Library, name: FormatName, source: str, tmp_path: Path) -> dict[str, dict[str, Any]]:
    path = tmp_path / "x"
    refs.export(corpus, path, format=name, on_loss="ignore")
    items: list[dict[str, Any]] = json.loads(pandoc("-f", source, "-t", "csljson", str(path)))
    return {item["id"]: item for item in items}


@pytest.mark.parametrize(("name", "source"), [("csl-json", "csljson"), ("biblatex", "biblatex"), ("ris", "ris")])
def test_pandoc_reads_the_same_works(corpus: refs.Library, tmp_path: Path, name: FormatName, source: str):
    """Type, names, dates, titles, volume, publisher, place and URL are the same to pandoc as in our model."""
    items = read_by_pandoc(corpus, name, source, tmp_path)
    assert list(items) == list(corpus.ids)
    for work in corpus:
        ours, theirs = item_of(work), items[work.id]
        if name == "biblatex" and work.translated_title:  # pandoc folds titleaddon into the title
            ours["title"] = f"{ours['title']}. {work.translated_title}"
        for variable in ("type", "title", "container-title", "volume", "publisher", "URL", "edition"):
            one, two = bare(theirs.get(variable, "")), bare(ours.get(variable, ""))
            # pandoc puts English biblatex titles into sentence case.
            same = one == two or (name == "biblatex" and one.lower() == two.lower())
            # pandoc's RIS reader knows EndNote's WEB, not ELEC, which Zotero writes for a web page.
            assert same or (name, variable, one) == ("ris", "type", "misc"), (work.id, variable)
        if name != "ris":  # pandoc's RIS reader takes no CY
            assert theirs.get("publisher-place") == ours.get("publisher-place")
        assert theirs.get("issued", {}).get("date-parts") == ours.get("issued", {}).get("date-parts")
        assert [(n.get("family"), n.get("given")) for n in theirs.get("author", [])] == [
            (n.get("family"), n.get("given")) for n in ours.get("author", [])
        ]


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_pybtex_reads_the_same_values(corpus: refs.Library, dialect: FormatName):
    """Every .bib is read back by pybtex, strictly, to the same values, braces aside."""
    entries = parse_string(refs.render(corpus, dialect, on_loss="ignore"), "bibtex").entries
    assert list(entries) == list(corpus.ids)
    for work in corpus:
        entry = entries[work.id]
        fields = {key.lower(): value for key, value in entry.fields.items()}
        assert fields["title"].replace("{", "").replace("}", "") == work.title
        assert fields.get("url") == work.url
        assert fields.get("publisher") == work.publisher
        assert fields.get("address" if dialect == "bibtex" else "location") == work.publisher_place
        assert fields.get("year" if dialect == "bibtex" else "date") == (str(work.issued) if work.issued else None)
        people = entry.persons.get("author", [])
        assert [(" ".join(p.last_names), " ".join([*p.first_names, *p.middle_names])) for p in people] == [
            (name.family, name.given) for name in work.author
        ]


def test_entry_and_record_types_are_as_established(corpus: refs.Library, expected: list[dict[str, Any]]):
    """Entry and record types are as established for each work."""
    for fact in (fact for fact in expected if fact["n"]):
        works = [corpus[fact["key"]]]
        assert refs.render(works, "bibtex", on_loss="ignore").startswith(f"@{fact['bibtex_type']}{{")
        assert refs.render(works, "biblatex").startswith(f"@{fact['biblatex_type']}{{")
        assert refs.render(works, "ris", on_loss="ignore").startswith(f"TY  - {fact['ris_type']}\r\n")


def test_bibtexparser_finds_no_fault(corpus: refs.Library):
    """No failed block, and the fields in the order written."""
    library = bibtexparser.parse_string(refs.render(corpus, "biblatex"))
    assert not library.failed_blocks
    assert [entry.key for entry in library.entries] == list(corpus.ids)


def test_rispy_reads_every_record(corpus: refs.Library):
    """rispy gives 18 records with their authors, titles, years and addresses."""
    records = rispy.loads(refs.render(corpus, "ris", on_loss="ignore"))
    assert [record["id"] for record in records] == list(corpus.ids)
    for work, record in zip(corpus, records, strict=True):
        assert record["title"] == work.title
        assert record.get("translated_title") == work.translated_title
        assert record.get("authors", []) == [str(name) for name in work.author]
        assert record.get("urls", []) == ([work.url] if work.url else [])


def test_ris_lines_have_the_form_that_zotero_reads(corpus: refs.Library):
    """TY first, ER last, two spaces, hyphen, space; CRLF; no BOM; nothing wrapped."""
    text = refs.render(corpus, "ris", on_loss="ignore")
    assert not text.startswith("\ufeff")
    assert text.replace("\r\n", "") == text.replace("\r", "").replace("\n", "")
    for record in text.rstrip("\r\n").split("\r\n\r\n"):
        lines = record.split("\r\n")
        assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
        assert (lines[0][:2], lines[-1]) == ("TY", "ER  - ")


def test_csl_json_is_valid_against_the_schema(corpus: refs.Library):
    """Our keys stand under custom, so that the official schema takes every item; it is read where it is present."""
    schema = DATA.parents[2] / "shared" / "formats" / "schema" / "csl-data.json"
    if not schema.exists():
        pytest.skip("the CSL schema is not here: it is other people's and not part of this project")
    jsonschema = pytest.importorskip("jsonschema")
    items = json.loads(refs.render(corpus, "csl-json"))
    jsonschema.validate(items, json.loads(schema.read_text(encoding="utf-8")))


def test_pandoc_reads_in_press_of_a_yaml_list_that_we_wrote():
    """Words in place of a date are a date to pandoc only as ``{literal: …}``."""
    text = refs.render([refs.Book(id="a", title="Peace", issued="in press")], "csl-yaml")
    [item] = json.loads(pandoc("-f", "markdown", "-t", "csljson", text=f"---\n{text}\n---\n"))
    assert item["issued"]["literal"] == "in press"
    [work] = refs.parse(text, "csl-yaml")
    assert work.issued and work.issued.is_in_press
