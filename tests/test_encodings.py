"""Bytes that are not UTF-8: byte order marks, a named encoding, and the guess."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

import tajikpeace_refs as refs
from tajikpeace_refs.text.encodings import guess_encoding
from tests.test_cli import run

RIS = "TY  - BOOK\r\nID  - a\r\nAU  - Müller, K.\r\nTI  - Миростроительство\r\nER  - \r\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_byte_order_mark_tells_the_encoding(tmp_path: Path, encoding: str):
    """No guess: from a path, from bytes, and converted as a stream."""
    path = tmp_path / "x.ris"
    path.write_bytes(RIS.encode(encoding))
    for library in (
        refs.load(path),
        refs.parse(path.read_bytes(), "ris"),
        refs.load(io.BytesIO(path.read_bytes()), "ris"),
    ):
        assert (library["a"].title, library["a"].author[0].family) == ("Миростроительство", "Müller")
    refs.convert(path, tmp_path / "x.bib")
    assert "Миростроительство" in (tmp_path / "x.bib").read_text(encoding="utf-8")


def test_encoding_can_be_named(tmp_path: Path):
    """In Python and on the command line; an unknown name is a wrong request."""
    path = tmp_path / "x.ris"
    path.write_bytes(RIS.replace("ü", "u").encode("koi8-r"))
    assert refs.load(path, encoding="koi8-r")["a"].title == "Миростроительство"
    done = run("export", str(path), "--to", "csl-json", "--encoding", "KOI8-R")
    assert (done.returncode, "Миростроительство" in done.stdout) == (0, True)
    wrong = run("export", str(path), "--to", "csl-json", "--encoding", "ascii")
    assert (wrong.returncode, "is not ascii; name another encoding" in wrong.stderr) == (2, True)
    with pytest.raises(refs.UsageError, match="there is no encoding 'klingon'"):
        refs.load(path, encoding="klingon")


@pytest.mark.parametrize(
    ("text", "encoding", "guess"),
    [
        ("Armed towns, 1989–2000. Война и мир: опыт", "cp1251", "Windows-1251"),
        ("«Миростроительство» — опыт", "cp1251", "Windows-1251"), ("МИР В ТАДЖИКИСТАНЕ", "cp1251", "Windows-1251"),
        ("Київ. Історія України", "cp1251", "Windows-1251"), ("Война и мир, автор Иванов И.", "koi8-r", "KOI8-R"),
        ("王伟 水资源研究进展", "gbk", "GB18030"), ("A book by 张三, “测试”", "gbk", "GB18030"),
        ("Müller, K. Größe", "cp1252", "Windows-1252"), ("“Peace” – in Köln", "cp1252", "Windows-1252"),
        ("État et société: l’économie", "cp1252", "Windows-1252"), ("It’s 5 – 6", "cp1252", "Windows-1252"),
        # No guess is better than a wrong one.
        ("日本の研究", "shift_jis", None), ("Příliš žluťoučký kůň", "cp1250", None), ("Война и мир", "cp866", None),
        ("臺灣研究", "big5", None),
    ],
)  # fmt: skip
def test_guess_is_right_or_none(text: str, encoding: str, guess: str | None):
    """The words of the whole text decide, not the first byte."""
    assert guess_encoding(text.encode(encoding)) == guess


def test_file_in_another_encoding_is_not_changed(tmp_path: Path):
    """It would be written back in UTF-8."""
    path = tmp_path / "x.yaml"
    path.write_bytes("- {id: a, type: book, title: Two  blanks}\n".encode("utf-16"))
    done = run("lint", str(path), "--fix")
    assert (done.returncode, "is not in UTF-8; only such files are changed" in done.stderr) == (2, True)
