"""What can hardly be meant, in the data of any format: placeholders, text in a wrong encoding, invisible characters.

Readers of other programs' files use it at their door (``repair_encoding``, ``placeholders``); the pipeline warns of a
work's ``doubts``, and lint reports the same under their codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from tajikpeace_refs.errors import Problem
from tajikpeace_refs.model.base import attribute, csl_name
from tajikpeace_refs.model.editorial import ExtraField
from tajikpeace_refs.model.name import Name, NameForm
from tajikpeace_refs.model.pages import split_pages
from tajikpeace_refs.model.validation import Path, spell
from tajikpeace_refs.model.work import SPELLING, Work
from tajikpeace_refs.text.carriers import decode_carriers

PLACEHOLDER, ENCODING, INVISIBLE, CARRIER = "TP414", "TP415", "TP416", "TP417"
"""The codes of lint for each kind of doubt."""


class Doubt(NamedTuple):
    """What is doubtful in a work: the path of the value, a message, and the words, which begin at ``at``.

    ``replacement`` is what can safely stand in place of the words; None where a person must decide.
    """

    code: str
    path: Path
    message: str
    words: str
    at: int = 0
    replacement: str | None = None


# Python's None, R's NA, pandas' nan, spreadsheets' #N/A, and n/a of publishers whose article has no number yet.
_NOTHING = frozenset(
    {"n/a", "na", "n.a.", "#n/a", "none", "*none*", "nan", "<na>", "null", "(null)", "nil", "undefined"}
)
_DASHES = ("-", "--", "–")
_ONLY_DASHES = frozenset({*_DASHES, "—", "---"})
_SPELT = frozenset(
    spelt
    for word in (*_NOTHING, *_ONLY_DASHES, "0", "00")
    for case in (word, word.upper(), word.capitalize(), "NaN")
    for spelt in (case, *(f"{case}{dash}{case}" for dash in _DASHES))
)
_NEVER_NAUGHT = frozenset({"volume", "issue", "page", "page_first", "number"})
"""Numbers that are never 0; an edition, part or version may be."""
_NUMBERS = _NEVER_NAUGHT | {
    "number_of_pages", "number_of_volumes", "edition", "chapter_number", "collection_number", "part", "printing",
    "supplement", "section", "version", "doi", "isbn", "issn", "pmid", "pmcid", "url", "language", "issued",
}  # fmt: skip
# Texts that may be named NA, but not None or nan; a title and a name may be any word.
_TEXTS = frozenset({
    "publisher", "publisher_place", "container_title", "container_title_short", "collection_title", "event_title",
    "event_place", "abstract", "note", "genre", "medium", "source",
})  # fmt: skip
_LONGEST = len("undefined") * 2 + 2
_FIELDS = {
    "bibtex": {
        "address": "publisher-place", "location": "publisher-place", "journal": "container-title",
        "journaltitle": "container-title", "booktitle": "container-title", "series": "collection-title",
        "volume": "volume", "number": "issue", "issue": "issue", "pages": "page", "edition": "edition",
        "chapter": "chapter-number", "year": "issued", "date": "issued",
    },
    "ris": {
        "PB": "publisher", "CY": "publisher-place", "JO": "container-title", "JF": "container-title", "AB": "abstract",
        "VL": "volume", "IS": "issue", "SP": "page", "EP": "page", "M1": "number", "NV": "number-of-volumes",
        "ET": "edition", "SE": "section", "PY": "issued", "Y1": "issued",
    },
}  # fmt: skip
"""The variable of fields that have another name for it, by format."""


def placeholders(variables: Mapping[str, Any]) -> list[str]:
    """Return the attributes whose values are none, but what programs write for nothing.

    >>> placeholders({"volume": "0", "edition": "0", "page": "n/a--n/a", "title": "None", "issue": "-"})
    ['issue', 'page', 'volume']
    """
    return sorted(name for name in variables.keys() & (_NUMBERS | _TEXTS) if _is_nothing(name, variables[name]))


def _is_nothing(variable: str, value: Any) -> bool:  # noqa: ANN401 - any value
    text = value if type(value) is str else getattr(value, "literal", None) or ""
    if text[:1] in _DIGITS or len(text) > _LONGEST:
        return False
    if variable in _TEXTS:
        return text.lower() in _NOTHING and text.lower() not in {"na", "nil"}
    if text in _ONLY_DASHES:
        return True
    parts = split_pages(text.strip()) if variable == "page" else (text.strip(),)
    return all(
        part.lower() in _NOTHING or (variable in _NEVER_NAUGHT and part.strip("0") == "" != part) for part in parts
    )


_DIGITS = frozenset("123456789") | {""}


def _byte_of(codec: str) -> dict[str, int]:
    """Return the byte of each character of a one-byte encoding; what it leaves undefined is read as Latin-1."""
    table = {chr(byte): byte for byte in range(0x80, 0xA0)}
    for byte in range(0x100):
        table[bytes([byte]).decode(codec, "ignore") or chr(byte)] = byte
    return table


_WESTERN, _CYRILLIC = _byte_of("cp1252"), _byte_of("cp1251")


def _class(table: dict[str, int], first: int, last: int) -> str:
    return "[" + "".join(re.escape(char) for char, byte in table.items() if first <= byte <= last) + "]"


# UTF-8 read byte by byte: a first byte, Â to ô, and one of those that go on; of Cyrillic text, Р or С and such a one.
_AS_WESTERN = re.compile(_class(_WESTERN, 0xC2, 0xF4) + _class(_WESTERN, 0x80, 0xBF))
_AS_CYRILLIC = re.compile(f"(?:{_class(_CYRILLIC, 0xD0, 0xD3)}{_class(_CYRILLIC, 0x80, 0xBF)}){{2}}")
# What such text is likely to mean: letters of Europe and of Cyrillic, marks and signs of texts.
_LIKELY = re.compile("[\n\x20-\u024f\u0300-\u052f\u1e00-\u1fff\u2010-\u2044\u20ac\u2116\u2122]+")
_PUNCTUATION = re.compile("[\u2013-\u203a]")


def repair_encoding(text: str) -> str | None:
    """Return a text as it was before UTF-8 was read as Windows-1252 or 1251; None where that is not certain.

    It is certain where all of the text gives UTF-8 again, and that text is one.

    >>> repair_encoding("MÃ¼ller"), repair_encoding("РњРёСЂ РІ РўР°РґР¶РёРєРёСЃС‚Р°РЅРµ"), repair_encoding("“CAFÉ”")
    ('Müller', 'Мир в Таджикистане', None)
    """
    done = None
    for _ in range(3):  # some texts went through it twice
        if text.isascii() or (better := _repaired_once(text)) is None:
            break
        done = text = better
    return done


def repaired_raw(raw: str, *, is_tex: bool = False) -> tuple[str, str | None]:
    """Return a raw value without what a wrong encoding or a carrier put into it, and the message about the encoding."""
    repaired = repair_encoding(raw)
    message = None if repaired is None else f"is text in a wrong encoding; it is read as {repaired!r}"
    return decode_carriers(repaired or raw, is_tex=is_tex), message


def _repaired_once(text: str) -> str | None:
    for pattern, table in ((_AS_WESTERN, _WESTERN), (_AS_CYRILLIC, _CYRILLIC)):
        if (match := pattern.search(text)) is None:
            continue
        try:
            better = bytes([table[char] for char in text]).decode("utf-8")
        except (KeyError, UnicodeDecodeError):
            continue
        # A single letter before a mark may be just that: "MANHÃ…".
        is_long = len(text) - len(better) > 1
        is_sure = is_long or not _PUNCTUATION.match(match[0][1])
        if is_sure and _LIKELY.fullmatch(better):
            return better
    return None


_MOJIBAKE = re.compile(
    "[ÃÂ][\x80-\xbf\u0152\u0153\u0160\u0178\u017d\u017e\u0192\u20ac\u2122]|â€|(?:[ÐÑ][\x80-\xbf\u2013-\u203a\u20ac]){2}|\ufffd"
)
# Marks that print nothing: a text with them is not found. Joiners and marks of direction belong to some scripts;
# control characters beyond U+007F but U+0085, a line break, were dashes and quotation marks of Windows-1252.
_UNSEEN = re.compile(
    "[\x80-\x84\x86-\x9f]|[\u00ad\u2060\ufeff]|[\u200b-\u200f\u202a-\u202e\u2066-\u2069]|[\u2028\u2029]"
)
_JOINING = re.compile(
    "[\u0590-\u08ff\u0900-\u109f\u1780-\u17ff\u0e00-\u0fff\u200d\ufb1d-\ufdff\ufe0f\ufe70-\ufefc\U0001f000-\U0001faff]"
)
# What every such text has: looking for each sign is ten times as fast as looking for a set of characters.
_SIGNS = (*"ÃÂÐÑâ\ufffd\u00ad\u2060\ufeff\u2028\u2029", *map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F))))
_REFERENCE = re.compile(r"&\}?#?\w+[;${]")
_TAG = re.compile(r"<(?!/?(?:i|b|em|strong|sub|sup|sc|span)[ >])/?[A-Za-z]")
_ODD = re.compile(f"{_MOJIBAKE.pattern}|{_UNSEEN.pattern}")


def is_plain(text: str) -> bool:
    """Whether a text holds no sign that gives reason to doubt it."""
    if not text.isascii():
        for sign in _SIGNS:
            if sign in text and _ODD.search(text):
                return False
        if ("Р" in text or "С" in text) and _AS_CYRILLIC.search(text):
            return False
        if not text.isprintable() and _UNSEEN.search(text):
            return False
    return not (("&" in text and _REFERENCE.search(text)) or ("<" in text and _TAG.search(text)))


def are_sound(texts: list[Any]) -> bool:
    """Whether no text of a work can be doubted: one plain test for all, as it is made of every work that is read."""
    try:
        return _SPELT.isdisjoint(texts) and is_plain(" ".join(texts))
    except TypeError:  # a form of a name, a truth value
        return False


def texts_of(variables: Mapping[str, Any]) -> list[Any]:
    """Return the texts in the values of variables, those of names included; another form of a name as it is."""
    found: list[Any] = []
    for value in variables.values():
        kind = type(value)
        if kind is str:
            found.append(value)
        elif kind is tuple:
            for item in value:
                found += item.__dict__.values() if type(item) is Name else (item,) if type(item) is str else ()
    return found


def doubts(work: Work) -> Iterator[Doubt]:
    """Yield what is doubtful in the values of a work."""
    held = work.__dict__
    if "extra" in held:
        yield from _left_out(work)
    if are_sound(texts_of(held)):
        return
    for name in placeholders(held):
        value = str(held[name])
        yield Doubt(
            PLACEHOLDER, (SPELLING[name],), f"{value!r} means that there is no value; leave {SPELLING[name]} out", value
        )
    for name, value in held.items():
        if SPELLING[name] in _VERBATIM:
            continue
        for path, text in _texts((SPELLING[name],), value):
            if not is_plain(text):
                yield from _of_text(path, text)


_VERBATIM = frozenset({"id", "type", "URL", "archive-url", "DOI", "printed", "corrections", "extra"})


def _texts(path: Path, value: Any) -> Iterator[tuple[Path, str]]:  # noqa: ANN401 - any value
    """Yield each text in a value, and its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, (Name, NameForm)):
        for part, held in value.__dict__.items():
            yield from _texts((*path, csl_name(part)), held)
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _texts((*path, number), item)


