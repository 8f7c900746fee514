"""The chart of a list: how many works of each type came out when, as columns of boxes ready to draw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import count
from typing import NamedTuple

from tajikpeace_refs.model.work import Work

HEIGHT = 132
"""In pixels, whatever the window; all widths are shares of a hundred."""
_KINDS, _COLUMNS, _GAP = 6, 48, 5
_DIGIT = 2.7
"""The width of a digit of a label, 7.75 pixels, in the chart of a window of 320 pixels, which has 288 for it."""


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


class Tick(NamedTuple):
    """A label under the columns, and where it begins or, with ``ends``, where it ends."""

    label: str
    x: float
    ends: bool

    @property
    def span(self) -> tuple[float, float]:
        """Where the label begins and ends, with a space behind it, in the narrowest window."""
        width = _DIGIT * (len(self.label) - self.label.count(".") / 2)
        return (self.x - width, self.x + _DIGIT) if self.ends else (self.x, self.x + width + _DIGIT)


class Chart(NamedTuple):
    """The types, the most frequent first and the rare ones as one, the columns in the order of years, their labels."""

    kinds: list[str]
    columns: list[Column]
    ticks: list[Tick]


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
    width = 100 / max(len(spans) + _GAP, 16)
    unit = HEIGHT / max(totals.values(), default=1)
    columns = []
    for number, span in enumerate(spans):
        label = "n.d." if span is None else f"{span * step}" if step == 1 else f"{span * step}–{(span + 1) * step - 1}"
        x = (number + (_GAP if span is None and known else 0)) * width
        columns.append(Column(label, x, width * 0.86, _stack(span, counts, unit), totals[span]))
    return Chart(kinds, columns, _ticks(columns))


def _ticks(columns: Sequence[Column]) -> list[Tick]:
    """Return the labels that have room: of the first column, of the last ones, and of some between."""
    ends = [column for column in columns if column.label == "n.d."]
    dated = [column for column in columns if column.label != "n.d."]
    wanted = [Tick(column.label.split("–")[0], column.x, ends=False) for column in dated[:1]]
    wanted += [Tick(column.label.split("–")[-1], column.x + column.width, ends=True) for column in (*ends, *dated[-1:])]
    wanted += [Tick(column.label.split("–")[0], column.x, ends=False) for column in dated[::12]]
    ticks: list[Tick] = []
    for tick in wanted:
        begin, end = tick.span
        if all(end <= other.span[0] or other.span[1] <= begin for other in ticks):
            ticks.append(tick)
    return ticks


def _stack(span: int | None, counts: Counter[tuple[int | None, int]], unit: float) -> list[Box]:
    y, boxes = float(HEIGHT), []
    for kind in range(_KINDS):
        if works := counts[span, kind]:
            y -= works * unit
            boxes.append(Box(kind, works, y, works * unit))
    return boxes
