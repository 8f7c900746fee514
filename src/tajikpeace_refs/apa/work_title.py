"""The title element (9.18-9.22): title, [translation], (identifiers) and [description]."""

from __future__ import annotations

import re

from tajikpeace_refs.apa import numbers
from tajikpeace_refs.apa.dates import is_in_proceedings
from tajikpeace_refs.apa.inline import ITALIC, LANG, LANG_END, LANG_TEXT, clean, italic, plain
from tajikpeace_refs.apa.names import PERIODICAL, in_full, in_role, shown, straight_list
from tajikpeace_refs.apa.style import Style
from tajikpeace_refs.apa.titles import is_english, sentence_case
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.script import has_cyrillic

SITE = frozenset({"post", "webpage", "article"})
"""Types whose container is a site or server: the title stays italic, the site is named in roman (9.32-9.33)."""
LEGAL = frozenset({"bill", "hearing", "legal_case", "legislation", "regulation", "treaty"})
_CASED_AS_GIVEN = frozenset({"post"}) | LEGAL
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
_UNTITLED = {"manuscript": "Manuscript", "post": "Post", "webpage": "Web page", "speech": "Speech"}


def cased(text: str, work: Work, style: Style) -> str:
    """Return a title of the work in sentence case, if it is English (6.17)."""
    if is_english(text, work.language, style.nouns) and work.type not in _CASED_AS_GIVEN:
        return sentence_case(text, style.nouns)
    return text


def tagged(text: str, work: Work, style: Style, *, original: str | None = None) -> str:
    """Return foreign words marked with their language, for HTML; other markups need no mark."""
    language = work.language
    if style.markup != "html" or not language or language.lower().startswith("en") or not text:
        return text
    tag = re.sub(r"[^\w-]", "", language)
    if style.is_latin and original is not None and has_cyrillic(original) and "-latn" not in tag.lower():
        tag += "-Latn"
    return f"{LANG}{tag}{LANG_TEXT}{text}{LANG_END}"


def translation(work: Work, variable: str, style: Style) -> str:
    """Return `` [Translation in sentence case]`` (9.38); a list in the original script has none."""
    text: str | None = getattr(work, f"translated_{variable}")
    if not text or not style.is_latin or text == getattr(work, variable):
        return ""
    return f" [{sentence_case(clean(text), style.nouns)}]"


def is_standalone(work: Work) -> bool:
    """Whether the title is italic: a work in no container, a page or a post (9.19)."""
    return not work.container_title or work.type in SITE


def bare_title(work: Work, style: Style) -> str:
    """Return the title with its volume or part title, in sentence case, without italics."""
    text = style.text(work, "title")
    if not text and work.transliterated_title:
        text = clean(work.transliterated_title)
    text = cased(text, work, style)
    if text and is_standalone(work):
        text = with_volume(text, work, style)
    if work.type == "post":
        text = _first_words(text)
    return tagged(text, work, style, original=work.title)


def _first_words(text: str) -> str:
    """Return the first 20 words of a post (10.15)."""
    words = text.split(" ")
    cut = " ".join(words[:20])
    return cut + ITALIC if cut.count(ITALIC) % 2 else cut


def with_volume(title: str, work: Work, style: Style) -> str:
    """Return ``Handbook: Vol. 1. Foundations`` (9.19): the titled volume or part inside the title."""
    for variable, number, labels in (
        ("volume_title", work.volume, ("Vol.", "Vols.")),
        ("part_title", work.part, ("Pt.", "Pts.")),
    ):
        if name := style.text(work, variable):
            label = f"{numbers.labelled(clean(number), *labels)}. " if number else ""
            title = f"{title}: {label}{cased(name, work, style)}"
    return title


def title_element(work: Work, style: Style) -> str:
    """Return the whole title element without its full stop."""
    title = bare_title(work, style)
    if not title:
        return _untitled(work, style)
    if is_standalone(work):
        title = italic(title)
    parts = [title + translation(work, "title", style)]
    if inside := "; ".join(_identifiers(work, style)):
        parts.append(f"({inside})")
    if not _described_in_source(work) and (inside := _description(work, style)):
        parts.append(f"[{inside}]")
    return " ".join(parts)


def _untitled(work: Work, style: Style) -> str:
    """Return the description in place of a title (9.22)."""
    text = _description(work, style) or _UNTITLED.get(work.type, "Untitled work")
    number = _number(work, style)
    return f"[{text}] ({number})" if number else f"[{text}]"


