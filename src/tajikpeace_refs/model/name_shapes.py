"""The shapes of names: patterns of words, initials and family names, and the words of organisations."""

from __future__ import annotations

import re

UPPER = "".join(chr(code) for code in (*range(0x41, 0x530), *range(0x1E00, 0x1F00)) if chr(code).isupper())
LETTER = r"[^\W\d_]"
HYPHEN = r"\-‐‑"
# A letter of another alphabet is often two in Latin (Ш. is Sh., Љ. is Lj., Uzbek Ғ. is Gʻ.); Дж. is an English J.
ONE_INITIAL = (
    rf"(?:Shch|Dzh|Chr|[CSZKGTP]h|T[sz]|D[zžj]|[LN]j|Y[aeiou]|I[aeu]|J[aeiou]|Wm|Дж|Дз|[OG][ʻʼ‘’'](?=\.)|[{UPPER}])"
    rf"(?!{LETTER})"
)
INITIAL = re.compile(rf"{ONE_INITIAL}\.")
"""An initial with its full stop, of two or three letters where they are one letter of another alphabet: ``Ya.``."""
STOPPED = rf"(?:{ONE_INITIAL}\. ?(?:[{HYPHEN}] ?)?)*{ONE_INITIAL}\."
PARTICLE = (
    "(?:van|von|der|den|de|del|della|di|da|do|dos|das|du|la|le|los|las|ten|ter|te|zu|zum|zur|af|av|bin|ibn|ben|al|el|y"
    "|фон|ван|дер|де|ла|ди|да|ибн|бин)"
)
WORD = rf"(?:{LETTER}{{1,2}}['’ʼ{HYPHEN}])?[{UPPER}](?:[\u0300-\u036f'’ʼ{HYPHEN}]*{LETTER})+"
FAMILY = rf"(?:{PARTICLE} )*{WORD}"
FAMILIES = rf"{FAMILY}(?: {FAMILY})?"
GIVEN = rf"(?:(?:{WORD}|{ONE_INITIAL}\.?|[{UPPER}]{{1,3}})(?: |[{HYPHEN}]|(?<=\.)|$))+"
AND = re.compile(r",? (?:and|&|и|ва) ")
FULL_NAME = re.compile(rf"(?:{WORD}|{ONE_INITIAL}\.)(?: (?:{ONE_INITIAL}\.?|{WORD}))*(?: {PARTICLE})* {WORD}")
PAIR = re.compile(rf"{FAMILIES}, {GIVEN}")
# Keller AB, Keller A B.
LETTERS_LAST = re.compile(rf"({FAMILIES}) ([{UPPER}]{{1,3}}|[{UPPER}](?:[ {HYPHEN}][{UPPER}]){{1,3}})")
SUFFIX = re.compile(r"(?:[JS]n?r|JR|SR|мл|ст)\.?|II|III|IV|2nd|3rd|4th")
DEGREE = re.compile(
    r"(?:Ph\.?\s?D|[DM]\.?Phil|Ed\.?D|Psy\.?D|Pharm\.?D|Dr\.?PH|[BDM]\.?Sc|[BM]\.?Ed|[BM]\.?Eng|"
    r"(?:к|д|канд|докт)\.\s?[а-я-]{1,10}\.\s?н(?:аук)?)\.?"
)
"""Degrees that are no initials, whatever stands before them."""
CREDENTIAL = re.compile(
    rf"{DEGREE.pattern}|(?:[BM]\.?A|[BM]\.?S|MD|M\.\s?D|DO|DDS|DVM|J\.?D|LL\.?[BMD]|MBA|MPH|MPA|MSW|MBBS|MBChB|RN|"
    r"BSN|MSN|FRCP|FRS|CPA|P\.?E|Esq|Prof|Dr)\.?"
)
"""Degrees and titles of a person, where a suffix stands."""
TITLE = re.compile(r"(?:(?:Prof(?:essor|\.)?|Dr\.?|проф\.|д-р)(?=[\s.]) ?)+\s*(?=\w{2}|\w(?:\.|$))")
"""Titles before the given names of a person: Dr. Ida, Prof. Dr. K."""
ENDS_IN_INITIALS = re.compile(rf"(?:{WORD} )*(?:{STOPPED}|[{UPPER}]{{1,3}})")
ENTITY = re.compile(r"&#?\w+;|<span style=[^<>]*;[^<>]*>")
"""An HTML entity or CSL's tag for small capitals: its semicolon parts no names."""
ONLY_INITIALS = re.compile(rf"{STOPPED}|[{UPPER}](?: [{UPPER}])*")

