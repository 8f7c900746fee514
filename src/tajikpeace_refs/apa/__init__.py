"""APA 7: reference lists (chapters 9-11) and in-text citations (chapter 8), in any script, from plain data.

``reference_list`` and ``cite`` are all there is to call. The parts, in the order of a reference: ``names``, ``dates``,
``work_title`` (with ``titles`` for sentence case), ``source``; ``legal`` for chapter 11; ``order`` for the list;
``inline`` for the markup.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tajikpeace_refs.apa.cite import cite
from tajikpeace_refs.apa.inline import RENDERERS
from tajikpeace_refs.apa.order import listed
from tajikpeace_refs.apa.reference import reference
from tajikpeace_refs.apa.style import Style
from tajikpeace_refs.formats._base import Options
from tajikpeace_refs.model.work import Work

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
    return [Entry(entry.work, render(reference(entry, style))) for entry in listed(works, style)]
