"""The values of each part of a printed reference: what it is a piece of, and which variable that is."""

from __future__ import annotations

import re
from collections.abc import Callable

from tajikpeace_refs.formats._printed.draft import Draft
from tajikpeace_refs.formats._printed.features import kinds
from tajikpeace_refs.formats._printed.labels import names_before
from tajikpeace_refs.formats._printed.lines import Span
from tajikpeace_refs.formats._printed.parts import trimmed, without_words
from tajikpeace_refs.formats._printed.people import people
from tajikpeace_refs.model.date import PartialDate, read_written
from tajikpeace_refs.model.date_words import month_number
from tajikpeace_refs.model.identifiers import is_doi_address
from tajikpeace_refs.model.pages import with_hyphens
from tajikpeace_refs.text.editions import ordinal_number
from tajikpeace_refs.text.scripts import has_cyrillic


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_YEAR = re.compile(r"(?<!\d)((?:1[4-9]|20)\d\d)(?!\d)([a-zа-г](?![\w]))?")
_NUMBER = re.compile(
    r"(?:(?<![^\W_])(?P<label>(?![IVXLCDM]{2,}(?![^\W_]))[^\W\d_]{2,}(?![^\W\d_])|[^\W\d_](?=[\s.:(])|№|#|n[°º]))?[.:]?\s*(?P<open>\()?\s*"
    r"(?<![^\W_])(?P<number>(?(open)(?:\d+|[IVX]+)[^\W\d_]*(?:[\s&,/–—-]+[^\W_]+){0,3}(?=\))|(?!))"
    r"|[A-Z]?\d+(?:[–—/-]\d+)*(?: (?:and|&|und|et|и) \d+)?(?:[a-zA-Z](?![^\W\d_]))?|[IVXLCDM]+(?![^\W_]))"
)
_NUMBERS = re.compile(
    r"(?:(?P<year>(?:1[4-9]|20)\d\d);\s*|(?P<month>[^\W\d_]{3,}\.?(?: \d{1,2})?);\s*)?"
    r"(?P<volume>[A-Z]?\d+)\s*(?:\((?P<issue>[^()]+)\))?\s*:\s*"
    r"(?P<page>[A-Za-z]?\d+(?P<last>\s*[-–]+\s*[A-Za-z]?\d+)?)"
)
_VOLUME_AT_END = re.compile(r"(.*[^\W\d_][.,]?),? (\d{1,3})")
_IN_BRACKETS = re.compile(r"\s*\((?:[^()]* )?(?:1[4-9]|20)\d\d\)")
_VOLUMES = re.compile(r"(\d+)\s*(?:vols|volumes|v|Bde|Bände|t|тт?|томов|томах|tomes)\.?$", re.IGNORECASE)
_DATED_NUMBERS = re.compile(r"(?P<year>(?:1[4-9]|20)\d\d);\s*(?=\d)")
_DAY = re.compile(r"\d{1,2}[ ./-]+[^\W_]+[ ./-]+\d{4}|[^\W\d_]+ \d{1,2}, \d{4}|\d{4}-\d\d-\d\d")
_MEDIUM = re.compile(r"(?i)^\W*электрон\w* ресурс\W*$|^\W*(?:en ligne|online|web|print|DVD|CD(?:-ROM)?)\W*$")
_ISSUE = _set("""
no nos nr num núm number numbers issue issues heft h fasc suppl supplement № # n° nº n вып выпуск бр н
""")
_URL = re.compile(r"(?:https?://|ftp://|www\.)[^\s<>]+", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}/[^\s<>]+")
_BOOK_NUMBER = re.compile(r"(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXxХх]")
_EXTENT = re.compile(r"(\d+)\s*(?:pp?|pgs?|pages|págs?|с|c|стр|саҳ|S|s|Seiten)\b\.?$")
_SERIES = re.compile(r"(?i)(?:coll\.|серия)\s+(?=[«„“\"'‘\w])")
_ABBREVIATED = re.compile(r"\. ?:")
"""Behind "М" or "СПб", the stop of an abbreviation."""
_DISSERTATION = re.compile(r"(?i)(?<=\w)(?: ?: |\. )((?:автореф(?:ерат)?\.? )?дисс?\.[^:]*?наук)(?: ?: ?[\d.]+)?$")
_PAGE_IN_TITLE = re.compile(r"\(\s*(?:pp?|с|стр|S)\.?\s*\d+(?:[–-]\d+)?\s*\)\W*$")
_VOLUME_IN_TITLE = re.compile(r"(?i)\((\w+) (?:book|volume|part|том|книга|часть|band|tome)\)\W*$")
_ORDINAL_EDITION = re.compile(
    r"(\d+)(?=\W*(?:st|nd|rd|th|d|e|ème|ère|a|ª|º|°|-?[ея]|-?ое|-?ро|-?тє)?\W+(?:edn?|[ée]dition|edição|edición|edizione|ediz"
    r"|aufl(?:age)?|ausgabe|изд|издание|вид|видання|нашри?)\b)",
    re.IGNORECASE,
)
_REPORT_NUMBER = re.compile(r"(?<=\s)(?:No\.?\s*|#|№\s*|number\s+)?([A-Z\d][\w/.,-]*\d[\w/-]*)$")
_GENRE = re.compile(
    r"(?i)(?<=\w)(?: ?: |\. )((?:монография|учебник|(?:учеб(?:ное|\.|н\.)? ?(?:-метод\. ?)?пособие)|сборник статей"
    r"|сб\. (?:науч\. )?(?:ст|тр)\.?|справочник|словарь|хрестоматия|курс лекций|очерки?))$"
)
"""What a work is, at the end of its title as GOST has it."""
_AUTHORS_AGAIN = re.compile(r"(?<=[^\W_]) / (?=[^/]{3,80}$)")
_TRANSLATION = re.compile(r"(?P<first>.+?)\s*(?:[(\[](?P<bracketed>[^()\[\]]+)[)\]]|/\s*(?P<second>[^/]+))\W*")
_FROM_LANGUAGE = re.compile(r"с\s+[а-я]{3,}\.?\s+(?=[А-ЯЁ])")
"""The language that a book was translated from, before its translator."""


