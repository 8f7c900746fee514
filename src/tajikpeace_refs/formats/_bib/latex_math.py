"""Mathematics that is text: one sign, one letter, one short index, numbers and the signs between them."""

from __future__ import annotations

import re

from tajikpeace_refs.formats._bib.latex_tables import sign_of

# Mathematics with at most one sign, one letter or one short index is text; a formula stays as it is.
_MATH_SIGN = re.compile(r"(?:\\(?P<command>[A-Za-z]+|[{}&%#$_|])|(?P<letter>[A-Za-z])|(?P<sign>[<>=+|/*'\d.,-]+))")
_INDEX = re.compile(
    r"(?P<place>[_^])\s*(?P<text>[\w+]|\{(?:\\(?:rm|sf|text|textrm|mathrm|mbox)\b)?[\s{]*[\w+−-]{1,4}[\s}]*\}"
    r"|\{?\s*\\[a-zA-Z]+\s*\}?)"
)
_UPRIGHT = re.compile(r"\\(?:mathrm|rm|text|textrm|mbox)\s*\{\s*(\\[A-Za-z]+)\s*\}")
_NUMBERS = re.compile(r"\d[\d.,]*(?:\s*(?:\\[A-Za-z]+|[<>=+/-])\s*\d[\d.,]*)+")
_SIGN_BETWEEN = re.compile(r"(\s*)(\\[A-Za-z]+|[<>=+/-])\s*")
_INDEXES = {"_": "<sub>%s</sub>", "^": "<sup>%s</sup>"}
_INDEX_SIGNS = {"circ": "°", "degree": "°", "prime": "′"}


def plain_math(formula: str) -> str | None:
    r"""Return the text of mathematics that is one sign, one letter, one short index or numbers; None for a formula.

    >>> plain_math(r"\alpha"), plain_math("_2"), plain_math("^{13}"), plain_math(r"E = mc^2")
    ('α', '<sub>2</sub>', '<sup>13</sup>', None)
    >>> plain_math(r"2 \times 2"), plain_math(r"7\pm 2"), plain_math(r"{}^{\mbox{th}}"), plain_math(r"\mathrm{\mu}")
    ('2 × 2', '7±2', '<sup>th</sup>', 'μ')
    """
    formula = formula.removeprefix("{}").strip()  # ${}^{13}$C
    bare = formula[1:-1].strip() if formula.startswith("{") and formula.endswith("}") else formula
    bare = _UPRIGHT.sub(r"\1", bare)
    if _NUMBERS.fullmatch(bare):
        return _numbers(bare)
    if match := _MATH_SIGN.fullmatch(bare):
        if match["letter"]:
            return f"<i>{bare}</i>"
        return bare.replace("'", "′") if match["sign"] else sign_of(match["command"])
    match = _INDEX.fullmatch(bare)
    if not match:
        return None
    text = match["text"]
    name = text.strip("{} ")
    if re.fullmatch(r"\\[a-zA-Z]+", name):
        name = name[1:]
        if match["place"] == "^" and name in _INDEX_SIGNS:
            return _INDEX_SIGNS[name]
        sign = sign_of(name)
        return _INDEXES[match["place"]] % sign if sign else None
    return _INDEXES[match["place"]] % re.sub(r"\\\w+|[{}\s]", "", text).replace("-", "−")


def _numbers(formula: str) -> str | None:
    """Return numbers with the signs between them, each with a space on both sides or on none; None for an unknown."""
    signs = [match[2] if len(match[2]) == 1 else sign_of(match[2][1:]) for match in _SIGN_BETWEEN.finditer(formula)]
    if None in signs:
        return None
    found = iter(signs)
    return _SIGN_BETWEEN.sub(lambda match: f"{match[1]}{next(found)}{match[1]}", formula)
