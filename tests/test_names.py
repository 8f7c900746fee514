"""Reading names: the habits of programs and people, what must stay whole, and what is reported."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import tajikpeace_refs as refs
from tajikpeace_refs.errors import Loss, Problem
from tajikpeace_refs.formats._bib import names as bib_names
from tajikpeace_refs.lint import lint_text
from tajikpeace_refs.model import Book, Name
from tajikpeace_refs.model.name_doubts import name_doubts
from tajikpeace_refs.model.name_reading import read_cells
from tajikpeace_refs.options import FormatName
from tests import strategies

CASES = yaml.safe_load((Path(__file__).parent / "data" / "names.yaml").read_text(encoding="utf-8"))


def shown(names: tuple[Name, ...]) -> list[str]:
    return [str(name) if name.literal is None else f"{{{name.literal}}}" for name in names]


def in_ris(*lines: str) -> refs.Library:
    text = "".join(f"AU  - {line}\r\n" for line in lines)
    return refs.parse(f"TY  - BOOK\r\nID  - a\r\n{text}TI  - T\r\nER  - \r\n\r\n", "ris", on_problem=lambda _: None)


def in_bib(author: str, on_problem: Any = lambda _: None) -> refs.Library:
    return refs.parse(f"@book{{a,\n  author = {{{author}}},\n  title = {{T}},\n}}\n", "biblatex", on_problem=on_problem)


def warned(text: str, format_name: FormatName) -> list[Problem]:
    problems: list[Problem] = []
    refs.parse(text, format_name, on_problem=problems.append)
    return problems


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_habit_is_read_and_anything_else_left(case: dict[str, Any]):
    """RIS, where a name without a comma is an organisation's."""
    assert [found and shown(found) for found in read_cells([case["text"]], Name.parse)] == [case["names"]]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_bibtex_reads_a_habit_alike(case: dict[str, Any]):
    """BibTeX, where the last word of a name without a comma is the family name."""
    expected = case.get("bib", case["names"])
    tex = case["text"].replace("&", r"\&").replace("#", r"\#")
    if " and " not in tex and expected:
        assert shown(in_bib(tex)["a"].author) == expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_lines_of_ris_come_back_as_they_were(case: dict[str, Any]):
    """What is read in another order is written as it stood; HTML's entities are decoded at the door."""
    library = in_ris(case["text"], "Reed, Anna")
    again = refs.render(library, "ris")
    assert [line[6:] for line in again.splitlines() if line.startswith("AU")] == [unescape(case["text"]), "Reed, Anna"]
    assert refs.parse(again, "ris", on_problem=lambda _: None) == library


@pytest.mark.parametrize(
    ("tex", "name"),
    [
        ("J {Marlow Jr}", "Marlow, J, Jr"),
        (r"Sam {Mar\'on III}", "Marón, Sam, III"),
        ("{Marlow Jr.}, Sam", "Marlow, Sam, Jr."),
        ("S T Jr Marlow", "Marlow, S T, Jr"),
        ("Marlow, JR", "Marlow, JR"),
        ("Van Ness, S", "Van Ness, S"),
    ],
)
def test_a_suffix_held_to_a_name_by_braces_is_apart(tex: str, name: str):
    """BibTeX has a place for it (btxdoc 4); reference lists print it behind the initials (APA 9.8)."""
    library = in_bib(tex)
    assert shown(library["a"].author) == [name]
    assert f"author = {{{tex}}}" in refs.render(library, "biblatex")


def test_a_line_of_all_cited_authors_is_one_doubt_of_one_line():
    """PsycInfo's A2 (Ovid) has the cited authors, one work after another: no person, and no flood of a warning."""
    cited = "Marlow, S., Troy, L.A., Marlow, Troy, L.A., Zhou, K.-H., Troy, " * 40 + "et al."
    [problem] = warned(f"TY  - JOUR\nID  - a\nA1  - Reed, Anna\nA2  - {cited}\nT1  - T\nER  - \n", "ris")
    assert "contains several names" in problem.message
    assert len(problem.message) < 140
    editors = in_ris("Reed, Anna", cited)["a"].author
    assert shown(editors[:1]) == ["Reed, Anna"]
    assert all(name.suffix is None for name in editors)


