"""Plain text to TeX: escaping, CSL's inline markup, and commands for what is not ASCII."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from urllib.parse import quote

from tajikpeace_refs.formats._bib.latex_math import is_formula
from tajikpeace_refs.text.rich import tags

_ESCAPES = {
    "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$",
    # Escaped braces would still count for BibTeX's own balance, so they are written by name.
    "{": r"{\textbraceleft}", "}": r"{\textbraceright}", "~": r"{\textasciitilde}", "^": r"{\textasciicircum}",
    "\\": r"{\textbackslash}", "\u00a0": "~", "\u202f": r"\,",
    # Neither a line nor a ligature is to come of these.
    "\n": r"\par ", "\r": " ", "-": "-{}", "`": "`{}", "'": "'{}", "?": "?{}", "!": "!{}", '"': '"{}', "<": "<{}",
}  # fmt: skip
SPECIAL = "&%#_$~^\\\\{}\u00a0\u202f\n\r`'?!\"<-"
"""What may need escaping, as the inside of a set of characters: a text without any of these is its own TeX."""
# TeX mathematics in a title, by pandoc's rule: no space at the dollars, no digit after, and something to typeset. The
# lengths are bounded, so that a stray dollar in a long text costs nothing.
_AFTER_DOLLAR = (
    r"(?=[^\s$])(?:[^$\s]{0,80}[\\^_{][^$\s]{0,80}|[^$\n]{0,80}\\[a-zA-Z][^$\n]{0,80}|[A-Za-z])(?<=[^\s$])\$(?!\d)"
)
_MATH = re.compile(rf"\${_AFTER_DOLLAR}")
# Mathematics or a special character: the characters to look for first, then what has to stand around each.
_MATH_OR_SPECIAL = re.compile(
    rf"[{SPECIAL}](?:(?<=\$){_AFTER_DOLLAR}|(?<![-`'?!\"<])|(?<=-)(?=-)|(?<=')(?=')|(?<=[?!])(?=`)"
    # A quotation mark that opens, a guillemet of two signs, babel's shorthands.
    r"|(?<=(?<!\w)`)(?=\S)|(?<=`)(?=`)|(?<=<)(?=<[^\s<=])|(?<=\")(?=<[^\W\d_a-z])|(?<=[^\W\d_]\")(?=[=|/\"-][^\W\d_]))"
)

_OPENING = {
    "i": r"\emph{", "b": r"\textbf{", "sub": r"\textsubscript{", "sup": r"\textsuperscript{", "sc": r"\textsc{",
    "nocase": "{",
}  # fmt: skip
"""What begins each of CSL's inline tags in TeX."""


def escape(text: str) -> str:
    r"""Return text with TeX's special characters escaped, once, and mathematics left alone.

    >>> print(escape("Smith & Sons: 100% of $x^2$"))
    Smith \& Sons: 100\% of $x^2$
    """
    return _MATH_OR_SPECIAL.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    found = match[0]
    if len(found) == 1:
        return _ESCAPES.get(found, found)
    return found if is_formula(found[1:-1]) else _ESCAPES["$"] + escape(found[1:])


def math_spans(text: str) -> list[tuple[int, int]]:
    """Return where the mathematics of a text begins and ends."""
    return [match.span() for match in _MATH.finditer(text) if is_formula(match[0][1:-1])]


def markup_to_tex(text: str, words: Callable[[str, int], str]) -> str:
    r"""Return text with CSL's tags as TeX commands; ``words`` writes the text between them, and gets its place.

    A ``nocase`` span becomes a pair of braces. A tag without its partner stays text.

    >>> print(markup_to_tex('The <i>E. coli</i> of <span class="nocase">Rome</span>', lambda text, at: escape(text)))
    The \emph{E. coli} of {Rome}
    """
    done, start, depth = [], 0, 0
    for tag in tags(text):
        if not tag.is_paired or tag.kind not in _OPENING:
            continue
        inside = text[start : tag.start]
        done += [escape(inside) if depth else words(inside, start), "}" if tag.closes else _OPENING[tag.kind]]
        depth += -1 if tag.closes else 1
        start = tag.end
    return "".join([*done, words(text[start:], start)])


def to_ascii(tex: str) -> str:
    r"""Return TeX with a command for every character outside ASCII (library ``pylatexenc``, Tajik letters included).

    >>> print(to_ascii("Тоҷик, Müller"))
    {\CYRT}{\cyro}{\cyrchrdsc}{\cyri}{\cyrk}, M{\"u}ller
    """
    return _BEYOND_ASCII.sub(lambda match: _command(match[0]), unicodedata.normalize("NFC", tex))


_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


@cache
def _command(letter: str) -> str:
    from pylatexenc.latexencode import UnicodeToLatexEncoder  # noqa: PLC0415 - loads when used

    if letter == "−":  # pylatexenc writes a hyphen
        return r"{\textminus}"
    encoder = UnicodeToLatexEncoder(
        replacement_latex_protection="braces-all",
        unknown_char_warning=False,
        unknown_char_policy=lambda unknown: f"{{\\symbol{{{ord(unknown)}}}}}",
    )
    return str(encoder.unicode_to_latex(letter))


def to_ascii_verbatim(url: str) -> str:
    """Return an address with its characters outside ASCII percent-encoded (RFC 3987 section 3.1), nothing else."""
    return "".join(c if c.isascii() else quote(c) for c in url)
