"""One word in the spellings that it may have: letters without their marks or written out, British or American."""

from __future__ import annotations

import re
import unicodedata

from tajikpeace_refs.model.folding import fold
from tajikpeace_refs.text.carriers import decode_carriers
from tajikpeace_refs.text.languages import is_english
from tajikpeace_refs.text.rich import strip
from tajikpeace_refs.text.titles import seems_english

BASE_LETTERS = str.maketrans({
    "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "þ": "th", "Þ": "th",
    "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ß": "ss", "ı": "i", "ʹ": "", "ʺ": "",
})  # fmt: skip
"""Letters of which no mark can be taken by decomposition, each with what stands for it without marks."""
_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_GREEK = re.compile("[α-ω]")
_WORD = re.compile(r"[^\W_]+")
_AMERICAN = tuple(
    (re.compile(pattern), american)
    for pattern, american in (
        (r"(?<=..)our", "or"),  # behaviour, colour
        (r"(?<=[a-z]{2})is(?=(?:e[ds]?|ing|ers?|ations?|able)$)", "iz"),
        (r"ys(?=(?:e[ds]?|ing|ers?)$)", "yz"),
        (r"(?<=[bt])re(?=[ds]?$)", "er"),  # centre, fibre
        (r"ll(?=(?:ed|ing|ers?)$)", "l"),  # modelling
        (r"ae|oe", "e"),  # anaemia, foetal
        (r"ogue(?=s?$)", "og"),
        (r"mme(?=s?$)", "m"),  # programme
        (r"ence(?=s?$)", "ense"),
        (r"geing$", "ging"),
        (r"dgement(?=s?$)", "dgment"),
        (r"sulph", "sulf"),
        (r"^grey(?=s?$)", "gray"),
    )
)
"""What of British words is written otherwise in American ones; both are brought to one form, which may be no word."""

_LONGER = 1.2


def words_of(text: str) -> list[str]:
    """Return the words of a text without markup, entities and signs; ``&`` is *and*."""
    text = strip(decode_carriers(text) if "&" in text else text)
    return _WORD.findall(text.replace("&", " and "))


def without_marks(letters: str) -> str:
    """Return folded letters, Greek ones by their names and those of BASE_LETTERS by what stands for them.

    >>> without_marks("Jørgensen"), without_marks("TNF-α")
    ('jorgensen', 'tnf-alpha')
    """
    return _named(fold(letters)).translate(BASE_LETTERS)


def written_out(letters: str) -> str:
    """Return letters without marks, but umlauts and their like in two letters, as *Mueller* is written.

    >>> written_out("Müller") == written_out("Mueller"), written_out("Müller") == written_out("Muller")
    (True, False)
    """
    return without_marks(unicodedata.normalize("NFC", letters).lower().translate(_WRITTEN_OUT))


def _named(folded: str) -> str:
    """Return letters with the names of Greek ones in their place, as Latin titles have both."""
    if folded.isascii():
        return folded
    return _GREEK.sub(lambda match: unicodedata.name(match[0]).rpartition(" ")[2].lower().replace("lamda", "lambda"),
                      folded)  # fmt: skip


def spelling_likeness(one: tuple[str, str | None], other: tuple[str, str | None]) -> str | None:
    """Return ``spelling`` where two English texts differ only as British and American words do.

    >>> spelling_likeness(("Labour and modelling", "en"), ("Labor and modeling", None))
    'spelling'
    """
    mine, theirs = ([without_marks(word) for word in words_of(text)] for text, _ in (one, other))
    if not _may_be_alike(mine, theirs):
        return None
    if not any(is_english(language) or seems_english(text) for text, language in (one, other)):
        return None
    return "spelling" if _american(mine) == _american(theirs) else None


def _may_be_alike(mine: list[str], theirs: list[str]) -> bool:
    """Whether two texts have the same first letter (but for *oestrogen*) and about the same length."""
    if not mine or not theirs:
        return False
    lengths = sorted(sum(map(len, words)) for words in (mine, theirs))
    firsts = {words[0][0] for words in (mine, theirs)}
    return (len(firsts) == 1 or firsts <= {"a", "e", "o"}) and lengths[1] <= _LONGER * lengths[0]


def _american(words: list[str]) -> str:
    for pattern, american in _AMERICAN:
        words = [pattern.sub(american, word) for word in words]
    return "".join(words)
