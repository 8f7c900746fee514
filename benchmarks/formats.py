"""Time of reading and writing: ours beside the peers, on the same works in one run, CPU time, medians as ratios.

No time is asserted anywhere: the table is what there is to say.
"""

from __future__ import annotations

import gc
import io
import json
import random
import statistics
import time
from collections.abc import Callable
from typing import Any

import bibtexparser
import orjson
import rispy
import yaml
from pybtex.database import parse_string as pybtex_parse

import tajikpeace_refs as refs
from tajikpeace_refs.model.work import WORK

SIZE = 10_000
ROUNDS = 5
_WORDS = ("peace", "conflict", "resolution", "state", "civil", "war", "society", "law", "border", "theory", "NATO",
          "Tajikistan", "of", "and", "the", "in")  # fmt: skip
_CYRILLIC = ("мир", "миростроительство", "Таджикистан", "сулҳ", "ҳуқуқ", "давлат", "қонун")
_TYPES = ("article-journal",) * 6 + ("book", "book", "chapter", "paper-conference", "thesis", "report", "webpage")


def works(count: int) -> list[refs.Work]:
    """Return works shaped like real files, the same ones in every run: types, scripts, some long author lists."""
    dice = random.Random(1997)
    return [WORK.validate_python(_record(number, dice)) for number in range(count)]


def _record(number: int, dice: random.Random) -> dict[str, Any]:
    kind = _TYPES[number % len(_TYPES)]
    russian = number % 10 == 0
    title = " ".join(dice.choices(_CYRILLIC if russian else _WORDS, k=dice.randint(5, 12)))
    people = 60 if number % 500 == 0 else dice.randint(1, 5)
    record: dict[str, Any] = {
        "id": f"work{number}", "type": kind, "title": title[:1].upper() + title[1:],
        "author": [{"family": f"Author{dice.randint(1, 4000)}", "given": "B. K."} for _ in range(people)],
        "issued": f"{dice.randint(1950, 2025)}-{dice.randint(1, 12):02d}", "language": "ru" if russian else "en",
        "publisher": dice.choice(["Smith & Sons", "Devashtich", "Example University Press"]),
        "volume": str(dice.randint(1, 60)), "page": f"{number + 1}-{number + 20}",
        "container-title": "Journal of Peace & Conflict", "DOI": f"10.5555/a_{number}",
    }  # fmt: skip
    if kind == "webpage":
        record["URL"] = f"https://example.org/a_b/{number}?x=%20y"
    return record


def clock(run: Callable[[], Any], rounds: int = ROUNDS) -> float:
    """Return the median CPU time of a call, in seconds."""
    times = []
    for _ in range(rounds):
        gc.collect()
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return statistics.median(times)


def main() -> int:
    """Print the table."""
    library = works(SIZE)
    text = {name: refs.render(library, name, on_loss="ignore") for name in ("csl-yaml", "bibtex", "ris", "csl-json")}
    records = json.loads(json.dumps(yaml.load(text["csl-yaml"], Loader=yaml.CBaseLoader)["references"]))  # noqa: S506
    packed = orjson.dumps(records)
    database = pybtex_parse(text["bibtex"], "bibtex")
    entries = rispy.loads(text["ris"])

    def models(data: list[Any]) -> list[refs.Work]:
        return [WORK.validate_python(record) for record in data]

    rows: list[tuple[str, Callable[[], Any], str, Callable[[], Any], int]] = [
        ("YAML → models", lambda: refs.parse(text["csl-yaml"], "csl-yaml"),
         "CSafeLoader + models", lambda: models(yaml.load(text["csl-yaml"], Loader=yaml.CBaseLoader)["references"]), 3),  # noqa: S506
        ("YAML → models", lambda: refs.parse(text["csl-yaml"], "csl-yaml"),
         "orjson + models (bound)", lambda: models(orjson.loads(packed)), ROUNDS),
        ("models → .bib", lambda: refs.render(library, "bibtex", on_loss="ignore"),
         "pybtex to_string", lambda: database.to_string("bibtex"), 3),
        (".bib → models", lambda: refs.parse(text["bibtex"], "bibtex"),
         "pybtex parse alone", lambda: pybtex_parse(text["bibtex"], "bibtex"), 3),
        (".bib → models", lambda: refs.parse(text["bibtex"], "bibtex"),
         "bibtexparser (raw text)", lambda: bibtexparser.parse_string(text["bibtex"]), 3),
        ("models → RIS", lambda: refs.render(library, "ris", on_loss="ignore"),
         "rispy dumps", lambda: rispy.dumps(entries), ROUNDS),
        ("RIS → models", lambda: refs.parse(text["ris"], "ris"),
         "rispy loads (dicts)", lambda: rispy.load(io.StringIO(text["ris"])), ROUNDS),
        ("CSL-JSON → models", lambda: refs.parse(text["csl-json"], "csl-json"),
         "json.loads (dicts)", lambda: json.loads(text["csl-json"]), ROUNDS),
    ]  # fmt: skip
    print(f"### Formats: {SIZE} works, CPU seconds, median of up to {ROUNDS} rounds\n")
    print("| job | ours | peer | | ours : peer |\n|---|---|---|---|---|")
    for job, ours, peer, theirs, rounds in rows:
        mine, other = clock(ours), clock(theirs, rounds)
        ratio = f"{other / mine:.1f} × as fast" if mine <= other else f"{mine / other:.1f} × the time"
        print(f"| {job} | {mine:.3f} | {peer} | {other:.3f} | {ratio} |", flush=True)
    return 0


if __name__ == "__main__":
    main()
