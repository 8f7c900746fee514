"""The source element (9.23 to 9.37): periodical or book, publisher, archive, conference, DOI or URL; and history."""

from __future__ import annotations

import re
import unicodedata

from tajikpeace_refs.apa import numbers
from tajikpeace_refs.apa.context import RenderContext
from tajikpeace_refs.apa.dates import long_date, years
from tajikpeace_refs.apa.description import description, is_described_in_source, is_found
from tajikpeace_refs.apa.kinds import SITE, is_in_named_meeting, is_in_periodical, is_in_proceedings
from tajikpeace_refs.apa.names import label, names_in_text, printed_name
from tajikpeace_refs.apa.punctuation import join_commas, join_spaces
from tajikpeace_refs.apa.work_title import container_identifiers, with_volume, without_full_stop
from tajikpeace_refs.model.identifiers import doi_address, is_doi_address
from tajikpeace_refs.model.pages import article_number, in_full, with_en_dashes
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.rich import clean, italic, link, plain
from tajikpeace_refs.text.titles import periodical_name, subtitle_capitals


def source_element(work: Work, context: RenderContext) -> list[str]:
    """Return the sentences of the source, without full stops."""
    found = []
    if is_in_periodical(work):
        found += _periodical(work, context)
    elif work.container_title and work.type not in SITE:
        found.append(_container(work, context))
        found.append(_publisher(work, context))
    else:
        found.append(_site(work, context) or _publisher(work, context))
    found += [_archive(work, context), _event(work, context)]
    return [text for text in found if text]


_IN_ADVANCE = re.compile(r"advance|online first|ahead of print|epub|early view", re.IGNORECASE)


def _periodical(work: Work, context: RenderContext) -> list[str]:
    """Return periodical, volume, issue and pages (9.25 to 9.27), or "Advance online publication" before it has any."""
    name = periodical_name(context.text(work, "container_title"), work.language) if work.container_title else ""
    printed = italic(context.tagged(name, work, original=work.container_title)) if name else ""
    volume = italic(with_en_dashes(clean(work.volume)))
    inside = join_commas(with_en_dashes(clean(work.issue)), numbers.labelled(clean(work.supplement), "Suppl."))
    numbered = join_commas(volume + (f"({inside})" if inside else ""), _place_in_periodical(work))
    is_early = not numbered and _IN_ADVANCE.match(work.status or "")
    advance = "Advance online publication" if is_early else ""
    return [join_commas(printed, numbered), advance, "" if name else _publisher(work, context)]


def _place_in_periodical(work: Work) -> str:
    """Return the article number (9.27), which may stand in ``number`` or in ``page``, or else the pages."""
    page = clean(work.page)
    if number := clean(work.number) or article_number(page):
        return number if number.lower().startswith("article") else f"Article {number}"
    return in_full(page)


_CONTAINER_ROLES = ("container_author", "executive_producer", "series_creator", "editor", "editorial_director",
                    "compiler", "chair", "organizer", "curator", "collection_editor")  # fmt: skip


def _container(work: Work, context: RenderContext) -> str:
    """Return ``In A. Ed (Ed.), *Book* (2nd ed., pp. 1–9)`` (9.28); a song is ``On *Album*`` (10.13)."""
    name = without_full_stop(context.text(work, "container_title"), container=True)
    name = subtitle_capitals(name) if is_in_named_meeting(work) else context.cased(name, work)
    title = with_volume(name, work, context)
    title = italic(context.tagged(title, work, original=work.container_title))
    title += context.translation(work, "container_title")
    heads = _container_heads(work, context)
    start = context.term("On" if work.type == "song" else "In", work)
    parts = [f"{start} {heads}, {title}" if heads else f"{start} {title}"]
    if inside := "; ".join(container_identifiers(work, context)):
        parts.append(f"({context.term(inside, work)})")
    if is_described_in_source(work) and (inside := description(work, context)):
        parts.append(f"[{inside}]")
    return " ".join(parts)


def _container_heads(work: Work, context: RenderContext) -> str:
    if work.editor and work.collection_editor and not work.container_author:
        volume = _headed(work, "editor", context, prefix="Vol. ")
        return f"{_headed(work, 'collection_editor', context)} & {volume}"
    for role in _CONTAINER_ROLES:
        if getattr(work, role) and not (role == "editor" and work.type == "broadcast"):
            return _headed(work, role, context)
    return ""


def _headed(work: Work, role: str, context: RenderContext, *, prefix: str = "") -> str:
    people = names_in_text(getattr(work, role), work, context)
    return people if role == "container_author" else f"{people} ({context.term(prefix + label(work, role), work)})"


