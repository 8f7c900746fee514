"""Bytes to text: UTF-8, what a byte order mark says, or a named encoding; and the likely one of other bytes. Pure."""

from __future__ import annotations

import codecs
import io
import re
from typing import BinaryIO

from tajikpeace_refs.errors import InputError, Problem, UsageError

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip


def encoding_of(start: bytes, named: str | None = None) -> str:
    """Return the encoding of a text: the one named, the one that its first four bytes mark, else UTF-8.

    Raises:
        UsageError: there is no encoding of that name.
    """
    if named is not None:
        try:
            name = codecs.lookup(named).name
        except LookupError:
            raise UsageError(f"there is no encoding {named!r}; use utf-8, windows-1251, koi8-r, gb18030 …") from None
        return "utf-8-sig" if name == "utf-8" else name
    return next((name for bom, name in _BOMS if start.startswith(bom)), "utf-8-sig")


def decode(data: bytes, file: str = "<string>", encoding: str | None = None) -> str:
    """Return bytes as text: in the encoding named, else as their byte order mark says, else UTF-8.

    Raises:
        InputError: they are in another encoding, which is named.
        UsageError: there is no encoding of that name.
    """
    chosen = encoding_of(data[:4], encoding)
    try:
        return data.decode(chosen)
    except UnicodeDecodeError:
        raise InputError([undecodable(io.BytesIO(data), file, chosen)]) from None


def encode(text: str) -> bytes:
    r"""Return a text in UTF-8; what is no UTF-8 in the name of a file stands as an escape, as in JSON: ``\udcff``."""
    return text.encode("utf-8", "backslashreplace")


def undecodable(raw: BinaryIO, file: str, encoding: str = "utf-8-sig") -> Problem:
    """Return the problem of bytes that are not in an encoding: where they stop being so, and what they may be in."""
    data = raw.read()
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "ignore")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        if encoding != "utf-8-sig":
            what = f"the byte 0x{data[error.start]:02X} is not {encoding}; name another encoding, or save it as UTF-8"
            return Problem(what, line=line, column=column, file=file)
        guess = guess_encoding(data)
        looks = f" (it looks like {guess})" if guess else ""
        way = f"name its encoding with --encoding {guess or 'NAME'}, or save the text as UTF-8"
        what = f"the byte 0x{data[error.start]:02X} is not UTF-8{looks}; {way}"
        return Problem(what, line=line, column=column, file=file)
    return Problem("the text is not UTF-8; save it as UTF-8", file=file)


_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]*[^\x00-\x7f\W\d_][^\W\d_]*")
_CYRILLIC = re.compile(r"[А-ЯЁІЇЄЎҐ]?[а-яёіїєўґ]*|[А-ЯЁІЇЄЎҐ]+")
_LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞŠŽŒ]?[a-zß-öø-ÿšžœ]*|[A-ZÀ-ÖØ-Þ]+")
_VOWEL = frozenset("аеёиоуыэюяіїєў")
_HAN = re.compile("[\u4e00-\u9fff]+")
_CANDIDATES = (("Windows-1251", _CYRILLIC), ("KOI8-R", _CYRILLIC), ("GB18030", _HAN), ("Windows-1252", _LATIN))
_ENOUGH = 0.8
"""The share of its words that have to be words of its languages in the likely encoding."""


def guess_encoding(data: bytes) -> str | None:
    """Return the likely encoding of bytes that are not UTF-8, judged by their words as a whole; None in doubt.

    >>> guess_encoding("1990–2000: «Мир и разоружение»".encode("cp1251")), guess_encoding("Müller".encode("cp1252"))
    ('Windows-1251', 'Windows-1252')
    """
    if all(byte < 0xC0 for byte in data):  # typographic signs, which stand in the same places of both
        return "Windows-1252"
    scores = sorted(((_score(data, name, words), name) for name, words in _CANDIDATES), reverse=True)
    (best, name), (second, _) = scores[:2]
    return name if best >= _ENOUGH and best > second else None


def _score(data: bytes, name: str, words: re.Pattern[str]) -> float:
    """Return the share of the words with other letters than ASCII's that are sound in an encoding."""
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return 0
    found = _WORD.findall(text)
    good = [word for word in found if words.fullmatch(word) and _is_likely(word, name)]
    is_evidence = any(len(word) > (1 if words is _HAN else 2) for word in good)
    return sum(map(len, good)) / sum(map(len, found)) if is_evidence else 0


def _is_likely(word: str, name: str) -> bool:
    """Whether a word of the right letters may be one: it has common characters, a vowel, mostly plain letters."""
    if name == "GB18030":  # the frequent characters of GB 2312, its level 1
        return sum(0xB0 <= char.encode(name)[0] <= 0xD7 for char in word) >= 0.8 * len(word)
    if name == "Windows-1252":
        return sum(char > "\x7f" for char in word) <= max(1, 0.5 * len(word))
    return len(word) < 3 or not _VOWEL.isdisjoint(word.lower())
