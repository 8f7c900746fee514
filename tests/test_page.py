"""The page: what it holds, what it escapes, what it embeds. tests/browser tries it in a real browser."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote

import html5lib
import pytest
from bs4 import BeautifulSoup, Tag
from typer.testing import CliRunner

import tajikpeace_refs as refs
from tajikpeace_refs import formats
from tajikpeace_refs.cli import app
from tajikpeace_refs.conversion import render_stream
from tajikpeace_refs.formats._page.chart import by_year
from tajikpeace_refs.formats._page.metadata import coins, schema_org
from tajikpeace_refs.model.work import TYPES, WORK
from tajikpeace_refs.options import FormatName, Script, WriteOptions
from tajikpeace_refs.text.rich import percent_encoded
from tests import page_sample

ORDER: tuple[Script, ...] = ("latin", "original")


def read(text: str) -> BeautifulSoup:
    """Return a page as a browser sees it; one that breaks the rules of HTML fails."""
    html5lib.HTMLParser(strict=True).parse(text)
    return BeautifulSoup(text, "html5lib")


def entry(page: BeautifulSoup, work_id: str) -> Tag:
    return one(page, f'li[id="ref-{quote(work_id, safe="")}"]')


def one(page: Tag, selector: str) -> Tag:
    (found,) = page.select(selector)
    return found


def texts(page: Tag, selector: str) -> list[str]:
    return [" ".join(found.get_text().split()) for found in page.select(selector)]


def references(page: Tag, script: str) -> list[str]:
    """Return the references as shown in a script, in the order of the page."""
    return [(found.select_one(f".{script}") or one(found, ".ref")).get_text() for found in page.select("#works > li")]


def embedded(page: BeautifulSoup) -> dict[FormatName, dict[str, Any]]:
    held: dict[FormatName, dict[str, Any]] = json.loads(str(one(page, "#texts").string))
    return held


def joined(parts: dict[str, Any]) -> str:
    return str(parts["header"] + parts["separator"].join(parts["records"]) + parts["footer"])


def things(page: BeautifulSoup) -> dict[str, Any]:
    held: dict[str, Any] = json.loads(str(one(page, 'script[type="application/ld+json"]').string))
    return held


@pytest.fixture(scope="module")
def sample() -> refs.Library:
    return page_sample.library(refs.load())


@pytest.fixture(scope="module")
def plain() -> BeautifulSoup:
    return read(refs.render(refs.load(), "html"))


@pytest.fixture(scope="module")
def checked(sample: refs.Library) -> BeautifulSoup:
    return read(refs.render(sample, "html", links=page_sample.report(sample)))


def test_page_is_one_file_that_fetches_nothing(corpus: refs.Library, checked: BeautifulSoup):
    """Nothing is fetched: no address but links that a reader may follow; a policy forbids the rest by hash."""
    assert len(refs.render(corpus, "html").encode("utf-8")) <= 200_000
    assert not checked.select("[src], [style], img, iframe, object, base")
    assert not [name for found in checked.find_all() for name in found.attrs if name.startswith("on")]
    assert [found["href"] for found in checked.select("link")] == ["data:,"]
    policy = str(one(checked, 'meta[http-equiv="Content-Security-Policy"]')["content"])
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for kind in ("style", "script"):
        text = str(one(checked, f"{kind}:not([type])").string)
        assert f"{kind}-src 'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode()}'" in policy
        assert "url(" not in text
        assert "@import" not in text


def test_equal_libraries_give_equal_pages(sample: refs.Library):
    """Byte for byte, with a report too."""
    links = page_sample.report(sample)
    assert refs.render(sample, "html", links=links) == refs.render(sample, "html", links=links)


@pytest.mark.parametrize("script", ORDER)
def test_list_equals_the_apa_list_in_both_scripts(sample: refs.Library, script: Any):
    """Each reference has the text of the APA list of each script; the page begins with the list asked for."""
    page = read(refs.render(sample, "html", script=script))
    expected = {shown: refs.render(sample, "apa", script=shown).rstrip("\n").split("\n\n") for shown in ORDER}
    assert references(page, script) == expected[script]
    for number, shown in enumerate(ORDER):
        places = [int(str(found["data-places"]).split()[number]) for found in page.select("#works > li")]
        assert [text for _, text in sorted(zip(places, references(page, shown), strict=True))] == expected[shown]
    assert [found["value"] for found in page.select("[name=script][checked]")] == [script]


def test_script_switch_is_absent_from_a_latin_list():
    """A list that is Latin throughout has nothing to switch."""
    page = read(refs.render([WORK.validate_python({"id": "a", "type": "book", "title": "Peace"})], "html"))
    assert not page.select("fieldset")
    assert len(page.select(".ref")) == 1


def test_every_text_has_its_language_tag(checked: BeautifulSoup):
    """Words in another language have their tag, romanised ones the script too, names in Cyrillic as well; letters decide the direction."""

    def spans(selector: str) -> list[tuple[str, str]]:
        return [(str(found["lang"]), found.get_text()) for found in checked.select(f"{selector} span[lang]")]

    assert one(checked, "html")["lang"] == "en"
    assert spans("#ref-qahhorova2003 .latin") == [("tg-Latn", "Rudi sulh"), ("tg-Latn", "Irfon")]
    assert spans("#ref-qahhorova2003 .original") == [("tg", "Қаҳҳорова, Ш."), ("tg", "Рӯди сулҳ"), ("tg", "Ирфон")]
    assert spans("#ref-ahmadi2004 .latin") == [("fa-Latn", "Solh dar Tajikestan")]
    assert spans("#ref-ahmadi2004 .original") == [("fa", "صلح در تاجیکستان")]
    assert one(checked, "span[lang=fa]")["dir"] == "auto"
    assert not checked.select("span[lang=ru][dir]")
    assert ("ru", "РАГС") in spans("#ref-ashurov2008 details")
    # In a work in English, Cyrillic words are of no known language.
    assert spans("#ref-sharafieva2013 details")[0][0] == "und-Cyrl"
    assert len(checked.select("blockquote[dir=auto]")) == len(checked.select("blockquote"))


def test_markup_in_the_data_stays_text(sample: refs.Library, checked: BeautifulSoup):
    """A title with <script> is text in the list, in the metadata and in the embedded formats; ids too."""
    assert [found.get("type") for found in checked.select("script")] == [
        "application/ld+json",
        "application/json",
        None,
    ]
    assert not checked.select("#works b")
    shown = entry(checked, "a&b <i>")
    assert f"Peace {page_sample.SCRIPT} & war" in one(shown, ".ref").get_text()
    assert f"Peace {page_sample.SCRIPT} & war" in [thing["name"] for thing in things(checked)["itemListElement"]]
    [work] = refs.parse(
        embedded(checked)["csl-yaml"]["records"][-len(page_sample.RECORDS)], "csl-yaml", on_problem=lambda _: None
    )
    assert work.title and page_sample.SCRIPT in work.title
    assert one(shown, ".key").get_text() == "a&b <i>"
    work = sample["a&b <i>"].model_copy(update={"doi": None})
    linked = read(refs.render([work], "html"))
    assert [found["href"] for found in linked.select(".ref a")] == [percent_encoded(work.url or "")]


def test_no_unsafe_address_is_a_link(checked: BeautifulSoup):
    """javascript: is shown, by the list and by the report, and is nowhere followed or passed on as an address."""
    hrefs = [str(found["href"]) for found in checked.select("a")]
    assert hrefs
    assert all(re.match(r"https?://|#ref-", href) for href in hrefs)
    shown = entry(checked, "bad-url")
    assert "javascript:alert(document.domain)" in one(shown, ".ref").get_text()
    assert "javascript:alert(1)" in one(shown, ".link").get_text()
    assert "javascript" not in str(one(shown, ".Z3988")["title"])
    assert "javascript" not in json.dumps(things(checked))
    work = WORK.validate_python({"id": "a", "type": "webpage", "title": "x", "URL": "JavaScript:alert(1)"})
    assert "href" not in refs.render([work], "apa", markup="html")


def test_embedded_formats_equal_the_exports(sample: refs.Library, checked: BeautifulSoup):
    """Joined, the parts are what export writes; the part of a work is what it gives for that work."""
    held = embedded(checked)
    assert set(held) == {"bibtex", "biblatex", "ris", "csl-json", "csl-yaml", "gost"}
    for name, parts in held.items():
        assert joined(parts) == refs.render(sample, name, on_loss="ignore")
    for number, work in enumerate(sample):
        assert entry(checked, work.id)["data-number"] == str(number)
        for name in ("bibtex", "ris"):
            assert held[name]["records"][number] == refs.render(sample.select([work.id]), name, on_loss="ignore")
        place = int(str(entry(checked, work.id)["data-gost"]))
        assert held["gost"]["records"][place] == refs.render(sample.select([work.id]), "gost", on_loss="ignore")
    assert {str(found["data-format"]) for found in checked.select("[data-file]")} == {*held, "apa"}


def test_ascii_option_reaches_the_bib_text(sample: refs.Library):
    """The option of the .bib texts is that of the page."""
    page = read("".join(render_stream(sample, formats.get("html"), WriteOptions(ascii=True, on_loss="ignore"))))
    assert joined(embedded(page)["bibtex"]) == refs.render(sample, "bibtex", ascii=True, on_loss="ignore")


def test_corrections_show_printed_and_corrected_forms(corpus: refs.Library, plain: BeautifulSoup):
    """Printed against corrected, with basis, certainty, reason and whether applied; stet and unapplied say so."""

    def rows(work_id: str) -> list[dict[str, str]]:
        changes = entry(plain, work_id).select("dl.change")
        return [dict(zip(texts(change, "dt"), texts(change, "dd"), strict=True)) for change in changes]

    assert rows("aron1981")[0] == {
        "In the printed text": "applied evident, certain", "Printed": "R.(1981)", "Corrected": "R. (1981)",
        "Reason": "missing space before the year; every other printed entry has one",
    }  # fmt: skip
    unapplied = rows("aron1981")[1]
    assert unapplied["In publisher-place"] == "not applied: kept as printed known, likely"
    assert (unapplied["Printed"], unapplied["Should be"]) == ("Florida", "Malabar, Florida")
    (stet,) = rows("burton1990")
    assert (stet["In title"], stet["Printed"]) == ("right as printed (stet) certain", "Provention")
    assert len(stet) == 3
    for work in corpus:
        assert [row["Printed"] for row in rows(work.id)] == [change.printed for change in work.corrections]
        assert texts(entry(plain, work.id), "blockquote") == [" ".join((work.printed or "").split())]
    summaries = texts(plain, "summary")
    assert "2 corrections, 1 applied (aron1981)" in summaries
    assert "5 corrections, none applied (fetherstone2002)" in summaries
    assert "looks wrong, is right as printed (burton1990)" in summaries
    assert corpus.source
    assert corpus.source.corrections[0].corrected in one(plain, "header").get_text()


def test_missing_fields_are_shown(plain: BeautifulSoup):
    """A place that the type asks for and the data do not have."""
    assert texts(entry(plain, "rakhmonov2006"), ".missing") == ["no publisher"]
    assert texts(entry(plain, "grayson2003"), ".missing") == ["no URL or DOI"]
    assert texts(entry(plain, "aron1981"), ".missing") == []
    nobody = read(refs.render([WORK.validate_python({"id": "a", "type": "book", "title": "x"})], "html"))
    assert texts(nobody, ".missing") == ["no author or editor or compiler", "no date", "no publisher"]


def test_link_report_shows_its_verdicts(sample: refs.Library, checked: BeautifulSoup, plain: BeautifulSoup):
    """Badge, reason, status, new address, fix, archived copy; counts; none of it without a report."""
    for work_id, (verdict, reason, _) in page_sample.VERDICTS.items():
        assert texts(entry(checked, work_id), ".badge") == [verdict]
        assert reason in one(entry(checked, work_id), ".link").get_text()
    dead = texts(entry(checked, "qahhorova2003"), ".link p")
    assert dead[0] == "dead not-found, status 404: no such page"
    assert dead[1].startswith("Archived copy of 2010-05-04: https://web.archive.org/")
    addresses = {str(found["href"]) for found in checked.select(".link a")}
    assert addresses == {"https://web.archive.org/web/2010/http://example.org/rud", "http://example.org/weg",
                         "https://example.org/here", "https://jamestown.org/program/x/"}  # fmt: skip
    assert one(checked, "#links-text").get_text() == (
        "dead: 1; soft-404: 1; malformed: 2; missing: 1; uncertain: 1; moved: 1; redirected: 1; alive: 2"
    )
    assert one(checked, "time").get_text() == "2026-11-24"
    assert not plain.select(".link, #links-text, time")
    changed = "the address of the work has changed since"
    assert changed not in checked.get_text()
    stale = page_sample.report(sample)
    stale["links"][0]["url"] = "http://elsewhere.example/"
    assert changed in refs.render(sample, "html", links=stale)


@pytest.mark.parametrize(
    "wrong", [{}, [], {"schema": 2, "links": []}, {"schema": 1}, {"schema": 1, "links": [{"id": "a"}]}, "x"]
)
def test_data_that_are_no_link_report_are_refused(corpus: refs.Library, wrong: Any):
    """One message, with what to do."""
    with pytest.raises(refs.UsageError, match=r"the link report is not of schema 1; write one with: .*--json FILE"):
        refs.render(corpus, "html", links=wrong)


VERIFIED: dict[str, Any] = {
    "schema": 1,
    "checked_at": "2026-11-26T12:00:00+00:00",
    "works": [{
        "id": "winter2012", "verdict": "differs", "reason": "issued", "registry": "crossref", "record": "10.1/x<i>",
        "fields": [
            {"name": "issued", "result": "differs", "ours": "2012", "theirs": "2013", "how": ""},
            {"name": "title", "result": "same", "ours": "A", "theirs": "A", "how": ""},
        ],
        "detail": "Crossref has: <b>",
    }],
}  # fmt: skip


def test_page_shows_what_registries_say_with_each_difference(corpus: refs.Library):
    shown = read(refs.render(corpus, "html", verified=VERIFIED))
    badges = shown.select("#ref-winter2012 .badge")
    assert [badge.get_text() for badge in badges] == ["differs"]
    words = one(shown, "#ref-winter2012 .link").get_text()
    rows = [row.get_text(" ") for row in shown.select("#ref-winter2012 .link .change div")]
    assert rows == ["issued here 2012", "at crossref 2013"]
    assert "title" not in words
    assert "Crossref has: <b>" in words
    assert "Registries asked on 2026-11-26" in one(shown, ".lead").get_text()


@pytest.mark.parametrize(
    "wrong", [{}, [], {"schema": 1, "works": [{"id": "a"}]}, {"schema": 1, "links": []}, {**VERIFIED, "schema": 2}]
)
def test_data_that_are_no_verify_report_are_refused(corpus: refs.Library, wrong: Any):
    with pytest.raises(refs.UsageError, match=r"the verify report is not of schema 1; write one with: .*--json FILE"):
        refs.render(corpus, "html", verified=wrong)


def test_verify_report_of_another_list_is_refused(corpus: refs.Library):
    other = {**VERIFIED, "works": [{**VERIFIED["works"][0], "id": "other"}]}
    with pytest.raises(refs.UsageError, match="of another list"):
        refs.render(corpus, "html", verified=other)


def test_command_line_writes_the_page(tmp_path: Path, corpus: refs.Library):
    """By suffix, by name, with a report; a wrong report gives one message and no file."""
    run = CliRunner().invoke
    target, report = tmp_path / "page.html", tmp_path / "report.json"
    report.write_text(json.dumps(page_sample.report(corpus)), encoding="utf-8")
    assert run(app, ["export", "-o", str(target)]).exit_code == 0
    assert target.read_text(encoding="utf-8") == refs.render(corpus, "html")
    assert run(app, ["export", "--to", "html", "--links", str(report), "-o", str(target)]).exit_code == 0
    assert target.read_text(encoding="utf-8") == refs.render(corpus, "html", links=page_sample.report(corpus))
    target.unlink()
    report.write_text('{"schema": 1,\n x}', encoding="utf-8")
    failed = run(app, ["export", "--links", str(report), "-o", str(target)])
    assert str(failed.exception) == f"{report}:2:2: not JSON; --links needs a report that check-links --json FILE wrote"
    report.write_text("[]", encoding="utf-8")
    assert isinstance(run(app, ["export", "--links", str(report), "-o", str(target)]).exception, refs.UsageError)
    assert not target.exists()
    other = run(app, ["export", "--links", str(report), "--to", "ris"])
    assert str(other.exception) == "--links needs --to html, not ris"


def test_personal_communication_is_reported_as_a_loss(corpus: refs.Library):
    """It is not in an APA list; the formats to take away still hold it."""
    letter = WORK.validate_python({"id": "letter", "type": "personal_communication", "title": "x"})
    losses: list[refs.Loss] = []
    page = read(refs.render([*corpus, letter], "html", on_loss=losses.append))
    assert [str(loss) for loss in losses] == [
        "letter: type: not kept in html: a personal communication is cited in the text only (APA 8.9)"
    ]
    assert not page.select("#ref-letter")
    assert "ID  - letter" in embedded(page)["ris"]["records"][-1]


def test_chart_counts_every_work_once(sample: refs.Library):
    """By year and type, also without a year; the same numbers as a table; years share a column on long lists."""
    chart = by_year(sample.works)
    assert sum(box.works for column in chart.columns for box in column.boxes) == len(sample)
    assert (chart.columns[0].label, chart.columns[-1].label) == ("1971", "n.d.")
    assert min(box.y for column in chart.columns for box in column.boxes) == pytest.approx(0)
    page = read(refs.render(sample, "html"))
    assert sum(map(int, texts(page, "td"))) == len(sample)
    works = [
        WORK.validate_python({"id": year, "type": "book", "title": "x", "issued": year})
        for year in ("1001", "1480", "2020")
    ]
    assert [column.label for column in by_year(works).columns if column.total] == [
        "1000–1049",
        "1450–1499",
        "2000–2049",
    ]
    assert by_year([]).columns == []


def test_page_has_the_title_that_is_given(tmp_path: Path, corpus: refs.Library):
    """Heading, title of the window and of the list for search engines; its letters have their language."""
    path = tmp_path / "page.html"
    assert CliRunner().invoke(app, ["export", "-o", str(path), "--title", "Peace & <i>сулҳ</i>"]).exit_code == 0
    page = read(path.read_text(encoding="utf-8"))
    assert str(one(page, "h1")) == '<h1>Peace &amp; &lt;i&gt;<span lang="und-Cyrl">сулҳ</span>&lt;/i&gt;</h1>'
    assert one(page, "head > title").string == things(page)["name"] == "Peace & <i>сулҳ</i>"
    assert texts(read(refs.render(corpus, "html")), "h1") == ["References"]
    assert texts(read(refs.render(corpus, "html", title="Readings")), "h1") == ["Readings"]


def test_title_of_another_format_is_refused():
    result = CliRunner().invoke(app, ["export", "--to", "bibtex", "--title", "Readings"])
    assert str(result.exception) == "--title needs --to html, not bibtex"


def test_empty_library_gives_a_page_of_no_works():
    """Nothing to show, and no fault."""
    assert texts(read(refs.render([], "html")), ".lead") == ["0 works."]


@pytest.mark.parametrize("csl_type", TYPES)
def test_coins_keep_the_values_of_every_type(csl_type: str):
    """Type, title, authors, year, identifiers: as a reader of Z39.88 takes them, for every type."""
    work = WORK.validate_python({
        "id": "a", "type": csl_type, "title": 'A & B: 1+1=2 <i>ҳ</i> <span class="nocase">x</span>', "issued": "2008-06~",
        "author": [{"family": "Ғафуров", "given": "Б.", "non-dropping-particle": "de"}, {"literal": "WHO, Dushanbe"},
                   {"family": "O'Neil", "given": "A."}, {"literal": "others"}],
        "container-title": "Мир", "DOI": "https://doi.org/10.5555/a&b", "URL": "http://example.org/?a=1&b=2",
        "volume": "3", "issue": "4", "page": "5-6", "ISBN": "1-878379-73-9", "language": "tg",
    })  # fmt: skip
    keys = parse_qs(coins(work).replace("+", "%2B"), strict_parsing=True)
    assert keys["ctx_ver"] == ["Z39.88-2004"]
    kind = keys["rft_val_fmt"][0].rpartition(":")[2]
    title_key = {"book": "rft.btitle", "journal": "rft.atitle"}.get(kind, "rft.title")
    if keys.get("rft.genre") in (["bookitem"], ["proceeding"]):
        title_key = "rft.atitle"
        assert keys["rft.btitle"] == ["Мир"]
    assert keys[title_key] == ["A & B: 1+1=2 ҳ x"]
    assert keys["rft.date"] == ["2008-06"]
    last, first, other = ("invlast", "invfirst", "inventor") if csl_type == "patent" else ("aulast", "aufirst", "au")
    assert (keys[f"rft.{last}"], keys[f"rft.{first}"]) == (["de Ғафуров"], ["Б."])
    assert (keys["rft.aucorp"], keys[f"rft.{other}"]) == (["WHO, Dushanbe"], ["O'Neil, A."])
    assert keys["rft_id"] == ["info:doi/10.5555/a&b", "http://example.org/?a=1&b=2"]
    assert "+" not in coins(work)


def test_coins_have_format_and_genre(corpus: refs.Library):
    """The formats and genres that Zotero's reader knows; no editor passes for an author."""

    def of(record: dict[str, Any]) -> dict[str, list[str]]:
        return parse_qs(coins(WORK.validate_python({"id": "a", "title": "x", **record})))

    assert of({"type": "book"})["rft.genre"] == ["book"]
    assert of({"type": "chapter", "container-title": "y"})["rft.genre"] == ["bookitem"]
    assert of({"type": "paper-conference"})["rft.genre"] == ["proceeding"]
    assert of({"type": "report"})["rft.genre"] == ["report"]
    assert of({"type": "webpage"})["rft.type"] == ["webpage"]
    assert of({"type": "thesis", "publisher": "TNU", "genre": "PhD"})["rft.inst"] == ["TNU"]
    assert "rft.au" not in of({"type": "book", "editor": [{"family": "X", "given": "Y."}]})
    assert "rft.date" not in of({"type": "book", "issued": "in press"})
    assert "rft.date" not in of({"type": "book", "issued": "199X"})
    assert of({"type": "book", "author": [{"family": "Aron"}]}).keys() >= {"rft.aulast"}
    for work in corpus:
        assert parse_qs(coins(work)).get("rft.date", []) == ([str(work.issued.year)] if work.issued else [])


