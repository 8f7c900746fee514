r"""TeX to plain text: accents and commands to Unicode, case-protecting braces to CSL's ``nocase`` spans.

The signs of commands come from ``pylatexenc``'s tables. Its own converter is not used on values: it loses the spaces
after ``\\&`` and the braces that protect capitals, and takes 0.5 ms a value.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

_ANY_TEX = re.compile(r"[\\{}$~]|--|[`!?]`|''|\s\s|[\n\t\r]")
_SPACES = re.compile(r"[ \t\r\n]+")
_PLAIN_RUN = re.compile(r"[^\\{}$~`'!?-]+")
_COMMAND = re.compile(r"\\([a-zA-Z]+\*?|.|$)", re.DOTALL)
_MATH = re.compile(r"\$[^$]*\$")
_TYPOGRAPHY = re.compile(r"---|--|``|''|~|[!?]`")
_TYPOGRAPHIC = {"---": "—", "--": "–", "``": "“", "''": "”", "~": "\u00a0", "!`": "¡", "?`": "¿"}
# Braces that group, until it is known whether they protect capitals; no text has these characters.
_OPEN, _CLOSE = "\ue000", "\ue001"

_MAX_DEPTH = 100
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331", "t": "\u0361",
}  # fmt: skip
_DOTLESS = {"ı": "i", "ȷ": "j"}
_ARGUMENT = {
    "emph": "<i>%s</i>", "textit": "<i>%s</i>", "mkbibemph": "<i>%s</i>", "textbf": "<b>%s</b>",
    "mkbibbold": "<b>%s</b>", "textsubscript": "<sub>%s</sub>", "textsuperscript": "<sup>%s</sup>",
    "mkbibsuperscript": "<sup>%s</sup>", "textsc": '<span style="font-variant:small-caps;">%s</span>',
    "mkbibquote": "“%s”", "enquote": "“%s”", "mkbibparens": "(%s)", "mkbibbrackets": "[%s]", "textnormal": "%s",
    "mbox": "%s", "textrm": "%s", "url": "%s",
}  # fmt: skip
_SIGNS = {
    "{": "{", "}": "}", "-": "", "/": "", "@": "", ",": "\u202f", " ": " ", "\n": " ", "\\": " ", "": "\\", "%": "%",
    "textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^", "textasciitilde": "~",
    "textquotesingle": "'", "par": "\n", "item": " ",
    "hyphen": "-", "slash": "/", "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX",
}  # fmt: skip


# Commands that print nothing of their argument, or nothing of the first of two.
_SILENT = frozenset({"noopsort", "SortNoop", "noop", "hspace", "vspace", "label", "index", "begin", "end", "href"})
# One sign of mathematics, as reference managers write it: p {$<$} 0.05.
_MATH_SIGN = {"$<$": "<", "$>$": ">", "$=$": "=", "$+$": "+", "$|$": "|", r"$\sim$": "~", r"$\backslash$": "\\"}

# Commands whose text is known, and which writing the text would not give back.
_NOT_WRITTEN = frozenset(
    {"mkbibquote", "enquote", "mkbibparens", "mkbibbrackets", "mbox", "textrm", "textnormal", "url", "hyphen", "slash",
     "LaTeX", "TeX", "BibTeX", "\\", "/", "-", "@", "item"}
)  # fmt: skip


class Decoded(NamedTuple):
    """Text read from TeX; ``lossless`` False where something in the TeX has no plain form."""

    text: str
    lossless: bool


def decode(tex: str, *, keep_case_braces: bool = False) -> Decoded:
    r"""Return the plain text of a TeX value, with CSL's inline markup; mathematics stays as it is.

    Args:
        tex: the value of a field, its outer delimiters gone.
        keep_case_braces: whether braces around capitals become ``nocase`` spans (titles) or fall away.

    >>> decode(r"{\'E}tudes \& {DNA} of K\"oln", keep_case_braces=True).text
    'Études & <span class="nocase">DNA</span> of Köln'
    >>> decode(r"Smith \& Sons 1992--1997"), decode(r"\unknown{x}").lossless
    (Decoded(text='Smith & Sons 1992–1997', lossless=True), False)
    """
    # Nine values in ten hold no TeX at all.
    if not _ANY_TEX.search(tex):
        return Decoded(tex.strip(), lossless=True)
    reader = _Reader(_SPACES.sub(" ", tex))
    text = reader.read_all()
    text = _spans(text) if keep_case_braces else text.replace(_OPEN, "").replace(_CLOSE, "")
    return Decoded(text.strip(" "), reader.lossless)


class _Reader:
    """Reads one TeX value from left to right."""

    def __init__(self, tex: str) -> None:
        self.tex = tex
        self.at = 0
        self.lossless = True
        self.depth = 0

    def read_all(self) -> str:
        """Return the text of the whole value; stray closing braces are skipped."""
        done = []
        while self.at < len(self.tex):
            done.append(self._until_close())
            self.at += 1
        return "".join(done)

    def _until_close(self) -> str:
        """Return the text up to the brace that closes the group, or the end."""
        done: list[str] = []
        while self.at < len(self.tex):
            letter = self.tex[self.at]
            if letter == "}":
                break
            if letter == "{":
                done.append(self._group())
            elif letter == "\\":
                done.append(self._command())
            elif letter == "$" and (math := _MATH.match(self.tex, self.at)):
                # A dollar in plain text may be a formula or a price: the raw field is kept.
                self.lossless = False
                self._take(math[0])
                done.append(_MATH_SIGN.get(math[0], math[0]))
            elif sign := _TYPOGRAPHY.match(self.tex, self.at):
                self._take(sign[0])
                done.append(_TYPOGRAPHIC[sign[0]])
            else:
                run = _PLAIN_RUN.match(self.tex, self.at)
                done.append(self._take(run[0] if run else letter))
        return "".join(done)

    def _take(self, text: str) -> str:
        self.at += len(text)
        return text

    def _group(self) -> str:
        # A group that begins with a command is TeX's "special character": it protects nothing.
        special = self.tex.startswith("{\\", self.at)
        inside = self._inside()
        return inside if special else f"{_OPEN}{inside}{_CLOSE}"

    def _inside(self) -> str:
        self.at += 1
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            self.lossless = False
            return self._take(self.tex[self.at :])
        text = self._until_close()
        self.at += 1
        self.depth -= 1
        return text

    def _command(self) -> str:
        match = _COMMAND.match(self.tex, self.at)
        name = match[1] if match else ""
        self.at += 1 + len(name)
        name = name.rstrip("*") if len(name) > 1 else name
        self.depth += 1
        try:
            return self._meaning(name)
        finally:
            self.depth -= 1

    def _meaning(self, name: str) -> str:
        if name in _ACCENTS:
            return _accented(self._argument(), _ACCENTS[name])
        if name in _SILENT:
            self.lossless = False
            self._argument()
            return ""
        if name in _ARGUMENT:
            self.lossless = self.lossless and name not in _NOT_WRITTEN
            return _ARGUMENT[name] % self._argument()
        if name == "symbol":
            return self._symbol(self._argument())
        sign = _SIGNS.get(name)
        if sign is None:
            sign = _table_sign(name)
        if sign is None or name in _NOT_WRITTEN or name == "$" or (sign.isspace() and name not in _SIGNS):
            self.lossless = False
        sign = sign or ""
        if name.isalpha():
            self._end_of_word()
        return sign

    def _symbol(self, number: str) -> str:
        code = int(number) if re.fullmatch("[0-9]{2,7}", number) else 0
        if 32 <= code < 0xD800 or 0xE000 <= code < 0x110000:
            return chr(code)
        self.lossless = False
        return ""

    def _end_of_word(self) -> None:
        """Pass over what ends a command's name: ``{}`` or one space."""
        if self.tex.startswith("{}", self.at):
            self.at += 2
        elif self.tex.startswith(" ", self.at):
            self.at += 1

    def _argument(self) -> str:
        """Return the text of a command's argument: a group, a command or a letter."""
        if self.tex.startswith(" ", self.at):
            self.at += 1
        if self.at >= len(self.tex) or self.depth > _MAX_DEPTH:
            self.lossless = self.depth <= _MAX_DEPTH and self.lossless
            return ""
        if self.tex[self.at] == "{":
            return self._inside()
        if self.tex[self.at] == "\\":
            return self._command()
        return self._take(self.tex[self.at])


