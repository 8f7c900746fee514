"""The errors of the library, and how their messages are written (docs/errors.md)."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice
from typing import Literal, Self

# C0 and C1 control characters, DEL, the line and paragraph separators, halves of surrogate pairs.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_NAMED = {"\t": r"\t", "\n": r"\n", "\r": r"\r"}


def visible(text: str) -> str:
    r"""Return a text as it is shown in one line: line breaks, tabs and control characters as escapes.

    So no text from a file or a server can begin a line of its own, part cells, or give orders to a terminal.

    >>> print(visible("Peace\tand\x1b[31m\n::error"))
    Peace\tand\x1b[31m\n::error
    """
    if text.isprintable():
        return text
    return _UNSAFE.sub(lambda found: _NAMED.get(found[0]) or _escape(ord(found[0])), text)


def visible_lines(text: str) -> str:
    """Return what `visible` returns for each line of a text of several."""
    return "\n".join(map(visible, text.split("\n")))


def without_controls(text: str) -> str:
    r"""Return works written for a terminal: the control characters that texts of works may have (C1) as escapes.

    >>> print(without_controls("Peace\x9b31m"))
    Peace\x9b31m
    """
    return text if text.isascii() else _C1.sub(lambda found: _escape(ord(found[0])), text)


_C1 = re.compile("[\x80-\x9f]")


def _escape(code: int) -> str:
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


MASK = ":***@"
"""What stands for a password after the user name in a URL."""
_AUTHORITY = re.compile(r"(?<![/\\])([/\\]{2,}|(?<=:)[/\\])([^\s/?#]+)")
_ODD_PASSWORD = re.compile(r"((?<![/\\])[/\\]{2,}[^\s/?#@:\[]{1,200}+):(?![0-9]*[/?#])[^\s/?#@]{1,200}+[/?#]\S{0,200}@")
"""A password whose ``/``, ``?`` or ``#`` is not percent-encoded: what is before it is no port."""


def masked(text: str) -> str:
    """Return a text to be shown, with asterisks for the passwords of the URLs in it (RFC 3986 section 3.2.1).

    >>> masked("no answer from https://reader:s3cret@x.org:8080/a:b@c")
    'no answer from https://reader:***@x.org:8080/a:b@c'
    >>> masked("http://reader:s3/cret@x.org, http://x.org:80/@a")
    'http://reader:***@x.org, http://x.org:80/@a'
    """
    return _AUTHORITY.sub(_masked_authority, _ODD_PASSWORD.sub(rf"\1{MASK}", text))


def _masked_authority(match: re.Match[str]) -> str:
    information, at, host = match[2].rpartition("@")
    user, colon, _ = information.partition(":")
    return f"{match[1]}{user}{MASK}{host}" if at and colon else match[0]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with an input, and where.

    As text: ``FILE:LINE:COLUMN: error: WORK-ID: VARIABLE: what is wrong; what to do``. Parts that are not known are
    left out.
    """

    message: str
    """What is wrong, and what to do; passwords in addresses are replaced by asterisks."""
    work_id: str | None = None
    """The id of the work; None: no work, or one without an id."""
    variable: str | None = None
    """The variable of the work, as CSL spells it: ``author[0].given``; None: the whole work."""
    line: int | None = None
    """The line, from 1; None: not known."""
    column: int | None = None
    """The column, from 1; None: not known."""
    file: str = "<string>"
    """The name of the file."""
    severity: Literal["error", "warning", "hint"] = "error"
    """``error``: wrong; ``warning``: most likely wrong; ``hint``: may be meant."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", masked(self.message))

    def __str__(self) -> str:
        place = [self.file]
        if self.line is not None:
            place.append(str(self.line))
            if self.column is not None:
                place.append(str(self.column))
        parts = [":".join(place), self.severity, *filter(None, (self.work_id, self.variable)), self.message]
        return visible(": ".join(parts))

    def in_file(self, file: str) -> Self:
        """Return the same problem with the name of a file."""
        return replace(self, file=file)


class RefsError(Exception):
    """The base of all errors that this library raises on purpose; passwords in addresses are replaced by asterisks."""

    def __init__(self, *args: object) -> None:
        super().__init__(*(masked(each) if isinstance(each, str) else each for each in args))


