"""Is a printed text a URL, and if not, which URL was probably meant? Pure; the text itself is never changed.

``inspect`` answers. Its rules are the tables ``_REPAIRS`` (the text is not a URL: a stray letter, ``htp:``, a bare DOI)
and ``_DOUBTS`` (it is one, but looks mistyped: a full stop at its end). A rule takes a text and returns it repaired,
or unchanged where it does not apply.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

from tajikpeace_refs.links.verdict import Reason
from tajikpeace_refs.model.date import read_written
from tajikpeace_refs.model.date_words import ACCESS_NOTE
from tajikpeace_refs.model.identifiers import ARXIV, doi_address, parse_doi
from tajikpeace_refs.text.scripts import LATIN_TWIN
from tajikpeace_refs.web.address import slashed, wire_url
from tajikpeace_refs.web.faults import AddressError

_Rule = Callable[[str], str]

_NOT_CHECKED = frozenset({
    "data", "dns", "fax", "feed", "file", "ftp", "ftps", "geo", "git", "gopher", "imap", "irc", "ircs", "ldap",
    "magnet", "mailto", "news", "nntp", "rsync", "rtsp", "sftp", "sip", "sms", "ssh", "svn", "tel", "telnet", "urn",
    "webcal", "ws", "wss", "xmpp",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a text is.

    ``url`` is what to ask for, None for nothing, and ``reason`` then says why. ``suggested`` is the URL that was
    probably meant. With both a ``url`` and a ``doubt`` the text is a URL that looks mistyped: if nothing is found
    there, the suggested one is the likelier reading.
    """

    url: str | None
    reason: Reason = Reason.OK
    suggested: str | None = None
    detail: str = ""
    doubt: Reason | None = None
    accessed: str | None = None
    """The day (ISO 8601) on which the page was read, where the text says so."""


def inspect(text: str) -> Inspection:
    """Return what the printed text is; it never raises.

    >>> inspect("Thttp://www.jamestown.org/").suggested, inspect("htp:/x.org/a").reason.value
    ('http://www.jamestown.org/', 'misspelt-scheme')
    >>> inspect("http://x.org/a.").doubt.value, inspect("mailto:a@b.org").reason.value
    ('trailing-punctuation', 'not-http')
    >>> inspect("http://x.org/a (дата обращения: 12.05.2010)").accessed
    '2010-05-12'
    """
    found = _inspect(text)
    if found.url is None and (note := _ACCESS_NOTE.search(text)) and (date := read_written(note["date"].strip())):
        return replace(found, accessed=str(date))
    return found


def _inspect(text: str) -> Inspection:
    stripped = text.strip().strip("\ufeff\u200b").strip()
    scheme = _scheme_of(stripped)
    if scheme in _NOT_CHECKED and not _is_bare_doi(stripped):
        return Inspection(None, Reason.NOT_HTTP, detail=f"{scheme}: is not checked")
    reason, repaired, detail = _repair(stripped)
    if reason is not None:
        return Inspection(None, reason, repaired, detail)
    for doubt, rule in _DOUBTS:
        repaired = rule(stripped)
        if repaired != stripped and _trouble(repaired) is None:
            return Inspection(stripped, suggested=repaired, doubt=doubt)
    if stripped != text:
        return Inspection(stripped, suggested=stripped, detail="surrounding white space left out")
    return Inspection(stripped)


def _repair(text: str) -> tuple[Reason | None, str | None, str]:
    """Return why the text is not a URL (None: it is one), the URL that was meant (None: unknown), and why in words."""
    if not text:
        return Reason.NOT_A_URL, None, "the text is empty"
    first: Reason | None = None
    repaired = text
    for _ in range(6):  # a text may have several faults, one under another
        found = next(((why, new) for why, rule in _REPAIRS if (new := rule(repaired)) != repaired), None)
        if found is None:
            break
        first, repaired = first or found[0], found[1]
    if first is not None:
        repaired = _without_trailing(repaired) or repaired
    if trouble := _trouble(repaired):
        why, words = trouble
        return first or why, None, words
    return first, repaired if first else None, f"{text!r} is not a URL" if first else ""


def _trouble(url: str) -> tuple[Reason, str] | None:
    """Return why the text cannot be asked for, as a code and in words; None where it can."""
    scheme = _scheme_of(url)
    if not scheme:
        return Reason.NOT_A_URL, "it contains no web address"
    if scheme not in {"http", "https"}:
        return Reason.BAD_SCHEME, f"{scheme}: is not a web address"
    try:
        wire_url(url)
    except AddressError as error:
        return Reason(error.fault.value), str(error)
    return None


