"""Places in a work as citations print them (8.13, 8.28): ``p. 9``, ``paras. 1–3``, ``Figures 2–3``, ``1:30:40``."""

from __future__ import annotations

import re

from tajikpeace_refs.apa import numbers
from tajikpeace_refs.model.locator import Locator
from tajikpeace_refs.model.pages import in_full, with_en_dashes
from tajikpeace_refs.text.rich import clean

_ABBREVIATED = {"page": "p.", "paragraph": "para.", "volume": "Vol."}
_WITHOUT_LABEL = frozenset({"", "canonical", "timestamp"})
_DASH = re.compile(r"(?<=\d)\s*(?:-+|[–—])\s*(?=\d)")


def printed_locator(locator: str | Locator | None) -> str:
    """Return the place in a work: pages, paragraphs and volumes abbreviated, other kinds written out.

    >>> printed_locator("12-15"), printed_locator("chaps. 3-4"), printed_locator("1 Cor. 13:1-3")
    ('pp. 12–15', 'Chapters 3–4', '1 Cor. 13:1–3')
    """
    if locator is None:
        return ""
    if isinstance(locator, str):
        locator = Locator.parse(locator)
    return ", ".join(map(_printed, locator.pieces()))


def _printed(piece: Locator) -> str:
    value, kind = clean(piece.value), piece.label
    if kind in _WITHOUT_LABEL:
        return _DASH.sub("–", value)
    label = _ABBREVIATED.get(kind) or kind[:1].upper() + kind[1:]
    if kind == "page":
        value = in_full(value)
    elif piece.is_many:
        value = with_en_dashes(value)
    if not piece.is_many:
        return f"{label} {value}"
    return f"{'Appendices' if kind == 'appendix' else numbers.plural(label)} {value}"