def read_title(draft: Draft, span: Span) -> None:
    """Read a title; the original in another script is the title, and the words before it are its translation."""
    if (page := _PAGE_IN_TITLE.search(span.text)) and "locator" not in draft.data:
        read_pages(draft, Span(page[0], span.start + page.start()), is_locator=True)
        span = Span(span.text[: page.start()], span.start)
    if (volume := _VOLUME_IN_TITLE.search(span.text)) and (volume[1].isdigit() or ordinal_number(volume[1])):
        draft.take("volume", trimmed(Span(volume[0], span.start + volume.start())))
        span = Span(span.text[: volume.start()], span.start)
    span = trimmed(span)
    if (again := _AUTHORS_AGAIN.search(span.text)) and _are_authors(draft, span.text[again.end() :]):
        span = trimmed(Span(span.text[: again.start()], span.start))
    if (genre := _GENRE.search(span.text) or _DISSERTATION.search(span.text)) and draft.take(
        "genre", Span(genre[1], span.start + genre.start(1))
    ):
        span = trimmed(Span(span.text[: genre.start()], span.start))
    match = _TRANSLATION.fullmatch(span.text)
    if match and "title" not in draft.data:
        second = "bracketed" if match["bracketed"] else "second"
        if has_cyrillic(match["first"]) != has_cyrillic(match[second]):
            pieces = [trimmed(Span(match[name], span.start + match.start(name))) for name in ("first", second)]
            pieces.sort(key=lambda piece: not has_cyrillic(piece.text))
            draft.take("title", pieces[0])
            draft.take("translated_title", pieces[1])
            return
    draft.take("title", span)


