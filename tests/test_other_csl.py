"""CSL-YAML and CSL-JSON of other people: read as they mean, a value that cannot be understood costs that value only."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

import tajikpeace_refs as refs
from tajikpeace_refs.lint import lint_text
from tajikpeace_refs.model.csl_dates import plain_date
from tajikpeace_refs.model.date import PartialDate
from tajikpeace_refs.options import FormatName
from tests.conftest import DATA

DATES = yaml.safe_load((DATA / "csl_dates.yaml").read_text(encoding="utf-8"))
HEAD = "- id: a\n  type: book\n  title: T\n"


def read(text: str, name: FormatName = "csl-yaml") -> tuple[refs.Library, list[str]]:
    """Return the library of a text, and what was reported of it, without the file."""
    problems: list[refs.Problem] = []
    library = refs.parse(text, name, on_problem=problems.append)
    return library, [str(problem).removeprefix("<string>:") for problem in problems]


def item(**values: Any) -> tuple[refs.Work, list[str]]:
    library, problems = read(json.dumps({"id": "a", "type": "book", "title": "T", **values}), "csl-json")
    return library.works[0], problems


@pytest.mark.parametrize(("written", "meant"), DATES["dates"])
def test_date_of_any_habit_is_read_in_both_formats(written: Any, meant: str | None):
    """The date that it means, without a warning; no date where none is meant."""
    text = yaml.safe_dump([{"id": "a", "type": "book", "title": "T", "issued": written}], allow_unicode=True)
    for work, problems in ((item(issued=written)), (read(text)[0]["a"], read(text)[1])):
        assert (work.issued and str(work.issued)) == meant
        assert problems == []


@pytest.mark.parametrize("words", DATES["words"])
def test_words_that_are_no_certain_date_stay_words_with_a_warning(words: str):
    """Nothing is guessed: the work keeps the words, and they are reported."""
    assert plain_date(words) == words
    work, (problem,) = item(issued=words)
    assert work.issued == PartialDate(literal=words)
    assert problem.startswith("1: warning: a: issued: ") and problem.endswith("; it is kept as words")


def test_words_that_we_wrote_are_not_read_as_a_date():
    """`literal` says that they are words, whatever they look like."""
    work = refs.Book(id="a", title="T", issued=PartialDate(literal="March 2012"))
    for name in ("csl-yaml", "csl-json"):
        assert list(refs.parse(refs.render([work], name), name)) == [work]


def test_bad_date_of_access_is_set_aside():
    """RStudio writes a bare time; nobody needs it in words."""
    library, (problem,) = read(f"{HEAD}  accessed: '03:54:37'\n")
    assert library["a"].accessed is None
    assert problem.startswith("4:13: warning: a: accessed: '03:54:37' is not a date")
    assert "accessed: '03:54:37'" in refs.render(library, "csl-yaml")


def test_unknown_keys_are_kept_with_one_warning_a_key_and_written_back():
    """In a list of works of one program every work has them; what looks like a variable is reported each time."""
    text = (
        "references:\n- id: a\n  type: book\n  title: T\n  license: CC BY\n  authro: X\n  tags2: [x, {y: z}]\n"
        "- id: b\n  type: book\n  title: U\n  license: CC BY\n  authro: Y\n"
    )
    library, problems = read(text)
    assert problems == [
        "5:3: warning: a: license: unknown key 'license'; it is kept as an extra field",
        "6:3: warning: a: authro: unknown key 'authro', did you mean 'author'? It is kept as an extra field",
        "7:3: warning: a: tags2: unknown key 'tags2'; it is kept as an extra field",
        "12:3: warning: b: authro: unknown key 'authro', did you mean 'author'? It is kept as an extra field",
    ]
    written = refs.render(library, "csl-yaml")
    assert yaml.safe_load(written) == yaml.safe_load(text)
    assert read(written)[0] == library


def test_unknown_part_of_a_name_is_kept_beside_it():
    """The name is read; its other parts come back while it is the same."""
    text = "- id: a\n  type: book\n  title: T\n  author:\n  - {family: Doe, given: J., orcid: 0000-0002-1825-0097}\n"
    library, (problem,) = read(text)
    assert problem == "5:30: warning: a: author[0].orcid: unknown key 'orcid'; it is kept as an extra field"
    assert library["a"].author == (refs.Name(family="Doe", given="J."),)
    assert yaml.safe_load(refs.render(library, "csl-yaml"))["references"][0] == yaml.safe_load(text)[0]
    changed = library["a"].replace(author=(refs.Name(family="Hill", given="A."),))
    assert "orcid" not in refs.render([changed], "csl-yaml")


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("  volume: {a: b}\n", "4:11: warning: a: volume: expected text, got a mapping; it is kept as an extra field"),
        ("  edition: [second, 2]\n", "4:12: warning: a: edition: expected text, got a list; 'second' is taken"),
        ("  keyword: {a: b}\n", "4:12: warning: a: keyword: expected a list, got a mapping; it is kept as an extra field"),
        ("  retrieval-needed: perhaps\n", "4:21: warning: a: retrieval-needed: expected true or false, got 'perhaps'; it is "
         "kept as an extra field"),
        ("  author: [{family: [x]}, {family: Doe}]\n", "4:21: warning: a: author[0].family: expected text, got a list; it is "
         "kept as an extra field"),
    ],
)  # fmt: skip
def test_value_that_is_not_understood_costs_itself_only(lines: str, problem: str):
    """The work is read; the value is written back as it came."""
    library, problems = read(HEAD + lines)
    assert problems == [problem]
    if "kept" in problem and "author" not in problem:
        assert yaml.safe_load(refs.render(library, "csl-yaml"))["references"][0] == yaml.safe_load(HEAD + lines)[0]
    assert len(library) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- {id: a, type: bok, title: T}", "unknown type 'bok', did you mean 'book'?"),
        ("- {id: a, type: journal-article, title: T}", "did you mean 'article-journal'?"),
        ("- {id: a, type: program, title: T}", "did you mean 'software'?"),
        ("- {id: a, type: book}", "title: is missing"),
        ("- {id: a, type: book, title: {x: y}}", "title: expected text, got a mapping"),
        ("- {type: book, title: T}", "id: is missing"),
        ("- {id: a, type: book, title: T}\n- {id: a, type: book, title: U}", "the id is used twice"),
        ('- id: a\n  type: book\n  title: "The "new" wells"', "put quotation marks around the whole text"),
    ],
)
def test_what_stays_an_error(text: str, message: str):
    """A misspelt type, no title, no id, repeated ids, broken syntax."""
    with pytest.raises(refs.InputError) as caught:
        refs.parse(text, "csl-yaml")
    assert message in str(caught.value)


def test_missing_type_is_a_document_with_a_warning():
    """As pandoc renders it."""
    assert read("- {id: a, title: T}") == (
        refs.Library(works=[refs.OtherWork(id="a", type="document", title="T")]),
        ["1:3: warning: a: type: is missing; read as document"],
    )
    library, problems = read('{"id": "a", "title": "T"}', "csl-json")
    assert (library["a"].type, problems) == ("document", ["1: warning: a: type: is missing; read as document"])


def test_identifiers_in_small_letters_are_read():
    """As pandoc reads them, and writes them itself."""
    values = {"doi": "10.1000/x", "url": "http://example.org", "isbn": "0306406152", "issn": "2434-561X", "pmid": "1"}
    work, problems = item(**values)
    assert (work.doi, work.url, work.isbn, work.issn, work.pmid, problems) == (*values.values(), [])
    library, problems = read(HEAD + "".join(f"  {key}: {value}\n" for key, value in values.items()))
    assert (library["a"].doi, library["a"].url, problems) == (values["doi"], values["url"], [])


def test_strict_reading_refuses_what_lint_reports():
    """The same findings as errors, for our own files; lint never takes a warning for nothing."""
    text = f"{HEAD}  doi: 10.1000/x\n  issued: March 2012\n  license: x\n"
    assert read(text)[1] == ["6:3: warning: a: license: unknown key 'license'; it is kept as an extra field"]
    with pytest.raises(refs.InputError) as caught:
        refs.parse(text, "csl-yaml", strict=True)
    reported = [(problem.line, problem.severity) for problem in caught.value.problems]
    assert reported == [(4, "error"), (5, "error"), (6, "error")]
    assert [(each.line, each.code) for each in lint_text(text, "csl-yaml")] == [
        (4, "TP002"),
        (5, "TP002"),
        (6, "TP002"),
    ]


@pytest.mark.parametrize("end", ["---\n", "...\n", "---\n\nText with a list:\n\n- one\n- two\n\n---\n"])
def test_yaml_at_the_top_of_a_document_is_read(tmp_path: Path, end: str):
    """Fences, other keys beside the list, and prose below; an edit leaves all of it."""
    text = f"---\ntitle: Paper\nlang: en\nreferences:\n- id: a\n  type: book\n  title: T\n{end}"
    library, problems = read(text)
    assert (library.ids, problems) == (("a",), [])
    for suffix in (".qmd", ".md"):
        path = tmp_path / f"paper{suffix}"
        path.write_text(text, encoding="utf-8")
        assert refs.load(path).ids == ("a",)
    from tajikpeace_refs.formats.csl_yaml import set_values

    assert set_values(text, [("a", "title", "U")]) == text.replace("title: T\n", "title: U\n")
    assert [each.code for each in lint_text(text, "csl-yaml")] == ["TP101", "TP101", "TP101"]


def test_second_document_is_still_refused():
    """It would be lost in silence."""
    with pytest.raises(refs.InputError, match="a second document begins here"):
        refs.parse("---\nreferences: []\n---\nreferences: []\n", "csl-yaml")


def test_unknown_key_at_the_top_is_a_warning_outside_documents():
    """In a list of works it may be a slip; among the metadata of a document any key may stand."""
    assert read("references: []\nbibliography: x\n")[1] == [
        "2:1: warning: bibliography: unknown key 'bibliography' at the top; expected references, source, proper-nouns, "
        "language"
    ]
    assert read("---\nreferences: []\npropernouns: [x]\n---\n")[1] == [
        "3:1: warning: propernouns: unknown key 'propernouns' at the top, did you mean 'proper-nouns'?"
    ]


def test_event_of_crossref_gives_its_variables():
    """Name, place and dates; the object is kept where it holds more."""
    event = {"name": "Net Conference", "location": "Paris", "start": {"date-parts": [[2020, 5, 1]]}}
    work, problems = item(event=event)
    assert (work.event_title, work.event_place, str(work.event_date), problems) == (
        "Net Conference", "Paris", "2020-05-01", [])  # fmt: skip
    both = item(event={**event, "end": {"date-parts": [[2020, 5, 3]]}, "acronym": "N'20"})[0]
    assert str(both.event_date) == "2020-05-01/2020-05-03"
    assert both.to_csl()["custom"]["crossref-event"]["acronym"] == "N'20"


@pytest.mark.parametrize(
    ("title", "subtitle", "joined"),
    [
        (["Rivers"], ["A field guide"], "Rivers: A field guide"), (["Why?"], ["An answer"], "Why? An answer"),
        (["Rivers: A Field Guide"], ["A field guide"], "Rivers: A Field Guide"), (["Rivers"], [], "Rivers"),
    ],
)  # fmt: skip
def test_subtitle_of_crossref_is_part_of_the_title(title: list[str], subtitle: list[str], joined: str):
    """Once: a title that has it already stays."""
    assert item(title=title, subtitle=subtitle)[0].title == joined


def test_container_titles_of_crossref():
    """The short one is CSL's; of a chapter's two the first is the series."""
    work = item(**{"short-container-title": ["Ex. J."], "container-title": ["Example Journal"]})[0]
    assert (work.container_title, work.container_title_short) == ("Example Journal", "Ex. J.")
    chapter = item(**{"type": "book-chapter", "container-title": ["Lecture Notes", "Nets 2020"]})[0]
    assert (chapter.collection_title, chapter.container_title) == ("Lecture Notes", "Nets 2020")


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"id": "http://zotero.org/users/local/x/items/ABCD2345"}, "wallen2001"),
        ({"id": "1234567/ABCD2345"}, "wallen2001"), ({"id": "mine"}, "mine"), ({}, "wallen2001"),
    ],
)  # fmt: skip
def test_citation_key_of_zotero_is_the_id_where_there_is_no_key(given: dict[str, str], key: str):
    """An address and an item's number are keys that nobody can cite."""
    text = json.dumps({**given, "type": "book", "title": "T", "citation-key": "wallen2001"})
    library, problems = read(text, "csl-json")
    assert (library.ids, problems) == ((key,), [])


