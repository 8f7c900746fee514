"""Cyrillic in lists: numerals and letters that are not what they look like, initials, order, quotation marks."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import Any

import pytest
import yaml

import tajikpeace_refs as refs
from tajikpeace_refs.lint import fix, lint, lint_text
from tajikpeace_refs.text.quotation_marks import english_quotation_marks
from tajikpeace_refs.text.roman_numerals import latin_numerals
from tajikpeace_refs.text.same_work import are_same_work, duplicates, same_work_keys
from tajikpeace_refs.text.transliteration import transliterate
from tests.conftest import DATA

CASES: dict[str, Any] = yaml.safe_load((DATA / "cyrillic.yaml").read_text(encoding="utf-8"))
PAIRS: dict[str, Any] = yaml.safe_load((DATA / "same_work.yaml").read_text(encoding="utf-8"))
TODAY = date(2026, 11, 24)


def work(**fields: Any) -> dict[str, Any]:
    author = fields.pop("author", {"family": "Белов", "given": "Б."})
    sound = {"id": "a", "type": "book", "title": "Книга", "issued": 2001, "language": "ru", "publisher": "Наука"}
    return sound | {"author": [author]} | fields


def text_of(*works: dict[str, Any]) -> str:
    return yaml.safe_dump(list(works), allow_unicode=True, width=1000)


def library_of(*works: dict[str, Any]) -> refs.Library:
    return refs.parse(text_of(*works), "csl-yaml")


@pytest.mark.parametrize(("text", "expected"), CASES["numerals"])
def test_numeral_typed_in_cyrillic_is_latin_in_every_scheme(text: str, expected: str):
    """A well-formed numeral of Х, І, С, М and Latin letters is one; it is not romanised letter by letter."""
    assert latin_numerals(text) == expected
    for scheme in ("ala-lc", "bgn-pcgn", "iso-9"):
        assert transliterate(text, "ru", scheme) == transliterate(expected, "ru", scheme)


@pytest.mark.parametrize("text", CASES["no_numerals"])
def test_word_that_may_be_cyrillic_is_no_numeral(text: str):
    """Acronyms, initials, prepositions, and numerals that are Latin already."""
    assert latin_numerals(text) == text


@pytest.mark.parametrize(("language", "scheme", "given", "expected"), CASES["initials"])
def test_initial_is_romanised_as_a_whole(language: str, scheme: Any, given: str, expected: str):
    """The letter of the original script, in every format that is asked for Latin letters."""
    library = library_of(work(language=language, author={"family": "Zorin", "given": given}))
    assert refs.render(library, "apa", scheme=scheme).startswith(f"Zorin, {expected} (2001).")


def test_formats_agree_on_initials():
    """The list, the citation, .bib and RIS have one form of an initial; two persons stay two."""
    library = library_of(
        work(author={"family": "Зорин", "given": "Ш. Ч."}), work(id="b", author={"family": "Зорин", "given": "С. Ч."})
    )
    assert "Zorin, Sh. Ch. (2001)" in refs.render(library, "apa")
    assert refs.cite(library, "a") == "(Sh. Ch. Zorin, 2001)"
    assert "Zorin, Sh. Ch." in refs.render(library, "biblatex", script="latin")
    assert "AU  - Zorin, Sh. Ch." in refs.render(library, "ris", script="latin")


@pytest.mark.parametrize("language", CASES["orders"])
def test_list_is_in_the_order_of_its_alphabet(language: str):
    """The national alphabets; for Russian, CLDR sorts ё as е."""
    families = CASES["orders"][language]
    works = [work(id=f"w{n}", language=language, author={"family": f, "given": "А."}) for n, f in enumerate(families)]
    library = library_of(*works[::-1])
    printed = refs.render(library, "apa", script="original").split("\n\n")
    assert [line.split(",")[0] for line in printed] == families


def test_what_stays_cyrillic_stands_behind_latin_in_the_order_of_the_alphabet():
    """BS 2979 has no Tajik, Ukrainian and Kazakh table: by code point, Є would stand before А, Ҳ and Ә behind Я."""
    names = {"Ясонов": "tg", "Ҳалимов": "tg", "Раҷабов": "tg", "Қосимов": "tg", "Єременко": "uk", "Әліев": "kk"}
    works = [work(id=name, author={"family": name, "given": "А."}, language=tag) for name, tag in names.items()]
    listed = refs.render(library_of(*works, work()), "apa", scheme="bsi", on_loss="ignore")
    right = ["Belov", "Әліев", "Єременко", "Қосимов", "Раҷабов", "Ҳалимов", "Ясонов"]
    assert [line.split(",")[0] for line in listed.split("\n\n")] == right


def test_one_author_with_and_without_yo_is_listed_by_year():
    """ё and е are one letter of Russian order, so that both spellings are one author (9.46)."""
    years = {2003: "Королёв", 2002: "Королев", 2004: "Королева"}
    works = [work(id=f"w{year}", issued=year, author={"family": f, "given": "А."}) for year, f in years.items()]
    printed = refs.render(library_of(*works), "apa", script="original")
    assert [line.split(". (")[0] for line in printed.split("\n\n")] == ["Королев, А", "Королёв, А", "Королева, А"]


def test_alphabet_is_that_of_most_cyrillic_works():
    """One list has one order: that of Tajik where most works are Tajik."""
    families = {"a": ("Ёров", "ru"), "b": ("Ерин", "tg"), "c": ("Ешин", "tg")}
    works = [work(id=key, language=lang, author={"family": f, "given": "А."}) for key, (f, lang) in families.items()]
    printed = refs.render(library_of(*works), "apa", script="original")
    assert [line.split(",")[0] for line in printed.split("\n\n")] == ["Ерин", "Ешин", "Ёров"]


def test_title_that_begins_with_a_number_stands_among_the_cyrillic_works():
    """By its value, before the letters; an English one is filed in words (9.49)."""
    titles = {"100 дней": "ru", "20 лет": "ru", "1917": "ru", "IBM в Азии": "ru", "Яблоко": "ru", "20 years": "en",
              "Sun": "en", "Zoo": "en"}  # fmt: skip
    works = [work(id=f"w{n}", title=title, language=each) for n, (title, each) in enumerate(titles.items())]
    for each in works:
        del each["author"]
    printed = refs.render(library_of(*works), "apa", script="original")
    order = [line.split(". (")[0] for line in printed.split("\n\n")]
    assert order == ["20 лет", "100 дней", "1917", "Яблоко", "IBM в Азии", "Sun", "20 years", "Zoo"]


@pytest.mark.parametrize(("title", "expected"), CASES["quotes"])
def test_quotation_inside_quotation_has_single_marks(title: str, expected: str):
    """6.7; marks without a partner are set as they come, and the original script keeps its own."""
    library = library_of(work(title=title))
    assert expected in refs.render(library, "apa")
    assert title in refs.render(library, "apa", script="original")


def test_quotation_marks_of_english_titles():
    """An English title, a title cited in marks, and the marks of other languages, which stay."""
    assert english_quotation_marks("The “king’s “old” house”") == "The “king’s ‘old’ house”"
    article = work(type="article-journal", title="Сад «Роза»", author=None, **{"container-title": "Мир"})
    del article["author"]
    assert refs.cite(library_of(article), "a") == "(“Sad ‘Roza’,” 2001)"
    german = work(title="Über „Faust“", language="de")
    assert "Über „Faust“" in refs.render(library_of(german), "apa")


@pytest.mark.parametrize(("fields", "code", "repaired"), CASES["lookalikes"])
def test_strange_letters_are_reported_and_repaired_where_one_reading_is_left(
    fields: dict[str, Any], code: str, repaired: str | None
):
    """The whole word, text or name decides; what has two readings is left to a person."""
    text = text_of(work(**fields))
    findings = [each for each in lint_text(text, "csl-yaml", today=TODAY) if each.code in {"TP401", "TP435", "TP436"}]
    assert {each.code for each in findings} == {code}
    assert any(each.edit for each in findings) is (repaired is not None)
    if repaired:
        assert repaired in fix(text, findings)


@pytest.mark.parametrize("fields", CASES["sound"])
def test_sound_letters_are_not_reported(fields: dict[str, Any]):
    """Latin names and acronyms, Cyrillic acronyms and initials, digits that count."""
    found = lint_text(text_of(work(**fields)), "csl-yaml", today=TODAY)
    assert [each for each in found if each.code in {"TP401", "TP435", "TP436"}] == []


@pytest.mark.parametrize(("title", "word", "right"), CASES["typed_tajik"])
def test_tajik_typed_with_other_letters_is_a_hint(title: str, word: str, right: str):
    """On a Russian keyboard, by a bad copy, or by the keys of a Tajik keyboard (ц щ ы ь: қ ҳ ҷ ӣ)."""
    text = text_of(work(title=title, language="tg"))
    [hint] = [
        each for each in lint_text(text, "csl-yaml", today=TODAY) if each.code == "TP403" and word in each.message
    ]
    assert f"'{right}'" in hint.message
    assert hint.edit is None


@pytest.mark.parametrize("title", CASES["sound_tajik"])
def test_sound_tajik_is_not_reported(title: str):
    """й after a vowel, loans of Soviet times, and Russian under a wrong tag."""
    assert [each for each in lint(library_of(work(title=title, language="tg"))) if each.code == "TP403"] == []


def _records(group: list[dict[str, Any]]) -> refs.Library:
    return library_of(*(work(**{"language": None, "id": f"w{n}"} | fields) for n, fields in enumerate(group)))


@pytest.mark.parametrize("group", PAIRS["one"])
def test_records_of_one_work_are_recognised(group: list[dict[str, Any]]):
    """Whatever the script and the romanisation: дж, ҷ, j, zh; ё, е, yo; х, kh, h; labels of numbers."""
    records = [
        {"author": {"family": "Белов" if n == 0 else "Belov", "given": "Б." if n == 0 else "B."}} | fields
        for n, fields in enumerate(group)
    ]
    works = list(_records(records))
    for one, other in combinations(works, 2):
        assert set(same_work_keys(one)) & set(same_work_keys(other)), (one.title, other.title)
        assert are_same_work(one, other), (one.title, other.title)
    assert [later.id for later, _ in duplicates(works)] == [each.id for each in works[1:]]


@pytest.mark.parametrize("group", PAIRS["two"])
def test_other_works_are_not_merged(group: list[dict[str, Any]]):
    """Other vowels, parts and volumes, numerals, years and persons."""
    assert list(duplicates(_records(group))) == []
