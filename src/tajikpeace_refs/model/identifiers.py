"""Identifiers of works and people: normalised from any spelling, turned into addresses, check digits tested.

The models keep an identifier as it is written; who compares, prints or asks for one comes here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, unquote

# What stands before a DOI: its resolver, also behind a library's proxy (doi-org.proxy.edu, doi.org.proxy.edu,
# proxy.edu/login?url=…) or a publisher's own (doi.acm.org); a label (doi:, DOI 10.…); an info or urn scheme.
_PROXY = r"(?:https?:/+[^\s?#]+[?&]q?url=)?"
_HOST = r"(?:https?:?/+)?[\w.-]{0,200}\bdoi\b[\w.-]{0,200}(?::\d+)?/+(?=10[./]|doi:|https?:)"
_LABEL = r"(?:https?:/+|info:|urn:)?doi(?:\s*[:.=/]\s*|\s+)(?=10[./]|doi|https?:)"
_BEFORE_DOI = re.compile(rf"(?:{_PROXY}(?:{_HOST}|{_LABEL}))+", re.IGNORECASE)
_RESOLVER = re.compile(r"(?:(?:https?:?/+)?(?:(?:dx\.|www\.)?doi\.org/+|doi:\s*))+", re.IGNORECASE)
_AFTER_DOI = re.compile(r"(?<!\s)\s*\[doi\]$", re.IGNORECASE)  # PubMed's AID
_DOI = re.compile(r"10(?:\.\d{1,9}(?:\.\d+)*/\S+|/(?=\d*[a-z])[a-z0-9]{3,})")
# Old DOIs end in ";2-" and a sign.
_SOUND_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/(?:\S*[^\s.,;]|\S+;2-\S+)")
_IN_ADDRESS = re.compile(r"[/=](10\.\d{4,9}(?:\.\d+)*/[^\s?&]*[^\s?&/.,;])")
# What publishers set behind the DOI: the page of the abstract, of the whole text, the PDF.
_PAGE_OF_DOI = re.compile(
    r"(?:/(?:abstract|full|fulltext|pdf|epdf|html|meta|summary|references))+$|\.(?:pdf|full|abstract)$"
)
_URL_SAFE = "/:;()._-!$&'*+,=@~"

_GAP = re.compile(r"[\s\u2010-\u2015\u2212-]")
_ORCID = re.compile(
    r"(?:orcid[:\s]*)?(?:(?:https?://)?(?:www\.)?orcid\.org/)?((?:\d{4}-?){3}\d{3}[\dX])", re.IGNORECASE
)
_PMID = re.compile(
    r"(?:pmid[:\s]*)?(?:(?:https?://)?(?:pubmed\.ncbi\.nlm\.nih\.gov/|(?:www\.)?ncbi\.nlm\.nih\.gov/pubmed/))?"
    r"([1-9]\d{0,7})/?(?:\s*\[pmid\])?",
    re.IGNORECASE,
)
_PMCID = re.compile(
    r"(?:pmcid[:\s]*)?(?:(?:https?://)?(?:pmc\.|(?:www\.)?)ncbi\.nlm\.nih\.gov/(?:pmc/)?articles/)?"
    r"(PMC[1-9]\d{0,8}(?:\.\d+)?)/?(?:\s*\[pmcid\])?",
    re.IGNORECASE,
)
_ARXIV = re.compile(
    r"(?:arxiv[:\s]*)?(?:(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/|(?:https?://doi\.org/)?10\.48550/arxiv\.)?"
    r"(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[a-z]{2})?/\d{7}(?:v\d+)?)(?:\.pdf)?(?:\s*\[[\w.-]+\])?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Identifier:
    """One kind of identifier: its name, how a text in any spelling becomes its bare form, and where it resolves."""

    name: str
    parse: Callable[[str], str | None]
    """Return the bare form of what a text holds, in the usual spelling; None where it is no such identifier."""
    resolver: str = ""

    def address(self, text: str) -> str | None:
        """Return the address that an identifier, written in any way, resolves at; None where it is none."""
        bare = self.parse(text)
        return f"{self.resolver}{quote(bare, safe=_URL_SAFE)}" if bare and self.resolver else None


def parse_doi(text: str) -> str | None:
    """Return the DOI that a text holds, without resolver, proxy, label and percent-encoding; None where it is none.

    >>> parse_doi("DOI: https://www.doi.org/10.1000/182"), parse_doi("https://doi-org.proxy.edu/10.1000%2F182")
    ('10.1000/182', '10.1000/182')
    >>> parse_doi("10/fg6rf9"), parse_doi("doi.org/about")
    ('10/fg6rf9', None)
    """
    text = text.strip()
    if "%" in text:
        text = unquote(text)
    if before := _BEFORE_DOI.match(text):
        text = text[before.end() :]
    text = _AFTER_DOI.sub("", text)
    return text if _DOI.fullmatch(text) else None


def doi_within(text: str) -> str | None:
    """Return the DOI that a text is, or that the address of a publisher's page holds; None where there is none.

    >>> doi_within("https://onlinelibrary.wiley.com/doi/10.1002/jor.1100150407/abstract?x=y"), doi_within("10.1000/182")
    ('10.1002/jor.1100150407', '10.1000/182')
    """
    if doi := parse_doi(text):
        return doi
    address = text.strip().partition("#")[0]
    if not re.match(r"https?://", address, re.IGNORECASE):
        return None
    match = _IN_ADDRESS.search(unquote(address))
    return _PAGE_OF_DOI.sub("", match[1]) if match else None


def is_sound_doi(bare: str) -> bool:
    """Whether a bare DOI is ``10.``, four digits or more, a slash and a suffix that does not end in punctuation."""
    return _SOUND_DOI.fullmatch(bare) is not None


def doi_address(text: str) -> str:
    """Return the address of a DOI in any spelling (APA 9.35); of what is not a DOI, the one that a resolver would take.

    >>> doi_address("doi:10.1037/x"), doi_address("http://dx.doi.org/10.1037/a<b"), doi_address("fg6rf9")
    ('https://doi.org/10.1037/x', 'https://doi.org/10.1037/a%3Cb', 'https://doi.org/fg6rf9')
    """
    if address := DOI.address(text):
        return address
    text = text.strip()
    resolver = _RESOLVER.match(text)
    rest = text[resolver.end() :] if resolver else text
    return f"{DOI.resolver}{quote(rest, safe=f'%?{_URL_SAFE}')}" if rest else ""


def is_doi_address(text: str) -> bool:
    """Whether a text is the address of a DOI at a resolver, a short one (``https://doi.org/fg6rf9``) included."""
    return text.lstrip()[:4].lower() == "http" and (parse_doi(text) is not None or bool(_RESOLVER.match(text.strip())))


def compact(number: str) -> str:
    """Return an ISBN or ISSN without its hyphens, dashes and blanks."""
    return _GAP.sub("", number).upper()


def _mod_11(number: str) -> bool:
    digits = [10 if digit == "X" else int(digit) for digit in number]
    return sum(digit * weight for weight, digit in enumerate(reversed(digits), 1)) % 11 == 0


def is_isbn(digits: str) -> bool:
    """Whether compact digits are an ISBN whose check digit is right (ISO 2108)."""
    if re.fullmatch(r"97[89]\d{10}", digits, re.ASCII):
        return sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits)) % 10 == 0
    return re.fullmatch(r"\d{9}[\dX]", digits, re.ASCII) is not None and _mod_11(digits)