def _left_out(work: Work) -> Iterator[Doubt]:
    """Yield the placeholders that readers have left out: they are kept as fields of their format."""
    seen = set()
    for format_name, field, raw in work.extra:
        if len(raw) > _LONGEST or format_name == "tex":
            continue
        variable = _FIELDS.get(format_name, {}).get(field) or (format_name in _READ and SPELLING.get(field.lower()))
        value = raw.strip('"')
        if variable and variable not in seen and placeholders({attribute(variable): value}):
            seen.add(variable)
            message = f"{value!r} in {field} means that there is no value; it is left out, remove the field"
            yield Doubt(PLACEHOLDER, (variable,), message, value)


_READ = frozenset({"bibtex", "csl-json"})


def _of_text(path: Path, value: str) -> Iterator[Doubt]:
    if not value.isascii():
        if (better := repair_encoding(value)) is not None:
            message = f"{value!r} is text in a wrong encoding; write {better!r}"
            yield Doubt(ENCODING, path, message, value, replacement=better)
        else:
            if match := _MOJIBAKE.search(value) or _AS_CYRILLIC.search(value):
                message = f"{match[0]!r} looks like text in a wrong encoding; compare with the source"
                yield Doubt(ENCODING, path, message, match[0], match.start())
            yield from _unseen(path, value)
    if ("&" in value or "<" in value) and (better := decode_carriers(value)) != value:
        message = f"contains HTML; write {better!r}"
        yield Doubt(CARRIER, path, message, value, replacement=better)


