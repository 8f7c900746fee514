"""The title element (9.18-9.22): title, [translation], (identifiers) and [description]."""

from __future__ import annotations

import re

from tajikpeace_refs.apa import numbers
from tajikpeace_refs.apa.description import description, is_described_in_source, number_takes_genre
from tajikpeace_refs.apa.kinds import PERIODICAL, is_standalone
from tajikpeace_refs.apa.names import in_role
from tajikpeace_refs.apa.punctuation import join_commas, join_spaces
from tajikpeace_refs.apa.style import Style
from tajikpeace_refs.model.pages import article_number, in_full
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.rich import ITALIC, clean, italic, plain

_NUMBERED_THEMSELVES = frozenset({"broadcast", "graphic", "map", "motion_picture"})
"""Types whose number is their own, also in a container: ``(Season 3, Episode 12)``."""
_UNTITLED = {"manuscript": "Manuscript", "post": "Post", "webpage": "Web page", "speech": "Speech"}


# A record's own full stop after a title; one that may belong to an abbreviation stays.
_FULL_STOP = re.compile(r"(\b(?!(?:univ|dept|corp|prof|assn|assoc)\.)[^\W\d_]{4,})\.$", re.IGNORECASE)


def bare_title(work: Work, style: Style) -> str:
    """Return the title with its volume or part title, in sentence case, without italics."""
    text = style.text(work, "title")
    if not text and work.transliterated_title:
        text = clean(work.transliterated_title)
    if text[-1:] == ".":
        text = _FULL_STOP.sub(r"\1", text)
    text = style.cased(text, work)
    if text and is_standalone(work):
        text = with_volume(text, work, style)
    if work.type == "post":
        text = _first_words(text)
    return style.tagged(text, work, original=work.title)


def _first_words(text: str) -> str:
    """Return the first 20 words of a post (10.15)."""
    words = text.split(" ")
    cut = " ".join(words[:20])
    return cut + ITALIC if cut.count(ITALIC) % 2 else cut


def with_volume(title: str, work: Work, style: Style) -> str:
    """Return ``Handbook: Vol. 1. Foundations`` (9.19): the titled volume or part inside the title."""
    for variable, number, kind in (
        ("volume_title", work.volume, "Vol."),
        ("part_title", work.part, "Pt."),
    ):
        if name := style.text(work, variable):
            label = numbers.labelled(clean(number), kind)
            title = f"{title}: {label + '. ' if label else ''}{style.cased(name, work)}"
    return title


def title_element(title: str, work: Work, style: Style) -> str:
    """Return the whole title element without its full stop, made of the bare title."""
    if not title:
        return _untitled(work, style)
    # 9.22: a description that the data already keep in brackets is one, and roman.
    is_description = "[" in title and plain(title)[0] + plain(title)[-1] == "[]"
    if is_standalone(work) and not is_description:
        title = italic(title)
    parts = [title + style.translation(work, "title")]
    if inside := "; ".join(_identifiers(work, style)):
        parts.append(f"({inside})")
    if not (is_description or is_described_in_source(work)) and (inside := description(work, style)):
        parts.append(f"[{inside}]")
    return " ".join(parts)


def _untitled(work: Work, style: Style) -> str:
    """Return the description in place of a title (9.22)."""
    text = description(work, style) or _UNTITLED.get(work.type, "Untitled work")
    number = _number(work, style)
    return f"[{text}] ({number})" if number else f"[{text}]"


def _identifiers(work: Work, style: Style) -> list[str]:
    """Return what stands in the parenthesis after the title (9.19)."""
    found = _contributors(work, style)
    if work.type in PERIODICAL:
        return found
    if is_standalone(work):
        found += [_number(work, style), _extent(work, style)]
    elif work.type in _NUMBERED_THEMSELVES:
        found.append(_number(work, style))
    return [text for text in found if text]


