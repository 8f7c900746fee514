"""Works to BibTeX and biblatex text. The text is written from the models: pybtex's writer doubles escapes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from tajikpeace_refs.errors import Loss
from tajikpeace_refs.formats._bib.converters import URL, Context, balanced, line
from tajikpeace_refs.formats._bib.dates import month_tex
from tajikpeace_refs.formats._bib.fields import ENTRY, TEX, Place, read_field, rows_for
from tajikpeace_refs.formats._bib.latex_encode import escape, to_ascii
from tajikpeace_refs.formats._bib.names import NAMES, is_kept, plain_names
from tajikpeace_refs.formats._bib.rows import (
    EXTRA,
    PREFIX,
    THESES,
    TYPE_KEYS,
    TYPE_NAMES,
    TYPE_OF,
    UNNAMED_THESIS,
    csl_type,
)
from tajikpeace_refs.formats._bib.short_names import is_written, short_fields
from tajikpeace_refs.formats.base import Delimiters
from tajikpeace_refs.formats.ids import ascii_key
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.work import SPELLING, Work
from tajikpeace_refs.options import WriteContext
from tajikpeace_refs.text.titles import NO_NOUNS, Nouns

# Any ASCII that neither BibTeX nor biber gives a meaning in a key.
_KEY = re.compile(r"[A-Za-z0-9_:.+/*!?;|@$&'^<>\[\]`-]+")

DELIMITERS = Delimiters(separator="\n")


def write(works: Iterable[Work], context: WriteContext, dialect: str) -> Iterator[str]:
    """Yield one entry a work, in the order given; equal works give equal bytes."""
    options, key = context.options, context.key or key_of
    nouns = Nouns(options.proper_nouns) if options.proper_nouns else NO_NOUNS
    target = Context(dialect, options.ascii, nouns, context.report_loss)
    for work in works:
        entry = _entry(work, key(work.id), target)
        yield to_ascii(entry) if options.ascii else entry


def key_of(work_id: str) -> str:
    """Return the citation key that an id becomes: itself, in the characters that every BibTeX takes."""
    work_id = work_id.strip()
    return work_id if _KEY.fullmatch(work_id) else ascii_key(work_id) or "work"


# The values of these fields are keys of entries, so they change as keys do.
_LINKS = frozenset({"crossref", "xref", "entryset", "related", "ids"})


def _entry(work: Work, key: str, context: Context) -> str:
    raw = _raw_fields(work, context) if work.extra else {}
    values = work.variables()
    entry, last = _entry_type(work, context)
    body = f"@{entry}{{{key},\n"
    for variable, place in rows_for(work.type, context.dialect).items():
        if variable in values:
            body += raw.get(variable) or _field(place, values[variable], work, context)
    body += "".join(short_fields(work))
    if key != work.id:
        last += line(f"{PREFIX}id", URL.write(work.id, work, context))
    return f"{body}{last}{_extra_fields(work, body)}}}\n"


def _field(place: Place, value: Any, work: Work, context: Context) -> str:  # noqa: ANN401 - any value
    row, field = place
    if field is None:
        reason = "no field; script latin puts it into the title" if row.variable == "translated_title" else ""
        context.on_loss(Loss(work.id, SPELLING[row.variable], context.dialect, reason))
        return ""
    if row.variable == "genre":
        return _genre(field, value, work, context)
    if row.codec is NAMES:
        if (names := plain_names(value)) is not None:
            return line(field, names)
        _report_names(row.variable, value, work, context)
    tex = row.codec.write(value, work, context)
    return tex if row.codec.is_whole else line(field, tex)


def _genre(field: str, genre: str, work: Work, context: Context) -> str:
    """Return the field for a genre: none where the classic entry type implies it, biblatex's key where it has one."""
    if genre == THESES.get(_entry_type(work, context)[0]):
        return ""
    key = TYPE_NAMES.get(genre) if context.dialect == "biblatex" else None
    return line(field, key or escape(genre))


