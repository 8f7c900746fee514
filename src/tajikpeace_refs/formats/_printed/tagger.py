"""Labels for the tokens of a printed reference: the best way through a linear-chain model, and how sure it is.

The model is made by ``scripts/train_printed.py``. Its labels are ``B-title``, ``I-title`` and so on: the first token of
a part, and those that go on. It is a text, compressed: labels, transitions, and a line for each feature with the
weights of its labels, in hundredths.
"""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from tajikpeace_refs.formats._printed.features import contexts, position_features, token, token_features

_PRUNED = 6.0
"""Labels of a token whose best way is worse than the best of all by so much are given up."""
_REOPENED = 4.0
"""What a way loses that comes back to a label it has left."""
_UNTITLED = {True: 1.5, False: 6.0}
"""What a way loses that has no title, by whether it has a journal or a volume in its place."""
_REPEATED = frozenset({"note", "date"})
"""Labels that a reference has more than once."""
_WAYS = 12
_NONE = -1e9

Weights = tuple[tuple[int, float], ...]
Arcs = dict[int, float]


class Model(NamedTuple):
    """Weights by feature; ``arcs`` are those of the labels that may follow a label."""

    labels: tuple[str, ...]
    arcs: tuple[Arcs, ...]
    weights: dict[str, Weights]


class Tagged(NamedTuple):
    """The label of a token without its ``B-``, whether a part begins with it, and by how much it beats the others."""

    label: str
    begins: bool
    margin: float


@cache
def model() -> Model:
    """Return the model that comes with the package."""
    packed = (files("tajikpeace_refs.formats._printed") / "model.txt.gz").read_bytes()
    return parse(gzip.decompress(packed).decode())


def parse(text: str) -> Model:
    """Return the model that a text holds."""
    head, arcs, *lines = text.split("\n")
    labels = tuple(head.split(" "))
    known = {(a, b): weight for each in arcs.split(" ") for a, b, weight in [_numbers(each)]}
    after = tuple(
        {to: known.get((at, to), 0) / 100 for to, name in enumerate(labels) if name[0] == "B" or name[1:] == label[1:]}
        for at, label in enumerate(labels)
    )
    weights = {}
    for line in lines:
        name, _, values = line.rpartition("\t")
        pairs = zip(*[iter(map(int, values.split(" ")))] * 2, strict=True)
        weights[name] = tuple((label, weight / 100) for label, weight in pairs)
    return Model(labels, after, weights)


def _numbers(text: str) -> list[int]:
    return [int(each) for each in text.split(",")]


def tag(texts: Sequence[str]) -> list[Tagged]:
    """Return the label of each token of a reference."""
    if not texts:
        return []
    known = model()
    scores = _scores(texts, known)
    forward = _forward(scores, known)
    backward = _backward(scores, forward, known)
    path = _best(forward, backward)
    if _is_doubtful(path, known):
        path = _first_way(scores, forward, known) or path
    return [_tagged(place, path, forward, backward, known) for place in range(len(texts))]


def _scores(texts: Sequence[str], known: Model) -> list[list[float]]:
    """Return the score of each label of each token, transitions apart."""
    weights, zeros = known.weights, [0.0] * len(known.labels)
    tokens = [token(text) for text in texts]
    found = [_add(zeros, features, weights) for features in token_features(texts, tokens)]
    for large in (False, True):
        for context in contexts(tokens, large=large):
            shared = _add(zeros, context.features, weights)
            for place in range(context.start, context.end):
                own = position_features(context, place)
                if place == context.start and not large:
                    own += [f"^{name}" for name in tokens[place].near]
                both = _add(shared, own, weights)
                found[place] = [left + right for left, right in zip(found[place], both, strict=True)]
    return found


def _add(scores: Sequence[float], features: Sequence[str], weights: dict[str, Weights]) -> list[float]:
    total = [*scores]
    for name in features:
        for label, weight in weights.get(name, ()):
            total[label] += weight
    return total