class InputError(RefsError):
    """A text or file that cannot be read as a library. Its message has one line for each problem.

    ``problems`` has them as `Problem`, with file, line, column, work and variable.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: Sequence[Problem] = tuple(problems)
        """All problems that were found, in the order of their places."""
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True)
class Loss:
    """One variable of one work that a format cannot hold.

    As text: ``WORK-ID: VARIABLE: not kept in FORMAT: why``.
    """

    work_id: str
    """The id of the work."""
    variable: str
    """The variable, as CSL spells it: ``translated-title``."""
    format: str
    """The name of the format that was written: ``bibtex``."""
    reason: str = ""
    """Why it is lost, and what can be done; empty: the format has no field for it."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "reason", masked(self.reason))

    def __str__(self) -> str:
        because = f": {self.reason}" if self.reason else ""
        return visible(f"{self.work_id}: {self.variable}: not kept in {self.format}{because}")


class LossError(RefsError):
    """A format cannot hold some values, and the caller asked for an error (``on_loss="error"``).

    ``losses`` has them as `Loss`.
    """

    def __init__(self, losses: Iterable[Loss]) -> None:
        self.losses: Sequence[Loss] = tuple(losses)
        """All losses, in the order of the works."""
        super().__init__("\n".join(str(loss) for loss in self.losses))


class UsageError(RefsError):
    """A request that cannot be met: an unknown format, id or option. Its message names what to do instead."""


class MissingFileError(UsageError, FileNotFoundError):
    """There is no such file; also a ``FileNotFoundError``."""


_LONGEST, _MANY, _MOST = 100, 300, 50_000
"""Longest word, and most known words, that are compared: it is quadratic in the one and linear in the other.

Of more known words those with the same first letter are compared, as far as that many.
"""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``, did you mean 'x'?`` for the nearest known word, or an empty text where none is near."""
    if len(word) > _LONGEST:
        return ""
    names = tuple(islice(known, _MOST))
    if len(names) > _MANY:  # comparing with thousands takes seconds: the first letter is most often right
        names = tuple(name for name in names if name[:1].lower() == word[:1].lower())[:_MANY]
    nearest = _nearest(word, names)
    return f", did you mean {nearest!r}?" if nearest else ""


@lru_cache(maxsize=1024)  # a wrong word is most often wrong in each entry of a file
def _nearest(word: str, known: tuple[str, ...]) -> str:
    """Return the nearest of some words, or an empty text where none is near."""
    matches = get_close_matches(word, known, n=1, cutoff=0.55)
    if not matches:
        folded = {name.lower().replace("_", "-"): name for name in known}
        matches = [folded[name] for name in get_close_matches(word.lower().replace("_", "-"), folded, n=1)]
    return matches[0] if matches else ""


SEE_KEYS = "; 'tajikpeace-refs schema --keys' lists the known ones"
"""What a message says of an unknown key or type that is near no known one."""


def is_near(word: str, known: Iterable[str]) -> bool:
    """Whether a word is all but one of some known words."""
    return len(word) <= _LONGEST and bool(get_close_matches(word, known, n=1, cutoff=0.8))


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number and its noun: ``1 work``, ``2 works``.

    >>> counted(1, "work"), counted(2, "work"), counted(0, "archived copy", "archived copies")
    ('1 work', '2 works', '0 archived copies')
    """
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def no_work(work_id: str, known: Iterable[str]) -> str:
    """Return the message for an id that no work has, with the nearest known one."""
    return f"no work has the id {work_id!r}{did_you_mean(work_id, known)}"


def id_is_taken(work_id: str) -> str:
    """Return the message for an id that another work has."""
    return f"the id {work_id!r} is taken; give the work another one"


def level_of_caller() -> int:
    """Return the ``stacklevel`` with which a warning points at the line outside this package that called it."""
    frame, level = sys._getframe(1), 1  # noqa: SLF001 - the documented way to see one's callers
    while frame.f_back and str(frame.f_globals.get("__name__")).partition(".")[0] == __package__:
        frame, level = frame.f_back, level + 1
    return level
