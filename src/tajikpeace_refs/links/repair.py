"""Is the printed text a URL, and if not, what was probably meant? Pure; the text itself is never changed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tajikpeace_refs.links._fixes import DOUBTS, RULES, is_bare_doi, scheme_of, trailing
from tajikpeace_refs.links.address import AddressError, wire_url
from tajikpeace_refs.links.verdict import Reason

SKIPPED_SCHEMES = frozenset({
    "data", "dns", "fax", "feed", "file", "ftp", "ftps", "geo", "git", "gopher", "imap", "irc", "ircs", "ldap",
    "magnet", "mailto", "news", "nntp", "rsync", "rtsp", "sftp", "sip", "sms", "ssh", "svn", "tel", "telnet", "urn",
    "webcal", "ws", "wss", "xmpp",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a text is: ``url`` to ask for (None: do not ask), why not, and what was probably meant.

    With a ``url`` and a ``doubt``, the text is a URL but looks mistyped: where asking finds nothing, the mend in
    ``suggested`` is the likelier reading.
    """

    url: str | None
    reason: Reason = Reason.OK
    suggested: str | None = None
    detail: str = ""
    doubt: Reason | None = None


def inspect(text: str) -> Inspection:
    """Return what the printed text is.

    >>> inspect("Thttp://www.jamestown.org/").suggested, inspect("htp:/x.org/a").reason.value
    ('http://www.jamestown.org/', 'misspelt-scheme')
    >>> inspect("http://x.org/a.").doubt.value, inspect("mailto:a@b.org").reason.value
    ('trailing-punctuation', 'not-http')
    """
    return Inspection(text) if _PLAIN.fullmatch(text) else _inspect(text)


# An address in which no rule finds anything to mend: most are such, and one expression tells in 1 µs what the rules
# take 47 µs to find. The plain way is ``_inspect``; a test holds the two equal.
_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_PLAIN = re.compile(
    rf"https?://(?:{_LABEL}\.){{1,6}}[a-z]{{2,12}}(?:/(?:[\w.~+%=@-]+/)*(?:[\w.~+%=@?&-]*[A-Za-z0-9_])?)?", re.ASCII
)


def _inspect(text: str) -> Inspection:
    stripped = text.strip().strip("\ufeff\u200b").strip()
    scheme = scheme_of(stripped)
    if scheme in SKIPPED_SCHEMES and not is_bare_doi(stripped):
        return Inspection(None, Reason.NOT_HTTP, detail=f"{scheme}: is not checked")
    reason, mended, detail = _mend(stripped)
    if reason is not None:
        return Inspection(None, reason, mended, detail)
    doubt, mended = _doubt(stripped)
    if stripped != text and mended is None:
        return Inspection(stripped, suggested=stripped, detail="surrounding white space left out")
    return Inspection(stripped, suggested=mended, doubt=doubt)


def _mend(text: str) -> tuple[Reason | None, str | None, str]:
    """Return why the text is no URL (None: it is one), the URL that it was meant to be, and the trouble in words."""
    if not text:
        return Reason.NOT_A_URL, None, "the text is empty"
    first: Reason | None = None
    mended = text
    for _ in range(6):  # a text may have several faults, one under another
        found = next(((why, new) for why, rule in RULES if (new := rule(mended)) != mended), None)
        if found is None:
            break
        first, mended = first or found[0], found[1]
    if first is not None:
        mended = trailing(mended) or mended
    trouble = _trouble(mended)
    if trouble is not None:
        return first or trouble.reason, None, str(trouble)
    return first, mended if first else None, f"{text!r} is no URL" if first else ""


def _trouble(url: str) -> AddressError | None:
    scheme = scheme_of(url)
    if scheme not in {"http", "https"}:
        known = Reason.BAD_SCHEME if scheme else Reason.NOT_A_URL
        return AddressError(known, f"{scheme}: is not a web address" if scheme else "no web address is in it")
    try:
        wire_url(url)
    except AddressError as error:
        return error
    return None


def _doubt(url: str) -> tuple[Reason | None, str | None]:
    for reason, rule in DOUBTS:
        mended = rule(url)
        if mended != url and _trouble(mended) is None:
            return reason, mended
    return None, None
