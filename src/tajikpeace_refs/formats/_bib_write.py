"""Works to BibTeX and biblatex text. The text is written from the models: pybtex's writer doubles escapes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tajikpeace_refs.errors import Loss
from tajikpeace_refs.formats._base import Frame
from tajikpeace_refs.formats._bib_codecs import URL, Context, balanced
from tajikpeace_refs.formats._bib_fields import ENTRY, TEX, read_field, rows_for
from tajikpeace_refs.formats._bib_issued import month_tex
from tajikpeace_refs.formats._bib_names import NAMES, is_kept
from tajikpeace_refs.formats._bib_rows import (
    CARRIED,
    PREFIX,
    THESES,
    TYPE_KEYS,
    TYPE_NAMES,
    TYPE_OF,
    UNNAMED_THESIS,
    csl_type,
)
from tajikpeace_refs.formats._keys import ascii_key
from tajikpeace_refs.formats._tex import escape
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.work import SPELLING, Work
from tajikpeace_refs.options import Options

# Any ASCII that neither BibTeX nor biber gives a meaning in a key.
_KEY = re.compile(r"[A-Za-z0-9_:.+/*!?;|@$&'^<>\[\]`-]+")


FRAME = Frame(between="\n")


def write(works: Iterable[Work], options: Options, dialect: str) -> Iterator[str]:
    """Yield one entry a work, in the order given; equal works give equal bytes."""
    context = Context(dialect, options.ascii, options.front.proper_nouns)
    key = options.key or key_of
    for work in works:
        yield _entry(work, key(work.id), context, options)


def key_of(work_id: str) -> str:
    """Return the citation key that an id becomes: itself, in the characters that every BibTeX takes."""
    work_id = work_id.strip()
    return work_id if _KEY.fullmatch(work_id) else ascii_key(work_id) or "work"


# These name other entries, so they change as keys do.
_LINKS = frozenset({"crossref", "xref", "entryset", "related", "ids"})


def _entry(work: Work, key: str, context: Context, options: Options) -> str:
    entry, extra = _entry_type(work, context)
    as_written = _as_written(work, context) if work.foreign else {}
    lines = [f"@{entry}{{{key},\n"]
    rows = rows_for(work.type, context.dialect)
    # Few variables are set of the hundred there are: going through the set ones alone halves the time.
    for _, row, field in sorted(rows[name] for name in work.model_fields_set if name in rows):
        value = getattr(work, row.variable)
        if not value:
            continue
        if row.variable in as_written:
            lines.append(as_written[row.variable])
        elif field is None:
            reason = "no field; script latin puts it into the title" if row.variable == "translated_title" else ""
            options.on_loss(Loss(work.id, SPELLING[row.variable], context.dialect, reason))
        elif row.variable == "genre":
            lines.append(_genre(field, value, entry, context))
        else:
            lines.append(row.codec.write(field, value, work, context))
        if row.codec is NAMES:
            _tell_names(work, row.variable, value, context.dialect, options)
    if key != work.id:
        extra += URL.write(f"{PREFIX}id", work.id, work, context)
    return "".join([*lines, extra, _foreign(work, lines, context) if work.foreign else "", "}\n"])


def _genre(field: str, genre: str, entry: str, context: Context) -> str:
    """Return the kind of a work: nothing where a classic entry type says it, biblatex's key where it has one."""
    if genre == THESES.get(entry):
        return ""
    if context.dialect == "biblatex" and genre in TYPE_NAMES:
        return context.line(field, TYPE_NAMES[genre])
    return context.line(field, escape(genre))


def _tell_names(work: Work, variable: str, names: tuple[Name, ...], dialect: str, options: Options) -> None:
    for number, name in enumerate(names):
        if name.transliterated:
            options.on_loss(Loss(work.id, f"{SPELLING[variable]}[{number}].transliterated", dialect))
        elif not is_kept(name):
            what = "its parts are read back otherwise"
            options.on_loss(Loss(work.id, f"{SPELLING[variable]}[{number}]", dialect, what))


def _as_written(work: Work, context: Context) -> dict[str, str]:
    """Return the fields that were kept as written and still say what their variable says, by variable."""
    raws = {field: raw for name, field, raw in work.foreign if name == TEX and field != ENTRY and _is_safe(field, raw)}
    others = {field for name, field, _ in work.foreign if name == "bibtex"}
    rows = rows_for(work.type, context.dialect)
    written: dict[str, str] = {}
    for field, raw in raws.items():
        if field == "type" and context.dialect == "bibtex" and raw in TYPE_KEYS:
            continue  # biblatex's keys mean nothing to a classic style
        found = read_field(work.type, field, raws)
        if found is None or getattr(work, found.variable) != found.value:
            continue
        here = rows[found.variable].field
        # A field of the other dialect goes by its name in this one, unless the source has that for something else.
        if field in _NOT_IN[context.dialect] and here not in others:
            if here and len(found.fields) == 1 and field in _SAME_TEXT:
                written[found.variable] = _raw(here, raw, context)
            continue
        written[found.variable] = "".join(_raw(name, raws[name], context) for name in found.fields)
    return written


_SAME_TEXT = frozenset({"journal", "journaltitle", "address", "location", "school", "annote", "annotation"})
_NOT_IN = {
    "biblatex": frozenset({"year", "month", "day", "journal", "address", "school", "annote", "howpublished"}),
    "bibtex": frozenset({"date", "journaltitle", "location", "annotation"}),
}


def _is_safe(field: str, raw: str) -> bool:
    """Whether a foreign field can stand in an entry without breaking it."""
    return bool(_FIELD.fullmatch(field)) and balanced(raw)


_FIELD = re.compile(r"[a-z][a-z0-9_:.+-]*")


def _raw(field: str, raw: str, context: Context) -> str:
    return f"  {field} = {month_tex(raw)},\n" if field == "month" else context.line(field, raw)


def _foreign(work: Work, lines: list[str], context: Context) -> str:
    """Return the fields that are BibTeX's own, and those of other formats as carried."""
    written = {line.split(" = ")[0].strip() for text in lines for line in text.splitlines()}
    done, number = "", 0
    for field in work.foreign:
        if field.format == TEX:
            continue
        if field.format == "bibtex" and field.field not in written and _is_safe(field.field, field.value):
            raw = ",".join(map(key_of, field.value.split(","))) if field.field in _LINKS else field.value
            done += _raw(field.field, raw, context)
            written.add(field.field)
        else:
            number += 1
            done += context.line(f"{CARRIED}{number}", escape(str(field)))
    return done


def _entry_type(work: Work, context: Context) -> tuple[str, str]:
    """Return the entry type of a work, and the fields that tell its CSL type where the entry type does not."""
    row = TYPE_OF[work.type]
    kept = next((raw for name, field, raw in work.foreign if name == TEX and field == ENTRY), None)
    if kept and _FIELD.fullmatch(kept) and csl_type(kept, row.subtype, has_url=bool(work.url)) == work.type:
        return kept, context.line("entrysubtype", row.subtype) if row.subtype else ""
    entry = row.biblatex if context.dialect == "biblatex" else row.bibtex
    if entry == "phdthesis" and re.search(r"master|магист|diplom", work.genre or "", re.IGNORECASE):
        entry = "mastersthesis"
    extra = context.line("entrysubtype", row.subtype) if row.subtype else ""
    if entry in THESES and not work.genre:
        extra += context.line("type", UNNAMED_THESIS)
    if csl_type(entry, row.subtype, has_url=bool(work.url)) != work.type:
        extra += context.line(f"{PREFIX}type", work.type)
    return entry, extra
