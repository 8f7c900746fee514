"""The title element (9.18 to 9.22): title [translation] (edition, volume, number, editors) [description]."""

from __future__ import annotations

import re

from tajikpeace_refs.apa import numbers
from tajikpeace_refs.apa.context import RenderContext
from tajikpeace_refs.apa.description import description, is_described_in_source, number_takes_genre
from tajikpeace_refs.apa.kinds import PERIODICAL, is_standalone, is_volume_of_series
from tajikpeace_refs.apa.names import in_role
from tajikpeace_refs.apa.punctuation import join_commas, join_spaces
from tajikpeace_refs.model.numbers import whole_number
from tajikpeace_refs.model.pages import article_number, in_full
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text import languages
from tajikpeace_refs.text.rich import ITALIC, clean, italic, plain
from tajikpeace_refs.text.scripts import has_cyrillic
from tajikpeace_refs.text.titles import seems_english, title_case

_NUMBERED_THEMSELVES = frozenset({"broadcast", "graphic", "map", "motion_picture"})
"""Types whose number stands after their title even in a container: ``(Season 3, Episode 12)``."""
_UNTITLED = {"manuscript": "Manuscript", "post": "Post", "webpage": "Web page", "speech": "Speech"}


# A full stop at the end of a title; one that may belong to an abbreviation stays.
_FULL_STOP = re.compile(
    r"(\b(?:(?!(?:univ|dept|corp|prof|assn|assoc|conf|symp|proc|intl)\.)[^\W\d_]{4,}|1[5-9]\d\d|20\d\d))\.$",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"\b[^\W\d_]+\. \S")


def without_full_stop(text: str, *, container: bool = False) -> str:
    """Return a title without the full stop that it ends in; that of an abbreviation stays.

    Args:
        text: the title.
        container: whether it is that of a container, where one abbreviation leads one to expect others.

    >>> without_full_stop("Roads of Khujand."), without_full_stop("Khujand, May 2015."), without_full_stop("Univ.")
    ('Roads of Khujand', 'Khujand, May 2015', 'Univ.')
    >>> without_full_stop("On memory.", container=True), without_full_stop("Adv. Roads Eng. Mater.", container=True)
    ('On memory', 'Adv. Roads Eng. Mater.')
    """
    if not text.endswith(".") or (container and _ABBREVIATED.search(text)):
        return text
    return _FULL_STOP.sub(r"\1", text)


def bare_title(work: Work, context: RenderContext) -> str:
    """Return the title, with the title of its volume or part, in sentence case and not yet in italics."""
    text = context.text(work, "title")
    if not text and work.transliterated_title:
        text = clean(work.transliterated_title)
    text = context.cased(without_full_stop(text), work)
    if text and is_standalone(work):
        text = with_volume(text, work, context)
    if work.type == "post":
        text = _first_words(text)
    return context.tagged(text, work, original=work.title)


def _first_words(text: str) -> str:
    """Return the first 20 words of a post (10.15)."""
    words = text.split(" ")
    first = " ".join(words[:20])
    return first + ITALIC if first.count(ITALIC) % 2 else first


def with_volume(title: str, work: Work, context: RenderContext) -> str:
    """Return the title with that of a volume or part (9.19), or of its series: ``Handbook: Vol. 1. Foundations``."""
    if is_volume_of_series(work):
        series = context.cased(context.text(work, "collection_title"), work)
        return f"{series}: {context.term(numbers.labelled(clean(work.volume), 'Vol.'), work)}. {title}"
    for variable, number, kind in (("volume_title", work.volume, "Vol."), ("part_title", work.part, "Pt.")):
        if name := context.text(work, variable):
            label = context.term(numbers.labelled(clean(number), kind), work)
            joint = "." if not label and _ENDS_IN_VOLUME.search(title) else ":"
            title = f"{title}{joint} {label + '. ' if label else ''}{context.cased(name, work)}"
    return title


_ENDS_IN_VOLUME = re.compile(r": (?:Vol|Vols|Pt|Pts|Bd|Part|Volume|Book)\.? [\dIVXLC–-]+$")
"""A title that brings the number of the volume: biblatex-apa has it as the subtitle of the whole."""


def title_element(title: str, work: Work, context: RenderContext) -> str:
    """Return the whole title element, without full stop; ``title`` is the ``bare_title`` of the work."""
    if not title:
        return _untitled(work, context)
    # 9.22: a title that the record has in square brackets is a description, and not in italics.
    is_description = "[" in title and plain(title)[0] + plain(title)[-1] == "[]"
    if is_standalone(work) and not is_description:
        title = italic(title)
    parts = [title + context.translation(work, "title")]
    if inside := "; ".join(_identifiers(work, context)):
        parts.append(f"({context.term(inside, work)})")
    if not (is_description or is_described_in_source(work)) and (inside := description(work, context)):
        parts.append(f"[{inside}]")
    return " ".join(parts)


def _untitled(work: Work, context: RenderContext) -> str:
    """Return the description in place of a title (9.22)."""
    text = description(work, context) or _UNTITLED.get(work.type, "Untitled work")
    number = _number(work, context)
    return f"[{text}] ({number})" if number else f"[{text}]"


