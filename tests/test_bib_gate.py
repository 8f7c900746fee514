"""Nothing in a value can break out of its field of a ``.bib``, or be run by TeX."""

from __future__ import annotations

from typing import get_args

import pytest
from pybtex.database import parse_string

import tajikpeace_refs as refs
from tajikpeace_refs.formats._bib.converters import fits_field, line
from tajikpeace_refs.formats._bib.dates import month_tex
from tajikpeace_refs.formats._bib.latex_math import is_formula
from tajikpeace_refs.model import Work
from tajikpeace_refs.options import FormatName

DIALECTS: tuple[FormatName, ...] = tuple(name for name in get_args(FormatName) if name.startswith("bib"))


def written(dialect: FormatName = "biblatex", **variables: object) -> str:
    work = Work.model_validate({"id": "a", "type": "document", "title": "x", **variables})
    return refs.render([work], dialect, on_loss="ignore")


@pytest.mark.parametrize(
    "formula",
    ["x^2", "x_{i+1}^2", r"\frac{a}{b}", r"\mathbb{R}^n", r"\alpha \le \beta", r"\{a,b\}", r"\left(x\right)",
     r"\mathcal{O}(n \log n)", r"5\,\%", r"\sqrt[3]{x}"],
)  # fmt: skip
def test_mathematics_is_written_as_it_is(formula: str):
    assert is_formula(formula)
    assert f"${formula}$" in written(note=f"On ${formula}$ in print")


@pytest.mark.parametrize(
    "formula",
    ["x_{", r"\a}}@preamble{x", r"\input{x}", r"\immediate\write18{id}", r"\csname x\endcsname", "x^^41", "x_%",
     "x_#1", r"a_1 & b", r"\{a}", r"{\}a_1", r"x^", r"x^_2", "x_{}^", r"\left(x_1", "a\\", r"\def\x{y}", r"\\%"],
)  # fmt: skip
def test_what_is_no_sound_mathematics_is_text(formula: str):
    """Braces pair, no ``%``, ``#``, ``^^``, every command is known (TeXbook, chapters 7 and 16 to 18)."""
    assert not is_formula(formula)
    tex = written(note=f"On ${formula}$ in print")
    assert f"${formula}$" not in tex
    assert [work.note for work in refs.parse(tex, "biblatex")] == [f"On ${formula}$ in print"]
    assert [*parse_string(tex, "bibtex").entries] == ["a"]


def test_text_that_only_looks_like_mathematics_does_not_hide_the_formula_after_it():
    assert r"\$x\_{\textbraceleft}\$ and $y_1$" in written(note="$x_{$ and $y_1$")


@pytest.mark.parametrize("tex", ["{", "a}", "}{", r"\{a}", "a\\", "a\n @book{b, x}"])
def test_a_value_that_would_break_out_is_written_as_text(tex: str):
    assert not fits_field(tex)
    entry = f"@misc{{a,\n{line('note', tex)}}}\n"
    assert [*parse_string(entry, "bibtex").entries["a"].fields] == ["note"]
    assert fits_field(line("note", tex).removeprefix("  note = {").removesuffix("},\n"))


def test_the_macro_of_a_month_inside_braces_is_not_taken_out_of_them():
    assert month_tex("{jan}") == "{{jan}}"


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("kind", ["comment", "string", "preamble", "xdata", "set", "a-b", "a:b"])
def test_an_entry_type_that_holds_no_work_is_not_written(kind: str, dialect: FormatName):
    """BibTeX and biber skip ``@comment`` or take it for something else than a work (btxdoc; biblatex manual 2.1)."""
    extra = {"tex": {"@": kind}}
    tex = written(dialect, extra=extra)
    assert tex.startswith("@misc{a,\n")
    assert [work.to_csl() for work in refs.parse(tex, dialect)] == [
        Work.model_validate({"id": "a", "type": "document", "title": "x", "extra": extra}).to_csl()
    ]


@pytest.mark.parametrize("value", ["b,c}", "b%", "b,c}}@preamble{x", "", "b,,c"])
def test_a_set_has_nothing_but_keys(value: str):
    tex = written(extra={"bibtex-set": {"s": value}})
    assert not tex.startswith("@set")
    assert [work.title for work in refs.parse(tex, "biblatex")] == ["x"]


@pytest.mark.parametrize("field", ["a.b", "A", "a}", "1a", "title"])
def test_an_extra_field_that_is_no_field_of_bibtex_is_kept_under_ours(field: str):
    extra = {"bibtex": {field: "}"}}
    tex = written(extra=extra)
    assert "csl-foreign-1 = {bibtex " in tex
    assert [work.extra for work in refs.parse(tex, "biblatex")] == [(("bibtex", field, "}"),)]
