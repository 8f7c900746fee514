r"""TeX in ``.bib`` values, and the syntax of ``.bib`` files that other programs read and write."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
import yaml

import tajikpeace_refs as refs
from tajikpeace_refs import formats
from tajikpeace_refs.formats._bib.latex_decode import decode
from tajikpeace_refs.formats._bib.latex_encode import escape, to_ascii
from tajikpeace_refs.formats.base import ReadWork

CASES = yaml.safe_load((Path(__file__).parent / "data" / "bib_tex.yaml").read_text(encoding="utf-8"))


def read(text: str) -> tuple[refs.Library, list[str]]:
    """Return the works of a text, and the messages about it."""
    problems: list[refs.Problem] = []
    library = refs.parse(text, "biblatex", on_problem=problems.append)
    return library, [str(problem).removeprefix("<string>:") for problem in problems]


@pytest.mark.parametrize(("tex", "text"), [pair for table in CASES.values() for pair in table.items()])
def test_tex_is_read_as_it_is_printed(tex: str, text: str):
    """Signs, arguments, mathematics and quotation marks; what has no printed form stays or is named."""
    assert decode(tex).text == text


@pytest.mark.parametrize("text", sorted({text for table in CASES.values() for text in table.values()}))
def test_printed_text_comes_back_from_tex(text: str):
    """No ligature, shorthand or quotation mark comes of plain text that is written (mathematics is TeX on purpose)."""
    if "$" in text or "<i>" in text:
        return
    assert decode(escape(text)).text == text
    assert decode(to_ascii(escape(text))).text == text


@pytest.mark.parametrize("tex", CASES["unknown"])
def test_an_unknown_command_is_reported_by_work_field_and_name(tex: str):
    """Once for each field, with the variable that the field is read as; the raw field is kept for .bib."""
    library, problems = read(f"@misc{{a, title = {{{tex}}}}}")
    command = r"\oddaccent" if "accent" in tex else r"\bridge"
    assert problems == [
        f"1: warning: a: title: the TeX command {command} in 'title' is not known; write what it stands for"
    ]
    assert f"title = {{{tex}}}" in refs.render(library, "biblatex")


def test_known_commands_and_addresses_are_not_reported():
    """An address may hold anything after a backslash, and a field that is not read loses nothing."""
    _, problems = read(r"@misc{a, title={\emph{T} \LaTeX{} \c{c}}, url={http://x.org/\foo}, file={C:\dir\file.pdf}}")
    assert problems == []


def test_braces_round_a_whole_value_mean_nothing():
    """Web of Science braces every value; in a title the braces protect capitals, in a name they make an organisation."""
    library, _ = read(
        "@article{a, Title={{Old Town}}, Author={{Road Board}}, Year={{1999}}, Month={{MAR 1}}, DOI={{10.1000/x}},"
        " Pages={{1-2}}, Keywords={{roads; rivers}}, Abstract={{{Short}}}}"
    )
    work = library["a"]
    assert (str(work.issued), work.doi, work.page, work.keyword, work.abstract) == (
        "1999-03-01", "10.1000/x", "1-2", ("roads", "rivers"), "Short"
    )  # fmt: skip
    assert work.title == '<span class="nocase">Old Town</span>'
    assert work.author is not None
    assert work.author[0].literal == "Road Board"


def test_braces_alone_in_an_entry_keep_a_keyword_whole():
    """A keyword with a comma is written in braces, and comes back."""
    work = refs.Book(id="a", type="book", title="T", keyword=("roads, old",))
    assert read(refs.render([work], "biblatex"))[0]["a"].keyword == ("roads, old",)


COMMENTS = """% @book{old,
%   title = {Old},
% }
% @book{short, title = {Short}}
@book{a, % the first
  % title = {Commented {out}}},
  author = {Reed, A.}, % 50 % of it
  title = {100 % sure},
  note = "5 % more",
  year = 2019 % the year
}
@book{b%c, title = {Key}}
@book{d, title = {After}} % @book{e, title = {Behind}}
"""


def test_a_percent_sign_outside_values_begins_a_comment():
    """As biber and pandoc read it; in a value and in a key it is a sign like any other."""
    library, problems = read(COMMENTS)
    assert library.ids == ("a", "b%c", "d", "e")
    assert (library["a"].title, library["a"].note, str(library["a"].issued)) == ("100 % sure", "5 % more", "2019")
    assert all("outside the entries" in problem for problem in problems)


def test_names_of_strings_have_no_case():
    """btxdoc: BibTeX lowers them; a later definition replaces an earlier one."""
    library, problems = read(
        "@STRING{AbC = {Road Press}}\n@book{a, title={T}, publisher = aBC, month = JAN, year = 2001}"
    )
    assert (library["a"].publisher, str(library["a"].issued), problems) == ("Road Press", "2001-01", [])


@pytest.mark.parametrize("entry", ["@book{title = {Roads}, year = 2001}", "@book{, title = {Roads}, year = 2001}"])
def test_an_entry_without_a_key_is_read_and_reported(entry: str):
    """Its key is made of what it holds."""
    library, problems = read(f"{entry}\n@book{{b, title={{B}}}}")
    assert library.ids == ("roads_2001", "b")
    assert problems == ["1: warning: the entry has no key; write @type{key, …}"]


def test_a_value_without_braces_is_read_and_reported():
    """A number with a point, a DOI, a date; what BibTeX takes without braces is no fault."""
    library, problems = read(
        "@article{a, title={T}, doi=10.1000/x.5, pages=1--9, year=2010,\n volume = 12A,\n number = 3}"
    )
    work = library["a"]
    assert (work.doi, work.page, work.volume, work.issue) == ("10.1000/x.5", "1-9", "12A", "3")
    assert [problem.split("'")[1] for problem in problems] == ["doi", "pages", "volume"]


def test_macros_of_a_preamble_are_put_in_place():
    """One that is defined as empty prints nothing; none is written without its definition."""
    library, problems = read(
        r'@preamble{"\newcommand{\nosort}[1]{} \def\swap#1#2{#2#1}" # "\providecommand{\press}{Road Press}"}'
        "\n"
        r"@book{a, author={{\nosort{Hill}}Stone, C.}, title={\swap{b}{a}}, publisher={\press}, year={{\nosort{1}}1973}}"
    )
    work = library["a"]
    assert work.author is not None
    assert (work.author[0].family, work.title, work.publisher, str(work.issued)) == (
        "Stone",
        "ab",
        "Road Press",
        "1973",
    )
    assert problems == []
    assert "\\" not in refs.render(library, "bibtex")


def test_an_entry_set_is_no_work():
    """biblatex 3.14.5: @set only names other entries."""
    library, problems = read("@set{s, entryset={a,b}}\n@book{a, title={A}}\n@book{b, title={B}}")
    assert library.ids == ("a", "b")
    assert problems == []


@pytest.mark.parametrize("size", [1, 2, 100])
def test_an_entry_set_is_written_again_for_biblatex(size: int):
    """It travels with the work after it, through the other formats and through chunks too."""
    text = "@book{z,\n  title = {Z},\n}\n\n@set{s,\n  entryset = {a,b},\n}\n\n@book{a,\n  title = {A},\n}\n\n@book{b,\n  title = {B},\n}\n"
    library = refs.parse(text, "biblatex")
    for name in ("biblatex", "csl-yaml", "csl-json", "bibtex"):
        again = refs.parse(refs.render(library, name, on_loss="ignore"), name)
        assert refs.render(again, "biblatex") == text
    losses: list[refs.Loss] = []
    assert "@set" not in refs.render(library, "bibtex", on_loss=losses.append)
    assert [str(loss) for loss in losses] == [
        "a: extra: not kept in bibtex: bibtex has no entry for the set 's'; a csl-foreign field keeps it"
    ]
    chunker = formats.get("biblatex").chunker
    assert chunker
    chunks = [chunk for chunk in chunker.chunks(io.StringIO(text), size) if not isinstance(chunk, refs.Problem)]
    assert [item.work for chunk in chunks for item in chunker.read(chunk) if isinstance(item, ReadWork)] == [*library]


def test_an_entry_set_at_the_end_is_reported():
    assert read("@book{a, title={A}}\n@set{s, entryset={a}}")[1] == [
        "2: warning: an @set entry with no entry after it is not kept"
    ]


@pytest.mark.parametrize("size", [1, 100])
def test_a_set_with_the_key_of_an_entry_is_reported_and_not_kept(size: int):
    """Both written, they would be a file that pybtex refuses: a key names one entry (biber: duplicate entry key)."""
    text = "@set{a, entryset={b}}\n@book{b, title={B}}\n@book{a, title={A}}"
    library, problems = read(text)
    assert problems == ["1: warning: a: an entry has the key of this set; the set is not kept"]
    assert refs.render(library, "biblatex").count("{a,") == 1
    chunker = formats.get("biblatex").chunker
    assert chunker
    chunks = [chunk for chunk in chunker.chunks(io.StringIO(text), size) if not isinstance(chunk, refs.Problem)]
    assert [item.work for chunk in chunks for item in chunker.read(chunk) if isinstance(item, ReadWork)] == [*library]


@pytest.mark.parametrize("link", ["crossref = {p}", "xdata = {p}", "related = {p}, relatedtype = {translationof}"])
def test_what_entries_inherit_is_bounded(link: str):
    """A parent of 9 MB stands in its first child only: thousands would be gigabytes."""
    kind = "xdata" if "xdata" in link else "book"
    children = "".join(f"@inbook{{c{n}, author = {{Doe, Jane}}, {link}}}\n" for n in range(1000))
    library, problems = read(f"{children}@{kind}{{p, title = {{{'peace ' * 1_500_000}}}}}")
    assert library.ids == (("c0",) if kind == "xdata" else ("c0", "p"))
    assert problems[0] == "2: error: c1: what the entry inherits is too long to be read"
    assert len([each for each in problems if "inherits" in each]) == 999


def test_a_short_parent_may_have_any_number_of_children():
    children = "".join(f"@inbook{{c{n}, author = {{Doe, Jane}}, crossref = {{p}}}}\n" for n in range(2000))
    library, problems = read(f"{children}@book{{p, title = {{{'peace ' * 500}}}}}")
    assert (len(library), problems) == (2001, [])


@pytest.mark.parametrize(
    ("fields", "issued", "reported"),
    [
        ("year=2003, month={13}", "2003", "month"),
        ("year=2003, month=feb, day={30}", "2003-02", "day"),
        ("date={2004-02-30}", "2004-02-30", "date"),
        ("date={2004-02-13}, year=2006", "2004-02-13", "year"),
        ("date={3/4/2008}", "2008", "date"),
        ("year={1957/1990}", "1957/1990", ""),
        ("year={1987a}", "1987a", ""),
        ("year={1981--1984}", "1981/1984", ""),
        ("date={1957/1990}", "1957/1990", ""),
        ("date={19.02.2023}", "2023-02-19", ""),
        ("year={8--11 сентября 2021 г.}", "2021-09-08/2021-09-11", ""),
        ("year=2001, month=jul # {/} # aug", "2001-07/2001-08", ""),
        ("year=2001, month={Spring}", "2001-21", ""),
        ("year=2001, month={10~} # jan", "2001-01-10", ""),
        ("year={to appear}", "to appear", ""),
    ],
)
def test_a_date_is_read_or_reported(fields: str, issued: str, reported: str):
    """A date that is none is reported by work and field; a slash makes a range in ``date`` only (biblatex 2.3.8)."""
    library, problems = read(f"@book{{a, title={{T}}, {fields}}}")
    assert str(library["a"].issued) == issued
    assert [reported in problem and problem.startswith("1: warning: a: issued: ") for problem in problems] == (
        [True] if reported else []
    )


def test_two_years_with_a_slash_come_back_from_every_format():
    """They are words, not a range, in the other formats as well."""
    library, _ = read("@book{a, title={T}, year={1957/1990}}")
    for name in ("bibtex", "biblatex", "csl-json", "csl-yaml"):
        again = refs.parse(refs.render(library, name), name)
        assert again["a"].issued == library["a"].issued
    assert refs.render(library, "apa") == "T. (1957/1990).\n"


def test_a_month_of_pieces_keeps_its_macro():
    """In braces a macro is dead: BibTeX would print "10 jan"."""
    library, _ = read('@article{a, title={T}, year=2001, month="10~" # jan}')
    assert "month = {10~} # jan," in refs.render(library, "bibtex")


def test_years_before_the_common_era_count_a_year_0_in_edtf_only():
    """EDTF -0399 is 400 BCE (ISO 8601-1, 4.3.2), which CSL writes -400."""
    library, _ = read("@book{a, title={T}, date={-0399}}\n@book{b, title={T}, date={0000}}")
    csl = json.loads(refs.render(library, "csl-json"))
    assert [item["issued"] for item in csl] == [{"date-parts": [[-400]]}, {"date-parts": [[-1]]}]
    assert refs.parse(json.dumps(csl), "csl-json").works == library.works
    assert refs.render(library, "apa") == "T. (400 B.C.E.).\n\nT. (1 B.C.E.).\n"
    assert "date = {-0399}" in refs.render(library, "biblatex")
