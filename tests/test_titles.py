"""Titles: sentence case with evidence (APA 6.17), decided for the list; subtitles, periodicals, hints and options."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from conformance.titles import ours, score, title_case

import tajikpeace_refs as refs
from tajikpeace_refs.errors import UsageError
from tajikpeace_refs.lint import lint
from tajikpeace_refs.options import FormatName, WriteOptions
from tajikpeace_refs.text import english
from tajikpeace_refs.text.titles import is_title_case, periodical_name, seems_english, sentence_case

CASES = yaml.safe_load((Path(__file__).parent / "data" / "titles.yaml").read_text(encoding="utf-8"))
DATA = Path(english.__file__).parent


def printed(
    *titles: str, language: str | None = None, front: dict[str, Any] | None = None, **options: Any
) -> list[str]:
    """Return the titles of an APA list of books, in the order given."""
    works = [
        {
            "id": f"w{n}",
            "type": "book",
            "title": title,
            "issued": 2000 + n,
            "author": [{"family": "Ash", "given": "A."}],
        }
        | ({"language": language} if language else {})
        for n, title in enumerate(titles)
    ]
    library = refs.parse(json.dumps({**(front or {}), "references": works}), "csl-yaml")
    lines = refs.render(library, "apa", **options).split("\n\n")
    return [line.strip().split("). ", 1)[1].removesuffix(".") for line in lines]


@pytest.mark.parametrize("case", CASES["sentence"], ids=lambda case: case["title"])
def test_title_in_english_is_put_into_sentence_case(case: dict[str, str]):
    """6.17: a word is lowered where it is known to be common; what is a name or unknown keeps its capital."""
    assert printed(case["title"], language="en") == [case["right"]]


@pytest.mark.parametrize("case", CASES["sentence"], ids=lambda case: case["title"])
def test_sentence_case_changes_nothing_twice(case: dict[str, str]):
    """What is in sentence case stays as it is."""
    assert sentence_case(case["right"]) == case["right"]


def test_names_of_real_titles_are_restored():
    """6.17, on titles of many fields: what ``conformance.titles`` measures does not get worse."""
    titles = yaml.safe_load((Path(__file__).parent / "data" / "real_titles.yaml").read_text(encoding="utf-8"))
    found = score(titles, ours("en")([title_case(title) for title in titles]))
    assert found.exact >= 0.85 * found.titles
    assert found.lowered <= 18
    assert found.kept <= 6


@pytest.mark.parametrize("case", CASES["subtitles"], ids=lambda case: case["title"])
def test_subtitle_begins_with_a_capital(case: dict[str, str]):
    """6.17, 9.38: in every language; a dash between spaces begins a subtitle in English only."""
    found = printed(case["title"], language=case.get("language"), script=case.get("script"))
    assert found == [case["right"]]


@pytest.mark.parametrize("case", CASES["periodicals"], ids=lambda case: case["name"])
def test_periodical_is_in_title_case_on_proof_only(case: dict[str, str]):
    """9.25: the language and the words prove it together; neither alone, nor the word "journal"."""
    assert periodical_name(case["name"], case.get("language")) == case["right"]


@pytest.mark.parametrize("case", CASES["meetings"], ids=lambda case: case["title"])
def test_meeting_has_the_capitals_of_a_name(case: dict[str, str]):
    """6.17: a proper noun, where its year, its ordinal or its place shows that it is one meeting."""
    assert printed(case["title"], case["right"], language="en") == [case["right"]] * 2


@pytest.mark.parametrize(
    ("book", "right"),
    [
        ("European Conference on Small Farms", "European Conference on Small Farms"),
        ("Winter Meeting of the Plain Soil Society", "Winter Meeting of the Plain Soil Society"),
        ("Farm and Garden Symposium", "Farm and Garden Symposium"),
        ("New Ways to Farm: Papers From a Workshop on Soils", "New ways to farm: Papers from a workshop on soils"),
        ("Farming After the Conference", "Farming after the conference"),
        ("Abstracts of Farming Papers", "Abstracts of farming papers"),
    ],
)
def test_meeting_that_a_paper_stands_in_is_a_name(book: str, right: str):
    """6.17, 10.5: where proceedings are called as the meeting, its name stands there; lint does not doubt its words."""
    work = {
        "id": "a",
        "type": "paper-conference",
        "title": "T",
        "author": ["Ash, A."],
        "issued": 2000,
        "language": "en",
    }
    library = refs.parse(json.dumps([work | {"container-title": book, "publisher": "P"}]), "csl-yaml")
    assert f"In {right}. P." in refs.render(library, "apa")
    doubted = [str(finding) for finding in lint(library) if finding.code in {"TP425", "TP426"}]
    assert right != book or doubted == []


TITLE_CASE = ("The Uses of Small Roads", "Ropes and Knots", "Deep Roads")
SENTENCE_CASE = ["The uses of small roads", "Ropes and knots", "Deep roads"]


def test_list_without_languages_is_lowered_as_a_whole():
    """One title that proves English title case carries the others with it."""
    assert printed(*TITLE_CASE) == SENTENCE_CASE


def test_single_weak_title_is_left_alone():
    """Two words with capitals prove nothing; two such titles do, and so does a title that has its language."""
    assert printed("Deep Roads") == ["Deep Roads"]
    assert printed("Deep Roads", "Open Gates") == ["Deep roads", "Open gates"]
    assert printed("Deep Roads", front={"language": "en"}) == ["Deep roads"]


def test_list_in_english_lowers_titles_with_little_english():
    """One list, one case: among English titles half of the words, names and unknown words aside, are enough."""
    odd = ("Zyxwin Medical References", "Afghan Girl", "ZYX II: A New Quxorian Algorithm")
    right = ["Zyxwin medical references", "Afghan girl", "ZYX II: A new Quxorian algorithm"]
    assert printed(*TITLE_CASE, *odd) == SENTENCE_CASE + right
    assert printed("Afghan Girl") == ["Afghan Girl"]


@pytest.mark.parametrize(
    "title",
    ["Die Geschichte der Berge", "La Guerra Civil en la Montaña", "Le Monde Des Montagnes", "Tarikh-i Badakhshan"],
)
def test_title_in_another_language_is_not_lowered(title: str):
    """Not even beside English titles, and not if its words happen to be English ones."""
    assert printed(*TITLE_CASE, title)[-1] == title
    assert not seems_english(title)


def test_case_and_language_can_be_chosen():
    """``case``: keep or sentence; ``language``: of the works that name none. A list's own language does the same."""
    assert printed(*TITLE_CASE, language="en", case="keep") == list(TITLE_CASE)
    assert printed("Deep Roads", case="sentence") == ["Deep roads"]
    assert printed("Deep Roads", language="de", case="sentence") == ["Deep Roads"]
    assert printed("Deep Roads", options=WriteOptions(language="en")) == ["Deep roads"]
    assert printed(*TITLE_CASE, front={"language": "de"}) == list(TITLE_CASE)
    with pytest.raises(UsageError, match="did you mean 'sentence'"):
        WriteOptions(case="sentense")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="expected a list of words"):
        printed("Deep Roads", proper_nouns="Roads")