_LEGAL_FORM = re.compile(
    r"(?:,?(?<!\s)\s+(?:(?i:inc|(?:co\.?,?\s+)?ltd|llc|l\.l\.c|llp|plc|gmbh|\(?pty\)?|pvt|pte|limited|incorporated|"
    r"s\.?\s?p\.?\s?a|s\.?\s?a\.?\s?r\.?\s?l|s\.?\s?r\.?\s?l|s\.\s?a|b\.\s?v|n\.\s?v|s\.\s?r\.\s?o|sp\.\s?z\s?o\.\s?o)|"
    r"(?:&|und|and)\s+Co\.?,?\s+(?:KG(?:aA)?|OHG|Ltd)|AG|KG|KGaA|OHG|BV|NV|(?<!of )(?<!in )SA)\.?){1,9}(?=\s*(?:$|;))"
)
"""Words for the structure of a business at the end of a publisher's name."""


def _publisher(work: Work, context: RenderContext) -> str:
    """Return the publisher without its legal form, unless it is the author (9.29)."""
    if work.type == "thesis" and is_found(work):
        return ""
    text = context.text(work, "publisher")
    if not text:
        text = context.text(work, "authority") if work.type in {"patent", "standard"} else ""
        if work.type == "patent" and not re.search(r"office|organi[sz]ation", text, re.IGNORECASE):
            return ""
    text = _LEGAL_FORM.sub("", text)
    if _is_author(text, work, context) or not (text or work.type in _MADE_SOMEWHERE):
        return ""
    shown = context.tagged_name(text, work, original=work.publisher)
    if work.type == "manuscript" and work.division:  # 10.8: the department stands before its university
        return join_commas(context.text(work, "division"), shown)
    if work.type in _MADE_SOMEWHERE and not work.archive:
        return _with_place(shown, context.text(work, "publisher_place"))
    return shown


_MADE_SOMEWHERE = frozenset({"graphic", "map"})
_INSTITUTION = re.compile(
    r"\b(?:universit|department|institut|museum|galler|librar|school|college|cent(?:er|re)\b|academ)", re.IGNORECASE
)


def _with_place(publisher: str, place: str) -> str:
    """Return museum and place (10.14); an institution in the place of a place goes first, as the whole of its part."""
    return join_commas(place, publisher) if _INSTITUTION.search(place) else join_commas(publisher, place)


def _site(work: Work, context: RenderContext) -> str:
    """Return the name of the site, roman, unless it is the author (9.32-9.33)."""
    text = context.text(work, "container_title") if work.type in SITE else ""
    if not text or _is_author(text, work, context):
        return ""
    return context.tagged_name(text, work, original=work.container_title)


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", plain(text)).casefold().strip(" .")
    return text.removeprefix("the ")


def _is_author(text: str, work: Work, context: RenderContext) -> bool:
    names = work.author or work.editor
    if not names or len(names) > text.count(";") + 1:
        return False
    people = {_folded(printed_name(name, context, work.language).given_first) for name in names}
    return people == {_folded(part) for part in text.split(";")}


_WIDELY_CIRCULATED = frozenset({
    "article-journal", "article-magazine", "article-newspaper", "book", "chapter", "paper-conference", "review",
    "review-book",
})  # fmt: skip


def _archive(work: Work, context: RenderContext) -> str:
    """Return database or archive (9.30), with shelf mark and place where it is one that is visited (9.31)."""
    archive, place = context.text(work, "archive"), context.text(work, "archive_place")
    collection, location = context.text(work, "archive_collection"), context.text(work, "archive_location")
    if work.type in _WIDELY_CIRCULATED and not (place or collection):
        return ""  # the database and its number for the record are no part of the reference
    if archive and _is_author(archive, work, context):
        archive = ""
    shelf = f"({location})" if location else ""
    return join_commas(join_spaces(collection or archive, shelf), archive if collection else "", place)


_PUBLISHED = frozenset({"article-journal", "book", "chapter", "periodical", "thesis"})
"""Types that are published in print, whatever event they come of."""


def _event(work: Work, context: RenderContext) -> str:
    """Return name and place of the conference (10.5), unless the paper is published in a volume or a periodical."""
    name = context.text(work, "event_title")
    if work.type in _PUBLISHED or (work.type == "paper-conference" and is_in_proceedings(work)):
        return ""
    if not name and work.type not in {"speech", "performance", "event", "paper-conference"}:
        return ""
    return join_commas(name, context.text(work, "event_place"))


def address(work: Work) -> str:
    """Return where the work is found: DOI, archived copy or URL (9.34); ``Retrieved …, from`` if it changes (9.16)."""
    doi = work.doi or (work.url if work.url and is_doi_address(work.url) else None)
    if doi and (target := doi_address(doi)):
        return link(target)
    target = (work.archive_url or work.url or "").strip().replace(" ", "%20")
    if not target:
        return ""
    undated = (work.issued is None or work.issued.is_undated) and not work.status
    if work.accessed and not work.archive_url and (work.retrieval_needed or undated):
        return f"Retrieved {long_date(work.accessed)}, from {link(target)}"
    return link(target)


def history(work: Work) -> str:
    """Return ``(Original work published 1966)`` or the history that the data spell out (9.39-9.41)."""
    if text := clean(work.references):
        return text if text.startswith("(") else f"({text})"
    if work.original_date and (text := years(work.original_date)):
        return f"(Original work published {text})"
    return ""
