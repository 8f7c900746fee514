"""What people write first works: making, changing and reading works, dates and libraries; wrong values are refused."""

from __future__ import annotations

import copy
import datetime as dt
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import assume, given
from pydantic import ValidationError

import tajikpeace_refs as refs
from tajikpeace_refs.model import Book, Chapter, FrontMatter, Library, Name, OtherWork, PartialDate, Webpage, Work
from tajikpeace_refs.model import _keywords as keywords
from tajikpeace_refs.model.date import DatePart
from tajikpeace_refs.model.work import FIELDS, SPELLING, TYPES, WORK
from tajikpeace_refs.text.plausibility import placeholders
from tests import strategies
from tests.conftest import DATA

ONE_TYPE = [cls for cls in Work.__subclasses__() if len(get_args(cls.model_fields["type"].annotation)) == 1]


def book(name: str, **more: Any) -> Book:
    return Book(id=name, title=more.pop("title", name.upper()), **more)


# Making works


@pytest.mark.parametrize("cls", ONE_TYPE)
def test_the_type_need_not_be_given_where_there_is_one(cls: type[Work]):
    work = cls.model_validate({"id": "a", "title": "Peace"})
    assert work == WORK.validate_python({"id": "a", "title": "Peace", "type": work.type})
    assert len(ONE_TYPE) == 5


def test_a_class_of_several_types_needs_the_type():
    """A web page is one of them without a word; a post has its type."""
    with pytest.raises(ValidationError, match=r"type\n  Field required"):
        OtherWork(id="a", title="Peace")
    assert Webpage(id="a", title="Peace") == WORK.validate_python({"id": "a", "type": "webpage", "title": "Peace"})
    assert Webpage(id="a", title="Peace").to_csl()["type"] == "webpage"
    assert WORK.validate_python({"id": "a", "type": "post"}) == Webpage(id="a", type="post")


def test_a_work_of_no_class_is_refused_with_the_class_to_use():
    """Work is what all works have in common; model_validate and from_csl choose the class."""
    with pytest.raises(
        ValidationError, match=r"a work of type 'book' is a Book; use Book\(\.\.\.\), or Work.model_valid"
    ):
        Work(id="a", type="book")
    with pytest.raises(ValidationError, match="unknown type 'boook', did you mean 'book'"):
        Work(id="a", type="boook")
    with pytest.raises(ValidationError, match="unknown type 'nonsense'"):
        Work(id="a", type="nonsense")
    for name in TYPES:
        assert type(Work.model_validate({"id": "a", "type": name})) is type(
            WORK.validate_python({"id": "a", "type": name})
        )
    with pytest.raises(ValidationError, match="Input should be 'book'"):
        Book.model_validate({"id": "a", "type": "chapter"})


# Dates


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (PartialDate(2001), "2001"), (PartialDate(2001, 5), "2001-05"), (PartialDate(2001, 5, 3), "2001-05-03"),
        (PartialDate(year=2001), "2001"), (PartialDate(2001, month=22), "2001-22"), (PartialDate(-350), "-0350"),
        (PartialDate(literal="in press"), "in press"), (PartialDate(points=(DatePart(2001), None)), "2001/.."),
        (PartialDate(350), "0350"),
    ],
)  # fmt: skip
def test_a_date_is_made_of_numbers_parts_or_words(made: PartialDate, text: str):
    assert made == PartialDate.parse(text)
    assert made.model_fields_set == PartialDate.parse(text).model_fields_set


@pytest.mark.parametrize(
    ("numbers", "message"),
    [((2001, 13), "'2001-13' has no month 13"), ((2001, 2, 29), "no day 29; that month has 28 days"), ((2001, None, 3), "no day 3")],
)  # fmt: skip
def test_numbers_that_are_no_day_are_refused(numbers: tuple[int, ...], message: str):
    with pytest.raises(ValueError, match=message):
        PartialDate(*numbers)
    with pytest.raises(ValueError, match="a date has numbers or literal, not both"):
        PartialDate(2001, literal="in press")