def container_identifiers(work: Work, style: Style) -> list[str]:
    """Return what stands in the parenthesis after the title of the container: ``2nd ed., Vol. 3, pp. 1–9``."""
    number = "" if work.type in _NUMBERED_THEMSELVES else _number(work, style)
    place = ""
    if page := in_full(clean(work.page)):
        article = article_number(page)
        place = f"Article {article}" if article else numbers.counted(page, "p.")
    return [text for text in (number, join_commas(_extent(work, style), place)) if text]


def _extent(work: Work, style: Style) -> str:
    """Return version, edition, series, volumes and parts, joined by commas."""
    version = clean(work.version)
    if version and not version.lower().startswith(("version", "v.")):
        version = f"Version {version}"
    has_series = work.type in {"document", "report", "standard"} and work.collection_title
    return join_commas(
        version,
        numbers.edition(clean(work.edition)),
        join_spaces(style.text(work, "collection_title"), clean(work.collection_number)) if has_series else "",
        numbers.labelled(clean(work.supplement), "Suppl."),
        _volumes(work) if work.type != "broadcast" or not work.number else "",
        numbers.labelled(clean(work.issue), "Issue") if work.type not in {"broadcast", "post", "webpage"} else "",
    )


def _volumes(work: Work) -> str:
    volume = clean(work.volume or work.number_of_volumes)
    if not work.volume and volume.isdigit() and int(volume) > 1:
        volume = f"1–{volume}"
    return join_commas(
        "" if work.volume and work.volume_title else numbers.labelled(volume, "Vol."),
        "" if work.part_title else numbers.labelled(clean(work.part), "Pt."),
    )


def _contributors(work: Work, style: Style) -> list[str]:
    """Return who stands after the title: ``J. Strachey, Ed.; A. Brill, Trans.`` (9.10, 9.39)."""
    is_whole = is_standalone(work) and work.type not in PERIODICAL
    roles = {
        "interviewer": True,
        "editor": is_whole and work.author,
        "translator": not (is_whole and work.translator == work.editor),
        "illustrator": work.author or work.composer,
        "narrator": True,
    }
    return [in_role(work, role, style) for role, is_named in roles.items() if is_named and getattr(work, role)]


# A number that brings its own word: "ICPSR 37080", "Issue 260", "Season 3, Episode 12".
_LABELLED = re.compile(r"[^\W\d_]{2,}\.?\s+(?:No\.\s*)?\d|No\.|#")


def _number(work: Work, style: Style) -> str:
    """Return the number of the work with its kind: ``NIH Publication No. 18-2424``, ``Season 3, Episode 12``."""
    number = clean(work.number)
    if not number:
        return ""
    genre = style.text(work, "genre")
    if work.type == "broadcast" and work.volume and number.isdigit():
        return f"Season {clean(work.volume)}, Episode {number}"
    if work.type == "patent":
        return _patent(work, number, style)
    if work.type == "thesis":
        return number if _LABELLED.match(number) else f"Publication No. {number}"
    if not number_takes_genre(work) or genre.lower() in number.lower():
        genre = ""
    if _LABELLED.match(number):
        return f"{genre}, {number}" if genre and not number.startswith("No.") else f"{genre} {number}".strip()
    if genre:
        return f"{genre} {number}" if genre.endswith((".", "No")) else f"{genre} No. {number}"
    return f"No. {number}" if number[:1].isdigit() else number


def _patent(work: Work, number: str, style: Style) -> str:
    authority = style.text(work, "authority") or style.text(work, "jurisdiction")
    if re.search(r"patent|office|organi[sz]ation", authority, re.IGNORECASE):
        authority = "U.S." if re.match(r"u\.? ?s\.?\b|united states", authority, re.IGNORECASE) else ""
    genre = style.text(work, "genre") or "Patent"
    if authority.lower() in {"us", "united states"}:
        authority = "U.S."
    kind = genre if not authority or genre.startswith(authority) else f"{authority} {genre}"
    return f"{kind} No. {number}"
