"""Change real files at random and read, lint, fix and write them: only errors of our own may come of it.

python scripts/fuzz.py [SECONDS] [SEED]: 60 seconds with a fixed seed in CI, longer by hand. Each fault is shown with
its seed, its format and its text, and ends the run with status 1.
"""

from __future__ import annotations

import random
import signal
import sys
import time
import warnings
from datetime import date
from pathlib import Path

import tajikpeace_refs as refs
from tajikpeace_refs.lint import fix, lint_text
from tajikpeace_refs.options import FormatName

_TOP = Path(__file__).resolve().parent.parent
_SUFFIXES: dict[str, FormatName] = {".bib": "bibtex", ".ris": "ris", ".json": "csl-json", ".yaml": "csl-yaml"}
_TARGETS: tuple[FormatName, ...] = ("bibtex", "biblatex", "ris", "csl-json", "csl-yaml", "apa", "gost", "html")
_PIECES = (
    "²", "1" * 4301, "\ufeff", "\u2028", "\ud800", "\x00", "\\", "{", "}", "$", "%", "#", '"', "'", "\n", "\r", "\t",
    " ", ": ", "- ", "@", "&", "<i>", "</i>", "<", "[", "]", ",", "null", "NaN", "1e999", "-0", "2008-13-01", "ER  - ",
    "TY  - ", "@book{", "@string{", "crossref={", "xdata={", "issued: ", "ХІ", "иa", "é", "Ã©", "\u200b", "и др.",
)  # fmt: skip
_LONGEST, _LIMIT_S = 3000, 20
_TODAY = date(2026, 1, 1)


def samples() -> list[tuple[FormatName, str]]:
    """Return pieces of the files of the repository, each with its format."""
    found: list[tuple[FormatName, str]] = []
    for folder in ("data", "tests/data"):
        for path in sorted((_TOP / folder).rglob("*")):
            if path.suffix in _SUFFIXES and path.is_file():
                text = path.read_bytes()[:200_000].decode("utf-8", "replace")
                starts = range(0, min(len(text), 40 * _LONGEST), _LONGEST)
                found += [(_SUFFIXES[path.suffix], text[start : start + _LONGEST]) for start in starts]
    return found


def changed(text: str, rng: random.Random) -> str:
    """Return a text with some of it cut out, doubled, moved, or replaced by what formats find special."""
    for _ in range(rng.randint(1, 6)):
        start = rng.randint(0, len(text))
        end = min(len(text), start + rng.choice((0, 1, 1, 5, 40)))
        new = rng.choice(("", text[start:end] * 2, rng.choice(_PIECES), rng.choice(_PIECES) * rng.choice((1, 2, 30))))
        text = text[:start] + new + text[end:]
    return text


def tried(name: FormatName, text: str, target: FormatName) -> None:
    """Read a text, lint it, fix it if it is YAML, and write its works; errors of our own are as they should be."""
    try:
        library = refs.parse(text, name, on_problem=lambda _: None)
        findings = lint_text(text, name, today=_TODAY)
        if name == "csl-yaml":
            lint_text(fix(text, findings), name, today=_TODAY)
        refs.render(library, target, on_loss="ignore")
    except refs.RefsError:
        pass


def _hangs(*_: object) -> None:
    raise TimeoutError(f"takes more than {_LIMIT_S} seconds")


def main(limit_s: float = 60, seed: int = 16) -> int:
    """Try changed texts for so long; return the number of those that failed."""
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGALRM, _hangs)
    texts, faults, count = samples(), 0, 0
    end = time.monotonic() + limit_s
    while time.monotonic() < end:
        rng = random.Random(f"{seed}.{count}")  # noqa: S311 - to be repeated
        name, text = rng.choice(texts)
        name = rng.choice((name, name, name, *_SUFFIXES.values()))
        text, target = changed(text, rng), rng.choice(_TARGETS)
        signal.alarm(_LIMIT_S)
        try:
            tried(name, text, target)
        except Exception as error:  # noqa: BLE001 - all of them are faults
            faults += 1
            print(f"seed {seed}.{count}: {name} to {target}: {type(error).__name__}: {error}\n  {text!r}")
        finally:
            signal.alarm(0)
        count += 1
    print(f"{count} changed texts, {faults} faults")
    return faults


if __name__ == "__main__":
    sys.exit(min(main(*map(float, sys.argv[1:2]), *map(int, sys.argv[2:3])), 1))
