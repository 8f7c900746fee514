"""Is a page that answers 200 the page that was asked for, or a "soft 404"? Pure.

``judge`` decides by the phrases of ``phrases.yaml`` and by how a page must look to mean them. An article *about*
404s, a short page or a changelog ("has been removed") must never be taken for an error page, so a phrase counts only
where an error page has it: as the whole title or heading (beside the name of the site), or as a full sentence of a
page that has little else to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from importlib.resources import files
from typing import Any, NamedTuple
from urllib.parse import SplitResult, parse_qsl, urlsplit

import yaml

from tajikpeace_refs.links.evidence import Evidence, Shown, words_of
from tajikpeace_refs.links.page import Page
from tajikpeace_refs.links.verdict import Reason, Redirect

_AS_TYPED = str.maketrans({"ҳ": "[ҳх]", "қ": "[қк]", "ғ": "[ғг]", "ҷ": "[ҷчц]", "ӯ": "[ӯу]", "ӣ": "[ӣий]"})
"""Tajik is often typed with the letters of Russian."""


def _as_typed(value: Any) -> Any:  # noqa: ANN401 - YAML
    """Return patterns that match Tajik as it is typed, in lists and mappings."""
    if isinstance(value, str):
        return value.translate(_AS_TYPED)
    if isinstance(value, list):
        return [_as_typed(each) for each in value]
    return {key: _as_typed(each) for key, each in value.items()} if isinstance(value, dict) else value


_DATA: dict[str, Any] = _as_typed(
    yaml.safe_load(files(__package__).joinpath("phrases.yaml").read_text(encoding="utf-8"))
)
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

_GUARD_SAYS = 200
"""Up to so many words a page that shows nothing of the cited work may be a guard."""
_LOGIN_SAYS = 150
"""Up to so many words a page with a field for a password is a login page."""
_HUMAN = re.compile(
    r"\b(?:ro)?bots?\b|\bcaptcha\b|\bhuman\b|\bchallenge\b|\bробот\w*|\bчеловек\b|\bhumain\w*|\bhumano\b|\bmensch\w*",
    re.IGNORECASE,
)

_SEPARATOR = re.compile(r"(?<!\s)\s+[|\-–—·•»«/]+\s+|(?:(?<!\s)\s+)?(?:\||::|»|«|›|•)\s*")
_SIGNS = re.compile(r"[^\w’'\u0900-\u0963\u0966-\u0dff\u0e30-\u0e4e]+")
"""What is no letter; vowel signs of India, Sri Lanka and Thailand are."""
_STOP = re.compile(r"[:.!?]\s+|[，。]")
_QUESTION = re.compile(r"[^.!?]{1,400}\?")
"""What asks says nothing: "Story not found? Write to us"."""
_ABSENT = (
    "no[-_]encontrad[oa]|nao[-_]encontrad[oa]|non[-_]trouvee?|introuvable|nicht[-_]gefunden|non[-_]trovat[oa]"
    "|niet[-_]gevonden|nie[-_]znaleziono|nenalezen[oa]|bulunamadi|ne[-_]na[ij]den[ao]?|topilmadi|tapilmadi"
)
"""How addresses say "not found"."""
_ERROR_PATH = re.compile(
    rf"(?:^|/)(?:[a-z]{{0,12}}[-_]?(?:404|not[-_]?found|{_ABSENT})(?:[-_]?(?:error|page))?|(?:page|file|item|content)?[-_]?"
    r"(?:missing|removed|unavailable|deleted|gone)|(?:generic|custom)?[-_]?(?:errors?|erreurs?|fehler|oshibka)(?:[-_]?page)?)"
    r"(?:\.\w{2,5})?/?$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"/(?:view|article|articles|item|id|node|record|handle|show|download|p)/\d+/?$", re.IGNORECASE)
"""Where a number names a document: OJS, DSpace, Drupal."""
_ERROR_QUERY = frozenset({"aspxerrorpath", "404", "notfound"})
_LOGIN_PATH = re.compile(
    r"(?:^|/)(?:log[-_]?in|sign[-_]?in|logon|auth|authenticate|oauth2?|sso|cas/login|account/login|users?/sign_in|wp-login|"
    r"shibboleth\S*|saml2?|openathens|ezproxy|adfs/ls)(?:\.\w{2,5})?(?:/|$)",
    re.IGNORECASE,
)
_LOGIN_HOST = re.compile(r"(?:log[-_]?in|sign[-_]?in|sso|idp|sts|adfs|auth|accounts?)\d?\.", re.IGNORECASE)
_LOGIN_QUERY = frozenset({"login", "signin", "requirelogin", "auth_required"})
_SEARCH_PATH = re.compile(
    r"(?:^|/)(?:search|suche|recherche|buscar|poisk|find|results?)(?:\.\w{2,5})?/?$", re.IGNORECASE
)
_GUARD_PATH = re.compile(
    r"(?:^|/)(?:show)?captcha\b|/cdn-cgi/challenge|/_Incapsula_Resource|/\.within\.website/", re.IGNORECASE
)
_GUARD_MARKUP = re.compile(
    r"/cdn-cgi/challenge|/_Incapsula_Resource|/\.within\.website/x/cmd/anubis|captcha-delivery\.com"
    r"|(?:id|class)\s*=\s*[\"']?[\w -]{0,40}captcha",
    re.IGNORECASE,
)
"""What the pages of guards load or hold."""
_PARKING = re.compile(
    r"/(?:lander|domain_profile\.cfm|domain-for-sale)\b|(?:^|\.)(?:sedo(?:parking)?|bodis|hugedomains|dan|afternic"
    r"|parkingcrew|above|undeveloped|uniregistry|parklogic)\.(?:com|net)/",
    re.IGNORECASE,
)
"""Addresses of those who hold names without pages."""
_LANDER = re.compile(r"location(?:\.href)?\s*=\s*[\"']/lander|location\.replace\([\"']/lander", re.IGNORECASE)
_RESOLVER = re.compile(
    r"(?:^|\.)(?:(?:dx\.)?doi|hdl|handle|purl|w3id|n2t|ark|urn|nbn-resolving|resolver)\b", re.IGNORECASE
)
"""Hosts of persistent identifiers: where they lead, the work is."""
_LANGUAGES = (
    "ar|az|bg|cs|da|de|el|en|es|fa|fi|fr|he|hi|hu|hy|ja|ka|kk|ko|ky|nl|pl|pt|ro|ru|sk|sr|sv|tg|tj|tk|tr|uk|uz|zh"
    "|eng|rus|fra|deu|ger|taj|tjk|english|russian|tajik|french|francais|german|deutsch|spanish|espanol|arabic|persian"
)
_HOME = re.compile(
    rf"/?(?:(?:{_LANGUAGES})(?:[-_][a-z]{{2}})?(?:/|$))?"
    r"(?:(?:index|default|home|homepage|main|welcome|accueil|startseite|inicio|portal)(?:\.\w{2,5})?)?/?",
    re.IGNORECASE,
)
# Parameters that do not name the content: a site may drop them on the way to the same page.
_IDLE = re.compile(
    r"utm_\w+|fbclid|gclid|yclid|lang|lng|language|locale|hl|ref|source|sid|session\w*|phpsessid|from|theme|itemid",
    re.IGNORECASE,
)


class Judgement(NamedTuple):
    """Why the page received may not be the page that was cited; ``is_certain``: it is a soft 404, not only doubtful."""

    reason: Reason
    is_certain: bool = True


def judge(
    url: str,
    final_url: str,
    redirects: Sequence[Redirect],
    page: Page | None,
    found: Evidence = Evidence(Shown.UNKNOWN),  # noqa: B008 - frozen
) -> Judgement | None:
    """Return why the page received is not the page of ``url``, or None where it may be.

    An address never decides alone: where redirects led is a doubt that the page confirms or clears by what it shows of
    the cited work (``found``).
    """
    asked, got = urlsplit(url), urlsplit(final_url)
    if redirects and (doubt := _landing(asked, got)):
        return _confirmed(doubt, page, found)
    return None if page is None else _of_page(page, asked, found)


_OPEN = frozenset({Reason.BLOCKED, Reason.LOGIN})
"""What stands before a page: a reader may well get it."""


def _confirmed(doubt: Reason, page: Page | None, found: Evidence) -> Judgement | None:
    """Return the doubt about a landing address as far as the page does not clear it."""
    is_search = doubt is Reason.SEARCH_PAGE
    if doubt in _OPEN:
        return None if found.shown is Shown.PROMINENT else Judgement(doubt, is_certain=False)
    if page is None or (found.shown is Shown.PROMINENT and not is_search):
        return None
    return Judgement(doubt, is_certain=found.shown is not Shown.IN_TEXT or is_search)


def _of_page(page: Page, asked: SplitResult, found: Evidence) -> Judgement | None:
    """Return what the page itself says: a guard, a login, an offer of the name, an error page, another page."""
    count, is_other = _count(page.prose), found.shown is Shown.NOTHING
    if found.shown is not Shown.PROMINENT:
        if _is_guard(page, count, is_other=is_other):
            return Judgement(Reason.BLOCKED, is_certain=False)
        if page.asks_password and count <= _LOGIN_SAYS and found.shown <= Shown.SOME:
            return Judgement(Reason.LOGIN, is_certain=False)
    page = _without_cited(page, found.titles)
    if reason := _gone(page, count, asked.hostname or "", found.shown):
        return Judgement(reason, is_certain=_is_certainly_gone(page.title, found.shown))
    if is_other or (found.shown is Shown.SOME and not found.words and _is_splash(asked, count)):
        return Judgement(Reason.UNLIKE_CITED, is_certain=False)
    return None


def _gone(page: Page, count: int, host: str, shown: Shown) -> Reason | None:
    """Return why a page says that the one asked for is not there, or that its name is for sale."""
    is_long = count > _SAYS_LITTLE
    if _is_about(page.title) or (is_long and shown is Shown.PROMINENT):
        return None
    text = page.prose if count <= _SAYS_NEARLY_NOTHING and shown is not Shown.PROMINENT else ""
    names = (page.title, *page.headings) if not is_long or shown is Shown.NOTHING else ()
    if any(map(_FOR_SALE.search, (*names, text))) or _LANDER.search(page.source[:4000]):
        return Reason.PARKED
    site = _letters(host.removeprefix("www.").rpartition(".")[0])
    if _is_error_title(page.title, site, is_loose=shown is Shown.NOTHING) and (
        not is_long or shown is not Shown.UNKNOWN or any(_is_error_title(each, site) for each in page.headings)
    ):
        return Reason.ERROR_PAGE
    return Reason.ERROR_PAGE if not is_long and _says_error(page, text, site) else None


def _is_certainly_gone(title: str, shown: Shown) -> bool:
    """Whether words that say "gone" stand for the whole page.

    They may be about a file or a comment where the page is called by the cited title, or shows the work in its text and
    does not say in its own title that it is gone.
    """
    if shown is Shown.IN_TEXT:
        return any(map(_whole, _parts(title))) or _FOR_SALE.search(title) is not None
    return shown < Shown.IN_TEXT


def _is_guard(page: Page, count: int, *, is_other: bool) -> bool:
    """Whether a page asks for proof that the reader is human: by what guards load, by its title."""
    if count > (_GUARD_SAYS if is_other else _SAYS_LITTLE):
        return False
    parts = [part.strip(" .…!?") for part in _SEPARATOR.split(page.title)]
    is_named = any(map(_GUARDED.fullmatch, parts)) or (is_other and _HUMAN.search(page.title) is not None)
    return is_named or _GUARD_MARKUP.search(page.source) is not None


def _is_splash(asked: SplitResult, count: int) -> bool:
    """Whether a short page came in the place of a PDF."""
    return asked.path.lower().endswith(".pdf") and count <= _SAYS_LITTLE


def _without_cited(page: Page, titles: tuple[str, ...]) -> Page:
    """Return the page without the cited titles in its name: "Not Found" may be that of a film."""
    if not titles:
        return page
    held = frozenset(titles)
    kept = [heading for heading in page.headings if words_of(heading) not in held]
    is_cited = any(words_of(part) in held for part in _parts(page.title) or [page.title])
    is_cited |= any(f" {title} " in f" {words_of(page.title)} " for title in titles)
    return replace(page, title="" if is_cited else page.title, headings=tuple(kept))


def _landing(asked: SplitResult, got: SplitResult) -> Reason | None:
    """Return the doubt that the address raises to which redirects led: an error page, home page, login or search."""
    if (asked.path, asked.query) == (got.path, got.query):
        return None
    named = parse_qsl(got.query, keep_blank_values=True)
    if _GUARD_PATH.search(got.path):
        return Reason.BLOCKED
    if _is_login(got, named) and not _LOGIN_PATH.search(asked.path):
        return Reason.LOGIN
    if _PARKING.search(f"{got.hostname}{got.path}"):
        return Reason.PARKED
    if _says_gone(got, named) and not _ERROR_PATH.search(asked.path):
        return Reason.ERROR_REDIRECT
    if _RESOLVER.search(asked.hostname or ""):
        return None
    if _SEARCH_PATH.search(got.path) and named and not _SEARCH_PATH.search(asked.path):
        return Reason.SEARCH_PAGE
    if _is_home(got) and not got.fragment.strip("#/!") and not _is_home(asked) and not _is_section(asked, got):
        return Reason.HOME_PAGE if _same_site(asked.hostname, got.hostname) or _is_deep(asked) else None
    return None


def _says_gone(url: SplitResult, named: list[tuple[str, str]]) -> bool:
    """Whether an address is that of an error page; ``/view/404`` may be that of an article."""
    if _ERROR_PATH.search(url.path) and not _NUMBERED.search(url.path):
        return True
    return any(key.lower() in _ERROR_QUERY or value in {"404", "not_found", "notfound"} for key, value in named)


def _is_login(url: SplitResult, named: list[tuple[str, str]]) -> bool:
    is_asked = any(key.lower() in _LOGIN_QUERY and value for key, value in named)
    return bool(_LOGIN_PATH.search(url.path) or _LOGIN_HOST.match(url.hostname or "")) or is_asked


def _is_home(url: SplitResult) -> bool:
    named = parse_qsl(url.query, keep_blank_values=True)
    return bool(_HOME.fullmatch(url.path)) and all(_IDLE.fullmatch(key) for key, _ in named)


def _is_section(asked: SplitResult, got: SplitResult) -> bool:
    """Whether the home page of a section got a host of its own: ``x.org/laws/index.asp``, ``laws.x.org``."""
    label = (got.hostname or "").partition(".")[0]
    section, _, rest = asked.path.strip("/").partition("/")
    is_own = got.hostname != asked.hostname and _same_site(asked.hostname, got.hostname)
    return is_own and section.lower() == label and not asked.query and _HOME.fullmatch(rest) is not None


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


def _says_error(page: Page, text: str, site: str) -> bool:
    """Whether a heading says "not found", or a sentence of ``text`` (empty unless the page has few words)."""
    if _EXPLAINS.search(page.prose):
        return False
    if any(_is_error_title(heading, site) for heading in page.headings if not _is_number(heading)):
        return True
    text = _QUESTION.sub(". ", text)
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
    return _SIGNS.sub(" ", _APOLOGY.sub("", text.strip())).strip()


def _parts(title: str) -> list[str]:
    return [part for part in _SEPARATOR.split(title) if _bare(part)]


def _is_about(title: str) -> bool:
    """Whether a title explains something beside its "not found"."""
    return any(_ABOUT.search(part) for part in _parts(title) if not _whole(part))


def _is_error_title(text: str, site: str, *, is_loose: bool = False) -> bool:
    """Whether a title says "not found" and, beside it, at most the name of a site or an apology.

    ``is_loose``: the name and tagline of a site may stand beside it, since the page shows nothing of the work.
    """
    if _whole(text):
        return True
    parts = _parts(text)
    phrases = [part for part in parts if _whole(part)]
    others = [part for part in parts if not _whole(part)]
    if not phrases or _is_about(text) or (len(others) > 1 and not is_loose):
        return False
    # Beside a number, only a name that is in the address counts as that of the site: "Peugeot - 404" is a car.
    if all(_is_number(phrase) for phrase in phrases):
        return all(site and (_letters(other) in site or site in _letters(other)) for other in others)
    return all(len(other.split()) <= 7 for other in others)
