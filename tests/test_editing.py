"""Lists that are changed in their texts: what is asked is done and no more; what cannot be done is refused."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

import pytest

import tajikpeace_refs as refs
from tajikpeace_refs.editing import EditedList

pytestmark = pytest.mark.filterwarnings("ignore:.*unknown key 'ORCID'")
TEXT = """\
# The list
references:
  # of the first
  - id: a   # key
    type: webpage
    title: "One: a title"  # keeps its quotes
    URL: http://example.org/a

  # Section

  # of the second
  - {id: b, type: webpage, title: Two, URL: 'http://example.org/b'}

  -
    # above the third
    id: c
    type: book
    title: Three
    author:
      - Usmonov, I.   # first
      # above the second name
      - {family: Burton, given: John, ORCID: 0000}  # second
      - family: Smith   # third
        given: A.
      - CERN  # fourth
      - "Karimov, D."
    keyword: [one, two]
# the end
"""


def difference(before: str, after: str) -> list[str]:
    return [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]


def edited(text: str = TEXT) -> EditedList:
    return EditedList(text)


# Values


def test_one_name_of_five_changes_alone():
    """In the spelling that it has: short, in brackets, over two lines."""
    for number, new, lines in (
        (0, "Usmonov, Ibrohim", ["-       - Usmonov, I.   # first", "+       - 'Usmonov, Ibrohim'   # first"]),
        (2, "Smith, Ann", ["-         given: A.", "+         given: Ann"]),
        (3, "{European Council}", ["-       - CERN  # fourth", "+       - European Council  # fourth"]),
        (4, "Karimov, Dilshod", ['-       - "Karimov, D."', '+       - "Karimov, Dilshod"']),
    ):
        work = (each := edited())["c"]
        names = [*work.work.author]
        names[number] = refs.Name.parse(new)
        work.set(author=names)
        assert difference(TEXT, each.text) == lines


def test_a_name_that_changes_keeps_what_only_the_file_says_of_it():
    """An ORCID stays with the person, and goes with another one."""
    each = edited()
    names = [*each["c"].work.author]
    names[1] = refs.Name(family="Burton", given="J. W.")
    each["c"].set(author=names)
    assert "- {family: Burton, given: J. W., ORCID: 0000}  # second" in each.text
    names[1] = refs.Name(family="Adams", given="J.")
    each["c"].set(author=names)
    assert "ORCID" not in each.text


@pytest.mark.parametrize(
    ("names", "lines"),
    [
        ((0, 1, 2, 4), ["-       - CERN  # fourth"]),
        ((1, 2, 3, 4), ["-       - Usmonov, I.   # first"]),
        ((0, 1, 2, 3, "Zuhurov, S.", 4), ["+       - {family: Zuhurov, given: S.}"]),
        (("Zuhurov, S.", 0, 1, 2, 3, 4), ["+       - {family: Zuhurov, given: S.}"]),
    ],
)
def test_names_come_and_go_one_by_one(names: tuple[Any, ...], lines: list[str]):
    each = edited()
    held = each["c"].work.author
    each["c"].set(author=[held[name] if isinstance(name, int) else name for name in names])
    assert difference(TEXT, each.text) == lines


def test_short_names_stay_short():
    text = "- id: a\n  type: book\n  title: T\n  author: ['Burton, J.', CERN]\n"
    each = edited(text)
    each["a"].append("author", "Smith, Ann", {"family": "X", "given": "Y", "suffix": "Jr."})
    assert "author: ['Burton, J.', CERN, 'Smith, Ann', 'X, Y, Jr.']" in each.text


def test_variables_are_set_by_either_name_and_removed():
    """As CSL and as Python spell them; dates, numbers and truth values as the model takes them."""
    each = edited()
    each["a"].set({"container-title": "Site", "issued": 2008}, publisher_place="Dushanbe", retrieval_needed=True)
    each["b"].remove("URL", "note")
    each["c"].append("keyword", "three")
    assert difference(TEXT, each.text) == [
        "+     issued: 2008", "+     container-title: Site", "+     publisher-place: Dushanbe", "+     retrieval-needed: true",
        "-   - {id: b, type: webpage, title: Two, URL: 'http://example.org/b'}", "+   - {id: b, type: webpage, title: Two}",
        "-     keyword: [one, two]", "+     keyword: [one, two, three]",
    ]  # fmt: skip
    assert "retrieval-needed: true\n" in each.text
    assert str(each["a"].work.issued) == "2008"


def test_a_value_under_another_name_is_changed_where_it_stands():
    """Old spellings, and our own keys under custom."""
    text = "- id: a\n  type: book\n  title: T\n  shortTitle: S  # old\n  custom: {remarks: [one], mine: 2}\n"
    each = edited(text)
    each["a"].set(title_short="Short", remarks=["one", "two"])
    assert "  shortTitle: Short  # old\n  custom: {remarks: [one, two], mine: 2}\n" in each.text
    each["a"].remove("remarks", "title_short")
    assert each.text.endswith("title: T\n  custom: {mine: 2}\n")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"titel": "x"}, "a: titel: unknown key 'titel', did you mean 'title'?"),
        ({"type": "boook"}, "a: type: unknown type 'boook', did you mean 'book'?"),
        ({"issued": "soonish 5"}, "a: issued: "),
        ({"id": "x"}, "a: use rename to change an id"),
    ],
)
def test_wrong_values_are_refused_and_nothing_is_changed(changes: dict[str, Any], message: str):
    each = edited()
    with pytest.raises(refs.UsageError, match=message):
        each["a"].set(changes)
    assert (each.text, each.changes) == (TEXT, ())


def test_what_every_work_has_is_not_removed_and_only_lists_grow():
    each = edited()
    with pytest.raises(refs.UsageError, match="a: type: every work has one"):
        each["a"].remove("type")
    with pytest.raises(refs.UsageError, match="a: title: is not a list; use set"):
        each["a"].append("title", "x")


# Works


def test_a_work_that_goes_takes_the_comments_directly_above_it():
    """What a blank line separates from it, a heading, stays."""
    each = edited()
    each.remove("b")
    assert difference(TEXT, each.text) == [
        "- ",
        "-   # of the second",
        "-   - {id: b, type: webpage, title: Two, URL: 'http://example.org/b'}",
    ]
    each.remove("a", "c")
    assert each.text == "# The list\nreferences: []\n  # Section\n# the end\n"
    assert len(refs.parse(each.text)) == 0


def test_a_new_work_stands_at_the_end_or_behind_another():
    """With the blank line that the others have between them."""
    each = edited()
    each.add({"id": "d", "type": "book", "title": "D"}, after="a")
    each.add(refs.Book(id="e", title="E"))
    assert difference(TEXT, each.text) == [
        "+ ", "+   - id: d", "+     type: book", "+     title: D", "+ ",
        "+   - id: e", "+     type: book", "+     title: E",
    ]  # fmt: skip
    with pytest.raises(refs.UsageError, match="the id 'a' is taken"):
        each.add(refs.Book(id="a"))


def test_a_work_is_renamed_in_its_place():
    """Its comments stay; ids that change places too; a number is quoted, as pandoc drops a work whose id is one."""
    each = edited()
    each.rename("a", "x")
    each.rename("b", "a")
    each.rename("x", "b")
    each.rename("c", "2001")
    assert difference(TEXT, each.text) == [
        "-   - id: a   # key", "+   - id: b   # key",
        "-   - {id: b, type: webpage, title: Two, URL: 'http://example.org/b'}",
        "+   - {id: a, type: webpage, title: Two, URL: 'http://example.org/b'}",
        "-     id: c", "+     id: '2001'",
    ]  # fmt: skip
    with pytest.raises(refs.UsageError, match="the id 'a' is taken"):
        each.rename("b", "a")


def test_an_id_that_became_free_is_one_of_a_new_work():
    each = edited()
    each.rename("a", "x")
    each.add(refs.Book(id="a", title="New"))
    assert difference(TEXT, each.text)[:2] == ["-   - id: a   # key", "+   - id: x   # key"]
    assert refs.parse(each.text).ids == ("x", "b", "c", "a")


def test_works_move_with_the_comments_above_them_and_blank_lines_stay():
    each = edited()
    each.reorder(["c", "a", "b"])
    assert each.text.startswith("# The list\nreferences:\n  -\n    # above the third\n    id: c\n")
    assert '"Karimov, D."\n    keyword: [one, two]\n\n  # of the first\n  - id: a   # key\n' in each.text
    assert each.text.endswith("\n\n  # Section\n\n  # of the second\n  - {id: b, type: webpage, title: Two, URL: 'http://example.org/b'}\n# the end\n")  # fmt: skip
    assert [str(change) for change in each.changes] == ["c: moved to the beginning"]
    with pytest.raises(refs.UsageError, match="reorder needs the ids of all works"):
        each.reorder(["a", "b"])


def test_an_unknown_work_is_named_with_the_nearest():
    """As for a mapping: the error is a KeyError too."""
    each = EditedList("- {id: usmonov2006, type: book, title: T}\n")
    for wrong in (KeyError, refs.UsageError):
        with pytest.raises(wrong, match="no work has the id 'usmonov2000', did you mean 'usmonov2006'"):
            each["usmonov2000"]
    assert "usmonov2006" in each and "x" not in each and [*each] == ["usmonov2006"]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("[{id: a, type: book, title: A}, {id: b, type: book, title: B}]", "[{id: b, type: book, title: B}, {id: c, type: book, title: C}]"),
        ("references: []\n", "references:\n  - id: c\n    type: book\n    title: C\n"),
        ("- {id: a, type: book, title: A}", "- id: c\n  type: book\n  title: C"),
        ("---\r\nreferences:\r\n- {id: a, type: book, title: A}\r\n...\r\n", "---\r\nreferences:\r\n- id: c\r\n  type: book\r\n  title: C\r\n...\r\n"),
        ("---\nreferences:\n- {id: a, type: book, title: A}\n---\n\nText.\n", "---\nreferences:\n- id: c\n  type: book\n  title: C\n---\n\nText.\n"),
        ("\ufeff\"references\":\n  - {id: a, type: book, title: A}\n", "\ufeff\"references\":\n  - id: c\n    type: book\n    title: C\n"),
        ("  references:\n    - id: a\n      title: A\n  language: en\n", "  references:\n    - id: c\n      type: book\n      title: C\n  language: en\n"),
        ("references:\n- id: a\n  title: 'a\n\n- id: x'\n", "references:\n- id: c\n  type: book\n  title: C\n"),
    ],
)  # fmt: skip
def test_lists_of_any_form(text: str, after: str):
    """In brackets, empty, without a last line end, from Windows, the head of a document, a key in quotes, odd indents."""
    each = edited(text)
    if "a" in each:
        each.remove("a")
    each.add({"id": "c", "type": "book", "title": "C"})
    assert each.text == after


@pytest.mark.parametrize(
    "text",
    ["  references:\n    - {id: a, title: A}\n  language: en\n", "'references': # of all\n- {id: a, title: A}\n"],
)
def test_the_last_work_of_a_list_goes(text: str):
    """The list is empty then, and stands where it stood."""
    each = edited(text)
    each.remove("a")
    assert each.text.split("[]")[1] == text.rpartition("}")[2]
    assert len(edited(each.text)) == 0


def test_blank_lines_that_belong_to_a_text_stay_with_it():
    text = "- id: a\n  title: T\n  abstract: >+\n\n    x\n\n\n# of b\n- {id: b, title: B}\n"
    each = edited(text)
    each["a"].append("remarks", "r")
    assert each.text == text.replace("# of b", "  remarks:\n  - r\n# of b")
    each.reorder(["b", "a"])
    assert each["a"].work.abstract == refs.parse(each.text, on_problem=lambda _: None)["a"].abstract == "\nx\n\n\n"


def test_works_in_brackets_with_comments_between_them_stay_where_they_are():
    """No line is one work's alone there: what cannot be done without losing a comment is refused."""
    text = "references: [\n  {id: a, title: A},  # one\n  # two\n  {id: b, title: B},\n]\n"
    for change in (lambda each: each.remove("a"), lambda each: each.reorder(["b", "a"])):
        each = edited(text)
        change(each)
        with pytest.raises(
            refs.UsageError, match="works in brackets, with comments between them, cannot be moved or removed"
        ):
            _ = each.text
    each = edited(text)
    each["b"].set(title="New")
    each.add({"id": "c", "type": "book", "title": "C"})
    assert each.text == text.replace("title: B}", "title: New}, {id: c, type: book, title: C}")


