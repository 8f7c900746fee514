"""Characters that no format can hold are refused by the model; what is shown in a line keeps to its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ValidationError
from typer.testing import CliRunner

import tajikpeace_refs as refs
from tajikpeace_refs.cli import app
from tajikpeace_refs.errors import Problem, visible
from tajikpeace_refs.links.report import annotation
from tajikpeace_refs.model import FrontMatter, Locator, Name, PartialDate, Work
from tajikpeace_refs.model.editorial import Correction


def work(**variables: object) -> Work:
    return Work.model_validate({"id": "a", "type": "book", **variables})


@pytest.mark.parametrize("character", ["\0", "\x1b", "\ud800", "\uffff"])
@pytest.mark.parametrize(
    "made",
    [
        lambda text: work(title=text),
        lambda text: work(id=text),
        lambda text: work(keyword=["plain", text]),
        lambda text: work(extra={"bibtex": {"x": text}}),
        lambda text: work(locator=f"p. {text}"),
        lambda text: work().replace(note=text),
        lambda text: Name(family=text),
        lambda text: Name.parse(f"Hill, {text}."),
        lambda text: PartialDate(literal=text),
        lambda text: Locator(value=text),
        lambda text: FrontMatter(language=text),
        lambda text: Correction(
            variable="title", printed=text, corrected="", basis="known", certainty="certain", reason="", applied=True
        ),
    ],
)
def test_no_value_of_the_model_has_a_control_character(made: Callable[[str], object], character: str):
    """One gate for all texts: what XML 1.0, YAML 1.2 and RIS cannot hold never gets into a work."""
    with pytest.raises(ValidationError, match=f"U\\+{ord(character):04X} is not allowed|as a unicode string"):
        made(f"x{character}y")


def test_line_breaks_tabs_and_letters_of_any_script_are_allowed():
    assert work(title="Сулҳ\tва\nҷанг \u200e\U0001f54a").title == "Сулҳ\tва\nҷанг \u200e\U0001f54a"


def test_an_escape_of_yaml_is_refused_where_it_stands():
    with pytest.raises(refs.InputError) as caught:
        refs.parse('- {id: a, type: book, title: "x\\x1b[31m", author: [{family: "\\x02"}]}', "csl-yaml")
    assert [(each.work_id, each.variable) for each in caught.value.problems] == [("a", "author[0].family")]
    with pytest.raises(refs.InputError, match=r"title: the character U\+001B is not allowed"):
        refs.parse('- {id: a, type: book, title: "x\\x1b[31m"}', "csl-yaml")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\tb\nc\rd", r"a\tb\nc\rd"),
        ("\x1b[31m", r"\x1b[31m"),
        ("\x9b2J\u2028", r"\x9b2J\u2028"),
        ("Сулҳ\u00a0— \u200eמ", "Сулҳ\u00a0— \u200eמ"),
    ],
)
def test_what_is_shown_keeps_to_its_line(text: str, shown: str):
    assert visible(text) == shown


def test_a_problem_is_one_line():
    assert str(Problem("no\n::error::x\x1b", "a\tb")) == r"<string>: error: a\tb: no\n::error::x\x1b"


def test_an_annotation_has_no_orders_to_the_log():
    assert annotation("error", "a\x1b[2J\r\n::set-env", file="x,\n") == r"::error file=x%2C%0A::a\x1b[2J\r%0A::set-env"


def test_a_listed_work_is_one_line_of_cells(tmp_path: Path):
    path = tmp_path / "a.yaml"
    path.write_text('- {id: a, type: book, title: "Peace\\n::error::x\\tand \\x9b2J war"}\n')
    result = CliRunner().invoke(app, ["list", str(path)])
    assert result.stdout == "a\tbook\tn.d.\t\tPeace\\n::error::x\\tand \\x9b2J war\n"
