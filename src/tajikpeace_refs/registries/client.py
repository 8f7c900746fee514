"""Asks registries over HTTP, at the rate that each allows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import import_module
from typing import Any
from urllib.parse import urlencode, urlsplit

from tajikpeace_refs.errors import UsageError, did_you_mean
from tajikpeace_refs.registries import agency
from tajikpeace_refs.registries.cache import AnswerCache
from tajikpeace_refs.registries.pace import FIRST_GAPS, Kind, Pace
from tajikpeace_refs.registries.records import Answer, BadAnswer, Query, Registry
from tajikpeace_refs.web.address import next_url
from tajikpeace_refs.web.client import Client, ClientOptions, Response
from tajikpeace_refs.web.faults import AddressError, Fault
from tajikpeace_refs.web.schedule import SHORT_S, SILENCES, retry_after

BASES: dict[Registry, str] = {
    "crossref": "https://api.crossref.org",
    "datacite": "https://api.datacite.org",
    "openalex": "https://api.openalex.org",
    "openlibrary": "https://openlibrary.org",
    "arxiv": "https://export.arxiv.org",
    "pubmed": "https://eutils.ncbi.nlm.nih.gov",
    "doi": "https://doi.org",
}
"""Where each registry is asked."""
_CONTACTS: dict[Registry, str] = {"crossref": "mailto", "openalex": "mailto", "pubmed": "email"}
"""The parameter that takes a contact address."""
_LIMIT = 8 << 20
"""Bytes of an answer: the references and affiliations of ten works of a thousand authors."""
_HOPS = 3
_PATIENCE_S = 60.0
"""A registry that wants to be left alone for longer is not asked again for this question."""
_BACKOFF_S = 1.0
_TOO_MANY = 429
_NOT_FOUND = frozenset({404, 410})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_EVERYWHERE = ("0.0.0.0/0", "::/0")


@dataclass(frozen=True, slots=True)
class RegistryOptions:
    """How to ask registries.

    Raises:
        UsageError: ``urls`` names an unknown registry, or an address that is none.
    """

    urls: Mapping[Registry, str] = field(default_factory=dict)
    """Other addresses of registries, such as mirrors, by name: ``{"crossref": "https://…"}``. They may be private."""
    contact: str | None = None
    """Your e-mail or web address, sent with each request; some registries then answer faster. None: none is sent."""
    timeout_s: float = 20.0
    """The most time for one request, in seconds."""
    retries: int = 2
    """How many times a registry is asked again after a temporary fault."""
    cache: str | None = None
    """The path of a file in which answers are kept; None: they are not kept."""
    cache_age_s: float = 30 * 86400.0
    """How long a kept answer is used, in seconds; "no record" is used for one day at most."""

    def __post_init__(self) -> None:
        for name, url in self.urls.items():
            if name not in BASES:
                known = ", ".join(BASES)
                raise UsageError(f"there is no registry {name!r}{did_you_mean(name, BASES)}; known: {known}")
            if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).netloc:
                raise UsageError(f"{url!r} is not the address of a registry; write one that begins with https://")


@cache
def _reader(registry: Registry) -> Any:  # noqa: ANN401 - the ``read`` of a registry's module
    return import_module(f"tajikpeace_refs.registries.{registry}").read


class Registries:
    """Asks registries; it can be used from many threads, which share the pace of each registry. Close it in the end.

    Args:
        options: where and how to ask.
        is_stopped: is called while waiting; once it returns True nothing more is asked.

    Raises:
        UsageError: the contact cannot be sent, or the cache not used.
    """

    def __init__(
        self, options: RegistryOptions | None = None, *, is_stopped: Callable[[], bool] = lambda: False
    ) -> None:
        self._options = options = options or RegistryOptions()
        limits = ClientOptions(purpose="record of a reference list", contact=options.contact,
                               headers={"Accept": "application/json, application/xml;q=0.9, */*;q=0.5"})  # fmt: skip
        self._public = Client(limits)
        # Of these only addresses are asked that the user gave: redirects stay with the registry.
        self._given = Client(replace(limits, allow_networks=_EVERYWHERE)) if options.urls else self._public
        self._paces = {name: Pace(0.0 if name in options.urls else gap_s, is_stopped)
                       for name, gap_s in FIRST_GAPS.items()}  # fmt: skip
        self._silences = dict.fromkeys(BASES, 0)
        self._cache = AnswerCache(options.cache, age_s=options.cache_age_s) if options.cache else None

    def ask(self, query: Query) -> Answer:
        """Return the answer to a question; it never raises.

        Only a registry that says so has no record: whatever else comes in place of an answer says nothing of the work.
        """
        question = self._address(query)
        if self._cache and (kept := self._cache.get(question)):
            return _answer(query, kept[1], is_there=kept[0])
        body = self._body(query)
        if isinstance(body, Answer):
            if body.state == "absent" and self._cache:
                self._cache.put(question, b"", is_there=False)
            return body
        answer = _answer(query, body, is_there=True)
        if answer.state in {"answered", "absent"} and self._cache:
            self._cache.put(question, body, is_there=answer.state == "answered")
        return answer

    def close(self) -> None:
        """Close connections and cache."""
        self._public.close()
        self._given.close()
        if self._cache:
            self._cache.close()

    def _address(self, query: Query) -> str:
        base = self._options.urls.get(query.registry) or BASES[query.registry]
        return f"{base.rstrip('/')}{query.path}{'?' if query.params else ''}{urlencode(query.params)}"

    def _body(self, query: Query) -> bytes | Answer:
        """Return the body of a good answer, or what came instead, after as many attempts as are due."""
        name, pace = query.registry, self._paces[query.registry]
        kind: Kind = "record" if query.identifier else "search"
        is_silent = self._silences[name] >= SILENCES
        attempts = 1 if is_silent else 1 + self._options.retries
        timeout_s = min(self._options.timeout_s, SHORT_S) if is_silent else self._options.timeout_s
        found: bytes | Answer = Answer(query, "unreachable", detail="it was not asked")
        for attempt in range(attempts):
            with pace.turn(kind) as is_allowed:
                if not is_allowed:
                    return Answer(query, "unreachable", detail="interrupted")
                response = self._get(query, timeout_s)
            pace.learn(kind, response.headers)
            found = _judged(query, response)
            if isinstance(found, bytes) or found.state in {"absent", "garbage"}:
                self._silences[name] = 0
                return found
            wait_s = retry_after(response.headers.get("retry-after"))
            if wait_s is not None and wait_s > _PATIENCE_S:
                break
            if attempt + 1 < attempts or wait_s is not None:
                pace.hold(_BACKOFF_S * 2.0**attempt if wait_s is None else wait_s)
        self._silences[name] += 1
        return found

    def _get(self, query: Query, timeout_s: float) -> Response:
        """Return the answer to one request; redirects are followed that stay with the registry, as of aliases."""
        name, contact = query.registry, self._options.contact
        own = (self._options.urls.get(name) or BASES[name]).rstrip("/")
        if contact and name in _CONTACTS:
            query = replace(query, params=(*query.params, (_CONTACTS[name], contact)))
        client = self._given if name in self._options.urls else self._public
        url = self._address(query)
        response = client.get(url, timeout_s, limit=_LIMIT, body_s=timeout_s)
        for _ in range(_HOPS):
            if response.status not in _REDIRECTS or not response.locations:
                break
            moved = _moved(url, response.locations[0], own, BASES[name])
            if moved is None or moved == url:
                break
            url = moved
            response = client.get(url, timeout_s, limit=_LIMIT, body_s=timeout_s)
            if response.status in _NOT_FOUND:  # nothing is where it sent us: that is no absence
                return Response(fault=Fault.BAD_REDIRECT, detail="it redirects to a page that does not exist")
        return response


def _moved(url: str, location: str, own: str, official: str) -> str | None:
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


def _judged(query: Query, response: Response) -> bytes | Answer:
    """Return the body of a good answer, or what an answer that is none says."""
    status = response.status
    if response.fault is not None:
        return Answer(query, "unreachable", detail=response.detail or response.fault.value)
    if status == _TOO_MANY:
        return Answer(query, "throttled", detail="it asks for fewer requests (429)")
    if status in _NOT_FOUND and query.identifier and query.registry != "doi":  # that says so in an answer
        return Answer(query, "absent")
    if status in _NOT_FOUND and not query.identifier:
        return Answer(query, "unsupported", detail=f"it has no search there ({status})")
    if status is not None and 200 <= status <= 299:
        if not response.whole:
            return Answer(query, "unreachable", detail="the answer broke off")
        return response.body
    if status is not None and status >= 500:
        return Answer(query, "unreachable", detail=f"it has an error of its own ({status})")
    what = "leads elsewhere" if status in _REDIRECTS else "does not accept the request"
    return Answer(query, "garbage", detail=f"it {what} ({status})")


def _answer(query: Query, body: bytes, *, is_there: bool) -> Answer:
    """Return what the body of an answer says."""
    if not is_there:
        return Answer(query, "absent")
    try:
        if query.registry == "doi":
            name = agency.read_agency(body)
            return Answer(query, "answered" if name else "absent", detail=name)
        records = _reader(query.registry)(body)
    except BadAnswer as error:
        return Answer(query, "garbage", detail=str(error))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        return Answer(query, "garbage", detail=f"the answer is not understood ({type(error).__name__})")
    return Answer(query, "answered" if records or not query.identifier else "absent", records)
