"""The web of the examples in the documents: registries that answer as recorded, pages and an archive, on loopback.

Pages are asked for through ``--proxy`` and registries by ``--registry-url``, which the program of the examples adds.
"""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.fault_server import Behaviour, FaultServer, Peer, html, page, redirect

RECORDED = Path(__file__).parent / "data" / "registries"
REGISTRIES = ("crossref", "datacite", "openalex", "openlibrary", "arxiv", "pubmed", "doi")
INDEX = "http://archive.example/cdx/search/cdx"
COPIES = {"http://peace.example/talks/1997": "20090301120000"}


def recorded(name: str) -> Behaviour:
    """Answer what a registry answered."""
    kind = "application/json" if name.endswith(".json") else "application/xml"
    return page(body=(RECORDED / name).read_bytes(), kind=kind)


def answer(**data: object) -> Behaviour:
    """Answer with an object of JSON."""
    return page(body=json.dumps(data), kind="application/json")


def index(peer: Peer) -> bool:
    """Answer as the CDX index of the Wayback Machine: a row of names, then the copies."""
    asked = {name: values[0] for name, values in parse_qs(urlsplit(peer.path).query).items()}
    address, names = asked["url"], asked["fl"].split(",")
    copy = {"timestamp": COPIES.get(address), "original": address, "statuscode": "200"}
    rows = [names, [copy[name] for name in names]] if address in COPIES else []
    return page(body=json.dumps(rows), kind="application/json")(peer)


BEHAVIOURS: dict[str, Behaviour] = {
    "/crossref/works/10.7868/s0040357115030100": recorded("crossref/article-cyrillic.json"),
    "/crossref/works": answer(status="ok", message={"items": []}),
    "/openalex/works": answer(results=[], meta={"count": 0}),
    "/openlibrary/api/books": recorded("openlibrary/api-books-quignard.json"),
    "/arxiv/api/query": recorded("arxiv/old-style-id.xml"),
    "/pubmed/entrez/eutils/efetch.fcgi": recorded("pubmed/efetch-russian.xml"),
    "/crossref/works/10.1234/no-such-work": page(404, "Resource not found.", kind="text/plain"),
    "/datacite/dois/10.1234/no-such-work": page(404, '{"errors": [{"status": "404"}]}', kind="application/json"),
    "/doi/ra/10.1234/no-such-work": page(body='[{"DOI": "10.1234/no-such-work", "status": "DOI does not exist"}]'),
    "http://peace.example/agreement": html("The general agreement on peace", "Signed in Moscow in June 1997."),
    "http://archive.example/web/20090301120000/http://peace.example/talks/1997": html("The talks in eight rounds"),
    "http://peace.example/map": redirect("http://maps.example/tajikistan", 301),
    "http://maps.example/tajikistan": html("A map of Tajikistan"),
    INDEX: index,
}


def program(server: FaultServer) -> str:
    """Return the options that commands which ask the network are given, as a shell script's ``case``."""
    web = f"http://127.0.0.1:{server.port}"
    registries = " ".join(f"--registry-url {name}={web}/{name}" for name in REGISTRIES)
    return f"""case "$*" in
add*|verify*) set -- "$@" {registries} ;;
check-links*--archive*) set -- "$@" --proxy {web} --archive-endpoint {INDEX} ;;
check-links*) set -- "$@" --proxy {web} ;;
esac
"""
