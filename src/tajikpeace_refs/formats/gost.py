"""Reference list after GOST R 7.0.5-2008 or 7.0.100-2018, one reference a paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tajikpeace_refs.errors import Loss
from tajikpeace_refs.formats.base import Format, report_dropped
from tajikpeace_refs.gost import reference_list, unprinted
from tajikpeace_refs.model.variables import SPELLING
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import WriteContext


def write(works: Iterable[Work], context: WriteContext) -> Iterator[str]:
    """Yield the references, a blank line between; in HTML each is a ``<p>``."""
    held = tuple(works)
    for work in held:
        for name in unprinted(work):
            context.report_loss(Loss(work.id, SPELLING[name], "gost", "the standard has no words for the role"))
        report_dropped(work, "gost", context)
    for place, text in enumerate(reference_list(held, context.options)):
        shown = f"<p>{text}</p>" if context.options.markup == "html" else text
        yield f"{'' if place == 0 else chr(10)}{shown}\n"


FORMAT = Format(name="gost", label="GOST reference list", write=write)
