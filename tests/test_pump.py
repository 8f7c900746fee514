"""No input takes more than linear time: every text of a work, pumped, through every format, the linter and the readers.

A text of 4N characters may take at most eight times as long as one of N; what is done in no time is not compared.
``make pump`` tries every field with every text; ``PUMP=sample`` a few; without it the tests are skipped.
"""

from __future__ import annotations

import json
import os
import random
import time
import warnings
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest

import tajikpeace_refs as refs
from tajikpeace_refs.lint import fix, lint_text
from tajikpeace_refs.model.work import DATE_VARIABLES, EDITORIAL, FIELDS, NAME_VARIABLES, SPELLING
from tajikpeace_refs.options import FormatName

# Times are compared here, so a loaded machine could fail: the suite passes it over.
pytestmark = pytest.mark.skipif(not os.environ.get("PUMP"), reason="it compares times: make pump")

UNITS = (
    " ", "a", "a ", "Ab ", "и", "И ", "иa ", "1", "1 ", "1-", "1, ", "-", " - ", "(", "(a) ", ")", "[", "{", "{}", "$",
    "\\", "\\a{", '\\"', "<", "<i>", "</i>", '<span class="nocase">', "'", '"', "«", "A.", "A. ", ".", ". ", ",", ": ",
    "/", " // ", "*", "_", "`", "^", "~", "@a ", "http://a ", "IV", "ХІ ", " and ", "vol. ", "&", "&amp;", "%", "#",
    "\n\n", "\t", "=", ";", "—", "ӣ", "о\u0301", "Version ", "et al. ", "т. 1, ч. 2. ", "2nd ed. ", "Ã©", "\u200b",
    "\u00a0", "?", "0", "a-", "aB", "\\u0041",
)  # fmt: skip
_OTHER = {"id", "type", "keyword", "categories", "retrieval_needed", "extra", *EDITORIAL, *NAME_VARIABLES}
TEXTS = tuple(name for name in FIELDS if name not in {*_OTHER, *DATE_VARIABLES})
FIELDS_PUMPED = (*TEXTS, "issued", "family", "given", "literal", "suffix", "non-dropping-particle")
FORMATS: tuple[FormatName, ...] = ("bibtex", "biblatex", "ris", "csl-json", "csl-yaml", "apa", "gost", "html")
READABLE: tuple[FormatName, ...] = ("bibtex", "biblatex", "ris", "csl-json", "csl-yaml")
SIZE, TIMES = 1500, 4
FLOOR_S, MOST = 0.03, 10
TODAY = date(2026, 1, 1)

_every = [(field, unit) for field in FIELDS_PUMPED for unit in UNITS]
CASES = _every if os.environ.get("PUMP", "sample") != "sample" else random.Random(16).sample(_every, 16)  # noqa: S311


def item_with(field: str, text: str) -> dict[str, Any]:
    """Return a CSL item whose field, or part of its author's name, is that text."""
    item: dict[str, Any] = {
        "id": "x", "type": "article-journal", "title": "On peace", "issued": "2001", "author": [{"family": "Hill"}],
    }  # fmt: skip
    if field in {"family", "given", "suffix", "non-dropping-particle"}:
        item["author"][0][field] = text
    elif field == "literal":
        item["author"] = [{"literal": text}]
    else:
        item[SPELLING[field]] = text
    return item


def ignore(_: refs.Problem) -> None:
    """Take a problem and do nothing."""


def steps_of(item: dict[str, Any]) -> list[tuple[str, Callable[[], object]]]:
    """Return what is done with an item, each with its name: reading, linting, and writing in each format."""
    text = json.dumps([item], ensure_ascii=False)
    library = refs.parse(text, "csl-json", on_problem=ignore)
    written = {name: refs.render(library, name, on_loss="ignore") for name in READABLE}

    def fixed() -> str:
        return fix(written["csl-yaml"], lint_text(written["csl-yaml"], "csl-yaml", today=TODAY))

    return [
        ("read csl-json", lambda: refs.parse(text, "csl-json", on_problem=ignore)),
        ("fix", fixed),
        ("lint bibtex", lambda: lint_text(written["bibtex"], "bibtex", today=TODAY)),
        ("apa in markdown", lambda: refs.render(library, "apa", markup="markdown", case="sentence", on_loss="ignore")),
        ("latin ascii", lambda: refs.render(library, "biblatex", script="latin", ascii=True, on_loss="ignore")),
        *((f"write {name}", lambda name=name: refs.render(library, name, on_loss="ignore")) for name in FORMATS),
        *((f"read {name}", lambda name=name: refs.parse(written[name], name, on_problem=ignore)) for name in READABLE),
    ]


