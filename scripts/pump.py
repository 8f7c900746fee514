"""Pump every text of a work through everything: four times the text may take about four times as long, not sixteen.

python -m scripts.pump [SEED]: without a seed every field with every text (an hour on two cores); with one, each field
with one text, as CI does (about a minute). Times are of the process, not of the clock, what is done in no time is
not compared, and a fault is what is too slow in each of three tries. Each is shown, and ends the run with status 1.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import signal
import sys
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Any

import tajikpeace_refs as refs
from tajikpeace_refs.lint import fix, lint_text
from tajikpeace_refs.model.work import DATE_VARIABLES, EDITORIAL, FIELDS, NAME_VARIABLES, SPELLING
from tajikpeace_refs.options import FormatName

Steps = list[tuple[str, Callable[[], object]]]
Case = tuple[int, Callable[[int], Steps]]
"""A size, and what is done with a text of a size."""

_UNITS = (
    " ", "a", "a ", "Ab ", "и", "И ", "иa ", "1", "1 ", "1-", "1, ", "-", " - ", "(", "(a) ", ")", "[", "{", "{}", "$",
    "\\", "\\a{", '\\"', "<", "<i>", "</i>", '<span class="nocase">', "'", '"', "«", "A.", "A. ", ".", ". ", ",", ": ",
    "/", " // ", "*", "_", "`", "^", "~", "@a ", "http://a ", "IV", "ХІ ", " and ", "vol. ", "&", "&amp;", "%", "#",
    "\n\n", "\t", "=", ";", "—", "ӣ", "о\u0301", "Version ", "et al. ", "т. 1, ч. 2. ", "2nd ed. ", "Ã©", "\u200b",
    "\u00a0", "?", "0", "a-", "aB", "\\u0041", "II ", "[a] ", "2-е изд., ", " / A", " : ", "; ", " = ", "Vol. ", "№ ",
    "London, ", "ed. ",
)  # fmt: skip
_NO_TEXT = {"id", "type", "keyword", "categories", "retrieval_needed", "extra", *EDITORIAL, *NAME_VARIABLES}
_OF_NAMES = ("family", "given", "suffix", "non-dropping-particle")
_FIELDS = (*(name for name in FIELDS if name not in {*_NO_TEXT, *DATE_VARIABLES}), "issued", "literal", *_OF_NAMES)
_FORMATS: tuple[FormatName, ...] = ("bibtex", "biblatex", "ris", "csl-json", "csl-yaml", "apa", "gost", "html")
_READABLE = _FORMATS[:5]
_TIMES, _MOST, _TRIES = 4, 10, 3
_FLOOR_S, _LIMIT_S = 0.03, 60
_TODAY = date(2026, 1, 1)


def item_with(field: str, text: str) -> dict[str, Any]:
    """Return a CSL item whose field, or part of its author's name, is that text."""
    item: dict[str, Any] = {
        "id": "x", "type": "article-journal", "title": "On peace", "issued": "2001", "author": [{"family": "Hill"}],
    }  # fmt: skip
    if field in _OF_NAMES:
        item["author"][0][field] = text
    elif field == "literal":
        item["author"] = [{"literal": text}]
    else:
        item[SPELLING[field]] = text
    return item


def _ignore(_: refs.Problem) -> None:
    """Take a problem and do nothing."""


def _fixed(text: str) -> str:
    return fix(text, lint_text(text, "csl-yaml", today=_TODAY))


def steps_of(item: dict[str, Any]) -> Steps:
    """Return what is done with an item, each with its name: reading, linting, and writing in each format."""
    text = json.dumps([item], ensure_ascii=False)
    library = refs.parse(text, "csl-json", on_problem=_ignore)
    written = {name: refs.render(library, name, on_loss="ignore") for name in _READABLE}
    read = partial(refs.parse, on_problem=_ignore)
    return [
        ("read csl-json", lambda: read(text, "csl-json")),
        ("fix", lambda: _fixed(written["csl-yaml"])),
        ("lint bibtex", lambda: lint_text(written["bibtex"], "bibtex", today=_TODAY)),
        ("apa in markdown", lambda: refs.render(library, "apa", markup="markdown", case="sentence", on_loss="ignore")),
        ("latin ascii", lambda: refs.render(library, "biblatex", script="latin", ascii=True, on_loss="ignore")),
        *((f"write {name}", lambda name=name: refs.render(library, name, on_loss="ignore")) for name in _FORMATS),
        *((f"read {name}", lambda name=name: read(written[name], name)) for name in _READABLE),
    ]  # fmt: skip


def _field(field: str, unit: str) -> Case:
    return 1500, lambda size: steps_of(item_with(field, f"X{unit * (size // len(unit))}X"))