def test_schema_org_states_only_what_the_data_hold(sample: refs.Library, checked: BeautifulSoup):
    """One thing a work in the order of the list, of the type of its kind, with nothing that the data do not hold."""
    whole = things(checked)
    assert (whole["@context"], whole["@type"], whole["numberOfItems"]) == (
        "https://schema.org",
        "ItemList",
        len(sample),
    )
    anchors = [str(found["id"]) for found in checked.select("#works > li")]
    assert [thing["@id"] for thing in whole["itemListElement"]] == [f"#{anchor}" for anchor in anchors]
    found = {thing.pop("@id").removeprefix("#ref-"): thing for thing in whole["itemListElement"]}
    assert found["usmonov2006"] == {
        "@type": "Book",
        "name": "Миростроительство в Таджикистане",
        "alternateName": ["Mirostroitelstvo v Tadzhikistane", "Peacebuilding in Tajikistan"],
        "author": {"@type": "Person", "name": "I. Usmonov", "givenName": "I.", "familyName": "Usmonov"},
        "datePublished": "2006",
        "inLanguage": "ru",
        "publisher": {"@type": "Organization", "name": "Devashtich", "location": "Dushanbe"},
    }
    periodical = {"@type": "Periodical", "name": "New Political Science"}
    volume = {"@type": "PublicationVolume", "volumeNumber": "34", "isPartOf": periodical}
    assert found["winter2012"]["isPartOf"] == {"@type": "PublicationIssue", "issueNumber": "2", "isPartOf": volume}
    editor = {"@type": "Person", "name": "А. Юсуфов", "givenName": "А.", "familyName": "Юсуфов"}
    assert found["zoirov2001a"]["isPartOf"] == {"@type": "Book", "name": "Мир", "editor": editor}
    assert "editor" not in found["zoirov2001a"]
    kinds = {"winter2012": "ScholarlyArticle", "zoirov2001a": "Chapter", "zoirov2001b": "Thesis",
             "weber1992": "Report", "grayson2003": "WebPage", "old": "Manuscript"}  # fmt: skip
    assert {name: found[name]["@type"] for name in kinds} == kinds
    assert (found["weber1992"]["reportNumber"], found["weber1992"]["datePublished"]) == ("7", "1992")
    assert "sameAs" not in found["weber1992"]  # Thttp:// is not an address
    assert found["old"].keys() == {"@type", "name", "sameAs"}  # 199X is not a date


