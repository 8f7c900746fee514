"""What a reader sees of a page: title, headings, text, refresh, fragments. Pure; time is linear in the input."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote

# Each alternative also matches where its end is missing, so that no input is scanned twice.
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|noscript|template|svg|textarea)\b[^>]*(?:>|\Z).*?(?:</\1\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_ASIDE = re.compile(r"(?is)<(a|nav|header|footer|aside|select|button)\b[^>]*(?:>|\Z).*?(?:</\1\s*>|\Z)")
_TAG = re.compile(r"<[/!?a-z][^<>]{0,4000}>", re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^>]{0,500}>([^<]{0,1000})", re.IGNORECASE)
_HEADING = re.compile(r"<h([12])\b[^>]{0,500}>(.{0,600}?)</h\1", re.IGNORECASE | re.DOTALL)
_META = re.compile(r"<meta\b([^<>]{0,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:-]{1,40})\s*=\s*(?:"([^"]{0,2000})"|'([^']{0,2000})'|([^\s"'<>]{1,2000}))""")
_METADATA = re.compile(
    r"(?:citation|bepress_citation|eprints|prism|wkhealth)[._](?:title|author|creators?_name|(?:publication_)?date|year)"
    r"|(?:dc|dcterms)[.:](?:title|creator|date|issued)|(?:og|twitter):title|title|headline|author",
    re.IGNORECASE,
)
_JSON_LD = re.compile(r"<script\b[^<>]{0,500}ld\+json[^<>]{0,500}>(.{0,20000}?)</script", re.IGNORECASE | re.DOTALL)
_JSON_NAME = re.compile(r'"(?:headline|name|alternativeHeadline|datePublished)"\s*:\s*("(?:[^"\\]|\\.){1,1000}")')
_PASSWORD = re.compile(r"""<input\b[^<>]{0,1000}type\s*=\s*["']?password""", re.IGNORECASE)
_REFRESH = re.compile(r"\s*(\d{1,5})(?:\.\d*)?\s*[;,]?\s*(?:url\s*=\s*)?['\"]?([^'\"]{1,2000})", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^<>]{0,300}?charset\s*=\s*["']?([\w:.-]{1,40})""", re.IGNORECASE)
_ANCHOR = re.compile(r"""(?i)\b(?:id|name)\s*=\s*(?:"([^"<>]{1,300})"|'([^'<>]{1,300})'|([^\s"'<>]{1,300}))""")


@dataclass(frozen=True, slots=True)
class Page:
    """The beginning of a page: its texts have no markup, no entities, and single spaces."""

    title: str = ""
    headings: tuple[str, ...] = ()
    """Those of the first and second level."""
    text: str = ""
    prose: str = ""
    """The text without links, menus, headers and footers."""
    refresh: tuple[int, str] | None = None
    """Seconds and address of a ``<meta http-equiv="refresh">``."""
    markup: str = ""
    """The markup without scripts and comments."""
    source: str = ""
    """The page as it was sent."""
    whole: bool = True
    """Whether all of the page was read."""
    metadata: tuple[str, ...] = ()
    """Titles, authors and dates that the page gives for programs: ``citation_title``, ``og:title``, JSON-LD."""
    main_headings: tuple[str, ...] = ()
    """Those of the first level."""
    asks_password: bool = False
    """Whether it has a field for a password."""


