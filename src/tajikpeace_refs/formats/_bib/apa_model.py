"""What the data model of biblatex-apa adds to biblatex's (its manual, section 4; ``apa.dbx`` and ``american-apa.lbx``).

It has entry subtypes that describe a work, fields for narrators and executive producers, data annotations that give the
names in ``author`` a role or a user name, and entry types and fields for chapter 11 of the Publication Manual.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tajikpeace_refs.formats._bib.converters import read_date
from tajikpeace_refs.formats._bib.latex_decode import decode
from tajikpeace_refs.formats._bib.names import NAMES
from tajikpeace_refs.model.genres import repeats_type
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.text.languages import is_english, language_tag
from tajikpeace_refs.text.rich import clean, plain
from tajikpeace_refs.text.scripts import is_latin
from tajikpeace_refs.text.titles import seems_english

Fields = Mapping[str, str]

_SUBTYPES = {
    "film": "Film", "tvseries": "TV series", "tvepisode": "TV series episode", "video": "Video", "song": "Song",
    "album": "Album", "podcast": "Audio podcast", "podcastepisode": "Audio podcast episode", "interview": "Interview",
    "speech": "Speech audio recording", "lithograph": "Lithograph", "painting": "Painting", "map": "Map",
    "photograph": "Photograph", "photographs": "Photographs", "powerpoint": "PowerPoint slides",
    "lecturenotes": "Lecture notes",
}  # fmt: skip
"""The texts of biblatex-apa's keys for ``entrysubtype``; other subtypes that it prints begin with a capital."""
_BROADCASTS = ("tvseries", "tvepisode", "podcast", "podcastepisode")
_TYPES = {
    **{(entry, key): "broadcast" for entry in ("video", "audio", "music", "movie") for key in _BROADCASTS},
    ("article", "nonacademic"): "article-magazine", ("image", "map"): "map",
    ("audio", "interview"): "interview", ("audio", "speech"): "speech",
}  # fmt: skip
_LEGAL_TYPES = {"constitution": "legislation", "legadminmaterial": "regulation"}
_LEGAL = frozenset({"bill", "hearing", "legal_case", "legislation", "regulation", "treaty"})


def type_of(entry: str, fields: Fields) -> str | None:
    """Return the CSL type that biblatex-apa's entry types and subtypes give; None where they give none."""
    if entry == "legmaterial":
        return "hearing" if "title" in fields and "number" not in fields else "bill"
    return _LEGAL_TYPES.get(entry) or _TYPES.get((entry, fields.get("entrysubtype", "").strip()))


def describes(title: str, language: str | None) -> bool:
    """Whether what is added to a title (``titleaddon``) describes the work, and is not the title in another language.

    A translation stands beside a title in another language; where none is given the words of the title decide.
    """
    if not title:
        return True
    if language:
        return is_english(language)
    words = plain(clean(title))
    return is_latin(words) and seems_english(words)


def variable_of(csl: str, field: str, fields: Fields) -> str | None:
    """Return the variable that a field means in biblatex-apa; '' for none, None where biblatex's own meaning holds."""
    rule = _RULES.get(field)
    return rule(csl, fields) if rule else None


def _of_titleaddon(csl: str, fields: Fields) -> str | None:
    if adds_year(csl, fields):
        return ""
    title = f"{_text(fields, 'title')} {_text(fields, 'subtitle')}".strip()
    if not describes(title, language_tag(_text(fields, "langid") or _text(fields, "language"))):
        return None
    return "medium" if "type" in fields or "entrysubtype" in fields else "genre"


def adds_year(csl: str, fields: Fields) -> bool:
    """Whether ``titleaddon`` completes the name of an act: ``of 1990`` (APA 11.5)."""
    return csl in _LEGAL and re.fullmatch(r"of \d{4}", fields.get("titleaddon", "").strip()) is not None


def _of_author(csl: str, fields: Fields) -> str | None:
    return "" if any(_authors(csl, fields)) else None


def _of_location(csl: str, fields: Fields) -> str | None:
    if csl not in _LEGAL or not re.search(r"\d", fields["location"]):
        return None
    return "" if csl in {"bill", "hearing"} else "container_title"


def _of_note(csl: str, fields: Fields) -> str | None:
    if csl in {"bill", "hearing", "regulation"}:
        return "status"
    # biblatex-apa prints the note beside the subtype: [Film; four-disc special ed. on DVD] (APA 10.12).
    return "medium" if csl == "motion_picture" and fields.get("entrysubtype") in _SUBTYPES else None


