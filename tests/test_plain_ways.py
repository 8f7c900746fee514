"""What .bib, RIS and the APA list do fast equals the plain way to do it: each hot path beside its reference."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tajikpeace_refs.apa import work_title
from tajikpeace_refs.formats._bib import converters, names
from tajikpeace_refs.formats._bib.rows import ROWS
from tajikpeace_refs.formats._ris import converters as ris_converters
from tajikpeace_refs.formats._ris import writer as ris_writer
from tajikpeace_refs.formats._ris.rows import rows_for
from tajikpeace_refs.model import Name, Work
from tajikpeace_refs.model.pages import split_pages, with_en_dashes
from tajikpeace_refs.options import ignore_loss
from tajikpeace_refs.text import rich as inline
from tajikpeace_refs.text.titles import NO_NOUNS
from tests import strategies

# Strings that the patterns split at, and letters whose lower case is another one's or none.
fragments = st.sampled_from(
    ["a", "the", "of", "NATO", "x", "Foo", "foo", "bar", "d", "iPhone", "Non", "Tajik", "Tajik's", "2nd", "Ⅷ", "²", "É",
     "ß", "ΑΣ", "ς", "Мир", "мир", "Ҷ", "×", "÷", "Ⓐ", "𐐀", "K", "e\u0301", "'", "’", "ʼ", "'s", "’S", "-", "--", "‐", "_",
     ":", ": ", "— ", "—", "–", "?", "! ", '"', "“", "]", "[", "(", ".", ". ", ",", " ", " ", " ", "\xa0", "\n", "$", "$x^2$",
     "\\", "{", "&", "`", "''", "<i>", "</i>", '<span class="nocase">', "</span>", "\ue000", "\ue001"]
)  # fmt: skip
texts = st.lists(fragments, min_size=1, max_size=9).map("".join)


@given(st.text("a \ue000\ue001\ue008\ue009\ue00a\ue00b\ue00d"))
@example("\ue009en\ue00aFoo\ue00b")
@example("\ue009en\ue009\ue00a\ue009")
def test_plain_text_has_no_marks_and_no_language(text: str):
    """The pattern that begins with any mark takes what the two kinds of mark are."""
    assert inline.plain(text) == re.sub("\ue009[^\ue00a]*\ue00a|[\ue000-\ue00b]", "", text)


@given(texts.map(inline.clean))
@example(inline.clean("Foobar.\n"))
def test_title_without_a_full_stop_is_unchanged(text: str):
    """What ends otherwise needs no look at its last word."""
    assert text.endswith(".") or work_title._FULL_STOP.sub(r"\1", text) == text


_REFUSED = [chr(code) for code in range(32) if not chr(code).isspace() or 0x0B <= code <= 0x0C or code >= 0x1C]
_name_parts = st.sampled_from(
    ["Usmonov", "O’Neil", "O'Neil", "Lee-Ann", "and", "And", "AND", "Anderson", "None", "van", "Van", "La", "Жуков", "жуков",
     "Ҷӯраев", "Đorđe", "McAdoo", "I.", "J.-P.", "J", "B.K.", "X2", "É", "e\u0301", "Å", "ǅ", "-", ".", ",", "~", "others",
     "ſ", "ı", "Ӏ", "Јв", "Ѓ", "Дж.", "Jr", "III", "et al.", "др.", "и", "University", "Иванович", "AB", "BM"]
)  # fmt: skip
_name_texts = st.none() | st.lists(_name_parts, min_size=1, max_size=3).flatmap(
    lambda words: st.sampled_from([" ", "-", ""]).map(lambda joint: joint.join(words))
) | st.text(st.characters(max_codepoint=0x530, exclude_characters=_REFUSED), min_size=1, max_size=4)  # fmt: skip
plain_persons = st.builds(Name, family=_name_texts, given=_name_texts)


@given(st.lists(plain_persons | strategies.any_names, min_size=1, max_size=3).map(tuple))
@example((Name(family="And", given="I."),))
@example((Name(family="Lee", given="B. And"),))
def test_plain_names_equal_the_names_written_one_by_one(found: tuple[Name, ...]):
    """Names that the pattern takes are written so one by one, and each is read back as it was."""
    plain = names.plain_names(found)
    if plain is not None:
        assert plain == " and ".join(map(names.name_to_bib, found))
        assert names._read(plain) == names._read_one_by_one(plain) == (found, True)
        assert all(map(names.is_kept, found))


@pytest.mark.parametrize(
    "text", ["Usmonov, I.", "Müller-Lüdenscheidt, J. W.", "O’Neil, Lee-Ann", "Ҳакимов, Ҷ.", "Lee, K"]
)
def test_common_names_fit_the_plain_pattern(text: str):
    """The pattern takes the names that most lists are made of."""
    assert names.plain_names((Name.parse(text), Name.parse(text))) == f"{text} and {text}"


_WORK = Work.model_validate({"id": "a", "type": "book"})
_CONTEXTS = [converters.Context("bibtex", in_ascii, NO_NOUNS, ignore_loss) for in_ascii in (False, True)]


@pytest.mark.parametrize("codec", dict.fromkeys(row.codec for row in ROWS if row.codec.plain))
@pytest.mark.parametrize("context", _CONTEXTS)
@given(value=texts | st.text(st.characters(max_codepoint=0x530)) | st.text("0123 ab/:.é[]|%~", max_size=9))
@example(value="Journal of Peace")
@example(value="https://example.org/a_b?c=%20d&e#f")
@example(value="12")
@example(value="http://a.b/\\")
@example(value="a}")
def test_plain_values_equal_what_their_codec_writes(codec: converters.Codec, context: converters.Context, value: str):
    """A value that stands as it is in a field would be written so by its codec, and the field's net would let it be."""
    assert codec.plain
    if codec.plain.fullmatch(value):
        assert converters.line("f", codec.write(value, _WORK, context)) == f"  f = {{{value}}},\n"


@given(st.from_regex("[0-9]{1,9}-[0-9]{1,9}", fullmatch=True))
def test_plain_pages_equal_those_written_part_by_part(value: str):
    """Two numbers with a hyphen are written with BibTeX's dash, as any range is."""
    long_way = converters.text_to_tex(with_en_dashes(" ".join(value.split()))).replace("–", "--")
    assert converters.PAGES.write(value, _WORK, _CONTEXTS[0]) == long_way


@given(st.lists(plain_persons | strategies.any_names, min_size=1, max_size=3).map(tuple))
@example((Name(family="Ҳакимов", given="Ҷ."), Name(family="Lee", given="K")))
def test_plain_ris_names_equal_the_names_written_one_by_one(found: tuple[Name, ...]):
    """Each line of plain names is the one of its name, and gives it back by itself and beside the others."""
    if plain := ris_writer._plain_names("AU", found):
        shown = [ris_converters.tag_name(name) for name in found]
        assert plain == [("AU", text) for text in shown]
        assert tuple(map(Name.parse, shown)) == found
        assert not ris_writer._are_read_together(found)


@given(st.from_regex("[0-9]{1,3}-[0-9]{1,3}", fullmatch=True))
@example("12-12")
@example("012-12")
def test_plain_ris_pages_equal_those_that_are_read_back(value: str):
    """Two numbers with a hyphen are SP and EP without a look at what they are read as, unless they are the same."""
    row = rows_for("JOUR")["page"]
    lines, is_lossless = ris_writer._pages(row, value)
    assert lines == [*zip(("SP", "EP"), split_pages(value), strict=True)]
    assert is_lossless == (ris_converters.read_pages(row, lines) == (value, []))
