"""Citations as a model: locators, items with words and modes, pandoc's syntax, and the citations of a whole document."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import tajikpeace_refs as refs
from tajikpeace_refs.apa.locators import printed_locator
from tajikpeace_refs.errors import UsageError
from tajikpeace_refs.model.citation import Citation
from tajikpeace_refs.model.locator import Locator
from tajikpeace_refs.model.work import WORK
from tajikpeace_refs.options import FormatName
from tajikpeace_refs.text.pandoc_citations import parse_citation

LOCATORS = yaml.safe_load((Path(__file__).parent / "data" / "locators.yaml").read_text(encoding="utf-8"))
ROWS = [row for rows in LOCATORS.values() for row in rows.items()]


@pytest.mark.parametrize(("text", "printed"), ROWS)
def test_locator_is_printed_by_its_kind(text: str, printed: str):
    """8.13, 8.28: the table says which; what is written of a locator reads as the same locator."""
    assert printed_locator(text) == printed
    locator = Locator.parse(text)
    assert Locator.parse(str(locator)) == locator


def book(work_id, *authors, year="2003", **more):
    return WORK.validate_python(
        {"id": work_id, "type": "book", "title": "On rivers", "author": list(authors), "issued": year} | more
    )


def group(name: str, short: str) -> dict[str, str]:
    return {"literal": name, "short": short}


LIBRARY = refs.Library(
    works=[
        book("ant", "Ant, B.", year="2001"),
        book("bee", "Bee, C.", "Cat, D.", year="2002"),
        book("cow", "Cow, E.", year="2003"),
        book("cow2", "Cow, E.", year="2004"),
        book("board", group("Tide and River Board", "TRB"), year="2005"),
        book("board2", group("Tide and River Board", "TRB"), year="2006"),
        book("named", title="Talks on the river", language="en"),
        book("an odd id", "Odd, F.", year="2007"),
    ]
)


def item(work_id: str, **more: str) -> Citation:
    return Citation(work_id, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("items", "text"),
    [
        # prefixes, suffixes and locators of each item (8.12, 8.13)
        ([item("ant", locator="p. 5", prefix="see"), item("bee")], "(see Ant, 2001, p. 5; Bee & Cat, 2002)"),
        ([item("ant", suffix=", emphasis added")], "(Ant, 2001, emphasis added)"),
        ([item("ant", locator="5", suffix="and passim")], "(Ant, 2001, p. 5 and passim)"),
        ([item("ant", prefix="see, e.g.,")], "(see, e.g., Ant, 2001)"),
        # list order, but what has words of its own stays where it was put: most relevant first, then "see also" (8.12)
        ([item("cow"), item("ant")], "(Ant, 2001; Cow, 2003)"),
        ([item("cow"), item("bee", prefix="see also"), item("ant")], "(Cow, 2003; see also Bee & Cat, 2002; Ant, 2001)"),
        # modes
        ([item("ant", mode="suppress-author", locator="5")], "(2001, p. 5)"),
        ([item("cow"), item("cow2", mode="suppress-author")], "(Cow, 2003, 2004)"),
        ([item("ant"), item("cow", mode="suppress-author")], "(Ant, 2001; 2003)"),
        ([item("bee", mode="author-only")], "Bee and Cat"),
        ([item("ant", mode="author-only"), item("bee", mode="author-only")], "Ant and Bee and Cat"),
        ([item("cow", mode="year-only")], "2003"),
        ([item("ant", mode="author-only"), item("cow")], "(Ant; Cow, 2003)"),
        # years of one author are joined unless a place or words part them
        ([item("cow", locator="5"), item("cow2")], "(Cow, 2003, p. 5; Cow, 2004)"),
        ([item("cow"), item("cow2", prefix="cf.")], "(Cow, 2003; cf. Cow, 2004)"),
        ([item("cow"), item("cow2", locator="5")], "(Cow, 2003, 2004, p. 5)"),
        ([item("ant", locator="5"), item("ant", locator="9")], "(Ant, 2001, p. 5; Ant, 2001, p. 9)"),
        ([item("ant"), item("ant")], "(Ant, 2001)"),
        # groups: explained once, short from then on (8.21)
        ([item("board", locator="5"), item("board2")],
         "(Tide and River Board [TRB], 2005, p. 5; TRB, 2006)"),
        ([item("board", mode="author-only")], "Tide and River Board (TRB)"),
        ([item("board", mode="suppress-author")], "(2005)"),
    ],
)  # fmt: skip
def test_citation_is_made_of_items(items: list[Citation], text: str):
    """Each item has its own locator, words and mode."""
    assert refs.cite(LIBRARY, *items) == text


def test_narrative_citation_has_words_and_places():
    """The prefix stands before the author, suffix and place in the parentheses."""
    items = [item("ant", prefix="see", locator="5", suffix=", emphasis added"), item("board")]
    expected = "see Ant (2001, p. 5, emphasis added) and Tide and River Board (TRB, 2005)"
    assert refs.cite(LIBRARY, *items, narrative=True) == expected


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ([item("cow"), item("cow2"), item("ant")], "Ant (2001) and Cow (2003, 2004)"),
        # what belongs to one work is parted by a semicolon from the next
        ([item("cow", locator="5"), item("cow2")], "Cow (2003, p. 5; 2004)"),
        ([item("cow", suffix="and passim"), item("cow2")], "Cow (2003 and passim; 2004)"),
        ([item("board"), item("board2")], "Tide and River Board (TRB, 2005, 2006)"),
    ],
)
def test_narrative_citation_names_an_author_once(items: list[Citation], text: str):
    """8.12: the years of one author stand in one parenthesis."""
    assert refs.cite(LIBRARY, *items, narrative=True) == text


def test_document_explains_a_group_once():
    """8.21: the first citation of the document that names the group explains the short form."""
    citer = refs.Citer(LIBRARY)
    assert citer.cite([item("board", mode="suppress-author")]) == "(2005)"
    assert citer.cite(["board"]) == "(Tide and River Board [TRB], 2005)"
    assert citer.cite(["board2"]) == "(TRB, 2006)"
    assert citer.cite(["board2"], narrative=True) == "TRB (2006)"
    assert refs.Citer(LIBRARY, introduced=True).cite(["board"]) == "(TRB, 2005)"


def test_short_form_of_two_groups_is_not_used():
    """It would name neither; one name in two works is one group."""
    board, bureau = group("River Board", "RB"), group("River Bureau", "RB")
    works = [book("a", board), book("b", bureau), book("c", bureau, year="2004")]
    assert refs.cite(refs.Library(works=works), "a", "c") == "(River Board, 2003; River Bureau, 2004)"
    assert refs.cite(refs.Library(works=works[1:]), "b", "c") == "(River Bureau [RB], 2003, 2004)"


def test_mapping_of_abbreviations_comes_before_the_data():
    """What the caller says of a group wins over ``short``."""
    short = {"Tide and River Board": "Board"}
    assert refs.cite(LIBRARY, "board", abbreviations=short) == "(Tide and River Board [Board], 2005)"


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("[see @ant, p. 5; -@bee, chap. 2]", "(see Ant, 2001, p. 5; 2002, Chapter 2)"),
        ("@ant", "Ant (2001)"),
        ("@ant [p. 5]", "Ant (2001, p. 5)"),
        ("@bee [p. 5; see @ant]", "Bee and Cat (2002, p. 5; see Ant, 2001)"),
        ("@cow [; @cow2]", "Cow (2003, 2004)"),
        ("@cow [p. 5; @cow2, p. 6]", "Cow (2003, p. 5; 2004, p. 6)"),
        ("@cow2 [@ant; @cow]", "Cow (2003, 2004; Ant, 2001)"),
        ("@cow [see @cow2]", "Cow (2003; see Cow, 2004)"),
        ("@board [@board2; @ant]", "Tide and River Board (TRB, 2005, 2006; Ant, 2001)"),
        ("@ant [see [nested], p. 5]", "Ant (2001, see [nested], p. 5)"),
        ("[see [nested] @ant]", "(see [nested] Ant, 2001)"),
        ("@bee [see @ant]", "Bee and Cat (2002; see Ant, 2001)"),
        ("@board [p. 5]", "Tide and River Board (TRB, 2005, p. 5)"),
        ("-@ant", "(2001)"),
        ("-@ant [p. 5]", "(2001, p. 5)"),
        ("[-@ant]", "(2001)"),
        ("[@cow; @ant]", "(Ant, 2001; Cow, 2003)"),
        ("[@ant, pp. 33-35, 38-39 and *passim*]", "(Ant, 2001, pp. 33–35, 38–39 and passim)"),
        ("[@ant{ii, A, D-Z}, with a suffix]", "(Ant, 2001, ii, A, D-Z, with a suffix)"),
        ("[@ant, {}99 years later]", "(Ant, 2001 99 years later)"),
        ("[@ant p. 5]", "(Ant, 2001, p. 5)"),
        ("[@ant, 33, emphasis added]", "(Ant, 2001, p. 33, emphasis added)"),
        ("[@ant, 1 Cor. 13:1]", "(Ant, 2001, 1 Cor. 13:1)"),
        ("[@ant, 1:30:40]", "(Ant, 2001, 1:30:40)"),
        ("[@ant, figs. 2-3, for a review]", "(Ant, 2001, Figures 2–3, for a review)"),
        ("[@ant, Preface]", "(Ant, 2001, Preface)"),
        ("[@ant, in his preface]", "(Ant, 2001, in his preface)"),
        ("[@ant, I think]", "(Ant, 2001, I think)"),
        ("[@ant, p. 5: a remark]", "(Ant, 2001, p. 5: a remark)"),
        ("[@ant, p. 5!]", "(Ant, 2001, p. 5!)"),
        ("[@ant, 5–7 and 9]", "(Ant, 2001, pp. 5–7 and 9)"),
        ("[@ant, 5 and 3 others]", "(Ant, 2001, p. 5 and 3 others)"),
        ("[@ant, 10ff.]", "(Ant, 2001, pp. 10ff.)"),
        ("[@ant, § 12(a)]", "(Ant, 2001, Section 12(a))"),
        ("[@ant, act II, scene i]", "(Ant, 2001, Act II, Scene i)"),
        ("[@ant, 12 min 5 s]", "(Ant, 2001, 12 min 5 s)"),
        ("[@ant, 2nd paragraph]", "(Ant, 2001, 2nd paragraph)"),
        ("[@ant, **bold** and *passim*]", "(Ant, 2001, bold and passim)"),
        ("[@ant, a * b]", "(Ant, 2001, a * b)"),
        ("[Rabbit, 1982, as cited in @ant]", "(Rabbit, 1982, as cited in Ant, 2001)"),
        ("[@ant, civil war]", "(Ant, 2001, civil war)"),
        ("[see, e.g., @ant]", "(see, e.g., Ant, 2001)"),
        ("[@{ant}, 5]", "(Ant, 2001, p. 5)"),
        ("[see @{an odd id}, 5; @ant]", "(see Odd, 2007, p. 5; Ant, 2001)"),
        ("@{an odd id} [p. 5]", "Odd (2007, p. 5)"),
        ("[@ant, by me@home.org]", "(Ant, 2001, by me@home.org)"),
        ("[at \\@home @ant]", "(at @home Ant, 2001)"),
    ],
)  # fmt: skip
def test_pandoc_syntax_is_read(text: str, cited: str):
    """pandoc's manual, "Citation syntax": groups, narrative and suppressed authors, locators with and without braces."""
    assert refs.Citer(LIBRARY).cite(refs.parse_citation(text)) == cited


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("see @ant", "'see @ant' is not a citation; write '[see @key, p. 5; @key]'"),
        ("[@ant; and others]", "the part 'and others' of the citation names no work; write @ and its id"),
        ("[@ant and @bee]", "names two works; put ';' between them"),
        ("[]", "names no work"),
    ],
)
def test_what_is_no_citation_is_refused(text: str, message: str):
    """The message says what is expected."""
    with pytest.raises(UsageError) as caught:
        parse_citation(text)
    assert message in str(caught.value)


