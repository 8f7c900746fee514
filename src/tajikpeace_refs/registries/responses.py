"""What the response to a question says: that there is a record, that there is none, or nothing. Pure."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from tajikpeace_refs.registries import agency
from tajikpeace_refs.registries.records import Answer, BadAnswer, Query, Registry
from tajikpeace_refs.web.address import next_url
from tajikpeace_refs.web.client import Response
from tajikpeace_refs.web.faults import AddressError

_TOO_MANY = 429
NOT_FOUND = frozenset({404, 410})
REDIRECTS = frozenset({301, 302, 303, 307, 308})


@cache
def _module(registry: Registry) -> Any:  # noqa: ANN401 - each has ``read``, Crossref ``split`` too
    return import_module(f"tajikpeace_refs.registries.{registry}")


def moved_to(url: str, location: str, own: str, official: str) -> str | None:
    """Return the address of a redirect at the registry that was asked; None where it leads elsewhere."""
    try:
        target = next_url(url, location)
    except AddressError:
        return None
    if target.startswith(f"{own}/"):
        return target
    asked, parts = urlsplit(own), urlsplit(target)
    if parts.netloc in {asked.netloc, urlsplit(official).netloc}:
        return f"{own}{parts.path}{'?' if parts.query else ''}{parts.query}"
    return None


def judged(query: Query, response: Response) -> bytes | Answer:
    """Return the body of a good answer, or what an answer that is none says."""
    status = response.status
    if response.fault is not None:
        return Answer(query, "unreachable", detail=response.detail or response.fault.value)
    if status == _TOO_MANY:
        return Answer(query, "throttled", detail="it asks for fewer requests (429)")
    if status in NOT_FOUND:
        return _not_there(query, response)
    if status is not None and 200 <= status <= 299:
        if not response.whole:
            return Answer(query, "unreachable", detail="the answer broke off")
        return response.body
    if status is not None and status >= 500:
        return Answer(query, "unreachable", detail=f"it has an error of its own ({status})")
    what = "leads elsewhere" if status in REDIRECTS else "does not accept the request"
    return Answer(query, "garbage", detail=f"it {what} ({status})")


def _not_there(query: Query, response: Response) -> Answer:
    """Return what it means that nothing is at the address of a question: no record only where that names the record.

    A page in HTML is of something else that answers there: registries have none (doi.org says so in an answer).
    """
    if query.params or not query.identifier:
        return Answer(query, "unsupported", detail=f"it has no such service there ({response.status})")
    if query.registry == "doi" or "html" in response.headers.get("content-type", "").lower():
        return Answer(query, "garbage", detail=f"a page is there, not a registry ({response.status})")
    return Answer(query, "absent")


def answer_of(query: Query, body: bytes, *, is_there: bool) -> Answer:
    """Return what the body of an answer says."""
    if not is_there:
        return Answer(query, "absent")
    try:
        if query.registry == "doi":
            name = agency.read_agency(body)
            return Answer(query, "answered" if name else "absent", detail=name)
        records = _module(query.registry).read(body)
    except BadAnswer as error:
        return Answer(query, "garbage", detail=str(error))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        return Answer(query, "garbage", detail=f"the answer is not understood ({type(error).__name__})")
    return Answer(query, "answered" if records or not query.identifier else "absent", records)


def split_by_record(query: Query, body: bytes) -> dict[str, bytes]:
    """Return the answers that a list of records would be one by one, by their identifiers in small letters."""
    return dict(_module(query.registry).split(body))
