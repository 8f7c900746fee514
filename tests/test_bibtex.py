"""BibTeX and biblatex: what the fields of others mean to us, and what they get back."""

from __future__ import annotations

import pytest
from pybtex.database import parse_string

import tajikpeace_refs as refs
from tajikpeace_refs.model import Name, PartialDate, Work
from tajikpeace_refs.options import FormatName


def read(fields: str, kind: str = "article") -> Work:
    problems: list[refs.Problem] = []
    library = refs.parse(f"@{kind}{{key, {fields}}}", "bibtex", on_problem=problems.append)
    assert [problem for problem in problems if problem.severity == "error"] == []
    return library["key"]


def written(work: Work, dialect: FormatName = "bibtex", **options) -> dict[str, str]:
    """Return the fields of the entry that we write, as an independent parser sees them."""
    text = refs.render([work], dialect, on_loss="ignore", **options)
    entry = parse_string(text, "bibtex").entries[work.id]
    names = {role: " and ".join(map(str, people)) for role, people in entry.persons.items()}
    return {**{key.lower(): value for key, value in entry.fields.items()}, **names}


@pytest.mark.parametrize(
    ("kind", "csl"),
    [
        ("article", "article-journal"), ("book", "book"), ("inbook", "book"), ("incollection", "chapter"),
        ("inproceedings", "paper-conference"), ("conference", "paper-conference"), ("phdthesis", "thesis"),
        ("mastersthesis", "thesis"), ("thesis", "thesis"), ("techreport", "report"), ("online", "webpage"),
        ("misc", "document"), ("dataset", "dataset"), ("patent", "patent"), ("unpublished", "manuscript"),
        ("collection", "book"), ("preprint", "article"), ("website", "webpage"), ("unheardof", "document"),
    ],
)  # fmt: skip
def test_entry_type_gives_its_csl_type_and_is_kept(kind: str, csl: str):
    """Entry types of both dialects, and those of other programs, have a CSL type; the entry type itself is kept."""
    work = read("title={x}", kind)
    assert work.type == csl
    for dialect in ("bibtex", "biblatex"):
        again = refs.parse(refs.render([work], dialect), "bibtex")["key"]
        assert (again.type, again.genre) == (work.type, work.genre)


def test_misc_with_an_address_is_a_web_page():
    r"""@misc with url, or with \\url in howpublished, is how classic BibTeX cites the web."""
    assert read("title={x}, url={http://x.org}", "misc").type == "webpage"
    work = read(r"title={x}, howpublished={\url{http://x.org/a_b}}", "misc")
    assert (work.type, work.url) == ("webpage", "http://x.org/a_b")
    assert r"howpublished = {\url{http://x.org/a_b}}" in refs.render([work], "bibtex")