def _unseen(path: Path, value: str) -> Iterator[Doubt]:
    replacement: str | None
    is_joining = _JOINING.search(value) is not None
    for match in _UNSEEN.finditer(value):
        if match[0] < "\xa0":
            meant = bytes([ord(match[0])]).decode("cp1252", "replace")
            message = f"a control character (U+{ord(match[0]):04X}), {meant!r} in Windows-1252; compare with the source"
            replacement = None
        elif match[0] in "\u2028\u2029":
            message, replacement = f"a line separator (U+{ord(match[0]):04X}); write a space", " "
        elif is_joining and match[0] not in "\u00ad\ufeff":
            continue
        else:
            message, replacement = f"an invisible character (U+{ord(match[0]):04X}); remove it", ""
        yield Doubt(INVISIBLE, path, message, match[0], match.start(), replacement)


def repaired(work: Work, format_name: str) -> tuple[Work, list[Doubt]]:
    """Return a work without what is certainly wrong in its values, and the doubts that a person should know of.

    Placeholders become extra fields of the format; texts in a wrong encoding and HTML are read as they were meant.
    """
    found = [*doubts(work)]
    changes: dict[str, Any] = {}
    extra = [*work.extra]
    for doubt in found:
        name = attribute(str(doubt.path[0]))
        if doubt.code == PLACEHOLDER and getattr(work, name) is not None:
            changes[name] = None
            extra.append(ExtraField(format_name, str(doubt.path[0]), f'"{doubt.words}"'))
        elif doubt.code in {ENCODING, CARRIER} and doubt.replacement is not None:
            changes[name] = _sound(changes.get(name, getattr(work, name)), doubt.path[1:], name)
    if not changes:
        return work, []
    if len(extra) > len(work.extra):
        changes["extra"] = tuple(extra)
    return work.replace(**changes), [doubt for doubt in found if doubt.code == ENCODING and doubt.replacement]


def _sound(value: Any, path: Path, variable: str) -> Any:  # noqa: ANN401 - any value
    """Return a value with the text at a path inside it repaired."""
    if path and isinstance(value, tuple):
        number = int(path[0])
        return (*value[:number], _sound(value[number], path[1:], variable), *value[number + 1 :])
    if path:
        part = attribute(str(path[0]))
        return value.model_copy(update={part: _sound(getattr(value, part), (), variable)})
    text = decode_carriers(repair_encoding(value) or value)
    return text if variable in _PARAGRAPHS else " ".join(re.split(r"[ \n]+", text))


_PARAGRAPHS = frozenset({"abstract", "annote", "note"})


def warnings_of(work: Work, work_id: str, line: int | None) -> list[Problem]:
    """Return the doubts about a work that a reader gave, as warnings at the line in which it begins: one a value."""
    found = {doubt.path: doubt for doubt in reversed([*doubts(work)])}
    return [
        Problem(doubt.message, work_id, spell(path), line=line, severity="warning")
        for path, doubt in reversed(found.items())
    ]
