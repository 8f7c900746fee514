"""The rules TP4xx: letters, words and signs that are not what they look like, or have no place in a reference."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from tajikpeace_refs.lint.rule import Text, Violation, rule
from tajikpeace_refs.model.base import attribute
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.languages import is_language, named_language

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")


@rule("TP402", "warning", "text")
def decomposed(text: Text) -> Iterator[Violation]:
    """A letter is written as a letter and a mark (Unicode NFD), not as one character, which search needs (NFC)."""
    if unicodedata.is_normalized("NFC", text.value):
        return
    for match in re.finditer(r"\w[\u0300-\u036f]+", text.value):
        one = unicodedata.normalize("NFC", match[0])
        if one != match[0]:
            yield text.report(f"{one!r} is a letter and a mark; write one character", match[0], match.start(), one)


# Beginnings of Tajik words; typed with Russian letters none of them is the beginning of a Tajik word.
_STEMS = """
аҳамият аҳоли баҳор беҳтар вақт ваҳдат воқеа вуҷуд гурӯҳ гуфтугӯ деҳқон донишгоҳ дӯст инқилоб ислоҳот истиқлол иқтисод
иҷтимо луғат мавҷуд масҷид мақола маҷмӯа маърӯза меҳнат минтақа моҳият муқобил муқоиса муҳаққиқ муҳим муҳит муҳокима
муҳофиз муҳоҷир нақш ноҳия нуқта омӯзиш пажӯҳиш пешниҳод рақам раҳбар роҳбар рӯзгор рӯзнома саҳифа соҳа сулҳ сӯҳбат
тарҷума тақсим таҳлил таҳқиқ таҷдид таҷриба тоҷик фарҳанг халқ хориҷ хуҷанд шарқ шаҳр шоҳнома шӯрои эҳтиром ғазал ғайр
ғарб қадим қарор қисм қисса қишлоқ қонун қувва қурғонтеппа ҳама ҳамкор ҳамсоя ҳаёт ҳизб ҳикоя ҳифз ҳокимият ҳукумат
ҳунар ҳуқуқ ҳуҷҷат ҷавон ҷамъият ҷаноб ҷануб ҷараён ҷаҳон ҷашн ҷилд ҷоиза ҷомеа ҷумҳур
"""
# On a Russian keyboard; what a bad copy makes of the letters that Russian has not; the keys of the Tajik keyboard.
_TYPED = [str.maketrans("ҳқғӯӣҷ", "хкгуич"), str.maketrans("қҷ", "цц"), (_KEYS := str.maketrans("қҳҷӣ", "цщыь"))]
_RIGHT = {typed: stem for stem in _STEMS.split() for table in _TYPED if (typed := stem.translate(table)) != stem}
_CONSONANT = "бвгғджзкқлмнпрстфхҳчҷш"
_TYPEWRITTEN = re.compile(
    rf"(?i)\b(?:({'|'.join(_RIGHT)})\w*|\w{{3,}}([хщ]о)(?:и|ро|е|ю)?|\w+[{_CONSONANT}](й)|"
    # Letters that Tajik has not, where no loan from Russian has them: революция, принцип, область, Октябрь.
    rf"(?-i:(?=\w{{3}})([а-яёғӣқӯҳҷ]*(?:[щы]|(?<![еэ])ц(?!и[яао]|ио|е[нмхлрспй]|и[ткнрп]|уз|(?!\w))"
    rf"|[{_CONSONANT}](?<![лнрт])ь(?!\w))\w*)))(?!\w)"
)
_BACK = {new: old for old, new in _KEYS.items()}
_RUSSIAN = re.compile(r"(?i)\b(?:и|в|на|по|из|для|об?|за|под|при)\b")


@rule("TP403", "hint", "text")
def typewritten(text: Text) -> Iterator[Violation]:
    """A Tajik word is typed with Russian letters: х for ҳ, к for қ, г for ғ, у for ӯ, и or й for ӣ, ч or ц for ҷ."""
    for match in _TYPEWRITTEN.finditer(text.value) if _is_tajik(text) else ():
        group = match.lastindex or 1
        if group == 4:
            if not _RUSSIAN.search(text.value):
                likely = match[0].translate(_BACK)
                message = (
                    f"{match[0]!r} has letters that are not Tajik; the same keys, on a Tajik keyboard, write {likely!r}"
                )
                yield text.report(message, match[0], match.start())
            continue
        stem = {1: _RIGHT.get(match[group].lower(), ""), 2: "ҳо", 3: "ӣ"}[group]
        start, end = (place - match.start() for place in match.span(group))
        cased = "".join(new.upper() if old.isupper() else new for old, new in zip(match[group], stem, strict=True))
        right = match[0][:start] + cased + match[0][end:]
        message = f"{match[0]!r} is typed with Russian letters; in Tajik it is {right!r}"
        yield text.report(message, match[0], match.start())


_OLD_FONT = str.maketrans("ўњќѓїљЎЊЌЃЇЉ", "ӯҳқғӣҷӮҲҚҒӢҶ")


@rule("TP404", "warning", "text")
def old_font(text: Text) -> Iterator[Violation]:
    """A Tajik word has letters of another alphabet, which old fonts showed as Tajik letters: ў њ ќ ѓ ї љ."""
    for match in _WORD.finditer(text.value) if _is_tajik(text) else ():
        right = match[0].translate(_OLD_FONT)
        if right != match[0]:
            message = f"{match[0]!r} has letters of an old font; in Tajik it is {right!r}"
            yield text.report(message, match[0], match.start())


def _is_tajik(text: Text) -> bool:
    """Whether a text is in Tajik; a name, which may be of any origin, and a translation are not."""
    is_own = isinstance(text.path[-1], int) or not text.path[-1].startswith(("trans", "original"))
    return is_own and len(text.path) < 3 and is_language(text.work.language, "tg")


@rule("TP405", "warning", "work")
def language(work: Work, _today: date) -> Iterator[Violation]:
    """The language is not a BCP 47 tag of a known language: Tajik is `tg`, not `tj`; Russian is `ru`, not `rus`."""
    from langcodes import Language, standardize_tag, tag_is_valid  # noqa: PLC0415 - its tables load when used

    tag = work.language or "und"
    if tag_is_valid(tag):
        standard = standardize_tag(tag)
        if "_" in tag or standard.split("-")[0] != tag.split("-")[0].lower():
            yield Violation(("language",), f"{tag!r} is written {standard!r} in BCP 47", tag, replacement=standard)
        return
    if name := named_language(tag):
        yield Violation(("language",), f"{tag!r} is a name; the tag is {name!r}", tag, replacement=name)
        return
    # The code of a country may stand for its language; langcodes answers English where it knows no such country.
    country = re.match(r"([A-Za-z]{2})(?![A-Za-z])", tag)
    likely = Language.get(f"und-{country[1]}").maximize().language if country else "en"
    new = f"{likely}{tag[2:]}"
    hint = f", did you mean {new!r}?" if likely != "en" else "; expected a tag such as tg, ru, en or uz-Latn"
    certain = new if likely == "tg" and tag_is_valid(new) else None
    yield Violation(("language",), f"{tag!r} is not the tag of a language{hint}", tag, replacement=certain)


_SMALL = re.compile(r"\b(AND|OF|THE|IN|ON|FOR|TO|DER|DIE|UND|LE|LA|DE|DU|ET|И|В|НА|О|ПО|С|ДЛЯ|ВА|ДАР|БА|АЗ)\b")


@rule("TP406", "warning", "text")
def capitals(text: Text) -> Iterator[Violation]:
    """A title or a person's name is all in capitals: styles cannot restore its small letters."""
    if text.value.isupper() and (text.is_title or (text.path[-1] == "family" and _has_given(text))):
        words = [word for word in _WORD.findall(text.value) if word.isupper()]
        letters = sum(map(str.isalpha, text.value))
        if sum(map(len, words)) * 2 < letters:  # acronyms among letters without case, such as Chinese ones
            return
        longest = max(map(len, words))
        shouts = longest > 6 or _SMALL.search(text.value)  # else it may be a row of acronyms
        if ((len(words) > 1 and shouts) or longest > 11) if text.is_title else longest > 3:
            yield text.report("is in capitals; write small letters where they belong")


