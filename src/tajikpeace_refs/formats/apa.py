"""APA 7 reference list, one reference a paragraph, in reference-list order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tajikpeace_refs.apa import reference_list
from tajikpeace_refs.apa.order import is_text_only
from tajikpeace_refs.errors import Loss
from tajikpeace_refs.formats.base import Format, report_dropped, report_unromanised
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import FormatName, WriteContext


def write(works: Iterable[Work], context: WriteContext) -> Iterator[str]:
    """Yield the references, a blank line between; in HTML each is a ``<p>``."""
    held = tuple(works)
    report_left_out(held, "apa", context)
    if context.options.script != "original":
        for work in held:
            report_unromanised(work, "apa", context)
    for place, entry in enumerate(reference_list(held, context.options)):
        text = entry.text
        if context.options.markup == "html":
            text = f"<p>{text}</p>"
        yield f"{'' if place == 0 else chr(10)}{text}\n"


def report_left_out(works: Iterable[Work], name: FormatName, context: WriteContext) -> None:
    """Report as lost to a format what its references leave out.

    That are personal communications, which no reader can retrieve (APA 8.9), and words of a title that belong to the
    record of a library.
    """
    for work in works:
        if is_text_only(work):
            why = "a personal communication is cited in the text only (APA 8.9)"
            context.report_loss(Loss(work.id, "type", name, why))
        report_dropped(work, name, context)


FORMAT = Format(name="apa", label="APA 7 reference list", write=write, has_own_script=True)