def test_proper_nouns_can_be_given_as_an_option():
    """For sources that cannot hold them, such as .bib and RIS; beside those of the file."""
    text = "@book{a, title={The Open Gate of the Small Road}, year=2000, language={english}}"
    library = refs.parse(text, "biblatex")
    assert "The Open Gate of the small road" in refs.render(library, "apa", proper_nouns=["Open Gate"])
    assert "{Open} {Gate}" in refs.render(library, "biblatex", proper_nouns=["Open Gate"])
    own = {"proper-nouns": ["Small Road"]}
    title = "The Open Gate of the Small Road"
    assert printed(title, language="en", front=own, proper_nouns=["Open Gate"]) == [title]


def test_library_shows_which_words_are_common():
    """A word in small letters in another title or in an abstract is common; one that always has a capital is a name."""
    shown = [
        {"id": "a", "type": "book", "title": "A Zyxwin of the Foxes", "language": "en", "issued": 2001},
        {"id": "b", "type": "book", "title": "On every zyxwin of roads", "language": "en", "issued": 2002},
        {"id": "c", "type": "book", "title": "A Theory of Nash", "language": "en", "issued": 2003,
         "abstract": "We read what the Nash family wrote."},
    ]  # fmt: skip
    text = refs.render(refs.parse(json.dumps(shown), "csl-json"), "apa")
    assert "A zyxwin of the foxes" in text
    assert "A theory of Nash" in text


