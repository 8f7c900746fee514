"""PubMed (https://eutils.ncbi.nlm.nih.gov): articles of medicine and biology. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from tajikpeace_refs.model.identifiers import PMCID, PMID, parse_doi
from tajikpeace_refs.model.name_reading import spaced_initials
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.registries.items import Data, dates, distinct, load_xml, text, work_of
from tajikpeace_refs.registries.records import BadAnswer, Query, Record, Update
from tajikpeace_refs.text.languages import is_english, language_tag

_ARTICLE, _BOOK = "PubmedArticle", "PubmedBookArticle"
_UPDATES = {"RetractionIn": "retraction", "ErratumIn": "correction", "ExpressionOfConcernIn": "expression-of-concern"}
_NOTICES = {"RetractionOf": "retraction", "ErratumFor": "correction"}
_TITLE_PROPER = re.compile(r" : .*| \([^(),]+, [^()]+\)$")
"""What the National Library of Medicine adds to the name of a journal: its subtitle, and the place in brackets."""
_BRACKETED = re.compile(r"\[(.+)\]\.?")
"""A title that PubMed translated stands in brackets."""


def by_id(identifier: str) -> Query | None:
    """Return the question for the record of a PMID, in any spelling; None where it is none."""
    pmid = PMID.parse(identifier)
    params = (("db", "pubmed"), ("id", pmid or ""), ("retmode", "xml"))
    return Query("pubmed", "/entrez/eutils/efetch.fcgi", params, identifier=pmid) if pmid else None


def search(_work: Work) -> Query | None:
    """Return None: PubMed is asked by its ids only."""
    return None


def read(body: bytes) -> tuple[Record, ...]:
    """Return the records of an answer; none where PubMed knows none.

    Raises:
        BadAnswer: it cannot be understood.
    """
    root = load_xml(body)
    if root.tag not in {"PubmedArticleSet", _ARTICLE, _BOOK}:
        raise BadAnswer("the answer is not in the format of PubMed")
    return tuple(_record(each) for each in root.iter() if each.tag in {_ARTICLE, _BOOK})


def _text(element: ET.Element, path: str) -> str:
    """Return the text of the first element at a path, CSL's markup kept, other elements without their tags."""
    found = element.find(path)
    return "" if found is None else text(_with_tags(found))


def _with_tags(element: ET.Element) -> str:
    parts = [element.text or ""]
    for child in element:
        inner = _with_tags(child)
        parts += [f"<{child.tag}>{inner}</{child.tag}>" if child.tag in {"i", "b", "sub", "sup"} else inner]
        parts.append(child.tail or "")
    return "".join(parts)


def _record(element: ET.Element) -> Record:
    pmid = _text(element, "*/PMID")
    item = _book(element) if element.tag == _BOOK else _article(element)
    titles = [item["title"], item.get("translated-title"), _text(element, ".//VernacularTitle")]
    work, doubts = work_of({**item, "author": list(_people(element)), "PMID": pmid, "source": "PubMed"})
    kinds = [text(each.text) for each in element.iter("PublicationType")]
    return Record(
        registry="pubmed",
        id=pmid,
        work=work,
        remarks=doubts,
        kind="; ".join(kinds),
        dates=dates([item["issued"], *(_date(each) for each in element.iter("ArticleDate"))]),
        titles=distinct(titles),
        updates=tuple(_updates(element, kinds)),
    )


def _article(element: ET.Element) -> Data:
    article = element.find("MedlineCitation/Article")
    if article is None:
        raise BadAnswer("the answer is not in the format of PubMed")
    published = article.find("Journal/JournalIssue/PubDate")
    pages = _text(article, "Pagination/MedlinePgn")
    return {
        "type": "article-journal",
        **_titles(article),
        "container-title": _TITLE_PROPER.sub("", _text(article, "Journal/Title")),
        "container-title-short": _text(article, "Journal/ISOAbbreviation"),
        "volume": _text(article, "Journal/JournalIssue/Volume"),
        "issue": _text(article, "Journal/JournalIssue/Issue"),
        "page": _whole_pages(pages),
        "ISSN": _text(article, "Journal/ISSN"),
        "issued": _date(published) if published is not None else "",
        "language": language_tag(_text(article, "Language")),
        "DOI": _doi(element),
        "PMCID": next(_ids(element, "pmc"), ""),
    }


def _titles(article: ET.Element) -> Data:
    """Return the title as PubMed has it; where that is PubMed's translation, the title in its own language before."""
    title, original = _text(article, "ArticleTitle"), _text(article, "VernacularTitle")
    translated = _BRACKETED.fullmatch(title)
    if original and translated and not is_english(_text(article, "Language")):
        return {"title": _ended(original), "translated-title": _ended(translated[1])}
    return {"title": _ended(translated[1] if translated else title)}


