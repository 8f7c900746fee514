"""Lists of works merged, and freed of duplicates."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tajikpeace_refs as refs
from tajikpeace_refs.options import FormatName
from tajikpeace_refs.text.comparison import compare
from tests.strategies import libraries, works


def work(work_id: str, **variables: Any) -> dict[str, Any]:
    given = {"type": "book", "title": "Roads of the Pamir", "author": ["Odinaev, S."], "issued": "1998"}
    return {"id": work_id, **given, **{name.replace("_", "-"): value for name, value in variables.items()}}


def library(*works: dict[str, Any], **front: Any) -> refs.Library:
    return refs.Library(works=map(refs.Work.model_validate, works), front=refs.FrontMatter(**front))


OURS = library(
    work("odinaev1998", publisher="Irfon"), work("ray2001", title="Rivers", author=["Ray, A."], issued="2001")
)


def test_a_work_that_is_there_is_listed_and_not_added():
    theirs = library(work("X1", author=["Одинаев, Сафар"], language="ru", publisher="Irfon"))
    merged = refs.merge(OURS, theirs)
    assert merged.library == OURS
    [duplicate] = merged.duplicates
    assert (duplicate.kept.id, duplicate.other.id, duplicate.filled) == ("odinaev1998", "X1", ())
    assert merged.replaced_keys == {"X1": "odinaev1998"}
    assert {each.name for each in duplicate.differing} == {"language"}


def test_a_volume_alone_makes_another_work():
    assert refs.merge(OURS, library(work("X1", volume="3"))).added == ("X1",)


def test_new_works_are_added_at_the_end_in_their_order():
    merged = refs.merge(OURS, library(work("b", title="Lakes"), work("a", title="Seas")))
    assert merged.library.ids == ("odinaev1998", "ray2001", "b", "a")
    assert merged.added == ("b", "a")
    assert not merged.replaced_keys


def test_an_id_that_another_work_has_gets_a_letter():
    merged = refs.merge(OURS, library(work("ray2001", title="Lakes"), work("ray2001a", title="Seas")))
    assert merged.library["ray2001"].title == "Rivers"
    assert merged.library["ray2001b"].title == "Lakes"
    assert merged.library["ray2001a"].title == "Seas"
    assert merged.renamed == merged.replaced_keys == {"ray2001": "ray2001b"}


def test_a_work_of_two_lists_is_added_once():
    merged = refs.merge(OURS, library(work("b", title="Lakes")), library(work("c", title="Lakes")))
    assert merged.added == ("b",)
    assert merged.replaced_keys == {"c": "b"}


def test_a_key_of_two_lists_for_two_works_is_ambiguous():
    """Documents that cite the one list and those that cite the other need two maps."""
    merged = refs.merge(OURS, library(work("b", title="Lakes")), library(work("b", title="Seas")))
    assert merged.library.ids[2:] == ("b", "ba")
    assert merged.ambiguous_keys == ("b",)
    assert merged.replaced_keys == {}


def test_what_only_the_other_has_is_taken_over_when_asked():
    theirs = library(work("X1", ISBN="9781878379733", keyword=["roads"], printed="Odinaev 1998", source="Crossref"))
    merged = refs.merge(OURS, theirs, fill=True)
    kept = merged.library["odinaev1998"]
    assert (kept.isbn, kept.keyword, kept.printed, kept.source) == ("9781878379733", ("roads",), None, None)
    [duplicate] = merged.duplicates
    assert duplicate.kept == kept
    assert duplicate.filled == ("ISBN", "keyword")
    assert [each.name for each in duplicate.differing] == ["source", "printed"]


@pytest.mark.parametrize(
    ("ours", "theirs", "left"),
    [
        ({"URL": "http://a.org/x"}, {"URL": "http://b.org/y", "accessed": "2020-01-01"}, "accessed"),
        ({"publisher": "Irfon"}, {"publisher": "Adib", "publisher-place": "Khujand"}, "publisher-place"),
        ({"DOI": "10.1/a", "container-title": "Annals"},
         {"DOI": "10.1/a", "container-title": "Bulletin", "page": "3-5"}, "page"),
    ],
)  # fmt: skip
def test_what_belongs_to_a_differing_value_is_not_taken_over(ours: dict[str, Any], theirs: dict[str, Any], left: str):
    merged = refs.merge(library(work("a", **ours)), library(work("b", **theirs)), fill=True)
    [duplicate] = merged.duplicates
    assert left not in duplicate.filled
    assert left in {each.name for each in duplicate.differing}


def test_a_doi_with_a_contradicting_title_is_a_doubt_and_both_are_kept():
    """Chapters often have the DOI of their book."""
    ours = library(work("a", type="chapter", DOI="10.1/a", title="Mountain passes", page="1-9"))
    merged = refs.merge(ours, library(work("b", type="chapter", DOI="10.1/A", title="Bridges", page="10-19")))
    assert [(one.id, other.id) for one, other in merged.doubts] == [("a", "b")]
    assert merged.library.ids == ("a", "b")


def test_links_between_added_works_follow_their_new_keys():
    book = work("ray2001", title="Lakes", type="book")
    chapter = work("c", title="Ice", extra={"biblatex": {"xref": "ray2001", "note2": "ray2001"}})
    merged = refs.merge(OURS, library(chapter, book))
    assert [(each.field, each.value) for each in merged.library["c"].extra] == [
        ("xref", "ray2001a"), ("note2", "ray2001"),
    ]  # fmt: skip


def test_what_a_list_says_of_its_works_comes_with_them():
    merged = refs.merge(OURS, library(work("b", title="Реки"), language="ru", proper_nouns=("Pamir",)))
    assert merged.library["b"].language == "ru"
    assert merged.library.proper_nouns == ("Pamir",)
    assert merged.library.front.language is None


def test_later_records_of_a_work_leave_a_list():
    twice = library(work("a"), work("b", title="Lakes"), work("c", author=["Odinaev, Safar"], publisher="Irfon"))
    result = refs.dedupe(twice, fill=True)
    assert result.library.ids == ("a", "b")
    assert result.library["a"].publisher == "Irfon"
    assert result.replaced_keys == {"c": "a"}
    assert result.added == ()
    assert refs.dedupe(result.library).library == result.library


ARTICLE = {"type": "article-journal", "container-title": "Annals of Roads", "volume": "3", "publisher": "Irfon"}
GROUP = {"type": "report", "author": ["{Office of Roads}"], "publisher": "Office of Roads"}
NEWS = {"type": "article-newspaper", "author": [], "title": "Roads open again", "container-title": "The Day"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"type": "article", "publisher": "arXiv", "DOI": "10.48550/arXiv.2001.00001"},
         {"type": "article-journal", "container-title": "Annals of Roads", "DOI": "10.1000/ar.1"}),
        ({"type": "article", "number": "arXiv:2001.00001", "URL": "https://arxiv.org/abs/2001.00001"},
         {"type": "article-journal", "container-title": "Annals of Roads", "URL": "https://arxiv.org/abs/2001.00001"}),
        ({"edition": "2"}, {"edition": "3"}),
        ({"edition": "2"}, {}),
        ({"edition": "2"}, {"edition": "1"}),
        ({"volume": "1"}, {"volume": "2"}),
        ({"volume": "1", "publisher": "Irfon"}, {"publisher": "Irfon"}),
        ({"issued": "1998"}, {"issued": "2008"}),
        ({"id": "b", "issued": "1998"}, {"id": "b", "issued": "1999"}),
        ({"type": "thesis", "genre": "Master’s thesis", "publisher": "U"},
         {"type": "thesis", "genre": "PhD thesis", "publisher": "U"}),
        ({"title": "Roads"}, {"title": "Roads: Part two"}),
        ({"type": "article-journal", "container-title": "Annals", "page": "1-9"},
         {"type": "article-journal", "container-title": "Bulletin", "page": "1-9"}),
        ({"language": "ru", "title": "Дороги"}, {"language": "en", "title": "Roads"}),
        ({"author": ["Odinaev, S."]}, {"author": ["Odinaev, B."]}),
        ({"DOI": "10.1/a"}, {"DOI": "10.1/b"}),
        ({"author": [], "title": "Report", "publisher": "Irfon"}, {"author": [], "title": "Report", "publisher": "Adib"}),
        ({**ARTICLE, "title": "Wells"}, {**ARTICLE, "title": "Wells: A reply"}),
        ({**ARTICLE, "title": "Wells"}, {**ARTICLE, "title": "Wells (erratum)"}),
        ({**ARTICLE, "title": "Wells", "page": "1-9"}, {**ARTICLE, "title": "Wells: A reply", "page": "40"}),
        ({**GROUP, "title": "Atlas"}, {**GROUP, "title": "Atlas: Khujand"}),
        ({"title": "Roads. Vol. I", "publisher": "Irfon"}, {"title": "Roads. Vol. II", "publisher": "Irfon"}),
        *(({"title": "Дороги", "publisher": "Irfon"}, {"title": f"Дороги{part}", "publisher": "Irfon"})
          for part in (". Ч. 2", ": Книга первая", " (2)", ". Том второй", ". III", ": Vol. 2", ": Part two")),
        ({"translator": ["Ray, A."], "publisher": "Irfon"}, {"translator": ["Hill, B."], "publisher": "Irfon"}),
        ({"type": "personal_communication", "title": "Letter", "issued": "1998-01-02"},
         {"type": "personal_communication", "title": "Letter", "issued": "1998-01-05"}),
        ({**NEWS, "issued": "1998-01-02"}, {**NEWS, "issued": "1998-01-05"}),
    ],
)  # fmt: skip
def test_other_versions_are_no_duplicates(one: dict[str, Any], other: dict[str, Any]):
    """Preprint and article, editions, volumes, reprints, translations, replies, letters, reports of one name."""
    merged = refs.merge(library({**work("a"), **one}), library({**work("b"), **other}))
    assert len(merged.added) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"edition": "2", "publisher": "Irfon"}, {"publisher": "Irfon"}),
        ({"ISBN": "1878379739", "issued": "1997"}, {"ISBN": "978-1-878379-73-3", "issued": "1998"}),
        ({"PMID": "30596666", "title": "Roads"}, {"PMID": "30596666", "issued": None, "title": "Roads."}),
        ({"DOI": "10.1/a", "type": "article-journal"}, {"DOI": "https://doi.org/10.1/A", "type": "document"}),
        ({"number": "arXiv:2001.00001v2", "type": "article"},
         {"DOI": "10.48550/arXiv.2001.00001", "type": "article", "issued": "2020"}),
        ({"title": "Roads: A history", "publisher": "Irfon"}, {"title": "Roads", "publisher": "Irfon"}),
        ({"edition": "First edition"}, {}),
        ({"issued": None}, {"issued": None}),
        ({"type": "article-journal", "container-title": "Annals of Roads", "issued": "1998-04", "page": "1-9"},
         {"type": "article-journal", "container-title": "Ann. Roads", "issued": "1998-05", "page": "1-9"}),
        ({"type": "legislation", "author": [], "title": "Act", "number": "7"},
         {"type": "legislation", "author": [], "title": "Act", "number": "7"}),
        ({"author": ["Odinaev, S.", "Ray, A."]}, {"author": ["Odinaev, S.", "others"]}),
        ({"title": "Дороги: 20 лет спустя", "publisher": "Irfon"}, {"title": "Дороги", "publisher": "Irfon"}),
        ({"title": "Roads & rivers"}, {"title": "Roads and Rivers"}),
        ({**ARTICLE, "title": "Wells", "page": "1-9"}, {**ARTICLE, "title": "Wells: A history", "page": "1-9"}),
        ({"translator": ["Ray, A."], "publisher": "Irfon"}, {"publisher": "Irfon"}),
        ({**NEWS, "author": ["Ray, A."], "issued": "1998-01-02"}, {**NEWS, "author": ["Ray, A."], "issued": "1998-01-03"}),
    ],
)  # fmt: skip
def test_records_of_one_work_are_duplicates(one: dict[str, Any], other: dict[str, Any]):
    """By an identifier in any spelling, or by title, author and year."""
    merged = refs.merge(library(work("a", **one)), library(work("b", **other)))
    assert (merged.added, merged.replaced_keys) == ((), {"b": "a"})


@pytest.mark.parametrize("name", ["ris", "bibtex", "biblatex", "csl-json", "csl-yaml"])
def test_the_corpus_read_back_from_a_format_is_all_there(corpus: refs.Library, name: FormatName):
    """Each work is its own duplicate, whatever the format lost of it."""
    back = refs.parse(refs.render(corpus, name, on_loss="ignore"), name)
    merged = refs.merge(corpus, back)
    assert merged.library == corpus
    assert [each.kept.id for each in merged.duplicates] == [each.other.id for each in merged.duplicates]
    assert len(merged.duplicates) == len(corpus)
    assert refs.dedupe(corpus).duplicates == ()


@given(libraries, st.booleans())
def test_a_list_merged_with_itself_stays(works: list[refs.Work], fill: bool):
    """Whatever the works hold, each is found again."""
    ours = refs.Library(works=works)
    once = refs.dedupe(ours).library
    merged = refs.merge(once, once, fill=fill)
    assert (merged.library, merged.added, dict(merged.replaced_keys)) == (once, (), {})
    assert not any(each.differing for each in merged.duplicates)


@given(works(), works())
def test_two_records_are_compared_alike_from_both_sides(one: refs.Work, other: refs.Work):
    """Every variable is compared; only what one side has alone, and missing names, depend on the side."""
    turned = {"only-ours": "only-theirs", "only-theirs": "only-ours"}
    forth = {each.name: each for each in compare(one, other)}
    back = {each.name: each for each in compare(other, one)}
    assert forth.keys() == back.keys()
    for name, each in forth.items():
        assert {each.ours, each.theirs} == {back[name].theirs, back[name].ours}
        if not each.how.endswith(("names", "only")):
            assert turned.get(each.result, each.result) == back[name].result, name


def test_many_works_of_one_title_are_each_found():
    ours = library(*(work(f"w{n}", title="Editorial", volume=str(n)) for n in range(30)))
    assert refs.merge(ours, ours).added == ()
    assert refs.dedupe(ours).duplicates == ()