def _are_authors(draft: Draft, text: str) -> bool:
    """Whether a text names the authors again, as GOST does behind the title."""
    known = {name.family for name in draft.data.get("author", ()) if name.family}
    return bool(known) and {name.family for name in people(trimmed(Span(text, 0), stops=False).text)} <= known


def read_names(variable: str, names: tuple[str, ...]) -> Callable[[Draft, Span], None]:
    """Return what reads the names of a variable; words of some kinds beside them are no names."""

    def read(draft: Draft, span: Span) -> None:
        span = without_words(span, names) if names else trimmed(span, stops=False)
        if match := _FROM_LANGUAGE.match(span.text):
            span = Span(span.text[match.end() :], span.start + match.end())
        while variable != "author" and len(words := span.text.split(" ", 1)) > 1 and _names(words[0], variable):
            span = trimmed(Span(words[1], span.start + len(words[0]) + 1), stops=False)
        if names and draft.printed[span.end : span.end + 1] == ".":
            span = Span(span.text + ".", span.start)
        draft.take_names(variable, span, people(span.text))

    return read


def _names(word: str, variable: str) -> bool:
    """Whether a word in small letters is none of a name: "by", "a cura di"."""
    return word[0].islower() and (names_before(word, variable) or word in {"introduced", "with"})


def read_text(variable: str, names: tuple[str, ...] = ()) -> Callable[[Draft, Span], None]:
    """Return what reads a text; words of some kinds before it are no part of it."""

    def read(draft: Draft, span: Span) -> None:
        kept = trimmed(span)
        if kept.text.startswith("of ") and variable.endswith("_title"):  # "volume 4 of Collected Works"
            kept = trimmed(Span(kept.text[2:], kept.start + 2))
        if variable == "collection_title" and (series := _SERIES.match(kept.text)):
            kept = trimmed(Span(kept.text[series.end() :], kept.start + series.end()))
        if variable == "publisher_place" and len(kept.text) < 4 and _ABBREVIATED.match(draft.printed[kept.end :]):
            kept = Span(f"{kept.text}.", kept.start)
        first = re.match(r"[^\W_]+", kept.text)
        while names and first and {*names} & {*kinds().get(first[0].lower(), ())} and len(kept.text) > first.end() + 2:
            kept = trimmed(Span(kept.text[first.end() :], kept.start + first.end()))
            first = re.match(r"[^\W_]+", kept.text)
        volume = _VOLUME_AT_END.fullmatch(kept.text) if variable == "container_title" else None
        if (
            volume and _IN_BRACKETS.match(draft.printed[kept.end :]) and "volume" not in draft.data
        ):  # Osteuropa 47 (1997)
            draft.take("volume", Span(volume[2], kept.start + volume.start(2)))
            kept = Span(volume[1], kept.start)
        draft.take(variable, kept)

    return read


def read_date(draft: Draft, span: Span) -> None:
    """Read the date of publication; a letter behind the year is its suffix."""
    span = trimmed(span, stops=False)
    bare = trimmed(span)
    if _read_numbers(draft, bare):
        return
    if any(_kind("ret", word) for word in re.findall(r"[^\W\d_]+", span.text)) and _seen(draft, span):
        return
    if "issued" in draft.data:
        return
    match = _YEAR.search(bare.text)
    if match and match[2]:
        draft.take("year_suffix", Span(match[2], bare.start + match.start(2)))
        whole = bare.text[: match.start(2)] + bare.text[match.end(2) :]
    else:
        whole = bare.text
    for text in (span.text, bare.text, whole):
        if date := _date(text):
            draft.take("issued", span, date)
            return
    if match:
        draft.take("issued", Span(match[1], bare.start + match.start(1)), PartialDate.parse(match[1]))


