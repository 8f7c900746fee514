r"""Texts of CSL-YAML, which pandoc reads as its Markdown: from CSL's tags to Markdown and back.

Read and written: ``*…*``, ``**…**``, ``^…^``, ``~…~``, ``[…]{.nocase}``, ``[…]{.smallcaps}`` and escapes (pandoc's
manual, "Inline formatting", "Backslash escapes", "Small caps"). Everything else is text, and written so that it is text
to pandoc too. Emphasis inside a word on both sides (``2*3*4``) is text here: nothing proves that it is more.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tajikpeace_refs.text.rich import Tag, tags

SMALL_CAPS = '<span style="font-variant:small-caps;">'
_PUNCTUATION = r"!-/:-@\[-`{-~"
_TAGS = {
    "*": ("<i>", "</i>"), "_": ("<i>", "</i>"), "**": ("<b>", "</b>"), "__": ("<b>", "</b>"),
    "^": ("<sup>", "</sup>"), "~": ("<sub>", "</sub>"),
    "nocase": ('<span class="nocase">', "</span>"), "smallcaps": (SMALL_CAPS, "</span>"),
}  # fmt: skip
_MAY_BE_MARKDOWN = re.compile(r"[\\*_^~]|\]\{\.")
_TOKEN = re.compile(
    rf"\\(?P<escaped>[{_PUNCTUATION} ])"
    r"|(?P<address>https?://[^\s<>\[\]]*[^\W_])"
    r"|(?P<raw>(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)|\$(?=\S)(?:[^$\\]|\\.)*(?<=\S)\$(?!\d)|<[a-zA-Z/!?][^<>]*>)"
    r"|(?P<run>(?P<char>[*_])(?P=char)*)"
    r"|(?P<pair>\^(?P<sup>(?:[^\s^\\]|\\.)+)\^|(?<!~)~(?P<sub>(?:[^\s~\\/]|\\.)+)~(?!~))"
    r"|(?P<bracket>\[)"
)
_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)
_SPAN_END = re.compile(r"\]\{\.(nocase|smallcaps)\}")


def from_markdown(text: str) -> str:
    r"""Return a text of CSL-YAML with CSL's tags in the place of pandoc's Markdown.

    >>> from_markdown(r"*E. coli* and H~2~O, [mRNA]{.nocase}, \*5"), from_markdown("2*3*4, a * b * c")
    ('<i>E. coli</i> and H<sub>2</sub>O, <span class="nocase">mRNA</span>, *5', '2*3*4, a * b * c')
    """
    return _Reader(text).result() if _MAY_BE_MARKDOWN.search(text) else text


class _Reader:
    """Reads one text; ``opened`` are the delimiters that may begin emphasis: where they stand in ``done``, and how."""

    def __init__(self, text: str, *, space: str = "\u00a0") -> None:
        self.text = text
        self.space = space  # what an escaped one is: in a sub- or superscript the only way to write one
        self.done: list[str] = []
        self.opened: list[tuple[str, bool, int]] = []

    def result(self) -> str:
        at = 0
        while match := _TOKEN.search(self.text, at):
            self.done.append(self.text[at : match.start()])
            at = self._token(match)
        return "".join([*self.done, self.text[at:]])

    def _token(self, match: re.Match[str]) -> int:
        """Add what a token stands for; return where to go on."""
        if match["run"]:
            self._run(match)
        elif match["pair"]:
            inner = _Reader(match["sup"] or match["sub"], space=" ").result()
            self._wrap(match[0][0], inner)
        elif match["bracket"]:
            return self._span(match.end())
        elif match["escaped"]:
            self.done.append(self.space if match["escaped"] == " " else match["escaped"])
        else:
            self.done.append(match[0] if match["raw"] else _unescaped(match[0]))
        return match.end()

    def _wrap(self, kind: str, inner: str) -> None:
        start, end = _TAGS[kind]
        self.done += [start, inner, end]

    def _run(self, match: re.Match[str]) -> None:
        """Close the emphasis that a run of asterisks or underscores ends, else remember that it may begin one."""
        run = match["run"]
        before, after = self.text[: match.start()][-1:], self.text[match.end() :][:1]
        opens, closes, is_inside = _sides(run, before, after)
        place = next((n for n, (other, inside, _) in reversed([*enumerate(self.opened)])
                      if other == run and not (inside and is_inside)), None)  # fmt: skip
        if closes and place is not None and len(run) <= 2:
            start, end = _TAGS[run]
            self.done[self.opened[place][2]] = start
            del self.opened[place:]
            self.done.append(end)
            return
        if opens:
            self.opened.append((run, is_inside, len(self.done)))
        self.done.append(run)

    def _span(self, start: int) -> int:
        """Add the bracketed span whose text begins at an offset, else the bracket; return where to go on."""
        depth, at = 1, start
        while depth and (found := _BRACKET.search(self.text, at)):
            depth += {"[": 1, "]": -1}.get(found[0], 0)
            at = found.end()
        match = _SPAN_END.match(self.text, at - 1) if not depth else None
        if match is None:
            self.done.append("[")
            return start
        self._wrap(match[1], _Reader(self.text[start : at - 1], space=self.space).result())
        return match.end()


def _sides(run: str, before: str, after: str) -> tuple[bool, bool, bool]:
    """Return whether a run of delimiters can open and close emphasis, and whether it stands inside a word.

    The rules are CommonMark's (0.31, 6.2: left- and right-flanking delimiter runs).
    """
    left = bool(after.strip()) and (_is_word(after) or not _is_word(before))
    right = bool(before.strip()) and (_is_word(before) or not _is_word(after))
    is_inside = _is_word(before) and _is_word(after)
    if run[0] == "_":
        return left and not is_inside, right and not is_inside, False
    return left, right, is_inside


def _is_word(char: str) -> bool:
    return char.isalnum()


def _unescaped(text: str) -> str:
    return re.sub(rf"\\([{_PUNCTUATION}])", r"\1", text)


_SIGN = re.compile(
    r"[\\^~*`$]|(?<![^\W_])_|_(?![^\W_])|<(?=[a-zA-Z/!?])|&(?=#?\w+;)|\](?=[(\[{])|(?<![^\W_])@(?=[\w{])|-(?=-)"
    r"|\.(?=\.\.)"
)
_BEFORE_BRACKET = re.compile(r"(?<!\\)[\]!](?=\[)")  # a reference link, an image
_QUOTE = re.compile(r"['\"]")
_HARMLESS_ALONE = "^~*`$_"
_TO_ESCAPE = re.compile(r"[\\^~*`$_<&\]@]|--|\.\.\.")


def to_markdown(text: str) -> str:
    r"""Return a text with CSL's tags as pandoc's Markdown, what pandoc would take for Markdown escaped.

    Tags that Markdown cannot express (emphasis inside a word, or of blanks) stay tags.

    >>> to_markdown("<i>E. coli</i> 2*3*4, H<sub>2</sub>O--<b>x</b>")
    '*E. coli* 2\\*3\\*4, H~2~O\\--**x**'
    """
    if not _TO_ESCAPE.search(text):
        return text
    found = _kinds(text)
    expected = _replaced(text, found, _SPELLED, lambda piece, _: piece)
    written = _written(text, found, _SIGNS)
    return written if not found or from_markdown(written) == expected else _written(text, found, {})


_FENCE = re.compile(r"(?ms)^ {0,3}(`{3,}|~{3,})[^`\n]*\n(.*?)(?:^ {0,3}\1[`~]*[ \t]*\r?$|\Z)")
_BEFORE_FENCE = re.compile(r"\s*+(?:[^\s@{\[<][^\n]*:\s*+)?(?:```|~~~)")


def only_fenced(text: str) -> str:
    r"""Return a text that begins with a fenced code block with the code in such blocks alone, each line in its place.

    A line that ends in a colon may stand before it, as where somebody, or a program, answers with a record.

    >>> only_fenced("Here it is:\n```json\n[1]\n```\nIs it?"), only_fenced("@book{a}\n```\n")
    ('\n\n[1]\n\n', '@book{a}\n```\n')
    """
    if not _BEFORE_FENCE.match(text.removeprefix("\ufeff")):
        return text
    kept, end = [], 0
    for block in _FENCE.finditer(text):
        kept += ["\n" * text.count("\n", end, block.start(2)), block[2]]
        end = block.end(2)
    return "".join([*kept, "\n" * text.count("\n", end)])


def address_to_markdown(text: str) -> str:
    r"""Return an address or identifier with what pandoc would change in it escaped.

    >>> address_to_markdown("http://example.org/a--b/~c"), address_to_markdown("10.1000/a_b")
    ('http://example.org/a\\--b/~c', '10.1000/a_b')
    """
    return _QUOTE.sub(r"\\\g<0>", _escaped(text, _alone(text)))


def address_from_markdown(text: str) -> str:
    r"""Return the address that ``address_to_markdown`` wrote so; any other stays as it is, backslashes included.

    >>> address_from_markdown(r"http://example.org/a\--b"), address_from_markdown(r"http://example.org/a\_b")
    ('http://example.org/a--b', 'http://example.org/a\\_b')
    """
    if "\\" not in text:
        return text
    bare = _unescaped(text)
    return bare if address_to_markdown(bare) == text else text


def _alone(text: str) -> frozenset[str]:
    """Return the signs that stand once in a text, where they open nothing."""
    return frozenset(sign for sign in _HARMLESS_ALONE if text.count(sign) == 1)


def _escaped(text: str, alone: frozenset[str]) -> str:
    return _SIGN.sub(lambda match: match[0] if match[0] in alone else "\\" + match[0], text)


_SIGNS = {
    "i": ("*", "*"), "i beside b": ("_", "_"), "b": ("**", "**"), "sup": ("^", "^"), "sub": ("~", "~"),
    "nocase": ("[", "]{.nocase}"), "sc": ("[", "]{.smallcaps}"),
}  # fmt: skip
_SPELLED = {
    "i": _TAGS["*"], "i beside b": _TAGS["*"], "b": _TAGS["**"], "sup": _TAGS["^"], "sub": _TAGS["~"],
    "nocase": _TAGS["nocase"], "sc": _TAGS["smallcaps"],
}  # fmt: skip
_KNOWN = frozenset({"<em>", "<strong>", "<sc>", *(start for start, _ in _TAGS.values())})


def _kinds(text: str) -> list[tuple[Tag, str]]:
    """Return the tags of a text that have a partner, with their kind; none for those that Markdown has no form for."""
    paired = [tag for tag in tags(text) if tag.is_paired]
    kinds = [tag.kind if tag.closes or text[tag.start : tag.end] in _KNOWN else "" for tag in paired]
    bold = {place for tag in paired if tag.kind == "b" for place in (tag.start, tag.end)}
    opened: list[int] = []
    for number, tag in enumerate(paired):
        if not tag.closes:
            opened.append(number)
            continue
        first = opened.pop()
        ends = {tag.start, tag.end, paired[first].start, paired[first].end}
        kind = "i beside b" if kinds[first] == "i" and ends & bold else kinds[first]
        kinds[first] = kinds[number] = kind
    return list(zip(paired, kinds, strict=True))


def _written(text: str, found: list[tuple[Tag, str]], forms: dict[str, tuple[str, str]]) -> str:
    """Return a text with its tags in those forms, the rest of it escaped; a tag without a form stays."""
    alone = frozenset() if found else _alone(text)
    blank = "\\ " if forms else " "
    written = _replaced(
        text, found, forms, lambda piece, depth: _escaped(piece, alone).replace(" ", blank if depth else " ")
    )
    return _BEFORE_BRACKET.sub(r"\\\g<0>", written)


def _replaced(
    text: str, found: list[tuple[Tag, str]], forms: dict[str, tuple[str, str]], change: Callable[[str, int], str]
) -> str:
    """Return a text with its tags in other forms and the pieces between changed, by how deep in scripts they are."""
    done, start, depth = [], 0, 0
    for tag, kind in found:
        form = forms[kind][tag.closes] if kind in forms else text[tag.start : tag.end]
        done += [change(text[start : tag.start], depth), form]
        depth += (1 - 2 * tag.closes) * (kind in {"sub", "sup"})
        start = tag.end
    return "".join([*done, change(text[start:], depth)])
