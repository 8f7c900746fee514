"""Broken files: each fault is named where it opens, and the sound records survive."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

import tajikpeace_refs as refs
from tajikpeace_refs.errors import did_you_mean
from tajikpeace_refs.options import FormatName
from tests.conftest import DATA

GOOD_BIB = "@book{good, title={Good}}\n"
GOOD_RIS = "TY  - BOOK\r\nID  - good\r\nTI  - Good\r\nER  - \r\n"


def ids_and_problems(text: str, name: FormatName) -> tuple[tuple[str, ...], list[str]]:
    """Return the ids that were read and the problems reported, the file's name left out."""
    problems: list[refs.Problem] = []
    library = refs.parse(text, name, on_problem=problems.append)
    return library.ids, [str(problem).removeprefix("<string>:") for problem in problems]


@pytest.mark.parametrize(
    ("text", "ids", "message"),
    [
        ("@book{bad, title={Open, year=2000}\n" + GOOD_BIB, ("good",),
         "1: error: bad: the entry opens here and is never closed"),
        (GOOD_BIB + "@book{cut, title={Chunker}, auth = {X", ("good",),
         "2: error: cut: the entry opens here and is never closed, a brace or quote is left open in 'auth'"),
        ('@book{bad, title="Open, year=2000}\n' + GOOD_BIB, ("good",),
         "1: error: bad: unbalanced braces, or a quote left open, in or after the field 'title'"),
        ("@book{bad,\n  title={A}\n  year=2000}\n" + GOOD_BIB, ("good",),
         "3: error: bad: '}' expected in or after the field 'title'; is a comma missing?"),
        ("@book{odd title={A}}\n" + GOOD_BIB, ("odd", "good"), "1: warning: odd: a comma is missing after the key"),
        ("@book{bad, title {A}}\n" + GOOD_BIB, ("good",), "1: error: bad: '=' expected in or after the field 'title'"),
        ("@book{, title={A}}\n" + GOOD_BIB, ("a", "good"), "1: warning: the entry has no key; write @type{key, …}"),
        ("@book{title={A}}\n" + GOOD_BIB, ("a", "good"), "1: warning: the entry has no key; write @type{key, …}"),
        ("@book{a, title=hup}\n" + GOOD_BIB, ("a", "good"),
         "1: warning: a: the string 'hup' is not defined; its name is taken as text"),
        ("@string{hupp={X}}\n@book{a, title=hup}", ("a",),
         "2: warning: a: the string 'hup' is not defined, did you mean 'hupp'?"),
        ("@book{good, title={A}}\n" + GOOD_BIB, ("good", "good-2"),
         "2: warning: good: the key is used twice, first in line 1; this one is read as 'good-2'"),
        ("@book{a, title={A}, title={B}}", ("a",), "1: warning: a: title: the field is given more than once; the first is used"),
        ("@bok{a, title={A}}", ("a",),
         "1: warning: a: unknown entry type 'bok', did you mean 'book'? It is read as a document"),
        ("@book{a, title={A}, crossref={b}}\n@book{b, title={B}, crossref={a}}", ("a", "b"),
         "1: warning: a: crossref 'a' leads back to this entry"),
        ("@book{a, title={A}, crossref={zz}}", ("a",), "1: warning: a: crossref 'zz' is not in the file"),
        ("@book{a, title={A\x00B}}\n" + GOOD_BIB, ("good",),
         "1: error: a: the character U+0000 is not allowed; remove it"),
        ("@book{a, title={\ud800}}\n" + GOOD_BIB, ("good",),
         "1: error: a: the character U+D800 is not allowed; remove it"),
        ("@book{a, title={" + "{" * 20000 + "x" + "}" * 20000 + "}}\n" + GOOD_BIB, ("good",),
         "1: error: a: too many nested braces in or after the field 'title'"),
        ("just words\n", (), "1:1: error: has no BibTeX entry; expected a line '@type{key,'"),
    ],
)  # fmt: skip
def test_bib_fault_is_named_with_its_line_and_entry(text: str, ids: tuple[str, ...], message: str):
    """A .bib fault is named with its line and entry."""
    assert ids_and_problems(text, "bibtex") == (ids, [message]) or ids_and_problems(text, "bibtex")[1][0] == message
    assert ids_and_problems(text, "bibtex")[0] == ids


