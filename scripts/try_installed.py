"""Do the main jobs with an installed package, in an empty folder: python -I scripts/try_installed.py (.ci/run).

Each job needs data files that a wheel may lack: corpus, tables, templates, phrases, the model of printed lists.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import tajikpeace_refs as refs

PROGRAM = Path(sys.executable).with_name("tajikpeace-refs")
PAGES = {
    "/here": (200, "<title>The dialogue of 1997</title><h1>The dialogue of 1997</h1>"),
    "/lost": (200, "<title>Page not found</title><h1>404</h1><p>The page you requested could not be found.</p>"),
}
WEB = """\
- {{id: here, type: webpage, title: The dialogue of 1997, URL: "{0}/here"}}
- {{id: lost, type: webpage, title: The talks of Khujand and Bishkek, URL: "{0}/lost"}}
- {{id: gone, type: webpage, title: Protocols of the commission, URL: "{0}/gone"}}
"""
SLIPS = """\
- {id: burton1990, type: book, title: Conflict, issued: 1990, author: [{family: Burton, given: J.}], \
ISBN: 0-333-47149-1}
"""
TAJIK = """\
- {id: a, type: book, title: Рӯди сулҳ, issued: 2003, author: [{family: Қаҳҳорова, given: Ш.}], \
publisher: Ирфон, language: tg}
"""
PRINTED = "Burton, J. W. (1990). Conflict: Resolution and provention. Macmillan.\n"


class Site(BaseHTTPRequestHandler):
    """Two pages, one of which says that it is none; everything else is not found."""

    def do_GET(self) -> None:
        """Answer."""
        status, page = PAGES.get(self.path, (404, ""))
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.encode("utf-8"))

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def run(*arguments: str, status: int = 0) -> str:
    """Run the program; return what it prints, and stop where the status is another."""
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, encoding="utf-8", check=False)
    if done.returncode != status:
        sys.exit(f"tajikpeace-refs {' '.join(arguments)}: status {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def expect(what: str, found: object, wanted: object) -> None:
    """Stop where what was found is not what was wanted."""
    if found != wanted:
        sys.exit(f"{what}: {found!r} instead of {wanted!r}")
    print(f"{what}: {found!r}"[:160])


def in_python() -> None:
    """Import, load the corpus, write it."""
    package = files("tajikpeace_refs")
    expect("version", refs.__version__, version("tajikpeace-refs"))
    expect("typed", (package / "py.typed").is_file(), wanted=True)
    library = refs.load()
    expect("works of the corpus", len(library), 18)
    refs.export(library, "list.ris", on_loss="ignore")
    expect("works read back", len(refs.load("list.ris")), 18)
    schema = json.loads((package / "data" / "references.schema.json").read_text(encoding="utf-8"))
    expect("schema of the wheel is that of the models", schema == json.loads(run("schema")), wanted=True)


def on_the_command_line() -> None:
    """Export in every way that needs a data file."""
    run("export", "-o", "list.bib")
    entries = [line for line in Path("list.bib").read_text(encoding="utf-8").splitlines() if line.startswith("@")]
    expect("entries of list.bib", len(entries), 18)
    run("export", "-o", "page.html")
    expect("works of page.html", Path("page.html").read_text(encoding="utf-8").count('<li id="ref-'), 18)
    Path("tajik.yaml").write_text(TAJIK, encoding="utf-8")
    expect("APA", run("export", "tajik.yaml", "--to", "apa"), "Qahhorova, Sh. (2003). Rudi sulh. Irfon.\n")
    expect("GOST", run("export", "tajik.yaml", "--to", "gost"), "Қаҳҳорова Ш. Рӯди сулҳ. Ирфон, 2003.\n")
    Path("printed.txt").write_text(PRINTED, encoding="utf-8")
    drafts = refs.parse(run("export", "printed.txt", "--from", "printed", "--to", "csl-yaml"))
    expect(
        "printed list",
        [(work.title, str(work.issued)) for work in drafts],
        [("Conflict: Resolution and provention", "1990")],
    )
    Path("slips.yaml").write_text(SLIPS, encoding="utf-8")
    found = json.loads(run("lint", "slips.yaml", "--format", "json", status=1))["findings"]
    expect("lint", "TP202" in {each["code"] for each in found}, wanted=True)
    run("init")
    expect("init", Path("references.yaml").is_file(), wanted=True)


def links() -> None:
    """Check links of this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        Path("web.yaml").write_text(WEB.format(f"http://127.0.0.1:{site.server_port}"), encoding="utf-8")
        run("check-links", "web.yaml", "--allow-network", "127.0.0.0/8", "--json", "report.json", status=1)
        site.shutdown()
    report = json.loads(Path("report.json").read_text(encoding="utf-8"))
    expect(
        "links",
        {each["id"]: each["verdict"] for each in report["links"]},
        {"here": "alive", "lost": "soft-404", "gone": "dead"},
    )


if __name__ == "__main__":
    in_python()
    on_the_command_line()
    links()
