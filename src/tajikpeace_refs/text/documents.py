"""The works that a document cites: the keys of its citations, with their places. Pure.

Read are the sources that people write (Markdown of pandoc and Quarto, LaTeX, Typst), and what LaTeX and biblatex write
for BibTeX and biber (``.aux``, ``.bcf``). What is no text of the document (code, comments, addresses) is blanked out
before keys are looked for, so that places stay.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from tajikpeace_refs.errors import Problem, UsageError, no_work
from tajikpeace_refs.text.pandoc_citations import KEY, PLAIN_KEY
from tajikpeace_refs.yaml_text import spliced

ALL = "*"
"""The key that stands for every work: ``\\nocite{*}``, ``@*``."""


class CitedKey(NamedTuple):
    """A key where a document cites it. ``may_be_label``: it looks like that of a cross-reference (``fig-map``)."""

    key: str
    line: int
    column: int
    may_be_label: bool = False


class Label(NamedTuple):
    """A label that the document sets, for cross-references: they are written as citations are."""

    name: str


class Included(NamedTuple):
    """The name of another file that belongs to the document, as it is written."""

    name: str


Found = tuple[int, str]
"""An offset, and the key that stands there."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a kind of document is read: what is no text of it, its citations, the labels it sets, the files it includes.

    ``keys`` takes the text with what is no text blanked out. ``bare`` is a key that needs no braces after ``@``,
    ``any_key`` one that can be cited at all. ``mentions`` yields keys that stand elsewhere than in citations.
    """

    shown: Callable[[str], str]
    keys: Callable[[str], Iterator[Found]]
    includes: re.Pattern[str]
    labels: re.Pattern[str]
    cross_reference: re.Pattern[str]
    bare: re.Pattern[str]
    any_key: re.Pattern[str]
    mentions: Callable[[str], Iterator[Found]] = lambda _: iter(())


_NONE = re.compile(r"(?!)")
_ANY = re.compile(r"(?s).+")
_NOT_LINE_END = re.compile(r"[^\n]")
_CODE_SPAN = r"(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)(?P=ticks)(?!`)"
_ADDRESS = r"(?<!@)(?<!@\{)\b(?:https?|ftp)://[^\s)\]>]+"


def _blank(text: str) -> str:
    """Return spaces and line ends in the places of a text."""
    return _NOT_LINE_END.sub(" ", text)


def _without(pattern: re.Pattern[str]) -> Callable[[str], str]:
    return lambda text: pattern.sub(lambda match: _blank(match[0]), text)


def _split(match: re.Match[str], group: int = 1) -> Iterator[Found]:
    """Yield the keys of a list with commas; a parameter of a macro is no key."""
    for part in re.finditer(r"[^,\s]+(?:\s+[^,\s]+)*", match[group]):
        if not re.search(r"[\s#\\]", part[0]):
            yield match.start(group) + part.start(), part[0]


# Markdown: code, comments, HTML and addresses are no text; captions of code cells are (Quarto).
_FENCE = re.compile(r"[ \t]*(?:>[ \t]*)*(`{3,}|~{3,})(?![^\n]*`{3})")
_CAPTION = re.compile(r"[ \t]*#\|[ \t]*[\w-]*(?:cap|alt):")
_QUOTED = r"\"[^\"]*\"|'[^']*'"
_HTML_TAG = (
    rf"</?[A-Za-z][\w:-]*(?:\s+[\w:-]+(?:\s*=\s*(?:{_QUOTED}|[^\s\"'=<>`]+))?)*\s*/?>|<[A-Za-z][^\s<>]*[:@][^\s<>]*>"
)
_LINK_TARGET = rf"(?<=\]\()[^()\s]+|^[ ]{{0,3}}\[[^\]@^][^\]@]*\]:[ \t]*\S+(?:[ \t]+(?:{_QUOTED}))?"
_ATTRIBUTES = r"(?<=[\])])\{[^{}\n]*=[^{}\n]*\}"
_MARKDOWN_NO_TEXT = re.compile(
    rf"{_CODE_SPAN}|<!--(?:(?!<!--).)*?-->|{_LINK_TARGET}|{_HTML_TAG}|{_ATTRIBUTES}|{_ADDRESS}|\\[@\\]",
    re.DOTALL | re.MULTILINE,
)
_MARKDOWN_KEY = re.compile(rf"(?<![^\W_]){KEY.pattern}")
_ALL_WORKS = re.compile(r"(?<!\S)@(\*)(?!\S)")
_LATEX_IN_MARKDOWN = re.compile(r"\\[A-Za-z]*cite[a-z]*\*?(?:\[[^\[\]]*\])*\{([^{}]+)\}")
_MARKDOWN_LABEL = re.compile(
    r"\{#(?P<a>[^\s{}]+)|^[ \t]*#\|[ \t]*label:[ \t]*[\"']?(?P<b>[\w:-]+)|^[ \t]*\(@(?P<c>[\w-]+)\)", re.MULTILINE
)


# Four spaces after an empty line are code, unless they belong to a list, a note, a definition or metadata.
_INDENTED = re.compile(r" {4}| {0,3}\t")
_HAS_INDENTED_TEXT = re.compile(
    r"\s{0,3}(?:[-+*:~]|\(?(?:[\d#]+|[A-Za-z]|[ivxlcIVXLC]+|@[\w-]*)[.)]|\[\^[^\]]+\]:|[\w-]+:)\s"
)


def _markdown_text(text: str) -> str:
    lines = _without_indented_code(_without_fenced_code(text.splitlines(keepends=True)))
    return _without(_MARKDOWN_NO_TEXT)("".join(lines))


def _without_fenced_code(lines: Iterable[str]) -> Iterator[str]:
    fence = ""
    for line in lines:
        opened = _FENCE.match(line)
        if fence:
            yield line if _CAPTION.match(line) else _blank(line)
            if opened and opened[1].startswith(fence) and not line[opened.end() :].strip("`~ \t\r\n"):
                fence = ""
        else:
            fence = opened[1] if opened else ""
            yield _blank(line) if opened else line


def _without_indented_code(lines: Iterable[str]) -> Iterator[str]:
    may_begin, is_text = True, False
    for line in lines:
        if not line.strip():
            may_begin = True
            yield line
        elif may_begin and not is_text and _INDENTED.match(line):
            yield _blank(line)
        else:
            goes_on = line[0].isspace() or not may_begin
            is_text = (is_text and goes_on) or bool(_HAS_INDENTED_TEXT.match(line))
            may_begin = False
            yield line


def _markdown_keys(text: str) -> Iterator[Found]:
    yield from ((match.start(), match[1] or match[2]) for match in _MARKDOWN_KEY.finditer(text))
    yield from ((match.start(), ALL) for match in _ALL_WORKS.finditer(text))
    for match in _LATEX_IN_MARKDOWN.finditer(text):
        yield from _split(match)


# LaTeX: the commands of natbib, biblatex, csquotes and others have "cite" or "quote" in their names.
_TEX_NO_TEXT = re.compile(
    r"\\(?:url|path|nolinkurl|href)\s*\{[^{}]*\}|(?<!\\)(?:\\\\)*%[^\n]*|\\iffalse\b.*?\\(?:fi|else)\b|\\end\{document\}.*"
    r"|\\begin\{(?P<env>[BL]?[vV]erbatim\*?|lstlisting|minted|comment|filecontents\*?)\}(?:(?!\\begin\{(?P=env)).)*?\\end\{(?P=env)\}"
    r"|\\mintinline(?:\[[^\[\]]*\])?\{[^{}]*\}\{(?:[^{}]|\{[^{}]*\})*\}"
    r"|\\(?:verb|lstinline|mintinline(?:\[[^\[\]]*\])?\{[^{}]*\})\*?(?P<sign>[^\w\s{*])[^\n]*?(?P=sign)",
    re.DOTALL,
)
_BRACES = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
_NOTES = rf"(?:\s*\([^()]*\)){{0,2}}(?:\s*<[^<>{{}}]*>)?(?:\s*\[(?:[^\[\]{{}}]|{_BRACES}|\[[^\[\]]*\])*\]){{0,2}}"
# Looked ahead: a note may hold citations itself.
_TEX_CITE = re.compile(
    r"\\(?:begin\s*\{)?(?P<name>[A-Za-z]*[Cc]ite[A-Za-z]*|[A-Za-z]+cquote|bibentry)(?![A-Za-z])\*?\}?"
    rf"(?=(?P<groups>(?:{_NOTES}\s*\{{[^{{}}]*\}})+))"
)
_TEX_GROUP = re.compile(rf"{_NOTES}\s*\{{([^{{}}]*)\}}")
_NO_CITATION = re.compile(
    r"(?!newcite$)(?:set|Declare|New|Renew|Provide|mk)[A-Za-z]*cite[A-Za-z]*|defcite[a-z]*"
    r"|[a-z]*bibcite|cite(?:style|setup|reset|text|index|tracker)[a-z]*",
    re.IGNORECASE,
)
_VOLUMES = re.compile(r"(?:[pfstan]|ft)?v(?:ol)?cites?", re.IGNORECASE)
_LANGUAGE_FIRST = re.compile(r"(?:foreign|hyphen)[a-z]*cquote")


# Commands that a document defines: \newcommand{\see}[2][5]{\cite[#1]{#2}}, \NewDocumentCommand\see{om}{\cite[#1]{#2}}.
_TEX_DEFINED = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|(?:New|Renew|Provide|Declare)DocumentCommand)\*?"
    r"\s*\{?\\(?P<name>[A-Za-z]+)\s*\}?"
    rf"\s*(?:\[(?P<count>\d)\]\s*(?P<default>\[[^\[\]]*\])?|(?P<kinds>{_BRACES}))\s*(?P<content>{_BRACES})"
)
_TEX_ARGUMENT = re.compile(rf"{_NOTES}\s*\{{((?:[^{{}}]|{_BRACES})*)\}}")


def _tex_commands(text: str) -> dict[str, set[int]]:
    """Return the commands of a document that cite, each with those of its arguments in braces that are keys, from 0."""
    commands: dict[str, set[int]] = {}
    for match in _TEX_DEFINED.finditer(text):
        kinds = "o" * bool(match["default"]) + "m" * int(match["count"] or 0)
        if match["kinds"]:
            kinds = re.sub(r"\{[^{}]*\}|[^a-zA-Z]", "", match["kinds"][1:-1])
        for cite in _TEX_CITE.finditer(match["content"]):
            for key in re.findall(r"\{#(\d)\}", cite["groups"]):
                before, kind = kinds[: int(key) - 1], kinds[int(key) - 1 : int(key)]
                if kind == "m":
                    commands.setdefault(match["name"], set()).add(before.count("m"))
    return commands


def _tex_keys(text: str) -> Iterator[Found]:
    commands = _tex_commands(text)
    for match in re.finditer(rf"\\({'|'.join(commands)})(?![A-Za-z])\*?", text) if commands else ():
        at = match.end()
        for place in range(max(commands[match[1]]) + 1):
            if argument := _TEX_ARGUMENT.match(text, at):
                at = argument.end()
                yield from _split(argument) if place in commands[match[1]] else ()
    for match in _TEX_CITE.finditer(text):
        if match["name"] not in commands and not _NO_CITATION.fullmatch(match["name"]):
            yield from _tex_citation(match)


def _tex_citation(match: re.Match[str]) -> Iterator[Found]:
    name = match["name"]
    groups = list(_TEX_GROUP.finditer(match.string, match.start("groups"), match.end("groups")))
    has_other_first = bool(_VOLUMES.fullmatch(name) or _LANGUAGE_FIRST.fullmatch(name))
    if not name.endswith("cites"):
        groups = groups[: 1 + has_other_first]
    for group in groups[1::2] if has_other_first else groups:
        yield from _split(group)


_TEX_MENTION = re.compile(
    r"\\(?:defcite[tp]?alias\s*|addtocategory\s*\{[^{}]*\}\s*|defbibentryset\s*\{[^{}]*\}\s*"
    r"|assignrefcontextkeyws\*?\s*(?:\[[^\[\]]*\])?\s*)\{([^{}]*)\}"
)
"""natbib's names for works; biblatex's categories, sets and contexts of them."""


# The auxiliary files of LaTeX: BibTeX's \citation, and biblatex's for biber.
_AUX = re.compile(r"\\(?:citation|abx@aux@cite(?:\{\d+\})?)\{([^{}]+)\}")
_AUX_ALL = re.compile(r"\\abx@aux@nociteall\b")
_BCF = re.compile(r"<bcf:citekey\b[^>]*>([^<]+)</bcf:citekey>")


def _aux_keys(text: str) -> Iterator[Found]:
    for match in _AUX.finditer(text):
        yield from _split(match)
    yield from ((match.start(), ALL) for match in _AUX_ALL.finditer(text))


def _bcf_keys(text: str) -> Iterator[Found]:
    for match in _BCF.finditer(text):
        yield from ((at, html.unescape(key)) for at, key in _split(match))


# Typst: a label after "(", "," or ":" is an argument, elsewhere it is set there.
_TYPST_NO_TEXT = re.compile(
    rf"{_CODE_SPAN}|/\*.*?\*/|{_ADDRESS}|(?<!:)//[^\n]*|\\@|(?<=\w\()(?<!label\()\"[^\"\n]*\"", re.DOTALL
)
_TYPST_PLAIN_KEY = r"(?:[\w-]|[.:](?=[\w-]))+"
_TYPST_KEY = re.compile(rf"(?<![^\W_]|@)@({_TYPST_PLAIN_KEY})")
_TYPST_LABEL_VALUE = r"(?:<([^<>\s]+)>|label\(\s*\"([^\"]+)\"\s*\))"
_TYPST_CITE = re.compile(rf"\b(?:(?:cite|ref)\((?:[^()<>]|\([^()]*\))*?|attribution:\s*){_TYPST_LABEL_VALUE}")
_TYPST_ALL = re.compile(r"\bbibliography\([^()]*\bfull:\s*true\b")
_TYPST_LABEL = re.compile(r"[^(,:\s]\s*<(?P<a>[^<>\s]+)>")


def _typst_keys(text: str) -> Iterator[Found]:
    yield from ((match.start(), match[1]) for match in _TYPST_KEY.finditer(text))
    yield from ((match.start(match.lastindex or 0), match[1] or match[2]) for match in _TYPST_CITE.finditer(text))
    yield from ((match.start(), ALL) for match in _TYPST_ALL.finditer(text))


# Quarto's cross-references (fig-map), those of pandoc-crossref and bookdown (fig:map).
_CROSS_REFERENCE = re.compile(
    r"(?:fig|tbl|tab|lst|eq|sec|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|nte|tip|wrn|imp|cau|vid|dia|apx|cell)[-:].+"
)
_MARKDOWN = _Kind(
    _markdown_text, _markdown_keys, re.compile(r"\{\{<\s*include\s+[\"']?([^\s\"'>]+)[\"']?\s*>\}\}"),
    _MARKDOWN_LABEL, _CROSS_REFERENCE, re.compile(PLAIN_KEY), re.compile(r"(?:[^{}\s]|\{[^{}\s]*\})+"),
)  # fmt: skip
_TEX_INCLUDE = re.compile(r"\\(?:input|include|subfile)\s*\{([^{}]+)\}")
_TEX = _Kind(
    _without(_TEX_NO_TEXT), _tex_keys, _TEX_INCLUDE, _NONE, _NONE, _ANY, re.compile(r"[^\s,{}%#~\\]+"),
    lambda text: chain.from_iterable(map(_split, _TEX_MENTION.finditer(text))),
)  # fmt: skip
_TYPST_INCLUDE = re.compile(r"\binclude\s*\"([^\"]+)\"")
_TYPST = _Kind(
    _without(_TYPST_NO_TEXT), _typst_keys, _TYPST_INCLUDE, _TYPST_LABEL, _CROSS_REFERENCE, _ANY,
    re.compile(_TYPST_PLAIN_KEY),
)  # fmt: skip
_KINDS = {
    **dict.fromkeys((".md", ".markdown", ".qmd", ".rmd", ".txt"), _MARKDOWN),
    **dict.fromkeys((".tex", ".ltx", ".latex", ".rnw"), _TEX),
    ".aux": _Kind(str, _aux_keys, re.compile(r"\\@input\s*\{([^{}]+)\}"), _NONE, _NONE, _ANY, _NONE),
    ".bcf": _Kind(str, _bcf_keys, _NONE, _NONE, _NONE, _ANY, _NONE),
    ".typ": _TYPST,
}
SUFFIXES = tuple(_KINDS)
"""The suffixes of the documents that can be read."""
MADE_BY_LATEX = (".aux", ".bcf")


def read_document(text: str, suffix: str) -> Iterator[CitedKey | Label | Included]:
    r"""Yield the keys that a document cites, in order, its labels and the files it includes; ``suffix`` tells its kind.

    >>> list(read_document("See [@a, p. 5].", ".md"))
    [CitedKey(key='a', line=1, column=6, may_be_label=False)]
    >>> [found.key for found in read_document(r"\parencite[see][5]{a, b} % \cite{c}", ".tex")]
    ['a', 'b']
    """
    kind = _KINDS[suffix.lower()]
    shown = kind.shown(text)
    yield from (Included(match[1].strip()) for match in kind.includes.finditer(shown))
    yield from (Label(match[match.lastgroup or 0]) for match in kind.labels.finditer(text))
    lines = [0, *(match.end() for match in re.finditer("\n", text))]
    for at, key in sorted(set(kind.keys(shown))):
        line = bisect_right(lines, at)
        yield CitedKey(key, line, at - lines[line - 1] + 1, _is_cross_reference(key, kind))


def with_renamed_keys(text: str, suffix: str, names: Mapping[str, str]) -> tuple[str, int]:
    r"""Return a document with keys of its citations renamed, and how many citations that were.

    Nothing else changes: no comment, no code, no label of the same name.

    >>> with_renamed_keys(r"\cite{a, b} % \cite{a}", ".tex", {"a": "c"})
    ('\\cite{c, b} % \\cite{a}', 1)
    >>> with_renamed_keys("As @a says [-@{b}].", ".md", {"a": "x+", "b": "y"})
    ('As @{x+} says [-@{y}].', 2)

    Raises:
        UsageError: a new key cannot be cited in such a document, or would be read as a cross-reference there.
    """
    kind = _KINDS[suffix.lower()]
    shown = kind.shown(text)
    labels = {match[match.lastgroup or 0] for match in kind.labels.finditer(text)}
    splices = []
    for at, key in sorted({*kind.keys(shown), *kind.mentions(shown)}):
        if key in names and key not in labels:
            start, new = text.index(key, at), names[key]
            _refuse_key(new, key, kind, suffix, labels)
            needs_braces = text[start - 1 : start] == "@" and not kind.bare.fullmatch(new)
            splices.append((start, start + len(key), f"{{{new}}}" if needs_braces else new))
    return spliced(text, splices), len(splices)


def _refuse_key(key: str, old: str, kind: _Kind, suffix: str, labels: Collection[str]) -> None:
    is_reference = key in labels or (_is_cross_reference(key, kind) and not _is_cross_reference(old, kind))
    if is_reference or not kind.any_key.fullmatch(key):
        why = "would be read as a cross-reference" if is_reference else "cannot be cited"
        raise UsageError(f"{key!r} {why} in a {suffix} document; choose another key, of letters, digits, '-' and '_'")


def _is_cross_reference(key: str, kind: _Kind) -> bool:
    return kind.cross_reference.fullmatch(key[0].lower() + key[1:]) is not None


class CitedWorks:
    """The works that documents cite: what of a library belongs into the list, and which keys a library lacks."""

    def __init__(self, documents: Iterable[tuple[str, CitedKey | Label]], nocite: Iterable[str] = ()) -> None:
        """Take what documents hold, with their names, and the ids of works that are listed without a citation."""
        found = list(documents)
        labels = {each.name for _, each in found if isinstance(each, Label)}
        self._places: dict[str, tuple[str, CitedKey]] = {}
        for file, each in found:
            if isinstance(each, CitedKey) and each.key not in labels:
                self._places.setdefault(each.key, (file, each))
        self._nocite = frozenset(nocite)

    @property
    def cites_any(self) -> bool:
        """Whether there is a citation, or what looks like a cross-reference and may be one."""
        return bool(self._places)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys in the order of their first citation, without those that look like cross-references."""
        return tuple(key for key, (_, cited) in self._places.items() if not cited.may_be_label)

    def __contains__(self, work_id: object) -> bool:
        return not {work_id, ALL}.isdisjoint(self._nocite) or not {work_id, ALL}.isdisjoint(self._places)

    def missing(self, ids: Collection[str]) -> list[Problem]:
        """Return a problem for each key that no work has, at the place of its first citation, with the nearest id.

        Raises:
            UsageError: an id that is to be listed without a citation is none.
        """
        if unknown := sorted(self._nocite - {*ids, ALL}):
            raise UsageError("\n".join(no_work(work_id, ids) for work_id in unknown))
        return [
            Problem(no_work(key, ids), line=cited.line, column=cited.column, file=file)
            for key, (file, cited) in self._places.items()
            if key not in ids and key != ALL and not cited.may_be_label
        ]
