"""What the fields of a .bib entry mean together, and that they are written again as they came."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import tajikpeace_refs as refs
from tajikpeace_refs.model import Work

TABLE = yaml.safe_load((Path(__file__).parent / "data" / "bib_meaning.yaml").read_text(encoding="utf-8"))
CASES = [(entry, given) for cases in TABLE.values() for entry, given in cases]
FREE_OF_TITLE = ("proceedings, editor={Reed, A.}, booktitle={T}",)


def parse(text: str) -> tuple[refs.Library, list[str]]:
    problems: list[refs.Problem] = []
    library = refs.parse(text, "bibtex", on_problem=problems.append)
    assert all(problem.severity == "warning" for problem in problems)
    return library, [str(problem).removeprefix("<string>:") for problem in problems]


def work_of(entry: str) -> Work:
    kind, fields = entry.split(", ", 1)
    title = "" if entry in FREE_OF_TITLE else "title={T}, "
    return parse(f"@{kind}{{key, {title}{fields}}}")[0]["key"]


def shown(value: Any) -> str | None:
    """Return a value as the table has it; names as they are written."""
    if isinstance(value, tuple):
        return "; ".join(map(str, value)) or None
    return None if value is None else str(value)


@pytest.mark.parametrize(("entry", "given"), CASES, ids=[entry for entry, _ in CASES])
def test_fields_mean_what_those_beside_them_say(entry: str, given: dict[str, Any]):
    """Each entry of the table gives its variables, and gives them again after a trip through either dialect."""
    work = work_of(entry)
    expected = {name: None if value is None else str(value) for name, value in given.items()}
    assert {name: shown(getattr(work, name)) for name in given} == expected
    for dialect in ("bibtex", "biblatex"):
        again = refs.parse(refs.render([work], dialect), "bibtex", on_problem=lambda _: None)["key"]
        assert {name: shown(getattr(again, name)) for name in given} == expected


@pytest.mark.parametrize(
    ("entry", "kept"),
    [
        (r"misc, howpublished={Website, \url{https://ex.org/a} (visited 3 May 2020)}",
         r"howpublished = {Website, \url{https://ex.org/a} (visited 3 May 2020)}"),
        ("misc, eprint={1706.03762}, archiveprefix={arXiv}", "eprint = {1706.03762}"),
        (r"article, journal={J}, number={\No 4}", r"number = {\No 4}"),
        (r"article, journal={\apj}", r"= {\apj}"),
        ("book, maintitle={Works}, volume=2", "maintitle = {Works}"),
        ("article, journal={J}, type={Journal Article}", "type = {Journal Article}"),
        ("book, publisher={Nauka ; Mysl}", "publisher = {Nauka ; Mysl}"),
        ("patent, author={Reed, A.}, number={1}, holder={{Roads Inc.}}", "holder = {{Roads Inc.}}"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("trip", [("bibtex",), ("biblatex",), ("csl-yaml", "bibtex"), ("ris", "biblatex")])
def test_what_was_read_otherwise_is_written_as_it_came(entry: str, kept: str, trip: tuple[Any, ...]):
    """The raw field goes with the work through every format, and stands in the .bib again, once."""
    library = refs.Library(works=(work_of(entry),))
    for name in trip:
        text = refs.render(library, name, on_loss="ignore")
        library = refs.parse(text, name, on_problem=lambda _: None)
    assert text.count(kept) == 1
    assert "url = {https://arxiv.org" not in text


def test_a_new_value_takes_the_place_of_the_raw_field():
    """What implied the old address or title is not written beside the new one."""
    work = work_of(r"misc, howpublished={\url{http://ex.org/old}}")
    text = refs.render([work.replace(url="http://ex.org/new")], "bibtex")
    assert "url = {http://ex.org/new}" in text
    assert "old" not in text
    work = work_of("book, maintitle={Works}, volume=2")
    text = refs.render([work.replace(title="Letters")], "biblatex")
    assert "  maintitle = {Letters}" in text
    assert "Works" not in text


def test_new_names_take_the_place_of_those_in_a_role():
    """biblatex-apa has directors in ``author`` with a data annotation: other directors are not written beside them."""
    work = work_of("video, entrysubtype={film}, author={Reed, Ann}, author+an:role={1=director}, narrator={Hill, Bo}")
    text = refs.render([work], "biblatex")
    assert "author = {Reed, Ann}" in text
    assert "csl-director" not in text
    text = refs.render([work.replace(director=["Lake, Cleo"], narrator=["Moor, Dan"])], "biblatex")
    assert "Reed" not in text
    assert "Hill" not in text
    again = refs.parse(text, "biblatex")["key"]
    assert (str(again.director[0]), str(again.narrator[0]), again.author) == ("Lake, Cleo", "Moor, Dan", ())


def test_a_translation_beside_an_english_title_is_no_titleaddon():
    """Read again it would describe the work; beside a title in another language it is what titleaddon is for."""
    english = refs.Book(id="a", type="book", title="The roads of the north", translated_title="Дороги севера")
    assert "csl-translated-title = {Дороги севера}" in refs.render([english], "biblatex")
    russian = refs.Book(id="a", type="book", title="Дороги севера", translated_title="The roads of the north")
    assert "titleaddon = {The roads of the north}" in refs.render([russian], "biblatex")


@pytest.mark.parametrize(
    ("relation", "given"),
    [
        ("relatedtype={reviewof}, relatedstring={Review of the film}",
         {"reviewed_title": "Ice", "reviewed_genre": "film", "reviewed_author": "Reed, A."}),
        ("relatedtype={reviewof}", {"reviewed_title": "Ice", "reviewed_genre": "book"}),
        ("relatedtype={commenton}, relatedstring={Comment on the article}", {"genre": "Comment on the article “Ice”"}),
        ("relatedtype={translationof}", {"original_title": "Ice", "original_date": "1990"}),
        ("relatedtype={multivolume}", {"reviewed_title": None, "original_title": None}),
    ],
)  # fmt: skip
def test_a_related_entry_gives_what_the_relation_says(relation: str, given: dict[str, str | None]):
    """biblatex manual 3.5; the entry that is named may stand anywhere in the file."""
    text = (
        f"@article{{a, title={{On ice}}, journaltitle={{J}}, related={{b}}, {relation}}}\n"
        "@book{b, author={Reed, A.}, title={Ice}, date={1990}}"
    )
    library, _ = parse(text)
    assert {name: shown(getattr(library["a"], name)) for name in given} == given
    again, _ = parse(refs.render(library, "biblatex"))
    assert {name: shown(getattr(again["a"], name)) for name in given} == given


def test_classic_bibtex_gets_nothing_that_only_biblatex_knows():
    """Entry types, names, and the keys of biblatex become those of btxdoc, and come back as they were."""
    text = (
        "@mvbook{a, author={family=Deursen, given=Alexander, prefix=van}, title={A}, date={2019}}\n"
        "@suppbook{b, author={Reed, A.}, title={B}, booktitle={C}, date={2019}}\n"
        "@mvproceedings{c, editor={given=Ada, family=Hill}, title={C}, date={2019}}\n"
        "@artwork{d, author={Reed, A.}, title={D}, date={2019}}\n"
        "@patent{e, author={Reed, A.}, title={E}, number={1}, type={patentus}, date={2019}}\n"
        "@article{f, author={Reed, A.}, title={F}, journaltitle={J}, issue={4}, date={2019}}"
    )
    library, _ = parse(text)
    classic = refs.render(library, "bibtex", on_loss="ignore")
    kinds = [line.split("{")[0] for line in classic.splitlines() if line.startswith("@")]
    assert kinds == ["@book", "@incollection", "@proceedings", "@misc", "@misc", "@article"]
    assert "author = {van Deursen, Alexander}" in classic
    assert "editor = {Hill, Ada}" in classic
    assert "type = {U.S. Patent}" in classic
    assert "number = {4}" in classic
    assert "family=" not in classic
    back = refs.render(refs.parse(classic, "bibtex"), "biblatex")
    kinds = [line.split("{")[0] for line in back.splitlines() if line.startswith("@")]
    assert kinds == ["@mvbook", "@suppbook", "@mvproceedings", "@artwork", "@patent", "@article"]
    assert [work.type for work in refs.parse(classic, "bibtex")] == [work.type for work in library]


def test_a_techreport_stays_one_for_biblatex():
    """@techreport is a @report of that type (biblatex manual 2.1.2); a type that is given wins."""
    assert refs.render([work_of("techreport, institution={I}")], "biblatex").startswith("@techreport{")
    typed = refs.render([work_of("techreport, institution={I}, type={Working Paper}")], "biblatex")
    assert typed.startswith("@report{")
    assert "type = {Working Paper}" in typed


def test_no_html_reaches_a_bib_file():
    """CSL's tags are TeX commands in every field, also where TeX has no other use for them."""
    name = refs.Name(literal="Committee on <sc>hiv</sc>")
    work = refs.Book(
        id="a", type="book", title="T", author=(name,), edition="2<sup>nd</sup>", publisher="P<sup>2</sup>",
        genre="<i>Tech</i> book", status="<b>draft</b>", page="1<sup>r</sup>", publisher_place="<i>L</i>",
    )  # fmt: skip
    for dialect in ("bibtex", "biblatex"):
        text = refs.render([work], dialect)
        assert "<" not in text
        assert r"edition = {2\textsuperscript{nd}}" in text
        assert refs.parse(text, "bibtex")["a"].edition == "2<sup>nd</sup>"


