"""Queries for works: ``list --where``, ``--sort``, ``--fields``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import tajikpeace_refs as refs
from tajikpeace_refs.cli import app
from tajikpeace_refs.errors import UsageError
from tajikpeace_refs.text.queries import known_name, parse_query, plain_value, shown, sorted_by
from tests.test_cli import run

LIBRARY = refs.parse(
    """
- {id: sulh, type: book, author: ["Усмонов, Иброҳим"], title: Таърихи сулҳ, issued: 2006-05, publisher: Ирфон,
   volume: т. 3, language: tg}
- {id: conflict, type: book, author: ["Burton, John", "{CERN}"], title: Conflict & <i>Peace</i>, issued: 1990,
   DOI: 10.1000/182, volume: XII, number-of-pages: "xii, 320 p."}
- {id: notes, type: chapter, author: [{family: Berg, given: Jan, non-dropping-particle: van der}], title: Réflexions,
   container-title: Le Monde, issued: 1992/1997, page: 12-19, keyword: [war, peace studies]}
- {id: page, type: webpage, author: ["Джалилова, Ёлка"], title: История Таджикистана, issued: in press,
   URL: "https://a.example/c?d=e", language: ru}
- {id: lotman, type: book, title: Work, author: [{family: Лотман, given: Юрий, transliterated: {family: Lotman}}],
   transliterated-title: Rabota, issued: 2001~}
""",
    "csl-yaml",
)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("type=book year>2000 author~usmonov", "sulh"),
        ("type=BOOK", "sulh conflict lotman"),
        ("type!=book", "notes page"),
        # Names: family name, whole name in either order, organisation, particle; in another script too.
        ("author=burton", "conflict"),
        ("author='Burton, John'", "conflict"),
        ('author="John Burton"', "conflict"),
        ("author=cern", "conflict"),
        ("author=burt", ""),
        ("author~burt", "conflict"),
        ("author~'van der Berg'", "notes"),
        ("author~УСМОНОВ", "sulh"),
        ("author~Бёртон", ""),
        ("author~Османов", ""),
        ("author~jalilova", "page"),
        ("author~dzhalilova", "page"),
        ("author=lotman", "lotman"),
        ("publisher~irfon", "sulh"),
        # Texts: markup, case and accents aside; the transliteration that is given.
        ("title='conflict & peace'", "conflict"),
        ("title~reflex", "notes"),
        ("title~tajikistan", "page"),
        ("title='Tarikhi sulh'", "sulh"),
        ("title~rabota", "lotman"),
        ("container_title~monde", "notes"),
        ("container-title='le monde'", "notes"),
        ("keyword='peace studies'", "notes"),
        ("keyword=peace", ""),
        # Dates: as exact as they are asked for, ranges by their beginning, words as words.
        ("year=2006", "sulh"),
        ("year > 1990", "sulh notes lotman"),
        ("year>=1990 and year<=1992", "conflict notes"),
        ("issued=2006", "sulh"),
        ("issued=2006-05", "sulh"),
        ("issued=2006-06", ""),
        ("issued>2006-04", "sulh"),
        ("issued<2006-06 type=book", "sulh conflict lotman"),
        ("issued='in press'", "page"),
        ("issued~press", "page"),
        # Numbers: their labels and Roman numerals do not count.
        ("volume=3", "sulh"),
        ("volume=12", "conflict"),
        ("volume>3", "conflict"),
        ("page<13", "notes"),
        ("number-of-pages>=320", "conflict"),
        # No value.
        ("DOI=''", "sulh notes page lotman"),
        ('doi!=""', "conflict"),
        ("URL~'d=e'", "page"),
        ("id=CONFLICT", "conflict"),
    ],
)
def test_works_that_fit_a_query_are_found(query: str, ids: str):
    """Case, accents and script aside; a list fits where one of its items does."""
    assert [work.id for work in LIBRARY.filter(parse_query(query))] == ids.split()


@pytest.mark.parametrize(
    ("query", "place", "message"),
    [
        ("type=book autor~x", 10, "unknown variable 'autor', did you mean 'author'?"),
        ("journal~x", 0, "unknown variable 'journal', did you mean 'container-title'?"),
        ("year>soon", 5, "'soon' is not a number"),
        ("issued>soon", 7, "'soon' is not a date; write YYYY"),
        ("author>5", 7, "> compares dates and numbers; use =, != or ~ with author"),
        ("type=bok", 5, "unknown type 'bok', did you mean 'book'?"),
        ("title~peace studies", 12, "put a value with spaces in quotation marks"),
        ("author:usmonov", 0, "expected VARIABLE=VALUE"),
        ("type==book", 5, "expected a value"),
        ("DOI= year>2000", 5, "expected a value"),
        ("title~'peace", 6, "expected a value"),
        ("title~''", 6, "~ needs a value"),
    ],
)
def test_mistake_in_a_query_is_shown_at_its_place(query: str, place: int, message: str):
    """The message, the query, and a caret under the place."""
    with pytest.raises(UsageError) as raised:
        parse_query(query)
    words, line, caret = str(raised.value).split("\n")
    assert message in words
    assert (line, caret) == (f"  {query}", f"  {' ' * place}^")


def test_empty_query_is_refused():
    """It would find everything, which nobody asks for."""
    with pytest.raises(UsageError, match="a query is empty"):
        parse_query(" ")


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("year", "conflict notes lotman sulh page"),
        ("-year", "sulh lotman notes conflict page"),
        ("volume", "sulh conflict notes page lotman"),
        ("-volume", "conflict sulh notes page lotman"),
        ("title", "page sulh conflict notes lotman"),
        ("id", "conflict lotman notes page sulh"),
        ("-id", "sulh page notes lotman conflict"),
    ],
)
def test_works_without_the_value_stand_last_in_both_directions(name: str, ids: str):
    """Numbers by value, Cyrillic titles first by the alphabet; "in press" has no year."""
    found = sorted_by(LIBRARY, known_name(name.removeprefix("-")), reverse=name.startswith("-"))
    assert found.ids == tuple(ids.split())


def test_author_order_is_that_of_reference_lists():
    """One home for it: `Library.sorted`."""
    assert sorted_by(LIBRARY, "author").ids == LIBRARY.sorted(by="author").ids


def test_values_are_shown_as_text_and_given_as_data():
    """Names with semicolons, markup left out; CSL's data for programs."""
    work = LIBRARY["conflict"]
    assert [shown(work, name) for name in ("author", "title", "issued", "pmid")] == [
        "Burton, John; CERN", "Conflict & Peace", "1990", "",
    ]  # fmt: skip
    assert plain_value(work, "issued") == {"date-parts": [[1990]]}
    assert plain_value(work, "author") == [{"family": "Burton", "given": "John"}, {"literal": "CERN"}]
    assert (plain_value(work, "year"), plain_value(work, "pmid")) == (1990, None)


