"""The Latin form of a work: of its texts and names. Explicit forms always win over computed ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.work import NAME_VARIABLES, Work
from tajikpeace_refs.options import Scheme
from tajikpeace_refs.text.scripts import has_cyrillic, is_latin
from tajikpeace_refs.text.transliteration.detection import proven_language
from tajikpeace_refs.text.transliteration.romanising import Gap, gaps, romanise_letters, transliterate

_SUBTITLE = re.compile(r"([:?!]\s+[“\"'(]?)([^\W\d_])")


def latin_text(work: Work, variable: str, scheme: Scheme = "ala-lc") -> str:
    """Return a text variable of a work in Latin letters: its explicit ``transliterated_`` form, else the computed one.

    A computed title has a capital after its colon, as APA writes subtitles.
    """
    explicit: str | None = getattr(work, "transliterated_" + variable, None)
    if explicit:
        return explicit
    value: str = getattr(work, variable) or ""
    if not has_cyrillic(value):
        return value
    latin = transliterate(value, work.language, scheme)
    if variable.endswith("title"):
        latin = _SUBTITLE.sub(lambda match: match[1] + match[2].upper(), latin)
    return latin


def latin_name(name: Name, language: str | None = None, scheme: Scheme = "ala-lc") -> Name:
    """Return the name in Latin letters: as the person spells it where that is known, else transliterated."""
    explicit = name.transliterated
    if explicit is not None:
        suffix = transliterate(name.suffix, language, scheme) if name.suffix and not explicit.literal else None
        return Name(family=explicit.family, given=explicit.given, literal=explicit.literal, suffix=suffix)
    # Most names are ASCII, and this is asked of every name of a list.
    if (name.family or name.literal or "").isascii() and (name.given or "").isascii():
        return name
    changed = {
        part: (transliterate if part in {"literal", "suffix"} else romanise_letters)(text, language, scheme)
        for part in ("family", "given", "literal", "dropping_particle", "non_dropping_particle", "suffix")
        if (text := getattr(name, part)) and has_cyrillic(text)
    }
    return name.model_copy(update=changed) if changed else name


_KEPT = frozenset({
    "id", "type", "language", "url", "archive_url", "doi", "isbn", "issn", "abstract", "annote", "note", "printed",
    "citation_key", "citation_label", "year_suffix",
})  # fmt: skip


def latin(work: Work, scheme: Scheme = "ala-lc") -> Work:
    """Return the work in Latin letters, for an export that takes no other script.

    Its title is ``Transliteration [Translation]``; names, container, publisher and places are transliterated.
    A work without Cyrillic and without explicit Latin forms comes back unchanged.
    """
    changed: dict[str, object] = {}
    for variable, value in work.variables().items():
        if variable in _KEPT or variable.startswith(("translated_", "transliterated_")):
            continue
        if variable in NAME_VARIABLES:
            names = tuple(latin_name(name, work.language, scheme) for name in value)
            if names != value:
                changed[variable] = names
        elif isinstance(value, str) and (text := latin_text(work, variable, scheme)) != value:
            changed[variable] = text
    # What has become the text itself is not said twice.
    changed |= {form: None for name in changed if getattr(work, form := f"transliterated_{name}", None)}
    if "title" in changed and work.translated_title:
        changed |= {"title": f"{changed['title']} [{work.translated_title}]", "translated_title": None}
    return work.model_copy(update=changed) if changed else work


def in_known_language(work: Work, listed: str | None = None) -> Work:
    """Return a work with the language that its Cyrillic is romanised from, where it names none.

    That is the language of the list, or what its title proves: a language that alone has such letters.
    """
    if work.language:
        return work
    language = listed or (proven_language(work.title) if work.title else None)
    return work.model_copy(update={"language": language}) if language else work


_WITH_FORMS = frozenset(
    variable for name in Work.model_fields if (variable := name.removeprefix("transliterated_")) != name
)
_NAMES = frozenset(NAME_VARIABLES)


class WorkGap(NamedTuple):
    """What of a work has no Latin form: a variable, the place of the name in a list of names, and the word."""

    variable: str
    place: int | None
    text: str
    gap: Gap


def work_gaps(work: Work, scheme: Scheme = "ala-lc") -> Iterator[WorkGap]:
    """Yield the texts and names of a work that stay in their script in a Latin list, each once, with the first word."""
    for variable, place, text in _computed(work):
        if gap := next(gaps(text, work.language, scheme), None):
            yield WorkGap(variable, place, text, gap)


def _computed(work: Work) -> Iterator[tuple[str, int | None, str]]:
    """Yield what is not in Latin letters, and has no explicit Latin form."""
    for variable, value in work.variables().items():
        if variable in _WITH_FORMS:
            if not is_latin(value) and not getattr(work, f"transliterated_{variable}"):
                yield variable, None, value
        elif variable in _NAMES:
            for place, name in enumerate(value):
                if not is_latin(text := str(name)) and not name.transliterated:
                    yield variable, place, text