def test_biblatex_keeps_keys_in_any_letters():
    """Biber takes them; classic BibTeX and ASCII text get another key, and that is reported."""
    work = refs.Book(id="Müller:Иванов2019", type="book", title="T")
    losses: list[refs.Loss] = []
    assert refs.render([work], "biblatex", on_loss="error").startswith("@book{Müller:Иванов2019,\n")
    classic = refs.render([work], "bibtex", on_loss=losses.append)
    assert classic.startswith("@book{Muller:Ivanov2019,\n")
    assert [str(loss).split(": not kept")[0] for loss in losses] == ["Müller:Иванов2019: id"]
    assert refs.parse(classic, "bibtex").ids == ("Müller:Иванов2019",)
    assert refs.render([work], "biblatex", ascii=True, on_loss="ignore").isascii()


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (r"misc, howpublished={\url{http://ex.org/f} and \url{http://ex.org/g}}", "howpublished"),
        ("misc, howpublished={By hand}, publisher={Road Press}", "howpublished"),
        ("book, journal={Road Letters}, publisher={Road Press}", "journal"),
        ("book, booktitle={Another book}", "booktitle"),
        ("misc, eprint={ab12}, eprinttype={foo}", "eprint"),
        ("misc, eprint={ab12}", "eprint"),
    ],
)
def test_a_value_that_reaches_no_variable_is_reported(entry: str, field: str):
    """Work, field and what to do are named."""
    kind, fields = entry.split(", ", 1)
    _, problems = parse(f"@{kind}{{key, title={{T}}, {fields}}}")
    assert [problem.startswith(f"1: warning: key: {field}: ") for problem in problems] == [True]


