"""Reference lists after GOST R 7.0.5-2008 and 7.0.100-2018: one rule a work, the order, the markups, the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

import tajikpeace_refs as refs
from tajikpeace_refs.cli import app
from tajikpeace_refs.gost.words import words_in
from tajikpeace_refs.options import WriteOptions

RULES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "data" / "gost_rules.yaml").read_text("utf-8"))


def work(**variables: Any) -> refs.Work:
    return refs.Work.model_validate({"id": "a", "type": "book", **variables})


def listed(*works: refs.Work, **options: Any) -> list[str]:
    """Return the references of works, one text each."""
    return refs.render(works, "gost", options=WriteOptions(**options)).rstrip("\n").split("\n\n")


@pytest.mark.parametrize("case", RULES, ids=lambda case: case["rule"])
def test_reference_follows_the_rule(case: dict[str, Any]):
    """Each work as the clause that its case names has it, in one variant or both."""
    given = refs.Work.model_validate({"id": "a", **case["work"]})
    assert listed(given) == [case["short"]]
    if "full" in case:
        assert listed(given, variant="full") == [case["full"]]


def test_cyrillic_works_stand_before_latin_and_others():
    """The lists that journals of the region print: Cyrillic, Latin, other scripts; each by the alphabet."""
    works = [
        work(id="1", title="Apples", author="Adams, A."),
        work(id="2", title="رودها", language="fa"),
        work(id="3", title="Яблоки", author="Ясин, Я."),
        work(id="4", title="Abc"),
        work(id="5", title="Вода", author="Борисов, Б."),
        work(id="6", title="Вода", author="Ashurov, M.", language="ru"),
    ]
    assert listed(*works) == [
        "Борисов Б. Вода.", "Ясин Я. Яблоки.", "Ashurov M. Вода.", "Abc.", "Adams A. Apples.", "رودها.",
    ]  # fmt: skip


def test_one_author_precedes_several_and_titles_follow_each_other():
    """Word by word; works of one author by title, then by year."""
    works = [
        work(id="1", title="Б", author=["Ким, А.", "Ли, Б."], issued=2001),
        work(id="2", title="Горы", author="Ким, А.", issued=2005),
        work(id="3", title="Горы", author="Ким, А.", issued=2001),
        work(id="4", title="Вода", author="Ким, А."),
    ]
    assert listed(*works) == ["Ким А. Вода.", "Ким А. Горы. 2001.", "Ким А. Горы. 2005.", "Ким А., Ли Б. Б. 2001."]


def test_given_order_and_numbers():
    """The order of the works stays, and each has its number."""
    works = [work(id="1", title="Яма"), work(id="2", title="Арка")]
    assert listed(*works, order="given", numbered=True) == ["1. Яма.", "2. Арка."]
    assert listed(*works, numbered=True) == ["1. Арка.", "2. Яма."]


def test_markups():
    """HTML marks the language of titles and links addresses; LaTeX and Markdown escape."""
    page = work(type="webpage", title="A_b & <i>c</i>_d", language="en", url="https://example.org/a_b")
    html, latex, markdown = (listed(page, markup=markup)[0] for markup in ("html", "latex", "markdown"))
    assert html == (
        '<p><span lang="en">A_b &amp; <i>c</i>_d</span> [Electronic resource]. URL: '
        '<a href="https://example.org/a_b">https://example.org/a_b</a>.</p>'
    )
    assert latex == r"A\_b \& \textit{c}\_d [Electronic resource]. URL: \url{https://example.org/a_b}."
    assert markdown == r"A_b & *c*\_d [Electronic resource]. URL: https://example.org/a_b."


def test_a_role_without_words_is_reported():
    """The standard has no words for an interviewer; the editor of a journal is none of the article."""
    losses: list[refs.Loss] = []
    article = work(type="article-journal", title="T", container_title="J", editor="Hill, A.", interviewer="Reed, B.")
    refs.render(article, "gost", on_loss=losses.append)
    assert [loss.variable for loss in losses] == ["editor", "interviewer"]


def test_romanised_list_takes_latin_words():
    """--script latin romanises before the list is made."""
    assert listed(work(title="Реки", author="Ким, О.", language="ru", number_of_pages="9"), script="latin") == [
        "Kim O. Reki. 9 p."
    ]


@pytest.mark.parametrize(
    ("code", "number", "right"),
    [("ru", 3, "3-е изд."), ("uk", 13, "13-те вид."), ("uk", 22, "22-ге вид."), ("tg", 3, "Нашри 3-юм"),
     ("tg", 5, "Нашри 5-ум"), ("kk", 2, "2-бас."), ("en", 22, "22nd ed."), ("de", 2, "2. Aufl."), ("fr", 2, "2e éd.")],
)  # fmt: skip
def test_editions(code: str, number: int, right: str):
    """How ordinals in digits end in each language."""
    assert words_in(code).edition_of(number) == right


@pytest.mark.parametrize("code", ["ru", "uk", "tg", "kk", "en", "de", "fr"])
def test_tables_of_words_are_complete(code: str):
    """Every language has every word, and words for every role."""
    words = words_in(code)
    assert words.roles.keys() >= words_in("ru").roles.keys()
    assert all(getattr(words, name) for name in words.__slots__ if name != "short_months")


def test_command_line_writes_both_lists_from_one_file(tmp_path: Path):
    """The pair that journals of the region ask for: one file, one command each."""
    source = tmp_path / "list.yaml"
    source.write_text(
        "references:\n- {id: b, type: book, language: ru, author: [{family: Ким, given: О.}], title: Реки}\n"
        "- {id: a, type: book, language: ru, title: Горы}\n",
        encoding="utf-8",
    )

    def out(*arguments: str) -> str:
        done = CliRunner().invoke(app, ["export", str(source), *arguments])
        assert done.exit_code == 0, done.output
        return done.stdout

    assert out("--to", "gost") == "Горы.\n\nКим О. Реки.\n"
    full = out("--to", "gost", "--variant", "full", "--order", "given", "--numbered")
    assert full.startswith("1. Ким, О. Реки / О. Ким. – Текст : непосредственный.\n")
    assert out("--to", "apa", "--script", "latin", "--scheme", "bsi").startswith("Gory. (n.d.).\n")
    out("--to", "gost", "-o", str(tmp_path / "list.html"))
    assert (tmp_path / "list.html").read_text("utf-8").startswith('<p><span lang="ru">Горы</span>.</p>')


def test_numbered_list_in_the_order_of_citation(tmp_path: Path):
    """With --cited, the order given is that of the citations."""
    source, paper = tmp_path / "list.yaml", tmp_path / "paper.md"
    source.write_text("references:\n" + "".join(f"- {{id: {i}, type: book, title: {i}}}\n" for i in "abc"), "utf-8")
    paper.write_text("See [@c], then [@a].\n", encoding="utf-8")
    done = CliRunner().invoke(
        app, ["export", str(source), "--to", "gost", "--cited", str(paper), "--order", "given", "--numbered"]
    )
    assert done.stdout == "1. c.\n\n2. a.\n"


def test_unknown_choice_is_refused():
    """The message names the known ones."""
    with pytest.raises(refs.UsageError, match="unknown variant 'long'; known: short, full"):
        WriteOptions(variant="long")  # type: ignore[arg-type]
