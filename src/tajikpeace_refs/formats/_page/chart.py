"""The chart of a list: how many works of each type came out when, as columns of boxes ready to draw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import count
from typing import NamedTuple

from tajikpeace_refs.model.work import Work

WIDTH, HEIGHT = 640, 132
_KINDS, _COLUMNS, _GAP = 6, 48, 3


class Box(NamedTuple):
    """The works of one type in one column; ``kind`` is the type's place in the chart's kinds."""

    kind: int
    works: int
    y: float
    height: float


class Column(NamedTuple):
    """The works of a year, of some years together, or without a year."""

    label: str
    x: float
    width: float
    boxes: list[Box]
    total: int


class Chart(NamedTuple):
    """The types, the most frequent first and the rare ones as one, and the columns from the first year to the last."""

    kinds: list[str]
    columns: list[Column]


def by_year(works: Sequence[Work]) -> Chart:
    """Return the chart of some works; as few years share a column as the width allows."""
    types = [kind for kind, _ in Counter(work.type for work in works).most_common()]
    place = {kind: min(number, _KINDS - 1) for number, kind in enumerate(types)}
    kinds = types if len(types) <= _KINDS else [*types[: _KINDS - 1], "other"]
    years = [work.issued.year if work.issued else None for work in works]
    known = [year for year in years if year is not None]
    first, last = min(known, default=0), max(known, default=-1)
    steps = (unit * 10**power for power in count() for unit in (1, 5))
    step = next(step for step in steps if last // step - first // step < _COLUMNS)
    spans: list[int | None] = [*range(first // step, last // step + 1)]
    if None in years:
        spans.append(None)
    counts = Counter(
        (None if year is None else year // step, place[work.type]) for year, work in zip(years, works, strict=True)
    )
    totals = {span: sum(counts[span, kind] for kind in range(_KINDS)) for span in spans}
    width = WIDTH / max(len(spans) + _GAP, 16)
    unit = HEIGHT / max(totals.values(), default=1)
    columns = []
    for number, span in enumerate(spans):
        label = "n.d." if span is None else f"{span * step}" if step == 1 else f"{span * step}–{(span + 1) * step - 1}"
        x = (number + (_GAP if span is None and known else 0)) * width
        columns.append(Column(label, x, width * 0.86, _stack(span, counts, unit), totals[span]))
    return Chart(kinds, columns)


def _stack(span: int | None, counts: Counter[tuple[int | None, int]], unit: float) -> list[Box]:
    y, boxes = float(HEIGHT), []
    for kind in range(_KINDS):
        if works := counts[span, kind]:
            y -= works * unit
            boxes.append(Box(kind, works, y, works * unit))
    return boxes
