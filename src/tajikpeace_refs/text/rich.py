"""Inline markup: CSL's tags read from a text, and marked text printed as plain text, Markdown, HTML or LaTeX.

CSL's tags are ``i``, ``b``, ``sub``, ``sup``, ``sc`` and ``span`` (``nocase``, small caps); ``em`` and ``strong`` are
read as ``i`` and ``b``. A tag without its partner is text.

Marked text holds private-use characters in place of tags. There italics are *toggles*: inside an italic title a second
toggle sets a word roman, so reverse italics (APA 6.22) need no rule of their own. Links, language spans, sub- and
superscripts come in pairs of marks.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import NamedTuple
from urllib.parse import quote

from tajikpeace_refs.options import Markup
from tajikpeace_refs.text.languages import is_right_to_left
from tajikpeace_refs.text.tex_addresses import without_end

ITALIC = "\ue000"
SUB, SUB_END, SUP, SUP_END = "\ue001", "\ue002", "\ue003", "\ue004"
KEEP, KEEP_END = "\ue005", "\ue006"  # the capitals between these are kept (CSL's class="nocase")
LINK, LINK_END = "\ue007", "\ue008"
LANG, LANG_TEXT, LANG_END = "\ue009", "\ue00a", "\ue00b"  # LANG tag LANG_TEXT text LANG_END

_MARKS = "\ue000-\ue00b"
_NOTHING = "\ue00c"  # stands for the text before a piece
_ADDRESS = "\ue00e"  # stands for an address
# Our own marks, and characters that print nothing.
_RESERVED = re.compile("[\ue000-\ue00f\u00ad\u200b\u2060\ufeff]")
# The full stop before three points that stand apart is that of a word: "dis. ... kand.".
_ELLIPSIS = re.compile(r"(?:(?<=\w)(\.\s)(?=\.(?:\s?\.){2}))?\.(?:\s?\.){2,}")
# "Кто виноват?.." ends as it stands: behind ? and ! Russian writes two points of an ellipsis (Rules of 1956, § 202).
_REPAIRS = ((re.compile(r"([?!])\.(?!\.)"), r"\1"), (re.compile(r"(?<![?!])\.{2}"), "."), (re.compile(r",{2,}"), ","),
          (re.compile(r"\(\s*\)|\[\s*\]"), ""), (re.compile(r"\s+"), " "))  # fmt: skip


TAG = re.compile(r"<(/?)(i|em|b|strong|sub|sup|sc|span)(\s[^<>]*)?>")
NOCASE = re.compile(r'<span class="nocase">(.*?)</span>', re.DOTALL)
_KINDS = {"em": "i", "strong": "b"}
_TAG_MARKS = {"i": (ITALIC, ITALIC), "b": ("", ""), "sub": (SUB, SUB_END), "sup": (SUP, SUP_END)}
_KEPT = (KEEP, KEEP_END)


class Tag(NamedTuple):
    """One tag of a text: where it stands, and what it asks for (``i``, ``b``, ``sub``, ``sup``, ``sc``, ``nocase``)."""

    start: int
    end: int
    kind: str
    closes: bool
    is_paired: bool


def tags(text: str) -> list[Tag]:
    """Return the tags of a text in order; those that open or close nothing are not paired.

    >>> [(tag.kind, tag.closes, tag.is_paired) for tag in tags("<em>E. coli</em> <b>x")]
    [('i', False, True), ('i', True, True), ('b', False, False)]
    """
    if "<" not in text:
        return []
    found: list[Tag] = []
    opened: list[tuple[str, int]] = []
    depth: Counter[str] = Counter()
    for match in TAG.finditer(text):
        name = match[2]
        if not match[1]:
            opened.append((name, len(found)))
            depth[name] += 1
            found.append(Tag(*match.span(), _kind(name, match[3] or ""), closes=False, is_paired=False))
            continue
        partner: int | None = None
        while depth[name] and partner is None:
            other, at = opened.pop()
            depth[other] -= 1
            partner = at if other == name else None
        kind = _KINDS.get(name, name)
        if partner is not None:
            found[partner] = found[partner]._replace(is_paired=True)
            kind = found[partner].kind
        found.append(Tag(*match.span(), kind, closes=True, is_paired=partner is not None))
    return found


def _kind(name: str, attributes: str) -> str:
    if name != "span":
        return _KINDS.get(name, name)
    return "nocase" if "nocase" in attributes else "sc" if "small-caps" in attributes else "span"


def strip(text: str, *kinds: str) -> str:
    """Return a text without its tags, or without those of some kinds; what is no tag of CSL's is text.

    >>> strip('<i>H</i><sub>2</sub>O <span class="nocase">in</span> a < b <script>'), strip("<sc>II</sc>", "nocase")
    ('H2O in a < b <script>', '<sc>II</sc>')
    """
    done, start = [], 0
    for tag in tags(text):
        if tag.is_paired and (not kinds or tag.kind in kinds):
            done.append(text[start : tag.start])
            start = tag.end
    return "".join([*done, text[start:]])


def clean(text: str | None) -> str:
    """Return one field fit to stand among others: tags as marks, no stray space, no doubled or dangling punctuation."""
    if not text or text.isalnum():
        return text or ""
    if _may_be_untidy(text):
        text = _tidy(text)
    return _with_marks(text) if "<" in text else text


def _may_be_untidy(text: str) -> bool:
    """Whether a field needs a second look; plain tests, since this is asked a dozen times for each reference."""
    # What is not printable: control characters, spaces other than the plain one, and our own marks.
    if not text.isprintable() or text[:1] in " .,;:)]" or text[-1:] in " ,;:" or "  " in text or ".." in text:
        return True
    return ",," in text or "?." in text or "!." in text or "(" in text or "[" in text


def _tidy(text: str) -> str:
    text = _RESERVED.sub("", text)
    text = _ELLIPSIS.sub(r"\1…", text)
    previous = ""
    while previous != text:  # one repair can bring the next about: "(())"
        previous = text
        for pattern, put in _REPAIRS:
            text = pattern.sub(put, text)
        text = text.lstrip(" .,;:)]").rstrip(" ,;:([")
    return text


def _with_marks(text: str) -> str:
    """Turn CSL's tags into marks; what is not closed is closed at the end, what was never opened is dropped."""
    out, start, unclosed = [], 0, ""
    for tag in tags(text):
        mark, end_mark = _TAG_MARKS.get(tag.kind, _KEPT)
        out += [text[start : tag.start], (end_mark if tag.is_paired else "") if tag.closes else mark]
        start = tag.end
        if not (tag.closes or tag.is_paired):
            unclosed = end_mark + unclosed
    return "".join([*out, text[start:], unclosed])


