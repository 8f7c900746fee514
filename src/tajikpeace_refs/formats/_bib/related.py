"""What an entry says of another that it names in ``related`` (biblatex manual, 3.5): what it reviews, or translates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tajikpeace_refs.formats._bib.latex_decode import decode
from tajikpeace_refs.formats._bib.splitter import Entry

Record = Mapping[str, Any]
_REVIEW_OF = re.compile(r"(?:rev\.|review) of (?:the |an? )?(?P<kind>.*)", re.IGNORECASE)
_REVIEWED = {"book": "book", "article-journal": "article", "motion_picture": "film", "song": "album"}


def related_variables(entry: Entry, entries: Mapping[str, Entry], read: Callable[[Entry], Record]) -> dict[str, Any]:
    """Return the variables that the related entry gives.

    Args:
        entry: the entry that names another; ``relatedtype`` says how, ``relatedstring`` in which words.
        entries: the entries that others name, by their keys in small letters.
        read: gives the record of an entry.
    """
    find = _RELATIONS.get(entry.fields.get("relatedtype", "").strip())
    other = entries.get(entry.fields.get("related", "").strip().lower())
    if not find or not other or other.key == entry.key:
        return {}
    found = find(decode(entry.fields.get("relatedstring", "")).text, read(other))
    return {variable: value for variable, value in found if value}


def _reviewed(words: str, other: Record) -> Iterator[tuple[str, Any]]:
    """Yield what is reviewed (APA 10.7); biblatex-apa names its kind in ``relatedstring``: "Review of the film"."""
    match = _REVIEW_OF.fullmatch(words)
    yield "reviewed_title", other.get("title")
    yield "reviewed_genre", match["kind"] if match and match["kind"] else _REVIEWED.get(other["type"])
    yield "reviewed_author", next((other[role] for role in _AUTHORS if other.get(role)), ())


_AUTHORS = ("author", "director", "script_writer", "series_creator", "editor")


def _commented(words: str, other: Record) -> Iterator[tuple[str, Any]]:
    if title := other.get("title"):
        yield "genre", f"{words or 'Comment on'} “{title}”"


def _translated(_words: str, other: Record) -> Iterator[tuple[str, Any]]:
    yield "original_title", other.get("title")
    yield "original_date", other.get("issued")


_RELATIONS = {"reviewof": _reviewed, "commenton": _commented, "translationof": _translated}