def test_a_bare_list_has_no_place_for_what_holds_for_all():
    each = edited("- {id: a, title: A}\n")
    each.become(refs.Library(works=each.library.works, front=refs.FrontMatter(language="en")))
    with pytest.raises(refs.UsageError, match="a list without 'references:' has no place"):
        _ = each.text


def test_a_text_that_is_no_sound_list_is_refused():
    with pytest.raises(refs.InputError, match=r"x\.yaml:1:3: error: a: title: is missing"):
        EditedList("- id: a\n  type: book\n", file="x.yaml")
    with pytest.raises(
        refs.UsageError, match="a ris file cannot be changed in its place; only csl-yaml, bibtex, biblatex can"
    ):
        EditedList("TY  - BOOK\nER  - \n", "ris")


def test_each_change_is_a_line_for_people():
    each = edited()
    each["a"].set(title="New\nline", publisher="Irfon", URL=None)
    each.rename("a", "z")
    each.remove("b")
    each.add(refs.Book(id="d", title="D", author=["Usmonov, I."], issued="2001"))
    assert [str(change) for change in each.changes] == [
        "a: title: 'One: a title' → 'New\\nline'",
        "a: publisher: set to 'Irfon'",
        "a: URL: removed (http://example.org/a)",
        "a: renamed to 'z'",
        "b: removed (Two)",
        "d: added (Usmonov, 2001, D)",
    ]


