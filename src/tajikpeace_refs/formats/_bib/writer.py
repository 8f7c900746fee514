"""Works to BibTeX and biblatex text. The text is written from the models: pybtex's writer doubles escapes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from tajikpeace_refs.errors import Loss
from tajikpeace_refs.formats._bib.apa_model import OF_NAMES, describes
from tajikpeace_refs.formats._bib.converters import COUNTRIES, URL, Context, fits_field, line, text_to_tex
from tajikpeace_refs.formats._bib.dates import month_tex
from tajikpeace_refs.formats._bib.fields import ENTRY, SET, SET_OF, TEX, Place, read_field, rows_for, rows_in_volume
from tajikpeace_refs.formats._bib.implied import implied, words_beside
from tajikpeace_refs.formats._bib.latex_encode import escape, to_ascii
from tajikpeace_refs.formats._bib.names import NAMES, is_kept, plain_names
from tajikpeace_refs.formats._bib.rows import (
    ALIASES,
    CLASSIC_ALIASES,
    CLASSIC_TYPES,
    ENTRY_FIELD,
    ENTRY_TYPES,
    EXTRA,
    KEY_TEXTS,
    PARTS,
    PERIODICAL,
    PREFIX,
    THESES,
    TYPE_NAMES,
    TYPE_OF,
    UNNAMED_THESIS,
    csl_type,
)
from tajikpeace_refs.formats._bib.short_names import is_written, short_fields
from tajikpeace_refs.formats.base import Delimiters
from tajikpeace_refs.model.editorial import ExtraField
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.work import SPELLING, Work
from tajikpeace_refs.options import WriteContext, WriteOptions
from tajikpeace_refs.text.citation_keys import ascii_key
from tajikpeace_refs.text.languages import BABEL, is_babel_name
from tajikpeace_refs.text.rich import clean, plain
from tajikpeace_refs.text.titles import NO_NOUNS, Nouns

# What neither BibTeX nor biber gives a meaning in a key: any such letter for biber, ASCII for BibTeX.
_KEYS = {
    "bibtex": re.compile(r"[A-Za-z0-9_:.+/*!?;|@$&'^<>\[\]`-]+"),
    "biblatex": re.compile(r"[^\s\x00-\x1f\x7f\"#%(),={}~\\]+"),
}

WORDS = "words"
"""Where the lines of raw fields stand that are written beside the variables that they give."""

DELIMITERS = Delimiters(separator="\n")


def write(works: Iterable[Work], context: WriteContext, dialect: str) -> Iterator[str]:
    """Yield one entry a work, in the order given; equal works give equal bytes."""
    options = context.options
    key = context.key or (lambda work_id: key_of(work_id, options, dialect))
    nouns = Nouns(options.nouns) if options.nouns else NO_NOUNS
    target = Context(dialect, options.ascii, nouns, context.report_loss)
    for work in works:
        entry = _entry(work, key(work.id), target)
        yield to_ascii(entry) if options.ascii else entry


def key_of(work_id: str, options: WriteOptions, dialect: str) -> str:
    """Return the citation key that an id becomes: itself, in the characters that the dialect takes."""
    return _key(work_id, "bibtex" if options.ascii else dialect)


def _key(text: str, dialect: str) -> str:
    text = text.strip()
    return text if _KEYS[dialect].fullmatch(text) else ascii_key(text) or "work"


LINKS = frozenset({"crossref", "xref", "entryset", "related", "ids"})
"""Fields whose values are keys of entries, so that they change as keys do."""


def _entry(work: Work, key: str, context: Context) -> str:
    raw = _raw_fields(work, context) if work.extra else {}
    values = work.variables()
    entry, last = _entry_type(work, context)
    body = f"@{entry}{{{key},\n"
    for variable, place in _places(work.type, context.dialect, tuple(values), in_volume=_is_in_volume(work, context)):
        body += raw[variable] if variable in raw else _field(place, values[variable], work, context)
    body += "".join(short_fields(work))
    if key != work.id:
        reason = f"written as the key {key!r}, because not every BibTeX accepts the id; csl-id keeps it"
        context.on_loss(Loss(work.id, "id", context.dialect, reason))
        last += line(f"{PREFIX}id", URL.write(work.id, work, context))
    body += raw.get(WORDS, "")
    fields = _extra_fields(work, key, body, context)
    return f"{_sets(work, key, context)}{body}{last}{fields}}}\n"


def _sets(work: Work, key: str, context: Context) -> str:
    """Return the entries for biblatex that stood before a work and name others as a set."""
    sets = [each for each in work.extra if each.format == SET_OF]
    found = [each for each in sets if _is_set(each, key, context)]
    for each in sets:
        if each not in found:
            reason = f"{context.dialect} has no entry for the set {each.field!r}; a csl-foreign field keeps it"
            context.on_loss(Loss(work.id, "extra", context.dialect, reason))
    return "".join(f"@{SET}{{{each.field},\n{line('entryset', each.value)}}}\n\n" for each in found)


def _is_set(field: ExtraField, key: str, context: Context) -> bool:
    """Whether an extra field can be written as a set: of nothing but keys, and under another key than the work's."""
    keys = [field.field, *re.split(r",\s*", field.value)]
    is_key = _KEYS["bibtex" if context.ascii else "biblatex"].fullmatch
    return context.dialect == "biblatex" and field.field != key and all(map(is_key, keys))


