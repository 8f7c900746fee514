"""The value types: each parses, prints and orders itself; everything is frozen and hashable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import tajikpeace_refs as refs
from tajikpeace_refs.model import Book, Library, Locator, Name, PartialDate, Webpage, Work
from tajikpeace_refs.model.work import FIELDS, SPELLING, TYPES, WORK, dump_work
from tests import strategies


@given(strategies.names)
def test_name_prints_and_parses_to_itself(name: Name):
    """str() is the canonical spelling, and parse() reads it back."""
    assert Name.parse(str(name)) == name


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Burton, J. W.", {"family": "Burton", "given": "J. W."}),
        ("de la Cruz, María", {"non_dropping_particle": "de la", "family": "Cruz", "given": "María"}),
        ("Beethoven, Ludwig van", {"family": "Beethoven", "given": "Ludwig", "dropping_particle": "van"}),
        ("King, Martin Luther, Jr.", {"family": "King", "given": "Martin Luther", "suffix": "Jr."}),
        ("Plato,", {"family": "Plato"}),
        ("{Ministry of Culture, Dushanbe}", {"literal": "Ministry of Culture, Dushanbe"}),
        ("Академияи илмҳо", {"literal": "Академияи илмҳо"}),
    ],
)
def test_name_spelling_gives_its_parts(text: str, parts: dict[str, str]):
    """A comma parts family from given; text without one is an organisation."""
    assert Name.parse(text) == Name(**parts)


_PART = st.sampled_from(["family", "given", "non-dropping-particle", "suffix", "comma_suffix", "nickname"])


@given(st.dictionaries(_PART, st.sampled_from(["", "A", "true", 1, True, None, "1"]), max_size=3))
def test_name_made_from_its_texts_equals_the_validated_one(parts: dict[str, object]):
    """Names made once for their texts are those that the model makes, and a mistake in one has its place."""
    try:
        expected = Name.model_validate(parts)
    except ValidationError as error:
        with pytest.raises(ValidationError) as raised:
            Book.model_validate({"id": "a", "type": "book", "author": [parts]})
        places = [("author", 0, *found["loc"]) for found in error.errors()]
        assert [found["loc"] for found in raised.value.errors()] == places
        return
    [name] = Book.model_validate({"id": "a", "type": "book", "author": [parts]}).author
    assert (name, name.model_fields_set, repr(name)) == (expected, expected.model_fields_set, repr(expected))


def test_names_order_by_family_then_given():
    """Names order themselves: Brown before Browning, A. before B."""
    names = [Name.parse(text) for text in ("Browning, A.", "Brown, B.", "Brown, A.")]
    assert [str(name) for name in sorted(names)] == ["Brown, A.", "Brown, B.", "Browning, A."]


@given(strategies.dates)
def test_date_prints_and_parses_to_itself(date: PartialDate):
    """str() is EDTF (or the words), and parse() reads it back."""
    assert PartialDate.parse(str(date)) == date


@given(strategies.dates)
def test_date_comes_back_from_csl(date: PartialDate):
    """The CSL date object loses nothing: what CSL has no part for is kept in raw."""
    assert PartialDate.from_csl(date.to_csl()) == date


@given(st.lists(strategies.dates, min_size=2, max_size=5))
def test_dates_have_one_total_order(dates: list[PartialDate]):
    """Sorting does not depend on the order given."""
    backwards = dates[::-1]
    assert sorted(dates) == sorted(backwards)
    assert all(one <= two for one, two in zip(sorted(dates), sorted(dates)[1:], strict=False))


def test_dates_order_from_no_date_to_in_press():
    """No date first, less exact before more exact, in press last (APA 9.46)."""
    texts = ["in press", "2003-05-02", "2003", "2003-05", "n.d.", "1996", "2002-22"]
    ordered = sorted(PartialDate.parse(text) for text in texts)
    assert [str(date) for date in ordered] == ["n.d.", "1996", "2002-22", "2003", "2003-05", "2003-05-02", "in press"]


@pytest.mark.parametrize(
    ("text", "csl"),
    [
        ("2008", {"date-parts": [[2008]]}),
        ("2008-06-27", {"date-parts": [[2008, 6, 27]]}),
        ("1992/1997", {"date-parts": [[1992], [1997]]}),
        ("1970~", {"date-parts": [[1970]], "circa": True}),
        ("2020-22", {"date-parts": [[2020]], "season": 2}),
        ("2015/..", {"date-parts": [[2015]], "raw": "2015/.."}),
        ("-0349", {"date-parts": [[-350]]}),
        ("0000", {"date-parts": [[-1]]}),
        ("in press", {"literal": "in press"}),
    ],
)
def test_date_has_one_csl_form(text: str, csl: dict[str, object]):
    """EDTF counts a year 0, CSL none: -0349 is 350 BCE (ISO 8601-1, 4.3.2)."""
    assert PartialDate.parse(text).to_csl() == csl
    assert PartialDate.from_csl(csl) == PartialDate.parse(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2008-13", "'2008-13' has no month 13; months are 01 to 12, seasons 21 to 24"),
        ("2007-02-29", "'2007-02-29' has no day 29; that month has 28 days"),
        ("June 2008", "'June 2008' is not a date; expected YYYY, YYYY-MM, YYYY-MM-DD, a range YYYY/YYYY, YYYY~ (about), "
         "'in press' or 'n.d.'"),
    ],
)  # fmt: skip
def test_impossible_date_is_refused_with_what_was_expected(text: str, message: str):
    """A date that is none is refused with what was expected."""
    with pytest.raises(ValueError, match=r".") as caught:
        PartialDate.parse(text)
    assert str(caught.value) == message


@pytest.mark.parametrize("text", ["p. 204", "pp. 3-5", "para. 4", "chapter 2", "Preface"])
def test_locator_prints_and_parses_to_itself(text: str):
    """A locator keeps its label and its value."""
    assert str(Locator.parse(text)) == text


@given(strategies.works())
def test_work_comes_back_from_plain_data(work: Work):
    """Dumping and validating gives the same work, equal and with the same hash."""
    again = WORK.validate_python(dump_work(work))
    assert again == work
    assert hash(again) == hash(work)


def test_models_are_frozen(corpus: Library):
    """Works, names, dates and libraries are frozen."""
    work = corpus["ashurov2008"]
    for value, field in ((work, "title"), (work.author[0], "family"), (work.issued, "literal"), (corpus, "works")):
        with pytest.raises(ValidationError, match="frozen"):
            setattr(value, field, "x")


def test_type_gives_the_class():
    """The type decides the class; every CSL type has one."""
    assert isinstance(WORK.validate_python({"id": "a", "type": "book"}), Book)
    assert isinstance(WORK.validate_python({"id": "a", "type": "post"}), Webpage)
    assert len(TYPES) == 45
    for name in TYPES:
        assert WORK.validate_python({"id": "a", "type": name}).type == name


def test_attributes_are_csl_variables():
    """Every variable of the CSL 1.0.2 schema is an attribute; ours come beside them."""
    csl = "accessed author container-title DOI ISBN issued original-date publisher-place URL archive_location"
    assert set(csl.split()) <= set(SPELLING.values())
    assert len(FIELDS) == len(set(SPELLING.values()))


def test_library_is_a_mapping_of_ids(corpus: Library):
    """[] and `in` take ids; iteration and len() are over works, in file order."""
    assert corpus["aron1981"].id == "aron1981"
    assert "aron1981" in corpus
    assert corpus.get("nobody") is None
    assert [work.id for work in corpus] == list(corpus.ids)
    assert len(corpus) == 18
    with pytest.raises(KeyError, match="no work has the id 'aron1980', did you mean 'aron1981'"):
        corpus["aron1980"]


def test_library_refuses_two_works_with_one_id(corpus: Library):
    """Ids are unique."""
    work = corpus["aron1981"]
    with pytest.raises(ValidationError, match="two works have the id 'aron1981'"):
        Library(works=(work, work))


def test_search_needs_every_word_and_ignores_case_and_accents(corpus: Library):
    """Words are looked for in every field and in the printed form."""
    assert [work.id for work in corpus.search("МИРОСТРОИТЕЛЬСТВО tajikistan")] == ["usmonov2006"]
    assert [work.id for work in corpus.search("sustinable")] == ["lederach1997"]
    assert corpus.search("sustinable usmonov") == ()


def test_select_names_every_unknown_id(corpus: Library):
    """A selection is a library in file order; unknown ids are all named."""
    assert corpus.select(["winter2012", "aron1981"]).ids == ("aron1981", "winter2012")
    with pytest.raises(
        refs.UsageError, match=r"'winter2013', did you mean 'winter2012'\?\nno work has the id 'nobody'"
    ):
        corpus.select(["winter2013", "nobody"])
