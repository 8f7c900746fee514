"""Languages: the names and codes that RIS, .bib and lint once knew each for itself; and the script of a text."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import tajikpeace_refs as refs
from tajikpeace_refs.text.languages import BABEL, is_babel_name, is_english, is_language, named_language
from tajikpeace_refs.text.scripts import has_cyrillic, is_latin

CASES = yaml.safe_load((Path(__file__).parent / "data" / "languages.yaml").read_text(encoding="utf-8"))
NAMES = [(name, tag) for tag, names in CASES.items() for name in names]


@pytest.mark.parametrize(("name", "tag"), NAMES)
def test_a_name_or_a_code_gives_the_tag(name: str, tag: str | None):
    """babel's names, ISO 639-2 and 639-3, names in words; what names none, or two, is no language."""
    assert named_language(name) == tag


@pytest.mark.parametrize(("name", "tag"), [(name, tag) for name, tag in NAMES if name not in {"", "n/a"}])
def test_ris_and_bib_read_the_same_language(name: str, tag: str | None):
    """The tag is the value where one is named, the text where none is; RIS gets it as it came, biblatex babel's name."""
    ris = refs.parse(f"TY  - BOOK\nID  - a\nTI  - T\nLA  - {name}\nER  - \n", "ris")
    bib = refs.parse(f"@book{{a, title = {{T}}, langid = {{{name}}}}}", "biblatex")
    assert [ris["a"].language, bib["a"].language] == [tag or name] * 2
    assert f"LA  - {name}\r\n" in refs.render(ris, "ris")
    babel = name if is_babel_name(name) else BABEL.get(tag or name, name)
    assert f"langid = {{{babel}}}" in refs.render(bib, "biblatex")


@pytest.mark.parametrize(
    ("language", "langid"),
    [*BABEL.items(), ("rus", "russian"), ("en_GB", "british"), ("Kazakh", "kazakh"), ("uz-Latn", "uz-Latn")],
)
def test_a_bib_file_has_babels_name(language: str, langid: str):
    """biblatex gives the value to babel, whatever the record calls the language."""
    work = refs.Book(id="a", type="book", title="T", language=language)
    assert f"langid = {{{langid}}}" in refs.render(refs.Library(works=(work,)), "biblatex")


@pytest.mark.parametrize(
    ("language", "english"),
    [("en", True), ("EN-us", True), ("en_GB", True), ("eng", True), ("English", True), ("enm", False), ("et", False),
     ("English and Russian", False), (None, False), ("", False)],
)  # fmt: skip
def test_english_is_known_by_its_tag_its_code_and_its_name(language: str | None, english: bool):
    """Only English titles are re-cased (APA 6.17); Middle English is another language."""
    assert is_english(language) == english


def test_tajik_is_known_by_its_tag_its_code_and_its_name():
    """Transliteration and lint ask the same."""
    assert all(is_language(text, "tg") for text in ("tg", "tgk", "tg-Cyrl", "Tajik", "тоҷикӣ"))
    assert not any(is_language(text, "tg") for text in ("tj", "ru", "tajikistan", None))


@pytest.mark.parametrize(
    ("text", "cyrillic", "latin"),
    [("Мир", True, False), ("Ҷ", True, False), ("\ua641", True, False), ("\u1c81", True, False), ("Peace, “Ërë” – 5 €", False, True),
     ("Ειρήνη", False, False), ("平和", False, False), ("سلام", False, False), ("x, Мир", True, False), ("", False, True)],
)  # fmt: skip
def test_the_script_of_a_text_is_that_of_its_letters(text: str, cyrillic: bool, latin: bool):
    """All blocks of Cyrillic count; signs are of no script."""
    assert (has_cyrillic(text), is_latin(text)) == (cyrillic, latin)