def _identifiers(work: Work, style: Style) -> list[str]:
    """Return what stands in the parenthesis after the title (9.19)."""
    found = _contributors(work, style)
    if work.type in PERIODICAL:
        return found
    if is_standalone(work):
        found += [text for text in (_number(work, style), _extent(work, style)) if text]
    elif work.type in {"broadcast", "graphic", "map", "motion_picture"}:
        found += [text for text in (_number(work, style),) if text]
    return found


def container_identifiers(work: Work, style: Style) -> list[str]:
    """Return what stands in the parenthesis after the title of the container: ``2nd ed., Vol. 3, pp. 1–9``."""
    number = "" if work.type in {"broadcast", "graphic", "map", "motion_picture"} else _number(work, style)
    place = ""
    if work.page:
        page = numbers.pages(clean(work.page))
        article = numbers.elocator(page)
        place = f"Article {article}" if article else f"{'pp.' if numbers.is_many(page) else 'p.'} {page}"
    return [text for text in (number, ", ".join(filter(None, (_extent(work, style), place)))) if text]


def _extent(work: Work, style: Style) -> str:
    """Return version, edition, series, volumes and parts, joined by commas."""
    found = []
    if work.version:
        version = clean(work.version)
        found.append(version if version.lower().startswith(("version", "v.")) else f"Version {version}")
    if work.edition:
        found.append(numbers.edition(clean(work.edition)))
    if work.type in {"document", "report", "standard"} and work.collection_title:
        found.append(
            " ".join(filter(None, (style.text(work, "collection_title"), clean(work.collection_number or ""))))
        )
    if work.supplement:
        found.append(numbers.labelled(clean(work.supplement), "Suppl.", "Suppls."))
    if work.type != "broadcast" or not work.number:
        found += _volumes(work)
    if work.issue and work.type not in {"broadcast", "post", "webpage"}:
        found.append(numbers.labelled(clean(work.issue), "Issue", "Issues"))
    return ", ".join(filter(None, found))


def _volumes(work: Work) -> list[str]:
    found = []
    if work.volume and not work.volume_title:
        found.append(numbers.labelled(clean(work.volume), "Vol.", "Vols."))
    elif work.number_of_volumes and not work.volume:
        count = clean(work.number_of_volumes)
        found.append(
            f"Vols. 1–{count}" if count.isdigit() and int(count) > 1 else numbers.labelled(count, "Vol.", "Vols.")
        )
    if work.part and not work.part_title:
        found.append(numbers.labelled(clean(work.part), "Pt.", "Pts."))
    return found


def _contributors(work: Work, style: Style) -> list[str]:
    """Return who stands after the title: ``J. Strachey, Ed.; A. Brill, Trans.`` (9.10, 9.39)."""
    language, found = work.language, []
    is_whole = is_standalone(work) and work.type not in PERIODICAL
    if work.interviewer:
        found.append(in_role(work.interviewer, "interviewer", style, language))
    if is_whole and work.editor and work.author:
        if work.editor == work.translator:
            return [
                *found,
                in_role(work.editor, "editor", style, language, extra=" & Trans."),
                *_narrators(work, style),
            ]
        found.append(in_role(work.editor, "editor", style, language))
    if work.translator and not (work.editor == work.translator and not work.author and is_whole):
        found.append(in_role(work.translator, "translator", style, language))
    if work.illustrator and (work.author or work.composer):
        found.append(in_role(work.illustrator, "illustrator", style, language))
    return found + _narrators(work, style)


def _narrators(work: Work, style: Style) -> list[str]:
    return [in_role(work.narrator, "narrator", style, work.language)] if work.narrator else []


def _number(work: Work, style: Style) -> str:
    """Return the number of the work with its kind: ``NIH Publication No. 18-2424``, ``Season 3, Episode 12``."""
    if not work.number:
        return ""
    number, genre = clean(work.number), style.text(work, "genre")
    if work.type == "broadcast" and work.volume and number.isdigit():
        return f"Season {clean(work.volume)}, Episode {number}"
    if work.type == "patent":
        return _patent(work, number, style)
    if work.type == "thesis":
        return number if _has_label(number) else f"Publication No. {number}"
    if genre and genre.lower() in number.lower():
        genre = ""
    if not _number_takes_genre(work):
        genre = ""
    if _has_label(number):
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


_LABELLED = re.compile(r"[^\W\d_]{2,}\.?\s+\d|No\.|#")


def _has_label(number: str) -> bool:
    """Whether a number brings its own word: ``ICPSR 37080``, ``Issue 260``, ``Season 3, Episode 12``."""
    return _LABELLED.match(number) is not None


_DESCRIBES = re.compile(r"\b(?:brief|release|grant|preprint|manuscript|slides|notes)\b", re.IGNORECASE)