def _has_given(text: Text) -> bool:
    """Whether a family name has a given name beside it; a single word in capitals is an organisation's acronym."""
    name = getattr(text.work, attribute(str(text.path[0])))[int(text.path[1])]
    return name.given is not None


_SPACES = re.compile(r"\A[ \t\u00a0]+|[ \t\u00a0]+\Z|(?<=\S)[ \t\u00a0]{2,}(?=\S)")


@rule("TP407", "warning", "text")
def spaces(text: Text) -> Iterator[Violation]:
    """There are two spaces instead of one, or one at the beginning or end."""
    for match in _SPACES.finditer(text.value):
        inside = 0 < match.start() < match.end() < len(text.value)
        message = "two spaces; write one" if inside else "a space at the beginning or end; remove it"
        yield text.report(message, match[0], match.start(), " " if inside else "")


_INITIALS = re.compile(r"(?<!\w)(?=[^\W\d_]{1,2}\.[^\W\d_])(?![a-zа-я])\S+")


@rule("TP408", "hint", "text")
def initials(text: Text) -> Iterator[Violation]:
    """Initials are written together; CSL styles separate them only if there is a space between them."""
    for match in _INITIALS.finditer(text.value) if text.path[-1] == "given" else ():
        apart = re.sub(r"\.(?=[^\W\d_])", ". ", match[0])
        yield text.report(f"initials run together; write {apart!r}", match[0], match.start(), apart)


