"""Conversion from file to file, as a stream."""

from __future__ import annotations

from pathlib import Path

import pytest

import tajikpeace_refs as refs

RECORD = "TY  - BOOK\r\nID  - {0}\r\nAU  - Usmonov, I.\r\nTI  - Work {0}\r\nPY  - 2006\r\nER  - \r\n\r\n"


def test_convert_writes_the_same_bytes_as_load_and_export(tmp_path: Path, corpus: refs.Library):
    """The stream and the whole library give the same text, the front matter included."""
    refs.export(corpus, tmp_path / "a.yaml")
    assert refs.convert(tmp_path / "a.yaml", tmp_path / "b.bib", on_loss="ignore") == 18
    refs.export(corpus, tmp_path / "c.bib", on_loss="ignore")
    assert (tmp_path / "b.bib").read_bytes() == (tmp_path / "c.bib").read_bytes()


def test_errors_are_raised_at_the_end_and_nothing_is_written(tmp_path: Path):
    """All problems, and the old target untouched; with a listener the sound works are converted."""
    source, target = tmp_path / "a.ris", tmp_path / "b.bib"
    source.write_bytes(
        (RECORD.format(1) + RECORD.format(2).replace("TI  - ", "TI  - \x00") + RECORD.format(3)).encode()
    )
    target.write_text("old", encoding="utf-8")
    with pytest.raises(refs.InputError, match=r"a\.ris:\d+: error: .*U\+0000"):
        refs.convert(source, target)
    assert target.read_text(encoding="utf-8") == "old"
    problems: list[refs.Problem] = []
    assert refs.convert(source, target, on_problem=problems.append) == 2
    assert len(problems) == 1
    assert target.read_text(encoding="utf-8").count("@book") == 2


def test_works_are_released_while_converting(tmp_path: Path):
    """Works live only while they pass through: their number at any time does not grow with the file."""
    import gc

    source = tmp_path / "a.ris"
    source.write_bytes("".join(RECORD.format(number) for number in range(3000)).encode())
    alive: list[int] = []

    def count(_loss: refs.Loss) -> None:
        alive.append(sum(issubclass(type(thing), refs.Work) for thing in gc.get_objects()))

    marked = source.read_text().replace("AU  - Usmonov, I.", "TT  - Peace\r\nAU  - Usmonov, I.", 3)
    source.write_text(marked + "TY  - BOOK\r\nID  - last\r\nTI  - x\r\nTT  - y\r\nER  - \r\n", newline="")
    before = sum(issubclass(type(thing), refs.Work) for thing in gc.get_objects())
    assert refs.convert(source, tmp_path / "b.bib", on_loss=count) == 3001
    assert len(alive) == 4
    assert max(alive) - before < 20