def _is_in_volume(work: Work, context: Context) -> bool:
    """Whether biblatex's fields for a volume of a whole hold the titles of a work."""
    if not work.volume_title or context.dialect != "biblatex" or work.type in PERIODICAL:
        return False
    return bool(work.container_title if work.type in PARTS else work.title)


def _rows(csl: str, dialect: str, *, in_volume: bool) -> dict[str, Place]:
    return rows_in_volume(csl) if in_volume else rows_for(csl, dialect)


@lru_cache(maxsize=4096)
def _places(csl: str, dialect: str, variables: tuple[str, ...], *, in_volume: bool) -> tuple[tuple[str, Place], ...]:
    """Return where some variables of a type are written, in the order of an entry."""
    rows = _rows(csl, dialect, in_volume=in_volume)
    return tuple((variable, place) for variable, place in rows.items() if variable in variables)


_TRANSLATED = frozenset(name for name in SPELLING if name.startswith("translated_"))
"""Variables that classic BibTeX keeps in fields that no style prints."""
_RULED = _TRANSLATED | {"genre"}
"""Variables for which ``_field`` has a rule beside their codec."""


def _field(place: Place, value: Any, work: Work, context: Context) -> str:  # noqa: ANN401 - any value
    row, field = place
    plain_value = row.codec.plain
    if plain_value and row.variable not in _RULED and plain_value.fullmatch(value):
        return f"  {field} = {{{value}}},\n"
    if row.variable in _TRANSLATED and context.dialect == "bibtex":
        reason = "no field; script latin puts it into the title" if row.variable == "translated_title" else ""
        context.on_loss(Loss(work.id, SPELLING[row.variable], context.dialect, reason))
    if row.variable == "genre":
        return _genre(field, value, work, context)
    if field == "titleaddon" and describes(work.title or "", work.language):
        field = f"{PREFIX}translated-title"  # beside an English title it would be read as what describes the work
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
    return line(field, key or text_to_tex(genre))


def _report_names(variable: str, names: tuple[Name, ...], work: Work, context: Context) -> None:
    for number, name in enumerate(names):
        place = f"{SPELLING[variable]}[{number}]"
        if name.transliterated:
            context.on_loss(Loss(work.id, f"{place}.transliterated", context.dialect))
        if name.short and not is_written(variable, names):
            context.on_loss(
                Loss(
                    work.id,
                    f"{place}.short",
                    context.dialect,
                    "only organisations that are authors or editors have one",
                )
            )
        if not (name.transliterated or name.short or is_kept(name)):
            context.on_loss(Loss(work.id, place, context.dialect, "its parts would be read back differently"))


