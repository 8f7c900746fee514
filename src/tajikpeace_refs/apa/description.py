"""The description in square brackets (9.21): ``[Film]``, ``[Doctoral dissertation, University]``, ``[Review of …]``."""

from __future__ import annotations

import re

from tajikpeace_refs.apa.context import RenderContext
from tajikpeace_refs.apa.kinds import SITE, is_film, is_in_proceedings, is_standalone
from tajikpeace_refs.apa.names import in_full, join_in_text, names_in_text
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.languages import is_english
from tajikpeace_refs.text.quotation_marks import english_quotation_marks
from tajikpeace_refs.text.rich import italic, plain
from tajikpeace_refs.text.titles import seems_english

_NUMBERED_BY_GENRE = frozenset({
    "article", "bill", "book", "chapter", "document", "legislation", "manuscript", "pamphlet", "paper-conference",
    "patent", "regulation", "report", "standard",
})  # fmt: skip
"""Types whose number belongs to the genre: ``(NIH Publication No. 18-2424)``."""
_GENERIC = {
    "dataset": "Data set", "software": "Computer software", "broadcast": "Broadcast", "motion_picture": "Film",
    "map": "Map", "song": "Song", "graphic": "Graphic", "figure": "Figure", "interview": "Interview",
    "personal_communication": "Letter", "collection": "Collection", "review": "Review", "review-book": "Book review",
}  # fmt: skip
_DESCRIBES = re.compile(r"\b(?:release|grant|preprint|manuscript|slides|notes)\b", re.IGNORECASE)


def number_takes_genre(work: Work) -> bool:
    """Whether the genre stands before the number and not in brackets: in reports, or where ``medium`` describes."""
    if work.genre and _DESCRIBES.search(work.genre):
        return False
    return bool(work.number) and (work.type in _NUMBERED_BY_GENRE or bool(work.medium))


def is_described_in_source(work: Work) -> bool:
    """Whether the description follows the container: the session of a symposium, a part of a report (9.21, 10.5)."""
    if is_standalone(work) or work.interviewer or work.reviewed_title or work.reviewed_genre or work.reviewed_author:
        return False
    if work.type in {"document", "report", "software", "standard"}:
        return True
    return work.type in {"event", "paper-conference", "performance", "speech"} and not is_in_proceedings(work)


def description(work: Work, context: RenderContext) -> str:
    """Return the description without its square brackets (9.21): first letter a capital; empty where none is needed."""
    if work.reviewed_title or work.reviewed_genre or work.reviewed_author:
        return _review(work, context)
    if work.type == "thesis":
        return _thesis(work, context)
    genre = (
        ""
        if number_takes_genre(work) or work.type == "patent"
        else _lowered(context.text(work, "genre"), work, context)
    )
    if not genre and work.type == "motion_picture" and work.medium and _CARRIER.fullmatch(work.medium.strip()):
        genre = _generic(work)
    found = [text for text in (genre, context.text(work, "medium")) if text]
    if work.type == "song" and (performers := work.performer or (work.author if work.composer else ())):
        people = names_in_text(performers, work, context)
        found[:1] = [f"{found[0] if found else 'Song'} recorded by {people}"]
    if work.type == "personal_communication" and work.recipient:
        people = join_in_text(in_full(name, context, work.language) for name in work.recipient)
        found[:1] = [f"{found[0] if found else 'Letter'} to {people}"]
    if not found and (generic := _generic(work)):
        found.append(generic)
    if work.type in SITE and genre and work.medium:  # 10.15: what is attached stands before the kind of the post
        return "] [".join(map(_raised, reversed(found)))
    return _raised("; ".join(found))


_CARRIER = re.compile(
    r"dvd(?:-(?:rom|video))?|blu-?ray(?: dis[ck])?|vhs|video ?cassette|35 ?mm(?: film)?", re.IGNORECASE
)


def _generic(work: Work) -> str:
    if work.type == "periodical":
        return "Special issue" if work.container_title else ""
    if work.type in {"review", "review-book"} and work.title and work.container_title:
        return _GENERIC[work.type]
    if work.type == "motion_picture" and not is_film(work):
        return "Video"
    return _GENERIC.get(work.type, "")


def _lowered(genre: str, work: Work, context: RenderContext) -> str:
    """Return English words for a kind in sentence case: ``Policy brief`` (9.21)."""
    if not genre:
        return ""
    is_translated = bool(work.translated_genre) and context.is_latin
    if genre == work.collection_title or (work.language and not (is_english(work.language) or is_translated)):
        return genre
    return context.titles.cased(genre, "en") if seems_english(genre) else genre


def _raised(text: str) -> str:
    """Return the text with a capital first letter, unless its first word has capitals of its own (``iPad app``)."""
    first = text.split(" ", 1)[0]
    return text[:1].upper() + text[1:] if first.islower() else text


_OF = {"film": "Dir.", "motion picture": "Dir.", "documentary": "Dir."}


def _review(work: Work, context: RenderContext) -> str:
    """Return ``Review of the book T, by A. Author`` (10.7)."""
    kind = context.text(work, "reviewed_genre") or ("book" if work.type == "review-book" else "")
    kind = kind if not kind[1:].islower() else kind[:1].lower() + kind[1:]
    text = f"Review of the {kind}" if kind else "Review of"
    comma = "," if work.reviewed_author else ""
    if title := context.cased(context.text(work, "reviewed_title"), work):
        is_part = re.search(r"episode|article|chapter|song|entry", kind, re.IGNORECASE)
        quoted = f"“{english_quotation_marks(plain(title), is_inside=True)}{comma}”"
        text += f" {quoted if is_part else italic(title) + comma}"
    else:
        text += comma
    if work.reviewed_author:
        people = names_in_text(work.reviewed_author, work, context)
        role = _OF.get(kind.lower())
        text += f" by {people}" + (f", {role}" if role else "")
    return text


_DOCTORAL = re.compile(r"ph\.?\s?d\.?(?:\s+(?:thesis|dissertation))?|phd-?thesis|doctoral thesis", re.IGNORECASE)
_MASTERS = re.compile(r"m\.?\s?[as]c?\.?\s+thesis|masters?-?thesis|master.?s? thesis", re.IGNORECASE)
_THESES = ((_DOCTORAL, "Doctoral dissertation"), (_MASTERS, "Master’s thesis"))


def _thesis(work: Work, context: RenderContext) -> str:
    """Return ``Doctoral dissertation, University`` (10.6); a thesis that nobody can find is ``Unpublished …``."""
    genre = context.text(work, "genre") or "Thesis"
    genre = next((put for pattern, put in _THESES if pattern.fullmatch(genre)), genre)
    found = [_raised(genre)]
    if is_found(work):
        found += [text for text in (context.text(work, "publisher"),) if text]
    elif not re.search("unpublished|manuscript", genre, re.IGNORECASE):
        found = [f"Unpublished {genre[:1].lower() + genre[1:]}"]
    text = ", ".join(found)
    return f"{text}; {context.text(work, 'medium')}" if work.medium else text


def is_found(work: Work) -> bool:
    """Whether a thesis can be found in an archive or on the web."""
    return bool(work.archive or work.doi or work.url or work.archive_url)
