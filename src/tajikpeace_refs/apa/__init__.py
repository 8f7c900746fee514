"""APA 7: reference lists (chapters 9 to 11 of the manual) and in-text citations (chapter 8), in any script. Pure.

Call ``reference_list`` and ``cite``. A reference is put together in ``_reference`` from its elements, each a module:

- ``names``: the author element, roles and their labels ("Ed.", "Eds.", "Trans."; 9.7 to 9.12);
- ``dates``: the date element, "n.d." and "in press" (9.13 to 9.17);
- ``work_title``: the title with edition, volume and number (9.18 to 9.20), ``description``: ``[Film]`` (9.21, 9.22);
- ``source``: periodical or book, publisher, archive, DOI or URL (9.23 to 9.37); ``numbers``: pages and editions;
- ``legal``: cases, statutes and treaties (chapter 11); ``order``: the order of the list (9.44 to 9.49);
- ``kinds``: what kind a work's type is to APA; ``resolution``: what programs put elsewhere;
  ``context``: script, markup and proper nouns of one list;
- ``cite``: citations in the text; ``in_text``: the authors and the year there; ``locators``: places in works (8.13).

Numbers in comments and docstrings, such as 9.25, are sections of the Publication Manual, 7th edition.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter

from tajikpeace_refs.apa.cite import Citer, cite
from tajikpeace_refs.apa.context import RenderContext
from tajikpeace_refs.apa.kinds import LEGAL
from tajikpeace_refs.apa.legal import legal_reference
from tajikpeace_refs.apa.names import author_element
from tajikpeace_refs.apa.order import ListEntry, is_text_only, list_entry, title_key, year_suffix, year_suffixes
from tajikpeace_refs.apa.punctuation import YEAR_SUFFIX, end_sentence, join_spaces, with_year_suffix
from tajikpeace_refs.apa.source import address, history, source_element
from tajikpeace_refs.apa.work_title import title_element
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import WriteOptions
from tajikpeace_refs.text.languages import is_english as is_english_tag
from tajikpeace_refs.text.rich import RENDERERS, outside_links
from tajikpeace_refs.text.scripts import has_cyrillic
from tajikpeace_refs.text.transliteration import transliterate

__all__ = ["Citer", "Entry", "cite", "reference_list"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One reference of a list: the work, its text in the markup asked for, and what sorts a list by title."""

    work: Work
    text: str
    title_key: str


def reference_list(works: Iterable[Work], options: WriteOptions = WriteOptions()) -> list[Entry]:  # noqa: B008 - immutable
    """Return the references of the works in the order of an APA list, with year suffixes (2003a) where needed (9.47).

    A personal communication that no reader can retrieve is left out (8.9).
    """
    works = tuple(works)
    context = RenderContext.of(options, works)
    render = RENDERERS[options.markup or "plain"]
    # Only three values per work are held: the garbage collector visits again and again what a long list holds.
    rows = []
    for work in works:
        if not is_text_only(work):
            entry = list_entry(work, context)
            rows.append((entry.key, work, render(_reference(entry, context))))
    rows.sort(key=itemgetter(0))
    suffixes = year_suffixes([key for key, _, _ in rows])
    return [
        Entry(work, with_year_suffix(text, year_suffix(work) or suffix), title_key(key))
        for (key, work, text), suffix in zip(rows, suffixes, strict=True)
    ]


def _reference(entry: ListEntry, context: RenderContext) -> str:
    """Return a reference as inline text: author, date, title and source (9.4 to 9.6).

    The mark ``YEAR_SUFFIX`` stands in it where the suffix of the year goes when the whole list is known.
    """
    work = entry.work
    if work.type in LEGAL:
        text = legal_reference(work, context)
    else:
        author = end_sentence(author_element(work, entry.people, context)) if entry.people else ""
        is_english = is_english_tag(work.language) if work.language else not has_cyrillic(work.title or "")
        title = end_sentence(title_element(entry.bare_title, work, context), is_english=is_english)
        date = f"({entry.date.printed(YEAR_SUFFIX)})."
        # 9.12: without an author the whole title stands before the date, and is not repeated after it.
        head = (author, date, title) if author else (title, date)
        text = join_spaces(*head, *map(end_sentence, source_element(work, context)), address(work), history(work))
    # Cyrillic that is left stands where APA expects a number, as in an issue: no variable has a Latin form for it.
    if context.is_latin and has_cyrillic(text):
        text = outside_links(text, lambda piece: transliterate(piece, work.language, context.scheme))
    return text