# Files


def test_a_file_is_written_on_leaving_if_all_went_well(tmp_path: Path):
    path = tmp_path / "mine.yaml"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode())
    with pytest.raises(KeyError), refs.edit(path) as file:  # noqa: PT012 - the second call raises
        file["a"].set(title="New")
        file["x"].set(title="New")
    assert path.read_bytes() == TEXT.replace("\n", "\r\n").encode()
    with refs.edit(path) as file:
        file["a"].set(title="New")
    assert path.read_bytes() == TEXT.replace("One: a title", "New").replace("\n", "\r\n").encode()


def test_a_file_without_changes_is_not_touched(tmp_path: Path):
    path = tmp_path / "mine.yaml"
    path.write_text(TEXT)
    path.chmod(0o444)
    before = path.stat()
    with refs.edit(path) as file:
        file["a"].set(title="One: a title")
    refs.save(refs.load(path), path)
    assert path.stat() == before or path.stat().st_mtime_ns == before.st_mtime_ns


def test_a_file_that_another_program_changed_meanwhile_is_not_written(tmp_path: Path):
    path = tmp_path / "mine.yaml"
    path.write_text(TEXT)
    with pytest.raises(refs.UsageError, match="was changed meanwhile by another program; nothing is written"):  # noqa: PT012, SIM117
        with refs.edit(path) as file:
            file["a"].set(title="New")
            path.write_text(TEXT + "# more\n")
    assert path.read_text() == TEXT + "# more\n"