# Most cells are one family name, a comma and given names, or given names and a family name: nothing to decide.
STRIKING = r"and|et|и|ва|va|i|u|y|und|др|та|і|й|ды|с|және|жана|һәм|ж|һ|II|III|IV|Jr|Sr|Jnr|Snr|JR|SR|мл|ст|\w*\d\w*"
PLAIN = re.compile(rf"[\w'’-]+, (?:(?!(?:{STRIKING})\b)[\w'’-]+\.?(?: |[{HYPHEN}]|(?<=\.)|$))+")


# Organisations.

# How words begin that stand in no person's name; those with a $ stand so as they are.
BODY_WORDS = """
universi institut ministr(?:y|ies) ministeri ministère organi[sz]a[tc] associa[tcz] committee comit[éê] comitato
commission comisi[óo]n foundation fondation fundaci stiftung federa[tlc] corporation consorti collaborat directorate
laborator academ(?:y|ia|ies)$ akademi societ sociét sociedad gesellschaft verband$ verein$ government$
parliament$ senate$ assembly$ congress$ department départe departament agenc agentur councils?$ conseil$ consejo$
authorit administration$ bureau$ networks?$ program(?:me)?s?$ projects?$ initiative$ alliance$ coalition$
international$ national$ nations$ united$ european$ global$ survey$ librar(?:y|ies)$ museum hospitals?$ colleges?$
schools?$ archives$ republi[ck]$ cent(?:re|er)s?$ services$ offices?$ teams?$ contributors$ developers$ investigators$
groupe?$ company$ forschungs bundes(?:amt|anstalt|minist) институт университет министерств академи[ияею] комитет комисси
организаци ассоциаци агентств департамент правительств федераци республик общество$ центр$ совет$ лаборатори коллектив
редколлеги издательств типограф товариществ библиотек музе[йяю]$ архива?$ школ[аы]$ училищ гимнази кафедр обсерватори
управлени корпораци предприяти собрани видавництв бібліотек вазорат донишго донишкад кумита ҳукумат маркази$
пажӯҳишгоҳ созмон агентии$ нашриёт китобхона осорхона
""".replace("$", r"(?!\w)")
BODY = re.compile(
    rf"(?i)\b(?:{'|'.join(BODY_WORDS.split())})|(?<=\w )(?-i:of|for|the)(?= \w)|^The(?= )"
    r"|\b(?-i:Inc\.?|Ltd\.?|LLC|GmbH|Corp\.?|PLC|Co\.)$"
)
# Words of organisations that people are called, too (Frank Press, Gabrielle Union): no proof.
_MAYBE_WORDS = (
    "bank union press service watch party news world trust fund board church court forum house staff lab labs force "
    "american british royal sons bros journal банк союз фонд журнал партия"
)
MAYBE_BODY = re.compile(rf"(?i)\b(?:{_MAYBE_WORDS.replace(' ', '|')})(?!\w)")
BODY_STARTS = frozenset(re.findall(r"(?:^|\s)(\w{3,4})", f"{BODY_WORDS} {_MAYBE_WORDS}"))
"""The first four letters of all these words: a test that is fast enough for every name."""
FIRM = re.compile(r"(?i:inc|ltd|llc|gmbh|corp|plc)\.?|Co\.|S\. ?A\.")
# Letters after a name that are none of its initials: Müller AG, Meta AI, Минобрнауки РФ.
FIRM_LETTERS = frozenset({
    "AG", "AB", "AS", "SA", "NV", "BV", "KG", "LP", "LLC", "PLC", "LTD", "AI", "TV", "FC", "HQ", "IT", "UK", "US",
    "USA",     "UN", "EU", "РФ", "РТ", "США", "АН", "РАН", "ООН",
})  # fmt: skip
STATE = re.compile(r"(?:U\. ?S\.(?: ?A\.| ?S\. ?R\.)?|U\. ?[KN]\.|E\. ?U\.)")
"""What may stand beside the name of an authority: U.S., U.K., U.N., E.U."""


def is_organisation(text: str) -> bool:
    """Whether a word of a text proves that it names an organisation.

    >>> is_organisation("World Road Organization"), is_organisation("Bank of England"), is_organisation("Frank Press")
    (True, True, False)
    """
    return BODY.search(text) is not None


def may_be_organisation(text: str) -> bool:
    """Whether a word of a text is one that stands in names of organisations."""
    return is_organisation(text) or MAYBE_BODY.search(text) is not None