def _number_takes_genre(work: Work) -> bool:
    """Whether the genre stands before the number and not in brackets: report-like works; or ``medium`` describes."""
    if work.genre and _DESCRIBES.search(work.genre):
        return False
    return bool(work.number) and (work.type in _NUMBERED_BY_GENRE or bool(work.medium))


def _described_in_source(work: Work) -> bool:
    """Whether the description follows the container: the session of a symposium, a part of a report (9.21, 10.5)."""
    if is_standalone(work) or work.interviewer or work.reviewed_title or work.reviewed_genre or work.reviewed_author:
        return False
    if work.type in {"document", "report", "software", "standard"}:
        return True
    return work.type in {"event", "paper-conference", "performance", "speech"} and not is_in_proceedings(work)


def source_description(work: Work, style: Style) -> str:
    """Return the bracketed description of a container, where it stands there."""
    text = _description(work, style) if _described_in_source(work) else ""
    return f"[{text}]" if text else ""


def _description(work: Work, style: Style) -> str:
    """Return what stands in square brackets (9.21), only its first letter raised."""
    if work.reviewed_title or work.reviewed_genre or work.reviewed_author:
        return _review(work, style)
    if work.type == "thesis":
        return _thesis(work, style)
    genre = "" if _number_takes_genre(work) or work.type == "patent" else style.text(work, "genre")
    found = [_raised(text) for text in (genre, style.text(work, "medium")) if text]
    if work.type == "song" and (performers := work.performer or (work.author if work.composer else ())):
        people = straight_list(shown(name, style, work.language).straight for name in performers)
        found[:1] = [f"{found[0] if found else 'Song'} recorded by {people}"]
    if work.type == "personal_communication" and work.recipient:
        people = straight_list(in_full(name, style, work.language) for name in work.recipient)
        found[:1] = [f"{found[0] if found else 'Letter'} to {people}"]
    if not found and (generic := _generic(work)):
        found.append(generic)
    return "; ".join(found)


def _generic(work: Work) -> str:
    if work.type == "periodical":
        return "Special issue" if work.container_title else ""
    if work.type in {"review", "review-book"} and work.title and work.container_title:
        return _GENERIC[work.type]
    return _GENERIC.get(work.type, "")


def _raised(text: str) -> str:
    """Raise the first letter, if the word has no capital of its own (``iPad app``)."""
    first = text.split(" ", 1)[0]
    return text[:1].upper() + text[1:] if first.islower() else text


_OF = {"film": "Dir.", "motion picture": "Dir.", "documentary": "Dir."}


def _review(work: Work, style: Style) -> str:
    """Return ``Review of the book T, by A. Author`` (10.7)."""
    kind = style.text(work, "reviewed_genre") or ("book" if work.type == "review-book" else "")
    kind = kind if not kind[1:].islower() else kind[:1].lower() + kind[1:]
    text = f"Review of the {kind}" if kind else "Review of"
    if title := cased(style.text(work, "reviewed_title"), work, style):
        is_part = re.search(r"episode|article|chapter|song|entry", kind, re.IGNORECASE)
        text += f" “{plain(title)}”" if is_part else f" {italic(title)}"
    if work.reviewed_author:
        people = straight_list(shown(name, style, work.language).straight for name in work.reviewed_author)
        role = _OF.get(kind.lower())
        text += f", by {people}" + (f", {role}" if role else "")
    return text


_DOCTORAL = re.compile(r"ph\.?\s?d\.?(?:\s+(?:thesis|dissertation))?|phd-?thesis|doctoral thesis", re.IGNORECASE)
_MASTERS = re.compile(r"m\.?\s?[as]c?\.?\s+thesis|masters?-?thesis|master.?s? thesis", re.IGNORECASE)
_THESES = ((_DOCTORAL, "Doctoral dissertation"), (_MASTERS, "Master’s thesis"))


def _thesis(work: Work, style: Style) -> str:
    """Return the thesis with its university (10.6); without a place to find it, it is unpublished."""
    genre = style.text(work, "genre") or "Thesis"
    genre = next((put for pattern, put in _THESES if pattern.fullmatch(genre)), genre)
    found = [_raised(genre)]
    if is_found(work):
        found += [text for text in (style.text(work, "publisher"),) if text]
    elif not re.search("unpublished|manuscript", genre, re.IGNORECASE):
        found = [f"Unpublished {genre[:1].lower() + genre[1:]}"]
    text = ", ".join(found)
    return f"{text}; {_raised(style.text(work, 'medium'))}" if work.medium else text


def is_found(work: Work) -> bool:
    """Whether a thesis can be found in an archive or on the web."""
    return bool(work.archive or work.doi or work.url or work.archive_url)
