"""Run every benchmark: ``python -m benchmarks [--quick] [--up-to WORKS]``; status 1 where a target is missed."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from benchmarks import apa, data, editing, formats, links, report, scale, shared, startup
from benchmarks.measure import ENOUGH_S, QUICK_S, Row, say

SIZES = (10_000, 100_000, 1_000_000)
APA_SIZE = 1000
"""citeproc-py takes 11 ms a work, and pandoc's time grows with the square: more works would only favour ours."""


def every(sizes: tuple[int, ...], enough_s: float, folder: Path) -> Iterator[Row]:
    """Yield the rows of all benchmarks."""
    yield from startup.rows()
    made = {}
    for size in (editing.SIZE, APA_SIZE, *sizes):
        say(f"Writing {size:,} works as YAML, .bib, RIS and JSON lines")
        made[size] = data.prepared(folder, size)
    yield from formats.rows(made[sizes[0]], sizes[0], enough_s)
    yield from apa.rows(made[APA_SIZE], APA_SIZE, enough_s)
    yield from editing.rows(made[editing.SIZE], enough_s)
    yield from links.rows(3000)
    yield from shared.rows(made[sizes[0]], sizes[0])
    yield from scale.rows({size: made[size] for size in sizes}, enough_s)


def main() -> int:
    """Measure, print the tables as they come, and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="10,000 works only; written only with --out")
    parser.add_argument("--up-to", type=int, default=SIZES[-1], metavar="WORKS", help="the longest list: 100000, 10000")
    parser.add_argument("--out", type=Path, help="folder of the results (default: docs/performance)")
    arguments = parser.parse_args()
    quick, out = arguments.quick, arguments.out
    sizes, enough_s = (SIZES[:1], QUICK_S) if quick else (SIZES, ENOUGH_S)
    sizes = tuple(size for size in sizes if size <= max(arguments.up_to, SIZES[0]))
    say("This takes about 4 minutes." if quick else "This takes about 40 minutes and 12 GB of memory; --quick takes 4.")
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name, group in groupby(every(sizes, enough_s, Path(folder)), key=lambda row: row.table):
            some = list(group)
            print(f"## {name}\n\n{report.table(some)}", flush=True)
            rows += some
    results = report.Results.of(rows)
    print(results.where())
    if out:
        report.write(results, out)
    elif not quick:
        report.publish(results)
    missed = [row for row in rows if row.met is False]
    print("\n".join(f"missed: {row.job} beside {row.peer}" for row in missed) or "every target is met")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
