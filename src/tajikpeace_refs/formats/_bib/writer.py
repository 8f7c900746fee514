"""Works to BibTeX and biblatex text. The text is written from the models: pybtex's writer doubles escapes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from operator import itemgetter
from typing import Any, NamedTuple

from tajikpeace_refs.errors import Loss
from tajikpeace_refs.formats._bib.converters import TEXT, URL, Context, balanced, line, text_to_tex
from tajikpeace_refs.formats._bib.dates import month_tex
from tajikpeace_refs.formats._bib.fields import ENTRY, TEX, read_field, rows_for
from tajikpeace_refs.formats._bib.latex_encode import escape, is_plain, to_ascii
from tajikpeace_refs.formats._bib.names import NAMES, is_kept, plain_names
from tajikpeace_refs.formats._bib.rows import (
    CARRIED,
    PREFIX,
    THESES,
    TYPE_KEYS,
    TYPE_NAMES,
    TYPE_OF,
    UNNAMED_THESIS,
    Row,
    csl_type,
)
from tajikpeace_refs.formats.base import Delimiters
from tajikpeace_refs.formats.ids import ascii_key
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.work import SPELLING, Work
from tajikpeace_refs.options import WriteContext

# Any ASCII that neither BibTeX nor biber gives a meaning in a key.
_KEY = re.compile(r"[A-Za-z0-9_:.+/*!?;|@$&'^<>\[\]`-]+")


FRAME = Delimiters(separator="\n")


def write(works: Iterable[Work], context: WriteContext, dialect: str) -> Iterator[str]:
    """Yield one entry a work, in the order given; equal works give equal bytes."""
    options, key = context.options, context.key or key_of
    target = Context(dialect, options.ascii, options.proper_nouns, context.report_loss)
    for work in works:
        entry = _entry(work, key(work.id), target)
        yield to_ascii(entry) if options.ascii else entry


def key_of(work_id: str) -> str:
    """Return the citation key that an id becomes: itself, in the characters that every BibTeX takes."""
    work_id = work_id.strip()
    return work_id if _KEY.fullmatch(work_id) else ascii_key(work_id) or "work"


# These name other entries, so they change as keys do.
_LINKS = frozenset({"crossref", "xref", "entryset", "related", "ids"})


Write = Callable[[Any, Work, Context], str]


class _Form(NamedTuple):
    """What entries have in common: type, text with a place for each value, and how the values come to their places."""

    head: tuple[str, str]
    text: str
    values: Callable[[dict[str, Any]], tuple[Any, ...]]
    plain: tuple[int, ...]
    written: tuple[tuple[int, Write], ...]


def _entry(work: Work, key: str, context: Context) -> str:
    as_written = _as_written(work, context) if work.foreign else {}
    held = work.variables() | as_written
    variables = frozenset(work.model_fields_set.intersection(held))
    form = _form(work.type, context.dialect, variables, frozenset(as_written))
    values = list(form.values(held))
    values[0], extra = _entry_type(work, context) if work.foreign or "genre" in variables else form.head
    values[1] = key
    texts = " ".join([values[at] for at in form.plain])
    if "<" in texts or not is_plain(texts):  # one look at all of them, as most works have nothing to escape
        for at in form.plain:
            values[at] = text_to_tex(values[at])
    for at, write in form.written:
        values[at] = write(values[at], work, context)
    if key != work.id:
        extra += line(f"{PREFIX}id", URL.write(work.id, work, context))
    body = form.text % tuple(values)
    return f"{body}{extra}{_foreign(work, body) if work.foreign else ''}}}\n"


# Few variables are set of the hundred there are, and works of a type mostly set the same: to look up the rows and put
# them in order takes 7 µs, and the rest of an entry 15.
@lru_cache(maxsize=8192)
def _form(csl: str, dialect: str, variables: frozenset[str], as_written: frozenset[str]) -> _Form:
    rows = rows_for(csl, dialect)
    places = sorted(rows[name] for name in variables if name in rows)
    text = "@%s{%s,\n"
    plain: list[int] = []
    written: list[tuple[int, Write]] = []
    for at, (_, row, field) in enumerate(places, 2):
        is_whole = row.variable in as_written or field is None or row.variable == "genre" or row.codec.whole
        text += "%s" if is_whole else f"  {field} = {{%s}},\n"
        if row.variable in as_written:
            continue
        if row.codec is TEXT and not is_whole:
            plain.append(at)
        else:
            written.append((at, _writer(row, field)))
    values = itemgetter("type", "id", *(place.row.variable for place in places))
    head = _made_type(csl, None, dialect, has_url="url" in variables)
    return _Form(head, text, values, tuple(plain), tuple(written))


def _writer(row: Row, field: str | None) -> Write:
    if field is None:
        return partial(_lost, row.variable)
    if row.variable == "genre":
        return partial(_genre, field)
    return partial(_names, row.variable) if row.codec is NAMES else row.codec.write


def _lost(variable: str, _value: object, work: Work, context: Context) -> str:
    reason = "no field; script latin puts it into the title" if variable == "translated_title" else ""
    context.on_loss(Loss(work.id, SPELLING[variable], context.dialect, reason))
    return ""


def _genre(field: str, genre: str, work: Work, context: Context) -> str:
    """Return the kind of a work: nothing where a classic entry type says it, biblatex's key where it has one."""
    if genre == THESES.get(_entry_type(work, context)[0]):
        return ""
    if context.dialect == "biblatex" and genre in TYPE_NAMES:
        return line(field, TYPE_NAMES[genre])
    return line(field, escape(genre))


