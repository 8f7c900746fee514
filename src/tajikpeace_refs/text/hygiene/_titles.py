"""What library records and whole references leave in a title: ``[Текст]``, `` / ed. by …``, `` = ``, ``(2nd ed.)``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tajikpeace_refs.model.name_reading import read_text
from tajikpeace_refs.model.name_shapes import FAMILY, STOPPED
from tajikpeace_refs.model.work import NAME_VARIABLES, Work
from tajikpeace_refs.text.carriers import without_spaced_colon
from tajikpeace_refs.text.editions import edition, names_edition
from tajikpeace_refs.text.hygiene._base import Repair, path_of, text_of
from tajikpeace_refs.text.numbers import bare_number, volume_and_issue
from tajikpeace_refs.text.scripts import has_cyrillic

TITLES = ("title", "container_title", "collection_title")

# General material designations: GOST 7.1-2003 (5.2.3) and AACR2 (1.1C), in the languages of catalogues. Those of AACR2
# that an author may have written, too (map, game, slide), are left out.
_MATERIAL = re.compile(
    r"(?<!\s)\s*\[(?:текст(?: ?[:(][^\[\]]{0,30})?|тексты|электрон\w*\.? (?:ресурс|документ|текст|версия)\w*|ноты|"
    r"карты|изоматериал\w*|звукозапис\w*|видеозапис\w*|мультимедиа|кинофильм|микроформ\w*|рукопись|шрифт брайля|"
    r"електронн?ий ресурс|матн|(?:манба[ъ]?и|захираи) электронӣ|text|internet|online|cd-rom|"
    r"electronic (?:resource|document|version)|"
    r"microform|computer file|machine-readable data file|sound recording|videorecording|texte imprimé|"
    r"ressource électronique|(?:document|texte) électronique|elektronische ressource|recurso electrónico|"
    r"risorsa elettronica|dokument elektroniczny|elektronický zdroj)\]",
    re.IGNORECASE,
)


def material(work: Work) -> Iterator[Repair]:
    """A designation of the material: ``Мир [Текст]``, ``Peace [electronic resource]``."""
    for variable in TITLES:
        value = text_of(work, variable)
        match = _MATERIAL.search(value) if "[" in value else None
        if match:
            bare = _MATERIAL.sub("", value).strip()
            message = f"{match[0].strip()!r} belongs to a library's record; leave it out"
            if bare:
                yield Repair(path_of(variable), message, match[0], match.start(), {variable: bare}, replacement="")


_RESPONSIBLE = re.compile(
    r"(?:под (?:\w+\.? ){0,2}ред|под (?:\w+\.? )?наблюд|(?:отв|гл|науч|общ|спец)\.? ?ред|ред(?:\.|актор|акц|кол)|"
    r"(?:авт\.-)?сост(?:\.|авител)|авт(?:\.|ор)|пер(?:\.|евод)|вступ\.|предисл\.|коммент\.|подгот\.|разраб\.|"
    r"за (?:\w+\.? )?ред|упоряд|уклад|(?:зери|таҳти) (?:таҳрир|назар)|муҳаррир|мураттиб|тартибдиҳанда|мутарҷим|"
    r"тарҷум|муаллиф|[мМ]ин(?:истерство|-во) |М-во |Ин-т |(?:Рос|Нац)\. акад|АН (?=[А-Я])|РАН\b|ун-т |"
    r"(?:edited|compiled|translated|written|introduced|illustrated|prepared) by|(?:ed|comp|trans|tr)s?\. |"
    r"hrsg|hg\.|herausgegeben|vorgelegt|"
    r"présentée? par|bearb\.|übers|éd\. |sous la dir|dir\. |trad\. |traduit|préf\. |a cura di|coord\. |"
    r"ed\. (?:a cargo|lit)|pod red|red\. |oprac\. |zebr|przeł\. |tłum\. |pererab|pod obshch|sost\. |"
    r"(?:by|von|par|por|di)(?= (?-i:[A-ZА-Я])))",
    re.IGNORECASE,
)
_PERSON = re.compile(rf"(?:{STOPPED} ?{FAMILY}|{FAMILY},? {STOPPED})")
_BETWEEN = re.compile(r"(?<!\s)\s*(?:[,;&]|\s(?:and|и|та|ва|und|et|y|i)\s)\s*")
_AND_OTHERS = re.compile(r"(?<!\s)\s*\[?(?:и др|та ін|et al|ва диг)\.?\]?\s*\.?$")


_LONGEST = 300
"""As many characters of a statement are looked at."""


def responsibility(work: Work) -> Iterator[Repair]:
    """A statement of responsibility behind a slash (ISBD 1.4, GOST 7.1 5.2.6): names or a role; other slashes stay."""
    for variable in TITLES:
        value = text_of(work, variable)
        at = value.find(" / ")
        people = _contributors(work) if at > 0 else set()
        while at > 0:
            if _is_statement(value[at + 3 : at + 3 + _LONGEST].strip(" ."), people):
                tail = value[at + 3 :].strip(" .")
                message = f"{tail!r} names who is responsible, as library records do; write them as author or editor"
                changes = {variable: value[:at].rstrip()}
                yield Repair(path_of(variable), message, value[at:], at, changes, dropped=tail)
                break
            at = value.find(" / ", at + 3)


def _is_statement(tail: str, contributors: set[str]) -> bool:
    if _RESPONSIBLE.match(tail.lstrip("[")):
        return True
    first = _AND_OTHERS.sub("", tail.partition(" ; ")[0].partition(" / ")[0])
    people = [part for part in _BETWEEN.split(first) if part]
    return bool(people) and (all(map(_PERSON.fullmatch, people)) or people[0].casefold() in contributors)


def _contributors(work: Work) -> set[str]:
    """Return the full names of a work's contributors, with the given name first and last."""
    found = set()
    for variable in NAME_VARIABLES:
        for name in work.__dict__.get(variable) or ():
            if name.family and name.given:
                found |= {f"{name.given} {name.family}".casefold(), f"{name.family} {name.given}".casefold()}
    return found


