"""The rules of the reference list, one invented work each (tests/data/apa/rules.yaml); order, letters and markup."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from conformance.apa import without_brackets

from tajikpeace_refs import cite, formats, render
from tajikpeace_refs.apa import reference_list
from tajikpeace_refs.errors import Loss
from tajikpeace_refs.model import Book, FrontMatter, Library, Name
from tajikpeace_refs.model.work import WORK
from tajikpeace_refs.options import WriteContext, WriteOptions

# Every scalar is text, as in the library: 2011-03-04 is a date of ours, not of YAML.
TABLE = Path(__file__).parent / "data" / "apa" / "rules.yaml"
RULES = yaml.load(TABLE.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - the loader that makes only text


def work(**variables):
    """A work with the base of the rules under it; empty values take a variable away."""
    held = {**RULES["base"], **variables}
    return WORK.validate_python({key: value for key, value in held.items() if value not in (None, "", [])})


@pytest.mark.parametrize(("rule", "variables", "expected"), RULES["rules"], ids=[row[0] for row in RULES["rules"]])
def test_reference_follows_the_rule(rule, variables, expected):
    """The reference is what the section asks for."""
    assert rule
    [entry] = reference_list([work(**variables)], WriteOptions(markup="markdown"))
    assert without_brackets(entry.text) == expected


def ordered(*rows):
    """The heads of a list (author and date, or title) from rows of author, date and title."""
    works = [
        work(id=str(number), author=author, issued=issued, title=title)
        for number, (author, issued, title) in enumerate(rows)
    ]
    return [entry.text.removesuffix(" Tide Press.") for entry in reference_list(reversed(works))]


@pytest.mark.parametrize(
    "rows",
    [
        # 9.44: nothing precedes something; letter by letter, signs and diacritics aside; Mac and Mc as they stand.
        [(["Brown, J."], "2011", "A"), (["Browning, A."], "2000", "A")],
        [(["Villafuerte, A."], "2011", "A"), (["Villa-Lobos, A."], "2011", "A")],
        [(["Benjamin, A."], "2011", "A"), (["ben Yaakov, A."], "2011", "A")],
        [(["Olson, A."], "2011", "A"), (["O'Neil, A."], "2011", "A"), (["Oppen, A."], "2011", "A")],
        [(["MacNeil, E."], "2011", "A"), (["McAdoo, Z."], "2011", "A"), (["M'Carthy, L."], "2011", "A")],
        [(["Sabin, A."], "2011", "A"), (["Šabot, A."], "2011", "A"), (["Sacks, A."], "2011", "A")],
        [(["Urban, A."], "2011", "A"), (["Vance, A."], "2011", "A"), (["van der Kolk, A."], "2011", "A")],
        # 9.46: one author before several; then the second author; then the date.
        [(["Moor, E."], "2019", "A"), (["Moor, E.", "Abel, M."], "2010", "A"), (["Moor, E.", "Bell, M."], "2001", "A")],
        [(["Moor, E."], "n.d.", "A"), (["Moor, E."], "1999", "A"), (["Moor, E."], "in press", "A")],
        # 9.48: initials.
        [(["Moor, A. B."], "2011", "A"), (["Moor, B. A."], "2001", "A")],
        # 9.49: titles without their article, numerals as if spelled out.
        [(["Adams, A."], "2011", "A"), ([], "2011", "The book of water"), (["Carter, A."], "2011", "A")],
        [([], "2011", "Fifty rivers"), ([], "2011", "1984 again"), ([], "2011", "20 rivers"), ([], "2011", "Water")],
    ],
)  # fmt: skip
def test_list_order_follows_the_rules(rows):
    """9.44-9.49: rows are written in the order that they must have."""
    expected = [ordered(row)[0] for row in rows]
    assert ordered(*rows) == expected


def test_works_of_one_author_and_year_get_suffixes():
    """9.47: year-only dates first, then by date, then by title without its article; n.d. and in press take a hyphen."""
    page = {"type": "webpage", "publisher": ""}
    works = [
        work(id="a", title="The zebra"),
        work(id="b", title="An ant"),
        work(id="c", **page, issued="2011-04-02"),
        work(id="d", **page, issued="2011-03-26"),
        work(id="e", issued="n.d.", title="B"),
        work(id="f", issued="n.d.", title="A"),
        work(id="g", issued="in press", title="B"),
        work(id="h", issued="in press", title="A"),
        work(id="i", issued="2012"),
    ]
    heads = [entry.text.split("). ")[0] for entry in reference_list(works)]
    assert [head.removeprefix("Moor, E. (") for head in heads] == [
        "n.d.-a", "n.d.-b", "2011a", "2011b", "2011c, March 26", "2011d, April 2", "2012", "in press-a", "in press-b",
    ]  # fmt: skip


def test_original_list_is_in_cyrillic_order():
    """`--script original`: Tajik order, each of the six letters after its base letter, and the original words."""
    names = ["Гб", "Ға", "Иб", "Ӣа", "Кб", "Қа", "Уб", "Ӯа", "Хб", "Ҳа", "Чб", "Ҷа"]
    works = [work(id=str(number), author=[f"{name}, А."], title="Об") for number, name in enumerate(reversed(names))]
    texts = [entry.text for entry in reference_list(works, WriteOptions(script="original"))]
    assert [text.split(",")[0] for text in texts] == names
    assert texts[0] == "Гб, А. (2011). Об. Tide Press."


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        (
            {"type": "chapter", "language": "ru", "title": "Спор", "container-title": "Мир", "editor": ["Марон, А."],
             "edition": "2", "volume": "3", "page": "5-9"},
            "Бек, О. (2011). Спор. В А. Марон (Ред.), Мир (2-е изд., Т. 3, с. 5–9). Наука.",
        ),
        (
            {"language": "uk", "title": "Слово", "translator": ["Мельник, В."], "edition": "3", "number-of-volumes": "2"},
            "Бек, О. (2011). Слово (В. Мельник, Пер.; 3-тє вид., Т. 1–2). Наука.",
        ),
        (
            {"type": "chapter", "language": "tg", "title": "Роҳ", "container-title": "Осор", "editor": ["Раҳмонӣ, Ф."],
             "volume": "4", "page": "7"},
            "Бек, О. (2011). Роҳ. Дар Ф. Раҳмонӣ (Муҳаррир), Осор (Ҷ. 4, с. 7). Наука.",
        ),
        ({"language": "ru", "title": "Путь", "volume": "2", "volume-title": "Снег"}, "Бек, О. (2011). Путь: Т. 2. Снег. Наука."),
        ({"language": "ru", "title": "Путь", "edition": "2-е изд., испр."}, "Бек, О. (2011). Путь (2-е изд., испр.). Наука."),
        ({"language": "kk", "title": "Жол", "edition": "2"}, "Бек, О. (2011). Жол (2nd ed.). Наука."),
        ({"language": "", "title": "Путь", "edition": "2"}, "Бек, О. (2011). Путь (2nd ed.). Наука."),
        ({"language": "en", "title": "Roads", "edition": "2"}, "Бек, О. (2011). Roads (2nd ed.). Наука."),
        ({"language": "ru", "title": "Путь", "volume": "Книга 2"}, "Бек, О. (2011). Путь (Книга 2). Наука."),
    ],
)  # fmt: skip
def test_terms_of_an_original_list_are_in_the_language_of_the_work(variables, expected):
    """Open in APA; as Russian and Ukrainian journals have it (docs/apa.md). A list in Latin letters keeps the English ones."""
    given = work(author=["Бек, О."], publisher="Наука", **variables)
    [entry] = reference_list([given], WriteOptions(script="original"))
    assert entry.text == expected
    [latin] = reference_list([given])
    assert not any(term in latin.text for term in ("Red.", "izd.", "vyd.", " s. ", "Дар", "T. "))


MARKED = {"title": "50% of <i>A & B</i>: H<sub>2</sub>O_x", "URL": "https://example.org/a_b?x=1&y=%5B#z"}


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("plain", "Moor, E. (2011). 50% of A & B: H2O_x. Tide Press. LINK"),
        ("markdown", "Moor, E. (2011). *50% of* A & B: *H<sub>2</sub>O_x*. Tide Press. LINK"),
        ("html", "Moor, E. (2011). <i>50% of </i>A &amp; B<i>: H<sub>2</sub>O_x</i>. Tide Press. LINK"),
        ("latex", r"Moor, E. (2011). \textit{50\% of }A \& B\textit{: H\textsubscript{2}O\_x}. Tide Press. LINK"),
    ],
)
def test_list_is_written_in_each_markup(markup, expected):
    """Escaping, reverse italics and links in each markup; the address stays what it is."""
    links = {
        "markdown": "https://example.org/a_b?x=1&y=%5B#z",
        "html": '<a href="https://example.org/a_b?x=1&amp;y=%5B#z">https://example.org/a_b?x=1&amp;y=%5B#z</a>',
        "latex": r"\url{https://example.org/a_b?x=1&y=\%5B\#z}",
    }
    [entry] = reference_list([work(**MARKED)], WriteOptions(markup=markup))
    assert entry.text == expected.replace("LINK", links.get(markup, MARKED["URL"]))


def test_markdown_signs_are_escaped():
    """Signs of Markdown in the data are escaped; underscores inside a word mean nothing and stay."""
    [entry] = reference_list([work(title="*a* _b_ snake_case <x> $5 or $6")], WriteOptions(markup="markdown"))
    assert entry.text == r"Moor, E. (2011). *\*a\* \_b\_ snake_case \<x> \$5 or \$6*. Tide Press."


def test_html_marks_foreign_words_with_their_language():
    """A title in another language has its language tag, a transliterated one its script too."""
    spanish = work(title="El río", language="es", **{"translated-title": "The river"})
    tajik = work(title="Рӯд", language="tg")
    assert (
        '<i><span lang="es">El río</span></i> [The river].'
        in reference_list([spanish], WriteOptions(markup="html"))[0].text
    )
    assert '<i><span lang="tg-Latn">Rud</span></i>' in reference_list([tajik], WriteOptions(markup="html"))[0].text
    original = WriteOptions(markup="html", script="original")
    assert '<i><span lang="tg">Рӯд</span></i>' in reference_list([tajik], original)[0].text


def test_proper_nouns_of_the_file_keep_their_capitals():
    """What the file lists as proper nouns keeps its capitals, also in hyphenated words and possessives."""
    title = "The Inter-Tajik Dialogue and Tajikistan’s Civil War: a Study"
    front = FrontMatter(proper_nouns=("Tajik", "Tajikistan"))
    [entry] = reference_list([work(title=title, language="en")], WriteOptions(front=front))
    assert "The inter-Tajik dialogue and Tajikistan’s civil war: A study." in entry.text


def test_romanisation_follows_the_scheme():
    """The scheme is a choice of the list."""
    tajik = work(title="Ӯҳда ва ҷой", language="tg")
    texts = {
        scheme: reference_list([tajik], WriteOptions(scheme=scheme))[0].text
        for scheme in ("ala-lc", "bgn-pcgn", "iso-9")
    }
    assert ["Uhda va joi" in texts["ala-lc"], "Ŭhda va joy" in texts["bgn-pcgn"], "Ūḩda va çoj" in texts["iso-9"]] == [
        True
    ] * 3


def test_apa_format_separates_references_by_a_blank_line():
    """One reference a paragraph, a blank line between, a final newline; what APA keeps out of the list is reported."""
    losses: list[Loss] = []
    letter = work(id="letter", type="personal_communication", publisher="")
    context = WriteContext(WriteOptions(), losses.append)
    write = formats.get("apa").write
    assert write is not None
    text = "".join(write([work(id="b"), work(id="a", author=["Abel, A."]), letter], context))
    assert text == "Abel, A. (2011). On rivers. Tide Press.\n\nMoor, E. (2011). On rivers. Tide Press.\n"
    assert [loss.work_id for loss in losses] == ["letter"]
    html = "".join(write([work()], WriteContext(WriteOptions(markup="html"))))
    assert html == "<p>Moor, E. (2011). <i>On rivers</i>. Tide Press.</p>\n"


@pytest.mark.parametrize(
    ("authors", "entry", "cited"),
    [
        (["Doe, J.", "others"], "Doe, J., et al. (2000). *X*.", "(Doe et al., 2000)"),
        (["Doe, J.", "Roe, K.", "others"], "Doe, J., Roe, K., et al. (2000). *X*.", "(Doe et al., 2000)"),
        (["Юсупова, Юлия Шавкатовна"], "Iusupova, Iu. Sh. (2000). *X*.", "(Iusupova, 2000)"),
        (["Ånstrøm, Per Åke"], "Ånstrøm, P. Å. (2000). *X*.", "(Ånstrøm, 2000)"),
    ],
)
def test_others_are_et_al_and_initials_work_in_any_alphabet(authors: list[str], entry: str, cited: str):
    """Further authors that are not named are et al. (9.8); every capital, whatever its alphabet, makes an initial."""
    book = Book(id="a", type="book", title="X", issued="2000", author=tuple(map(Name.parse, authors)))
    assert render([book], "apa", markup="markdown").strip() == entry
    assert cite(Library(works=(book,)), "a") == cited
