"""Reference lists after GOST R 7.0.5-2008, or fuller ones after GOST R 7.0.100-2018, in the original script. Pure.

Call ``reference_list``. Each work is described in the words of its own language. Modules: ``reference`` puts the areas
of a description together; ``title`` is the area of title and responsibility; ``names`` headings and names; ``dates``;
``words`` the words of each language; ``order`` the order of the list; ``context`` what the references of a list share.

Numbers in comments and docstrings are clauses of the two standards, and of GOST 7.1-2003 and 7.80-2000, by which
7.0.5-2008 has references composed (4.9, 4.10).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tajikpeace_refs.gost.context import GostContext
from tajikpeace_refs.gost.order import sort_key
from tajikpeace_refs.gost.reference import reference, unprinted
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import WriteOptions
from tajikpeace_refs.text.alphabets import Alphabet
from tajikpeace_refs.text.hygiene import cleaned
from tajikpeace_refs.text.rich import RENDERERS

__all__ = ["in_order", "reference_list", "unprinted"]


_RELEASE = re.compile(r"(вып|вип)\w*\.?\s*(?=\d)", re.IGNORECASE)


def _prepared(work: Work) -> Work:
    """Return a work without what does not belong where it stands; an issue keeps the word of its journal (``вып.``)."""
    done = cleaned(work)
    release = _RELEASE.match(work.issue or "")
    return done.replace(issue=_RELEASE.sub(f"{release[1].lower()}. ", work.issue or "", count=1)) if release else done


def in_order(works: Iterable[Work], options: WriteOptions) -> list[Work]:
    """Return the works of a list, cleaned of what does not belong where it stands, in the order asked for."""
    held = [_prepared(work) for work in works]
    if options.order != "given":
        titles = ((work.title or "", work.language or options.list_language) for work in held)
        held.sort(key=sort_key(Alphabet.of(titles), GostContext.of(options)))
    return held


def reference_list(works: Iterable[Work], options: WriteOptions = WriteOptions()) -> list[str]:  # noqa: B008 - immutable
    """Return the references of the works, each in the markup asked for, in the order and with the numbers asked for."""
    context = GostContext.of(options)
    render = RENDERERS[options.markup or "plain"]
    held = in_order(works, options)
    numbers = (f"{number}. " if options.numbered else "" for number in range(1, len(held) + 1))
    return [number + render(reference(work, context)) for number, work in zip(numbers, held, strict=True)]