def italic(text: str) -> str:
    """Return the text in italics; what was italic in it becomes roman."""
    return f"{ITALIC}{text}{ITALIC}" if text else ""


def link(url: str) -> str:
    """Return an address that renders as a link."""
    return f"{LINK}{url}{LINK_END}"


def in_language(text: str, tag: str) -> str:
    """Return a text marked with its language, which HTML shows; as it is where the tag is empty."""
    return f"{LANG}{tag}{LANG_TEXT}{text}{LANG_END}" if tag and text else text


_LINKED = re.compile(f"{LINK}([^{LINK_END}]*){LINK_END}")


def outside_links(text: str, change: Callable[[str], str], address: Callable[[str], str] = link) -> str:
    """Return the text changed everywhere but in addresses, which ``address`` changes; left out, they stay."""
    pieces = _LINKED.split(text)
    return "".join([address(piece) if place % 2 else change(piece) for place, piece in enumerate(pieces)])


# A mark, and what follows that of a language: written so, the search goes by one set of characters.
_MARK = re.compile(f"[{_MARKS}](?:(?<={LANG})[^{LANG_TEXT}]*{LANG_TEXT})?")


def plain(text: str) -> str:
    """Return the text without any mark."""
    return text if text.isascii() else _MARK.sub("", text)


_MARKDOWN = re.compile(
    r"[\\*`$]|_+|<(?=[a-zA-Z/!?])|&(?=#?\w+;)|(?<=\])(?=[(\[:{])|~|^>|^[#+|-](?=\s|#)"
    r"|(?<=^\d)[.)](?=\s)|(?<=^\d\d\d\d)[.)](?=\s)|(?<=^\d\d)[.)](?=\s)|(?<=^\d\d\d)[.)](?=\s)"
)
_HTML_SUBSUP = {SUB: "<sub>", SUB_END: "</sub>", SUP: "<sup>", SUP_END: "</sup>"}


