"""DataCite (https://api.datacite.org): data, software, theses and preprints with a DOI. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from tajikpeace_refs.model.identifiers import ARXIV, ISSN, parse_doi
from tajikpeace_refs.model.name_reading import read_text
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.registries.items import (
    Data,
    date,
    dates,
    distinct,
    load_json,
    mapping,
    mappings,
    pages,
    text,
    with_titles,
    work_of,
)
from tajikpeace_refs.registries.records import BadAnswer, Query, Record
from tajikpeace_refs.registries.titles import Titles

_TYPES = {
    "Software": "software", "Dataset": "dataset", "Preprint": "article", "Dissertation": "thesis", "Book": "book",
    "BookChapter": "chapter", "JournalArticle": "article-journal", "ConferencePaper": "paper-conference",
    "ConferenceProceeding": "book", "Report": "report", "Audiovisual": "motion_picture", "Image": "graphic",
    "PeerReview": "review", "Standard": "standard", "ComputationalNotebook": "software", "Sound": "song",
}  # fmt: skip
"""CSL types of ``resourceTypeGeneral``; for the others ``resourceType`` and ``citeproc`` decide."""
_KINDS = (
    (r"thesis|dissertation|диссертац|выпускн", "thesis"), (r"blog", "post-weblog"), (r"preprint", "article"),
    (r"journal\s?article|статья", "article-journal"), (r"conference", "paper-conference"), (r"report", "report"),
    (r"book\s?chapter", "chapter"), (r"book", "book"),
)  # fmt: skip
"""CSL types by the free words of ``resourceType``."""
_VERSIONS = frozenset({
    "IsVersionOf", "HasVersion", "IsNewVersionOf", "IsPreviousVersionOf", "IsIdenticalTo", "IsVariantFormOf",
    "IsOriginalFormOf", "IsPublishedIn",
})  # fmt: skip
_GENRE = re.compile(r"выпускн\w+ .*работа|диссертаци|\bthesis\b", re.IGNORECASE)
"""Kinds of theses, which some have as the subtitle."""
_BUDDHIST_ERA = 2400
"""Thai records have years of the Buddhist era, 543 more than those of ours."""
_REPOSITORY = re.compile(r"10\.(?:5281/zenodo|6084/m9|17605/osf|5061/dryad)", re.IGNORECASE)
"""DOIs of repositories, which are no journals: Zenodo, figshare, OSF, Dryad."""
_ISSUE = re.compile(r"№\s*(?P<issue>[\d()/–-]+)\s*\((?P<year>\d{4})\)")
"""An issue in place of its journal: ``№2(34) (2019)``."""


def by_id(identifier: str) -> Query | None:
    """Return the question for the record of a DOI, in any spelling; None where it is none."""
    doi = parse_doi(identifier)
    return Query("datacite", f"/dois/{quote(doi, safe='/:;()._-')}", identifier=doi) if doi else None


def search(_work: Work) -> Query | None:
    """Return None: DataCite is asked by DOI only."""
    return None


def read(body: bytes) -> tuple[Record, ...]:
    """Return the records of an answer, one or a list; of a list those that have a title.

    Raises:
        BadAnswer: it cannot be understood, or is one record that has no title.
    """
    data = mapping(load_json(body)).get("data")
    if isinstance(data, list):
        return with_titles([mapping(each.get("attributes")) for each in mappings(data)], _record)
    attributes = mapping(mapping(data).get("attributes"))
    if not attributes:
        raise BadAnswer("the answer is not in the format of DataCite")
    return (_record(attributes),)


def _record(data: Data) -> Record:
    titles = _titles(data)
    types = {name: " ".join(text(value).split()) for name, value in mapping(data.get("types")).items()}
    publisher = text(mapping(data.get("publisher")).get("name")) or text(data.get("publisher")).rstrip(" ,")
    item: Data = {
        "type": _type(types),
        "language": text(data.get("language")),
        **titles.variables,
        "author": _people(mappings(data.get("creators"))),
        "editor": _people([each for each in mappings(data.get("contributors")) if _is_editor(each)]),
        "issued": _issued(data),
        "publisher": publisher,
        "DOI": text(data.get("doi")),
        "source": "DataCite",
    }
    _of_kind(item, data)
    remarks = [*titles.remarks, *_whole_names(item["author"]), *_other_calendar(item["issued"])]
    if item["type"] == "thesis":
        item["genre"] = _genre(types, data)
    work, doubts = work_of(item)
    return Record(
        registry="datacite",
        id=text(data.get("doi")),
        work=work,
        remarks=(*remarks, *doubts),
        kind="/".join(filter(None, (types.get("resourceTypeGeneral"), types.get("resourceType")))),
        dates=dates([data.get("publicationYear"), *_dates(data)]),
        titles=distinct([*titles.all, work.title]),
        versions=tuple(dict.fromkeys(_versions(data))),
    )


def _titles(data: Data) -> Titles:
    by_kind: dict[str, list[str]] = {"": [], "TranslatedTitle": [], "Subtitle": []}
    for each in mappings(data.get("titles")):
        if found := text(each.get("title")):
            by_kind.setdefault(text(each.get("titleType")), []).append(found)
    titles, translated = by_kind[""], by_kind["TranslatedTitle"]
    subtitles = [each for each in by_kind["Subtitle"] if not _GENRE.search(each)]
    joined = Titles.of([*titles, *translated], subtitles, (), text(data.get("language")))
    if titles and translated and "translated-title" in joined.variables and len(joined.remarks) == 1:
        # The registry says which is the translation, where letters and language do not say otherwise.
        return Titles({**joined.variables, "title": joined.all[0], "translated-title": translated[0]}, joined.all)
    return joined


def _type(types: Data) -> str:
    general, words = types.get("resourceTypeGeneral", ""), types.get("resourceType", "").lower()
    for pattern, kind in _KINDS:
        if general in {"Text", "Other", ""} and re.search(pattern, words):
            return kind
    if general in {"Text", "Other", ""}:
        return "document"
    return _TYPES.get(general, "document")


def _genre(types: Data, data: Data) -> str:
    subtitle = next((text(each.get("title")) for each in mappings(data.get("titles"))
                     if each.get("titleType") == "Subtitle"), "")  # fmt: skip
    words = types.get("resourceType", "")
    return subtitle if _GENRE.search(subtitle) else words if words != "Text" else ""


def _people(creators: list[Data]) -> list[Data]:
    return [name for each in creators for name in _names(each)]


def _names(creator: Data) -> list[Data]:
    """Return the name of a creator; of several in one field separated by semicolons all of them."""
    family, given, whole = (text(creator.get(part)) for part in ("familyName", "givenName", "name"))
    if family:
        return [{"family": family, "given": given} if given else {"family": family}]
    if not whole or text(creator.get("nameType")) == "Organizational":
        return [{"literal": whole}] if whole else []
    whole = re.sub(r"(?<=\w)\s*\([^()]*\)", "", whole) if ";" in whole else whole
    names = read_text(whole)
    if whole.isupper() and all(name.literal for name in names):  # a patronymic shows a person in any case
        recased = read_text(whole.title())
        names = recased if all(name.family for name in recased) else names
    return [name.to_csl() for name in names]


def _whole_names(names: list[Data]) -> Iterator[str]:
    for name in names:
        if " " in (whole := name.get("literal", "")):
            yield f"author: {whole!r} is in one piece; if it is a person, write 'Family, Given'"


def _other_calendar(issued: str) -> Iterator[str]:
    if (found := date(issued)) and found.year and found.year > _BUDDHIST_ERA:
        yield f"issued: {found.year} may be a year of the Buddhist era: {found.year - 543}"


def _is_editor(contributor: Data) -> bool:
    return text(contributor.get("contributorType")) == "Editor"


def _of_kind(item: Data, data: Data) -> None:
    """Set what the type means for container and numbers."""
    container = mapping(data.get("container"))
    title = text(container.get("title"))
    doi = text(item["DOI"])
    if (number := ARXIV.parse(doi)) is not None:
        item |= {"number": f"arXiv:{number}", "URL": "", "genre": ""}
    if item["type"] in {"software", "dataset"}:
        item["version"] = text(data.get("version"))
    elif item["type"] == "article-journal":
        _in_journal(item, title, container)
    elif title and item["type"] in {"chapter", "paper-conference"}:
        item["container-title"] = title
    elif title and item["type"] in {"report", "document", "book"}:
        item["collection-title"] = title
    elif item["type"] == "post-weblog":
        item |= {"container-title": title or item["publisher"], "publisher": ""}


def _in_journal(item: Data, title: str, container: Data) -> None:
    """Set the journal, which Russian records have as the publisher, with the issue in its place."""
    numbers = {name: text(container.get(name)) for name in ("volume", "issue")}
    if not title and _REPOSITORY.match(text(item["DOI"])):
        item["type"] = "article"
        return
    if (match := _ISSUE.fullmatch(title)) or not title:
        item |= {"container-title": item["publisher"], "publisher": ""}
        numbers["issue"] = match["issue"] if match else numbers["issue"]
    else:
        item["container-title"] = title
    item |= numbers | {"page": pages(text(container.get("firstPage")), text(container.get("lastPage")))}
    item["ISSN"] = ISSN.parse(text(container.get("identifier"))) or ""


def _issued(data: Data) -> str:
    """Return the day of publication if it is in the year of publication, else that year."""
    year = text(data.get("publicationYear"))
    days = (text(each.get("date")) for each in mappings(data.get("dates")) if text(each.get("dateType")) == "Issued")
    return next((day for day in days if date(day) and year and day.startswith(year)), year)


def _dates(data: Data) -> Iterator[str]:
    for each in mappings(data.get("dates")):
        if text(each.get("dateType")) in {"Issued", "Available", "Submitted", "Copyrighted"}:
            yield text(each.get("date"))


def _versions(data: Data) -> Iterator[str]:
    for each in mappings(data.get("relatedIdentifiers")):
        if text(each.get("relationType")) in _VERSIONS and (doi := parse_doi(text(each.get("relatedIdentifier")))):
            yield doi.lower()
