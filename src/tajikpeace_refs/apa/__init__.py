"""APA 7: reference lists (chapters 9-11) and in-text citations (chapter 8), in any script, from plain data.

``reference_list`` and ``cite`` are all there is to call. The parts, in the order of a reference: ``names``, ``dates``,
``work_title`` (with ``titles`` for sentence case), ``source``; ``legal`` for chapter 11; ``order`` for the list;
``inline`` for the markup.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter

from tajikpeace_refs.apa.cite import cite
from tajikpeace_refs.apa.order import is_text_only, own_letter, placed, year_letters
from tajikpeace_refs.apa.punctuation import with_year_suffix
from tajikpeace_refs.apa.reference import reference
from tajikpeace_refs.apa.style import Style
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import Options
from tajikpeace_refs.text.rich import RENDERERS

__all__ = ["Entry", "cite", "reference_list"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One reference of a list: the work, and its text in the markup asked for."""

    work: Work
    text: str


def reference_list(works: Iterable[Work], options: Options = Options()) -> list[Entry]:  # noqa: B008 - immutable
    """Return the references in the order of the list (9.44-9.49), with the letters of 9.47; in linear time.

    A personal communication that no reader can retrieve is left out (8.9).
    """
    style = Style.of(options)
    render = RENDERERS[options.markup]
    # One row a work, nothing else held: what a long list keeps, the garbage collector walks again and again.
    rows = []
    for work in works:
        if not is_text_only(work):
            entry = placed(work, style)
            rows.append((entry.key, work, render(reference(entry, style))))
    rows.sort(key=itemgetter(0))
    letters = year_letters([key for key, _, _ in rows])
    return [
        Entry(work, with_year_suffix(text, own_letter(work) or letter))
        for (_, work, text), letter in zip(rows, letters, strict=True)
    ]
