"""What a caller can choose when writing. It imports no model, so that ``--help`` can show the choices quickly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, get_args

from tajikpeace_refs.deprecated import renamed
from tajikpeace_refs.errors import Loss, UsageError, did_you_mean

if TYPE_CHECKING:
    from tajikpeace_refs.model.library import FrontMatter

FormatName = Literal[
    "apa", "biblatex", "bibtex", "csl-json", "csl-jsonl", "csl-yaml", "gost", "hayagriva", "html", "printed", "ris",
]  # fmt: skip
Markup = Literal["plain", "markdown", "html", "latex"]
Script = Literal["latin", "original"]
Scheme = Literal["ala-lc", "ala-lc-full", "bgn-pcgn", "bgn-pcgn-plain", "bsi", "iso-9"]
"""Romanisations: ALA-LC without or with its marks, BGN/PCGN with or without its optional dot, BS 2979, ISO 9:1995."""
TitleCase = Literal["auto", "keep", "sentence"]
"""How an APA list cases English titles: sentence case where the list shows title case, as given, or sentence case."""
Variant = Literal["short", "full"]
"""The standard of a ``gost`` list: GOST R 7.0.5-2008 (short), or GOST R 7.0.100-2018 (full)."""
Order = Literal["alphabet", "given"]
"""The order of a ``gost`` list: by the alphabet, Cyrillic works first; or that of the works, or of their citation."""
OnLoss = Literal["warn", "error", "ignore"] | Callable[[Loss], None]
"""What to do about a variable that a format cannot hold: a ``LossWarning``, a ``LossError``, nothing, or a call."""


DROPPED = ("csl-json.reference",)
"""What is always left out: the reference list that Crossref has of a publisher, often longer than all the rest."""


def ignore_loss(_loss: Loss) -> None:
    """Do nothing about a loss."""


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """How to write; the same choices as the keywords of `render`, `export` and `convert`.

    Raises:
        UsageError: a choice is unknown; the message names the known ones.
    """

    markup: Markup | None = None
    """Markup of an ``apa`` or ``gost`` list: ``plain``, ``markdown``, ``html`` or ``latex``. None: that of the file's
    suffix, else plain text."""
    script: Script | None = None
    """``latin`` transliterates Cyrillic, ``original`` does not; None: ``latin`` for ``apa``, else ``original``."""
    scheme: Scheme = "ala-lc"
    """The system of transliteration: ``ala-lc``, ``ala-lc-full``, ``bgn-pcgn``, ``bgn-pcgn-plain``, ``bsi`` or
    ``iso-9`` (docs/languages.md)."""
    ascii: bool = False
    """Whether characters outside ASCII become LaTeX commands in ``.bib``."""
    links: Mapping[str, Any] | None = None
    """The JSON report of ``check-links`` (docs/links.md), to show its verdicts on an ``html`` page; or None."""
    verified: Mapping[str, Any] | None = None
    """The JSON report of ``verify`` (docs/verify.md), to show its verdicts on an ``html`` page; or None."""
    title: str | None = None
    """The title of an ``html`` page. None: "References"."""
    case: TitleCase = "auto"
    """How an ``apa`` list writes English titles. ``auto``: in sentence case if the list is in title case; ``sentence``:
    in sentence case; ``keep``: as they are."""
    variant: Variant = "short"
    """The standard of a ``gost`` list: ``short`` is GOST R 7.0.5-2008, ``full`` is GOST R 7.0.100-2018."""
    order: Order | None = None
    """The order of a ``gost`` list: ``alphabet`` (Cyrillic works first) or ``given`` (that of the works). None:
    ``alphabet``."""
    numbered: bool = False
    """Whether the items of a ``gost`` list are numbered."""
    language: str | None = None
    """The language of works without one, as a BCP 47 tag. None: the language that the list names."""
    proper_nouns: tuple[str, ...] = ()
    """Words and phrases that keep their capitals, in addition to those of the list."""
    front: FrontMatter | None = None
    """The front matter of the list. None: that of the library or file."""
    on_loss: OnLoss = "warn"
    """What to do about a value that the format cannot hold: ``warn`` (a `LossWarning`), ``error`` (a `LossError`),
    ``ignore``, or a function that takes each `Loss`."""
    drop: tuple[str, ...] = DROPPED
    """Variables (``abstract``) and extra fields (``ris.N1``) to leave out; by default the publishers' lists of
    references in Crossref's records."""

    def __post_init__(self) -> None:
        """Refuse an unknown choice.

        Raises:
            UsageError: the message names the known ones.
        """
        for name, given, known in (
            ("markup", self.markup or "plain", get_args(Markup)),
            ("script", self.script or "latin", get_args(Script)),
            ("scheme", self.scheme, get_args(Scheme)),
            ("case", self.case, get_args(TitleCase)),
            ("variant", self.variant, get_args(Variant)),
            ("order", self.order or "given", get_args(Order)),
        ):
            if given not in known:
                hint = did_you_mean(str(given), known) or f"; known: {', '.join(known)}"
                raise UsageError(f"unknown {name} {given!r}{hint}")
        if not callable(self.on_loss) and self.on_loss not in ("warn", "error", "ignore"):
            raise UsageError(f"unknown on_loss {self.on_loss!r}; known: warn, error, ignore, or a function")

        if needed := {"id", "type"}.intersection(self.drop):
            raise UsageError(f"a work needs its {min(needed)}; it cannot be dropped")

    @property
    def nouns(self) -> tuple[str, ...]:
        """All words and phrases that keep their capitals: those given, and those of the front matter."""
        return (self.front.proper_nouns if self.front else ()) + tuple(self.proper_nouns)

    @property
    def list_language(self) -> str | None:
        """The language of works without one: as given, or that of the front matter."""
        return self.language or (self.front.language if self.front else None)

    @classmethod
    def of(cls, options: WriteOptions | None, **given: Any) -> WriteOptions:  # noqa: ANN401 - the fields
        """Return options with some of them changed; None changes nothing.

        Raises:
            UsageError: ``options`` are of another kind, or a choice is unknown.
        """
        if options is not None and not isinstance(options, WriteOptions):
            raise UsageError(f"expected WriteOptions, got {type(options).__name__}")
        changes = {name: value for name, value in given.items() if value is not None}
        if nouns := changes.get("proper_nouns"):
            if isinstance(nouns, str):
                raise UsageError("proper_nouns: expected a list of words and phrases, got a text")
            changes["proper_nouns"] = tuple(nouns)
        return replace(options, **changes) if options else cls(**changes)


@dataclass(frozen=True, slots=True)
class WriteContext:
    """What a writer gets beside the works: the options, their front matter filled in, and what it calls.

    ``report_loss`` takes each loss that is met; ``key`` gives the id of a work its key in this file, in formats that
    have keys (``Format.key_of``).
    """

    options: WriteOptions
    report_loss: Callable[[Loss], None] = ignore_loss
    key: Callable[[str], str] | None = None


__getattr__ = renamed(__name__, {"Options": "WriteOptions"})