def test_semicolon_of_an_entity_joins_no_names():
    """HTML that was not decoded is no list of names."""
    assert read_cells(["&#268;apek, Karel"], Name.parse) == [None]


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Marlow ST and Troy EA", ["Marlow, S. T.", "Troy, E. A."]),
        ("Marlow S and Troy E", ["Marlow, S.", "Troy, E."]),
        ("Weinan E and Jun Ma", ["E, Weinan", "Ma, Jun"]),
        ("Wei LI and Jun MA", ["LI, Wei", "MA, Jun"]),
    ],
)
def test_the_other_names_of_a_list_decide(author: str, names: list[str]):
    """EA may be initials or a family name; letters that no family name has beside them (ST) prove the habit."""
    assert shown(in_bib(author)["a"].author) == names


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["Malcolm X", "Marlow, S. T."], ["{Malcolm X}", "Marlow, S. T."]),
        (["Malcolm X", "Anna Reed"], ["{Malcolm X}", "{Anna Reed}"]),
        (["Plan A", "Plan B"], ["{Plan A}", "{Plan B}"]),
        (["Marlow S", "Troy L"], ["Marlow, S.", "Troy, L."]),
        (["Troy L", "UNESCO", "Marlow ST"], ["Troy, L.", "{UNESCO}", "Marlow, S. T."]),
        (["Marlow S.T.", "Troy L", "Steering Committee C"], ["Marlow, S. T.", "Troy, L.", "{Steering Committee C}"]),
    ],
)
def test_one_letter_is_an_initial_only_beside_others(lines: list[str], names: list[str]):
    """A word and a letter may be a name of its own; that of a list of persons (PubMed, Ovid) is one of them."""
    assert shown(in_ris(*lines)["a"].author) == names


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("family=Berg, given=Anna, prefix=van, useprefix=false", {"family": "Berg", "given": "Anna", "dropping_particle": "van"}),
        ("family=Berg, given=Anna, prefix=van, useprefix=true", {"family": "Berg", "given": "Anna", "non_dropping_particle": "van"}),
        ('"family={Marlow, Troy and Sons, Ltd.}"', {"literal": "Marlow, Troy and Sons, Ltd."}),
        ("family=Plato", {"family": "Plato"}),
    ],
)  # fmt: skip
def test_extended_name_format_is_read(author: str, name: dict[str, str]):
    """Biblatex manual 3.4: parts by name, quotation marks around a part with a comma, useprefix."""
    assert in_bib(author)["a"].author == (Name(**name),)


def test_braces_hold_a_name_together():
    """In BibTeX braces say that a name is one."""
    assert shown(in_bib("{Marlow; Troy} and {Olsen S. T.} and {Hill and Sons}")["a"].author) == [
        "{Marlow; Troy}", "{Olsen S. T.}", "{Hill and Sons}"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ({"family": "Marlow III", "given": "S. T."}, "Marlow, S. T., III."),
        ({"family": "Marlow", "given": "Sam, Jr."}, "Marlow, S., Jr."),
        ({"family": "Marlow", "given": "JR"}, "Marlow, J. R."),
        ({"family": "Elizabeth II", "given": "Queen"}, "Elizabeth II, Q."),
        ({"given": "Plato"}, "Plato."),
    ],
)
def test_apa_prints_a_suffix_where_it_belongs_and_a_single_name_whole(name: dict[str, str], entry: str):
    """APA 9.8; the data stay as they are."""
    work = Book(id="a", type="book", title="T", issued="2000", author=(Name(**name),))
    assert refs.render([work], "apa").startswith(f"{entry} (2000)".replace(".. ", ". "))


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Marlow, S. and Troy, L.", ["Marlow, S.", "Troy, L."]),
        (["Marlow S. T.", "Каримов Р.С."], ["Marlow, S. T.", "Каримов, Р. С."]),
        ("Shirin Akiner", ["{Shirin Akiner}"]),
        ({"literal": "Marlow S. T."}, ["{Marlow S. T.}"]),
    ],
)
def test_a_text_for_a_name_is_read_by_the_same_habits(author: Any, names: list[str]):
    """In YAML and Python a name may be a text; one with parts is what these say."""
    assert shown(Book.model_validate({"id": "a", "type": "book", "title": "T", "author": author}).author) == names


DOUBTS = {
    "TP420": [{"family": "and Troy", "given": "L."}, {"family": "Marlow", "given": "S. and Troy"}, {"literal": "Marlow; Troy"},
              {"literal": "Sam Marlow and Lena Troy"}, {"literal": "Sam Marlow, Lena Troy"},
              {"literal": "Sam Marlow/Lena Troy"}, {"family": "Marlow/Troy", "given": "S."}],
    "TP421": [{"family": "Marlow, S."}, {"family": "Marlow Jr.", "given": "Sam"}, {"family": "S. T.", "given": "Marlow"},
              {"family": "S", "given": "Marlow"}, {"family": "EA", "given": "Marlow"}, {"family": "Marlow", "given": "S. (Ed.)"},
              {"family": "Marlow", "given": "Sam", "suffix": "Troy, Lena"}, {"literal": "by Sam Marlow"},
              {"family": "Marlow", "given": "S.", "non_dropping_particle": "edited by"}],
    "TP422": [{"family": "Organization", "given": "World Meteorological"}, {"family": "Bank", "given": "World"}],
    "TP423": [{"literal": "S. T."}, {"given": "S."}, {"literal": "None"}, {"literal": "nan"}, {},
              {"family": "", "given": ""}],
}  # fmt: skip