@pytest.mark.parametrize(
    ("given_one", "text"),
    [
        (2001, "2001"), ("2001-05", "2001-05"), (dt.date(2001, 5, 3), "2001-05-03"), ({"date-parts": [[2001]]}, "2001"),
        (dt.datetime(2001, 5, 3, 23, 59, tzinfo=dt.UTC), "2001-05-03"), (PartialDate(2001), "2001"),
    ],
)  # fmt: skip
def test_a_date_is_read_from_what_people_have(given_one: Any, text: str):
    """The day of a datetime is the one it says, in its own zone."""
    assert book("a", issued=given_one).issued == PartialDate.parse(text)


# Changing works


def test_replace_validates_and_gives_the_class_of_the_type():
    work = book("a", issued=2001, note="x")
    changed = work.replace(title="Peace", issued="2009", DOI="10.1/2", note=None)
    assert changed == Book(id="a", title="Peace", issued=PartialDate(2009), doi="10.1/2")
    assert work == book("a", issued=2001, note="x")
    assert type(work.replace(type="chapter", container_title="All")) is Chapter


@pytest.mark.parametrize(
    "bad", [{"issued": "June 2008"}, {"title": ["x"]}, {"titel": "x"}, {"author": 5}, {"type": "boook"}, {"id": ""}]
)
def test_a_bad_value_fails_where_it_is_made(bad: dict[str, Any]):
    for change in (lambda: book("a").model_copy(update=bad), lambda: book("a").replace(**bad)):
        with pytest.raises(ValidationError):
            change()
    with pytest.raises(ValidationError, match="two works have the id 'a'"):
        Library(works=[book("a")]).model_copy(update={"works": [book("a"), book("a")]})


def test_a_work_is_no_number():
    """The message says what takes one."""
    with pytest.raises(TypeError, match=r"by its id, not by 0; library\.works\[0\]"):
        Library(works=[book("a")])[0]  # type: ignore[call-overload]


# Plain data


@given(strategies.works())
def test_csl_json_gives_the_work_back(work: Work):
    """to_csl is the item that CSL-JSON is written with; from_csl reads it."""
    item = work.to_csl()
    assert Work.from_csl(item) == type(work).from_csl(item) == work
    assume(not placeholders(work.variables()))  # what stands for nothing is left out
    [read] = refs.parse(refs.render([work], "csl-json"), "csl-json", on_problem=lambda _: None)  # odd names: warnings
    assert read == work


def test_csl_json_has_date_parts_and_our_keys_under_custom():
    work = book(
        "a", issued="2006-05", accessed=dt.date(2020, 1, 2), author="Usmonov, I.", translated_title="B", url="http://x"
    )
    assert work.to_csl() == {
        "id": "a", "type": "book", "author": [{"family": "Usmonov", "given": "I."}], "title": "A", "URL": "http://x",
        "issued": {"date-parts": [[2006, 5]]}, "accessed": {"date-parts": [[2020, 1, 2]]}, "custom": {"translated-title": "B"},
    }  # fmt: skip


def test_what_csl_has_no_variable_for_comes_back_as_it_was():
    item = {"id": "a", "type": "book", "title": "A", "x-shelf": {"row": 3, "tags": ["ж"]}, "custom": {"seen": True}}
    assert Work.from_csl(item).to_csl() == item


def test_from_csl_refuses_what_is_no_work():
    for item in (
        {"type": "book"},
        {"id": "a", "type": "boook"},
        {"id": "a"},
        {"id": "a", "type": "book", "issued": {"date-parts": [["x"]]}},
    ):
        with pytest.raises(ValidationError):
            Work.from_csl(item)


@given(strategies.works())
def test_json_dumps_have_csl_dates_and_validate_back(work: Work):
    """In JSON there are no inner points; names may stay as they are in Python or be CSL's."""
    for by_alias in (False, True):
        data = work.model_dump(mode="json", by_alias=by_alias)
        issued = data["issued"]
        assert issued == (work.issued and work.issued.to_csl())
        assert Work.model_validate(data) == WORK.validate_python(data) == work
    library = Library(works=[work])
    assert Library.model_validate_json(library.model_dump_json()) == library
    assert Library.model_validate(library.model_dump()) == library


