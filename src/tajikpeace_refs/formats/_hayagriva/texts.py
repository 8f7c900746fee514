"""Formattable texts of Hayagriva: braces keep capitals, dollar signs hold math, a backslash stands before either."""

from __future__ import annotations

import re

from tajikpeace_refs.text import rich

_CONTROL = re.compile(r"[\\{}$]")
_TOKEN = re.compile(r"\\([\\{}$])|([{}])")
_MATH = re.compile(r"(?<!\\)(?:\\\\)*\$")
_OPEN, _CLOSE = '<span class="nocase">', "</span>"


def write(text: str) -> str:
    r"""Return a text of CSL as a formattable text: what keeps its capitals in braces, other tags left out.

    >>> write('Costs of <i>the</i> <span class="nocase">NMR</span> in $')
    'Costs of the {NMR} in \\$'
    """
    done, start = [], 0
    for tag in rich.tags(text):
        if tag.is_paired:
            done += [_escaped(text[start : tag.start]), "" if tag.kind != "nocase" else "}" if tag.closes else "{"]
            start = tag.end
    return "".join([*done, _escaped(text[start:])])


def _escaped(text: str) -> str:
    return _CONTROL.sub(r"\\\g<0>", text)


def read(text: str, *, keeps_case: bool = False) -> str:
    r"""Return a formattable text as CSL has it; ``keeps_case``: what braces hold is marked as ``nocase``.

    Braces without a partner are text. Math stays as it stands.

    >>> read(r"The {NMR} of \$5", keeps_case=True)
    'The <span class="nocase">NMR</span> of $5'
    """
    done: list[str] = []
    opened: list[int] = []
    start = 0
    for token in _TOKEN.finditer(text):
        done.append(text[start : token.start()])
        start = token.end()
        if token[1] or token[2] == "{":
            if token[2]:
                opened.append(len(done))
            done.append(token[1] or token[2])
        elif not opened:
            done.append("}")
        else:
            outer = keeps_case and len(opened) == 1
            done[opened.pop()] = _OPEN if outer else ""
            done.append(_CLOSE if outer else "")
    return "".join([*done, text[start:]])


def has_math(text: str) -> bool:
    """Whether a formattable text has math, which CSL does not know."""
    return len(_MATH.findall(text)) > 1
