"""How often each registry is asked: as its answers say, and not at all while it wants to be left alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from tajikpeace_refs.registries.records import Registry
from tajikpeace_refs.web.client import Response
from tajikpeace_refs.web.headers import retry_after
from tajikpeace_refs.web.schedule import Mood, Pace

FIRST_GAPS: dict[Registry, float] = {
    "crossref": 0.34, "datacite": 0.2, "openalex": 0.1, "openlibrary": 1.0, "arxiv": 3.0, "pubmed": 0.34, "doi": 0.2,
}  # fmt: skip
"""Seconds between two questions until an answer says otherwise, as the registries' manuals ask for."""
PATIENCE_S = 60.0
"""A registry that wants to be left alone for longer is not asked again in this run."""
_MARGIN = 1.15
"""Questions do not travel equally long: of five in a second the sixth may come early."""
_LONG_AGO = float("-inf")
_SLOW_S = 1.0
"""Registries that want so long a pause want one question at a time (arXiv's terms of use)."""
AT_ONCE = 4
"""Questions at once to one registry, unless it wants fewer."""
_SILENCES = 9
"""After so many questions in turn without an answer, a registry gets little time for each further one."""
_ASKS_FOR_A_PAUSE = frozenset({429, 503})

Kind = Literal["record", "search"]
"""What is asked for: registries may allow fewer searches than questions for one record."""


class RegistryPace(Pace):
    """The pace of one registry: that of each kind of question, and that of the faster kind for both together.

    A visit has a ``kind``, and its answers are those of ``web.client``.
    """

    def __init__(self, gap_s: float) -> None:
        super().__init__(gap_s, 1, _SILENCES)  # one at once, until an answer says how many
        self._gaps: dict[Kind, float] = {"record": gap_s, "search": gap_s}
        self._last: dict[Kind, float] = {"record": _LONG_AGO, "search": _LONG_AGO}
        self._known: set[Kind] = set()

    def due(self, visit: Any) -> float:  # noqa: ANN401 - see above
        """Return when a visit may ask."""
        of_any = max(self._last.values()) + min(self._gaps.values())
        return max(self.not_before, self._last[visit.kind] + self._gaps[visit.kind], of_any)

    def begin(self, visit: Any, now: float) -> None:  # noqa: ANN401 - see above
        """Note that a visit asks now."""
        self._last[visit.kind] = now

    def hear(self, visit: Any, answer: Response, now: float) -> None:  # noqa: ANN401 - see above
        """Take what an answer asks for: a rate and questions at once, in Crossref's headers, or a pause."""
        self._learn(visit.kind, answer.headers)
        wait_s = retry_after(answer.headers.get("retry-after"))
        if wait_s is not None and wait_s <= PATIENCE_S and answer.status in _ASKS_FOR_A_PAUSE:
            self.hold(now + wait_s)

    def _learn(self, kind: Kind, headers: Mapping[str, str]) -> None:
        rate, interval = _number(headers.get("x-rate-limit-limit")), headers.get("x-rate-limit-interval", "1s")
        if rate and (seconds := _number(interval.removesuffix("s"))):
            self._gaps[kind] = seconds / rate * _MARGIN
            self._known.add(kind)
            for other in self._gaps.keys() - self._known:
                self._gaps[other] = max(self._gaps[other], self._gaps[kind])
        at_once = _number(headers.get("x-concurrency-limit"))
        self.limit = at_once or (AT_ONCE if min(self._gaps.values()) < _SLOW_S else 1)


def mood_of(answer: Response) -> Mood:
    """Return what an answer says of its registry."""
    status = answer.status or 0
    if status in _ASKS_FOR_A_PAUSE and (retry_after(answer.headers.get("retry-after")) or 0) > PATIENCE_S:
        return Mood.CLOSED
    return Mood.SILENT if answer.fault or status == 429 or status >= 500 else Mood.GOOD


def _number(text: str | None) -> int:
    """Return the number that a header holds; 0 where it holds none."""
    text = (text or "").strip()
    return int(text[:9]) if text.isascii() and text.isdigit() else 0
