r"""The addresses in a field: the argument of ``\url`` or ``\href``, or bare, and what the words around them say."""

from __future__ import annotations

import re
from typing import NamedTuple

from tajikpeace_refs.model.date_words import ACCESS_NOTE

_COMMAND = re.compile(r"\\(url|path|nolinkurl|href)\s*(?=\{)")
_ESCAPE = (
    r"\{\\~\{\s?\}\}|\{\\[%&#_$~{}]\}|\\~\{\s?\}|\\[%&#_$~{}]|\{?\\text(?:underscore|asciitilde|less|greater)\s?(?:\{\})?\}?"
    r"|\\string~|\{?\$\\sim\$\}?"
)
_BARE = re.compile(rf"(?:https?|ftp)://(?:[^\s{{}}<>\"\\$]++|{_ESCAPE}|\$)+", re.IGNORECASE)
_ESCAPED = re.compile(_ESCAPE)
_SIGNS = {"underscore": "_", "asciitilde": "~", "less": "<", "greater": ">", "sim": "~"}

# Words that only lead to an address.
_LEADING = re.compile(
    r"(?:available|retrieved|accessed|accessible|online|on-line|downloaded|found|see|also|from|at|on|in|via|und|and|e?t"
    r"|url|uri|link|links?|website|web\s?site|web\s?page|web|internet|http|https|verfügbar|unter|abrufbar|disponible|sur|en"
    r"|электронный\s+ресурс|режим\s+доступа|доступно|the|it|is|can\s+be|here|pdf|accessed)\b",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(rf"^\s*(?:(?:{_LEADING.pattern})[\s:~]*)+[,;]\s*", re.IGNORECASE)
_SIGNS_BETWEEN = re.compile(r"[\s.,;:()\[\]{}/–~-]+")


class Addresses(NamedTuple):
    """The addresses of a field, and the words beside them as TeX."""

    urls: tuple[str, ...]
    words: str

    @property
    def accessed(self) -> str:
        """The date of access as the words give it; empty where they give none."""
        found = ACCESS_NOTE.search(self.words.replace("~", " "))
        return found["date"].strip(" .,:") if found else ""

    @property
    def rest(self) -> str:
        """The words that are neither a date of access nor lead to the address, as TeX."""
        text = ACCESS_NOTE.sub(" ", self.words)
        text = _LEAD_IN.sub("", text)
        bare = _SIGNS_BETWEEN.sub(" ", _LEADING.sub(" ", text)).strip()
        return " ".join(text.split()).strip(" ,;:()[]") if bare else ""


def find_addresses(tex: str) -> Addresses:
    r"""Return the addresses of a field, those of commands and the bare ones, and the words beside them.

    >>> find_addresses(r"Available at \url{http://a.org/b\_c} (accessed 3 May 2020)").urls
    ('http://a.org/b_c',)
    >>> find_addresses(r"\href{http://a.org}{Road Press}, 2nd part").rest
    'Road Press, 2nd part'
    >>> find_addresses(r"Available at \url{http://a.org}, 2nd part").rest
    '2nd part'
    """
    if (alone := _BARE.match(tex)) and alone.end() == len(tex):
        return Addresses((plain_address(without_end(tex)),), _end_of(tex))
    urls: list[str] = []
    words, at = "", 0
    while command := _COMMAND.search(tex, at):
        end = group_end(tex, command.end())
        words += tex[at : command.start()] + " "
        urls.append(plain_address(tex[command.end() + 1 : end - 1]))
        at = end
        if command[1] == "href" and tex[at:].lstrip()[:1] == "{":
            start = tex.index("{", at)
            at = group_end(tex, start)
            shown = tex[start + 1 : at - 1]
            words += "" if _BARE.match(shown) or plain_address(shown) in urls[-1] else shown
    words += tex[at:]
    urls += [plain_address(without_end(bare[0])) for bare in _BARE.finditer(words)]
    return Addresses(tuple(dict.fromkeys(filter(None, urls))), _BARE.sub(lambda bare: _end_of(bare[0]), words))


def plain_address(tex: str) -> str:
    r"""Return an address without TeX's escapes: no address has a backslash, but people escape what biblatex does not.

    >>> plain_address(r"http://example.org/\~{}reed/a\_b")
    'http://example.org/~reed/a_b'
    """
    return _ESCAPED.sub(_sign, tex.strip()) if "\\" in tex else tex.strip()


def _sign(escape: re.Match[str]) -> str:
    named = next((sign for name, sign in _SIGNS.items() if name in escape[0]), None)
    return named or escape[0].removeprefix("{").removeprefix("\\").removeprefix("string")[:1]


def read_address(tex: str) -> str:
    r"""Return the one address that a field for addresses holds; the whole field where it may be one with blanks in it.

    >>> read_address("https://example.org/a (accessed 3 May 2020)"), read_address("http://example.org/my file.pdf")
    ('https://example.org/a', 'http://example.org/my file.pdf')
    """
    has_command = _COMMAND.search(tex) is not None
    if has_command or " " in tex:
        found = find_addresses(tex)
        if found.urls and (has_command or not found.rest or found.words.lstrip().startswith(("(", "["))):
            return found.urls[0]
    return plain_address(tex)


def group_end(tex: str, start: int) -> int:
    """Return the place after the brace that closes the one at ``start``; the end of the text where none does."""
    depth = 0
    for at in range(start, len(tex)):
        depth += {"{": 1, "}": -1}.get(tex[at], 0)
        if depth == 0:
            return at + 1
    return len(tex)


def without_end(address: str) -> str:
    """Return an address found in a text without the punctuation after it; a closing bracket stays if it opens inside.

    >>> without_end("http://a.org/b_(c)."), without_end("http://a.org/b).")
    ('http://a.org/b_(c)', 'http://a.org/b')
    """
    unopened = address.count(")") + address.count("]") - address.count("(") - address.count("[")
    end = len(address)
    while end and (address[end - 1] in ".,;:!?'" or (address[end - 1] in ")]" and unopened > 0)):
        end -= 1
        unopened -= address[end] in ")]"
    return address[:end]


def _end_of(address: str) -> str:
    return " " + address[len(without_end(address)) :]
