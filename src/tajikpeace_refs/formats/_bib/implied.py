"""Variables that an entry gives in other fields than their own: an address in ``note``, the number in ``eprint``.

The fields that imply a value stay as they are and are written again; the value is not written beside them, for as long
as it is the one that they imply.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from tajikpeace_refs.errors import Problem
from tajikpeace_refs.formats._bib.apa_model import implied_by_apa
from tajikpeace_refs.formats._bib.converters import COUNTRIES, read_date
from tajikpeace_refs.formats._bib.eprints import CONTAINERS, archive_of, names_archive, read_eprint
from tajikpeace_refs.formats._bib.latex_decode import decode
from tajikpeace_refs.formats._bib.rows import PERIODICAL, WHOLE
from tajikpeace_refs.formats._bib.splitter import Entry
from tajikpeace_refs.model.identifiers import PMCID, PMID
from tajikpeace_refs.text.rich import strip
from tajikpeace_refs.text.tex_addresses import find_addresses

EPRINT = "eprint"
_MAY_HOLD = re.compile(r"://|\\|\b(?:19|20)\d\d\b")
_NUMBERS = {"pmid": PMID, "pmcid": PMCID}
_OF_ADDRESSES = ("url", "howpublished", "note")
RAW_SOURCES = frozenset({"howpublished", "note"})
"""Fields that are kept as they came for as long as they give their variables; an eprint is kept for its own sake."""
_WITHOUT_CONTAINER = frozenset(
    {"article", "dataset", "document", "manuscript", "pamphlet", "report", "software", "webpage"}
)
"""Types for which an address among other words of a note is where the work is found."""
_PUBLISHERS = frozenset({"publisher", "institution", "school", "organization", "journal", "journaltitle", "booktitle"})


class Implied(NamedTuple):
    """A value, and the field that implies it."""

    value: Any
    field: str


def implied(csl: str, fields: Mapping[str, str]) -> dict[str, Implied]:
    """Return the variables that other fields than their own give; ``fields`` are those of an entry, raw.

    Args:
        csl: the CSL type of the work.
        fields: the fields of the entry.
    """
    found: dict[str, Implied] = {}
    for variable, implied_by in _implied(csl, fields):
        if implied_by.value:
            found.setdefault(variable, implied_by)
    return found


def _implied(csl: str, fields: Mapping[str, str]) -> Iterator[tuple[str, Implied]]:
    for variable, value, field in implied_by_apa(csl, fields):
        yield variable, Implied(value, field)
    for name in _OF_ADDRESSES:
        if (raw := fields.get(name)) and (name == "howpublished" or _MAY_HOLD.search(raw)):
            yield from _of_address(csl, name, raw, fields)
    if EPRINT in fields or "arxivid" in fields or csl == "article":
        yield from _of_eprint(csl, fields)
    if csl == "patent" and "patent" in fields.get("type", "patent").lower():
        place = fields.get("location", fields.get("address", ""))
        if fields.get("type", "patent") in {"patent", "patreq"} and place in COUNTRIES:
            yield "jurisdiction", Implied(COUNTRIES[place], "location")


def _of_eprint(csl: str, fields: Mapping[str, str]) -> Iterator[tuple[str, Implied]]:
    for variable, value in read_eprint(fields).items():
        if variable != "number":
            yield variable, Implied(value, EPRINT)
        elif csl == "article":  # it is the work's own number only where nobody else published it (APA 10.8)
            yield variable, Implied(value, EPRINT)
            yield "publisher", Implied("arXiv", EPRINT)
        if variable in _NUMBERS and csl not in PERIODICAL:  # no style prints the number itself
            yield "url", Implied(_NUMBERS[variable].address(value), EPRINT)
    if csl == "webpage":
        yield "container_title", Implied(site_of_eprint(fields), EPRINT)


_NAME_OF_SITE = re.compile(r"[^\W\d_][^\d/]*")


def site_of_eprint(fields: Mapping[str, str]) -> str:
    """Return the name of the site or archive that biblatex-apa has in ``eprint``: words, not an identifier."""
    text = decode(fields.get(EPRINT, "")).text
    is_name = not archive_of(fields) and _NAME_OF_SITE.fullmatch(text) and not read_eprint(fields)
    return text if is_name else ""


_STATES = {
    "manunpub": "Unpublished manuscript", "maninprep": "Manuscript in preparation",
    "mansub": "Manuscript submitted for publication",
}  # fmt: skip
"""The texts of biblatex-apa's keys for ``howpublished`` (its manual, 4.2.1)."""
_IN_ADVANCE = re.compile("advance online publication|online first|(?:e?pub )?ahead of print", re.IGNORECASE)