@pytest.mark.parametrize(
    ("fields", "variable", "value"),
    [
        ("journal={J}", "container_title", "J"),
        ("journaltitle={J}", "container_title", "J"),
        ("number={2}", "issue", "2"),
        (r"number={\No 4}", "issue", "4"),
        ("number={Suppl. 1}", "issue", "Suppl. 1"),
        ("volume={Т. 5}", "volume", "5"),
        ("volume={{}Vol. 5}", "volume", "Vol. 5"),
        ("eid={e12}", "number", "e12"),
        ('pages={12"=18}', "page", "12-18"),
        ("pages={i--xii, 101--110}", "page", "i-xii, 101-110"),
        ("pages={A-1--A-5}", "page", "A-1–A-5"),
        ("address={P}", "publisher_place", "P"),
        ("edition={Third}", "edition", "3"),
        ("doi={https://doi.org/10.1/x}", "doi", "10.1/x"),
        (r"doi={10.1/a{\_}b}", "doi", "10.1/a_b"),
        (r"url={http://x/a{\_}b\%20}", "url", "http://x/a_b%20"),
        (r"title={p{$<$}0.05}", "title", "p<0.05"),
        (r"title={{\'E}t\'e \& {\TeX}}", "title", "Été & TeX"),
        (r"title={{\CYRT}{\cyro}{\cyrchrdsc}}", "title", "Тоҷ"),
        ("title={The {NATO} {R}ole}", "title",
         'The <span class="nocase">NATO</span> <span class="nocase">R</span>ole'),
        (r"title={The \emph{E. coli}}", "title", "The <i>E. coli</i>"),
        (r"note={{\noopsort{A}}Zed}", "note", "Zed"),
        ("note={a\u00a0b \\& c}", "note", "a\u00a0b & c"),
        ("langid={ngerman}", "language", "de"),
        ("language={english}, langid={russian}", "language", "ru"),
        ("language={tg}", "language", "tg"),
        ("keywords={a, {b, c}, d}", "keyword", ("a", "b, c", "d")),
        ("pubstate={inpress}", "issued", PartialDate(literal="in press")),
        ("year={2008}, month=jun, day={27}", "issued", PartialDate.parse("2008-06-27")),
        ("year={1992--1997}", "issued", PartialDate.parse("1992/1997")),
        ("year={2003/04}", "issued", PartialDate(literal="2003/04")),
        ("date={1990~}", "issued", PartialDate.parse("1990~")),
        ("date={2016-03-30/2016-04-02}", "issued", PartialDate.parse("2016-03-30/2016-04-02")),
        ("title={A}, subtitle={B}", "title", "A: B"),
    ],
)  # fmt: skip
def test_field_gives_its_variable_and_comes_back(fields: str, variable: str, value: object):
    """What a field says; and written again it still says so."""
    work = read(fields)
    assert getattr(work, variable) == value
    for dialect in ("bibtex", "biblatex"):
        assert getattr(refs.parse(refs.render([work], dialect), "bibtex")["key"], variable) == value


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jan van der Berg", Name(family="Berg", given="Jan", non_dropping_particle="van der")),
        ("van der Berg, Jan", Name(family="Berg", given="Jan", non_dropping_particle="van der")),
        ("King, Jr., Martin Luther", Name(family="King", given="Martin Luther", suffix="Jr.")),
        ("{World Health Organization}", Name(literal="World Health Organization")),
        (r"B{\"u}rger, \'A.", Name(family="Bürger", given="Á.")),
        ("R {La Joie}", Name(family="La Joie", given="R")),
        ("family=Foo, given=Bar, prefix=de", Name(family="Foo", given="Bar", non_dropping_particle="de")),
        ("Иванов, Иван", Name(family="Иванов", given="Иван")),
    ],
)
def test_name_is_read_with_its_parts(text: str, name: Name):
    """Particles, suffixes, organisations, accents and biblatex's named parts."""
    assert read(f"author={{{text} and others}}").author == (name, Name(literal="others"))


def test_name_that_bibtex_would_split_otherwise_is_a_loss():
    """A name that would come back with other parts is a loss, named by its place."""
    losses: list[refs.Loss] = []
    work = refs.Book(id="a", type="book", title="x", author=(Name(family="de Gaulle"), Name(family="A", given="B")))
    refs.render([work], "bibtex", on_loss=losses.append)
    assert [(loss.variable, loss.reason) for loss in losses] == [
        ("author[0]", "its parts would be read back differently")
    ]


@pytest.mark.parametrize(
    "line",
    [
        "  title = {The {RAND} Study of Peace},",
        "  year = {In press, 2020},",
        "  abstract = {p{$<$}0.05, $n=5$ and \\$5 to \\$10\\_a},",
        "  keywords = {CO\\textsubscript{2}, y},",
        "  url = {http://x.org/~a_b?x=%20&y=1#z},",
        "  month = may,",
        "  crossref = {c--d},",
        "  mrnumber = {123 \\unknown{x}},",
        "  type = {patentus},",
        "  pages = {55, 60, 70},",
        '  pages = {12"=18},',
        "  volume = {Т. 5},",
        "  title = {$x^2$ over \\TeX},",
    ],
)
def test_field_comes_back_as_it_was_written(line: str):
    """Written to the dialect it came from, the very line."""
    text = f"@article{{a--b:c'd,\n{line}\n}}\n"
    library = refs.parse(text, "bibtex", on_problem=lambda _: None)
    assert refs.render(library, "biblatex") == text


