"""``.bib`` files changed entry by entry: what is asked is done in the way the file is written, and no more."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import tajikpeace_refs as refs
from tajikpeace_refs.editing import EditedList

TEXT = """\
% Encoding: UTF-8

@string{jacm = {Journal of the ACM}}
% about both
@Article{smith2001,
  author  = {Smith, Ann and Jones, {\\"O}.},
  title   = {On {Tajik} Peace}, % the title
  journal = jacm,
  year    = 2001,
  month   = jan,
  file    = {:smith.pdf:PDF},
}

% a chapter

% of the parts
@InCollection{part, crossref = {whole}, title = "Part", related = {smith2001, whole}}
@comment{left as it is: @book{no, title = {No}}}
@Book{whole,
\ttitle = {The Whole},
\teditor = {Ed, Itor},
\tyear = {1999}
}
@set{both, entryset = {smith2001,whole}}
@misc{last, title={Last}, howpublished={\\url{http://example.org/x}}}
"""


def difference(before: str, after: str) -> list[str]:
    return [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]


def edited(text: str = TEXT) -> EditedList:
    return EditedList(text, "bibtex")


def changed(text: str, work_id: str, **values: Any) -> str:
    found = EditedList(text, "bibtex")
    found[work_id].set(values)
    return found.text


def test_values_change_in_their_places():
    """Names of fields, blanks, quotation marks, bare numbers and the comments of the line stay."""
    found = edited()
    found["smith2001"].set(title="New", issued="2005-06", volume="7", author=["Smith, Ann"])
    found["part"].set(title="Other")
    assert difference(TEXT, found.text) == [
        "-   author  = {Smith, Ann and Jones, {\\\"O}.},", "+   author  = {Smith, Ann},",
        "-   title   = {On {Tajik} Peace}, % the title", "+   title   = {New}, % the title",
        "+   volume  = 7,",
        "-   year    = 2001,", "+   year    = 2005,", "-   month   = jan,", "+   month   = jun,",
        '- @InCollection{part, crossref = {whole}, title = "Part", related = {smith2001, whole}}',
        '+ @InCollection{part, crossref = {whole}, title = "Other", related = {smith2001, whole}}',
    ]  # fmt: skip


def test_removed_variables_take_their_fields_with_them():
    found = edited()
    found["smith2001"].remove("title", "issued")
    found["last"].remove("URL")
    assert difference(TEXT, found.text) == [
        "-   title   = {On {Tajik} Peace}, % the title", "-   year    = 2001,", "-   month   = jan,",
        "- @misc{last, title={Last}, howpublished={\\url{http://example.org/x}}}",
        "+ @misc{last, title={Last}, csl-type={webpage}}",
    ]  # fmt: skip


def test_a_string_gives_way_to_a_value():
    assert difference(TEXT, changed(TEXT, "smith2001", container_title="Iran")) == [
        "-   journal = jacm,", "+   journal = {Iran},",
    ]  # fmt: skip


def test_a_renamed_key_is_followed_by_what_names_it():
    """crossref, related and the members of an @set (biblatex manual, 2.2.3 and 3.14.5); blanks in the lists stay."""
    found = edited()
    found.rename("whole", "all")
    found.rename("smith2001", "smith")
    assert difference(TEXT, found.text) == [
        "- @Article{smith2001,", "+ @Article{smith,",
        '- @InCollection{part, crossref = {whole}, title = "Part", related = {smith2001, whole}}',
        '+ @InCollection{part, crossref = {all}, title = "Part", related = {smith, all}}',
        "- @Book{whole,", "+ @Book{all,",
        "- @set{both, entryset = {smith2001,whole}}", "+ @set{both, entryset = {smith,all}}",
    ]  # fmt: skip
    assert found.library["part"].container_title == "The Whole"
    assert refs.parse(found.text, "bibtex", on_problem=lambda _: None).ids == found.library.ids


def test_two_keys_are_exchanged():
    text = "@misc{a, title={A}, related={b}}\n@misc{b, title={B}, xref={a}}\n"
    found = edited(text)
    for old, new in (("a", "x"), ("b", "a"), ("x", "b")):
        found.rename(old, new)
    assert found.text == "@misc{b, title={A}, related={a}}\n@misc{a, title={B}, xref={b}}\n"


@pytest.mark.parametrize(
    ("key", "reason"),
    [("a b", "'a-b' can"), ("Усмонов", "can"), ("both", "belongs to an entry of the file that is not a work")],
)
def test_a_key_that_cannot_be_one_is_refused(key: str, reason: str):
    with pytest.raises(refs.UsageError, match=reason):
        edited().rename("last", key)


def test_works_come_and_go_with_their_comments():
    """Comments that a blank line separates from a work that goes stay; a new entry is written as the one before it."""
    found = edited()
    found.remove("part")
    found.add({"id": "new", "type": "book", "title": "New", "issued": "2020", "author": ["A, B"]}, after="whole")
    assert difference(TEXT, found.text) == [
        "- % of the parts",
        '- @InCollection{part, crossref = {whole}, title = "Part", related = {smith2001, whole}}',
        "+ @book{new, author={A, B}, title={New}, year={2020}}",
    ]  # fmt: skip


def test_works_move_with_the_comments_above_them_and_other_blocks_stay():
    found = edited()
    found.reorder(["last", "part", "smith2001", "whole"])
    lines = found.text.splitlines()
    assert lines[:5] == [
        "% Encoding: UTF-8", "", "@string{jacm = {Journal of the ACM}}",
        "@misc{last, title={Last}, howpublished={\\url{http://example.org/x}}}", "",
    ]  # fmt: skip
    assert lines[5:9] == ["% a chapter", "", "% of the parts", TEXT.splitlines()[16]]
    assert lines[10:12] == ["% about both", "@Article{smith2001,"]
    assert sorted(lines) == sorted(TEXT.splitlines())


def test_a_parent_does_not_move_before_its_child_in_classic_bibtex():
    """btxdoc, 2.1: an entry that others name as crossref must come later than they; biber has no such rule."""
    found = edited()
    found.reorder(["smith2001", "whole", "part", "last"])
    with pytest.raises(refs.UsageError, match="'whole' would come before 'part'"):
        _ = found.text
    text = "@inbook{part, crossref = {whole}, title = {P}}\n@book{whole, title = {W}, date = {1999}}\n"
    found = EditedList(text, "biblatex")
    found.reorder(["whole", "part"])
    assert found.text == "".join(reversed(text.splitlines(keepends=True)))


def test_sorted_parents_stay_behind_their_children_in_classic_bibtex():
    """btxdoc, 2.1 (7); a renamed parent is known by its new key. biber takes any order."""
    text = "@inbook{p, crossref = {a}, title = {P}}\n@book{a, title = {W}, year = 1999}\n@misc{k, title = {K}}\n"
    found = EditedList(text, "bibtex")
    found.rename("a", "b")
    found.sort("id")
    assert found.library.ids == ("k", "p", "b")
    assert [line[:8] for line in found.text.splitlines()] == ["@misc{k,", "@inbook{", "@book{b,"]
    found = EditedList(text.replace("year", "date"), "biblatex")
    found.sort("id")
    assert found.library.ids == ("a", "k", "p")


COMMENTED = "@book{a, title={A}}\n@comment{ old\n@book{dead, title={X}}\n}\n"


def test_entry_in_a_comment_stays_and_others_change():
    found = edited(COMMENTED)
    found["a"].set(title="B")
    assert found.text == COMMENTED.replace("{A}", "{B}")


@pytest.mark.parametrize("change", [lambda each: each.remove("a"), lambda each: each.reorder(["dead", "a"])])
def test_nothing_comes_goes_or_moves_about_a_comment_with_an_entry(change: Callable[[EditedList], None]):
    """An entry would stand in it that biber does not read, or come out of it."""
    found = edited(COMMENTED)
    change(found)
    with pytest.raises(refs.UsageError, match="@comment in line 2 contains an entry"):
        _ = found.text


@pytest.mark.parametrize(
    ("work_id", "values", "reason"),
    [
        ("part", {"container-title": None}, "part: container-title: is inherited from another entry"),
        ("whole", {"title": "Other"}, "part: container-title: would change too"),
    ],
)
def test_what_another_entry_gives_is_not_changed(work_id: str, values: dict[str, Any], reason: str):
    found = edited()
    found[work_id].set(values)
    with pytest.raises(refs.UsageError, match=reason):
        _ = found.text


def test_a_child_may_have_a_value_of_its_own():
    """An own field outdoes the inherited one (biblatex manual, 2.4.1)."""
    text = changed(TEXT, "part", issued="2003")
    assert 'title = "Part", year = {2003}, related = {smith2001, whole}}' in text
    assert refs.parse(text, "bibtex", on_problem=lambda _: None)["whole"].issued == refs.PartialDate.parse("1999")


def test_a_parent_with_children_is_not_removed():
    found = edited()
    found.remove("whole")
    with pytest.raises(refs.UsageError, match="would change too"):
        _ = found.text


def test_entries_of_one_key_are_edited_and_told_apart_by_a_rename():
    text = "@book{a, title = {One}}\n@book{a, title = {Two}}\n"
    found = edited(text)
    assert [*found] == ["a", "a-2"]
    found["a-2"].set(title="New")
    assert found.text == text.replace("Two", "New")
    found.rename("a-2", "b")
    assert found.text == "@book{a, title = {One}}\n@book{b, title = {New}}\n"
    found = edited(text)
    found.remove("a")
    with pytest.raises(refs.UsageError, match="several entries have the key 'a'; rename one of them first"):
        _ = found.text


def test_an_entry_without_a_key_is_not_changed():
    found = edited("@book{title = {One}, author = {A, B}}\n")
    found[next(iter(found))].set(publisher="X")
    with pytest.raises(refs.UsageError, match="the entry has no key"):
        _ = found.text


def test_a_broken_file_is_refused():
    with pytest.raises(refs.InputError, match="never closed"):
        edited("@book{a, title = {One}\n")


STYLES = [
    ('@BOOK{a,\n\tTITLE = "One",\n\tYEAR = 2001\n}\n', '@BOOK{a,\n\tTITLE = "One",\n\tPUBLISHER = "X",\n\tYEAR = 2001\n}\n'),
    ("@book{a,title={One},year={2001}}", "@book{a,title={One},publisher={X},year={2001}}"),
    ("@book(a,\n  title = {One} % last\n)", "@book(a,\n  title = {One}, % last\n  publisher = {X}\n)"),
    ("@book{a\n, title = {One}\n}", "@book{a\n, title = {One}\n, publisher = {X}\n}"),
    ("@book{a,\r\n  title = {One},\r\n}\r\n", "@book{a,\r\n  title = {One},\r\n  publisher = {X},\r\n}\r\n"),
    ("@book{a,\n  title  = {One},\n  volume = 3}", "@book{a,\n  title  = {One},\n  volume = 3,\n  publisher = {X}}"),
    ("@book{a,\n  title={One}, % of it\n  % below\n  isbn={1}\n}", "@book{a,\n  title={One}, % of it\n  publisher={X},\n  % below\n  isbn={1}\n}"),
    ("@book{a,}", "@book{a,\n  publisher = {X},\n}"),
    ("@book{a,\n  title     =   {One},\n  publisher =   {Y}\n}", "@book{a,\n  title     =   {One},\n  publisher =   {X}\n}"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), STYLES)
def test_a_field_is_written_as_the_others_of_its_entry(before: str, after: str):
    assert changed(before, "a", publisher="X") == after
    found = edited(after)
    found["a"].remove("publisher")
    if "{Y}" not in before:
        assert refs.parse(found.text, "bibtex", on_problem=lambda _: None) == edited(before).library


def test_a_field_keeps_the_dialect_of_its_entry():
    """A date stays a date, a year a year; a mixed file is no reason to rename the others."""
    text = "@article{a, title = {A}, journaltitle = {J}, date = {2001}}\n@article{b, title = {B}, journal = {J}, year = {2001}}\n"
    found = edited(text)
    for work_id in ("a", "b"):
        found[work_id].set({"container-title": "K", "issued": "2002-03"})
    assert found.text == (
        "@article{a, title = {A}, journaltitle = {K}, date = {2002-03}}\n"
        "@article{b, title = {B}, journal = {K}, year = {2002}, month = mar}\n"
    )


def test_a_field_that_says_the_same_goes_with_it():
    """A year beside a date would contradict the new date."""
    text = "@article{a, title = {A}, date = {2001-05}, year = {2001}}\n"
    assert changed(text, "a", issued="2002") == "@article{a, title = {A}, year = {2002}}\n"


def test_what_a_bib_file_cannot_hold_is_said():
    found = edited()
    with pytest.warns(UserWarning, match="last: remarks: not kept"):
        found["last"].set(remarks=["mine"])
    assert found.changes == ()
    assert found.text == TEXT
    with pytest.raises(
        refs.UsageError, match=r"whole: container-title: a \.bib file has no place for this in the type 'book'"
    ):
        found["whole"].set({"container-title": "Series"})


def test_an_empty_file_and_one_of_strings_get_works():
    for text in ("", "\n", "@string{x = {X}}\n"):
        found = edited(text)
        found.add({"id": "a", "type": "book", "title": "A"})
        found.add({"id": "b", "type": "book", "title": "B"})
        entries = "@book{a,\n  title = {A},\n}\n\n@book{b,\n  title = {B},\n}\n"
        assert found.text == (f"{text}\n{entries}" if text.strip() else entries)


def test_bib_files_are_edited_and_saved(tmp_path: Path):
    path = tmp_path / "mine.bib"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.encode().replace(b"\n", b"\r\n"))
    with refs.edit(path) as file:
        file["smith2001"].set(volume="3")
    want = TEXT.replace("= jacm,\n", "= jacm,\n  volume  = 3,\n").replace("\n", "\r\n")
    assert path.read_bytes() == b"\xef\xbb\xbf" + want.encode()
    library = refs.load(path, on_problem=lambda _: None)
    refs.save(library, path)
    assert path.read_bytes() == b"\xef\xbb\xbf" + want.encode()
    refs.save(library.replace(library["last"].replace(title="Other")), path)
    assert path.read_bytes() == b"\xef\xbb\xbf" + want.replace("{Last}", "{Other}").encode()


@pytest.mark.filterwarnings("error")
def test_a_list_with_proper_nouns_and_remarks_is_saved_over_its_export(tmp_path: Path):
    """Braces are those of the export, editorial variables no loss: there is nothing to write."""
    library = refs.load()
    for dialect in ("bibtex", "biblatex"):
        refs.export(library, tmp_path / "mine.bib", dialect, on_loss="ignore")
        before = (tmp_path / "mine.bib").read_bytes()
        refs.save(library, tmp_path / "mine.bib")
        assert (tmp_path / "mine.bib").read_bytes() == before
