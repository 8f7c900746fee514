"""Works to BibTeX and biblatex text. The text is written from the models: pybtex's writer doubles escapes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tajikpeace_refs.errors import Loss
from tajikpeace_refs.formats._base import Options
from tajikpeace_refs.formats._bib_codecs import Context
from tajikpeace_refs.formats._bib_fields import ENTRY, TEX, read_field, rows_for
from tajikpeace_refs.formats._bib_names import NAMES
from tajikpeace_refs.formats._bib_rows import CARRIED, PREFIX, THESES, THESIS_NAMES, TYPE_OF, csl_type
from tajikpeace_refs.formats._keys import Keys, ascii_key
from tajikpeace_refs.formats._tex import escape
from tajikpeace_refs.model.work import SPELLING, Work

_KEY = re.compile(r"[A-Za-z0-9_:.+/*!?-]+")


def write(works: Iterable[Work], options: Options, dialect: str) -> Iterator[str]:
    """Yield one entry a work, in the order given, a blank line between; equal works give equal bytes."""
    context = Context(dialect, options.ascii, options.front.proper_nouns)
    keys = Keys()
    separator = ""
    for work in works:
        yield separator + _entry(work, keys.take(_key(work)), context, options)
        separator = "\n"


def _key(work: Work) -> str:
    return work.id if _KEY.fullmatch(work.id) else ascii_key(work.id) or "work"


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
            options.on_loss(Loss(work.id, SPELLING[row.variable], context.dialect))
        elif row.variable == "genre" and value in THESIS_NAMES and entry in {"thesis", *THESES}:
            # The classic entry type says it by itself; biblatex has a key for it.
            lines.append(context.line(field, THESIS_NAMES[value]) if entry == "thesis" else "")
        else:
            lines.append(row.codec.write(field, value, work, context))
        if row.codec is NAMES and any(name.transliterated for name in value):
            options.on_loss(Loss(work.id, f"{SPELLING[row.variable]}.transliterated", context.dialect))
    if key != work.id:
        extra += context.line(f"{PREFIX}id", escape(work.id))
    return "".join([*lines, extra, _foreign(work, lines, context) if work.foreign else "", "}\n"])


def _foreign(work: Work, lines: list[str], context: Context) -> str:
    """Return the fields that are BibTeX's own, and those of other formats as carried."""
    written = {line.split(" = ")[0].strip() for text in lines for line in text.splitlines()}
    done, number = "", 0
    for field in work.foreign:
        if field.format == TEX:
            continue
        if field.format == "bibtex" and field.field not in written:
            done += f"  {field.field} = {{{field.value}}},\n"
            written.add(field.field)
        else:
            number += 1
            done += context.line(f"{CARRIED}{number}", escape(str(field)))
    return done


def _as_written(work: Work, context: Context) -> dict[str, str]:
    """Return the fields that were kept as written and still say what their variable says, by variable."""
    raws = {field: raw for name, field, raw in work.foreign if name == TEX and field != ENTRY}
    written: dict[str, str] = {}
    for field in raws:
        found = read_field(work.type, field, raws)
        if found and getattr(work, found.variable) == found.value:
            written[found.variable] = "".join(context.line(name, raws[name]) for name in found.fields)
    return written


def _entry_type(work: Work, context: Context) -> tuple[str, str]:
    """Return the entry type of a work, and the fields that tell its CSL type where the entry type does not."""
    row = TYPE_OF[work.type]
    kept = next((raw for name, field, raw in work.foreign if name == TEX and field == ENTRY), None)
    if kept and csl_type(kept, row.subtype, has_url=bool(work.url)) == work.type:
        return kept, context.line("entrysubtype", row.subtype) if row.subtype else ""
    entry = row.biblatex if context.dialect == "biblatex" else row.bibtex
    if entry == "phdthesis" and re.search(r"master|магист|diplom", work.genre or "", re.IGNORECASE):
        entry = "mastersthesis"
    extra = context.line("entrysubtype", row.subtype) if row.subtype else ""
    if csl_type(entry, row.subtype, has_url=bool(work.url)) != work.type:
        extra += context.line(f"{PREFIX}type", work.type)
    return entry, extra
