"""The page in a real browser: the machine's own Chromium, driven by Playwright. Skips where there is none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from scripts.browser import CHROMIUM, chromium

import tajikpeace_refs as refs
from tajikpeace_refs.options import FormatName
from tests import page_sample

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: run scripts/install_browser.sh"),
]


@pytest.fixture(scope="module")
def sample() -> refs.Library:
    return page_sample.library(refs.load())


@pytest.fixture(scope="module")
def file(sample: refs.Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.html"
    refs.export(sample, path, links=page_sample.report(sample))
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as started:
        yield started


@pytest.fixture
def open_page(browser: Any, file: Path) -> Iterator[Any]:
    """Return what opens the page in a new context; at the end nothing was complained of, and nothing asked for."""
    said: list[str] = []
    asked: list[str] = []
    contexts = []

    def opened(path: Path = file, **settings: Any) -> Any:
        context = browser.new_context(
            **{"viewport": {"width": 1000, "height": 900}, "accept_downloads": True} | settings
        )
        contexts.append(context)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "blob:", "data:"))] == []


def shown(page: Any) -> list[str]:
    """Return the ids of the works in view, in the order of the page."""
    found: list[str] = page.eval_on_selector_all(
        "#works > li:not([hidden])", "found => found.map(entry => entry.querySelector('.key').textContent)"
    )
    return found


def listed(page: Any) -> list[str]:
    found: list[str] = page.eval_on_selector_all(
        "#works > li .ref", "found => found.filter(ref => ref.checkVisibility()).map(ref => ref.textContent)"
    )
    return found


def apa(works: refs.Library, script: Any = "latin") -> list[str]:
    return refs.render(works, "apa", script=script).rstrip("\n").split("\n\n")


def test_the_filter_is_instant(open_page: Any, sample: refs.Library):
    """Words of any field and script, accents aside; type, language, years, verdict; together; announced to all."""
    page = open_page()
    assert len(shown(page)) == len(sample)
    assert page.text_content("#status") == "26 works"
    for words, ids in (
        ("lederach", ["lederach1997"]),
        ("МИРОСТРОИТЕЛЬСТВО", ["usmonov2006"]),
        ("руди", ["qahhorova2003"]),  # ӯ is у with a mark
        ("қаҳҳорова 2003", ["qahhorova2003"]),
        ("Sustinable", ["lederach1997"]),  # as printed
        ("nothing of this", []),
    ):
        page.fill("#words", words)
        assert shown(page) == ids, words
    assert page.text_content("#status") == "Nothing found:"
    page.fill("#words", "")
    page.select_option("#type", "webpage")
    assert set(shown(page)) == {work.id for work in sample if work.type == "webpage"}
    page.select_option("#type", "")
    page.select_option("#language", label="Tajik")
    assert shown(page) == ["qahhorova2003"]
    page.select_option("#language", "")
    page.fill("#from", "2003")
    page.fill("#to", "2004")
    assert set(shown(page)) == {"ahmadi2004", "grayson2003", "qahhorova2003", "shoazimov2003"}
    page.select_option("#language", "ru")
    assert shown(page) == ["shoazimov2003"]
    for box in ("#from", "#to"):
        page.fill(box, "")
    page.select_option("#language", "")
    page.select_option("#verdict", "malformed")
    assert set(shown(page)) == {"bad-url", "weber1992"}


def test_the_list_is_sorted(open_page: Any, sample: refs.Library):
    """By author as APA does, by year both ways with undated works last, by type, by language."""
    page = open_page()
    assert listed(page) == apa(sample)

    def sorted_by(value: str, what: str) -> list[Any]:
        page.select_option("#sort", value)
        return [page.get_attribute(f"[id='{found}']", what) for found in page.eval_on_selector_all(
            "#works > li", "found => found.map(entry => entry.id)")]  # fmt: skip

    newest = sorted_by("newest", "data-year")
    years = [int(year) for year in newest if year is not None]
    assert years == sorted(years, reverse=True)
    assert None not in newest[: len(years)]
    oldest = [year for year in sorted_by("oldest", "data-year") if year]
    assert [int(year) for year in oldest] == sorted(years)
    types = sorted_by("type", "data-type")
    assert len([1 for one, two in pairwise(types) if one != two]) == len(set(types)) - 1
    languages = sorted_by("language", "data-language")
    assert languages[-1] == ""
    assert len([1 for one, two in pairwise(languages) if one != two]) == len(set(languages)) - 1
    page.select_option("#sort", "author")
    assert listed(page) == apa(sample)


def test_the_script_is_switched(open_page: Any, sample: refs.Library):
    """Text and order become those of the list in the original script, Tajik letters in their places; and back."""
    page = open_page()
    page.check("#script-original")
    assert listed(page) == apa(sample, "original")
    page.check("[name=script][value='latin']")
    assert listed(page) == apa(sample)


def copied(page: Any, name: str, work_id: str) -> str:
    """Press a copy button; return what the clipboard then holds."""
    button = page.get_by_role("button", name=f"Copy {name} of {work_id}", exact=True)
    button.click()
    page.wait_for_function(
        "message => document.querySelector('#said').textContent === message", arg=f"{name} of {work_id} copied"
    )
    assert button.evaluate("button => button === document.activeElement")
    text: str = page.evaluate("delete navigator.clipboard, navigator.clipboard.readText()")
    return text.replace("\r\n", "\n").strip()


def test_one_work_is_copied(open_page: Any, sample: refs.Library):
    """The clipboard holds what render gives for that work, and the page says so; also on a page without clipboard."""
    page = open_page()
    for work_id in ("qahhorova2003", "a&b <i>", "aron1981"):
        formats: dict[str, FormatName] = {"BibTeX": "bibtex", "RIS": "ris", "APA": "apa", "GOST": "gost"}
        for name, target in formats.items():
            expected = refs.render(sample.select([work_id]), target, on_loss="ignore")
            assert copied(page, name, work_id) == expected.replace("\r\n", "\n").strip()
    page.check("#script-original")
    assert copied(page, "APA", "usmonov2006") == "Usmonov, I. (2006). Миростроительство в Таджикистане. Devashtich."
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined, configurable: true})")
    assert copied(page, "BibTeX", "burton1990") == refs.render(sample.select(["burton1990"]), "bibtex").strip()


FILES: dict[FormatName, str] = {
    "bibtex": "references.bib", "biblatex": "references.biblatex.bib", "ris": "references.ris",
    "csl-json": "references.json", "csl-yaml": "references.yaml", "apa": "references.txt", "gost": "references.gost.txt",
}  # fmt: skip


def downloaded(page: Any, name: FormatName) -> str:
    """Press a download button; return the text of the file."""
    with page.expect_download() as waiting:
        page.click(f"[data-file][data-format={name}]")
    assert waiting.value.suggested_filename == FILES[name]
    return str(Path(waiting.value.path()).read_bytes(), "utf-8")


@pytest.mark.parametrize("words", ["", "peace", "usmonov"])
def test_the_works_shown_are_downloaded(open_page: Any, sample: refs.Library, words: str):
    """Each file is what export writes of the works that the filter shows, byte for byte, however they are sorted."""
    page = open_page()
    page.fill("#words", words)
    page.select_option("#sort", "newest")
    ids = set(shown(page))
    assert (len(ids) < len(sample)) == bool(words)
    label = f"Download {len(ids)} of 26 works:" if words else "Download the list:"
    assert page.text_content("#shown") == label
    wanted = sample.select([work.id for work in sample if work.id in ids])
    for name in FILES:
        assert downloaded(page, name) == refs.render(wanted, name, on_loss="ignore")


def test_a_personal_communication_is_in_the_download_of_the_whole_list(open_page: Any, tmp_path: Path):
    """No APA list has it, so the page does not show it; with a filter the files hold what is shown."""
    letter = {"id": "letter", "type": "personal_communication", "title": "Note", "issued": "2001"}
    books = [{"id": name, "type": "book", "title": name, "issued": "2000"} for name in ("peace", "war")]
    library = refs.parse(json.dumps({"references": [letter, *books]}), "csl-yaml")
    refs.export(library, tmp_path / "page.html", on_loss="ignore")
    page = open_page(tmp_path / "page.html")
    assert downloaded(page, "ris") == refs.render(library, "ris", on_loss="ignore")
    page.fill("#words", "peace")
    assert downloaded(page, "csl-json") == refs.render(library.select(["peace"]), "csl-json")


def fragment(page: Any) -> str:
    found: str = page.evaluate("decodeURIComponent(location.hash).replaceAll('+', ' ')")
    return found


def test_the_filter_is_in_the_address(open_page: Any, file: Path):
    """Each choice is a step for Back and Forward, the words of one field are one; a link opens what it was taken from."""
    page = open_page()
    page.locator("#words").press_sequentially("мир усмонов")
    page.wait_for_function("() => location.hash !== ''")
    page.locator("#words").press_sequentially("а")
    page.keyboard.press("Tab")
    page.select_option("#type", "book")
    page.select_option("#sort", "title")
    page.check("#script-original")
    assert fragment(page) == "#q=мир усмонова&type=book&sort=title&script=original"
    page.fill("#words", "ирфон")
    page.click("h1")
    found = shown(page), listed(page)
    assert found[0] == ["qahhorova2003"]
    address = page.url
    for step, value in (("words", "мир усмонова"), ("script", None), ("sort", "author"), ("type", ""), ("words", "")):
        page.go_back()
        if step == "script":
            page.wait_for_function("() => !document.querySelector('#script-original').checked")
        else:
            page.wait_for_function(
                "([id, value]) => document.querySelector(`#${id}`).value === value", arg=[step, value]
            )
    assert fragment(page) == ""
    assert len(shown(page)) == 26
    page.go_forward()
    page.wait_for_function("() => document.querySelector('#words').value === 'мир усмонова'")
    other = open_page()
    other.goto("about:blank")
    other.goto(address)
    assert (shown(other), listed(other)) == found


def test_a_link_to_a_work_shows_it(open_page: Any, file: Path):
    """The link of an entry leaves the filter; one to a work that is filtered out clears it."""
    page = open_page()
    page.fill("#words", "lederach")
    page.click("#works a.key:visible")
    assert fragment(page) == "#ref-lederach1997"
    assert shown(page) == ["lederach1997"]
    page.evaluate("location.hash = 'ref-aron1981'")
    page.wait_for_function("() => !document.querySelector('#ref-aron1981').hidden")
    assert page.locator("#ref-aron1981").evaluate("found => found.getBoundingClientRect().top < innerHeight")


@pytest.mark.parametrize("given", ["type=opera&q=", "q=%E0%A4%A", "from=early", "nothing", "sort=size&script=runes"])
def test_an_address_of_something_else_shows_the_list(open_page: Any, file: Path, given: str):
    page = open_page()
    page.goto("about:blank")
    page.goto(f"{file.as_uri()}#{given}")
    assert len(shown(page)) == (0 if given.startswith("q=") else 26)
    assert page.input_value("#sort") == "author"


def test_what_is_done_stands_at_the_button(open_page: Any):
    """For two seconds, whole within the window; a live region says it, and the count stays."""
    page = open_page(viewport={"width": 360, "height": 800})
    page.click("[aria-label='Copy GOST of burton1990']")
    page.wait_for_selector("[aria-label='Copy GOST of burton1990'][data-said=copied]")
    button = page.locator("[aria-label='Copy GOST of burton1990']")
    assert button.evaluate("button => getComputedStyle(button, '::after').content") == '"copied"'
    assert page.text_content("#said[role=status]") == "GOST of burton1990 copied"
    assert page.text_content("#status[role=status]") == "26 works"
    page.wait_for_selector("[data-said]", state="detached", timeout=4000)
    downloaded(page, "ris")
    assert page.get_attribute("[data-file][data-format=ris]", "data-said") == "saved"
    assert page.text_content("#said") == "references.ris saved"
    page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined, configurable: true}),"
        " document.execCommand = () => false"
    )
    button.click()
    page.wait_for_selector("[data-said='not copied']")
    assert page.text_content("#said") == "GOST of burton1990 not copied"


def test_a_filter_that_finds_nothing_can_be_cleared(open_page: Any):
    """By a button, from the keyboard too; where nothing is found, nothing is offered for download."""
    page = open_page()
    assert not page.is_visible("#clear")
    page.fill("#words", "copy bibtex")  # the words of the buttons are none of the works'
    assert shown(page) == []
    assert page.inner_text("#status").strip() == "Nothing found:"
    assert not page.is_visible(".downloads")
    page.focus("#clear")
    page.keyboard.press("Enter")
    assert len(shown(page)) == 26
    assert page.evaluate("document.activeElement.id") == "words"
    assert not page.is_visible("#clear")
    assert page.is_visible(".downloads")
    page.go_back()
    page.wait_for_function("() => document.querySelector('#words').value === 'copy bibtex'")


def test_titles_are_sorted_as_apa_sorts_them(open_page: Any, tmp_path: Path):
    """Without articles, numerals as words (APA 9.49); in the original script Cyrillic first, in the order of Tajik."""
    titles = {"a": "The river", "b": "A hill", "c": "20 years", "d": "Қалъа", "e": "Кабк", "f": "Кӯҳ"}
    records = [{"id": name, "type": "book", "title": title, "issued": "2000", "language": "tg" if name > "c" else "en"}
               for name, title in titles.items()]  # fmt: skip
    path = tmp_path / "page.html"
    refs.export(refs.parse(json.dumps({"references": records}), "csl-yaml"), path)
    page = open_page(path)
    page.select_option("#sort", "title")
    assert shown(page) == ["b", "e", "f", "d", "a", "c"]  # hill, Kabk, Kuh, Qala, river, twenty
    page.check("#script-original")
    assert shown(page) == ["e", "f", "d", "b", "a", "c"]  # Tajik: к before қ


def test_details_open_by_keyboard(open_page: Any):
    """The controls are reached by Tab in the order of the page, the focus is seen, Enter opens the corrections."""
    page = open_page()
    page.fill("#words", "aron1981")
    reached = []
    page.evaluate("const top = document.querySelector('h1'); top.tabIndex = -1; top.focus()")
    page.keyboard.press("Tab")
    for _ in range(30):
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.ariaLabel"
                                     " || document.activeElement.textContent.trim()"))  # fmt: skip
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", reached[-1]
        if reached[-1].startswith("2 corrections, 1 applied (aron1981)"):
            break
        page.keyboard.press("Tab")
    for wanted in (
        "words",
        "type",
        "language",
        "from",
        "to",
        "verdict",
        "BibTeX",
        "clear",
        "sort",
        "Copy BibTeX of aron1981",
    ):
        assert wanted in reached
    assert (
        reached.index("words") < reached.index("BibTeX") < reached.index("sort") < reached.index("Copy RIS of aron1981")
    )
    reason = page.get_by_text("missing space before the year; every other printed entry has one")
    assert not reason.is_visible()
    page.keyboard.press("Enter")
    assert reason.is_visible()


def test_without_javascript_the_list_is_read(open_page: Any, sample: refs.Library):
    """All works, the details and even the switch; no control that would do nothing."""
    page = open_page(java_script_enabled=False)
    entries = page.locator("#works > li")
    assert entries.count() == len(sample)
    assert all(entry.is_visible() for entry in entries.all())
    assert page.locator("#works > li .ref:visible").all_text_contents() == apa(sample)
    assert not page.locator("#words").is_visible()
    assert not page.locator("button").first.is_visible()
    page.check("#script-original")
    assert page.get_by_text("Миростроительство в Таджикистане").first.is_visible()
    page.click("text=2 corrections, 1 applied")
    assert page.get_by_text("missing space before the year").is_visible()


def test_nothing_in_the_data_runs(open_page: Any):
    """The title of the page is its own, not what a work's title would make it."""
    page = open_page()
    assert page.title().startswith("References: Japan’s Role")
    assert page.evaluate("document.querySelectorAll('#works script, #works b').length") == 0


