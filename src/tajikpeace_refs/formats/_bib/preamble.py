r"""The macros that a ``@preamble`` defines, put in place of their names, so that no field needs the preamble."""

from __future__ import annotations

import re
from typing import NamedTuple

from tajikpeace_refs.formats._bib.latex_tables import ACCENTS, ARGUMENT, LAST_ARGUMENT, SIGNS

_DEFINITION = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|DeclareRobustCommand)\*?\s*\{?\s*\\(?P<new>[A-Za-z]+)\s*\}?\s*"
    r"(?:\[(?P<count>\d)\])?\s*(?=\{)|\\[gex]?def\s*\\(?P<old>[A-Za-z]+)\s*(?P<arguments>(?:#\d)*)\s*(?=\{)"
)
_COMMAND, _BLANK = re.compile(r"\\([A-Za-z]+)\s*"), re.compile(r"\s*")
_MAX_PASSES, _MAX_LENGTH = 10, 100_000
_KNOWN = ACCENTS.keys() | ARGUMENT.keys() | LAST_ARGUMENT.keys() | SIGNS.keys()


class Macro(NamedTuple):
    """What a macro stands for: TeX with ``#1`` to ``#9``, and the number of its arguments."""

    arguments: int
    body: str


def definitions(preamble: str) -> tuple[dict[str, Macro], str]:
    r"""Return the macros of a preamble by name, and the rest of it; those that every reader knows are left out.

    >>> definitions(r"\newcommand{\noopsort}[1]{} x")
    ({'noopsort': Macro(arguments=1, body='')}, ' x')
    """
    found, rest, at = {}, "", 0
    while match := _DEFINITION.search(preamble, at):
        end = _end_of_group(preamble, match.end())
        name = match["new"] or match["old"]
        if name not in _KNOWN:
            count = int(match["count"] or 0) or (match["arguments"] or "").count("#")
            found[name] = Macro(count, preamble[match.end() + 1 : end - 1])
        rest += preamble[at : match.start()]
        at = end
    return found, rest + preamble[at:]


def expand(tex: str, macros: dict[str, Macro]) -> str:
    r"""Return a value with the macros as what they stand for; a group that holds nothing else goes with it.

    >>> expand(r"{\noopsort{1973b}}1973", {"noopsort": Macro(1, "")})
    '1973'
    """
    if "\\" not in tex or not macros:
        return tex
    for _ in range(_MAX_PASSES):
        if len(tex) > _MAX_LENGTH or not any(match[1] in macros for match in _COMMAND.finditer(tex)):
            break
        tex = _expand_all(tex, macros)
    return tex


def _expand_all(tex: str, macros: dict[str, Macro]) -> str:
    """Return a value with its macros expanded once; those behind the greatest length of a value stay."""
    done, at, scanned = "", 0, 0
    while len(done) <= _MAX_LENGTH and (match := _COMMAND.search(tex, max(at, scanned))):
        macro, end = macros.get(match[1]), match.end()
        if macro is None:
            scanned = end
            continue
        text = macro.body
        for number in range(1, macro.arguments + 1):
            argument, end = _argument(tex, end)
            text = text.replace(f"#{number}", argument)
        done += tex[at : match.start()]
        if not text and done.endswith("{") and tex.startswith("}", end):
            done, end = done[:-1], end + 1
        done, at = done + text, end
    return done + tex[at:]


def _argument(tex: str, at: int) -> tuple[str, int]:
    """Return the argument that begins at a place (a group, a command or a character), and where it ends."""
    blank = _BLANK.match(tex, at)
    at = blank.end() if blank else at
    if tex.startswith("{", at):
        end = _end_of_group(tex, at)
        return tex[at + 1 : end - 1], end
    match = re.compile(r"\\(?:[A-Za-z]+|.)|[^}]|").match(tex, at)
    return (match[0], match.end()) if match else ("", at)


def _end_of_group(tex: str, start: int) -> int:
    """Return the place after the brace that closes the one at a place; the end where none does."""
    depth = 0
    for brace in re.compile("[{}]").finditer(tex, start):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.end()
    return len(tex)
