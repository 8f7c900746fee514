"""Pages: where a range parts into its first and last page, whatever dash it is written with, and article numbers."""

from __future__ import annotations

import re
from collections.abc import Callable

HYPHENS = "-\u2010\u2011"
DASHES = "\u2012-\u2015\u2212"
"""Dashes that no page number has in it, as the inside of a set of characters."""
_DASH = re.compile(rf"(?<=\S)\s*(?:[{HYPHENS}]*[{DASHES}][{HYPHENS}{DASHES}]*|[{HYPHENS}]{{2,}})\s*(?=\S)")
_HYPHEN = re.compile(rf"(?<=\S)\s*[{HYPHENS}]\s*(?=\S)")
_ROMAN = re.compile(r"[ivxlc]+")
_GAP = re.compile(r"\s|[,;&]")
_LIST = re.compile(r"([,;&])")
_LABEL = re.compile(
    r"^\s*(?:(?:pp?|pgs?|págs?|sid|стор|саҳ|бет|[sсб]|ss|сс)\s*\.\s*(?=\d|[ivxlc])"
    r"|(?:pp|pages?|páginas?|pagine|seiten?|str(?:ony)?|стр(?:аниц[аы])?|сторінки|саҳ(?:ифа(?:ҳои?)?)?)\b\.?\s*"
    r"(?=\d|[a-z]\d|[ivxlc]+\b))",
    re.IGNORECASE,
)
_ON_REVERSED = re.compile(rf"\+\s*+[{HYPHENS}{DASHES}]*+\s*+")
"""A plus for "and on", read from the end: a search from the front begins anew at each blank."""
_SHORT = re.compile(r"(?<![\w.])(\d{1,18})–(\d{1,18})(?![\w.])")
_SAME = re.compile(r"(?<![\w.–])(\w[\w.]*)–\1(?![\w.–])")
_ARTICLE = re.compile(r"(?:article\s+|pii:\s*)?(e\d+|[a-z]{2,}\d{4,}|\d{6,})", re.IGNORECASE)
_PAGES_OF_ARTICLE = re.compile(rf"(\w+):1(?:[{HYPHENS}{DASHES}]+\1:\d+)?")


def page_parts(text: str) -> list[str]:
    """Return the ends of a range of pages; one page or article number alone.

    Any dash parts, and so does a run of them. A lone hyphen parts only where there is no dash, and not between the
    letters and the digits of one number.

    >>> page_parts("195 -- 202"), page_parts("1758–-1780"), page_parts("A-12–A-15"), page_parts("A-12")
    (['195', '202'], ['1758', '1780'], ['A-12', 'A-15'], ['A-12'])
    >>> page_parts("58-II"), page_parts("xii-5"), page_parts("I-IV")
    (['58-II'], ['xii', '5'], ['I', 'IV'])
    """
    if text.isalnum():
        return [text]
    if _DASH.search(text):
        return _DASH.split(text)
    parts = _HYPHEN.split(text)
    first = parts[0].strip()
    last = parts[-1].strip()
    is_lettered = first.isalpha() and last[0].isdigit() and not _ROMAN.fullmatch(first)
    is_one = len(parts) == 2 and (is_lettered or (first.isdigit() and last.isalpha()))
    return [text] if is_one else parts


def _rejoined(text: str, dash: Callable[[list[str]], str]) -> str:
    """Return the pages of a list, each range with its own dash."""
    if text.isalnum():
        return text
    ranges = map(page_parts, _LIST.split(text))
    return "".join([dash(parts).join(parts) for parts in ranges])


def split_pages(text: str) -> tuple[str, ...]:
    """Return the first and the last page, or the whole text where it is no simple range.

    >>> split_pages("195-202"), split_pages("A-12–A-15"), split_pages("A-12"), split_pages("xii, 345")
    (('195', '202'), ('A-12', 'A-15'), ('A-12',), ('xii, 345',))
    """
    parts = page_parts(text)
    return tuple(parts) if len(parts) == 2 and not _GAP.search("".join(parts)) else (text,)


def page_range(first: str, last: str) -> str:
    """Return two pages with the dash that tells them apart; the first alone where it ends with the last.

    >>> page_range("195", "202"), page_range("A-12", "A-15"), page_range("A-12", "12")
    ('195-202', 'A-12–A-15', 'A-12')
    """
    if first == last or first.endswith(f"-{last}"):
        return first
    return f"{first}–{last}" if "-" in first else f"{first}-{last}"


def with_hyphens(text: str) -> str:
    """Return pages with a hyphen in each range, an en dash where the page numbers have hyphens: as the model has them.

    >>> with_hyphens("195 – 202"), with_hyphens("1758–-1780"), with_hyphens("A-12–A-15")
    ('195-202', '1758-1780', 'A-12–A-15')
    """
    return _rejoined(text, lambda parts: "–" if any(sign in part for part in parts for sign in HYPHENS) else "-")


def with_en_dashes(text: str) -> str:
    """Return a range with an en dash: ``1-2``, ``1--2`` and ``1 — 2`` become ``1–2``."""
    return _rejoined(text, lambda _: "–")


def in_full(text: str) -> str:
    """Return pages as a reader looks for them: en dashes, short ranges in full, one page once, neither label nor ``+``.

    >>> in_full("1123-28"), in_full("S1--S10"), in_full("pp. 39-47, 50"), in_full("С. 12–34"), in_full("476-+")
    ('1123–1128', 'S1–S10', '39–47, 50', '12–34', '476')
    >>> in_full("14--14"), in_full("e089–e089")
    ('14', 'e089')
    """
    text = without_page_label(text)
    if on := _ON_REVERSED.match(text[::-1]):
        text = text[: len(text) - on.end()]
    text = with_en_dashes(text)
    return _SHORT.sub(_expanded, _SAME.sub(r"\1", text)) if "–" in text else text


def _expanded(match: re.Match[str]) -> str:
    first, last = match[1], match[2]
    if len(last) < len(first) and int(first[: -len(last)] + last) > int(first):
        last = first[: -len(last)] + last
    return f"{first}–{last}"


def without_page_label(text: str) -> str:
    """Return pages without the word for them, in the languages of ``text.numbers``; other words stay.

    >>> [without_page_label(text) for text in ("pp. 3-5", "С. 10–20", "стр 5–9", "Seiten 4-6", "s5", "part 2")]
    ['3-5', '10–20', '5–9', '4-6', 's5', 'part 2']
    """
    return _LABEL.sub("", text, count=1)


def article_number(text: str) -> str | None:
    """Return the article number that a page field holds, or None for pages.

    ACM and dblp have the number of the article before each page: ``37:1--37:24``.

    >>> [article_number(text) for text in ("e0209899", "pii: E1392", "e089-e089", "1123-1128", "37:1–37:24")]
    ['e0209899', 'E1392', 'e089', None, '37']
    """
    bare = text.strip()
    if not bare[-1:].isalnum() or (bare.isdigit() and len(bare) < 6):
        return None
    match = _ARTICLE.fullmatch(_SAME.sub(r"\1", with_en_dashes(bare))) or _PAGES_OF_ARTICLE.fullmatch(bare)
    return match[1] if match else None