def _escaped(match: re.Match[str], *, is_price: bool = False) -> str:
    """Escape a sign; underscores inside a word or alone between spaces mean nothing to Markdown and stay."""
    sign = match[0]
    if sign == "$" and is_price:
        return sign
    if not sign.startswith("_"):
        return "\\" + sign
    start, end = match.span()
    before, after = match.string[max(start - 1, 0) : start], match.string[end : end + 1]
    if (before.isalnum() and after.isalnum()) or (before in {"", " "} and after in {"", " "}):
        return sign
    return "\\_" * len(sign)


# An address that Markdown leaves as it is, and that GitHub links whole (GFM 6.9, extended autolinks): no sign of
# markup, underscores inside words only, and after it nothing but the end of a sentence.
_READ_AS_IT_STANDS = re.compile(
    r"(?i)https?://(?:[^\W_]|(?<=[^\W_])_(?=[^\W_])|[/:.?=#%+,;@!-]|&(?!#?\w+;))*(?<=[^\W_]|/)"
)
_END_OF_SENTENCE = re.compile(rf"[.,:!?{_MARKS}]*(?:\s|\Z)")


def _markdown(text: str) -> str:
    links: list[str] = []

    def keep(match: re.Match[str]) -> str:
        address = match[1] or without_end(match[0])
        if not is_web(address):
            return match[0]
        end = match.end() if match[1] else match.start() + len(address)
        is_plain = _READ_AS_IT_STANDS.fullmatch(address) and _END_OF_SENTENCE.match(match.string, end)
        links.append(address if is_plain else f"<{percent_encoded(address)}>")
        return _ADDRESS + ("" if match[1] else match[0][len(address) :])

    if "://" in text:
        text = _TO_LINK.sub(keep, text.replace(_ADDRESS, ""))
    # A toggle after a toggle is none.
    bare = _NOT_IN_MARKDOWN.sub("", text).replace(ITALIC + ITALIC, "")
    pieces = bare.lstrip(" ").split(ITALIC)
    escape = partial(_escaped, is_price=bare.count("$") == 1)  # one alone opens no formula
    # The mark keeps a later piece from looking like the start of a line.
    escaped = [_MARKDOWN.sub(escape, piece if place == 0 else _NOTHING + piece) for place, piece in enumerate(pieces)]
    joined = "".join(_starred(piece[1:]) if place % 2 else piece[place > 0 :] for place, piece in enumerate(escaped))
    found = iter(links)
    return _SUBSUP.sub(lambda match: _HTML_SUBSUP.get(match[0]) or next(found, ""), joined)


def percent_encoded(url: str) -> str:
    """Return an address that can stand between angle brackets and in an attribute, and leads to the same page.

    Between angle brackets Markdown takes everything as it is but blanks, ``<``, ``>`` (CommonMark 0.31, 6.5) and
    character references (2.5: ``;`` is encoded where it ends one). These, what RFC 3986 allows nowhere, and the ``$``
    of a formula are percent-encoded. Letters of other scripts stay, since the address is what a reader sees.

    >>> print(percent_encoded("http://a.b/_c d/<e>?f&lt;g=10%"))
    http://a.b/_c%20d/%3Ce%3E?f&lt%3Bg=10%25
    """
    return _NOT_IN_ADDRESS.sub(lambda found: f"{found[1]}%3B" if found[1] else quote(found[0], safe=""), url)


_NOT_IN_ADDRESS = re.compile(r"""(&#?\w+);|[\s\x00-\x1f\x7f-\x9f"$<>\\^`{|}]|%(?![0-9A-Fa-f]{2})""")
_TO_LINK = re.compile(rf"{LINK}([^{LINK_END}]*){LINK_END}|\b(?:https?|ftp)://[^\s<>\"«»“”’…{_MARKS}]+", re.IGNORECASE)


def _starred(text: str) -> str:
    """Return the text in italics; what keeps Markdown from seeing the marks (space, a leading colon) stands outside."""
    core = text.rstrip().lstrip(" :;,.!?)")
    return text.replace(core, f"*{core}*", 1) if core else text