def test_what_cannot_be_edited_is_refused(tmp_path: Path):
    path = tmp_path / "mine.yaml"
    with pytest.raises(FileNotFoundError, match="there is no file"):
        refs.edit(path)
    path.write_bytes("- {id: a, type: book, title: Müller}\n".encode("latin-1"))
    with pytest.raises(refs.UsageError, match="is not in UTF-8; only such files are changed"):
        refs.edit(path)


def test_a_library_is_saved_by_its_differences(tmp_path: Path):
    """Works change, go, come and move; a library from elsewhere too; a new file is written whole."""
    path = tmp_path / "mine.yaml"
    path.write_text(TEXT)
    library = refs.load(path)
    library = library.replace(library["a"].replace(title="New")).add(refs.Book(id="d", title="D"))
    refs.save(library, path)
    assert difference(TEXT, path.read_text()) == [
        '-     title: "One: a title"  # keeps its quotes', '+     title: "New"  # keeps its quotes',
        "+ ", "+   - id: d", "+     type: book", "+     title: D",
    ]  # fmt: skip
    other = refs.parse("@book{x, title = {X}, year = 2001}", "bibtex")
    refs.save(other, path)
    assert refs.load(path)["x"].title == "X"
    assert path.read_text().startswith("# The list\nreferences:\n")
    refs.save(other, tmp_path / "new.yaml")
    assert refs.load(tmp_path / "new.yaml")["x"].title == "X"
    front = other.front.model_copy(update={"language": "ru"})
    refs.save(refs.Library(works=other.works, front=front), path)
    assert refs.load(path).front.language == "ru"


def test_the_list_at_the_top_of_a_document_is_edited_and_saved(tmp_path: Path):
    """Its text stays, other metadata too; a document without a list is not taken for a file to write a list to."""
    path = tmp_path / "paper.md"
    text = "---\ntitle: 'My paper'\nreferences:\n- id: a  # first\n  type: book\n  title: T\nbibliography: x.bib\n---\n\nAs [@a] says.\n"
    path.write_text(text)
    with refs.edit(path) as file:
        file["a"].set(publisher="Irfon")
    assert path.read_text() == text.replace("  title: T\n", "  title: T\n  publisher: Irfon\n")
    refs.save(refs.load(path).remove("a").add(refs.Book(id="b", title="B")), path)
    assert path.read_text() == text.replace("id: a  # first", "id: b").replace("title: T", "title: B")
    path.write_text("Text.\n")
    with pytest.raises(refs.InputError, match="has no list of works"):
        refs.save(refs.Library(works=[refs.Book(id="b")]), path)
    assert path.read_text() == "Text.\n"


def test_a_file_in_another_format_than_its_name_says_is_named(tmp_path: Path):
    path = tmp_path / "x.yaml"
    path.write_text("TY  - BOOK\nER  - \n")
    with pytest.raises(refs.InputError, match="looks like RIS, not CSL-YAML"):
        refs.edit(path)


def test_a_broken_list_is_not_saved_over(tmp_path: Path):
    path = tmp_path / "mine.yaml"
    path.write_text("- id: a\n  type: [\n")
    with pytest.raises(refs.InputError, match=r"mine\.yaml:3:1: error: not valid YAML"):
        refs.save(refs.Library(works=[refs.Book(id="b")]), path)
    assert path.read_text() == "- id: a\n  type: [\n"


def test_empty_name_is_refused():
    """It would be an author that no format can write."""
    each = EditedList("- {id: a, type: book, title: A}\n")
    with pytest.raises(refs.UsageError, match="a: author: a name is empty"):
        each["a"].set(author=["Hill, Ann", {}])
