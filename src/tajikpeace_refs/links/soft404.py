"""Is a page with a good status the page that was asked for? Pure: phrases, and how a page must look to mean them.

An article *about* 404s, a short page or a changelog ("has been removed") must never be caught, so a phrase counts only
where an error page puts it: as the whole title or heading (beside the name of the site), or as a full sentence of a
page that has little else to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import SplitResult, parse_qsl, urlsplit

from tajikpeace_refs.links._phrases import ABOUT, APOLOGY, CODES, EXPLAINS, FOR_SALE, GUARDED, SENTENCE, TITLE
from tajikpeace_refs.links.page import Page
from tajikpeace_refs.links.verdict import Reason, Redirect

_SAYS_LITTLE = 90
"""Words of running text (links and menus aside) up to which a page may be an error page by its title or heading."""
_SAYS_NEARLY_NOTHING = 70
"""Words up to which one sentence inside the text is enough."""

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
# Parameters that name no content: what a site may drop on the way to the same page.
_IDLE = re.compile(
    r"utm_\w+|fbclid|gclid|yclid|lang|language|locale|hl|ref|source|sid|session\w*|phpsessid|from|theme", re.IGNORECASE
)


def judge(url: str, final_url: str, redirects: Sequence[Redirect], page: Page | None) -> Reason | None:
    """Return why the page that was got is not the page of ``url``, or None where it may well be.

    ``blocked`` (a guard asks for proof of being human) and ``login-page`` are returned as well: no soft 404s.
    """
    landing = _landing(urlsplit(url), urlsplit(final_url)) if redirects else None
    if landing is not None or page is None:
        return landing
    count = _count(page.prose)
    if count > _SAYS_LITTLE:
        return None
    if any(GUARDED.fullmatch(part.strip(" .…!?")) for part in _SEPARATOR.split(page.title)):
        return Reason.BLOCKED
    if _is_about(page.title):
        return None
    text = page.prose if count <= _SAYS_NEARLY_NOTHING else ""
    if any(FOR_SALE.search(place) for place in (page.title, *page.headings, text)):
        return Reason.PARKED
    return Reason.ERROR_PAGE if _is_error_page(page, text, urlsplit(url).hostname or "") else None


def _landing(asked: SplitResult, got: SplitResult) -> Reason | None:
    """Judge where redirects have led, by the addresses alone."""
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
    """Return whether an address is deep enough that another site's home page cannot be what it stood for.

    Short ones may be vanity addresses or personal home pages (``/~smith/``), which do move to a root.
    """
    path = url.path
    is_nested = len(path.strip("/").split("/")) > 1 or bool(url.query) or "." in path.rpartition("/")[2]
    return is_nested and "~" not in path


def _same_site(one: str | None, other: str | None) -> bool:
    first, second = (re.sub(r"^(?:www\d?|m)\.", "", host or "") for host in (one, other))
    return first == second or first.endswith(f".{second}") or second.endswith(f".{first}")


def _count(text: str) -> int:
    """Count the words; of scripts that do not space them, two letters make one, and no word is longer than 20."""
    unspaced = len(re.findall(r"[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff]", text))
    return max(len(text.split()) + unspaced // 2, len(text) // 20)


def _is_error_page(page: Page, text: str, host: str) -> bool:
    """Return whether title or heading say "not found", or a sentence of ``text``, which is that of a bare page."""
    site = _letters(host.removeprefix("www.").rpartition(".")[0])
    if _is_error_title(page.title, site):
        return True
    if EXPLAINS.search(page.prose):
        return False
    if any(_is_error_title(heading, site) for heading in page.headings if not _is_number(heading)):
        return True
    sentences = (part for part in _STOP.split(text) if not _is_number(part))
    return any(_is_phrase(part) for part in sentences) or bool(SENTENCE.search(text))


def _is_number(text: str) -> bool:
    """Return whether the text is a bare number: a heading "404" may be that of a bus."""
    return bool(re.fullmatch(r"\W*\d+\W*", text))


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).lower()


def _whole(text: str) -> bool:
    """Return whether the text is a not-found phrase, or several, and nothing else but an apology."""
    parts = [part for part in _STOP.split(text) if _bare(part)]
    return _is_phrase(text) or (bool(parts) and all(_is_phrase(part) for part in parts))


def _is_phrase(text: str) -> bool:
    bare = _bare(text)
    rest = re.sub(r"\s+", " ", CODES.sub(" ", bare)).strip()
    return bool(TITLE.fullmatch(rest)) if rest and rest.lower() != "gone" else bool(re.search("404|410", bare))


def _bare(text: str) -> str:
    return re.sub(r"[^\w’']+", " ", APOLOGY.sub("", text.strip())).strip()


def _parts(title: str) -> list[str]:
    return [part for part in _SEPARATOR.split(title) if _bare(part)]


def _is_about(title: str) -> bool:
    """Return whether what a title says beside "not found" explains something."""
    return any(ABOUT.search(part) for part in _parts(title) if not _whole(part))


def _is_error_title(text: str, site: str) -> bool:
    """Return whether a title says "not found" and, beside it, at most the name of a site or an apology."""
    if _whole(text):
        return True
    parts = _parts(text)
    phrases = [part for part in parts if _whole(part)]
    others = [part for part in parts if not _whole(part)]
    if not phrases or len(others) > 1 or _is_about(text):
        return False
    # Beside a bare number, only a name that the address bears out can be the site: "Peugeot - 404" is a car.
    if all(_is_number(phrase) for phrase in phrases):
        return all(site and (_letters(other) in site or site in _letters(other)) for other in others)
    return all(len(other.split()) <= 7 for other in others)
