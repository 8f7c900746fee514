"""What the suffix of a target says: the markup, a document made by pandoc, or a contradiction."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

import tajikpeace_refs as refs
from tajikpeace_refs import pandoc

LIBRARY = refs.Library(
    works=[
        refs.Book(
            id="a", title="Peace & <i>war</i>", author=["Lee, A."], issued=2001, url="https://example.org/?a=1&b=2"
        ),
        refs.Book(id="b", title="Сулҳ", author=["Раҳим, С."], issued=2002, language="tg"),
    ]
)


@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        ("list.txt", "Lee, A. (2001). Peace"),
        ("list.md", "Lee, A. (2001). *Peace"),
        ("list.tex", r"Lee, A. (2001). \textit{Peace \& }"),
        ("list.TEX", r"Lee, A. (2001). \textit{Peace \& }"),
        ("list.html", "<p>Lee, A. (2001). <i>Peace"),
        ("list.refs", "Lee, A. (2001). Peace"),
    ],
)
def test_suffix_gives_the_markup_of_a_list(name: str, beginning: str, tmp_path: Path):
    """With format apa; .html is a page without it."""
    refs.export(LIBRARY, tmp_path / name, "apa")
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(beginning)


@pytest.mark.parametrize(
    ("name", "format_name", "markup", "message"),
    [
        ("list.ris", "apa", None, "is RIS by its name, not APA 7 reference list; write -o {}/list.txt, or --to ris"),
        ("list.docx", "ris", None, "is APA 7 reference list by its name, not RIS; write -o {}/list.ris, or --to apa"),
        ("list.json", "biblatex", None, "not biblatex; write -o {}/list.bib, or --to csl-json"),
        ("list.jsonl", "csl-json", None, "or --to csl-jsonl"),
        ("list.md", "apa", "latex", "is in markdown markup by its name, not in latex markup; leave out --markup, or write -o {}/list.tex"),
        ("list.docx", "apa", "markdown", "is made by pandoc by its name, not in markdown markup"),
        ("list.html", None, "html", "is the page by its name, which has one markup; for an APA list write --to apa"),
    ],
)  # fmt: skip
def test_suffix_that_contradicts_is_refused(name: str, format_name: str, markup: str, message: str, tmp_path: Path):
    """The message has the right commands, and nothing is written."""
    with pytest.raises(refs.UsageError) as caught:
        refs.export(LIBRARY, tmp_path / name, format_name, markup=markup)  # type: ignore[arg-type]
    assert message.format(tmp_path) in str(caught.value)
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize(
    ("name", "format_name", "markup"),
    [("x.bib", "biblatex", None), ("x.txt", "ris", None), ("x.txt", "apa", "html"), ("x.htm", "html", None), ("x", "ris", None)],
)  # fmt: skip
def test_suffix_that_says_nothing_else_is_taken(name: str, format_name: str, markup: str, tmp_path: Path):
    """biblatex shares .bib; plain text and unknown suffixes hold anything."""
    refs.export(LIBRARY, tmp_path / name, format_name, markup=markup)  # type: ignore[arg-type]
    assert (tmp_path / name).stat().st_size > 0


def test_document_without_pandoc_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Before anything is read or written."""
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.setitem(__import__("sys").modules, "pypandoc", None)
    with pytest.raises(refs.UsageError, match=r"a \.docx file is made by pandoc.*tajikpeace-refs\[docx\]"):
        refs.export(LIBRARY, tmp_path / "list.docx")
    assert list(tmp_path.iterdir()) == []


def test_pandoc_that_fails_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """What it says is shown; the old file stays."""
    fake = tmp_path / "pandoc"
    fake.write_text("#!/bin/sh\ncat > /dev/null\necho 'no such writer' >&2\nexit 22\n", encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.setattr("shutil.which", lambda _name: str(fake))
    (tmp_path / "list.odt").write_text("old", encoding="utf-8")
    with pytest.raises(refs.UsageError, match=r"pandoc cannot make the \.odt file: no such writer"):
        refs.export(LIBRARY, tmp_path / "list.odt")
    assert (tmp_path / "list.odt").read_text(encoding="utf-8") == "old"


needs_pandoc = pytest.mark.peers
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@needs_pandoc
def test_word_document_has_italics_and_hanging_indents(tmp_path: Path):
    """A .docx: each reference in the style Bibliography, whose indent hangs by half an inch; titles in italics."""
    pytest.importorskip("pypandoc")
    refs.export(LIBRARY, tmp_path / "list.docx")
    with zipfile.ZipFile(tmp_path / "list.docx") as archive:
        assert archive.testzip() is None
        text, styles = (archive.read(f"word/{name}.xml").decode() for name in ("document", "styles"))
    assert text.count('<w:pStyle w:val="Bibliography" />') == 2
    style = re.search(r'w:styleId="Bibliography".*?</w:style>', styles, re.DOTALL)
    assert style
    assert '<w:ind w:left="720" w:hanging="720"/>' in style[0]
    italics = [re.sub("<[^>]+>", "", run) for run in re.findall(r"<w:r>(?:(?!</w:r>).)*<w:i />.*?</w:r>", text)]
    assert "".join(italics) == "Peace &amp;Sulh"
    assert "(2001)" in text


@needs_pandoc
def test_text_document_has_italics_and_hanging_indents(tmp_path: Path):
    """An .odt: an own paragraph style."""
    pytest.importorskip("pypandoc")
    refs.export(LIBRARY, tmp_path / "list.odt")
    with zipfile.ZipFile(tmp_path / "list.odt") as archive:
        assert archive.namelist()[0] == "mimetype"
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
        text = archive.read("content.xml").decode()
    assert text.count('<text:p text:style-name="Reference">') == 2
    assert 'fo:margin-left="0.5in" fo:text-indent="-0.5in"' in text
    assert 'fo:font-style="italic"' in text


@needs_pandoc
def test_rich_text_has_italics_and_hanging_indents(tmp_path: Path):
    """An .rtf: the indent stands in each paragraph."""
    pytest.importorskip("pypandoc")
    refs.export(LIBRARY, tmp_path / "list.rtf")
    text = (tmp_path / "list.rtf").read_text(encoding="ascii")
    assert text.count(r"\li720 \fi-720 ") == 2
    assert r"{\i Peace &}" in text


@needs_pandoc
def test_document_is_read_back_by_pandoc(tmp_path: Path):
    """Our changes leave archives that others open, with every reference."""
    pypandoc = pytest.importorskip("pypandoc")
    for suffix in (".docx", ".odt"):
        refs.export(LIBRARY, tmp_path / f"list{suffix}")
        text = pypandoc.convert_file(str(tmp_path / f"list{suffix}"), "markdown", extra_args=["--wrap=none"])
        assert "Lee, A. (2001). *Peace &* war" in text.replace("\n", " ").replace("*Peace & *", "*Peace &* ")
        assert "Rahim, S. (2002). *Sulh*." in text


def test_converting_a_file_knows_documents_too(tmp_path: Path):
    """convert goes the same way as export."""
    pytest.importorskip("pypandoc")
    refs.export(LIBRARY, tmp_path / "list.ris")
    assert refs.convert(tmp_path / "list.ris", tmp_path / "list.rtf") == 2
    assert (tmp_path / "list.rtf").read_bytes().startswith(b"{\\rtf1")
    assert pandoc.program(".rtf")
