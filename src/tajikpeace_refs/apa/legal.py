"""Legal references (chapter 11), in the order of the Bluebook: title, source and date are one sentence."""

from __future__ import annotations

from tajikpeace_refs.apa import numbers
from tajikpeace_refs.apa.context import RenderContext
from tajikpeace_refs.apa.dates import long_date, years
from tajikpeace_refs.apa.names import in_full, join_in_text
from tajikpeace_refs.apa.punctuation import end_sentence, join_commas, join_spaces
from tajikpeace_refs.apa.source import address
from tajikpeace_refs.model.pages import page_parts, with_en_dashes
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.rich import clean, italic


def legal_reference(work: Work, context: RenderContext) -> str:
    """Return the reference of a case, statute, bill, hearing, regulation or treaty."""
    title, source, where = _title(work, context), _SOURCES[work.type](work, context), address(work)
    if work.type == "treaty":
        text = join_commas(title, long_date(work.issued) if work.issued else "", source)
        return f"{text}, {where}" if where and text else end_sentence(text) + where
    text = join_commas(title, source)
    for inside in (_date(work, context), _remark(work, context)):
        text += f" ({inside})" if inside else ""
    return join_spaces(end_sentence(text.strip()), where, end_sentence(clean(work.references)))


def _title(work: Work, context: RenderContext) -> str:
    title = context.text(work, "title")
    if work.type != "hearing":
        return title
    before = context.text(work, "section")
    if before and "hearing" not in title.lower():
        title = f"{title}: Hearing before the {before.removeprefix('the ')}"
    return italic(title)


def _date(work: Work, context: RenderContext) -> str:
    """Return what stands in parentheses: court and year, or the year of the code; without a reporter the full date."""
    issued = work.issued
    if issued is None or (work.type == "regulation" and issued == work.submitted):
        return f"proposed {long_date(work.submitted)}" if work.submitted else ""
    if work.type == "legal_case":
        court = context.text(work, "authority")
        return join_spaces(court, years(issued) if work.container_title else long_date(issued))
    first = years(work.original_date) if work.original_date else ""
    return f"{first} & rev. {years(issued)}" if first else years(issued)


def _remark(work: Work, context: RenderContext) -> str:
    if work.type == "hearing":
        people = join_in_text(in_full(name, context, work.language) for name in work.author)
        return f"testimony of {people}" if people else clean(work.status)
    return clean(work.status) if work.type != "legal_case" else ""


def _section(work: Work) -> str:
    if not work.section:
        return ""
    section = with_en_dashes(clean(work.section))
    if section.startswith(("§", "art", "amend", "Part", "ch")):
        return section
    return f"{'§§' if numbers.is_many(section) else '§'} {section}"


def _first_page(work: Work) -> str:
    page = work.page_first or work.page
    return clean(page_parts(page)[0]) if page else ""


def _record(work: Work, context: RenderContext, place: str) -> str:
    """Return volume, reporter or code, and place in it: ``347 U.S. 483``."""
    return join_spaces(clean(work.volume), context.text(work, "container_title"), place)


def _numbered(work: Work, context: RenderContext) -> str:
    number, genre = clean(work.number), context.text(work, "genre")
    if number[:1].isdigit():
        number = f"No. {number}"
    return join_spaces(genre, number)


def _bill(work: Work, context: RenderContext) -> str:
    session = join_spaces(context.text(work, "authority"), clean(work.chapter_number))
    number, genre = clean(work.number), context.text(work, "genre")
    named = join_spaces(genre, number) if session or work.container_title else _numbered(work, context)
    return join_commas(named, session, _record(work, context, _first_page(work)))


def _case(work: Work, context: RenderContext) -> str:
    if not work.container_title:
        return _numbered(work, context)
    return _record(work, context, join_spaces(_section(work), _first_page(work) or ("___" if work.volume else "")))


def _hearing(work: Work, context: RenderContext) -> str:
    return join_spaces(context.text(work, "authority"), clean(work.chapter_number))


def _legislation(work: Work, context: RenderContext) -> str:
    number, kind = clean(work.number), context.text(work, "genre") or "Pub. L."
    if number and not number.startswith(kind):
        number = f"{kind} {number if number.startswith('No') else f'No. {number}'}"
    return join_commas(number, _record(work, context, _section(work) or _first_page(work)))


def _regulation(work: Work, context: RenderContext) -> str:
    return join_commas(_numbered(work, context), _record(work, context, _section(work) or _first_page(work)))


def _treaty(work: Work, context: RenderContext) -> str:
    return _record(work, context, _first_page(work) or _numbered(work, context))


_SOURCES = {
    "bill": _bill, "hearing": _hearing, "legal_case": _case, "legislation": _legislation, "regulation": _regulation,
    "treaty": _treaty,
}  # fmt: skip
