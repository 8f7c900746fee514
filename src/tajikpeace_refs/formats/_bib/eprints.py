"""What ``eprint`` and the fields beside it name: the address, number or archive of a work (biblatex manual, 3.14.7).

arXiv's own names of the fields are ``archivePrefix`` and ``primaryClass``; Mendeley writes ``arxivId``. Many write the
number of a preprint in place of its journal (``arXiv preprint arXiv:1706.03762``; in DBLP ``CoRR``, volume ``abs/…``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tajikpeace_refs.formats._bib.latex_decode import decode
from tajikpeace_refs.model.identifiers import ARXIV, PMCID, PMID, parse_doi
from tajikpeace_refs.text.tex_addresses import read_address

_RESOLVERS = {
    "jstor": "https://www.jstor.org/stable/", "hdl": "https://hdl.handle.net/", "handle": "https://hdl.handle.net/",
    "googlebooks": "https://books.google.com/books?id=", "hal": "https://hal.science/",
    "ssrn": "https://ssrn.com/abstract=", "iacr": "https://eprint.iacr.org/", "eric": "https://eric.ed.gov/?id=",
    "zenodo": "https://zenodo.org/records/",
}  # fmt: skip
"""Where the identifiers of an archive resolve, by its name in ``eprinttype``."""
_NUMBERS = {"pubmed": ("pmid", PMID), "pmid": ("pmid", PMID), "pmc": ("pmcid", PMCID), "pmcid": ("pmcid", PMCID)}

CONTAINERS = ("journal", "journaltitle", "booktitle", "maintitle")
_OF_ARCHIVE = (*CONTAINERS[:2], "volume", "number", "pages", "eid", "note", "howpublished")
"""Fields that may hold the archive's name or number in place of what they are for."""
_PREPRINTS = frozenset({"article", "misc", "online", "electronic", "unpublished", "preprint"})
"""Entry types of preprints, unless they stand in a container."""
_ID = r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?"
_ARCHIVE = re.compile(
    rf"(?:arxiv(?:\.org)?(?:\s+(?:e-?prints?|preprints?|preprint\s+server|\(?cornell\s+university\)?))?|corr|abs/(?={_ID}))"
    rf"[\s,:]*(?:arxiv[:\s]\s*)?(?:abs/)?(?P<id>{_ID})?(?:\s*\[[\w.-]+\])?",
    re.IGNORECASE,
)
_MAY_NAME = re.compile("arxiv|corr|abs/", re.IGNORECASE)
_SHAPE = re.compile(r"(?:\d\d(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?", re.IGNORECASE)


def read_eprint(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that the eprint of an entry gives: ``url``, and for arXiv ``number``; ``pmid``; ``pmcid``.

    >>> read_eprint({"eprint": "2007071", "eprinttype": "jstor"})
    {'url': 'https://www.jstor.org/stable/2007071'}
    >>> read_eprint({"eprint": "1706.03762", "archiveprefix": "arXiv"})
    {'url': 'https://arxiv.org/abs/1706.03762', 'number': 'arXiv:1706.03762'}
    """
    if number := _arxiv(fields):
        return {"url": f"{ARXIV.resolver}{number}", "number": f"arXiv:{number}"}
    text = _text(fields, "eprint")
    kind = archive_of(fields)
    if not text:
        return {}
    if kind in _NUMBERS:
        variable, identifier = _NUMBERS[kind]
        bare = identifier.parse(f"PMC{text}" if variable == "pmcid" and text.isdigit() else text)
        return {variable: bare} if bare else {}
    if address := read_address(fields["eprint"]):
        if re.match(r"https?://", address):
            return {"url": address}
        if kind in _RESOLVERS:
            return {"url": f"{_RESOLVERS[kind]}{address}"}
    return {"doi": doi} if (doi := parse_doi(text)) else {}


def archive_of(fields: Mapping[str, str]) -> str:
    """Return the archive that the fields of an entry name, in small letters; empty where they name none."""
    return (_text(fields, "eprinttype") or _text(fields, "archiveprefix")).lower()


def is_preprint(kind: str, fields: Mapping[str, str]) -> bool:
    """Whether an entry is a preprint of arXiv, and not a published work that is there too."""
    return kind in _PREPRINTS and _may_be_there(fields) and not _has_container(fields) and bool(_arxiv(fields))


def _may_be_there(fields: Mapping[str, str]) -> bool:
    if "eprint" in fields or "arxivid" in fields:
        return True
    return any(name in _OF_ARCHIVE and _MAY_NAME.search(raw) for name, raw in fields.items())


def names_archive(tex: str) -> bool:
    """Whether a field holds only the archive's name, or the number of a preprint in it."""
    return _MAY_NAME.search(tex) is not None and _ARCHIVE.fullmatch(decode(tex).text) is not None


def _has_container(fields: Mapping[str, str]) -> bool:
    return any(fields.get(name) and not names_archive(fields[name]) for name in CONTAINERS)


def _text(fields: Mapping[str, str], name: str) -> str:
    return decode(fields[name]).text if fields.get(name) else ""


def _arxiv(fields: Mapping[str, str]) -> str | None:
    """Return the number of an entry at arXiv."""
    kind, text = archive_of(fields), _text(fields, "eprint")
    if text and (kind == "arxiv" or (not kind and (_SHAPE.fullmatch(text) or text.lower().startswith("arxiv")))):
        if number := ARXIV.parse(text):
            return number
        section = _text(fields, "primaryclass") or _text(fields, "eprintclass")
        return ARXIV.parse(f"{section}/{text}") if section else None
    if text := _text(fields, "arxivid"):
        return ARXIV.parse(text)
    if _has_container(fields):
        return None
    found = (_ARCHIVE.fullmatch(_text(fields, name)) for name in _OF_ARCHIVE if fields.get(name))
    return next((match["id"] for match in found if match and match["id"]), None)
