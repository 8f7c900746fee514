"""In-text citations as values: one item with its locator, prefix, suffix and mode, and what one citation is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from tajikpeace_refs.errors import UsageError, did_you_mean
from tajikpeace_refs.model.locator import Locator

Mode = Literal["normal", "suppress-author", "author-only", "year-only"]


@dataclass(frozen=True, slots=True)
class Citation:
    """One work in a citation, with its locator and the words around it.

    >>> Citation("ashurov2008", locator="p. 5", prefix="see").locator
    Locator(label='page', value='5')

    Raises:
        UsageError: the mode is unknown.
    """

    id: str
    """The id of the work."""
    locator: Locator | str | None = None
    """The place in the work, such as ``p. 5``; None: the work's own ``locator``."""
    prefix: str = ""
    """Words before it: ``see also``."""
    suffix: str = ""
    """Words after it: ``for a review``."""
    mode: Mode = "normal"
    """``normal``; ``suppress-author``: without the author, for a sentence that names them; ``author-only`` or
    ``year-only``: only the author or the year, without parentheses."""

    def __post_init__(self) -> None:
        """Read the locator.

        Raises:
            UsageError: the mode is unknown.
        """
        if self.mode not in get_args(Mode):
            hint = did_you_mean(str(self.mode), get_args(Mode)) or f"; known: {', '.join(get_args(Mode))}"
            raise UsageError(f"unknown mode {self.mode!r} of a citation{hint}")
        if isinstance(self.locator, str):
            object.__setattr__(self, "locator", Locator.parse(self.locator) if self.locator.strip() else None)


@dataclass(frozen=True, slots=True)
class CitationGroup:
    """One citation of one or more works, in one pair of parentheses."""

    items: tuple[Citation, ...]
    """The works, each with its locator and words."""
    is_narrative: bool = False
    """Whether the author of the first work stands before the parenthesis: ``Ashurov (2008; see Burton, 1990)``."""