def seconds(do: Callable[[], object]) -> float:
    """Return the time of this process that something takes."""
    start = time.process_time()
    do()
    return time.process_time() - start


@pytest.mark.parametrize(("field", "unit"), CASES)
def test_pumped_text_takes_linear_time(field: str, unit: str):
    """Issue 16: four times the text takes about four times as long, in any field and for anything that is done."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        small, large = (steps_of(item_with(field, f"X{unit * (size // len(unit))}X")) for size in (SIZE, TIMES * SIZE))
        for (name, do_small), (_, do_large) in zip(small, large, strict=True):
            taken = seconds(do_large)
            if taken > MOST * FLOOR_S:
                ratio = min(taken, seconds(do_large)) / max(seconds(do_small), FLOOR_S)
                assert ratio < MOST, f"{name}: {ratio:.0f} times as long"


def many(text: str, size: int) -> str:
    """Return a text again and again, up to a size."""
    return text * (size // len(text))


_FILES: list[tuple[str, FormatName, Callable[[int], str]]] = [
    ("one-line JSON list", "csl-json", lambda n: "[" + ",".join(['{"id":"a","type":"book"}'] * (n // 25)) + "]"),
    ("one-line .bib", "bibtex", lambda n: many("@book{a, title={A}} ", n)),
    ("per cents in a key", "bibtex", lambda n: f"@book{{a, title={{x}}, {many('a%b ', n)}}}"),
    ("per cents in one line of entries", "bibtex", lambda n: many("@book{a, note={5 %}} ", n)),
    ("crossref and blanks", "bibtex", lambda n: f"@book{{a, crossref ={' ' * n}}}"),
    ("crossrefs in one line", "bibtex", lambda n: many("@book{a, crossref = {b}} ", n)),
    ("xdata with many parents", "bibtex",
     lambda n: many("@book{a, title={x}, xdata={p}}\n", n // 2) + f"@xdata{{p, xdata={{{many('q,', n // 2)}}}}}"),
    ("strings of a string", "bibtex",
     lambda n: f"@string{{s={{{'x' * (n // 2)}}}}}\n" + many("@book{a, title={x}, note=s}\n", n // 2)),
    ("macros of a preamble", "bibtex",
     lambda n: f'@preamble{{"\\newcommand{{\\m}}{{{many("x", n // 2)}}}"}}\n@book{{a, title={{{many(chr(92) + "m ", n // 2)}}}}}'),
    ("many ERs", "ris", lambda n: "TY  - BOOK\n" + many("ER  - ", n)),
    ("wrapped addresses", "ris", lambda n: f"TY  - BOOK\nTI  - A\nUR  - http://a\n{many('x' + chr(10), n)}ER  - \n"),
    ("many keywords", "ris", lambda n: f"TY  - BOOK\nTI  - A\n{many('KW  - x' + chr(10), n)}ER  - \n"),
    ("unknown types", "csl-yaml", lambda n: many("- {id: a, type: bok, title: X}\n", n)),
    ("strings that are not defined", "bibtex", lambda n: "".join(f"@book{{a, note=s{i}}}\n" for i in range(n // 20))),
]  # fmt: skip


@pytest.mark.parametrize(("name", "make"), [each[1:] for each in _FILES], ids=[each[0] for each in _FILES])
def test_pumped_file_takes_linear_time(name: FormatName, make: Callable[[int], str]):
    """A file that repeats what readers look ahead or back for, or that refers to itself, is read in linear time."""
    small, large = make(25_000), make(100_000)
    taken = seconds(lambda: refs.parse(large, name, on_problem=ignore))
    if taken > MOST * FLOOR_S:
        before = max(seconds(lambda: refs.parse(small, name, on_problem=ignore)), FLOOR_S)
        assert min(taken, seconds(lambda: refs.parse(large, name, on_problem=ignore))) / before < MOST


@pytest.mark.parametrize("style", ['"{}"', "'{}'", "{}", ">-\n    {}", "|\n    {}"])
def test_fault_in_a_folded_text_is_found_in_linear_time(style: str):
    """Each fault of a long text over many lines has its place, and looking for one does not begin at the top."""
    texts = [
        f"- id: a\n  type: book\n  title: {style.format(many('иa слово' + chr(10) + '    ', n) + 'b')}\n"
        for n in (9000, 36_000)
    ]
    found = lint_text(texts[0], "csl-yaml", today=TODAY)
    assert len({(each.line, each.column) for each in found if each.code == "TP401"}) > 500
    small, large = (seconds(partial(lint_text, text, "csl-yaml", today=TODAY)) for text in texts)
    assert large < MOST * max(small, FLOOR_S)


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
