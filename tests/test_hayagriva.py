"""Hayagriva, the YAML of Typst (typst/hayagriva: docs/file-format.md, src/csl/taxonomy.rs)."""

from __future__ import annotations

import json
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

import tajikpeace_refs as refs
from tajikpeace_refs import formats
from tajikpeace_refs.model.work import EDITORIAL
from tajikpeace_refs.yaml_text import YamlText
from tests import strategies


def read(text: str) -> tuple[dict[str, Any], list[str]]:
    """Return the CSL item of the only entry of a text, and what was said of it."""
    problems: list[refs.Problem] = []
    (work,) = refs.parse(text, "hayagriva", on_problem=problems.append)
    return work.to_csl(), [str(problem).removeprefix("<string>:") for problem in problems]


def written(work: refs.Work) -> tuple[dict[str, Any], list[str]]:
    """Return the entry that is written for a work, all of it as text, and the losses."""
    losses: list[refs.Loss] = []
    text = refs.render([work], "hayagriva", on_loss=losses.append)
    return YamlText(text).data[work.id], [str(loss) for loss in losses]


def kept(item: dict[str, Any]) -> dict[str, Any]:
    return {field: json.loads(value) for field, value in item["custom"]["extra"]["hayagriva"].items()}


ARTICLE = """\
lind2020:
    type: Article
    title: {value: "Wells of the {North}", short: Wells}
    author: ["Lind, Bo", "van der Berg, Åsa", {name: "Well Board, Oslo"}]
    date: ~2020-05
    page-range: 3-9
    url: {value: https://example.org/w, date: 2021-01-02}
    serial-number: {doi: 10.1000/182, pmid: 12345}
    parent:
        title: Water
        volume: 5
        issue: 2
        serial-number: {issn: 2049-3630}
        publisher: {name: Spring Press, location: Oslo}
"""


def test_article_stands_in_the_periodical_that_is_its_default_parent():
    item, problems = read(ARTICLE)
    assert problems == []
    assert item == {
        "id": "lind2020", "type": "article-journal", "title": 'Wells of the <span class="nocase">North</span>',
        "title-short": "Wells", "author": [{"family": "Lind", "given": "Bo"},
        {"family": "Berg", "given": "Åsa", "non-dropping-particle": "van der"}, {"literal": "Well Board, Oslo"}],
        "issued": {"date-parts": [[2020, 5]], "circa": True}, "accessed": {"date-parts": [[2021, 1, 2]]}, "page": "3-9",
        "URL": "https://example.org/w", "DOI": "10.1000/182", "PMID": "12345", "container-title": "Water", "volume": "5",
        "issue": "2", "ISSN": "2049-3630", "publisher": "Spring Press", "publisher-place": "Oslo",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "parent", "csl"),
    [
        ("article", "newspaper", "article-newspaper"), ("article", "proceedings", "paper-conference"),
        ("article", "blog", "post-weblog"), ("Article", "Repository", "article"), ("chapter", "", "chapter"),
        ("anthos", "", "chapter"), ("entry", "", "entry-encyclopedia"), ("web", "", "webpage"),
        ("case", None, "legal_case"), ("video", None, "motion_picture"), ("video", "", "broadcast"),
        ("thesis", None, "thesis"), ("Book", "anthology", "book"), ("misc", None, "document"), ("wiki", None, "document"),
    ],
)  # fmt: skip
def test_type_follows_from_the_entry_and_its_parent(entry: str, parent: str | None, csl: str):
    """An empty parent has the default type (file format, "Entry Type"); what is unknown there is misc."""
    above = "" if parent is None else f", parent: {{{f'type: {parent}, ' if parent else ''}title: T}}"
    assert read(f"a: {{type: {entry}, title: x{above}}}\n")[0]["type"] == csl


def test_chapter_has_book_series_event_and_original():
    item, _ = read("""\
a:
    type: anthos
    title: Tides
    parent:
      - type: anthology
        title: Seas
        editor: Lind, Bo
        date: 1956-04
        parent: {type: anthology, title: Studies, volume: 7}
      - {type: conference, title: Sea Days, location: Oslo, date: 1955}
      - {type: original, title: Gezeiten, author: "Berg, Ada", publisher: Mare, location: Kiel}
""")
    assert {key: value for key, value in item.items() if key not in {"id", "type", "title", "author"}} == {
        "container-title": "Seas", "editor": [{"family": "Lind", "given": "Bo"}], "issued": {"date-parts": [[1956, 4]]},
        "collection-title": "Studies", "collection-number": "7", "event-title": "Sea Days", "event-place": "Oslo",
        "event-date": {"date-parts": [[1955]]}, "original-title": "Gezeiten", "original-publisher": "Mare",
        "original-author": [{"family": "Berg", "given": "Ada"}], "original-publisher-place": "Kiel",
    }  # fmt: skip