def test_mistake_in_a_citation_is_a_usage_error():
    """An unknown mode or id is named; a narrative citation has author and year."""
    with pytest.raises(UsageError, match="unknown mode 'year' of a citation, did you mean 'year-only'"):
        Citation("ant", mode="year")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="no work has the id 'amt', did you mean 'ant'"):
        refs.cite(LIBRARY, Citation("amt"))
    with pytest.raises(UsageError, match="a narrative citation has the author"):
        refs.cite(LIBRARY, Citation("ant", mode="year-only"), narrative=True)


RED = refs.Library(
    works=[
        book("r1", "Red, A.", "Green, A.", "Blue, A.", year="2019"),
        book("r2", "Red, A.", "Yellow, A.", "Blue, A.", year="2020"),
        book("r3", "Red, A.", "Green, A.", "Blue, A.", "Black, A.", year="2021"),
        book("r4", "Red, A.", "Moss, A.", year="2018"),
    ]
)


def test_years_of_one_et_al_stand_in_order():
    """8.12: works that are printed with one author stand by year, whoever the others are."""
    assert refs.cite(RED, "r2", "r3", "r1") == "(Red et al., 2019, 2020, 2021)"
    assert refs.cite(RED, "r2", "r4", "r1") == "(Red et al., 2019, 2020; Red & Moss, 2018)"


