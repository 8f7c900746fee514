"""The registry of formats: names, suffixes and how a text is recognised, without importing any of them.

To add a format, add one module with a constant ``FORMAT``, and its line in ``_KNOWN``.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from pathlib import PurePath
from typing import NamedTuple

from tajikpeace_refs.errors import UsageError, did_you_mean
from tajikpeace_refs.formats.base import Format
from tajikpeace_refs.options import FormatName, Markup

__all__ = [
    "Format", "for_path", "for_source", "get", "markup_for", "misnamed", "names", "recognise", "refuse_suffix",
    "suffixes",
]  # fmt: skip


class _Known(NamedTuple):
    """What is known of a format before it is imported: the markup each suffix implies, and how its texts begin."""

    suffixes: dict[str, Markup]
    sniff: str = ""


OFFICE: tuple[str, ...] = (".docx", ".odt", ".rtf")
"""Suffixes of word processors: pandoc makes these documents from a reference list in HTML."""
_BIB = r"(?m)^[^\S\n]*@\s*\w+\s*[{(]\s*[^\s,{}()=]*\s*[,=]"
_HAYAGRIVA = (
    r"\A\ufeff?(?:(?:[ \t]*(?:#[^\n]*)?|---[ \t]*)\n)*"
    r"(?![\"']?(?:references|source|proper-nouns)[\"']?:)[^\s#\[{@<-][^\n]*:[ \t]*(?:#[^\n]*)?\n"
    r"(?:(?:[ \t][^\n]*|#[^\n]*)?\n)*?[ \t]+(?:type|title|parent|author|date):\s"
)
"""A key at the margin, alone in its line, and a field of an entry indented below it."""
_HTML: dict[str, Markup] = {".html": "html", ".htm": "html"}
_KNOWN: dict[FormatName, _Known] = {  # of two that look alike, the first is the one that is recognised
    "apa": _Known(
        {".txt": "plain", ".md": "markdown", ".markdown": "markdown", ".tex": "latex", **dict.fromkeys(OFFICE, "html")}
    ),
    "bibtex": _Known({".bib": "plain"}, _BIB),
    "biblatex": _Known({}, _BIB),
    "csl-json": _Known({".json": "plain"}, r"\A\s*[\[{]\s*[\"{\]}]"),
    "csl-jsonl": _Known({".jsonl": "plain"}),
    "csl-yaml": _Known({".yaml": "plain", ".yml": "plain"}, r"(?m)^(references:|- (id|type|title|author): )"),
    "gost": _Known({}),
    "hayagriva": _Known({}, _HAYAGRIVA),
    "html": _Known(_HTML),
    "printed": _Known({}),
    "ris": _Known({".ris": "plain"}, r"(?mi)^[ \t]*TY {1,2}- ?"),
}
_ALSO: dict[FormatName, dict[str, Markup]] = {
    "apa": _HTML, "gost": _KNOWN["apa"].suffixes | _HTML, "biblatex": {".bib": "plain"},
    "hayagriva": _KNOWN["csl-yaml"].suffixes,
}  # fmt: skip
"""Suffixes that a format may be given, though alone they stand for another."""
_SUFFIXES = {suffix: name for name, known in _KNOWN.items() for suffix in known.suffixes}


def names() -> tuple[FormatName, ...]:
    """Return the names of all formats, sorted."""
    return tuple(sorted(_KNOWN))


@cache
def get(name: str) -> Format:
    """Return the format of that name.

    Raises:
        UsageError: there is no such format; the known ones are named.
    """
    if name not in _KNOWN:
        raise UsageError(f"unknown format {name!r}{did_you_mean(name, names())}; known: {', '.join(names())}")
    module = import_module(f"{__name__}.{name.replace('-', '_')}")
    found: Format = module.FORMAT
    return found


def for_path(path: str | PurePath) -> Format:
    """Return the format that the suffix of a path stands for.

    Raises:
        UsageError: no format has that suffix.
    """
    suffix = PurePath(path).suffix.lower()
    if suffix in _SUFFIXES:
        return get(_SUFFIXES[suffix])
    what = f"the suffix {suffix!r} of {str(path)!r}" if suffix else f"{str(path)!r}, which has no suffix,"
    raise UsageError(f"{what} names no format; use one of {' '.join(sorted(_SUFFIXES))}, or name the format")


_DOCUMENTS = frozenset({".md", ".qmd", ".rmd", ".markdown"})
"""Suffixes of documents that may hold a list of works in the YAML at their top."""


def for_source(path: str | PurePath) -> Format:
    """Return the format in which the file of a path is read; of a document it is that of the YAML at its top.

    Raises:
        UsageError: no format has that suffix.
    """
    return get("csl-yaml") if PurePath(path).suffix.lower() in _DOCUMENTS else for_path(path)


def suffixes(name: FormatName) -> tuple[str, ...]:
    """Return the file suffixes of a format, with their dots."""
    return tuple(_KNOWN[name].suffixes)


def markup_for(name: FormatName, suffix: str) -> Markup:
    """Return the markup that a file's suffix implies for a format: ``.md``, in either case, is Markdown."""
    return (_KNOWN[name].suffixes | _ALSO.get(name, {})).get(suffix.lower(), "plain")


def refuse_suffix(name: FormatName, path: str | PurePath, markup: Markup | None = None) -> None:
    """Refuse to write a format, or a reference list in a markup, to a file whose suffix says something else.

    ``.txt`` and suffixes that are no format's say nothing.

    Raises:
        UsageError: the message has the commands that are right.
    """
    path = PurePath(path)
    suffix = path.suffix.lower()
    own = _KNOWN[name].suffixes | _ALSO.get(name, {})
    if suffix == ".txt" or suffix not in _SUFFIXES | own:
        return
    if suffix not in own:
        other = _SUFFIXES[suffix]
        right = f"write -o {path.with_suffix(next(iter(own), ''))}, or --to {other}"
        raise UsageError(f"{str(path)!r} is {get(other).label} by its name, not {get(name).label}; {right}")
    if name == "html" and markup:
        raise UsageError(f"{str(path)!r} is the page by its name, which has one markup; for an APA list write --to apa")
    if name in {"apa", "gost"} and markup and markup != own[suffix]:
        fitting = next(each for each, implied in own.items() if implied == markup and each not in OFFICE)
        right = f"leave out --markup, or write -o {path.with_suffix(fitting)}"
        what = "made by pandoc" if suffix in OFFICE else f"in {own[suffix]} markup"
        raise UsageError(f"{str(path)!r} is {what} by its name, not in {markup} markup; {right}")


def recognise(head: str) -> FormatName | None:
    """Return the name of the format that the start of a text looks like, or None."""
    return next((name for name in _KNOWN if _looks_like(name, head)), None)


def misnamed(name: FormatName, head: str) -> FormatName | None:
    """Return the name of the format that a text looks like, where it surely is not the one it is said to be.

    A file of Hayagriva, which has the suffix of CSL-YAML, is read as such.
    """
    found = recognise(head) if _KNOWN[name].sniff and not _looks_like(name, head) else None
    return None if (name, found) == ("csl-yaml", "hayagriva") else found


def _looks_like(name: FormatName, head: str) -> bool:
    sniff = _KNOWN[name].sniff
    return bool(sniff) and re.search(sniff, head) is not None