def luminance(page: Any, selector: str, what: str) -> float:
    colour = page.eval_on_selector(selector, f"found => getComputedStyle(found).{what}")
    return sum(map(float, colour.removeprefix("rgb(").removesuffix(")").split(",")))


def test_dark_is_dark(open_page: Any):
    """The page follows the reader's system."""
    for scheme, is_dark in (("light", False), ("dark", True)):
        page = open_page(color_scheme=scheme)
        assert (luminance(page, "body", "backgroundColor") < luminance(page, "body", "color")) == is_dark


def open_all(page: Any) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(found => { found.open = true; })")
    page.evaluate(
        "document.querySelectorAll('#works > li').forEach(found => { found.style.contentVisibility = 'visible'; })"
    )


def test_nothing_is_wider_than_the_window(open_page: Any):
    """A narrow window has no horizontal scroll bar, with everything open."""
    page = open_page()
    open_all(page)
    for width in (320, 360, 768, 1600):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_no_button_is_cut_off(open_page: Any):
    """Each has room for its focus ring, in the window and in its entry, which clips what leaves it."""
    page = open_page()
    for width in (320, 390, 544, 700, 768, 1000, 1280):
        page.set_viewport_size({"width": width, "height": 700})
        clipped = page.evaluate("""() => [...document.querySelectorAll('button')].filter(button => {
            const [own, box] = [button, button.closest('li') ?? document.documentElement].map(each => each.getBoundingClientRect());
            return button.checkVisibility() && (own.left - 4 < box.left || own.right + 4 > box.right || button.scrollWidth > own.width);
        }).map(button => button.ariaLabel ?? button.textContent)""")
        assert clipped == [], width


