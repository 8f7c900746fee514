"""BibTeX and biblatex text to works. The splitter isolates each entry; pybtex parses those that are not plain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple, TextIO

from tajikpeace_refs.errors import Problem, did_you_mean
from tajikpeace_refs.formats._bib.crossref import MAX_FIELD, MAX_GROWTH, CrossrefResolver
from tajikpeace_refs.formats._bib.dates import MONTHS
from tajikpeace_refs.formats._bib.doubts import doubts
from tajikpeace_refs.formats._bib.fields import ENTRY, SET, SET_OF, TEX, FieldValue, read_field
from tajikpeace_refs.formats._bib.implied import RAW_SOURCES, has_address, implied, unplaced
from tajikpeace_refs.formats._bib.latex_decode import decode
from tajikpeace_refs.formats._bib.outer_braces import brace_bare_values, without_outer_braces
from tajikpeace_refs.formats._bib.plain_entries import plain_entry
from tajikpeace_refs.formats._bib.preamble import Macro, definitions, expand
from tajikpeace_refs.formats._bib.pybtex_parser import parser_class
from tajikpeace_refs.formats._bib.related import related_variables
from tajikpeace_refs.formats._bib.rows import ALIASES, ENTRY_FIELD, ENTRY_TYPES, EXTRA, PREFIX, THESES, csl_type
from tajikpeace_refs.formats._bib.short_names import read_short_names
from tajikpeace_refs.formats._bib.splitter import Block, Entry, split
from tajikpeace_refs.formats.base import Chunker, Item, ReadWork
from tajikpeace_refs.formats.ids import IdPolicy
from tajikpeace_refs.model.characters import forbidden_character
from tajikpeace_refs.model.editorial import ExtraField, parse_extra
from tajikpeace_refs.model.validation import spell, validate
from tajikpeace_refs.model.work import SPELLING, TYPES
from tajikpeace_refs.text.citation_keys import made_key
from tajikpeace_refs.text.plausibility import are_sound, is_plain, placeholders, repaired_raw

_MOST_HINTS = 100
"""Of so many names of strings that are not defined, the nearest that is defined is looked for."""
NO_KEY = "work"
"""Stands for the key that an entry has not."""

_ENTRY_NAMES = frozenset({row.biblatex for row in ENTRY_TYPES} | {row.bibtex for row in ENTRY_TYPES} | set(ALIASES)
                         | {SET, "xdata", "comment", "string", "preamble"})  # fmt: skip
_KEY = re.compile(r"\s*@\s*[\w-]+\s*[{(]\s*([^\s,{}()\"]++)(?!\s*=)")
_AFTER_KEY = re.compile(r"\s*[,})]")
_KEYLESS = re.compile(r"(\s*@\s*[\w-]+\s*[{(])(?=\s*(,)|\s*[\w-]+\s*=)")
_OPEN_FIELD = re.compile(r"([\w-]+)\s*=\s*[{\"][^=]*$")


IDS = IdPolicy("key", strict=False)


def read(stream: TextIO) -> Iterator[Item]:
    """Yield the works of a ``.bib`` text, either dialect, and a Problem for each mistake, at its line."""
    reading = _Reading.of(stream)
    for block in split(stream):
        yield from reading.block(block)
    yield from reading.rest()


class _Chunk(NamedTuple):
    """Some entries, the strings and TeX macros of the file so far, and the entries that these inherit from."""

    blocks: tuple[Block, ...]
    macros: dict[str, str]
    commands: dict[str, Macro]
    parents: dict[str, Entry]


def _chunks(stream: TextIO, size: int) -> Iterator[_Chunk | Problem]:
    reading = _Reading.of(stream)
    blocks: list[Block] = []
    for block in split(stream):
        has_work = block.kind not in _NO_WORKS
        # A string may change the meaning of the entries after it; a set is kept with the work after it.
        if blocks and (not has_work or (len(blocks) >= size and blocks[-1].kind != SET)):
            yield reading.chunk(blocks)
            blocks = []
        if has_work:
            reading.found = True
            blocks.append(block)
        else:
            yield from (item for item in reading.block(block) if isinstance(item, Problem))
    if blocks:
        yield reading.chunk(blocks)
    yield from reading.rest()


def _read_chunk(chunk: _Chunk) -> Iterator[Item]:
    reading = _Reading(chunk.macros, CrossrefResolver(chunk.parents), chunk.commands)
    for block in chunk.blocks:
        yield from reading.block(block)


CHUNKER = Chunker(_chunks, _read_chunk)
_NO_ENTRIES = frozenset({"", "comment", "string", "preamble"})
_NO_WORKS = _NO_ENTRIES | {"xdata"}
_VERBATIM = frozenset({"url", "file", "pdf", "eprint"})


class _Reading:
    def __init__(
        self, macros: dict[str, str], parents: CrossrefResolver, commands: dict[str, Macro] | None = None
    ) -> None:
        self.macros = macros
        self.parents = parents
        self.commands = dict(commands or {})
        self.problems: list[Problem] = []
        self.dropped: dict[str, tuple[int, int]] = {}
        self.found = False
        self.allowance = MAX_FIELD
        self.hints: dict[str, str] = {}
        self.sets: list[Entry] = []

    @classmethod
    def of(cls, stream: TextIO) -> _Reading:
        """Return the state for reading a stream from its start; the stream is rewound."""
        macros = {name: name for name in MONTHS}
        return cls(macros, CrossrefResolver.collect(stream, cls(dict(macros), CrossrefResolver({})).parse))

    def block(self, block: Block) -> Iterator[Item]:
        """Yield the work of a block, and its problems."""
        self.found = self.found or block.kind != ""
        if (entry := self.parse(block)) and (whole := self.parents.resolve(entry, self.problems, len(block.text))):
            yield from self._work(whole)
        yield from self.problems
        self.problems.clear()

    def chunk(self, blocks: list[Block]) -> _Chunk:
        """Return entries as a chunk that can be read on its own."""
        return _Chunk(tuple(blocks), dict(self.macros), dict(self.commands), self.parents.needed_by(blocks))

    def rest(self) -> Iterator[Problem]:
        """Yield the problems of the file as a whole."""
        for entry in self.sets:
            self._drop("an @set entry with no entry after it", entry.line)
        if self.dropped and not self.found:
            yield Problem("has no BibTeX entry; expected a line '@type{key,'", line=1, column=1)
            return
        for what, (line, count) in self.dropped.items():
            times = f" ({count} of them)" if count > 1 else ""
            yield Problem(f"{what} is not kept{times}", line=line, severity="warning")

    def _drop(self, what: str, line: int, count: int = 1) -> None:
        first, number = self.dropped.get(what, (line, 0))
        self.dropped[what] = (first, number + count)

    def _report(self, message: str, line: int, work_id: str | None = None, *, warning: bool = False) -> None:
        self.problems.append(Problem(message, work_id, line=line, severity="warning" if warning else "error"))

    def parse(self, block: Block) -> Entry | None:
        """Return the entry of a block; None for macros, comments and blocks that cannot be read (reported)."""
        if entry := self._plain(block):
            return entry
        if block.kind == "comment":
            self._drop("a @comment", block.line)
            return None
        if not block.kind and block.closed:
            self._drop("text outside the entries", block.line, int(block.text))
            return None
        match = _KEY.match(block.text)
        key = match[1] if match and block.kind not in {"string", "preamble"} and "=" not in match[1] else None
        keyless = _KEYLESS.match(block.text) if key is None and block.kind not in _NO_WORKS else None
        if fault := _fault(block, key, is_keyless=keyless is not None):
            self._report(fault, block.line, key)
            return None
        if keyless:
            self._report("the entry has no key; write @type{key, …}", block.line, warning=True)
            start, comma = keyless.groups()
            block = block._replace(text=f"{start}{NO_KEY}{'' if comma else ','}{block.text[len(start) :]}")
        if match and key and not _AFTER_KEY.match(block.text, match.end()):
            self._report("a comma is missing after the key", block.line, key, warning=True)
        parsed = self._pybtex(block, key)
        if parsed is None or block.kind == "string":
            return None
        if block.kind == "preamble":
            macros, rest = definitions("".join(parsed[1][0]))
            self.commands |= macros
            if rest.strip(" \n%{}"):
                self._drop("the @preamble", block.line)
            return None
        key, pairs = parsed[1]
        return self._entry(key, [(name, "".join(parts)) for name, parts in pairs], block)

    def _plain(self, block: Block) -> Entry | None:
        """Return the entry of a block that needs no other parser than ours, else None."""
        size = len(block.text)
        if block.kind in _NO_ENTRIES or not block.closed or size > MAX_FIELD or forbidden_character(block.text):
            return None
        plain = plain_entry(block.text, self.macros)
        if plain is None or plain.growth > size:
            return None
        self.allowance += MAX_GROWTH * size - plain.growth
        return self._entry(plain.key, plain.fields, block)

    def _pybtex(self, block: Block, key: str | None) -> tuple[str, Any] | None:
        from pybtex.scanner import PybtexSyntaxError  # noqa: PLC0415 - loads when used

        allowed = min(MAX_FIELD, self.allowance + MAX_GROWTH * len(block.text))
        parser = parser_class()(block.text, self.macros, allowed)
        try:
            parsed = next(iter(parser), None)
        except PybtexSyntaxError as error:
            text, bare = brace_bare_values(block.text)
            if bare:
                for field, value in bare:
                    message = f"the value of {field!r} has no braces; write {field} = {{{value}}}"
                    self._report(message, block.line, key, warning=True)
                return self._pybtex(block._replace(text=text), key)
            line = block.line + max((error.lineno or 1) - 1, 0)
            field = parser.current_field_name
            message = str(error).removeprefix("syntax error in line ").split(": ", 1)[-1]
            self._report(f"{message}{_hint(message, field)}", line, key)
            return None
        if block.kind == "string":  # the names of strings have no case
            value = self.macros.pop(parser.current_field_name)
            self.macros |= {} if parser.too_long else {parser.current_field_name.lower(): value}
        self.allowance += MAX_GROWTH * len(block.text) - (allowed - max(parser.allowance, 0))
        for name in parser.too_long:
            self._report(f"with the string {name!r} the strings of the entry are too long to be read", block.line, key)
        for name in parser.undefined:
            if name not in self.hints:
                self.hints[name] = did_you_mean(name, self.macros) if len(self.hints) < _MOST_HINTS else ""
            near = self.hints[name] or "; its name is taken as text"
            self._report(f"the string {name!r} is not defined{near}", block.line, key, warning=True)
        return None if parser.too_long else parsed

    def _entry(self, key: str, pairs: list[tuple[str, str]], block: Block) -> Entry:
        kind = block.kind
        fields: dict[str, str] = {}
        repeated: list[tuple[str, str]] = []
        for name, text in pairs:
            field, raw = name.lower(), expand(text, self.commands)
            if field not in fields:
                fields[field] = raw
            elif fields[field] != raw:
                if all(name != field for name, _ in repeated):
                    message = "the field is given more than once; the first is used"
                    self.problems.append(Problem(message, key, field, line=block.line, severity="warning"))
                repeated.append((field, raw))
        if kind not in _ENTRY_NAMES and (near := did_you_mean(kind, _ENTRY_NAMES)):
            self._report(f"unknown entry type {kind!r}{near} It is read as a document", block.line, key, warning=True)
        key = "" if key == NO_KEY else key
        return Entry(kind, key, without_outer_braces(fields), block.line, tuple(repeated))

    def _work(self, entry: Entry) -> Iterator[Item]:
        if entry.kind == "xdata":
            self._drop("an @xdata entry, whose fields were copied to the entries that name it,", entry.line)
            return
        if entry.kind == SET:
            if entry.key.lower() in self.parents.entries:
                self._report(
                    "an entry has the key of this set; the set is not kept", entry.line, entry.key, warning=True
                )
            else:
                self.sets.append(entry)
            return
        is_sound = are_sound([*entry.fields.values()])
        if not is_sound:
            entry, problems = _sound(entry)
            yield from problems
        record = related_variables(entry, self.parents.entries, to_record) | to_record(entry)
        self.problems += unplaced(entry, record)
        outcome = validate(record)
        key = entry.key or None
        if isinstance(outcome, list):
            for mistake in outcome:
                yield Problem(mistake.message, key, spell(mistake.path) or None, line=entry.line)
            return
        for variable, doubt in doubts(entry.fields, outcome):
            yield Problem(doubt, key, SPELLING[variable], line=entry.line, severity="warning")
        if key is None:
            outcome = outcome.model_copy(update={"id": made_key(outcome)})
        if self.sets:
            sets = tuple(ExtraField(SET_OF, each.key, each.fields.get("entryset", "")) for each in self.sets)
            outcome = outcome.model_copy(update={"extra": (*outcome.extra, *sets)})
            self.sets.clear()
        yield ReadWork(outcome, entry.line, named=key is not None, is_sound=is_sound)


def _sound(entry: Entry) -> tuple[Entry, list[Problem]]:
    """Return an entry without what a carrier or a wrong encoding put into its fields, and warnings of the latter."""
    fields, problems = dict(entry.fields), []
    for field, raw in fields.items():
        if is_plain(raw) or field in _VERBATIM or field.startswith(PREFIX):
            continue
        fields[field], message = repaired_raw(raw, is_tex=True)
        if message:
            problems.append(Problem(message, entry.key or None, field, line=entry.line, severity="warning"))
    return entry._replace(fields=fields), problems


def _fault(block: Block, key: str | None, *, is_keyless: bool) -> str | None:
    """Return why a block cannot be read at all, or None."""
    if not block.kind:
        return f"the entry has no opening brace: {block.text[:40]}"
    if not block.closed:
        opened = _OPEN_FIELD.search(block.text[-2000:])
        where = f", a brace or quote is left open in {opened[1]!r}" if opened else ""
        return f"the entry opens here and is never closed{where}"
    if block.kind not in {"string", "preamble"} and key is None and not is_keyless:
        return "the entry has no key; write @type{key, …}"
    if len(block.text) > MAX_FIELD:
        return f"the entry is longer than {MAX_FIELD} characters"
    return forbidden_character(block.text)


_LATE = frozenset({"year", "language", "origyear"})
"""Fields that count only where date, langid and origdate give nothing."""
_INSTITUTIONAL = frozenset({"report", "thesis"})
"""Types whose publisher is first of all their institution or school."""
_LATE_OF_INSTITUTIONS = _LATE | {"publisher"}


def to_record(entry: Entry) -> dict[str, Any]:
    """Return an entry as a record for the model: variables and extra fields."""
    fields = dict(entry.fields)
    csl = fields.pop(f"{PREFIX}type", "")
    kind = fields.pop(ENTRY_FIELD, entry.kind)
    if csl not in TYPES:
        csl = csl_type(kind, fields, has_address=kind == "misc" and has_address(fields))
    record: dict[str, Any] = {"type": csl, "id": fields.pop(f"{PREFIX}id", entry.key).strip() or entry.key or NO_KEY}
    kept: list[tuple[str, str, str]] = []
    if _must_keep_type(csl, kind, typed="type" in fields):
        kept.append((TEX, ENTRY, kind))
    sources: dict[str, FieldValue] = {}
    rivals: set[str] = set()
    taken: set[str] = set()
    for field in sorted(fields, key=(_LATE_OF_INSTITUTIONS if csl in _INSTITUTIONAL else _LATE).__contains__):
        found = read_field(csl, field, fields) if field not in taken and fields[field].strip() else None
        if found is None or not found.value:
            continue
        if found.variable in sources:
            rivals.add(found.variable)
            continue
        sources[found.variable] = found
        taken.update(found.fields)
        record[found.variable] = found.value
    for variable in placeholders(record):
        del record[variable]
        taken.difference_update(sources.pop(variable).fields)
    for variable, found in sources.items():
        # Where another field gives the same variable too, the raw field keeps its name.
        if not found.lossless or variable in rivals:
            kept += [(TEX, name, fields[name]) for name in found.fields]
    kept += read_short_names(record, fields, taken)
    kept += _add_implied(record, fields, taken)
    _infer(record, entry, taken)
    kept += [
        ("bibtex", name, raw)
        for name, raw in fields.items()
        if name not in taken and not _only_gives_type(name, csl, raw)
    ]
    kept += [("bibtex", name, raw) for name, raw in entry.repeated]
    passthrough = [parse_extra(decode(raw).text) for name, raw in fields.items() if name.startswith(EXTRA)]
    kept = [field for field in kept if not field[1].startswith(EXTRA)] + [field for field in passthrough if field]
    if kept:
        record["extra"] = tuple(kept)
    return record


def _add_implied(record: dict[str, Any], fields: dict[str, str], taken: set[str]) -> Iterator[tuple[str, str, str]]:
    """Add the variables that other fields than their own give; yield the fields that are kept for that."""
    for variable, (value, field) in implied(record["type"], fields).items():
        if record.setdefault(variable, value) == value and field not in taken and field in RAW_SOURCES:
            taken.add(field)
            yield TEX, field, fields[field]


def _only_gives_type(field: str, csl: str, raw: str) -> bool:
    """Whether a field only repeats the type of the work."""
    return field == "entrysubtype" and any(row.csl == csl and row.subtype == raw for row in ENTRY_TYPES)


_WRITTEN_TYPES = frozenset((row.csl, kind) for row in ENTRY_TYPES for kind in (row.biblatex, row.bibtex))
"""Each CSL type with the entry types that it is written as."""


def _must_keep_type(csl: str, kind: str, *, typed: bool) -> bool:
    """Whether the entry type has to be kept: neither dialect would write it for the CSL type."""
    if kind in THESES and csl == "thesis":
        return typed
    if kind == "techreport" and not typed:
        return True  # biblatex's @techreport is a @report with a type of its own (manual, 2.1.2)
    return (csl, kind) not in _WRITTEN_TYPES


def _infer(record: dict[str, Any], entry: Entry, taken: set[str]) -> None:
    """Add what the entry type implies, and "in press" from biblatex's pubstate."""
    if entry.kind in THESES and "type" not in entry.fields:
        record["genre"] = THESES[entry.kind]
    if entry.fields.get("pubstate") == "inpress" and "issued" not in record:
        record.pop("status", None)
        record["issued"] = "in press"
        taken.add("pubstate")


def _hint(message: str, field: str | None) -> str:
    where = f" in or after the field {field!r}" if field else ""
    if message == "unbalanced braces":
        return f", or a quote left open,{where}"
    if "'}' expected" in message or "')' expected" in message:
        return f"{where}; is a comma missing?"
    return where