@pytest.mark.parametrize(
    ("text", "ids", "message"),
    [
        ("TY  - BOOK\nID  - a\nTI  - A\n" + GOOD_RIS, ("a", "good"),
         "1: warning: a: the record opens here and has no ER line before the next TY in line 4"),
        (GOOD_RIS + "TY  - BOOK\nID  - a\nTI  - A\n", ("good", "a"),
         "5: warning: a: the record opens here and is never ended; a line 'ER  - ' is missing"),
        ("AU  - X, Y\nTI  - A\nER  - \n" + GOOD_RIS, ("x_a", "good"),
         "1:1: warning: the record that opens here has no TY line; it is read as a document"),
        ("C1  - Some base\n\nSearch:\n2. \n" + GOOD_RIS, ("good",),
         "1:1: warning: the tag C1 is outside a record and is left out; a record begins with 'TY  - '"),
        ("PMID- 123\nTI  - X\n", (), "1:1: error: looks like MEDLINE (PubMed's format), not RIS; export it as RIS"),
        ("\n\n\n\nPMID- 123\nTI  - X\n", (), "5:1: error: looks like MEDLINE (PubMed's format), not RIS; export it as RIS"),
        ("FN Clarivate Analytics Web of Science\nPT J\n", (),
         "1:1: error: looks like Web of Science plain text, not RIS; export it as RIS"),
        (GOOD_RIS + GOOD_RIS, ("good", "good-2"),
         "5: warning: good: the ID is used twice, first in line 1; this one is read as 'good-2'"),
        ("just words\n", (), "1:1: error: has no RIS record; expected a line 'TY  - '"),
        (GOOD_RIS.replace("Good", "\x00") + GOOD_RIS, ("good",),
         "3: error: good: the character U+0000 is not allowed; remove it"),
        (GOOD_RIS.replace("BOOK", "BO\ud800OK") + GOOD_RIS, ("good",),
         "1: error: good: the character U+D800 is not allowed; remove it"),
    ],
)  # fmt: skip
def test_ris_fault_is_named_with_its_line_and_record(text: str, ids: tuple[str, ...], message: str):
    """A RIS fault is named with its line and record."""
    assert ids_and_problems(text, "ris") == (ids, [message])


@pytest.mark.parametrize(
    "text",
    ["TY - BOOK\nID - good\nTI - Good\nER -\n", GOOD_RIS.replace("\r\n", "\r"), "\ufeff" + GOOD_RIS, "Page 1\n\n1.\n" + GOOD_RIS,
     GOOD_RIS + "\x1a", "  TY  - BOOK\n  ID  - good\n  TI  - Good\n  ER  - \n", "ty  - BOOK\nid  - good\nti  - Good\ner  - \n"],
)  # fmt: skip
def test_odd_ris_layout_is_accepted(text: str):
    """One space, CR, a BOM, junk between records, an old end-of-file sign, indents and small letters change nothing."""
    assert ids_and_problems(text, "ris") == (("good",), [])
    assert refs.parse(text, "ris")["good"].title == "Good"


def test_ris_line_without_a_tag_continues_the_last_value():
    """Older writers wrapped long values."""
    text = "TY  - BOOK\nID  - a\nTI  - A long\ntitle\nER  - \n"
    assert refs.parse(text, "ris")["a"].title == "A long title"