_NOT_IN_MARKDOWN = re.compile(f"{LANG}[^{LANG_TEXT}]*{LANG_TEXT}|[{KEEP}{KEEP_END}{LINK}{LINK_END}{LANG_END}]")
_SUBSUP = re.compile(f"[{SUB}-{SUP_END}{_ADDRESS}]")


_KIND = {ITALIC: "i", SUB: "sub", SUB_END: "sub", SUP: "sup", SUP_END: "sup", LANG: "lang", LANG_END: "lang"}
_ENDS = frozenset({SUB_END, SUP_END, LANG_END})


def _nested(text: str, tags: dict[str, tuple[str, str]]) -> str:
    """Return the text with each mark as a tag of its kind, properly nested whatever the order of the marks.

    Tags are written only when text comes, so that none is empty; one that must close out of turn is opened again.
    """
    out: list[str] = []
    wanted: list[tuple[str, str, str]] = []
    actual: list[tuple[str, str, str]] = []
    position = 0
    for match in (*_MARK.finditer(text), None):
        piece = text[position : match.start() if match else len(text)]
        if piece or match is None:
            goal = wanted if piece else []
            same = next(
                (n for n, (a, b) in enumerate(zip(actual, goal, strict=False)) if a != b), min(len(actual), len(goal))
            )
            out += [end for _, _, end in reversed(actual[same:])] + [start for _, start, _ in goal[same:]] + [piece]
            actual = list(goal)
        if match:
            position = match.end()
            _note(match[0], wanted, tags)
    return "".join(out)


def _note(mark: str, wanted: list[tuple[str, str, str]], tags: dict[str, tuple[str, str]]) -> None:
    """Open or close, in ``wanted``, the tag that a mark stands for."""
    kind = _KIND.get(mark[0])
    if kind is None or kind not in tags:
        return
    places = [place for place, (open_kind, _, _) in enumerate(wanted) if open_kind == kind]
    if mark in _ENDS or (kind == "i" and places):
        if places:
            del wanted[places[-1]]
    else:
        start, end = tags[kind]
        tag = html.escape(mark[1:-1])
        wanted.append((kind, start.format(tag, ' dir="auto"' if is_right_to_left(tag) else ""), end))


_HTML = {"i": ("<i>", "</i>"), "sub": ("<sub>", "</sub>"), "sup": ("<sup>", "</sup>"),
         "lang": ('<span lang="{}"{}>', "</span>")}  # fmt: skip


def _html(text: str) -> str:
    return outside_links(html.escape(text, quote=False), lambda piece: _nested(piece, _HTML), _anchor)


def _anchor(url: str) -> str:
    if not is_web(url):
        return url
    return f'<a href="{html.escape(percent_encoded(html.unescape(url)))}">{url}</a>'


_WEB = re.compile(r"(?:https?|ftp)://[^\s]", re.IGNORECASE)


def is_web(url: str) -> bool:
    """Whether an address may become a link: what else a text holds (``javascript:``, ``data:``) could do harm.

    >>> is_web("HTTPS://example.org"), is_web("javascript:alert(1)"), is_web("www.example.org")
    (True, False, False)
    """
    return _WEB.match(url) is not None


_LATEX = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "#": r"\#", "$": r"\$", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}",
})  # fmt: skip
# Inside \url a brace or a backslash would end or escape: they travel as percent-encoding.
_LATEX_URL = str.maketrans({"\\": r"\%5C", "{": r"\%7B", "}": r"\%7D", "%": r"\%", "#": r"\#"})
_LATEX_TAGS = {"i": (r"\textit{{", "}"), "sub": (r"\textsubscript{{", "}"), "sup": (r"\textsuperscript{{", "}")}


def _latex(text: str) -> str:
    return outside_links(text, lambda piece: _nested(piece.translate(_LATEX), _LATEX_TAGS), _latex_url)


def _latex_url(url: str) -> str:
    return r"\url{" + url.translate(_LATEX_URL) + "}"


RENDERERS: dict[Markup, Callable[[str], str]] = {"plain": plain, "markdown": _markdown, "html": _html, "latex": _latex}
