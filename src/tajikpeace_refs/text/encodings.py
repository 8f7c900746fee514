"""Bytes to text: UTF-8, and what is said where bytes are something else. Pure."""

from __future__ import annotations

import codecs
import io
from itertools import pairwise
from typing import BinaryIO

from tajikpeace_refs.errors import InputError, Problem

_OTHER_BOMS = (
    (codecs.BOM_UTF32_LE, "UTF-32"), (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16"),
)  # fmt: skip


def decode(data: bytes, file: str = "<string>") -> str:
    """Return bytes as text: UTF-8, with or without a byte order mark.

    Raises:
        InputError: they are in another encoding, which is named.
    """
    refuse_other_bom(data[:4], file)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError([undecodable(io.BytesIO(data), file)]) from None


def refuse_other_bom(start: bytes, file: str) -> None:
    """Raise an InputError where the first bytes of a text are the byte order mark of UTF-16 or UTF-32."""
    for bom, name in _OTHER_BOMS:
        if start.startswith(bom):
            raise InputError([Problem(f"the text is in {name}; save it as UTF-8", line=1, column=1, file=file)])


def undecodable(raw: BinaryIO, file: str) -> Problem:
    """Return the problem of bytes that are not UTF-8: where they stop being so, and the encoding that is likely."""
    for number, line in enumerate(raw, 1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            column = len(line[: error.start].decode("utf-8")) + 1
            what = f"the byte 0x{line[error.start]:02X} is not UTF-8 (it looks like {_guess(line)})"
            return Problem(f"{what}; save the text as UTF-8", line=number, column=column, file=file)
    return Problem("the text is not UTF-8; save it as UTF-8", file=file)


def _guess(line: bytes) -> str:
    """Name the likely single-byte encoding: high letters stand side by side in Cyrillic words, alone in Latin ones."""
    in_a_row = any(one >= 0xC0 and two >= 0xC0 for one, two in pairwise(line))
    return "Windows-1251" if in_a_row else "Windows-1252"