def _accented(text: str, accent: str) -> str:
    base = _DOTLESS.get(text[:1], text[:1])
    return unicodedata.normalize("NFC", base + accent) + text[1:] if base else ""


@cache
def _table_sign(name: str) -> str | None:
    """Return the sign that pylatexenc's tables give a command, or None where they know none."""
    from pylatexenc.latex2text import get_default_latex_context_db  # noqa: PLC0415 - loads when used

    spec = get_default_latex_context_db().get_macro_spec(name)
    sign = getattr(spec, "simplify_repl", None)
    return sign if isinstance(sign, str) and sign and "%" not in sign else None


def _spans(text: str) -> str:
    """Return text with its outer groups as ``nocase`` spans where they hold a capital, and gone elsewhere."""
    if _OPEN not in text:
        return text
    done: list[str] = []
    opened: list[int] = []
    for part in re.split(f"([{_OPEN}{_CLOSE}])", text):
        if part == _OPEN:
            opened.append(len(done))
        elif part == _CLOSE and opened:
            start = opened.pop()
            inside = "".join(done[start:])
            protects = not opened and any(letter.isupper() for letter in inside)
            done[start:] = [f'<span class="nocase">{inside}</span>' if protects else inside]
        elif part != _CLOSE:
            done.append(part)
    return "".join(done)