def test_the_schema_of_a_json_dump_says_what_a_date_is():
    schema = Book.model_json_schema(mode="serialization")
    assert schema["$defs"]["PartialDate"] == {
        "type": "object", "title": "PartialDate", "description": "A CSL date object.",
    }  # fmt: skip
    assert PartialDate.model_json_schema()["properties"].keys() == {"points", "literal"}


# Libraries

LIBRARY = Library(
    works=[book("c", issued=2003), book("a", issued=2001), book("b", issued=2002)],
    front=FrontMatter(proper_nouns=("Tajik",)),
)


def test_a_library_is_asked_by_id_and_by_work():
    assert "a" in LIBRARY and LIBRARY["a"] in LIBRARY
    assert "x" not in LIBRARY and LIBRARY["a"].replace(title="Other") not in LIBRARY and 5 not in LIBRARY
    assert LIBRARY.get("a") is LIBRARY["a"]
    assert (LIBRARY.get("x"), LIBRARY.get("x", 5)) == (None, 5)
    assert list(LIBRARY.keys()) == ["c", "a", "b"]
    assert dict(LIBRARY) == {work.id: work for work in LIBRARY}


def test_a_library_gives_libraries_and_stays_as_it_is():
    """Slices, sorting, filtering and selecting keep the front matter; sorting is stable."""
    before = copy.copy(LIBRARY)
    for part, ids in (
        (LIBRARY[1:3], "ab"), (LIBRARY[::-1], "bac"), (LIBRARY[:0], ""),
        (LIBRARY.sorted(key=lambda work: work.issued), "abc"), (LIBRARY.sorted(key=lambda work: work.id, reverse=True), "cba"),
        (LIBRARY.sorted(key=lambda _: 0), "cab"), (LIBRARY.filter(lambda work: work.issued != PartialDate(2001)), "cb"),
        (LIBRARY.select(["b", "c"]), "cb"), (LIBRARY.select("b"), "b"),
    ):  # fmt: skip
        assert isinstance(part, Library)
        assert ("".join(part.ids), part.proper_nouns) == (ids, ("Tajik",))
    assert before == LIBRARY
    with pytest.raises(ValidationError, match="frozen"):
        LIBRARY.works = ()  # type: ignore[misc]


def test_works_are_added_replaced_removed_and_renamed():
    """Each gives a new library; what is unknown or taken is named."""
    new = book("d")
    assert LIBRARY.add(new, book("e")).ids == ("c", "a", "b", "d", "e")
    assert LIBRARY.replace(book("a", title="Other"))["a"].title == "Other"
    assert LIBRARY.remove("a", "c").ids == ("b",)
    assert LIBRARY.rename("a", "z").ids == ("c", "z", "b")
    assert LIBRARY.rename("a", "z").proper_nouns == LIBRARY.proper_nouns
    for wrong, message in (
        (lambda: LIBRARY.add(book("a")), "both have 'a'"), (lambda: LIBRARY.replace(new), "no work has the id 'd'"),
        (lambda: LIBRARY.remove("a", "x", "y"), "no work has the id 'x'\nno work has the id 'y'"),
        (lambda: LIBRARY.rename("a", "b"), "the id 'b' is taken"), (lambda: LIBRARY.rename("x", "b"), "no work has the id 'x'"),
    ):  # fmt: skip
        with pytest.raises(refs.UsageError, match=message):
            wrong()


def test_a_library_takes_in_what_another_has_that_it_has_not():
    ours = Library(works=[book("a", title="Peace after war", author=[Name.parse("Usmonov, I.")], issued="2006")])
    same = book("x", title="Peace after War", author=[Name.parse("Usmonov, I.")], issued="2006", publisher="Irfon")
    theirs = Library(works=[same, book("a", title="Another thing")])
    merged = ours.merge(theirs, fill=True)
    assert [(work.title, work.publisher) for work in merged] == [("Peace after war", "Irfon"), ("Another thing", None)]
    assert ours.merge(theirs)["a"].publisher is None