def _of_publisher(csl: str, fields: Fields) -> str | None:
    is_archive = csl == "thesis" and _ARCHIVE.search(fields["publisher"])
    return "archive" if is_archive and (fields.get("institution") or fields.get("school")) else None


_ARCHIVE = re.compile(
    r"archive|repositor|proquest|\bumi\b|dissertations|theses|database|digital|dspace|ethos|commons|\bdiva\b",
    re.IGNORECASE,
)


def _of_venue(csl: str, fields: Fields) -> str | None:
    is_event = any(fields.get(name) for name in ("eventtitle", "eventdate"))
    return "division" if csl == "manuscript" and not is_event and _DIVISION.search(fields["venue"]) else None


_DIVISION = re.compile(
    r"\b(?:department|faculty|institut|school|division|laborator|cent(?:er|re)\b|college|d[ée]partement|fakult|fachbereich)",
    re.IGNORECASE,
)


def _of_editor(_csl: str, fields: Fields) -> str | None:
    """Return the role that biblatex's ``editortype`` gives (manual, 2.3.6); None for editors themselves."""
    role = _ROLES.get(fields.get("editortype", "").strip().removesuffix("s"))
    return role if role != "editor" else None


def _of_number(csl: str, fields: Fields) -> str | None:
    if csl == "report" and _names_series(csl, fields):
        return "collection_number"
    is_periodical = csl == "paper-conference" and fields.get("volume")
    is_book = any(fields.get(name) for name in ("publisher", "editor", "series", "organization", "maintitle"))
    return "issue" if is_periodical and not is_book else None


def _names_series(csl: str, fields: Fields) -> bool:
    """Whether ``issue`` beside a number has the name of a series, in words (APA 10.4)."""
    return csl == "report" and bool(fields.get("number")) and bool(re.match(r"[^\W\d]{2}", _text(fields, "issue")))


_ACCESSION = re.compile(r"[A-Z]{2,}\d{4,}")


def _of_title(csl: str, fields: Fields) -> str | None:
    if fields.get("appentry"):  # an entry in an app (APA 10.10)
        return "container_title"
    return "title" if _describes_issue(csl, fields) else None


def _of_issuetitle(csl: str, fields: Fields) -> str | None:
    return "genre" if _describes_issue(csl, fields) else None


def _describes_issue(csl: str, fields: Fields) -> bool:
    """Whether ``issuetitle`` only says "Special issue" beside the titles of issue and journal (APA 10.1)."""
    journal = fields.get("journaltitle") or fields.get("journal")
    return csl == "periodical" and bool(journal) and bool(fields.get("issuetitle"))


def _of_organization(csl: str, fields: Fields) -> str | None:
    """Beside a publisher it is the sponsor of a conference (btxdoc 3.2), of which no variable is made."""
    if csl == "legal_case":
        return "authority"
    return "" if fields.get("publisher") and csl in _OF_CONFERENCES else None


_OF_CONFERENCES = frozenset({"paper-conference", "chapter", "book"})
_RULES: dict[str, Callable[[str, Fields], str | None]] = {
    "title": _of_title,
    "appentry": lambda _, __: "title",
    "issuetitle": _of_issuetitle,
    "titleaddon": _of_titleaddon,
    "author": _of_author,
    "editor": _of_editor,
    "location": _of_location,
    "note": _of_note,
    "publisher": _of_publisher,
    "venue": _of_venue,
    "number": _of_number,
    "issue": lambda csl, fields: "collection_title" if _names_series(csl, fields) else None,
    "organization": _of_organization,
    "maintitleaddon": lambda csl, fields: "genre" if csl == "speech" and "titleaddon" not in fields else None,
    "version": lambda csl, fields: "number" if csl == "webpage" and _ACCESSION.fullmatch(fields["version"]) else None,
    "type": lambda csl, fields: "" if csl in _LEGAL and _legal_kind(fields) else None,
}
RULED = frozenset(_RULES)
"""Fields whose meaning ``variable_of`` knows."""


def _text(fields: Fields, name: str) -> str:
    return decode(fields[name]).text if fields.get(name) else ""


def implied_by_apa(csl: str, fields: Fields) -> Iterator[tuple[str, Any, str]]:
    """Yield the variables that biblatex-apa's own fields give: variable, value, and the field that implies it."""
    for field, variable in _NAMES.items():
        if field in fields:
            yield variable, NAMES.read(fields[field]).value, field
    if "type" not in fields and (subtype := _text(fields, "entrysubtype")):
        words = _SUBTYPES.get(subtype, subtype if subtype[0].isupper() else "")
        if words and not repeats_type(words, csl):
            yield "genre", words, "entrysubtype"
    for variable, names in _authors(csl, fields):
        yield variable, names, "author"
    for letter in "abc":
        role = _ROLES.get(fields.get(f"editor{letter}type", "").strip().removesuffix("s"))
        if role and f"editor{letter}" in fields:
            yield role, NAMES.read(fields[f"editor{letter}"]).value, f"editor{letter}"
    if "urldescription" in fields and not fields.get("publisher"):
        yield "publisher", _text(fields, "urldescription"), "urldescription"
    if csl in _LEGAL:
        yield from _legal(csl, fields)