@pytest.mark.parametrize(
    "entry",
    [
        r"misc, howpublished={\url{http://ex.org/f}, accessed 3 May 2020}",
        "book, journal={Road Press}, publisher={Road Press}",
        "book, booktitle={T}",
        "proceedings, booktitle={Proc. of Ts}",
        "misc, eprint={ab12}, eprinttype={foo}, url={http://ex.org}",
        "article, journal={J}, eprint={2007071}, eprinttype={jstor}",
    ],
)
def test_sound_entries_are_not_reported(entry: str):
    """What is said elsewhere, or is there for other entries, is no loss."""
    kind, fields = entry.split(", ", 1)
    assert parse(f"@{kind}{{key, title={{T}}, {fields}}}")[1] == []


def test_a_part_inherits_the_author_of_its_book():
    """biblatex manual, appendix B: author gives bookauthor; what is ours is not inherited."""
    library, _ = parse(
        "@inbook{a, author={Stone, C.}, title={Preface}, crossref={b}, pages={1--3}}\n"
        "@inbook{c, title={Part}, crossref={b}}\n"
        "@book{d, crossref={m}, volume=1, date={1976}}\n"
        "@book{b, author={Hill, Ada}, title={The lanes}, csl-type={classic}, date={2013}}\n"
        "@mvbook{m, author={Hill, Ada}, title={Works}, date={1975/1983}}"
    )
    assert (library["a"].type, str(library["a"].container_author[0])) == ("chapter", "Hill, Ada")
    assert (str(library["c"].author[0]), library["c"].container_author) == ("Hill, Ada", ())
    assert (library["d"].title, library["d"].volume, str(library["d"].issued)) == ("Works", "1", "1976")


@pytest.mark.parametrize(
    ("tex", "title"),
    [
        ("{Tajikistan's} {Peace} {Accord} dissolved",
         '<span class="nocase">Tajikistan\'s</span> <span class="nocase">Peace</span> '
         '<span class="nocase">Accord</span> dissolved'),
        ("{Uncertain} {Border} {Games}", "Uncertain Border Games"),
        ("A {Border} and {Some} {Games} of the {Road}", "A Border and Some Games of the Road"),
    ],
)  # fmt: skip
def test_braces_that_choose_are_kept_at_the_beginning_too(tex: str, title: str):
    """A small word outside the braces shows that they choose, wherever the first of them stands."""
    assert work_of(f"misc, shorttitle={{{tex}}}").title_short == title


def test_a_volume_with_a_title_is_one_for_biblatex():
    """The whole is the maintitle (biblatex manual 2.3.5); classic BibTeX has no such field."""
    book = refs.Book(id="a", type="book", title="Handbook", volume="1", volume_title="Foundations")
    part = refs.Chapter(id="b", type="chapter", title="Roads", container_title="Handbook", volume_title="Foundations")
    text = refs.render([book, part], "biblatex")
    assert "  maintitle = {Handbook},\n  title = {Foundations},\n" in text
    assert "  maintitle = {Handbook},\n  booktitle = {Foundations},\n" in text
    for dialect in ("bibtex", "biblatex"):
        again = refs.parse(refs.render([book, part], dialect), "bibtex")
        assert [(work.title, work.volume_title) for work in again] == [
            ("Handbook", "Foundations"),
            ("Roads", "Foundations"),
        ]


def test_chapter_in_words_is_written_back_as_classic_inbook_has_it():
    """Classic @inbook names the book in ``title`` and the part in ``chapter`` (btxdoc), and has no ``booktitle``."""
    entry = "@inbook{a, title = {Upland Roads}, chapter = {The Second Pass}, publisher = {Hill}, year = {1990}}"
    written = refs.render(refs.parse(entry, "bibtex"), "bibtex")
    assert "title = {Upland Roads}" in written
    assert "chapter = {The Second Pass}" in written
    assert "booktitle" not in written