# Characters that nobody sees: controls, zero-width characters, soft hyphen, direction marks, byte-order mark.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HOST = r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+(?:[^\W\d_]{2,}|xn--[\w-]+)|(?:\d{1,3}\.){3}\d{1,3}|localhost"
_BARE_HOST = re.compile(rf"(?:{_HOST})\.?(?::\d+)?(?:[/?#].*)?", re.IGNORECASE)


def _scheme_of(text: str) -> str:
    """Return the scheme that the text begins with, in lower case; empty where it has none, or is ``host:port``."""
    match = _SCHEME.match(text)
    if not match or _BARE_HOST.fullmatch(text):
        return ""
    return match[1].lower()


_LATEX: list[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]] = [
    (re.compile(r"\\(?:url|nolinkurl|path)\s*\{(.*)\}", re.DOTALL), r"\1"),
    (re.compile(r"\\href\s*\{([^{}]*)\}\s*\{.*\}", re.DOTALL), r"\1"),
    (re.compile(r"\{?\\textunderscore\s*(?:\{\})?\}?"), "_"),
    (re.compile(r"\{?\\textasciitilde\s*(?:\{\})?\}?|\{?\\~\s*(?:\{\s*\})?\}?|\$\\sim\$"), "~"),
    (re.compile(r"\{?\\textasciicircum\s*(?:\{\})?\}?"), "^"),
    (re.compile(r"\{?\\textpercent\s*(?:\{\})?\}?"), "%"),
    (re.compile(r"\{\\?([_%&#$])\}|\\([_%&#${}])"), r"\1\2"),
    (re.compile(r"\\slash\s?|\\allowbreak\s?|\\/|\\-"), lambda match: "/" if "slash" in match[0] else ""),
]


def _latex(text: str) -> str:
    for pattern, plain in _LATEX:
        text = pattern.sub(plain, text)
    return text


_PAIRS = {"<": ">", "(": ")", "[": "]", "{": "}", '"': '"', "'": "'", "“": "”", "«": "»", "‘": "’", "„": "“"}


def _first_group(pattern: str) -> _Rule:
    """Return a rule: a text that begins with the pattern becomes the pattern's first group."""
    compiled = re.compile(pattern, re.IGNORECASE | re.DOTALL)
    return lambda text: match[1] if (match := compiled.match(text)) else text


def _enclosed(text: str) -> str:
    opened = text[:1] in _PAIRS
    inner = text[1:] if opened else text
    closing = _PAIRS.get(text[:1], "")
    inner = inner.rstrip(".,;") if closing and inner.rstrip(".,;").endswith(closing) else inner
    inner = inner.removesuffix(closing) if closing else inner.rstrip('<>"”»“„')
    return inner.strip().removeprefix("URL:").strip() if inner != text else text


def _several(text: str) -> str:
    match = re.match(
        r"(\S*?[^\s,;|])(?:\s*[,;|]\s*|\s+)(?:and\s+|или\s+|и\s+)?(?:https?://|www\.)", text, re.IGNORECASE
    )
    return match[1] if match and re.match(r"https?://.|www\.", match[1], re.IGNORECASE) else text


_ACCESS_NOTE = re.compile(rf"(?<=\S)[\s,;.(\[–—-]{{1,8}}{ACCESS_NOTE.pattern}(?: ?[гр])?[.)\]\s]*$", re.IGNORECASE)
"""A note at the end of a text that says when the page was read."""


def _without_note(text: str) -> str:
    return _ACCESS_NOTE.sub("", text) if "://" in text or text.lower().startswith("www.") else text


_REMARK = re.compile(
    r"[,;.]?\s{1,8}[(\[]?(?:"
    r"(?:(?:on|as of|from|stand|le|am|от)\b:?\s*)?"
    r"(?P<date>\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}-\d\d-\d\d|\d{1,2}\.?\s[^\W\d_]{3,9}\.?\s\d{4}|[^\W\d_]{3,9}\.?\s\d{1,2},?\s\d{4})"
    r"(?: ?г(?:ода)?)?"
    r"|(?:pdf|html?|docx?|djvu|(?:in|auf|en)\s[^\W\d_]{5,12}|на\s[^\W\d_]{3,12}\.?\sяз(?:ыке|\.)?)(?:,?\s\d+(?:[.,]\d+)?\s?[kmкм][bб])?"
    r")[)\].]*$",
    re.IGNORECASE,
)
"""A day, a format or a language that stands behind an address."""