_NAMES = {"narrator": "narrator", "execproducer": "executive_producer", "execdirector": "director",
          "with": "contributor"}  # fmt: skip
OF_NAMES = frozenset({*_NAMES, "author", "editora", "editorb", "editorc"})
"""Fields whose names are those of other variables: they go where these have other names."""
_ROLES = {
    "director": "director", "execdirector": "director", "writer": "script_writer", "producer": "producer",
    "execproducer": "executive_producer", "host": "host", "guest": "guest", "guestexpert": "guest",
    "narrator": "narrator", "chair": "chair", "compiler": "compiler", "translator": "translator",
    "illustrator": "illustrator", "organizer": "organizer", "curator": "curator", "performer": "performer",
    "interviewer": "interviewer", "editor": "editor", "creator": "series_creator",
}  # fmt: skip
"""Name variables of the roles in data annotations and in ``editoratype``, in the singular."""
_ITEM = re.compile(r"(?P<number>\d{0,18})(?:(?<!\s)\s+)?=\s*(?P<values>\"[^\"]*\"|[^;]*)")


def _annotations(fields: Fields, name: str) -> dict[int, str]:
    """Return the data annotations of the authors by number, 0 for the whole list: ``1=director;2="Expert"``."""
    raw = fields.get(f"author+an:{name}")
    return {int(item["number"] or 0): item["values"].strip() for item in _ITEM.finditer(raw)} if raw else {}


_ABOUT_AUTHORS = frozenset({"author+an:role", "author+an:username", "options"})


def _authors(csl: str, fields: Fields) -> Iterator[tuple[str, tuple[Name, ...]]]:
    """Yield the roles of the authors where every one has a role, or the authors with user names and particles."""
    if _ABOUT_AUTHORS.isdisjoint(fields):
        return
    roles, users = _annotations(fields, "role"), _annotations(fields, "username")
    drops = "useprefix=false" in fields.get("options", "").replace(" ", "")
    if not (roles or users or drops) or "author" not in fields:
        return
    names: tuple[Name, ...] = NAMES.read(fields["author"]).value
    if roles and csl not in {"report", "thesis"}:
        held = [_roles(roles.get(number) or roles.get(0, "")) for number in range(1, len(names) + 1)]
        if all(held):
            for role in dict.fromkeys(role for each in held for role in each):
                yield role, tuple(name for name, each in zip(names, held, strict=True) if role in each)
            return
    changed = tuple(
        _with_user(_dropping(name) if drops else name, decode(users.get(number, "").strip('"')).text)
        for number, name in enumerate(names, 1)
    )
    if changed != names:
        yield "author", changed


def _roles(values: str) -> list[str]:
    """Return the name variables of the roles of one name; none where one of them is unknown."""
    words = [word.strip(' "') for word in values.split(",")]
    found = [_ROLES.get(re.sub(r"\W", "", word).lower().removesuffix("s")) for word in words]
    return [role for role in found if role] if all(found) else []


def _with_user(name: Name, user: str) -> Name:
    if not user:
        return name
    if name.literal is not None or not name.given:
        return Name(literal=f"{name.literal or name.family} [{user}]")
    return name.model_copy(update={"given": f"{name.given} [{user}]"})


def _dropping(name: Name) -> Name:
    if not name.non_dropping_particle:
        return name
    return name.model_copy(update={"non_dropping_particle": None, "dropping_particle": name.non_dropping_particle})


_CITATION = re.compile(r"(?P<volume>\d+) (?P<record>[^\W\d][^§]*?) (?:§+ ?(?P<section>[\w.–-]+)|(?P<page>\d+|_+))")
_LIST = re.compile(r"(?<!\s)\s+and\s+")