@pytest.mark.parametrize(("code", "name"), [(code, name) for code, names in DOUBTS.items() for name in names])
def test_a_name_that_is_likely_none_is_doubted(code: str, name: dict[str, str]):
    """Each kind under its code."""
    assert [doubt.code for doubt in name_doubts((Name(**name), Name(family="Reed", given="Anna")))] == [code]


SOUND = [
    Name(family="García Márquez", given="Gabriel José"), Name(family="Berg", given="Jan", non_dropping_particle="van der"),
    Name(literal="Department of Fisheries and Oceans"), Name(family="Andrews", given="Ed."), Name(family="Plato"),
    Name(given="Plato"), Name(family="King", given="Martin Luther", suffix="Jr."), Name(family="Press", given="Frank"),
    Name(family="Smith", given="Ann", suffix="PhD"), Name(family="Gray", given="JR"), Name(family="Ng", given="A."),
    Name(family="Church", given="Frank"), Name(family="Council", given="J."), Name(literal="others"), Name(literal="AC/DC"),
    Name(family="Ортега-и-Гассет", given="Хосе"), Name(family="O’Neil", given="Lee-Ann"), Name(literal="Hill & Sons"),
    Name(family="Gates", given="Bill [@BillGates]"), Name(family="王", given="伟"), Name(literal="Shirin Akiner"),
    Name(literal="None of us"), Name(family="Nan", given="Li"), Name(family="By", given="A."),
    Name(literal="Bündnis 90/Die Grünen"), Name(literal="AFP/Reuters"),
]  # fmt: skip


@pytest.mark.parametrize("name", SOUND, ids=str)
def test_a_sound_name_is_not_doubted(name: Name):
    """Names of two words, of organisations with "and", single names, suffixes and degrees are fine."""
    assert list(name_doubts((name,))) == []


def test_a_name_left_whole_is_warned_of_in_ris():
    """RIS does not say what is an organisation; two capitalised words are one of either."""
    [problem] = warned("TY  - BOOK\r\nID  - a\r\nAU  - Lena Troy\r\nAU  - R Core Team\r\nTI  - T\r\nER  - \r\n", "ris")
    assert (problem.severity, problem.work_id, problem.variable, problem.line) == (
        "warning",
        "a",
        "author[0].literal",
        1,
    )
    assert "'Lena Troy'" in problem.message


def test_a_german_organisation_is_one_without_braces():
    """A word that begins with Forschungs- is no family name."""
    assert shown(in_bib("Deutsche Forschungsgemeinschaft and Forster, E. M.")["a"].author) == [
        "{Deutsche Forschungsgemeinschaft}",
        "Forster, E. M.",
    ]


def test_an_organisation_that_bibtex_parts_is_warned_of():
    """Without braces "and" parts two names (btxdoc 4); what stands alone beside an organisation is likely its rest."""
    problems: list[Problem] = []
    library = in_bib("Department of Fisheries and Oceans", problems.append)
    assert shown(library["a"].author) == ["{Department of Fisheries}", "Oceans,"]
    assert ["'Oceans' is next to an organisation" in problem.message for problem in problems] == [True]


def test_lint_reports_names_of_hand_typed_yaml_at_their_place():
    """A list of two initials and a role in a name."""
    text = "- {id: a, type: book, title: T, issued: 2000, publisher: P, author: [Troy, L.], editor: ['Marlow, S. (Ed.)']}\n"
    found = {(finding.code, finding.variable) for finding in lint_text(text, "csl-yaml") if finding.code >= "TP420"}
    assert found == {("TP423", "author[1].literal"), ("TP421", "editor[0].given")}


@given(st.lists(strategies.any_names, min_size=1, max_size=4).map(tuple))
def test_names_of_any_kind_come_back_from_every_format(names: tuple[Name, ...]):
    """What a reader would take for something else is marked by the writer, or reported as lost."""
    work = Book(id="a", type="book", title="T", author=names)
    formats: tuple[FormatName, ...] = ("ris", "csl-json", "csl-yaml", "biblatex")
    for format_name in formats:
        losses: list[Loss] = []
        text = refs.render([work], format_name, on_loss=losses.append)
        assert losses or refs.parse(text, format_name, on_problem=lambda _: None)["a"].author == work.author


_words = st.sampled_from(
    ["Anna", "B.", "J.-P.", "Reed", "van", "de", "O'Neil", "Müller", "III", "and", "Stone", "K", "Ёров", "e"]
)
_texts = st.lists(_words, min_size=1, max_size=4).map(" ".join)


@given(_texts | st.tuples(_texts, _texts).map(", ".join))
def test_capitalised_words_are_parted_as_pybtex_parts_them(tex: str):
    """The pattern for names without particles equals pybtex, which follows BibTeX."""
    assert bib_names._person(tex) == bib_names._person_of_pybtex(tex)