def spaced_colon(work: Work) -> Iterator[Repair]:
    """A blank before a colon or semicolon, as library records have it (ISBD 0.3); French has one, too."""
    for variable in TITLES:
        value = text_of(work, variable)
        if " : " in value or " ; " in value:
            text = without_spaced_colon(value, work.language)
            if text != value:
                at = next(place for place, (one, other) in enumerate(zip(value, text, strict=False)) if one != other)
                message = f"library records put a space before {value[at + 1]!r}; write {text!r}"
                yield Repair(path_of(variable), message, value, 0, {variable: text}, replacement=text)


_ENOUGH = 4
"""Letters that a title has at least: fewer are signs of a formula."""


def parallel_title(work: Work) -> Iterator[Repair]:
    """A title in two scripts with `` = `` between them (ISBD 1.3): the second is the translation."""
    value = text_of(work, "title")
    first, sign, second = value.partition(" = ")
    if not sign or " = " in second or " : " in second:
        return
    one, other = (sum(map(str.isalpha, part)) for part in (first, second))
    if min(one, other) >= _ENOUGH and has_cyrillic(first) != has_cyrillic(second):
        changes = {"title": first.rstrip(), "translated_title": work.translated_title or second.strip()}
        message = f"contains the title in another language, too; write it as translated-title: {second.strip()}"
        yield Repair(path_of("title"), message, value[len(first) :], len(first), changes)


_IN_PARENTHESES = re.compile(r"(?<!\s)\s*[(\[]([^()\[\]]{2,60})[)\]]$")
_CLOSING = frozenset(")]")
_AFTER_COMMA = re.compile(r"(?:[,:]|\.\s[–—-])\s([^,:]{2,40})$")
_PARTS = frozenset({"chapter", "paper-conference", "entry", "entry-dictionary", "entry-encyclopedia"})


def edition_in_title(work: Work) -> Iterator[Repair]:
    """An edition at the end of the title of a book: ``Peace (2nd ed.)``, ``Мир. – 2-е изд.``."""
    variable = "container_title" if work.type in _PARTS else "title"
    value = text_of(work, variable)
    if value[-1:] not in _CLOSING and not names_edition(value.rpartition(" ")[2]):
        return
    match = _IN_PARENTHESES.search(value) or _AFTER_COMMA.search(value)
    found = edition(match[1]) if match and names_edition(match[1]) else None
    if match is None or found is None:
        return
    given = edition(text_of(work, "edition"))
    message = f"ends with an edition; write it as edition: {found.number or match[1]}"
    bare = value[: match.start()].rstrip()
    is_book = work.type in _PARTS or not work.container_title
    is_sure = is_book and bool(bare) and (not work.edition or (given and given.number == found.number))
    changes = {variable: bare, "edition": work.edition or match[1]} if is_sure else {}
    yield Repair(path_of(variable), message, match[0], match.start(), changes)