@pytest.mark.parametrize("years", [range(1995, 2026), (1640, 1991), (2001, 2002), (1999,), range(1800, 2020, 7)])
@pytest.mark.parametrize("undated", [True, False])
def test_labels_of_the_chart_are_read_on_a_telephone(open_page: Any, tmp_path: Path, years: Any, undated: bool):
    """Twelve pixels high, inside the window, none over another; the first year and "n.d." have one."""
    records = [{"id": f"w{year}", "type": "book", "title": "Peace", "issued": str(year)} for year in years]
    records += [{"id": "none", "type": "book", "title": "Peace"}] * undated
    path = tmp_path / "page.html"
    refs.export(refs.parse(json.dumps({"references": records}), "csl-yaml"), path, on_loss="ignore")
    page = open_page(path, viewport={"width": 390, "height": 700})
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 700})
        labels = page.eval_on_selector_all(
            "svg.columns text",
            """found => found.map(each => {
            const {left, right} = each.getBoundingClientRect();
            return {left, right, text: each.textContent, size: parseFloat(getComputedStyle(each).fontSize)};
        })""",
        )
        texts = [label["text"] for label in labels]
        assert len(str(min(years))) == len(texts[0])
        assert ("n.d." in texts) == undated
        assert all(label["size"] >= 12 and label["left"] >= 0 and label["right"] <= width for label in labels)
        labels.sort(key=lambda label: label["left"])
        assert all(one["right"] < two["left"] for one, two in pairwise(labels)), labels


