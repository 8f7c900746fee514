"""One GET request for a page: ``web.Client`` asks, and what the answer holds is read as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tajikpeace_refs.links.follow import Exchange
from tajikpeace_refs.links.page import read_page, refresh
from tajikpeace_refs.links.verdict import Reason
from tajikpeace_refs.web.client import Client, ClientOptions, Resolver, Response
from tajikpeace_refs.web.headers import retry_after

if TYPE_CHECKING:
    from tajikpeace_refs.links.check import CheckOptions


def client(options: CheckOptions, resolver: Resolver | None = None) -> Client:
    """Return a client within the limits of a check.

    Raises:
        UsageError: the options name a network that is none.
    """
    limits = ClientOptions(
        allow_networks=options.allow_networks,
        proxy=options.proxy,
        hosts=options.concurrency,
        per_host=options.per_host,
        contact=options.contact,
    )
    return Client(limits, resolver)


class PageProbe:
    """Asks for addresses and reads their pages; it can be used from many threads."""

    def __init__(self, options: CheckOptions, resolver: Resolver | None = None) -> None:
        self._client = client(options, resolver)

    def __call__(self, url: str, timeout_s: float, cookies: Any = None) -> Exchange:  # noqa: ANN401 - Exchange.cookies
        """Return the answer to a GET of the URL within the time; it never raises."""
        return _exchange(self._client.get(url, timeout_s, cookies))

    def close(self) -> None:
        """Close the idle connections."""
        self._client.close()


def _exchange(response: Response) -> Exchange:
    if response.fault is not None:
        fault = Reason(response.fault.value)
        return Exchange(fault=fault, detail=response.detail, cookies=response.cookies, resolved=response.resolved)
    headers, status = response.headers, response.status or 0
    page = None
    if 200 <= status <= 299:
        page = read_page(response.body, headers.get("content-type", ""), whole=response.whole)
    return Exchange(
        status=status,
        detail="the body is empty" if status == 200 and not response.body else "",
        location=response.locations[0] if response.locations else None,
        retry_after_s=retry_after(headers.get("retry-after")),
        page=page,
        refresh=refresh(headers.get("refresh", "")) or (page.refresh if page else None),
        cookies=response.cookies,
        cookie_state=tuple(sorted((c.domain, c.path, c.name, c.value or "") for c in response.cookies or ())),
        resolved=response.resolved,
        guarded=_is_guarded(response),
    )


def _is_guarded(response: Response) -> bool:
    """Whether the headers say that a guard against robots answers in the place of the page."""
    headers = response.headers
    if "challenge" in (headers.get("cf-mitigated", "") + headers.get("x-amzn-waf-action", "")).lower():
        return True
    return response.status == 202 and not response.body
