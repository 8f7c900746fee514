"""What runs in the workers of the executor tests: it has to be importable there."""

from __future__ import annotations

import os
import time
from pathlib import Path

from tajikpeace_refs.links import Exchange


class Diary:
    """A probe that answers from its table, slowly, and notes in a folder which process asked which host, and when."""

    def __init__(self, folder: Path, answers: dict[str, Exchange] | None = None, takes_s: float = 0.01) -> None:
        self.folder, self.answers, self.takes_s = folder, answers or {}, takes_s

    def __call__(self, url: str, timeout_s: float, cookies: object = None) -> Exchange:
        began = time.monotonic()
        time.sleep(self.takes_s)
        with (self.folder / f"{os.getpid()}.txt").open("a", encoding="utf-8") as diary:
            diary.write(f"{began} {time.monotonic()} {url}\n")
        return self.answers.get(url, Exchange(status=200, resolved=True))

    def entries(self) -> list[tuple[str, float, float, str]]:
        """Process, beginning, end and host of every asking, in the order of time."""
        lines = [(file.stem, *line.split()) for file in self.folder.iterdir() for line in file.read_text().splitlines()]
        return sorted((pid, float(began), float(ended), url.split("/")[2]) for pid, began, ended, url in lines)