def _without_remark(text: str) -> str:
    match = _REMARK.search(text) if "://" in text or text.lower().startswith("www.") else None
    if match is None or (match["date"] and not read_written(match["date"])):
        return text
    return text[: match.start()]


_BROKEN = re.compile(
    r"(?<!\s)\s*[\r\n\t\v\f\u2028\u2029]\s*|(?<=[/?&=])[^\S\r\n]+|(?<!\s)[^\S\r\n]+(?=[/?&=])|(?<=\w[-_]) +(?=\w)"
)
"""A broken line, or the blank that it left: beside a sign that parts an address, where no file name has one."""


def _white_space(text: str) -> str:
    # A broken line is joined; a space in scheme or host is a slip; one in the path may belong to a file name.
    text = _BROKEN.sub("", text)
    head = re.match(r"\s*[A-Za-z]{2,7}\s*:\s*/\s*/\s*[^/?#]*|www\.[^/?#]*", text)
    if head:
        rest, mark, fragment = text[head.end() :].partition("#")  # a fragment is never sent: it may hold spaces
        text = re.sub(r"\s+", "", head[0]) + re.sub(r"\s", "%20", rest.rstrip()) + mark + fragment
    return text


def _is_bare_doi(text: str) -> bool:
    """Whether a text is a DOI that is not a web address: bare, or with a label."""
    return (text[:4].lower() != "http" or _DOI_SCHEME.match(text) is not None) and parse_doi(text) is not None


_DOI_SCHEME = re.compile(r"https?://doi:", re.IGNORECASE)


_ANCHOR = re.compile(r"<a\b[^<>]{0,500}?\bhref\s*=\s*[\"']?\s*([^\s\"'<>]+)", re.IGNORECASE)


def _anchor(text: str) -> str:
    """Return the address that the anchor of an HTML page leads to."""
    match = _ANCHOR.match(text)
    return match[1] if match else text


_LABELLED_HANDLE = re.compile(r"(?:hdl|handle)\s*[:.]\s*(?=\d+(?:\.\d+)*/\S)", re.IGNORECASE)
_LABELLED_ARXIV = re.compile(r"arxiv\s*:", re.IGNORECASE)


def _label(text: str) -> str:
    """Return the address of a handle or an arXiv paper that is written with its label alone."""
    if match := _LABELLED_HANDLE.match(text):
        return f"https://hdl.handle.net/{text[match.end() :]}"
    return (ARXIV.address(text) or text) if _LABELLED_ARXIV.match(text) else text


def _doi(text: str) -> str:
    return doi_address(text) if _is_bare_doi(text) else text


def _stray_prefix(text: str) -> str:
    address = r"[^/?#]{1,40}?(https?://[^/\s].*|(?<=\s)www\.[\w-]+\.\w.*)"
    match = re.match(address, text, re.IGNORECASE | re.DOTALL)
    return match[1] if match and _scheme_of(text) not in {"javascript", "vbscript"} else text


_AUTHORITY = re.compile(r"^(https?://)([^/?#]*)", re.IGNORECASE)
_MISSPELT = re.compile(
    r"^(?:(?!https?:)(?:h{1,2}t{1,3}p{0,2}s?|h{0,2}t{2,3}p{1,2}s{0,2}|hxxps?|htt?ps?|hpptp?s?|hhtps?|httpss|thtps?|htpps?)"
    r"\s*[:;.,]{1,2}\s*[/\\]{1,3}(?=[^/\\])|https?[;.,]\s*[/\\]{1,3}(?=[^/\\]))",
    re.IGNORECASE,
)


def _misspelt(text: str) -> str:
    return _MISSPELT.sub(lambda match: "https://" if "s" in match[0].lower() else "http://", text)


def _slashes(text: str) -> str:
    match = re.match(r"(https?)(?::[/\\]*|[/\\]{2,})(?=[^/\\])", text, re.IGNORECASE)
    return f"{match[1]}://{slashed(text[match.end() :])}" if match else text


def _no_scheme(text: str) -> str:
    bare = re.sub(r"^:?//", "", text)
    return f"http://{bare}" if _BARE_HOST.fullmatch(bare) else text


