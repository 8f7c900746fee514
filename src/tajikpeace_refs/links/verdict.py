"""What an answer means: verdicts, reasons, and ``classify``, which decides between them. Pure.

The reason of an HTTP status is in ``_STATUS`` (429 is ``rate-limited``), and the verdict of a reason in ``classify``:
``uncertain`` for all that another reader, or the same one later, might still get.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, ConfigDict

from tajikpeace_refs.errors import masked
from tajikpeace_refs.model.base import Value


class Verdict(StrEnum):
    """What a reader who follows the address will find; the worst first."""

    DEAD = "dead"
    """Nobody gets the page any more."""
    SOFT_404 = "soft-404"
    """The status is 200, but it is an error page, or another page than the cited one."""
    MALFORMED = "malformed"
    """The text is not a web address."""
    ARCHIVED = "archived"
    """The page is gone, and the work names an archived copy."""
    MISSING = "missing"
    """A web page is cited without an address."""
    UNCERTAIN = "uncertain"
    """It cannot be decided from here: a login, a blocked request, a server that may be down for a while."""
    MOVED = "moved"
    """The page has a new address for good."""
    REDIRECTED = "redirected"
    """The page is found through a redirect that may change."""
    SKIPPED = "skipped"
    """The address was not asked for: it is not a web address, a private one, or was excluded."""
    ALIVE = "alive"
    """The page is there."""


FAILING = frozenset({Verdict.DEAD, Verdict.SOFT_404, Verdict.MALFORMED})
"""The verdicts that make the exit status 1."""
LIVING = frozenset({Verdict.ALIVE, Verdict.MOVED, Verdict.REDIRECTED})
"""The verdicts that say a reader gets the page."""


QUIET = frozenset({Verdict.ALIVE, Verdict.REDIRECTED})
"""The verdicts of a page that is there, and of whose address there is nothing to say."""


class Reason(StrEnum):
    """Why an address has its verdict; the codes are stable, and explained in docs/links.md."""

    # A page was received.
    OK = "ok"
    PERMANENT_REDIRECT = "permanent-redirect"
    HTTPS_ONLY = "https-only"
    TEMPORARY_REDIRECT = "temporary-redirect"
    META_REFRESH = "meta-refresh"
    # A page was received that is not the one asked for, though its status is 200.
    ERROR_PAGE = "error-page"
    ERROR_REDIRECT = "error-redirect"
    HOME_PAGE = "home-page"
    SEARCH_PAGE = "search-page"
    PARKED = "parked"
    UNLIKE_CITED = "unlike-cited"
    LOGIN = "login"
    # The server answers otherwise.
    NOT_FOUND = "not-found"
    GONE = "gone"
    PAYMENT_REQUIRED = "payment-required"
    BLOCKED = "blocked"
    LEGAL = "legal"
    RATE_LIMITED = "rate-limited"
    CLIENT_ERROR = "client-error"
    SERVER_ERROR = "server-error"
    UNEXPECTED_STATUS = "unexpected-status"
    BAD_RESPONSE = "bad-response"
    REDIRECT_LOOP = "redirect-loop"
    BAD_REDIRECT = "bad-redirect"
    UNSAFE_REDIRECT = "unsafe-redirect"
    # The server does not answer.
    DNS = "dns"
    DNS_FAILURE = "dns-failure"
    OFFLINE = "offline"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    RESET = "reset"
    TIMEOUT = "timeout"
    TLS = "tls"
    INTERNAL_ERROR = "internal-error"
    # The address was not asked for.
    NO_URL = "no-url"
    NOT_HTTP = "not-http"
    PRIVATE_ADDRESS = "private-address"
    UNSAFE_PORT = "unsafe-port"
    # The text is not a URL.
    STRAY_PREFIX = "stray-prefix"
    MISSPELT_SCHEME = "misspelt-scheme"
    MISSING_SCHEME = "missing-scheme"
    DOUBLED_SCHEME = "doubled-scheme"
    BAD_SCHEME = "bad-scheme"
    BAD_SLASHES = "bad-slashes"
    BAD_HOST = "bad-host"
    BAD_PORT = "bad-port"
    LATEX_ESCAPE = "latex-escape"
    HTML_ESCAPE = "html-escape"
    ENCLOSED = "enclosed"
    TRAILING_PUNCTUATION = "trailing-punctuation"
    WHITE_SPACE = "white-space"
    INVISIBLE_CHARACTER = "invisible-character"
    ODD_DASH = "odd-dash"
    LOOK_ALIKE = "look-alike"
    PROXIED = "proxied"
    SEVERAL_URLS = "several-urls"
    BARE_DOI = "bare-doi"
    BARE_IDENTIFIER = "bare-identifier"
    ACCESS_NOTE = "access-note"
    NOT_A_URL = "not-a-url"


@dataclass(frozen=True, slots=True)
class Redirect:
    """One redirect on the way to a page."""

    status: int
    """The HTTP status; 200 for a refresh in the page itself."""
    url: str
    """The address that redirected."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that was found at one URL; it can be pickled, and ``classify`` needs nothing else.

    ``reason`` says how the last request ended: ``ok`` for a page, else what went wrong. ``soft`` says why a page with a
    good status is not the page; not ``is_certain``: why it may not be. ``resolved``: a public host name was found on
    the way, so the network works. ``fragments`` has the state of each cited fragment: ``present``, ``absent`` or
    ``unknown``.
    """

    url: str
    reason: Reason
    status: int | None = None
    final_url: str = ""
    redirects: tuple[Redirect, ...] = ()
    soft: Reason | None = None
    is_certain: bool = True
    attempts: int = 0
    elapsed_s: float = 0.0
    detail: str = ""
    fragments: tuple[tuple[str, str], ...] = ()
    resolved: bool = False
    asked_https: bool = False
    """Whether the page was asked for by https, since the port of http is closed."""
    doubt: str = ""
    """Why a refusal may be none of this address, in words: what the run has shown of its host, or of all hosts."""


def _masked_redirect(redirect: Redirect) -> Redirect:
    return replace(redirect, url=masked(redirect.url))


MaskedRedirect = Annotated[Redirect, AfterValidator(_masked_redirect)]
MaskedText = Annotated[str, AfterValidator(masked)]
"""A text in which passwords of addresses are replaced by asterisks."""


class LinkReport(Value):
    """The verdict on one address of a work, and what led to it; one entry of the JSON report (docs/links.md).

    Passwords in addresses are replaced by asterisks.
    """

    model_config = ConfigDict(alias_generator=None)  # the JSON report has the names of the attributes

    id: str
    """The id of the work."""
    source: str | None = None
    """The file that the work is in; None: no files were named."""
    variable: str = "URL"
    """The field that has the address: ``URL``, or another one such as ``extra.ris.L1``."""
    url: MaskedText | None
    """The address exactly as it is written, but for a password; None: the work has none."""
    verdict: Verdict
    """What a reader will find."""
    reason: Reason
    """Why."""
    status: int | None = None
    """The last HTTP status; None: no answer."""
    final_url: MaskedText | None = None
    """The address of the page after all redirects; None: no page."""
    redirects: tuple[MaskedRedirect, ...] = ()
    """The redirects, in their order."""
    elapsed_s: float = 0.0
    """How long the check took, in seconds."""
    attempts: int = 0
    """How many times the address was asked for; 0: not at all."""
    suggested_url: MaskedText | None = None
    """The address that was probably meant; None: none. It is only suggested, never written."""
    suggested_accessed: str | None = None
    """The day (ISO 8601) on which the page was read, if the text of the address has it; else None."""
    accepted: str | None = None
    """The day (ISO 8601) on which an editor accepted this verdict (``link-review``); else None."""
    archive_url: str | None = None
    """The address of an archived copy that was found; None: none, or nobody looked."""
    archive_date: str | None = None
    """The day (ISO 8601) on which the copy was made."""
    detail: MaskedText = ""
    """More about the reason, in words."""

    def noted(self, note: str, **changes: str | None) -> LinkReport:
        """Return the report with a note added to its detail, and with other changes."""
        detail = "; ".join(filter(None, (self.detail, masked(note))))
        return self.model_copy(update={**changes, "detail": detail})


_STATUS = {
    401: Reason.LOGIN, 402: Reason.PAYMENT_REQUIRED, 403: Reason.BLOCKED, 404: Reason.NOT_FOUND,
    407: Reason.LOGIN, 408: Reason.TIMEOUT, 410: Reason.GONE, 418: Reason.BLOCKED,
    429: Reason.RATE_LIMITED, 451: Reason.LEGAL, 999: Reason.BLOCKED,
}  # fmt: skip


def reason_of_status(status: int) -> Reason:
    """Return the reason for a final HTTP status. A page with a good status is judged by its text later (``soft404``).

    >>> reason_of_status(200).value, reason_of_status(403).value, reason_of_status(503).value
    ('ok', 'blocked', 'server-error')
    """
    if status in _STATUS:
        return _STATUS[status]
    # 300 shows a page of choices; 304 says that the page would have been shown (RFC 9110 section 15.4.5).
    if 200 <= status <= 299 or status in {300, 304}:
        return Reason.OK
    if 400 <= status <= 499:
        return Reason.CLIENT_ERROR
    return Reason.SERVER_ERROR if 500 <= status <= 599 else Reason.UNEXPECTED_STATUS


_TRANSIENT_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
_TRANSIENT = frozenset({Reason.DNS_FAILURE, Reason.REFUSED, Reason.UNREACHABLE, Reason.RESET})


def is_transient(reason: Reason, status: int | None) -> bool:
    """Whether asking again may give another answer."""
    return status in _TRANSIENT_STATUS or (status is None and reason in _TRANSIENT)


# Top-level domains that never exist (RFC 6761 section 6): a name there is not found on any network.
_NEVER = frozenset({"invalid", "example"})
_DEAD = frozenset({Reason.NOT_FOUND, Reason.GONE, Reason.REDIRECT_LOOP})


def classify(outcome: Outcome, *, host: str, network_seen: bool) -> tuple[Verdict, Reason]:
    """Return the verdict on an outcome, and its reason.

    Dead is only what no reader gets: 404, 410, a redirect loop, an unknown host, a connection refused twice.

    Args:
        outcome: what was found.
        host: the host that was asked last.
        network_seen: whether any host name was found in this run; if none, "no such host" may mean that there is no
            network, and is ``uncertain``.
    """
    reason = outcome.reason
    if reason is Reason.OK:
        return _living(outcome)
    if reason in _DEAD:
        return Verdict.DEAD, reason
    if reason in {Reason.DNS, Reason.DNS_FAILURE}:
        if reason is Reason.DNS and (network_seen or host.rstrip(".").rpartition(".")[2] in _NEVER):
            return Verdict.DEAD, Reason.DNS
        return Verdict.UNCERTAIN, Reason.DNS_FAILURE if network_seen else Reason.OFFLINE
    if reason is Reason.REFUSED:
        asked = outcome.attempts - len(outcome.redirects) - outcome.asked_https
        return Verdict.DEAD if asked > 1 and not outcome.doubt else Verdict.UNCERTAIN, reason
    if reason in {Reason.PRIVATE_ADDRESS, Reason.UNSAFE_PORT}:
        return (Verdict.UNCERTAIN, Reason.UNSAFE_REDIRECT) if outcome.redirects else (Verdict.SKIPPED, reason)
    return Verdict.UNCERTAIN, reason


_PERMANENT = frozenset({301, 308})


def _living(outcome: Outcome) -> tuple[Verdict, Reason]:
    if outcome.soft is not None:
        return Verdict.SOFT_404 if outcome.is_certain else Verdict.UNCERTAIN, outcome.soft
    if not outcome.redirects:
        return (Verdict.MOVED, Reason.HTTPS_ONLY) if outcome.asked_https else (Verdict.ALIVE, Reason.OK)
    statuses = {redirect.status for redirect in outcome.redirects}
    if statuses <= _PERMANENT:
        return Verdict.MOVED, Reason.PERMANENT_REDIRECT
    return Verdict.REDIRECTED, Reason.META_REFRESH if 200 in statuses else Reason.TEMPORARY_REDIRECT
