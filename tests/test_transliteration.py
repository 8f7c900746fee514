"""Romanisation: the tables against the published systems, the language of a text, and what has no table."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import get_args

import iuliia
import pytest
import yaml

import tajikpeace_refs as refs
from tajikpeace_refs.apa import reference_list
from tajikpeace_refs.lint import lint_text
from tajikpeace_refs.model.library import FrontMatter
from tajikpeace_refs.model.work import WORK
from tajikpeace_refs.options import Scheme, WriteOptions
from tajikpeace_refs.text.transliteration import (
    SYSTEMS,
    gaps,
    in_known_language,
    known_language,
    other_readings,
    table,
    transliterate,
    with_tables,
    without_tables,
)  # fmt: skip

DATA = Path(__file__).parent / "data" / "transliteration.yaml"
CASES = [
    (language, scheme, text, latin)
    for language, schemes in yaml.safe_load(DATA.read_text(encoding="utf-8")).items()
    for scheme, words in schemes.items()
    for text, latin in words.items()
]


@pytest.mark.parametrize(("language", "scheme", "text", "latin"), CASES)
def test_word_is_romanised_as_the_published_table_has_it(language, scheme, text, latin):
    """Letters, rules of context, capitals, apostrophes and old spelling of each language."""
    assert transliterate(text, language, scheme) == latin


@pytest.mark.parametrize("scheme", get_args(Scheme))
@pytest.mark.parametrize("language", list(with_tables()))
def test_table_romanises_every_letter_of_its_alphabet(language, scheme):
    """No letter is without a value, no value has Cyrillic in it, and every rule is about a letter of the table."""
    found = table(language, scheme)
    if found:
        assert found.source.startswith(("ALA-LC", "BGN/PCGN", "BS 2979", "ISO 9"))
        assert not next(gaps(" ".join(found.letters), language, scheme), None)
        assert not {*found.letters} & {*found.others}
        assert all(rule.letter in found.letters or rule.letter in found.others for rule in found.rules)


SCHEMAS: list[tuple[Scheme, iuliia.Schema]] = [
    ("ala-lc-full", iuliia.ALA_LC),
    ("bgn-pcgn", iuliia.BGN_PCGN),
    ("bgn-pcgn-plain", iuliia.BGN_PCGN_ALT),
    ("iso-9", iuliia.GOST_779),
]


@pytest.mark.parametrize(("scheme", "schema"), SCHEMAS, ids=[scheme for scheme, _ in SCHEMAS])
def test_russian_table_agrees_with_iuliia(scheme, schema):
    """Every pair of Russian letters at the start, in the middle and at the end of a word.

    Aside: iuliia writes ё in Cyrillic, sets no dot on both sides of ы, and ALA-LC leaves a final hard sign out.
    """
    letters = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
    words = [word for one in letters for two in letters for word in (one + two, f"н{one}{two}н")]
    same = [word for word in words if "ы" not in word and not word.endswith("ъ")]
    for word in same:
        assert transliterate(word, "ru", scheme) == unicodedata.normalize(
            "NFC", schema.translate(word).replace("ё", "ë")
        ), word


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Її оселя", None, "Ii oselia"),  # ї is Ukrainian only
        ("Њива", None, "Njiva"),  # Serbian and Macedonian agree
        ("Ќерамика", None, "Keramika"),
        ("Ҷони ҷаҳон", None, "Joni jahon"),
        ("Мир и труд", None, "Mir i trud"),
        ("Ұлы дала", "en", "Uly dala"),  # a language that is not written in Cyrillic tells nothing
        ("Мир Ғафурова", "ru", "Mir Ghafurova"),  # a Tajik name in a Russian title
        ("Книга Өзбекова", "ru", "Kniga Ozbekova"),
        ("Чӑваш чӗлхи", "ru", "Chavash chelkhi"),  # all languages that have ө agree
        ("Аҧсуа", "ab", "Аҧсуа"),  # no table, and none of another language
        ("Мир", "ce", "Мир"),
        ("Мир Аҧсны", "ru", "Mir Аҧсны"),  # a word is never romanised by halves
    ],
)  # fmt: skip
def test_language_is_that_of_the_work_or_of_the_letters(text, language, expected):
    """docs/languages.md: the tag, else letters that one language has alone, or on which all agree."""
    assert transliterate(text, language) == expected


def test_text_of_several_possible_languages_that_differ_stays():
    """Өзен is Kazakh, Kyrgyz, Turkmen or Mongolian, and BGN/PCGN differs: Özen, Ödzyön."""
    assert transliterate("Өзен", None, "bgn-pcgn") == "Өзен"
    assert transliterate("Өзен", "kk", "bgn-pcgn") == "Özen"


def test_scheme_without_a_table_for_the_language_leaves_it():
    """BS 2979 has no Tajik; ISO 9 has every language's letters."""
    assert transliterate("Сулҳ", "tg", "bsi") == "Сулҳ"
    assert [gap.word for gap in gaps("Сулҳ ва ҷанг", "tg", "bsi")] == ["Сулҳ", "ва", "ҷанг"]
    assert transliterate("Аҧсны", "ab", "iso-9") == "Aṕsny"


def test_doubt_between_languages_is_told_only_without_a_language():
    """Where the work names its language, or all that have the letters agree, there is none."""
    assert other_readings("Мир", None, "ala-lc") == {"uk": "Myr"}
    assert other_readings("Мир", "ru", "ala-lc") == other_readings("Дом", None, "ala-lc") == {}
    assert other_readings("Мир", None, "iso-9") == {}