def test_a_library_is_sorted_as_a_reference_list():
    """In the original scripts: Cyrillic by its alphabet before Latin (as the lists of journals there), then n.d., year."""
    names = {"e": "Зуев, А.", "d": "Ёров, Б.", "c": "Adams, J.", "b": "Adams, J.", "a": "Ер, В."}
    years = {"e": "2001", "d": None, "c": "2002", "b": "2001", "a": "1999"}
    library = Library(works=[book(key, author=[Name.parse(names[key])], issued=years[key]) for key in names])
    assert library.sorted("author").ids == ("a", "d", "e", "b", "c")
    assert library.sorted("author", reverse=True).ids == ("c", "b", "e", "d", "a")
    assert library.sorted("year").ids == ("a", "e", "b", "c", "d")
    assert Library(works=[book("b"), book("A"), book("a")]).sorted(by="id").ids == ("A", "a", "b")
    with pytest.raises(refs.UsageError, match="unknown order 'autor', did you mean 'author'"):
        library.sorted("autor")  # type: ignore[arg-type]
    with pytest.raises(refs.UsageError, match="give one of them"):
        library.sorted()


def test_libraries_add_up_and_name_every_id_they_share():
    source = book("s")
    other = Library(works=[book("d")], front=FrontMatter(source=source, proper_nouns=("Dushanbe", "Tajik")))
    both = LIBRARY + other
    assert (both.ids, both.proper_nouns, both.source) == (("c", "a", "b", "d"), ("Tajik", "Dushanbe"), source)
    assert (LIBRARY + iter([book("e")])).ids == ("c", "a", "b", "e")
    with pytest.raises(refs.UsageError, match="both have 'c', 'a', 'b'; ids must be unique"):
        LIBRARY + LIBRARY
    with pytest.raises(ValidationError, match="two works have the id 'd'"):
        LIBRARY + iter([book("d"), book("d")])


def test_a_notebook_shows_a_plain_table():
    """Escaped, at most 60 works, and a note of the rest; nothing is loaded for it."""
    names = [Name.parse(text) for text in ("Usmonov, I.", "Burton, J.", "Aron, R.")]
    library = Library(
        works=[
            book("n0", title="<i>A</i> & B", issued="2001/2003", author=names),
            *(book(f"n{n}") for n in range(1, 75)),
        ]
    )
    shown = library._repr_html_()
    assert (
        "<tr><td>n0</td><td>book</td><td>2001/2003</td><td>Usmonov, Burton et al.</td><td>&lt;i&gt;A&lt;/i&gt; &amp; B</td></tr>"
        in shown
    )
    assert shown.count("<tr>") == 61
    assert shown.endswith("</table><p>… and 15 more</p>")
    assert "more" not in LIBRARY._repr_html_()


# Names that changed


def test_old_names_still_work_and_say_what_is_new():
    """Until 0.3."""
    with pytest.warns(DeprecationWarning, match="Front is now FrontMatter"):
        assert getattr(refs, "Front") is FrontMatter  # noqa: B009 - unknown to type checkers
    with pytest.warns(DeprecationWarning, match="Point is now DatePart"):
        assert refs.Point is DatePart
    with pytest.warns(DeprecationWarning, match=r"only\(\) is now select\(\)") as caught:
        assert LIBRARY.only(["a"]) == LIBRARY.select(["a"])
    assert caught[0].filename == __file__
    with pytest.warns(DeprecationWarning, match=r"plain\(\) is now to_csl\(\)"):
        assert Name.parse("Usmonov, I.").plain() == {"family": "Usmonov", "given": "I."}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("- {id: a, type: book, title: A, foreign: {bibtex: {eprint: x}}}", "csl-yaml"),
        ("- {id: a, type: book, title: A, custom: {foreign: {bibtex: {eprint: x}}}}", "csl-yaml"),
        ('[{"id": "a", "type": "book", "title": "A", "custom": {"foreign": {"bibtex": {"eprint": "x"}}}}]', "csl-json"),
        ("@book{a, title = {A}, url = {http://example.org}, eprint = {x}}", "bibtex"),
        ("TY  - BOOK\nID  - a\nTI  - A\nZZ  - csl-foreign: bibtex eprint: x\nER  - \n", "ris"),
        ("@book{a, title = {A}, csl-foreign-1 = {ris AD: x}}", "bibtex"),
    ],
)
def test_extra_fields_are_read_as_they_were_written_before(text: str, name: Any):
    """YAML and CSL-JSON say ``extra`` now; ``.bib`` and RIS keep their spelling."""
    library = refs.parse(text, name)
    kept = [field for field in library["a"].extra if field.format in {"bibtex", "ris"}]
    assert kept in ([refs.ExtraField("bibtex", "eprint", "x")], [refs.ExtraField("ris", "AD", "x")])
    assert "extra:" in refs.render(library, "csl-yaml") and "foreign" not in refs.render(library, "csl-yaml")
    assert list(library["a"].to_csl()["custom"]) == ["extra"]
    assert refs.parse(refs.render(library, "ris", on_loss="ignore"), "ris")["a"].extra == library["a"].extra


