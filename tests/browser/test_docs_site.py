"""The documentation site in a browser: on a telephone, in its search, without a network. Skips where there is no mkdocs."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from subprocess import run
from typing import Any

import pytest
from scripts.browser import CHROMIUM, chromium

from tests.conftest import DATA

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: run scripts/install_browser.sh"),
    pytest.mark.skipif(find_spec("material") is None, reason="no mkdocs-material in this environment: run make docs"),
]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-W", "ignore", "-m", "mkdocs", "build", "--strict", "--site-dir", str(built)]
    done = run(command, cwd=DATA.parents[1], env=None, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return built


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def telephone(address: str) -> Iterator[Any]:
    """Yield what opens a page on a telephone; at the end nothing from elsewhere was asked for, and no script failed."""
    asked: list[str] = []
    errors: list[str] = []

    def opened(path: str = "", **settings: Any) -> Any:
        page = browser.new_context(viewport={"width": 390, "height": 844}, **settings).new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address + path, wait_until="load")
        return page

    with chromium() as browser:
        yield opened
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
    assert errors == []


def test_no_page_is_wider_than_a_telephone(telephone: Any, folder: Path, address: str):
    """Tables and code scroll inside themselves."""
    pages = [path.parent.relative_to(folder).as_posix() for path in sorted(folder.rglob("index.html"))]
    assert len(pages) >= 17
    page = telephone()
    wide = {}
    for name in pages:
        page.goto(f"{address}{name}/".replace("/./", "/"), wait_until="load")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 390:
            wide[name] = width
    assert wide == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_landing_page_shows_its_pictures(telephone: Any, scheme: str):
    """The terminal, and the page in the reader's colours."""
    shown = telephone(color_scheme=scheme).eval_on_selector_all(
        "article img",
        "found => found.filter(each => each.checkVisibility() && each.naturalWidth).map(each => each.getAttribute('src'))",
    )
    assert [Path(name.partition("#")[0]).name for name in shown] == [
        "terminal.svg", {"light": "page.png", "dark": "page-dark.png"}[scheme]
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "found"), [("romanisation", "languages/"), ("TP401", "lint/"), ("soft-404", "links/")]
)
def test_search_finds_the_page(telephone: Any, address: str, words: str, found: str):
    """Typed as a reader does; the page is among the results."""
    page = telephone()
    page.click("label[for=__search]")
    page.click("input[name=query]")
    page.keyboard.type(words, delay=20)
    page.locator(".md-search-result__item").first.wait_for()
    results = page.eval_on_selector_all(
        ".md-search-result__link", "links => links.map(each => each.getAttribute('href'))"
    )
    assert found in {link.partition("?")[0].removeprefix(address) for link in results}


def test_examples_of_docstrings_are_code(telephone: Any):
    """scripts/docstring_examples.py fences them: Markdown would make three quotations of ``>>>``."""
    page = telephone("api/")
    assert page.locator("blockquote").count() == 0
    assert page.locator(".doc-contents .highlight .gp").count() > 10
