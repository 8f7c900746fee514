"""Labels for the tokens of a printed reference: the best way through a linear-chain model, and how sure it is.

The model is made by ``scripts/train_printed.py``. Its labels are ``B-title``, ``I-title`` and so on: the first token of
a part, and those that go on. It is a text, compressed: labels, transitions, and a line for each feature with the
weights of its labels, in thousandths.

The weights of a feature are one large number with 32 bits for each label, so that one addition adds them for all of
them. Each is raised by the same amount to be positive, which changes no comparison.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import repeat
from struct import Struct
from typing import NamedTuple

from tajikpeace_refs.formats._printed.features import contexts, position_features, token, token_features
from tajikpeace_refs.text.scripts import has_cyrillic

_PRUNED = 6000
"""Labels of a token whose best way is worse than the best of all by so much are given up."""
_REOPENED = 4000
"""What a way loses that comes back to a label it has left."""
_UNTITLED = {True: 1500, False: 6000}
"""What a way loses that has no title, by whether it has a journal with a volume or pages in its place."""
_UNMARKED = 3000
"""What a way loses whose title begins behind a word without a mark between them."""
_REPEATED = frozenset({"note"})
"""Labels that a reference has more than once."""
_ALONE = frozenset({"author", "editor", "container-title", "publisher"})
_PLACED = frozenset({"volume", "pages"})
_BESIDE = frozenset({"citation-number", "date", "medium", "note", "url"})
_WAYS = 12
_NONE = -(10**9)
_BITS = 32
_RAISED = 1 << 15

Arcs = dict[int, int]


class Model(NamedTuple):
    """``weights`` by feature, those of all labels in one number; ``arcs`` by label those of the labels after it."""

    labels: tuple[str, ...]
    arcs: tuple[Arcs, ...]
    weights: dict[str, int]


class Tagged(NamedTuple):
    """The label of a token without its ``B-``, whether a part begins with it, and by how much it beats the others."""

    label: str
    begins: bool
    margin: int


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
        {to: known.get((at, to), 0) for to, name in enumerate(labels) if name[0] == "B" or name[1:] == label[1:]}
        for at, label in enumerate(labels)
    )
    raised = sum(_RAISED << (_BITS * place) for place in range(len(labels)))
    weights = {}
    for line in lines:
        name, _, values = line.rpartition("\t")
        pairs = zip(*[iter(map(int, values.split(" ")))] * 2, strict=True)
        weights[name] = raised + sum(weight << (_BITS * label) for label, weight in pairs)
    return Model(labels, after, weights)


def _numbers(text: str) -> list[int]:
    return [int(each) for each in text.split(",")]


def tag(texts: Sequence[str]) -> list[Tagged]:
    """Return the label of each token of a reference."""
    if not texts:
        return []
    known = model()
    scores = _with_originals(texts, _scores(texts, known), known)
    forward = _forward(scores, known)
    backward = _backward(scores, forward, known)
    path = _best(forward, backward)
    if _is_doubtful(path, known):
        path = _first_way(scores, forward, known) or path
    path = _titled(path, known)
    return [_tagged(place, path, forward, backward, known) for place in range(len(texts))]


def _scores(texts: Sequence[str], known: Model) -> list[tuple[int, ...]]:
    """Return the score of each label of each token, transitions apart; what a segment adds is summed once."""
    tokens = [token(text) for text in texts]
    own = token_features(texts, tokens)
    unpack = Struct(f"<{len(known.labels)}I")
    unmarked = _UNMARKED << (_BITS * known.labels.index("B-title"))
    outers = {each.start: each for each in contexts(tokens, large=True)}
    found = []
    for inner in contexts(tokens, large=False):
        if outer_here := outers.get(inner.start):  # where a large segment begins, a small one does
            outer = outer_here
            in_large = _sum(outer.features, known)
        shared = in_large + _sum(inner.features, known)
        for place in range(inner.start, inner.end):
            features = [*own[place], *position_features(inner, place), *position_features(outer, place)]
            if place == inner.start:
                features += tokens[place].first
            total = shared + _sum(features, known)
            if place and texts[place - 1][-1].isalpha() and texts[place][0].isalpha():
                total -= unmarked
            found.append(unpack.unpack(total.to_bytes(unpack.size, "little")))
    return found


def _with_originals(texts: Sequence[str], scores: list[tuple[int, ...]], known: Model) -> list[tuple[int, ...]]:
    """Return the scores with words in brackets in another script than all before them as part of the title."""
    opening = (at for at, text in enumerate(texts) if at > 1 and text[0] in "([" and text[1:2].isalpha())
    start = next(opening, len(texts))
    end = next((at for at in range(start, len(texts)) if texts[at].rstrip(".,;:")[-1:] in {")", "]"}), start)
    if end == start or has_cyrillic(" ".join(texts[:start])) == has_cyrillic(" ".join(texts[start : end + 1])):
        return scores
    title = known.labels.index("I-title")
    raised = [(*each[:title], each[title] + _PRUNED, *each[title + 1 :]) for each in scores[start : end + 1]]
    return [*scores[:start], *raised, *scores[end + 1 :]]


def _sum(features: Iterable[str], known: Model) -> int:
    return sum(map(known.weights.get, features, repeat(0)))


def _forward(scores: list[tuple[int, ...]], known: Model) -> list[dict[int, int]]:
    """Return for each token the score of the best way to each label that is not given up."""
    first = {label: value for label, value in enumerate(scores[0]) if known.labels[label][0] == "B"}
    found = [_kept(first)]
    for score in scores[1:]:
        best: dict[int, int] = {}
        for before, value in found[-1].items():
            for label, arc in known.arcs[before].items():
                if (total := value + arc) > best.get(label, _NONE):
                    best[label] = total
        found.append(_kept({label: value + score[label] for label, value in best.items()}))
    return found


def _kept(values: dict[int, int]) -> dict[int, int]:
    limit = max(values.values()) - _PRUNED
    return {label: value for label, value in values.items() if value >= limit}


def _backward(scores: list[tuple[int, ...]], forward: list[dict[int, int]], known: Model) -> list[dict[int, int]]:
    """Return for each token the score of the best way on from each label."""
    found: list[dict[int, int]] = [dict.fromkeys(forward[-1], 0)]
    for place in range(len(scores) - 2, -1, -1):
        after = [(label, value + scores[place + 1][label]) for label, value in found[-1].items()]
        here = {}
        for label in forward[place]:
            arcs = known.arcs[label]
            here[label] = max((arcs[to] + value for to, value in after if to in arcs), default=_NONE)
        found.append(here)
    return found[::-1]


def _best(forward: list[dict[int, int]], backward: list[dict[int, int]]) -> list[int]:
    path = []
    for ahead, back in zip(forward, backward, strict=True):
        path.append(max(ahead, key=lambda label: ahead[label] + back[label]))
    return path


def _is_doubtful(path: list[int], known: Model) -> bool:
    """Whether a label begins twice, or none is a title."""
    opened = [known.labels[label][2:] for label in path if known.labels[label][0] == "B"]
    once = [label for label in opened if label not in _REPEATED]
    return len(once) > len(set(once)) or "title" not in opened


def _lost(opened: frozenset[str]) -> int:
    return 0 if "title" in opened else _UNTITLED["container-title" in opened and not opened.isdisjoint(_PLACED)]


def _titled(path: list[int], known: Model) -> list[int]:
    """Return a way whose only part beside a date, an address and notes is the title: a page on the web has no less."""
    names = [known.labels[label][2:] for label in path]
    alone = {*names} - _BESIDE
    if len(alone) != 1 or not alone <= _ALONE or "note" not in names:
        return path
    numbers = {each: known.labels.index(f"{each}-title") for each in "BI"}
    return [numbers[known.labels[label][0]] if known.labels[label][2:] in alone else label for label in path]


class _Way(NamedTuple):
    score: int
    label: int
    opened: frozenset[str]
    path: tuple[int, ...]


def _first_way(scores: list[tuple[int, ...]], forward: list[dict[int, int]], known: Model) -> list[int]:
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
    place: int, path: list[int], forward: list[dict[int, int]], backward: list[dict[int, int]], known: Model
) -> Tagged:
    label = known.labels[path[place]]
    sums = {other: value + backward[place][other] for other, value in forward[place].items()}
    sums.setdefault(path[place], max(sums.values()) - _PRUNED)
    rivals = [value for other, value in sums.items() if known.labels[other][2:] != label[2:]]
    return Tagged(label[2:], label[0] == "B", sums[path[place]] - max(rivals, default=sums[path[place]] - _PRUNED))
