"""Asks registries over HTTP, at the rate that each allows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tajikpeace_refs.registries.records import Answer, Query, Registry


@dataclass(frozen=True, slots=True)
class RegistryOptions:
    """How to ask registries."""

    urls: Mapping[Registry, str] = field(default_factory=dict)
    """Other base addresses, of mirrors or for tests; such an address may be private."""
    contact: str | None = None
    """An address of whoever asks, sent with each request; some registries answer faster then. None: none is sent."""
    timeout_s: float = 20.0
    """Seconds for one request."""
    retries: int = 2
    """How often a registry is asked again after a fault that may pass."""
    cache: str | None = None
    """The file in which answers are kept."""
    cache_age_s: float = 30 * 86400.0
    """For how long a kept answer is good."""


class Registries:
    """Asks registries; it can be used from many threads, which share the pace of each registry."""

    def __init__(self, options: RegistryOptions, *, is_stopped: Callable[[], bool] = lambda: False) -> None:
        self._options = options
        self._is_stopped = is_stopped

    def ask(self, query: Query) -> Answer:
        """Return the answer to a question; it never raises."""
        raise NotImplementedError(query)

    def close(self) -> None:
        """Close connections and cache."""
