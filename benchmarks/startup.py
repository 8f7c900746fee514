"""Start: an import and ``--help``, in fresh interpreters, beside ``import pydantic``, which no model can do without.

``python -X importtime -c "import tajikpeace_refs.files"`` shows where the time goes.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

from benchmarks.measure import Row, say

ROUNDS = 15
PYDANTIC = ("-c", "import pydantic")
JOBS = {
    # 150 ms and 300 ms on a machine where import pydantic takes 50 ms.
    "import tajikpeace_refs": (("-c", "import tajikpeace_refs"), 1 / 3),
    # Names load when used: this is what the first use waits for.
    "import and first model": (("-c", "from tajikpeace_refs import Work"), None),
    "tajikpeace-refs --help": (("-m", "tajikpeace_refs", "--help"), 1 / 6),
}


def rows() -> Iterator[Row]:
    """Yield the rows: wall time of whole processes, the interpreter's own start included in both."""
    say("Start")
    commands = [PYDANTIC, *(command for command, _ in JOBS.values())]
    times = [[_seconds(command) for command in commands] for _ in range(ROUNDS)]
    base, *ours = (statistics.median(column) for column in zip(*times, strict=True))
    for (job, (_, target)), took in zip(JOBS.items(), ours, strict=True):
        yield Row(table="Start, wall time", job=job, peer="import pydantic", ours=took, theirs=base, target=target)


def _seconds(arguments: tuple[str, ...]) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return time.perf_counter() - start