def is_issn(digits: str) -> bool:
    """Whether compact digits are an ISSN whose check digit is right (ISO 3297)."""
    return re.fullmatch(r"\d{7}[\dX]", digits, re.ASCII) is not None and _mod_11(digits)


def number_kind(text: str) -> str | None:
    """Return which of the two a number of a serial or a book is, by how many digits it has: ``issn``, ``isbn``, None.

    >>> number_kind("1061-1924"), number_kind("978-1-878379-73-0 (pbk.)"), number_kind("TR 17")
    ('issn', 'isbn', None)
    """
    digits = compact(text.split(" ", maxsplit=1)[0])
    return {8: "issn", 10: "isbn", 13: "isbn"}.get(len(digits)) if re.fullmatch(r"\d+[\dX]", digits) else None


def _labelled(label: str, text: str) -> str:
    before = rf"^\s*(?:https?://portal\.issn\.org/resource/issn/|(?:urn:|[ep]-?)?{label}(?:-1[03])?[:\s]+)"
    return compact(re.sub(before, "", text, flags=re.IGNORECASE))


def _parse_isbn(text: str) -> str | None:
    digits = _labelled("isbn", text)
    return digits if is_isbn(digits) else None


def _parse_issn(text: str) -> str | None:
    digits = _labelled("issn", text)
    return f"{digits[:4]}-{digits[4:]}" if is_issn(digits) else None


def is_orcid(text: str) -> bool:
    """Whether the last digit of an ORCID agrees with the others (ISO 7064, MOD 11-2)."""
    text = text.replace("-", "").upper()
    total = 0
    for digit in text[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == text[-1:]


def _parse_orcid(text: str) -> str | None:
    match = _ORCID.fullmatch(text.strip())
    if not match or not is_orcid(match[1]):
        return None
    digits = match[1].replace("-", "").upper()
    return "-".join(digits[at : at + 4] for at in (0, 4, 8, 12))


def _parser(pattern: re.Pattern[str], case: Callable[[str], str] = str) -> Callable[[str], str | None]:
    def parse(text: str) -> str | None:
        match = pattern.fullmatch(text.strip())
        return case(match[1]) if match else None

    return parse


DOI = Identifier("DOI", parse_doi, "https://doi.org/")
ISBN = Identifier("ISBN", _parse_isbn)
ISSN = Identifier("ISSN", _parse_issn, "https://portal.issn.org/resource/ISSN/")
ORCID = Identifier("ORCID", _parse_orcid, "https://orcid.org/")
PMID = Identifier("PMID", _parser(_PMID), "https://pubmed.ncbi.nlm.nih.gov/")
PMCID = Identifier("PMCID", _parser(_PMCID, str.upper), "https://www.ncbi.nlm.nih.gov/pmc/articles/")
ARXIV = Identifier("arXiv", _parser(_ARXIV), "https://arxiv.org/abs/")
IDENTIFIERS = (DOI, ISBN, ISSN, ORCID, PMID, PMCID, ARXIV)
"""Every kind, the one that identifies most exactly first."""
