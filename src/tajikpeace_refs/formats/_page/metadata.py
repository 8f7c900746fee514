"""A work as metadata inside a web page: COinS, which Zotero takes, and schema.org, which search engines take.

Only what is known goes in: no editor passes for an author, no word for a date, no other text for an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

from tajikpeace_refs.model.date import PartialDate
from tajikpeace_refs.model.identifiers import doi_address, parse_doi
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.rich import is_web, strip

_PERIODICALS = {
    "article-journal": "ScholarlyArticle", "article-magazine": "Article", "article-newspaper": "NewsArticle",
    "review": "Review", "review-book": "Review",
}  # fmt: skip
_PARTS = {"chapter": "Chapter", "paper-conference": "ScholarlyArticle", "entry": "Article",
          "entry-dictionary": "Article", "entry-encyclopedia": "Article"}  # fmt: skip
_SCHEMA = {
    **_PERIODICALS, **_PARTS, "article": "ScholarlyArticle", "bill": "Legislation", "book": "Book",
    "broadcast": "Episode", "collection": "Collection", "dataset": "Dataset", "figure": "ImageObject",
    "graphic": "VisualArtwork", "legislation": "Legislation", "manuscript": "Manuscript", "map": "Map",
    "motion_picture": "Movie", "musical_score": "SheetMusic", "periodical": "Periodical", "post": "SocialMediaPosting",
    "personal_communication": "Message", "post-weblog": "BlogPosting", "regulation": "Legislation", "report": "Report",
    "software": "SoftwareApplication", "song": "MusicRecording", "thesis": "Thesis", "webpage": "WebPage",
}  # fmt: skip
# The book format's genres (Z39.88-2004, KEV matrix "book"), with the words that Zotero's reader knows.
_GENRES = {"book": "book", "chapter": "bookitem", "entry": "bookitem", "paper-conference": "proceeding",
           "report": "report"}  # fmt: skip
# Where the matrices have no format, Zotero writes Dublin Core with its own type, and reads that back.
_ZOTERO = {
    "article": "preprint", "article-magazine": "magazineArticle", "article-newspaper": "newspaperArticle",
    "bill": "bill", "broadcast": "tvBroadcast", "dataset": "dataset", "entry-dictionary": "dictionaryEntry",
    "entry-encyclopedia": "encyclopediaArticle", "figure": "artwork", "graphic": "artwork", "hearing": "hearing",
    "interview": "interview", "legal_case": "case", "legislation": "statute", "manuscript": "manuscript", "map": "map",
    "motion_picture": "film", "performance": "presentation", "personal_communication": "letter", "post": "forumPost",
    "post-weblog": "blogPost", "regulation": "statute", "software": "computerProgram", "song": "audioRecording",
    "speech": "presentation", "standard": "standard", "treaty": "statute", "webpage": "webpage",
}  # fmt: skip


def coins(work: Work) -> str:
    """Return the ContextObject (ANSI/NISO Z39.88-2004) of a work: the ``title`` of a ``<span class="Z3988">``."""
    pairs = [("ctx_ver", "Z39.88-2004"), *_identifiers(work), *_kind(work), *_authors(work), *_shared(work)]
    # Percent-encoding throughout: a plus sign is a space to some readers and a plus to others.
    return urlencode([(key, value) for key, value in pairs if value], quote_via=quote)


def _identifiers(work: Work) -> Iterator[tuple[str, str]]:
    if work.doi and (doi := parse_doi(work.doi)):
        yield "rft_id", f"info:doi/{doi}"
    if work.url and is_web(work.url):
        yield "rft_id", work.url


def _kind(work: Work) -> list[tuple[str, str]]:
    """Return the format, the genre and the titles, which each format names in its own way."""
    title, container = strip(work.title or ""), strip(work.container_title or "")
    fmt, publisher = "info:ofi/fmt:kev:mtx:", work.publisher or ""
    if work.type == "article-journal" or (work.type in {"review", "review-book"} and container):
        return [("rft_val_fmt", fmt + "journal"), ("rft.genre", "article"), ("rft.atitle", title),
                ("rft.jtitle", container), ("rft.stitle", strip(work.container_title_short or ""))]  # fmt: skip
    if work.type == "thesis":
        return [("rft_val_fmt", fmt + "dissertation"), ("rft.title", title), ("rft.inst", publisher),
                ("rft.degree", work.genre or "")]  # fmt: skip
    if work.type == "patent":
        return [("rft_val_fmt", fmt + "patent"), ("rft.title", title), ("rft.number", work.number or "")]
    if genre := _GENRES.get(work.type):
        is_part = genre in {"bookitem", "proceeding"}
        return [("rft_val_fmt", fmt + "book"), ("rft.genre", genre), ("rft.atitle", title if is_part else ""),
                ("rft.btitle", container if is_part else title), ("rft.pub", publisher),
                ("rft.place", work.publisher_place or ""), ("rft.edition", work.edition or ""),
                ("rft.series", strip(work.collection_title or ""))]  # fmt: skip
    return [("rft_val_fmt", fmt + "dc"), ("rft.type", _ZOTERO.get(work.type, "document")), ("rft.title", title),
            ("rft.source", container), ("rft.publisher", publisher)]  # fmt: skip


def _authors(work: Work) -> Iterator[tuple[str, str]]:
    """Yield the first person in parts, the others whole; bodies have a key of their own."""
    last, first, whole = ("invlast", "invfirst", "inventor") if work.type == "patent" else ("aulast", "aufirst", "au")
    is_first = True
    for name in _known(work.author):
        if name.literal is not None:
            yield "rft.aucorp", name.literal
        elif is_first:
            yield from ((f"rft.{last}", _family(name)), (f"rft.{first}", _given(name)))
        else:
            yield f"rft.{whole}", str(name)
        is_first = False


def _shared(work: Work) -> list[tuple[str, str]]:
    return [("rft.date", iso(work.issued)), ("rft.volume", work.volume or ""), ("rft.issue", work.issue or ""),
            ("rft.pages", work.page or ""), ("rft.isbn", work.isbn or ""), ("rft.issn", work.issn or ""),
            ("rft.language", work.language or "")]  # fmt: skip


def schema_org(work: Work) -> dict[str, Any]:
    """Return a work as a schema.org thing, without what is not known."""
    links = [address for address in (doi_address(work.doi or ""), work.url or "") if is_web(address)]
    pages = work.number_of_pages or ""
    return _known_of({
        "@type": _SCHEMA.get(work.type, "CreativeWork"),
        "name": strip(work.title or ""),
        "alternateName": [strip(text) for text in (work.transliterated_title, work.translated_title) if text],
        **{role: [_agent(name) for name in _known(getattr(work, role))]
           for role in ("author", "editor", "translator", "contributor") if role != "editor" or not _is_part(work)},
        "datePublished": iso(work.issued),
        "inLanguage": work.language,
        "publisher": _known_of({"@type": "Organization", "name": work.publisher, "location": work.publisher_place})
        if work.publisher else None,
        "isPartOf": _container(work),
        "bookEdition": work.edition if work.type == "book" else None,
        "numberOfPages": int(pages) if pages.isascii() and pages.isdigit() else None,
        "pagination": work.page,
        "reportNumber": work.number if work.type == "report" else None,
        "inSupportOf": work.genre if work.type == "thesis" else None,
        "isbn": work.isbn if not _is_part(work) else None,
        "identifier": work.doi,
        "sameAs": links,
        "archivedAt": work.archive_url if is_web(work.archive_url or "") else None,
        "keywords": list(work.keyword),
        "abstract": work.abstract,
    })  # fmt: skip


def _container(work: Work) -> dict[str, Any] | None:
    """Return what a work is part of: an issue of a volume of a periodical, a book, a site, a series."""
    name = strip(work.container_title or "")
    if not name:
        series = strip(work.collection_title or "")
        return {"@type": "BookSeries", "name": series} if series and work.type == "book" else None
    if work.type in _PERIODICALS:
        held = _known_of({"@type": "Periodical", "name": name, "issn": work.issn})
        for kind, key, number in (
            ("PublicationVolume", "volumeNumber", work.volume),
            ("PublicationIssue", "issueNumber", work.issue),
        ):
            held = {"@type": kind, key: number, "isPartOf": held} if number else held
        return held
    if _is_part(work):
        editors = [_agent(editor) for editor in _known(work.editor)]
        return _known_of({"@type": "Book", "name": name, "editor": editors, "isbn": work.isbn})
    return {"@type": "WebSite" if work.type == "webpage" else "CreativeWork", "name": name}


def _is_part(work: Work) -> bool:
    return work.type in _PARTS and bool(work.container_title)


def _agent(name: Name) -> dict[str, Any]:
    if name.literal is not None:
        return {"@type": "Organization", "name": name.literal}
    given, family = _given(name), _family(name)
    return _known_of({"@type": "Person", "name": f"{given} {family}".strip(), "givenName": given, "familyName": family})


def _known(names: tuple[Name, ...]) -> list[Name]:
    return [name for name in names if not name.is_others and (name.literal or name.family or name.given)]


def _known_of(thing: dict[str, Any]) -> dict[str, Any]:
    """Return a thing without its empty places; a list of one is its one."""
    return {
        key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in thing.items() if value
    }


def _family(name: Name) -> str:
    return " ".join(filter(None, (name.non_dropping_particle, name.family)))


def _given(name: Name) -> str:
    return " ".join(filter(None, (name.given, name.dropping_particle)))


def iso(date: PartialDate | None) -> str:
    """Return the first day, month or year of a date in ISO 8601; nothing for words, B.C.E. and ``199X``.

    >>> iso(PartialDate.parse("2008-06")), iso(PartialDate.parse("2008-22/2009")), iso(PartialDate.parse("199X"))
    ('2008-06', '2008', '')
    """
    point = date.start if date else None
    if point is None or point.unspecified or not 0 < point.year <= 9999:
        return ""
    if point.season is not None or point.month is None:
        return f"{point.year:04d}"
    return re.sub(r"-00$", "", f"{point.year:04d}-{point.month:02d}-{point.day or 0:02d}")