def _forward(scores: list[list[float]], known: Model) -> list[dict[int, float]]:
    """Return for each token the score of the best way to each label that is not given up."""
    first = {label: value for label, value in enumerate(scores[0]) if known.labels[label][0] == "B"}
    found = [_kept(first)]
    for score in scores[1:]:
        best: dict[int, float] = {}
        for before, value in found[-1].items():
            for label, arc in known.arcs[before].items():
                if (total := value + arc) > best.get(label, _NONE):
                    best[label] = total
        found.append(_kept({label: value + score[label] for label, value in best.items()}))
    return found


def _kept(values: dict[int, float]) -> dict[int, float]:
    limit = max(values.values()) - _PRUNED
    return {label: value for label, value in values.items() if value >= limit}


def _backward(scores: list[list[float]], forward: list[dict[int, float]], known: Model) -> list[dict[int, float]]:
    """Return for each token the score of the best way on from each label."""
    found: list[dict[int, float]] = [dict.fromkeys(forward[-1], 0.0)]
    for place in range(len(scores) - 2, -1, -1):
        after = [(label, value + scores[place + 1][label]) for label, value in found[-1].items()]
        here = {}
        for label in forward[place]:
            arcs = known.arcs[label]
            here[label] = max((arcs[to] + value for to, value in after if to in arcs), default=_NONE)
        found.append(here)
    return found[::-1]


def _best(forward: list[dict[int, float]], backward: list[dict[int, float]]) -> list[int]:
    path = []
    for ahead, back in zip(forward, backward, strict=True):
        path.append(max(ahead, key=lambda label: ahead[label] + back[label]))
    return path


def _is_doubtful(path: list[int], known: Model) -> bool:
    """Whether a label begins twice, or none is a title."""
    opened = [known.labels[label][2:] for label in path if known.labels[label][0] == "B"]
    once = [label for label in opened if label not in _REPEATED]
    return len(once) > len(set(once)) or "title" not in opened


def _lost(opened: frozenset[str]) -> float:
    return 0.0 if "title" in opened else _UNTITLED["container-title" in opened]


class _Way(NamedTuple):
    score: float
    label: int
    opened: frozenset[str]
    path: tuple[int, ...]


def _first_way(scores: list[list[float]], forward: list[dict[int, float]], known: Model) -> list[int]:
    """Return the best way where to come back to a label costs something; none where all ways were given up."""
    names = [label[2:] for label in known.labels]
    ways = [
        _Way(scores[0][label], label, frozenset({names[label]}), (label,))
        for label in forward[0]
    ]  # fmt: skip
    for place in range(1, len(scores)):
        longer: dict[tuple[int, frozenset[str]], _Way] = {}
        alive = forward[place]
        for way in ways:
            arcs = known.arcs[way.label]
            for label in alive:
                if label not in arcs:
                    continue
                score, opened = way.score + arcs[label] + scores[place][label], way.opened
                if known.labels[label][0] == "B":
                    name = names[label]
                    score -= _REOPENED if name in opened and name not in _REPEATED else 0
                    opened = opened | {name}
                key = label, opened
                if key not in longer or longer[key].score < score:
                    longer[key] = _Way(score, label, opened, (*way.path, label))
        ways = sorted(longer.values(), key=lambda way: -way.score)[:_WAYS]
    return [*max(ways, key=lambda way: way.score - _lost(way.opened)).path] if ways else []


def _tagged(
    place: int, path: list[int], forward: list[dict[int, float]], backward: list[dict[int, float]], known: Model
) -> Tagged:
    label = known.labels[path[place]]
    sums = {other: value + backward[place][other] for other, value in forward[place].items()}
    rivals = [value for other, value in sums.items() if known.labels[other][2:] != label[2:]]
    return Tagged(label[2:], label[0] == "B", sums[path[place]] - max(rivals, default=sums[path[place]] - _PRUNED))
