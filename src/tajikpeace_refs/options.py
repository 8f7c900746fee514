"""How to write: the choices that a caller has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from tajikpeace_refs.choices import Markup, Scheme, Script
from tajikpeace_refs.errors import Loss, UsageError, did_you_mean
from tajikpeace_refs.model.library import Front

__all__ = ["Markup", "Options", "Scheme", "Script"]


def ignore_loss(_loss: Loss) -> None:
    """Ignore a loss: the caller asked for no report."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to write. ``script`` None means the format's own default: Latin for APA, the original elsewhere."""

    markup: Markup = "plain"
    script: Script | None = None
    scheme: Scheme = "ala-lc"
    ascii: bool = False
    front: Front = field(default_factory=Front)
    links: Mapping[str, Any] | None = None
    """The JSON report of ``check-links`` (docs/links.md), for the page."""
    on_loss: Callable[[Loss], None] = ignore_loss
    key: Callable[[str], str] | None = None
    """Gives the id of a work its key, in formats that have such (``Format.key_of``); the codec sees to it."""

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