def test_it_prints(open_page: Any, tmp_path: Path):
    """The print is the list alone; what is filtered out is not printed."""
    page = open_page()
    assert page.pdf(path=tmp_path / "page.pdf")[:4] == b"%PDF"
    page.emulate_media(media="print")
    assert not page.locator(".tools").first.is_visible()
    assert not page.locator(".facts").first.is_visible()
    assert page.locator(".ref:visible").count() == 1 + len(shown(page))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1000])
def test_axe_finds_nothing_serious(open_page: Any, scheme: str, width: int):
    """axe-core, every rule it has, with all details open: no finding that is serious or critical."""
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True)
    open_all(page)
    results = Axe().run(page).response
    assert len(results["passes"]) > 20
    found = [(issue["impact"], issue["id"], issue["nodes"][0]["html"]) for issue in results["violations"]]
    assert [issue for issue in found if issue[0] in {"serious", "critical"}] == []


def test_it_opens_for_any_library(open_page: Any, tmp_path: Path):
    """One work, none, or none of two scripts: no error."""
    for number, records in enumerate(([], [{"id": "a", "type": "book", "title": "Peace"}])):
        path = tmp_path / f"{number}.html"
        refs.export(refs.parse(f'{{"references": {records}}}'.replace("'", '"'), "csl-yaml"), path)
        page = open_page(path)
        assert page.text_content("#status") == ("0 works", "1 work")[number]


RIGHT_TO_LEFT = [
    {"id": "two", "type": "book", "language": "fa", "title": "رود صلح", "issued": "1999", "publisher": "نشر رود",
     "author": [{"family": "سعیدی", "given": "مریم"}, {"family": "نادری", "given": "حسن"}]},
]  # fmt: skip


def test_right_to_left_words_keep_their_places(open_page: Any, tmp_path: Path):
    """The first author stands left of the second, both left of the title and that of the publisher: none changes sides."""
    path = tmp_path / "page.html"
    refs.export(refs.parse(json.dumps({"references": RIGHT_TO_LEFT}), "csl-yaml"), path, script="original")
    spans = open_page(path).locator("#works .ref span[lang=fa]")
    boxes = [spans.nth(place).bounding_box() for place in range(spans.count())]
    assert len(boxes) == 4
    assert all(one["x"] + one["width"] <= two["x"] for one, two in pairwise(boxes))