def test_braces_of_a_program_are_judged_over_the_file():
    """Zotero braces every capital: such braces show no names. Where one title has them chosen, they do."""
    made = "@book{a, title={Small {Roads} of the {North}}, year=2001, language={en}}\n"
    chosen = "@book{b, title={Small Roads of {Old} {Rivers} and Towns}, year=2002, language={en}}\n"
    assert "Small roads of the north" in refs.render(refs.parse(made, "bibtex"), "apa")
    text = refs.render(refs.parse(made + chosen, "bibtex"), "apa")
    assert "Small Roads of the North" in text
    assert "Small roads of Old Rivers and towns" in text


def test_title_case_is_told_from_sentence_case():
    """One long word in small letters in the main title shows sentence case."""
    assert is_title_case("The Small Roads of the Far North")
    assert is_title_case("Roads and Rivers With and Without Bridges: a history of Small Towns")
    assert not is_title_case("The Small Roads and bridges of the Far North")
    assert not is_title_case("Tajikistan: the roads of the Far North")


def hints(text: str, format: FormatName = "csl-yaml") -> dict[str, str]:  # noqa: A002
    return {each.code: each.message for each in refs.lint(refs.parse(text, format)) if each.code.startswith("TP42")}


def test_doubts_are_hints():
    """What is lowered though it may be a name (TP425), kept though it may be common (TP426), or left alone (TP427)."""
    one = "- {id: a, type: book, author: 'Ash, A.', publisher: P, issued: 2001, title: "
    found = hints(one + "The Zyxwin Road of Brown, language: en}")
    assert "writes Brown in small letters" in found["TP425"]
    assert "the capital of Zyxwin" in found["TP426"]
    assert set(hints(one + "Deep Open Roads}")) == {"TP427"}
    assert hints(one + "Deep roads of Zyxwin}") == {}
    assert hints(one + "The Roads of Tajikistan, language: en}") == {}
    part = one.replace("book", "chapter") + "On roads, container-title: The Zyxwin Road, language: en}"
    assert set(hints(part)) == {"TP426"}


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tajikpeace_refs", *args], capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_suggested_nouns_are_what_export_takes(tmp_path: Path):
    """``lint --suggest proper-nouns`` prints YAML; ``export --proper-nouns`` reads it."""
    source, nouns = tmp_path / "a.bib", tmp_path / "nouns.yaml"
    source.write_text("@book{a, title={The Zyxwin Road of Brown}, year=2001, language={english}}", encoding="utf-8")
    text = run("lint", str(source), "--suggest", "proper-nouns").stdout
    assert yaml.safe_load(text) == {"proper-nouns": ["Zyxwin"]}
    assert "  # - Brown\n" in text
    nouns.write_text(text.replace("# - Brown", "- Brown"), encoding="utf-8")
    done = run("export", str(source), "--to", "apa", "--proper-nouns", str(nouns))
    assert "The Zyxwin road of Brown" in done.stdout
    assert "The Zyxwin road of brown" in run("export", str(source), "--to", "apa").stdout
    assert "The Zyxwin Road of Brown" in run("export", str(source), "--to", "apa", "--case", "keep").stdout
    nouns.write_text("Brown", encoding="utf-8")
    done = run("export", str(source), "--to", "apa", "--proper-nouns", str(nouns))
    assert done.returncode == 2
    assert "expected a YAML list of words" in done.stderr


