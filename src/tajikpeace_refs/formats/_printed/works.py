"""Printed references to works: the parts put together, and what was not understood named in remarks."""

from __future__ import annotations

import re
from typing import Any

from tajikpeace_refs.formats._printed.draft import Draft
from tajikpeace_refs.formats._printed.features import kinds
from tajikpeace_refs.formats._printed.lines import Span
from tajikpeace_refs.formats._printed.parts import Part, parts_of, without_words
from tajikpeace_refs.formats._printed.people import people
from tajikpeace_refs.formats._printed.values import READERS
from tajikpeace_refs.model.base import csl_name
from tajikpeace_refs.model.date_words import is_undated
from tajikpeace_refs.model.editorial import DOUBTFUL, DRAFTED, UNREAD
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.text import english
from tajikpeace_refs.text.scripts import has_cyrillic
from tajikpeace_refs.text.transliteration.detection import language_of, proven_language

_DITTO = re.compile(
    r"(?:[\[(]?\d{1,4}[\]).]+\s+)?(?P<sign>[-_‒–—―]{2,}|[—–](?=\s?[.,:(\[])"
    r"|(?:Idem|Eadem|Id\.|Ders\.|Dies\.|(?:Он|Она|Они|Его|Её|Ее|Их) же)(?=[\s.,:(\[]|$))"
)
_SOMEBODY = (Name(family="Smith", given="J."),)
_NAMED = frozenset({"author", "editor"})
_THESIS, _REPORT, _PATENT = "the", "rep", "patent"
_MEETING = re.compile(
    r"(?i)\b(?:proc\b|proceedings|conference|conf\b|symposium|workshop|congress|конференци|симпозиум)"
)
_DAILY = re.compile(
    r"(?i)\b(?:times|post|guardian|herald|tribune|gazette|daily|telegraph|zeitung|monde|figaro|independent|газета|правда"
    r"|известия|коммерсант\w*)\b"
)
"""Words of the names of newspapers."""
_EDITED = re.compile(r"\(dirs?\.\)")
"""Behind names, what French books have for their editors."""
_GIVEN_AND_TITLE = re.compile(r"([^\W\d_]{3,}(?:-[^\W\d_]+)?,? (?:[^\W\d_]\. ?){1,3})(?<=\. )([^\W\d_]{3,}.*)")
_FUNCTION_WORDS = {
    "en": "the of and for to with by from on its their how what an is are",
    "de": "der die das und des dem zur zum im für über ein eine einer von aus bei",
    "fr": "le la les des du et aux sur dans pour une au l d en",
    "es": "el los las y del por para una en la de un",
    "it": "il della di degli nel delle e dei gli alla una per dell",
    "pt": "o os do da dos em uma na no e das ao para",
}
_WORDS_OF = {tag: frozenset(words.split()) for tag, words in _FUNCTION_WORDS.items()}
_RUSSIAN = re.compile(r"[ыэёЫЭЁ]|ь(?!о)")


def work_data(printed: str, authors: tuple[Name, ...] = ()) -> dict[str, Any]:
    """Return the data of the work that a reference stands for; ``authors`` are those of the work before it."""
    draft = Draft(printed)
    parts = parts_of(printed) if not (ditto := _DITTO.match(printed)) else _with_ditto(draft, ditto, authors)
    parts = _repaired(parts)
    for part in parts:
        if read := READERS.get(part.label):
            read(draft, part.span)
    data = draft.data
    data["type"] = _type(data, parts, is_online=draft.is_online)
    _move(data)
    if "title" not in data:
        data["title"] = printed
        draft.own("title", Span(printed, 0))
        draft.remarks.append("title: none was found, so the whole reference is used as the title")
    if language := language_of_title(data["title"]):
        data["language"] = language
    draft.remarks += _unread(draft, parts)
    return data | {"printed": printed, "remarks": [DRAFTED, *draft.remarks]}


