"""One reference, put together from its areas: a whole work, or a part and what holds it behind `` // ``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tajikpeace_refs.gost.context import GostContext, value
from tajikpeace_refs.gost.dates import day_in_numbers, day_in_words, imprint_year
from tajikpeace_refs.gost.title import (
    ACTS,
    ONLINE,
    address,
    doi,
    heading_of,
    in_volumes,
    is_electronic,
    labelled,
    responsibility,
    title_area,
)
from tajikpeace_refs.gost.words import Words
from tajikpeace_refs.model.pages import article_number, in_full
from tajikpeace_refs.model.work import NAME_VARIABLES, Work
from tajikpeace_refs.text import editions
from tajikpeace_refs.text.rich import clean, link

_OF_CONTAINER = ("editorial_director", "editor", "compiler")
_OF_WORK = ("translator", "illustrator", "director", "performer", "host")
_PERIODICAL = frozenset({"article-journal", "article-magazine", "article-newspaper", "review", "review-book"})


def reference(work: Work, context: GostContext) -> str:
    """Return the reference of a work, with a full stop at its end."""
    holder = _holder(work, context)
    areas = _part(work, holder, context) if holder else _whole(work, context)
    text = context.join(areas)
    return text if text.endswith(".") else f"{text}."


def unprinted(work: Work) -> list[str]:
    """Return the name variables of a work that its reference has no words for."""
    known = {"author", "composer", *_OF_CONTAINER, *_OF_WORK, "container_author", "reviewed_author"}
    if work.author and work.composer:
        known.discard("composer")
    if _is_in_periodical(work):
        known -= {*_OF_CONTAINER}
    return [name for name in NAME_VARIABLES if getattr(work, name) and name not in known]


def _is_in_periodical(work: Work) -> bool:
    """Whether what holds the work is a periodical: by its type, or an issue where there is no publisher.

    Acts are published in periodicals, too.
    """
    if work.type in _PERIODICAL | ACTS:
        return True
    return bool(work.container_title and work.issue) and not (work.publisher or work.editor)


def _whole(work: Work, context: GostContext) -> list[str]:
    words = context.words(work)
    roles = [role for role in (*_OF_CONTAINER, *_OF_WORK) if getattr(work, role)]
    imprint = _issue(work, words) if work.type == "periodical" and work.issue else [_imprint(work, context)]
    number = value(work, "number") if work.type == "article" else ""
    return [
        title_area(work, roles, context), *_edition(work, words), value(work, "scale"), *imprint, number,
        _extent(work, words),
        *_series(work), *_numbers(work, context), *_notes(work, words), *_address(work, words),
        _content(work, words) if context.is_full else "",
    ]  # fmt: skip


def _part(work: Work, holder: str, context: GostContext) -> list[str]:
    """Return the areas of a part: its own, then those of what holds it (7.0.5-2008, section 7; GOST 7.1, section 7)."""
    words = context.words(work)
    own = [title_area(work, [role for role in _OF_WORK if getattr(work, role)], context)]
    if context.is_full:  # 7.0.100-2018, section 7: number and content of the part stand before the slashes
        own += [*_doi(work, context), _content(work, words)]
    first = f"{context.join(own)} // {holder}"
    if _is_in_periodical(work):
        place = [value(work, "collection_title"), *_issue(work, words), labelled(value(work, "section"), words.article)]
    else:
        place = [*_edition(work, words), _imprint(work, context), _volume(work, words)]
    series = [] if _is_in_periodical(work) else _series(work)
    number = [] if context.is_full else _doi(work, context)
    extent = _pages(work, words) if work.container_title else _extent(work, words)
    return [first, *place, extent, *series, *number, *_notes(work, words), *_address(work, words)]


def _holder(work: Work, context: GostContext) -> str:
    """Return what holds the work: a periodical, a book, a site, a conference or an archive; empty for a whole work."""
    title = value(work, "container_title")
    event = value(work, "event_title")
    if title:
        title = context.tagged(title, work)
        if event and event.casefold() not in title.casefold():
            title += f" : {_with_place(work, event)}"
        if work.type in ONLINE and context.is_full:
            title += f" : [{context.words(work).site}]"
        if not _is_in_periodical(work):
            roles = [role for role in _OF_CONTAINER if getattr(work, role)]
            words = context.words(work)
            title = heading_of(work.container_author, in_volumes(work, words, title), words)
            title += responsibility(work, (), roles, context)
        return title
    if event and work.type in {"paper-conference", "speech", "event", "performance"}:
        return _with_place(work, event)
    if work.archive and work.type in _ARCHIVAL:
        held = ("archive_place", "archive", "archive_collection", "archive_location")
        return context.join([value(work, variable) for variable in held])
    return ""


_ARCHIVAL = frozenset({"collection", "document", "interview", "manuscript", "personal_communication"})


def _with_place(work: Work, event: str) -> str:
    """Return an event with its place and date in brackets, unless its name has the place."""
    place = value(work, "event_place")
    date = day_in_numbers(work.event_date) if work.event_date else ""
    inside = ", ".join(filter(None, ("" if place and place in event else place, date)))
    return f"{event} ({inside})" if inside else event


_NO_WORD = re.compile(r"(\d{1,3})(?:-\w{1,2})?(,.*)")
"""A number and remarks, without the word for an edition: ``2-е, испр. и доп.``."""


def _edition(work: Work, words: Words) -> list[str]:
    """Return version and edition (GOST 7.1, 5.3): ``2`` is ``2-е изд.``; other words stay as they are."""
    edition, version = value(work, "edition"), value(work, "version")
    found = editions.edition(edition)
    if found and found.number and not found.remarks:
        edition = words.edition_of(found.number)
    elif found and (match := _NO_WORD.fullmatch(edition)):
        edition = words.edition_of(int(match[1])) + match[2]
    if version[:1].isdigit():
        version = f"{words.version} {version}"
    return [text[:1].upper() + text[1:] for text in (version, edition)]


def _imprint(work: Work, context: GostContext) -> str:
    """Return place, publisher, year (GOST 7.1, 5.4): ``Душанбе : Ирфон, 2005``. Places stay as the data have them."""
    words, place = context.words(work), value(work, "publisher_place")
    publisher = "" if context.is_full and work.type == "thesis" else value(work, "publisher")
    where = " : ".join(filter(None, (place, publisher)))
    year = imprint_year(work, words)
    if work.type == "patent":  # its place is the country, its dates stand behind the title
        return "" if words.code == "ru" else year
    if work.type in ONLINE and work.issued and work.issued.start and work.issued.start.day:
        year = day_in_numbers(work.issued)
    return ", ".join(filter(None, (where, year)))


def _extent(work: Work, words: Words) -> str:
    """Return the extent of a whole work, or the pages of it that are cited: ``319 с.``, ``С. 54–55``."""
    extent = value(work, "number_of_pages")
    if not extent:
        return _pages(work, words)
    return words.extent.format(extent) if extent[-1:].isdigit() or extent[-1:] == "]" else extent


def _pages(work: Work, words: Words) -> str:
    page = clean(work.page)
    if number := value(work, "number") if work.type == "article-journal" else article_number(page):
        return f"{words.article} {number}"
    return f"{words.page} {in_full(page)}" if page else ""


def _issue(work: Work, words: Words) -> list[str]:
    """Return year, day, volume and number of a periodical: ``2005``, ``Т. 10, № 3``, ``10 марта``."""
    numbered = _doubled(_numbered(work, ("volume", "issue", "part", "supplement"), words))
    is_dated = work.type == "article-newspaper" or (work.type == "article-magazine" and not numbered)
    return [imprint_year(work, words), day_in_words(work.issued, words) if is_dated else "", numbered]


_RANGE = re.compile(r"\b(\d{1,18})–(\d{1,18})\b")


def _doubled(numbers: str) -> str:
    """Return numbers of a periodical with a slash between two that came out as one: ``№ 1/2`` (GOST 7.1, 7.5.1.1)."""
    return _RANGE.sub(lambda two: f"{two[1]}/{two[2]}" if int(two[2]) == int(two[1]) + 1 else two[0], numbers)


def _numbered(work: Work, variables: Iterable[str], words: Words) -> str:
    """Return ``Т. 10, № 3``, ``Vol. 34, no. 2``: numbers behind their labels, of which the first has a capital."""
    found = [labelled(value(work, variable), getattr(words, variable)) for variable in variables]
    held = [text for text in found if text]
    small = [text[0].lower() + text[1:] if text[1:2].islower() and words.code != "de" else text for text in held[1:]]
    first = held[0][0].upper() + held[0][1:] if held else ""
    return ", ".join([first, *small])


def _volume(work: Work, words: Words) -> str:
    """Return volume and part of the book that holds a part, with their titles (GOST 7.1, 6.3): ``Т. 5 : Этика``."""
    titles = [value(work, "volume_title"), value(work, "part_title")]
    return " : ".join(filter(None, (_numbered(work, ("volume", "part"), words), *titles)))


def _series(work: Work) -> list[str]:
    """Return the series in brackets: ``(Высшая школа ; 5)``."""
    text = " ; ".join(filter(None, (value(work, "collection_title"), value(work, "collection_number"))))
    return [f"({text})"] if text else []


def _numbers(work: Work, context: GostContext) -> list[str]:
    """Return the ISBN, which only 7.0.100 has (5.8), and the DOI."""
    isbn = [f"ISBN {value(work, 'isbn')}"] if work.isbn and context.is_full else []
    return [*isbn, *_doi(work, context)]


def _doi(work: Work, context: GostContext) -> list[str]:
    return [f"DOI{'' if context.is_full else ':'} {found}"] if (found := doi(work)) else []


_SAYS_REVIEW = re.compile(
    r"(?i)\[?(?:рец(?:ензи[яї])?|тақриз|пікір|rev(?:iew)?|rez(?:ension)?|compte rendu|c\. ?r)\b[^:]*:|review of"
)


def _notes(work: Work, words: Words) -> list[str]:
    """Return the work that is reviewed, ``Рец. на кн.: Кант И. Сочинения``, unless the title itself says it."""
    title = value(work, "reviewed_title")
    if not (title or work.reviewed_author) or _SAYS_REVIEW.match(value(work, "title")):
        return []
    return [f"{words.review} {heading_of(work.reviewed_author, title, words)}"]


def _address(work: Work, words: Words) -> list[str]:
    """Return the address and the day on which it was read (7.0.5-2008, section 10)."""
    if not (target := address(work)):
        return []
    accessed = day_in_numbers(work.accessed)
    return [f"URL: {link(target)}" + (f" ({words.accessed}: {accessed})" if accessed else "")]


def _content(work: Work, words: Words) -> str:
    """Return content and carrier (7.0.100-2018, 5.10), where the language has words for them."""
    printed, electronic = words.content.get(work.type if work.type in _NO_TEXT else "text", ("", ""))
    return electronic if is_electronic(work) else printed


_NO_TEXT = frozenset({"map", "motion_picture", "broadcast", "song", "musical_score", "graphic", "software", "dataset"})
