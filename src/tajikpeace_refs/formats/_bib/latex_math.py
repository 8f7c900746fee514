"""Mathematics that is text: one sign, one letter, one short index."""

from __future__ import annotations

import re

from tajikpeace_refs.formats._bib.latex_tables import sign_of

# Mathematics with at most one sign, one letter or one short index is text; a formula stays as it is.
_MATH_SIGN = re.compile(r"(?:\\(?P<command>[A-Za-z]+|[{}&%#$_|])|(?P<letter>[A-Za-z])|(?P<sign>[<>=+|/*'\d.,-]+))")
_INDEX = re.compile(
    r"(?P<place>[_^])\s*(?P<text>[\w+]|\{(?:\\(?:rm|sf|text|mathrm)\b)?[\s{]*[\w+−-]{1,4}[\s}]*\}|\{?\s*\\[a-zA-Z]+\s*\}?)"
)
_INDEXES = {"_": "<sub>%s</sub>", "^": "<sup>%s</sup>"}
_INDEX_SIGNS = {"circ": "°", "degree": "°", "prime": "′"}


def plain_math(formula: str) -> str | None:
    r"""Return the text of mathematics that is one sign, one letter or one short index; None for a formula.

    >>> plain_math(r"\alpha"), plain_math("_2"), plain_math("^{13}"), plain_math(r"E = mc^2")
    ('α', '<sub>2</sub>', '<sup>13</sup>', None)
    """
    bare = formula[1:-1].strip() if formula.startswith("{") and formula.endswith("}") else formula
    bare = bare.removeprefix("{}").strip()  # ${}^{13}$C
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