def test_the_old_name_of_extra_fields_still_works():
    work = Book.model_validate({"id": "a", "title": "A", "foreign": {"bibtex": {"eprint": "x"}}})
    assert work == book("a", extra=[refs.ExtraField("bibtex", "eprint", "x")])
    assert work.model_copy(update={"foreign": ()}) == book("a")
    with pytest.warns(DeprecationWarning, match="foreign is now extra"):
        assert work.foreign == work.extra
    with pytest.warns(DeprecationWarning, match="ForeignField is now ExtraField"):
        assert getattr(refs, "ForeignField") is refs.ExtraField  # noqa: B009 - unknown to type checkers
    with pytest.raises(refs.InputError, match="unknown key 'foreign'"):
        refs.parse(
            "- {id: a, type: book, title: A, extra: {ris: {M1: x}}, foreign: {ris: {M1: y}}}", "csl-yaml", strict=True
        )


def test_words_under_extra_are_someone_else_s():
    """What another program has under that key in CSL-JSON is no field of another format, and comes back as it was."""
    item = {"id": "a", "type": "book", "title": "A", "extra": "PMID: 5"}
    assert Work.from_csl(item).to_csl() == item


# Type checkers


def test_type_checkers_know_every_variable():
    """By attribute, and by those spellings of CSL that are names in Python."""
    assert set(keywords.Keywords.__annotations__) == {*FIELDS, *filter(str.isidentifier, SPELLING.values())}
    assert keywords.Keywords.__required_keys__ == {"id"}


USERS = """
import datetime
import tajikpeace_refs as refs

book = refs.Book(id="a", title="Peace")
book = refs.Book(id="a", type="book", title="Peace", issued=2001, author="Usmonov, I.", doi="10.1/2", volume=3)
page = refs.Webpage(id="p", type="webpage", title="Page", accessed=datetime.date(2020, 1, 2), url="http://x")
other = refs.OtherWork(id="o", type="map", author=[refs.Name(family="Usmonov"), "Burton, J."], issued=refs.PartialDate(2001, 5))
date = refs.PartialDate(year=2001)
library = refs.Library(works=[book, page, other], front=refs.FrontMatter(proper_nouns=("Tajik",)))
changed = book.replace(issued="2009")
first: refs.Library = library[1:3] + library.filter(lambda work: work.title == "x").sorted(key=lambda work: work.id)
year: int | None = book.issued.year if book.issued else None
found: refs.Work | None = library.get("a")
"""
WRONG = """
refs.Book(id="a", titel="Peace")
refs.Book(title="Peace")
refs.Book(id="a", issued=1.5)
"""


@pytest.mark.parametrize("plugin", [False, True])
def test_constructors_pass_strict_type_checking(tmp_path: Path, plugin: bool):
    """In a project of someone else, with pydantic's plugin and without; a misspelt variable is an error."""
    (tmp_path / "mypy.ini").write_text(f"[mypy]\nstrict = true\n{'plugins = pydantic.mypy' if plugin else ''}\n")
    user = tmp_path / "user.py"
    user.write_text(USERS + WRONG)
    cache = DATA.parents[1] / ".mypy_cache" / f"user-{plugin}"
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", tmp_path / "mypy.ini", "--cache-dir", cache, user],
        capture_output=True, text=True, env={"MYPYPATH": str(Path(refs.__file__).parents[1])}, check=False,
    )  # fmt: skip
    errors = [line for line in done.stdout.splitlines() if "user.py" in line and ": error: " in line]
    start = USERS.count("\n") + 2
    assert [line.split(":")[1] for line in errors] == [str(start + number) for number in range(3)], done.stdout