def decode(data: bytes, content_type: str = "") -> str:
    """Return the text of data: by byte-order mark, header, ``<meta charset>``, or else as UTF-8 or a code page."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    declared = re.search(r"charset\s*=\s*[\"']?([\w:.-]+)", content_type, re.IGNORECASE)
    meta = _CHARSET.search(data[:4096])
    for name in (declared and declared[1], meta and meta[1].decode("ascii", "replace"), "utf-8"):
        if not name:
            continue
        try:
            text = data.decode(name, "replace")
        except (LookupError, ValueError):
            continue
        if text.count("\ufffd") <= len(text) // 200 + 1:
            return text.removeprefix("\ufeff")
    # Where nothing is declared: mostly letters beyond ASCII mean Cyrillic, since Western text is mostly ASCII.
    high = sum(byte >= 0xC0 for byte in data)
    ascii_letters = sum(65 <= byte & 0xDF <= 90 for byte in data if byte < 128)
    return data.decode("cp1251" if high * 2 > ascii_letters else "cp1252", "replace")


def is_page(content_type: str, body: bytes) -> bool:
    """Whether a response is a text that a browser shows as a page."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind:
        return kind in {"text/html", "application/xhtml+xml", "text/plain"}
    return body[:512].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def read_page(data: bytes, content_type: str = "", *, whole: bool = True) -> Page | None:
    """Return what a reader sees of a response, or None where it is no page (a PDF, an image).

    ``whole``: the body was read to its end.
    """
    if not is_page(content_type, data):
        return None
    markup = decode(data, content_type)
    if content_type.lower().startswith("text/plain"):
        text = _words(markup)
        return Page(text=text, prose=text, whole=whole)
    seen = _UNSEEN.sub(" ", markup)
    title = _TITLE.search(seen)
    headings = [(match[1], _words(_TAG.sub(" ", match[2]))) for match in _HEADING.finditer(seen)]
    body_text = _TITLE.sub(" ", seen)
    return Page(
        title=_words(title[1]) if title else "",
        headings=tuple(heading for _, heading in headings if heading)[:5],
        main_headings=tuple(heading for level, heading in headings if heading and level == "1")[:5],
        text=_words(_TAG.sub(" ", body_text)),
        prose=_words(_TAG.sub(" ", _ASIDE.sub(" ", body_text))),
        refresh=_refresh(seen),
        markup=seen,
        source=markup,
        whole=whole,
        metadata=tuple(_metadata(markup)),
        asks_password=_PASSWORD.search(seen) is not None,
    )


def _metadata(markup: str) -> Iterator[str]:
    for meta in _META.finditer(markup):
        attributes = _attributes(meta[1])
        name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
        if _METADATA.fullmatch(name) and (content := attributes.get("content")):
            yield _words(content)
    for data in _JSON_LD.finditer(markup):
        for text in _JSON_NAME.findall(data[1]):
            with suppress(ValueError):
                yield _words(json.loads(text))


def _words(text: str) -> str:
    return " ".join(html.unescape(text).split())


def _attributes(tag: str) -> dict[str, str]:
    return {m[1].lower(): html.unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(tag)}


def _refresh(seen: str) -> tuple[int, str] | None:
    for meta in _META.finditer(seen):
        attributes = _attributes(meta[1])
        if attributes.get("http-equiv", "").lower() == "refresh":
            return refresh(attributes.get("content", ""))
    return None


def refresh(value: str) -> tuple[int, str] | None:
    """Return seconds and address of a refresh, as a header or ``<meta>`` has it; None where it only reloads the page.

    >>> refresh("0; URL='/new'"), refresh("5")
    ((0, '/new'), None)
    """
    match = _REFRESH.fullmatch(value.rstrip(" '\""))
    return (int(match[1]), match[2].strip()) if match else None


def fragment_state(page: Page | None, fragment: str) -> str:
    """Return whether a page has a fragment (the part of a URL after ``#``): ``present``, ``absent`` or ``unknown``.

    Unknown are fragments of what is no page (``#page=5`` of a PDF), of a page that was not read to its end, and routes
    of a script (``#/a``, ``#!a``).
    """
    name, _, directive = fragment.partition(":~:")
    if page is None:
        return "unknown"
    if directive:
        return _text_state(page, directive)
    if not name or name.lower() == "top":
        return "present"
    wanted = {name, unquote(name)}
    if any(html.unescape(m[1] or m[2] or m[3] or "") in wanted for m in _ANCHOR.finditer(page.markup)):
        return "present"
    return "absent" if page.whole and name[:1] not in "!/." else "unknown"


def _text_state(page: Page, directive: str) -> str:
    """Return the state of a text fragment, ``text=[prefix-,]start[,end][,-suffix]``: are its texts on the page?"""
    haystack = page.text.casefold()
    for text in parse_qs(directive.replace("+", "%2B")).get("text", []):
        parts = [part for part in text.split(",") if not part.endswith("-") and not part.startswith("-")]
        if not all(" ".join(unquote(part).split()).casefold() in haystack for part in parts):
            return "absent" if page.whole else "unknown"
    return "present"
