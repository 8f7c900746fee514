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
from tajikpeace_refs.model.numbers import whole_number
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
# Format, genre and the variable of each key in Z39.88-2004 (KEV matrices "journal", "dissertation", "patent", "book"),
# with the genres that Zotero's reader knows.
_BOOK = {"pub": "publisher", "place": "publisher_place", "edition": "edition", "series": "collection_title"}
_PART = {"atitle": "title", "btitle": "container_title", **_BOOK}
_ARTICLE = ("journal", "article", {"atitle": "title", "jtitle": "container_title", "stitle": "container_title_short"})
_FORMATS = {
    "article-journal": _ARTICLE,
    "thesis": ("dissertation", "", {"title": "title", "inst": "publisher", "degree": "genre"}),
    "patent": ("patent", "", {"title": "title", "number": "number"}),
    "book": ("book", "book", {"btitle": "title", **_BOOK}), "report": ("book", "report", {"btitle": "title", **_BOOK}),
    "chapter": ("book", "bookitem", _PART), "entry": ("book", "bookitem", _PART),
    "paper-conference": ("book", "proceeding", _PART),
}  # fmt: skip
_DUBLIN_CORE = ("dc", "", {"title": "title", "source": "container_title", "publisher": "publisher"})
_SHARED = {"volume": "volume", "issue": "issue", "pages": "page", "isbn": "isbn", "issn": "issn",
           "language": "language"}  # fmt: skip
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
    is_review = work.type in {"review", "review-book"} and strip(work.container_title or "")
    name, genre, keys = _ARTICLE if is_review else _FORMATS.get(work.type, _DUBLIN_CORE)
    doi = parse_doi(work.doi or "")
    pairs = [
        ("ctx_ver", "Z39.88-2004"), ("rft_id", doi and f"info:doi/{doi}"),
        ("rft_id", work.url if is_web(work.url or "") else ""),
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{name}"), ("rft.genre", genre),
        ("rft.type", _ZOTERO.get(work.type, "document") if name == "dc" else ""),
        *_values(work, keys), *_authors(work), ("rft.date", iso(work.issued)), *_values(work, _SHARED),
    ]  # fmt: skip
    # Percent-encoding throughout: a plus sign is a space to some readers and a plus to others.
    return urlencode([(key, value) for key, value in pairs if value], quote_via=quote)


def _values(work: Work, keys: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the value of each key; titles without their tags."""
    for key, variable in keys.items():
        text = getattr(work, variable) or ""
        yield f"rft.{key}", strip(text) if "title" in variable else text


def _authors(work: Work) -> Iterator[tuple[str, str]]:
    """Yield the first person in parts, the others whole; organisations have a key of their own."""
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
        "numberOfPages": whole_number(pages),
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
        for kind, number in (("Volume", work.volume), ("Issue", work.issue)):
            if number:
                held = {"@type": f"Publication{kind}", f"{kind.lower()}Number": number, "isPartOf": held}
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
    """Return a thing without its empty values, and the one item in place of a list of one."""
    single = {key: value[0] for key, value in thing.items() if isinstance(value, list) and len(value) == 1}
    return {key: single.get(key, value) for key, value in thing.items() if value}


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
