"""What exports of publishers and databases wrap texts in: character references of HTML, and tags that are no text.

The tags are those of HTML, JATS (jats.nlm.nih.gov), MathML, Wiley and Scopus. Those that CSL has too are replaced by
CSL's, the others fall away.
"""

from __future__ import annotations

import html
import html.entities
import re
from collections import Counter

from tajikpeace_refs.text.languages import is_language
from tajikpeace_refs.text.rich import TAG

_CARRIED = {
    **dict.fromkeys(("i", "em", "italic", "it", "bi"), "i"), **dict.fromkeys(("b", "strong", "bold"), "b"),
    **dict.fromkeys(("sub", "inf"), "sub"), "sup": "sup", **dict.fromkeys(("sc", "scp", "smallcaps", "smlcap"), "sc"),
    **dict.fromkeys(("p", "br", "div", "title", "sec", "list", "list-item", "li", "ul", "ol", "abstract"), "\n"),
    **dict.fromkeys((
        "u", "underline", "tt", "monospace", "roman", "rm", "strike", "overline", "ovl", "font", "a", "ext-link",
        "xref", "named-content", "styled-content", "inline-formula", "alternatives", "math", "big", "small", "center",
    ), ""),
}  # fmt: skip
_CARRIED_TAG = re.compile(
    r"<(/?)((?:jats|mml|m|ns\d):)?([A-Za-z][A-Za-z-]*)(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*(/?)>"
)
_MATH_SCRIPT = re.compile(
    r"<mml:ms(ub|up)>\s*(<mml:m([ino])\b[^>]*>[^<]*</mml:m\3>)\s*<mml:m([ino])\b[^>]*>([^<]*)</mml:m\4>\s*</mml:ms\1>"
)
_REFERENCE = r"(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31})"
_ENTITY = re.compile(f"&{_REFERENCE};")
# In TeX the sign is escaped; Crossref writes {\&}amp$\mathsemicolon$.
_TEX_ENTITY = re.compile(rf"(?:\{{\\&\}}|\\?&){_REFERENCE}(?:;|\{{?\$\\mathsemicolon\$\}}?)")
_TEX_ESCAPES = str.maketrans(
    {sign: f"\\{sign}" for sign in "&%#$_{}"} | {"~": r"\~{}", "^": r"\^{}", "\\": r"\textbackslash{}"}
)
# A text about the reference itself: in quotes, said to be an entity of HTML, or what is escaped.
_QUOTED = re.compile(r"[\"'`“‘«(]\Z"), re.compile(r"[\"'`”’»)]")
_OF_MARKUP = re.compile(
    r"(?i)\s+(?:(?:in|as|for|of) (?:HTML|XML|SGML|\w*TeX|URLs?)\b|entit|character|escape|reference)"
)
_NAMED = (
    re.compile(r"(?i)\b(?:(?:un)?escap\w+|entity|entities|character|symbol|string|code) \Z"),
    re.compile(r"\s*(?:\Z|[.,:;?!)]|(?:in|as|into|to|of|for|with|is|was)\b)"),
)


def decode_carriers(text: str, *, is_tex: bool = False) -> str:
    r"""Return a text of another program without what only its carrier needs: HTML's character references and tags.

    Tags that CSL has too (Scopus' ``inf`` is ``sub``) become CSL's, those of paragraphs line breaks. What is no known
    reference or tag stays, as does a tag without its partner, and a reference that the text speaks of. ``is_tex``: the
    text is TeX, and characters that mean something there are escaped.

    >>> decode_carriers("Soil &amp; CO<inf>2</inf> &#8211; <jats:italic>p</jats:italic> &lt; 0.05")
    'Soil & CO<sub>2</sub> – <i>p</i> < 0.05'
    >>> decode_carriers("Q&A; the entity &amp; in HTML, and Vec<i>")
    'Q&A; the entity &amp; in HTML, and Vec<i>'
    """
    pattern, replace = (_TEX_ENTITY, _tex_character) if is_tex else (_ENTITY, _character)
    for _ in range(3):  # "&amp;lt;" was escaped twice
        if "&" not in text or (decoded := pattern.sub(replace, text)) == text:
            break
        text = decoded
    return _with_csl_tags(text) if "<" in text else text


def _character(match: re.Match[str]) -> str:
    """Return the character of a reference, or the reference where it has none or the text speaks of it."""
    text, (start, end) = match.string, match.span()
    before, after = text[max(start - 20, 0) : start], text[end : end + 20]
    pairs = _QUOTED, _NAMED
    if _OF_MARKUP.match(after) or any(start.search(before) and end.match(after) for start, end in pairs):
        return match[0]
    if match[1][0] != "#" and f"{match[1]};" not in html.entities.html5:
        return match[0]
    character = html.unescape(f"&{match[1]};")
    return character if character.isprintable() or character.isspace() else match[0]


def _tex_character(match: re.Match[str]) -> str:
    character = _character(match)
    return match[0] if character == match[0] else character.translate(_TEX_ESCAPES)


def _with_csl_tags(text: str) -> str:
    text = _MATH_SCRIPT.sub(r"\2<s\1>\5</s\1>", text)
    found = [*_CARRIED_TAG.finditer(text)]
    paired: set[int] = set()
    opened: list[int] = []
    depth: Counter[str] = Counter()
    for place, tag in enumerate(found):
        if not tag[1]:
            opened.append(place)
            depth[tag[3]] += 1
            continue
        while depth[tag[3]]:
            other = opened.pop()
            depth[found[other][3]] -= 1
            if found[other][3] == tag[3]:
                paired |= {place, other}
                break
    done, start = [], 0
    for place, tag in enumerate(found):
        kind = _CARRIED.get(tag[3].lower(), "" if tag[2] else None)
        if kind is None or not (tag[2] or place in paired or tag[4] or tag[3].lower() in {"br", "p"}):
            continue
        done += [text[start : tag.start()], _csl_tag(kind, is_end=bool(tag[1]), written=tag[0])]
        start = tag.end()
    return re.sub(r"(?<!\s)\s*\n\s*", "\n", "".join([*done, text[start:]])).strip() if start else text


def _csl_tag(kind: str, *, is_end: bool, written: str) -> str:
    if kind in {"", "\n"} or TAG.fullmatch(written):
        return written if TAG.fullmatch(written) else kind
    if kind == "sc":
        return "</span>" if is_end else '<span style="font-variant:small-caps;">'
    return f"</{kind}>" if is_end else f"<{kind}>"


_SPACED_COLON = re.compile(r"(?<=[^\s\d:;]) ([:;])(?= [^\s:;)])|(?<=\d) ([:;])(?= [^\W\d])")


def without_spaced_colon(text: str, language: str | None) -> str:
    """Return a text without the blank that libraries set before a colon or semicolon (ISBD 0.3; GOST 7.1, 4.7).

    French sets one, too.

    >>> without_spaced_colon("Cladistics : the journal", None), without_spaced_colon("Routes : une histoire", "fr")
    ('Cladistics: the journal', 'Routes : une histoire')
    """
    if (" : " not in text and " ; " not in text) or is_language(language, "fr"):
        return text
    return _SPACED_COLON.sub(r"\1\2", text)