def test_what_csl_has_not_is_kept_and_written_again():
    """A role, an alias, math, the range of a scene, a key that nobody knows."""
    text = """\
a:
  type: video
  title: On $x^2$
  author: {name: Lind, given-name: Bo, alias: lbo}
  affiliated:
  - {role: director, names: "Berg, Ada"}
  - {role: cinematography, names: ["Ek, A.", "Ek, B."]}
  runtime: "137:00"
  time-range: "17:05-17:48"
  mood: calm
"""
    item, problems = read(text)
    assert problems == []
    assert (item["title"], item["author"], item["director"], item["dimensions"]) == (
        "On $x^2$", [{"family": "Lind", "given": "Bo"}], [{"family": "Berg", "given": "Ada"}], "137:00")  # fmt: skip
    assert kept(item).keys() == {"title", "author", "affiliated", "time-range", "mood"}
    entry, losses = written(refs.Work.from_csl(item))
    assert losses == []
    assert entry == YamlText(text).data["a"]


def test_kept_field_is_not_written_over_a_change():
    work = refs.parse("a: {type: web, title: x, author: {name: Lind, given-name: Bo, alias: lbo}}\n", "hayagriva")["a"]
    entry, losses = written(work.replace(author=[refs.Name(family="Berg", given="Ada")]))
    assert entry["author"] == "Berg, Ada"
    assert losses == [
        "a: extra: not kept in hayagriva: the field 'author' as it was read does not fit the work, which was changed"
    ]


def test_value_that_typst_would_refuse_is_reported_and_kept_for_us():
    work = refs.Book(
        id="a",
        title="x",
        issued="in press",
        number_of_pages="xii, 295",
        url="no address",
        language="Tajik",
        edition="3rd, rev.",
    )
    entry, losses = written(work)
    assert entry == {
        "type": "book", "title": "x", "edition": "3rd, rev.",
        "csl": {"issued": {"literal": "in press"}, "number-of-pages": "xii, 295", "URL": "no address", "language": "Tajik"},
    }  # fmt: skip
    assert losses == [
        f"a: {variable}: not kept in hayagriva: Typst has no field for it"
        for variable in ("issued", "number-of-pages", "URL", "language")
    ]


def test_date_range_is_written_by_its_beginning():
    entry, losses = written(refs.Book(id="a", title="x", issued="2001/2005"))
    assert (entry["date"], entry["csl"]) == ("2001", {"issued": "2001/2005"})
    assert losses == ["a: issued: not kept in hayagriva: Typst reads '2001'"]


def test_csl_does_not_count_against_fields_that_were_changed():
    """Who changes the date of an entry means it, though ``csl`` holds the range that it was made from."""
    text = refs.render([refs.Book(id="a", title="x", issued="2001/2005", medium="map")], "hayagriva", on_loss="ignore")
    assert read(text)[0]["issued"] == {"date-parts": [[2001], [2005]]}
    item, problems = read(text.replace("date: '2001'", "date: '2002'"))
    assert (item["issued"], item["medium"]) == ({"date-parts": [[2002]]}, "map")
    assert problems == [
        "1:1: warning: a: issued: the fields were changed after 'csl' was written, so its value is not used"
    ]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (refs.Name(family="Lind", given="Bo"), "Lind, Bo"), (refs.Name(literal="UNICEF"), "UNICEF"),
        (refs.Name(literal="Ministry of Culture, Oslo"), {"name": "Ministry of Culture, Oslo"}),
        (refs.Name(family="Berg", given="Jan", non_dropping_particle="van der"), {"name": "van der Berg", "given-name": "Jan"}),
        (refs.Name(family="Aa", given="Bo", dropping_particle="von"), {"name": "Aa", "given-name": "Bo", "prefix": "von"}),
        (refs.Name(family="King", given="M.", suffix="Jr."), {"name": "King", "given-name": "M.", "suffix": "Jr."}),
    ],
)  # fmt: skip
def test_name_is_one_text_only_where_all_read_it_alike(ours: refs.Name, theirs: Any):
    """Its own reader takes a lower-case prefix for a dropping one, and for a suffix what its manual calls a given name."""
    entry, losses = written(refs.Book(id="a", title="x", author=[ours]))
    assert (entry["author"], losses) == (theirs, [])


