"""One reference: its four elements in order (9.4-9.6), as inline text with marks."""

from __future__ import annotations

from tajikpeace_refs.apa.kinds import LEGAL
from tajikpeace_refs.apa.legal import legal_reference
from tajikpeace_refs.apa.names import credited
from tajikpeace_refs.apa.order import Placed
from tajikpeace_refs.apa.punctuation import YEAR_SUFFIX, end_sentence, join_spaces
from tajikpeace_refs.apa.source import address, history, source_element
from tajikpeace_refs.apa.style import Style
from tajikpeace_refs.apa.work_title import title_element
from tajikpeace_refs.text.rich import outside_links
from tajikpeace_refs.text.scripts import has_cyrillic
from tajikpeace_refs.text.transliteration import transliterate


def reference(entry: Placed, style: Style) -> str:
    """Return the reference of a work, with a mark where the letter of its year goes when the list is known (9.47)."""
    work = entry.work
    text = legal_reference(work, style) if work.type in LEGAL else _elements(entry, style)
    # Words in Cyrillic where APA expects numbers (an issue, a status) have no form of their own to go through.
    if style.is_latin and has_cyrillic(text):
        text = outside_links(text, lambda piece: transliterate(piece, work.language, style.scheme))
    return text


def _elements(entry: Placed, style: Style) -> str:
    work = entry.work
    title = title_element(entry.bare, work, style)
    when = f"({entry.when.printed(YEAR_SUFFIX)})."
    # 9.12: without an author the title moves to the front, whole, and is not printed again.
    author = credited(work, entry.people, style) if entry.people else ""
    head = [end_sentence(author), when, end_sentence(title)] if author else [end_sentence(title), when]
    source = [end_sentence(part) for part in source_element(work, style)]
    return join_spaces(*head, *source, address(work), history(work))