_MARKDOWN = re.compile(
    r"\*(?=[^\s*])[^*]*(?<=\S)\*|(?<!\w)_(?=\S)[^_]*(?<=\S)_(?!\w)|`[^`]+`|\[[^\]]*\](?:\([^)]*\)|\{[^}]*\})|\^[^\s^]+\^"
    r"|~[^\s~]+~|~~.+?~~|\^\[.*?\]|\\.|^> .*|&(?:#\d+|#x[\da-fA-F]+|[A-Za-z]\w+);|\$(?=\S)[^$]*(?<=\S)\$(?!\d)"
    r"|(?<!\w)@\w+"
)


@rule("TP409", "hint", "scalar")
def markdown(text: Text) -> Iterator[Violation]:
    r"""Pandoc reads a part of a text as Markdown: `$…$`, `[…](…)`, `\alpha`, `2*3*4`."""
    if text.path[0] in {"extra", "foreign"}:  # fields of other formats, which pandoc passes over
        return
    for match in _MARKDOWN.finditer(text.value):
        message = f"pandoc reads {match[0]!r} as Markdown; if it is plain text, write a backslash before its signs"
        yield Violation(text.path, message, match[0], match.start(), only_yaml="words")


_SHORT = r"inc|ltd|co|corp|etc|vols?|nos?|pp?|eds?|jr|sr|al|dept|univ|гг?|вв?|др|пр|стр?|изд|ред|сб|т"
_FULL_STOP = re.compile(rf"(?:^|\s)(?!(?:{_SHORT})\.$)[^.\s]{{2,}}\.$", re.IGNORECASE)


@rule("TP410", "warning", "text")
def full_stop(text: Text) -> Iterator[Violation]:
    """A title ends with a full stop; styles add it."""
    own = text.path[0] in {"title", "translated-title", "transliterated-title"}
    match = _FULL_STOP.search(text.value) if own else None
    if match and not match[0].isupper():
        yield text.report("ends with a full stop; remove it", ".", match.end() - 1)


@rule("TP412", "warning", "text")
def unpaired(text: Text) -> Iterator[Violation]:
    """A bracket or quotation mark in a title is not closed, or not opened."""
    if not text.is_title or "„" in text.value or re.search(r"(?:^|\s)\w{1,2}\)", text.value):  # „…“; a) …, b) …
        return
    for pair in ("[(\\[]", "[)\\]]"), ("«", "»"), ("“", "”"):  # [0, 1) is a pair; ”…” is one elsewhere
        opened, closed = ([match.start() for match in re.finditer(sign, text.value)] for sign in pair)
        if (len(opened) - len(closed)) % 2:
            at = max(opened if len(opened) > len(closed) else closed)
            yield text.report(f"{text.value[at]!r} has no partner", text.value[at], at)
    if len(straight := [match.start() for match in re.finditer(r'(?<!\d)"', text.value)]) % 2:  # 5" is a size
        yield text.report("'\"' has no partner", '"', straight[-1])
