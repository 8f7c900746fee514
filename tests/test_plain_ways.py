"""What the APA list does fast equals the plain way to say it: each hot path beside its reference."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from tajikpeace_refs.apa import work_title
from tajikpeace_refs.text import rich as inline

# Pieces that the patterns part on, and letters whose lower case is another one's or none.
pieces = st.sampled_from(
    ["a", "the", "of", "NATO", "x", "Foo", "foo", "bar", "d", "iPhone", "Non", "Tajik", "Tajik's", "2nd", "Ⅷ", "²", "É",
     "ß", "ΑΣ", "ς", "Мир", "мир", "Ҷ", "×", "÷", "Ⓐ", "𐐀", "K", "e\u0301", "'", "’", "ʼ", "'s", "’S", "-", "--", "‐", "_",
     ":", ": ", "— ", "—", "–", "?", "! ", '"', "“", "]", "[", "(", ".", ". ", ",", " ", " ", " ", "\xa0", "\n", "$", "$x^2$",
     "\\", "{", "&", "`", "''", "<i>", "</i>", '<span class="nocase">', "</span>", "\ue000", "\ue001"]
)  # fmt: skip
texts = st.lists(pieces, min_size=1, max_size=9).map("".join)


@given(st.text("a \ue000\ue001\ue008\ue009\ue00a\ue00b\ue00d"))
@example("\ue009en\ue00aFoo\ue00b")
@example("\ue009en\ue009\ue00a\ue009")
def test_marks_are_taken_out_with_the_language(text: str):
    """The pattern that begins with any mark takes what the two kinds of mark are."""
    assert inline.plain(text) == re.sub("\ue009[^\ue00a]*\ue00a|[\ue000-\ue00b]", "", text)


@given(texts.map(inline.clean))
@example(inline.clean("Foobar.\n"))
def test_only_a_title_that_ends_in_a_full_stop_loses_it(text: str):
    """What ends otherwise needs no look at its last word."""
    assert text.endswith(".") or work_title._FULL_STOP.sub(r"\1", text) == text
