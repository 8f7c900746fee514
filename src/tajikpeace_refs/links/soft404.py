"""Is a page that answers 200 the page that was asked for, or a "soft 404"? Pure.

``judge`` decides by the phrases of ``phrases.yaml`` and by how a page must look to mean them. An article *about*
404s, a short page or a changelog ("has been removed") must never be taken for an error page, so a phrase counts only
where an error page has it: as the whole title or heading (beside the name of the site), or as a full sentence of a
page that has little else to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlsplit

import yaml

from tajikpeace_refs.links.page import Page
from tajikpeace_refs.links.verdict import Reason, Redirect

_DATA: dict[str, Any] = yaml.safe_load(files(__package__).joinpath("phrases.yaml").read_text(encoding="utf-8"))
_GAP = "[^.!?。！？]{0,60}?"
_END = r"(?=\s*(?:[.!,;:)]|$)| (?:on|at|here|or|and|because|any ?more)\b)"


def _or(patterns: Iterable[str]) -> str:
    return f"(?:{'|'.join(patterns)})"


def _any(patterns: Iterable[str], around: str = "{}") -> re.Pattern[str]:
    return re.compile(around.format(_or(patterns)), re.IGNORECASE)


def _titles() -> Iterator[str]:
    for language in _DATA["languages"]:
        yield rf"{_or(language['noun'])}\s?{_or(language['absent'])}"


def _sentences() -> Iterator[str]:
    for language in _DATA["languages"]:
        if "asked" in language:
            between, end = (" ", _END) if language.get("adjacent") else (_GAP, "")
            yield _or(language["asked"]) + between + _or(language["absent"]) + end


_CODES = _any(_DATA["codes"], r"\b{}\b")
"""Words and numbers of error titles that alone say little."""
_TITLE = _any([*_DATA["titles"], *_titles()])
"""A title or heading that says nothing but "not found" (to be matched whole)."""
_SENTENCE = _any([*_DATA["sentences"], *_sentences()])
"""A sentence about this very page: it names the page that was asked for and says that it is not there."""
_FOR_SALE = _any(_DATA["for_sale"])
"""What a page says whose domain is for sale."""
_GUARDED = _any(_DATA["guarded"])
"""The title of a page that asks for proof that the reader is human (to be matched whole)."""
_APOLOGY = _any(_DATA["apologies"], r"^{}\W*(?:but |но )?")
_ABOUT = _any(_DATA["about"], r"\b{}\b")
"""A word of a title that explains something: an article about not-found pages is no not-found page."""
_EXPLAINS = _any(_DATA["explains"], r"\b{}\b")
"""A word of a text that explains something."""

_SAYS_LITTLE = 90
"""Up to so many words of running text (without links and menus) a title or heading can make it an error page."""
_SAYS_NEARLY_NOTHING = 70
"""Up to so many words a single sentence of the text is enough."""

_SEPARATOR = re.compile(r"\s+[|\-–—·•»«/]+\s+|\s*(?:\||::|»|«|›|•)\s*")
_STOP = re.compile(r"[:.!?]\s+|[，。]")
_ERROR_PATH = re.compile(
    r"(?:^|/)(?:(?:error|page|file)?[-_]?(?:404|not[-_]?found)(?:[-_]?(?:error|page))?|page[-_]?missing|"
    r"(?:generic|custom)?[-_]?errors?(?:[-_]?page)?)(?:\.\w{2,5})?/?$",
    re.IGNORECASE,
)
_ERROR_QUERY = frozenset({"aspxerrorpath", "404", "notfound"})
_LOGIN_PATH = re.compile(
    r"(?:^|/)(?:log[-_]?in|sign[-_]?in|logon|auth|authenticate|sso|cas/login|account/login|users?/sign_in|wp-login|"
    r"shibboleth\S*|saml2?|openathens|ezproxy)(?:\.\w{2,5})?(?:/|$)",
    re.IGNORECASE,
)
_LANGUAGES = (
    "ar|az|bg|cs|da|de|el|en|es|fa|fi|fr|he|hi|hu|hy|ja|ka|kk|ko|ky|nl|pl|pt|ro|ru|sk|sr|sv|tg|tj|tk|tr|uk|uz|zh"
)
_HOME = re.compile(
    rf"/?(?:(?:{_LANGUAGES})(?:[-_][a-z]{{2}})?(?:/|$))?(?:(?:index|default|home|main|welcome)(?:\.\w{{2,5}})?)?/?",
    re.IGNORECASE,
)
# Parameters that do not name the content: a site may drop them on the way to the same page.
_IDLE = re.compile(
    r"utm_\w+|fbclid|gclid|yclid|lang|language|locale|hl|ref|source|sid|session\w*|phpsessid|from|theme", re.IGNORECASE
)


def judge(url: str, final_url: str, redirects: Sequence[Redirect], page: Page | None) -> Reason | None:
    """Return why the page received is not the page of ``url``, or None where it may be.

    ``error-page``, ``error-redirect``, ``home-page`` and ``parked`` are soft 404s; ``blocked`` (the page asks for proof
    that the reader is human) and ``login-page`` are not.
    """
    landing = _landing(urlsplit(url), urlsplit(final_url)) if redirects else None
    if landing is not None or page is None:
        return landing
    count = _count(page.prose)
    if count > _SAYS_LITTLE:
        return None
    if any(_GUARDED.fullmatch(part.strip(" .…!?")) for part in _SEPARATOR.split(page.title)):
        return Reason.BLOCKED
    if _is_about(page.title):
        return None
    text = page.prose if count <= _SAYS_NEARLY_NOTHING else ""
    if any(_FOR_SALE.search(place) for place in (page.title, *page.headings, text)):
        return Reason.PARKED
    return Reason.ERROR_PAGE if _is_error_page(page, text, urlsplit(url).hostname or "") else None


def _landing(asked: SplitResult, got: SplitResult) -> Reason | None:
    """Return what the address that redirects led to says by itself: an error page, the home page, a login page."""
    if (asked.path, asked.query) == (got.path, got.query):
        return None
    named = parse_qsl(got.query, keep_blank_values=True)
    if _ERROR_PATH.search(got.path) and not _ERROR_PATH.search(asked.path):
        return Reason.ERROR_REDIRECT
    if _ERROR_QUERY & {key.lower() for key, _ in named} or ("error", "404") in named:
        return Reason.ERROR_REDIRECT
    if _is_home(got) and not got.fragment.strip("#/!") and not _is_home(asked):
        return Reason.HOME_PAGE if _same_site(asked.hostname, got.hostname) or _is_deep(asked) else None
    if _LOGIN_PATH.search(got.path) and not _LOGIN_PATH.search(asked.path):
        return Reason.LOGIN_PAGE
    return None


def _is_home(url: SplitResult) -> bool:
    named = parse_qsl(url.query, keep_blank_values=True)
    return bool(_HOME.fullmatch(url.path)) and all(_IDLE.fullmatch(key) for key, _ in named)


def _is_deep(url: SplitResult) -> bool:
    """Whether an address is too long to have been that of a home page, so that another home page is not its new place.

    Short ones may be vanity addresses or personal home pages (``/~smith/``), which do move to the root of a site.
    """
    path = url.path
    is_nested = len(path.strip("/").split("/")) > 1 or bool(url.query) or "." in path.rpartition("/")[2]
    return is_nested and "~" not in path


def _same_site(one: str | None, other: str | None) -> bool:
    first, second = (re.sub(r"^(?:www\d?|m)\.", "", host or "") for host in (one, other))
    return first == second or first.endswith(f".{second}") or second.endswith(f".{first}")


def _count(text: str) -> int:
    """Return the number of words; in scripts without spaces two letters count as one; at least one per 20 letters."""
    unspaced = len(re.findall(r"[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff]", text))
    return max(len(text.split()) + unspaced // 2, len(text) // 20)


def _is_error_page(page: Page, text: str, host: str) -> bool:
    """Whether title or heading say "not found", or a sentence of ``text`` (empty unless the page has few words)."""
    site = _letters(host.removeprefix("www.").rpartition(".")[0])
    if _is_error_title(page.title, site):
        return True
    if _EXPLAINS.search(page.prose):
        return False
    if any(_is_error_title(heading, site) for heading in page.headings if not _is_number(heading)):
        return True
    sentences = (part for part in _STOP.split(text) if not _is_number(part))
    return any(_is_phrase(part) for part in sentences) or bool(_SENTENCE.search(text))


def _is_number(text: str) -> bool:
    """Whether the text is only a number: a heading "404" may be that of a bus line."""
    return bool(re.fullmatch(r"\W*\d+\W*", text))


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).lower()


def _whole(text: str) -> bool:
    """Whether the text consists of not-found phrases and apologies."""
    parts = [part for part in _STOP.split(text) if _bare(part)]
    return _is_phrase(text) or (bool(parts) and all(_is_phrase(part) for part in parts))


def _is_phrase(text: str) -> bool:
    bare = _bare(text)
    rest = re.sub(r"\s+", " ", _CODES.sub(" ", bare)).strip()
    return bool(_TITLE.fullmatch(rest)) if rest and rest.lower() != "gone" else bool(re.search("404|410", bare))


def _bare(text: str) -> str:
    return re.sub(r"[^\w’']+", " ", _APOLOGY.sub("", text.strip())).strip()


def _parts(title: str) -> list[str]:
    return [part for part in _SEPARATOR.split(title) if _bare(part)]


def _is_about(title: str) -> bool:
    """Whether a title explains something beside its "not found"."""
    return any(_ABOUT.search(part) for part in _parts(title) if not _whole(part))


def _is_error_title(text: str, site: str) -> bool:
    """Whether a title says "not found" and, beside it, at most the name of a site or an apology."""
    if _whole(text):
        return True
    parts = _parts(text)
    phrases = [part for part in parts if _whole(part)]
    others = [part for part in parts if not _whole(part)]
    if not phrases or len(others) > 1 or _is_about(text):
        return False
    # Beside a number, only a name that is in the address counts as that of the site: "Peugeot - 404" is a car.
    if all(_is_number(phrase) for phrase in phrases):
        return all(site and (_letters(other) in site or site in _letters(other)) for other in others)
    return all(len(other.split()) <= 7 for other in others)
