"""What a format is: a name, its suffixes, and how it reads and writes.

Reading gives a stream of items, so that a bad record never hides the next and a large file never fills the memory.
Writing gives a stream of texts for the same reason. Neither touches the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, TextIO, get_args

from tajikpeace_refs.errors import Loss, Problem, UsageError, did_you_mean
from tajikpeace_refs.model.library import Front
from tajikpeace_refs.model.work import Work

Markup = Literal["plain", "markdown", "html", "latex"]
Script = Literal["latin", "original"]
Scheme = Literal["ala-lc", "bgn-pcgn", "iso-9"]

Item = Work | Problem | Front
"""What a reader yields: works in file order, what is wrong, and what the file says of the whole list."""


def _unheard(_loss: Loss) -> None:
    """Ignore a loss: the caller asked for no report."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to write. ``script`` None means the format's own default: Latin for APA, the original elsewhere."""

    markup: Markup = "plain"
    script: Script | None = None
    scheme: Scheme = "ala-lc"
    ascii: bool = False
    front: Front = field(default_factory=Front)
    on_loss: Callable[[Loss], None] = _unheard

    def __post_init__(self) -> None:
        """Refuse a choice that there is not.

        Raises:
            UsageError: with what there is.
        """
        for name, given, known in (
            ("markup", self.markup, get_args(Markup)),
            ("script", self.script or "latin", get_args(Script)),
            ("scheme", self.scheme, get_args(Scheme)),
        ):
            if given not in known:
                hint = did_you_mean(given, known) or f"; known: {', '.join(known)}"
                raise UsageError(f"unknown {name} {given!r}{hint}")


Reader = Callable[[TextIO], Iterator[Item]]
Writer = Callable[[Iterable[Work], Options], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: ``label`` for people, ``suffixes`` with the markup each implies, a reader, a writer.

    ``sniff`` says whether the start of a text looks like the format, so that a misnamed file can be named.
    ``has_own_script`` says that the writer romanises by itself; for the others it is done before.
    """

    name: str
    label: str
    suffixes: dict[str, Markup] = field(default_factory=dict)
    read: Reader | None = None
    write: Writer | None = None
    sniff: Callable[[str], bool] | None = None
    has_own_script: bool = False