def test_list_language_survives_yaml():
    """The top-level key ``language`` is read, written and checked."""
    library = refs.parse("language: en\nreferences: []\n", "csl-yaml")
    assert library.front.language == "en"
    assert refs.render(library, "csl-yaml") == "language: en\nreferences: []\n"


def test_word_lists_are_small_and_load_when_a_title_is_lowered():
    """A few hundred kB with sources and licences beside them; reading and other formats do without."""
    assert (DATA / "english_words.txt.gz").stat().st_size < 450_000
    assert len(gzip.decompress((DATA / "english_words.txt.gz").read_bytes()).split(b"\n\n")) == 8
    licences = (DATA / "english_words.LICENSE.txt").read_text(encoding="utf-8")
    assert all(source in licences for source in ("SCOWL", "WordNet", "census", "Unicode"))
    code = (
        "import tajikpeace_refs as refs; from tajikpeace_refs.text import english; library = refs.load();"
        "refs.render(library, 'ris', on_loss='ignore'); refs.render(library, 'csl-json', on_loss='ignore');"
        "print(english.words.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


@pytest.mark.parametrize(
    ("names", "year", "first"),
    [
        (("{The Alpine Club}", "Bell, A."), 2000, "The Alpine Club"),
        (("{Theatre Guild}", "Thanos, A."), 2000, "Thanos"),
        (("{A Quieter Town}", "Pace, A."), 2000, "Pace"),
        (("{An Open Door}", "Oates, A."), 2000, "Oates"),
        (("{Anglers of Lyon}", "Anders, A."), 2000, "Anders"),
    ],
)
def test_group_is_sorted_by_the_word_after_its_article(names: tuple[str, str], year: int, first: str):
    """9.44: its first significant word."""
    works = [{"id": name[1:4], "type": "book", "title": "T", "author": [name], "issued": year} for name in names]
    text = refs.render(refs.parse(json.dumps(works), "csl-yaml"), "apa")
    assert text.startswith(first)


def test_date_in_words_is_sorted_by_its_year():
    """9.46: one author's works by year; the year stands in the words."""
    dates = ("1987a", "Michaelmas 1991", "2019")
    works = [
        {"id": f"w{n}", "type": "book", "title": f"T{n}", "author": ["Ash, A."], "issued": {"literal": date}}
        for n, date in reversed(list(enumerate(dates)))
    ]
    text = refs.render(refs.parse(json.dumps(works), "csl-yaml"), "apa")
    assert [text.index(f"T{n}") for n in range(3)] == sorted(text.index(f"T{n}") for n in range(3))


@pytest.mark.parametrize(
    ("family", "given", "right"),
    [
        ("HOLMES", "Ida", "Holmes, I."), ("HOLMES", "IDA", "Holmes, I."), ("O'HARA", "Lee-Ann", "O'Hara, L.-A."),
        ("MCBRIDE", "T.", "McBride, T."), ("LI", "Wei", "Li, W."), ("Holmes", "JW", "Holmes, J. W."),
        ("HOLMES", "JW", "Holmes, J. W."), ("Holmes", "Dr. Ida", "Holmes, I."), ("Holmes", "Prof. Dr. J. W.", "Holmes, J. W."),
        ("Holmes", "Drew", "Holmes, D."), ("Holmes", "D. R.", "Holmes, D. R."), ("NG", "A.", "NG, A."), ("ИВАНОВ", "Иван", "Ivanov, I."), ("TED", None, "TED."),
    ],
)  # fmt: skip
def test_name_is_printed_without_capitals_and_titles(family: str, given: str | None, right: str):
    """9.8: capitals of a family name are a typist's, titles are left out; initials and what may be some stay."""
    work = {
        "id": "a",
        "type": "book",
        "title": "T",
        "author": [{"family": family} | ({"given": given} if given else {})],
        "issued": 2000,
    }
    library = refs.parse(json.dumps([work]), "csl-json", on_problem=lambda _: None)
    assert refs.render(library, "apa").startswith(f"{right} (2000)")