def _read_numbers(draft: Draft, span: Span) -> bool:
    """Read year, volume, issue and pages that stand in one word, as in Vancouver style; return whether they do."""
    match = _NUMBERS.fullmatch(span.text)
    if not match or not (match["year"] or match["issue"] or match["last"]):
        return False
    if match["month"]:
        _add_month(draft, span.start + match.end("month"))
    for variable in ("volume", "issue"):
        if match[variable]:
            draft.take(variable, Span(match[variable], span.start + match.start(variable)))
    if match["year"]:
        draft.take("issued", Span(match["year"], span.start + match.start("year")), PartialDate.parse(match["year"]))
    draft.take("page", Span(match["page"], span.start + match.start("page")), with_hyphens(match["page"]))
    return True


def _add_month(draft: Draft, end: int) -> None:
    """Read the month that ends at a place as part of the date of publication, of which the year stands before it."""
    year = re.search(r"(?:1[4-9]|20)\d\d\s+(?=[^\W\d_]+\.?(?: \d{1,2})?$)", draft.printed[:end])
    if year and (date := read_written(draft.printed[year.start() : end])):
        draft.data["issued"] = date
        draft.own("issued", Span(draft.printed[year.start() : end], year.start()))


def _date(text: str) -> PartialDate | None:
    if (date := read_written(text)) and date.points:
        return date
    try:
        date = PartialDate.parse(text)
    except ValueError:
        return None
    return date if date.points or date.is_undated or date.is_in_press else None


def read_volume(draft: Draft, span: Span) -> None:
    """Read a volume and an issue; words before the numbers say which is which."""
    if _read_numbers(draft, trimmed(span)):
        return
    if match := _VOLUMES.match(trimmed(span, stops=False).text):
        draft.take("number_of_volumes", Span(match[1], span.start + span.text.index(match[1])))
        return
    if match := _DATED_NUMBERS.match(span.text):  # 2009;7(2):
        draft.take("issued", Span(match["year"], span.start), PartialDate.parse(match["year"]))
        span = Span(span.text[match.end() :], span.start + match.end())
    for match in _NUMBER.finditer(span.text):
        number = Span(match["number"], span.start + match.start("number"))
        label = (match["label"] or "").lower()
        is_issue = bool(match["open"] or label in _ISSUE or ("volume" in draft.data and label not in {"vol", "т"}))
        draft.take("issue" if is_issue else "volume", number)
    if not _NUMBER.search(span.text):  # "(third book)"
        draft.take("volume", without_words(span, ("vol",)))


def read_pages(draft: Draft, span: Span, *, is_locator: bool = False) -> None:
    """Read pages, the number of pages of a book ("312 p."), or the page that is cited."""
    if _read_numbers(draft, trimmed(span)):
        return
    if match := _EXTENT.search(trimmed(span, stops=False).text):
        number = Span(match[1], span.start + span.text.index(match[1]))
        draft.take("number_of_pages", number)
        return
    pages = without_words(span, ("pag",))
    glued = re.match(r"(?:(?:pp?|[сС]|стр)\.?|[SP]\.)(?=\d)", pages.text)
    if glued:
        pages = Span(pages.text[glued.end() :], pages.start + glued.end())
    if not re.search(r"\d|^[ivxlcIVXLC]+\b", pages.text):
        return
    if is_locator:
        draft.take("locator", pages, f"p. {pages.text}")
    else:
        draft.take("page", pages, with_hyphens(pages.text))


def read_edition(draft: Draft, span: Span) -> None:
    """Read an edition: its number, or the words for it as they are printed."""
    if match := _ORDINAL_EDITION.search(span.text):
        draft.take("edition", Span(match[1], span.start + match.start(1)))
    else:
        draft.take("edition", trimmed(span))


def read_genre(draft: Draft, span: Span) -> None:
    """Read what kind of report, thesis or patent a work is, and its number."""
    span = trimmed(span)
    if _read_journal(draft, span):
        return
    if (match := _REPORT_NUMBER.search(span.text)) and match.start():
        draft.take("number", Span(match[1], span.start + match.start(1)))
        span = trimmed(Span(span.text[: match.start()], span.start))
    draft.take("genre", span)