def _identifiers(work: Work, context: RenderContext) -> list[str]:
    """Return the parts of the parenthesis after the title (9.19)."""
    found = _contributors(work, context)
    if work.type in PERIODICAL:
        return found
    if is_standalone(work):
        found += [_number(work, context), join_commas(_extent(work, context), _part_of_book(work))]
    elif work.type in _NUMBERED_THEMSELVES:
        found.append(_number(work, context))
    return [text for text in found if text]


def container_identifiers(work: Work, context: RenderContext) -> list[str]:
    """Return the parts of the parenthesis after the title of the container: ``2nd ed., Vol. 3, pp. 1–9``."""
    number = "" if work.type in _NUMBERED_THEMSELVES else _number(work, context)
    place = ""
    if page := in_full(clean(work.page)):
        article = article_number(page)
        place = f"Article {article}" if article else numbers.counted(page, "p.")
    return [text for text in (number, join_commas(_extent(work, context), place)) if text]


def _extent(work: Work, context: RenderContext) -> str:
    """Return version, edition, series, volumes and parts, joined by commas."""
    is_numbered = work.type in {"document", "report", "standard"}
    series = work.collection_title if is_numbered and work.collection_title != work.genre else None
    return join_commas(
        numbers.version(clean(work.version)),
        _edition(work, context),
        join_spaces(context.text(work, "collection_title"), clean(work.collection_number)) if series else "",
        numbers.labelled(clean(work.supplement), "Suppl."),
        _volumes(work) if work.type != "broadcast" or not work.number else "",
        numbers.labelled(clean(work.issue), "Issue") if work.type not in {"broadcast", "post", "webpage"} else "",
    )


def _edition(work: Work, context: RenderContext) -> str:
    """Return the edition; in a list in the original script, words in Cyrillic stay as they are."""
    text = clean(work.edition)
    return text if not context.is_latin and has_cyrillic(text) else numbers.edition(text)


_FROM_START = re.compile(r"[^\W\d]*0*1\b|[ivxl]+\b", re.IGNORECASE)


def _part_of_book(work: Work) -> str:
    """Return chapter and pages where a book is cited for a part of it: not those that only say how long it is."""
    page, chapter = in_full(clean(work.page)), clean(work.chapter_number)
    if work.type not in {"book", "classic"} or not (chapter or (numbers.is_many(page) and not _FROM_START.match(page))):
        return ""
    return join_commas(numbers.labelled(chapter, "Chapter"), numbers.counted(page, "p.") if page else "")


def _volumes(work: Work) -> str:
    volume = clean(work.volume or ("" if work.volume_title else work.number_of_volumes))
    if not work.volume and (whole_number(volume) or 0) > 1:
        volume = f"1–{volume}"
    return join_commas(
        "" if (work.volume and work.volume_title) or is_volume_of_series(work) else numbers.labelled(volume, "Vol."),
        "" if work.part_title else numbers.labelled(clean(work.part), "Pt."),
    )


def _contributors(work: Work, context: RenderContext) -> list[str]:
    """Return those named after the title (9.10, 9.39): ``J. Strachey, Ed.``, ``A. Brill, Trans.``."""
    is_whole = is_standalone(work) and work.type not in PERIODICAL
    roles = {
        "interviewer": True,
        "editor": is_whole and work.author,
        "translator": not (is_whole and work.translator == work.editor),
        "illustrator": work.author or work.composer,
        "narrator": True,
    }
    return [in_role(work, role, context) for role, is_named in roles.items() if is_named and getattr(work, role)]


# A number that brings its own word: "ICPSR 37080", "Issue 260", "Season 3, Episode 12".
_LABELLED = re.compile(r"[^\W\d_]{2,}\.?\s+(?:No\.\s*)?\d|No\.|#")


def _number(work: Work, context: RenderContext) -> str:
    """Return the number of the work with its kind: ``NIH Publication No. 18-2424``, ``Season 3, Episode 12``."""
    number = re.sub(r"^no\.(?=\s*\d)", "No.", clean(work.number))
    if not number or (work.type == "dataset" and number.isdigit()):  # 10.9: a repository is named with its number
        return ""
    genre = context.text(work, "genre")
    if work.type == "broadcast" and work.volume and number.isdigit():
        return f"Season {clean(work.volume)}, Episode {number}"
    if work.type == "patent":
        return _patent(work, number, context)
    if work.type == "thesis":
        return number if _LABELLED.match(number) else f"Publication No. {number}"
    if not number_takes_genre(work) or genre.lower() in number.lower():
        genre = ""
    if genre[1:].islower() and seems_english(genre) and (not work.language or languages.is_english(work.language)):
        genre = title_case(genre)
    if _LABELLED.match(number):
        return f"{genre}, {number}" if genre and not number.startswith("No.") else f"{genre} {number}".strip()
    if genre:
        return f"{genre} {number}" if genre.endswith((".", "No")) else f"{genre} No. {number}"
    return f"No. {number}" if number[:1].isdigit() else number


def _patent(work: Work, number: str, context: RenderContext) -> str:
    authority = context.text(work, "authority") or context.text(work, "jurisdiction")
    if re.search(r"patent|office|organi[sz]ation", authority, re.IGNORECASE):
        authority = "U.S." if re.match(r"u\.? ?s\.?\b|united states", authority, re.IGNORECASE) else ""
    genre = context.text(work, "genre") or "Patent"
    if authority.lower() in {"us", "united states"}:
        authority = "U.S."
    kind = genre if not authority or genre.startswith(authority) else f"{authority} {genre}"
    return f"{kind} No. {number}"
