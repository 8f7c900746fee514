"""What every format must do, whichever it is: a new one is tried here without being named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tajikpeace_refs as refs
from tajikpeace_refs import formats
from tajikpeace_refs.model.work import EDITORIAL
from tajikpeace_refs.options import FormatName
from tests import strategies

WRITERS = [name for name in formats.names() if formats.get(name).write]
READERS = [name for name in formats.names() if formats.get(name).read]
BOTH = [name for name in READERS if name in WRITERS]


@pytest.mark.parametrize("name", formats.names())
def test_format_has_its_name_label_and_suffixes(name: FormatName):
    """The file's name is the format's name; it reads or writes; its suffixes are its own."""
    found = formats.get(name)
    assert found.name == name
    assert found.label
    assert found.read or found.write
    for suffix in formats.suffixes(name):
        assert formats.for_path(f"x{suffix}") is found


@pytest.mark.parametrize("name", WRITERS)
@settings(max_examples=25)
@given(works=strategies.libraries)
def test_writing_any_works_gives_text(name: FormatName, works: list[refs.Work]):
    """No valid work makes a writer fail, and the same works give the same text."""
    text = refs.render(works, name, on_loss="ignore")
    assert text == refs.render(works, name, on_loss="ignore")
    text.encode("utf-8")


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=60)
@given(text=st.text(max_size=60) | st.lists(st.sampled_from(
    ["@book{a,", "title = {x}", "}", "{", '"', ",", "\n", "TY  - BOOK", "TI  - x", "ER  - ", "[", "]", '{"id":', '"a"',
     "references:", "- id: a", "  type: book", "&", "*", "\\", "#", "crossref = {a}", "\x00", "\ufeff"]), max_size=14,
).map("".join))  # fmt: skip
def test_reader_raises_only_input_errors(name: FormatName, text: str):
    """Whatever the text, a reader gives a library or an InputError with problems."""
    try:
        refs.parse(text, name, on_problem=lambda _: None)
        refs.parse(text, name)
    except refs.InputError as error:
        assert error.problems
    except refs.RefsError:
        pytest.fail("a reader may only raise InputError")
    except UserWarning:
        pass  # something doubtful was read, and reported


@pytest.mark.parametrize("name", BOTH)
@settings(max_examples=40)
@given(works=strategies.libraries)
def test_every_loss_is_reported(name: FormatName, works: list[refs.Work]):
    """Each variable comes back with its value, or its loss is reported; editorial keys are no loss."""
    losses: list[refs.Loss] = []
    text = refs.render(works, name, on_loss=losses.append)
    reported = {(loss.work_id, loss.variable.split(".")[0]) for loss in losses}
    again = refs.parse(text, name, on_problem=lambda _: None)
    assert len(again) == len(works)
    for before, after in zip(works, again, strict=True):
        kept = after.variables()
        for variable, value in before.variables().items():
            spelled = variable.replace("_", "-")
            if (before.id, spelled) in reported or variable in {*EDITORIAL, "extra"}:
                continue
            assert variable in kept, f"{variable}={value!r} is gone from\n{text}"


@pytest.mark.parametrize("name", BOTH)
def test_corpus_comes_back_but_for_reported_losses(corpus: refs.Library, name: FormatName):
    """The corpus comes back equal but for what is reported, editorial keys and braces aside."""
    losses: list[refs.Loss] = []
    again = refs.parse(refs.render(corpus, name, on_loss=losses.append), name)
    reported = {(loss.work_id, loss.variable) for loss in losses}
    for work in corpus:
        before = {name: value for name, value in work.variables().items() if name not in EDITORIAL}
        after = {
            name: value.replace('<span class="nocase">', "").replace("</span>", "") if isinstance(value, str) else value
            for name, value in again[work.id].variables().items()
            if name not in {*EDITORIAL, "extra"}  # spellings kept beside the value
        }
        # What is reported may travel all the same, in a field that no style prints.
        gone = {name for name in before if (work.id, name.replace("_", "-")) in reported and name not in after}
        assert {name: value for name, value in before.items() if name not in gone} == after


def test_unknown_format_is_named_with_a_hint():
    """The message names the format that was meant, or those there are."""
    with pytest.raises(refs.UsageError, match=r"unknown format 'bibtx', did you mean 'bibtex'\?; known: apa, biblatex"):
        refs.render([], "bibtx")  # type: ignore[arg-type]
    with pytest.raises(refs.UsageError, match=r"the suffix '.doc' of 'x.doc' names no format; use one of .*.bib"):
        formats.for_path(Path("x.doc"))
    with pytest.raises(
        refs.UsageError, match="apa can only be written; formats that can be read: biblatex, bibtex, csl-json"
    ):
        refs.parse("x", "apa")


def test_losses_warn_raise_or_reach_the_listener(corpus: refs.Library):
    """The four ways of on_loss."""
    works = [corpus["usmonov2006"]]
    with pytest.warns(
        refs.LossWarning, match=r"usmonov2006: translated-title: not kept in bibtex: no field; script latin"
    ):
        refs.render(works, "bibtex")
    with pytest.raises(refs.LossError, match=r"usmonov2006: translated-title: not kept in bibtex"):
        refs.render(works, "bibtex", on_loss="error")
    losses: list[refs.Loss] = []
    text = refs.render(works, "bibtex", on_loss=losses.append)
    assert [(loss.work_id, loss.variable) for loss in losses] == [("usmonov2006", "translated-title")]
    assert text == refs.render(works, "bibtex", on_loss="ignore")
    assert refs.render(works, "bibtex", script="latin", on_loss="error")


def test_file_is_written_whole_or_not_at_all(corpus: refs.Library, tmp_path: Path):
    """An error while writing leaves the old file as it was, and no other."""
    path = tmp_path / "x.bib"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(refs.LossError):
        refs.export(corpus, path, on_loss="error")
    assert path.read_text(encoding="utf-8") == "old"
    assert [child.name for child in tmp_path.iterdir()] == ["x.bib"]
    with pytest.raises(refs.UsageError, match="cannot be written"):
        refs.export(corpus, tmp_path / "no" / "x.bib", on_loss="ignore")
    refs.export(corpus, path, on_loss="ignore")
    assert path.read_text(encoding="utf-8").startswith("@book{aron1981,")
