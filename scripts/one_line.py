"""Read 50 MB in one line in each format, each in a process of its own, and say how long it took and how much memory.

python scripts/one_line.py [MEGABYTES]; status 1 where more than fifteen times the size of the text was needed.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
from pathlib import Path

from tajikpeace_refs import convert

_MOST = 15
_RECORDS = {
    "json": ("[", '{"id":"a%d","type":"book","title":"On the history of peace, number %d"}', ", ", "]"),
    "jsonl": ("", '{"id":"a","type":"book","title":"%s"}', "", "\n"),
    "bib": ("", "@book{a%d, title={On the history of peace, number %d}}", " ", "\n"),
    "ris": ("TY  - BOOK\nTI  - A\nAB  - ", "On peace %d, number %d. ", "", "\nER  - \n"),
    "yaml": ("references: [", "{id: a%d, type: book, title: 'On the history of peace, number %d'}", ", ", "]\n"),
}


def text_of(suffix: str, size: int) -> str:
    """Return a text of about that size, its records in one line."""
    start, record, separator, end = _RECORDS[suffix]
    if suffix == "jsonl":
        return start + record % ("On peace. " * (size // 10)) + end
    one = record % (1, 1)
    return start + separator.join(record % (number, number) for number in range(size // len(one + separator))) + end


def measured(source: str, target: str) -> tuple[float, float]:
    """Convert a file; return seconds and the megabytes of memory that this process had at most."""
    start = time.perf_counter()
    convert(source, target, on_problem=lambda _: None, on_loss="ignore")
    return time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(megabytes: int = 50) -> int:
    """Try each format; return how many needed too much memory."""
    too_much = 0
    with tempfile.TemporaryDirectory() as folder:
        for suffix in _RECORDS:
            source = Path(folder, f"one.{suffix}")
            source.write_text(text_of(suffix, megabytes * 1_000_000), encoding="utf-8")
            context = multiprocessing.get_context("spawn")
            with context.Pool(1) as pool:
                taken, most = pool.apply(measured, (str(source), f"{folder}/out.ris"))
            too_much += most > 100 + _MOST * megabytes
            print(f"{suffix}: {megabytes} MB in one line: {taken:.1f} s, {most:.0f} MB")
    return too_much


if __name__ == "__main__":
    sys.exit(min(main(*map(int, sys.argv[1:2])), 1))