@pytest.mark.parametrize(
    "envelope", ['{"references": [%s]}', '{"status": "ok", "message": {"items": [%s]}}', '{"message": %s}', "[%s]"]
)
def test_wrapping_of_items_is_taken_off(envelope: str):
    """Crossref's answers, and pandoc's metadata as JSON."""
    assert read(envelope % '{"id": "a", "type": "book", "title": "T"}', "csl-json")[0].ids == ("a",)


def test_publishers_reference_list_is_left_out_unless_wanted():
    """The documented default, and what --drop adds to it."""
    work = item(reference=[{"key": "1"}], abstract="Long", note="N")[0]
    assert "reference" not in json.loads(refs.render([work], "csl-json"))[0]
    whole = refs.render([work], "csl-json", options=refs.WriteOptions(drop=()))
    assert json.loads(whole)[0]["reference"] == [{"key": "1"}]
    short = json.loads(
        refs.render([work], "csl-json", options=refs.WriteOptions(drop=("abstract", "csl-json.reference")))
    )
    assert short[0].keys() & {"abstract", "reference", "note"} == {"note"}
    with pytest.raises(refs.UsageError, match="a work needs its type; it cannot be dropped"):
        refs.WriteOptions(drop=("type",))


def test_id_in_digits_is_written_as_text():
    """Pandoc passes over a work whose id is a number in YAML."""
    text = refs.render([refs.Book(id="1102917", title="T", volume="12")], "csl-yaml")
    assert "id: '1102917'\n" in text and "volume: 12\n" in text
    assert refs.parse(text, "csl-yaml").ids == ("1102917",)