def _with_ditto(draft: Draft, ditto: re.Match[str], authors: tuple[Name, ...]) -> list[Part]:
    """Read what stands for the author of the work before, with those named beside it; return the other parts.

    The parts are those of the reference with the names in its place, which is what the tagger knows.
    """
    printed, (start, end) = draft.printed, ditto.span("sign")
    names = " and ".join(map(str, authors or _SOMEBODY)).rstrip(".")
    names += "." * (printed[end : end + 1] != ".")
    shift = len(names) - (end - start)
    label, more, rest = "author", list[Name](), list[Part]()
    for part in parts_of(printed[:start] + names + printed[end:]):
        if part.span.end <= start:
            rest.append(part)
        elif part.span.start < end + shift:
            label = part.label if part.label in _NAMED else label
            behind = printed[end : part.span.end - shift]
            names_behind = without_words(Span(behind, end), ("ed", "and")).text
            more += people(names_behind) if " " in names_behind else ()
        else:
            rest.append(part._replace(span=Span(part.span.text, part.span.start - shift)))
    if not authors:
        draft.remarks.append(f"{label}: {ditto['sign']!r} stands for an author before, and there is none")
        return rest
    draft.own(label, Span(ditto["sign"], start))
    if more:
        ends = [part.span.start for part in rest if part.span.start >= end] or [len(printed)]
        draft.own_names(label, Span(printed[end : ends[0]], end), more)
    draft.data[label] = (*authors, *more)
    draft.remarks.append(f"{label}: {ditto['sign']!r} is read as the {label} of the work before")
    return rest


def _repaired(parts: list[Part]) -> list[Part]:
    """Repair labels that cannot be.

    A title in another script behind a title is its original; a year that no mark parts from the title belongs to it
    where the date comes later; an organisation is the title where there is none.
    """
    found: list[Part] = []
    for place, part in enumerate(parts):
        before = found[-1] if found else None
        if (
            before
            and before.label == "title"
            and (_is_translation(before, part) or _is_in_title(before, parts[place:]))
        ):
            text = f"{before.span.text}{' ' * (part.span.start - before.span.end)}{part.span.text}"
            found[-1] = Part("title", Span(text, before.span.start), before.is_sure)
        elif part.label == "director" and _EDITED.search(part.span.text):
            found.append(part._replace(label="editor"))
        else:
            found.append(part)
    if {part.label for part in found}.isdisjoint({"title", "container-title"}):
        found = [piece for part in found for piece in _with_title(part)]
    if {part.label for part in found}.isdisjoint({"title", "container-title"}):
        at = next((at for at, part in enumerate(found) if part.label in {"author", "publisher", "note"}), None)
        if at is not None and not re.search(r"[^\W\d_]\.|, ", found[at].span.text.strip(" .,")):
            found[at] = Part("title", found[at].span, is_sure=False)
    return found


def _with_title(part: Part) -> list[Part]:
    """Return a name and the title behind its initials, where they were read as one: "Усмонов И. Сулҳнома."."""
    match = _GIVEN_AND_TITLE.fullmatch(part.span.text) if part.label == "author" else None
    if not match:
        return [part]
    title = Span(match[2], part.span.start + match.start(2))
    return [part._replace(span=Span(match[1].rstrip(), part.span.start)), Part("title", title, is_sure=False)]


def _is_translation(title: Part, part: Part) -> bool:
    text = part.span.text
    is_apart = part.label != "author" and text[0] in "([/" and " " in text
    return is_apart and has_cyrillic(title.span.text) != has_cyrillic(text)


def _is_in_title(title: Part, parts: list[Part]) -> bool:
    """Whether the first of the parts behind a title is a year in it: "Domains to 1869, n.d."."""
    year, *later = parts
    is_close = year.label == "date" and title.span.text[-1].isalnum() and year.span.text[0].isdigit()
    return is_close and any(part.label == "date" or is_undated(part.span.text.strip(" ,()")) for part in later)


