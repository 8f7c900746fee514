"""The rules about what a Latin list cannot romanise, or romanises by a doubtful language (docs/languages.md)."""

from __future__ import annotations

from collections.abc import Iterator

from tajikpeace_refs.lint.rule import Violation, rule
from tajikpeace_refs.model.library import Library
from tajikpeace_refs.model.validation import Path
from tajikpeace_refs.model.work import NAME_VARIABLES, SPELLING, Work
from tajikpeace_refs.text.scripts import has_cyrillic
from tajikpeace_refs.text.transliteration import (
    Gap,
    gaps,
    in_known_language,
    known_language,
    language_of,
    other_readings,
    with_tables,
    without_tables,
    work_gaps,
)


@rule("TP103", "warning", "list")
def unromanised(library: Library) -> Iterator[tuple[Work, Violation]]:
    """A text or name cannot be romanised, and stays in its script in a Latin list: give its form in Latin letters."""
    has_latin = any(not next(gaps(work.title or ""), None) for work in library)
    for work in library:
        known = in_known_language(work, library.front.language)
        for variable, place, text, gap in work_gaps(known):
            if has_latin or has_cyrillic(gap.word):  # a list in Greek throughout is meant to be Greek
                path: Path = (SPELLING[variable],) if place is None else (SPELLING[variable], place)
                form = f"transliterated-{path[0]}" if place is None else "transliterated in the name"
                message = f"no romanisation for {gap.word!r}{_because(gap, known.language)}; give {form}"
                yield work, Violation(path, message, text if place is None else "")


def _because(gap: Gap, tag: str | None) -> str:
    """Return why a word is not romanised: a letter that the table of its language has not, or no table at all."""
    language = known_language(tag) if has_cyrillic(gap.word) else None
    if language in without_tables():
        return f" (there is no table for {without_tables()[language]})"
    if gap.letters and language:
        return f" (no table has {', '.join(gap.letters)} and the letters of {with_tables()[language]})"
    return ""


@rule("TP106", "hint", "list")
def doubtful_language(library: Library) -> Iterator[tuple[Work, Violation]]:
    """A Cyrillic text of a work without a language may be in another language, which is romanised differently."""
    works = [in_known_language(work, library.front.language) for work in library]
    languages = {known_language(work.language) for work in works}
    for work in works:
        for path, text in _own_texts(work):
            taken = language_of(text, work.language, "ala-lc")
            others = [each for each in other_readings(text, work.language, "ala-lc") if each in languages]
            if others and taken:
                names = " or ".join(with_tables()[each] for each in others)
                advice = "give its Latin form" if work.language else "give the work's language"
                message = f"{text!r} is romanised as {with_tables()[taken]}, and may be {names}; {advice}"
                yield work, Violation(path, message)
                break


def _own_texts(work: Work) -> Iterator[tuple[Path, str]]:
    """Yield the title, container, publisher and names of a work that have no explicit Latin form."""
    for variable in ("title", "container_title", "publisher"):
        if (text := getattr(work, variable)) and not getattr(work, f"transliterated_{variable}"):
            yield (SPELLING[variable],), text
    for variable in NAME_VARIABLES:
        for place, name in enumerate(getattr(work, variable)):
            if not name.transliterated:
                yield (SPELLING[variable], place), str(name)
