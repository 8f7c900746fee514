"""The text of one entry as its parts: type, key, and where each field stands."""

from __future__ import annotations

import io
import re
from typing import NamedTuple

from tajikpeace_refs.formats._bib.splitter import Block

_HEAD = re.compile(r"@\s*+([\w-]++)\s*+([{(])\s*+([^\s,{}()\"=]*+)(?!\s*=)")
_HEAD_WITHOUT_KEY = re.compile(r"@\s*+([\w-]++)\s*+([{(])()")
_BETWEEN = re.compile(r"[\s,]*+")
_NAME = re.compile(r"([^\s\d\"#%'(),={}][^\s\"#%'(),={}]*+)\s*+=\s*+")
_SIGN = re.compile(r"[{}(),\"]")


class FieldText(NamedTuple):
    """A field of an entry: its name in small letters, where it begins, and where its value begins and ends."""

    name: str
    start: int
    value: int
    end: int


class EntryText(NamedTuple):
    """The text of an entry. Places are offsets in it; ``bare`` is the text with its comments blanked out.

    ``kind`` and ``key`` are where its type and key begin and end, ``close`` is where the brace stands that ends it.
    Not ``is_whole``: it has no key, or something in it is no field.
    """

    text: str
    bare: str
    kind: tuple[int, int]
    key: tuple[int, int]
    fields: tuple[FieldText, ...]
    close: int
    is_whole: bool

    @classmethod
    def of(cls, text: str, block: Block) -> EntryText:
        """Return the parts of the text of a block, as it stands, comments and line ends included."""
        bare = _without_comments(text, block)
        head = _HEAD.match(bare) or _HEAD_WITHOUT_KEY.match(bare)
        if head is None:
            return cls(text, bare, (0, 0), (0, 0), (), len(bare) - 1, is_whole=False)
        fields, close = _fields(bare, head.end(), "}" if head[2] == "{" else ")")
        is_whole = head[3] != "" and close == len(bare) - 1
        return cls(text, bare, head.span(1), head.span(3), tuple(fields), close, is_whole)

    def named(self, name: str) -> FieldText | None:
        """Return the first field of a name, which is the one that counts."""
        return next((field for field in self.fields if field.name == name), None)


def _without_comments(text: str, block: Block) -> str:
    """Return the text of a block with blanks in the place of its comments."""
    if "%" not in text or block.text == text:
        return text
    wholes = io.StringIO(text, newline="")
    pairs = [(line, whole.rstrip("\r\n"), whole) for line, whole in zip(block.text.split("\n"), wholes, strict=True)]
    return "".join(line.ljust(len(words)) + whole[len(words) :] for line, words, whole in pairs)


def _fields(text: str, at: int, closer: str) -> tuple[list[FieldText], int]:
    """Return the fields of an entry, from behind its key on, and where it is closed, or where something else stands."""
    fields: list[FieldText] = []
    while True:
        between = _BETWEEN.match(text, at)
        at = between.end() if between else at
        name = _NAME.match(text, at)
        if not name:
            return fields, at if text.startswith(closer, at) else -1
        end = _end_of_value(text, name.end(), closer)
        blank = len(text[name.end() : end].rstrip())
        fields.append(FieldText(name[1].lower(), at, name.end(), name.end() + blank))
        at = end


def _end_of_value(text: str, at: int, closer: str) -> int:
    """Return where the comma or the end of the entry stands behind the value that begins at a place."""
    depth, is_quoted = 0, False
    for sign in _SIGN.finditer(text, at):
        if sign[0] == "{":
            depth += 1
        elif sign[0] == "}":
            if depth == 0:
                return sign.start()
            depth -= 1
        elif depth == 0 and sign[0] == '"':
            is_quoted = not is_quoted
        elif depth == 0 and not is_quoted and sign[0] in {",", closer}:
            return sign.start()
    return len(text)