def test_persons_who_are_printed_alike_are_two():
    """Two persons do not share one name with two years; what may be one person does."""
    two = refs.Library(works=[book("lei", "Wang, Lei", year="2019"), book("li", "Wang, Li", year="2020")])
    assert refs.cite(two, "lei", "li") == "(Wang, 2019; Wang, 2020)"
    assert refs.cite(two, "lei", "li", narrative=True) == "Wang (2019) and Wang (2020)"
    one = refs.Library(works=[book("lei", "Wang, Lei", year="2019"), book("l", "Wang, L.", year="2020")])
    assert refs.cite(one, "lei", "l") == "(Wang, 2019, 2020)"


@pytest.mark.parametrize(
    ("author", "kind", "expected"),
    [
        ("{Harbor Watch [@HarborWatch]}", "post", "(Harbor Watch, 2003)"),
        ("{Harbor Watch [u/harbor]}", "webpage", "(Harbor Watch, 2003)"),
        ("{Harbor Watch [harborwatch]}", "post", "(Harbor Watch, 2003)"),
        ("{Harbor Watch [HW]}", "report", "(Harbor Watch [HW], 2003)"),
        ("{[@harbor]}", "post", "([@harbor], 2003)"),
        ("Moor, Eva [@eva]", "post", "(Moor, 2003)"),
    ],
)
def test_user_name_stands_in_the_reference_only(author: str, kind: str, expected: str):
    """10.15: a group is cited by its name; brackets of other works are the group's own."""
    assert refs.cite(refs.Library(works=[book("a", author, type=kind)]), "a") == expected


