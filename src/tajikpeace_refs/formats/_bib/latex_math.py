"""Mathematics: which may stand in a field as it is, and which is text (one sign, one short index, numbers)."""

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
_SIGN_BETWEEN = re.compile(r"((?:(?<!\s)\s+)?)(\\[A-Za-z]+|[<>=+/-])\s*")
_INDEXES = {"_": "<sub>%s</sub>", "^": "<sup>%s</sup>"}
_INDEX_SIGNS = {"circ": "°", "degree": "°", "prime": "′"}


# Commands of a formula that are no signs: what stands over, under or beside another, fonts, names of functions, spaces.
_COMMANDS = frozenset(
    re.findall(
        r"\S+",
        """
        , ; : > ! quad qquad thinspace enspace
        frac dfrac tfrac nicefrac binom dbinom tbinom sqrt overline underline overbrace underbrace overrightarrow
        overleftarrow widehat widetilde hat check breve acute grave tilde bar vec dot ddot dddot mathring stackrel
        overset underset sum prod int iint iiint oint limits nolimits left right big Big bigg Bigg bigl bigr Bigl Bigr
        biggl biggr Biggl Biggr mathrm mathbf mathit mathsf mathtt mathcal mathbb mathfrak mathscr mathnormal
        boldsymbol bm text textrm textit textbf textsf texttt textnormal mbox rm bf it sf cal mit operatorname mathop
        mathrel mathbin mathord mathopen mathclose displaystyle textstyle scriptstyle scriptscriptstyle pmod bmod mod
        not phantom ce arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf
        limsup ln log max min Pr sec sin sinh sup tan tanh
        """,
    )
) | {" "}
_IN_FORMULA = re.compile(r"\\([a-zA-Z]+|.|$)|(\^\^|[%#&])", re.DOTALL)
_DANGLING = re.compile(r"[_^]\s*(?:[_^}]|$)")


def is_formula(formula: str) -> bool:
    r"""Whether what stands between two dollars can only be mathematics, so that TeX may typeset it.

    Its braces pair, escaped ones among themselves too; it has no comment, parameter, column or ``^^`` notation; every
    index has something in it, every ``\left`` its ``\right``, and every command is known.

    >>> is_formula("x^2"), is_formula(r"\frac{a}{b}"), is_formula("x_{"), is_formula(r"\input{a}"), is_formula("x^^41")
    (True, True, False, False, False)
    """
    names = []
    for match in _IN_FORMULA.finditer(formula):
        if match[2]:
            return False
        names.append(match[1])
    return (
        pairs(formula)
        and not _DANGLING.search(formula)
        and names.count("left") == names.count("right")
        and all(name in _COMMANDS or _is_sign(name) for name in names)
    )


def pairs(tex: str) -> bool:
    """Whether the braces of TeX pair, both as BibTeX counts them, escaped or not, and as TeX does."""
    return balanced(tex) and ("\\" not in tex or balanced(_ESCAPED_BRACE.sub("", tex)))


def balanced(text: str) -> bool:
    """Whether the braces of a text pair, as BibTeX counts them."""
    depth = 0
    for brace in _BRACE.findall(text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


_BRACE = re.compile("[{}]")
_ESCAPED_BRACE = re.compile(r"\\[{}]")


def _is_sign(name: str) -> bool:
    sign = sign_of(name) if name else None
    return sign is not None and len(sign) == 1 and sign.isprintable() and not sign.isspace()


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