def _host(text: str) -> str:
    def repaired(match: re.Match[str]) -> str:
        return match[1] + re.sub(r"\.{2,}", ".", match[2].replace(",", ".")).lstrip(".")

    return _AUTHORITY.sub(repaired, text)


def _host_dashes(text: str) -> str:
    return _AUTHORITY.sub(lambda match: _DASHES.sub("-", match[0]), text)


_SAME_PORT_TWICE = re.compile(r"^(https?://[^/?#:\[\]]+:(\d+)):\2(?=[/?#]|$)")
_REPAIRS: tuple[tuple[Reason, _Rule], ...] = (
    (Reason.INVISIBLE_CHARACTER, lambda text: _INVISIBLE.sub("", text)),
    (Reason.ENCLOSED, _anchor),
    (Reason.ACCESS_NOTE, _without_note),
    (Reason.ENCLOSED, _enclosed),
    (Reason.LATEX_ESCAPE, _latex),
    (Reason.BARE_IDENTIFIER, _label),
    (Reason.SEVERAL_URLS, _several),
    (Reason.BARE_DOI, _doi),
    (Reason.DOUBLED_SCHEME, _first_group(r"(?:https?:?/{0,3})+(https?:?/{1,3}[^/].*)")),
    (Reason.STRAY_PREFIX, _stray_prefix),
    (Reason.WHITE_SPACE, _without_remark),
    (Reason.WHITE_SPACE, _white_space),
    (Reason.MISSPELT_SCHEME, _misspelt),
    (Reason.BAD_SLASHES, _slashes),
    (Reason.MISSING_SCHEME, _no_scheme),
    (Reason.ODD_DASH, _host_dashes),
    (Reason.BAD_HOST, _host),
    (Reason.BAD_PORT, lambda text: _SAME_PORT_TWICE.sub(r"\1", text)),
)
"""What makes a text no URL, and its repair: tried in this order, again and again until no rule changes the text."""


def _without_trailing(url: str) -> str:
    """Return the URL without the punctuation of the sentence that it stood in."""
    bare = url.rstrip(".,;:!…")
    for opening, closing in ("()", "[]", "{}"):
        if bare.endswith(closing) and bare.count(closing) > bare.count(opening):
            bare = bare[:-1].rstrip(".,;:!…")
    return bare.rstrip("'’")


_PROXIED = re.compile(
    r"(https?://)([\w-]+(?:--?[\w-]+)+)\.(?:[\w-]+\.)*?(?:[\w-]*lib|ez|web)?-?proxy\d*(?:\.[\w-]+)+(?::\d+)?(?=[/?#]|$)",
    re.IGNORECASE,
)


def _without_proxy(url: str) -> str:
    """Return the address behind a library's proxy, which writes a dot as one hyphen and a hyphen as two (EZproxy)."""
    match = _PROXIED.match(url)
    if not match:
        return url
    host = match[2].replace("--", "\0").replace("-", ".").replace("\0", "-")
    return f"{match[1]}{host}{url[match.end() :]}" if re.search(r"\.[a-z]{2,}$", host, re.IGNORECASE) else url


def _in_one_script(url: str) -> str:
    """Return the address with the Latin twins of Cyrillic letters in names of its host that are Latin otherwise."""

    def latin(match: re.Match[str]) -> str:
        labels = [_latin_label(label) for label in match[2].split(".")]
        return match[1] + ".".join(labels)

    return url if url.isascii() else _AUTHORITY.sub(latin, url)


def _latin_label(label: str) -> str:
    changed = "".join(LATIN_TWIN.get(char, char) for char in label)
    return changed if changed.isascii() and re.search("[A-Za-z]", label) else label


_DOUBTS: tuple[tuple[Reason, _Rule], ...] = (
    (Reason.TRAILING_PUNCTUATION, _without_trailing),
    (Reason.HTML_ESCAPE, lambda url: url.replace("&amp;", "&")),
    (Reason.SEVERAL_URLS, _first_group(r"(https?://[^?#]*?\w)https?://")),
    (Reason.PROXIED, _without_proxy),
    (Reason.LOOK_ALIKE, _in_one_script),
    (Reason.ODD_DASH, lambda url: _DASHES.sub("-", url)),
    (Reason.INVISIBLE_CHARACTER, lambda url: unicodedata.normalize("NFKC", url)),
)
"""What makes a URL look mistyped, and the likelier URL: suggested where nothing is found at the printed one."""