@pytest.mark.parametrize(
    ("title", "year", "expected"),
    [
        ("Harbor Safety Act of 1990", "1990", "(Harbor Safety Act, 1990)"),
        ("Harbor Safety Act of 1990", "2012", "(Harbor Safety Act of 1990, 2012)"),
        ("Harbor Safety Act", "1990", "(Harbor Safety Act, 1990)"),
    ],
)
def test_act_is_cited_with_one_year(title: str, year: str, expected: str):
    """11.5: the year of the name is left out where it is that of the citation."""
    act = WORK.validate_python({"id": "a", "type": "legislation", "title": title, "issued": year})
    assert refs.cite(refs.Library(works=[act]), "a") == expected


GROUPS_BIB = """
@book{a, author = {{Tide and River Board}}, shortauthor = {TRB}, title = {A}, date = {2020}}
@book{b, author = {{Tide and River Board} and {Harbor Office}}, shortauthor = {{TRB} and {HO}}, title = {B}, date = {2020}}
@book{c, editor = {{Tide and River Board}}, shorteditor = {{T\\"O}}, title = {C}, date = {2020}}
"""


def test_abbreviations_of_bib_files_are_those_of_names():
    """biblatex manual 2.2.2: shortauthor and shorteditor."""
    library = refs.parse(GROUPS_BIB, "biblatex")
    shorts = [[name.short for name in work.author or work.editor] for work in library]
    assert shorts == [["TRB"], ["TRB", "HO"], ["TÖ"]]
    assert refs.cite(library, "a") == "(Tide and River Board [TRB], 2020a)"


@pytest.mark.parametrize("name", ["biblatex", "bibtex", "csl-json", "csl-yaml", "ris"])
def test_abbreviations_survive_every_format(name: FormatName):
    """What a name holds comes back from each format that is read; .bib has the field as it was written."""
    library = refs.parse(GROUPS_BIB, "biblatex")
    again = refs.parse(refs.render(library, name), name)
    assert [(work.author, work.editor) for work in again] == [(work.author, work.editor) for work in library]
    assert "shortauthor = {TRB}," in refs.render(again, "biblatex")


def test_abbreviation_without_a_field_is_reported():
    """Of a translator, and of a person."""
    name = refs.Name(literal="World Harbor", short="WH")
    work = refs.Book(id="a", title="T", translator=[name], author=[refs.Name(family="Lee", given="A.", short="L")])
    losses: list[refs.Loss] = []
    assert "short" not in refs.render(work, "biblatex", on_loss=losses.append)
    assert [loss.variable for loss in losses] == ["author[0].short", "translator[0].short"]


@pytest.mark.parametrize(
    "fields",
    [
        "author = {Hill, A.}, shortauthor = {{AH}}",  # a person
        "author = {{Tide Board} and {Harbor Office}}, shortauthor = {{TB}}",  # of both together
        "title = {X}, shortauthor = {{TB}}",  # of nobody
    ],
)
def test_shortauthor_that_abbreviates_no_group_stays_a_field(fields: str):
    """No guess: it is kept and written back."""
    library = refs.parse(f"@book{{a, {fields}}}", "biblatex")
    assert not any(name.short for name in library["a"].author)
    assert "shortauthor = {{" in refs.render(library, "biblatex")