@pytest.mark.parametrize(
    ("text", "ids", "message"),
    [
        ('[{"id":"a","type":"book","title":NaN},\n{"id":"b","type":"book"}]', ("b",), "1: error: a: NaN is not JSON"),
        ('[{"id":"a","type":"book"},\n{"id":"b"', ("a",), "2:10: error: not valid JSON: Expecting ',' delimiter"),
        ('[{"id":"a","id":"b","type":"book"}]', (), "1: error: b: the key 'id' is given twice in one object"),
        ('[{"id":"a","type":"book"},\n{"id":"a","type":"book"}]', ("a",),
         "2: error: a: the id is used twice, first in line 1"),
        ('[{"id":"a","type":"book","title":"\\ud800"}]', (), "1: error: a: the character U+D800 is not allowed; remove it"),
        ("[" * 20000, (), "1:1: error: not valid JSON: nested too deeply"),
        ('[{"id":"a","type":"bok"}]', (), "1: error: a: type: unknown type 'bok', did you mean 'book'?"),
        ('[{"id":"a","type":"book","title":true}]', (), "1: error: a: title: expected text, got a truth value"),
        ('{"id":"a","type":"book"}\n{bad\n{"id":"b","type":"book"}\n', ("a", "b"),
         "2:2: error: not valid JSON: Expecting property name enclosed in double quotes"),
        ("", (), "1:1: error: not valid JSON: Expecting value"),
    ],
)  # fmt: skip
def test_json_fault_is_named_with_its_line_and_item(text: str, ids: tuple[str, ...], message: str):
    """A JSON fault is named with its line and item; the items before it, or beside it, survive."""
    assert ids_and_problems(text, "csl-json") == (ids, [message])


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("x.bib", GOOD_RIS.encode(), "1:1: error: looks like RIS, not BibTeX; name its format: ris"),
        ("x.ris", GOOD_BIB.encode(), "1:1: error: looks like BibTeX, not RIS; name its format: bibtex"),
        ("x.bib", b'[{"id": "a", "type": "book"}]', "1:1: error: looks like CSL-JSON, not BibTeX; name its format: csl-json"),
        ("x.bib", "@book{a, title={Таджикистан}}".encode("cp1251"),
         "1:17: error: the byte 0xD2 is not UTF-8 (it looks like Windows-1251); name its encoding with --encoding "
         "Windows-1251, or save the text as UTF-8"),
    ],
)  # fmt: skip
def test_file_in_another_format_or_encoding_is_named(tmp_path: Path, name: str, data: bytes, message: str):
    """Another format or encoding is recognised and named."""
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(refs.InputError) as caught:
        refs.load(path)
    assert str(caught.value) == f"{path}:{message}"


@pytest.mark.parametrize("name", ["bibtex", "ris", "csl-json", "csl-yaml"])
def test_field_of_two_megabytes_is_read(name: FormatName):
    """Length alone is no fault."""
    long = "word " * 400_000
    work = refs.Book(id="a", type="book", title=long.strip())
    assert refs.parse(refs.render([work], name), name)["a"].title == long.strip()


def test_streams_are_read_record_by_record():
    """The first work is there before the rest of the text is asked for."""

    def endless():
        number = 0
        while True:
            number += 1
            yield from GOOD_RIS.replace("good", f"n{number}").splitlines(keepends=True)

    class Stream(io.StringIO):
        def __iter__(self):
            return endless()

    works = refs.iter_parse(Stream(), "ris")
    assert [getattr(next(works), "id", None) for _ in range(3)] == ["n1", "n2", "n3"]


@pytest.mark.parametrize("name", ["bibtex", "ris", "csl-json", "csl-yaml"])
def test_byte_order_mark_is_ignored(name: FormatName):
    """In every format, from a text and from a stream."""
    text = "\ufeff" + refs.render([refs.Book(id="a", type="book", title="T")], name)
    assert refs.parse(text, name).ids == ("a",)
    assert [getattr(work, "id", work) for work in refs.iter_parse(io.StringIO(text), name)] == ["a"]


class Pipe(io.StringIO):
    """A stream that cannot be rewound."""

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise io.UnsupportedOperation("tell")


