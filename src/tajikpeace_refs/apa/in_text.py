"""Who or what stands for a work in the text: its authors (8.17 to 8.20), its title (8.14), its year (8.15)."""

from __future__ import annotations

import re
from itertools import takewhile

from tajikpeace_refs.apa.context import RenderContext
from tajikpeace_refs.apa.dates import years
from tajikpeace_refs.apa.kinds import LEGAL, is_standalone
from tajikpeace_refs.apa.names import OTHERS, join_in_text
from tajikpeace_refs.apa.order import ListEntry, fold
from tajikpeace_refs.apa.work_title import bare_title, title_element
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.languages import is_english
from tajikpeace_refs.text.quotation_marks import english_quotation_marks
from tajikpeace_refs.text.rich import clean, italic
from tajikpeace_refs.text.titles import title_case


class AuthorForms:
    """The authors of each work of a list, so that no other work of the list is cited alike (8.18, 8.20)."""

    def __init__(self, entries: list[ListEntry], context: RenderContext) -> None:
        self._context = context
        self._initials: dict[str, set[str]] = {}
        self._alike: dict[tuple[str, str], list[ListEntry]] = {}
        for entry in entries:
            if not entry.people:
                continue
            first = entry.people[0]
            if first.given:
                self._initials.setdefault(fold(first.family), set()).add(first.given)
            if len(entry.people) > 2:
                self._alike.setdefault((fold(first.family), entry.date.label), []).append(entry)

    def author(self, entry: ListEntry, joint: str) -> str:
        """Return the names, joined by ``&`` or ``and``: ``A. Lee & Moor``, ``Kapur et al.``."""
        first = entry.people[0]
        names = [_without_user_name(person.family, entry.work) or person.given for person in entry.people]
        if first.given and len(self._initials[fold(first.family)]) > 1:
            names[0] = f"{first.given} {first.family}"
        count = self.printed(entry)
        if count == len(names):
            return join_in_text(names, joint)
        return f"{', '.join(names[:count])}{',' if count > 1 else ''} et al."

    def printed(self, entry: ListEntry) -> int:
        """Return how many of the names are printed; the rest is "et al.", which stands for two at least (8.18)."""
        count, needed = len(entry.people), self._needed(entry)
        return count if entry.people[-1] != OTHERS and (count < 3 or needed >= count - 1) else needed

    def _needed(self, entry: ListEntry) -> int:
        """Return how many names are needed to distinguish the work from others of the same year (8.18)."""
        people, needed = entry.people, 1
        for other in self._alike.get((fold(people[0].family), entry.date.label), []):
            if other.people != people:
                pairs = zip(people, other.people, strict=False)
                same = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
                needed = max(needed, min(same + 1, len(people)))
        return needed


_USER_NAME = re.compile(r"(?:(?<!\s)\s+)?[\[(](?:@|u/)[^\])]{0,200}[\])]$")
_BRACKETS = re.compile(r"(?:(?<!\s)\s+)?\[[^\]]{0,200}\]$")
_POSTED = frozenset({"post", "motion_picture"})


def _without_user_name(name: str, work: Work) -> str:
    """Return a group's name without the user name that the reference has (10.15, 10.12)."""
    return (_BRACKETS if work.type in _POSTED else _USER_NAME).sub("", name) or name


def cited_year(entry: ListEntry, suffix: str) -> str:
    """Return the year of a citation, after that of the original where there is one: ``1962/1981`` (8.15)."""
    if entry.work.type in LEGAL:
        return entry.date.label
    year = entry.date.cited(suffix)
    original = years(entry.work.original_date) if entry.work.original_date else ""
    return f"{original}/{year}" if original else year


def title_as_author(entry: ListEntry, context: RenderContext) -> str:
    """Return the title in place of an author (8.14): without subtitle, in title case, italic or in quotation marks.

    The name of an act has no year of its own beside that of the citation (11.5).
    """
    work = entry.work
    text = clean(work.title_short) if work.title_short else context.text(work, "title")
    if not text:
        return title_element(bare_title(work, context), work, context)
    if not work.title_short and work.type not in LEGAL:
        text = text.split(": ", 1)[0]
    if work.language is None or is_english(work.language):
        text = title_case(text)
    if work.type in LEGAL:
        if work.type in {"bill", "legislation"}:
            text = text.removesuffix(f" of {entry.date.label}")
        return italic(text) if work.type in {"legal_case", "hearing"} else text
    if is_standalone(work):
        return italic(text)
    return f"“{english_quotation_marks(text, is_inside=True) if context.is_latin else text}”"