def _of_address(csl: str, name: str, raw: str, fields: Mapping[str, str]) -> Iterator[tuple[str, Implied]]:
    if name == "howpublished" and (raw in _STATES or (csl in PERIODICAL and _IN_ADVANCE.fullmatch(raw))):
        yield ("genre", Implied(_STATES[raw], name)) if raw in _STATES else ("status", Implied(raw.lower(), name))
        return
    found = find_addresses(raw)
    if found.accessed and not (found.rest and name == "note"):
        date = read_date(found.accessed).value
        yield "accessed", Implied(date if date and date.points else None, name)
    if name == "howpublished" and not names_archive(raw) and not _PUBLISHERS & fields.keys() and csl not in WHOLE:
        yield "publisher", Implied(decode(found.rest).text, name)
    is_for_work = name == "howpublished" or not found.rest or csl in _WITHOUT_CONTAINER
    if found.urls and name != "url" and is_for_work:
        yield "url", Implied(found.urls[0], name)


def says_only_address(raw: str) -> bool:
    """Whether a field holds an address or a date of access, and no words but such as lead to it."""
    found = find_addresses(raw) if _MAY_HOLD.search(raw) else None
    return found is not None and bool(found.urls or found.accessed) and not found.rest


def words_beside(raw: str) -> str:
    """Return the words of a field beside its addresses, those that lead to them included."""
    return find_addresses(raw).words.strip(" {}.,;")


def has_address(fields: Mapping[str, str]) -> bool:
    """Whether an entry has an address: in ``url``, ``howpublished`` or a note that is one, or by its eprint."""
    if fields.get("url") or ("howpublished" in fields and find_addresses(fields["howpublished"]).urls):
        return True
    note = find_addresses(fields.get("note", ""))
    return bool(note.urls and not note.rest) or bool({"url", *_NUMBERS} & read_eprint(fields).keys())


_PARTS_ALONE = frozenset({"book", "phdthesis", "mastersthesis", "thesis"})
"""Types whose ``booktitle`` is not for entries that refer to them, as that of proceedings and collections is."""


def unplaced(entry: Entry, record: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield a warning for each field of an entry whose value reaches no variable of its record, or only in part."""
    for field, why in _unplaced(entry.kind, entry.fields, record):
        yield Problem(why, entry.key or None, field, line=entry.line, severity="warning")


def _unplaced(kind: str, fields: Mapping[str, str], record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in _OF_ADDRESSES:
        urls = find_addresses(fields[name]).urls if fields.get(name, "").count("://") > 1 else ()
        if len(urls) > 1 and record.get("url") == urls[0]:
            yield name, f"it has {len(urls)} addresses; the first is read as the URL, move the others to note"
    if (raw := fields.get("howpublished")) and not (names_archive(raw) or {"genre", "status"} & record.keys()):
        words = decode(find_addresses(raw).rest).text
        if words and record.get("publisher") != words:
            yield "howpublished", f"{words!r} is printed only if the work has no publisher; move it to note"
    if (csl := record["type"]) in WHOLE:
        known = " | ".join(str(record.get(name, "")) for name in ("title", "publisher", "collection_title"))
        for name in CONTAINERS[:3] if kind in _PARTS_ALONE else CONTAINERS[:2]:
            text = decode(fields.get(name, "")).text
            if text.casefold() not in strip(known, "nocase").casefold():
                yield (
                    name,
                    f"a {csl} is not part of another work, so {text!r} is not printed; is it a chapter, @incollection?",
                )
    if (
        (text := fields.get(EPRINT, "").strip())
        and not site_of_eprint(fields)
        and not {"url", "doi", "pmid", "pmcid"} & record.keys()
    ):
        archive = archive_of(fields)
        why = f"the archive {archive!r} is not known" if archive else "eprinttype does not name its archive"
        yield EPRINT, f"{text!r} has no address, since {why}; add url"