def _unread(draft: Draft, parts: list[Part]) -> list[str]:
    """Return remarks for each piece that is in no field, and for the fields that another label is as likely for."""
    doubtful = dict.fromkeys(
        csl_name(name)
        for part in parts
        if not part.is_sure
        for name in draft.owners_of(part.span)
        if name in draft.data
    )
    remarks = [f"{UNREAD}{piece}" for piece in draft.unread()]
    return remarks + ([f"{DOUBTFUL}{', '.join(doubtful)}"] if doubtful else [])


def _move(data: dict[str, Any]) -> None:
    """Put numbers where the type of the work has them."""
    if data["type"] in {"book", "webpage", "document"}:
        if "page" in data and "locator" not in data and re.fullmatch(r"[\divxlc]+", data["page"]):
            data["locator"] = f"p. {data.pop('page')}"
        if "issue" in data and "volume" not in data and data["type"] == "book":
            data["volume"] = data.pop("issue")
    if data["type"] in {"chapter", "paper-conference"} and "collection_title" in data and "volume" in data:
        data["collection_number"] = data.pop("volume")


def _type(data: dict[str, Any], parts: list[Part], *, is_online: bool) -> str:
    """Return the CSL type that the parts of a reference speak for."""
    genre = str(data.get("genre", "")).lower()
    words = {kind for word in re.findall(r"[^\W\d_]+(?:\.[^\W\d_]+)?", genre) for kind in kinds().get(word, ())}
    if _PATENT in genre or "патент" in genre:
        return "patent"
    if _THESIS in words:
        return "thesis"
    if _REPORT in words:
        return "report"
    if "director" in data:
        return "motion_picture"
    if container := str(data.get("container_title", "")):
        return _type_of_part(data, container, parts)
    if "url" in data or is_online:
        return "book" if "publisher_place" in data else "webpage"
    return "book" if {"publisher", "publisher_place", "isbn", "edition", "number_of_pages"} & {*data} else "document"


def _type_of_part(data: dict[str, Any], container: str, parts: list[Part]) -> str:
    if _MEETING.search(container):
        return "paper-conference"
    begins = next((part.span.text for part in parts if part.label == "container-title"), "")
    editors = next((part.span.text for part in parts if part.label == "editor"), "")
    has_in = any(
        "in" in kinds().get(re.split(r"[\s:.]", text.strip("– "))[0].lower(), ()) for text in (begins, editors) if text
    )
    has_numbers = bool({"volume", "issue"} & {*data})
    if "editor" in data or (has_in and not has_numbers) or ("publisher_place" in data and not has_numbers):
        return "chapter"
    date = data.get("issued")
    is_dated = bool(date and date.points and date.points[0].day) and not has_numbers
    if not has_numbers and not (is_dated and _DAILY.search(container)) and ("url" in data and "page" not in data):
        return "webpage"
    return "article-newspaper" if is_dated else "article-journal"


def language_of_title(title: str) -> str | None:
    """Return the language that the words or letters of a title prove.

    >>> language_of_title("Kant’s Political Writings"), language_of_title("Мирное разрешение: осмысление")
    ('en', 'ru')
    >>> language_of_title("Geschichte der deutschen Literatur"), language_of_title("Kudrun")
    ('de', None)
    """
    if has_cyrillic(title):
        is_russian = bool(_RUSSIAN.search(title)) and language_of(title, None, "ala-lc") == "ru"
        return proven_language(title) or ("ru" if is_russian else None)
    words = re.findall(r"[^\W\d_]+", title.lower())
    counts = sorted(((sum(word in known for word in words), tag) for tag, known in _WORDS_OF.items()), reverse=True)
    (most, tag), (second, _) = counts[:2]
    if most > second:
        return tag
    long = [word for word in words if len(word) > 3]
    is_english = (
        most == 0 and title.isascii() | ("’" in title) and long and sum(map(english.is_common, long)) * 2 > len(long)
    )
    return "en" if is_english else None
