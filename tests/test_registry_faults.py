"""Every way in which a registry can fail to answer, at each registry: never a word against a work."""

from __future__ import annotations

import json
from typing import Any

import pytest

import tajikpeace_refs as refs
from tajikpeace_refs.model import Work
from tajikpeace_refs.registries.client import RegistryOptions
from tajikpeace_refs.registries.records import NAMES
from tests.fault_server import NO_RECORD, Behaviour, FaultServer, dripping, page, raw, redirect

JSON = "application/json"
XML = "application/atom+xml"
HALF = b'HTTP/1.1 200 X\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{"status": "ok", "message": {"DOI": '
FAULTS: dict[str, Behaviour] = {
    "429 with Retry-After": page(429, "<h1>429 Too Many Requests</h1>", Retry_After="1"),
    "429 for an hour": page(429, "<h1>429 Too Many Requests</h1>", Retry_After="3600"),
    "429 bare": page(429, "<h1>429 Too Many Requests</h1>"),
    "500": page(500, "<h1>Server Error</h1>"),
    "503": page(503, "<h1>Unavailable</h1>"),
    "403": page(403, "<h1>Forbidden</h1>"),
    "slow": dripping(b"", b"", every_s=3.0),
    "hang": raw(b"", then="hang"),
    "hangs half-way": raw(HALF, then="hang"),
    "drop": raw(b""),
    "reset": raw(b"", then="reset"),
    "truncated": raw(HALF),
    "garbage": page(200, '{"status": "ok", "message": {"items": [{"title": [nul', kind=JSON),
    "null": page(200, "null", kind=JSON),
    "other JSON": page(200, '{"error": "maintenance"}', kind=JSON),
    "html": page(200, "<!DOCTYPE html><html><body>Please sign in to the library network</body></html>"),
    "empty": page(200, b"", kind=JSON),
    "redirect-loop": redirect("?again"),
    "redirect elsewhere": redirect("https://example.org/login"),
    "redirect to nothing": redirect("/nothing"),
}
NO_SERVICE = page(404, "<!DOCTYPE html><title>404 Not Found</title>")
"""As of a mirror that lacks it, or another server. The search of Open Library may be missing: tests/test_verification.py."""
ABSENT: dict[str, Behaviour] = {
    "/crossref/works": page(200, json.dumps({"status": "ok", "message": {"items": []}}), kind=JSON),
    "/openalex/works": page(200, '{"results": [], "meta": {"count": 0}}', kind=JSON),
    "/openlibrary/api/books": page(200, "{}", kind=JSON),
    "/openlibrary/search.json": page(200, '{"numFound": 0, "docs": []}', kind=JSON),
    "/datacite/dois": page(200, '{"data": [], "meta": {"total": 0}}', kind=JSON),
    "/arxiv/api/query": page(200, '<feed xmlns="http://www.w3.org/2005/Atom"></feed>', kind=XML),
    "/pubmed/entrez/eutils/efetch.fcgi": page(200, "<PubmedArticleSet></PubmedArticleSet>", kind=XML),
    "/doi/ra/10.1234/1": page(200, '[{"DOI": "10.1234/1", "status": "DOI does not exist"}]', kind=JSON),
    "/doi/ra/10.5281/1": page(200, '[{"DOI": "10.5281/1", "status": "DOI does not exist"}]', kind=JSON),
}
"""That there is no record, as each registry says it; 404 elsewhere."""
PATHS: dict[str, tuple[str, dict[str, Any]]] = {
    "crossref": ("/crossref/works/10.1234/1", {"DOI": "10.1234/1"}),
    "crossref search": ("/crossref/works", {}),
    "datacite": ("/datacite/dois/10.5281/1", {"DOI": "10.5281/1"}),
    "openalex": ("/openalex/works", {}),
    "openlibrary": ("/openlibrary/api/books", {"type": "book", "ISBN": "978-0-14-032872-1"}),
    "openlibrary search": ("/openlibrary/search.json", {"type": "book"}),
    "arxiv": ("/arxiv/api/query", {"URL": "https://arxiv.org/abs/1605.08386"}),
    "pubmed": ("/pubmed/entrez/eutils/efetch.fcgi", {"PMID": "10389168"}),
    "doi": ("/doi/ra/10.1234/1", {"DOI": "10.1234/1"}),
}
"""Where a registry is asked, and what in a work makes it be asked."""


def verified(server: FaultServer, variables: dict[str, Any]) -> refs.Verification:
    data = {"id": "a", "type": "article-journal", "title": "The road from war to peace", "issued": "2011",
            "author": [{"family": "Hill", "given": "Ann"}], **variables}  # fmt: skip
    urls: dict[Any, str] = {name: f"http://127.0.0.1:{server.port}/{name}" for name in NAMES}
    (found,) = refs.verify([Work.from_csl(data)], RegistryOptions(urls=urls, retries=0, timeout_s=0.5))
    return found


@pytest.mark.parametrize("registry", PATHS)
def test_registries_that_have_no_record_are_asked(registry: str):
    """The table below would show nothing if the registry were not asked, or no verdict hung on it."""
    path, variables = PATHS[registry]
    with FaultServer(ABSENT, otherwise=NO_RECORD) as server:
        assert verified(server, variables).verdict in {"not-found", "differs"}
        assert any(asked.partition("?")[0] == path for asked in server.hits)


@pytest.mark.parametrize("registry", PATHS)
@pytest.mark.parametrize("kind", FAULTS)
def test_fault_of_a_registry_is_unknown(kind: str, registry: str):
    """All others say that they have no record: this one says nothing, so nothing is said of the work."""
    path, variables = PATHS[registry]
    with FaultServer({**ABSENT, path: FAULTS[kind]}, otherwise=NO_RECORD) as server:
        found = verified(server, variables)
    assert found.verdict == "unknown", found
    assert found.reason in {"throttled", "unreachable", "garbage"}
    assert NAMES[registry.partition(" ")[0]] in found.detail  # type: ignore[index] # the name of a registry


@pytest.mark.parametrize("registry", [name for name in PATHS if not name.startswith(("openlibrary", "arxiv"))])
def test_404_of_another_service_is_no_absence(registry: str):
    """A page in HTML, or 404 where the question is in the parameters, does not say that there is no record.

    Open Library and arXiv are asked beside others: a mirror without them is as good as not asked.
    """
    path, variables = PATHS[registry]
    with FaultServer({**ABSENT, path: NO_SERVICE}, otherwise=NO_RECORD) as server:
        found = verified(server, variables)
    assert (found.verdict, found.reason in {"garbage", "unsupported"}) == ("unknown", True)
