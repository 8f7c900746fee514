"""Where programs put what APA has elsewhere: one resolver of the habits of Zotero, Crossref and EndNote."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.languages import is_english
from tajikpeace_refs.text.rich import clean, plain
from tajikpeace_refs.text.titles import seems_english

Changes = Mapping[str, Any]
"""What becomes of some variables of a work."""


def resolved(work: Work) -> Work:
    """Return the work with its variables where the rules for its type look for them; the data stay as they are."""
    changes: dict[str, Any] = {}
    for resolve in _BY_TYPE.get(work.type, ()):
        changes |= resolve(work)
    if work.original_title:
        changes |= _in_its_language(work)
    return work.replace(**changes) if changes else work


def _in_its_language(work: Work) -> Changes:
    """biblatex-apa has the title of a work in another language as that of the original, beside its translation (9.38).

    A translated work is another thing: it names a translator, or what else is known of the original.
    """
    title, original = work.title or "", work.original_title or ""
    is_translated = work.translator or work.original_date or work.original_publisher or work.original_author
    if is_translated or work.translated_title or is_english(work.language):
        return {}
    if not seems_english(plain(clean(title))) or seems_english(plain(clean(original))):
        return {}
    language = work.language or "und"
    return {"title": original, "translated_title": title, "original_title": None, "language": language}


def _in_series(work: Work) -> Changes:
    """Zotero has the podcast of an episode as its series (10.13); a series is not in itself."""
    series = work.collection_title
    if not series or work.container_title or series == work.title:
        return {}
    return {"container_title": series, "collection_title": None}


_DATABASE_OF_THESES = re.compile(r"proquest|\bumi\b|dissertations?\b|theses\b", re.IGNORECASE)
_PUBLICATION = re.compile(
    r"(?:(?:publication|order|document|accession|umi|aat|proquest)\s*)?(?:(?:no|number|id)\b\.?:?\s*|#)?"
    r"((?:AAT\s?|[A-Z]{1,3})?\d{5,})",
    re.IGNORECASE,
)


def _numbered_in_database(work: Work) -> Changes:
    """Zotero has the publication number of a dissertation as its place in the database (10.6)."""
    if not work.archive_location or not _DATABASE_OF_THESES.search(work.archive or ""):
        return {}
    number = _PUBLICATION.fullmatch(work.archive_location.strip())
    if not number or (work.number and work.number != number[1]):
        return {}
    return {"number": number[1], "archive_location": None}


_LANGUAGE = (
    r"(?:ada|assembly|awk|bash|basic|c|c\+\+|c#|clojure|cobol|cuda|dart|elixir|erlang|f#|fortran|go|groovy|haskell|html|"
    r"java|javascript|julia|jupyter notebook|kotlin|lisp|lua|matlab|objective-c|ocaml|octave|pascal|perl|php|prolog|"
    r"python|r|racket|ruby|rust|sas|scala|scheme|shell|spss|sql|stata|swift|tcl|tex|typescript|visual basic|vba)"
)
_LANGUAGES = re.compile(
    rf"{_LANGUAGE}(?:\s*\d[\d.]*)?(?:(?:\s*[,/;&+]\s*|\s+and\s+){_LANGUAGE}(?:\s*\d[\d.]*)?)*", re.IGNORECASE
)


def _without_language(work: Work) -> Changes:
    """Zotero has the programming language of software as its genre, which describes no kind of work (10.10)."""
    return {"genre": None} if work.genre and _LANGUAGES.fullmatch(work.genre.strip()) else {}


_PODCAST = re.compile(r"\bpodcast", re.IGNORECASE)


def _episode_of_podcast(work: Work) -> Changes:
    """Zotero had episodes of podcasts as songs of a series (10.13)."""
    if not _PODCAST.search(f"{work.genre} {work.medium}") or not _in_series(work):
        return {}
    return {"type": "broadcast", **_in_series(work)}


def _in_journal(work: Work) -> Changes:
    """A numbered volume or issue makes an article that of a journal, and no preprint (10.1)."""
    is_numbered = work.container_title and (work.volume or work.issue)
    return {"type": "article-journal"} if is_numbered else {}


def _folded(text: str | None) -> str:
    return "".join(filter(str.isalnum, plain(clean(text)).casefold()))


def _not_in_itself(work: Work) -> Changes:
    """Several programs have the title of a whole book as that of its container, too."""
    is_itself = work.container_title and _folded(work.container_title) == _folded(work.title)
    return {"container_title": None} if is_itself else {}


def _at_place_of_event(work: Work) -> Changes:
    """Zotero has the place of a meeting as that of a publisher, even where nobody published the paper (10.5)."""
    if not work.event_title or work.event_place or work.publisher or work.container_title:
        return {}
    return {"event_place": work.publisher_place, "publisher_place": None} if work.publisher_place else {}


def _numbered_in_series(work: Work) -> Changes:
    """The number of a report without a kind is that in its series (10.4)."""
    if work.genre or not (work.number and work.collection_title) or work.collection_number:
        return {}
    return {"genre": work.collection_title, "collection_title": None}


_ERIC_NUMBER = re.compile(r"(?:ERIC\s+)?(?:(?:number|no\.?|document)[\s:]*)?(E[DJ]\d{6,})", re.IGNORECASE)


def _numbered_in_eric(work: Work) -> Changes:
    """ERIC's number of a document stands after its title (10.8)."""
    number = _ERIC_NUMBER.fullmatch((work.archive_location or "").strip())
    if not number or work.number or "eric" not in (work.archive or "").casefold():
        return {}
    return {"number": number[1], "archive_location": None}


_STATES = {"submitted": "Manuscript submitted for publication", "in preparation": "Manuscript in preparation"}


def _state_of_manuscript(work: Work) -> Changes:
    """A manuscript that is found nowhere is described by its state (10.8)."""
    is_found = work.archive or work.archive_collection or work.url or work.doi or work.event_title or work.number
    if work.genre or work.medium or is_found or not work.title:
        return {}
    return {"genre": _STATES.get((work.status or "").casefold(), "Unpublished manuscript")}


_BY_TYPE: dict[str, tuple[Callable[[Work], Changes], ...]] = {
    "article": (_in_journal,),
    "book": (_not_in_itself,),
    "broadcast": (_in_series,),
    "classic": (_not_in_itself,),
    "document": (_numbered_in_eric,),
    "manuscript": (_state_of_manuscript,),
    "paper-conference": (_at_place_of_event,),
    "report": (_numbered_in_series, _numbered_in_eric),
    "software": (_without_language,),
    "song": (_episode_of_podcast,),
    "speech": (_at_place_of_event,),
    "thesis": (_numbered_in_database,),
}
