"""2xx: identifiers whose form or check digit is wrong, and addresses that are none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from tajikpeace_refs.links.repair import Inspection, inspect
from tajikpeace_refs.links.verdict import Reason
from tajikpeace_refs.lint.rule import Violation, rule
from tajikpeace_refs.model.identifiers import ORCID, PMCID, PMID, compact, is_isbn, is_issn, is_sound_doi, parse_doi
from tajikpeace_refs.model.work import SPELLING, Work


@rule("TP201", "error", "work")
def doi(work: Work, _today: date) -> Iterator[Violation]:
    """A DOI is not `10.`, four digits or more, a slash and a suffix, or contains a space or ends with a full stop."""
    if work.doi and not is_sound_doi(parse_doi(work.doi) or ""):
        yield Violation(("DOI",), f"{work.doi!r} is not a DOI; expected 10.PREFIX/SUFFIX", work.doi)


@rule("TP202", "error", "work")
def isbn(work: Work, _today: date) -> Iterator[Violation]:
    """An ISBN does not have 10 or 13 digits, or its check digit is wrong."""
    return _numbers("ISBN", work.isbn, (10, 13), is_isbn)


@rule("TP203", "error", "work")
def issn(work: Work, _today: date) -> Iterator[Violation]:
    """An ISSN does not have 8 digits, or its check digit is wrong."""
    return _numbers("ISSN", work.issn, (8,), is_issn)


_NUMBER = re.compile(r"\d[\dXx\s\u2010-\u2015\u2212-]{3,}[\dXx]")


def _numbers(
    name: str, text: str | None, lengths: tuple[int, ...], is_sound: Callable[[str], bool]
) -> Iterator[Violation]:
    """Yield what is wrong with the numbers of a field: there may be several, with words such as ``(pbk.)``."""
    if text and not _NUMBER.search(text):
        yield Violation((name,), f"{text!r} is no {name}; compare with the source", text)
    for found in _NUMBER.finditer(text or ""):
        several = [*re.finditer(r"\S+", found[0])]
        at_once = any(len(compact(piece[0])) not in lengths for piece in several)
        for part, at in [(found[0], 0)] if at_once else [(piece[0], piece.start()) for piece in several]:
            if not is_sound(number := compact(part)):
                why = "its check digit is wrong" if len(number) in lengths else f"it has {len(number)} digits"
                message = f"{part!r} is no {name}: {why}; compare with the source"
                yield Violation((name,), message, part, found.start() + at)


@rule("TP204", "error", "work")
def pubmed(work: Work, _today: date) -> Iterator[Violation]:
    """A PMID is not a number, or a PMCID not `PMC` and a number."""
    if work.pmid and PMID.parse(work.pmid) != work.pmid:
        yield Violation(("PMID",), f"{work.pmid!r} is not a PMID; expected digits only, such as 30596666", work.pmid)
    if work.pmcid and PMCID.parse(work.pmcid) != work.pmcid:
        yield Violation(
            ("PMCID",), f"{work.pmcid!r} is not a PMCID; expected PMC and digits, such as PMC6313456", work.pmcid
        )


@rule("TP205", "error", "work")
def orcid(work: Work, _today: date) -> Iterator[Violation]:
    """The check digit of an ORCID is wrong (ISO 7064, MOD 11-2), in any field."""
    for name, value in work.variables().items():
        for match in re.finditer(r"(?i)orcid(?:\.org/|\W{0,3})((?:\d{4}-){3}\d{3}[\dX])", str(value)):
            if not ORCID.parse(match[1]):
                at = match.start(1) if isinstance(value, str) else 0
                message = f"{match[1]!r} is not an ORCID: its check digit is wrong; compare with the source"
                yield Violation((SPELLING[name],), message, match[1], at)


def _addresses(work: Work) -> Iterator[tuple[str, str, Inspection]]:
    urls = (("URL", work.url), ("archive-url", work.archive_url))
    yield from ((name, url, inspect(url)) for name, url in urls if url)


@rule("TP206", "error", "work")
def address(work: Work, _today: date) -> Iterator[Violation]:
    """A web address is not valid: a space, a stray letter, no `https://`, two addresses in one."""
    for name, url, found in _addresses(work):
        if found.url is None and found.reason is not Reason.NOT_HTTP:
            hint = f"; try {found.suggested}" if found.suggested else ""
            hint += f", and accessed: {found.accessed}" if found.accessed and not work.accessed else ""
            yield Violation((name,), f"{url!r} is not a web address ({found.reason}){hint}", url)


@rule("TP207", "warning", "work")
def doubtful_address(work: Work, _today: date) -> Iterator[Violation]:
    """A web address contains something of the text around it: a full stop, `&amp;`."""
    for name, url, found in _addresses(work):
        if found.url is not None and found.suggested:
            why = found.doubt or "white-space"
            yield Violation((name,), f"{url!r} looks mistyped ({why}); try {found.suggested}", url)


@rule("TP208", "hint", "work")
def doi_address(work: Work, _today: date) -> Iterator[Violation]:
    """A DOI is given as an address; CSL has the DOI alone, and styles add the address."""
    bare = parse_doi(work.doi or "")
    if work.doi and bare and bare != work.doi and is_sound_doi(bare):
        yield Violation(("DOI",), f"is given as an address; write {bare}", work.doi, replacement=bare)


@rule("TP209", "hint", "work")
def doi_in_url(work: Work, _today: date) -> Iterator[Violation]:
    """The URL is that of a DOI, and the work has no DOI."""
    bare = parse_doi(work.url or "")
    if work.url and bare and not work.doi and bare != work.url and is_sound_doi(bare):
        yield Violation(("URL",), f"is the address of a DOI; give DOI: {bare}", work.url)
