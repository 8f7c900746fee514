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
    resolve = _BY_TYPE.get(work.type)
    changes = resolve(work) if resolve else None
    if work.original_title:
        changes = {**(changes or {}), **_in_its_language(work)}
    return work.model_copy(update=changes) if changes else work


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


def _in_series(work: Work) -> Changes | None:
    """Zotero has the podcast of an episode as its series (10.13); a series is not in itself."""
    series = work.collection_title
    if not series or work.container_title or series == work.title:
        return None
    return {"container_title": series, "collection_title": None}


_DATABASE_OF_THESES = re.compile(r"proquest|\bumi\b|dissertations?\b|theses\b", re.IGNORECASE)
_PUBLICATION = re.compile(
    r"(?:(?:publication|order|document|accession|umi|aat|proquest)\s*)?(?:(?:no|number|id)\b\.?:?\s*|#)?"
    r"((?:AAT\s?|[A-Z]{1,3})?\d{5,})",
    re.IGNORECASE,
)


def _numbered_in_database(work: Work) -> Changes | None:
    """Zotero has the publication number of a dissertation as its place in the database (10.6)."""
    if not work.archive_location or not _DATABASE_OF_THESES.search(work.archive or ""):
        return None
    number = _PUBLICATION.fullmatch(work.archive_location.strip())
    if not number or (work.number and work.number != number[1]):
        return None
    return {"number": number[1], "archive_location": None}


_LANGUAGE = (
    r"(?:ada|assembly|awk|bash|basic|c|c\+\+|c#|clojure|cobol|cuda|dart|elixir|erlang|f#|fortran|go|groovy|haskell|html|"
    r"java|javascript|julia|jupyter notebook|kotlin|lisp|lua|matlab|objective-c|ocaml|octave|pascal|perl|php|prolog|"
    r"python|r|racket|ruby|rust|sas|scala|scheme|shell|spss|sql|stata|swift|tcl|tex|typescript|visual basic|vba)"
)
_LANGUAGES = re.compile(
    rf"{_LANGUAGE}(?:\s*\d[\d.]*)?(?:(?:\s*[,/;&+]\s*|\s+and\s+){_LANGUAGE}(?:\s*\d[\d.]*)?)*", re.IGNORECASE
)


def _without_language(work: Work) -> Changes | None:
    """Zotero has the programming language of software as its genre, which describes no kind of work (10.10)."""
    return {"genre": None} if work.genre and _LANGUAGES.fullmatch(work.genre.strip()) else None


_BY_TYPE: dict[str, Callable[[Work], Changes | None]] = {
    "broadcast": _in_series,
    "software": _without_language,
    "thesis": _numbered_in_database,
}