def test_control_characters_of_a_text_are_escaped():
    entry, losses = written(refs.Book(id="a", title=r"Set {a} for $5 at C:\x", publisher="{B}"))
    assert (entry["title"], entry["publisher"], losses) == (r"Set \{a\} for \$5 at C:\\x", r"\{B\}", [])


def test_yaml_file_of_that_shape_is_read_by_its_suffix(tmp_path: Path):
    """Both formats have the suffix; the shape tells them apart."""
    path = tmp_path / "refs.yml"
    path.write_text(f"# Typst\n\n{ARTICLE}", encoding="utf-8")
    with pytest.warns(refs.InputWarning, match="is read as Hayagriva, the format of Typst"):
        library = refs.load(path)
    assert library["lind2020"].container_title == "Water"
    assert refs.parse(ARTICLE) == refs.parse(ARTICLE, "hayagriva")
    refs.export(library, tmp_path / "out.yml", "hayagriva")
    assert refs.load(tmp_path / "out.yml", "hayagriva") == library


def test_file_of_that_shape_is_not_changed_in_place(tmp_path: Path):
    """What is written there is CSL-YAML: the file stays as it is."""
    path = tmp_path / "refs.yml"
    path.write_text(ARTICLE, encoding="utf-8")
    with (
        pytest.raises(refs.UsageError, match="Hayagriva files cannot be changed in their place"),
        refs.edit(path) as file,
    ):
        file["lind2020"].set(title="x")
    with pytest.raises(refs.UsageError, match="Hayagriva files cannot be changed in their place"):
        refs.export([refs.Book(id="lind2020", title="x")], path)
    assert path.read_text(encoding="utf-8") == ARTICLE
    assert refs.fix(ARTICLE, refs.lint_text(ARTICLE, "csl-yaml")) == ARTICLE


@pytest.mark.parametrize("start", ["a:\n", "", "---\n"])
@pytest.mark.parametrize("line", ["\n", " \n", "#\n", "\t \n", " x:\n"])
def test_format_of_a_long_text_is_recognised_at_once(start: str, line: str):
    """No two ways to match one line: 60,000 characters in well under a second, not in hours."""
    begin = process_time()
    assert formats.recognise(start + line * (60_000 // len(line))) is None
    assert process_time() - begin < 2


def test_entry_that_is_none_is_refused_at_its_place():
    with pytest.raises(refs.InputError, match="2:1: error: b: expected an entry with its fields, got 'none'"):
        refs.parse("a: {type: book, title: x}\nb: none\n", "hayagriva")
    with pytest.raises(refs.InputError, match="1:1: error: looks like CSL-YAML"):
        refs.load(Path("data/references.yaml"), "hayagriva")


@given(strategies.works())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_work_comes_back(work: refs.Work):
    """Nothing is lost for us, whatever Typst gets of it."""
    text = refs.render([work], "hayagriva", on_loss="ignore")
    (back,) = refs.parse(text, "hayagriva", on_problem=lambda _: None)
    expected = {name: value for name, value in work.variables().items() if name not in EDITORIAL}
    assert back.variables() == expected


@pytest.mark.peers
@given(strategies.libraries)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_typst_takes_any_list(tmp_path_factory: pytest.TempPathFactory, works: list[refs.Work]):
    """Typst refuses a file for one value of the wrong kind: it is the judge, with a list of all works."""
    typst = pytest.importorskip("typst")
    folder = tmp_path_factory.mktemp("typst")
    (folder / "refs.yml").write_text(refs.render(works, "hayagriva", on_loss="ignore"), encoding="utf-8")
    (folder / "main.typ").write_text('#bibliography("refs.yml", style: "apa", full: true)\n', encoding="utf-8")
    typst.compile(str(folder / "main.typ"), format="pdf")


@pytest.mark.peers
def test_typst_prints_what_the_fields_say(tmp_path: Path):
    typst = pytest.importorskip("typst")
    (tmp_path / "refs.yml").write_text(refs.render(refs.parse(ARTICLE), "hayagriva"), encoding="utf-8")
    (tmp_path / "main.typ").write_text('#bibliography("refs.yml", style: "apa", full: true)\n', encoding="utf-8")
    page = typst.compile(str(tmp_path / "main.typ"), format="html").decode()
    for words in ("Lind, B., van der Berg, Å., &amp; Well Board, Oslo", "Wells of the North", "Water", "3–9"):
        assert words in page