@pytest.mark.parametrize("name", ["ris", "csl-json"])
def test_pipe_is_read(name: FormatName):
    """RIS and JSON lines need no rewinding."""
    text = refs.render([refs.Book(id="a", type="book", title="T")], name)
    assert [getattr(work, "id", work) for work in refs.iter_parse(Pipe("\ufeff" + text), name)] == ["a"]


def test_unreadable_stream_is_refused():
    """Bytes, another encoding, and a pipe where the text has to be read twice."""
    with pytest.raises(refs.UsageError, match=r"expected a stream of text, such as open\(path, encoding='utf-8'\)"):
        list(refs.iter_parse(io.BytesIO(GOOD_BIB.encode()), "bibtex"))  # type: ignore[arg-type]
    with pytest.raises(refs.UsageError, match="bibtex needs a stream that can be rewound; read it into"):
        list(refs.iter_parse(Pipe(GOOD_BIB), "bibtex"))
    latin = io.TextIOWrapper(io.BytesIO("TY  - BOOK\nTI  - Müller\nER  - \n".encode("latin-1")), encoding="utf-8")
    with pytest.raises(refs.InputError, match="the byte 0xFC is not utf-8; open the stream in its own encoding"):
        list(refs.iter_parse(latin, "ris"))


def test_hint_is_given_among_thousands_of_words():
    """The first letter is taken to be right; a word of any length is answered."""
    known = [f"key{number}" for number in range(20_000)] + ["usmonov2006"]
    assert did_you_mean("usmanov2006", known) == ", did you mean 'usmonov2006'?"
    assert did_you_mean("u" * 1_000_000, known) == ""


def test_broken_files_give_the_golden_problems(golden):
    """Each file of tests/data/bad: what is reported, and which works survive, word for word."""
    shown = []
    for path in sorted((DATA / "bad").iterdir()):
        problems: list[refs.Problem] = []
        try:
            survive = " ".join(refs.load(path, on_problem=problems.append).ids) or "none"
        except refs.InputError as error:
            problems, survive = list(error.problems), "none"
        lines = [str(problem).replace(str(path), path.name) for problem in problems]
        shown += [f"# {path.name}: {survive}", *lines, ""]
    golden("bad.txt", "\n".join(shown))


@pytest.mark.parametrize("number", ["²", "①", "1²", "1" * 4301])
@pytest.mark.parametrize(
    "variable", ["edition", "number-of-volumes", "number-of-pages", "volume", "page", "chapter-number"]
)
def test_odd_number_is_text(variable: str, number: str):
    """A digit that is no decimal one, and more digits than Python reads (4,300), stay as they are in every format."""
    item = {"id": "a", "type": "book", "title": "A", variable: number}
    library = refs.parse(json.dumps([item]), "csl-json")
    names: tuple[FormatName, ...] = ("bibtex", "biblatex", "ris", "csl-yaml", "apa", "gost", "html")
    written = {name: refs.render(library, name, on_loss="ignore") for name in names}
    assert number[:3] in written["csl-yaml"]
    assert all("A" in text for text in written.values())


def test_year_of_ten_digits_is_no_date():
    """EDTF's Y has nine digits here at most; a year beyond it is kept, with a warning, and a page has a chart."""
    items = [
        {"id": f"a{year}", "type": "book", "title": "A", "issued": {"date-parts": [[year]]}} for year in (2001, 10**12)
    ]
    problems: list[refs.Problem] = []
    library = refs.parse(json.dumps(items), "csl-json", on_problem=problems.append)
    assert len(library) == 2
    assert any("more than nine digits" in problem.message for problem in problems)
    assert refs.render(library, "html", on_loss="ignore")


def test_ris_ends_one_behind_another():
    """Ten thousand ERs in a line end one record."""
    assert refs.parse("TY  - BOOK\nID  - a\nTI  - A\n" + "ER  - " * 10_000, "ris").ids == ("a",)
