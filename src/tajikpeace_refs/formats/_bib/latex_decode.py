r"""TeX to plain text: accents and commands to Unicode, case-protecting braces to CSL's ``nocase`` spans.

The signs of commands come from ``pylatexenc``'s tables. Its own converter is not used on values: it loses the spaces
after ``\\&`` and the braces that protect capitals, and takes 0.5 ms a value.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from tajikpeace_refs.formats._bib.latex_math import plain_math
from tajikpeace_refs.formats._bib.latex_tables import (
    ACCENTS,
    ARGUMENT,
    DECLARATIONS,
    LAST_ARGUMENT,
    SILENT,
    dingbats,
    sign_of,
)

# Each alternative begins with one sign: re looks for these alone, which takes a third of the time.
_ANY_TEX = re.compile(r"\\|\{|\}|\$|~|`|\n|\t|\r|  |--|''|,,|<<|\"[-=~|/<']")
_SPACES = re.compile(r"[ \t\r\n]+")
_PLAIN_RUN = re.compile(r"[^\\{}$~`'!?\"<>,-]+")
_COMMAND = re.compile(r"\\([a-zA-Z]+\*?|.|$)", re.DOTALL)
_PLAIN_COMMAND = re.compile(r"\\([&%#_])|(\{)?\\(?:([\"'`^~=.])([A-Za-z])|([A-Za-z\"'`^~=.])\{([A-Za-z])\})(?(2)\})")
"""An escaped sign, or an accent on one letter."""
_TYPOGRAPHIC = {"---": "—", "--": "–", "``": "“", "''": "”", "~": "\u00a0", "!`": "¡", "?`": "¿"}
_TYPOGRAPHY = re.compile("|".join(map(re.escape, _TYPOGRAPHIC)))
# Braces that group, until it is known whether they protect capitals; no text has these characters.
_OPEN, _CLOSE = "\ue000", "\ue001"
_OPTION = re.compile(r"\s?\[[^][]*\]")

_MAX_DEPTH = 100
_DOTLESS = {"ı": "i", "ȷ": "j"}
# The accents that stand alone as signs: \~{}.
_BARE_ACCENTS = frozenset("`'^~\"")
# Commands of signs in ASCII that writing the text gives back.
_WRITTEN = frozenset(
    {"{", "}", "%", "&", "#", "_", ",", " ", "\n", "", "par", "textbraceleft", "textbraceright", "textbackslash",
     "textasciicircum", "textasciitilde", "textquotesingle", "textasciigrave"}
)  # fmt: skip

_BY_NUMBER = frozenset({"symbol", "char", "unichar", "ding", "cyrchar"})
"""Commands whose argument is the number or the name of a character."""

_LETTER = r"[^\W\d_]"
# Quotation marks of other encodings than OT1 (T1, T2A); a sign that has no partner is none.
_PAIRS = {"`": ("‘", "’"), "<<": ("«", "»"), '"<': ("«", "»"), ",,": ("„", "“"), '"`': ("„", "“")}
_OPENING = re.compile(
    r"(?<![\w}])`(?![`\s}]|\{\W)|(?<!<)<<(?![<\s=])|\"<(?=[^\W\d_a-z]|[\\{])|(?<![^\s(~{])(?:,,|\"`)(?=[\w\\{])"
)
_CLOSING = {
    "`": re.compile(r"(?<=[^\s`'\\])'(?![\w'])"), "<<": re.compile(r"(?<=[^\s>\\=-])>>(?!>)"),
    '"<': re.compile(r"(?<=[^\s\"\\])\">"), ",,": re.compile(r"``|''"), '"`': re.compile(r"\"'"),
}  # fmt: skip
# babel's shorthands (babel-russian, babel-german), between letters; "--- stands between spaces.
_SHORTHAND = re.compile(rf"(?<={_LETTER})\"(?:[=~|/\"-]|--[~*])(?={_LETTER})|(?<![^\s~(])\"--(?:-(?=[\s~]|$)|[~*])")
_SHORTHANDS = {'"=': "-", '"~': "-", '"-': "", '""': "", '"|': "", '"/': "/"}

_MATH = re.compile(r"\$[^$]*\$")
# Crossref writes \cyrchar\{CYRM} and \cyrchar\CYRM.
_CYRILLIC = re.compile(r"\\?\{\\?((?:CYR|cyr)[A-Za-z]+)\}|\\((?:CYR|cyr)[A-Za-z]+)")
_NUMBER = re.compile(r"\s*(?:\"([0-9A-Fa-f]{1,6})|'([0-7]{1,7})|([0-9]{1,7}))\s?")


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
    if (composed := with_plain_commands(tex)) is not None:
        return Decoded(composed.strip(" "), lossless=True)
    reader = _Reader(tex)
    text = reader.read_all()
    text = _spans(text) if keep_case_braces else text.replace(_OPEN, "").replace(_CLOSE, "")
    return Decoded(text.strip(" "), reader.lossless)


def with_plain_commands(tex: str) -> str | None:
    r"""Return a text whose only TeX is escaped signs and accents on single letters with these as characters, else None.

    >>> with_plain_commands(r"G{\"o}del \& \v{S}kvoreck{\'y}"), with_plain_commands(r"{DNA} of K{\"o}ln")
    ('Gödel & Škvorecký', None)
    """
    if "\\" not in tex:
        return None
    text = _PLAIN_COMMAND.sub(_sign, tex)
    return None if '"' in text or _ANY_TEX.search(text) else text


def _sign(command: re.Match[str]) -> str:
    escaped, _, name, letter, named, braced = command.groups()
    accent = ACCENTS.get(name or named or "")
    return escaped or (unicodedata.normalize("NFC", (letter or braced) + accent) if accent else command[0])


def unknown_commands(tex: str) -> list[str]:
    r"""Return the commands of a TeX value that no table knows, in their order, each once.

    >>> unknown_commands(r"The \roadsign{} of \emph{K\"oln}")
    ['\\roadsign']
    """
    if "\\" not in tex:
        return []
    if all(map(_is_known, set(_COMMAND.findall(tex)))):
        return []
    reader = _Reader(tex)
    reader.read_all()
    return list(dict.fromkeys(reader.unknown))


@cache
def _is_known(name: str) -> bool:
    """Whether a command means the same wherever it stands, so that no value has to be read to know it."""
    bare = name.rstrip("*") if len(name) > 1 else name
    tables = (ACCENTS, ARGUMENT, DECLARATIONS, SILENT, LAST_ARGUMENT)
    return any(bare in table for table in tables) or (bare not in _BY_NUMBER and sign_of(bare) is not None)


class _Reader:
    """Reads one TeX value from left to right."""

    def __init__(self, tex: str) -> None:
        self.tex = _SPACES.sub(" ", tex)
        if r"\(" in self.tex:
            self.tex = _ROUND_MATH.sub(r"$\1$", self.tex)
        self.at = 0
        self.lossless = True
        self.depth = 0
        self.unknown: list[str] = []
        self.closing: dict[int, tuple[str, str]] = {}
        self.is_quoted = False

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
                done.append(self._math(math[0]))
            elif letter in '`<",' and (quote := self._quotation_mark()):
                done.append(quote)
            elif self.at in self.closing:
                sign, quote = self.closing[self.at]
                self._take(sign)
                done.append(quote)
            elif letter == '"':
                done.append(self._straight_quote())
            elif ligature := _TYPOGRAPHY.match(self.tex, self.at):
                done.append(_TYPOGRAPHIC[self._take(ligature[0])])
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

    def _quotation_mark(self) -> str:
        """Return the mark that opens a quotation here, or '' where none does, or none closes it."""
        match = _OPENING.match(self.tex, self.at)
        if not match or (match[0][0] == '"' and self.is_quoted):
            return ""
        opened = match[0]
        next_opened = self.tex.find(opened, match.end()) if opened == "`" else -1
        end = next_opened if next_opened > 0 else len(self.tex)
        closings = list(_CLOSING[opened].finditer(self.tex, match.end(), end))
        free = [found for found in closings if found.start() not in self.closing]
        if not free:
            return ""
        # Of several apostrophes that may close, one after "s" may be a possessive.
        closed = next((found for found in free if self.tex[found.start() - 1] != "s"), free[0])
        before, after = _PAIRS[opened]
        self.closing[closed.start()] = closed[0], after
        self._take(opened)
        return before

    def _straight_quote(self) -> str:
        """Return what a straight quotation mark stands for: itself, or one of babel's shorthands begins with it."""
        match = None if self.is_quoted else _SHORTHAND.match(self.tex, self.at)
        if match is None:
            self.is_quoted = not self.is_quoted
            return self._take('"')
        self.lossless = False
        return _SHORTHANDS.get(self._take(match[0]), "—")

    def _math(self, math: str) -> str:
        # A dollar in plain text may be a formula or a price: the raw field is kept.
        self.lossless = False
        self._take(math)
        return plain_math(math[1:-1].strip()) or math

    def _command(self) -> str:
        match = _COMMAND.match(self.tex, self.at)
        name = match[1] if match else ""
        start = self.at
        self.at += 1 + len(name)
        name = name.rstrip("*") if len(name) > 1 else name
        self.depth += 1
        try:
            return self._meaning(name, start)
        finally:
            self.depth -= 1

    def _meaning(self, name: str, start: int) -> str:
        if name in ACCENTS:
            return self._accented(name)
        if name in ARGUMENT:
            self.lossless = self.lossless and ARGUMENT[name].startswith("<")
            return ARGUMENT[name] % self._argument(has_option=True)
        if name in DECLARATIONS:
            self.lossless = False
            self._end_of_word()
            return DECLARATIONS[name] % self._until_close()
        if name in SILENT or name in LAST_ARGUMENT:
            return self._last_argument(name)
        if name in _BY_NUMBER:
            return self._character(name)
        sign = sign_of(name)
        if sign is None:
            return self._unknown(name, start)
        if name not in _WRITTEN and (sign.isascii() or sign.isspace()):
            self.lossless = False
        if name.isalpha():
            self._end_of_word()
        return sign

    def _accented(self, name: str) -> str:
        text = self._argument()
        if not text and name in _BARE_ACCENTS:
            return name
        base = _DOTLESS.get(text[:1], text[:1])
        return unicodedata.normalize("NFC", base + ACCENTS[name]) + text[1:] if base else ""

    def _last_argument(self, name: str) -> str:
        """Pass over the arguments of a command that are not text; return the one that is, if it has one."""
        self.lossless = False
        passed = SILENT.get(name, 0) or LAST_ARGUMENT.get(name, 0)
        if not passed:
            self._end_of_word()
        for _ in range(passed):
            self._argument(has_option=True)
        return self._argument(has_option=True) if name in LAST_ARGUMENT else ""

    def _character(self, name: str) -> str:
        r"""Return the character that a command gives by number (``\symbol``, ``\ding``) or by name (``\cyrchar``)."""
        if name == "cyrchar":
            match = _CYRILLIC.match(self.tex, self.at)
            sign = sign_of(match[1] or match[2]) if match else None
            text = self._take(match[0]) if match and sign else ""
        else:
            bare = name == "char" and _NUMBER.match(self.tex, self.at)
            text = self._take(bare[0]) if bare else self._argument()
            sign = dingbats().get(text) if name == "ding" else _of_number(text)
        if sign is None:
            self.lossless = False
            self.unknown.append(f"\\{name}")
            return text
        return sign

    def _unknown(self, name: str, start: int) -> str:
        r"""Return the arguments of an unknown command, or its name; never two words in one."""
        self.lossless = False
        self.unknown.append(f"\\{name}")
        option = _OPTION.match(self.tex, self.at)
        if option and self.tex.startswith("{", self.at + len(option[0])):
            self._take(option[0])
        if not self.tex.startswith("{", self.at) or self.tex.startswith("{}", self.at):
            self._end_of_word()
            return f"\\{name} " if self.tex[self.at : self.at + 1].isalnum() else f"\\{name}"
        arguments = []
        while self.tex.startswith("{", self.at):
            arguments.append(self._inside())
        text = " ".join(filter(None, arguments))
        # One letter may have an accent that is not known; a word stands apart.
        glued = self.tex[start - 1 : start].isalnum() and len(text) > 1 and text[0].isalnum()
        return f" {text}" if glued else text

    def _end_of_word(self) -> None:
        """Pass over what ends a command's name: ``{}`` or one space."""
        if self.tex.startswith("{}", self.at):
            self.at += 2
        elif self.tex.startswith(" ", self.at):
            self.at += 1

    def _argument(self, *, has_option: bool = False) -> str:
        """Return the text of a command's argument: a group, a command or a letter."""
        if has_option and (option := _OPTION.match(self.tex, self.at)):
            self._take(option[0])
        if self.tex.startswith(" ", self.at):
            self.at += 1
        if self.at >= len(self.tex) or self.depth > _MAX_DEPTH:
            self.lossless = self.depth <= _MAX_DEPTH and self.lossless
            return ""
        if self.tex[self.at] == "{":
            return self._inside()
        if self.tex[self.at] == "\\":
            return self._command()
        if self.tex[self.at] == "}":
            return ""
        return self._take(self.tex[self.at])


_ROUND_MATH = re.compile(r"\\\((.*?)\\\)")


def _of_number(text: str) -> str | None:
    """Return the character of a number as TeX writes it (233, "E9, '351); None for what is no printing character."""
    match = _NUMBER.fullmatch(text)
    if not match:
        return None
    code = int(match[1], 16) if match[1] else int(match[2], 8) if match[2] else int(match[3])
    return chr(code) if 32 <= code < 0xD800 or 0xE000 <= code < 0x110000 else None


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