def test_every_language_is_listed_once():
    """Those with tables and those without; a tag, a code of ISO 639-2 and a region are all understood."""
    assert not with_tables().keys() & without_tables().keys()
    assert [known_language(tag) for tag in ("kaz", "kk-KZ", "che", "zh", None)] == ["kk", "kk", "ce", None, None]
    assert SYSTEMS.keys() == {*get_args(Scheme)}


def work(**variables: object) -> refs.Work:
    return WORK.validate_python({"id": "a", "type": "book", "issued": 2001, "publisher": "P", **variables})


def test_names_of_a_work_follow_its_list_or_its_title():
    """A title that only Ukrainian can write tells the language of the author, and so does `language:` of the list."""
    plain = work(title="Мова", author=[{"family": "Гончар", "given": "О."}])
    assert in_known_language(plain).language is None
    assert in_known_language(plain, "uk").language == "uk"
    own = work(title="Їжа", author=[{"family": "Гончар", "given": "О."}])
    assert reference_list([own], WriteOptions())[0].text == "Honchar, O. (2001). Izha. P."
    front = FrontMatter(language="uk")
    listed = WriteOptions(front=front)
    assert reference_list([plain], listed)[0].text == "Honchar, O. (2001). Mova. P."
    assert refs.cite(refs.Library(works=(plain,), front=front), "a") == "(Honchar, 2001)"
    assert reference_list([plain], WriteOptions())[0].text == "Gonchar, O. (2001). Mova. P."


@pytest.mark.parametrize("name", ["apa", "ris"])
def test_work_without_romanisation_is_reported_once_and_stays(name):
    """A loss with the work, its variables and the first word of the first; the text is printed as it is."""
    losses: list[refs.Loss] = []
    library = refs.Library(works=(work(title="ჩვენი მთა", author=[{"family": "ჯანელიძე", "given": "ი."}]),))
    text = refs.render(library, name, script="latin", on_loss=losses.append)
    assert "ჩვენი მთა" in text
    (loss,) = [each for each in losses if "romanisation" in each.reason]
    assert (loss.work_id, loss.variable) == ("a", "author, title")
    assert "ჯანელიძე" in loss.reason


@pytest.mark.parametrize(("title", "language", "has_other"), [("Сулҳ", "tg", True), ("Мир", "ce", False)])
def test_loss_names_the_scheme_that_has_a_table(title: str, language: str, has_other: bool):
    """BS 2979 has no Tajik, ALA-LC has it; Chechen is in neither."""
    losses: list[refs.Loss] = []
    library = refs.Library(works=(work(title=title, language=language),))
    refs.render(library, "apa", scheme="bsi", on_loss=losses.append)
    assert [each.reason.endswith("(bsi has no table for it, the scheme ala-lc has)") for each in losses] == [has_other]


def test_list_in_the_original_script_has_no_such_loss():
    """Nothing is romanised, so nothing is missing (a loss is an error in tests)."""
    assert refs.render(refs.Library(works=(work(title="ჩვენი მთა"),)), "apa", script="original")


LINT = """
- {id: en, type: book, title: Roads, issued: 2001, language: en, publisher: P, author: [{family: Stone, given: C.}]}
- {id: hy, type: book, title: Ճանապարհ, issued: 2001, language: hy, publisher: Գիրք, author: [{family: Stone, given: C.}]}
- {id: ab, type: book, title: Аҧсны, issued: 2001, language: ab, publisher: P, author: [{family: Stone, given: C.}]}
- {id: ru, type: book, title: Ночь над ҧҭа, issued: 2001, language: ru, publisher: P, author: [{family: Дорогин, given: П.}]}
- {id: ok, type: book, title: Ночь, issued: 2001, language: ru, publisher: Наука, author: [{family: Дорогин, given: П.}]}
- {id: ja, type: chapter, title: Roads, container-title: 世界史, issued: 2001, publisher: P, page: 1-2,
   author: [{family: 山田, given: 太郎, transliterated: {family: Yamada, given: T.}}], editor: [{family: 山田, given: 花子}]}
"""


def test_lint_reports_what_stays_in_its_script():
    """Work, variable, word, letter or language: nothing for what has a table or a form of its own."""
    found = [str(each).split(": ", 2)[2] for each in lint_text(LINT, "csl-yaml") if each.code == "TP103"]
    assert found == [
        "hy: title: no romanisation for 'Ճանապարհ'; give transliterated-title [TP103]",
        "hy: publisher: no romanisation for 'Գիրք'; give transliterated-publisher [TP103]",
        "ab: title: no romanisation for 'Аҧсны' (there is no table for Abkhazian); give transliterated-title [TP103]",
        "ru: title: no romanisation for 'ҧҭа' (no table has ҧ, ҭ and the letters of Russian); "
        "give transliterated-title [TP103]",
        "ja: container-title: no romanisation for '世界史'; give transliterated-container-title [TP103]",
        "ja: editor[0]: no romanisation for '山田'; give transliterated in the name [TP103]",
    ]


def test_lint_doubts_a_language_that_others_of_the_list_have():
    """A Russian title without a language, in a list with Ukrainian ones, may be Ukrainian."""
    text = "- {id: a, type: book, title: Їжак, issued: 2001, publisher: P, language: uk, author: [{family: B, given: C.}]}\n"
    text += "- {id: b, type: book, title: Книга, issued: 2001, publisher: P, author: [{family: B, given: C.}]}\n"
    (found,) = [each for each in lint_text(text, "csl-yaml") if each.code == "TP106"]
    assert "'Книга' is romanised as Russian, and may be Ukrainian; give the work's language" in found.message
    assert not [each for each in lint_text(text.splitlines()[1], "csl-yaml") if each.code == "TP106"]
