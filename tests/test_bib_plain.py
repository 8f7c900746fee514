r"""What .bib reading takes the short way for equals the long way: pybtex's parser, and our own readers of any TeX."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pybtex.scanner import PybtexSyntaxError

import tajikpeace_refs as refs
from tajikpeace_refs.formats._bib import converters, latex_decode, names, splitter
from tajikpeace_refs.formats._bib.plain_entries import PlainEntry, plain_entry
from tajikpeace_refs.formats._bib.pybtex_parser import parser_class
from tajikpeace_refs.text import tex_addresses

MACROS = {"jan": "jan", "jps": "Journal of Peace Studies", "empty": ""}
DATA = Path(__file__).parent / "data"
FILES = sorted(DATA.rglob("*.bib"))


def joined(*parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map("".join)


def some(*signs: str, most: int = 6) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(signs), max_size=most).map("".join)


blanks = some(" ", "\n", "\t", "\r\n", "\xa0", "\u2003", most=2)
values = st.one_of(
    some("{", "}", "a", " and ", '"', "{B}", "\\", "{\\'e}", "%", ",", "=", "#", "@", "\n", "(", ")").map(
        "{{{}}}".format
    ),
    some("{", "}", "a", '"', '{"}', "{B}", "\\", '{\\"o}', ",", "\n").map('"{}"'.format),
    st.sampled_from(
        ["1999", "012", "12a", "jan", "JAN", "jps", "empty", "none", "a.b", "a:b", "é", "1.5", "{a", "a}", ""]
    ),
)
pieces = st.sampled_from(["title", "Title", "author+an", "x:y", "1a", "a b", "é", "@a", "", "and"])
odd_fields = joined(
    blanks, pieces, blanks, st.sampled_from(["=", "=", "=", "", ":="]), blanks,
    st.lists(values, min_size=1, max_size=2).map(" # ".join), blanks, st.sampled_from([",", ",", ",", ",,", "", "%\n", ";"]),
)  # fmt: skip
sound = st.sampled_from(
    ["{A {B} c}", '"a {"} b"', "1999", "jps", "JAN", "{}", "{\\'E, % = #}", "{{{x} y} z}", "{{{{{x}}}}}"]
)
fields = odd_fields | joined(
    blanks, st.sampled_from(["title", "Title", "x:y"]), st.just(" = "), sound, blanks, st.just(",")
)
keys = st.sampled_from(["a", "Reed:2008", "x_y", "é"]) | st.sampled_from(
    ["a=b", "a b", 'a"', "", "{a}", "1997", "a%b", "a\\b", "a(b)"]
)
entries = joined(
    st.sampled_from(["@book{", "@book{", "@ book {", "@Book{", "@book(", "@bo-ok{", "@1{"]), blanks, keys, blanks,
    st.sampled_from([",", ",", ",", ",", "", ",,"]), st.lists(fields, max_size=3).map("".join), blanks,
    st.sampled_from(["}", "}", "}", ")", ""]), st.sampled_from(["", "", " x", "\n@book{b,}"]),
)  # fmt: skip


def of_pybtex(text: str, macros: dict[str, str]) -> PlainEntry | None:
    """Return what pybtex reads in an entry, in our form; None where it finds a mistake or a string is not defined."""
    parser = parser_class()(text, macros, 10**6)
    try:
        _, (key, pairs) = next(iter(parser))
    except (PybtexSyntaxError, StopIteration):
        return None
    growth = 10**6 - parser.allowance
    return None if parser.undefined else PlainEntry(key, [(name, "".join(parts)) for name, parts in pairs], growth)


@given(entries)
@example("@book{a, month = JAN, year = 1999}")
@example('@book{a, title = "A {"} {B}", note = {},}')
@example("@book{a,}")
def test_plain_entry_is_what_pybtex_reads(text: str):
    """What is not plain is declined, and so left to pybtex."""
    plain = plain_entry(text, MACROS)
    assert plain is None or plain == of_pybtex(text, MACROS)


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_entries_of_files_are_what_pybtex_reads(path: Path):
    """Nearly every entry of a sound file is plain."""
    blocks = splitter.split(path.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True))
    found = [
        (plain_entry(block.text, MACROS), of_pybtex(block.text, MACROS))
        for block in blocks
        if block.kind in {"book", "article", "misc", "incollection"}
    ]
    assert all(plain in (None, reference) for plain, reference in found)
    if "golden" in path.parts:
        assert sum(plain is not None for plain, _ in found) > 0.95 * len(found) > 0


@pytest.mark.parametrize(
    "text",
    ["@book{a, title = {A} # { B}}", "@book{a, title = none}", "@book{a title = {A}}", "@book(a, title = {A})",
     "@book{a, title = {A}, , year = 1}", "@book{, title = {A}}", "@book{a, title = A B}", "@book{a, title = {A}"],
)  # fmt: skip
def test_doubtful_entry_is_left_to_pybtex(text: str):
    """Parts that are joined, strings that are not defined, mistakes, parentheses."""
    assert plain_entry(text, MACROS) is None


def test_string_that_is_defined_later_does_not_count():
    text = '@string{p = "Old Press"} @book{a, publisher = p} @string{P = "New Press"} @book{b, publisher = p}'
    assert [work.publisher for work in refs.parse(text, "bibtex")] == ["Old Press", "New Press"]


STARTS = ("@book{a,", "@book(b,", "}", ")", "title", "title", "%", "@comment{", '"', "x = {a} % b", "", "@string{a =")
ENDS = ("", "=", " = {a},", " = {a {b} c}", " = {a}}", " = {", " = {%},", ' = {"},', ' = ",', " = {)},", "% {a}")
lines = joined(blanks, st.sampled_from(STARTS), st.sampled_from(ENDS)).map("{}\n".format)


@given(st.lists(lines, max_size=12))
def test_line_that_is_one_field_is_read_as_any_line(text: list[str]):
    slow = splitter._Splitter()
    blocks = [block for number, line in enumerate(text, 1) for block in slow.add(number, line)]
    rest = [*slow.end()]
    assert [block for block in splitter.split(text) if block.kind or not block.closed] == [*blocks, *rest]


tex = some(
    "\\", "'", '"', "`", "^", "~", "=", ".", "{", "}", "o", "E", "i", "\\i", "\\o", "c", "v", "{\\'e}", "\\v{s}", "{\\c{c}}",
    '\\"{u}', "{\\\"a}", "\\&", "\\%", "\\_", "\\#", "\\$", " ", "-", ",", "<", "?", "\n", "Ж", "\\symbol", "\\x", "$", most=9,
)  # fmt: skip


@given(tex)
@example(r"a{\"o}`b")
@example(r'\%a""b')
def test_plain_commands_mean_what_they_mean_beside_others(text: str):
    plain, reader = latex_decode.with_plain_commands(text), latex_decode._Reader(text)
    long = reader.read_all()
    assert plain in (None, long)
    assert plain is None or reader.lossless


@given(tex)
def test_commands_that_are_known_are_not_named(text: str):
    reader = latex_decode._Reader(text)
    reader.read_all()
    assert latex_decode.unknown_commands(text) == list(dict.fromkeys(reader.unknown))


families = st.sampled_from(
    ["Reed", "{\\\"O}zkan", "\\v{S}korec", "{\\c{C}}etin", "O'Neil", "Ли", "Reed-Hill", "{Reed}", "van Reed", "University", "And"]
)  # fmt: skip
given_names = st.sampled_from(
    ["{\\'E}mile", "A.", "J.-P.", "A. B.", "AB", "Ada", "Ида", "Jr.", "III", "B2", "and", "~", "A.,", ""]
)
persons = joined(families, st.sampled_from([", ", ", ", ", ", ",", " "]), given_names) | st.just("others")


@given(st.lists(persons, min_size=1, max_size=4), st.sampled_from([" and ", " and ", "\nand\t", " AND ", "; "]))
@example([r"{\'E}mile, A.", r"\v{S}korec, Reed"], " and ")
@example(["Reed, A.", "Li, X"], " and ")
def test_plain_names_of_a_list_are_those_read_one_by_one(found: list[str], joint: str):
    text = joint.join(found)
    bare = names._SPACES.sub(" ", text).strip()
    assert names._read(text) == names._read_one_by_one(bare)


@pytest.mark.parametrize(("raw", "pages"), [("12--34", "12-34"), ("012--5", "012-5"), ("12---34", "12-34")])
def test_pages_have_a_hyphen(raw: str, pages: str):
    assert converters.PAGES.read(raw).value == pages


ADDRESS = ("/b", ".", ")", "(", " ", "\\_", "\\", "{", "}", "$", "\\sim", "$\\sim$", "?", "x", "<", "https://b.org")


@given(some(*ADDRESS).map("https://a.org{}".format))
def test_address_alone_is_found_as_among_words(text: str):
    alone, among = tex_addresses.find_addresses(text), tex_addresses.find_addresses(f"{text} ,")
    assert alone.urls == among.urls
    assert alone.rest == among.rest
