"""Whatever text a variable has, a work is written as exactly one record, to us and to the programs that read it."""

from __future__ import annotations

import io
import json
import subprocess
from collections.abc import Callable
from typing import Any

import bibtexparser
import pypandoc
import pytest
import rispy
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string
from pydantic import ValidationError

import tajikpeace_refs as refs
from tajikpeace_refs.model import Library, Work
from tajikpeace_refs.model.work import DATE_VARIABLES, FIELDS, NAME_VARIABLES, TYPES
from tajikpeace_refs.options import FormatName

_HOSTILE = (
    "$", "{", "}", "\\", "%", "#", "^^", "^", "_", "&", "~", "@", "@book{x,", '@preamble{"', "@comment{", "\n@misc{y,",
    "\n", "\r", "\r\n", "\t", '"', "'", "`", ",", "=", ": ", "- ", "---\n", "...\n", "? ", "| ", "!!", "*x", "ER  - ",
    "\nER  - \n", "\nTY  - BOOK\n", "TY  - ", "\x85", "\u2028", "\u2029", "\u00a0", "\u200b", "\ufeff", "\x9b", "\x7f",
    "$x_{$", "$x_2$", r"$\a}}", r"$\alpha_{1}$", "<i>", "</i>", '<span class="nocase">', "</span>", "<!--", "&amp;",
    "&#10;", " and ", "others", "Ж", "é", "東", "🕊", "a", "B", "1", " ", "http://a.b/", "10.1000/", "]", "[", "null",
    "0x1", "2008-06", "\\begin{x}", "\\par ", "\\\\", "</script>",
)  # fmt: skip
texts = st.one_of(
    st.lists(st.sampled_from(_HOSTILE), min_size=1, max_size=6).map("".join), st.text(min_size=1, max_size=12)
)
_NO_TEXT = {"type", "retrieval_needed", "extra", "corrections", "categories", "keyword"}
_TEXTS = tuple(name for name in FIELDS if name not in {*_NO_TEXT, *NAME_VARIABLES, *DATE_VARIABLES})


def _name(text: str, other: str) -> dict[str, Any]:
    return {"family": text, "given": other}


_VALUES = st.one_of(
    st.tuples(st.sampled_from(_TEXTS), texts),
    st.tuples(st.sampled_from(NAME_VARIABLES), st.builds(_name, texts, texts).map(lambda name: [name])),
    st.tuples(st.sampled_from(NAME_VARIABLES), texts.map(lambda text: [{"literal": text}])),
    st.tuples(st.just("author"), st.builds(lambda a, b: [{"literal": a, "short": b}], texts, texts)),
    st.tuples(st.sampled_from(DATE_VARIABLES), texts.map(lambda text: {"literal": text})),
    st.tuples(st.sampled_from(["keyword", "categories"]), st.lists(texts, min_size=1, max_size=2)),
    st.tuples(
        st.just("extra"),
        st.builds(
            lambda form, field, text: {form: {field: text}},
            st.sampled_from(["bibtex", "tex", "bibtex-set", "ris", "ris-raw"]),
            st.sampled_from(["@", "title", "month", "note", "crossref", "TY", "ER", "T1", "N1"]) | texts,
            texts | st.sampled_from(["comment", "xdata", "string"]),
        ),
    ),
)


@st.composite
def hostile_works(draw: st.DrawFn) -> Work:
    """Return a work of any type with hostile texts in up to three of its variables."""
    record: dict[str, Any] = {"id": "b", "type": draw(st.sampled_from(TYPES)), "title": "Peace"}
    record |= dict(draw(st.lists(_VALUES, min_size=1, max_size=3)))
    try:
        return Work.model_validate(record)
    except ValidationError:
        return Work.model_validate({"id": "b", "type": "book"})


def _among(work: Work) -> Library:
    """Return the work between two plain ones: what breaks out of it takes them along."""
    first, last = (Work.model_validate({"id": name, "type": "book", "title": name}) for name in ("first-w", "last-w"))
    return Library(works=(first, work, last))


def _ours(name: FormatName) -> Callable[[str, Library], None]:
    def read(text: str, library: Library) -> None:
        assert len(refs.parse(text, name, on_problem=_no_error)) == len(library), text

    return read


def _no_error(problem: refs.Problem) -> None:
    assert problem.severity != "error", problem


def _pybtex(text: str, library: Library) -> None:
    assert len(parse_string(text, "bibtex").entries) - text.count("\n@set{") == len(library), text


def _bibtexparser(text: str, library: Library) -> None:
    read = bibtexparser.parse_string(text)
    assert not read.failed_blocks, text
    assert len(read.entries) - text.count("\n@set{") == len(library), text


def _rispy(text: str, library: Library) -> None:
    assert len(rispy.loads(text)) == len(library), text


def _json(text: str, library: Library) -> None:
    assert len(json.loads(text)) == len(library), text


def _json_lines(text: str, library: Library) -> None:
    lines = io.StringIO(text, newline="\n").readlines()
    assert len([json.loads(line) for line in lines]) == len(library), text


def _pandoc(form: str) -> Callable[[str, Library], None]:
    def read(text: str, library: Library) -> None:
        command = [pypandoc.get_pandoc_path(), f"--from={form}", "--to=csljson"]
        done = subprocess.run(command, input=text.encode(), capture_output=True, check=False)
        assert done.returncode == 0, (done.stderr, text)
        assert len(json.loads(done.stdout)) == len(library), text

    return read


_READERS: tuple[tuple[FormatName, Callable[[str, Library], None]], ...] = (
    *((name, _ours(name)) for name in ("bibtex", "biblatex", "ris", "csl-json", "csl-jsonl", "csl-yaml", "hayagriva")),
    ("bibtex", _pybtex), ("biblatex", _pybtex), ("bibtex", _bibtexparser), ("biblatex", _bibtexparser),
    ("ris", _rispy), ("csl-json", _json), ("csl-jsonl", _json_lines),
)  # fmt: skip


def _document(title: str) -> Work:
    return Work.model_validate({"id": "b", "type": "document", "title": title})


@pytest.mark.peers
@given(hostile_works(), st.booleans())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@example(_document(r'Sets $\a}}@preamble{"\immediate\write18{id}"}@book{evil,…'), False)
@example(_document("On the notation $x_{$ in old prints"), False)
def test_any_text_gives_one_record(work: Work, is_ascii: bool):
    library = _among(work)
    for name, read in _READERS:
        is_bib = name in {"bibtex", "biblatex"}
        text = refs.render(library, name, ascii=is_ascii and is_bib, on_loss="ignore")
        read(text, library)


@pytest.mark.peers
@given(st.lists(hostile_works(), min_size=10, max_size=10))
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
def test_pandoc_reads_one_record_of_any_text(works: list[Work]):
    """A few lists only: each takes pandoc a second."""
    library = Library(works=tuple(work.replace(id=f"w{number}") for number, work in enumerate(works)))
    forms: dict[FormatName, str] = {"bibtex": "bibtex", "biblatex": "biblatex", "ris": "ris", "csl-json": "csljson"}
    for name, form in forms.items():
        _pandoc(form)(refs.render(library, name, on_loss="ignore"), library)
