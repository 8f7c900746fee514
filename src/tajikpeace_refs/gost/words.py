"""The words of a reference in the language of the work: ``и др.``, ``et al.``, ``u. a.`` (GOST 7.1, 4.8).

They stand in ``words.toml`` beside this module, with their sources.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

from tajikpeace_refs.model.date_words import month_names
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.languages import base_of_tag, language_tag
from tajikpeace_refs.text.ordinals import with_ending
from tajikpeace_refs.text.scripts import has_cyrillic


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one language, as ``words.toml`` explains them."""

    code: str
    others: str
    page: str
    extent: str
    volume: str
    volumes: str
    part: str
    issue: str
    article: str
    edition: str
    supplement: str
    roles: Mapping[str, str]
    media: Mapping[str, str]
    electronic: str
    accessed: str
    content: Mapping[str, list[str]]
    version: str
    dated: str
    about: str
    short_months: str = ""
    year: str
    site: str
    in_press: str
    review: str
    thesis: str

    def edition_of(self, number: int) -> str:
        """Return ``2-е изд.``, ``3-тє вид.``, ``Нашри 4-ум``, ``2nd ed.``, ``2. Aufl.``."""
        return self.edition.format(with_ending(number, self.code))

    @property
    def is_cyrillic(self) -> bool:
        """Whether the words are in Cyrillic letters."""
        return self.code in _CYRILLIC

    @property
    def months(self) -> tuple[str, ...]:
        """The names of the months as a date has them."""
        return month_names(self.code)


_SURE = ((re.compile("[їєґ]", re.IGNORECASE), "uk"), (re.compile("[ӣӯҷ]", re.IGNORECASE), "tg"))
"""Letters that one of the languages written in Cyrillic has alone among them."""
_CYRILLIC, _LATIN = ("ru", "uk", "tg"), ("en", "de", "fr")


@cache
def _tables() -> dict[str, dict[str, Any]]:
    text = files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def words_in(code: str) -> Words:
    """Return the words of a language that has a table."""
    own = _tables()[code]
    held = {**_tables().get(own.get("base", ""), {}), **own}
    return Words(code=code, **{each.name: held[each.name] for each in fields(Words) if each.name in held})


def words_of(work: Work, language: str | None = None) -> Words:
    """Return the words in the language of a work, or in ``language`` where it names none.

    Its script decides first: a work that is romanised throughout takes no Cyrillic words. A language in Cyrillic
    letters that has no table takes the Russian words, any other the English ones.
    """
    code = base_of_tag(language_tag(work.language or language or ""))
    text = work.title or work.container_title or ""
    if not has_cyrillic(text) and not (code in _CYRILLIC and has_cyrillic(_beside_title(work))):
        return words_in(code if code in _LATIN else "en")
    if not code:
        code = next((code for letters, code in _SURE if letters.search(text)), "ru")
    return words_in(code if code in _CYRILLIC else "ru")


def _beside_title(work: Work) -> str:
    names = (name.literal or name.family or "" for name in (*work.author, *work.editor, *work.translator))
    return " ".join((*names, work.container_title or "", work.publisher or ""))


def translated_from(work: Work) -> str:
    """Return the abbreviated Russian name of the language a work was translated from, as biblatex's data name it."""
    named = next((each.value for each in work.extra if each.field == "origlanguage"), "")
    found: str = _tables()["ru"]["translated_from"].get(base_of_tag(language_tag(named)), "")
    return found


_THESIS = re.compile(
    r"(автореф\w*\.?\s+)?дис\w*\.?\s+(?:на соиск\w*\.?\s+уч[её]н\w*\.?\s+степ\w*\.?|…)\s+"
    r"(канд\w*\.?|д-ра|докт\w*\.?)\s+([\w.-]+)(\s+наук)?\.?",
    re.IGNORECASE,
)


_KEYED = re.compile(r"(abstract of )?(doctoral|doctor of sciences|candidate) dissertation", re.IGNORECASE)


def thesis_of_key(work: Work, genre: str) -> str:
    """Return the Russian words for the kind of a thesis that a ``.bib`` names by a key, as our readers spell it out.

    Its branch of learning is in biblatex-gost's own fields; where they are, ``phdthesis`` is a candidate's. Without
    them a doctoral dissertation may be either, and is ``дис.``.
    """
    match = _KEYED.fullmatch(genre)
    if not match:
        return genre
    branch = next((each.value for each in work.extra if each.field in {"science", "major"}), "")
    degree = {"candidate": "канд.", "doctor of sciences": "д-ра"}.get(match[2].lower(), "канд." if branch else "")
    kind = f"дис. … {degree} {branch or 'наук'}" if degree else "дис."
    return f"автореф. {kind}" if match[1] else kind


def short_thesis(genre: str) -> str:
    """Return the kind of a Russian thesis in the words of 7.0.5-2008; any other stays as it is.

    >>> short_thesis("диссертация на соискание учёной степени кандидата политических наук")
    'дис. … канд. полит. наук'
    >>> short_thesis("Автореферат диссертации на соискание ученой степени доктора исторических наук")
    'автореф. дис. … д-ра ист. наук'
    """
    match = _THESIS.fullmatch(genre)
    if not match:
        return genre
    degree = "канд." if match[2].lower().startswith("канд") else "д-ра"
    branch = _tables()["ru"]["branches"].get(match[3].lower(), match[3])
    return f"{'автореф. ' if match[1] else ''}дис. … {degree} {branch}{' наук' if match[4] else ''}"
