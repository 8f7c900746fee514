"""In-text citations, chapter 8."""

from __future__ import annotations

import pytest

from tajikpeace_refs.apa import cite
from tajikpeace_refs.errors import UsageError
from tajikpeace_refs.model.work import WORK
from tajikpeace_refs.options import WriteOptions


def book(work_id, *authors, year="2003", **more):
    return WORK.validate_python(
        {"id": work_id, "type": "book", "title": "On rivers", "author": list(authors), "issued": year} | more
    )


WORKS = [
    book("one", "Moor, Eva"),
    book("two", "Pell, K.", "Quist, L."),
    book("three", "Pell, K.", "Quist, L.", "Rand, M.", year="1999"),
    book("k1", "Kapur, S.", "Bell, B.", "Ames, C.", "Orr, D.", year="2017"),
    book("k2", "Kapur, S.", "Bell, B.", "Lowe, E.", "Orr, D.", "Pym, G.", year="2017"),
    book("k3", "Kapur, S.", "Bell, B.", "Ames, C.", "Ytter, F.", year="2017"),
    book("k4", "Kapur, S.", "Zell, B.", "Ames, C.", year="2018"),
    book("lee-a", "Lee, A.", year="2001"),
    book("lee-b", "Lee, B.", "Moor, Eva", year="2010"),
    book("s-nd", "Sand, T.", year="n.d.", title="A"),
    book("s-nd2", "Sand, T.", year="n.d.", title="B"),
    book("s1", "Sand, T.", year="2003", title="The zebra"),
    book("s2", "Sand, T.", year="2003", title="An ant"),
    book("s-press", "Sand, T.", year="in press"),
    book("group", "{Tide and River Board}"),
    book("old", "Plato,", year="1994", **{"original-date": {"date-parts": [[-380]], "circa": True}}),
    book("translated", "Rahim, S.", year="1981", **{"original-date": "1962"}),
    book("title", title="Talks on the river: a chronology", language="en"),
    book("quoted", type="entry-encyclopedia", title="List of old rivers", **{"container-title": "Riverpedia"}),
    book("case", type="legal_case", title="Moor v. Board"),
    book("letter", "Moor, Eva", type="personal_communication", year="2018-04-15"),
    book("episode", type="broadcast", **{"script-writer": ["Bari, K."], "director": ["Bari, K."]}),
]


@pytest.mark.parametrize(
    ("ids", "parenthetical", "narrative"),
    [
        (["one"], "(Moor, 2003)", "Moor (2003)"),  # 8.11
        (["two"], "(Pell & Quist, 2003)", "Pell and Quist (2003)"),  # 8.17
        (["three"], "(Pell et al., 1999)", "Pell et al. (1999)"),  # 8.17
        (["k1"], "(Kapur, Bell, Ames, & Orr, 2017)", "Kapur, Bell, Ames, and Orr (2017)"),  # 8.18: et al. is plural
        (["k2"], "(Kapur, Bell, Lowe, et al., 2017)", "Kapur, Bell, Lowe, et al. (2017)"),  # 8.18
        (["k4"], "(Kapur et al., 2018)", "Kapur et al. (2018)"),  # 8.18: another year is no confusion
        (["lee-a"], "(A. Lee, 2001)", "A. Lee (2001)"),  # 8.20
        (["lee-b"], "(B. Lee & Moor, 2010)", "B. Lee and Moor (2010)"),  # 8.20
        (["s1"], "(Sand, 2003b)", "Sand (2003b)"),  # 8.19, the article is not counted
        (["s-nd2"], "(Sand, n.d.-b)", "Sand (n.d.-b)"),
        (["s-press", "s1", "s-nd"], "(Sand, n.d.-a, 2003b, in press)", "Sand (n.d.-a, 2003b, in press)"),  # 8.12
        (["two", "k4", "one"], "(Kapur et al., 2018; Moor, 2003; Pell & Quist, 2003)",
         "Kapur et al. (2018), Moor (2003), and Pell and Quist (2003)"),  # 8.12
        (["episode"], "(Bari, 2003)", "Bari (2003)"),  # one person in two roles
        (["group"], "(Tide and River Board, 2003)", "Tide and River Board (2003)"),  # 8.21
        (["translated"], "(Rahim, 1962/1981)", "Rahim (1962/1981)"),  # 8.15
        (["old"], "(Plato, ca. 380 B.C.E./1994)", "Plato (ca. 380 B.C.E./1994)"),  # 8.15
        (["title"], "(*Talks on the River*, 2003)", "*Talks on the River* (2003)"),  # 8.14
        (["quoted"], "(“List of Old Rivers,” 2003)", "“List of Old Rivers” (2003)"),  # 8.14
        (["case"], "(*Moor v. Board*, 2003)", "*Moor v. Board* (2003)"),  # 11.4
        (["letter"], "(E. Moor, personal communication, April 15, 2018)",
         "E. Moor (personal communication, April 15, 2018)"),  # 8.9
    ],
)  # fmt: skip
def test_citation_forms_follow_chapter_8(ids, parenthetical, narrative):
    """Parenthetical and narrative form; the section stands beside each row."""
    options = WriteOptions(markup="markdown")
    assert cite(WORKS, ids, options=options) == parenthetical
    assert cite(WORKS, ids, narrative=True, options=options) == narrative


@pytest.mark.parametrize(
    ("locator", "expected"),
    [
        ("204", "p. 204"), ("p. 204", "p. 204"), ("pp. 3-5", "pp. 3–5"), ("12-15", "pp. 12–15"), ("3, 7", "pp. 3, 7"),
        ("para. 4", "para. 4"), ("para. 4-5", "paras. 4–5"), ("chapter 2", "Chapter 2"), ("Table 1", "Table 1"),
        ("Preface", "Preface"),
    ],
)  # fmt: skip
def test_locator_is_printed_with_its_label(locator, expected):
    """8.13: pages and paragraphs are abbreviated, other parts are not."""
    assert cite(WORKS, ["one"], locator=locator) == f"(Moor, 2003, {expected})"
    assert cite(WORKS, ["one"], locator=locator, narrative=True) == f"Moor (2003, {expected})"


def test_group_abbreviation_is_introduced_once():
    """8.21: on request the short form of a group is introduced, in brackets, or in the parentheses of a narrative."""
    short = {"Tide and River Board": "TRB"}
    assert cite(WORKS, ["group"], abbreviations=short) == "(Tide and River Board [TRB], 2003)"
    assert cite(WORKS, ["group"], abbreviations=short, narrative=True) == "Tide and River Board (TRB, 2003)"
    assert cite(WORKS, ["group"], abbreviations=short, introduced=True) == "(TRB, 2003)"


def test_original_script_list_is_cited_in_its_script():
    """The Cyrillic list is cited in Cyrillic, the romanised one in Latin letters."""
    works = [book("a", "Қодирӣ, Ҷ.", language="tg")]
    assert cite(works, ["a"]) == "(Qodiri, 2003)"
    assert cite(works, ["a"], options=WriteOptions(script="original")) == "(Қодирӣ, 2003)"


def test_citation_mistake_is_a_usage_error():
    """An unknown id is named with the nearest known one; a locator belongs to one work."""
    with pytest.raises(UsageError, match=r"no work has the id 'thre', did you mean 'three'\?"):
        cite(WORKS, ["one", "thre"])
    with pytest.raises(UsageError, match="a locator belongs to one work"):
        cite(WORKS, ["one", "two"], locator="3")
    with pytest.raises(UsageError, match="nothing to cite"):
        cite(WORKS, [])