@pytest.mark.parametrize("genre", [None, "Doctoral dissertation", "Master's thesis", "Bachelor's thesis", "PhD memoir"])
def test_thesis_keeps_its_kind(genre: str | None):
    """Classic entry types say PhD or master's; a thesis of another kind, or of none, has its type in words."""
    work = refs.Thesis(id="a", type="thesis", title="x", genre=genre)
    for dialect in ("bibtex", "biblatex"):
        assert refs.parse(refs.render([work], dialect), "bibtex")["a"].genre == genre


def test_crossref_and_xdata_fill_missing_fields():
    """A part takes its container's title; xdata gives any field and is reported; dates are not mixed."""
    problems: list[refs.Problem] = []
    library = refs.parse(
        "@xdata{x, publisher={P}}\n@conference{c, title={Paper}, crossref={p}, year={1999}}\n"
        "@proceedings{p, title={Proc}, date={2001}, xdata={x}}\n@mvbook{m, title={Main}}\n@book{v, title={V}, crossref={m}}",
        "bibtex", on_problem=problems.append,
    )  # fmt: skip
    paper = library["c"]
    assert (paper.title, paper.container_title, str(paper.issued), paper.publisher) == ("Paper", "Proc", "1999", "P")
    assert (library["v"].title, library["v"].volume_title) == ("Main", "V")
    assert [str(problem) for problem in problems] == [
        "<string>:1: warning: an @xdata entry, whose fields were copied to the entries that name it, is not kept"
    ]


def test_dropped_comments_and_preambles_are_reported():
    """@comment, @preamble and text between entries: once each, with their number."""
    problems: list[refs.Problem] = []
    refs.parse(
        "% head\n@comment{jabref-meta: x}\n@preamble{{y}}\nfree\n@book{a, title={x}}",
        "bibtex",
        on_problem=problems.append,
    )
    assert [str(problem).removeprefix("<string>:") for problem in problems] == [
        "1: warning: text outside the entries is not kept (2 of them)",
        "2: warning: a @comment is not kept",
        "3: warning: the @preamble is not kept",
    ]


def test_entries_may_begin_anywhere_in_a_line():
    """As BibTeX has it: behind text, behind another entry, in parentheses with quotes."""
    text = 'x @book{a, title={1}} % c @book{b, title={2}}\n@book(c, title="A (par) book", year=2000)'
    assert refs.parse(text, "bibtex", on_problem=lambda _: None).ids == ("a", "b", "c")


def test_ascii_key_is_kept_and_another_is_transliterated_with_its_links():
    """An ASCII id is the key; another is transliterated, its links with it, and comes back."""
    works = [refs.Book(id="ключ", type="book", title="x"), refs.Book(id="a b", type="book", title="y")]
    losses: list[refs.Loss] = []
    text = refs.render(works, "bibtex", on_loss=losses.append)
    assert [(loss.work_id, loss.variable) for loss in losses] == [("ключ", "id"), ("a b", "id")]
    assert "@book{kliuch,\n" in text
    assert "@book{a-b,\n" in text
    assert refs.parse(text, "bibtex").ids == ("ключ", "a b")
    linked = refs.parse("@book{ключ, title={x}}\n@inbook{b, title={y}, crossref={ключ}}", "bibtex")
    assert "crossref = {kliuch}" in refs.render(linked, "bibtex", on_loss="ignore")


def test_extra_field_cannot_end_its_entry():
    """A field that would end the entry early becomes an extra field, escaped, and is not written as it is."""
    work = refs.Book(
        id="a", type="book", title="x",
        extra=(refs.ExtraField("bibtex", "k", "}\n@book{z, title={q}}"), refs.ExtraField("tex", "@", "x{")),
    )  # fmt: skip
    text = refs.render([work], "bibtex")
    assert list(parse_string(text, "bibtex").entries) == ["a"]
    assert refs.parse(text, "bibtex").ids == ("a",)