def _many(text: str, size: int) -> str:
    return text * (size // len(text))


_FILES: tuple[tuple[str, FormatName, Callable[[int], str]], ...] = (
    ("one-line JSON list", "csl-json", lambda n: "[" + ",".join(['{"id":"a","type":"book"}'] * (n // 25)) + "]"),
    ("one-line .bib", "bibtex", lambda n: _many("@book{a, title={A}} ", n)),
    ("per cents in a key", "bibtex", lambda n: f"@book{{a, title={{x}}, {_many('a%b ', n)}}}"),
    ("per cents in one line of entries", "bibtex", lambda n: _many("@book{a, note={5 %}} ", n)),
    ("crossref and blanks", "bibtex", lambda n: f"@book{{a, crossref ={' ' * n}}}"),
    ("crossrefs in one line", "bibtex", lambda n: _many("@book{a, crossref = {b}} ", n)),
    ("xdata with many parents", "bibtex",
     lambda n: _many("@book{a, title={x}, xdata={p}}\n", n // 2) + f"@xdata{{p, xdata={{{_many('q,', n // 2)}}}}}"),
    ("strings of a string", "bibtex",
     lambda n: f"@string{{s={{{'x' * (n // 2)}}}}}\n" + _many("@book{a, title={x}, note=s}\n", n // 2)),
    ("macros of a preamble", "bibtex",
     lambda n: f'@preamble{{"\\newcommand{{\\m}}{{{_many("x", n // 2)}}}"}}\n'
               f"@book{{a, title={{{_many(chr(92) + 'm ', n // 2)}}}}}"),
    ("many ERs", "ris", lambda n: "TY  - BOOK\n" + _many("ER  - ", n)),
    ("wrapped addresses", "ris", lambda n: f"TY  - BOOK\nTI  - A\nUR  - http://a\n{_many('x' + chr(10), n)}ER  - \n"),
    ("many keywords", "ris", lambda n: f"TY  - BOOK\nTI  - A\n{_many('KW  - x' + chr(10), n)}ER  - \n"),
    ("unknown types", "csl-yaml", lambda n: _many("- {id: a, type: bok, title: X}\n", n)),
    ("strings that are not defined", "bibtex", lambda n: "".join(f"@book{{a, note=s{i}}}\n" for i in range(n // 20))),
)  # fmt: skip
_STYLES = ('"{}"', "'{}'", "{}", ">-\n    {}", "|\n    {}")


def _file(name: FormatName, make: Callable[[int], str]) -> Case:
    def steps(size: int) -> Steps:
        text = make(size)
        return [("read", lambda: refs.parse(text, name, on_problem=_ignore))]

    return 25_000, steps


def _folded(style: str) -> Case:
    """Each fault of a long text over many lines has its place, and looking for one does not begin at the top."""

    def steps(lines: int) -> Steps:
        title = style.format("иa слово\n    " * lines + "b")
        text = f"- id: a\n  type: book\n  title: {title}\n"
        return [("fix", lambda: _fixed(text))]

    return 9000, steps


def cases(seed: int | None = None) -> dict[str, Case]:
    """Return every case by its name; of the texts of a field, with a seed, only one, and with each field another."""
    rng, units = random.Random(seed or 0), list(_UNITS)  # noqa: S311 - to be repeated
    rng.shuffle(units)
    pairs = [(field, unit) for field in _FIELDS for unit in units]
    rng.shuffle(pairs)
    if seed is not None:
        pairs = [(field, units[place % len(units)]) for place, field in enumerate(_FIELDS)]
    found = {f"file: {name}": _file(format_, make) for name, format_, make in _FILES}
    found |= {f"folded: {style!r}": _folded(style) for style in _STYLES}
    return found | {f"{field}: {unit!r}": _field(field, unit) for field, unit in pairs}


def seconds(do: Callable[[], object]) -> float:
    """Return the time of this process that something takes; errors of our own are as they should be."""
    start = time.process_time()
    with suppress(refs.RefsError):
        do()
    return time.process_time() - start


def ratio(do_small: Callable[[], object], do_large: Callable[[], object]) -> float:
    """Return how many times as long the larger takes, the least of three tries; 0 where neither takes long."""
    least = float("inf")
    for _ in range(_TRIES):
        if (taken := seconds(do_large)) < _MOST * _FLOOR_S:
            return 0
        least = min(least, taken / max(seconds(do_small), _FLOOR_S))
        if least < _MOST:
            break
    return least


def faults_of(case: Case) -> list[str]:
    """Return what takes too long in a case: its name, and how long."""
    size, steps = case
    try:
        signal.setitimer(signal.ITIMER_PROF, _LIMIT_S)
        pairs = zip(steps(size), steps(_TIMES * size), strict=True)
        ratios = {name: ratio(do_small, do_large) for (name, do_small), (_, do_large) in pairs}
        return [f"{name}: {times:.0f} times as long" for name, times in ratios.items() if times >= _MOST]
    except Exception as error:  # noqa: BLE001 - all of them are faults
        return [f"{type(error).__name__}: {error}"]
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _hangs(*_: object) -> None:
    raise TimeoutError(f"takes more than {_LIMIT_S} seconds")


def _tried(job: tuple[str, int | None]) -> tuple[str, list[str]]:
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGPROF, _hangs)
    return job[0], faults_of(cases(job[1])[job[0]])


def main(seed: int | None = None) -> int:
    """Try all cases, two at a time; return the number of those with a fault."""
    jobs = [(name, seed) for name in cases(seed)]
    count = 0
    with multiprocessing.Pool(2) as pool:
        for name, faults in pool.imap_unordered(_tried, jobs):
            count += bool(faults)
            for fault in faults:
                print(f"{name}: {fault}", flush=True)
    print(f"{len(jobs)} cases, {count} of them with a fault")
    return count


if __name__ == "__main__":
    sys.exit(min(main(*map(int, sys.argv[1:2])), 1))
