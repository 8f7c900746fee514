"""The area of title and responsibility: title [media] : information / those who are responsible."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tajikpeace_refs.gost.context import GostContext, is_closed, value
from tajikpeace_refs.gost.dates import day_in_numbers, full_date
from tajikpeace_refs.gost.names import has_heading, in_full, in_role, inverted, named
from tajikpeace_refs.gost.words import Words, short_thesis, thesis_of_key, translated_from
from tajikpeace_refs.model.genres import repeats_type
from tajikpeace_refs.model.identifiers import is_doi_address, parse_doi
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.numbers import whole_number
from tajikpeace_refs.model.pages import with_en_dashes
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.languages import base_of_tag, language_tag
from tajikpeace_refs.text.roman_numerals import latin_numerals
from tajikpeace_refs.text.scripts import has_cyrillic

_NUMBER = re.compile(r"[\dIVXLCDM]+[A-Za-zА-Яа-я]?(?=\W|$)")
_TIGHT = re.compile(r"(?<=\w)\((?=\d)")
ACTS = frozenset({"bill", "hearing", "legal_case", "legislation", "regulation", "treaty"})
"""Types of legal texts, whose kind, date and number stand behind their title."""
ONLINE = frozenset({"webpage", "post", "post-weblog", "software", "dataset"})
"""Types that are nothing but electronic."""


def creators(work: Work) -> tuple[Name, ...]:
    """Return those who stand in the heading, or first behind the slash."""
    return work.author or work.composer


def doi(work: Work) -> str:
    """Return the DOI of a work, which may stand as its address; empty where it has none."""
    found = work.doi or (work.url if work.url and is_doi_address(work.url) else "")
    return parse_doi(found) or found.strip() if found else ""


def address(work: Work) -> str:
    """Return the address that a work is given by: beside a DOI only one that was looked up, which has its date."""
    target = (work.archive_url or work.url or "").strip()
    is_needed = not doi(work) or (work.accessed and not is_doi_address(target))
    return target.replace(" ", "%20") if is_needed else ""


def is_electronic(work: Work) -> bool:
    """Whether a work is given as an electronic resource: by its type, or by an address."""
    return work.type in ONLINE or bool(address(work))


def labelled(text: str, label: str) -> str:
    """Return a number behind its label; words stand as they are, a bracket behind a space (7.1, 4.7).

    >>> labelled("5", "Т."), labelled("3(76)", "№"), labelled("1-2", "Ч."), labelled("вып. 4", "№")
    ('Т. 5', '№ 3 (76)', 'Ч. 1–2', 'вып. 4')
    """
    text = latin_numerals(text)
    if not _NUMBER.match(text):
        return text
    return f"{label} {with_en_dashes(_TIGHT.sub(' (', text))}"


def headed(title: str, names: Sequence[Name], context: GostContext) -> str:
    """Return a title behind its heading (4.10): up to three authors; in 7.0.100 the first of them, with a comma."""
    if not has_heading(names):
        return title
    shown = names[:1] if context.is_full else names
    heading = ", ".join([inverted(name, comma=context.is_full) for name in shown])
    return f"{heading}{'' if is_closed(heading) else '.'} {title}"


def title_area(work: Work, roles: Iterable[str], context: GostContext) -> str:
    """Return heading, title and responsibility of a work; ``roles`` are those who stand behind the slash."""
    words, names = context.words(work), creators(work)
    information = _information(work, words, context)
    media = "" if context.is_full else _media(work, words, is_described=bool(information))
    title = _with_volume(context.tagged(_title(work), work) + media, work, words)
    if words.code == "ru" and not work.translator and (language := translated_from(work)):
        information.append(f"{words.roles['translator']} с {language}")
    title = " : ".join([title, *information])
    return headed(title + responsibility(work, names, roles, context), names, context)


def responsibility(work: Work, names: Sequence[Name], roles: Iterable[str], context: GostContext) -> str:
    """Return `` / И. О. Фамилия [и др.] ; под ред. …``; empty where nobody is to be named.

    7.0.5 does not repeat the names of the heading (4.10.2), 7.0.100 does (5.2.6), and names the author of a thesis in
    full, and the institution that it was written at (annex A).
    """
    words = context.words(work)
    found = []
    if context.is_full and work.type == "thesis":
        found += [*map(in_full, names), value(work, "publisher")]
    elif names and (context.is_full or not has_heading(names)):
        found.append(named(names, words, is_full=context.is_full))
    found += [in_role(work, role, words, is_full=context.is_full) for role in roles]
    found = [text for text in found if text]
    return f" / {' ; '.join(found)}" if found else ""


def _title(work: Work) -> str:
    """Return the title without its full stop; before that of a standard its number."""
    title = value(work, "title")
    if title.endswith(".") and not re.search(r"\b\w{1,4}\.$|\.\w*\.$", title):
        title = title[:-1]
    number = value(work, "number")
    if work.type == "standard" and number and number not in title:
        return f"{number}. {title}" if title else number
    return title or f"[{value(work, 'genre') or work.type}]"


def _media(work: Work, words: Words, *, is_described: bool) -> str:
    """Return the general material designation, as lists of several kinds of works need it (7.0.5-2008, section 10).

    ``is_described``: whether its kind is named behind the title. 7.0.100-2018 has no designation: there the content and
    its carrier stand in an area of their own.
    """
    is_described = is_described or bool(work.archive)
    text = words.electronic if is_electronic(work) else "" if is_described else words.media.get(work.type, "")
    return f" [{text[0].upper()}{text[1:]}]" if text else ""


def in_volumes(work: Work, words: Words, title: str) -> str:
    """Return a title with the number of its volumes: ``Сочинения : в 4 т.``."""
    count = value(work, "number_of_volumes")
    return f"{title} : {words.volumes.format(count)}" if (whole_number(count) or 0) > 1 else title


def _with_volume(title: str, work: Work, words: Words) -> str:
    """Return a title with the number of volumes, and number and title of one: ``Сочинения. В 4 т. Т. 2. Этика``."""
    if work.container_title or work.type == "periodical":
        return title
    single = [
        labelled(value(work, "volume"), words.volume), value(work, "volume_title"),
        labelled(value(work, "part"), words.part), value(work, "part_title"),
    ]  # fmt: skip
    if not any(single):
        return in_volumes(work, words, title)
    whole = in_volumes(work, words, "").removeprefix(" : ")
    for text in filter(None, (whole[:1].upper() + whole[1:], *single)):
        title += f"{'' if is_closed(title) else '.'} {text}"
    return title


def _information(work: Work, words: Words, context: GostContext) -> list[str]:
    """Return what else belongs to the title: the kind of the work, its number and date, each behind a colon."""
    genre = _lowered(value(work, "genre"), work, words)
    if work.type == "thesis":
        genre = thesis_of_key(work, genre) if words.code == "ru" else genre
        return [(genre if context.is_full else short_thesis(genre)) or words.thesis]
    if work.type == "patent":
        return _patent(work, genre, words)
    number = "" if work.type in {"standard", "article", "article-journal"} else value(work, "number")
    if number and number not in genre:
        issue = words.issue if words.is_cyrillic or not genre else words.issue.lower()
        number = f"{issue} {number}" if number[0].isdigit() else number
    else:
        number = ""
    if work.type in ACTS:
        date = full_date(work.issued, words)
        dated = f"{words.dated} {date}" if date and not re.search(r"\d", genre) else ""
        return [text for text in (" ".join(filter(None, (genre, dated, number))),) if text]
    if repeats_type(genre, work.type) or not value(work, "title"):
        genre = ""
    return [text for text in (f"{genre} {number}".strip(),) if text]


_NAME_FIRST = frozenset({"ba", "kk", "ky", "tk", "tt", "uz"})
"""Turkic languages: the kind of an act stands behind its country, ``Қазақстан Республикасының Заңы``."""


def _lowered(genre: str, work: Work, words: Words) -> str:
    """Return the kind of a work with a small first letter in Cyrillic, as all information of the title begins."""
    first = genre.split(" ", 1)[0]
    is_plain = words.is_cyrillic and first[1:].islower() and has_cyrillic(first)
    if base_of_tag(language_tag(work.language or "")) in _NAME_FIRST:
        is_plain = is_plain and genre[1:].islower()
    return genre[:1].lower() + genre[1:] if is_plain else genre


def _patent(work: Work, genre: str, words: Words) -> list[str]:
    """Return ``пат. 2187888 Рос. Федерация ; заявл. 18.12.2000 ; опубл. 20.08.2002``."""
    is_russian = words.code == "ru"
    kind = genre if genre and genre.lower() not in {"patent", "патент"} else "пат." if is_russian else "pat."
    country = next(filter(None, (value(work, name) for name in ("authority", "jurisdiction", "publisher_place"))), "")
    head = " ".join(filter(None, (kind, value(work, "number"), country)))
    dates = [
        f"{word} {text}"
        for word, date in (("заявл.", work.submitted), ("опубл.", work.issued))
        if is_russian and (text := day_in_numbers(date))
    ]
    return [" ; ".join([head, *dates])]


def heading_of(names: Sequence[Name], title: str, words: Words) -> str:
    """Return a title behind the authors of a container or of a work reviewed: ``Кант И. Сочинения``."""
    if not has_heading(names):
        return f"{title} / {named(names, words, is_full=False)}" if names else title
    heading = ", ".join(map(inverted, names))
    return f"{heading}{'' if is_closed(heading) else '.'} {title}"
