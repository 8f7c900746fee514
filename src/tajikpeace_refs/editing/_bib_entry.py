"""The text of one ``.bib`` entry with some of its fields changed, in the way in which it is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tajikpeace_refs.formats.bibtex import EntryText, entry_of

_BREAK = re.compile(r"\r\n|\r|\n")
_REST_OF_LINE = re.compile(r"[^\r\n]*+")


@dataclass(frozen=True, slots=True)
class Style:
    """How an entry is written.

    Args:
        before_comma: the blanks before a comma that separates two fields; a line break where lines begin with commas.
        lead: the blanks between that comma and the name of the next field.
        equals: the sign between the name and the value of a field, with its blanks.
        width: the width of name and sign where they are aligned, else 0.
        quote: what a value in braces or quotation marks begins with.
        bare_numbers: whether numbers have neither.
        case: which letters of the names of fields are capitals: ``upper``, ``title`` or ``lower``.
        type_case: the same of types.
        last_comma: whether a comma stands behind the last field.
        end: the blanks before the brace that ends the entry.
        newline: a line break.
    """

    before_comma: str = ""
    lead: str = "\n  "
    equals: str = " = "
    width: int = 0
    quote: str = "{"
    bare_numbers: bool = False
    case: str = "lower"
    type_case: str = "lower"
    last_comma: bool = True
    end: str = "\n"
    newline: str = "\n"

    @classmethod
    def usual(cls, newline: str) -> Style:
        """Return the style of our writer."""
        return cls(lead=f"{newline}  ", end=newline, newline=newline)

    @classmethod
    def of(cls, entry: EntryText, default: Style) -> Style:
        """Return the style of an entry; what it does not show is as in another style."""
        fields = entry.fields
        kind = _case([entry.text[slice(*entry.kind)]], default.type_case)
        if not fields:
            return replace(default, type_case=kind)
        ends = [entry.key[1], *(field.end for field in fields)]
        gaps = [entry.bare[end : field.start] for end, field in zip(ends, fields, strict=False)]
        clean = [gap for gap in gaps if gap.strip() == ","]
        before, _, lead = _most(clean, f"{default.before_comma},{default.lead}").partition(",")
        breaks = [*_BREAK.finditer(lead)]
        names = [entry.text[field.start : field.start + len(field.name)] for field in fields]
        signs = [entry.text[field.start + len(field.name) : field.value] for field in fields]
        widths = {len(name) + len(sign) for name, sign in zip(names, signs, strict=True)}
        is_aligned = len(widths) == 1 and len({*map(len, names)}) > 1
        values = [entry.text[field.value : field.end] for field in fields]
        rest = entry.bare[fields[-1].end : entry.close]
        is_clean = entry.text[fields[-1].end : entry.close] == rest and not rest.strip(", \t\r\n")
        return cls(
            before_comma=before,
            lead=lead[breaks[-1].start() :] if breaks else lead,
            equals=_most(signs, default.equals),
            width=max(widths) if is_aligned else 0,
            quote=_most([value[0] for value in values if value[:1] in {"{", '"'}], default.quote),
            bare_numbers=any(value.isdecimal() for value in values),
            case=_case(names, default.case),
            type_case=kind,
            last_comma="," in rest,
            end=rest.rpartition(",")[2] if is_clean else default.end,
            newline=default.newline,
        )

    def name(self, field: str) -> str:
        """Return the name of a field with the sign after it."""
        sign = self.equals
        if self.width:
            left, right = sign.split("=")
            room = self.width - len(field) - 1
            if len(left) >= len(right):
                sign = " " * max(room - len(right), 1) + "=" + right
            else:
                sign = left + "=" + " " * max(room - len(left), 1)
        return _in_case(field, self.case) + sign

    def value(self, tex: str, old: str = "") -> str:
        """Return a value as this style, or the value in whose place it comes, writes it."""
        if not is_group(tex):
            return tex
        inner = tex[1:-1]
        if inner.isdecimal() and inner.isascii() and (old.isdecimal() if old else self.bare_numbers):
            return inner
        quote = old[0] if old[:1] in {"{", '"'} else self.quote
        return f'"{inner}"' if quote == '"' and '"' not in inner else tex

    def whole(self, kind: str, key: str, fields: Mapping[str, str]) -> str:
        """Return an entry of a type and key with the values of its fields."""
        gap = f"{self.before_comma},{self.lead}"
        lines = "".join(f"{gap}{self.name(field)}{self.value(tex)}" for field, tex in fields.items())
        last = "," if self.last_comma and fields else ""
        return f"@{_in_case(kind, self.type_case)}{{{key}{lines}{last}{self.end}}}"

    def with_breaks(self, text: str) -> str:
        """Return a text with the line breaks of this style."""
        return _BREAK.sub(self.newline, text)


class EntryEditor:
    """An entry that is being changed; ``text`` is its text."""

    def __init__(self, text: str, default: Style) -> None:
        self.text = text
        self.style = Style.of(entry_of(text), default)

    @property
    def entry(self) -> EntryText:
        """The parts of the entry as it stands."""
        return entry_of(self.text)

    def set_type(self, kind: str) -> None:
        """Give the entry another type."""
        start, end = self.entry.kind
        self._splice(start, end, _in_case(kind, self.style.type_case))

    def set(self, name: str, tex: str, before: Sequence[str]) -> None:
        """Give a field a value: in its place, or behind the last that is there of some fields that come before it."""
        entry = self.entry
        field = entry.named(name)
        if field:
            self._splice(field.value, field.end, self.style.value(tex, self.text[field.value : field.end]))
            return
        numbers = {other.name: number for number, other in enumerate(entry.fields)}
        place = next((numbers[other] for other in reversed(before) if other in numbers), -1)
        self._insert(entry, place, f"{self.style.name(name)}{self.style.value(tex)}")

    def _insert(self, entry: EntryText, number: int, field: str) -> None:
        """Put a field behind the one with a number; -1: at the beginning."""
        style = self.style
        end = entry.fields[number].end if number >= 0 else entry.key[1]
        if _BREAK.search(style.before_comma):
            self._splice(end, end, f"{style.before_comma},{style.lead}{field}")
            return
        following = entry.fields[number + 1].start if number + 1 < len(entry.fields) else entry.close
        comma = entry.bare.find(",", end, following)
        has_comma = comma >= 0
        is_last = following == entry.close
        text = f"{style.lead}{field}" + ("," if not is_last or (has_comma and number >= 0) or style.last_comma else "")
        at = comma + 1 if has_comma else end
        rest = _REST_OF_LINE.match(entry.bare, at)
        line_end = rest.end() if rest else at
        if _BREAK.search(style.lead) and not entry.bare[at:line_end].strip() and line_end < entry.close:
            # What stands there is the comment of the field before it.
            text = entry.text[at:line_end] + text
        else:
            line_end = at
        if is_last and not entry.fields and not _BREAK.search(entry.bare[end : entry.close]):
            text += style.end
        self._splice(end, line_end, entry.text[end:at] + ("" if has_comma else ",") + text)

    def remove(self, name: str) -> None:
        """Remove a field, each time that it is there, with the comment on its line."""
        while field := (entry := self.entry).named(name):
            number = entry.fields.index(field)
            before = entry.fields[number - 1].end if number else entry.key[1]
            is_last = number + 1 == len(entry.fields)
            comma = entry.bare.find(",", field.end, entry.close if is_last else entry.fields[number + 1].start)
            led = _BREAK.search(entry.bare[before : field.start].partition(",")[0])
            if led and number:  # lines begin with commas
                self._splice(before, field.end, "")
                continue
            end = comma + 1 if comma >= 0 else field.end
            rest = _REST_OF_LINE.match(entry.bare, end)
            line_end = rest.end() if rest else end
            gap = entry.text[before : field.start]
            indent = len(gap) - len(gap.rstrip(" \t"))
            if gap[: len(gap) - indent].endswith(("\n", "\r")) and not entry.bare[end:line_end].strip():
                broken = gap[: len(gap) - indent]
                start = field.start - indent - (2 if broken.endswith("\r\n") else 1)
                end = line_end
            else:
                start = field.start - (indent if is_last else 0)
                end = end if is_last else entry.fields[number + 1].start
            self._splice(start, end, "")
            if is_last and comma < 0 and number:
                at = self.entry.bare.find(",", before)
                if at >= 0 and not self.style.last_comma:
                    self._splice(at, at + 1, "")

    def _splice(self, start: int, end: int, text: str) -> None:
        self.text = self.text[:start] + text + self.text[end:]


def _most(values: list[str], default: str) -> str:
    return Counter(values).most_common(1)[0][0] if values else default


def _case(words: list[str], default: str) -> str:
    if all(word.isupper() for word in words):
        return "upper"
    return "title" if all(word[:1].isupper() for word in words) else "lower" if words else default


def _in_case(word: str, case: str) -> str:
    return word.upper() if case == "upper" else word[:1].upper() + word[1:] if case == "title" else word


def is_group(tex: str) -> bool:
    """Whether a value is one group in braces."""
    depth = 0
    for number, letter in enumerate(tex):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if depth == 0:
            return letter == "}" and number == len(tex) - 1
    return False