def _legal(csl: str, fields: Fields) -> Iterator[tuple[str, Any, str]]:
    """Yield what the fields of chapter 11 give: citations, courts, chambers, parts of constitutions."""
    if "citation" in fields:
        yield from _citation(csl, fields)
    if csl in {"bill", "hearing"} and "location" in fields:
        session, *record = _LIST.split(_text(fields, "location"))
        yield "authority", session, "location"
        yield "container_title", ", ".join(record), "location"
    if kind := _legal_kind(fields):
        parts = [f"{label} {_text(fields, name)}" for name, label in _PARTS if fields.get(name)]
        if parts and csl == "legislation":
            yield "title", f"{kind} {', '.join(parts)}".replace("--", "–"), "source"
        else:
            yield "genre", kind, "source" if "source" in fields else "type"
    if csl == "regulation" and "proposed" in fields.get("keywords", "") and "date" in fields:
        yield "submitted", read_date(fields["date"]).value, "keywords"
    if "repealed" in fields.get("keywords", "") and (date := read_date(fields.get("eventdate", "")).value):
        yield "status", f"repealed {date}", "keywords"


_PARTS = (("article", "art."), ("amendment", "amend."), ("section", "§"), ("part", "para."))
_SOURCES = {
    "senate": "S.", "houseofrepresentatives": "H.R.", "us": "U.S.", "unitednations": "U.N.", "alabama": "Ala.",
    "alaska": "Alaska", "arizona": "Ariz.", "arkansas": "Ark.", "california": "Cal.", "colorado": "Colo.",
    "connecticut": "Conn.", "delaware": "Del.", "florida": "Fla.", "georgia": "Ga.", "hawaii": "Haw.",
    "idaho": "Idaho", "illinois": "Ill.", "indiana": "Ind.", "iowa": "Iowa", "kansas": "Kan.", "kentucky": "Ky.",
    "louisiana": "La.", "maine": "Me.", "maryland": "Md.", "massachusetts": "Mass.", "michigan": "Mich.",
    "minnesota": "Minn.", "mississippi": "Miss.", "missouri": "Mo.", "montana": "Mont.", "nebraska": "Neb.",
    "nevada": "Nev.", "newhampshire": "N.H.", "newjersey": "N.J.", "newmexico": "N.M.", "newyork": "N.Y.",
    "northcarolina": "N.C.", "northdakota": "N.D.", "ohio": "Ohio", "oklahoma": "Okla.", "oregon": "Or.",
    "pennsylvania": "Pa.", "rhodeisland": "R.I.", "southcarolina": "S.C.", "southdakota": "S.D.",
    "tennessee": "Tenn.", "texas": "Tex.", "utah": "Utah", "vermont": "Vt.", "virginia": "Va.",
    "washington": "Wash.", "westvirginia": "W. Va.", "wisconsin": "Wis.", "wyoming": "Wyo.",
}  # fmt: skip
"""The Bluebook's abbreviations (table T1) of biblatex-apa's keys for ``source``."""
_KINDS = {"resolution": "Res.", "report": "Rep.", "constitution": "Const.", "charter": "Charter", "bill": "",
          "execorder": "Exec. Order"}  # fmt: skip


def _legal_kind(fields: Fields) -> str:
    """Return ``S. Res.``, ``U.S. Const.``, ``Exec. Order`` where the fields have biblatex-apa's keys for it."""
    kind = _KINDS.get(fields.get("type", "").strip())
    return f"{_SOURCES.get(fields.get('source', '').strip(), '')} {kind}".strip() if kind is not None else ""


def _citation(csl: str, fields: Fields) -> Iterator[tuple[str, Any, str]]:
    """Yield volume, reporter and page of a citation; several, or one with courts of their own, stay whole."""
    courts, dates, histories = (_of_citation(fields, name) for name in ("citeorg", "citedate", "citeinfo"))
    cited = [part.strip() for part in _LIST.split(_text(fields, "citation"))]
    if csl == "legal_case" and len(cited) in courts:  # the last court stands before the year of the work
        yield "authority", courts.pop(len(cited)), "citation"
        dates.pop(len(cited), None)
    if len(cited) == 1 and (match := _CITATION.fullmatch(cited[0])):
        yield "volume", match["volume"], "citation"
        yield "container_title", match["record"], "citation"
        if match["section"]:
            yield "section", match["section"], "citation"
        elif match["page"].isdigit():
            yield "page", match["page"], "citation"
        return
    for number in courts.keys() | dates.keys():
        if number not in histories and 0 < number <= len(cited):
            cited[number - 1] += f" ({' '.join(filter(None, (courts.get(number), dates.get(number))))})"
    yield "container_title", ", ".join(cited), "citation"


def _of_citation(fields: Fields, name: str) -> dict[int, str]:
    raw = fields.get(f"citation+an:{name}", "")
    return {int(item["number"] or 1): decode(item["values"].strip(' "')).text for item in _ITEM.finditer(raw)}