def _raw_fields(work: Work, context: Context) -> dict[str, str]:
    """Return the lines of the raw fields that still read as the value of their variable, by variable."""
    raws = {
        field: raw
        for name, field, raw in work.extra
        if name == TEX and field != ENTRY and _is_safe(field, raw) and not _is_foreign(field, raw, work, context)
    }
    others = {field: raw for name, field, raw in work.extra if name == "bibtex" and _is_safe(field, raw)}
    beside = {"langid": work.language or "", **others, **raws}
    written = _implied_fields(work, raws, beside, context.dialect)
    if not raws:
        return written
    rows = _rows(work.type, context.dialect, in_volume=_is_in_volume(work, context))
    by_raws = {found.variable for field in raws if (found := read_field(work.type, field, beside))}
    known = {
        row.field(context.dialect): plain(clean(str(getattr(work, name))))
        for name, (row, _) in rows.items()
        if name in _RULING - by_raws
    }
    beside = {field: text for field, text in known.items() if text not in {"", "None", "()"}} | beside
    unknown = FOREIGN_FIELDS[context.dialect]
    written_beside = {field: raw for field, raw in beside.items() if field not in unknown}
    for field, raw in raws.items():
        found = read_field(work.type, field, beside if field in unknown else written_beside)
        if found is None or getattr(work, found.variable) != found.value:
            continue
        here = rows[found.variable].field
        # A field of the other dialect has another name in this one, unless the source has that for something else.
        if field in unknown and here not in others and not here.startswith(PREFIX):
            if len(found.fields) == 1 and field in _SAME_TEXT:
                written[found.variable] = _raw(here, raw)
            continue
        written[found.variable] = "".join(_raw(name, raws[name]) for name in found.fields if name in raws)
    return written


_RULING = frozenset({"container_title", "editor", "publisher", "title", "volume"})
"""Variables whose fields decide what others mean: a number beside a volume, what is added to a title."""


def _is_foreign(field: str, raw: str, work: Work, context: Context) -> bool:
    """Whether a raw value means nothing in its dialect.

    A classic style knows neither biblatex's keys nor its extended format of names; and ``langid`` takes only babel's
    names (biblatex manual, 2.2.2).
    """
    if field == "langid":
        return work.language in BABEL and not is_babel_name(raw)
    if context.dialect == "biblatex":
        return False
    if field in _PERSONS:
        return _EXTENDED.search(raw) is not None
    return (field == "type" and raw in KEY_TEXTS) or (field == "location" and raw in COUNTRIES)


_PERSONS = frozenset({"author", "editor", "translator", "bookauthor", "holder"})
_EXTENDED = re.compile(r"\b(?:family|given)(?:-i)?\s*=")


def _implied_fields(work: Work, raws: dict[str, str], beside: dict[str, str], dialect: str) -> dict[str, str]:
    """Return the lines for the variables that other fields imply: the raw field where it was kept only for them."""
    found = implied(work.type, beside)
    written: dict[str, str] = {}
    for field in {by: None for _, by in found.values()}:
        given = [variable for variable, (_, by) in found.items() if by == field]
        if field == "url" or any(getattr(work, name) != found[name].value for name in given):
            continue
        lines = _raw(field, raws[field]) if field in raws and not read_field(work.type, field, beside) else ""
        if field == "howpublished" and dialect == "biblatex" and "publisher" not in given:
            # biblatex has fields of their own for the address and the date of access.
            written[WORDS] = lines if words_beside(raws.get(field, "")) else ""
            continue
        for variable in given:
            written[variable], lines = lines, ""
    return written


_SAME_TEXT = frozenset(
    {"journal", "journaltitle", "address", "location", "school", "annote", "annotation", "issue", "articleno"}
)
FOREIGN_FIELDS = {
    "biblatex": frozenset({"year", "month", "day", "journal", "address", "school", "annote", "articleno"}),
    "bibtex": frozenset({"date", "journaltitle", "location", "annotation", "issue"}),
}
"""Fields that a dialect has another one for; its own are those of the other."""


def _is_safe(field: str, raw: str) -> bool:
    """Whether an extra field can stand in an entry without breaking it."""
    return bool(_FIELD.fullmatch(field)) and fits_field(raw)