def _ended(title: str) -> str:
    """Return a title without the full stop that PubMed sets at its end."""
    return title[:-1] if title.endswith(".") and not title.endswith("..") else title


def _whole_pages(pages: str) -> str:
    """Return a page range whose last page has all its digits: PubMed writes 110-8."""
    match = re.fullmatch(r"(\d+)-(\d+)", pages)
    if match and len(match[2]) < len(match[1]):
        return f"{match[1]}-{match[1][: -len(match[2])]}{match[2]}"
    return pages


def _book(element: ET.Element) -> Data:
    document = element.find("BookDocument")
    if document is None:
        raise BadAnswer("the answer is not in the format of PubMed")
    published, title = document.find("Book/PubDate"), _text(document, "Book/BookTitle")
    chapter = _text(document, "ArticleTitle")
    return {
        **({"type": "chapter", "title": _ended(chapter), "container-title": title} if chapter
           else {"type": "book", "title": title}),
        "publisher": _text(document, "Book/Publisher/PublisherName"),
        "publisher-place": _text(document, "Book/Publisher/PublisherLocation"),
        "collection-title": _text(document, "Book/CollectionTitle"),
        "issued": _date(published) if published is not None else "",
        "ISBN": _text(document, "Book/Isbn"),
        "language": language_tag(_text(document, "Language")),
    }  # fmt: skip


def _people(element: ET.Element) -> Iterator[Data]:
    lists = [*element.iter("AuthorList")]
    of_article = next((each for each in lists if each.get("Type") in {None, "authors"}), None)
    for author in of_article if of_article is not None else ():
        if group := _text(author, "CollectiveName"):
            yield {"literal": group.rstrip(".")}
        elif family := _text(author, "LastName"):
            given = _stopped(_text(author, "ForeName"), _text(author, "Initials"))
            parts = {"family": family, "given": given, "suffix": _suffix(_text(author, "Suffix"))}
            yield {part: value for part, value in parts.items() if value}


def _stopped(given: str, initials: str) -> str:
    """Return given names with full stops behind the initials, which a romanisation may write with two letters.

    >>> _stopped("B V", "BV"), _stopped("Iu Iu", "IuIu"), _stopped("Thomas W", "TW"), _stopped("", "TW")
    ('B. V.', 'Iu. Iu.', 'Thomas W.', 'T. W.')
    """
    if not given:
        return spaced_initials(initials)
    are_initials = given.replace(" ", "") == initials
    is_one = {word: are_initials or (len(word) == 1 and word.isupper()) for word in given.split()}
    return " ".join(f"{word}." if is_one[word] else word for word in given.split())


def _suffix(text: str) -> str:
    """Return a suffix as it is written in names: 3rd as III."""
    return {"2nd": "II", "3rd": "III", "4th": "IV", "5th": "V"}.get(text, text)


def _date(published: ET.Element) -> str:
    """Return the date of an element with year, month and day, or of words such as ``1998 Dec-1999 Jan``."""
    parts = [_text(published, name) for name in ("Day", "Month", "Year")]
    if parts[2]:
        if parts[1].isdigit():
            return "-".join(filter(None, (parts[2], parts[1].zfill(2), parts[0].zfill(2) if parts[0] else "")))
        return " ".join(filter(None, parts))
    words = _text(published, "MedlineDate")
    year = re.match(r"\d{4}", words)
    return year[0] if year else words


def _ids(element: ET.Element, kind: str) -> Iterator[str]:
    """Yield the identifiers of a kind that the article itself has, not those of its references."""
    for path in ("PubmedData/ArticleIdList/ArticleId", "MedlineCitation/Article/ELocationID"):
        for each in element.iterfind(path):
            if kind in {each.get("IdType"), each.get("EIdType")} and (found := text(each.text)):
                yield PMCID.parse(found) or found


def _doi(element: ET.Element) -> str:
    return next(filter(None, map(parse_doi, _ids(element, "doi"))), "")


def _updates(element: ET.Element, kinds: list[str]) -> Iterator[Update]:
    """Yield what was done to the article, or by it if it is a notice."""
    found: list[Update] = []
    for each in element.iter("CommentsCorrections"):
        kind, doi = each.get("RefType", ""), ""
        if match := re.search(r"doi: ?(\S+)", _text(each, "RefSource")):
            doi = (parse_doi(match[1].rstrip(".")) or "").lower()
        if kind in _UPDATES or kind in _NOTICES:
            found.append(Update(_UPDATES.get(kind) or _NOTICES[kind], doi, is_notice=kind in _NOTICES))
    if "Retracted Publication" in kinds and not any(each.kind == "retraction" for each in found):
        found.append(Update("retraction"))
    yield from found