_CONTAINER = re.compile(
    r"(?i:In: ?|[ВУ]: ?|В (?:кн|сб|изд)\.\s?:? ?|(?:В (?:книге|сборнике)|Дар (?:китоби|маҷмӯаи))\s?: ?|"
    r"У (?:кн|зб)\.\s?:? ?|Dans ?: ?|Dar: ?|Дар: ?|// ?)(?=[^\W\d_])"
    r"|In (?=(?:The )?(?:(?:Oxford|Cambridge|Routledge|Palgrave|International|Annual) )?"
    r"(?:Proceedings|Handbook|Encyclop(?:a?edia|ædia)|Companion|Dictionary|Journal|Annals|"
    r"Transactions|Yearbook|Lecture Notes)\b)"
)
# Titles that begin with "In" themselves have a small word or one of these behind it.
_IN = re.compile(
    r"In (?!(?:the|an?|this|our|my|its|his|her|\S+ (?:of|to|for|and|with|from|on))\b|"
    r"(?i:vitro|vivo|situ|silico|utero|memoriam|absentia|search|defen[cs]e|praise|pursuit|between|retrospect)\b)"
    r"(?=[^\W\d_a-z])"
)
_HEADED = re.compile(r"In:? ([^()]{3,200}) \((?:[Ee]ds?|Hrsg|Hg|[Рр]ед)\.?\)[,:] (\S.*)", re.DOTALL)
_IN_VOLUME = _PARTS | {"article-journal", "article-magazine", "article-newspaper"}


def container_words(work: Work) -> Iterator[Repair]:
    """The word "in" before a container, which styles write: ``In: Peace``, ``В кн.: Мир``, ``In Handbook of Peace``.

    Without a colon or a word for a container it may begin the title: that is left to a person.
    """
    value = text_of(work, "container_title")
    if work.type not in _IN_VOLUME or not value:
        return
    if match := _HEADED.fullmatch(value):
        yield from _headed(work, match)
    elif match := _CONTAINER.match(value):
        bare = value[match.end() :]
        message = f"begins with {match[0].strip()!r}, which styles add; write {bare!r}"
        yield Repair(path_of("container_title"), message, match[0], 0, {"container_title": bare}, replacement="")
    elif work.type in _PARTS and (match := _IN.match(value)):
        message = f"begins with 'In', which styles add; if it is not part of the title, write {value[match.end() :]!r}"
        yield Repair(path_of("container_title"), message, match[0])


def _headed(work: Work, match: re.Match[str]) -> Iterator[Repair]:
    people, title = read_text(match[1]), match[2]
    message = f"begins with its editors; write them as editor, and {title!r}"
    changes: dict[str, Any] = {"container_title": title}
    if not work.editor:
        changes["editor"] = people
    is_sure = all(name.family for name in people)
    yield Repair(path_of("container_title"), message, match[0][: match.start(2)], 0, changes if is_sure else {})


_NUMBERED = re.compile(
    r"(.*[^\W\d_]),?\s((?:(?i:vol|volume|т|том|bd|band|tome?|ҷ|ҷилди)\b\.? ?)?\d{1,4}"
    r"(?:\s?\(\d{1,3}\)|, (?:[Nn]o\. |№ ?)\d{1,3})?)"
)


def container_numbers(work: Work) -> Iterator[Repair]:
    """The volume, alone or with the issue, behind the name of a journal: ``Letters, Vol. 3``, ``Letters 3(4)``."""
    value = text_of(work, "container_title")
    match = _NUMBERED.fullmatch(value) if work.type == "article-journal" and value[-1:] in _NUMBER_ENDS else None
    if match is None or work.volume:
        return
    both = volume_and_issue(match[2])
    volume = both.volume if both else bare_number(match[2])
    if not (both or volume != match[2]) or not volume.isdecimal():  # a bare number may be of the name: Channel 4
        return
    issue = both.issue if both else work.issue
    message = f"ends with numbers; write {match[1]!r}, volume {volume!r}" + (f" and issue {issue!r}" if both else "")
    changes = {"container_title": match[1], "volume": volume, "issue": issue}
    is_sure = not (both and work.issue)
    yield Repair(path_of("container_title"), message, value[match.end(1) :], match.end(1), changes if is_sure else {})


_NUMBER_ENDS = frozenset("0123456789)")


def whole_reference(work: Work) -> Iterator[Repair]:
    """A title that goes on with its container behind a double slash, as GOST R 7.0.5 has it: left to a person."""
    value = text_of(work, "title")
    first, sign, rest = value.partition(" // ")
    if sign and first and rest:
        message = f"continues with the source; write it as container-title and the variables of its parts: {rest!r}"
        yield Repair(path_of("title"), message, value[len(first) :], len(first))
