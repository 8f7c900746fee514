"""Ten and a hundred times the works: the time of each, beside that of each of 10,000, and the peak memory.

Readers pass the works on and keep none; writers and the APA list hold all works, which is most of their peak.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import tajikpeace_refs as refs
from benchmarks import apa
from benchmarks.formats import our_converter, our_writer
from benchmarks.measure import Row, Run, Side, measured, say
from tajikpeace_refs.model import Work

LINEAR = 1 / 1.3
"""Each of a million works is to take at most 1.3 times as long as each of 10,000."""
STREAM_MB = 300
HELD_KB = 12
"""Memory that a work and what is made of it take where all are held, roughly."""


def rows(folders: dict[int, Path], enough_s: float) -> Iterator[Row]:
    """Yield a row for each job and size."""
    for job, (prepare, most_mb) in JOBS.items():
        first = None
        for size, folder in folders.items():
            if most_mb is None and size * HELD_KB > _free_kb():
                say(f"Scale: {job}: left out, {size:,} works need about {size * HELD_KB / 1e6:.0f} GB of free memory")
                continue
            say(f"Scale: {job}, {size:,} works")
            [side] = measured(folder, [Side("ours", prepare)], enough_s)
            if side.fault:
                raise RuntimeError(f"{job}, {size:,} works: {side.fault}")
            each = side.seconds / size
            yield Row(
                table="Scale, CPU time a work", job=job, peer=f"{size:,} works", ours=each, theirs=first,
                target=LINEAR if first else None, ours_mb=side.mb, most_mb=most_mb if first else None,
                note=side.odd(size),
            )  # fmt: skip
            first = first or each


def _free_kb() -> float:
    info = Path("/proc/meminfo")
    lines = info.read_text().splitlines() if info.exists() else []
    return next((float(line.split()[1]) for line in lines if line.startswith("MemAvailable")), float("inf"))


def our_stream(suffix: str, name: str, folder: Path) -> Run:
    """Read a file as a stream and keep nothing."""

    def run() -> int:
        with (folder / f"works.{suffix}").open(encoding="utf-8") as stream:
            return sum(isinstance(item, Work) for item in refs.iter_parse(stream, name))

    return run


def our_links(folder: Path) -> Run:
    """Check a list of as many URLs where each answers at once: what the checking itself takes."""
    from tajikpeace_refs.links import CheckOptions, check_links
    from tajikpeace_refs.links.follow import Exchange

    answer, options = Exchange(status=200), CheckOptions(per_host=64)

    def run() -> int:
        urls = (f"https://h{number // 100}.example.org/{number}" for number in range(int(folder.name)))
        pages = (refs.Webpage(id=url, type="webpage", title="A page", url=url) for url in urls)
        return sum(1 for _ in check_links(pages, probe=lambda *_: answer, options=options))

    return run


JOBS: dict[str, tuple[Callable[[Path], Run], float | None]] = {
    "RIS → models": (partial(our_stream, "ris", "ris"), STREAM_MB),
    ".bib → models": (partial(our_stream, "bib", "bibtex"), STREAM_MB),
    "RIS → CSL-JSON, convert": (partial(our_converter, "ris", "json"), STREAM_MB),
    "JSON lines → RIS, convert": (partial(our_converter, "jsonl", "ris"), STREAM_MB),
    "YAML → models": (partial(our_stream, "yaml", "csl-yaml"), None),
    "models → .bib": (partial(our_writer, "bibtex", "\n}\n"), None),
    "models → RIS": (partial(our_writer, "ris", "TY  - "), None),
    "models → APA list": (apa.ours, None),
    "URLs → link reports, each answered at once": (our_links, None),
}