_FIELD = re.compile(r"[a-z][a-z0-9_:+-]*")


def _raw(field: str, raw: str) -> str:
    return f"  {field} = {month_tex(raw)},\n" if field == "month" else line(field, raw)


def _extra_fields(work: Work, key: str, body: str, context: Context) -> str:
    """Return the lines of the fields without a variable: BibTeX's own as they are, those of other formats numbered."""
    done, number = "", 0
    dialect = "bibtex" if context.ascii else context.dialect
    replaced = _replaced(work)
    for field in work.extra:
        if field.format == TEX or field.field in replaced or (field.format == SET_OF and _is_set(field, key, context)):
            continue
        is_new = f"\n  {field.field} = " not in f"{body}{done}"
        if field.format == "bibtex" and is_new and _is_safe(field.field, field.value):
            raw = (
                ",".join(_key(each, dialect) for each in field.value.split(","))
                if field.field in LINKS
                else field.value
            )
            done += _raw(field.field, raw)
        else:
            number += 1
            done += line(f"{EXTRA}{number}", escape(str(field)))
    return done


def _replaced(work: Work) -> set[str]:
    """Return the raw fields for names in a role whose variables have other names now."""
    raws = {field: raw for name, field, raw in work.extra if name == "bibtex"}
    if OF_NAMES.isdisjoint(raws):
        return set()
    found = implied(work.type, raws)
    return {by for role, (names, by) in found.items() if by in OF_NAMES and getattr(work, role) != names}


_ENTRY_TYPE = re.compile(r"(?!(?:comment|preamble|set|string|xdata)$)[a-z][a-z0-9_]*")
"""Entry types that a work can have: ``@comment`` and the others hold none."""
ONLY_BIBLATEX = frozenset({*ALIASES, *(row.biblatex for row in ENTRY_TYPES)}) - CLASSIC_TYPES
"""Entry types that mean nothing to a classic style; those that we do not know may mean something to some."""


def _entry_type(work: Work, context: Context) -> tuple[str, str]:
    """Return the entry type of a work, and the lines that give its CSL type where the entry type does not."""
    row = TYPE_OF[work.type]
    subtype = line("entrysubtype", row.subtype) if row.subtype and not _own_subtype(work) else ""
    kept = next((value for name, field, value in work.extra if name == TEX and field == ENTRY), "")
    if kept and _type_of(kept, work) != work.type:
        kept = ""
    if _ENTRY_TYPE.fullmatch(kept) and (context.dialect == "biblatex" or kept not in ONLY_BIBLATEX):
        return kept, subtype
    entry = row.biblatex if context.dialect == "biblatex" else CLASSIC_ALIASES.get(kept, row.bibtex)
    if entry == "phdthesis" and re.search(r"master|магист|diplom", work.genre or "", re.IGNORECASE):
        entry = "mastersthesis"
    lines = subtype + (line(ENTRY_FIELD, kept) if kept else "")
    if entry in THESES and not work.genre:
        lines += line("type", UNNAMED_THESIS)
    if _type_of(kept or entry, work) != work.type:
        lines += line(f"{PREFIX}type", work.type)
    return entry, lines


def _own_subtype(work: Work) -> bool:
    """Whether a subtype that came with the work gives its type: biblatex-apa's ``nonacademic``."""
    entry = TYPE_OF[work.type].biblatex
    own = [{"entrysubtype": raw} for _, field, raw in work.extra if field == "entrysubtype"]
    return bool(own) and csl_type(entry, own[0], has_address=False) == work.type


def _type_of(entry: str, work: Work) -> str:
    """Return the CSL type that an entry type is read as, with the fields that the work has."""
    fields = {field: raw for name, field, raw in work.extra if name in {TEX, "bibtex"}}
    if (subtype := TYPE_OF[work.type].subtype) and not _own_subtype(work):
        fields["entrysubtype"] = subtype
    if work.container_title:
        fields["booktitle"] = work.container_title
    return csl_type(entry, fields, has_address=bool(work.url))
