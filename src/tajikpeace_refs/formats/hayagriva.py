"""Hayagriva, the YAML of Typst: entries under their keys, each with the parents it appeared in (docs/formats.md)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from tajikpeace_refs.formats._hayagriva.reader import read_text
from tajikpeace_refs.formats._hayagriva.rows import NAME
from tajikpeace_refs.formats._hayagriva.writer import write
from tajikpeace_refs.formats.base import Delimiters, Format, Item
from tajikpeace_refs.yaml_text import YamlText


def read(stream: TextIO) -> Iterator[Item]:
    """Yield the works of a text, and a Problem for each mistake; what CSL has no variable for is kept."""
    return read_text(YamlText(stream.read()))


FORMAT = Format(
    name=NAME,
    label="Hayagriva",
    read=read,
    write=write,
    delimiters=lambda _front: Delimiters(separator="\n", empty="{}\n"),
)