def _names(variable: str, names: tuple[Name, ...], work: Work, context: Context) -> str:
    tex = plain_names(names)
    if tex is not None:
        return tex
    for number, name in enumerate(names):
        if name.transliterated:
            context.on_loss(Loss(work.id, f"{SPELLING[variable]}[{number}].transliterated", context.dialect))
        elif plain_names((name,)) is None and not is_kept(name):
            what = "its parts are read back otherwise"
            context.on_loss(Loss(work.id, f"{SPELLING[variable]}[{number}]", context.dialect, what))
    return NAMES.write(names, work, context)


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
    """Whether a foreign field can stand in an entry without breaking it."""
    return bool(_FIELD.fullmatch(field)) and balanced(raw)


_FIELD = re.compile(r"[a-z][a-z0-9_:.+-]*")


def _raw(field: str, raw: str) -> str:
    return f"  {field} = {month_tex(raw)},\n" if field == "month" else line(field, raw)


def _foreign(work: Work, body: str) -> str:
    """Return the fields that are BibTeX's own, and those of other formats as carried."""
    done, number = "", 0
    for field in work.foreign:
        if field.format == TEX:
            continue
        is_new = f"\n  {field.field} = " not in f"{body}{done}"
        if field.format == "bibtex" and is_new and _is_safe(field.field, field.value):
            raw = ",".join(map(key_of, field.value.split(","))) if field.field in _LINKS else field.value
            done += _raw(field.field, raw)
        else:
            number += 1
            done += line(f"{CARRIED}{number}", escape(str(field)))
    return done


def _entry_type(work: Work, context: Context) -> tuple[str, str]:
    """Return the entry type of a work, and the fields that tell its CSL type where the entry type does not."""
    for name, field, kept in work.foreign:
        if name == TEX and field == ENTRY and _FIELD.fullmatch(kept):
            subtype = TYPE_OF[work.type].subtype
            if csl_type(kept, subtype, has_url=bool(work.url)) == work.type:
                return kept, line("entrysubtype", subtype) if subtype else ""
    return _made_type(work.type, work.genre, context.dialect, has_url=bool(work.url))


def _made_type(csl: str, genre: str | None, dialect: str, *, has_url: bool) -> tuple[str, str]:
    row = TYPE_OF[csl]
    entry = row.biblatex if dialect == "biblatex" else row.bibtex
    if entry == "phdthesis" and re.search(r"master|магист|diplom", genre or "", re.IGNORECASE):
        entry = "mastersthesis"
    extra = line("entrysubtype", row.subtype) if row.subtype else ""
    if entry in THESES and not genre:
        extra += line("type", UNNAMED_THESIS)
    if csl_type(entry, row.subtype, has_url=has_url) != csl:
        extra += line(f"{PREFIX}type", csl)
    return entry, extra
