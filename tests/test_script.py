"""Transliteration, Latin forms of works, and alphabets."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tajikpeace_refs.apa.order import fold
from tajikpeace_refs.model import Name
from tajikpeace_refs.model.work import WORK
from tajikpeace_refs.options import Scheme
from tajikpeace_refs.text.alphabets import Alphabet
from tajikpeace_refs.text.scripts import has_cyrillic
from tajikpeace_refs.text.transliteration import gaps, latin, latin_name, transliterate

TAJIK = "АБВГҒДЕЁЖЗИӢЙКҚЛМНОПРСТУӮФХҲЧҶШЪЭЮЯ"
SCHEMES = ("ala-lc", "bgn-pcgn", "iso-9")


@pytest.mark.parametrize(
    ("scheme", "latin_letters"),
    [
        ("ala-lc", "a b v g gh d e e zh z i i i k q l m n o p r s t u u f kh h ch j sh  e iu ia"),
        ("bgn-pcgn", "a b v g gh d e yo zh z i í y k q l m n o p r s t u ŭ f kh h ch j sh ’ ė yu ya"),
        ("iso-9", "a b v g ġ d e ë ž z i ī j k ķ l m n o p r s t u ū f h ḩ č ç š ʺ è û â"),
    ],
)
def test_all_35_tajik_letters_are_transliterated_in_both_cases(scheme, latin_letters):
    """ALA-LC 1997 without marks, BGN/PCGN 1994 and ISO 9:1995, letter by letter."""
    assert len(TAJIK) == 35
    for letter, expected in zip(TAJIK, latin_letters.split(" "), strict=True):
        assert transliterate(letter.lower(), "tg", scheme) == expected
        assert transliterate(letter, "tg", scheme) == expected[:1].upper() + expected[1:]


@pytest.mark.parametrize(
    ("text", "language", "scheme", "expected"),
    [
        ("Сулҳу субот: ӯ, ғоя, Қурғонтеппа", None, "ala-lc", "Sulhu subot: u, ghoia, Qurghonteppa"),
        ("Миростроительство в Таджикистане", "ru", "ala-lc", "Mirostroitelstvo v Tadzhikistane"),
        ("Память объединённого народа", "ru", "ala-lc", "Pamiat obedinennogo naroda"),
        ("Роль ООН в «войне»: Ёлка, ЩИТ", "ru", "ala-lc", "Rol OON v “voine”: Elka, SHCHIT"),
        ("Ельцин, объезд", "ru", "bgn-pcgn", "Yel’tsin, ob”yezd"),
        ("Щука, Юлия, ёж", "ru", "iso-9", "Ŝuka, Ûliâ, ëž"),
        ("Київ, Ґанок, ўзбек, Ђорђе, қазақ", "uk", "ala-lc", "Kyiv, Ganok, uzbek, Dorde, qazaq"),
        ("平和 and peace", "ja", "ala-lc", "平和 and peace"),
    ],
)  # fmt: skip
def test_whole_text_is_transliterated(text, language, scheme, expected):
    """Whole texts: Tajik by tag or by its letters, Russian, words of other alphabets by their letters."""
    assert transliterate(text, language, scheme) == expected


@given(
    st.text(st.characters(min_codepoint=0x400, max_codepoint=0x52F) | st.sampled_from(" -A1’"), max_size=20),
    st.sampled_from(["ru", "tg", "kk", "uk", "ab", "en", None]),
    st.sampled_from(get_args(Scheme)),
)
def test_what_stays_in_cyrillic_is_named_and_no_word_is_half_romanised(text, language, scheme):
    """Whatever the letters, language and scheme: a word is Latin, or as it was, and then it is a gap."""
    latin_words = re.findall(r"[^\W\d_]+", transliterate(text, language, scheme))
    left = [word for word in latin_words if has_cyrillic(word)]
    assert all(not re.search("[A-Za-z]", word) or "A" in text for word in left)
    assert bool(left) == bool(list(gaps(text, language, scheme)))


def test_explicit_latin_form_wins_over_the_computed_one():
    """A person and a title are spelled as the data spell them; the rest is computed."""
    name = Name.model_validate(
        {"family": "Лотман", "given": "Юрий", "transliterated": {"family": "Lotman", "given": "Yuri"}}
    )
    assert (latin_name(name).family, latin_name(name).given) == ("Lotman", "Yuri")
    assert latin_name(Name(family="Лотман", given="Юрий")).given == "Iurii"


def test_latin_form_of_a_work_has_romanised_title_and_names():
    """The title is "Transliteration [Translation]"; address and language stay."""
    work = WORK.validate_python(
        {"id": "a", "type": "book", "title": "Мир: путь", "translated-title": "Peace: a way", "publisher": "Ирфон",
         "publisher-place": "Душанбе", "language": "tg", "author": [{"family": "Қодирӣ", "given": "Ҷ."}],
         "URL": "http://пример.испытание/"}
    )  # fmt: skip
    romanised = latin(work)
    assert romanised.title == "Mir: Put [Peace: a way]"
    assert (romanised.publisher, romanised.publisher_place) == ("Irfon", "Dushanbe")
    assert (romanised.author[0].family, romanised.author[0].given) == ("Qodiri", "J.")
    assert romanised.url == work.url
    assert latin(romanised.model_copy(update={"url": None})) is not None


def test_latin_work_is_returned_unchanged():
    """Nothing to romanise: the very same work."""
    work = WORK.validate_python({"id": "a", "type": "book", "title": "Peace", "publisher": "Irfon"})
    assert latin(work) is work


def test_words_sort_in_tajik_order_before_latin():
    """Tajik order, which ICU gets wrong: each own letter after its base letter; then Latin."""
    expected = ["Гб", "Ға", "Ёб", "Иб", "Ӣа", "Кб", "Қа", "Уб", "Ӯа", "Хб", "Ҳа", "Чб", "Ҷа", "Яа", "Aa"]
    words = [*expected[7:], *expected[:7]]
    assert sorted(words, key=Alphabet("tg").key(fold)) == expected
