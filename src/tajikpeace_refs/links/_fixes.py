"""The rules that mend a text which is no URL: data and small pure functions for ``repair``.

Each rule returns the mended text, or the text as it was where it has nothing to say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from tajikpeace_refs.links.address import slashed
from tajikpeace_refs.links.verdict import Reason
from tajikpeace_refs.model.identifiers import doi_address, parse_doi

# White space and the characters nobody sees: controls, zero-width, soft hyphen, direction marks, byte-order mark.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HOST = r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+(?:[^\W\d_]{2,}|xn--[\w-]+)|(?:\d{1,3}\.){3}\d{1,3}|localhost"
_BARE_HOST = re.compile(rf"(?:{_HOST})\.?(?::\d+)?(?:[/?#].*)?", re.IGNORECASE)


def scheme_of(text: str) -> str:
    """Return the scheme that the text opens with, in lower case; empty where it is a host and port."""
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


def _white_space(text: str) -> str:
    # A broken line is joined; a blank inside scheme or host is a slip; one in the path may belong to a file name.
    text = re.sub(r"\s*[\r\n\t\v\f\u2028\u2029]\s*", "", text)
    head = re.match(r"\s*[A-Za-z]{2,7}\s*:\s*/\s*/\s*[^/?#]*|www\.[^/?#]*", text)
    if head:
        rest, mark, fragment = text[head.end() :].partition("#")  # a fragment is never sent: it may hold blanks
        text = re.sub(r"\s+", "", head[0]) + re.sub(r"\s", "%20", rest) + mark + fragment
    return text


def _doubled(text: str) -> str:
    match = re.match(r"(?:https?:?/{0,3})+(https?:?/{1,3}[^/].*)", text, re.IGNORECASE | re.DOTALL)
    return match[1] if match else text


def is_bare_doi(text: str) -> bool:
    """Whether a text is a DOI that is no web address: bare, or with a label."""
    return (text[:4].lower() != "http" or _DOI_SCHEME.match(text) is not None) and parse_doi(text) is not None


_DOI_SCHEME = re.compile(r"https?://doi:", re.IGNORECASE)


def _doi(text: str) -> str:
    return doi_address(text) if is_bare_doi(text) else text


def _stray_prefix(text: str) -> str:
    match = re.match(r"[^/?#]{1,40}?(https?://[^/\s].*)", text, re.IGNORECASE | re.DOTALL)
    return match[1] if match and scheme_of(text) not in {"javascript", "vbscript"} else text


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
    def mended(match: re.Match[str]) -> str:
        return match[1] + re.sub(r"\.{2,}", ".", match[2].replace(",", ".")).lstrip(".")

    return _AUTHORITY.sub(mended, text)


def _host_dashes(text: str) -> str:
    return _AUTHORITY.sub(lambda match: _DASHES.sub("-", match[0]), text)


def _port(text: str) -> str:
    """Mend only what is evident: the same port twice; a port that is no number may be anything."""
    return re.sub(r"^(https?://[^/?#:\[\]]+:(\d+)):\2(?=[/?#]|$)", r"\1", text)


_Rule = Callable[[str], str]
RULES: tuple[tuple[Reason, _Rule], ...] = (  # in this order, until none has anything to say
    (Reason.INVISIBLE_CHARACTER, lambda text: _INVISIBLE.sub("", text)),
    (Reason.ENCLOSED, _enclosed),
    (Reason.LATEX_ESCAPE, _latex),
    (Reason.SEVERAL_URLS, _several),
    (Reason.BARE_DOI, _doi),
    (Reason.DOUBLED_SCHEME, _doubled),
    (Reason.STRAY_PREFIX, _stray_prefix),
    (Reason.WHITE_SPACE, _white_space),
    (Reason.MISSPELT_SCHEME, _misspelt),
    (Reason.BAD_SLASHES, _slashes),
    (Reason.MISSING_SCHEME, _no_scheme),
    (Reason.ODD_DASH, _host_dashes),
    (Reason.BAD_HOST, _host),
    (Reason.BAD_PORT, _port),
)


def trailing(url: str) -> str:
    """Return the URL without the punctuation of the sentence that it stood in."""
    cut = url.rstrip(".,;:!…")
    for opening, closing in ("()", "[]", "{}"):
        if cut.endswith(closing) and cut.count(closing) > cut.count(opening):
            cut = cut[:-1].rstrip(".,;:!…")
    return cut.rstrip("'’")


def _joined(url: str) -> str:
    match = re.match(r"(https?://[^?#]*?\w)https?://", url, re.IGNORECASE)
    return match[1] if match else url


DOUBTS: tuple[tuple[Reason, _Rule], ...] = (  # of a text that is a URL, for where nothing is found there
    (Reason.TRAILING_PUNCTUATION, trailing),
    (Reason.HTML_ESCAPE, lambda url: url.replace("&amp;", "&")),
    (Reason.SEVERAL_URLS, _joined),
    (Reason.ODD_DASH, lambda url: _DASHES.sub("-", url)),
    (Reason.INVISIBLE_CHARACTER, lambda url: unicodedata.normalize("NFKC", url)),
)