@pytest.mark.parametrize("csl_type", TYPES)
def test_schema_org_has_a_type_for_every_csl_type(csl_type: str):
    """A thing always has a type and a name, and no empty place."""
    thing = schema_org(
        WORK.validate_python({"id": "a", "type": csl_type, "title": "x", "author": [{"literal": "others"}]})
    )
    assert thing.pop("@type")
    assert thing == {"name": "x"}


def test_templates_are_in_the_package():
    """The wheel takes what lies in the package's folder."""
    folder = Path(refs.__file__).parent / "formats" / "_page"
    assert {"page.html.j2", "script.js", "style.css"} <= {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("checked_at", [None, 5])
def test_damaged_link_report_is_refused(corpus: refs.Library, checked_at: object):
    with pytest.raises(refs.UsageError, match="not of schema 1"):
        refs.render(corpus, "html", links={"schema": 1, "checked_at": checked_at, "links": []})


def test_link_report_of_another_list_is_refused(corpus: refs.Library):
    report = {"schema": 1, "links": [{"id": "other", "url": None, "verdict": "missing", "reason": "no-url"}]}
    with pytest.raises(refs.UsageError, match="of another list"):
        refs.render(corpus, "html", links=report)


RIGHT_TO_LEFT = [
    {"id": "two", "type": "book", "language": "fa", "title": "رود صلح", "issued": "1999", "publisher": "نشر رود",
     "author": [{"family": "سعیدی", "given": "مریم"}, {"family": "نادری", "given": "حسن"}]},
    {"id": "chapter", "type": "chapter", "language": "he", "title": "הדרך", "container-title": "ספר הדרכים",
     "editor": [{"family": "לוי", "given": "דנה"}], "issued": "2003", "page": "3-9", "publisher": "מכון"},
    {"id": "site", "type": "webpage", "language": "ar", "title": "خبر", "container-title": "موقع السلام",
     "author": [{"literal": "معهد السلام"}], "issued": "2015", "URL": "https://example.org/"},
    {"id": "no-language", "type": "book", "title": "راه", "author": [{"family": "سعیدی", "given": "م"}]},
    {"id": "guest", "type": "book", "language": "tg", "title": "Роҳ", "issued": "2005", "publisher": "Ирфон",
     "author": [{"family": "Ҷалилов", "given": "А."}, {"family": "سعیدی", "given": "م"}]},
    {"id": "words", "type": "book", "language": "en", "title": "Peace (صلح) and war", "publisher": "Nay",
     "remarks": ["See سعیدی 1999, p. 3"]},
]  # fmt: skip


def test_names_publishers_and_containers_keep_their_direction():
    """Each stands in an element of its own with its language and direction, so that no year or comma beside it moves."""
    page = read(
        refs.render(refs.parse(json.dumps({"references": RIGHT_TO_LEFT}), "csl-yaml"), "html", script="original")
    )

    def marked(work_id: str) -> list[tuple[str, str | None, str]]:
        spans = entry(page, work_id).select(".ref")[-1].select("span[lang]")
        return [(str(span["lang"]), span.get("dir"), span.get_text()) for span in spans]  # type: ignore[misc]

    assert marked("two") == [("fa", "auto", text) for text in ("سعیدی, مریم", "نادری, حسن", "رود صلح", "نشر رود")]
    assert marked("chapter") == [("he", "auto", text) for text in ("הדרך", "דנה לוי", "ספר הדרכים", "מכון")]
    assert marked("site") == [("ar", "auto", text) for text in ("معهد السلام", "خبر", "موقع السلام")]
    assert marked("no-language") == [("und-Arab", "auto", text) for text in ("سعیدی, م", "راه")]
    assert marked("guest") == [
        ("tg", None, "Ҷалилов, А."), ("und-Arab", "auto", "سعیدی, م"), ("tg", None, "Роҳ"), ("tg", None, "Ирфон"),
    ]  # fmt: skip
    assert marked("words") == [("und-Arab", "rtl", "صلح")]
    assert [span.get_text() for span in entry(page, "words").select("details li span[dir=rtl]")] == ["سعیدی"]


def test_names_in_latin_letters_have_no_language():
    """The language of a person or a publisher is not that of the book; a romanised publisher is marked as romanised."""
    given = [{"id": "a", "type": "book", "language": "de", "title": "Weg", "publisher": "Beck",
              "author": [{"family": "Weber", "given": "A."}]},
             {"id": "b", "type": "book", "language": "ru", "title": "Путь", "publisher": "Наука"}]  # fmt: skip
    page = read(refs.render(refs.parse(json.dumps({"references": given}), "csl-yaml"), "html"))
    shown = {str(span["lang"]): span.get_text() for span in entry(page, "a").select(".ref span[lang]")}
    assert shown == {"de": "Weg"}
    romanised = [(str(span["lang"]), span.get_text()) for span in entry(page, "b").select(".ref.latin span[lang]")]
    assert romanised == [("ru-Latn", "Put"), ("ru-Latn", "Nauka")]