@pytest.fixture
def mine(tmp_path: Path) -> str:
    path = tmp_path / "mine.yaml"
    refs.export(LIBRARY, path)
    return str(path)


def test_list_selects_sorts_and_shows_fields(mine: str):
    """Tab-separated for programs; `year` beside the variables; a missing value is empty."""
    done = run(
        "list", mine, "--where", "type=book", "--where", "year>1990", "--sort", "-year", "--fields", "id,year,DOI"
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "sulh\t2006\t\nlotman\t2001\t\n", "")


def test_list_gives_csl_items_or_chosen_values_as_json(mine: str):
    """`--json` alone is CSL-JSON that other programs read."""
    items = json.loads(run("list", mine, "--where", "author~burton", "--json").stdout)
    assert [(item["id"], item["DOI"]) for item in items] == [("conflict", "10.1000/182")]
    rows = json.loads(run("search", "rabota", "--source", mine, "--fields", "id,year,DOI", "--json").stdout)
    assert rows == [{"id": "lotman", "year": 2001, "DOI": None}]


def test_query_without_works_says_so(mine: str):
    """Nothing on standard output, status 0 as of `search`."""
    done = run("list", mine, "--where", "year>2100")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "no work matches --where\n")


@pytest.mark.parametrize(
    "arguments",
    [("--where", "autor~x"), ("--sort", "autor"), ("--fields", "id,autor"), ("--where", "type=book autor=x")],
)
def test_unknown_variable_is_wrong_usage(arguments: tuple[str, str], mine: str):
    """Status 2 with the nearest variable, before anything is read."""
    done = run("list", mine, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "unknown variable 'autor', did you mean 'author'?" in done.stderr


def test_show_writes_other_formats(mine: str):
    """The same as `export --only ID --to FORMAT`."""
    done = run("show", "conflict", "--source", mine, "--to", "bibtex")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == run("export", mine, "--only", "conflict", "--to", "bibtex").stdout
    assert "did you mean 'bibtex'?" in run("show", "conflict", "--source", mine, "--to", "bibtx").stderr


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("show c", "conflict"),
        ("export FILE --only no", "notes"),
        ("show conflict --to bibl", "biblatex"),
        ("list --sort ye", "year\nyear-suffix"),
        ("list --fields id,title-", "id,title-short"),
        ("add FILE --type boo", "book"),
    ],
)
def test_shell_completes_ids_formats_and_variables(line: str, found: str, mine: str):
    """As bash asks for it (click's protocol): the words, and the number of the one that is typed."""
    words = f"tajikpeace-refs {line}".replace("show ", f"show --source {mine} ").replace("FILE", mine)
    answer = CliRunner().invoke(
        app, prog_name="tajikpeace-refs",
        env={"_TAJIKPEACE_REFS_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))},
    )  # fmt: skip
    assert answer.stdout.strip() == found