def _read_journal(draft: Draft, span: Span) -> bool:
    """Read a journal with its numbers in Vancouver style, if a span is that: "Physica A. 2003;320(1):45-61"."""
    words, _, numbers = span.text.rpartition(" ")
    if not words or ";" not in numbers or "container_title" in draft.data or not _NUMBERS.fullmatch(numbers):
        return False
    _read_numbers(draft, Span(numbers, span.end - len(numbers)))
    return draft.take("container_title", trimmed(Span(words, span.start)))


def read_note(draft: Draft, span: Span) -> None:
    """Read a note; the day on which a page was seen and its address are those, what only says so is no note."""
    if _URL.search(span.text):
        read_url(draft, span)
        return
    if _read_numbers(draft, trimmed(span)) or _read_journal(draft, trimmed(span)):
        return
    date = None if "issued" in draft.data else _date(span.text.strip(" ,().;"))
    if date and (date.is_undated or date.is_in_press):
        read_date(draft, span)
        return
    words = re.findall(r"[^\W\d_]+", span.text)
    are_about_access = [_kind("ret", word) or word.lower() in {"from", "on", "last", "at"} for word in words]
    are_of_day = all(month_number(word) or word.lower() == "web" for word in words)
    if (any(are_about_access) or are_of_day) and _seen(draft, span):
        return
    if words and (all(are_about_access) or span.text.rstrip().endswith(("from:", "at:"))) and len(words) < 5:
        draft.is_online = True
        return
    draft.take("medium" if _MEDIUM.search(span.text) else "note", trimmed(span))


def _kind(name: str, word: str) -> bool:
    return name in kinds().get(word.lower(), ())


def _seen(draft: Draft, span: Span) -> bool:
    """Read the day on which a page was seen; return whether there is one."""
    for match in _DAY.finditer(span.text):
        if date := read_written(match[0]):
            draft.take("accessed", Span(match[0], span.start + match.start()), date)
            draft.is_online = True
            return True
    return False


def read_url(draft: Draft, span: Span) -> None:
    """Read an address, without the brackets or the full stop around it."""
    if is_doi_address(trimmed(span).text):
        read_doi(draft, span)
    elif match := _URL.search(span.text):
        text = match[0].rstrip(".,;)]")
        if match[0].count("(") > text.count(")"):
            text = match[0].rstrip(".,;")
        address = Span(text, span.start + match.start())
        draft.take("url", address)
        _seen(draft, Span(span.text[match.end() :], span.start + match.end()))


def read_doi(draft: Draft, span: Span) -> None:
    """Read a DOI, without the address or the word before it."""
    if match := _DOI.search(span.text):
        draft.take("doi", Span(match[0].rstrip(".,;"), span.start + match.start()))


def read_isbn(draft: Draft, span: Span) -> None:
    """Read an ISBN, without the word before it."""
    if match := _BOOK_NUMBER.search(span.text):
        draft.take("isbn", Span(match[0].strip(), span.start + match.start()))


READERS: dict[str, Callable[[Draft, Span], None]] = {
    "author": read_names("author", ()),
    "editor": read_names("editor", ("in", "ed", "and")),
    "translator": read_names("translator", ("tr", "ed", "and")),
    "director": read_names("director", ("ed", "and")),
    "producer": read_names("producer", ()),
    "title": read_title,
    "container-title": read_text("container_title", ("in",)),
    "collection-title": read_text("collection_title"),
    "publisher": read_text("publisher"),
    "location": read_text("publisher_place"),
    "medium": read_text("medium"),
    "date": read_date,
    "volume": read_volume,
    "pages": read_pages,
    "edition": read_edition,
    "genre": read_genre,
    "note": read_note,
    "url": read_url,
    "doi": read_doi,
    "isbn": read_isbn,
}
