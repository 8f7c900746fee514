"""What kind of work a type is to APA: in a periodical, on a website, standing alone, or legal."""

from __future__ import annotations

import re

from tajikpeace_refs.model.work import Work

PERIODICAL = frozenset({
    "article-journal", "article-magazine", "article-newspaper", "periodical", "post-weblog", "review", "review-book",
})  # fmt: skip
"""Types that are printed in a periodical, or are one."""
SITE = frozenset({"post", "webpage", "article"})
"""Types whose container is a site or server: the title stays italic, the site is named in roman (9.32-9.33)."""
LEGAL = frozenset({"bill", "hearing", "legal_case", "legislation", "regulation", "treaty"})
"""Types of chapter 11, which follow the Bluebook."""


def is_standalone(work: Work) -> bool:
    """Whether the title is italic (9.19): a work in no container, a web page or a post."""
    return not work.container_title or work.type in SITE


def is_in_proceedings(work: Work) -> bool:
    """Whether a conference paper is published in a volume or a periodical, not only presented (10.5)."""
    if work.editor or work.collection_editor or work.page or work.volume or work.issue:
        return True
    if not work.container_title or work.chair:
        return False
    return not work.event_title or (work.type == "paper-conference" and bool(work.publisher or work.doi))


_MEETING = re.compile(
    r"(?!An? )(?:The )?(?:(?!Proceedings|Abstracts|Papers?\b|Transactions)(?:[^\sa-z:–—-][^\s:]*|and|of|for) )*?"
    r"(?:Conference|Symposium|Workshop|Congress|Colloquium|Meeting)s?(?= (?:on|of|for|at|in)\b|,| \(|$)"
)


def is_in_named_meeting(work: Work) -> bool:
    """Whether a conference paper's container is called as the meeting itself, which is a proper noun (6.17).

    European Conference on Farming; Winter Meeting of the Soil Society. Of proceedings the title tells that elsewhere.
    """
    return work.type == "paper-conference" and _MEETING.match(work.container_title or "") is not None


def is_in_periodical(work: Work) -> bool:
    """Whether the container is a periodical, also that of a conference paper or interview published in one (10.5)."""
    if work.type in PERIODICAL:
        return True
    if work.type not in {"paper-conference", "interview"} or not work.container_title:
        return False
    is_book = work.publisher or work.editor or work.collection_editor or work.collection_title
    return bool(work.volume or work.issue) and not is_book


def is_page_of_site(work: Work) -> bool:
    """Whether a chapter is an entry of a reference work on the web, which nobody has published in a book (10.3)."""
    is_in_book = work.publisher or work.editor or work.page or work.volume or work.edition or work.isbn
    return bool(work.container_title and work.url) and not is_in_book


_IN_SERIES = frozenset(
    {"book", "chapter", "classic", "entry", "entry-dictionary", "entry-encyclopedia", "paper-conference"}
)


def is_volume_of_series(work: Work) -> bool:
    """Whether the volume is that of the series, as in ``series`` and ``volume`` without ``number`` in BibTeX (10.5)."""
    is_numbered = work.collection_number or work.volume_title
    return work.type in _IN_SERIES and bool(work.volume and work.collection_title) and not is_numbered


_FILM = re.compile(r"\b(?:films?|movies?|motion pictures?|documentary|cinema|blu-ray|dvd)\b", re.IGNORECASE)
_VIDEO = re.compile(r"video|webinar|webcast|vlog|stream|talk|lecture|recording|youtube|vimeo|tiktok", re.IGNORECASE)
_VIDEO_SITE = re.compile(
    r"//(?:[\w-]+\.)*(?:youtu(?:be\.com|\.be)|vimeo\.com|ted\.com|dailymotion\.com|tiktok\.com|twitch\.tv|bilibili\.com|"
    r"rutube\.ru)(?:[:/?#]|$)",
    re.IGNORECASE,
)


def is_film(work: Work) -> bool:
    """Whether a motion picture is a film, dated by its year, and not a video, dated by its day (10.12).

    A film has a director; on the web a video has whoever put it there.
    """
    kind = f"{work.genre} {work.medium}"
    if _FILM.search(kind):
        return True
    if _VIDEO.search(f"{kind} {work.publisher} {work.container_title}") or _VIDEO_SITE.search(work.url or ""):
        return False
    return not work.url or bool(work.director and not work.author)