def _report_names(variable: str, names: tuple[Name, ...], work: Work, context: Context) -> None:
    for number, name in enumerate(names):
        place = f"{SPELLING[variable]}[{number}]"
        if name.transliterated:
            context.on_loss(Loss(work.id, f"{place}.transliterated", context.dialect))
        if name.short and not is_written(variable, names):
            context.on_loss(Loss(work.id, f"{place}.short", context.dialect, "only groups that are authors or editors"))
        if not name.transliterated and not is_kept(name):
            context.on_loss(Loss(work.id, place, context.dialect, "its parts are read back otherwise"))


def _raw_fields(work: Work, context: Context) -> dict[str, str]:
    """Return the lines of the raw fields that still read as the value of their variable, by variable."""
    raws = {field: raw for name, field, raw in work.extra if name == TEX and field != ENTRY and _is_safe(field, raw)}
    others = {field for name, field, _ in work.extra if name == "bibtex"}
    rows = rows_for(work.type, context.dialect)
    written: dict[str, str] = {}
    for field, raw in raws.items():
        if field == "type" and context.dialect == "bibtex" and raw in TYPE_KEYS:
            continue  # biblatex's keys mean nothing to a classic style
        found = read_field(work.type, field, raws)
        if found is None or getattr(work, found.variable) != found.value:
            continue
        here = rows[found.variable].field
        # A field of the other dialect has another name in this one, unless the source has that for something else.
        if field in _NOT_IN[context.dialect] and here not in others:
            if here and len(found.fields) == 1 and field in _SAME_TEXT:
                written[found.variable] = _raw(here, raw)
            continue
        written[found.variable] = "".join(_raw(name, raws[name]) for name in found.fields)
    return written


_SAME_TEXT = frozenset({"journal", "journaltitle", "address", "location", "school", "annote", "annotation"})
_NOT_IN = {
    "biblatex": frozenset({"year", "month", "day", "journal", "address", "school", "annote", "howpublished"}),
    "bibtex": frozenset({"date", "journaltitle", "location", "annotation"}),
}


def _is_safe(field: str, raw: str) -> bool:
    """Whether an extra field can stand in an entry without breaking it."""
    return bool(_FIELD.fullmatch(field)) and balanced(raw)


_FIELD = re.compile(r"[a-z][a-z0-9_:.+-]*")


def _raw(field: str, raw: str) -> str:
    return f"  {field} = {month_tex(raw)},\n" if field == "month" else line(field, raw)


def _extra_fields(work: Work, body: str) -> str:
    """Return the lines of the fields without a variable: BibTeX's own as they are, those of other formats numbered."""
    done, number = "", 0
    for field in work.extra:
        if field.format == TEX:
            continue
        is_new = f"\n  {field.field} = " not in f"{body}{done}"
        if field.format == "bibtex" and is_new and _is_safe(field.field, field.value):
            raw = ",".join(map(key_of, field.value.split(","))) if field.field in _LINKS else field.value
            done += _raw(field.field, raw)
        else:
            number += 1
            done += line(f"{EXTRA}{number}", escape(str(field)))
    return done


def _entry_type(work: Work, context: Context) -> tuple[str, str]:
    """Return the entry type of a work, and the lines that give its CSL type where the entry type does not."""
    for name, field, kept in work.extra:
        if name == TEX and field == ENTRY and _FIELD.fullmatch(kept):
            subtype = TYPE_OF[work.type].subtype
            if csl_type(kept, subtype, has_url=bool(work.url)) == work.type:
                return kept, line("entrysubtype", subtype) if subtype else ""
    row = TYPE_OF[work.type]
    entry = row.biblatex if context.dialect == "biblatex" else row.bibtex
    if entry == "phdthesis" and re.search(r"master|магист|diplom", work.genre or "", re.IGNORECASE):
        entry = "mastersthesis"
    lines = line("entrysubtype", row.subtype) if row.subtype else ""
    if entry in THESES and not work.genre:
        lines += line("type", UNNAMED_THESIS)
    if csl_type(entry, row.subtype, has_url=bool(work.url)) != work.type:
        lines += line(f"{PREFIX}type", work.type)
    return entry, lines
