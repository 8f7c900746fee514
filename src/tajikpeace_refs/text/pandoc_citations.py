"""Pandoc's syntax of citations: ``[see @a, p. 5; -@b, chap. 2]``, ``@a [p. 5]`` (its manual, "Citation syntax")."""

from __future__ import annotations

import re

from tajikpeace_refs.errors import UsageError
from tajikpeace_refs.model.citation import Citation, CitationGroup, Mode
from tajikpeace_refs.model.locator import begin_locator
from tajikpeace_refs.text.markdown import from_markdown

# A key is letters, digits and "_", single signs between them; any other key stands in braces.
PLAIN_KEY = r"\w(?:\w|[:.#$%&\-+?<>~/](?=\w)|[:/](?=/))*"
KEY = re.compile(rf"@(?:\{{((?:[^{{}}\s]|\{{[^{{}}\s]*\}})+)\}}|({PLAIN_KEY}))")
# An id may hold spaces, which pandoc does not read. "\@" and the "@" of "me@home.org" begin no key.
_ANY_KEY = rf"(?<![^\W_])@(?:\{{((?:[^{{}}]|\{{[^{{}}]*\}})+)\}}|({PLAIN_KEY}))"
_WORDS = r"(?:[^@\\]|\\.|(?<=[^\W_])@)*"
_ITEM = re.compile(rf"(?P<prefix>{_WORDS}?)(?P<minus>(?<![^\s])-)?{_ANY_KEY}(?P<rest>{_WORDS})", re.DOTALL)
_INSIDE = r"(?:[^\[\]]|\[[^\[\]]*\])*"
_ALONE = re.compile(rf"(?P<minus>-)?{_ANY_KEY}\s*(?:\[(?P<inside>{_INSIDE})\])?", re.DOTALL)
_SEPARATOR = re.compile(r";(?![^{]*\})")
_BRACED = re.compile(r",?\s*\{(?P<locator>[^{}]*)\}(?P<suffix>.*)", re.DOTALL)


def is_citation(text: str) -> bool:
    """Whether a text is meant as a citation in this syntax, and not as the id of a work."""
    return text.lstrip().startswith(("[", "@", "-@"))


def parse_citation(text: str) -> CitationGroup:
    """Return the citation that a text in pandoc's syntax describes, for `Citer.cite`.

    >>> parse_citation("[see @a, p. 5; -@b]").items[0].prefix, parse_citation("@a [p. 5]").is_narrative
    ('see', True)

    Raises:
        UsageError: the text is not a citation; the message names what is expected.
    """
    stripped = text.strip()
    if alone := _ALONE.fullmatch(stripped):
        first, *others = _SEPARATOR.split(alone["inside"] or "")
        if "@" in first:
            first, others = "", [first, *others]
        locator, suffix = _place(f", {first}" if first.strip() else "")
        item = Citation(alone[2] or alone[3], locator, "", suffix, _mode(alone))
        return CitationGroup((item, *map(_item, others)), is_narrative=not alone["minus"])
    if stripped.startswith("[") and stripped.endswith("]"):
        return CitationGroup(tuple(map(_item, _SEPARATOR.split(stripped[1:-1]))))
    raise UsageError(f"{text!r} is not a citation; write '[see @key, p. 5; @key]', '@key' or '@key [p. 5]'")


def _item(text: str) -> Citation:
    match = _ITEM.fullmatch(text)
    if match is None:
        many = text.count("@") > 1
        what = "names two works; put ';' between them" if many else "names no work; write @ and its id"
        raise UsageError(f"the part {text.strip()!r} of the citation {what}")
    locator, suffix = _place(match["rest"])
    prefix = from_markdown(match["prefix"].strip())
    return Citation(match[3] or match[4], locator, prefix, suffix, _mode(match))


def _mode(match: re.Match[str]) -> Mode:
    return "suppress-author" if match["minus"] else "normal"


def _place(rest: str) -> tuple[str | None, str]:
    """Return the locator and the suffix in what follows a key; a locator that is not a number stands in braces."""
    if braced := _BRACED.fullmatch(rest):
        locator, suffix = braced["locator"], braced["suffix"]
    else:
        words = rest.lstrip(", \t\n")
        locator, suffix = begin_locator(words)
        suffix = suffix if locator else rest
    return locator.strip() or None, from_markdown(suffix.rstrip())