@pytest.mark.parametrize(
    "text",
    [
        "@book{a, title={" + "\\'" * 5000 + "}}", "@book{a, month={²}, year=2001}", "@book{a, month={" + "9" * 5000 + "}, year=2001}",
        "@book{a, title={x}, year={{}}, month={may}}", "@book{a, title={x}, date={0000}, urldate={}}",
        "@book{a, title={\\symbol{²}\\symbol{55296}\\symbol{0}}}", "@book{a, title={" + "$a b_c " * 3000 + "}}",
        "@book{a, pages={" + " " * 40000 + "}}", "@book{a, title={x" + "ab-" * 40000,
        "@string{a={xxxxxxxxxxxxxxxx}}" + "".join(f"@string{{{y}={x} # {x} # {x} # {x}}}" for x, y in zip("abcdefghijklmno", "bcdefghijklmnop", strict=True))
        + "@book{z, note=p}",
    ],
)  # fmt: skip
def test_hostile_value_gives_a_work_or_our_error(text: str):
    """Deep, long or odd: our own error, or a work that every format can write; never a hang or another exception."""
    library = refs.parse(text, "bibtex", on_problem=lambda _: None)
    for name in ("bibtex", "biblatex", "ris", "csl-json", "csl-yaml", "apa"):
        refs.render(library, name, on_loss="ignore").encode("utf-8")


@pytest.mark.parametrize(
    "text", ["a--b---c", "``x''", "?`!`", "--", "'''", "-", "a\nb", "x\u202fy\u00a0z", "{}\\%&_#~^$5"]
)
def test_plain_text_makes_no_tex_ligature(text: str):
    """Two hyphens stay two hyphens, and a line break a line break: TeX is not to make others of them."""
    work = refs.Book(id="a", type="book", title="t", note=text, abstract=text)
    for ascii_only in (False, True):
        again = refs.parse(refs.render([work], "bibtex", ascii=ascii_only), "bibtex")["a"]
        assert (again.note, again.abstract) == (text, text)


@pytest.mark.parametrize(
    ("tex", "title"),
    [
        ("Tajikistan: {A} {Political} and {Social} {History}", "Tajikistan: A Political and Social History"),
        ("Мир в {Душанбе} и {Худжанде}", "Мир в Душанбе и Худжанде"),
        ("The {Khatlon}, {Sughd} and {Khujand} regions",
         'The <span class="nocase">Khatlon</span>, <span class="nocase">Sughd</span> and '
         '<span class="nocase">Khujand</span> regions'),
        ("{NATO} and its role", '<span class="nocase">NATO</span> and its role'),
    ],
)  # fmt: skip
def test_braces_around_every_capital_protect_no_word(tex: str, title: str):
    """A program that braces all capitals does not say which words are names; braces that choose do."""
    work = read(f"title={{{tex}}}")
    assert work.title == title
    assert written(work)["title"] == tex


def test_string_of_strings_is_bounded():
    """1.1 kB of strings, each twice the one before, would make 2.5 GB: the sum is bounded, and that is reported."""
    strings = "".join(f"@string{{s{number + 1} = s{number} # s{number}}}\n" for number in range(40))
    problems: list[refs.Problem] = []
    library = refs.parse(
        f"@string{{s0 = {{xxxxxxxxxx}}}}\n{strings}@book{{a, title={{A}}}}", "bibtex", on_problem=problems.append
    )
    assert library.ids == ("a",)
    assert any("too long to be read" in problem.message for problem in problems)


def test_inheritance_from_too_many_is_reported():
    """An entry inherits from a hundred others at most; that there are more is said."""
    parents = "".join(f"@xdata{{p{number}, note{number}={{x}}}}\n" for number in range(150))
    problems: list[refs.Problem] = []
    keys = ",".join(f"p{number}" for number in range(150))
    refs.parse(f"@book{{a, title={{A}}, xdata={{{keys}}}}}\n{parents}", "biblatex", on_problem=problems.append)
    assert any("more than 100 entries" in problem.message for problem in problems)
